"""A scene as one static SVG: valid XML without script or reference to anything outside itself; its fonts are in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from graphintel.viz.fonts import font_rules, letters_of
from graphintel.viz.frame import SIDE, draw_head, draw_legend, draw_strip, strip_height
from graphintel.viz.geometry import Box, Curve, Sheet, around, outline
from graphintel.viz.ink import add, shown
from graphintel.viz.labels import clean
from graphintel.viz.lines import SceneLine
from graphintel.viz.marks import draw_label, draw_node, mark_box, place_labels
from graphintel.viz.scene import Scene
from graphintel.viz.strokes import chip_text, curve_of, draw_chip, draw_line, place_chip
from graphintel.viz.style import look
from graphintel.viz.words import say

NAMESPACE = "http://www.w3.org/2000/svg"
_NARROWEST = 960.0
_READABLE = 1_200.0
_MARGIN = 28.0
_SAMPLES = 12
# So many crossings make a label hard to read without a ground of its own.
_TANGLE = 2


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Everything on the canvas with its room."""

    curves: tuple[tuple[SceneLine, Curve], ...]
    labels: dict[str, Box]
    crossed: frozenset[str]
    chips: tuple[tuple[SceneLine, str, Box], ...]
    extent: Box


def svg(scene: Scene) -> bytes:
    """The chart as an SVG file with an XML declaration."""
    root = svg_element(scene)
    # The fonts are the only style sheet, so that the picture looks the same on any machine in any year.
    style = Element("style")
    style.text = font_rules(letters_of(tostring(root, encoding="unicode")))
    root.insert(0, style)
    drawn: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn}\n'.encode()


def svg_element(scene: Scene, anchors: bool = False) -> Element:
    """The chart as an element; with `anchors` each link number leads to `#link-N` of the page around it."""
    drawing = _measure(scene)
    left, top, right, bottom = drawing.extent
    width = max(right - left + 2 * _MARGIN, _NARROWEST)
    # A wide chart is scaled down to fit a page; strips, title and legend grow so that they stay readable.
    scale = max(1.0, width / _READABLE)
    tokens = look().tokens[scene.theme]
    root = Element("svg", {"xmlns": NAMESPACE, "role": "img", "font-family": look().sans})
    made = scene.made
    add(root, "title").text = made.title or say(made.language, "untitled")
    add(root, "desc").text = _about(scene)
    back = add(root, "rect", x=0.0, y=0.0, width=width, fill=tokens["canvas"])
    head = add(root, "g", transform=f"scale({scale:.3f})")
    strip = strip_height(scene, width / scale)
    draw_strip(head, scene, 0.0, width / scale)
    canvas_top = draw_head(head, scene, strip, width / scale, len(scene.nodes) - len(drawing.labels)) * scale
    high = bottom - top + 2 * _MARGIN
    canvas = add(
        root, "g",
        transform=f"translate({(width - (right - left)) / 2 - left:.1f} {canvas_top + _MARGIN - top:.1f})",
    )  # fmt: skip
    _draw(canvas, scene, drawing, anchors)
    foot = add(root, "g", transform=f"translate(0 {canvas_top + high:.1f}) scale({scale:.3f})")
    end = draw_legend(foot, scene, 0.0, width / scale)
    draw_strip(foot, scene, end, width / scale)
    height = canvas_top + high + (end + strip) * scale
    back.set("height", shown(height))
    root.set("viewBox", f"0 0 {shown(width)} {shown(height)}")
    root.set("width", shown(width))
    root.set("height", shown(height))
    return root


def _about(scene: Scene) -> str:
    made = scene.made
    return clean(
        f"{made.handling or say(made.language, 'unmarked')}; {made.case}; {made.by}; {made.at}; "
        f"{say(made.language, 'counter')} {made.counter}; {say(made.language, 'hash')} {scene.hash}"
    )


def _measure(scene: Scene) -> _Drawing:
    ends = {node.id: (node.x, node.y) for node in scene.nodes}
    outlines = {}
    for node in scene.nodes:
        family = look().family_of(node.kind)
        outlines[node.id] = outline(family.shape, family.width + 10 * node.hub, family.height + 10 * node.hub)
    sheet, crossing = Sheet(), Sheet()
    marks = {node.id: mark_box(node) for node in scene.nodes}
    for box in marks.values():
        sheet.take(box)
    # Marks first, then curves, labels, chips: each keeps clear of what was placed before.
    curves = tuple((line, curve_of(line, ends, outlines, marks, sheet)) for line in scene.lines)
    for _, curve in curves:
        for step in range(_SAMPLES + 1):
            crossing.take(around(curve.at(step / _SAMPLES), 3.0))
    degree = Counter(end for link in scene.links for end in (link.source, link.target))
    labels = place_labels(scene.nodes, degree, sheet, crossing)
    crossed = frozenset(name for name, box in labels.items() if crossing.hits(box) >= _TANGLE)
    titled = len(scene.links) <= look().labels.link_labels_up_to
    chips = []
    for line, curve in curves:
        texts = (chip_text(line, scene.language, True), chip_text(line, scene.language, False))
        chips.append((line, *place_chip(texts if titled else texts[1:], curve, sheet)))
    boxes = [*marks.values(), *labels.values()] + [chip[2] for chip in chips]
    boxes += [_box_of(curve) for _, curve in curves if curve.b != curve.c]
    return _Drawing(curves, labels, crossed, tuple(chips), _around(boxes))


def _box_of(curve: Curve) -> Box:
    spots = [curve.at(t / 8) for t in range(9)]
    return (
        min(x for x, _ in spots), min(y for _, y in spots), max(x for x, _ in spots), max(y for _, y in spots)
    )  # fmt: skip


def _around(boxes: list[Box]) -> Box:
    if not boxes:
        return 0.0, 0.0, _NARROWEST - 2 * SIDE, 40.0
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _draw(canvas: Element, scene: Scene, drawing: _Drawing, anchors: bool) -> None:
    # Lines under marks under labels under numbers: what is read last covers what is seen first.
    for line, curve in drawing.curves:
        draw_line(canvas, line, curve, scene.theme)
    for node in scene.nodes:
        title = look().kinds[node.kind].title[scene.language] if node.kind in look().kinds else node.kind
        draw_node(canvas, node, scene.theme, title)
    for node in scene.nodes:
        if node.id in drawing.labels:
            draw_label(canvas, node, drawing.labels[node.id], scene.theme, node.id in drawing.crossed)
    for line, text, box in drawing.chips:
        href = {"href": f"#link-{line.links[0].number}"} if anchors else {}
        draw_chip(add(canvas, "a" if anchors else "g", **href), line, text, box, scene.theme)
