// id: failed-checks
// title: Identifiers that fail their check
// title_tr: Denetimden geçmeyen kimlik bilgileri
// question: Which identifiers that sources state cannot be right, by check digit or form?
// question_tr: Kaynakların bildirdiği hangi kimlik bilgileri denetim basamağı veya biçim bakımından doğru olamaz?
// columns: thing, thing_id, kind, source, verdicts, raw, records
// subgraph: thing_id
MATCH (thing:Entity)-[x]-(:Entity)
WHERE x.marking IN $marks
WITH DISTINCT thing, {record: x.record, mention: CASE WHEN startNode(x) = thing THEN x.from_mention ELSE x.to_mention END} AS said
MATCH (m:Mention {id: said.mention})
WHERE m.verdicts CONTAINS '"invalid"'
RETURN thing.id AS thing_id, m.kind AS kind, m.source AS source, m.verdicts AS verdicts, m.raw AS raw,
       count(DISTINCT said.record) AS records
ORDER BY records DESC, kind, thing_id, verdicts
LIMIT $limit
