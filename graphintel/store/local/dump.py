"""The graph of a stopped store as one stream of bytes, out of it and into an empty one: `neo4j-admin database dump|load`."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from graphintel.errors import DiskFull, StoreUnavailable
from graphintel.store.local import config
from graphintel.store.local.place import Place

DATABASE = "neo4j"
_BLOCK = 1 << 20
_SAID = 64 * 1024
# What it prints while all goes well, once a percent.
_CHATTER = (", data: ", "Done: ", "Run with ")
# What the tool says first, before the places in its code at which it came to know.
_FULL = ("no space left", "file too large", "disk quota exceeded")


def dump(place: Place, jars: Path, into: Callable[[bytes], object]) -> None:
    """Give the graph of a stopped store to `into`, block by block; raises StoreUnavailable or DiskFull with the reason."""
    with _admin(place, jars, ["database", "dump", DATABASE, "--to-stdout"], "copied") as process:
        if process.stdin and process.stdout:
            process.stdin.close()
            while block := process.stdout.read(_BLOCK):
                into(block)


def load(place: Place, jars: Path, blocks: Iterable[bytes]) -> None:
    """Fill a store without data from the blocks of a dump; raises StoreUnavailable or DiskFull with the reason."""
    with _admin(place, jars, ["database", "load", DATABASE, "--from-stdin"], "filled") as process:
        if process.stdin:
            try:
                for block in blocks:
                    process.stdin.write(block)
                process.stdin.close()
            except BrokenPipeError:
                # It ended before it had read all: its exit code and its last words say why.
                return


@contextmanager
def _admin(place: Place, jars: Path, args: list[str], done: str) -> Iterator[subprocess.Popen[bytes]]:
    """The tool with its streams; whoever leaves the block without an error waits for its end."""
    config.write(place, config.free_port())
    loads = "load" in args
    with TemporaryFile() as said:
        process = subprocess.Popen(
            config.admin_command(jars, args), env=config.admin_environment(place), cwd=place.root,
            stdin=subprocess.PIPE, stdout=said if loads else subprocess.PIPE, stderr=said,
        )  # fmt: skip
        try:
            yield process
            code = process.wait()
        finally:
            _end(process)
        if code:
            raise _failed(place, done, _heard(said))


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
    for stream in (process.stdin, process.stdout):
        if stream:
            # What was not taken any more when it ended is of no use.
            try:
                stream.close()
            except BrokenPipeError:
                continue


def _failed(place: Place, done: str, heard: list[str]) -> DiskFull | StoreUnavailable:
    if any(word in line.lower() for line in heard for word in _FULL):
        return DiskFull(
            f"The disk of {place.root}, or that of temporary files, is full; make room and run the same command again."
        )
    words = " ".join(heard)[-600:]
    return StoreUnavailable(
        f"The store in {place.root} could not be {done}: {words or 'no reason was given'}"
    )


def _heard(said: IO[bytes]) -> list[str]:
    """The last lines that the tool printed, without those that tell nothing to whoever runs it."""
    said.seek(max(said.seek(0, 2) - _SAID, 0))
    lines = (line.strip() for line in said.read().decode("utf-8", "replace").splitlines())
    return list(
        dict.fromkeys(
            line
            for line in lines
            if line and not line.startswith("at ") and not any(word in line for word in _CHATTER)
        )
    )
