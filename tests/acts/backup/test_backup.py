"""A home copied, and the copy restored on an empty one: the same graph hash, desk and evidence. One managed server each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from commanded import inside, sample

from graphintel.acts.backup.checking import opened_archive
from graphintel.acts.backup.restoring import Stage
from graphintel.acts.bench import room
from graphintel.desk import log, open_desk
from graphintel.settings import Settings
from graphintel.store import local

pytestmark = pytest.mark.neo4j
OTHER = """
import sys
from pathlib import Path
from graphintel.store.local import attach
with attach(Path(sys.argv[1]), Path(sys.argv[2])):
    print("here", flush=True)
    sys.stdin.read(1)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Settings]:
    """A home with a server of its own."""
    held = Settings(home=tmp_path / "home", actor="tester")
    yield held
    local.stop(held.home)


@pytest.fixture
def empty_home(tmp_path: Path) -> Iterator[Settings]:
    """Another one, on another machine as it were."""
    held = Settings(home=tmp_path / "another home", actor="tester")
    yield held
    local.stop(held.home)


@contextmanager
def in_use(held: Settings) -> Iterator[int]:
    """Another program that uses the store, as `serve` does."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(held.home), str(held.cache)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:  # fmt: skip
        assert process.stdout and process.stdout.readline() == b"here\n"
        yield process.pid
        process.communicate(b"x", timeout=30)


def test_a_home_comes_back_from_its_backup(
    home: Settings, empty_home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    command, other = (partial(inside, held, monkeypatch, capsys) for held in (home, empty_home))
    file = tmp_path / "the.backup"
    local.start(home.home, home.cache)
    assert command("ingest", "cen-seizures", sample("cen-seizures"), "--json").code == 0
    told = command("store", "hash", "--json").json
    with in_use(home) as pid:
        refused = command("backup", file)
        assert refused.code == 2 and f"(pid {pid}): end it first" in refused.sentence
        assert local.status(home.home, home.cache).running and not file.exists()

    # The disk is full while the store is stopped; then there is room again.
    assert room.full_copy(home, file)["f05_backup"].holds
    assert local.status(home.home, home.cache).standing

    made = command("backup", file, "--json")
    assert made.code == 0 and (made.json["graph_hash"], made.json["counter"]) == (
        told["hash"],
        told["counter"],
    )
    assert made.err.splitlines() == ["The store is stopped for the copy.", "The store is started again."]
    assert local.status(home.home, home.cache).standing
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "the.backup"]
    local.stop(home.home)

    assert room.full_restore(empty_home, file)["f05_restore"].holds
    # Cut off between two moves: the evidence is in the home, the desk and the graph are not.
    with opened_archive(file) as archive, local.stopped(empty_home.home) as place:
        stage = Stage(empty_home, place)
        stage.folder.mkdir()
        (stage.folder / "half").write_text("of an attempt before")
        stage.fill(archive, lambda done, total, what: None, lambda text: None)
        stage.moves[0][0].replace(stage.moves[0][1])
    restored = other("restore", file, "--json")
    assert restored.code == 0, restored.err
    assert restored.json["graph_hash"] == restored.json["expected"] == told["hash"]
    assert restored.json["counter"] == told["counter"]
    assert not stage.folder.exists()
    assert files_of(empty_home.evidence) == files_of(home.evidence) != {}
    with open_desk(empty_home.desk_file) as desk:
        assert [(row["act"], row["outcome"]) for row in log.tail(desk)] == [
            ("restore", "done"), ("backup", "failed"), ("backup", "failed"), ("ingest", "done"),
        ]  # fmt: skip
    twice = other("restore", file)
    assert (
        twice.code == 2
        and f"The home {empty_home.home} holds a graph and a desk and evidence already" in twice.sentence
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """The files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
