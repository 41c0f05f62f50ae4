"""Tables for those who deliver: the rows of a load that were refused, and what is odd about it, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from graphintel.acts import quality
from graphintel.acts.session import Session
from graphintel.desk import log, quarantine
from graphintel.viz.csv import neutral

Row = dict[str, Any]
REFUSED = (
    "id", "batch", "source", "file", "sha256", "position", "reason", "message", "at", "raw", "raw_hex",
)  # fmt: skip
FINDING = ("part", "name", "finding", "count", "share", "before", "raw", "file", "position")


def table(columns: tuple[str, ...], rows: Iterable[Row]) -> bytes:
    """Rows as UTF-8 with byte order mark; cells that a spreadsheet would run as formulas are neutralised."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([neutral(row.get(name, "")) for name in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def refused(session: Session, number: int) -> bytes:
    """The waiting rows of a load with their bytes; handing them out is logged."""
    rows = list(quarantine.whole(session.desk, batch=number))
    log.write(session.desk, session.actor, "quarantine export", rows=len(rows), batch=number)
    return table(REFUSED, rows)


def odd(session: Session, number: int) -> bytes:
    """What the quality report of a load finds, one finding or example a row; raises NotFound."""
    rows = list(findings(quality.report(session, number)))
    log.write(session.desk, session.actor, "quality export", rows=len(rows), batch=number)
    return table(FINDING, rows)


def findings(report: Row) -> Iterator[Row]:
    """The findings of a report in the order of its page; what is as it should be is left out."""
    drift = report["drift"]
    for kind in ("new", "missing"):
        yield from ({"part": "drift", "name": name, "finding": kind} for name in drift[kind])
    for row in drift["renamed"]:
        yield {
            "part": "drift",
            "name": row["from"],
            "finding": f"renamed to {row['to']}",
            "share": row["likeness"],
        }
    yield from _values(report)
    for words in report["vocabularies"]:
        for new in words["new"]:
            yield {"part": "vocabularies", "name": words["column"], "finding": "new word", "count": new["count"],
                   "raw": new["word"]}  # fmt: skip
    for row in report["distributions"]:
        if row["moved"]:
            yield {"part": "distributions", "name": row["column"], "finding": f"moved, index {row['psi']}"}
    for row in report["columns"]:
        if row["moved"]:
            yield {"part": "columns", "name": row["name"], "finding": "moved", "share": row["rate"],
                   "before": row["rate_before"]}  # fmt: skip
    for name in report["unread"]["columns"]:
        yield {"part": "columns", "name": name, "finding": "not read"}
    for place in report["unplaced"]:
        yield {"part": "unplaced", "finding": "stayed text", "count": place["count"], "raw": place["text"]}
    for row in report["quarantine"]:
        yield {"part": "quarantine", "name": row["reason"], "finding": "refused", "count": row["count"]}
        for one in row["examples"]:
            yield {"part": "quarantine", "name": row["reason"], "finding": "example", "raw": one["message"],
                   "file": one["file"], "position": one["position"]}  # fmt: skip


def _values(report: Row) -> Iterator[Row]:
    for row in report["values"]:
        for verdict in ("invalid", "unknown"):
            if row[verdict]:
                yield {"part": "values", "name": row["type"], "finding": verdict, "count": row[verdict]}
        yield from (_example("values", row["type"], one) for one in row["examples"])
    for row in report["future"]["fields"]:
        name = f"{row['kind']} {row['property']}"
        yield {"part": "future", "name": name, "finding": "after the day of the load", "count": row["count"]}
        yield from (_example("future", name, one) for one in row["examples"])


def _example(part: str, name: str, one: Row) -> Row:
    return {"part": part, "name": name, "finding": "example", "raw": one["raw"], "file": one["file"],
            "position": one["position"]}  # fmt: skip
