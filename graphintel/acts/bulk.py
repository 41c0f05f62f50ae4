"""A first load through `neo4j-admin import`: the graph that the daily path would leave, several times faster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from graphintel.acts import load
from graphintel.acts.load import Block, Progress, Report, Row
from graphintel.acts.session import Session
from graphintel.desk import open_desk, quarantine
from graphintel.errors import InputError
from graphintel.ingest import Source
from graphintel.log import now
from graphintel.model.records import Record
from graphintel.resolve.identity import keys
from graphintel.settings import Settings
from graphintel.store import local
from graphintel.store.bulk import emptiness, files, importing, late
from graphintel.store.bulk.emptiness import Before
from graphintel.store.bulk.planner import FirstLoad
from graphintel.store.driver import Store, open_store
from graphintel.store.local.server import halted, stands
from graphintel.store.schema import migrate
from graphintel.store.write import batch as batches
from graphintel.store.write.chunk import Loader

_INBOX = "partner-notice"


def load_first(
    settings: Settings, source_name: str, paths: list[Path], *, progress: Progress | None = None,
    properties: Row | None = None,
) -> Report:  # fmt: skip
    """Load files or folders of a source into an empty store of this program that nobody else uses.

    Raises InputError for a store by address and Conflict for one that is not empty or in use. Whatever stops it on
    the way leaves the store empty.
    """
    emptiness.managed(settings)
    if source_name == _INBOX:
        raise InputError(f"{_INBOX} goes through the inbox, one notice at a time: load it without --bulk.")
    standing = stands(settings.home)
    with open_desk(settings.desk_file) as desk, ExitStack() as stack:
        with open_store(settings, progress) as store:
            found = emptiness.before(store)
            session = Session(settings, store, desk, settings.actor)
        if standing:
            stack.callback(local.start, settings.home, settings.cache)
        way = Way(found, stack)
        return load.load(
            session, source_name, paths, progress=progress, properties=properties, write=way.write
        )


@dataclass(slots=True)
class Way:
    """The way of a load's blocks into the store: planned while the server stands still, imported, then finished."""

    before: Before
    stack: ExitStack

    def write(
        self, session: Session, source: Source, batch: Row, blocks: Iterator[Block], report: Report,
        progress: Progress | None,
    ) -> None:  # fmt: skip
        first = next(blocks, None)
        if first is None:
            return
        settings, number = session.settings, self.before.counter + 1
        jars = local.install(settings.cache).jars
        with ExitStack() as kept:
            with halted(settings.home) as place, importing.workspace(place) as folder:
                quarantine.discard(session.desk, number)
                plan = FirstLoad(folder, number, number, dict(self.before.markings), keys)
                _plan(session, plan, chain([first], blocks), report, progress)
                node = {**batch, "number": number, "at": now(), "state": "open"}
                written = files.write(plan, node, folder, _counted(progress, report))
                importing.import_files(place, jars, written.arguments(), written.counts, progress)
                # The workspace goes away with the first start of the server, an open file of it does not.
                later = kept.enter_context(plan.later())
            report.batch = number
            if progress:
                progress(0, 0, "starting the store and building its indexes")
            # It stays open for what the load does when all is in: its quality report asks the store.
            store = self.stack.enter_context(open_store(settings))
            _finish(session, store, plan, written, later, report)


def _plan(
    session: Session, plan: FirstLoad, blocks: Iterable[Block], report: Report, progress: Progress | None
) -> None:
    for block in blocks:
        if block.refused:
            quarantine.put(session.desk, plan.batch, len(plan.chunks), block.refused)
        report.counts.add(plan.write(block.records))
        report.rows_read += len(block.records) + len(block.refused)
        report.rows_quarantined += len(block.refused)
        if progress:
            progress(report.rows_read, 0, "rows")
        load.pause(session, report)


def _counted(progress: Progress | None, report: Report) -> files.Done:
    """Tell the growing number of mentions, records and links that stand in the files of the import."""
    written = 0

    def done(more: int) -> None:
        nonlocal written
        written += more
        if progress:
            progress(written, 0, "things written for the import")

    return done


def _finish(
    session: Session,
    store: Store,
    plan: FirstLoad,
    written: files.Files,
    later: Iterator[Record],
    report: Report,
) -> None:
    """Index the store that was started again, and load what comes after another version of the same row."""
    session.store = store
    migrate(store)
    late.write_late(store, written.late)
    with batches.writer(store) as holder:
        quarantine.confirm(session.desk, plan.batch, len(plan.chunks))
        loader = Loader(store, holder, plan.batch, dict(plan.markings), keys)
        loader.chunk, loader.placed = len(plan.chunks), plan.placed
        while chunk := list(islice(later, session.settings.chunk_rows)):
            report.counts.add(loader.write(chunk))
        load.finish(session, report)
