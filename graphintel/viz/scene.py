"""The scene: a subgraph with places, look, numbers and origin; every picture and file is drawn from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphintel.errors import InputError
from graphintel.model.links import LINKS
from graphintel.model.records import Scalar
from graphintel.model.subgraph import Edge, Node, Subgraph
from graphintel.viz.data import canonical, chart_hash
from graphintel.viz.labels import clean, label_lines
from graphintel.viz.layout import Place, place
from graphintel.viz.legend import Legend, legend_of
from graphintel.viz.lines import SceneLine, lines_of
from graphintel.viz.sceneparts import Made, SceneLink, SceneNode
from graphintel.viz.style import LANGUAGES, THEMES, Language, Theme, look
from graphintel.viz.words import say


@dataclass(frozen=True, slots=True)
class Scene:
    """One chart, ready to be drawn: things, links with numbers, curves, legend, and where it all came from.

    `sources`: record ids in the order in which the links cite them, each with its number in the source list from 1.
    """

    made: Made
    nodes: tuple[SceneNode, ...]
    links: tuple[SceneLink, ...]
    lines: tuple[SceneLine, ...]
    legend: Legend
    sources: dict[str, int]
    hash: str
    data: dict[str, Any] = field(repr=False)
    subgraph: Subgraph = field(repr=False)
    values: Mapping[str, Mapping[str, list[Scalar]]] = field(repr=False)

    @property
    def theme(self) -> Theme:
        """Light or dark."""
        return self.made.theme

    @property
    def language(self) -> Language:
        """English or Turkish."""
        return self.made.language

    def source_number(self, record: str) -> int:
        """The number of a record in the source list, from 1."""
        return self.sources[record]


def build_scene(
    subgraph: Subgraph,
    *,
    theme: Theme = "light",
    title: str = "",
    case: str = "",
    handling: str = "",
    made_by: str = "",
    made_at: str = "",
    communities: Sequence[Sequence[str]] | None = None,
    path: Collection[str] = (),
    positions: dict[str, Place] | None = None,
    language: Language = "en",
    seed: int = 1,
    values: Mapping[str, Mapping[str, list[Scalar]]] | None = None,
) -> Scene:
    """A scene of a subgraph; things without a place get one.

    `communities`: the members of each, the largest first; `path`: ids of the links that lie on a path;
    `values`: all that may be seen stated of each thing, for files that carry more than a picture. Raises InputError for
    an unknown theme or language.
    """
    _check(theme, language)
    if positions:
        subgraph = _placed(subgraph, positions)
    places = place(subgraph, seed)
    numbers = {name: number for number, one in enumerate(communities or (), 1) for name in one}
    nodes = tuple(
        _node(node, places[node.id], numbers if communities is not None else None)
        for node in sorted(subgraph.nodes, key=lambda node: node.id)
    )
    links = _numbered(subgraph, frozenset(path), language)
    records = dict.fromkeys(record for link in links for record in link.records)
    # The caller may be stricter than the data; it has the last word.
    handling = handling or subgraph.handling
    data = canonical(subgraph, places, handling)
    made = Made(
        theme=theme, language=language, title=clean(title), case=clean(case), handling=clean(handling),
        by=clean(made_by), at=clean(made_at), query=clean(subgraph.query),
        params={clean(str(name)): clean(str(value)) for name, value in sorted(subgraph.params.items())},
        counter=subgraph.counter, by_limit=subgraph.truncated.by_limit, by_filter=subgraph.truncated.by_filter,
        more=subgraph.truncated.more, notes=tuple(map(clean, subgraph.notes)),
    )  # fmt: skip
    return Scene(
        made=made, nodes=nodes, links=links, lines=lines_of(links), legend=legend_of(nodes, links, language),
        sources={record: number for number, record in enumerate(records, 1)}, hash=chart_hash(data), data=data,
        subgraph=subgraph, values=values or {},
    )  # fmt: skip


def _check(theme: str, language: str) -> None:
    if theme not in THEMES or language not in LANGUAGES:
        raise InputError(
            f"A chart is {' or '.join(THEMES)}, in {' or '.join(LANGUAGES)}; not {theme!r} in {language!r}."
        )


def _placed(subgraph: Subgraph, positions: dict[str, Place]) -> Subgraph:
    nodes = [
        Node(
            node.id, node.kind, node.label, node.hub, *positions.get(node.id, (node.x, node.y)),
            node.degree, node.properties,
        )
        for node in subgraph.nodes
    ]  # fmt: skip
    return Subgraph(
        nodes, subgraph.edges, subgraph.query, subgraph.params, subgraph.counter, subgraph.truncated,
        subgraph.handling, subgraph.cursor, subgraph.notes, subgraph.extra,
    )  # fmt: skip


def _node(node: Node, at: Place, numbers: dict[str, int] | None) -> SceneNode:
    family = look().family_of(node.kind)
    return SceneNode(
        id=node.id, kind=node.kind, family=family.name, icon=look().kind(node.kind).icon, label=clean(node.label),
        lines=label_lines(node.label, node.kind), x=round(at[0], 1), y=round(at[1], 1), hub=node.hub,
        community=None if numbers is None else _shown_community(numbers.get(node.id, 0)),
    )  # fmt: skip


def _shown_community(number: int) -> int:
    return number if number <= len(look().communities) else 0


def _numbered(subgraph: Subgraph, path: frozenset[str], language: Language) -> tuple[SceneLink, ...]:
    """Links between things of the chart, numbered by date; those that share a curve stand together."""
    labels = {node.id: clean(node.label) for node in subgraph.nodes}
    edges = [edge for edge in subgraph.edges if edge.source in labels and edge.target in labels]
    first: dict[tuple[str, ...], str] = {}
    for edge in edges:
        key = _curve_of(edge)
        first[key] = min(first.get(key, "\uffff"), edge.at or "\uffff")
    # By the first date of the curve, so that links on one curve have numbers in a row.
    edges.sort(key=lambda edge: (first[_curve_of(edge)], _curve_of(edge), edge.at or "\uffff", edge.id))
    return tuple(_link(edge, number, path, labels, language) for number, edge in enumerate(edges, 1))


def _curve_of(edge: Edge) -> tuple[str, ...]:
    return (edge.type, edge.source, edge.target, style_of(edge))


def style_of(edge: Edge) -> str:
    """The line style of a link: inferred by its basis, else as sure as its grade makes it."""
    if edge.basis == "inferred" or edge.probability is not None:
        return "inferred"
    return edge.confidence if edge.confidence in ("confirmed", "probable") else "unconfirmed"


def _link(
    edge: Edge, number: int, path: frozenset[str], labels: dict[str, str], language: Language
) -> SceneLink:
    fold = edge.fold
    return SceneLink(
        number=number, id=edge.id, source=edge.source, target=edge.target, source_label=labels[edge.source],
        target_label=labels[edge.target], type=edge.type, title=link_title(edge.type, language),
        style=style_of(edge), on_path=edge.id in path, at=clean(edge.at), last=clean(fold.last if fold else ""),
        basis=clean(edge.basis), grade=clean(edge.grade), probability=edge.probability,
        count=fold.count if fold else 1, folded=fold is not None,
        records=tuple(fold.records if fold else [edge.record] if edge.record else []),
        records_total=max(fold.records_total, len(fold.records)) if fold else int(bool(edge.record)),
        sums=_sums(edge), details={clean(name): clean(str(value)) for name, value in sorted(edge.properties.items())},
    )  # fmt: skip


def link_title(type_name: str, language: Language) -> str:
    """How a link of some type reads in a sentence."""
    declared = LINKS.get(type_name)
    if declared is None:
        return say(language, "link.fold") if type_name == "FOLD" else clean(type_name)
    return declared.title_tr if language == "tr" else declared.title


def _sums(edge: Edge) -> dict[str, float]:
    if edge.fold is None:
        return {}
    kilograms = {"kg": edge.fold.kg} if edge.fold.kg else {}
    return kilograms | {clean(currency): amount for currency, amount in sorted(edge.fold.values.items())}
