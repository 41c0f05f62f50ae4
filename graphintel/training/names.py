"""Invented names of persons and firms, from common given names and made-up stems (`name_parts.csv`)."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from random import Random

from graphintel.training.spelling import romanise

_PARTS = Path(__file__).with_name("name_parts.csv")
# One driver or trader in six is a woman; half of the surnames are put together.
_WOMEN = 1 / 6
_MADE = 0.5


@lru_cache(maxsize=1)
def _parts() -> dict[tuple[str, str], tuple[str, ...]]:
    with _PARTS.open(encoding="utf-8", newline="") as handle:
        return {
            (row["country"], row["part"]): tuple(row["words"].split(";")) for row in csv.DictReader(handle)
        }


class Names:
    """Names, never the same firm or ship twice; Cyrillic, Greek and Georgian with their romanised form."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._taken: set[str] = set()

    def _pick(self, country: str, part: str) -> str:
        return self.rng.choice(_parts()[country, part])

    def person(self, country: str) -> tuple[str, str]:
        """A person's name: romanised, and native where the script is not Latin."""
        woman = self.rng.random() < _WOMEN
        part = "given_f" if woman else "given_m"
        given, surname = self._pick(country, part), self._surname(country)
        middle = self._pick(country, "given_m" if country == "SY" else part)
        if country in ("TR", "SY") and middle != given and self.rng.random() < 0.3:
            given = f"{given} {middle}"
        if country == "BG" and woman:
            surname += "а"
        return _both(f"{given} {surname}")

    def _surname(self, country: str) -> str:
        if self.rng.random() > _MADE:
            return self._pick(country, "surname")
        return self._pick(country, "surname_start") + self._pick(country, "surname_end")

    def firm(self, country: str, trade: str) -> tuple[str, str]:
        """A firm's full name: romanised, and native. `trade` is haulier, broker or trader."""
        business, form = self._pick(country, trade), self._pick(country, "form")
        words: list[str] = []
        # A second stem where the name is taken: the large world has thousands of firms.
        while True:
            words.append(self._stem(country))
            name = " ".join((form, *words, business) if country == "GE" else (*words, business, form))
            if name not in self._taken:
                self._taken.add(name)
                return _both(name)

    def _stem(self, country: str) -> str:
        start, end = self._pick(country, "stem"), self._pick(country, "stem_end")
        return self._stem(country) if end.startswith(start.lower()) else start + end

    def ship(self) -> str:
        """A ship's name; the second of a name is numbered."""
        base, number = self._pick("ship", "stem") + self._pick("ship", "stem_end"), 1
        while f"{base} {number}" in self._taken:
            number += 1
        self._taken.add(f"{base} {number}")
        return f"{base} {number}" if number > 1 else base

    def address(self, country: str) -> str:
        """Street, number and city of a country."""
        street = romanise(self._pick(country, "street"))
        street, city = street[0].upper() + street[1:], self._pick(country, "city")
        number = self.rng.randrange(1, 240)
        if country == "TR":
            return f"{street} Sok. No: {number}/{self.rng.randrange(1, 30)} {city}"
        return f"{street} St. {number}, {city}"


def _both(name: str) -> tuple[str, str]:
    latin = romanise(name)
    if "\u10d0" <= name[0] <= "\u10ff":
        words = latin.title().split()
        # Georgian has no capitals, and its form of company stands first.
        latin = " ".join([*words[1:], "LLC"] if words[0] == "Shps" else words)
    return (name, "") if latin == name else (latin, name)


def neighbour(firm: str) -> str:
    """A name that looks much like a firm's and is another's: its first word takes a suffix."""
    stem, _, rest = firm.partition(" ")
    return f"{stem[:-1]}lar {rest}" if stem.endswith(("ı", "i", "u")) else f"{stem}lı {rest}"
