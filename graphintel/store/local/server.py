"""Start, share, stop, look at and empty the local server of one home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil

from graphintel.errors import Conflict, DiskFull, StoreUnavailable
from graphintel.store.address import Address
from graphintel.store.local import config, lease, password, state
from graphintel.store.local.install import Installed, Progress, install
from graphintel.store.local.lease import Lease
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
    # a standing lease belongs to the server it was given for, and that one is gone
    place.state_file.unlink(missing_ok=True)
    place.stop_file.unlink(missing_ok=True)
    lease.clear(place, standing_only=True)
    # of a first load that was killed; the data was not touched, or is whole
    shutil.rmtree(place.bulk, ignore_errors=True)
    for draft in [*place.control.glob(".*.json.*"), *place.leases.glob(".*.json.*")]:
        draft.unlink(missing_ok=True)
    password.forget_without_data(place)


def _room(place: Place) -> None:
    free = shutil.disk_usage(place.root).free
    if free < _ROOM:
        raise DiskFull(
            f"Only {free // 2**20} MB are free on the disk of {place.root} and the store needs "
            f"{_ROOM // 2**20} MB to start: make room."
        )


def _launch(place: Place, installed: Installed, idle: float, wait: float) -> None:
    if sys.platform == "win32":
        raise StoreUnavailable(
            "The managed store runs on Linux and macOS: give the address of a Neo4j in GRAPHINTEL_STORE."
        )
    if place.has_supervisor:
        raise StoreUnavailable(
            f"A server of {place.root} runs under a supervisor that cannot be seen from here (another "
            f"container?): one home has one server, so stop that one first."
        )
    _room(place)
    config.java()
    # -P: never import from the folder that the user happens to stand in
    command = [sys.executable, "-P", "-m", "graphintel.store.local", "--root", str(place.root)]
    command += ["--jars", str(installed.jars), "--version", installed.version]
    command += ["--idle", str(idle), "--wait", str(wait)]
    with place.supervisor_log.open("wb") as log:
        code = subprocess.run(
            command,
            cwd=place.root,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            check=False,
        ).returncode
    if code:
        raise _not_up(place, f"its supervisor did not start (see {place.supervisor_log})")


def _not_up(place: Place, why: str) -> StoreUnavailable:
    last = tail(place, 15)
    heard = f" The server's last lines:\n{last}" if last else ""
    return StoreUnavailable(f"The store in {place.root} did not come up: {why}.{heard}")


def _running(place: Place, wait: float) -> State | None:
    """The server that runs, or soon will; None when there is none, or none any more."""
    deadline = time.monotonic() + max(wait, _STOP_SECONDS)
    while (now := state.read(place)) and now.alive:
        if now.running and not place.stop_file.exists():
            return now
        if time.monotonic() > deadline:
            raise _not_up(place, f"it is {now.phase} since more than {wait:.0f} s")
        time.sleep(_TICK)
    return None


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
            # it may still come up, with nobody left to use it
            place.stop_file.touch()
            raise _not_up(place, f"no answer in {wait:.0f} s")
        time.sleep(_TICK)


def bring_up(place: Place, installed: Installed, idle: float, wait: float) -> Address:
    """The address of the server that runs, started if need be; the caller has the turn."""
    running = _running(place, wait)
    if running is None:
        _sweep(place)
        _launch(place, installed, idle, wait)
        running = _until_up(place, wait)
    return password.open_door(place, running.uri, wait)


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
    with place.turn(wait + _STOP_SECONDS), ExitStack() as undo:
        # before looking for a server: one that is about to judge itself idle must see that we are here
        path = lease.take(place, idle)
        undo.callback(path.unlink, missing_ok=True)
        held = Lease(bring_up(place, installed, idle, wait), path)
        undo.pop_all()
        return held


def start(home: Path, cache: Path, *, wait: float = WAIT, progress: Progress | None = None) -> Address:
    """Start the home's server, or find it running, and keep it until `stop`."""
    with attach(home, cache, wait=wait, progress=progress) as held:
        lease.take_standing(Place.of(home))
        return held.address


def stands(home: Path) -> bool:
    """Whether the home's server was started to stay until it is stopped."""
    return (Place.of(home).leases / lease.STANDING).exists()


def _ask_to_stop(place: Place) -> bool:
    now = state.read(place)
    if now is None or not now.alive:
        return False
    place.stop_file.touch()
    _until_gone(place, now.supervisor, _STOP_SECONDS)
    return True


def stop(home: Path) -> bool:
    """Stop the home's server at once, whoever uses it; False when none ran."""
    place = Place.of(home)
    if not place.control.exists():
        return False
    stopped = _ask_to_stop(place)  # before the turn is ours, so that a start in progress ends too
    with place.turn(WAIT):
        now = state.read(place)
        if not stopped or now is None or not now.alive:
            stopped |= halt(place)
    return stopped


@contextmanager
def stopped(home: Path) -> Iterator[Place]:
    """The home's store while no server runs on it and none can be started; Conflict when one runs."""
    place = Place.of(home)
    place.make()
    with place.turn(WAIT):
        now = state.read(place)
        if now and now.alive:
            raise Conflict(f"The store in {place.root} runs: stop it first (`graphintel store stop`).")
        _sweep(place)
        yield place


def _refuse_if_used(place: Place) -> None:
    others = [
        holder for holder in lease.holders(place) if holder.process and holder.process.pid != os.getpid()
    ]
    if others:
        named = ", ".join(f"{other.program} (pid {other.process.pid})" for other in others if other.process)
        raise Conflict(f"The store in {place.root} is in use by {named}: end it first.")


@contextmanager
def alone(home: Path) -> Iterator[Place]:
    """The home's store while no other program uses it (else Conflict) and none can join."""
    place = Place.of(home)
    place.make()
    with place.turn(WAIT):
        _refuse_if_used(place)
        yield place


def halt(place: Place) -> bool:
    """Stop the server of a home whose turn is ours; False when none ran."""
    stopped = _ask_to_stop(place)
    _sweep(place)
    return stopped


@contextmanager
def halted(home: Path) -> Iterator[Place]:
    """Stop the server unless another program uses it (Conflict), and keep everybody from starting it meanwhile."""
    with alone(home) as place:
        halt(place)
        yield place


def reset(home: Path, *, force: bool = False) -> None:
    """Stop the server and delete the store: data, users, logs, configuration. It cannot be undone.

    Raises Conflict when another program holds a live lease, unless `force`.
    """
    place = Place.of(home)
    if not place.root.exists():
        return
    place.make()
    with place.turn(WAIT):
        if not force:
            _refuse_if_used(place)
        halt(place)
        lease.clear(place)
        shutil.rmtree(
            place.data
        )  # first: a password without data is forgotten, data without a password is lost
        for path in place.root.iterdir():
            if path.is_dir() and path != place.control:
                shutil.rmtree(path)
            elif path.is_file():
                path.unlink()
