"""The supervisor: a small process of its own that runs one server and ends it when nobody needs it.

It holds `supervisor.lock` for life, so a home has one server; it dies without harm, because the kernel then
ends the server too (Linux) or the next start does.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import logging
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Literal

from filelock import FileLock, Timeout

from graphintel.errors import StoreUnavailable
from graphintel.store.local import config, lease, state
from graphintel.store.local.place import Place
from graphintel.store.local.process import Running, die_with_parent
from graphintel.store.local.state import State

Outcome = Literal["idle", "asked", "died"]

_TICK = 0.2
_SCAN = 1.0
_STOP_SECONDS = 60.0
_RESTARTS = 3
_DEATHS_WITHIN = 600.0
_PORTS = 3

log = logging.getLogger("graphintel.store.supervisor")


@dataclass
class Supervisor:
    """Runs the server of one home until it is asked to stop or no lease has been live for `idle` seconds."""

    place: Place
    jars: Path
    version: str
    idle: float
    wait: float
    asked: bool = False
    port: int = 0

    def __post_init__(self) -> None:
        me = Running.of(os.getpid())
        if me is None:
            raise StoreUnavailable("The supervisor of the store cannot see its own process.")
        self.state = State("starting", me, version=self.version)

    def tell(self, **changes: object) -> None:
        """Change the state and let every program of the home read it."""
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # names are State's own
        state.write(self.place, self.state)

    def ask(self, number: int, frame: FrameType | None) -> None:
        """A signal asks for the stop."""
        self.asked = True

    @property
    def stop_asked(self) -> bool:
        """Whether a signal or the stop file asks for the stop."""
        return self.asked or self.place.stop_file.exists()

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server process on `port`."""
        config.write(self.place, self.port)
        # each start has a log of its own, or an old `Address already in use` would be read as today's
        words = self.place.logs / "neo4j.log"
        if words.exists():
            words.replace(words.with_name("neo4j.previous.log"))
        with (self.place.logs / "console.log").open("wb") as console:
            java = subprocess.Popen(
                config.server_command(self.place, self.jars),
                cwd=self.place.root,
                env=config.ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                preexec_fn=die_with_parent,  # noqa: PLW1509  # this process has one thread
            )
        self.tell(phase="starting", java=Running.of(java.pid), port=self.port)
        log.info("server %d starts on port %d", java.pid, self.port)
        return java

    def came_up(self, java: subprocess.Popen[bytes]) -> bool:
        """Wait until the server accepts connections; False when it ended, was stopped or took too long."""
        deadline = time.monotonic() + self.wait
        while time.monotonic() < deadline and not self.stop_asked:
            if java.poll() is not None:
                return False
            if self.state.java and self.state.java.listens(self.port):
                self.tell(phase="up")
                return True
            time.sleep(_TICK / 2)
        return False

    def watch(self, java: subprocess.Popen[bytes]) -> Outcome:
        """Stay until the server died, a stop was asked for, or its last lease is `idle` seconds gone."""
        last, seen, scan = time.monotonic(), 0, 0.0
        while not self.stop_asked:
            if java.poll() is not None:
                return "died"
            if time.monotonic() >= scan:
                scan = time.monotonic() + _SCAN
                lease.sweep(self.place)
                live, changed = lease.holders(self.place), self.place.leases.stat().st_mtime_ns
                if live:
                    self.idle = max(holder.idle for holder in live)
                # a command shorter than a scan is seen by the folder's time only
                if live or changed != seen:
                    last, seen = time.monotonic(), changed
                elif time.monotonic() - last >= self.idle and self._nobody_comes():
                    return "idle"
            time.sleep(_TICK)
        return "asked"

    def _nobody_comes(self) -> bool:
        # a program that has the turn is about to attach, or has its lease written already
        turn = FileLock(self.place.control / "turn.lock", timeout=0)
        try:
            with turn:
                if lease.holders(self.place):
                    return False
                self.tell(phase="stopping")
                return True
        except Timeout:
            return False

    def end(self, java: subprocess.Popen[bytes]) -> None:
        """Stop the server in good order, or kill it when it does not follow."""
        if java.poll() is None:
            self.tell(phase="stopping")
            java.terminate()
            try:
                java.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                # what is committed is in the transaction log: the next start recovers it
                log.warning("server %d did not stop in %.0f s and is killed", java.pid, _STOP_SECONDS)
                java.kill()
                java.wait()
        log.info("server %d ended with %s", java.pid, java.returncode)

    def start(self) -> subprocess.Popen[bytes] | None:
        """Start the server; a port that someone took first is exchanged for another one."""
        for _ in range(_PORTS):
            self.port = self.port or config.free_port()
            java = self.launch()
            if self.came_up(java):
                return java
            ended = java.poll()
            self.end(java)
            if not port_was_taken(self.place):
                reason = (
                    f"it ended with code {ended}" if ended is not None else f"no answer in {self.wait:.0f} s"
                )
                self.tell(phase="failed", reason="" if self.stop_asked else reason)
                return None
            self.port = 0
        self.tell(phase="failed", reason=f"{_PORTS} ports in turn were taken by other programs")
        return None

    def run(self) -> int:
        """Start, watch, start again when the server died under live leases, and stop."""
        deaths: list[float] = []
        while java := self.start():
            outcome = self.watch(java)
            log.info("server %d: %s", java.pid, outcome)
            if outcome != "died" or not lease.holders(self.place):
                self.end(java)
                return 0
            # the port stays, so the drivers of running programs find the server again by themselves
            now = time.monotonic()
            deaths = [*(death for death in deaths if now - death < _DEATHS_WITHIN), now]
            if len(deaths) > _RESTARTS:
                self.tell(
                    phase="failed", reason=f"it died {len(deaths)} times in {_DEATHS_WITHIN / 60:.0f} minutes"
                )
                break
        return 1


def port_was_taken(place: Place) -> bool:
    """Whether the server's last words are that its port is in use."""
    return "Address already in use" in tail(place, 200)


def tail(place: Place, lines: int) -> str:
    """The last lines that the server printed since it was started: to its log, then to the console."""
    said: list[str] = []
    for name in ("neo4j.log", "console.log"):
        with contextlib.suppress(FileNotFoundError):
            said += (place.logs / name).read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(line for line in said[-lines:] if line)


def _supervise(supervisor: Supervisor) -> int:
    try:
        return supervisor.run()
    except OSError as error:
        full = error.errno == errno.ENOSPC
        log.exception("the supervisor cannot go on")
        supervisor.tell(phase="failed", reason="the disk is full" if full else str(error))
        return 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run the supervisor in the background; returns 0 at once in the process that was called."""
    parser = argparse.ArgumentParser(prog="graphintel store supervisor")
    for name in ("--root", "--jars"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--version", required=True)
    for name in ("--idle", "--wait"):
        parser.add_argument(name, type=float, required=True)
    given = parser.parse_args(argv)
    # the starter would otherwise be the parent, and a supervisor that ended would stay as its zombie
    if os.fork():
        return 0
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    place = Place(given.root)
    try:
        with FileLock(place.control / "supervisor.lock", timeout=0):
            supervisor = Supervisor(place, given.jars, given.version, given.idle, given.wait)
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, supervisor.ask)
            supervisor.tell(phase="starting")
            return _supervise(supervisor)
    except Timeout:
        log.error("another supervisor has this home")
        return 1
