"""Many entities at once: those that nobody states any more go, and mentions that woke alone join their own."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from neo4j import ManagedTransaction

from graphintel.model.kinds import EVENTS
from graphintel.model.partition import Groups
from graphintel.store.driver import Row
from graphintel.store.write.statements import link_pattern

_UNSTATED = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id}) OPTIONAL MATCH (m)-[:RESOLVES_TO]->(x:Entity) "
    "WITH DISTINCT coalesce(x, m) AS e WHERE e:Entity "
    "AND NOT EXISTS { MATCH (o:Mention)-[:RESOLVES_TO*0..1]->(e) WHERE coalesce(o.uses, 1) > 0 } "
    "RETURN e.id AS id, e.kind AS kind"
)
_LET_GO = "UNWIND $ids AS id MATCH (:Mention)-[old:RESOLVES_TO]->(:Entity {id: id}) DELETE old"
_UNLED = "UNWIND $ids AS id MATCH (k:Key {entity: id}) REMOVE k.entity"
_DROP = "UNWIND $ids AS id MATCH (e:Entity {id: id}) WHERE NOT e:Mention DELETE e"
_AWAKE = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id}) WHERE coalesce(m.uses, 1) > 0 "
    "OPTIONAL MATCH (m)-[:RESOLVES_TO]->(x:Entity) RETURN m.id AS id, m.kind AS kind, coalesce(x.id, m.id) AS own, "
    "COLLECT { MATCH (m)-[:KEYED]->(k:Key) RETURN [k.id, k.entity] } AS keys, "
    "EXISTS { MATCH (m)<-[:ON]-(:Judgement) } OR EXISTS { MATCH (m)-[:KEYED]->(:Key {contested: true}) } AS judged"
)
_LEAD = "UNWIND $rows AS row MATCH (k:Key {id: row.key}) SET k.entity = row.entity"
_TYPES = f"UNWIND $rows AS row MATCH (:Entity {{id: row.from}})-[r:{link_pattern()}]-() RETURN DISTINCT type(r) AS type"
_MENTIONS = (
    "UNWIND $rows AS row MATCH (m:Mention)-[old:RESOLVES_TO]->(:Entity {id: row.from}) MATCH (e:Entity {id: row.to}) "
    "CREATE (m)-[r:RESOLVES_TO]->(e) SET r = properties(old) DELETE old"
)
_OWN = (
    "UNWIND $rows AS row MATCH (m:Mention:Entity {id: row.from}) MATCH (e:Entity {id: row.to}) "
    "CREATE (m)-[:RESOLVES_TO {rule: '', revision: $batch}]->(e)"
)


@cache
def _unlabel(kind: str) -> str:
    return f"UNWIND $ids AS id MATCH (e:Mention:Entity {{id: id}}) REMOVE e:Entity:{kind}"


@cache
def _move(type_name: str, out: bool) -> str:
    if out:
        found, made = f"(:Entity {{id: row.from}})-[r:{type_name}]->(b)", f"(e)-[n:{type_name}]->(b)"
    else:
        found, made = f"(b)-[r:{type_name}]->(:Entity {{id: row.from}})", f"(b)-[n:{type_name}]->(e)"
    return (
        f"UNWIND $rows AS row MATCH {found} MATCH (e:Entity {{id: row.to}}) "
        f"CREATE {made} SET n = properties(r) DELETE r RETURN count(*) AS n"
    )


def _drop(tx: ManagedTransaction, by_kind: dict[str, list[str]]) -> None:
    for kind, ids in sorted(by_kind.items()):
        tx.run(_unlabel(kind) if kind in EVENTS else _DROP, ids=ids).consume()


def dissolve(tx: ManagedTransaction, touched: list[str]) -> None:
    """Take away the entities of some mentions where all that stated them sleeps; what sleeps leads nowhere then."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for row in tx.run(_UNSTATED, ids=touched):
        by_kind[row["kind"]].append(row["id"])
    if by_kind:
        names = [name for ids in by_kind.values() for name in ids]
        tx.run(_LET_GO, ids=names).consume()
        tx.run(_UNLED, ids=names).consume()
        _drop(tx, by_kind)


def gather(tx: ManagedTransaction, alone: list[str], batch: int) -> tuple[list[str], list[str], int]:
    """Join mentions that woke alone to the one entity that their keys lead to, or to each other.

    The entities that grew, the mentions that unite several entities or were judged and are left for `settle`, and how
    many links moved.
    """
    rows = tx.run(_AWAKE, ids=alone).data() if alone else []
    groups = Groups()
    first: dict[str, str] = {}
    own = {row["own"] for row in rows}
    for row in rows:
        groups.find(row["own"])
        for key, led in row["keys"]:
            groups.join(row["own"], led or first.setdefault(key, row["own"]))
            groups.join(row["own"], first.setdefault(key, row["own"]))
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[groups.find(row["own"])].append(row)
    led_to: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        led_to[groups.find(row["own"])].update(led for _, led in row["keys"] if led and led not in own)
    rest: list[str] = []
    joins: list[Row] = []
    keys: list[Row] = []
    grown: list[str] = []
    for root, members in parts.items():
        if len(led_to[root]) > 1 or any(row["judged"] for row in members):
            rest.extend(row["id"] for row in members)
            continue
        target = next(iter(led_to[root]), min(row["own"] for row in members))
        joins.extend(
            {"from": row["own"], "to": target, "kind": row["kind"]} for row in members if row["own"] != target
        )
        keys.extend({"key": key, "entity": target} for row in members for key, _ in row["keys"])
        grown.append(target)
    moved = _join(tx, joins, batch) if joins else 0
    tx.run(_LEAD, rows=keys).consume()
    return grown, rest, moved


def _join(tx: ManagedTransaction, rows: list[Row], batch: int) -> int:
    moved = 0
    for row in tx.run(_TYPES, rows=rows).data():
        for out in (True, False):
            moved += tx.run(_move(row["type"], out), rows=rows).single(strict=True)["n"]
    tx.run(_MENTIONS, rows=rows).consume()
    tx.run(_OWN, rows=rows, batch=batch).consume()
    by_kind: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_kind[row["kind"]].append(row["from"])
    _drop(tx, by_kind)
    return moved
