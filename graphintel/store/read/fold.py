"""Folding: events between two things summed into one link, with the records behind it; computed, never stored."""

from __future__ import annotations

from typing import Any, NamedTuple

from neo4j import ManagedTransaction

from graphintel.model.ids import digest
from graphintel.model.marking import Profile
from graphintel.model.subgraph import Edge, Fold, Node, Truncated
from graphintel.store.read.cut import COUNTED, cut_off
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
_AROUND_EVENTS = (
    f"UNWIND $ids AS id MATCH (e:Entity {{id: id}})-[a:{TYPES}]-(v:Entity) "
    "WHERE v.kind IN $fold AND a.marking IN $marks "
    "AND ($start = '' OR a.at >= $start) AND ($end = '' OR a.at <= $end) "
)
# Cut by the ids of visible links: the order of the store would tell of hidden ones, and change with every load.
_AROUND = (
    _AROUND_EVENTS
    + "WITH e, v, collect(a.record) AS records, max(a.at) AS at, min(a.id) AS oa, collect(DISTINCT a.marking) AS ma "
    "ORDER BY oa LIMIT $most "
    + _EVENT
    + f"MATCH (v)-[b:{TYPES}]-(n:Entity) WHERE b.marking IN $marks AND n <> e AND NOT n.kind IN $fold "
    "WITH e, n, v, kg, worth, at, records, oa, ma, min(b.id) AS ob, collect(b.record) AS others, collect(DISTINCT b.marking) AS mb "
    "WITH e, n, v, kg, worth, at, records, ob + oa AS o, others, ma + mb AS marks " + _SUM
)
_SUMMED = ("e", "n", "count", "first", "last", "kg", "worth", "kinds", "events", "records", "marks")
# All pairs are summed before the first is known; what is not kept is counted and never read.
_RANKED = (
    f"WITH * ORDER BY count DESC, h WITH collect({{{', '.join(f'{name}: {name}' for name in _SUMMED)}}}) AS summed "
    "WITH size(summed) AS pairs, summed[..$limit] AS kept UNWIND kept AS k "
    f"WITH pairs, {', '.join(f'k.{name} AS {name}' for name in _SUMMED)} "
)
_AROUND_COUNT = _AROUND_EVENTS + "WITH DISTINCT e, v " + COUNTED
_AMONG_EVENTS = (
    f"UNWIND $ids AS id MATCH (e:Entity {{id: id}})-[a:{TYPES}]-(v:Entity)-[b:{TYPES}]-(n:Entity) "
    "WHERE v.kind IN $fold AND a.marking IN $marks AND b.marking IN $marks AND n.id IN $ids AND e.id < n.id "
)
_AMONG = (
    _AMONG_EVENTS
    + "WITH e, n, v, collect(a.record) AS records, collect(b.record) AS others, max(a.at) AS at, "
    "CASE WHEN min(a.id) < min(b.id) THEN min(a.id) + min(b.id) ELSE min(b.id) + min(a.id) END AS o, "
    "collect(DISTINCT a.marking) + collect(DISTINCT b.marking) AS marks "
    "ORDER BY o LIMIT $most " + _EVENT + _SUM
)
_AMONG_COUNT = _AMONG_EVENTS + "WITH DISTINCT e, n, v " + COUNTED


class Folded(NamedTuple):
    """Summed links with the things at their far ends, the markings they rest on, and what the limits left out."""

    edges: list[Edge]
    nodes: list[Node]
    marks: set[int]
    cut: Truncated


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
    most: int = EVENTS_AT_MOST,
) -> Folded:
    """The things that share events with these entities, those with the most events first.

    `most`: events that are looked at; `limit`: summed links. What is beyond either is counted.
    """
    given = {
        "ids": ids, "fold": fold, "start": start, "end": end + "\uffff" if end else "", "page": PAGE, "most": most,
        "marks": list(profile.marks),
    }  # fmt: skip
    rows = tx.run(_AROUND + _RANKED + _returned(profile) + ", pairs", given, limit=limit).data()
    cut = cut_off(tx, _AROUND_COUNT, given, most, profile)
    cut.by_limit += rows[0]["pairs"] - len(rows) if rows else 0
    return Folded(
        [edge_of_fold(row, fold) for row in rows], [node_of(row["n"]) for row in rows], marks_of(rows), cut
    )


def folded_among(
    tx: ManagedTransaction,
    ids: list[str],
    fold: list[str],
    profile: Profile,
    most: int = EVENTS_AT_MOST * 10,
) -> Folded:
    """The summed links between entities that are on a chart.

    `most`: events that are looked at, one that ties several pairs once for each; those beyond it are counted.
    """
    given = {"ids": ids, "fold": fold, "page": PAGE, "most": most, "marks": list(profile.marks)}
    rows = tx.run(_AMONG + _returned(profile), given).data()
    cut = cut_off(tx, _AMONG_COUNT, given, most, profile)
    return Folded([edge_of_fold(row, fold) for row in rows], [], marks_of(rows), cut)
