// id: shared-vehicle
// title: Who shares a vehicle with whom
// title_tr: Kim kiminle araç paylaşıyor
// question: Which parties of declarations used the same vehicle, and how often each?
// question_tr: Hangi beyan tarafları aynı aracı kullandı ve her biri kaç kez?
// param from: date = 1900-01-01 -- from the day | bu günden
// param to: date = 2149-12-31 -- to the day | bu güne
// param most: integer = 8 -- leave out vehicles that serve more parties than | şundan çok tarafa hizmet eden araçları dışla
// columns: first, first_id, second, second_id, vehicle, vehicle_id, first_trips, second_trips, last_trip
// subgraph: first_id, second_id, vehicle_id
// A vehicle of a public haulier carries for dozens: it says nothing about two of them.
MATCH (party:Entity)<-[c:CONSIGNEE|CONSIGNOR|BUYER|SELLER]-(event:Declaration)-[v:BY_MEANS_OF]->(vehicle:Entity)
WHERE c.marking IN $marks AND v.marking IN $marks AND left(v.at, 10) >= $from AND left(v.at, 10) <= $to
WITH vehicle, party, count(DISTINCT event) AS trips, max(v.at) AS last
ORDER BY party.id
WITH vehicle, collect({id: party.id, trips: trips, last: last}) AS parties
WHERE size(parties) >= 2 AND size(parties) <= $most
UNWIND parties AS one
UNWIND parties AS other
WITH vehicle, one, other
WHERE one.id < other.id
RETURN one.id AS first_id, other.id AS second_id, vehicle.id AS vehicle_id, one.trips AS first_trips,
       other.trips AS second_trips, CASE WHEN one.last > other.last THEN one.last ELSE other.last END AS last_trip
ORDER BY first_trips + second_trips DESC, first_id, second_id, vehicle_id
LIMIT $limit
