"""The folders of one home's store: Neo4j's own, and the control folder the programs share."""

from __future__ import annotations

import errno
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from graphintel.errors import DiskFull, StoreUnavailable


@dataclass(frozen=True)
class Place:
    """Paths below `home/store`; nothing outside this class spells them."""

    root: Path

    @classmethod
    def of(cls, home: Path) -> Place:
        """The store's place in a home, absolute, so that a supervisor in another folder sees the same."""
        return cls(home.expanduser().absolute() / "store")

    @property
    def conf(self) -> Path:
        """Neo4j's configuration folder."""
        return self.root / "conf"

    @property
    def data(self) -> Path:
        """Neo4j's data: databases, transaction logs, users."""
        return self.root / "data"

    @property
    def logs(self) -> Path:
        """Neo4j's logs and what it printed."""
        return self.root / "logs"

    @property
    def control(self) -> Path:
        """Leases, locks and state: how several programs share one server."""
        return self.root / "control"

    @property
    def leases(self) -> Path:
        """One file for each program that uses the server now."""
        return self.control / "leases"

    @property
    def bulk(self) -> Path:
        """Where a first load is prepared, beside the data that it will replace."""
        return self.root / "bulk"

    @property
    def state_file(self) -> Path:
        """What the supervisor says of its server."""
        return self.control / "server.json"

    @property
    def stop_file(self) -> Path:
        """Its presence asks the supervisor to stop the server at once."""
        return self.control / "stop"

    @property
    def supervisor_log(self) -> Path:
        """What the supervisor printed."""
        return self.control / "supervisor.log"

    @property
    def password(self) -> Path:
        """The server's password, mode 600."""
        return self.root / "password"

    def make(self) -> None:
        """Make the folders, closed to other users of the machine."""
        with disk_trouble(self.root):
            self.root.parent.mkdir(parents=True, exist_ok=True)
            for folder in (self.root, self.conf, self.data, self.logs, self.control, self.leases):
                folder.mkdir(mode=0o700, exist_ok=True)

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Hold the home's turn: whoever starts, resets or judges idleness does it alone."""
        # a lock of the operating system: it ends with its holder, so none is ever stale
        lock = FileLock(self.control / "turn.lock")
        try:
            lock.acquire(timeout=seconds)
        except Timeout as wait:
            raise StoreUnavailable(
                f"Another program has been starting or changing the store in {self.root} for {seconds:.0f} s; "
                f"wait for it, or see `graphintel store status`."
            ) from wait
        try:
            with disk_trouble(self.root):
                yield
        finally:
            lock.release()

    @property
    def has_supervisor(self) -> bool:
        """Whether some supervisor holds this home, be it one whose process cannot be seen from here."""
        try:
            with FileLock(self.control / "supervisor.lock", timeout=0):
                return False
        except Timeout:
            return True


@contextmanager
def disk_trouble(where: Path) -> Iterator[None]:
    """Say in plain words that a folder cannot be used: DiskFull when there is no room, else StoreUnavailable."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"The disk of {where} is full: make room and try again; what is there is kept."
            ) from error
        raise StoreUnavailable(
            f"The store cannot use {where}: {error}. Check the folder's owner and rights."
        ) from error


def write_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)


def read_json(path: Path) -> dict[str, Any] | None:
    """The object in a control file; None when the file is absent or not one."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
