"""The managed local Neo4j: installed, started, shared, watched and stopped by the program itself."""

from __future__ import annotations

from graphintel.store.address import Address
from graphintel.store.local.admin import admin
from graphintel.store.local.dump import dump, load
from graphintel.store.local.install import Installed, Progress, install
from graphintel.store.local.lease import Holder, Lease
from graphintel.store.local.server import alone, attach, halt, reset, stands, start, stop, stopped
from graphintel.store.local.status import Status, size_of, status

__all__ = [
    "Address",
    "Holder",
    "Installed",
    "Lease",
    "Progress",
    "Status",
    "admin",
    "alone",
    "attach",
    "dump",
    "halt",
    "install",
    "load",
    "reset",
    "size_of",
    "stands",
    "start",
    "status",
    "stop",
    "stopped",
]
