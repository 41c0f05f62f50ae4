"""Which summed links a folded chart shows: two parties that share an event, not every place and kind of goods it names."""

from __future__ import annotations

from graphintel.model.subgraph import Edge, Subgraph
from graphintel.viz.style import look


def tell_folded(subgraph: Subgraph) -> Subgraph:
    """The subgraph with the summed links that the workbench would draw; the rest is counted as filtered.

    Kept are those between things that are neither place nor goods; what would lose its last tie by that keeps the one
    with the most events, to a party where it has one. `folding` of `viz/style.json` says what counts as which.
    """
    kinds = {node.id: node.kind for node in subgraph.nodes}
    kept = _told(kinds, subgraph.edges)
    dropped = [edge.id for edge in subgraph.edges if edge.fold and edge.id not in kept]
    if dropped:
        subgraph.edges = [edge for edge in subgraph.edges if not edge.fold or edge.id in kept]
        subgraph.truncated.by_filter += len(dropped)
    return subgraph


def _told(kinds: dict[str, str], edges: list[Edge]) -> set[str]:
    folds = [edge for edge in edges if edge.fold]
    scenery = look().scenery
    kept = [edge for edge in folds if not {kinds.get(edge.source), kinds.get(edge.target)} & scenery]
    tied = {
        end for edge in (*kept, *(one for one in edges if not one.fold)) for end in (edge.source, edge.target)
    }
    around: dict[str, list[Edge]] = {}
    for edge in folds:
        around.setdefault(edge.source, []).append(edge)
        around.setdefault(edge.target, []).append(edge)
    # Things other than scenery choose first: the tie they keep may serve a place as well.
    for name in sorted(around, key=lambda name: (_rank(kinds.get(name, "")), name)):
        if name in tied:
            continue
        best = min(around[name], key=lambda edge: _worth(edge, name, kinds))
        kept.append(best)
        tied |= {best.source, best.target}
    return {edge.id for edge in kept}


def _worth(edge: Edge, name: str, kinds: dict[str, str]) -> tuple[int, int, str]:
    other = edge.target if edge.source == name else edge.source
    return _rank(kinds.get(other, "")), -(edge.fold.count if edge.fold else 0), edge.id


def _rank(kind: str) -> int:
    if kind in look().parties:
        return 0
    return 2 if kind in look().scenery else 1
