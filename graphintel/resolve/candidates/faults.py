"""What goes wrong with the files of the index, in the project's words."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graphintel.errors import DiskFull, InputError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Raise DiskFull where the files of the index find no room, InputError where they cannot be read or written."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
            raise _full(folder) from error
        raise InputError(
            f"The side index in {folder} cannot be used: {error}. Delete the folder; it is built again from the graph."
        ) from error
    except OSError as error:
        if error.errno in _FULL or "no space left" in str(error).lower():
            raise _full(folder) from error
        raise InputError(
            f"The side index in {folder} cannot be used: {error}. Check that the folder can be written."
        ) from error


def _full(folder: Path) -> DiskFull:
    return DiskFull(
        f"The disk of the side index in {folder} is full; make room and run the same command again."
    )
