"""Charts made straight from records, and what a chart says whatever the ids: for tests of files that are exchanged."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graphintel.ingest import catalogue
from graphintel.ingest.expected import samples
from graphintel.ingest.reading import read
from graphintel.model.display import each, stored
from graphintel.model.records import Quarantined, Record, Scalar
from graphintel.model.subgraph import Edge, Node, Subgraph

Values = dict[str, dict[str, list[Scalar]]]
Chart = tuple[Subgraph, Values]


def records_of(source: str, *paths: Path) -> list[Record]:
    """The records of some files of a source, or of its samples."""
    held = catalogue()[source]
    items = [item for path in (paths or samples(held)) for item in read(held, path)]
    return [item for item in items if isinstance(item, Record)]


def refused_of(source: str, path: Path) -> list[str]:
    """The reasons for which rows of a file went to quarantine."""
    return [item.reason for item in read(catalogue()[source], path) if isinstance(item, Quarantined)]


def chart_of(records: Iterable[Record]) -> Chart:
    """A chart of all that records state: a thing for each statement."""
    nodes: dict[str, Node] = {}
    values: Values = {}
    edges: dict[str, Edge] = {}
    for record in records:
        for mention in record.mentions:
            nodes[mention.id] = Node(mention.id, mention.kind, mention.kind)
            values[mention.id] = {name: list(each(one)) for name, one in stored(mention).items()}
        for link in record.links:
            period = {name: getattr(link, name) for name in ("valid_from", "valid_to") if getattr(link, name)}
            edges[link.id] = Edge(
                link.id,
                link.source,
                link.target,
                link.type,
                at=link.at,
                properties={**link.properties, **period},
            )
    return Subgraph(list(nodes.values()), list(edges.values())), values


def things(chart: Chart) -> set[Any]:
    """What a chart says of its things: kind and values."""
    return set(_named(chart).values())


def links(chart: Chart) -> set[Any]:
    """What a chart says of its links: type, ends, date and values."""
    named = _named(chart)
    return {
        (edge.type, named[edge.source], named[edge.target], edge.at, _flat(edge.properties))
        for edge in chart[0].edges
    }


def _named(chart: Chart) -> dict[str, Any]:
    subgraph, values = chart
    return {node.id: (node.kind, _flat(values.get(node.id, {}))) for node in subgraph.nodes}


def _flat(values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(sorted((name, tuple(map(str, each(one)))) for name, one in values.items()))
