"""Loading: files of a source become records in the store, chunk by chunk, each row accounted for."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from graphintel import ingest
from graphintel.acts import quality
from graphintel.acts.collector import spare
from graphintel.acts.retract import ready
from graphintel.acts.session import Session
from graphintel.desk import log, quarantine
from graphintel.errors import FileRefused, GraphIntelError, LimitReached, StoreUnavailable
from graphintel.ingest import Accounting, Limits, Source, legible, refused
from graphintel.ingest.quality import Collector
from graphintel.model.records import Quarantined, Record
from graphintel.resolve.identity import keys
from graphintel.settings import Settings
from graphintel.store.write import batch as batches
from graphintel.store.write import full
from graphintel.store.write.chunk import Counts, Loader
from graphintel.store.write.rows import Ahead

Row = dict[str, Any]
Progress = Callable[[int, int, str], None]
Choose = Callable[[Record | Quarantined], Record | Quarantined | None]
Screen = Callable[[list[Record]], list[Record]]
Writer = Callable[["Session", Source, Row, Iterator["Block"], "Report", Progress | None], None]
_PENDING = 2


@dataclass(slots=True)
class Report:
    """What one load did, in the words of the contract."""

    batch: int | None
    source: str
    files: int = 0
    files_refused: list[Row] = field(default_factory=list)
    rows_read: int = 0
    rows_quarantined: int = 0
    counts: Counts = field(default_factory=Counts)
    unread_columns: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    compare_seconds: float = 0.0
    left_out: int = 0
    dry_run: bool = False
    quality: Row | None = None
    began: float = field(default_factory=time.monotonic)
    ended: float = 0.0

    def as_json(self) -> Row:
        """The report of `ingest --json`."""
        counts = {name: getattr(self.counts, name) for name in Counts.__dataclass_fields__}
        return {
            "batch": self.batch, "source": self.source, "files": self.files, "files_refused": self.files_refused,
            "rows_read": self.rows_read, **counts, "rows_quarantined": self.rows_quarantined,
            "unread_columns": self.unread_columns, "warnings": self.warnings, "seconds": round((self.ended or time.monotonic()) - self.began, 3),
            "compare_seconds": round(self.compare_seconds, 3), "dry_run": self.dry_run,
            **({"quality": self.quality} if self.quality else {}),
        }  # fmt: skip

    def rows(self) -> Row:
        """What became of the rows, in the words of the quality report."""
        told = self.counts
        return {
            "read": self.rows_read, "new": told.records_new, "unchanged": told.records_unchanged,
            "duplicate": told.records_duplicate, "superseded": told.records_superseded,
            "quarantined": self.rows_quarantined,
        }  # fmt: skip

    @property
    def exit_code(self) -> int:
        """0 done; 3 in part; 2 if nothing was loaded because every file was refused."""
        if self.files_refused and not self.rows_read:
            return 2
        return 3 if self.files_refused or self.rows_quarantined or self.left_out else 0


@dataclass(slots=True)
class Block:
    """Rows of one chunk: what can be loaded, and what goes to quarantine."""

    records: list[Record]
    refused: list[Quarantined]


def load(
    session: Session, source_name: str, paths: list[Path], *, progress: Progress | None = None,
    properties: Row | None = None, regrade: Callable[[Record], Record] | None = None, choose: Choose | None = None,
    screen: Screen | None = None, write: Writer | None = None,
) -> Report:  # fmt: skip
    """Load files or folders of a source; refused files and rows are reported, the rest is in the graph.

    `choose` takes some of the rows that are read and passes over those for which it says None; `screen` says of a
    chunk of them which are to be loaded. `write` puts the blocks into the store; chunk by chunk through the driver
    unless another way is given.
    """
    report = Report(None, source_name, began=time.monotonic())
    spare()
    source = ingest.shelf(session.settings.shelf).named(source_name)
    files = ingest.files(source, paths)
    accounting = Accounting()
    report.files = len(files)
    collector = Collector(source)
    read = blocks(
        session.settings, source, files, accounting, report, session.settings.evidence, regrade=regrade, choose=choose
    )  # fmt: skip
    found = counted(_screened(read, screen) if screen else read, collector)
    try:
        names = [legible(path.name) for path in files]
        batch = {
            "source": source.name, "mapping_version": source.mapping_version, "actor": session.actor,
            "files": names[:100], "file_count": len(names), **(properties or {}),
            # The mapping is evidence too: which cell a value came from is told by the text that read it.
            "mapping_sha256": ingest.sha256_of(source.description),
        }  # fmt: skip
        (write or _write)(session, source, batch, found, report, progress)
    except GraphIntelError as error:
        log.write(session.desk, session.actor, "ingest", "failed", source=source_name, why=error.message)
        raise
    report.unread_columns = accounting.unread_columns
    report.warnings = [*report.warnings, *accounting.warnings]
    report.ended = time.monotonic()
    if report.batch is not None and choose is None:
        quality.keep(session, report.batch, collector.told(accounting), report.rows())
    outcome = "done" if report.exit_code == 0 else "in part"
    log.write(session.desk, session.actor, "ingest", outcome, **report.as_json())
    return report


def counted(found: Iterator[Block], collector: Collector) -> Iterator[Block]:
    """The same blocks, told to the collector of their quality as they pass."""
    for block in found:
        collector.take(block.records, block.refused)
        yield block


def _screened(found: Iterator[Block], screen: Screen) -> Iterator[Block]:
    for block in found:
        block.records = screen(block.records)
        if block.records or block.refused:
            yield block


def limits(session: Session) -> Limits:
    """What a file may hold and cost to read, as the settings have it."""
    return _limits(session.settings)


def _limits(given: Settings) -> Limits:
    return Limits(seconds=given.reader_seconds, memory=given.reader_memory << 20)


def blocks(
    settings: Settings, source: Source, files: list[Path], accounting: Accounting, report: Report, evidence: Path | None,
    *, regrade: Callable[[Record], Record] | None = None, choose: Choose | None = None,
) -> Iterator[Block]:  # fmt: skip
    """Records and refused rows of all files in blocks of a chunk's size; a refused file is noted and passed.

    Files that can be read are kept under `evidence`, if it is given.
    """
    size = settings.chunk_rows
    block = Block([], [])
    with ingest.Reader(source, _limits(settings)) as reader:
        for path in files:
            try:
                with ingest.taken(path, evidence) as copy:
                    read = reader.read(copy.path, accounting=accounting, label=str(path), sha256=copy.sha256)
                    for number, item in enumerate(read):
                        # Only a file that is read is kept, and the mapping that reads it; a refused one leaves nothing.
                        if number == 0 and evidence:
                            copy.keep()
                            ingest.keep(source.description, evidence)
                        chosen = choose(item) if choose else item
                        if isinstance(chosen, Quarantined):
                            block.refused.append(chosen)
                        elif chosen is not None:
                            block.records.append(regrade(chosen) if regrade else chosen)
                        if len(block.records) + len(block.refused) >= size:
                            yield block
                            block = Block([], [])
            except FileRefused as error:
                report.files_refused.append(refused(path, error))
    if block.records or block.refused:
        yield block


def _write(
    session: Session, source: Source, batch: Row, blocks: Iterator[Block], report: Report, progress: Progress | None
) -> None:  # fmt: skip
    first = next(blocks, None)
    if first is None:
        return
    with batches.writer(session.store) as holder:
        ready(session, holder, progress)
        list_committed(session)
        report.batch = batches.begin(session.store, batch)
        quarantine.discard(session.desk, report.batch)
        loader = Loader(session.store, holder, report.batch, {}, keys, seconds=session.settings.load_seconds)
        _run(session, loader, first, blocks, report, progress)
        if batch.get("whole"):
            _close_rest(session, holder, report)
        finish(session, report)


def _close_rest(session: Session, holder: str, report: Report) -> None:
    """Close what the source held and this full delivery leaves out, unless some of it could not be read."""
    assert report.batch is not None
    if report.files_refused or report.rows_quarantined:
        report.warnings.append(
            "Nothing was closed: rows or files that could not be read may hold what seems to be missing."
        )
        return
    report.counts.records_closed = full.close_rest(session.store, holder, report.batch)


def list_committed(session: Session) -> None:
    """List the refused rows of a load that was killed between its chunk and the desk: nobody would see them."""
    for batch, chunk in batches.committed(session.store, quarantine.unlisted(session.desk)):
        quarantine.confirm(session.desk, batch, chunk)


def finish(session: Session, report: Report) -> None:
    """Close the batch of a load with its counts."""
    assert report.batch is not None
    told = report.as_json()
    # The batch has the names of its files; how many there were stands beside them.
    del told["files"]
    done = {name: value for name, value in told.items() if isinstance(value, int | float | str)}
    batches.finish(session.store, report.batch, {**done, "counter": session.counter()})


def _run(
    session: Session,
    loader: Loader,
    first: Block,
    rest: Iterator[Block],
    report: Report,
    progress: Progress | None,
) -> None:
    """Write blocks in a thread of their own while the next ones are read; at most two wait. None follows one that failed."""
    pending: deque[tuple[Block, Future[Counts]]] = deque()
    over = Event()

    def commit(block: Block, ahead: Ahead) -> Counts:
        if over.is_set():
            raise CancelledError
        with ExitStack() as broken:
            broken.callback(over.set)
            counts = _commit(session, loader, block, ahead)
            broken.pop_all()
        return counts

    def settle() -> None:
        block, future = pending.popleft()
        report.counts.add(future.result())
        report.rows_read += len(block.records) + len(block.refused)
        report.rows_quarantined += len(block.refused)
        if progress:
            progress(report.rows_read, 0, "rows")

    with ThreadPoolExecutor(1, thread_name_prefix="writer") as writer, ExitStack() as left:
        left.callback(over.set)
        block: Block | None = first
        while block is not None:
            pending.append((block, writer.submit(commit, block, loader.ahead(block.records))))
            while len(pending) > _PENDING:
                settle()
            pause(session, report)
            block = next(rest, None)
        while pending:
            settle()


def pause(session: Session, report: Report) -> None:
    """Stop a load of which too many rows cannot be read; raises LimitReached."""
    if report.rows_read >= session.settings.chunk_rows and (
        report.rows_quarantined > report.rows_read * session.settings.quarantine_pause
    ):
        raise LimitReached(
            f"The load stopped: {report.rows_quarantined} of {report.rows_read} rows could not be read. "
            "Look at `graphintel quarantine list`; the description of the source may not fit this file."
        )


def _commit(session: Session, loader: Loader, block: Block, ahead: Ahead) -> Counts:
    missing = {record.marking for record in block.records if record.marking.text not in loader.markings}
    if missing or not loader.markings:
        loader.markings = batches.intern_markings(session.store, missing)
    number = loader.chunk
    if block.refused:
        quarantine.put(session.desk, loader.batch, number, block.refused)
    counts = _written(loader, block.records, ahead) if block.records else Counts()
    if block.refused:
        quarantine.confirm(session.desk, loader.batch, number)
    return counts


def _written(loader: Loader, records: list[Record], ahead: Ahead) -> Counts:
    """Write a chunk; raises StoreUnavailable when the store is too slow for it."""
    try:
        return loader.write(records, ahead)
    except LimitReached as error:
        if error.detail.get("limit") != "time":
            raise
        raise StoreUnavailable(
            f"The store did not write {len(records)} rows in {loader.seconds:g} s and the load stopped; what it wrote before "
            "stays. Run the same load again when the store answers faster; if it stops again, give it less at once "
            "(GRAPHINTEL_CHUNK_ROWS) or more time (GRAPHINTEL_LOAD_SECONDS)."
        ) from error
