"""Notices: received into the inbox, accepted by a named person with a grade, and only then loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from graphintel import ingest
from graphintel.acts import load
from graphintel.acts.load import Progress, Report
from graphintel.acts.session import Session
from graphintel.desk import log
from graphintel.desk import notices as inbox
from graphintel.errors import FileRefused
from graphintel.ingest import Accounting
from graphintel.log import now
from graphintel.model.grading import parse_grade, regraded
from graphintel.model.marking import strictest
from graphintel.model.records import Quarantined, Record

SOURCE = "partner-notice"


def notices(
    session: Session, paths: list[Path], *, accepted: bool, grade: str = "", handling: str = "",
    progress: Progress | None = None, training: bool = False,
) -> Report:  # fmt: skip
    """Fill the inbox; with `accepted`, write who accepted, when and with what grade, and load."""
    if grade:
        grade = parse_grade(grade).text
    if not accepted:
        return receive(session, paths)
    seen: list[Record] = []
    properties: dict[str, Any] = {
        "accepted_by": session.actor, "accepted_at": now(), "accepted_grade": grade, "accepted_handling": handling,
        **({"training": True} if training else {}),
    }  # fmt: skip
    change = regrading(grade, handling, seen)
    report = load.load(session, SOURCE, paths, progress=progress, properties=properties, regrade=change)
    inbox.decide(session.desk, seen, "accepted", session.actor, grade, handling)
    return report


def regrading(grade: str, handling: str, seen: list[Record]) -> Callable[[Record], Record]:
    """The change that an acceptance makes to each record: its grade, a handling code no freer than its own."""

    def change(record: Record) -> Record:
        marking = record.marking
        if handling:
            marking = strictest([marking, marking._replace(handling=handling)])
        changed = replace(record, grade=regraded(record.grade, grade), marking=marking)
        seen.append(changed)
        return changed

    return change


def receive(session: Session, paths: list[Path]) -> Report:
    """Read notices into the inbox; nothing enters the graph."""
    source = ingest.shelf(session.settings.shelf).named(SOURCE)
    files = ingest.files(source, paths)
    accounting = Accounting()
    report = Report(None, SOURCE, len(files))
    with ingest.Reader(source, load.limits(session)) as reader:
        for path in files:
            try:
                with ingest.taken(path, session.settings.evidence) as copy:
                    items = list(
                        reader.read(copy.path, accounting=accounting, label=str(path), sha256=copy.sha256)
                    )
                    copy.keep()
            except FileRefused as error:
                report.files_refused.append(ingest.refused(path, error))
                continue
            _put(session, report, items)
    report.unread_columns = accounting.unread_columns
    report.warnings.append("Received into the inbox; nothing is in the graph until `--accept`.")
    log.write(session.desk, session.actor, "receive", **report.as_json())
    return report


def _put(session: Session, report: Report, items: list[Record | Quarantined]) -> None:
    """Put the notices of a file into the inbox, and say what became of its rows."""
    refused = [item for item in items if isinstance(item, Quarantined)]
    records = [item for item in items if isinstance(item, Record)]
    new, known = inbox.receive(session.desk, records)
    report.rows_read += len(items)
    report.rows_quarantined += len(refused)
    report.counts.records_new += new
    report.counts.records_unchanged += known
    report.warnings.extend(
        f"{item.position.file}:{item.position.place}: {item.message}" for item in refused[:20]
    )
