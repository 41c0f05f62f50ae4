"""Links as drawn: dashes say how sure, colour who says so, a chip carries number, count and probability."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from graphintel.viz.geometry import Box, Curve, Outline, Sheet, around, arrow, between, clipped, touch
from graphintel.viz.ink import add, path_of, points_of, tip, write
from graphintel.viz.labels import text_width
from graphintel.viz.lines import SceneLine
from graphintel.viz.style import Language, LineLook, Theme, look
from graphintel.viz.words import number

_TRIES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
CHIP = 11.0
_HIGH = 15.0
# Straight first, then ever wider on either side.
_DETOURS = (0.0, 34.0, -34.0, 68.0, -68.0)


def curve_of(
    line: SceneLine, ends: dict[str, tuple[float, float]], outlines: dict[str, Outline], marks: dict[str, Box],
    sheet: Sheet,
) -> Curve:  # fmt: skip
    """The visible part of a link's curve, bent round the marks of other things where it would run under them.

    `marks`: the room of each thing's mark; `sheet`: the same, to be looked up by place.
    """
    tried: list[tuple[int, int, Curve]] = []
    for aside in _DETOURS:
        whole = between(ends[line.source], ends[line.target], line.bend + aside)
        curve = clipped(whole, outlines[line.source], outlines[line.target])
        hits = _hidden(curve, marks[line.source], marks[line.target], sheet)
        if not hits or line.source == line.target:
            return curve
        tried.append((hits, len(tried), curve))
    return min(tried)[2]


def _hidden(curve: Curve, source: Box, target: Box, sheet: Sheet) -> int:
    """How many of some points along a curve lie under marks other than its own two."""
    spots = [around(curve.at(t / 16), 2.0) for t in range(1, 16)]
    return sum(not touch(spot, source) and not touch(spot, target) and not sheet.free(spot) for spot in spots)


def draw_line(parent: Element, line: SceneLine, curve: Curve, theme: Theme) -> None:
    """One curve with its arrow; the list of its links shows on pointing."""
    group = add(parent, "g")
    tip(group, "\u2003".join(_sentence(line)))
    draw_stroke(
        group, look().lines[line.style], curve, theme, width=line.width, on_path=line.on_path, tip_too=line.directed
    )  # fmt: skip


def _sentence(line: SceneLine) -> list[str]:
    shown = [
        f"{link.number}: {link.source_label[:80]} \u2192 {link.title} \u2192 {link.target_label[:80]} {link.at}".strip()
        for link in line.links[:12]
    ]
    return [*shown, "…"] if len(line.links) > len(shown) else shown


def draw_stroke(parent: Element, style: LineLook, curve: Curve, theme: Theme, *, width: float,
                on_path: bool = False, tip_too: bool = True) -> None:  # fmt: skip
    """A line in some style with its arrow; a path keeps the dashes and takes the path's colour."""
    tokens = look().tokens[theme]
    colour = tokens["path" if on_path else style.colour]
    shaft, corners = arrow(curve, width) if tip_too else (curve, ())
    dashes = {"stroke_dasharray": ",".join(f"{one:g}" for one in style.dash)} if style.dash else {}
    add(
        parent, "path", d=path_of(shaft), fill="none", stroke=colour, stroke_width=width, stroke_linecap=style.cap,
        **dashes,
    )  # fmt: skip
    if not corners:
        return
    # Hollow means filled with the canvas: a line must not shine through.
    hollow = style.arrow == "hollow"
    add(
        parent, "polygon", points=points_of(corners), fill=tokens["canvas"] if hollow else colour, stroke=colour,
        stroke_width=1.5 if hollow else 0.5, stroke_linejoin="round",
    )  # fmt: skip


def chip_text(line: SceneLine, language: Language, with_title: bool) -> str:
    """What stands on a curve: numbers of its links, count, probability, and the link's title where there is room."""
    words = [line.numbers]
    if line.probability is not None:
        words.append(f"\u2248 {number(round(line.probability, 2), language)}")
    elif line.style == "inferred":
        words.append("\u2248")
    if line.folded or len(line.links) > 1:
        words.append(f"{number(line.count, language)}\u00d7")
    if with_title:
        words.append(line.title)
    return " ".join(words)


def place_chip(texts: tuple[str, ...], curve: Curve, sheet: Sheet) -> tuple[str, Box]:
    """The first of some texts, longest first, that finds room on the curve; else the last where it hides least."""
    boxes: list[Box] = []
    for text in texts:
        boxes = [_chip_box(text, curve.at(t)) for t in _TRIES]
        box = next((one for one in boxes if sheet.free(one)), None)
        if box:
            sheet.take(box)
            return text, box
    box = min(boxes, key=sheet.hits)
    sheet.take(box)
    return texts[-1], box


def _chip_box(text: str, middle: tuple[float, float]) -> Box:
    # All as bold as its numbers: a chip may be a little wide, never too narrow.
    w, (x, y) = text_width(text, CHIP, bold=True) + 8, middle
    return x - w / 2, y - _HIGH / 2, x + w / 2, y + _HIGH / 2


def draw_chip(parent: Element, line: SceneLine, text: str, box: Box, theme: Theme) -> None:
    """The chip of a curve: number in bold, the rest beside it."""
    tokens = look().tokens[theme]
    inferred = line.style == "inferred"
    add(
        parent, "rect", x=box[0], y=box[1], width=box[2] - box[0], height=box[3] - box[1], rx=4.0,
        fill=tokens["canvas"], fill_opacity="0.92", stroke=tokens["inferred" if inferred else "hairline"],
        stroke_width=0.8,
    )  # fmt: skip
    element = write(
        parent,
        "",
        (box[0] + box[2]) / 2,
        box[3] - 4,
        font_size=CHIP,
        text_anchor="middle",
        fill=tokens["ink2"],
    )
    bold = add(element, "tspan", font_weight="600", fill=tokens["ink"])
    bold.text, bold.tail = line.numbers, text.removeprefix(line.numbers)
