"""F01: the process that reads a file is killed in the middle of it; the same load again completes it."""

from __future__ import annotations

from pathlib import Path

import psutil

from graphintel.acts.bench.figures import Figure, Figures
from graphintel.acts.bench.ingest import SOURCE
from graphintel.acts.bench.trial import Trial
from graphintel.acts.load import load
from graphintel.acts.session import Session
from graphintel.model.records import Record
from graphintel.store.write.made import empty

# More than the pipe holds that the reader writes into: it is still reading when it is killed.
_ROWS, _BYTES = 120, 24_000


def reader_killed(session: Session, path: Path) -> Figures:
    """Kill the reader at a tenth of a file of long rows: the rows before it are loaded and the file is told."""
    trial = Trial(session, [_long(path)])
    empty(session.store)
    left = _ROWS // 10

    def strike(record: Record) -> Record:
        nonlocal left
        left -= 1
        if left == 0:
            for child in psutil.Process().children():
                if "graphintel.ingest.child" in child.cmdline():
                    child.kill()
        return record

    cut = load(session, SOURCE, trial.parts, regrade=strike)
    told = cut.exit_code == 3 and [row["code"] for row in cut.files_refused] == ["reader_died"]
    part = 0 < cut.counts.records_new < _ROWS
    again = load(session, SOURCE, trial.parts)
    whole = again.exit_code == 0 and again.counts.records_new + cut.counts.records_new == _ROWS
    return {
        "f01_reader_rows": Figure(cut.counts.records_new, "rows", f"> 0, < {_ROWS}", part),
        "f01_reader_told": Figure(float(told), "told", "== 1", told),
        "f01_reader_again": Figure(again.counts.records_new, "rows", "the others", whole),
        **trial.same("f01_reader_killed"),
    }


def _long(path: Path) -> Path:
    """The first rows of a file with a column more that nobody reads."""
    header, *lines = path.read_text("utf-8").splitlines()
    rows = [lines[number % len(lines)].partition(",")[2] for number in range(_ROWS)]
    made = path.with_name("long.csv")
    text = "x" * _BYTES
    made.write_text(
        "\n".join([f"{header},Remarks", *(f"L{number},{row},{text}" for number, row in enumerate(rows))])
        + "\n",
        "utf-8",
    )
    return made
