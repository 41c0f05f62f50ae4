"""The neighbourhood of entities: counted before it is loaded, limited in neighbours, never cut in silence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from neo4j import ManagedTransaction

from graphintel.errors import InputError
from graphintel.model.links import LINKS
from graphintel.model.marking import Profile
from graphintel.model.subgraph import Edge, Node, Subgraph, Truncated
from graphintel.store.driver import Row, Store
from graphintel.store.read.entity import not_found, resolve
from graphintel.store.read.fold import EVENTS_AT_MOST, fold_id, folded_around
from graphintel.store.read.profile import counter_in
from graphintel.store.read.shape import (
    HUB_FROM,
    TYPES,
    checked_types,
    edge_of,
    event_kinds,
    node_of,
    node_text,
    tell,
)

PARALLEL = 20
SAMPLE_ABOVE = 5_000
SAMPLE = 2_000
_COUNT_TO = 10_000


@dataclass(slots=True)
class Expansion:
    """What to load round some entities: link types, direction, dates, kinds to fold, and how much."""

    ids: list[str]
    types: list[str] | None = None
    direction: str = "both"
    start: str = ""
    end: str = ""
    fold: list[str] = field(default_factory=list)
    hops: int = 1
    limit: int = 100
    cursor: str = ""
    order: str = "hash"
    seed: int = 0

    def pattern(self) -> str:
        """The relationship pattern with its declared types and direction."""
        try:
            types = checked_types(self.types)
        except KeyError as error:
            raise InputError(
                f"There is no link type {error.args[0]}; there are {', '.join(LINKS)}."
            ) from error
        arrows = {"both": ("-", "-"), "out": ("-", "->"), "in": ("<-", "-")}
        if self.direction not in arrows:
            raise InputError(f"direction is both, out or in, not {self.direction!r}")
        left, right = arrows[self.direction]
        return f"{left}[r:{types}]{right}"

    def skip(self) -> int:
        """How many neighbours the cursor says were already given."""
        if not self.cursor:
            return 0
        if not self.cursor.isdigit():
            raise InputError(f"{self.cursor!r} is not a cursor of this answer")
        return int(self.cursor)


def _where(expansion: Expansion) -> str:
    parts = ["r.marking IN $marks"]
    if expansion.start:
        parts.append("r.at >= $start")
    if expansion.end:
        parts.append("r.at <= $end")
    return " AND ".join(parts)


def _statement(expansion: Expansion, sampled: bool, profile: Profile) -> str:
    order = "last DESC, h" if expansion.order == "date" else "h"
    some = f"WITH n, r LIMIT {SAMPLE} " if sampled else "WITH n, r ORDER BY r.id "
    skipped = "AND NOT n.kind IN $fold " if expansion.fold else ""
    return (
        f"MATCH (e:Entity {{id: $id}}){expansion.pattern()}(n:Entity) WHERE {_where(expansion)} {skipped}{some}"
        "WITH n, count(r) AS total, min(substring(r.id, $offset)) AS h, max(coalesce(r.at, '')) AS last, "
        f"collect(r)[..{PARALLEL}] AS rs ORDER BY {order} SKIP $skip LIMIT $limit "
        f"RETURN {node_text(profile)} AS n, total, [r IN rs | [type(r), startNode(r).id, endNode(r).id, properties(r)]] AS rs"
    )


# Who sees all is told the degree that the store keeps; others are counted what they see, and only as far as it matters.
_DEGREE = f"COUNT {{ (n)-[:{TYPES}]-() }}"
_DEGREE_SEEN = (
    f"COUNT {{ MATCH (n)-[d:{TYPES}]-() WHERE d.marking IN $marks RETURN 1 AS one LIMIT {SAMPLE_ABOVE + 1} }}"
)


def _head(profile: Profile) -> str:
    degree = _DEGREE if profile.counts_all else _DEGREE_SEEN
    return f"MATCH (n:Entity {{id: $id}}) RETURN {node_text(profile)} AS n, {degree} AS degree"


def expand(
    store: Store, expansion: Expansion, profile: Profile, elements: int = 2000, events: int = EVENTS_AT_MOST
) -> Subgraph:
    """The neighbourhood as a subgraph; raises NotFound if none of the ids is known to this reader.

    `elements`: things and links at which it stops; `events`: how many are looked at for folding.
    """
    if not expansion.ids:
        raise InputError("Say at least one id to expand.")
    if not 1 <= expansion.hops <= 4:
        raise InputError(f"hops is 1 to 4, not {expansion.hops}")
    event_fold = _event_fold(expansion)
    return store.reading(lambda tx: _expand(tx, expansion, profile, elements, event_fold, events))


def _event_fold(expansion: Expansion) -> list[str]:
    try:
        return event_kinds(expansion.fold)
    except KeyError as error:
        raise InputError(str(error.args[0])) from error


def _expand(
    tx: ManagedTransaction,
    expansion: Expansion,
    profile: Profile,
    elements: int,
    fold: list[str],
    events: int,
) -> Subgraph:
    anchors = resolve(tx, expansion.ids, profile)
    if not anchors:
        raise not_found(", ".join(expansion.ids))
    found = _Found()
    frontier = anchors
    for hop in range(expansion.hops):
        reached: list[str] = []
        for name in frontier:
            reached.extend(_round(tx, name, expansion, profile, found, first=hop == 0))
            if len(found.nodes) + len(found.edges) > elements:
                found.truncated.by_limit += 1
                break
        frontier = [name for name in dict.fromkeys(reached) if not found.nodes[name].hub]
    marks: set[int] = set()
    if fold:
        folded = folded_around(
            tx, anchors, fold, expansion.start, expansion.end, expansion.limit, profile, events
        )
        found.nodes = {**{node.id: node for node in folded.nodes}, **found.nodes}
        found.edges.update((edge.id, edge) for edge in folded.edges)
        found.truncated.add(folded.cut)
        marks = folded.marks
    nodes, edges = list(found.nodes.values()), list(found.edges.values())
    if tell(tx, nodes, edges, profile):
        for edge in (one for one in edges if one.fold):
            edge.id = fold_id(edge.source, edge.target, fold)
    return Subgraph(
        nodes, edges, query="expand", params=_params(expansion), truncated=found.truncated,
        cursor=found.cursor, notes=found.notes, counter=counter_in(tx), extra={"marks": sorted(marks)},
    )  # fmt: skip


@dataclass(slots=True)
class _Found:
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    truncated: Truncated = field(default_factory=Truncated)
    cursor: str = ""
    notes: list[str] = field(default_factory=list)


def _round(
    tx: ManagedTransaction, name: str, expansion: Expansion, profile: Profile, found: _Found, *, first: bool
) -> list[str]:
    """One entity's neighbours into what was found; the ids reached."""
    head = tx.run(_head(profile), id=name, marks=list(profile.marks)).single(strict=True)
    anchor = node_of(head["n"])
    anchor.degree = _told(head["degree"], profile)
    found.nodes[name] = anchor
    sampled = head["degree"] > SAMPLE_ABOVE
    skip = expansion.skip() if first else 0
    rows = tx.run(
        _statement(expansion, sampled, profile), id=name, marks=list(profile.marks), start=expansion.start,
        end=expansion.end + "\uffff" if expansion.end else "", fold=expansion.fold, offset=expansion.seed % 16,
        skip=skip, limit=expansion.limit + 1,
    ).data()  # fmt: skip
    if sampled:
        found.notes.append("sample")
    if len(rows) > expansion.limit:
        found.truncated.more = True
        found.cursor = str(skip + expansion.limit)
        found.truncated.by_limit += _left(tx, name, expansion, profile, skip, sampled, anchor)
    for row in rows[: expansion.limit]:
        node = node_of(row["n"])
        found.nodes.setdefault(node.id, node)
        for type_name, source, target, properties in row["rs"]:
            found.edges[properties["id"]] = edge_of(type_name, source, target, properties)
        found.truncated.by_limit += max(row["total"] - PARALLEL, 0)
    return [row["n"]["id"] for row in rows[: expansion.limit]]


def _told(degree: int, profile: Profile) -> int | None:
    return degree if profile.sees_all else None


def _left(
    tx: ManagedTransaction,
    name: str,
    expansion: Expansion,
    profile: Profile,
    skip: int,
    sampled: bool,
    anchor: Node,
) -> int:
    """How many neighbours were left out; at a hub its degree stands for it, since counting would cost the answer."""
    if sampled:
        return max((anchor.degree or _COUNT_TO) - skip - expansion.limit, 1)
    row = tx.run(
        f"MATCH (e:Entity {{id: $id}}){expansion.pattern()}(n:Entity) WHERE {_where(expansion)} "
        + ("AND NOT n.kind IN $fold " if expansion.fold else "")
        + "RETURN count(DISTINCT n) AS n",
        id=name, marks=list(profile.marks), start=expansion.start, fold=expansion.fold,
        end=expansion.end + "\uffff" if expansion.end else "",
    ).single(strict=True)  # fmt: skip
    return max(int(row["n"]) - skip - expansion.limit, 0)


def _params(expansion: Expansion) -> dict[str, Any]:
    return {
        name: getattr(expansion, name) for name in Expansion.__dataclass_fields__ if getattr(expansion, name)
    }


def preview(store: Store, ids: list[str], profile: Profile) -> Row:
    """Counts by link type, direction and kind before anything is loaded; above 10,000 it says more."""

    def work(tx: ManagedTransaction) -> Row:
        anchors = resolve(tx, ids, profile)
        if not anchors:
            raise not_found(", ".join(ids))
        rows = tx.run(
            f"UNWIND $ids AS id MATCH (e:Entity {{id: id}})-[r:{TYPES}]-(n:Entity) WHERE r.marking IN $marks "
            f"WITH e, r, n LIMIT {_COUNT_TO} "
            "RETURN type(r) AS type, CASE WHEN startNode(r) = e THEN 'out' ELSE 'in' END AS direction, "
            "n.kind AS kind, count(*) AS count ORDER BY count DESC, type, direction, kind",
            ids=anchors, marks=list(profile.marks),
        ).data()  # fmt: skip
        hubs = tx.run(
            f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) RETURN {node_text(profile)} AS n",
            ids=anchors, marks=list(profile.marks),
        ).data()  # fmt: skip
        total = sum(row["count"] for row in rows)
        return {
            "counts": rows,
            "total": total,
            "more": total >= _COUNT_TO,
            "hub": any(row["n"]["hub"] for row in hubs) or total >= HUB_FROM,
        }

    return store.reading(work)
