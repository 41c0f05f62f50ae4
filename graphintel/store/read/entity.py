"""One entity as a reader sees it: merged values with their records, mentions, link counts; and single records."""

from __future__ import annotations

from typing import Any

import orjson
from neo4j import ManagedTransaction

from graphintel.errors import NotFound
from graphintel.model.deliveries import opened as deliveries
from graphintel.model.display import each, merged
from graphintel.model.grading import parse_grade
from graphintel.model.kinds import KINDS
from graphintel.model.marking import Profile
from graphintel.store.driver import Row, Store
from graphintel.store.read.origins import corroborated
from graphintel.store.read.shape import SEEN, TYPES, VISIBLE, node_text, told_ids

_COUNT_TO = 10_000
# An id that only hidden statements use is no id to this reader, even if the thing itself is seen.
RESOLVE_SEEN = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id}) WHERE "
    + SEEN
    + " OPTIONAL MATCH (m)-[:RESOLVES_TO]->(e:Entity) "
    "RETURN id, coalesce(e, m).id AS entity"
)
RESOLVE = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id}) OPTIONAL MATCH (m)-[:RESOLVES_TO]->(e:Entity) "
    "WITH id, coalesce(e, m) AS n WHERE " + VISIBLE + " RETURN id, n.id AS entity"
)


_RULE = "CASE WHEN size(t) = 0 THEN '' ELSE t[0].rule END"
# Which report of an event came first may be hidden, so that a narrow reader is told each statement's own keys.
_RULE_SEEN = "COLLECT { MATCH (m)-[:KEYED]->(k:Key) RETURN k.id ORDER BY k.id }"


def not_found(name: str) -> NotFound:
    """The one answer for what is not there and for what may not be seen."""
    return NotFound(f"Nothing is known under the id {name}.")


def resolve(tx: ManagedTransaction, ids: list[str], profile: Profile) -> list[str]:
    """The visible entities of these ids (any id ever issued opens), in order, each once."""
    rows = tx.run(RESOLVE if profile.sees_all else RESOLVE_SEEN, ids=ids, marks=list(profile.marks))
    found = {row["id"]: row["entity"] for row in rows}
    return list(dict.fromkeys(found[name] for name in ids if name in found))


def entity(store: Store, name: str, profile: Profile) -> Row:
    """An entity with every value's records; raises NotFound."""
    return store.reading(lambda tx: _entity(tx, name, profile))


def _entity(tx: ManagedTransaction, name: str, profile: Profile) -> Row:
    ids = resolve(tx, [name], profile)
    if not ids:
        raise not_found(name)
    marks = list(profile.marks)
    head = tx.run(
        f"MATCH (n:Entity {{id: $id}}) RETURN {node_text(profile)} AS n", id=ids[0], marks=marks
    ).single(strict=True)
    mentions = tx.run(
        f"MATCH (e:Entity {{id: $id}})<-[t:RESOLVES_TO*0..1]-(m:Mention) WHERE {SEEN} "
        f"RETURN properties(m) AS m, {_RULE if profile.sees_all else _RULE_SEEN} AS rule ORDER BY m.id",
        id=ids[0], marks=marks,
    ).data()  # fmt: skip
    counts = tx.run(
        f"MATCH (e:Entity {{id: $id}})-[r:{TYPES}]-() WHERE r.marking IN $marks WITH r LIMIT {_COUNT_TO} "
        "RETURN type(r) AS type, count(*) AS n ORDER BY type",
        id=ids[0], marks=marks,
    )  # fmt: skip
    links = {row["type"]: row["n"] for row in counts}
    kind = head["n"]["kind"]
    seen = [row["m"] for row in mentions]
    told = {} if profile.sees_all else told_ids({ids[0]: seen})
    names = [row["m"]["id"] for row in mentions]
    used = _records_of_mentions(tx, ids[0], names, marks)
    return {
        "id": told.get(ids[0], ids[0]), "kind": kind, "label": merged(kind, seen)["display"],
        "hub": bool(head["n"]["hub"]), "provider": _provider(tx, names), "values": corroborated(tx, _values(kind, mentions, used)),
        "mentions": [
            {"id": row["m"]["id"], "source": row["m"]["source"], "rule": _rule(row["rule"]), "values": _stated(kind, row["m"]),
             "records": used.get(row["m"]["id"], [])}
            for row in mentions
        ],
        "links": links, "links_more": sum(links.values()) >= _COUNT_TO,
    }  # fmt: skip


def _provider(tx: ManagedTransaction, mentions: list[str]) -> Row | None:
    """Who marked the thing as a service provider, on a statement that this reader sees; None if nobody did."""
    row = tx.run(
        "UNWIND $mentions AS id MATCH (:Mention {id: id})<-[:ON]-(j:Judgement {verdict: 'service_provider'}) "
        "WHERE j.withdrawn_by IS NULL RETURN j ORDER BY j.counter, j.id LIMIT 1",
        mentions=mentions,
    ).single()
    if row is None:
        return None
    told = row["j"]
    return {
        "role": told["evidence"],
        **{name: told[name] for name in ("by", "at", "reason")},
        "judgement": told["id"],
    }


def _records_of_mentions(
    tx: ManagedTransaction, name: str, mentions: list[str], marks: list[int]
) -> dict[str, list[str]]:
    rows = tx.run(
        "UNWIND $mentions AS id CALL (id) { "
        "MATCH (m:Mention {id: id})<-[s:STATES]-(d:Record) WHERE s.marking IN $marks RETURN DISTINCT d.id AS record ORDER BY record LIMIT 20 UNION "
        f"MATCH (e:Entity {{id: $name}})-[r:{TYPES}]-() WHERE r.marking IN $marks "
        "AND (r.from_mention = id OR r.to_mention = id) RETURN DISTINCT r.record AS record ORDER BY record LIMIT 20 } "
        "WITH id, record ORDER BY record RETURN id, collect(DISTINCT record) AS records",
        mentions=mentions, marks=marks, name=name,
    )  # fmt: skip
    return {row["id"]: row["records"] for row in rows}


def _rule(told: str | list[str]) -> str:
    return told if isinstance(told, str) else ", ".join(told)


def _stated(kind: str, row: Row) -> Row:
    return {declared.name: row[declared.name] for declared in KINDS[kind].properties if declared.name in row}


def _values(kind: str, mentions: list[Row], used: dict[str, list[str]]) -> list[Row]:
    """Each distinct value once, in the order of the kind's declaration, with raw, verdict and records."""
    found: dict[tuple[str, str], Row] = {}
    for item in mentions:
        mention = item["m"]
        raw = orjson.loads(mention.get("raw", "{}"))
        verdicts = orjson.loads(mention.get("verdicts", "{}"))
        for name, content in _stated(kind, mention).items():
            for one in each(content):
                row = found.setdefault(
                    (name, str(one)),
                    {"name": name, "value": one, "raw": raw.get(name, str(one)),
                     "verdict": verdicts.get(name, "valid"), "records": [], "sources": []},
                )  # fmt: skip
                row["records"] = list(dict.fromkeys([*row["records"], *used.get(mention["id"], [])]))[:20]
                row["sources"] = sorted({*row["sources"], mention["source"]})
    order = {declared.name: number for number, declared in enumerate(KINDS[kind].properties)}
    return sorted(found.values(), key=lambda row: (order[row["name"]], str(row["value"])))


_RECORD = (
    "{id: d.id, source: d.source, key: d.key, content: d.content, grade: d.grade, marking: d.marking, file: d.file, "
    "sha256: d.sha256, position: d.position, raw: d.raw, batch: d.batch, mapping_version: d.mapping_version, "
    "deliveries: d.deliveries, closed: d.closed, history: d.history}"
)


def records(store: Store, name: str, profile: Profile, *, cursor: str = "", limit: int = 50) -> Row:
    """The records that state something of an entity, by id, a page at a time."""

    def work(tx: ManagedTransaction) -> Row:
        ids = resolve(tx, [name], profile)
        if not ids:
            raise not_found(name)
        rows = tx.run(
            "MATCH (e:Entity {id: $id}) CALL (e) { "
            f"MATCH (e)-[r:{TYPES}]-() WHERE r.marking IN $marks AND r.record > $cursor RETURN r.record AS id UNION "
            "MATCH (e)<-[:RESOLVES_TO*0..1]-(:Mention)<-[s:STATES]-(d:Record) "
            "WHERE s.marking IN $marks AND d.id > $cursor RETURN d.id AS id } "
            "WITH DISTINCT id ORDER BY id LIMIT $limit "
            f"MATCH (d:Record {{id: id}}) RETURN {_RECORD} AS record ORDER BY d.id",
            id=ids[0], marks=list(profile.marks), cursor=cursor, limit=limit + 1,
        ).data()  # fmt: skip
        page = [opened(row["record"]) for row in rows]
        return {"records": page[:limit], "next": page[limit - 1]["id"] if len(page) > limit else None}

    return store.reading(work)


def records_by_id(store: Store, ids: list[str], profile: Profile) -> dict[str, Row]:
    """Records by id; what is not there or not visible is left out."""
    rows = store.read(
        f"UNWIND $ids AS id MATCH (d:Record {{id: id}}) WHERE d.marking IN $marks RETURN {_RECORD} AS record",
        {"ids": ids, "marks": list(profile.marks)},
    )
    return {row["record"]["id"]: opened(row["record"]) for row in rows}


def record(store: Store, name: str, profile: Profile) -> Row:
    """One record; raises NotFound."""
    found = records_by_id(store, [name], profile)
    if name not in found:
        raise not_found(name)
    return found[name]


def opened(row: dict[str, Any]) -> Row:
    """A record with its cells as a table instead of text, and its deliveries and re-gradings in order."""
    history = [
        {"batch": one.batch, "act": one.act, "grade": parse_grade(one.grade).label if one.grade else ""}
        for one in deliveries(row["history"] or ())
    ]
    return {**row, "content": orjson.loads(row["content"]), "history": history}


def loads_of(store: Store, name: str, profile: Profile) -> list[Row]:
    """The batches whose records state something of an entity, with how many records each brought; raises NotFound."""
    statement = (
        "CALL () { "
        f"MATCH (e:Entity {{id: $id}})-[r:{TYPES}]-() WHERE r.marking IN $marks RETURN r.batch AS batch, r.record AS record "
        "UNION MATCH (:Entity {id: $id})<-[:RESOLVES_TO*0..1]-(:Mention)<-[s:STATES]-(d:Record) "
        "WHERE s.marking IN $marks RETURN d.batch AS batch, d.id AS record } "
        "WITH batch, count(DISTINCT record) AS records MATCH (b:Batch {number: batch}) "
        "RETURN b.number AS batch, b.source AS source, b.at AS at, b.actor AS actor, b.accepted_by AS accepted_by, "
        "records ORDER BY batch"
    )

    def work(tx: ManagedTransaction) -> list[Row]:
        ids = resolve(tx, [name], profile)
        if not ids:
            raise not_found(name)
        return tx.run(statement, id=ids[0], marks=list(profile.marks)).data()

    return store.reading(work)
