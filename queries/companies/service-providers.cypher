// id: service-providers
// title: Declarants and carriers with most clients
// title_tr: En çok müşterisi olan beyan sahipleri ve taşıyıcılar
// question: Which declarants and carriers serve the most firms, so that a link through them says little?
// question_tr: Hangi beyan sahipleri ve taşıyıcılar en çok firmaya hizmet ediyor, yani onlar üzerinden bağ az şey söylüyor?
// param least: integer = 5 -- clients at least | en az müşteri
// columns: provider, provider_id, service, clients, declarations
// subgraph: provider_id
MATCH (provider:Entity)<-[s:DECLARANT|CARRIER]-(event:Declaration)-[c:CONSIGNEE|CONSIGNOR]->(client:Entity)
WHERE s.marking IN $marks AND c.marking IN $marks AND provider <> client
WITH provider, type(s) AS service, count(DISTINCT client) AS clients, count(DISTINCT event) AS declarations
WHERE clients >= $least
RETURN provider.id AS provider_id, service, clients, declarations
ORDER BY clients DESC, declarations DESC, provider_id, service
LIMIT $limit
