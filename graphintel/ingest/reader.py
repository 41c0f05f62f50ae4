"""The reader: foreign files are read in a process of their own, with limits; whatever happens to it is a refused file."""

from __future__ import annotations

import fcntl
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graphintel.errors import FileRefused
from graphintel.ingest.accounting import Account, Accounting
from graphintel.ingest.delivery import legible
from graphintel.ingest.limits import DEFAULT, Limits
from graphintel.ingest.opening import sha256_of
from graphintel.ingest.reading import marked
from graphintel.ingest.source import Source
from graphintel.ingest.wire import Item, Receiver, packed, unpacked

_PIPE = 1 << 20
_SET_PIPE_SIZE = 1031
_TAIL = 1 << 16
_START = 120.0
_ASIDES = 10_000
_OUT_OF_MEMORY = ("MemoryError", "memory allocation of", "Cannot allocate memory")
# What a message that no reader of ours would send does to the code that takes it apart.
_NO_MESSAGE = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


class Reader:
    """Reads files of one source in one process, which is started anew only after a file that it did not survive."""

    def __init__(self, source: Source, limits: Limits = DEFAULT) -> None:
        self._source, self._limits = source, limits
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(
        self, path: Path, *, accounting: Accounting | None = None, label: str = "", sha256: str = ""
    ) -> Iterator[Item]:
        """The records of a file as `ingest.read` yields them, and refused as it refuses them.

        Further reasons: took_too_long, took_too_much_memory, reader_died. Only then rows may have come before the
        refusal, and the message says how many. `label` is what the file is called if that is not its path.
        """
        label = label or str(path)
        sha256 = sha256 or sha256_of(path, label)
        if self._child is None:
            self._child = _Child(self._source, self._limits)
        whole = False
        try:
            yield from self._child.read(path, label, sha256, accounting or Accounting())
            whole = True
        except FileRefused as error:
            whole = "died" not in error.detail
            raise
        finally:
            # One that was left in the middle of a file would go on with it.
            if not whole:
                self.close()

    def close(self) -> None:
        """End the process, at once."""
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """One running process."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._limits, self._rows, self._spent, self._size = limits, 0, 0.0, 0
        self._asides, self._ready = 0, False
        self._receiver = Receiver(source, marked(source))
        self._errors, errors = os.pipe()
        os.set_blocking(errors, False)
        os.set_blocking(self._errors, False)
        # Nothing of this process's surroundings goes along: they may hold passwords.
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "graphintel.ingest.child", str(os.getpid())], bufsize=0, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env={"PYTHONPATH": paths, "PYTHONUTF8": "1"},
        )  # fmt: skip
        os.close(errors)
        assert self._process.stdin and self._process.stdout
        self._in, self._out = self._process.stdin, self._process.stdout.fileno()
        _widen(self._out)
        self._poll = select.poll()
        self._poll.register(self._out, select.POLLIN | select.POLLHUP)
        self._order({"folder": _bytes(source.folder), "limits": limits})

    def _order(self, order: dict[str, Any]) -> None:
        try:
            self._in.write(packed(order) + b"\n")
        except BrokenPipeError:
            # It is gone; waiting for its answer says why.
            return

    def read(self, path: Path, label: str, sha256: str, accounting: Accounting) -> Iterator[Item]:
        """The items of one file."""
        self._rows, self._spent, self._size, self._asides = 0, 0.0, 0, 0
        file = legible(Path(label).name)
        self._order({"path": _bytes(path), "label": _bytes(Path(label)), "sha256": sha256})
        while True:
            message = self._message(label)
            try:
                if "rows" in message:
                    items = list(self._receiver.items(message, file, sha256))
                    self._rows, self._asides = self._rows + len(items), 0
                    yield from items
                elif "end" in message:
                    _settle(accounting, message["end"])
                    return
                elif "refused" in message:
                    reason, why = message["refused"]
                    raise FileRefused(str(reason), str(why))
                else:
                    self._aside(message)
            except _NO_MESSAGE as error:
                how = f"sent a message that cannot be read ({type(error).__name__})"
                raise self._died(label, how) from error

    def _aside(self, message: dict[str, Any]) -> None:
        """A message that is no row: a line of the log, the file's size, the fence; KeyError for any other."""
        self._asides += 1
        if self._asides > _ASIDES:
            raise ValueError("nothing but chatter")
        if "log" in message:
            name, level, text = message["log"]
            logging.getLogger(str(name)).log(int(level), "%s", text)
        elif "size" in message:
            self._size = min(int(message["size"]), self._limits.file_bytes)
        elif message["fence"] and not self._ready:
            # The limits are for files; to start takes what it takes.
            self._ready, self._spent = True, 0.0

    def _message(self, label: str) -> dict[str, Any]:
        length = int.from_bytes(self._bytes(4, label), "big")
        if length > self._limits.message:
            raise self._died(label, "sent a message that is too long")
        try:
            message = unpacked(self._bytes(length, label))
        except _NO_MESSAGE as error:
            raise self._died(label, "sent a message that cannot be read") from error
        if not isinstance(message, dict):
            raise self._died(label, "sent a message that cannot be read")
        return message

    def _bytes(self, wanted: int, label: str) -> bytearray:
        """So many bytes; raises FileRefused if they do not come in time."""
        held = bytearray()
        while len(held) < wanted:
            began = time.monotonic()
            allowed = self._limits.allowed(self._size) if self._ready else _START
            # Before its first row a file may be parsed whole; after it, rows come one after another.
            wait = (
                allowed - self._spent if not self._rows else min(allowed - self._spent, self._limits.seconds)
            )
            ready = wait > 0 and self._poll.poll(wait * 1000)
            self._spent += time.monotonic() - began
            if not ready:
                raise self._refusal("took_too_long", label, f"took longer than {allowed:.0f} s to read")
            block = os.read(self._out, min(wanted - len(held), _PIPE))
            if not block:
                raise self._ended(label)
            held += block
        return held

    def _ended(self, label: str) -> FileRefused:
        """Why the process is gone."""
        code = self._process.wait()
        told = self._told()
        last = told.strip().rpartition("\n")[2]
        if code == -signal.SIGXCPU:
            seconds = self._limits.allowed(self._size)
            return self._refusal(
                "took_too_long", label, f"took more than {seconds:.0f} s of computing to read"
            )
        if any(word in told for word in _OUT_OF_MEMORY):
            most = self._limits.memory >> 20
            return self._refusal("took_too_much_memory", label, f"took more than {most} MB of memory to read")
        how = f"signal {signal.Signals(-code).name}" if code < 0 else last or f"exit code {code}"
        return self._died(label, f"ended in the middle of it ({how[:200]})")

    def _died(self, label: str, how: str) -> FileRefused:
        return self._refusal("reader_died", label, f"cannot be read: the process that reads it {how}")

    def _refusal(self, reason: str, label: str, how: str) -> FileRefused:
        loaded = f"; the {self._rows} rows before that are read" if self._rows else ""
        return FileRefused(
            reason, f"{label} {how}{loaded}; split it, or raise the limits if it is sound", died=True
        )

    def _told(self) -> str:
        try:
            return os.read(self._errors, _TAIL).decode("utf-8", "replace")
        except BlockingIOError:
            return ""

    def end(self) -> None:
        """Kill the process and wait for its end; nothing of it is left."""
        self._process.kill()
        self._process.wait()
        self._in.close()
        assert self._process.stdout
        self._process.stdout.close()
        os.close(self._errors)


def _widen(pipe: int) -> None:
    """Let a whole batch wait in the pipe, so that neither side waits for the other; a kernel may refuse."""
    if sys.platform == "linux":
        try:
            fcntl.fcntl(pipe, _SET_PIPE_SIZE, _PIPE)
        except OSError:
            return


def _bytes(path: Path) -> str:
    """A path whatever its bytes, as text of the same numbers."""
    return os.fsencode(path).decode("latin-1")


def _settle(accounting: Accounting, told: dict[str, Any]) -> None:
    for given in told["accounts"]:
        account = Account(**given)
        account.filled, account.read = Counter(account.filled), set(account.read)
        accounting.files.append(account)
    accounting.notes.extend(map(str, told["notes"]))
