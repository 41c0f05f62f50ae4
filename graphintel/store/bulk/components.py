"""Which mentions are one entity, by numbers instead of ids: small enough for a load of millions."""

from __future__ import annotations

from array import array


class Components:
    """Union-find over mentions numbered in the order in which they first appear.

    `head` of a component is the mention whose id the entity bears, `born` its place in the order of entities.
    """

    def __init__(self) -> None:
        self.parent = array("i")
        self.size = array("i")
        self.born = array("q")
        self.head = array("i")
        self._ids = bytearray()

    def __len__(self) -> int:
        return len(self.parent)

    def add(self, name: str) -> int:
        """The number of a new mention that is a component of its own, not yet born."""
        number = len(self.parent)
        self.parent.append(number)
        self.size.append(1)
        self.born.append(-1)
        self.head.append(number)
        self._ids += bytes.fromhex(name)
        return number

    def name(self, number: int) -> str:
        """The id of a mention."""
        return self._ids[16 * number : 16 * number + 16].hex()

    def find(self, number: int) -> int:
        """The representative of a mention's component."""
        parent = self.parent
        root = number
        while parent[root] != root:
            root = parent[root]
        while parent[number] != root:
            parent[number], number = root, parent[number]
        return root

    def join(self, one: int, other: int) -> None:
        """Make two components one; it is as old as the older of them and bears its id."""
        one, other = self.find(one), self.find(other)
        if one == other:
            return
        if self.size[one] < self.size[other]:
            one, other = other, one
        if self._older(other, one):
            self.born[one], self.head[one] = self.born[other], self.head[other]
        self.parent[other] = one
        self.size[one] += self.size[other]

    def _older(self, one: int, other: int) -> bool:
        if self.born[one] < 0 or self.born[other] < 0:
            return self.born[one] >= 0
        mine, its = self.born[one], self.born[other]
        return (mine, self.name(self.head[one])) < (its, self.name(self.head[other]))

    def bear(self, numbers: list[int], first: int) -> None:
        """Give the components of new mentions their places, from `first` on; what was there before keeps its own."""
        seen: set[int] = set()
        for number in numbers:
            root = self.find(number)
            if root in seen:
                continue
            if self.born[root] < 0:
                self.born[root], self.head[root] = first + len(seen), number
            seen.add(root)
