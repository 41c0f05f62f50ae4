"""Numbers of trade papers and goods: MRN, registration, EORI, waybills, carnets, parcels, offices, HS codes."""

from __future__ import annotations

import re

from graphintel.model.values import checks
from graphintel.model.values.countries import country_code, hinted_country
from graphintel.model.values.value import Hints, Value, capitals, code_of, judged, tidy

_MRN = re.compile(r"\d{2}[A-Z]{2}[A-Z0-9]{13}\d")
_REGISTRATION = re.compile(r"(\d{2})(\d{6})([A-Z]{2})(\d{6})")
_EORI = re.compile(r"[A-Z]{2}(?=[A-Z]*\d)[A-Z0-9]{1,15}")
_AWB = re.compile(r"\d{11}")
_S10 = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}")
_TIR_HOLDER = re.compile(r"([A-Z]{3})/(\d{3})/([A-Z0-9]{1,10})")
_TIR_CARNET = re.compile(r"[A-Z]{2}\d{8,9}")
_BILL = re.compile(r"([A-Z]{4})(?=[A-Z]*\d)([A-Z0-9]{1,12})")
_OFFICE_EU = re.compile(r"[A-Z]{2}[A-Z0-9]{6}")
_HS = re.compile(r"\d{2}|\d{4}|\d{6}|\d{8,12}")
_EU_CUSTOMS = frozenset(("EL", "XI", "XU"))


def _issuer(code: str) -> bool:
    return code in _EU_CUSTOMS or country_code(code) is not None


def clean_mrn(raw: str, hints: Hints) -> Value:
    """Movement reference number of the EU and the UK: year, country, 13 characters, check as ISO 6346 over 17."""
    number = code_of(raw)
    good = (
        bool(_MRN.fullmatch(number))
        and _issuer(number[2:4])
        and checks.iso6346(number[:17]) == int(number[17])
    )
    if not good:
        return judged(raw, number, False)
    return judged(raw, number, True, ("year", 2000 + int(number[:2])), ("country", number[2:4]))


def clean_registration(raw: str, hints: Hints) -> Value:
    """Registration number of a declaration; the Turkish one holds year, office, regime and serial.

    Other numbers start again every year at every office: hints `office` and `year` make them identities.
    """
    number = code_of(raw)
    match = _REGISTRATION.fullmatch(number)
    if match:
        year, office, regime, serial = match.groups()
        parts = (("year", 2000 + int(year)), ("office", office), ("regime", regime), ("serial", int(serial)))
        return judged(raw, number, True, *parts)
    known = bool(hints.get("office") and hints.get("year")) and any(letter.isdigit() for letter in number)
    return Value(raw, number, "valid" if known else "unknown")


def registration_key(value: Value, hints: Hints) -> str | None:
    """`registration:TR:16061600EX012345`, or office, year and number of the hints."""
    if value.verdict != "valid":
        return None
    if value.parts:
        return f"registration:TR:{value.normal}"
    return f"registration:{code_of(hints['office'])}:{tidy(hints['year'])}:{value.normal}"


def clean_eori(raw: str, hints: Hints) -> Value:
    """Economic operator's number in the EU and the UK: country and up to 15 characters; punctuation is an error."""
    number = capitals(raw).replace(" ", "")
    return judged(raw, number, bool(_EORI.fullmatch(number)) and _issuer(number[:2]), ("country", number[:2]))


def clean_awb(raw: str, hints: Hints) -> Value:
    """Air waybill: airline prefix and eight digits, the last the first seven modulo 7; written `235-12345675`."""
    number = code_of(raw)
    if not _AWB.fullmatch(number):
        return judged(raw, number, False)
    good = checks.awb(number[3:10]) == int(number[10])
    return judged(raw, f"{number[:3]}-{number[3:]}", good, ("airline", number[:3]))


def clean_s10(raw: str, hints: Hints) -> Value:
    """Postal item number (UPU S10): service, eight digits, check digit, country."""
    number = code_of(raw)
    good = bool(_S10.fullmatch(number)) and checks.s10(number[2:10]) == int(number[10])
    return judged(raw, number, good and country_code(number[11:]) is not None, ("country", number[11:]))


def clean_tir(raw: str, hints: Hints) -> Value:
    """TIR carnet number (form only; the check is not public) or holder `TUR/001/123`."""
    text = capitals(raw)
    if "/" in text:
        holder = _TIR_HOLDER.fullmatch(text.replace(" ", ""))
        good = holder is not None and country_code(holder[1]) is not None
        return judged(raw, text.replace(" ", ""), good, ("kind", "holder"))
    number = code_of(raw)
    if _TIR_CARNET.fullmatch(number):
        return judged(raw, number, True, ("kind", "carnet"))
    return Value(
        raw, number, "unknown" if not number or (len(number) in (10, 11) and number.isalnum()) else "invalid"
    )


def clean_bill_of_lading(raw: str, hints: Hints) -> Value:
    """Bill of lading: carrier's SCAC (four letters) and up to 12 characters, or a number with the hint `carrier`."""
    number = code_of(raw)
    match = _BILL.fullmatch(number)
    if match:
        return judged(raw, number, True, ("carrier", match[1]))
    if hints.get("carrier") and number.isalnum():
        return judged(raw, number, True, ("carrier", code_of(hints["carrier"]).upper()))
    return Value(raw, number, "unknown")


def bill_key(value: Value, hints: Hints) -> str | None:
    """`bol:` with carrier and number, since carriers number as they like."""
    if value.verdict != "valid":
        return None
    carrier = str(value.part("carrier"))
    return f"bol:{carrier}:{value.normal.removeprefix(carrier)}"


def clean_office(raw: str, hints: Hints) -> Value:
    """Customs office code, a national table: six digits in Türkiye, country and six characters in the EU and UK."""
    code, country = code_of(raw), hinted_country(hints)
    if _OFFICE_EU.fullmatch(code) and country_code(code[:2]) and country in (None, country_code(code[:2])):
        return judged(raw, code, True, ("country", code[:2]))
    if not code or country is None:
        return Value(raw, code, "unknown")
    shape = len(code) == 6 and code.isdigit() if country == "TR" else code.isalnum() and len(code) <= 10
    return judged(raw, code, shape, ("country", country))


def clean_hs(raw: str, hints: Hints) -> Value:
    """Commodity code of the Harmonized System: 2, 4 or 6 digits and national ones; hint `vintage` (year of the HS).

    Chapter 77 is reserved and fails; 98 and 99 are national use.
    """
    code = code_of(raw)
    if not _HS.fullmatch(code) or code[:2] in ("00", "77"):
        return judged(raw, code, False)
    parts: list[tuple[str, str | int | float]] = [("hs6", code[:6])]
    if len(code) > 6:
        parts.append(("national", code[6:]))
    if code[:2] in ("98", "99"):
        parts.append(("use", "national"))
    if hints.get("vintage", "").isdecimal():
        parts.append(("vintage", int(hints["vintage"])))
    return judged(raw, code, True, *parts)


def hs_key(value: Value, hints: Hints) -> str | None:
    """`hs:240220`: the six digits that all countries share (or the two or four that were given)."""
    return f"hs:{value.part('hs6')}" if value.verdict == "valid" else None
