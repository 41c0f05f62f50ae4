"""Amounts with something behind them: currencies, money, quantities with units."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from graphintel.model.fold import fold
from graphintel.model.values.numbers import ascii_number, decimal_of, plain
from graphintel.model.values.tables import table
from graphintel.model.values.value import Hints, Part, Value, tidy

_AMOUNT = re.compile(r"[+-]?\d[\d.,' \u2019]*(?:[eE][+-]?\d{1,2}(?![\d.,]))?")


class Unit(NamedTuple):
    """A unit of quantity: its dimension, and kilograms in one of it where it is a mass."""

    code: str
    dimension: str
    kg: Decimal | None


@lru_cache(maxsize=1)
def _currencies() -> dict[str, tuple[str, bool]]:
    import pycountry

    known = {item.alpha_3.lower(): (item.alpha_3, False) for item in pycountry.currencies}
    for row in table("currencies"):
        entry = (row["code"], bool(row["historic"]))
        for word in (row["code"].lower(), *row["words"].split()):
            known[word.replace("_", " ")] = entry
    return known


def _currency(text: str) -> tuple[str, bool] | None:
    words = _currencies()
    return words.get(text.lower()) or words.get(fold(text)) if text else None


def clean_currency(raw: str, hints: Hints) -> Value:
    """Currency as ISO 4217 code, from codes, signs and a few names; withdrawn codes are kept and flagged."""
    text = tidy(raw)
    found = _currency(text)
    if found is None:
        return Value(
            raw, text, "invalid" if len(text) == 3 and text.isascii() and text.isupper() else "unknown"
        )
    return Value(raw, found[0], "valid", (("flag", "withdrawn"),) if found[1] else ())


def _split(text: str) -> tuple[str, str, str] | None:
    match = _AMOUNT.search(text)
    if not match:
        return None
    return text[: match.start()].strip(), match[0].strip(" ,.'"), text[match.end() :].strip()


def clean_money(raw: str, hints: Hints) -> Value:
    """An amount of money, `1250.5 EUR`; hint `currency` for amounts that name none, `decimal` as for numbers."""
    text = tidy(raw)
    pieces = _split(ascii_number(raw) if not any(sign in text for sign in "€£₺₽₴₾₼¥₩₪﷼") else text)
    number = decimal_of(pieces[1], hints.get("decimal", "")) if pieces else None
    if pieces is None or number is None:
        return Value(raw, text, "invalid" if any(letter.isdigit() for letter in text) else "unknown")
    stated = " ".join(filter(None, (pieces[0], pieces[2])))
    found = _currency(stated) if stated else _currency(tidy(hints.get("currency", "")))
    if found is None:
        return Value(raw, text, "unknown", (("amount", float(number)),))
    return Value(
        raw, f"{plain(number)} {found[0]}", "valid", (("amount", float(number)), ("currency", found[0]))
    )


@lru_cache(maxsize=1)
def _units() -> dict[str, Unit]:
    units = {}
    for row in table("units"):
        unit = Unit(row["unit"], row["dimension"], Decimal(row["kg"]) if row["kg"] else None)
        units.update({fold(word.replace("_", " ")): unit for word in row["words"].split()})
    return units


def find_unit(text: str) -> Unit | None:
    """The unit that a word stands for, None for a word outside the table."""
    folded = fold(text)
    return _units().get(folded) or _units().get(folded.rstrip("."))


def clean_quantity(raw: str, hints: Hints) -> Value:
    """A quantity, `12.5 kg`; hint `unit` for amounts that name none, `decimal` as for numbers.

    Part `kg` only where the unit is a mass: litres, doses and plants are never kilograms. Nothing or less is invalid.
    """
    text = ascii_number(raw)
    pieces = _split(text)
    number = decimal_of(pieces[1], hints.get("decimal", "")) if pieces and not pieces[0] else None
    if pieces is None or number is None:
        return Value(raw, text, "invalid" if any(letter.isdigit() for letter in text) else "unknown")
    stated = pieces[2] or tidy(hints.get("unit", ""))
    unit = find_unit(stated)
    parts: list[tuple[str, Part]] = [("amount", float(number)), ("unit", unit.code if unit else stated)]
    if unit and unit.kg is not None:
        parts.append(("kg", float(number * unit.kg)))
    normal = f"{plain(number)} {unit.code}" if unit else text
    if number <= 0:
        return Value(raw, normal, "invalid", tuple(parts))
    return Value(raw, normal, "valid" if unit else "unknown", tuple(parts))
