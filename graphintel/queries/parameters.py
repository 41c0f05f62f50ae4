"""Parameters of questions: their types, and how a text from a command line or a form becomes a value."""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple

from graphintel.errors import QueryError
from graphintel.model.fold import fold
from graphintel.model.values import clean
from graphintel.model.values.value import tidy

Scalar = str | int | float
_LONGEST = 500
_ID = re.compile(r"[0-9a-f]{32}")
_CENTURY = 36525
TYPES = {
    "text": "any text",
    "words": "words of a name, compared without accents and case",
    "integer": "a whole number",
    "number": "a number",
    "date": "a date such as 2024-05-31",
    "country": "a country's code or name",
    "entity": "the id of a thing",
    "days": "a number of days",
}


class Param(NamedTuple):
    """One parameter: name, type, default as written in the header (None = must be given), and labels."""

    name: str
    type: str
    default: str | None
    label: str
    label_tr: str

    def value(self, given: Any) -> Scalar:
        """The value that a reader gave, converted; an empty one takes the default. QueryError says what is expected."""
        if given is None or given == "":
            given = self.default
        if given is None:
            raise QueryError(
                f"The parameter {self.name} is missing: {TYPES[self.type]}.", parameter=self.name
            )
        if given == "":
            return ""
        found = _convert(self.type, given)
        if found is None:
            raise QueryError(
                f"The parameter {self.name} is {TYPES[self.type]}, not {str(given)[:60]!r}.",
                parameter=self.name,
            )
        return found

    def as_json(self) -> dict[str, Any]:
        """What a form needs to know."""
        return {
            "name": self.name, "type": self.type, "default": self.default, "required": self.default is None,
            "label": {"en": self.label, "tr": self.label_tr}, "help": TYPES[self.type],
        }  # fmt: skip


def _convert(type_name: str, given: Any) -> Scalar | None:
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return None
    if type_name in ("integer", "days"):
        return _whole(
            given, 0 if type_name == "days" else -(2**63), _CENTURY if type_name == "days" else 2**63 - 1
        )
    if type_name == "number":
        return _number(given)
    text = tidy(str(given))
    if len(text) > _LONGEST:
        return None
    return _text(type_name, text)


def _text(type_name: str, text: str) -> str | None:
    if type_name == "entity":
        return text.lower() if _ID.fullmatch(text.lower()) else None
    if type_name == "words":
        return fold(text)
    if type_name == "text":
        return text
    cleaned = clean(type_name, text)
    if cleaned.verdict != "valid":
        return None
    return str(cleaned.part("date")) if type_name == "date" else cleaned.normal


def _whole(given: str | float, least: int, most: int) -> int | None:
    try:
        found = int(given) if isinstance(given, str | int) or given.is_integer() else None
    except (ValueError, OverflowError):
        return None
    return found if found is not None and least <= found <= most else None


def _number(given: str | float) -> float | None:
    try:
        found = float(given)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None
