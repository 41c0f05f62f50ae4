"""The legend: every mark on the picture, in words, with how often it stands there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graphintel.viz.sceneparts import SceneLink, SceneNode
from graphintel.viz.style import Language, look
from graphintel.viz.words import say

STYLES = ("confirmed", "probable", "unconfirmed", "inferred")


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One mark: the kind, line style or community it explains, its words and its count."""

    key: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Legend:
    """The marks of one chart, only those that stand on it."""

    kinds: tuple[LegendRow, ...]
    styles: tuple[LegendRow, ...]
    communities: tuple[LegendRow, ...]


def legend_of(nodes: tuple[SceneNode, ...], links: tuple[SceneLink, ...], language: Language) -> Legend:
    """Counts of what is drawn: kinds in the order of the look, then lines, then communities."""
    kinds = Counter(node.kind for node in nodes)
    # Kinds of a newer model are still shown, after those that the look knows.
    known = [name for name in look().kinds if kinds[name]]
    order = known + sorted(set(kinds) - set(known))
    titles = look().kinds
    styles = Counter(link.style for link in links)
    rows = [
        LegendRow(name, look().lines[name].title[language], styles[name]) for name in STYLES if styles[name]
    ]
    extra = (
        ("path", look().lines["path"].title[language], sum(link.on_path for link in links)),
        ("fold", say(language, "legend.fold"), sum(link.folded for link in links)),
        ("hub", say(language, "legend.hub"), sum(node.hub for node in nodes)),
    )
    return Legend(
        kinds=tuple(
            LegendRow(name, titles[name].title[language] if name in titles else name, kinds[name])
            for name in order
        ),
        styles=(*rows, *(LegendRow(*row) for row in extra if row[2])),
        communities=_communities(nodes, language),
    )


def _communities(nodes: tuple[SceneNode, ...], language: Language) -> tuple[LegendRow, ...]:
    counts = Counter(node.community for node in nodes if node.community is not None)
    rows = [LegendRow(f"C{number}", f"C{number}", counts[number]) for number in sorted(counts) if number]
    return tuple([*rows, LegendRow("other", say(language, "legend.other"), counts[0])] if counts[0] else rows)
