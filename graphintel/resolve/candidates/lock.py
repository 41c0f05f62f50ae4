"""One writer of the index at a time: a locked file that names the process."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from graphintel.errors import Conflict
from graphintel.resolve.candidates.faults import told

_NAME = "writer.lock"


class WriterLock:
    """The lock of a folder, held until `release` or the end of the process, however it ends."""

    def __init__(self, folder: Path) -> None:
        with told(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._file, 20, 0).decode("ascii", "replace").strip() or "another program"
            os.close(self._file)
            raise Conflict(
                f"The side index in {folder} is being written by process {holder}; wait for it and run this again."
            ) from None
        with told(folder):
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let the next writer in."""
        os.ftruncate(self._file, 0)
        os.close(self._file)
