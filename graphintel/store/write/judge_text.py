"""The text of the statements of a judgement; see `judge`."""

from __future__ import annotations

from graphintel.store.write.batch import CLOCK

# Whoever judges takes turns with the chunks of a load: both write the lease first.
TURN = f"MERGE (l:Lease {{name: 'writer'}}) ON CREATE SET l.until = 0 SET l.asked = {CLOCK}"
JUDGED = "MATCH (l:Lease {name: 'writer'}) SET l.judged = $counter"
ENDS = (
    "UNWIND $ids AS id MATCH (m:Mention {id: id}) OPTIONAL MATCH (m)-[:RESOLVES_TO]->(e:Entity) "
    "RETURN id, m.kind AS kind, coalesce(e.id, m.id) AS entity, coalesce(m.uses, 1) > 0 AS awake"
)
# The mentions of one kind that a record states or links.
OF_RECORD = (
    "MATCH (r:Record {id: $id}) WHERE r.closed IS NULL CALL (r) { MATCH (r)-[:STATES]->(m:Mention) RETURN m UNION "
    "WITH r UNWIND r.starts AS start MATCH (s:Mention {id: start}) OPTIONAL MATCH (s)-[:RESOLVES_TO]->(x:Entity) "
    "WITH DISTINCT r, coalesce(x, s) AS e MATCH (e)-[l]->() WHERE l.record = r.id "
    "UNWIND [l.from_mention, l.to_mention] AS name MATCH (m:Mention {id: name}) RETURN m } "
    "WITH DISTINCT m OPTIONAL MATCH (m)-[:RESOLVES_TO]->(e:Entity) "
    "RETURN m.id AS id, m.kind AS kind, coalesce(e.id, m.id) AS entity, coalesce(m.uses, 1) > 0 AS awake ORDER BY id"
)
LIVE_ON = (
    "MATCH (:Mention {id: $left})<-[:ON]-(j:Judgement) WHERE j.withdrawn_by IS NULL AND j.verdict <> 'withdrawn' "
    "AND j.left IN [$left, $right] AND j.right IN [$left, $right] AND j.left <> j.right "
    "RETURN DISTINCT properties(j) AS j ORDER BY j.counter"
)
ONE = "MATCH (j:Judgement {id: $id}) WHERE j.verdict <> 'withdrawn' RETURN properties(j) AS j"
WRITE = "CREATE (j:Judgement) SET j = $j WITH j UNWIND $ends AS id MATCH (m:Mention {id: id}) CREATE (j)-[:ON]->(m)"
WITHDRAW = "MATCH (j:Judgement {id: $id}) SET j.withdrawn_by = $withdrawal"
