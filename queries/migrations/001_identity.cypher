// Uniqueness: what there is once. Applied before the first load; ids are hashes of content.
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT mention_id IF NOT EXISTS FOR (n:Mention) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT record_id IF NOT EXISTS FOR (n:Record) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT key_id IF NOT EXISTS FOR (n:Key) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT batch_number IF NOT EXISTS FOR (n:Batch) REQUIRE n.number IS UNIQUE;
CREATE CONSTRAINT chunk_number IF NOT EXISTS FOR (n:Chunk) REQUIRE (n.batch, n.number) IS UNIQUE;
CREATE CONSTRAINT marking_number IF NOT EXISTS FOR (n:Marking) REQUIRE n.number IS UNIQUE;
CREATE CONSTRAINT marking_text IF NOT EXISTS FOR (n:Marking) REQUIRE n.text IS UNIQUE;
CREATE CONSTRAINT counter_name IF NOT EXISTS FOR (n:Counter) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT lease_name IF NOT EXISTS FOR (n:Lease) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT migration_name IF NOT EXISTS FOR (n:Migration) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT judgement_id IF NOT EXISTS FOR (n:Judgement) REQUIRE n.id IS UNIQUE;
CREATE INDEX record_natural IF NOT EXISTS FOR (n:Record) ON (n.natural);
CREATE INDEX key_entity IF NOT EXISTS FOR (n:Key) ON (n.entity);
