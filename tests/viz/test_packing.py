"""Room: boxes pushed apart until none overlap, groups on shelves that do not touch."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from graphintel.viz.packing import Group, Places, grid, packed, pushed_apart

SPOTS = some.lists(some.tuples(some.floats(-300, 300), some.floats(-300, 300)), min_size=2, max_size=12)


def overlaps(places: Places, room: Places) -> int:
    """How many pairs of boxes overlap by more than a hundredth of a pixel."""
    count = 0
    for i in range(len(places)):
        for j in range(i):
            gap = np.abs(places[i] - places[j]) - (room[i] + room[j]) / 2
            count += bool((gap < -0.02).all())
    return count


@settings(max_examples=40, deadline=None)
@given(SPOTS)
def test_boxes_end_up_beside_each_other(spots: list[tuple[float, float]]) -> None:
    places = np.array(spots)
    room = np.full_like(places, 40.0)
    assert overlaps(pushed_apart(places, room, rounds=400), room) == 0


def test_what_has_room_stays() -> None:
    places = np.array([[0.0, 0.0], [100.0, 0.0], [0.0, 100.0]])
    room = np.full_like(places, 50.0)
    assert (pushed_apart(places, room) == places).all()
    assert (pushed_apart(places[:1], room[:1]) == places[:1]).all()


def test_things_on_one_spot_part() -> None:
    places, room = np.zeros((2, 2)), np.full((2, 2), 30.0)
    assert overlaps(pushed_apart(places, room), room) == 0


@settings(max_examples=40, deadline=None)
@given(some.lists(some.tuples(some.floats(20, 900), some.floats(20, 400)), min_size=1, max_size=10))
def test_packed_groups_do_not_touch(sizes: list[tuple[float, float]]) -> None:
    groups = [Group((i,), np.zeros((1, 2)), np.array([size])) for i, size in enumerate(sizes)]
    placed = packed(groups)
    # A box whose middle is at 0 is moved by its left top corner.
    places = np.array([placed[i] for i in range(len(sizes))])
    assert overlaps(places, np.array(sizes)) == 0
    assert places.min() >= 0


def test_no_group_makes_an_empty_sheet() -> None:
    assert packed([]) == {}


def test_a_grid_leaves_each_thing_its_room() -> None:
    room = np.tile([140.0, 70.0], (7, 1))
    group = grid(tuple(range(7)), room)
    assert overlaps(group.places, room) == 0
