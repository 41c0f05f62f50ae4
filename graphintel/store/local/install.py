"""Bring the server's jars into the cache: from Maven Central through jgo, each held to its locked SHA-256."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from graphintel.errors import StoreUnavailable
from graphintel.store.local import jars as locked
from graphintel.store.local.jars import Jar, Lock
from graphintel.store.local.place import disk_trouble

Progress = Callable[[int, int, str], None]
Fetch = Callable[[Jar, Path], Path]

_AT_ONCE = 4
_ATTEMPTS = 3


@dataclass(frozen=True)
class Installed:
    """The server's program files in the cache."""

    folder: Path
    version: str
    count: int

    @property
    def jars(self) -> Path:
        """The folder of the jars: the class path is everything in it."""
        return self.folder / "jars"


def from_maven(jar: Jar, repository: Path) -> Path:
    """Download one jar below `repository` and say where; mirrors named in jgo's own settings come first."""
    # here, because only an install needs jgo and every command would wait for its import
    from jgo.config import GlobalSettings
    from jgo.constants import MAVEN_CENTRAL_URL
    from jgo.maven import MavenContext

    remotes = {**GlobalSettings.load().repositories, "central": MAVEN_CENTRAL_URL}
    context = MavenContext(repo_cache=repository, local_repos=[], remote_repos=remotes, timeout=30)
    component = context.project(jar.group, jar.artifact).at_version(jar.version)
    return Path(component.artifact(classifier=jar.classifier).resolve())


def _bring(jar: Jar, work: Path, fetch: Fetch) -> None:
    target = work / "jars" / jar.name
    if locked.is_sound(target, jar):
        return
    trouble = "its SHA-256 is not the locked one"
    for _ in range(_ATTEMPTS):
        try:
            found = fetch(jar, work / "maven")
        except (OSError, RuntimeError) as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise
            trouble = str(error)
            shutil.rmtree(work / "maven" / Path(*jar.group.split(".")) / jar.artifact, ignore_errors=True)
            continue
        if locked.is_sound(found, jar):
            found.replace(target)
            return
        # jgo takes a file that is there for the right one
        found.unlink()
    raise StoreUnavailable(
        f"The store's file {jar.name} could not be had from Maven Central: {trouble}. "
        f"Check the network and run `graphintel store install` again; what is there is kept."
    )


def _bring_all(wanted: Sequence[Jar], work: Path, fetch: Fetch, progress: Progress | None) -> None:
    (work / "jars").mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        tasks = {pool.submit(_bring, jar, work, fetch): jar for jar in wanted}
        try:
            for done, task in enumerate(as_completed(tasks), 1):
                task.result()
                if progress:
                    progress(done, len(wanted), tasks[task].name)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _wanting(folder: Path, lock: Lock) -> list[Jar]:
    return [jar for jar in lock.jars if not locked.is_sound(folder / "jars" / jar.name, jar)]


def _complete(folder: Path, lock: Lock, fetch: Fetch, progress: Progress | None) -> None:
    work = folder.with_name(f"{folder.name}.partial")
    wanted = _wanting(folder, lock)
    if wanted:
        _bring_all(wanted, work, fetch, progress)
    if not folder.exists():
        # one renaming makes it visible: a reader sees the whole server or none
        shutil.rmtree(work / "maven", ignore_errors=True)
        locked.stamp(work, lock.jars)
        work.replace(folder)
        return
    for jar in wanted:
        (work / "jars" / jar.name).replace(folder / "jars" / jar.name)
    shutil.rmtree(work, ignore_errors=True)
    # the class path is everything in the folder, so what the lock does not name must not lie there
    names = {jar.name for jar in lock.jars}
    for path in folder.glob("jars/*.jar"):
        if path.name not in names:
            path.unlink()
    locked.stamp(folder, lock.jars)


def install(
    cache: Path,
    progress: Progress | None = None,
    *,
    verify: bool = False,
    lock: Lock | None = None,
    fetch: Fetch = from_maven,
) -> Installed:
    """Have all jars of the lock in the cache, and only those; `verify` reads every byte again.

    A second call is cheap, an interrupted one is taken up where it ended, two at once take turns, a damaged
    jar is fetched again. Raises StoreUnavailable when a jar cannot be had, DiskFull when there is no room.
    """
    lock = lock or locked.read_lock()
    folder = cache.expanduser().absolute() / lock.folder
    installed = Installed(folder, lock.version, len(lock.jars))
    # without the lock, so that a cache that may only be read will do
    if not verify and locked.is_stamped(folder, lock.jars):
        return installed
    with disk_trouble(folder.parent):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            if verify or not locked.is_stamped(folder, lock.jars):
                _complete(folder, lock, fetch, progress)
    return installed


def is_installed(cache: Path) -> bool:
    """Whether the jars are in the cache, by size and time."""
    lock = locked.read_lock()
    return locked.is_stamped(cache.expanduser().absolute() / lock.folder, lock.jars)
