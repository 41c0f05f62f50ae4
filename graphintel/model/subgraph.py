"""The subgraph: what a read returns and what analysis, pictures and the browser take; travels as columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graphintel.model.records import Scalar


@dataclass(slots=True)
class Fold:
    """What several events between two entities add up to; never stored, opened again by its record ids."""

    count: int
    first: str
    last: str
    kinds: dict[str, int]
    kg: float = 0.0
    values: dict[str, float] = field(default_factory=dict)
    records: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    records_total: int = 0


@dataclass(slots=True)
class Node:
    """One entity as this reader sees it."""

    id: str
    kind: str
    label: str
    hub: bool = False
    x: float | None = None
    y: float | None = None
    degree: int | None = None
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Edge:
    """One assertion between two entities, or a fold of several events."""

    id: str
    source: str
    target: str
    type: str
    record: str = ""
    at: str = ""
    basis: str = ""
    confidence: str = "probable"
    grade: str = ""
    marking: int = 0
    from_mention: str = ""
    to_mention: str = ""
    properties: dict[str, Scalar] = field(default_factory=dict)
    fold: Fold | None = None
    probability: float | None = None


@dataclass(slots=True)
class Truncated:
    """What an answer left out; what policy hides is never counted."""

    by_limit: int = 0
    by_filter: int = 0
    more: bool = False

    def add(self, other: Truncated) -> None:
        """Leave out as well what another part of the answer left out."""
        self.by_limit += other.by_limit
        self.by_filter += other.by_filter
        self.more = self.more or other.more

    def as_json(self) -> dict[str, Any]:
        """The three counts of the contract, and `more` where the first is a least."""
        told = {"by_limit": self.by_limit, "by_filter": self.by_filter, "by_policy": "not told"}
        return {**told, "more": True} if self.more else told


@dataclass(slots=True)
class Subgraph:
    """Nodes and links with the question they answer and the data version they came from."""

    nodes: list[Node]
    edges: list[Edge]
    query: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    counter: int = 0
    truncated: Truncated = field(default_factory=Truncated)
    handling: str = ""
    cursor: str = ""
    notes: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    def as_columns(self) -> dict[str, Any]:
        """The columnar JSON of the contract, version 1."""
        index = {node.id: number for number, node in enumerate(self.nodes)}
        nodes, edges = (
            self.nodes,
            [edge for edge in self.edges if edge.source in index and edge.target in index],
        )
        return {
            "v": 1,
            "meta": {
                "query": self.query, "params": self.params, "counter": self.counter, "handling": self.handling,
                "truncated": self.truncated.as_json(), "cursor": self.cursor, "notes": self.notes, **self.extra,
            },
            "dict": {},
            "nodes": {
                "id": [node.id for node in nodes],
                "kind": coded([node.kind for node in nodes]),
                "label": [node.label for node in nodes],
                "hub": [node.hub for node in nodes],
                "x": [node.x for node in nodes],
                "y": [node.y for node in nodes],
                "degree": [node.degree for node in nodes],
                "properties": [node.properties for node in nodes],
            },
            "edges": {
                "id": [edge.id for edge in edges],
                "s": [index[edge.source] for edge in edges],
                "t": [index[edge.target] for edge in edges],
                "type": coded([edge.type for edge in edges]),
                "record": [edge.record for edge in edges],
                "at": [edge.at for edge in edges],
                "basis": coded([edge.basis for edge in edges]),
                "confidence": coded([edge.confidence for edge in edges]),
                "grade": coded([edge.grade for edge in edges]),
                "marking": [edge.marking for edge in edges],
                "properties": [edge.properties for edge in edges],
                "probability": [edge.probability for edge in edges],
                "fold": [_fold_json(edge.fold) for edge in edges],
            },
        }  # fmt: skip


def coded(values: list[str]) -> dict[str, list[Any]]:
    """A column of few distinct words as dictionary and index: {"d": words, "i": numbers}."""
    words: dict[str, int] = {}
    numbers = [words.setdefault(value, len(words)) for value in values]
    return {"d": list(words), "i": numbers}


def _fold_json(fold: Fold | None) -> dict[str, Any] | None:
    if fold is None:
        return None
    return {
        "count": fold.count, "first": fold.first, "last": fold.last, "kinds": fold.kinds, "kg": fold.kg,
        "values": fold.values, "records": fold.records, "records_total": fold.records_total, "events": fold.events,
    }  # fmt: skip
