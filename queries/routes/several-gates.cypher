// id: several-gates
// title: Vehicles seen at several gates
// title_tr: Birden çok kapıda görülen araçlar
// question: Which vehicles were seen at more than so many gates, ports or reading points?
// question_tr: Hangi araçlar birden çok kapıda, limanda veya okuma noktasında görüldü?
// param least: integer = 3 -- places at least | en az yer
// param since: date = 1900-01-01 -- from the day | bu günden
// param until: date = 2149-12-31 -- to the day | bu güne
// columns: vehicle, vehicle_id, places, places_id, sightings, first, last
// subgraph: vehicle_id, places_id
MATCH (vehicle:Entity)<-[v:BY_MEANS_OF]-(event:Movement)-[p:SEEN_AT|CLEARED_AT]->(place:Place)
WHERE v.marking IN $marks AND p.marking IN $marks AND left(p.at, 10) >= $since AND left(p.at, 10) <= $until
WITH vehicle, event, place, left(p.at, 10) AS day
ORDER BY day, place.id
WITH vehicle, collect(DISTINCT place.id) AS places, count(DISTINCT event) AS sightings, min(day) AS first, max(day) AS last
WHERE size(places) >= $least
RETURN vehicle.id AS vehicle_id, places AS places_id, sightings, first, last
ORDER BY size(places) DESC, sightings DESC, vehicle_id
LIMIT $limit
