"""Folding: events between two things summed into one link, with the records behind it; computed, never stored."""

from __future__ import annotations

from typing import Any

from neo4j import ManagedTransaction

from graphintel.model.ids import digest
from graphintel.model.marking import Profile
from graphintel.model.subgraph import Edge, Fold, Node
from graphintel.store.read.shape import TYPES, node_of, node_text

EVENTS_AT_MOST = 5_000
PAGE = 20
_EVENT = (
    "CALL (v) { OPTIONAL MATCH (v)-[g:CARRIES|SEIZED]->() WHERE g.marking IN $marks "
    "RETURN sum(coalesce(g.gross_kg, g.kg, 0.0)) AS kg, "
    "[x IN collect([coalesce(g.currency, ''), g.value]) WHERE x[1] IS NOT NULL] AS worth } "
)
_SUM = (
    "WITH e, n, v, kg, worth, at, records, others, o, marks ORDER BY o "
    "WITH e, n, count(v) AS count, min(at) AS first, max(at) AS last, sum(kg) AS kg, collect(worth) AS worth, "
    "collect(v.kind) AS kinds, collect(v.id)[..$page] AS events, min(o) AS h, collect(records + others) AS records, "
    "collect(marks) AS marks "
)
_AROUND = (
    f"UNWIND $ids AS id MATCH (e:Entity {{id: id}})-[a:{TYPES}]-(v:Entity) "
    "WHERE v.kind IN $fold AND a.marking IN $marks "
    "AND ($start = '' OR a.at >= $start) AND ($end = '' OR a.at <= $end) "
    "WITH e, v, collect(a.record) AS records, max(a.at) AS at, min(a.id) AS oa, collect(DISTINCT a.marking) AS ma "
    f"LIMIT {EVENTS_AT_MOST} "
    + _EVENT
    + f"MATCH (v)-[b:{TYPES}]-(n:Entity) WHERE b.marking IN $marks AND n <> e AND NOT n.kind IN $fold "
    "WITH e, n, v, kg, worth, at, records, oa, ma, min(b.id) AS ob, collect(b.record) AS others, collect(DISTINCT b.marking) AS mb "
    "WITH e, n, v, kg, worth, at, records, ob + oa AS o, others, ma + mb AS marks "
    + _SUM
    + "ORDER BY count DESC, h LIMIT $limit "
)
_AMONG = (
    f"UNWIND $ids AS id MATCH (e:Entity {{id: id}})-[a:{TYPES}]-(v:Entity)-[b:{TYPES}]-(n:Entity) "
    "WHERE v.kind IN $fold AND a.marking IN $marks AND b.marking IN $marks AND n.id IN $ids AND e.id < n.id "
    "WITH e, n, v, collect(a.record) AS records, collect(b.record) AS others, max(a.at) AS at, "
    "CASE WHEN min(a.id) < min(b.id) THEN min(a.id) ELSE min(b.id) END AS o, "
    "collect(DISTINCT a.marking) + collect(DISTINCT b.marking) AS marks "
    f"LIMIT {EVENTS_AT_MOST * 10} " + _EVENT + _SUM
)


def _returned(profile: Profile) -> str:
    return f"RETURN e.id AS e, {node_text(profile)} AS n, count, first, last, kg, worth, kinds, events, records, marks"


def fold_of(row: dict[str, Any]) -> Fold:
    """A fold from a summed row: counts by kind, sums by currency, records by page."""
    values: dict[str, float] = {}
    for event in row["worth"]:
        for currency, amount in event:
            values[currency or "?"] = values.get(currency or "?", 0.0) + float(amount)
    kinds: dict[str, int] = {}
    for kind in row["kinds"]:
        kinds[kind] = kinds.get(kind, 0) + 1
    records = sorted({record for event in row["records"] for record in event})
    return Fold(
        count=row["count"], first=row["first"] or "", last=row["last"] or "", kinds=kinds, kg=round(row["kg"], 3),
        values={currency: round(total, 2) for currency, total in sorted(values.items())}, records=records[:PAGE],
        events=row["events"], records_total=len(records),
    )  # fmt: skip


def fold_id(source: str, target: str, fold: list[str]) -> str:
    """The id of a summed link: its ends and the kinds folded, so that charts can cite it."""
    return digest("fold", *sorted((source, target)), sorted(fold))


def marks_of(rows: list[dict[str, Any]]) -> set[int]:
    """The markings that some summed links rest on."""
    return {mark for row in rows for event in row["marks"] for mark in event}


def edge_of_fold(row: dict[str, Any], fold: list[str]) -> Edge:
    """The summed link of one row; its id is made of its ends and the kinds folded, so that charts can cite it."""
    source, target = row["e"], row["n"]["id"]
    return Edge(
        id=fold_id(source, target, fold),
        source=source,
        target=target,
        type="FOLD",
        basis="declared",
        fold=fold_of(row),
    )


def folded_around(
    tx: ManagedTransaction,
    ids: list[str],
    fold: list[str],
    start: str,
    end: str,
    limit: int,
    profile: Profile,
) -> tuple[list[tuple[Edge, Node]], set[int]]:
    """The things that share events with these entities, each with its summed link; and the markings they rest on."""
    rows = tx.run(
        _AROUND + _returned(profile), ids=ids, fold=fold, start=start, end=end + "\uffff" if end else "", limit=limit, page=PAGE,
        marks=list(profile.marks),
    ).data()  # fmt: skip
    return [(edge_of_fold(row, fold), node_of(row["n"])) for row in rows], marks_of(rows)


def folded_among(
    tx: ManagedTransaction, ids: list[str], fold: list[str], profile: Profile
) -> tuple[list[Edge], set[int]]:
    """The summed links between entities that are on a chart, and the markings they rest on."""
    rows = tx.run(
        _AMONG + _returned(profile), ids=ids, fold=fold, page=PAGE, marks=list(profile.marks)
    ).data()
    return [edge_of_fold(row, fold) for row in rows], marks_of(rows)
