// id: front-companies
// title: Possible front companies
// title_tr: Olası paravan şirketler
// question: Which consignees without a seizure of their own share a phone or address with a party of a seizure?
// question_tr: Kendi yakalaması olmayan hangi alıcılar bir yakalamanın tarafıyla telefon veya adres paylaşıyor?
// param least: integer = 1 -- declarations at least | en az beyanname
// param most: integer = 20 -- leave out contacts of more parties than | şundan çok tarafın kullandıklarını dışla
// columns: company, company_id, contact, contact_id, party, party_id, seizures, seizures_id, declarations, first, last
// subgraph: company_id, contact_id, party_id, seizures_id
// A party of a seizure: seized from it, or consignee or consignor of the declaration that the seizure concerns.
OPTIONAL MATCH (seizure:Seizure)-[f:SEIZED_FROM]->(party:Entity)
WHERE f.marking IN $marks
WITH collect({seizure: seizure.id, party: party}) AS direct
OPTIONAL MATCH (seizure:Seizure)-[a:CONCERNS]->(event:Declaration)-[b:CONSIGNEE|CONSIGNOR]->(party:Entity)
WHERE a.marking IN $marks AND b.marking IN $marks
WITH direct, collect({seizure: seizure.id, party: party}) AS through
UNWIND direct + through AS one
WITH one.party AS party, one.seizure AS seizure
WHERE party IS NOT NULL
WITH party, collect(DISTINCT seizure) AS seizures
WITH collect({party: party, seizures: seizures}) AS held, collect(party) AS parties
UNWIND held AS one
WITH one.party AS party, one.seizures AS seizures, parties
MATCH (party)-[u:USES|LOCATED_AT]->(contact:Phone|Account|Address)<-[w:USES|LOCATED_AT]-(company:Company)
WHERE u.marking IN $marks AND w.marking IN $marks AND NOT company IN parties
  AND COUNT { MATCH (contact)<-[x:USES|LOCATED_AT]-(other:Entity) WHERE x.marking IN $marks RETURN DISTINCT other } <= $most
MATCH (company)<-[c:CONSIGNEE]-(trip:Declaration)
WHERE c.marking IN $marks
WITH company, contact, party, seizures, count(DISTINCT trip) AS declarations, min(left(c.at, 10)) AS first, max(left(c.at, 10)) AS last
WHERE declarations >= $least
RETURN company.id AS company_id, contact.id AS contact_id, party.id AS party_id, size(seizures) AS seizures,
       seizures AS seizures_id, declarations, first, last
ORDER BY seizures DESC, declarations DESC, company_id, contact_id, party_id
LIMIT $limit
