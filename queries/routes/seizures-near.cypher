// id: seizures-near
// title: Seizures near a declaration
// title_tr: Bir beyannameye yakın yakalamalar
// question: Which seizures lie near the places of a declaration, in the days around it?
// question_tr: Hangi yakalamalar bir beyannamenin geçtiği yerlere ve günlere yakın?
// param declaration: entity -- the declaration | beyanname
// param days: days = 14 -- days before and after | önceki ve sonraki gün sayısı
// param km: number = 50 -- kilometres around | çevre kilometre
// columns: seizure, seizure_id, seized, place, place_id, near, near_id, km
// subgraph: seizure_id, place_id, near_id
MATCH (event:Declaration {id: $declaration})-[r:DEPARTED_FROM|VIA|CLEARED_AT|SEEN_AT|BOUND_FOR]->(near:Place)
WHERE r.marking IN $marks AND left(r.at, 10) =~ '\\d{4}-\\d{2}-\\d{2}'
MATCH (here:Mention {id: r.to_mention})
WHERE here.latitude IS NOT NULL AND here.longitude IS NOT NULL
WITH DISTINCT near, date(left(r.at, 10)) AS day, point({latitude: here.latitude, longitude: here.longitude}) AS spot
MATCH (seizure:Seizure)-[s:SEIZED_AT]->(place:Place)
WHERE s.marking IN $marks AND left(s.at, 10) >= toString(day - duration({days: $days}))
  AND left(s.at, 10) <= toString(day + duration({days: $days}))
MATCH (there:Mention {id: s.to_mention})
WHERE there.latitude IS NOT NULL AND there.longitude IS NOT NULL
WITH seizure, s, place, near,
     point.distance(spot, point({latitude: there.latitude, longitude: there.longitude})) / 1000 AS far
WHERE far <= $km
RETURN seizure.id AS seizure_id, min(left(s.at, 10)) AS seized, place.id AS place_id, near.id AS near_id,
       round(min(far), 1) AS km
ORDER BY km, seized, seizure_id, near_id
LIMIT $limit
