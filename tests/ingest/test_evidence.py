"""Evidence: kept as delivered, once, by hash."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from graphintel.errors import DiskFull, FileRefused
from graphintel.ingest import keep, taken


def test_a_file_is_kept_as_it_came_under_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a;b\n")
    sha256, stored = keep(path, tmp_path / "evidence")
    assert sha256 == hashlib.sha256(b"a;b\n").hexdigest()
    assert stored == tmp_path / "evidence" / sha256[:2] / sha256
    assert stored.read_bytes() == b"a;b\n"


def test_the_same_content_under_another_name_is_kept_once(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"same")
    _, first = keep(tmp_path / "a.csv", tmp_path / "evidence")
    before = first.stat().st_ino
    _, second = keep(tmp_path / "b.csv", tmp_path / "evidence")
    assert (second, second.stat().st_ino) == (first, before)
    assert len(list((tmp_path / "evidence").rglob("*"))) == 2


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        keep(tmp_path / "nowhere", tmp_path / "evidence")
    assert refused.value.reason == "not_readable"


@pytest.mark.parametrize(("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EROFS, FileRefused)])
def test_a_full_disk_is_told_and_leaves_no_half_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a" * 100)

    def no_room(descriptor: int) -> None:
        raise OSError(number, "no room")

    monkeypatch.setattr("graphintel.ingest.evidence.os.fsync", no_room)
    with pytest.raises(error):
        keep(path, tmp_path / "evidence")
    assert [found for found in (tmp_path / "evidence").rglob("*") if found.is_file()] == []


def test_what_is_read_is_a_copy_of_one_moment_and_gone_unless_it_is_kept(tmp_path: Path) -> None:
    path, evidence = tmp_path / "x.csv", tmp_path / "evidence"
    path.write_bytes(b"a;b\n")
    with taken(path, evidence) as copy:
        path.write_bytes(b"changed")
        assert (copy.path.read_bytes(), copy.sha256) == (b"a;b\n", hashlib.sha256(b"a;b\n").hexdigest())
    assert [found for found in evidence.rglob("*") if found.is_file()] == []
    path.write_bytes(b"a;b\n")
    for _ in range(2):
        with taken(path, evidence) as copy:
            copy.keep()
            copy.keep()
            assert copy.path.read_bytes() == b"a;b\n"
    kept = [found for found in evidence.rglob("*") if found.is_file()]
    assert [(found.name, found.read_bytes()) for found in kept] == [(copy.sha256, b"a;b\n")]


def test_without_a_folder_nothing_is_copied(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a;b\n")
    with taken(path, None) as copy:
        copy.keep()
        assert (copy.path, len(copy.sha256)) == (path, 64)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_changes_while_it_is_copied_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a" * 100)
    real, times = os.fstat, []

    def grows(handle: int) -> os.stat_result:
        times.append(handle)
        if len(times) > 1:
            with path.open("ab") as out:
                out.write(b"more")
        return real(handle)

    monkeypatch.setattr("graphintel.ingest.evidence.os.fstat", grows)
    with pytest.raises(FileRefused) as refused, taken(path, tmp_path / "evidence"):
        pytest.fail("it was taken")
    assert refused.value.reason == "changed_while_read"
    assert [found for found in (tmp_path / "evidence").rglob("*") if found.is_file()] == []


@pytest.mark.parametrize(("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EROFS, FileRefused)])
def test_a_full_disk_is_told_of_the_copy_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a" * 100)

    def no_room(descriptor: int) -> None:
        raise OSError(number, "no room")

    monkeypatch.setattr("graphintel.ingest.evidence.os.fsync", no_room)
    with pytest.raises(error), taken(path, tmp_path / "evidence"):
        pytest.fail("it was taken")
    assert [found for found in (tmp_path / "evidence").rglob("*") if found.is_file()] == []
