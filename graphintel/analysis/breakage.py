"""What remains when things are taken out: pieces, fragmentation, and the effect of each single removal in one sweep.

Fragmentation: Borgatti 2006. The sweep counts what hangs below each cut point of a depth-first tree (Tarjan 1972), so
that trying every thing costs n + m and not n times that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

Neighbours = Sequence[Sequence[int]]


def pieces(neighbours: Neighbours, removed: Collection[int]) -> list[int]:
    """Sizes of the connected pieces of what remains, largest first."""
    seen = bytearray(len(neighbours))
    for node in removed:
        seen[node] = 1
    sizes = []
    for start in range(len(neighbours)):
        if seen[start]:
            continue
        seen[start] = 1
        stack, size = [start], 0
        while stack:
            size += 1
            for other in neighbours[stack.pop()]:
                if not seen[other]:
                    seen[other] = 1
                    stack.append(other)
        sizes.append(size)
    return sorted(sizes, reverse=True)


def fragmentation(sizes: Collection[int]) -> float:
    """Borgatti's 1 - sum s(s-1) / (n(n-1)): share of pairs that no longer reach each other; 1 if no pair remains."""
    total = sum(sizes)
    return 1.0 - sum(size * (size - 1) for size in sizes) / (total * (total - 1)) if total > 1 else 1.0


def remaining_pairs(neighbours: Neighbours, removed: Collection[int]) -> list[int]:
    """For each thing, ordered pairs still connected when it too is removed; -1 for those removed already."""
    pairs = [-1] * len(neighbours)
    order = [-1] * len(neighbours)
    for node in removed:
        order[node] = -2
    trees: list[tuple[list[int], int]] = []
    for start in range(len(neighbours)):
        if order[start] == -1:
            tree, splits = _sweep(neighbours, start, order)
            trees.append((tree, len(tree) * (len(tree) - 1)))
            for node in tree:
                cut, below = splits[node]
                above = len(tree) - 1 - below
                pairs[node] = cut + above * (above - 1)
    every = sum(own for _, own in trees)
    for tree, own in trees:
        for node in tree:
            pairs[node] += every - own
    return pairs


def _sweep(
    neighbours: Neighbours, start: int, order: list[int]
) -> tuple[list[int], dict[int, tuple[int, int]]]:
    """The piece of `start` in visiting order; for each thing the pairs inside parts it cuts off below, and their size."""
    tree = [start]
    order[start] = 0
    low, size, splits = {start: 0}, {start: 1}, {start: (0, 0)}
    stack = [(start, -1, iter(neighbours[start]))]
    while stack:
        node, parent, left = stack[-1]
        for other in left:
            if order[other] == -1:
                order[other] = low[other] = len(tree)
                size[other], splits[other] = 1, (0, 0)
                tree.append(other)
                stack.append((other, node, iter(neighbours[other])))
                break
            if order[other] >= 0 and other != parent:
                low[node] = min(low[node], order[other])
        else:
            stack.pop()
            if parent >= 0:
                low[parent] = min(low[parent], low[node])
                size[parent] += size[node]
                if low[node] >= order[parent]:
                    cut, below = splits[parent]
                    splits[parent] = (cut + size[node] * (size[node] - 1), below + size[node])
    return tree, splits
