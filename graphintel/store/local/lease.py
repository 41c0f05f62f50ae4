"""Leases: which programs use the server now. A lease is a file; it lives as long as its process does."""

from __future__ import annotations

import json
import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from graphintel.store.address import Address
from graphintel.store.local.place import Place, read_json, write_private
from graphintel.store.local.process import Running

STANDING = "standing.json"


@dataclass(frozen=True)
class Holder:
    """A program with a live lease; a standing lease (`store start`) has no process."""

    program: str
    process: Running | None
    idle: float


def _program() -> str:
    return Path(sys.argv[0] or sys.executable).name


def take(place: Place, idle: float) -> Path:
    """Write this program's lease; `idle` is how long the server outlives it, in seconds."""
    me = Running.of(os.getpid())
    path = place.leases / f"{os.getpid()}-{secrets.token_hex(4)}.json"
    process = me.as_json() if me else None
    write_private(path, json.dumps({"program": _program(), "process": process, "idle": idle}))
    return path


def take_standing(place: Place) -> None:
    """Write the lease that keeps the server until it is stopped."""
    write_private(place.leases / STANDING, json.dumps({"program": "store start", "idle": 0}))


def _holder(path: Path) -> Holder | None:
    found = read_json(path)
    if found is None:
        return None
    idle = found.get("idle")
    process = Running.read(found.get("process"))
    if path.name != STANDING and not (process and process.alive):
        return None
    return Holder(str(found.get("program")), process, float(idle) if isinstance(idle, int | float) else 0.0)


def _files(place: Place) -> list[Path]:
    return sorted(place.leases.glob("[!.]*.json"))


def holders(place: Place) -> list[Holder]:
    """Live leases: those of programs that still run, and the standing one."""
    return [holder for path in _files(place) if (holder := _holder(path))]


def sweep(place: Place) -> None:
    """Remove the leases of programs that are gone."""
    for path in _files(place):
        if _holder(path) is None:
            path.unlink(missing_ok=True)


def clear(place: Place, *, standing_only: bool = False) -> None:
    """Drop the standing lease, or every lease."""
    for path in [place.leases / STANDING] if standing_only else list(place.leases.glob("*")):
        path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Lease:
    """The right to use a server while it is held: `with attach(...) as lease: lease.address`."""

    address: Address
    path: Path

    def release(self) -> None:
        """Give the lease back; twice is harmless."""
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
