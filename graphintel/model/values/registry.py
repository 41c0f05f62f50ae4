"""The registry of value types: one table, and the two functions through which everybody uses it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from graphintel.model.values.text import clean_code, clean_name, clean_text
from graphintel.model.values.value import Hints, Value

Cleaner = Callable[[str, Hints], Value]
Keyer = Callable[[Value, Hints], str | None]


class ValueType(NamedTuple):
    """A type of value: how it cleans itself, and under which key two mentions that state it are one thing.

    `strong`: an equal valid key may unite mentions by rule; `kinds` narrows that to those kinds (empty = any).
    """

    name: str
    help: str
    clean: Cleaner
    strong: bool = False
    key: Keyer = lambda value, hints: None
    kinds: tuple[str, ...] = ()


def _keyed(prefix: str) -> Keyer:
    def key_of(value: Value, hints: Hints) -> str | None:
        return f"{prefix}:{value.normal}" if value.normal and value.verdict != "invalid" else None

    return key_of


_TABLE = (
    ValueType("text", "Any text.", clean_text),
    ValueType("name", "Name of a person, firm, ship or place.", clean_name),
    ValueType("seal", "Seal number; no public rule.", clean_code, key=_keyed("seal")),
    *(
        ValueType(name, name, clean_code)
        for name in [
            "container",
            "imo",
            "imo_company",
            "mmsi",
            "vin",
            "iban",
            "national_id",
            "tax_id",
            "plate",
            "mrn",
            "registration",
            "eori",
            "awb",
            "lei",
            "s10",
            "imei",
            "passport",
            "mrz",
            "nipt",
            "locode",
            "iata",
            "tir",
            "bill_of_lading",
            "country",
            "hs",
            "phone",
            "email",
            "flight",
            "aircraft_registration",
            "trader_code",
            "money",
            "quantity",
            "date",
            "number",
            "mode",
            "currency",
            "office",
            "gender",
            "integer",
        ]
    ),
)

TYPES: dict[str, ValueType] = {item.name: item for item in _TABLE}
_UNCACHED = frozenset(("text", "name", "number", "integer"))
_LONGEST_CACHED = 120


@lru_cache(maxsize=65536)
def _remembered(type_name: str, raw: str, hints: tuple[tuple[str, str], ...]) -> Value:
    return TYPES[type_name].clean(raw, dict(hints))


def clean(type_name: str, raw: str, **hints: str) -> Value:
    """The value that a raw text states, by its type; pure, remembered, and never raises for any text.

    Hints (all optional): country, order (dmy, mdy), format (WCO 102, 203, 304), decimal (`,` or `.`), currency, unit,
    vintage, carrier, office, year, source. KeyError for a type that does not exist.
    """
    if type_name in _UNCACHED or len(raw) > _LONGEST_CACHED:
        return TYPES[type_name].clean(raw, hints)
    return _remembered(type_name, raw, tuple(sorted(hints.items())) if hints else ())


def key(type_name: str, value: Value, **hints: str) -> str | None:
    """The identity key of a value, such as `plate:TR:34ABC123`; None where it has none or fails its check."""
    return TYPES[type_name].key(value, hints)
