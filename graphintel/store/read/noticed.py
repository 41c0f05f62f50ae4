"""What the graph holds of things that a notice names, and what became of the loads that brought notices in."""

from __future__ import annotations

from collections.abc import Sequence

from neo4j import ManagedTransaction

from graphintel.model.marking import Profile
from graphintel.store.driver import Row, Store
from graphintel.store.read.entity import RESOLVE, RESOLVE_SEEN
from graphintel.store.read.shape import SEEN, TYPES, node_of, node_text, tell

# A statement that this reader may see and that others than these records make.
_ENDS = "r.marking IN $marks AND NOT r.record IN $own AND (r.from_mention = m.id OR r.to_mention = m.id)"
_APART = (
    f"(EXISTS {{ MATCH (m)-[:RESOLVES_TO]->(x) MATCH (x)-[r:{TYPES}]-() WHERE {_ENDS} }} "
    "OR EXISTS { MATCH (m)<-[s:STATES]-(d:Record) WHERE s.marking IN $marks AND NOT d.id IN $own } "
    f"OR (m:Entity AND EXISTS {{ MATCH (m)-[r:{TYPES}]-() WHERE {_ENDS} }}))"
)


def keyed(store: Store, keys: Sequence[str], profile: Profile, own: Sequence[str] = ()) -> dict[str, Row]:
    """The thing behind each identity key that this reader may know of: id, kind, label and whether it is a hub.

    `own`: records that do not count, since it is they that are compared.
    """

    def work(tx: ManagedTransaction) -> dict[str, Row]:
        rows = tx.run(
            f"UNWIND $keys AS key MATCH (k:Key {{id: key}}) CALL (k) {{ MATCH (k)<-[:KEYED]-(m:Mention) WHERE {_seen(own)} "
            "RETURN m LIMIT 1 } OPTIONAL MATCH (m)-[:RESOLVES_TO]->(x:Entity) WITH key, coalesce(x, m) AS n "
            f"RETURN key, {node_text(profile)} AS n",
            keys=list(keys), marks=list(profile.marks), own=list(own),
        ).data()  # fmt: skip
        nodes = {row["key"]: node_of(row["n"]) for row in rows}
        tell(tx, list(nodes.values()), [], profile)
        return {
            key: {"id": node.id, "kind": node.kind, "label": node.label, "hub": node.hub}
            for key, node in nodes.items()
        }

    return store.reading(work)


def _seen(own: Sequence[str]) -> str:
    return _APART if own else SEEN


def apart(store: Store, ids: Sequence[str], profile: Profile, own: Sequence[str]) -> set[str]:
    """Which of some things this reader would know without these records."""
    if not own or not ids:
        return set(ids)

    def work(tx: ManagedTransaction) -> set[str]:
        given: Row = {"marks": list(profile.marks), "own": list(own)}
        told = tx.run(RESOLVE if profile.sees_all else RESOLVE_SEEN, ids=list(ids), **given).data()
        rows = tx.run(
            f"UNWIND $entities AS id MATCH (:Entity {{id: id}})<-[:RESOLVES_TO*0..1]-(m:Mention) WHERE {_APART} "
            "RETURN DISTINCT id",
            entities=[row["entity"] for row in told], **given,
        )  # fmt: skip
        known = {row["id"] for row in rows}
        return {row["id"] for row in told if row["entity"] in known}

    return store.reading(work)


def standing(store: Store, ids: Sequence[str]) -> dict[str, int]:
    """The last load that delivered each of some records, if it stands."""
    rows = store.read(
        "UNWIND $ids AS id MATCH (r:Record {id: id}) WHERE r.closed IS NULL RETURN id, last(r.deliveries) AS batch",
        {"ids": list(ids)},
    )
    return {row["id"]: row["batch"] for row in rows}


def retracted(store: Store, numbers: Sequence[int]) -> dict[int, Row]:
    """Which of some loads were taken back: by whom and why."""
    rows = store.read(
        "UNWIND $numbers AS number MATCH (b:Batch {number: number}) WHERE b.state = 'retracted' "
        "RETURN number, coalesce(b.retracted_by, '') AS by, coalesce(b.retracted_why, '') AS why",
        {"numbers": list(numbers)},
    )
    return {row["number"]: row for row in rows}
