"""The side index: which mentions may be the same thing as this one, found without reading the graph."""

from graphintel.resolve.candidates.entry import COMPARED, Entry, entry, key_version
from graphintel.resolve.candidates.index import Candidate, Index

__all__ = ["COMPARED", "Candidate", "Entry", "Index", "entry", "key_version"]
