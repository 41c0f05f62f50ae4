"""Lexicons: legal forms, words of trade, given names that are one name, particles, how common a name is."""

from __future__ import annotations

import csv
import math
from functools import cache
from pathlib import Path

from graphintel.model.fold import fold

_FOLDER = Path(__file__).parent / "lexicons"
_LONGEST = 6
# A name that the table of common names does not hold, and one that it does not hold but a lexicon knows, per mille.
_RARE, _KNOWN = 0.5, 3.0
Phrase = tuple[str, ...]


def _rows(name: str) -> list[list[str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as stream:
        lines = [line for line in stream if not line.startswith("#")]
    return [row for row in csv.reader(lines) if row][1:]


def _phrases(name: str) -> dict[Phrase, str]:
    """A table of one phrase a row, folded, to its class; the first row of a phrase counts."""
    found: dict[Phrase, str] = {}
    for row in _rows(name):
        found.setdefault(tuple(fold(row[0]).split()), row[1])
    return found


@cache
def legal_forms() -> dict[Phrase, str]:
    """Words of a company's legal form to the class of liability: limited, stock, partnership, sole ..."""
    return _phrases("company_forms.csv")


@cache
def owned_by_one() -> frozenset[str]:
    """Words of legal forms that say that there is one owner: an EOOD is not an OOD."""
    return frozenset(word for row in _rows("company_forms.csv") if row[3:] for word in fold(row[0]).split())


@cache
def trade_languages() -> dict[Phrase, str]:
    """The language of each entry of `trades`."""
    found: dict[Phrase, str] = {}
    for row in _rows("trade_words.csv"):
        found.setdefault(tuple(fold(row[0]).split()), row[2])
    return found


@cache
def trades() -> dict[Phrase, str]:
    """Words that say what a company does to the trade, in whatever language."""
    return _phrases("trade_words.csv")


@cache
def turkish() -> frozenset[str]:
    """Single words of trades and forms that are Turkish only: a name with one was registered in Turkey."""
    rows = [row for name in ("company_forms.csv", "trade_words.csv") for row in _rows(name)]
    others = {fold(row[0]) for row in rows if row[2].lower() != "tr"}
    return (
        frozenset(
            word for row in rows if row[2] in ("tr", "TR") for word in fold(row[0]).split() if len(word) > 2
        )
        - others
    )


@cache
def particles() -> dict[str, str]:
    """Words in a person's name that are no name to what they are: article, filiation, title, suffix."""
    return {fold(row[0]): row[1] for row in _rows("particles.csv")}


@cache
def numerals() -> dict[str, str]:
    """Numbers written as words or in Roman letters to their digits."""
    return {fold(row[0]): row[1] for row in _rows("numerals.csv")}


@cache
def streets() -> dict[str, str]:
    """Words of addresses that clerks shorten to the class of the word; empty for words that say nothing."""
    return {fold(row[0]): row[1] for row in _rows("street_words.csv")}


@cache
def places() -> dict[str, str]:
    """Words of countries, towns and directions in firms' names to the place that they name."""
    return {fold(row[0]): row[1] for row in _rows("place_words.csv")}


@cache
def given_names() -> dict[str, int]:
    """Given names to the number of their class: Yorgo, Georgios and George have one."""
    found: dict[str, int] = {}
    for number, row in enumerate(_rows("given_names.csv")):
        for word in fold(row[0]).split():
            found.setdefault(word, number)
    return found


@cache
def initials() -> dict[int, str]:
    """The number of a class of given names to the letters that its forms begin with: B stands for Robert too."""
    found: dict[int, str] = {}
    for word, number in given_names().items():
        found[number] = found.get(number, "") + word[0]
    return found


@cache
def _per_mille() -> dict[str, float]:
    return {fold(row[0]): float(row[1]) for row in _rows("common_names.csv")}


@cache
def rarity(word: str) -> float:
    """How much it says that two persons share a name, in bits: -log2 of the share of persons who bear it."""
    borne = _per_mille().get(word)
    if borne is None:
        borne = _KNOWN if word in given_names() else _RARE
    return -math.log2(borne / 1000)


def longest_match(words: list[str], start: int, table: dict[Phrase, str]) -> int:
    """How many words from `start` on are one entry of a table; 0 if none begins there."""
    for length in range(min(_LONGEST, len(words) - start), 0, -1):
        if tuple(words[start : start + length]) in table:
            return length
    return 0
