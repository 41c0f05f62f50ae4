// id: notice-hits
// title: Notices that name something seized
// title_tr: Yakalanan bir şeyi adıyla bildiren ihbarlar
// question: Which notices name a person, vehicle, phone or container that also stands in a seizure?
// question_tr: Hangi ihbarlar bir yakalamada da geçen kişi, araç, telefon veya konteyneri adıyla bildiriyor?
// param before: days = 365 -- seizure at most so many days after the notice | yakalama ihbardan en çok bu kadar gün sonra
// param after: days = 365 -- seizure at most so many days before the notice | yakalama ihbardan en çok bu kadar gün önce
// columns: notice, notice_id, named, named_id, seizure, seizure_id, how, noticed, seized
// subgraph: notice_id, named_id, seizure_id
MATCH (notice:Notice)-[n:NAMES]->(named:Entity)<-[s:BY_MEANS_OF|IN_CONTAINER|SEIZED_FROM|SEIZED_AT|CONCERNS]-(seizure:Seizure)
WHERE n.marking IN $marks AND s.marking IN $marks AND type(s) <> 'SEIZED_AT'
WITH notice, named, seizure, min(left(n.at, 10)) AS noticed, min(left(s.at, 10)) AS seized, collect(DISTINCT type(s)) AS how
WHERE noticed =~ '\\d{4}-\\d{2}-\\d{2}' AND seized >= toString(date(noticed) - duration({days: $after}))
  AND seized <= toString(date(noticed) + duration({days: $before}))
RETURN notice.id AS notice_id, named.id AS named_id, seizure.id AS seizure_id, how, noticed, seized
ORDER BY seized DESC, notice_id, named_id, seizure_id
LIMIT $limit
