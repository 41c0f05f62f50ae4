// id: contradictions
// title: One identity, contradicting statements
// title_tr: Tek kimlik, çelişen bilgiler
// question: Which people and firms with one identifier are stated with different birth dates or countries?
// question_tr: Aynı kimliğe sahip hangi kişi ve firmalar farklı doğum tarihi veya ülkeyle bildirilmiş?
// columns: thing, thing_id, kind, value, stated, records
// subgraph: thing_id
// 1974 and 1974-05-02 do not contradict each other: one says less.
MATCH (thing:Person|Company)-[x]-(:Entity)
WHERE x.marking IN $marks
WITH DISTINCT thing, {record: x.record, mention: CASE WHEN startNode(x) = thing THEN x.from_mention ELSE x.to_mention END} AS said
MATCH (m:Mention {id: said.mention})
UNWIND [['birth_date', m.birth_date], ['nationality', m.nationality], ['country', m.country]] AS pair
WITH thing, pair[0] AS value, pair[1] AS content, said.record AS record
WHERE content IS NOT NULL AND content <> ''
WITH thing, value, collect(DISTINCT content) AS contents, count(DISTINCT record) AS records
UNWIND contents AS content
UNWIND contents AS other
WITH thing, value, records, content, other
WHERE NOT content STARTS WITH other AND NOT other STARTS WITH content
WITH DISTINCT thing, value, records, content ORDER BY content
WITH thing, value, records, collect(content) AS stated
RETURN thing.id AS thing_id, thing.kind AS kind, value, stated, records
ORDER BY size(stated) DESC, records DESC, thing_id, value
LIMIT $limit
