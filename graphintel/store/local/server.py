"""Start, share, stop, look at and empty the local server of one home."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psutil

from graphintel.errors import Conflict, DiskFull, StoreUnavailable
from graphintel.store.address import Address
from graphintel.store.local import config, lease, password, state
from graphintel.store.local.install import Installed, Progress, install, is_installed
from graphintel.store.local.jars import read_lock
from graphintel.store.local.lease import Holder, Lease
from graphintel.store.local.place import Place
from graphintel.store.local.process import Running
from graphintel.store.local.state import State
from graphintel.store.local.supervisor import tail

IDLE = 300.0
WAIT = 90.0

_TICK = 0.05
_STOP_SECONDS = 75.0
_ROOM = 256 * 2**20
_FIRST_SIGN = 20.0


@dataclass(frozen=True)
class Status:
    """How the local store of a home is now; sizes in bytes."""

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


def _until_gone(place: Place, watcher: Running, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while watcher.alive:
        if time.monotonic() > deadline:
            raise StoreUnavailable(f"The store in {place.root} did not stop in {seconds:.0f} s; try again.")
        time.sleep(_TICK)


def _is_our_server(place: Place, found: Running) -> bool:
    try:
        words = psutil.Process(found.pid).cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
    return found.alive and config.SERVER in words and f"--home-dir={place.root}" in words


def _sweep(place: Place) -> None:
    """Clear what a crash left: an orphaned server, its state, a stop request, a standing lease."""
    old = state.read(place)
    if old and old.java and _is_our_server(place, old.java):
        old.java.end(_STOP_SECONDS)
    place.state_file.unlink(missing_ok=True)
    place.stop_file.unlink(missing_ok=True)
    lease.clear(place, standing_only=True)
    for draft in [*place.control.glob(".*.json.*"), *place.leases.glob(".*.json.*")]:
        draft.unlink(missing_ok=True)
    password.forget_without_data(place)


def _launch(place: Place, installed: Installed, idle: float, wait: float) -> None:
    if sys.platform == "win32":
        raise StoreUnavailable(
            "The managed store runs on Linux and macOS; give the address of a Neo4j in GRAPHINTEL_STORE."
        )
    free = shutil.disk_usage(place.root).free
    if free < _ROOM:
        raise DiskFull(
            f"Only {free // 2**20} MB are free on the disk of {place.root}; the store needs {_ROOM // 2**20} MB to start."
        )
    config.java()
    command = [sys.executable, "-m", "graphintel.store.local", "--root", str(place.root)]
    command += ["--jars", str(installed.jars), "--version", installed.version]
    command += ["--idle", str(idle), "--wait", str(wait)]
    with place.supervisor_log.open("wb") as log:
        code = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, check=False
        ).returncode
    if code:
        said = place.supervisor_log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise StoreUnavailable(f"The supervisor of the store in {place.root} did not start: {said}")


def _not_up(place: Place, why: str) -> StoreUnavailable:
    last = tail(place, 15)
    heard = f" The server's last lines:\n{last}" if last else ""
    return StoreUnavailable(f"The store in {place.root} did not come up: {why}.{heard}")


def _until_up(place: Place, wait: float) -> State:
    begun = time.monotonic()
    while True:
        now = state.read(place)
        passed = time.monotonic() - begun
        if now is None and passed > _FIRST_SIGN:
            raise _not_up(place, f"its supervisor gave no sign (see {place.supervisor_log})")
        if now and now.running:
            return now
        if now and not now.alive:
            raise _not_up(place, now.reason or "it was stopped while it started")
        if passed > wait:
            place.stop_file.touch()
            raise _not_up(place, f"no answer in {wait:.0f} s")
        time.sleep(_TICK)


def _up(place: Place, installed: Installed, idle: float, wait: float) -> Address:
    now = state.read(place)
    if now and now.alive and now.phase in ("stopping", "failed"):
        _until_gone(place, now.supervisor, _STOP_SECONDS)
    if now and now.alive:
        fresh = now.phase == "starting"
    else:
        _sweep(place)
        _launch(place, installed, idle, wait)
        fresh = True
    up = _until_up(place, wait)
    if fresh or not place.password.exists():
        return password.open_door(place, up.uri, wait)
    return password.address_of(place, up.uri)


def attach(
    home: Path, cache: Path, *, idle: float = IDLE, wait: float = WAIT, progress: Progress | None = None
) -> Lease:
    """Use the home's server: start it if none runs, else share the one that does.

    `idle`: seconds the server outlives its last lease. Raises StoreUnavailable when the server is not up after
    `wait` seconds, with the last lines of its log, and DiskFull when there is no room to start.
    """
    installed = install(cache, progress)
    place = Place.of(home)
    place.make()
    with ExitStack() as undo, place.turn(wait + _STOP_SECONDS):
        path = lease.take(place, idle)
        undo.callback(path.unlink, missing_ok=True)
        held = Lease(_up(place, installed, idle, wait), path)
        undo.pop_all()
        return held


def start(home: Path, cache: Path, *, wait: float = WAIT, progress: Progress | None = None) -> Address:
    """Start the home's server, or find it running, and keep it until `stop`."""
    with attach(home, cache, wait=wait, progress=progress) as held:
        lease.take_standing(Place.of(home))
        return held.address


def _halt(place: Place) -> bool:
    now = state.read(place)
    if now is None or not now.alive:
        stray = now and now.java and _is_our_server(place, now.java)
        if place.control.exists():
            _sweep(place)
        return bool(stray)
    place.stop_file.touch()
    _until_gone(place, now.supervisor, _STOP_SECONDS)
    _sweep(place)
    return True


def stop(home: Path) -> bool:
    """Stop the home's server at once, whoever uses it; False when none ran."""
    return _halt(Place.of(home))


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size if not path.is_dir() else 0
        except FileNotFoundError:
            continue  # Neo4j rotates its files while we count
    return total


def status(home: Path, cache: Path) -> Status:
    """How the home's store is now; starts nothing and changes nothing but dead leases."""
    place = Place.of(home)
    now = state.read(place)
    live = now if now and now.alive else None
    java = live.java if live and live.java and live.java.alive else None
    holders = lease.holders(place) if live else []
    return Status(
        installed=is_installed(cache),
        running=bool(live and live.running),
        phase=live.phase if live else "stopped",
        version=live.version if live else read_lock().version,
        pid=java.pid if java else None,
        supervisor=live.supervisor.pid if live else None,
        uri=live.uri if live and live.running else None,
        leases=tuple(holder for holder in holders if holder.process),
        standing=any(holder.process is None for holder in holders),
        heap=config.HEAP,
        memory=java.memory if java else 0,
        size=_size(place.data),
        reason=now.reason if now else "",
    )


def refuse_if_used(place: Place) -> None:
    """Raise Conflict when another program holds a live lease."""
    me = Running.of(psutil.Process().pid)
    others = [holder for holder in lease.holders(place) if holder.process and holder.process != me]
    if others:
        named = ", ".join(f"{other.program} (pid {other.process.pid})" for other in others if other.process)
        raise Conflict(f"The store in {place.root} is in use by {named}: end it first.")


def reset(home: Path, *, force: bool = False) -> None:
    """Stop the server and delete the store: data, users, logs, configuration. Cannot be undone.

    Raises Conflict when another program holds a live lease, unless `force`.
    """
    place = Place.of(home)
    if not place.root.exists():
        return
    place.make()
    with place.turn(WAIT):
        if not force:
            refuse_if_used(place)
        _halt(place)
        lease.clear(place)
        for folder in (place.data, place.logs, place.conf):
            shutil.rmtree(folder, ignore_errors=False)
        for path in place.root.iterdir():
            if path != place.control:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
