"""What lies between entities: all links among a set, and shortest paths that do not run through hubs."""

from __future__ import annotations

from typing import Any

from neo4j import ManagedTransaction

from graphintel.errors import InputError
from graphintel.model.marking import Profile
from graphintel.model.subgraph import Edge, Node, Subgraph, Truncated
from graphintel.store.driver import Store
from graphintel.store.read.cut import COUNTED, cut_off
from graphintel.store.read.entity import not_found, resolve
from graphintel.store.read.fold import EVENTS_AT_MOST, fold_id, folded_among
from graphintel.store.read.profile import counter_in
from graphintel.store.read.shape import HUB_FROM, SEEN, TYPES, edge_of, event_kinds, node_of, node_text, tell

_LINKS_AMONG = (
    f"UNWIND $ids AS id MATCH (e:Entity {{id: id}})-[r:{TYPES}]->(n:Entity) "
    "WHERE r.marking IN $marks AND n.id IN $ids "
)
_AMONG_COUNT = _LINKS_AMONG + "WITH r " + COUNTED
AMONG = (
    _LINKS_AMONG
    + "RETURN type(r) AS type, e.id AS s, n.id AS t, properties(r) AS p ORDER BY r.id LIMIT $limit"
)


def _nodes(tx: ManagedTransaction, ids: list[str], profile: Profile) -> list[Node]:
    text = f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) RETURN {node_text(profile)} AS n"
    found = {row["n"]["id"]: node_of(row["n"]) for row in tx.run(text, ids=ids, marks=list(profile.marks))}
    return [found[name] for name in ids if name in found]


def subgraph(
    store: Store, ids: list[str], profile: Profile, *, fold: list[str] | None = None, limit: int = 10_000,
    events: int = EVENTS_AT_MOST * 10,
) -> Subgraph:  # fmt: skip
    """These entities with every visible link among them.

    `limit`: links; `events`: how many are looked at for folding. What is beyond either is counted.
    """
    try:
        kinds = event_kinds(fold or [])
    except KeyError as error:
        raise InputError(str(error.args[0])) from error

    def work(tx: ManagedTransaction) -> Subgraph:
        marks: set[int] = set()
        found = resolve(tx, ids, profile)
        if ids and not found:
            raise not_found(", ".join(ids[:5]))
        nodes = _nodes(tx, found, profile)
        if kinds:
            nodes = [node for node in nodes if node.kind not in kinds]
            found = [node.id for node in nodes]
        given = {"ids": found, "marks": list(profile.marks)}
        rows = tx.run(AMONG, given, limit=limit + 1).data()
        edges = [edge_of(row["type"], row["s"], row["t"], row["p"]) for row in rows[:limit]]
        cut = cut_off(tx, _AMONG_COUNT, given, limit, profile) if len(rows) > limit else Truncated()
        if kinds:
            folded = folded_among(tx, found, kinds, profile, events)
            edges.extend(folded.edges)
            marks = folded.marks
            cut.add(folded.cut)
        tell(tx, nodes, edges, profile)
        for edge in (one for one in edges if one.fold):
            edge.source, edge.target = sorted((edge.source, edge.target))
            edge.id = fold_id(edge.source, edge.target, kinds)
        edges.sort(key=lambda edge: (edge.fold is not None, edge.id))
        asked = {"things": len(found), **({"fold": kinds} if kinds else {})}
        return Subgraph(nodes, edges, "subgraph", asked, counter_in(tx), cut, extra={"marks": sorted(marks)})

    return store.reading(work)


# A hub is one by what this reader sees: a hidden crowd must not close a path.
_HUB = f"coalesce(x.hub, false) OR COUNT {{ (x)-[:{TYPES}]-() }} >= {HUB_FROM}"
# The server cannot count with a condition inside a path's predicate: for who sees only some, the hubs are found first.
_HUBS_SEEN = (
    f"MATCH (x:Entity) WHERE COUNT {{ (x)-[:{TYPES}]-() }} >= {HUB_FROM} "
    f"WITH x, COUNT {{ MATCH (x)-[r:{TYPES}]-() WHERE r.marking IN $marks }} AS n WHERE n >= {HUB_FROM} "
    "RETURN x.id AS id UNION "
    "MATCH (j:Judgement {verdict: 'service_provider'})-[:ON]->(m:Mention) WHERE j.withdrawn_by IS NULL AND coalesce(m.uses, 1) > 0 "
    f"AND {SEEN} OPTIONAL MATCH (m)-[:RESOLVES_TO]->(e:Entity) RETURN coalesce(e, m).id AS id"
)


def _paths_text(profile: Profile, max_hops: int) -> str:
    # Conditions inside the quantified pattern prune as the search goes; behind it the server would walk every path.
    hub = _HUB if profile.counts_all else "x.id IN $crowds"
    return (
        f"MATCH p = ALL SHORTEST (a:Entity {{id: $source}}) (()-[r:{TYPES}]-(x:Entity) WHERE r.marking IN $marks "
        f"AND (x.id = $target OR $hubs OR NOT (x.kind IN $avoid OR {hub}))){{1,{max_hops}}} (b:Entity {{id: $target}}) "
        "RETURN [n IN nodes(p) | n.id] AS nodes, [l IN relationships(p) | "
        "[type(l), startNode(l).id, endNode(l).id, properties(l)]] AS links LIMIT $limit"
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
        marks = list(profile.marks)
        narrow = not profile.counts_all and not through_hubs
        crowds = [row["id"] for row in tx.run(_HUBS_SEEN, marks=marks)] if narrow else []
        rows: list[dict[str, Any]] = tx.run(
            _paths_text(profile, max_hops), source=ends[0], target=ends[1], marks=marks, crowds=crowds, hubs=through_hubs,
            avoid=list(AVOID), limit=limit + 1,
        ).data()  # fmt: skip
        edges: dict[str, Edge] = {}
        found = []
        for row in sorted(rows[:limit], key=lambda row: [link[3]["id"] for link in row["links"]]):
            edges.update((link[3]["id"], edge_of(*link)) for link in row["links"])
            found.append({"nodes": row["nodes"], "links": [link[3]["id"] for link in row["links"]]})
        used = list(dict.fromkeys([*ends, *(name for path in found for name in path["nodes"])]))
        nodes = _nodes(tx, used, profile)
        told = tell(tx, nodes, list(edges.values()), profile)
        for path in found:
            path["nodes"] = [told.get(name, name) for name in path["nodes"]]
        asked = {"from": told.get(ends[0], ends[0]), "to": told.get(ends[1], ends[1]), "max_hops": max_hops}
        notes = [] if through_hubs else ["hubs_excluded"]
        # One more than is shown was asked for: counting all shortest paths may never end.
        cut = Truncated(by_limit=max(len(rows) - limit, 0), more=len(rows) > limit)
        return Subgraph(
            nodes,
            list(edges.values()),
            "paths",
            asked,
            counter_in(tx),
            cut,
            notes=notes,
            extra={"paths": found},
        )

    return store.reading(work)
