"""How a word sounds, whatever spelling carries it: digraphs of many romanisations, consonant skeletons, rarity."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from graphintel.resolve.lexicon import given_names, rarity

_REMEMBERED = 200_000
_LONGEST = 40
# Spellings of one sound in German, English, French, Turkish, Greek and Slavic romanisations; longest first.
_SOUNDS = (
    ("tsch", "c"), ("shch", "s"), ("sch", "s"), ("dzh", "j"), ("kh", "k"), ("sh", "s"), ("ch", "c"), ("th", "t"),
    ("dh", "d"), ("gh", "g"), ("ph", "f"), ("zh", "j"), ("dj", "j"), ("ts", "c"), ("tz", "c"), ("ck", "k"), ("gk", "g"),
    ("nk", "g"), ("mp", "b"), ("nt", "d"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("x", "ks"), ("q", "k"), ("w", "v"),
    ("y", "i"),
)  # fmt: skip
# Arabic writes consonants only, and its letters are romanised in more ways than any other script's.
_SEMITIC = (
    ("tsch", "s"), ("sch", "s"), ("kh", "k"), ("sh", "s"), ("ch", "s"), ("th", "s"), ("dh", "d"), ("gh", "g"),
    ("ph", "f"), ("zh", "g"), ("dj", "g"), ("x", "ks"), ("q", "k"), ("ck", "k"), ("c", "k"), ("j", "g"), ("p", "b"),
    ("z", "d"),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("", "", "aeiou")
_NOT_WRITTEN = str.maketrans("", "", "aeiouvwyh")
_SOFT_C = re.compile("c(?=[eiy])")


class Word(NamedTuple):
    """One word of a name: folded text, sound, first letter and consonants, what Arabic script keeps, class, rarity in bits.

    `variant` numbers the class of a given name (Yorgo, Georgios); -1 if the lexicon does not hold it.
    """

    text: str
    sound: str
    skeleton: str
    consonants: str
    variant: int
    bits: float


def _spelled(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for spelling, heard in table:
        if spelling in text:
            text = text.replace(spelling, heard)
    return text


def sound(text: str) -> str:
    """A folded word with one letter a sound, doubled letters once."""
    return _TWICE.sub(r"\1", _spelled(text, _SOUNDS))


def consonants(text: str) -> str:
    """What Arabic script would keep of a word: strong consonants, letters that are confused made one."""
    return _TWICE.sub(r"\1", _spelled(_SOFT_C.sub("s", text), _SEMITIC).translate(_NOT_WRITTEN))


@lru_cache(maxsize=_REMEMBERED)
def word(text: str) -> Word:
    """A folded word with all that is compared of it; one longer than 40 letters is cut."""
    text = text[:_LONGEST]
    heard = sound(text)
    bones = heard[:1] + heard[1:].translate(_VOWELS)
    return Word(text, heard, bones, consonants(text), given_names().get(text, -1), rarity(text))
