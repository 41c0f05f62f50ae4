"""Numbers as sources write them: decimal comma or point, groups, exponents; whole numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from anyascii import anyascii

from graphintel.model.values.value import Hints, Value, tidy

_PLAIN = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?")
_EXPONENT = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?[eE][+-]?\d{1,2}")
_GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
    ",": re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
}
_COMMA = re.compile(r"[+-]?\d*,\d+")
_POINT = re.compile(r"[+-]?\d*\.\d*")
_GAP = re.compile(r"(?<=\d)[ '\u2019](?=\d{3}(?!\d))")
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")


def decimal_of(text: str, decimal: str = "") -> Decimal | None:
    """The number that a text states, None if it states none or two readings are possible.

    `decimal` is the source's decimal mark. Without it a point is decimal, and so is a comma unless exactly three digits
    follow one to three (`1,234` is left open).
    """
    if _PLAIN.fullmatch(text) and decimal != ",":
        return Decimal(text)
    text = _GAP.sub("", text)
    if _EXPONENT.fullmatch(text):
        return Decimal(text)
    plain = _unmarked(text, decimal)
    return Decimal(plain) if plain is not None and _PLAIN.fullmatch(plain) else None


def _unmarked(text: str, decimal: str) -> str | None:
    if decimal not in (".", ","):
        if _AMBIGUOUS.fullmatch(text):
            return None
        decimal = "," if text.rfind(",") > text.rfind(".") or text.count(".") > 1 else "."
        if text.count(",") > 1:
            decimal = "."
    group = "," if decimal == "." else "."
    if _GROUPED[decimal].fullmatch(text):
        text = text.replace(group, "")
    elif group in text:
        # A mark that does not group by three is the other country's decimal mark, whatever the source promised.
        if not (_POINT if group == "." else _COMMA).fullmatch(text):
            return None
        decimal = group
    text = text.replace(decimal, ".")
    digits = text.lstrip("+-")
    sign = text[: len(text) - len(digits)]
    return sign + (f"0{digits}" if digits.startswith(".") else digits.removesuffix("."))


def plain(number: Decimal) -> str:
    """A number without exponent, grouping or trailing zeros."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.removeprefix("+")


def ascii_number(raw: str) -> str:
    """Tidy text with the digits of other scripts written as 0-9."""
    text = tidy(raw)
    return text if text.isascii() else tidy(anyascii(text))


def _unread(raw: str, text: str, hints: Hints) -> Value:
    if _AMBIGUOUS.fullmatch(text) or not any(letter.isdigit() for letter in text):
        return Value(raw, text, "unknown")
    return Value(raw, text, "invalid")


def clean_number(raw: str, hints: Hints) -> Value:
    """A decimal number; part `value`. Hint `decimal`: `,` or `.`. Expressions such as `0+0-0` are not summed."""
    text = ascii_number(raw)
    number = decimal_of(text, hints.get("decimal", ""))
    if number is None:
        return _unread(raw, text, hints)
    return Value(raw, plain(number), "valid", (("value", float(number)),))


def clean_integer(raw: str, hints: Hints) -> Value:
    """A whole number; part `value`. `3.0` is one, `3.5` is invalid."""
    text = ascii_number(raw)
    number = decimal_of(text, hints.get("decimal", ""))
    if number is None:
        return _unread(raw, text, hints)
    if number != number.to_integral_value():
        return Value(raw, plain(number), "invalid")
    return Value(raw, plain(number), "valid", (("value", int(number)),))
