"""The curves of a chart: links of one type, direction and style between two things share one, with a count."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from graphintel.viz.sceneparts import SceneLink
from graphintel.viz.style import look

_STEP = 26.0


@dataclass(frozen=True, slots=True)
class SceneLine:
    """One drawn curve and the links it stands for; `bend` is how far its middle lies off the straight line (pixels).

    A positive bend lies to the left of the way from `source` to `target` on a sheet whose y grows downwards.
    """

    source: str
    target: str
    style: str
    on_path: bool
    folded: bool
    count: int
    width: float
    bend: float
    title: str
    probability: float | None
    links: tuple[SceneLink, ...]

    @property
    def directed(self) -> bool:
        """Whether the line has an arrow: events folded between two things run neither way."""
        return not self.folded

    @property
    def numbers(self) -> str:
        """The numbers of its links: "4" or "4-6"."""
        first, last = self.links[0].number, self.links[-1].number
        return str(first) if first == last else f"{first}\u2013{last}"


def lines_of(links: tuple[SceneLink, ...]) -> tuple[SceneLine, ...]:
    """Curves in the order of their first numbers; several between two things are bent apart."""
    shared: dict[tuple[str, str, str, str, bool], list[SceneLink]] = defaultdict(list)
    for link in links:
        # An inferred link has its own probability and a fold its own count: neither shares a curve.
        own = f"{link.id} {link.probability}" if link.style == "inferred" or link.folded else ""
        shared[link.source, link.target, link.type + own, link.style, link.on_path].append(link)
    between: dict[tuple[str, str], list[list[SceneLink]]] = defaultdict(list)
    for one in (part for group in shared.values() for part in _runs(group)):
        ends = sorted((one[0].source, one[0].target))
        between[ends[0], ends[1]].append(one)
    lines = [
        _line(
            one, _bend(index, len(side), one[0].source == one[0].target) * (1 if one[0].source == low else -1)
        )
        for (low, _), side in between.items()
        for index, one in enumerate(side)
    ]
    return tuple(sorted(lines, key=lambda line: line.links[0].number))


def _runs(group: list[SceneLink]) -> list[list[SceneLink]]:
    """Links with numbers in a row; a path through the middle of a bundle splits it."""
    runs: list[list[SceneLink]] = []
    for link in group:
        if runs and runs[-1][-1].number + 1 == link.number:
            runs[-1].append(link)
        else:
            runs.append([link])
    return runs


def _bend(index: int, count: int, loop: bool) -> float:
    return _STEP * (index + 1) if loop else _STEP * 2 * (index - (count - 1) / 2)


def _line(links: list[SceneLink], bend: float) -> SceneLine:
    first = links[0]
    count = sum(link.count for link in links)
    return SceneLine(
        source=first.source, target=first.target, style=first.style, on_path=first.on_path, folded=first.folded,
        count=count, width=line_width(count, first.on_path), bend=bend, title=first.title,
        probability=first.probability, links=tuple(links),
    )  # fmt: skip


def line_width(count: int, on_path: bool) -> float:
    """The width of a curve in pixels: 1.5 for one, growing with the logarithm of the count, 6 at most."""
    usual = look().lines["path" if on_path else "confirmed"].width
    return min(max(6.0, usual), round(usual + 1.5 * math.log10(max(count, 1)), 2))
