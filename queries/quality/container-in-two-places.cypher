// id: container-in-two-places
// title: One container in two places on one day
// title_tr: Aynı gün iki yerde olan konteyner
// question: Which containers were seen in places far apart on the same day?
// question_tr: Hangi konteynerler aynı gün birbirinden uzak yerlerde görüldü?
// param km: number = 300 -- kilometres apart at least | en az kilometre uzaklık
// columns: container, container_id, day, first, first_id, second, second_id, km
// subgraph: container_id, first_id, second_id
// Gates that face each other across a border are one crossing, so distance counts, not the name.
MATCH (container:Container)<-[c:IN_CONTAINER]-(event:Entity)-[p:SEEN_AT|SEIZED_AT|CLEARED_AT]->(place:Place)
WHERE c.marking IN $marks AND p.marking IN $marks AND left(p.at, 10) =~ '\\d{4}-\\d{2}-\\d{2}'
MATCH (m:Mention {id: p.to_mention})
WHERE m.latitude IS NOT NULL AND m.longitude IS NOT NULL
WITH container, left(p.at, 10) AS day, place.id AS place, min(m.latitude) AS latitude, min(m.longitude) AS longitude
WITH container, day, collect({id: place, spot: point({latitude: latitude, longitude: longitude})}) AS places
UNWIND places AS one
UNWIND places AS other
WITH container, day, one, other, point.distance(one.spot, other.spot) / 1000 AS far
WHERE one.id < other.id AND far >= $km
RETURN container.id AS container_id, day, one.id AS first_id, other.id AS second_id, round(far, 0) AS km
ORDER BY km DESC, day, container_id, first_id, second_id
LIMIT $limit
