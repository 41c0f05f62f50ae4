"""One name of one thing, taken apart: what both persons and companies are compared by."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from graphintel.resolve.normalise.words import Word, sound, word

_MOST_WORDS = 14
_LONGEST = 400
ARABIC = re.compile("[\u0600-\u06ff]")
_SCRIPTS = {"LATIN", "CYRILLIC", "GREEK", "ARABIC", "GEORGIAN", "ARMENIAN", "HEBREW", "HANGUL", "HIRAGANA", "KATAKANA",
            "CJK", "DEVANAGARI", "THAI", "ETHIOPIC"}  # fmt: skip


class Name(NamedTuple):
    """Own words in their order, trades and legal forms by class, all words as spelled, sound of the letters in order.

    `unvowelled` is whether it was written without its vowels, in Arabic script; `script` that of its first letter;
    `letters` how many its own words have.
    """

    words: tuple[Word, ...]
    whole: str
    spelled: tuple[str, ...]
    trades: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    unvowelled: bool = False
    script: str = ""
    letters: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        """The own words as folded text."""
        return tuple(one.text for one in self.words)


def listed(text: str) -> frozenset[str]:
    """The words of a text as a set, for short lists of words in code."""
    return frozenset(text.split())


def cut(text: str) -> str:
    """What of a text is read as a name: 400 letters of it, compatibility forms undone."""
    return unicodedata.normalize("NFKC", text[:_LONGEST])


def made(
    own: list[str],
    spelled: list[str],
    trades: frozenset[str] = frozenset(),
    forms: frozenset[str] = frozenset(),
    *,
    unvowelled: bool = False,
    written: str = "",
) -> Name:
    """A name of its folded own words, the first 14 of them."""
    words = tuple(word(text) for text in own[:_MOST_WORDS])
    whole = sound("".join(sorted(one.text for one in words)))
    return Name(
        words,
        whole,
        tuple(spelled[: 2 * _MOST_WORDS]),
        trades,
        forms,
        unvowelled,
        written,
        sum([len(one.text) for one in words]),
    )


def script(text: str) -> str:
    """The script of a text's first letter in lower case, such as latin or cyrillic; empty without a letter."""
    for letter in text:
        if letter.isascii() and letter.isalpha():
            return "latin"
        if letter.isalpha():
            found = unicodedata.name(letter, "").split(" ")[0]
            return found.lower() if found in _SCRIPTS else "other"
    return ""
