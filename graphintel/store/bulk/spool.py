"""Set aside on disk in order: what a load cannot finish before it has seen its last row."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

BLOCK = 4096


class Spool:
    """Plain values (texts, numbers, lists, dictionaries) in blocks on disk; no file stays open in between."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._block: list[Any] = []
        self._sizes: list[int] = []

    def append(self, value: Any) -> None:
        """Set one value aside."""
        self._block.append(value)
        if len(self._block) >= BLOCK:
            self._flush()

    def _flush(self) -> None:
        written = marshal.dumps(self._block)
        with self._path.open("ab") as out:
            out.write(written)
        self._sizes.append(len(written))
        self._block = []

    def blocks(self) -> Iterator[list[Any]]:
        """The values in their order, `BLOCK` at a time."""
        if self._block:
            self._flush()
        if self._sizes:
            with self._path.open("rb") as stream:
                yield from self._read(stream)

    def _read(self, stream: BinaryIO) -> Iterator[list[Any]]:
        for size in self._sizes:
            yield marshal.loads(stream.read(size))

    def __iter__(self) -> Iterator[Any]:
        for block in self.blocks():
            yield from block

    @contextmanager
    def opened(self) -> Iterator[Iterator[Any]]:
        """The values in their order, to be had even when the file's folder is deleted meanwhile."""
        if self._block or not self._sizes:
            self._flush()
        with self._path.open("rb") as stream:
            yield (value for block in self._read(stream) for value in block)


class Lines:
    """A growing text file, written in large pieces; no file stays open in between."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: list[str] = []

    def append(self, line: str) -> None:
        """Add one line, without its end."""
        self._held.append(line)
        if len(self._held) >= BLOCK:
            self.flush()

    def extend(self, lines: list[str]) -> None:
        """Add many lines at once."""
        self._held.extend(lines)
        if len(self._held) >= BLOCK:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        if self._held:
            self._held.append("")
            # A lone surrogate cannot be stored as text anywhere; the daily path refuses it too.
            with self.path.open("a", encoding="utf-8", errors="replace", newline="") as out:
                out.write("\n".join(self._held))
            self._held = []
