"""Geometry: curves end at the marks' edges, arrows point at them, room is found."""

from __future__ import annotations

import math

import pytest

from graphintel.viz.geometry import ARROW, Sheet, around, arrow, between, clipped, holds, outline
from graphintel.viz.style import look

SHAPES = sorted({(family.shape, family.width, family.height) for family in look().families.values()})


@pytest.mark.parametrize(("shape", "width", "height"), SHAPES)
def test_outlines_are_convex_and_hold_their_middle(shape: str, width: float, height: float) -> None:
    corners = outline(shape, width, height)
    assert holds(corners, 0.0, 0.0)
    assert not holds(corners, width, 0.0)
    assert not holds(corners, 0.0, height)
    assert max(x for x, _ in corners) == pytest.approx(width / 2)
    assert min(y for _, y in corners) == pytest.approx(-height / 2)


@pytest.mark.parametrize(("shape", "width", "height"), SHAPES)
@pytest.mark.parametrize("bend", [0.0, 40.0, -80.0])
def test_a_link_ends_at_the_edges_of_its_marks(shape: str, width: float, height: float, bend: float) -> None:
    corners, target = outline(shape, width, height), (200.0, 120.0)
    curve = clipped(between((0.0, 0.0), target, bend), corners, corners)
    assert not holds(corners, *curve.a)
    assert math.hypot(*curve.a) < max(width, height)
    assert not holds(corners, curve.d[0] - target[0], curve.d[1] - target[1])
    assert math.dist(curve.d, target) < max(width, height)


def test_the_middle_of_a_curve_lies_off_the_line_by_its_bend() -> None:
    x, y = between((0.0, 0.0), (100.0, 0.0), 30.0).at(0.5)
    assert [x, abs(y)] == pytest.approx([50, 30])
    _, other = between((0.0, 0.0), (100.0, 0.0), -30.0).at(0.5)
    assert other == pytest.approx(-y)


def test_part_of_a_curve_runs_on_the_curve() -> None:
    curve = between((0.0, 0.0), (100.0, 50.0), 25.0)
    part = curve.part(0.25, 0.75)
    assert part.a == pytest.approx(curve.at(0.25))
    assert part.d == pytest.approx(curve.at(0.75))
    assert part.at(0.5) == pytest.approx(curve.at(0.5))


def test_a_loop_leaves_its_mark_and_comes_back() -> None:
    corners = outline("ellipse", 32, 32)
    curve = clipped(between((10.0, 10.0), (10.0, 10.0), 26.0), corners, corners)
    assert curve.at(0.5)[1] < -40
    assert math.dist(curve.a, (10.0, 10.0)) == pytest.approx(16, abs=1)


def test_an_arrow_has_its_tip_at_the_end_and_shortens_the_line() -> None:
    curve = between((0.0, 0.0), (100.0, 0.0), 0.0)
    shaft, corners = arrow(curve, 1.5)
    assert corners[0] == curve.d
    assert math.dist(shaft.d, curve.d) == pytest.approx(ARROW, abs=0.1)
    assert corners[1][1] == pytest.approx(-corners[2][1])


def test_a_sheet_knows_what_is_taken() -> None:
    sheet = Sheet()
    assert sheet.free((0, 0, 10, 10))
    sheet.take((0, 0, 10, 10))
    sheet.take((-200, -10, 200, 5))
    assert not sheet.free((5, 5, 20, 20))
    assert sheet.free((10, 10, 20, 20))
    assert not sheet.free((150, -20, 160, 0))
    assert sheet.hits(around((5.0, 3.0), 4.0)) == 2
