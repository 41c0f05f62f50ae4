"""Persons and how to reach them: passports and their machine readable zone, gender, phone, e-mail, handset."""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

from graphintel.model.fold import fold
from graphintel.model.values import checks
from graphintel.model.values.countries import country_code, hinted_country
from graphintel.model.values.value import Hints, Part, Value, capitals, code_of, judged, tidy

_GENDERS = {
    "male": "m male man erkek e bay mr masculine mashkull 1",
    "female": "f female woman kadin k bayan w ms mrs feminine femer 2",
    "other": "x other diger <",
}
_GENDER = {word: gender for gender, words in _GENDERS.items() for word in words.split()}
_EMAIL = re.compile(r"[a-z0-9._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_PASSPORT = re.compile(r"(?=.*\d.*\d.*\d.*\d)[A-Z0-9]{5,10}")
_MRZ_TEXT = re.compile(r"[A-Z0-9<]+")


class _Zone(NamedTuple):
    """Where the fields stand in the lines of one document size (ICAO Doc 9303): (line, from, to)."""

    number: tuple[int, int, int]
    country: tuple[int, int, int]
    birth: tuple[int, int, int]
    sex: tuple[int, int, int]
    expiry: tuple[int, int, int]
    names: tuple[int, int, int]


_ZONES = {
    (44, 2): _Zone((1, 0, 9), (0, 2, 5), (1, 13, 19), (1, 20, 21), (1, 21, 27), (0, 5, 44)),
    (36, 2): _Zone((1, 0, 9), (0, 2, 5), (1, 13, 19), (1, 20, 21), (1, 21, 27), (0, 5, 36)),
    (30, 3): _Zone((0, 5, 14), (0, 2, 5), (1, 0, 6), (1, 7, 8), (1, 8, 14), (2, 0, 30)),
}


def clean_passport(raw: str, hints: Hints) -> Value:
    """Passport number; only the shape is judged, and only where the hint `country` names the issuer."""
    number, country = code_of(raw), hinted_country(hints)
    if country is None or not number:
        return Value(raw, number, "unknown")
    good = bool(_PASSPORT.fullmatch(number)) and len(set(number)) > 2
    return judged(raw, number, good, ("country", country))


def _lines(raw: str) -> list[str]:
    lines = capitals(raw).split()
    if len(lines) == 1:
        size = {88: 44, 72: 36, 90: 30}.get(len(lines[0]), 0)
        lines = [lines[0][start : start + size] for start in range(0, len(lines[0]), size)] if size else lines
    return lines


def _field(lines: list[str], where: tuple[int, int, int]) -> str:
    return lines[where[0]][where[1] : where[2]]


def clean_mrz(raw: str, hints: Hints) -> Value:
    """Machine readable zone of a travel document, two or three lines: number, birth and expiry must pass their checks."""
    lines = _lines(raw)
    zone = _ZONES.get((len(lines[0]), len(lines))) if lines else None
    same = zone is not None and all(
        len(line) == len(lines[0]) and _MRZ_TEXT.fullmatch(line) for line in lines
    )
    if zone is None or not same:
        return judged(raw, " ".join(lines), False)

    field = partial(_field, lines)
    checked = (zone.number, zone.birth, zone.expiry)
    good = all(str(checks.mrz(field(at))) == lines[at[0]][at[2]].replace("<", "0") for at in checked)
    surname, _, given = field(zone.names).strip("<").partition("<<")
    parts: list[tuple[str, Part]] = [
        ("number", field(zone.number).replace("<", "")),
        (
            "country",
            country_code(field(zone.country).replace("<", "")) or field(zone.country).replace("<", ""),
        ),
        ("birth", field(zone.birth)),
        ("sex", field(zone.sex)),
        ("expiry", field(zone.expiry)),
        ("surname", surname.replace("<", " ").strip()),
        ("given", given.replace("<", " ").strip()),
    ]
    return judged(raw, " ".join(lines), good, *parts)


def mrz_key(value: Value, hints: Hints) -> str | None:
    """The key of the passport that the zone names, the same that a passport number with country has."""
    return f"passport:{value.part('country')}:{value.part('number')}" if value.verdict == "valid" else None


def clean_gender(raw: str, hints: Hints) -> Value:
    """`male`, `female` or `other` from letters, ISO 5218 digits or words in English, Turkish and Albanian."""
    text = tidy(raw)
    gender = _GENDER.get(fold(text))
    return Value(raw, gender or text, "valid" if gender else "unknown")


def clean_phone(raw: str, hints: Hints) -> Value:
    """Phone number as E.164; national forms need the hint `country`. Impossible lengths are invalid."""
    import phonenumbers  # a tenth of a second to load; most sources state no phone

    text = tidy(raw)
    if text.startswith("00"):
        text = f"+{text[2:]}"
    try:
        number = phonenumbers.parse(text, hinted_country(hints))
    except phonenumbers.NumberParseException:
        wrong = text.startswith("+") or bool(text) and "country" in hints
        return Value(raw, text, "invalid" if wrong else "unknown")
    normal = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    region = phonenumbers.region_code_for_number(number)
    parts: list[tuple[str, Part]] = [("country", region)] if region else []
    if phonenumbers.is_valid_number(number):
        return Value(raw, normal, "valid", tuple(parts))
    return Value(
        raw, normal, "unknown" if phonenumbers.is_possible_number(number) else "invalid", tuple(parts)
    )


def clean_email(raw: str, hints: Hints) -> Value:
    """E-mail address in lower case; shape only."""
    text = tidy(raw).removeprefix("mailto:")
    address = text.lower() if text.isascii() else text
    return judged(raw, address, bool(_EMAIL.fullmatch(address)), ("domain", address.rpartition("@")[2]))


def clean_imei(raw: str, hints: Hints) -> Value:
    """Handset number: 15 digits with a Luhn check."""
    from stdnum import imei

    number = code_of(raw)
    return judged(raw, number, len(number) == 15 and imei.is_valid(number))
