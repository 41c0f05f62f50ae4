"""Which mentions are one entity: connected components over shared identity keys and judgements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


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


def partition(
    mentions: Iterable[str],
    keys: Mapping[str, Sequence[str]],
    judgements: Iterable[tuple[str, str]] = (),
) -> list[list[str]]:
    """The entities among some mentions, each sorted: who shares a key, or was judged the same, is one."""
    groups = Groups()
    first: dict[str, str] = {}
    names = sorted(set(mentions))
    for name in names:
        groups.find(name)
        for key in keys.get(name, ()):
            groups.join(name, first.setdefault(key, name))
    for one, other in judgements:
        if one in groups.parent and other in groups.parent:
            groups.join(one, other)
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(groups.find(name), []).append(name)
    return list(found.values())
