"""F05: the disk becomes full while a home is copied, and while the copy is restored."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graphintel.acts.backup import backup, restore
from graphintel.acts.backup.archive import Report
from graphintel.acts.backup.making import Tell
from graphintel.acts.backup.restoring import refuse_full
from graphintel.acts.bench.figures import Figure, Figures
from graphintel.errors import DiskFull
from graphintel.settings import Settings
from graphintel.store import local

# No file grows beyond it: less than any part of a backup takes, packed or unpacked.
ROOM = 64 << 10
_COPIED, _UNPACKED = "The store is stopped for the copy.", "Evidence, desk and graph are unpacked."
Act = Callable[[Settings, Path, Report, Tell], object]


def full(settings: Settings) -> Figures:
    """Try backup and restore of a local home, each first with a disk that becomes full, then with room."""
    if settings.store != "local":
        return {}
    folder = settings.home / "room"
    folder.mkdir(exist_ok=True)
    file, other = folder / "a.backup", settings.model_copy(update={"home": folder / "home"})
    try:
        figures = full_copy(settings, file)
        backup(settings, file, _silent, _unheard)
        figures |= full_restore(other, file)
        code = restore(other, file, _silent, _unheard).exit_code
    finally:
        local.stop(other.home)
        shutil.rmtree(folder)
    return figures | {"f05_restored": Figure(float(code == 0), "same graph", "== 1", code == 0)}


def full_copy(settings: Settings, file: Path) -> Figures:
    """Whether a backup on a full disk says so and leaves nothing of its file."""
    before = sorted(file.parent.iterdir())
    said = refusal(backup, settings, file, _COPIED)
    return _told("f05_backup", said, sorted(file.parent.iterdir()) == before)


def full_restore(settings: Settings, file: Path) -> Figures:
    """Whether a restore on a full disk says so and leaves an empty home that can be restored."""
    said = refusal(restore, settings, file, _UNPACKED)
    # Raises Conflict for a home that holds anything.
    refuse_full(settings)
    return _told("f05_restore", said, not list(settings.home.glob(".*")))


def refusal(act: Act, settings: Settings, file: Path, moment: str) -> str:
    """What an act says whose disk becomes full when it tells of a moment and has room again later; empty if it is done."""
    with _limit() as set_limit:
        try:
            act(settings, file, _silent, lambda text: set_limit(ROOM if text == moment else None))
        except DiskFull as error:
            return error.message
    return ""


def _told(name: str, said: str, clean: bool) -> Figures:
    good = clean and "is full" in said and "make room" in said
    return {name: Figure(float(good), "told, nothing left", "== 1", good)}


@contextmanager
def _limit() -> Iterator[Callable[[int | None], None]]:
    """A function that sets how large any file of this process and its children may grow; undone at the end."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def set_limit(size: int | None) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft if size is None else size, hard))

    try:
        yield set_limit
    finally:
        set_limit(None)


def _silent(done: int, total: int, what: str) -> None:
    return None


def _unheard(text: str) -> None:
    return None
