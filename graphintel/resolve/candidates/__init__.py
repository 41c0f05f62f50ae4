"""The side index: which mentions may be the same thing as this one, found without reading the graph."""

from graphintel.resolve.candidates.entry import COMPARED, Entry, entry, key_version
from graphintel.resolve.candidates.index import Candidate, Index
from graphintel.resolve.candidates.namesakes import Called, Measured, Namesake

__all__ = [
    "COMPARED",
    "Called",
    "Candidate",
    "Entry",
    "Index",
    "Measured",
    "Namesake",
    "entry",
    "key_version",
]
