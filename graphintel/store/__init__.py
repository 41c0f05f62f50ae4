"""The only code that knows Neo4j: the managed server, the driver, the schema, writes and reads."""
