// id: shared-contact
// title: Firms and people behind one phone or address
// title_tr: Aynı telefon veya adresin arkasındaki firmalar ve kişiler
// question: Which firms and people share a phone, an account or an address?
// question_tr: Hangi firmalar ve kişiler bir telefonu, hesabı veya adresi paylaşıyor?
// param least: integer = 2 -- parties at least | en az taraf
// param most: integer = 20 -- leave out contacts of more parties than | şundan çok tarafın kullandıklarını dışla
// columns: contact, contact_id, kind, parties, parties_id, count
// subgraph: contact_id, parties_id
// An address of hundreds is a business centre, a phone of hundreds a declarant's.
MATCH (party:Entity)-[u:USES|LOCATED_AT]->(contact:Phone|Account|Address)
WHERE u.marking IN $marks
WITH contact, party ORDER BY party.id
WITH contact, collect(DISTINCT party.id) AS parties
WHERE size(parties) >= $least AND size(parties) <= $most
RETURN contact.id AS contact_id, contact.kind AS kind, parties AS parties_id, size(parties) AS count
ORDER BY count DESC, contact_id
LIMIT $limit
