"""Which "same" has to fall so that two mentions come apart: the minimum cut by score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import maximum_flow

from graphintel.model.partition import Tie, partition

# What a person said weighs more than any number of guesses that one thing can have.
_GUESS, _PERSON = 10_000, 10_000_000


def _weight(tie: Tie) -> int:
    return _PERSON if tie.person else max(1, round(tie.weight * _GUESS))


def minimum_cut(keys: Mapping[str, Sequence[str]], ties: Iterable[Tie], one: str, other: str) -> list[Tie]:
    """The ties of least score that hold two mentions together; none if they are apart, or one by a key anyway.

    `keys`: of each mention of their entity. Flow and cut after Ford and Fulkerson (1956); capacities are whole numbers.
    """
    places = {name: place for place, group in enumerate(partition(keys, keys)) for name in group}
    held = [tie for tie in ties if tie.one in places and tie.other in places]
    start, end = places[one], places[other]
    if start == end or not held:
        return []
    rows = np.array([places[tie.one] for tie in held])
    columns = np.array([places[tie.other] for tie in held])
    capacity = np.array([_weight(tie) for tie in held], dtype=np.int32)
    size = max(places.values()) + 1
    graph = coo_array(
        (np.tile(capacity, 2), (np.concatenate([rows, columns]), np.concatenate([columns, rows]))),
        shape=(size, size),
    ).tocsr()
    flow = maximum_flow(graph, start, end).flow
    reached = _reached((graph - flow).tocoo(), start)
    return [tie for tie in held if (places[tie.one] in reached) != (places[tie.other] in reached)]


def _reached(left: Any, start: int) -> set[int]:
    """What can still be reached from a node over edges that are not full."""
    out: dict[int, list[int]] = {}
    for row, column, more in zip(left.row.tolist(), left.col.tolist(), left.data.tolist(), strict=True):
        if more > 0:
            out.setdefault(row, []).append(column)
    seen, waiting = {start}, [start]
    while waiting:
        for node in out.get(waiting.pop(), ()):
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return seen
