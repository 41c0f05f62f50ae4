"""Evidence files as one stream: a plain tar in which every file is named by its SHA-256, written and read block by block."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable, Collection, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from graphintel.errors import InputError

_HASH = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"evidence/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_BLOCK = 1 << 20
_UNIT = tarfile.BLOCKSIZE
_ZEROS = bytes(_UNIT)
Read = Callable[[int], bytes]
Write = Callable[[bytes], object]


class Packed(NamedTuple):
    """How many files were packed, and those whose bytes are not what their name says."""

    files: int
    damaged: tuple[str, ...]


def stored(folder: Path) -> Iterator[Path]:
    """The evidence files of a folder in the order of their hashes."""
    for part in sorted(folder.glob("[0-9a-f][0-9a-f]")):
        yield from sorted(
            path for path in part.iterdir() if _HASH.fullmatch(path.name) and path.name[:2] == part.name
        )


def blocks_of(path: Path) -> Iterator[bytes]:
    """The bytes of an evidence file, block by block; raises InputError if it cannot be read."""
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                yield block
    except OSError as error:
        raise InputError(f"The evidence file {path} cannot be read: {error.strerror or error}.") from error


def is_whole(path: Path) -> bool:
    """Whether the bytes of an evidence file are those that its name says."""
    total = sha256()
    for block in blocks_of(path):
        total.update(block)
    return total.hexdigest() == path.name


def pack(folder: Path, into: Write) -> Packed:
    """Write every evidence file of a folder to `into`; raises InputError for one that cannot be read whole."""
    files, damaged = 0, []
    for path in stored(folder):
        size, total, done = path.stat().st_size, sha256(), 0
        into(_head(path, size))
        for block in blocks_of(path):
            into(block)
            total.update(block)
            done += len(block)
        if done != size:
            raise InputError(f"The evidence file {path} changed while it was copied; run the backup again.")
        into(bytes(-size % _UNIT))
        files += 1
        if total.hexdigest() != path.name:
            damaged.append(path.name)
    into(_ZEROS * 2)
    return Packed(files, tuple(damaged))


def _head(path: Path, size: int) -> bytes:
    info = tarfile.TarInfo(f"evidence/{path.parent.name}/{path.name}")
    info.size, info.mode = size, 0o440
    return info.tobuf(tarfile.GNU_FORMAT)


def unpack(read: Read, damaged: Collection[str], folder: Path | None = None) -> int:
    """Check a packed stream to its end, and write its files below a folder if one is given; how many there were.

    `damaged`: files of which it is known that their bytes are not what their name says. Raises InputError for whatever
    is no evidence file: another name, a link, a folder, a size that the stream has not, a file that comes twice.
    """
    files, last = 0, ""
    while (head := _exactly(read, _UNIT)) != _ZEROS:
        name, size = _entry(head)
        if name <= last:
            raise InputError(f"{name} stands twice, or out of its order")
        place = folder / name[:2] / name if folder else None
        if _take(read, size, place) != name and name not in damaged:
            raise InputError(f"the bytes of {name} are not those that its name says")
        files, last = files + 1, name
    if _exactly(read, _UNIT) != _ZEROS or read(1):
        raise InputError("something follows its end")
    return files


def _entry(head: bytes) -> tuple[str, int]:
    """Hash and size of the next file."""
    try:
        info = tarfile.TarInfo.frombuf(head, "ascii", "strict")
    except (tarfile.HeaderError, ValueError) as error:
        raise InputError(f"an entry cannot be read ({error})") from error
    found = _NAME.fullmatch(info.name)
    if not found or not info.isreg() or info.size < 0:
        raise InputError(f"{info.name[:100]!r} is no evidence file")
    return found[2], info.size


def _take(read: Read, size: int, place: Path | None) -> str:
    """Read one file and its padding, to a place if one is given; the SHA-256 of its bytes."""
    total = sha256()
    if place is None:
        for block in _pieces(read, size):
            total.update(block)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as out:
            for block in _pieces(read, size):
                out.write(block)
                total.update(block)
        place.chmod(0o440)
    _exactly(read, -size % _UNIT)
    return total.hexdigest()


def _pieces(read: Read, size: int) -> Iterator[bytes]:
    while size:
        block = _exactly(read, min(size, _BLOCK))
        size -= len(block)
        yield block


def _exactly(read: Read, size: int) -> bytes:
    got = b""
    while len(got) < size:
        more = read(size - len(got))
        if not more:
            raise InputError("it ends in the middle of a file")
        got += more
    return got
