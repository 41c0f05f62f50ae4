"""Moving links and mentions from one entity to another; what an entity is made of and what remains of one."""

from __future__ import annotations

from functools import cache

from neo4j import ManagedTransaction

from graphintel.model.kinds import EVENTS, KINDS
from graphintel.store.driver import Row
from graphintel.store.write import statements as text

_PART_MENTIONS = (
    "MATCH (t:Entity {id: $to}) UNWIND $part AS id MATCH (m:Mention {id: id})-[old:RESOLVES_TO]->(:Entity {id: $from}) "
    "WHERE m <> t CREATE (m)-[r:RESOLVES_TO]->(t) SET r = properties(old) DELETE old"
)
_PART_OWN = (
    "MATCH (m:Mention:Entity {id: $from}) WHERE $from IN $part MATCH (t:Entity {id: $to}) "
    "CREATE (m)-[:RESOLVES_TO {rule: '', revision: 0}]->(t)"
)
_LET_GO = "MATCH (m:Mention)-[old:RESOLVES_TO]->(:Entity {id: $from}) DELETE old"
_OWN_LEADS = (
    "MATCH (m:Mention:Entity {id: $from}) WHERE NOT (m)-[:RESOLVES_TO]->() MATCH (t:Entity {id: $to}) "
    "CREATE (m)-[:RESOLVES_TO {rule: '', revision: $batch}]->(t)"
)
_UNLED = "MATCH (k:Key {entity: $from}) REMOVE k.entity"
_TYPES = f"MATCH (e:Entity {{id: $from}})-[r:{text.link_pattern()}]-() RETURN DISTINCT type(r) AS type"


@cache
def _made(kind: str) -> str:
    if KINDS[kind].event:
        return (
            "MATCH (e:Mention {id: $id}) OPTIONAL MATCH (e)-[old:RESOLVES_TO]->() DELETE old "
            f"WITH DISTINCT e SET e:Entity:{kind}, e.hub = false, e.born = $born"
        )
    return f"CREATE (e:Entity:{kind}) SET e.id = $id, e.kind = $kind, e.hub = false, e.born = $born"


@cache
def _part_out(type_name: str) -> str:
    return (
        f"MATCH (:Entity {{id: $from}})-[r:{type_name}]->(b) WHERE r.from_mention IN $part "
        f"MATCH (e:Entity {{id: $to}}) CREATE (e)-[n:{type_name}]->(b) SET n = properties(r) DELETE r "
        "RETURN count(*) AS n"
    )


@cache
def _part_in(type_name: str) -> str:
    return (
        f"MATCH (a)-[r:{type_name}]->(:Entity {{id: $from}}) WHERE r.to_mention IN $part "
        f"MATCH (e:Entity {{id: $to}}) CREATE (a)-[n:{type_name}]->(e) SET n = properties(r) DELETE r "
        "RETURN count(*) AS n"
    )


def create(tx: ManagedTransaction, name: str, kind: str, born: int) -> None:
    """Make an entity under the id of one of its mentions; an event's own mention becomes it."""
    tx.run(_made(kind), id=name, kind=kind, born=born).consume()


def rename(tx: ManagedTransaction, old: str, new: str) -> None:
    """Give an entity, that is no event, the id of another of its mentions."""
    tx.run(text.RENAME, {"from": old, "to": new}).consume()
    tx.run(text.MERGE_KEYS, {"from": old, "to": new}).consume()


def part(tx: ManagedTransaction, source: str, target: str, mentions: list[str]) -> int:
    """Move some mentions of an entity to another with the links that came from them; how many links moved."""
    given: Row = {"from": source, "to": target, "part": mentions}
    moved = 0
    for row in list(tx.run(_TYPES, given)):
        for statement in (_part_out(row["type"]), _part_in(row["type"])):
            moved += tx.run(statement, given).single(strict=True)["n"]
    tx.run(_PART_MENTIONS, given).consume()
    tx.run(_PART_OWN, given).consume()
    return moved


def dissolve(tx: ManagedTransaction, name: str, kind: str, into: str | None, batch: int) -> None:
    """Take away an entity that no statement makes any more; what sleeps of it leads to another, or nowhere."""
    given: Row = {"from": name, "to": into, "batch": batch}
    tx.run(_UNLED, given).consume()
    if into is None:
        tx.run(_LET_GO, given).consume()
    else:
        tx.run(text.MERGE_MENTIONS, given).consume()
        tx.run(_OWN_LEADS, given).consume()
    if kind in EVENTS:
        tx.run(text.merge_unlabel(kind), given).consume()
    tx.run(text.MERGE_DROP, given).consume()
