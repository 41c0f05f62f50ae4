"""F09: days that are none, that are long past and that lie ahead: each row is loaded or set aside, and what lies ahead is told."""

from __future__ import annotations

from pathlib import Path

from graphintel.acts import quality
from graphintel.acts.bench.figures import Figure, Figures
from graphintel.acts.bench.ingest import SOURCE
from graphintel.acts.load import load
from graphintel.acts.session import Session
from graphintel.desk import quarantine
from graphintel.store.write.made import empty

# As often as each other, and fewer bad ones than stop a load.
GOOD = ("2024-02-29", "2000-02-29", "1899-12-31", "1850-01-01", "2020-01-01")
AHEAD = ("2149-12-31", "2100-01-01")
NONE = ("2023-02-29", "1900-02-29", "00/00/0000", "9999-12-31", "10000-01-01")
_DAYS_FILE = "days.csv"
_DAYS = (*GOOD, *AHEAD, *NONE)
_ROWS = 20 * len(_DAYS)


def strange_days(session: Session, path: Path) -> Figures:
    """Load rows of such days; what became of each."""
    empty(session.store)
    report = load(session, SOURCE, [_strange(path)])
    batch = report.batch or 0
    each = _ROWS // len(_DAYS)
    bad, ahead = each * len(NONE), each * len(AHEAD)
    # A store that was emptied for another fault counts its loads anew: the file tells them apart.
    rows = [
        row
        for row in quarantine.listed(session.desk, batch=batch, limit=_ROWS * 10)
        if _DAYS_FILE in row["file"]
    ]
    held, reasons = len(rows), {row["reason"] for row in rows}
    fields = quality.report(session, batch)["future"]["fields"]
    told = sum(row["count"] for row in fields if (row["kind"], row["property"]) == ("Declaration", "date"))
    new = report.counts.records_new
    aside = held == bad and reasons == {"bad_date"}
    return {
        "f09_loaded": Figure(new, "rows", f"== {_ROWS - bad}", new == _ROWS - bad),
        "f09_set_aside": Figure(held, "rows", f"== {bad}", aside),
        "f09_ahead_told": Figure(told, "rows", f"== {ahead}", told == ahead),
    }


def _strange(path: Path) -> Path:
    header, *lines = path.read_text("utf-8").splitlines()
    place = header.split(",").index("Date")
    made = path.with_name(_DAYS_FILE)
    rows = []
    for number in range(_ROWS):
        cells = lines[number % len(lines)].split(",")
        cells[0], cells[place] = f"S{number}", _DAYS[number % len(_DAYS)]
        rows.append(",".join(cells))
    made.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return made
