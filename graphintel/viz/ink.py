"""Drawing on an SVG sheet through an element tree, so that no text can become markup."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from graphintel.viz.geometry import Curve, Outline
from graphintel.viz.labels import clean

Value = str | float


def add(parent: Element, tag: str, **attributes: Value) -> Element:
    """A new element; underscores in names become hyphens and numbers keep one decimal (a scale keeps three)."""
    return SubElement(
        parent, tag, {name.replace("_", "-"): shown(value) for name, value in attributes.items()}
    )


def shown(value: Value) -> str:
    """A number as short as it can be written."""
    if isinstance(value, str):
        return value
    return f"{value:.1f}".removesuffix(".0")


def write(parent: Element, text: str, x: float, y: float, **attributes: Value) -> Element:
    """A line of text with every control character shown as a symbol."""
    element = add(parent, "text", x=x, y=y, **attributes)
    element.text = clean(text)
    return element


def tip(parent: Element, text: str) -> None:
    """What a reader sees when pointing at an element."""
    add(parent, "title").text = clean(text)


def path_of(curve: Curve) -> str:
    """A curve as path data."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = curve.a, curve.b, curve.c, curve.d
    return f"M{ax:.1f} {ay:.1f}C{bx:.1f} {by:.1f} {cx:.1f} {cy:.1f} {dx:.1f} {dy:.1f}"


def points_of(corners: Outline, x: float = 0.0, y: float = 0.0) -> str:
    """Corners as a polygon's points, moved by x and y."""
    return " ".join(f"{x + px:.1f},{y + py:.1f}" for px, py in corners)
