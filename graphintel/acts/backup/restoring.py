"""Restore: a backup checked to its last byte, filled into a folder beside, moved into an empty home, and hashed again."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graphintel.acts.backup.archive import Report, told
from graphintel.acts.backup.checking import Reader, opened_archive
from graphintel.acts.backup.evidence import stored
from graphintel.acts.backup.making import Tell, local_only
from graphintel.acts.backup.manifest import DESK, DUMP, EVIDENCE, Manifest
from graphintel.acts.session import open_session
from graphintel.desk import log
from graphintel.errors import Conflict, DiskFull
from graphintel.settings import Settings
from graphintel.store import local
from graphintel.store.local.place import Place
from graphintel.store.read.whole import store_hash

# What a restore needs besides what it writes: the server's logs and its first transactions.
_SPARE = 256 << 20


@dataclass(frozen=True)
class Restored:
    """A home as a backup says it was; `graph_hash`: computed afterwards, `expected`: of the manifest."""

    home: str
    counter: int
    graph_hash: str
    expected: str
    made_at: str
    made_by: str
    program: str
    evidence_files: int
    damaged: tuple[str, ...]
    seconds: float

    @property
    def exit_code(self) -> int:
        """0 when the graph is the one that was backed up, else 3."""
        return 0 if self.graph_hash == self.expected else 3

    def as_json(self) -> dict[str, Any]:
        """As `restore --json` prints it."""
        return asdict(self)


def restore(settings: Settings, file: Path, report: Report, tell: Tell) -> Restored:
    """Fill an empty home from a backup.

    Raises InputError for a store given by address and for a file that is no whole backup (the home was not touched),
    Conflict for a home that is not empty, DiskFull. Cut off at any point, it is finished by running it again.
    """
    local_only(settings, "restore")
    begun = time.monotonic()
    refuse_full(settings)
    with opened_archive(file) as archive:
        archive.check(report)
        manifest = archive.manifest
        with local.stopped(settings.home) as place:
            stage = Stage(settings, place)
            if not stage.is_filled(manifest):
                refuse_full(settings)
                stage.fill(archive, report, tell)
            stage.move()
    tell("The graph is hashed again.")
    report(0, 0, "graph hash")
    with open_session(settings, report) as session:
        made = Restored(
            str(settings.home), session.counter(), store_hash(session.store), manifest.graph_hash, manifest.made_at,
            manifest.made_by, manifest.program, manifest.evidence_files, manifest.damaged, round(time.monotonic() - begun, 3),
        )  # fmt: skip
        log.write(
            session.desk, session.actor, "restore", "failed" if made.exit_code else "done", file=str(file), **made.as_json()
        )  # fmt: skip
    stage.clear()
    return made


def refuse_full(settings: Settings) -> None:
    """Refuse a home that holds a graph, a desk or evidence, unless an unfinished restore brought them."""
    home = settings.home
    if (_staging(home) / Stage.MOVING).exists():
        return
    held = [
        what
        for what, there in (
            ("a graph", any((Place.of(home).data / "databases").glob("*"))),
            ("a desk", settings.desk_file.exists()),
            ("evidence", any(stored(settings.evidence))),
        )
        if there
    ]
    if held:
        raise Conflict(
            f"The home {home} holds {' and '.join(held)} already, and a backup is restored into an empty home only: "
            f"give a new folder in GRAPHINTEL_HOME, or move what is in this one away."
        )


def _staging(home: Path) -> Path:
    return home / ".restoring"


class Stage:
    """The folder beside, on the same disk, so that what is filled there moves into the home at once."""

    MOVING = "moving.json"

    def __init__(self, settings: Settings, place: Place) -> None:
        self.settings = settings
        self.folder = _staging(settings.home)
        self.place = Place(self.folder / "store")
        # The graph comes last: a home without one is not taken for whole.
        self.moves = (
            (self.folder / "evidence", settings.evidence),
            (self.folder / "desk", settings.desk_file),
            (self.place.data, place.data),
        )

    def is_filled(self, manifest: Manifest) -> bool:
        """Whether an earlier restore of the same backup filled it; Conflict if it was another backup's."""
        marker = self.folder / self.MOVING
        if not marker.exists():
            return False
        if marker.read_bytes() != manifest.as_json():
            raise Conflict(
                f"A restore of another backup was cut off in {self.settings.home}: finish that one first, or give a new "
                f"folder in GRAPHINTEL_HOME."
            )
        return True

    def fill(self, archive: Reader, report: Report, tell: Tell) -> None:
        """Unpack everything; what an earlier attempt left half done goes, and all of it if this one does not succeed."""
        self.clear()
        self._room(archive.manifest)
        tell("Evidence, desk and graph are unpacked.")
        with ExitStack() as undone:
            # Half of a home is of no use, and its room is what the next attempt needs.
            undone.callback(self.clear)
            self._unpack(archive, report)
            undone.pop_all()

    def _unpack(self, archive: Reader, report: Report) -> None:
        self.place.make()
        with archive.member(DUMP, report, "unpacking") as stream:
            local.load(self.place, local.install(self.settings.cache).jars, stream.blocks())
        with told(self.settings.home):
            evidence, desk = self.moves[0][0], self.moves[1][0]
            with archive.member(DESK, report, "unpacking") as stream, desk.open("xb") as out:
                for block in stream.blocks():
                    out.write(block)
            evidence.mkdir()
            with archive.member(EVIDENCE, report, "unpacking") as stream:
                archive.evidence(stream, evidence)
        with told(self.settings.home):
            os.sync()
            draft = self.folder / "draft"
            draft.write_bytes(archive.manifest.as_json())
            draft.replace(self.folder / self.MOVING)

    def _room(self, manifest: Manifest) -> None:
        need = manifest.store_bytes + manifest.member(DESK).bytes + manifest.member(EVIDENCE).bytes + _SPARE
        free = shutil.disk_usage(self.settings.home).free
        if free < need:
            raise DiskFull(
                f"The restore needs {need / 1e6:,.0f} MB on the disk of {self.settings.home} and {free / 1e6:,.0f} MB are "
                f"free: make room and run the same command again."
            )

    def move(self) -> None:
        """Move what is still here into the home; a move that was made before is not made again."""
        with told(self.settings.home):
            for here, there in self.moves:
                if here.exists():
                    if there.is_file() or (there.is_dir() and any(there.iterdir())):
                        raise Conflict(
                            f"{there} came into the home while it was restored: move it away and run the restore again."
                        )
                    here.replace(there)

    def clear(self) -> None:
        """Remove the folder."""
        if self.folder.exists():
            with told(self.settings.home):
                shutil.rmtree(self.folder)
