"""Reads: each takes a profile and filters by it in the pattern; they return subgraphs, hits, records or columns."""
