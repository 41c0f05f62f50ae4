"""Ships, vehicles, aircraft, containers: numbers with check digits and registration marks."""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum import imo
from vininfo import Vin

from graphintel.model.fold import fold
from graphintel.model.values import checks
from graphintel.model.values.tables import table
from graphintel.model.values.value import Hints, Part, Value, code_of, judged, tidy

_CONTAINER = re.compile(r"[A-Z]{3}[UJZ]\d{7}")
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_FLIGHT = re.compile(r"([A-Z]{3}|[A-Z][A-Z0-9]|\d[A-Z])0*([1-9]\d{0,3})([A-Z]?)")
_US_TAIL = re.compile(r"N[1-9]\d{0,4}[A-Z]{0,2}")
_MMSI = (
    ("ship", re.compile(r"([2-7]\d\d)\d{6}")),
    ("coast station", re.compile(r"00([2-7]\d\d)\d{4}")),
    ("group", re.compile(r"0([2-7]\d\d)\d{5}")),
    ("aircraft", re.compile(r"111([2-7]\d\d)\d{3}")),
    ("handheld", re.compile(r"8([2-7]\d\d)\d{5}")),
    ("distress beacon", re.compile(r"97[024](\d\d)\d{4}")),
    ("craft of a parent ship", re.compile(r"98([2-7]\d\d)\d{4}")),
    ("aid to navigation", re.compile(r"99([2-7]\d\d)\d{4}")),
)
_MODES = {
    "1": ("sea", "sea deniz denizyolu maritime vessel ship commercial_sea private_sea"),
    "2": ("rail", "rail train demiryolu railway"),
    "3": ("road", "road land karayolu truck lorry vehicle commercial_road private_road"),
    "4": ("air", "air havayolu aircraft airplane plane commercial_air private_air"),
    "5": ("mail", "mail post posta postal courier kargo express"),
    "6": ("multimodal", "multimodal multi combined coklu"),
    "7": ("fixed installation", "fixed pipeline boru_hatti powerline"),
    "8": ("inland water", "river inland_water inland_waterway nehir ic_suyolu barge"),
    "9": ("own power", "own_power own_propulsion self_propelled kendi_gucuyle"),
}
_MODE_WORDS = {
    word.replace("_", " "): digit for digit, (_, words) in _MODES.items() for word in words.split()
}


def clean_container(raw: str, hints: Hints) -> Value:
    """Freight container number (ISO 6346): owner, category U, J or Z, serial, check digit."""
    number = code_of(raw)
    good = bool(_CONTAINER.fullmatch(number)) and checks.iso6346(number[:10]) == int(number[10])
    return judged(raw, number, good, ("owner", number[:4]))


def clean_imo(raw: str, hints: Hints) -> Value:
    """IMO ship number: seven digits, the last a check digit; a leading `IMO` is dropped."""
    number = code_of(raw).removeprefix("IMO")
    return judged(raw, number, len(number) == 7 and imo.is_valid(number))


def clean_imo_company(raw: str, hints: Hints) -> Value:
    """IMO company and registered owner number: seven digits, the last a check digit."""
    number = code_of(raw).removeprefix("IMO")
    good = len(number) == 7 and number.isdigit() and checks.imo_company(number[:6]) == int(number[6])
    return judged(raw, number, good)


@lru_cache(maxsize=1)
def _mids() -> dict[str, str]:
    return {mid: row["country"] for row in table("mmsi_countries") for mid in row["mids"].split()}


def clean_mmsi(raw: str, hints: Hints) -> Value:
    """Maritime mobile service identity (ITU-R M.585): nine digits that say what kind of station and whose flag."""
    number = code_of(raw).removeprefix("MMSI")
    for station, pattern in _MMSI:
        match = pattern.fullmatch(number)
        if match:
            country = _mids().get(match[1])
            flag: tuple[tuple[str, Part], ...] = (("country", country),) if country else ()
            return judged(raw, number, True, ("station", station), *flag)
    return judged(raw, number, False)


def clean_vin(raw: str, hints: Hints) -> Value:
    """Vehicle identification number (ISO 3779); its check digit binds only makers of North America and China."""
    number = code_of(raw)
    if not _VIN.fullmatch(number):
        return judged(raw, number, False)
    vin = Vin(number)
    fits = bool(vin.verify_checksum())
    binding = number[0] in "12345L"
    parts = (("maker", str(vin.manufacturer)), ("check", "fits" if fits else "fails"))
    return judged(raw, number, fits or not binding, *parts)


def clean_flight(raw: str, hints: Hints) -> Value:
    """Flight number: airline (two characters of IATA or three of ICAO) and up to four digits, without leading zeros."""
    code = code_of(raw)
    match = _FLIGHT.fullmatch(code)
    if not match:
        return judged(raw, code, False)
    return judged(raw, "".join(match.groups()), True, ("airline", match[1]))


@lru_cache(maxsize=1)
def _prefixes() -> dict[str, str]:
    return {row["prefix"].replace("-", ""): row["country"] for row in table("aircraft_prefixes")}


def clean_aircraft(raw: str, hints: Hints) -> Value:
    """Registration mark of an aircraft: the state's prefix (ICAO Annex 7) and three to five characters."""
    mark = code_of(raw) if any(letter.isdigit() for letter in raw) else tidy(raw).upper().replace("-", "")
    if not (mark.isascii() and mark.isalnum()):
        return judged(raw, tidy(raw), False)
    if mark.startswith("N") and _US_TAIL.fullmatch(mark):
        return judged(raw, mark, True, ("country", "US"))
    for length in (3, 2, 1):
        country = _prefixes().get(mark[:length])
        if country and country != "US" and 3 <= len(mark) - length <= 5:
            return judged(raw, mark, True, ("country", country))
    return judged(raw, mark, False)


def clean_mode(raw: str, hints: Hints) -> Value:
    """Mode of transport: national codes agree in the first digit only (1 sea ... 9 own power), so that is kept."""
    text = tidy(raw)
    numeric = text.isdigit()
    digit = _MODE_WORDS.get(fold(text), text[:1] if numeric and len(text) <= 2 else "")
    if digit not in _MODES:
        return Value(raw, text, "invalid" if numeric else "unknown")
    parts: list[tuple[str, Part]] = [("name", _MODES[digit][0])]
    return judged(raw, digit, True, *parts, *([("code", text)] if numeric and len(text) > 1 else []))
