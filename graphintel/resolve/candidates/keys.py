"""Blocking keys: mentions that share one are looked at together; each is a number that rests on its rule and content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import combinations
from typing import NamedTuple

from graphintel.resolve.features import Birth, Features

# What one shared key is worth in a bucket of one; a bucket of n counts 1/sqrt(n) of it.
WORTH = {
    "number": 8.0,
    "near-number": 4.0,
    "phone": 5.0,
    "email": 6.0,
    "pair": 2.0,
    "name": 1.5,
    "name-year": 2.0,
    "born": 1.5,
    "house": 2.0,
    "street": 1.0,
}
# Schemes of which one character is often struck or read wrongly.
_NEAR = frozenset(("plate", "container", "vin", "imo", "registration"))
_WORDS, _STREETS = 6, 8
_PHONE_DIGITS = 9
_SHORTEST_NAME = 3


class Key(NamedTuple):
    """A blocking key: the rule by which two mentions may meet, and its 64-bit number."""

    rule: str
    number: int


def stored(given: Features) -> tuple[Key, ...]:
    """The keys under which a mention is found."""
    return _keys(given, given.births)


def asked(given: Features) -> tuple[Key, ...]:
    """The keys by which others are looked for: those under which it is found, and a day that may be a month."""
    flipped = (Birth(one.year, one.day, one.month) for one in given.births if 0 < one.day <= 12 and one.month)
    return _keys(given, (*given.births, *flipped))


def _near(number: str) -> Iterator[str]:
    """A number without each of its characters in turn: two numbers one edit apart share one of these, or the whole."""
    yield number
    for place in range(len(number)):
        yield number[:place] + number[place + 1 :]


def _keys(given: Features, births: Iterable[Birth]) -> tuple[Key, ...]:
    found = {
        Key(rule, _number(given.kind, rule, content))
        for part in (_identifiers(given), _names(given), _born(births), _places(given))
        for rule, content in part
    }
    return tuple(sorted(found))


def _identifiers(given: Features) -> Iterator[tuple[str, str]]:
    for one in given.identifiers:
        yield "number", f"{one.scheme}:{one.number}"
        if one.scheme in _NEAR:
            for left in _near(one.number):
                yield "near-number", f"{one.scheme}:{left}"
    for phone in given.phones:
        yield "phone", phone[-_PHONE_DIGITS:]
    for email in given.emails:
        yield "email", email


def _names(given: Features) -> Iterator[tuple[str, str]]:
    years = {birth.year for birth in given.births}
    for name in given.names:
        bones = sorted({word.consonants or word.skeleton for word in name.words[:_WORDS]})
        for one, other in combinations(bones, 2):
            yield "pair", f"{one}:{other}"
        if len(bones) == 1 or given.kind != "Person":
            for bone in bones:
                if len(bone) >= _SHORTEST_NAME:
                    yield "name", bone
        for year in years:
            for bone in bones:
                yield "name-year", f"{bone}:{year}"


def _born(births: Iterable[Birth]) -> Iterator[tuple[str, str]]:
    for birth in births:
        if birth.day:
            yield "born", f"{birth.year}-{birth.month}-{birth.day}"


def _places(given: Features) -> Iterator[tuple[str, str]]:
    for place in given.addresses:
        words = sorted(word for word in place.words - {place.city} if len(word) > 2)[:_STREETS]
        for word in words:
            yield "street", f"{word}:{place.city}"
            for house in sorted(place.numbers)[:2]:
                yield "house", f"{word}:{house}"


def _number(kind: str, rule: str, content: str) -> int:
    digest = blake2b(f"{kind}/{rule}/{content}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
