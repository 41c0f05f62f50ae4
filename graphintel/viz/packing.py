"""Room on the sheet: drawings pushed apart until no label lies on another, and groups packed on shelves."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Places = NDArray[np.float64]
# A4 lying and a wide screen are both about 1.5 as wide as high.
ASPECT = 1.5
GAP = 40.0
_ROUNDS = 150


class Group(NamedTuple):
    """Some things with their places (n x 2, pixels) and the room that each takes with its label (n x 2)."""

    members: tuple[int, ...]
    places: Places
    room: Places


def pushed_apart(places: Places, room: Places, rounds: int = _ROUNDS) -> Places:
    """Places (n x 2) moved until no two boxes of the given sizes (n x 2) overlap, or the rounds are used up.

    Each round moves every overlapping pair along the axis on which it overlaps least, half the way each.
    """
    moved = places.copy()
    if len(moved) < 2:
        return moved
    reach = float(np.hypot(room[:, 0].max(), room[:, 1].max()))
    for _ in range(rounds):
        # Only near pairs can overlap: the tree keeps a round linear in the number of things.
        pairs = cKDTree(moved).query_pairs(reach, output_type="ndarray")
        if len(pairs) == 0 or not _separate(moved, room, pairs):
            break
    return moved


def _separate(moved: Places, room: Places, pairs: NDArray[np.intp]) -> bool:
    a, b = pairs[:, 0], pairs[:, 1]
    between = moved[b] - moved[a]
    overlap = (room[a] + room[b]) / 2 - np.abs(between)
    hit = (overlap > 0.01).all(axis=1)
    if not hit.any():
        return False
    a, b, between, overlap = a[hit], b[hit], between[hit], overlap[hit]
    sideways = overlap[:, 0] < overlap[:, 1]
    # Two things on one spot have no direction to part in: the later one goes right and down.
    sign = np.where(between >= 0, 1.0, -1.0)
    # A little less than half each: things that give way on two sides do not swing.
    shift = sign * np.where(np.column_stack([sideways, ~sideways]), overlap / 2 + 0.5, 0.0) * 0.7
    np.subtract.at(moved, a, shift)
    np.add.at(moved, b, shift)
    return True


def packed(groups: list[Group]) -> dict[int, tuple[float, float]]:
    """Groups on shelves, the tallest first, in a sheet about half as wide again as it is high."""
    boxes = [_box(group) for group in groups]
    order = sorted(
        range(len(groups)), key=lambda i: (-boxes[i][3], -len(groups[i].members), groups[i].members)
    )
    area = sum((width + GAP) * (height + GAP) for _, _, width, height in boxes)
    widest = max((box[2] for box in boxes), default=0.0)
    limit = max(widest, math.sqrt(area * ASPECT))
    placed: dict[int, tuple[float, float]] = {}
    x = y = shelf = 0.0
    for i in order:
        left, top, width, height = boxes[i]
        if x > 0 and x + width > limit:
            x, y, shelf = 0.0, y + shelf + GAP, 0.0
        for member, (px, py) in zip(groups[i].members, groups[i].places, strict=True):
            placed[member] = (float(px - left + x), float(py - top + y))
        x, shelf = x + width + GAP, max(shelf, height)
    return placed


def _box(group: Group) -> tuple[float, float, float, float]:
    low = (group.places - group.room / 2).min(axis=0)
    high = (group.places + group.room / 2).max(axis=0)
    return float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])


def grid(members: tuple[int, ...], room: Places) -> Group:
    """Things without links, in rows, in a rectangle of the sheet's own proportions."""
    cell = room.max(axis=0) + 8.0
    columns = max(1, round(math.sqrt(len(members) * ASPECT * cell[1] / cell[0])))
    spots = [(i % columns * cell[0], i // columns * cell[1]) for i in range(len(members))]
    return Group(members, np.array(spots, dtype=np.float64), room)
