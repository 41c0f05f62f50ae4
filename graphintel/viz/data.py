"""The data of a chart in one canonical order, and the hash by which the same snapshot is known again."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import orjson

from graphintel.model.subgraph import Subgraph

# Where things stand, how busy they are elsewhere and where to read on is not what the sources said.
_NOT_SAID = ("x", "y", "degree", "hub")
_META = ("query", "params", "counter", "truncated", "handling")


def canonical(subgraph: Subgraph, places: dict[str, tuple[float, float]], handling: str) -> dict[str, Any]:
    """The chart's columns with things and links sorted by id, each thing where the picture shows it."""
    ordered = Subgraph(
        nodes=sorted(subgraph.nodes, key=lambda node: node.id),
        edges=sorted(subgraph.edges, key=lambda edge: (edge.id, edge.source, edge.target)),
        query=subgraph.query, params=subgraph.params, counter=subgraph.counter, truncated=subgraph.truncated,
        handling=handling, notes=subgraph.notes,
    )  # fmt: skip
    columns = ordered.as_columns()
    columns["nodes"]["x"] = [round(places[node.id][0], 1) for node in ordered.nodes]
    columns["nodes"]["y"] = [round(places[node.id][1], 1) for node in ordered.nodes]
    cleaned: dict[str, Any] = sound(columns)
    return cleaned


def sound(value: Any) -> Any:
    """The same without lone surrogates, which no UTF-8 can hold; keys become text."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {sound(str(key)): sound(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [sound(one) for one in value]
    return value


def chart_hash(columns: dict[str, Any]) -> str:
    """SHA-256 over what a chart says: question, data version, handling, things and links; not over its look."""
    said = {
        "meta": {name: columns["meta"][name] for name in _META},
        "nodes": {name: column for name, column in columns["nodes"].items() if name not in _NOT_SAID},
        "edges": columns["edges"],
    }
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()
