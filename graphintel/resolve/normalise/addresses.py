"""An address as what is compared: words without the ones that clerks shorten, house numbers, city, postcode."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from graphintel.model.fold import fold
from graphintel.resolve.lexicon import streets

_LONGEST = 600
# A number with what belongs to it (12/B), and words; in a postcode a space or hyphen says nothing.
_PART = re.compile(r"[a-z0-9]+")
_MOST = 40


class Address(NamedTuple):
    """The words of an address as a set, its numbers apart, and the city, postcode and country where they are stated."""

    words: frozenset[str]
    numbers: frozenset[str]
    city: str = ""
    postcode: str = ""
    country: str = ""


@lru_cache(maxsize=50_000)
def address(text: str, city: str = "", postcode: str = "", country: str = "") -> Address:
    """An address taken apart; the city counts among the words, since half of all sources write it into the line."""
    table = streets()
    found = [
        table.get(part, part) for part in _PART.findall(fold(f"{text[:_LONGEST]} {city[:_LONGEST]}"))[:_MOST]
    ]
    code = "".join(_PART.findall(fold(postcode)))
    numbers = {part for part in found if part[:1].isdigit()} - {code}
    words = {part for part in found if part and not part[0].isdigit()}
    return Address(frozenset(words), frozenset(numbers), fold(city), code, country)
