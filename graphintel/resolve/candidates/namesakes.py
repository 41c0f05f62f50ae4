"""Namesakes: statements of one name word for word, and how often those whose numbers are known are one thing.

Who carries the name of exactly one thing of known number may be that thing. Whether that is so in a store is measured
on the store itself: each statement with a number is asked as if its number were hidden (leave one out).
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from scipy.special import betaincinv

from graphintel.resolve.features import Features
from graphintel.resolve.normalise.called import called

#: From this precision on, at the lower end of its interval, an equal name decides by itself.
PRECISION = 0.999
_INTERVAL = 0.95
# Numbers that tell things of a kind apart, the one that most of them have first.
_TELLING = {
    "Person": ("national_id", "passport"),
    "Company": ("tax_id", "eori", "registry_no", "lei", "imo_company"),
}
_SHORTEST, _PERSONS_WORDS = 4, 2


class Called(NamedTuple):
    """What one statement is called, as a number under a rule such as `Company name`.

    `strong` is its own number, or 0; `bare` is 1 for one that states nothing but a name, where from and of which gender.
    """

    rule: str
    number: int
    scheme: str
    strong: int
    bare: int


class Namesake(NamedTuple):
    """A statement of a name: its id, the scheme and number by which it is known, empty and 0 if by none, and if it is bare."""

    id: str
    scheme: str
    strong: int
    bare: int


class Measured(NamedTuple):
    """How often a rule was right and wrong about statements whose number was hidden; 95 % interval of Jeffreys."""

    rule: str
    right: int
    wrong: int

    @property
    def precision(self) -> float:
        """The share that was right; 0 where nothing was asked."""
        total = self.right + self.wrong
        return self.right / total if total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of the precision, equal-tailed, from a Beta(1/2, 1/2) prior (Brown, Cai, DasGupta 2001)."""
        tail = (1 - _INTERVAL) / 2
        shape = (self.right + 0.5, self.wrong + 0.5)
        low, high = (float(betaincinv(*shape, part)) for part in (tail, 1 - tail))
        return (low if self.right else 0.0, 1.0 if not self.wrong else high)

    @property
    def decides(self) -> bool:
        """Whether it is so often right that it may judge without a person."""
        return self.interval[0] >= PRECISION


def called_as(given: Features) -> tuple[Called, ...]:
    """What a statement is called: by each of its names, alone, with a full date of birth, and with each number."""
    if given.kind not in _TELLING:
        return ()
    scheme, strong = _telling(given)
    more = given.births, given.identifiers, given.phones, given.emails, given.addresses
    bare = int(len(given.names) == 1 and not any(more))
    return tuple(
        sorted(
            {Called(rule, _number(f"{rule}/{text}"), scheme, strong, bare) for rule, text in _texts(given)}
        )
    )


def _texts(given: Features) -> Iterator[tuple[str, str]]:
    numbers = {one.number for one in given.identifiers if one.scheme in _TELLING[given.kind]}
    for name in given.names:
        text = called(given.kind, name)
        if name.letters < _SHORTEST or (given.kind == "Person" and len(name.words) < _PERSONS_WORDS):
            continue
        yield f"{given.kind} name", text
        for birth in given.births:
            if birth.day:
                yield f"{given.kind} name and birth date", f"{text} {birth.year}-{birth.month}-{birth.day}"
        # A number alone is known with its country only; with the name it is known without.
        for number in numbers:
            yield "name and number", f"{given.kind} {text} {number}"


def _telling(given: Features) -> tuple[str, int]:
    found = {one.scheme: one for one in reversed(given.identifiers) if one.valid}
    for scheme in _TELLING[given.kind]:
        if scheme in found:
            return scheme, _number(f"{scheme}/{found[scheme].country}/{found[scheme].number}")
    return "", 0


def _number(content: str) -> int:
    # 0 stands for none.
    return int.from_bytes(blake2b(content.encode(), digest_size=8).digest(), "big", signed=True) or 1
