"""Opening a delivered file: hash, unpacked size, NUL bytes and character set, each known before a row is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from charset_normalizer import from_bytes

from graphintel.errors import FileRefused
from graphintel.ingest.limits import Limits
from graphintel.ingest.packing import GZIP, MEMBER, packed_size, packing, regular, unpacked, whole

__all__ = ["Survey", "charset", "sha256_of", "survey", "unpacked"]

_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Survey(NamedTuple):
    """What a first pass over a file found: SHA-256 as delivered, how it is packed, unpacked size, NUL, a sample.

    `packed` is empty, `gzip`, or `zip:` and the name of a member. `sample` holds up to 64 KiB of the lines that have
    bytes outside ASCII: only those tell character sets apart. `label` is what the file is called in messages.
    """

    path: Path
    sha256: str
    packed: str
    size: int
    nul: bool
    ascii: bool
    utf8: bool
    mark: str
    sample: bytes
    label: str

    @property
    def member(self) -> str:
        """The name inside the zip that this is a member of, or nothing."""
        return self.packed.removeprefix(MEMBER) if self.packed.startswith(MEMBER) else ""


def sha256_of(path: Path, label: str = "") -> str:
    """The hash of a file as delivered; raises FileRefused (not_readable, not_regular)."""
    label = label or str(path)
    regular(path, label)
    with whole(label), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def survey(
    path: Path, limits: Limits, packed: str | None = None, sha256: str = "", label: str = ""
) -> Survey:
    """One pass over the bytes of a file, or of the member of a zip that `packed` names.

    Raises FileRefused: not_readable, not_regular, empty, too_large, broken_archive. Bytes are counted as they come, so
    that an archive which lies about its sizes gains nothing.
    """
    label = label or str(path)
    regular(path, label)
    sha256 = sha256 or sha256_of(path, label)
    with whole(label):
        if packed is None:
            packed = GZIP if packing(path) == GZIP else ""
        most = max(packed_size(path, packed), 1024) * limits.ratio if packed else limits.file_bytes
        if packed.startswith(MEMBER):
            label = f"{label}!{packed.removeprefix(MEMBER)}"
        with unpacked(path, packed) as content:
            found = _pass(
                Survey(path, sha256, packed, 0, False, True, True, "", b"", label),
                content,
                min(most, limits.file_bytes),
            )
    return found


def _pass(empty: Survey, content: IO[bytes], most: int) -> Survey:
    size, nul, plain, mark, sample = 0, False, True, "", bytearray()
    utf8, tail = True, b""
    for block in _blocks(content):
        if not size:
            mark = next((name for start, name in _MARKS if block.startswith(start)), "")
        size += len(block)
        if size > most:
            raise FileRefused(
                "too_large", f"{empty.label} unpacks to more than is allowed; split it or raise the limit"
            )
        nul = nul or b"\0" in block
        if not block.isascii() or tail:
            plain = False
            utf8, tail = _still_utf8(utf8, tail + block)
            _collect(sample, block)
    if not size:
        raise FileRefused("empty", f"{empty.label} is empty")
    return empty._replace(
        size=size, nul=nul, ascii=plain, utf8=utf8 and not tail, mark=mark, sample=bytes(sample)
    )


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
            "bad_charset", f"{found.label} is in none of the character sets {wanted}; convert it"
        )
    return best.encoding
