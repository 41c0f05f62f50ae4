"""Opening a delivered file: hash, unpacked size, NUL bytes and character set, each known before a row is read."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

from charset_normalizer import from_bytes

from graphintel.errors import FileRefused
from graphintel.ingest.limits import Limits

_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_PACKED = b"\x1f\x8b"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Survey(NamedTuple):
    """What a first pass over a file found: SHA-256 as delivered, whether packed, unpacked size, NUL, a sample.

    `sample` holds up to 64 KiB of the lines that have bytes outside ASCII: only those tell character sets apart.
    """

    path: Path
    sha256: str
    packed: bool
    size: int
    nul: bool
    ascii: bool
    utf8: bool
    mark: str
    sample: bytes


def survey(path: Path, limits: Limits) -> Survey:
    """One pass over the bytes of a file; raises FileRefused (not_readable, empty, too_large, broken_archive)."""
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            packed = stream.read(2) == _PACKED
            delivered = stream.seek(0, 2)
        with unpacked(path, packed) as content:
            return _pass(path, digest, packed, delivered, content, limits)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileRefused("broken_archive", f"{path} is no whole gzip file: {error}") from error
    except OSError as error:
        raise FileRefused("not_readable", f"{path} cannot be read: {error.strerror or error}") from error


def unpacked(path: Path, packed: bool) -> IO[bytes]:
    """The bytes of a file, unpacked where it is gzip."""
    return cast(IO[bytes], gzip.open(path, "rb")) if packed else path.open("rb")


def _pass(
    path: Path, digest: str, packed: bool, delivered: int, content: IO[bytes], limits: Limits
) -> Survey:
    size, nul, plain, mark, sample = 0, False, True, "", bytearray()
    utf8, tail = True, b""
    for block in _blocks(content):
        if not size:
            mark = next((name for start, name in _MARKS if block.startswith(start)), "")
        size += len(block)
        if size > limits.file_bytes or (packed and size > max(delivered, 1024) * limits.ratio):
            raise FileRefused(
                "too_large", f"{path} unpacks to more than is allowed; split it or raise the limit"
            )
        nul = nul or b"\0" in block
        if not block.isascii() or tail:
            plain = False
            utf8, tail = _still_utf8(utf8, tail + block)
            _collect(sample, block)
    if not size:
        raise FileRefused("empty", f"{path} is empty")
    return Survey(path, digest, packed, size, nul, plain, utf8 and not tail, mark, bytes(sample))


def _blocks(content: IO[bytes]) -> Iterator[bytes]:
    while block := content.read(_BLOCK):
        yield block


def _still_utf8(so_far: bool, block: bytes) -> tuple[bool, bytes]:
    if not so_far:
        return False, b""
    try:
        block.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character may be cut by the block's end; anything else is no UTF-8.
        return (True, block[error.start :]) if error.reason == "unexpected end of data" else (False, b"")
    return True, b""


def _collect(sample: bytearray, block: bytes) -> None:
    if len(sample) < _SAMPLE:
        for line in block.split(b"\n"):
            if not line.isascii():
                sample += line[:4096] + b"\n"
                if len(sample) >= _SAMPLE:
                    return


def charset(found: Survey, allowed: tuple[str, ...]) -> str:
    """The character set of a file among those its source writes; raises FileRefused (bad_charset).

    A byte order mark decides, then UTF-8 if every byte fits, then charset-normalizer restricted to the list: without
    the restriction it takes Turkish text for Baltic or Cyrillic.
    """
    if found.mark == "utf-8-sig" or (found.ascii and not found.mark):
        return "utf-8-sig"
    if found.utf8 and not found.mark and "utf-8" in allowed:
        return "utf-8-sig"
    single = [name for name in allowed if not name.startswith("utf")]
    best = from_bytes(found.sample, cp_isolation=single).best() if single and not found.mark else None
    if best is None:
        wanted = ", ".join(allowed)
        raise FileRefused(
            "bad_charset", f"{found.path} is in none of the character sets {wanted}; convert it"
        )
    return best.encoding
