"""Which running program a job or a claim belongs to, so that one that was killed leaves nothing held."""

from __future__ import annotations

import os

from graphintel.store.local.process import Running


def owner() -> str:
    """This process, told apart from a later one with its number."""
    found = Running.of(os.getpid())
    return f"{found.pid} {found.mark}" if found else str(os.getpid())


def lives(name: str) -> bool:
    """Whether the process that `owner` told still runs."""
    pid, _, mark = name.partition(" ")
    return pid.isdecimal() and Running(int(pid), mark).alive
