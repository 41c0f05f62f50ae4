// id: orphans
// title: Records that lead nowhere
// title_tr: Hiçbir yere bağlanmayan kayıtlar
// question: Which things does a record state without a single link to anything else?
// question_tr: Hangi şeyleri bir kayıt bildiriyor ama hiçbir şeye bağlamıyor?
// columns: thing, thing_id, kind, source, file, position
// subgraph: thing_id
MATCH (record:Record)-[s:STATES]->(m:Mention)
WHERE s.marking IN $marks
OPTIONAL MATCH (m)-[:RESOLVES_TO]->(e:Entity)
WITH record, coalesce(e, m) AS thing
WHERE NOT EXISTS { MATCH (thing)-[x]-(:Entity) WHERE x.marking IN $marks }
RETURN thing.id AS thing_id, thing.kind AS kind, record.source AS source, record.file AS file, record.position AS position
ORDER BY source, file, position, thing_id
LIMIT $limit
