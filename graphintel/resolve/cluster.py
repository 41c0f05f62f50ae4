"""Which records of a set are one thing: pairs that share a key, scored, joined from the strongest down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from graphintel.resolve.features import Features

# A key that more records share says too little to be worth comparing all of them.
_MOST = 150
_MOST_ALL = 400
# Two groups are not joined across a pair that scores below this, nor where their pairs score below the cut on average.
_ASKED = 60
# A record that fits two groups which cannot be one, this nearly as well, is left to a person.
_AS_WELL = 3.0
Scorer = Callable[[Features, Features], "Said"]
Key = tuple[str, ...]


class Said(NamedTuple):
    """What a score says of a pair: bits, whether it may join the two, and whether it must never."""

    bits: float
    joins: bool
    parts: bool


def clusters(things: Sequence[Features], scorer: Scorer) -> list[int]:
    """For each thing the place of the first one of its cluster."""
    first = _same(things)
    distinct = sorted(set(first))
    made = _Joining([things[place] for place in distinct], scorer)
    found = made.run()
    whole = {place: distinct[number] for place, number in zip(distinct, found, strict=True)}
    return [whole[place] for place in first]


def _same(things: Sequence[Features]) -> list[int]:
    """The place of the first thing that says exactly the same; 5,000 equal records are compared once."""
    seen: dict[object, int] = {}
    found = []
    for place, thing in enumerate(things):
        silent = not (thing.names or thing.identifiers or thing.phones or thing.emails or thing.addresses)
        found.append(place if silent else seen.setdefault(thing.content, place))
    return found


class _Joining:
    """One run over things that all differ: candidates, their scores, and the groups as they grow."""

    def __init__(self, things: list[Features], scorer: Scorer) -> None:
        self.things, self.scorer = things, scorer
        self.scores: dict[tuple[int, int], Said] = {}
        self.group = list(range(len(things)))
        self.members = {place: [place] for place in self.group}
        self.near: dict[int, list[tuple[float, int]]] = defaultdict(list)

    def run(self) -> list[int]:
        """The number of each thing's group: the place of its first member."""
        strong = [(said.bits, pair) for pair in pairs(self.things) if (said := self.said(*pair)).joins]
        for bits, (one, other) in strong:
            self.near[one].append((bits, other))
            self.near[other].append((bits, one))
        for bits, (one, other) in sorted(strong, key=lambda found: (-found[0], found[1])):
            left, right = self.group[one], self.group[other]
            if left != right and self.fits(left, right) and not self.torn(bits, one, other):
                self.join(min(left, right), max(left, right))
        return self.group

    def said(self, one: int, other: int) -> Said:
        """What is said of two things, asked once."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self.scores:
            self.scores[pair] = self.scorer(self.things[pair[0]], self.things[pair[1]])
        return self.scores[pair]

    def fits(self, left: int, right: int) -> bool:
        """Whether two groups can be one: nothing parts them, and on the whole they are alike."""
        between = [(one, other) for one in self.members[left] for other in self.members[right]][:_ASKED]
        found = [self.said(*pair) for pair in between]
        return not any(said.parts for said in found) and sum(min(said.bits, 20.0) for said in found) >= 0

    def torn(self, bits: float, one: int, other: int) -> bool:
        """Whether either of two things fits a third nearly as well that the other cannot be."""
        for mine, yours in ((one, other), (other, one)):
            for also, third in self.near[mine]:
                if third != yours and also >= bits - _AS_WELL and self.said(third, yours).parts:
                    return True
        return False

    def join(self, kept: int, gone: int) -> None:
        """Put the members of one group into the other."""
        for place in self.members.pop(gone):
            self.group[place] = kept
            self.members[kept].append(place)


def pairs(things: Sequence[Features]) -> list[tuple[int, int]]:
    """Pairs worth comparing: of one kind, and sharing a key that is not too common; all pairs of a small set."""
    if len(things) <= _MOST_ALL:
        return [
            pair
            for pair in combinations(range(len(things)), 2)
            if things[pair[0]].kind == things[pair[1]].kind
        ]
    shared: dict[Key, list[int]] = defaultdict(list)
    for place, thing in enumerate(things):
        for key in set(keys(thing)):
            shared[(thing.kind, *key)].append(place)
    found: set[tuple[int, int]] = set()
    for places in shared.values():
        if 1 < len(places) <= _MOST:
            found.update(combinations(places, 2))
    return sorted(found)


def keys(thing: Features) -> Iterable[Key]:
    """What records of one thing are likely to share."""
    for number in thing.identifiers:
        yield "id", number.scheme, number.number
        yield "id start", number.scheme, number.number[:-2]
    yield from (("contact", contact[-7:]) for contact in thing.phones)
    yield from (("mail", mail) for mail in thing.emails)
    for birth in thing.births:
        yield "birth", f"{birth.year}-{min(birth.month, birth.day)}-{max(birth.month, birth.day)}"
        yield from (("bones and year", bone, str(birth.year)) for bone in thing.skeletons)
    yield from (("bones", *pair) for pair in combinations(thing.skeletons, 2))
    if len(thing.skeletons) == 1:
        yield ("bones", *thing.skeletons)
    yield from (("word", word.skeleton) for name in thing.names for word in name.words if len(word.text) > 3)
    for place in thing.addresses:
        yield from (
            ("house", number, word) for number in place.numbers for word in place.words if len(word) > 3
        )
