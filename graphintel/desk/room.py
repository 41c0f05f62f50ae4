"""Whether the desk's disk is full: SQLite calls some full disks by that name and others an I/O error."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from graphintel.errors import DiskFull

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# What may be a full disk: a write, a file that could not be grown, one that could not be made.
_DOUBTFUL = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
_PROBE = 64 * 1024


@contextmanager
def told_full(path: Path) -> Iterator[None]:
    """Raise DiskFull where SQLite fails for want of room for the desk in `path`, whatever it calls it."""
    try:
        yield
    except sqlite3.OperationalError as error:
        kind = error.sqlite_errorcode & 0xFF
        if kind == sqlite3.SQLITE_FULL or (kind in _DOUBTFUL and not has_room(path)):
            raise DiskFull(
                f"The disk of {path} is full; make room and run the same command again."
            ) from error
        raise


def has_room(path: Path) -> bool:
    """Whether the file, or its write-ahead log, could grow by 64 KiB: tried with a file beside it that is gone again."""
    beside = (path, path.with_name(f"{path.name}-wal"))
    end = max((one.stat().st_size for one in beside if one.exists()), default=0)
    try:
        with TemporaryFile(dir=path.parent) as probe:
            # A limit on the size of files bites where the file ends, not at its beginning.
            probe.seek(end)
            probe.write(bytes(_PROBE))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return error.errno not in _FULL
    return True
