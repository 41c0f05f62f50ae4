"""`backup` and `restore` where nothing can be done: one sentence, exit 2, and nothing touched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from commanded import Run, inside

from graphintel.desk import open_desk
from graphintel.settings import Settings


@pytest.fixture
def managed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line on a home of its own whose store was never started."""
    return partial(inside, Settings(home=tmp_path / "home", actor="tester"), monkeypatch, capsys)


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_store_given_by_address_is_its_operators(alone: Run, command: str, tmp_path: Path) -> None:
    done = alone(command, tmp_path / "x.backup", "--json")
    assert done.code == 2 and f"so is its {command}: with `neo4j-admin database`" in done.sentence
    assert done.json["error"]["code"] == "bad_input" and list(tmp_path.iterdir()) == []


def test_a_backup_that_could_not_be_named_is_not_begun(managed: Run, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    assert "is there already and is never overwritten" in managed("backup", taken).sentence
    assert "There is no folder" in managed("backup", tmp_path / "no" / "x").sentence
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert managed("backup", tmp_path / "link").code == 2
    assert taken.read_text() == "mine" and not (tmp_path / "home").exists()


def _desk(home: Path) -> None:
    with open_desk(home / "desk.sqlite"):
        pass


def _file(name: str) -> Callable[[Path], None]:
    def make(home: Path) -> None:
        path = home / name
        path.parent.mkdir(parents=True)
        path.write_bytes(b"")

    return make


@pytest.mark.parametrize(
    ("make", "held"),
    [
        (_desk, "a desk"),
        (_file(f"evidence/ab/ab{'0' * 62}"), "evidence"),
        (_file("store/data/databases/neo4j/neostore"), "a graph"),
    ],
)
def test_a_home_that_holds_something_is_left_alone(
    managed: Run, tmp_path: Path, make: Callable[[Path], None], held: str
) -> None:
    home = tmp_path / "home"
    make(home)
    before = sorted(home.rglob("*"))
    done = managed("restore", tmp_path / "x.backup")
    assert done.code == 2 and f"The home {home} holds {held} already" in done.sentence
    assert "GRAPHINTEL_HOME" in done.sentence and sorted(home.rglob("*")) == before


def test_what_is_no_backup_does_not_touch_the_home(managed: Run, tmp_path: Path) -> None:
    given = tmp_path / "x.backup"
    assert "There is no backup" in managed("restore", given).sentence
    given.write_bytes(b"something else")
    done = managed("restore", given, "--json")
    assert done.code == 2 and f"{given} is no whole backup" in done.json["error"]["message"]
    assert not (tmp_path / "home").exists()
