"""A desk whose disk is full says so in every transaction, keeps what it had, and goes on when there is room."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graphintel.desk import log, open_desk
from graphintel.desk.database import Desk
from graphintel.desk.room import has_room
from graphintel.errors import DiskFull, InputError

# A child in which no file may grow beyond so many bytes: a full disk in one process only.
CHILD = """
import resource, sys
from pathlib import Path
from graphintel.desk import log, open_desk
from graphintel.errors import DiskFull
path, limit, size = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
with open_desk(path) as desk:
    log.write(desk, "a", "before")
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    told = ""
    for number in range(200):
        try:
            log.write(desk, "a", "during", text="x" * size)
        except DiskFull as error:
            told = error.message
            break
    held = len(desk.rows("SELECT * FROM log"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    log.write(desk, "a", "after")
    print(told, number + 1 == held, len(desk.rows("SELECT * FROM log")) == held + 1, sep="|")
"""


@contextmanager
def limited(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes."""
    held = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, held[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, held)


@pytest.mark.parametrize(("limit", "size"), [(200_000, 1_000), (300_000, 40_000), (150_000, 1_000_000)])
def test_a_later_transaction_that_finds_no_room_is_a_full_disk(tmp_path: Path, limit: int, size: int) -> None:
    path = tmp_path / "desk.sqlite"
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(limit), str(size)], check=True, capture_output=True, text=True,
        timeout=60,
    )  # fmt: skip
    assert done.stderr == ""
    told = f"The disk of {path} is full; make room and run the same command again."
    assert done.stdout.strip() == f"{told}|True|True"


def test_a_desk_that_finds_no_room_to_open_is_a_full_disk(tmp_path: Path) -> None:
    with limited(2_000), pytest.raises(DiskFull, match="is full"), open_desk(tmp_path / "desk.sqlite"):
        pass
    with open_desk(tmp_path / "desk.sqlite") as desk:
        log.write(desk, "a", "opened")


def test_room_is_asked_where_the_file_ends(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    path.write_bytes(bytes(500_000))
    assert has_room(path)
    with limited(520_000):
        assert not has_room(path)
    with limited(600_000):
        assert has_room(path)
    assert [one.name for one in tmp_path.iterdir()] == ["desk.sqlite"]


def test_what_is_no_full_disk_keeps_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    path.mkdir()
    with pytest.raises(InputError, match="cannot be opened: unable to open"), open_desk(path):
        pass


def test_a_failed_transaction_leaves_nothing_behind(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.sqlite")
    with pytest.raises(ZeroDivisionError), desk.transaction() as db:
        db.execute("INSERT INTO finding VALUES ('a', 'b', 'c', 'd', 'e')")
        raise ZeroDivisionError
    assert desk.rows("SELECT * FROM finding") == []
    desk.close()
