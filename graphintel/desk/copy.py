"""A copy of the desk as it is at one moment, while others may use it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from graphintel.desk.room import told_full


def copy(desk_file: Path, to: Path) -> None:
    """Write the desk in `desk_file` whole into the new file `to`; raises DiskFull when there is no room for it."""
    with (
        told_full(to),
        closing(sqlite3.connect(desk_file, timeout=30.0)) as here,
        closing(sqlite3.connect(to)) as there,
    ):
        here.backup(there)
        # A copy stands alone: it has no write-ahead log beside it.
        there.execute("PRAGMA journal_mode = DELETE")
