"""Records of a flat file as named values: which column says what, under the names that are known to be the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graphintel.model.fold import compact, fold
from graphintel.model.records import Stated
from graphintel.model.values import Value, clean

# Field of a flat record to the stated property and its value type.
FIELDS = {
    "name": ("name", "name"), "name_org": ("name", "name"), "alias": ("alias", "name"), "dob": ("birth_date", "date"),
    "gender": ("gender", "gender"), "address": ("address", "text"), "city": ("city", "text"), "postcode": ("postcode", "text"),
    "phone": ("phone", "phone"), "email": ("email", "email"), "passport": ("passport", "passport"),
    "passport_country": ("passport_country", "country"), "national_id": ("national_id", "national_id"),
    "national_id_country": ("national_id_country", "country"), "tax_id": ("tax_id", "tax_id"),
    "tax_country": ("tax_country", "country"), "registry_no": ("registry_no", "text"), "lei": ("lei", "lei"),
    "licence": ("licence", "text"), "plate": ("plate", "plate"), "plate_country": ("plate_country", "country"),
    "vin": ("vin", "vin"), "imo": ("imo", "imo"), "mmsi": ("mmsi", "mmsi"), "container": ("container", "container"),
    "country": ("country", "country"), "nationality": ("nationality", "country"), "flag": ("flag", "country"),
    "iban": ("iban", "iban"), "eori": ("eori", "eori"),
}  # fmt: skip
# Parts of a field that are written into columns of their own, in the order in which they are read.
PARTS = {
    "name": ("first", "middle", "last"),
    "address": ("line1", "line2", "city_part", "state", "postcode_part", "country_part"),
}
KNOWN = {
    "record": "record", "record id": "record", "id": "record", "source": "source", "data source": "source", "kind": "kind",
    "schema": "kind", "record type": "kind", "type": "kind", "primary name full": "name", "name full": "name",
    "primary name org": "name_org", "org name": "name_org", "company": "name_org", "secondary name org": "alias",
    "native name full": "alias", "secondary name full": "alias", "name first": "first", "primary name first": "first",
    "name middle": "middle", "primary name middle": "middle", "name last": "last", "primary name last": "last",
    "first name": "first", "last name": "last", "given name": "first", "surname": "last", "date of birth": "dob",
    "birth date": "dob", "birthdate": "dob", "addr full": "address", "address full": "address", "addr line1": "line1",
    "addr line2": "line2", "addr city": "city_part", "addr state": "state", "addr postal code": "postcode_part",
    "addr country": "country_part", "phone number": "phone", "telephone": "phone", "email address": "email",
    "passport number": "passport", "national id number": "national_id", "ssn number": "national_id",
    "tax id number": "tax_id", "tax id country": "tax_country", "lei number": "lei", "drivers license number": "licence",
    "imo number": "imo", "container number": "container", "license plate": "plate", "licence plate": "plate",
    "registration country": "country", "tax no": "tax_id", "vkn": "tax_id", "tckn": "national_id",
}  # fmt: skip
_KINDS = {
    "person": "Person", "individual": "Person", "kisi": "Person", "sahis": "Person", "company": "Company",
    "organization": "Company", "organisation": "Company", "legalentity": "Company", "legal entity": "Company", "org": "Company",
    "business": "Company", "sirket": "Company", "firma": "Company", "publicbody": "Company", "vehicle": "Vehicle",
    "car": "Vehicle", "truck": "Vehicle", "arac": "Vehicle", "vessel": "Vessel", "ship": "Vessel", "gemi": "Vessel",
    "container": "Container", "konteyner": "Container", "address": "Address", "adres": "Address", "phone": "Phone",
    "place": "Place", "aircraft": "Aircraft", "airplane": "Aircraft",
}  # fmt: skip
_NUMBERED = {
    "container": "Container",
    "imo": "Vessel",
    "mmsi": "Vessel",
    "vin": "Vehicle",
    "plate": "Vehicle",
}
HOME = "TR"
_BY_COUNTRY = frozenset(("plate", "passport", "national_id", "tax_id", "phone"))
_SPLIT = re.compile(r"[^a-z0-9]+")
_MONTH_FIRST = re.compile(r"^\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\s*$")


class Flat(NamedTuple):
    """One record of a flat file: its kind and the values that it states."""

    kind: str
    stated: Stated


def field_of(column: str) -> str:
    """The field that a column holds, under any of its known names; empty for an unknown one."""
    plain = " ".join(_SPLIT.sub(" ", fold(column)).split())
    under = plain.replace(" ", "_")
    if under in FIELDS or any(under in parts for parts in PARTS.values()):
        return under
    return KNOWN.get(plain, "")


def kind_of(text: str) -> str:
    """The kind that a word of a file names, such as Person for INDIVIDUAL; empty for one that names none."""
    return _KINDS.get(fold(text), "")


def month_first(dates: Iterable[str]) -> bool:
    """Whether the dates of a column are written month first: some can be read so only, and more than the other way."""
    first = second = 0
    for date in dates:
        if found := _MONTH_FIRST.match(date):
            first += int(found[1]) > 12
            second += int(found[2]) > 12
    return second > first


def flat(row: Mapping[str, str], *, months_first: bool = False, kind: str = "") -> Flat:
    """A record from its fields; a kind that is not stated is read from the fields, and a name without hint is a person's."""
    given = {field: text.strip() for field, text in row.items() if text and text.strip()}
    for field, parts in PARTS.items():
        joined = " ".join(given[part] for part in parts if part in given)
        if joined and field not in given:
            given[field] = joined
        elif joined:
            given[field] += f" {joined}" if field == "address" else ""
    if "country_part" in given:
        given.setdefault("country", given["country_part"])
    found = kind or kind_of(given.get("kind", "")) or _guessed(given)
    stated = tuple(
        (property_name, _value(type_name, text, given, months_first))
        for field, text in given.items()
        if field in FIELDS
        for property_name, type_name in (FIELDS[field],)
    )
    return Flat(found, stated)


def _guessed(given: Mapping[str, str]) -> str:
    for field, kind in _NUMBERED.items():
        if field in given:
            return kind
    return "Company" if "name_org" in given or "tax_id" in given else "Person"


def _value(type_name: str, text: str, given: Mapping[str, str], months_first: bool) -> Value:
    if type_name == "date":
        orders = ("mdy", "dmy") if months_first else ("dmy", "mdy")
        return _first_valid([("date", text, {"order": order}) for order in orders])
    if type_name not in _BY_COUNTRY:
        return clean(type_name, text)
    country = given.get(f"{type_name}_country") or given.get("country") or given.get("country_part") or ""
    code = clean("country", country).normal if country else ""
    # Without a country the number is first read as a Turkish one, whose check it then passes or not.
    hints: list[dict[str, str]] = [{"country": code}] if code else [{"country": HOME}, {}]
    return _first_valid([(type_name, text, hint) for hint in hints])


def _first_valid(readings: list[tuple[str, str, dict[str, str]]]) -> Value:
    """The first reading that is valid, else the last."""
    value = Value("", "", "unknown")
    for type_name, text, hints in readings:
        value = clean(type_name, text, **hints)
        if value.verdict == "valid":
            return value
    return value


def number_of(kind: str, text: str) -> dict[str, str]:
    """A bare text of a pair as the field that its kind is known by: a plate, a container number, else a name."""
    if kind == "Vehicle":
        return {"vin" if len(compact(text)) == 17 else "plate": text}
    return {{"Container": "container", "Phone": "phone", "Address": "address"}.get(kind, "name"): text}
