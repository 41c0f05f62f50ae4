"""What ingest hands to the store: one record per source row with the mentions and links that it states."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from graphintel.model.marking import Marking
from graphintel.model.values.value import Value

Stated = tuple[tuple[str, Value], ...]
Scalar = str | int | float


@dataclass(slots=True)
class Mention:
    """One statement of a thing by a source: kind and values, each raw, normalised and judged."""

    id: str
    source: str
    kind: str
    values: Stated


@dataclass(slots=True)
class Link:
    """One assertion between two mentions: who says so, when, on what basis, with its own properties."""

    id: str
    type: str
    source: str
    target: str
    basis: str
    at: str = ""
    valid_from: str = ""
    valid_to: str = ""
    precision: str = ""
    properties: dict[str, Scalar] = field(default_factory=dict)


class Position(NamedTuple):
    """Where a row stands: file name, SHA-256 of the file, and line, sheet or element inside it."""

    file: str
    sha256: str
    place: str


@dataclass(slots=True)
class Record:
    """One source row as read, graded and marked, with everything it states."""

    id: str
    source: str
    key: str
    content: dict[str, str]
    position: Position
    mapping_version: str
    grade: str
    marking: Marking
    mentions: list[Mention]
    links: list[Link]
    subjects: tuple[str, ...] = ()
    raw: str = ""

    @property
    def used(self) -> set[str]:
        """The mentions that this record states or links: while it stands they are awake."""
        return {*self.subjects, *(end for link in self.links for end in (link.source, link.target))}


class Quarantined(NamedTuple):
    """One row that did not load: where it stands, why, and its bytes."""

    source: str
    position: Position
    reason: str
    message: str
    raw: bytes
