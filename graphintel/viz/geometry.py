"""Outlines of marks and curves between them: where a link leaves a mark, where its arrow stands (pixels, y down)."""

from __future__ import annotations

import math
from dataclasses import dataclass

Point = tuple[float, float]
Outline = tuple[Point, ...]
ARROW = 10.0
# Eighteen halvings find an edge to a thousandth of a pixel on any sheet.
_HALVINGS = 18


def outline(shape: str, width: float, height: float) -> Outline:
    """The corners of a mark around its middle, clockwise; an ellipse and a rounded box as polygons of 24 corners."""
    w, h = width / 2, height / 2
    if shape == "ellipse":
        turns = (2 * math.pi * i / 24 for i in range(24))
        return tuple((w * math.cos(turn), h * math.sin(turn)) for turn in turns)
    if shape == "tag":
        return (-w, -h), (w * 0.4, -h), (w, 0.0), (w * 0.4, h), (-w, h)
    if shape == "hexagon":
        return (-w, 0.0), (-w / 2, -h), (w / 2, -h), (w, 0.0), (w / 2, h), (-w / 2, h)
    if shape == "diamond":
        return (0.0, -h), (w, 0.0), (0.0, h), (-w, 0.0)
    if shape == "octagon":
        a, b = w * 0.414, h * 0.414
        return (-a, -h), (a, -h), (w, -b), (w, b), (a, h), (-a, h), (-w, b), (-w, -b)
    return (-w, -h), (w, -h), (w, h), (-w, h)


def holds(corners: Outline, x: float, y: float) -> bool:
    """Whether a point lies inside a convex outline given clockwise."""
    last = corners[-1]
    for corner in corners:
        if (corner[0] - last[0]) * (y - last[1]) - (corner[1] - last[1]) * (x - last[0]) < 0:
            return False
        last = corner
    return True


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic curve by its four points."""

    a: Point
    b: Point
    c: Point
    d: Point

    def at(self, t: float) -> Point:
        """The point at `t` between 0 and 1."""
        u = 1 - t
        p, q, r, s = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        return (
            p * self.a[0] + q * self.b[0] + r * self.c[0] + s * self.d[0],
            p * self.a[1] + q * self.b[1] + r * self.c[1] + s * self.d[1],
        )

    def part(self, start: float, end: float) -> Curve:
        """The piece between two values of `t` (de Casteljau)."""
        head = self._head(end)
        if end <= 0:
            return head
        turned = Curve(head.d, head.c, head.b, head.a)._head(1 - start / end)
        return Curve(turned.d, turned.c, turned.b, turned.a)

    def _head(self, t: float) -> Curve:
        ab, bc, cd = _mix(self.a, self.b, t), _mix(self.b, self.c, t), _mix(self.c, self.d, t)
        abc, bcd = _mix(ab, bc, t), _mix(bc, cd, t)
        return Curve(self.a, ab, abc, _mix(abc, bcd, t))


def _mix(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def between(source: Point, target: Point, bend: float) -> Curve:
    """A curve from middle to middle whose own middle lies `bend` pixels off the straight line."""
    dx, dy = target[0] - source[0], target[1] - source[1]
    length = math.hypot(dx, dy)
    if length < 1:
        return _loop(source, bend)
    # The middle of a cubic lies three quarters of the way to its inner points: hence 4/3.
    off = (dy / length * bend * 4 / 3, -dx / length * bend * 4 / 3)
    b, c = _mix(source, target, 1 / 3), _mix(source, target, 2 / 3)
    return Curve(source, (b[0] + off[0], b[1] + off[1]), (c[0] + off[0], c[1] + off[1]), target)


def _loop(middle: Point, bend: float) -> Curve:
    x, y, size = middle[0], middle[1], 60 + abs(bend)
    return Curve(middle, (x + size, y - size), (x - size, y - size), middle)


def clipped(curve: Curve, source: Outline, target: Outline, gap: float = 2.0) -> Curve:
    """The part of a curve that lies outside both marks, `gap` pixels clear of the target."""
    wide = tuple((x * (1 + gap / 16), y * (1 + gap / 16)) for x, y in target)
    # A loop starts and ends inside the same mark: half way it is outside for certain.
    start = _crossing(curve, source, curve.a, 0.0, 0.5)
    end = _crossing(curve, wide, curve.d, 1.0, 0.5)
    return curve.part(start, max(end, start + 0.01))


def _crossing(curve: Curve, corners: Outline, middle: Point, inside: float, outside: float) -> float:
    for _ in range(_HALVINGS):
        half = (inside + outside) / 2
        x, y = curve.at(half)
        if holds(corners, x - middle[0], y - middle[1]):
            inside = half
        else:
            outside = half
    return outside


def arrow(curve: Curve, width: float) -> tuple[Curve, Outline]:
    """The curve shortened by its arrow, and the arrow's three corners; it grows with the line's width."""
    # An arrow no wider than its line would not be seen as one.
    size = ARROW + 1.5 * (width - 1.5)
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        half = (low + high) / 2
        x, y = curve.at(half)
        if math.hypot(curve.d[0] - x, curve.d[1] - y) > size:
            low = half
        else:
            high = half
    base = curve.at(high)
    dx, dy = curve.d[0] - base[0], curve.d[1] - base[1]
    length = math.hypot(dx, dy) or 1.0
    side = (-dy / length * size * 0.45, dx / length * size * 0.45)
    corners = (
        curve.d,
        (base[0] + side[0], base[1] + side[1]),
        (base[0] - side[0], base[1] - side[1]),
    )
    return curve.part(0.0, high), corners


Box = tuple[float, float, float, float]


class Sheet:
    """The room already taken on a sheet, as boxes (left, top, right, bottom) in a coarse raster."""

    CELL = 64.0

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def free(self, box: Box) -> bool:
        """Whether a box touches none that is taken."""
        return not any(touch(box, other) for cell in self._over(box) for other in self._cells.get(cell, ()))

    def hits(self, box: Box) -> int:
        """How many taken boxes a box touches."""
        return len(
            {other for cell in self._over(box) for other in self._cells.get(cell, ()) if touch(box, other)}
        )

    def take(self, box: Box) -> None:
        """Mark the room of a box as taken."""
        for cell in self._over(box):
            self._cells.setdefault(cell, []).append(box)

    def _over(self, box: Box) -> list[tuple[int, int]]:
        size = self.CELL
        return [
            (x, y)
            for x in range(math.floor(box[0] / size), math.floor(box[2] / size) + 1)
            for y in range(math.floor(box[1] / size), math.floor(box[3] / size) + 1)
        ]


def touch(box: Box, other: Box) -> bool:
    """Whether two boxes share some room."""
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def around(point: Point, reach: float) -> Box:
    """The square around a point."""
    return point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach
