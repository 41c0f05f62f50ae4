"""Ingest: reads the shelf of sources; file -> rows -> records with mentions and links, every column accounted for."""

from graphintel.ingest.accounting import Account, Accounting
from graphintel.ingest.again import Found, again
from graphintel.ingest.catalogue import catalogue, safe, shelf, shipped
from graphintel.ingest.delivery import files, legible, refused
from graphintel.ingest.evidence import keep, place_of, state, taken
from graphintel.ingest.limits import Limits
from graphintel.ingest.mapping.trace import Cell
from graphintel.ingest.opening import sha256_of
from graphintel.ingest.reader import Reader
from graphintel.ingest.reading import read
from graphintel.ingest.source import Source

__all__ = [
    "Account",
    "Accounting",
    "Cell",
    "Found",
    "Limits",
    "Reader",
    "Source",
    "again",
    "catalogue",
    "files",
    "keep",
    "legible",
    "place_of",
    "read",
    "refused",
    "safe",
    "sha256_of",
    "shelf",
    "shipped",
    "state",
    "taken",
]
