"""Folding text for search: one spelling for İSTANBUL, istanbul, ISTANBUL and ıstanbul, in any script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# Letters that a clerk types in the wrong alphabet without seeing it: same shape, other code point.
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅавекмнорстухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ABEKMHOPCTYXIJSABEKMHOPCTYXIJSABEZHIKMNOPTYX",
)
_NOT_CODE = re.compile(r"[^A-Z0-9]+")
_NOT_PRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")
_TOKEN = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=8192)
def _latin(letter: str) -> str:
    """A letter in ASCII; ayn and the soft sign leave nothing rather than an apostrophe that would split the word."""
    if letter in "ъЪ":
        return "a"  # a vowel in Bulgarian, where it is common
    latin = anyascii(letter)
    return latin.replace("'", "").replace("`", "") if letter.isalpha() else latin


def fold(text: str) -> str:
    """Text as search compares it: romanised, without diacritics, lower case, single spaces.

    The dotted and the dotless i both become `i`, so neither Turkish nor English casing splits a name.
    """
    if not text.isascii():
        text = "".join(map(_latin, unicodedata.normalize("NFKC", text)))
    if not text.isprintable():
        text = _NOT_PRINTABLE.sub(" ", text)
    return " ".join(text.lower().split())


def tokens(text: str) -> list[str]:
    """The folded words of a text: runs of letters and digits, in order."""
    return _TOKEN.findall(fold(text))


def compact(text: str) -> str:
    """An identifier in any spelling as capital letters and digits only; look-alike letters count as Latin."""
    if not text.isascii():
        text = fold(unicodedata.normalize("NFKC", text).translate(_LOOKALIKES))
    return _NOT_CODE.sub("", text.upper())
