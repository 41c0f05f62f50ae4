// id: changed-carrier
// title: Firms that changed their carrier
// title_tr: Taşıyıcısını değiştiren firmalar
// question: Which consignees moved from one carrier to another for good, and when?
// question_tr: Hangi alıcılar bir taşıyıcıdan kalıcı olarak başkasına geçti ve ne zaman?
// param least: integer = 2 -- declarations with each carrier at least | her taşıyıcıyla en az beyanname
// columns: company, company_id, before, before_id, after, after_id, last_before, first_after, trips_before, trips_after
// subgraph: company_id, before_id, after_id
MATCH (company:Entity)<-[c:CONSIGNEE]-(event:Declaration)-[k:CARRIER]->(carrier:Entity)
WHERE c.marking IN $marks AND k.marking IN $marks AND company <> carrier AND c.at IS NOT NULL
WITH company, carrier, min(left(c.at, 10)) AS began, max(left(c.at, 10)) AS ended, count(DISTINCT event) AS trips
WHERE trips >= $least
WITH company, collect({id: carrier.id, began: began, ended: ended, trips: trips}) AS carriers
UNWIND carriers AS old
UNWIND carriers AS new
WITH company, carriers, old, new
WHERE old.ended < new.began AND none(one IN carriers WHERE one.began > old.ended AND one.began < new.began)
RETURN company.id AS company_id, old.id AS before_id, new.id AS after_id, old.ended AS last_before,
       new.began AS first_after, old.trips AS trips_before, new.trips AS trips_after
ORDER BY first_after DESC, company_id, before_id, after_id
LIMIT $limit
