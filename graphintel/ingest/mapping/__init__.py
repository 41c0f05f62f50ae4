"""The mapping language: a source's description compiled once into functions from row to record, mentions and links."""
