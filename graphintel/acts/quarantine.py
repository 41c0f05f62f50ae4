"""Rows in quarantine: read again from the kept file with the mapping of today, loaded, or kept with the new reason."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from graphintel import ingest
from graphintel.acts import accept, handout, load
from graphintel.acts.load import Progress
from graphintel.acts.session import Session
from graphintel.desk import Desk, log, quarantine
from graphintel.desk.quarantine import LOADED, SUPERSEDED, WAITING, Try
from graphintel.errors import InputError, MappingError
from graphintel.model.records import Quarantined, Record
from graphintel.store.read import held
from graphintel.store.read.held import Held
from graphintel.store.write.rows import natural

Row = dict[str, Any]
Place = tuple[str, str]
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Retried:
    """What a retry did: rows read again, loaded, found superseded, left; the loads that it made; why rows are left."""

    rows: int = 0
    loaded: int = 0
    superseded: int = 0
    batches: list[int] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)

    def as_json(self) -> Row:
        """The report of `quarantine retry --json`."""
        return {
            "rows": self.rows, "loaded": self.loaded, "superseded": self.superseded, "left": self.reasons.total(),
            "batches": self.batches, "reasons": dict(self.reasons), "warnings": self.warnings,
        }  # fmt: skip

    @property
    def exit_code(self) -> int:
        """0 if no row is left, else 3."""
        return 3 if self.reasons else 0


def retry(
    session: Session, which: list[str], *, everything: bool = False, progress: Progress | None = None
) -> Retried:
    """Read rows again and load them: by id, by the number of their load, or all that wait.

    A row becomes the record that it would have been at first, in a load of its own with `retry_of`; it does not undo
    what a later delivery says under its key. Raises InputError and NotFound for what is not in quarantine.
    """
    rows = _asked(session, which, everything)
    done = Retried(len(rows))
    noted = held.batches(session.store, sorted({row["batch"] for row in rows}))
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        batch = noted.get(row["batch"], {})
        if batch.get("state") == "retracted":
            told = Try(row["id"], WAITING, None, row["reason"], row["message"])
            _leave(
                session,
                done,
                [told._replace(reason="retracted", message="the load it came with was taken back")],
            )
            continue
        groups[row["source"], batch.get("training", False), *_acceptance(batch)].append(row)
    for (source, training, *acceptance), members in groups.items():
        _group(session, source, members, _Terms(bool(training), *acceptance), done, progress)
    log.write(session.desk, session.actor, "retry", "in part" if done.reasons else "done", **done.as_json())
    return done


def job(session: Session, parameters: Row, tell: Callable[[float], None]) -> Row:
    """A retry as long work: `rows` and `batches`, or `all`; the report, with the exit code that the command would have."""
    which = [*parameters.get("rows", ()), *map(str, parameters.get("batches", ()))]

    def told(done: int, total: int, what: str) -> None:
        tell(min(done / max(waiting, 1), 0.99))

    waiting = len(_asked(session, which, bool(parameters.get("all"))))
    done = retry(session, which, everything=bool(parameters.get("all")), progress=told)
    return {**done.as_json(), "exit_code": done.exit_code}


def _asked(session: Session, which: list[str], everything: bool) -> list[Row]:
    if everything == bool(which):
        raise InputError("Say which rows: their ids, the number of their load, or --all for all that wait.")
    if everything:
        return quarantine.listed(session.desk, limit=-1)
    found: dict[str, Row] = {}
    for word in which:
        if word.isdecimal() and len(word) < 19:
            rows = quarantine.listed(session.desk, batch=int(word), limit=-1)
            if not rows:
                raise InputError(
                    f"No row of load {word} waits in quarantine; see `graphintel quarantine list`."
                )
        else:
            rows = [quarantine.one(session.desk, word)]
            if rows[0]["state"] != WAITING:
                raise InputError(
                    f"Row {word} does not wait: it is {rows[0]['state']} by load {rows[0]['loaded_by']}."
                )
        found.update((row["id"], row) for row in rows)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Terms:
    """How a load was said to be: invented, and who accepted it with which grade and handling code."""

    training: bool
    by: str
    at: str
    grade: str
    handling: str

    @property
    def properties(self) -> Row:
        """What of it is noted on the retry's own load."""
        told: Row = {"training": True} if self.training else {}
        if self.by:
            told |= {"accepted_by": self.by, "accepted_at": self.at, "accepted_grade": self.grade,
                     "accepted_handling": self.handling}  # fmt: skip
        return told


def _acceptance(batch: Row) -> tuple[str, ...]:
    return tuple(str(batch.get(f"accepted_{name}") or "") for name in ("by", "at", "grade", "handling"))


def _group(
    session: Session, name: str, rows: list[Row], terms: _Terms, done: Retried,
    progress: Progress | None,
) -> None:  # fmt: skip
    """Retry the rows of one source that came on the same terms, in one load."""
    try:
        source = ingest.shelf(session.settings.shelf).named(name)
    except (MappingError, InputError) as error:
        told = [Try(row["id"], WAITING, None, "no_mapping", error.message) for row in rows]
        _leave(session, done, told)
        return
    choice = _Choice(session, rows, held.last_full(session.store, source.name))
    paths = choice.kept(session, done)
    if not paths:
        return
    properties: Row = {
        "retry_of": sorted({row["batch"] for row in rows}), "files": sorted({row["file"] for row in rows})[:100],
        "file_count": len({row["file"] for row in rows}), **terms.properties,
    }  # fmt: skip
    regrade = accept.regrading(terms.grade, terms.handling, []) if terms.by else None
    report = load.load(
        session,
        source.name,
        paths,
        progress=progress,
        properties=properties,
        regrade=regrade,
        choose=choice.take,
        screen=choice.screen,
    )
    choice.settle(session, report, done)


class _Choice:
    """Takes the rows that are to be retried out of their files, and knows in the end what became of each."""

    def __init__(self, session: Session, rows: list[Row], full: int) -> None:
        self._session, self._full = session, full
        self._newest = held.newest(session.store)
        self._wanted: dict[Place, list[Row]] = defaultdict(list)
        for row in rows:
            self._wanted[row["sha256"], row["position"]].append(row)
        self._tries: dict[str, Try] = {}

    def kept(self, session: Session, done: Retried) -> list[Path]:
        """The kept files of the rows; the rows of a file that is missing or changed stay, and it is said why."""
        paths = []
        for sha256 in dict.fromkeys(sha256 for sha256, _ in self._wanted):
            path = ingest.place_of(session.settings.evidence, sha256)
            state = ingest.state(path, sha256)
            if state == "unchanged":
                paths.append(path)
                continue
            gone = [place for place in self._wanted if place[0] == sha256]
            rows = [row for place in gone for row in self._wanted.pop(place)]
            what = "is not there any more" if state == "missing" else "is not the file that was kept"
            message = f"the kept file {path} of {rows[0]['file']} {what}; load the delivery again"
            done.warnings.append(message)
            _leave(
                session, done, [Try(row["id"], WAITING, None, f"evidence_{state}", message) for row in rows]
            )
        return paths

    def take(self, item: Record | Quarantined) -> Record | Quarantined | None:
        """A record for a row that is to be retried, under the name of its own file; None for all other rows."""
        rows = self._wanted.get((item.position.sha256, item.position.place))
        if not rows:
            return None
        if isinstance(item, Quarantined):
            self._tries |= {
                row["id"]: Try(row["id"], WAITING, None, item.reason, item.message) for row in rows
            }
            return None
        return replace(item, position=item.position._replace(file=rows[-1]["file"]))

    def screen(self, records: list[Record]) -> list[Record]:
        """Those of a chunk over which no later delivery stands; the store is asked once for all of them."""
        wanted = sorted({key for record in records if (key := natural(record))})
        standing = held.standing(self._session.store, wanted) if wanted else {}
        return [record for record in records if self._stays(record, standing)]

    def _stays(self, record: Record, standing: dict[str, Held]) -> bool:
        rows = self._wanted[record.position.sha256, record.position.place]
        later = self._later(record, rows, standing)
        if later:
            what = f"load {later} says otherwise under the same key, or was the whole of its source"
            self._tries |= {row["id"]: Try(row["id"], SUPERSEDED, later, "superseded", what) for row in rows}
            return False
        self._tries |= {row["id"]: Try(row["id"], LOADED) for row in rows}
        return True

    def _later(self, record: Record, rows: list[Row], standing: dict[str, Held]) -> int:
        """The load whose delivery stands over these rows, or 0: a later one, or a later row of the same."""
        last = max(rows, key=lambda row: row["batch"])
        if self._full > last["batch"]:
            return self._full
        key = natural(record)
        stands = standing.get(key) if key else None
        # What this retry itself has loaded stands in the order of its file.
        if stands is None or stands.id == record.id or not last["batch"] <= stands.batch <= self._newest:
            return 0
        mine = _order(last["file"], last["position"])
        after = stands.batch > last["batch"] or _order(stands.file, stands.position) > mine
        return stands.batch if after else 0

    def settle(self, session: Session, report: load.Report, done: Retried) -> None:
        """Write down what became of every row."""
        refused = {entry["file"]: entry for entry in report.files_refused}
        for (sha256, _), rows in self._wanted.items():
            for row in rows:
                told = self._tries.get(row["id"])
                if told is None:
                    entry = refused.get(str(ingest.place_of(session.settings.evidence, sha256)), _LOST)
                    told = Try(row["id"], WAITING, None, entry["code"], entry["message"])
                self._tries[row["id"]] = told._replace(batch=report.batch) if told.state == LOADED else told
        states = Counter(one.state for one in self._tries.values())
        done.loaded += states[LOADED]
        done.superseded += states[SUPERSEDED]
        if report.batch is not None:
            done.batches.append(report.batch)
        quarantine.tried(
            session.desk, [one for one in self._tries.values() if one.state != WAITING], session.actor
        )
        _leave(session, done, [one for one in self._tries.values() if one.state == WAITING])


def _order(file: str, position: str) -> tuple[Any, ...]:
    """The place of a row in its load: files of a folder are read in the order of their names."""
    return file, [int(digits) for digits in _DIGITS.findall(position)]


_LOST = {
    "code": "row_not_found",
    "message": "there is no row at this place any more, as the description reads the file now",
}


def _leave(session: Session, done: Retried, tries: list[Try]) -> None:
    done.reasons.update(one.reason for one in tries)
    quarantine.tried(session.desk, tries, session.actor)


def export(
    desk: Desk, file: Path, *, batch: int | None = None, source: str = "", reason: str = "", actor: str
) -> int:
    """Write the waiting rows to a .csv or .jsonl file, which is replaced whole; returns how many.

    Cells of the table that a spreadsheet would run as formulas are neutralised; `raw_hex` has the bytes as they were.
    """
    if file.suffix not in (".csv", ".jsonl"):
        raise InputError(f"{file} ends in neither .csv nor .jsonl; the ending says how the rows are written.")
    rows = list(quarantine.whole(desk, batch=batch, source=source, reason=reason))
    if file.suffix == ".csv":
        content = handout.table(handout.REFUSED, rows)
    else:
        content = b"".join(
            orjson.dumps({name: row[name] for name in handout.REFUSED}) + b"\n" for row in rows
        )
    try:
        part = file.with_name(f".{file.name}.part")
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror or error}.") from error
    log.write(
        desk,
        actor,
        "quarantine export",
        file=str(file),
        rows=len(rows),
        batch=batch,
        source=source,
        reason=reason,
    )
    return len(rows)
