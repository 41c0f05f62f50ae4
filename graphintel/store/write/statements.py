"""The text of every write, generated from the declared kinds and link types; values always travel as parameters."""

from __future__ import annotations

from functools import cache

from graphintel.model.kinds import KINDS
from graphintel.model.links import LINKS

RECORDS = "UNWIND $rows AS row CREATE (r:Record) SET r = row"
DELIVERED = "UNWIND $rows AS row MATCH (r:Record {id: row}) SET r.deliveries = r.deliveries + $batch"
STATES = (
    "UNWIND $rows AS row MATCH (r:Record {id: row.record}) MATCH (m:Mention {id: row.mention}) "
    "CREATE (r)-[:STATES {marking: row.marking, batch: $batch}]->(m)"
)
MENTIONS = (
    "UNWIND $rows AS row MATCH (e:Entity {id: row.entity}) CREATE (m:Mention) SET m = row.mention "
    "CREATE (m)-[:RESOLVES_TO {rule: row.rule, revision: $batch}]->(e)"
)
KEYS = (
    "UNWIND $rows AS row MERGE (k:Key {id: row.key}) SET k.entity = row.entity "
    "WITH k, row MATCH (m:Mention {id: row.mention}) CREATE (m)-[:KEYED]->(k)"
)
DISPLAY = "UNWIND $rows AS row MATCH (e:Entity {id: row.id}) SET e += row"
CHUNK = "CREATE (c:Chunk) SET c = $chunk"
COUNTER = "MERGE (c:Counter {name: 'feed'}) ON CREATE SET c.value = 0 SET c.value = c.value + 1 RETURN c.value AS value"

FIND_RECORDS = (
    "UNWIND $ids AS id MATCH (r:Record {id: id}) "
    "RETURN r.id AS id, r.closed AS closed, r.deliveries AS deliveries"
)
FIND_NATURAL = (
    "UNWIND $naturals AS natural MATCH (r:Record {natural: natural}) WHERE r.closed IS NULL "
    "RETURN r.id AS id, natural"
)
FIND_MENTIONS = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id}) OPTIONAL MATCH (m)-[:RESOLVES_TO]->(e:Entity) "
    "RETURN m.id AS id, coalesce(e.id, m.id) AS entity"
)
FIND_KEYS = "UNWIND $keys AS key MATCH (k:Key {id: key}) RETURN k.id AS key, k.entity AS entity"
FIND_MEMBERS = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id}) OPTIONAL MATCH (m:Mention)-[:RESOLVES_TO]->(e) "
    "RETURN e.id AS id, e.born AS born, e.kind AS kind, COUNT { (e)--() } AS degree, "
    "CASE WHEN e:Mention THEN properties(e) END AS own, collect(properties(m)) AS mentions"
)


@cache
def entities(kind: str) -> str:
    """Create entities of a kind; an event is its own mention and carries both labels."""
    labels = f"Mention:Entity:{kind}" if KINDS[kind].event else f"Entity:{kind}"
    return f"UNWIND $rows AS row CREATE (e:{labels}) SET e = row"


@cache
def links(type_name: str) -> str:
    """Create links of a type between entities."""
    assert type_name in LINKS
    return (
        "UNWIND $rows AS row MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) "
        f"CREATE (a)-[r:{type_name}]->(b) SET r = row.p"
    )


@cache
def link_pattern() -> str:
    """All link types as one alternative for a pattern, so that the store's own relationships are left out."""
    return "|".join(sorted(LINKS))


@cache
def close(type_name: str) -> str:
    """Take the links of closed records off the entities and keep them between the mentions."""
    return (
        f"UNWIND $rows AS row MATCH (:Entity {{id: row.s}})-[r:{type_name} {{id: row.id}}]->(:Entity) "
        "MATCH (a:Mention {id: r.from_mention}) MATCH (b:Mention {id: r.to_mention}) "
        f"CREATE (a)-[c:CLOSED]->(b) SET c = properties(r), c.type = '{type_name}', c.closed = $batch DELETE r"
    )


LINKS_OF_RECORDS = (
    "UNWIND $ids AS id MATCH (r:Record {id: id}) UNWIND r.starts AS start MATCH (m:Mention {id: start}) "
    "OPTIONAL MATCH (m)-[:RESOLVES_TO]->(x:Entity) WITH r, coalesce(x, m) AS e "
    f"MATCH (e)-[l:{link_pattern()}]->() WHERE l.record = r.id "
    "RETURN DISTINCT l.id AS id, type(l) AS type, e.id AS s"
)
CLOSE_RECORDS = (
    "UNWIND $ids AS id MATCH (r:Record {id: id}) SET r.closed = $batch "
    "WITH r OPTIONAL MATCH (r)-[s:STATES]->(m) "
    "FOREACH (one IN CASE WHEN s IS NULL THEN [] ELSE [s] END | "
    "CREATE (r)-[:STATED {marking: one.marking, batch: one.batch}]->(m) DELETE one)"
)
REOPEN_RECORDS = (
    "UNWIND $ids AS id MATCH (r:Record {id: id}) REMOVE r.closed SET r.deliveries = r.deliveries + $batch "
    "WITH r OPTIONAL MATCH (r)-[s:STATED]->(m) "
    "FOREACH (one IN CASE WHEN s IS NULL THEN [] ELSE [s] END | "
    "CREATE (r)-[:STATES {marking: one.marking, batch: one.batch}]->(m) DELETE one)"
)
CLOSED_OF_RECORDS = (
    "UNWIND $ids AS id MATCH (r:Record {id: id}) UNWIND r.starts AS start "
    "MATCH (:Mention {id: start})-[c:CLOSED {record: id}]->() RETURN DISTINCT properties(c) AS p"
)
DROP_CLOSED = (
    "UNWIND $ids AS id MATCH (r:Record {id: id}) UNWIND r.starts AS start "
    "MATCH (:Mention {id: start})-[c:CLOSED {record: id}]->() DELETE c"
)

MERGE_MENTIONS = (
    "MATCH (m:Mention)-[old:RESOLVES_TO]->(:Entity {id: $from}) MATCH (e:Entity {id: $to}) "
    "CREATE (m)-[r:RESOLVES_TO]->(e) SET r = properties(old) DELETE old"
)
MERGE_OWN = (
    "MATCH (m:Mention:Entity {id: $from}) MATCH (e:Entity {id: $to}) "
    "CREATE (m)-[:RESOLVES_TO {rule: $rule, revision: $batch}]->(e)"
)
MERGE_KEYS = "MATCH (k:Key {entity: $from}) SET k.entity = $to"
MERGE_DROP = "MATCH (e:Entity {id: $from}) WHERE NOT e:Mention DELETE e"
RENAME = "MATCH (e:Entity {id: $from}) WHERE NOT e:Mention SET e.id = $to"


@cache
def merge_unlabel(kind: str) -> str:
    """Make an event that was absorbed by another a plain mention again."""
    return f"MATCH (e:Mention:Entity {{id: $from}}) REMOVE e:Entity:{kind}"


@cache
def move_out(type_name: str) -> str:
    """Move the outgoing links of one entity to another."""
    return (
        f"MATCH (:Entity {{id: $from}})-[r:{type_name}]->(b) MATCH (e:Entity {{id: $to}}) "
        f"CREATE (e)-[n:{type_name}]->(b) SET n = properties(r) DELETE r"
    )


@cache
def move_in(type_name: str) -> str:
    """Move the incoming links of one entity to another."""
    return (
        f"MATCH (a)-[r:{type_name}]->(:Entity {{id: $from}}) MATCH (e:Entity {{id: $to}}) "
        f"CREATE (a)-[n:{type_name}]->(e) SET n = properties(r) DELETE r"
    )


TYPES_AT = f"MATCH (e:Entity {{id: $from}})-[r:{link_pattern()}]-() RETURN DISTINCT type(r) AS type"
