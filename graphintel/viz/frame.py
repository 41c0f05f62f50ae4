"""What stands around a chart: handling strips, title and origin above, legend below."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from graphintel.viz.geometry import Curve
from graphintel.viz.ink import add, write
from graphintel.viz.labels import text_width
from graphintel.viz.legend import LegendRow
from graphintel.viz.marks import draw_mark
from graphintel.viz.scene import Scene
from graphintel.viz.strokes import draw_stroke
from graphintel.viz.style import Language, Theme, look
from graphintel.viz.words import number, say, when

# Pixels at a scale of 1; a wide chart scales the whole frame.
SIDE = 24.0
_STRIP = 17.0
_BODY = 18.0
Sample = Callable[[Element, str, float, float, Theme], None]


def fitted(text: str, width: float, size: float, lines: int, bold: bool = False) -> list[str]:
    """A text broken at spaces into lines no wider than `width`; what passes the last line is cut with "…"."""
    made, line = [], ""
    for word in text.split():
        for piece in _pieces(word, width, size):
            joined = f"{line} {piece}".strip()
            if not line or text_width(joined, size, bold) <= width:
                line = joined
            else:
                made.append(line)
                line = piece
    made = [*made, line] if line else made
    if len(made) <= lines:
        return made
    return [*made[: lines - 1], made[lines - 1].rstrip(" ,;") + " …"]


def _pieces(word: str, width: float, size: float) -> list[str]:
    # A word longer than the line (a hash, a hostile label) is broken, or it would leave the sheet.
    step = max(8, int(width / size / 0.7))
    return [word[i : i + step] for i in range(0, len(word), step)]


def strip_height(scene: Scene, width: float) -> float:
    """The height of a handling strip that says the whole caveat."""
    return _STRIP * len(_strip_lines(scene, width)) + 6


def _strip_lines(scene: Scene, width: float) -> list[str]:
    made = scene.made
    text = made.handling or say(made.language, "unmarked")
    if made.case:
        # The case stands in the strip so that a page torn from its file still says where it belongs.
        text = f"{text}  ·  {say(made.language, 'case')} {made.case}"
    return fitted(text, width - 2 * SIDE, 12.0, 12, bold=True)


def draw_strip(parent: Element, scene: Scene, y: float, width: float) -> None:
    """The handling strip: white on ink, in full."""
    tokens = look().tokens[scene.theme]
    lines = _strip_lines(scene, width)
    add(parent, "rect", x=0.0, y=y, width=width, height=_STRIP * len(lines) + 6, fill=tokens["ink"])
    for index, line in enumerate(lines):
        write(
            parent, line, width / 2, y + _STRIP * (index + 1) - 1, font_size=12.0, font_weight="600",
            text_anchor="middle", fill=tokens["canvas"],
        )  # fmt: skip


def facts(scene: Scene, left_out: int = 0) -> list[tuple[str, str]]:
    """What a court reads first: question, parameters, data version, who and when, what is not shown, hash."""
    made, language = scene.made, scene.language
    params = ", ".join(f"{name} = {value}" for name, value in made.params.items())
    counts = say(
        language, "shown", nodes=number(len(scene.nodes), language), links=number(len(scene.links), language)
    )
    hidden = say(
        language, "hidden_more" if made.more else "hidden", limit=number(made.by_limit, language),
        filter=number(made.by_filter, language),
    )  # fmt: skip
    cut = "; " + say(language, "cut_labels", n=left_out) if left_out else ""
    rows = [
        (say(language, "query"), made.query or say(language, "no_query")),
        (say(language, "params"), params),
        (say(language, "counter"), str(made.counter)),
        (say(language, "made_by"), made.by),
        (say(language, "made_at"), when(made.at, language)),
        ("", f"{counts}; {hidden}{cut}"),
        *((say(language, "notes"), note) for note in made.notes),
        (say(language, "hash"), scene.hash),
    ]
    return [row for row in rows if row[1]]


def draw_head(parent: Element, scene: Scene, y: float, width: float, left_out: int) -> float:
    """Title, case and origin from `y` down; returns where they end."""
    tokens, room = look().tokens[scene.theme], width - 2 * SIDE
    for line in fitted(scene.made.title or say(scene.language, "untitled"), room, 18.0, 2, bold=True):
        y += 24
        write(parent, line, SIDE, y, font_size=18.0, font_weight="600", fill=tokens["ink"])
    y += 4
    for name, value in _merged(facts(scene, left_out)):
        text = f"{name}: {value}" if name else value
        for line in fitted(text, room, 12.0, 2):
            y += _BODY
            write(parent, line, SIDE, y, font_size=12.0, fill=tokens["ink2"])
    return y + 12


def _merged(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Short facts share a line: data version, author and time."""
    made: list[tuple[str, str]] = []
    for name, value in rows:
        if (
            made
            and made[-1][0]
            and name
            and len(made[-1][1]) + len(value) + len(name) < 90
            and len(value) < 64
        ):
            made[-1] = (made[-1][0], f"{made[-1][1]}   ·   {name}: {value}")
        else:
            made.append((name, value))
    return made


def draw_legend(parent: Element, scene: Scene, y: float, width: float) -> float:
    """All marks with their counts, flowing over the width; returns where they end."""
    tokens, language, theme = look().tokens[scene.theme], scene.language, scene.theme
    add(parent, "rect", x=SIDE, y=y, width=width - 2 * SIDE, height=1.0, fill=tokens["hairline"])
    blocks = (
        (
            "legend.kinds",
            scene.legend.kinds,
            _grey_sample if scene.legend.communities else _kind_sample,
            46.0,
        ),
        ("legend.styles", scene.legend.styles, style_sample, 66.0),
        ("legend.communities", scene.legend.communities, community_sample, 28.0),
    )
    y += 4
    for title, rows, sample, space in blocks:
        if rows:
            y = _flow(parent, say(language, title), rows, sample, space, y, width, theme, language)
    for line in fitted(say(language, "legend.numbers"), width - 2 * SIDE, 11.0, 3):
        y += 16
        write(parent, line, SIDE, y, font_size=11.0, fill=tokens["ink2"])
    return y + 12


def _flow(parent: Element, title: str, rows: tuple[LegendRow, ...], sample: Sample, space: float, y: float,
          width: float, theme: Theme, language: Language) -> float:  # fmt: skip
    tokens = look().tokens[theme]
    start = SIDE + 92
    write(parent, title, SIDE, y + 24, font_size=12.0, font_weight="600", fill=tokens["ink"])
    if text_width(title, 12, bold=True) > 84:
        y += 20
        start = SIDE
    x = start
    for row in rows:
        text = f"{row.title}  {number(row.count, language)}"
        wide = space + text_width(text, 12) + 22
        if x > start and x + wide > width - SIDE:
            # A row of samples is as high as the largest mark, the diamond.
            x, y = start, y + 36
        sample(parent, row.key, x, y + 20, theme)
        write(parent, text, x + space, y + 24, font_size=12.0, fill=tokens["ink"])
        x += wide
    return y + 38


def _kind_sample(parent: Element, key: str, x: float, y: float, theme: Theme) -> None:
    draw_mark(parent, key, x + 20, y, theme, scale=0.78)


def _grey_sample(parent: Element, key: str, x: float, y: float, theme: Theme) -> None:
    """Where the fill says the community, it cannot say the family."""
    draw_mark(parent, key, x + 20, y, theme, scale=0.78, fill=look().tokens[theme]["other"])


def style_sample(parent: Element, key: str, x: float, y: float, theme: Theme) -> None:
    """A line of some style, 58 pixels long, or the ring of a hub."""
    tokens = look().tokens[theme]
    if key == "hub":
        add(parent, "circle", cx=x + 30, cy=y, r=7.0, fill=tokens["ink2"])
        add(parent, "circle", cx=x + 30, cy=y, r=11.0, fill="none", stroke=tokens["ink2"], stroke_width=2.0)
        return
    # Path and fold are not styles of their own: each keeps the dashes of how sure it is.
    style = look().lines["confirmed" if key in ("path", "fold") else key]
    curve = Curve((x, y), (x + 18, y), (x + 38, y), (x + 58, y))
    width = {"path": look().lines["path"].width, "fold": 3.5}.get(key, style.width)
    draw_stroke(parent, style, curve, theme, width=width, on_path=key == "path", tip_too=key != "fold")


def community_sample(parent: Element, key: str, x: float, y: float, theme: Theme) -> None:
    """The fill of a community, by its badge."""
    number_of = int(key[1:]) if key != "other" else 0
    add(
        parent, "rect", x=x, y=y - 8, width=20.0, height=16.0, rx=3.0,
        fill=look().community_colour(number_of, theme),
    )  # fmt: skip
