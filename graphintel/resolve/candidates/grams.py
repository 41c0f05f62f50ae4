"""3-grams of names: what two spellings of one name share although no word of them is equal.

Every gram has a weight in half bits that rests on fixed shares of letters, not on what the index holds: what a reader
may not see then changes no order, and an index that grew and one that was built at once answer alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from graphintel.resolve.features import Features
from graphintel.resolve.normalise.words import Word

_WIDTH = 3
# -log2 of a letter's share in names of the region, by ear, and among the strong consonants.
_HEARD = {
    "^": 2.8, "$": 2.8, "a": 2.9, "i": 3.3, "e": 3.9, "r": 4.1, "s": 4.1, "n": 4.3, "o": 4.5, "m": 4.5, "l": 4.5, "d": 5.0,
    "t": 5.0, "u": 5.1, "k": 5.2, "h": 5.6, "v": 5.7, "g": 6.0, "b": 6.2, "z": 6.3, "c": 6.3, "f": 6.6, "p": 6.6, "j": 6.7,
}  # fmt: skip
_STRONG = {
    "^": 1.9, "$": 1.9, "s": 3.1, "r": 3.3, "n": 3.4, "m": 3.8, "l": 3.8, "d": 3.8, "t": 4.2, "k": 4.2, "g": 4.6, "b": 4.6,
    "f": 5.8,
}  # fmt: skip
_OTHER = 6.5
# What is shared beside the name, in bits: one of sixty years, one of some dozens of cities, given names and trades.
_YEAR, _CITY, _GIVEN, _TRADE = 6.0, 5.0, 6.0, 3.0
# Sounds that scripts confuse made one, vowels and half vowels dropped: Greek has no sh, Arabic no p.
_COARSE = str.maketrans("pzcjtg", "bsssdk", "aeiouvwyh")
_TWICE = re.compile(r"(.)\1+")
_MOST = 120


def grams(given: Features) -> dict[str, int]:
    """The grams of a mention with their weights: by ear, by strong and by coarse consonants, year, city, trade, given name."""
    found: dict[str, int] = {}
    kind = given.kind
    for name in given.names:
        for word in name.words:
            _of_word(found, kind, word, unvowelled=name.unvowelled)
        for trade in name.trades:
            found[f"{kind}t{trade}"] = _half_bits(_TRADE)
    for birth in given.births:
        found[f"{kind}y{birth.year}"] = _half_bits(_YEAR)
    for place in given.addresses:
        if place.city:
            found[f"{kind}l{place.city.replace(' ', '_')}"] = _half_bits(_CITY)
    return dict(list(found.items())[:_MOST])


def coarse(word: Word) -> str:
    """A word by the consonants that all scripts of the region keep apart."""
    return _TWICE.sub(r"\1", word.sound.translate(_COARSE))


def _of_word(found: dict[str, int], kind: str, word: Word, *, unvowelled: bool) -> None:
    _cut(found, f"{kind}a", word.consonants or word.skeleton, _STRONG)
    _cut(found, f"{kind}d", coarse(word) or word.sound, _STRONG)
    if not unvowelled:
        _cut(found, f"{kind}c", word.sound, _HEARD)
    if word.variant >= 0:
        found[f"{kind}v{word.variant}"] = _half_bits(_GIVEN)


def _cut(found: dict[str, int], family: str, text: str, bits: dict[str, float]) -> None:
    padded = f"^{text}$"
    for start in range(max(len(padded) - _WIDTH, 0) + 1):
        gram = padded[start : start + _WIDTH]
        found[family + gram] = _half_bits(sum(bits.get(letter, _OTHER) for letter in gram))


def _half_bits(bits: float) -> int:
    return round(2 * bits)


def total(weights: Iterable[int]) -> int:
    """What a mention shares with itself, at least 1."""
    return max(sum(weights), 1)
