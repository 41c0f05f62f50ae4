"""The text of the statements of a retraction; see `retract`."""

from __future__ import annotations

from functools import cache

from graphintel.model.kinds import KINDS
from graphintel.store.write.statements import link_pattern

# The versions of some records: all records of the same row of the source.
VERSIONS = (
    "UNWIND $ids AS id MATCH (r:Record {id: id}) CALL (r) { WITH r WHERE r.natural IS NULL RETURN r AS o UNION "
    "WITH r WHERE r.natural IS NOT NULL MATCH (o:Record {natural: r.natural}) RETURN o } "
    "WITH DISTINCT o RETURN o.id AS id, coalesce(o.natural, o.id) AS natural, o.source AS source, o.closed AS closed, "
    "o.history AS history, o.mapping_version AS reading, o.grade AS grade, o.marking AS marking, o.pending AS pending"
)
SCAN = (
    "MATCH (r:Record) WHERE r.id > $after WITH r ORDER BY r.id LIMIT $limit "
    "RETURN r.id AS id, r.source = $source AS wanted ORDER BY id"
)
LAST_FULL = (
    "MATCH (b:Batch {full: true}) WHERE NOT b.number IN $gone AND (b.state <> 'retracted' OR b.number = $back) "
    "RETURN b.source AS source, max(b.number) AS number"
)
_AT_STARTS = (
    "UNWIND r.starts AS start MATCH (m:Mention {id: start}) OPTIONAL MATCH (m)-[:RESOLVES_TO]->(x:Entity) "
    f"WITH DISTINCT r, row, coalesce(x, m) AS e MATCH (e)-[l:{link_pattern()}]->() WHERE l.record = r.id "
)
HIDE_LINKS = (
    "UNWIND $rows AS row MATCH (r:Record {id: row.id}) " + _AT_STARTS + "SET l.marking = row.hidden "
    "RETURN count(l) AS n"
)
HIDE_STATES = "UNWIND $rows AS row MATCH (:Record {id: row.id})-[s:STATES]->() SET s.marking = row.hidden"
LIVE_LINKS = (
    "UNWIND $rows AS row MATCH (r:Record {id: row.id}) "
    + _AT_STARTS
    + "RETURN type(l) AS type, properties(l) AS p"
)
LIVE_STATES = "UNWIND $rows AS row MATCH (:Record {id: row.id})-[s:STATES]->(m) RETURN row.id AS record, m.id AS mention"
CLOSED_LINKS = (
    "UNWIND $rows AS row MATCH (r:Record {id: row.id}) UNWIND r.starts AS start "
    "MATCH (:Mention {id: start})-[c:CLOSED {record: row.id, reading: row.reading}]->() "
    "WITH DISTINCT c RETURN c.type AS type, properties(c) AS p"
)
CLOSED_STATES = (
    "UNWIND $rows AS row MATCH (:Record {id: row.id})-[:STATED {reading: row.reading}]->(m) "
    "RETURN DISTINCT row.id AS record, m.id AS mention"
)
PENDING = "UNWIND $rows AS row MATCH (r:Record {id: row.id}) SET r.pending = $batch, r.next = row.next"
ASLEEP = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id}) WHERE NOT coalesce(m.uses, 1) > 0 RETURN m.kind AS kind, "
    "properties(m) AS row"
)


@cache
def alone(kind: str) -> str:
    """Wake a mention as an entity of its own; whom it belongs to is settled when everything else is done."""
    head = (
        "UNWIND $rows AS row MATCH (m:Mention {id: row.id}) OPTIONAL MATCH (m)-[old:RESOLVES_TO]->() DELETE old "
        "WITH DISTINCT m, row SET m.alone = true "
    )
    if KINDS[kind].event:
        return head + f"SET m += row, m:Entity:{kind}"
    return (
        head
        + f"CREATE (e:Entity:{kind}) SET e = row CREATE (m)-[:RESOLVES_TO {{rule: '', revision: $batch}}]->(e)"
    )


NEXT = (
    "MATCH (r:Record {pending: $batch}) RETURN r.id AS id, r.next AS next, r.mapping_version AS reading, "
    "r.closed AS closed, r.starts AS starts LIMIT $limit"
)
MARKED = (
    "UNWIND $rows AS row MATCH (r:Record {id: row.id}) "
    + _AT_STARTS
    + "AND l.marking IN $aliases RETURN DISTINCT l.id AS id, type(l) AS type, e.id AS s, r.id AS record, "
    "l.from_mention AS a, l.to_mention AS b, l.marking AS marking"
)
MARKED_STATES = (
    "UNWIND $rows AS row MATCH (:Record {id: row.id})-[s:STATES]->(m) WHERE s.marking IN $aliases "
    "RETURN row.id AS record, m.id AS mention, s.marking AS marking"
)


@cache
def close(type_name: str) -> str:
    """Take what went off the entities, to stay between the mentions with the marking that it had."""
    return (
        f"UNWIND $rows AS row MATCH (:Entity {{id: row.s}})-[r:{type_name} {{id: row.id}}]->(:Entity) "
        "WHERE r.marking = row.alias MATCH (a:Mention {id: r.from_mention}) MATCH (b:Mention {id: r.to_mention}) "
        f"CREATE (a)-[c:CLOSED]->(b) SET c = properties(r), c.type = '{type_name}', c.closed = $batch, "
        "c.reading = row.reading, c.marking = row.marking DELETE r"
    )


@cache
def drop(type_name: str) -> str:
    """Delete the old grade's copy of a link."""
    return (
        f"UNWIND $rows AS row MATCH (:Entity {{id: row.s}})-[r:{type_name} {{id: row.id}}]->(:Entity) "
        "WHERE r.marking = row.alias DELETE r"
    )


@cache
def show(type_name: str) -> str:
    """Give what came the marking that its alias stood for."""
    return (
        f"UNWIND $rows AS row MATCH (:Entity {{id: row.s}})-[r:{type_name} {{id: row.id}}]->(:Entity) "
        "WHERE r.marking = row.alias SET r.marking = row.marking"
    )


CLOSE_STATES = (
    "UNWIND $rows AS row MATCH (r:Record {id: row.id})-[s:STATES]->(m) WHERE s.marking IN $aliases "
    "FOREACH (one IN CASE WHEN row.keep THEN [1] ELSE [] END | "
    "CREATE (r)-[:STATED {marking: row.was, batch: s.batch, reading: row.reading}]->(m)) DELETE s"
)
SHOW_STATES = (
    "UNWIND $rows AS row MATCH (:Record {id: row.id})-[s:STATES]->() WHERE s.marking IN $aliases "
    "SET s.marking = row.marking"
)
DONE = "UNWIND $rows AS row MATCH (r:Record {id: row.id}) REMOVE r.pending, r.next, r.closed SET r += row.set"
ALONE = "UNWIND $ids AS id MATCH (m:Mention {id: id}) WHERE m.alone REMOVE m.alone RETURN m.id AS id"
# The load that a standing record is now first known from.
REBATCH = (
    "UNWIND $rows AS row MATCH (r:Record {id: row.id}) "
    + _AT_STARTS
    + "AND l.batch <> row.batch SET l.batch = row.batch"
)
