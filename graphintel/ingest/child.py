"""The process that reads foreign files: `python -m graphintel.ingest.child PARENT`, started by `graphintel.ingest.reader`.

Orders come as lines of JSON on its input, messages go out on what was its output: four bytes of length, then JSON. It
reads what it is told to, behind the fence, and dies of anything that it does not expect; the other side says why.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

import orjson

from graphintel.errors import FileRefused
from graphintel.ingest import fence
from graphintel.ingest.accounting import Account, Accounting
from graphintel.ingest.limits import Limits
from graphintel.ingest.reading import read
from graphintel.ingest.source import Source, load
from graphintel.ingest.wire import Item, Sender, packed

# Few rows at a time: what fits into the processor's memory is sent and read several times faster.
_ROWS, _BYTES, _SECONDS = 25, 1 << 20, 0.5


class _Wire:
    """Where messages go; a reader on the other side that is gone ends this process."""

    def __init__(self, out: int) -> None:
        self._out = out
        self._sender = Sender()

    def send(self, message: Any) -> None:
        """One message, whole."""
        content = packed(message)
        view = memoryview(len(content).to_bytes(4, "big") + content)
        while view:
            view = view[os.write(self._out, view) :]

    def items(self, items: list[Item]) -> None:
        """A batch of records and rows set aside."""
        if items:
            self.send(self._sender.message(items))


class _Told(logging.Handler):
    """What is logged here is told to the other side, which has the log."""

    def __init__(self, wire: _Wire) -> None:
        super().__init__()
        self._wire = wire
        self.setFormatter(logging.Formatter("%(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Send a line of the log."""
        self._wire.send({"log": [record.name, record.levelno, self.format(record)[:4096]]})


def main(arguments: list[str]) -> int:
    """Read files as ordered until the input ends."""
    # Whatever prints must not break the wire.
    wire = _Wire(os.dup(1))
    os.dup2(2, 1)
    fence.bind_to(int(arguments[0]))
    orders = sys.stdin.buffer
    first = orjson.loads(orders.readline())
    limits = Limits(*first["limits"])
    logging.basicConfig(level=logging.WARNING, handlers=[_Told(wire)], force=True)
    source = load(_path(first["folder"]))
    wire.send({"fence": fence.shut(limits)})
    # Records are trees, and go as they come; only documents point back, so what they leave is collected file by file.
    gc.freeze()
    gc.disable()
    for line in orders:
        _serve(wire, source, limits, orjson.loads(line))
        gc.collect()
    return 0


def _path(text: str) -> Path:
    return Path(os.fsdecode(text.encode("latin-1")))


def _serve(wire: _Wire, source: Source, limits: Limits, order: dict[str, Any]) -> None:
    path, label = _path(order["path"]), str(_path(order["label"]))
    accounting = Accounting()
    fence.allow_seconds(limits.seconds)
    try:
        _send(wire, source, path, label, order["sha256"], accounting, limits)
    except FileRefused as error:
        wire.send({"refused": [error.reason, _sendable(error.message)]})
        return
    told = [_account(account) for account in accounting.files]
    wire.send({"end": {"accounts": told, "notes": accounting.notes}})


def _send(
    wire: _Wire, source: Source, path: Path, label: str, sha256: str, accounting: Accounting, limits: Limits
) -> None:
    def seen(size: int) -> None:
        fence.allow_seconds(limits.allowed(size))
        wire.send({"size": size})

    batch: list[Item] = []
    held, since = 0, time.monotonic()
    for item in read(
        source, path, accounting=accounting, limits=limits, label=label, sha256=sha256, seen=seen
    ):
        batch.append(item)
        held += len(item.raw)
        if len(batch) >= _ROWS or held >= _BYTES or time.monotonic() - since > _SECONDS:
            wire.items(batch)
            batch, held, since = [], 0, time.monotonic()
    wire.items(batch)


def _account(account: Account) -> dict[str, Any]:
    told = {part.name: getattr(account, part.name) for part in fields(account)}
    return {**told, "file": _sendable(account.file), "read": sorted(account.read)}


def _sendable(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
