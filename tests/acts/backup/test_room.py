"""A restore for which there is no room: refused before it begins, or cleared away when it could not be finished."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from pathlib import Path

import psutil
import pytest

from graphintel.acts.backup import restore
from graphintel.acts.backup.evidence import pack
from graphintel.acts.backup.manifest import DESK, DUMP, EVIDENCE, MANIFEST, Manifest, Member
from graphintel.acts.backup.restoring import refuse_full
from graphintel.errors import DiskFull, StoreUnavailable
from graphintel.settings import Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A sound archive of a graph that is none, a desk that is none, and no evidence."""
    blocks: list[bytes] = []
    pack(tmp_path / "no evidence", blocks.append)
    content = {DUMP: b"dump" * 9, DESK: b"desk" * 9, EVIDENCE: b"".join(blocks)}
    members = tuple(Member(name, len(held), sha256(held).hexdigest()) for name, held in content.items())
    made = Manifest("0.1", "5.26", "2025-01-01", "tester", 7, "a" * 64, 9, 0, members)
    with zipfile.ZipFile(tmp_path / "a.backup", "w") as packed:
        for name, held in {**content, MANIFEST: made.as_json()}.items():
            packed.writestr(name, held)
    return tmp_path / "a.backup"


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """A home that is not there."""
    return Settings(home=tmp_path / "home", actor="tester")


def test_too_little_room_is_said_before_anything_is_unpacked(
    home: Settings, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    with (
        monkeypatch.context() as during,
        pytest.raises(DiskFull, match=r"needs 268 MB .* 1 MB are free: make room"),
    ):
        during.setattr("shutil.disk_usage", lambda _: type(psutil.disk_usage("/"))(1, 1, 1_000_000, 0.0))
        restore(home, file, lambda done, total, what: None, told.append)
    refuse_full(home)
    assert told == [] and not (home.home / ".restoring").exists()


@pytest.mark.neo4j
def test_what_cannot_be_unpacked_leaves_nothing(home: Settings, file: Path) -> None:
    with pytest.raises(
        StoreUnavailable, match=r"\.restoring/store could not be filled: .* Not a valid Neo4j archive"
    ):
        restore(home, file, lambda done, total, what: None, lambda text: None)
    refuse_full(home)
    assert not (home.home / ".restoring").exists()
