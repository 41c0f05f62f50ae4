"""Writes: generated from the model, one transaction a chunk, each with its ledger node."""
