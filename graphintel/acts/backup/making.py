"""Backup: the home stands still, its graph, desk and evidence go into one file, and it goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import graphintel
from graphintel.acts.backup.archive import Report, Writer, new_archive, refuse_taken
from graphintel.acts.backup.evidence import blocks_of, pack, stored
from graphintel.acts.backup.manifest import DESK, DUMP, EVIDENCE, Manifest
from graphintel.acts.session import Session, open_session
from graphintel.desk import log
from graphintel.desk.copy import copy
from graphintel.errors import DiskFull, GraphIntelError, InputError
from graphintel.log import now
from graphintel.settings import Settings
from graphintel.store import local
from graphintel.store.read.loads import engine
from graphintel.store.read.whole import store_hash
from graphintel.store.write.batch import writer

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """A backup that is whole; `damaged`: evidence files whose bytes were not what their name says before."""

    file: str
    bytes: int
    counter: int
    graph_hash: str
    evidence_files: int
    damaged: tuple[str, ...]
    seconds: float

    @property
    def exit_code(self) -> int:
        """0, or 3 when some evidence was damaged already."""
        return 3 if self.damaged else 0

    def as_json(self) -> dict[str, Any]:
        """As `backup --json` prints it."""
        return asdict(self)


def local_only(settings: Settings, act: str) -> None:
    """Refuse a store that an operator runs, and name the operator's tool."""
    if settings.store != "local":
        raise InputError(
            f"The store at {settings.store} is run by its operator, and so is its {act}: with `neo4j-admin database` "
            f"(dump and load on Community, backup and restore on Enterprise), together with {settings.desk_file} and "
            f"{settings.evidence} while nothing is loaded."
        )


def backup(settings: Settings, file: Path, report: Report, tell: Tell) -> Made:
    """Copy the whole home into a new file; the store is stopped meanwhile.

    Raises InputError for a store given by address, Conflict when the file is there or another program uses the store
    (nothing was stopped then), DiskFull; whatever fails, no file is left and the store is as it was.
    """
    local_only(settings, "backup")
    refuse_taken(file)
    stood = local.stands(settings.home)
    try:
        with open_session(settings, report) as session:
            return _logged(session, file, report, tell)
    finally:
        # A standing store was started to stay; any other is started by the next command that needs it.
        if stood and not local.stands(settings.home):
            tell("The store is started again.")
            local.start(settings.home, settings.cache)


def _logged(session: Session, file: Path, report: Report, tell: Tell) -> Made:
    begun = time.monotonic()
    try:
        manifest = _copied(session, file, report, tell)
    except GraphIntelError as error:
        with suppress(DiskFull):
            log.write(session.desk, session.actor, "backup", "failed", file=str(file), why=error.message)
        raise
    made = Made(
        str(file), file.stat().st_size, manifest.counter, manifest.graph_hash, manifest.evidence_files, manifest.damaged,
        round(time.monotonic() - begun, 3),
    )  # fmt: skip
    log.write(session.desk, session.actor, "backup", **made.as_json())
    return made


def _copied(session: Session, file: Path, report: Report, tell: Tell) -> Manifest:
    installed = local.install(session.settings.cache)
    with local.alone(session.settings.home) as place:
        report(0, 0, "graph hash")
        with writer(session.store, lambda: report(0, 0, "waiting for a load to end")):
            counter, graph_hash, version = session.counter(), store_hash(session.store), engine(session.store)
        session.store.close()
        tell("The store is stopped for the copy.")
        local.halt(place)
        data = local.size_of(place.data)
        total = data + sum(path.stat().st_size for path in stored(session.settings.evidence))
        with new_archive(file, report, total) as archive:
            with archive.member(DUMP) as into:
                local.dump(place, installed.jars, into)
            _desk(session, archive)
            with archive.member(EVIDENCE) as into:
                packed = pack(session.settings.evidence, into)
            manifest = Manifest(
                program=graphintel.__version__, store=version, made_at=now(), made_by=session.actor, counter=counter,
                graph_hash=graph_hash, store_bytes=data, evidence_files=packed.files, members=tuple(archive.members),
                damaged=packed.damaged,
            )  # fmt: skip
            archive.close(manifest)
    return manifest


def _desk(session: Session, archive: Writer) -> None:
    copied = archive.folder / "desk"
    copy(session.settings.desk_file, copied)
    with archive.member(DESK) as into:
        for block in blocks_of(copied):
            into(block)
    copied.unlink()
