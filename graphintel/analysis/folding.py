"""Folding: things that share an item (a consignment, a phone, an address) are tied by 1/(k-1) for each shared item.

Newman 2001: a thing in an item of k things gets strength 1 from it, however large the item. An item of few things ties
every pair; one of many ties each thing to the next few on a ring drawn by lot, so that cost grows with k and not k^2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphintel.analysis.network import Floats, Ints

PAIRWISE = 12
# Ties of each thing to the next ones on the ring; twice as many in all, so strength is shared by that.
RING = 4


def folded(thing: Ints, item: Ints, seed: int) -> tuple[Ints, Ints, Floats, int]:
    """Ends and weights of ties from memberships (each thing at most once an item), and how many items took a ring."""
    order = np.lexsort((thing, item))
    thing, item = thing[order], item[order]
    _, start, size = np.unique(item, return_index=True, return_counts=True)
    ends: list[tuple[Ints, Ints, Floats]] = []
    for k in range(2, PAIRWISE + 1):
        rows = thing[start[size == k][:, None] + np.arange(k)] if np.any(size == k) else None
        if rows is not None:
            left, right = np.triu_indices(k, 1)
            count = len(rows) * len(left)
            ends.append((rows[:, left].ravel(), rows[:, right].ravel(), np.full(count, 1 / (k - 1))))
    large = np.flatnonzero(size > PAIRWISE)
    rng = np.random.default_rng(seed)
    for place in large:
        ends.append(_ring(thing[start[place] : start[place] + size[place]], rng))
    if not ends:
        nothing = np.zeros(0, dtype=np.int32)
        return nothing, nothing, np.zeros(0), 0
    first, second, weight = (np.concatenate(part) for part in zip(*ends, strict=True))
    return first, second, weight, len(large)


def _ring(members: Ints, rng: np.random.Generator) -> tuple[Ints, Ints, Floats]:
    drawn = rng.permutation(members)
    first = np.tile(drawn, RING)
    second = np.concatenate([np.roll(drawn, -step) for step in range(1, RING + 1)])
    return first, second, np.full(len(first), 1 / (2 * RING))


def distinct(thing: Ints, item: Ints, items: int) -> tuple[Ints, Ints]:
    """Memberships without repeats: one consignee in two fields of one declaration is there once."""
    keys = np.unique(item.astype(np.int64) + thing.astype(np.int64) * max(items, 1))
    return (keys // max(items, 1)).astype(np.int32), (keys % max(items, 1)).astype(np.int32)


def mask_of(kinds: list[str], kind: Ints, chosen: frozenset[str]) -> NDArray[np.bool_]:
    """Which entities are of the chosen kinds, shape of `kind`."""
    wanted = np.array([name in chosen for name in kinds], dtype=np.bool_)
    return wanted[kind] if len(wanted) else np.zeros(len(kind), dtype=np.bool_)
