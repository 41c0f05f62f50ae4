// id: repeated-pairs
// title: Consignee and vehicle, again and again
// title_tr: Tekrarlanan alıcı ve araç çiftleri
// question: Which consignees were served by the same vehicle again and again?
// question_tr: Hangi alıcılara aynı araç tekrar tekrar yük getirdi?
// param least: integer = 3 -- declarations at least | en az beyanname
// columns: company, company_id, vehicle, vehicle_id, declarations, share, first, last
// subgraph: company_id, vehicle_id
// share: of all the vehicle's declarations with a consignee; near 1 the vehicle works for nobody else.
MATCH (company:Entity)<-[c:CONSIGNEE]-(event:Declaration)-[v:BY_MEANS_OF]->(vehicle:Entity)
WHERE c.marking IN $marks AND v.marking IN $marks
WITH company, vehicle, count(DISTINCT event) AS declarations, min(left(v.at, 10)) AS first, max(left(v.at, 10)) AS last
WHERE declarations >= $least
WITH company, vehicle, declarations, first, last,
     COUNT { MATCH (vehicle)<-[w:BY_MEANS_OF]-(other:Declaration)-[d:CONSIGNEE]->(:Entity)
             WHERE w.marking IN $marks AND d.marking IN $marks RETURN DISTINCT other } AS total
RETURN company.id AS company_id, vehicle.id AS vehicle_id, declarations,
       round(toFloat(declarations) / total, 2) AS share, first, last
ORDER BY declarations DESC, share DESC, company_id, vehicle_id
LIMIT $limit
