// id: moving-after-seizure
// title: Vehicles on the road again after a seizure
// title_tr: Yakalamadan sonra yeniden yola çıkan araçlar
// question: Which vehicles or containers of a seizure were declared or seen again afterwards?
// question_tr: Bir yakalamadaki hangi araç veya konteynerler sonra yeniden beyan edildi ya da görüldü?
// param days: days = 365 -- at most so many days after | en çok bu kadar gün sonra
// columns: vehicle, vehicle_id, seizure, seizure_id, seized, events, again
// subgraph: vehicle_id, seizure_id
MATCH (seizure:Seizure)-[s:BY_MEANS_OF|IN_CONTAINER]->(vehicle:Entity)
WHERE s.marking IN $marks AND left(s.at, 10) =~ '\\d{4}-\\d{2}-\\d{2}'
WITH seizure, vehicle, min(left(s.at, 10)) AS seized
WITH seizure, vehicle, seized, toString(date(seized) + duration({days: $days})) AS until
MATCH (vehicle)<-[v:BY_MEANS_OF|IN_CONTAINER]-(event:Declaration|Movement)
WHERE v.marking IN $marks AND left(v.at, 10) > seized AND left(v.at, 10) <= until
RETURN vehicle.id AS vehicle_id, seizure.id AS seizure_id, seized, count(DISTINCT event) AS events, min(left(v.at, 10)) AS again
ORDER BY events DESC, seized DESC, vehicle_id, seizure_id
LIMIT $limit
