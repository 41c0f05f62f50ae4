"""A first load through `neo4j-admin import`: planned on disk, imported beside the store, put in its place at once."""
