"""What a mention is compared by: names, dates, numbers and addresses, normalised once and compared often."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from graphintel.model.fold import fold
from graphintel.model.records import Mention, Stated
from graphintel.model.values import Value
from graphintel.resolve.normalise.addresses import Address, address
from graphintel.resolve.normalise.companies import company_name
from graphintel.resolve.normalise.identifiers import Identifier, identifiers
from graphintel.resolve.normalise.name import Name
from graphintel.resolve.normalise.persons import person_name

_NAMES = frozenset(("name", "alias", "former_name"))
_COUNTRIES = frozenset(("nationality", "country", "flag", "tax_country", "registry_country"))
# Stated property to the scheme of its number; a bare `number` is one by its kind only.
_SCHEMES = {
    name: name
    for name in ("national_id", "passport", "tax_id", "nipt", "eori", "lei", "imo_company", "registry_no", "imo", "mmsi",
                 "call_sign", "eni", "plate", "vin", "registration", "iban", "imei", "mrn", "awb", "bill_of_lading", "tir",
                 "s10", "licence", "mrz", "container")
}  # fmt: skip
_NUMBER_OF = {
    "Container": "container",
    "Account": "account",
    "Document": "document",
    "Declaration": "declaration",
}
_COUNTRY_OF = {
    "plate": ("plate_country",),
    "national_id": ("national_id_country", "nationality"),
    "passport": ("passport_country", "nationality"),
    "tax_id": ("tax_country", "country"),
    "registry_no": ("registry_country", "country"),
    "licence": ("licence_country",),
}
_MOST = 12


class Birth(NamedTuple):
    """A date of birth; month and day are 0 where they are not stated."""

    year: int
    month: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class Features:
    """What one mention is compared by; `skeletons` are the consonants of its names' own words, the same in any script.

    Every part is normalised: names by the rules of the kind, identifiers compact with their check, phones E.164 or digits.
    """

    kind: str
    id: str
    names: tuple[Name, ...] = ()
    skeletons: tuple[str, ...] = ()
    births: tuple[Birth, ...] = ()
    gender: str = ""
    countries: frozenset[str] = frozenset()
    identifiers: tuple[Identifier, ...] = ()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    addresses: tuple[Address, ...] = ()

    @property
    def content(self) -> tuple[object, ...]:
        """All that is compared, without the id: equal for statements that say the same."""
        return (self.kind, self.names, self.births, self.gender, self.countries, self.identifiers, self.phones,
                self.emails, self.addresses)  # fmt: skip


def features(mention: Mention, beside: Stated = ()) -> Features:
    """What a mention is compared by; `beside` are values of things that it is linked to, such as ("phone", value)."""
    return described(mention.kind, mention.id, (*mention.values, *beside))


def described(kind: str, id: str, stated: Stated) -> Features:
    """What a thing of a kind is compared by, from named values; names that say nothing about identity are passed over."""
    first = dict(reversed(stated))
    named = tuple(dict.fromkeys(_names(kind, stated)))[:_MOST]
    bones = {word.consonants or word.skeleton for name in named for word in name.words}
    phones, emails = _contacts(kind, stated)
    return Features(
        kind, id, named, tuple(sorted(bones)), tuple(dict.fromkeys(_births(stated)))[:_MOST],
        first["gender"].normal if "gender" in first and first["gender"].verdict == "valid" else "",
        frozenset(value.normal for name, value in stated if name in _COUNTRIES and value.verdict == "valid"),
        tuple(dict.fromkeys(_identifiers(kind, stated, first)))[:_MOST], phones, emails,
        tuple(dict.fromkeys(_addresses(kind, stated, first)))[:_MOST],
    )  # fmt: skip


def whole(one: Features, others: Iterable[Features]) -> Features:
    """A statement with the numbers and dates of birth that other statements of its thing add."""
    rest = list(others)
    return replace(
        one,
        identifiers=tuple(dict.fromkeys([*one.identifiers, *(n for each in rest for n in each.identifiers)]))[
            :_MOST
        ],
        births=tuple(dict.fromkeys([*one.births, *(date for each in rest for date in each.births)]))[:_MOST],
    )


def name_of(kind: str, text: str) -> Name:
    """A name taken apart by the rules of its kind: a person's, or that of a company, ship or place."""
    return person_name(text) if kind == "Person" else company_name(text)


def _names(kind: str, stated: Stated) -> Iterable[Name]:
    for name, value in stated:
        if name in _NAMES and value.normal:
            made = name_of(kind, value.normal)
            if made.words:
                yield made


def _births(stated: Stated) -> Iterable[Birth]:
    for name, value in stated:
        if name == "birth_date" and value.verdict == "valid":
            parts = value.normal[:10].split("-")
            if len(parts) <= 3 and all(part.isdigit() for part in parts):
                yield Birth(*map(int, parts))


def _contacts(kind: str, stated: Stated) -> tuple[frozenset[str], frozenset[str]]:
    phones, emails = set(), set()
    for name, value in stated:
        if name == "phone" or (kind == "Phone" and name == "number"):
            digits = "".join(letter for letter in value.normal if letter.isdigit())
            phones.add(f"+{digits}" if value.normal.startswith("+") else digits)
        elif name == "email" and value.normal:
            emails.add(fold(value.normal))
    return frozenset(phones - {"", "+"}), frozenset(emails)


def _identifiers(kind: str, stated: Stated, first: dict[str, Value]) -> Iterable[Identifier]:
    for name, value in stated:
        scheme = _SCHEMES.get(name) or (_NUMBER_OF.get(kind) if name == "number" else None)
        if scheme:
            country = next(
                (first[other].normal for other in _COUNTRY_OF.get(name, ()) if _valid(first, other)), ""
            )
            yield from identifiers(scheme, value, country)


def _addresses(kind: str, stated: Stated, first: dict[str, Value]) -> Iterable[Address]:
    lines = ("address",) if kind != "Address" else ("text", "street", "address")
    city, postcode = (first[name].normal if name in first else "" for name in ("city", "postcode"))
    country = first["country"].normal if _valid(first, "country") else ""
    for name, value in stated:
        if name in lines and value.normal:
            yield address(value.normal, city, postcode, country)


def _valid(first: dict[str, Value], name: str) -> bool:
    return name in first and first[name].verdict == "valid"
