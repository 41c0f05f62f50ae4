"""The source row behind a link as a case file cites it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source row: where it stands, by which hash it is found again, how it is graded and handled.

    `position` is the line, sheet or element inside `file`; `sha256` that of the file; `cells` the row's own cells.
    """

    id: str
    source: str
    file: str
    sha256: str
    position: str
    key: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    grade: str = ""
    banner: str = ""
