"""Which mentions are one entity: connected components over identity keys and "same", cut by "different"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Groups:
    """Union-find over mention and entity ids."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, item: str) -> str:
        """The representative of an item's group."""
        parent = self.parent
        root = item
        while parent.setdefault(root, root) != root:
            root = parent[root]
        while parent[item] != root:
            parent[item], item = root, parent[item]
        return root

    def join(self, one: str, other: str) -> None:
        """Make two groups one."""
        self.parent[self.find(one)] = self.find(other)


class Tie(NamedTuple):
    """A live "same" between two mentions: said by a person, or by a model with a probability."""

    one: str
    other: str
    judgement: str
    person: bool = True
    weight: float = 1.0


class Division(NamedTuple):
    """Mentions as entities, each sorted; the ties that a "different" overrules, and the keys that it parts."""

    groups: list[list[str]]
    refused: list[Tie]
    contested: frozenset[str]


class _Parted(Groups):
    """Union-find in which some items may never meet."""

    def __init__(self, different: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self._foes: dict[str, set[str]] = defaultdict(set)
        for one, other in different:
            self._foes[one].add(other)
            self._foes[other].add(one)

    def meet(self, one: str, other: str) -> bool:
        """Join two groups unless somebody in one may not meet somebody in the other; whether they are one now."""
        one, other = self.find(one), self.find(other)
        if one == other:
            return True
        foes = self._foes
        if other in foes[one]:
            return False
        self.parent[one] = other
        for foe in foes.pop(one):
            foes[foe].discard(one)
            foes[foe].add(other)
            foes[other].add(foe)
        return True


def divide(
    mentions: Iterable[str],
    keys: Mapping[str, Sequence[str]],
    same: Iterable[Tie] = (),
    different: Iterable[tuple[str, str]] = (),
) -> Division:
    """The entities among some mentions: shared keys and "same" unite, unless that joins what was judged different.

    What unites is taken in order of strength: persons, keys, models by falling weight; the same for any order of
    loading. A key or tie that would bring two together that are different yields.
    """
    names = sorted(set(mentions))
    inside = set(names)
    ties = [tie for tie in same if tie.one in inside and tie.other in inside]
    parted = _Parted(pair for pair in different if pair[0] in inside and pair[1] in inside)
    refused: list[Tie] = []

    def tied(some: list[Tie]) -> None:
        for tie in sorted(some, key=lambda tie: (-tie.weight, sorted(tie[:2]), tie.judgement)):
            if not parted.meet(tie.one, tie.other):
                refused.append(tie)

    tied([tie for tie in ties if tie.person])
    contested = set()
    for key, name in sorted((key, one) for one in names for key in keys.get(one, ())):
        if not parted.meet(_node(key), name):
            contested.add(key)
    tied([tie for tie in ties if not tie.person])
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(parted.find(name), []).append(name)
    return Division(list(found.values()), refused, frozenset(contested))


def _node(key: str) -> str:
    # A key stands among the mentions under a name that no mention has.
    return f"\x1f{key}"


def partition(mentions: Iterable[str], keys: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The entities among some mentions of which nobody judged anything: who shares a key is one."""
    return divide(mentions, keys).groups
