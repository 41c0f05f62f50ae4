"""What lies between entities: all links among a set, and shortest paths that do not run through hubs."""

from __future__ import annotations

from typing import Any

from neo4j import ManagedTransaction

from graphintel.errors import InputError
from graphintel.model.marking import Profile
from graphintel.model.subgraph import Edge, Node, Subgraph, Truncated
from graphintel.store.driver import Store
from graphintel.store.read.entity import not_found, resolve
from graphintel.store.read.fold import folded_among
from graphintel.store.read.shape import NODE, TYPES, edge_of, event_kinds, node_of, relabel

AMONG = (
    f"UNWIND $ids AS id MATCH (e:Entity {{id: id}})-[r:{TYPES}]->(n:Entity) "
    "WHERE r.marking IN $marks AND n.id IN $ids "
    "RETURN type(r) AS type, e.id AS s, n.id AS t, properties(r) AS p LIMIT $limit"
)
NODES = f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) RETURN {NODE} AS n"


def _nodes(tx: ManagedTransaction, ids: list[str]) -> list[Node]:
    return [node_of(row["n"]) for row in tx.run(NODES, ids=ids)]


def _counter(tx: ManagedTransaction) -> int:
    row = tx.run("MATCH (c:Counter {name: 'feed'}) RETURN c.value AS value").single()
    return int(row["value"]) if row else 0


def subgraph(
    store: Store, ids: list[str], profile: Profile, *, fold: list[str] | None = None, limit: int = 10_000
) -> Subgraph:
    """These entities with every visible link among them; ids that are not known are left out and counted."""
    try:
        kinds = event_kinds(fold or [])
    except KeyError as error:
        raise InputError(str(error.args[0])) from error

    def work(tx: ManagedTransaction) -> Subgraph:
        found = resolve(tx, ids, profile)
        if ids and not found:
            raise not_found(", ".join(ids[:5]))
        nodes = _nodes(tx, found)
        if kinds:
            nodes = [node for node in nodes if node.kind not in kinds]
            found = [node.id for node in nodes]
        rows = tx.run(AMONG, ids=found, marks=list(profile.marks), limit=limit + 1).data()
        edges = [edge_of(row["type"], row["s"], row["t"], row["p"]) for row in rows[:limit]]
        if kinds:
            edges.extend(folded_among(tx, found, kinds, profile))
        relabel(tx, nodes, profile)
        cut = Truncated(by_limit=max(len(rows) - limit, 0))
        asked = {"things": len(found), **({"fold": kinds} if kinds else {})}
        return Subgraph(nodes, edges, "subgraph", asked, _counter(tx), cut)

    return store.reading(work)


PATHS = (
    "MATCH (a:Entity {id: $source}), (b:Entity {id: $target}) "
    f"MATCH p = allShortestPaths((a)-[rs:{TYPES}*1..HOPS]-(b)) "
    "WHERE all(r IN rs WHERE r.marking IN $marks) "
    "AND ($hubs OR none(x IN nodes(p)[1..-1] WHERE x.hub OR x.kind IN $avoid)) "
    f"RETURN [n IN nodes(p) | {NODE}] AS nodes, "
    "[r IN rs | [type(r), startNode(r).id, endNode(r).id, properties(r)]] AS links LIMIT $limit"
)
# A path through a country or a commodity says nothing: everything goes through them.
AVOID = ("Commodity", "Place")


def paths(
    store: Store, source: str, target: str, profile: Profile, *, max_hops: int = 6, through_hubs: bool = False,
    limit: int = 20,
) -> Subgraph:  # fmt: skip
    """All shortest paths between two entities, hubs, places and commodities excluded unless asked; says so."""
    if not 1 <= max_hops <= 10:
        raise InputError(f"max hops is 1 to 10, not {max_hops}")

    def work(tx: ManagedTransaction) -> Subgraph:
        ends = resolve(tx, [source], profile) + resolve(tx, [target], profile)
        if len(ends) < 2:
            raise not_found(source if not resolve(tx, [source], profile) else target)
        if ends[0] == ends[1]:
            raise InputError("Both ids are the same entity; a path needs two.")
        rows: list[dict[str, Any]] = tx.run(
            PATHS.replace("HOPS", str(max_hops)), source=ends[0], target=ends[1], marks=list(profile.marks), hubs=through_hubs,
            avoid=list(AVOID), limit=limit + 1,
        ).data()  # fmt: skip
        nodes: dict[str, Node] = {node.id: node for node in _nodes(tx, ends)}
        edges: dict[str, Edge] = {}
        found = []
        for row in rows[:limit]:
            nodes.update((item["id"], node_of(item)) for item in row["nodes"])
            edges.update((link[3]["id"], edge_of(*link)) for link in row["links"])
            found.append(
                {
                    "nodes": [item["id"] for item in row["nodes"]],
                    "links": [link[3]["id"] for link in row["links"]],
                }
            )
        relabel(tx, list(nodes.values()), profile)
        notes = [] if through_hubs else ["hubs_excluded"]
        return Subgraph(
            list(nodes.values()), list(edges.values()), "paths", {"from": ends[0], "to": ends[1], "max_hops": max_hops},
            _counter(tx), Truncated(by_limit=max(len(rows) - limit, 0)), notes=notes, extra={"paths": found},
        )  # fmt: skip

    return store.reading(work)
