"""Notices: received into the inbox, accepted by a named person with a grade, and only then loaded."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from graphintel import ingest
from graphintel.acts import load
from graphintel.acts.load import Progress, Report
from graphintel.acts.session import Session
from graphintel.acts.taking import taken
from graphintel.desk import log
from graphintel.desk import notices as inbox
from graphintel.errors import FileRefused, InputError
from graphintel.ingest import Accounting
from graphintel.log import now
from graphintel.model.grading import parse_grade, regraded
from graphintel.model.marking import parse_marking, strictest
from graphintel.model.records import Quarantined, Record
from graphintel.store.write.batch import intern_markings

SOURCE = "partner-notice"
Row = dict[str, Any]
Change = Callable[[Record], Record]


def notices(
    session: Session, paths: list[Path], *, accepted: bool, grade: str = "", handling: str = "",
    progress: Progress | None = None, training: bool = False,
) -> Report:  # fmt: skip
    """Fill the inbox; with `accepted`, write who accepted, when and with what grade, and load.

    Those that were returned or rejected stay so, and the report names them; Conflict if no other is left.
    """
    if grade:
        grade = parse_grade(grade).text
    if not accepted:
        return receive(session, paths, training=training)
    names = list(
        dict.fromkeys(record.id for record in _received(session, paths, Report(None, SOURCE), training))
    )
    seen: list[Record] = []
    decided = _decided(session, names)
    names = [name for name in names if name not in decided] or names
    with taken(session, names, again=True):
        change = _as_it_stands(session, names, regrading(grade, handling, seen))
        report = load.load(
            session, SOURCE, paths, progress=progress, regrade=change,
            choose=_but(decided) if decided else None,
            properties=acceptance(session, grade, handling, training=training),
        )  # fmt: skip
        if report.batch is not None:
            inbox.accepted(session.desk, seen, session.actor, report.batch)
    report.left_out = len(decided)
    report.warnings += decided.values()
    return report


def _but(decided: Container[str]) -> load.Choose:
    return lambda item: None if isinstance(item, Record) and item.id in decided else item


def _decided(session: Session, names: Sequence[str]) -> dict[str, str]:
    """Of some notices those that were returned or rejected, each with a sentence that says so."""
    stands = inbox.standing(session.desk, names)
    rows = {name: row for name, row in stands.items() if row["state"] in (inbox.RETURNED, inbox.REJECTED)}
    return {
        name: f"notice {name} was {row['state']} and was not loaded; `graphintel notice reopen {name}` takes it up again"
        for name, row in rows.items()
    }


def acceptance(
    session: Session, grade: str = "", handling: str = "", *, training: bool = False
) -> dict[str, Any]:
    """What is noted on the load of an acceptance: who, when, and on what terms."""
    return {
        "accepted_by": session.actor, "accepted_at": now(), "accepted_grade": grade, "accepted_handling": handling,
        **({"training": True} if training else {}),
    }  # fmt: skip


def regrading(grade: str, handling: str, seen: list[Record]) -> Change:
    """The change that an acceptance makes to each record: its grade, a handling code no freer than its own."""

    def change(record: Record) -> Record:
        marking = record.marking
        if handling:
            marking = strictest([marking, marking._replace(handling=handling)])
        changed = replace(record, grade=regraded(record.grade, grade), marking=marking)
        seen.append(changed)
        return changed

    return change


def _as_it_stands(session: Session, names: Sequence[str], change: Change) -> Change:
    """The same change, made to the grade and the marking that a person gave the notice in the inbox."""
    stands = inbox.standing(session.desk, names)

    def changed(record: Record) -> Record:
        row = stands.get(record.id)
        if row is None:
            return change(record)
        marking = parse_marking(row["marking"]) if row["marking"] else record.marking
        return change(replace(record, grade=row["grade"] or record.grade, marking=marking))

    return changed


def take_in(
    session: Session, rows: Sequence[Row], *, grade: str = "", handling: str = "", reason: str = "",
    deadline: str = "", seen: int | None = None, progress: Progress | None = None,
) -> Report:  # fmt: skip
    """Accept notices of the inbox: read again from their kept files, and loaded as one batch.

    Raises InputError for one without a grade or without its file, Conflict for one that is not open.
    """
    ungraded = [row["id"] for row in rows if not (grade or row["grade"])]
    if ungraded:
        raise InputError(
            f"Notice {ungraded[0]} has no grade; give one with --grade: nothing enters the graph ungraded."
        )
    grade = parse_grade(grade).text if grade else ""
    source = rows[0]["source"]
    files = {row["id"]: _kept(session, row) for row in rows if row["source"] == source}
    if len(files) < len(rows):
        raise InputError("Notices of one source can be accepted together; accept the others apart.")
    done: list[Record] = []
    with taken(session, list(files), reason=reason, seen=seen):
        change = _as_it_stands(session, list(files), regrading(grade, handling, done))
        report = load.load(
            session, source, list(dict.fromkeys(path for path, _ in files.values())), progress=progress, regrade=change,
            choose=_choice(files),
            properties={
                **acceptance(session, grade, handling, training=any(row["training"] for row in rows)),
                "files": sorted({name for _, name in files.values()})[:100], "reason": reason,
            },
        )  # fmt: skip
        if report.batch is None:
            raise InputError(
                "The rows are not where they were read, as the description reads the file now; receive the files again."
            )
        inbox.accepted(session.desk, done, session.actor, report.batch, reason=reason, deadline=deadline)
    lost = files.keys() - {record.id for record in done}
    report.warnings += [
        f"notice {name} is not where it was read; receive its file again" for name in sorted(lost)
    ]
    return report


def _kept(session: Session, row: Row) -> tuple[Path, str]:
    """A kept file that holds a notice, and what it was called."""
    for came in row["deliveries"]:
        path = ingest.place_of(session.settings.evidence, came["sha256"])
        if ingest.state(path, came["sha256"]) == "unchanged":
            return path, came["file"]
    raise InputError(
        f"The kept file of notice {row['id']} is missing or was changed; receive its delivery again."
    )


def _choice(files: dict[str, tuple[Path, str]]) -> load.Choose:
    """Takes the notices that are accepted out of their files, each once and under the name of its own file."""
    waiting = dict(files)

    def take(item: Record | Quarantined) -> Record | None:
        if isinstance(item, Quarantined) or item.id not in waiting:
            return None
        _, name = waiting.pop(item.id)
        return replace(item, position=item.position._replace(file=name))

    return take


def receive(session: Session, paths: list[Path], *, training: bool = False) -> Report:
    """Read notices into the inbox; nothing enters the graph."""
    report = Report(None, SOURCE)
    _received(session, paths, report, training)
    report.warnings.append("Received into the inbox; nothing is in the graph until `--accept`.")
    log.write(session.desk, session.actor, "receive", **report.as_json())
    return report


def _received(session: Session, paths: list[Path], report: Report, training: bool) -> list[Record]:
    source = ingest.shelf(session.settings.shelf).named(SOURCE)
    files = ingest.files(source, paths)
    report.files = len(files)
    accounting = Accounting()
    records: list[Record] = []
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
            records += _put(session, report, items, training)
    report.unread_columns = accounting.unread_columns
    return records


def _put(session: Session, report: Report, items: list[Record | Quarantined], training: bool) -> list[Record]:
    """Put the notices of a file into the inbox, and say what became of its rows."""
    refused = [item for item in items if isinstance(item, Quarantined)]
    records = [item for item in items if isinstance(item, Record)]
    # Who may see a notice is asked of its marking's number, before anything of it is in the graph.
    intern_markings(session.store, {record.marking for record in records})
    new, known = inbox.receive(session.desk, records, session.actor, training=training)
    report.rows_read += len(items)
    report.rows_quarantined += len(refused)
    report.counts.records_new += new
    report.counts.records_unchanged += known
    report.warnings.extend(
        f"{item.position.file}:{item.position.place}: {item.message}" for item in refused[:20]
    )
    return records
