"""What changed since a data counter: which mentions the records of later transactions touch, and what these say now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import orjson
from neo4j import ManagedTransaction

from graphintel.model.display import each
from graphintel.model.kinds import KINDS
from graphintel.model.marking import Profile
from graphintel.model.records import Mention
from graphintel.model.values import Value
from graphintel.store.driver import Row, Store
from graphintel.store.read.profile import counter_in
from graphintel.store.read.shape import TYPES

_RECORDS = 1000
# A chunk of rows that were all there, and stand as they stood, changes nothing.
_SCANNED = 5000
_CHUNKS = (
    "MATCH (c:Chunk) WHERE c.counter > $after AND c.counter <= $until AND coalesce(c.records_new, 1) "
    "+ coalesce(c.records_superseded, 0) + coalesce(c.records_reread, 0) + coalesce(c.records_regraded, 0) > 0 "
    "RETURN c.counter AS counter, c.batch AS batch, c.number AS chunk, 'chunk' AS kind"
)
_TAKEN_BACK = (
    "MATCH (b:Batch) WHERE b.retracted_counter > $after AND b.retracted_counter <= $until "
    "RETURN b.retracted_counter AS counter, b.number AS batch, -1 AS chunk, "
    "CASE WHEN b.full THEN 'all' ELSE 'batch' END AS kind"
)
_LEFT_OUT = (
    "MATCH (b:Batch) WHERE b.full_counter > $after AND b.full_counter <= $until "
    "RETURN b.full_counter AS counter, b.number AS batch, -1 AS chunk, 'full' AS kind"
)
_OF_CHUNK = "MATCH (c:Chunk {batch: $batch, number: $chunk}) RETURN c.records AS ids"
_OF_BATCH = "MATCH (c:Chunk {batch: $batch}) RETURN c.records AS ids ORDER BY c.number"
_CLOSED_BY = "MATCH (r:Record) WHERE r.closed = $batch RETURN r.id AS id"
# Versions of a row of the source stand and fall with each other.
_VERSIONS = (
    "UNWIND $ids AS id MATCH (r:Record {id: id}) WHERE r.natural IS NOT NULL MATCH (o:Record {natural: r.natural}) "
    "RETURN DISTINCT o.id AS id"
)
_STARTS = (
    "UNWIND $ids AS id MATCH (r:Record {id: id}) UNWIND r.starts AS start WITH DISTINCT start "
    "MATCH (m:Mention {id: start}) "
)
_LIVE = (
    _STARTS + "OPTIONAL MATCH (m)-[:RESOLVES_TO]->(x:Entity) WITH DISTINCT coalesce(x, m) AS e "
    f"MATCH (e)-[l:{TYPES}]->() WHERE l.record IN $ids "
    "UNWIND [l.from_mention, l.to_mention] AS id RETURN DISTINCT id"
)
_CLOSED = (
    _STARTS + "MATCH (m)-[l:CLOSED]->() WHERE l.record IN $ids "
    "UNWIND [l.from_mention, l.to_mention] AS id RETURN DISTINCT id"
)
_STATED = (
    "UNWIND $ids AS id MATCH (:Record {id: id})-[:STATES|STATED]->(m:Mention) RETURN DISTINCT m.id AS id"
)
_VALUES = "UNWIND $ids AS id MATCH (m:Mention {id: id}) WHERE m.kind IN $kinds RETURN properties(m) AS said"
_AT = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id}) OPTIONAL MATCH (m)-[:RESOLVES_TO]->(x:Entity) "
    "WITH DISTINCT coalesce(x, m) AS e "
)
# Each thing is looked at once, however many of its mentions are asked for.
_MARKS = (
    _AT + f"MATCH (e)-[r:{TYPES}]->() WHERE r.marking IN $marks AND r.from_mention IN $ids "
    "RETURN DISTINCT r.from_mention AS id, r.marking AS marking UNION "
    + _AT
    + f"MATCH (e)<-[r:{TYPES}]-() WHERE r.marking IN $marks AND r.to_mention IN $ids "
    "RETURN DISTINCT r.to_mention AS id, r.marking AS marking UNION "
    "UNWIND $ids AS id MATCH (:Record)-[s:STATES]->(m:Mention {id: id}) WHERE s.marking IN $marks "
    "RETURN DISTINCT m.id AS id, s.marking AS marking"
)
_SCAN = (
    "MATCH (m:Mention) WHERE m.id > $after WITH m ORDER BY m.id LIMIT $limit "
    "RETURN m.id AS id, m.kind IN $kinds AS wanted ORDER BY id"
)
_ANCHOR = (
    "OPTIONAL MATCH (b:Batch) WHERE b.number <= $counter WITH b ORDER BY b.number DESC LIMIT 1 "
    "OPTIONAL MATCH (c:Chunk) WHERE c.counter <= $counter WITH b, c ORDER BY c.counter DESC LIMIT 1 "
    "RETURN b.number AS number, b.at AS at, c.counter AS last, c.hash AS hash"
)
_COUNT = "MATCH (m:Mention) RETURN count(m) AS n"


class Change(NamedTuple):
    """One transaction or act after a counter: a `chunk` of a load, a `batch` taken back or brought again, what a `full`
    delivery closed, or `all` where a full delivery was taken back."""

    counter: int
    batch: int
    chunk: int
    kind: str


class Seen(NamedTuple):
    """A mention as a reader sees it: what it says, and the markings of the visible records that use it."""

    mention: Mention
    marks: frozenset[int]


def stand(store: Store) -> int:
    """The data counter now."""
    return store.reading(counter_in)


def anchor(store: Store, counter: int) -> str:
    """What tells this graph at a counter from another one with that counter: its newest load and the rows of its last chunk."""
    (row,) = store.read(_ANCHOR, {"counter": counter})
    return " ".join(str(row[name]) for name in ("number", "at", "last", "hash")) if row["number"] else ""


def count(store: Store) -> int:
    """How many mentions there are, awake or not."""
    return int(store.read(_COUNT)[0]["n"])


def changes(store: Store, after: int, until: int) -> list[Change]:
    """What happened after one counter up to another, in order."""
    found = {
        Change(row["counter"], row["batch"], row["chunk"], row["kind"])
        for text in (_CHUNKS, _TAKEN_BACK, _LEFT_OUT)
        for row in store.records(text, {"after": after, "until": until})
    }
    return sorted(found)


def touched(store: Store, change: Change) -> Iterator[set[str]]:
    """The mentions that the records of a change use or used, in any of their versions, page by page."""
    for ids in _pages(_records(store, change)):
        versions = [str(row["id"]) for row in store.read(_VERSIONS, {"ids": ids})]
        for page in _pages(dict.fromkeys([*ids, *versions])):
            yield store.reading(partial(_used, ids=page))


def _records(store: Store, change: Change) -> Iterator[str]:
    if change.kind == "full":
        yield from (row["id"] for row in store.records(_CLOSED_BY, {"batch": change.batch}))
        return
    text = _OF_CHUNK if change.kind == "chunk" else _OF_BATCH
    for row in store.records(text, {"batch": change.batch, "chunk": change.chunk}, fetch=20):
        yield from row["ids"] or ()


def _used(tx: ManagedTransaction, ids: list[str]) -> set[str]:
    return {row["id"] for text in (_LIVE, _CLOSED, _STATED) for row in tx.run(text, ids=ids)}


def scan(store: Store, after: str, kinds: Sequence[str]) -> tuple[list[str], str | None]:
    """The next mentions of some kinds by id after one, and the id to go on after; None at the end."""
    rows = store.read(_SCAN, {"after": after, "limit": _SCANNED, "kinds": list(kinds)})
    ids = [str(row["id"]) for row in rows if row["wanted"]]
    return ids, str(rows[-1]["id"]) if len(rows) == _SCANNED else None


def seen(
    store: Store, ids: Sequence[str], kinds: Sequence[str], profile: Profile, originals: Mapping[int, int]
) -> list[Seen]:
    """Those of some mentions that a reader sees, as they are now; `originals`: the marking that an alias stands for."""

    def work(tx: ManagedTransaction) -> list[Seen]:
        said = {row["said"]["id"]: row["said"] for row in tx.run(_VALUES, ids=list(ids), kinds=list(kinds))}
        marks: dict[str, set[int]] = {}
        for row in tx.run(_MARKS, ids=list(said), marks=list(profile.marks)):
            marks.setdefault(row["id"], set()).add(originals.get(row["marking"], row["marking"]))
        return [Seen(mention_of(said[name]), frozenset(marks[name])) for name in said if name in marks]

    return store.reading(work, seconds=300.0) if ids else []


def mention_of(said: Row) -> Mention:
    """A mention from its node's properties: each value with what was read and what its check said."""
    raw = orjson.loads(said["raw"]) if "raw" in said else {}
    verdicts = orjson.loads(said["verdicts"]) if "verdicts" in said else {}
    values = []
    for declared in KINDS[said["kind"]].properties:
        for one in each(said.get(declared.name, [])):
            normal = str(one)
            as_read = normal if declared.many else raw.get(declared.name, normal)
            values.append((declared.name, Value(as_read, normal, verdicts.get(declared.name, "valid"))))
    return Mention(said["id"], said["source"], said["kind"], tuple(values))


def _pages(ids: Iterable[str]) -> Iterator[list[str]]:
    page: list[str] = []
    for one in ids:
        page.append(one)
        if len(page) == _RECORDS:
            yield page
            page = []
    if page:
        yield page
