"""Reading rows again: the kept file, at the places where records stood, with every cell as it is written there."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from graphintel.errors import RowRefused
from graphintel.ingest.formats.access import Scope
from graphintel.ingest.formats.xml import Node
from graphintel.ingest.limits import DEFAULT, Limits
from graphintel.ingest.mapping.plan import Plan
from graphintel.ingest.mapping.trace import Cell, Trace, trace
from graphintel.ingest.reading import Rows, read
from graphintel.ingest.source import Source
from graphintel.model.ids import record_id
from graphintel.model.records import Quarantined


class Found(NamedTuple):
    """A row found again: its cells as written, the id that its record would have, and the trace of its mapping.

    `record` is empty and `trace` None where the mapping refuses the row.
    """

    cells: list[Cell]
    record: str
    trace: Trace | None


def again(
    source: Source,
    path: Path,
    places: set[str],
    *,
    label: str = "",
    sha256: str = "",
    limits: Limits = DEFAULT,
) -> dict[str, Found]:
    """The rows of a file at some places, read with a source's mapping; places that are not there are left out.

    Raises FileRefused where the file cannot be read as one of the source.
    """
    found: dict[str, Found] = {}

    def make(source: Source, file: str, sha256: str, prefix: str) -> Rows:
        return _Again(source, file, sha256, prefix, places, found)

    for _ in read(source, path, label=label, sha256=sha256, limits=limits, make=make):
        if len(found) == len(places):
            break
    return found


class _Again(Rows):
    """Traces the rows at the places that are asked for and passes over all others."""

    def __init__(
        self, source: Source, file: str, sha256: str, prefix: str, places: set[str], found: dict[str, Found]
    ) -> None:
        super().__init__(source, file, sha256, prefix)
        self._places, self._found = places, found
        self._written: dict[str, str] = {}

    def flat(self, cells: list[str], content: dict[str, str], text: str, place: str) -> Quarantined:
        """A flat row: its cells are noted before numbers and dates are normalised."""
        if place in self._places:
            self._written = dict(content)
            super().flat(cells, content, text, place)
        return self._passed(place)

    def record(
        self, scope: Any, content: dict[str, str], text: str, place: str, raw: bytes | None
    ) -> Quarantined:
        """The row at one of the places, traced."""
        if place in self._places:
            cells = _cells(scope, self._written or content)
            self._written = {}
            self._found[place] = _traced(self.source, scope, content, cells)
        return self._passed(place)

    def _passed(self, place: str) -> Quarantined:
        return Quarantined(self.source.name, self.at(place), "passed", "", b"")


def _cells(scope: Scope, written: dict[str, str]) -> list[Cell]:
    if isinstance(scope, Node):
        return [Cell(*cell) for cell in scope.cells("", "")]
    return [Cell(name, name, text) for name, text in written.items()]


def _traced(source: Source, scope: Scope, content: dict[str, str], cells: list[Cell]) -> Found:
    plan = source.plan
    try:
        identity = record_id(source.name, plan.key(scope) if plan.key else "", content)
        return Found(cells, identity, trace(plan, scope, identity) if isinstance(plan, Plan) else None)
    except RowRefused:
        return Found(cells, "", None)
