"""A draft of a source's description: what a file looks like, what its columns hold, and what a person must decide."""

from graphintel.ingest.sketch.draft import Draft, drafted

__all__ = ["Draft", "drafted"]
