"""Installing the server's jars, from a small repository in place of Maven Central."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graphintel.errors import DiskFull, StoreUnavailable
from graphintel.store.local.install import Installed, install, is_installed
from graphintel.store.local.jars import Jar, Lock

CONTENT = {"neo4j": b"server", "driver": b"wheels", "parser": b"grammar"}
LOCK = Lock(
    tuple(Jar("org.neo4j", name, "5", "", hashlib.sha256(text).hexdigest()) for name, text in CONTENT.items())
)


@dataclass
class Repository:
    """A Maven repository that counts, and can send rubbish or break off."""

    spoiled: dict[str, int] = field(default_factory=dict)
    broken: dict[str, Exception] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def fetch(self, jar: Jar, repository: Path) -> Path:
        with self.guard:
            self.asked[jar.artifact] += 1
            spoiled = self.asked[jar.artifact] <= self.spoiled.get(jar.artifact, 0)
        if jar.artifact in self.broken:
            raise self.broken[jar.artifact]
        path = repository / "org" / "neo4j" / jar.artifact / jar.version / jar.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"cut" if spoiled else CONTENT[jar.artifact])
        return path


def _install(cache: Path, repository: Repository, *, verify: bool = False) -> Installed:
    return install(cache, lock=LOCK, fetch=repository.fetch, verify=verify)


def _held(installed: Installed) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in installed.jars.iterdir()}


WHOLE = {f"{name}-5.jar": text for name, text in CONTENT.items()}


def test_all_jars_arrive_and_nothing_else_stays(tmp_path: Path) -> None:
    installed = _install(tmp_path, Repository())
    assert _held(installed) == WHOLE
    assert (installed.version, installed.count) == ("5", 3)
    assert {path.name for path in installed.folder.iterdir()} == {"jars", "stamp.json"}
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".partial")]


def test_the_second_time_nothing_is_fetched(tmp_path: Path) -> None:
    repository = Repository()
    assert _install(tmp_path, repository) == _install(tmp_path, repository)
    assert repository.asked.total() == 3


def test_progress_counts_up_to_the_whole(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    install(tmp_path, lambda *step: seen.append(step), lock=LOCK, fetch=Repository().fetch)
    assert [(done, total) for done, total, _ in seen] == [(1, 3), (2, 3), (3, 3)]
    assert {what for *_, what in seen} == set(WHOLE)


def test_a_cut_jar_is_seen_and_only_it_is_fetched_again(tmp_path: Path) -> None:
    repository = Repository()
    installed = _install(tmp_path, repository)
    (installed.jars / "driver-5.jar").write_bytes(b"wh")
    assert _held(_install(tmp_path, repository)) == WHOLE
    assert repository.asked == {"neo4j": 1, "driver": 2, "parser": 1}


def test_a_jar_changed_behind_its_stamp_is_seen_by_the_full_check(tmp_path: Path) -> None:
    repository = Repository()
    path = _install(tmp_path, repository).jars / "driver-5.jar"
    before = path.stat()
    path.write_bytes(b"wheelz")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert _held(_install(tmp_path, repository)) != WHOLE
    assert _held(_install(tmp_path, repository, verify=True)) == WHOLE


def test_a_missing_jar_comes_back_and_a_foreign_one_goes(tmp_path: Path) -> None:
    installed = _install(tmp_path, Repository())
    (installed.jars / "parser-5.jar").unlink()
    (installed.jars / "stranger.jar").write_bytes(b"on the class path")
    assert _held(_install(tmp_path, Repository())) == WHOLE


def test_a_cache_copied_without_its_times_is_checked_and_not_fetched(tmp_path: Path) -> None:
    installed = _install(tmp_path, Repository())
    for path in installed.jars.iterdir():
        path.touch()
    closed = Repository(broken={name: OSError("no network") for name in CONTENT})
    assert _held(_install(tmp_path, closed)) == WHOLE
    assert closed.asked.total() == 0


def test_a_download_that_was_spoiled_is_tried_again(tmp_path: Path) -> None:
    repository = Repository(spoiled={"driver": 2})
    assert _held(_install(tmp_path, repository)) == WHOLE
    assert repository.asked["driver"] == 3


def test_a_jar_with_another_hash_is_never_taken(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"driver-5\.jar.*SHA-256"):
        _install(tmp_path, Repository(spoiled={"driver": 99}))
    assert not (tmp_path / LOCK.folder).exists()


def test_an_interrupted_install_is_taken_up(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no route"):
        _install(tmp_path, Repository(broken={"parser": OSError("no route to host")}))
    later = Repository()
    assert _held(_install(tmp_path, later)) == WHOLE
    assert later.asked["parser"] == 1
    assert later.asked["neo4j"] == later.asked["driver"] == 0


def test_a_full_disk_is_called_a_full_disk(tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(DiskFull, match="is full"):
        _install(tmp_path, Repository(broken={"neo4j": full}))


def test_a_cache_that_cannot_be_written_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="cannot use"):
        _install(tmp_path / "cache", Repository())


def test_two_at_once_fetch_each_jar_once(tmp_path: Path) -> None:
    repository = Repository()
    with ThreadPoolExecutor(4) as pool:
        tasks = [pool.submit(_install, tmp_path, repository) for _ in range(4)]
        assert all(_held(task.result()) == WHOLE for task in tasks)
    assert repository.asked == dict.fromkeys(CONTENT, 1)


def test_an_empty_cache_has_nothing_installed(tmp_path: Path) -> None:
    assert not is_installed(tmp_path)
