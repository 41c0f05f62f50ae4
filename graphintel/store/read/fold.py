"""Folding: events between two things summed into one link, with the records behind it; computed, never stored."""

from __future__ import annotations

from typing import Any

from neo4j import ManagedTransaction

from graphintel.model.ids import digest
from graphintel.model.marking import Profile
from graphintel.model.subgraph import Edge, Fold, Node
from graphintel.store.read.shape import NODE, TYPES, node_of

EVENTS_AT_MOST = 5_000
PAGE = 20
_EVENT = (
    "CALL (v) { OPTIONAL MATCH (v)-[g:CARRIES|SEIZED]->() WHERE g.marking IN $marks "
    "RETURN sum(coalesce(g.gross_kg, g.kg, 0.0)) AS kg, "
    "[x IN collect([coalesce(g.currency, ''), g.value]) WHERE x[1] IS NOT NULL] AS worth } "
)
AROUND = (
    f"UNWIND $ids AS id MATCH (e:Entity {{id: id}})-[a:{TYPES}]-(v:Entity) "
    "WHERE v.kind IN $fold AND a.marking IN $marks "
    "AND ($start = '' OR a.at >= $start) AND ($end = '' OR a.at <= $end) "
    f"WITH e, v, collect(a.record) AS records, max(a.at) AS at LIMIT {EVENTS_AT_MOST} "
    + _EVENT
    + f"MATCH (v)-[b:{TYPES}]-(n:Entity) WHERE b.marking IN $marks AND n <> e AND NOT n.kind IN $fold "
    "WITH e, n, v, kg, worth, at, records, collect(b.record) AS others, min(b.id) AS h "
    "WITH e, n, count(v) AS count, min(at) AS first, max(at) AS last, sum(kg) AS kg, collect(worth) AS worth, "
    "collect(v.kind) AS kinds, collect(v.id)[..$page] AS events, min(h) AS h, "
    "collect(records + others) AS records "
    "ORDER BY count DESC, h LIMIT $limit "
    f"RETURN e.id AS e, {NODE} AS n, count, first, last, kg, worth, kinds, events, records"
)
AMONG = (
    f"UNWIND $ids AS id MATCH (e:Entity {{id: id}})-[a:{TYPES}]-(v:Entity)-[b:{TYPES}]-(n:Entity) "
    "WHERE v.kind IN $fold AND a.marking IN $marks AND b.marking IN $marks AND n.id IN $ids AND e.id < n.id "
    "WITH e, n, v, collect(a.record) AS records, collect(b.record) AS others, max(a.at) AS at "
    f"LIMIT {EVENTS_AT_MOST * 10} "
    + _EVENT
    + "WITH e, n, count(v) AS count, min(at) AS first, max(at) AS last, sum(kg) AS kg, collect(worth) AS worth, "
    "collect(v.kind) AS kinds, collect(v.id)[..$page] AS events, collect(records + others) AS records "
    f"RETURN e.id AS e, {NODE} AS n, count, first, last, kg, worth, kinds, events, records"
)


def fold_of(row: dict[str, Any]) -> Fold:
    """A fold from a summed row: counts by kind, sums by currency, records by page."""
    values: dict[str, float] = {}
    for event in row["worth"]:
        for currency, amount in event:
            values[currency or "?"] = values.get(currency or "?", 0.0) + float(amount)
    kinds: dict[str, int] = {}
    for kind in row["kinds"]:
        kinds[kind] = kinds.get(kind, 0) + 1
    records = list(dict.fromkeys(record for event in row["records"] for record in event))
    return Fold(
        count=row["count"], first=row["first"] or "", last=row["last"] or "", kinds=kinds, kg=round(row["kg"], 3),
        values={currency: round(total, 2) for currency, total in sorted(values.items())}, records=records[:PAGE],
        events=row["events"], records_total=len(records),
    )  # fmt: skip


def edge_of_fold(row: dict[str, Any], fold: list[str]) -> Edge:
    """The summed link of one row; its id is made of its ends and the kinds folded, so that charts can cite it."""
    source, target = row["e"], row["n"]["id"]
    name = digest("fold", *sorted((source, target)), sorted(fold))
    return Edge(id=name, source=source, target=target, type="FOLD", basis="declared", fold=fold_of(row))


def folded_around(
    tx: ManagedTransaction,
    ids: list[str],
    fold: list[str],
    start: str,
    end: str,
    limit: int,
    profile: Profile,
) -> list[tuple[Edge, Node]]:
    """The things that share events with these entities, each with its summed link."""
    rows = tx.run(
        AROUND, ids=ids, fold=fold, start=start, end=end + "\uffff" if end else "", limit=limit, page=PAGE,
        marks=list(profile.marks),
    ).data()  # fmt: skip
    return [(edge_of_fold(row, fold), node_of(row["n"])) for row in rows]


def folded_among(tx: ManagedTransaction, ids: list[str], fold: list[str], profile: Profile) -> list[Edge]:
    """The summed links between entities that are on a chart."""
    rows = tx.run(AMONG, ids=ids, fold=fold, page=PAGE, marks=list(profile.marks)).data()
    return [edge_of_fold(row, fold) for row in rows]
