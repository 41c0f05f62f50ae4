"""`neo4j-admin database import` beside the store's data, which the result replaces whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graphintel.errors import DiskFull, StoreUnavailable
from graphintel.store.bulk.cells import FIELD, ITEM
from graphintel.store.bulk.tied import tied
from graphintel.store.local import config
from graphintel.store.local.place import Place

Told = Callable[[int, int, str], None]

_OPTIONS = (
    "--overwrite-destination=true", "--id-type=integer", f"--delimiter=\\u{ord(FIELD):04X}",
    f"--array-delimiter=\\u{ord(ITEM):04X}", "--multiline-fields=true", "--bad-tolerance=0", "--read-buffer-size=16m",
)  # fmt: skip
_STEP = re.compile(r"\((\d+)/(\d+)\) (.+?)(?: \d{4}-|$)")
_IMPORTED = re.compile(r"^\s+(\d+) (nodes|relationships)")
_LAST = 12


@contextmanager
def workspace(place: Place) -> Iterator[Path]:
    """An empty folder on the disk of the store for one first load; it is gone afterwards, however that ended."""
    shutil.rmtree(place.bulk, ignore_errors=True)
    place.bulk.mkdir(mode=0o700)
    try:
        yield place.bulk
    finally:
        shutil.rmtree(place.bulk, ignore_errors=True)


def import_files(
    place: Place, jars: Path, arguments: list[str], expected: dict[str, int], told: Told | None = None
) -> None:
    """Import into a copy of the store's data in its workspace, and put that in the data's place.

    `expected`: how many nodes and relationships the files hold. Raises DiskFull, or StoreUnavailable with what the
    import said; the store is then as it was.
    """
    beside = place.bulk / "data"
    _copy(place.data, beside)
    conf = _configure(place, beside)
    environment = {**config.admin_environment(place), "NEO4J_CONF": str(conf)}
    command = config.admin_command(jars, ["database", "import", "full", "neo4j", *_OPTIONS, *arguments])
    said, imported, code = _run(command, environment, place.bulk, told)
    if code or imported != expected:
        raise _failed(place, said, code)
    _swap(place, beside)


def _copy(data: Path, beside: Path) -> None:
    """All but the empty database: the users of the server, and its idea of which databases there are."""

    def left_out(folder: str, names: list[str]) -> list[str]:
        parent = Path(folder)
        return ["neo4j"] if parent.name in ("databases", "transactions") and "neo4j" in names else []

    shutil.copytree(data, beside, ignore=left_out)


def _configure(place: Place, beside: Path) -> Path:
    """A configuration that has its data beside the store's."""
    config.write(place, config.free_port())
    conf = place.bulk / "conf"
    conf.mkdir(mode=0o700)
    text = (place.conf / "neo4j.conf").read_text(encoding="utf-8")
    text += f"server.directories.data={beside}\n"
    text += f"server.directories.transaction.logs.root={beside / 'transactions'}\n"
    (conf / "neo4j.conf").write_text(text, encoding="utf-8")
    return conf


def _run(
    command: list[str], environment: dict[str, str], folder: Path, told: Told | None
) -> tuple[list[str], dict[str, int], int]:
    said: list[str] = []
    imported: dict[str, int] = {}
    with subprocess.Popen(
        tied(command), env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if line.strip(" .-\n"):
                    said = [*said[1 - _LAST :], line.rstrip()]
                if told and (step := _STEP.search(line)):
                    told(int(step[1]), int(step[2]), f"import: {step[3].lower()}")
                if counted := _IMPORTED.match(line):
                    imported[counted[2]] = int(counted[1])
        finally:
            # whoever interrupts a load wants no import to go on behind it
            if process.poll() is None:
                process.kill()
    return said, imported, process.returncode


def _failed(place: Place, said: list[str], code: int) -> DiskFull | StoreUnavailable:
    heard = "\n".join(said)
    if "no space left" in heard.lower() or "disk" in heard.lower() and "full" in heard.lower():
        return DiskFull(
            f"The disk of {place.root} is full: make room and load again; the store is empty as before."
        )
    return StoreUnavailable(
        f"neo4j-admin did not import the load (exit code {code}); the store is empty as before. Load again, or "
        f"without --bulk. Its last lines:\n{heard}"
    )


def _swap(place: Place, beside: Path) -> None:
    """Put the new data in its place; whoever is killed here leaves the new store or an empty one."""
    # both trees have to be on the disk before the names say that they are
    os.sync()
    before = place.bulk / "before"
    place.data.rename(before)
    try:
        beside.rename(place.data)
    except OSError:
        before.rename(place.data)
        raise
    os.sync()
