"""The text of every write, generated from the declared kinds and link types; values always travel as parameters."""

from __future__ import annotations

from functools import cache

from graphintel.model.kinds import KINDS
from graphintel.model.links import LINKS

RECORDS = "UNWIND $rows AS row CREATE (r:Record) SET r = row"
HISTORY = "UNWIND $rows AS row MATCH (r:Record {id: row.id}) SET r.history = row.history, r.deliveries = row.deliveries"
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
# Of a mention that is settled apart: whose its key is, is not known yet.
KEYS_APART = (
    "UNWIND $rows AS row MERGE (k:Key {id: row.key}) ON CREATE SET k.entity = row.entity "
    "WITH k, row MATCH (m:Mention {id: row.mention}) MERGE (m)-[:KEYED]->(k)"
)
# A mention that slept is there with its keys; it only finds its entity again.
WAKE = (
    "UNWIND $rows AS row MATCH (m:Mention {id: row.mention.id}) OPTIONAL MATCH (m)-[old:RESOLVES_TO]->() DELETE old "
    "WITH DISTINCT m, row MATCH (e:Entity {id: row.entity}) "
    "CREATE (m)-[:RESOLVES_TO {rule: row.rule, revision: $batch}]->(e)"
)
WAKE_KEYS = (
    "UNWIND $rows AS row MERGE (k:Key {id: row.key}) SET k.entity = row.entity "
    "WITH k, row MATCH (m:Mention {id: row.mention}) MERGE (m)-[:KEYED]->(k)"
)
USES = (
    "UNWIND $rows AS row MATCH (m:Mention {id: row.id}) SET m.uses = coalesce(m.uses, 0) + row.n "
    "WITH m WHERE m.uses <= 0 RETURN m.id AS id"
)
DISPLAY = "UNWIND $rows AS row MATCH (e:Entity {id: row.id}) SET e += row"
CHUNK = "CREATE (c:Chunk) SET c = $chunk"
COUNTER = "MERGE (c:Counter {name: 'feed'}) ON CREATE SET c.value = 0 SET c.value = c.value + 1 RETURN c.value AS value"

FIND_RECORDS = (
    "UNWIND $ids AS id MATCH (r:Record {id: id}) RETURN r.id AS id, r.closed AS closed, r.deliveries AS deliveries, "
    "r.history AS history, r.mapping_version AS reading, r.grade AS grade, r.marking AS marking, r.starts AS starts"
)
FIND_NATURAL = (
    "UNWIND $naturals AS natural MATCH (r:Record {natural: natural}) WHERE r.closed IS NULL "
    "RETURN r.id AS id, natural"
)
# A mention that no live record uses sleeps: it may be there, but leads nowhere.
FIND_MENTIONS = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id}) OPTIONAL MATCH (m)-[:RESOLVES_TO]->(e:Entity) "
    "RETURN m.id AS id, CASE WHEN coalesce(m.uses, 1) > 0 THEN coalesce(e.id, m.id) END AS entity"
)
# Without the hint a store that was empty a moment ago goes through all keys that lead to something, once for each.
FIND_KEYS = (
    "UNWIND $keys AS key MATCH (k:Key {id: key}) USING INDEX k:Key(id) WHERE k.entity IS NOT NULL "
    "RETURN k.id AS key, k.entity AS entity, "
    "coalesce(k.contested, false) AS contested"
)
# More statements of one thing than these say nothing new to its cached name; a hub has a hundred thousand.
MEMBERS_CACHED = 1000
FIND_MEMBERS = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id}) "
    "RETURN e.id AS id, e.born AS born, e.kind AS kind, COUNT { (e)--() } AS degree, "
    "CASE WHEN e:Mention THEN properties(e) END AS own, COLLECT { MATCH (m:Mention)-[:RESOLVES_TO]->(e) "
    f"WHERE coalesce(m.uses, 1) > 0 RETURN properties(m) LIMIT {MEMBERS_CACHED} }} AS mentions"
)


@cache
def entities(kind: str) -> str:
    """Create entities of a kind; an event is its own mention and carries both labels."""
    labels = f"Mention:Entity:{kind}" if KINDS[kind].event else f"Entity:{kind}"
    return f"UNWIND $rows AS row CREATE (e:{labels}) SET e = row"


@cache
def woken(kind: str) -> str:
    """Make an event that slept an entity again."""
    return (
        "UNWIND $rows AS row MATCH (e:Mention {id: row.id}) OPTIONAL MATCH (e)-[old:RESOLVES_TO]->() DELETE old "
        f"WITH DISTINCT e, row SET e += row, e:Entity:{kind}"
    )


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
    """Take the links of closed records off the entities and keep them, with their reading, between the mentions."""
    return (
        f"UNWIND $rows AS row MATCH (:Entity {{id: row.s}})-[r:{type_name} {{id: row.id}}]->(:Entity) "
        "MATCH (a:Mention {id: r.from_mention}) MATCH (b:Mention {id: r.to_mention}) "
        f"CREATE (a)-[c:CLOSED]->(b) SET c = properties(r), c.type = '{type_name}', c.closed = $batch, "
        "c.reading = row.reading DELETE r"
    )


_LINKS_AT_STARTS = (
    "UNWIND r.starts AS start MATCH (m:Mention {id: start}) OPTIONAL MATCH (m)-[:RESOLVES_TO]->(x:Entity) "
    "WITH DISTINCT r, row, coalesce(x, m) AS e "
    f"MATCH (e)-[l:{link_pattern()}]->() WHERE l.record = r.id "
)
LINKS_OF_RECORDS = (
    "UNWIND $ids AS row MATCH (r:Record {id: row}) "
    + _LINKS_AT_STARTS
    + "RETURN DISTINCT l.id AS id, type(l) AS type, "
    "e.id AS s, r.id AS record, r.mapping_version AS reading, l.from_mention AS a, l.to_mention AS b"
)
# What is stated becomes what was stated, with the reading that stated it.
UNSTATE = (
    "UNWIND $ids AS id MATCH (r:Record {id: id})-[s:STATES]->(m:Mention) "
    "CREATE (r)-[o:STATED]->(m) SET o = properties(s), o.reading = r.mapping_version DELETE s "
    "RETURN r.id AS record, m.id AS mention"
)
CLOSE_RECORDS = "UNWIND $ids AS id MATCH (r:Record {id: id}) SET r.closed = $batch"
STAND = (
    "UNWIND $rows AS row MATCH (r:Record {id: row.id}) REMOVE r.closed SET r.mapping_version = row.reading, "
    "r.grade = row.grade, r.marking = row.marking, r.starts = row.starts"
)
# The links of one reading between the mentions, before that reading opens again.
DROP_CLOSED = (
    "UNWIND $rows AS row MATCH (r:Record {id: row.id}) UNWIND r.starts AS start "
    "MATCH (:Mention {id: start})-[c:CLOSED {record: row.id, reading: row.reading}]->() DELETE c"
)
DROP_STATED = (
    "UNWIND $rows AS row MATCH (:Record {id: row.id})-[s:STATED {reading: row.reading}]->() DELETE s"
)
GRADE = "UNWIND $rows AS row MATCH (r:Record {id: row.id}) SET r.grade = row.grade, r.marking = row.marking"
GRADE_STATES = "UNWIND $rows AS row MATCH (:Record {id: row.id})-[s:STATES]->() SET s.marking = row.marking"
GRADE_LINKS = (
    "UNWIND $rows AS row MATCH (r:Record {id: row.id}) "
    + _LINKS_AT_STARTS
    + "SET l.grade = row.grade, l.marking = row.marking"
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
# Who absorbs a marked service provider is one; a split computes it again from the marks.
MERGE_DROP = (
    "MATCH (e:Entity {id: $from}) OPTIONAL MATCH (t:Entity {id: $to}) "
    "SET t.hub = coalesce(t.hub, false) OR coalesce(e.hub, false) WITH e WHERE NOT e:Mention DELETE e"
)
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
