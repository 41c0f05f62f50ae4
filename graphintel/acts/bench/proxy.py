"""A wire between a load and its store that can be cut at a chosen moment of a chosen transaction, or answers late."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Literal, NamedTuple

# The message of Bolt that commits, whole: length, structure without fields, its code, end.
_COMMIT = b"\x00\x02\xb0\x12\x00\x00"
# What the first write of a chunk's transaction says.
_FIRST_WRITE = b"CREATE (r:Record)"
_BUFFER = 1 << 16


class Cut(NamedTuple):
    """A moment: in the `transaction`-th chunk that writes records, after its first write or before its acknowledgement."""

    transaction: int
    when: Literal["written", "committed"]


class Wire:
    """Forwards one port to a store; at its cut it calls `act` once, and the client hears nothing more.

    Every answer comes `late` seconds after it was given.
    """

    def __init__(
        self, host: str, port: int, cut: Cut | None, act: Callable[[], None] | None, late: float = 0.0
    ) -> None:
        self._target = (host, port)
        self._cut, self._act, self._late = cut, act, late
        self._writes = 0
        self._due = threading.Event()
        self.acted = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self.port = int(self._listener.getsockname()[1])

    def start(self) -> None:
        """Take connections from now on."""
        self._threads[0].start()

    def close(self) -> None:
        """Cut every connection and end."""
        for one in [self._listener, *self._open]:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            store = socket.create_connection(self._target)
            self._open += [client, store]
            for work in (self._asked, self._answered):
                thread = threading.Thread(target=work, args=(client, store), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _asked(self, client: socket.socket, store: socket.socket) -> None:
        """Pass on what the load says, and note when its moment has come."""
        tail = b""
        with suppress(OSError):
            while data := client.recv(_BUFFER):
                self._note(tail + data, len(tail))
                tail = data[-len(_FIRST_WRITE) :]
                store.sendall(data)
        _hang_up(store)

    def _note(self, said: bytes, before: int) -> None:
        """Look at what is new in it; its first `before` bytes were seen and only lead on to the rest."""
        if self._cut is None or self.acted.is_set():
            return
        if _FIRST_WRITE in said[max(before - len(_FIRST_WRITE) + 1, 0) :]:
            self._writes += 1
        commits = _COMMIT in said[max(before - len(_COMMIT) + 1, 0) :]
        if self._writes == self._cut.transaction and (commits or self._cut.when == "written"):
            self._due.set()

    def _answered(self, client: socket.socket, store: socket.socket) -> None:
        with suppress(OSError):
            while data := store.recv(_BUFFER):
                if self._due.is_set() and not self.acted.is_set():
                    # The store has answered: what was asked is done, and the load does not know.
                    self._do()
                    break
                time.sleep(self._late)
                client.sendall(data)
        _hang_up(client)

    def _do(self) -> None:
        if not self.acted.is_set():
            self.acted.set()
            if self._act:
                self._act()


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(
    uri: str, cut: Cut | None = None, act: Callable[[], None] | None = None, late: float = 0.0
) -> Iterator[Wire]:
    """A wire to the store at a Bolt address, open for as long as the block runs."""
    host, _, port = uri.rpartition("/")[2].rpartition(":")
    made = Wire(host, int(port), cut, act, late)
    made.start()
    try:
        yield made
    finally:
        made.close()
