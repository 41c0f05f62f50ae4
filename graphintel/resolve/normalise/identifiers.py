"""Numbers of persons, firms, vehicles, ships, containers and phones as they are compared."""

from __future__ import annotations

import re
from typing import NamedTuple

from graphintel.model.fold import compact
from graphintel.model.values import Value, clean

# Types whose key holds for all countries in one: a Turkish and an Albanian tax number are compared as tax numbers.
_ONE_SCHEME = {"nipt": "tax_id", "mrz": "passport"}
# A lorry and its trailer are written into one cell.
_TOGETHER = re.compile(r"\s*[/;,+]\s*")
_SHORTEST, _LONGEST = 3, 40


class Identifier(NamedTuple):
    """A number by its scheme: `valid` True or False where a check was made, None where there is none to make."""

    scheme: str
    number: str
    country: str = ""
    valid: bool | None = None


def identifiers(scheme: str, value: Value, country: str = "") -> list[Identifier]:
    """The identifiers that a cleaned value states; none for one without a digit or with fewer than three characters."""
    if scheme == "plate" and len(parts := _TOGETHER.split(value.raw.strip())) > 1:
        return [
            one
            for part in parts
            for one in identifiers(scheme, clean("plate", part, country=country), country)
        ]
    number = compact(value.normal)
    if not _SHORTEST <= len(number) <= _LONGEST or not any(letter.isdigit() for letter in number):
        return []
    valid = None if value.verdict == "unknown" else value.verdict == "valid"
    stated = value.part("country")
    return [
        Identifier(_ONE_SCHEME.get(scheme, scheme), number, country or (stated if isinstance(stated, str) else ""), valid)
    ]  # fmt: skip
