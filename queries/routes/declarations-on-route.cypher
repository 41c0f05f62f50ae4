// id: declarations-on-route
// title: Declarations on a route
// title_tr: Bir güzergâhtaki beyannameler
// question: Which declarations departed from one country, passed a place, and were bound for another country?
// question_tr: Hangi beyannameler bir ülkeden çıktı, bir yerden geçti ve başka bir ülkeye gidiyordu?
// param from: country = -- departed from (empty: any) | çıkış ülkesi (boş: herhangi)
// param via: words = -- passed or cleared at, name or code of a place (empty: any) | geçtiği veya işlem gördüğü yer, ad veya kod (boş: herhangi)
// param to: country = -- bound for (empty: any) | varış ülkesi (boş: herhangi)
// param since: date = 1900-01-01 -- from the day | bu günden
// param until: date = 2149-12-31 -- to the day | bu güne
// columns: declaration, declaration_id, day, start, start_id, goal, goal_id, passed, passed_id
// subgraph: declaration_id, start_id, goal_id, passed_id
// What a place is called is read from the statement behind the link, not from what other sources add to it.
MATCH (event:Declaration)-[a:DEPARTED_FROM]->(start:Place)
WHERE a.marking IN $marks AND left(a.at, 10) >= $since AND left(a.at, 10) <= $until
MATCH (stated:Mention {id: a.to_mention})
WHERE $from = '' OR stated.country = $from
MATCH (event)-[b:BOUND_FOR]->(goal:Place)
WHERE b.marking IN $marks
MATCH (aim:Mention {id: b.to_mention})
WHERE $to = '' OR aim.country = $to
WITH event, start, goal, min(left(a.at, 10)) AS day
OPTIONAL MATCH (event)-[v:VIA|CLEARED_AT|SEEN_AT]->(place:Place)
WHERE v.marking IN $marks
OPTIONAL MATCH (said:Mention {id: v.to_mention})
WITH event, start, goal, day, place, said, v.seq AS seq
ORDER BY seq, place.id
WITH event, start, goal, day, collect(DISTINCT place.id) AS passed,
     any(one IN collect(said.search) WHERE one CONTAINS $via) AS there
WHERE $via = '' OR there
RETURN event.id AS declaration_id, day, start.id AS start_id, goal.id AS goal_id, passed AS passed_id
ORDER BY day DESC, declaration_id, start_id, goal_id
LIMIT $limit
