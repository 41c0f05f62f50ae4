"""Processes told apart for good: a pid is reused, a pid with its start is not."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psutil

_PR_SET_PDEATHSIG = 1


@cache
def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def _linux_mark(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # the second field is the program's name in brackets, and may hold blanks and brackets itself
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else f"{_boot()}:{fields[19]}"


def mark_of(pid: int) -> str | None:
    """The start of a living process as text; None when it is gone or only waits to be reaped.

    On Linux it is the boot and the tick of the start, which a step of the clock does not move.
    """
    if sys.platform == "linux":
        return _linux_mark(pid)
    try:
        found = psutil.Process(pid)
        return None if found.status() == psutil.STATUS_ZOMBIE else f"{found.create_time():.2f}"
    except psutil.NoSuchProcess:
        return None


@dataclass(frozen=True)
class Running:
    """A process as control files name it: pid and start."""

    pid: int
    mark: str

    @classmethod
    def of(cls, pid: int) -> Running | None:
        """The process with this pid now."""
        mark = mark_of(pid)
        return cls(pid, mark) if mark else None

    @classmethod
    def read(cls, found: object) -> Running | None:
        """From a control file; None when it is not one."""
        match found:
            case {"pid": int(pid), "mark": str(mark)} if pid > 0:
                return cls(pid, mark)
        return None

    def as_json(self) -> dict[str, Any]:
        """As control files keep it."""
        return {"pid": self.pid, "mark": self.mark}

    @property
    def alive(self) -> bool:
        """Whether this very process still runs."""
        return mark_of(self.pid) == self.mark

    @property
    def memory(self) -> int:
        """Resident bytes; 0 when it is gone."""
        try:
            return int(psutil.Process(self.pid).memory_info().rss) if self.alive else 0
        except psutil.NoSuchProcess:
            return 0

    def listens(self, port: int) -> bool:
        """Whether this process itself accepts connections on a port, and not another that took it first."""
        try:
            connections = psutil.Process(self.pid).net_connections("tcp") if self.alive else []
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False
        return any(one.status == psutil.CONN_LISTEN and one.laddr.port == port for one in connections)

    def end(self, seconds: float) -> None:
        """Ask it to end, and kill it when it has not after `seconds`."""
        # the mark is asked before each signal: the pid may be another program's by now
        with contextlib.suppress(psutil.NoSuchProcess):
            found = psutil.Process(self.pid)
            if self.alive:
                found.terminate()
            if psutil.wait_procs([found], timeout=seconds)[1] and self.alive:
                found.kill()
                psutil.wait_procs([found], timeout=10)


def die_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """In a child before exec, on Linux: the kernel ends it when the parent dies, however the parent dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, how, 0, 0, 0)
