"""How the local store of a home is now, for `store status` and `doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graphintel.store.local import config, lease, state
from graphintel.store.local.install import is_installed
from graphintel.store.local.jars import read_lock
from graphintel.store.local.lease import Holder
from graphintel.store.local.place import Place


@dataclass(frozen=True)
class Status:
    """One look at the store; `memory` and `size` in bytes, `leases` without the standing one."""

    installed: bool
    running: bool
    phase: str
    version: str
    pid: int | None
    supervisor: int | None
    uri: str | None
    leases: tuple[Holder, ...]
    standing: bool
    heap: str
    memory: int
    size: int
    reason: str


def size_of(folder: Path) -> int:
    """Bytes of the files below a folder."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += 0 if path.is_dir() else path.lstat().st_size
        except FileNotFoundError:
            continue  # Neo4j rotates its files while we count
    return total


def status(home: Path, cache: Path) -> Status:
    """How the home's store is now; starts nothing and changes nothing."""
    place = Place.of(home)
    now = state.read(place)
    live = now if now and now.alive else None
    java = live.java if live and live.java and live.java.alive else None
    holders = lease.holders(place)
    return Status(
        installed=is_installed(cache),
        running=bool(live and live.running),
        phase=live.phase if live else "stopped",
        version=live.version if live else read_lock().version,
        pid=java.pid if java else None,
        supervisor=live.supervisor.pid if live else None,
        uri=live.uri if live and live.running else None,
        leases=tuple(holder for holder in holders if holder.process),
        standing=bool(live) and any(holder.process is None for holder in holders),
        heap=config.HEAP,
        memory=java.memory if java else 0,
        size=size_of(place.data),
        reason=now.reason if now else "",
    )
