"""3-grams of names: what two spellings of one name share although no word of them is equal.

Every gram has a weight in half bits that rests on fixed shares of letters, not on what the index holds: what a reader
may not see then changes no order, and an index that grew and one that was built at once answer alike.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from graphintel.resolve.features import Features
from graphintel.resolve.lexicon import given_names, rarity
from graphintel.resolve.normalise.words import Word, word

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
# Stands in the grams of who has a name that was written without its vowels.
UNVOWELLED = "u"


def grams(given: Features) -> dict[str, int]:
    """The grams of a mention with their weights: by ear, by strong and by coarse consonants, year, city, trade, given name."""
    found: dict[str, int] = {}
    kind = given.kind
    if any(name.unvowelled for name in given.names):
        found[UNVOWELLED] = 1
    for name in given.names:
        for one in name.words:
            for gram, bits in _of_word(one, unvowelled=name.unvowelled):
                found[f"{gram[0]}{kind}{gram[1:]}"] = _half_bits(bits, gram if kind == "Person" else "")
        for trade in name.trades:
            found[f"t{kind}{trade}"] = _half_bits(_TRADE)
    for birth in given.births:
        found[f"y{kind}{birth.year}"] = _half_bits(_YEAR)
    for place in given.addresses:
        if place.city:
            found[f"l{kind}{place.city.replace(' ', '_')}"] = _half_bits(_CITY)
    return dict(list(found.items())[:_MOST])


def sought(found: dict[str, int]) -> dict[str, int]:
    """The grams by which others are looked for: strong consonants say no more where there is a spelling by ear."""
    return _without(found, "a") if _heard(found) else found


def sought_unvowelled(found: dict[str, int]) -> dict[str, int]:
    """The grams by which names without vowels are looked for by one that has them; empty for one that has none itself."""
    return _without(found, "c") if _heard(found) else {}


def _heard(found: dict[str, int]) -> bool:
    return any(gram.startswith("c") for gram in found)


def _without(found: dict[str, int], family: str) -> dict[str, int]:
    return {gram: weight for gram, weight in found.items() if not gram.startswith(family)}


def coarse(one: Word) -> str:
    """A word by the consonants that all scripts of the region keep apart."""
    return _TWICE.sub(r"\1", one.sound.translate(_COARSE))


def _of_word(one: Word, *, unvowelled: bool) -> Iterator[tuple[str, float]]:
    """The grams of a word, each with the letter of its family before it, and the bits that their letters say."""
    yield from _cut("a", one.consonants or one.skeleton, _STRONG)
    yield from _cut("d", coarse(one) or one.sound, _STRONG)
    if not unvowelled:
        yield from _cut("c", one.sound, _HEARD)
    if one.variant >= 0:
        yield f"v{one.variant}", _GIVEN


def _cut(family: str, text: str, bits: dict[str, float]) -> Iterator[tuple[str, float]]:
    padded = f"^{text}$"
    for start in range(max(len(padded) - _WIDTH, 0) + 1):
        gram = padded[start : start + _WIDTH]
        yield family + gram, sum(bits.get(letter, _OTHER) for letter in gram)


@cache
def _common() -> dict[str, float]:
    """The share of persons who have a gram by their given name: of Mehmet, Ahmet and Muhammed, md at the end."""
    shares: defaultdict[str, float] = defaultdict(float)
    for name in given_names():
        for gram in {gram for gram, _ in _of_word(word(name), unvowelled=False)}:
            shares[gram] += 2.0 ** -rarity(name)
    return shares


def _half_bits(bits: float, gram: str = "") -> int:
    share = _common().get(gram, 0.0) if gram else 0.0
    return max(round(2 * (min(bits, -math.log2(min(share, 1.0))) if share else bits)), 1)


def total(weights: Iterable[int]) -> int:
    """What a mention shares with itself, at least 1."""
    return max(sum(weights), 1)
