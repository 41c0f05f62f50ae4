"""The text of the statements that put entities right; see `settle`."""

from __future__ import annotations

from graphintel.store.write.statements import MEMBERS_CACHED

# One that sleeps and does not name its entity is easily left, if it joined nothing: it has one key, or none, or
# another statement that is awake has all of its keys; and if nobody judged anything of it.
EASY = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id})-[:RESOLVES_TO]->(e:Entity) "
    "WHERE NOT coalesce(m.uses, 1) > 0 AND e.id <> id AND NOT m:Entity "
    "AND NOT EXISTS { MATCH (m)<-[:ON]-(:Judgement) } AND NOT EXISTS { MATCH (m)-[:KEYED]->(:Key {contested: true}) } "
    "WITH m, e, COLLECT { MATCH (m)-[:KEYED]->(k:Key) RETURN k } AS keys "
    "WHERE EXISTS { MATCH (o:Mention)-[:RESOLVES_TO]->(e) WHERE coalesce(o.uses, 1) > 0 } "
    "AND (size(keys) <= 1 OR EXISTS { WITH keys, e MATCH (o:Mention)-[:KEYED]->(first:Key) WHERE first = keys[0] "
    "AND coalesce(o.uses, 1) > 0 AND all(k IN keys WHERE EXISTS { MATCH (o)-[:KEYED]->(k) }) }) "
    "RETURN m.id AS id, e.id AS entity"
)
# Who has a key over which some were parted, and which led to what nobody states any more, may now have it alone.
LEFT_WITH = (
    "UNWIND $ids AS id MATCH (:Mention {id: id})-[:KEYED]->(k:Key {contested: true}) WHERE k.entity IS NULL "
    "MATCH (o:Mention)-[:KEYED]->(k) WHERE coalesce(o.uses, 1) > 0 AND o.alone IS NULL RETURN DISTINCT o.id AS id"
)
PLACED = "UNWIND $ids AS id MATCH (m:Mention {id: id}) WHERE m:Entity OR (m)-[:RESOLVES_TO]->(:Entity) RETURN m.id AS id"
# Entities that mentions are at, and those that their keys lead to while they are awake.
ROUND = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id}) CALL (m) { "
    "MATCH (m)-[:RESOLVES_TO]->(e:Entity) RETURN e.id AS at UNION WITH m WHERE m:Entity RETURN m.id AS at UNION "
    "MATCH (m)-[:KEYED]->(k:Key) WHERE k.entity IS NOT NULL AND coalesce(m.uses, 1) > 0 RETURN k.entity AS at } "
    "RETURN DISTINCT at"
)
_MEMBERS = "MATCH (m:Mention)-[:RESOLVES_TO*0..1]->(e) WHERE coalesce(m.uses, 1) > 0"
HELD = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN e.id AS id, e.kind AS kind, coalesce(e.born, 0) AS born, "
    f"COLLECT {{ {_MEMBERS} RETURN [m.id, coalesce(m.uses, 1), "
    "COLLECT { MATCH (m)-[:KEYED]->(k:Key) RETURN k.id }] } AS members"
)
MEMBERS = (
    "UNWIND $ids AS id MATCH (e:Entity {id: id}) "
    "RETURN e.id AS id, e.kind AS kind, coalesce(e.born, 0) AS born, "
    # A person's mark on any statement makes it a service provider.
    f"EXISTS {{ {_MEMBERS} AND EXISTS {{ (m)<-[:ON]-(j:Judgement {{verdict: 'service_provider'}}) WHERE j.withdrawn_by IS NULL }} }} "
    "AS hub, "
    f"COLLECT {{ {_MEMBERS} RETURN properties(m) LIMIT {MEMBERS_CACHED} }} AS members"
)
DISPLAY_EVENT = "UNWIND $rows AS row MATCH (e:Entity {id: row.id}) SET e += row"
DISPLAY_THING = "UNWIND $rows AS row MATCH (e:Entity {id: row.id}) SET e = row"
LEAD_KEYS = "UNWIND $keys AS key MATCH (k:Key {id: key}) SET k.entity = $entity REMOVE k.contested"
CONTEST_KEYS = "UNWIND $keys AS key MATCH (k:Key {id: key}) SET k.contested = true"
# A key that only sleeping mentions have, or such as woke and are not settled yet, leads nowhere.
LOOSE_KEYS = (
    "UNWIND $ids AS id MATCH (:Mention {id: id})-[:KEYED]->(k:Key) WITH DISTINCT k "
    "WHERE NOT EXISTS { MATCH (o:Mention)-[:KEYED]->(k) WHERE coalesce(o.uses, 1) > 0 AND o.alone IS NULL } "
    "REMOVE k.entity"
)
