"""Packing: a delivered file is plain, gzip, a zip of files, or a spreadsheet; its bytes are only ever streamed."""

from __future__ import annotations

import gzip
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from graphintel.errors import FileRefused
from graphintel.ingest.limits import Limits

GZIP = "gzip"
# What a member of a zip is called in `Survey.packed`: this and its name.
MEMBER = "zip:"
_GZIP, _ZIPS = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
_WORKBOOK = "xl/workbook.xml"
_ENCRYPTED = 0x1
BROKEN = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError)


def packing(path: Path) -> str:
    """How a file is packed, by its first bytes: `gzip`, `zip`, `xlsx`, or nothing; raises OSError."""
    with path.open("rb") as stream:
        start = stream.read(4)
    if start.startswith(_GZIP):
        return GZIP
    if start not in _ZIPS:
        return ""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xlsx" if _WORKBOOK in archive.namelist() else "zip"
    except BROKEN:
        return "zip"


def unpacked(path: Path, packed: str) -> IO[bytes]:
    """The bytes of a file, unpacked where it is gzip or a member of a zip."""
    if packed == GZIP:
        return cast(IO[bytes], gzip.open(path, "rb"))
    if packed.startswith(MEMBER):
        with zipfile.ZipFile(path) as archive:
            return archive.open(packed.removeprefix(MEMBER))
    return path.open("rb")


def packed_size(path: Path, packed: str) -> int:
    """How many bytes the packed form takes: of the file, or of the member alone."""
    if packed.startswith(MEMBER):
        with zipfile.ZipFile(path) as archive:
            return archive.getinfo(packed.removeprefix(MEMBER)).compress_size
    return path.stat().st_size


@contextmanager
def whole(label: str) -> Iterator[None]:
    """What fails while bytes are read and unpacked becomes FileRefused (broken_archive, not_readable)."""
    try:
        yield
    except BROKEN as error:
        raise FileRefused("broken_archive", f"{label} is no whole archive: {error}") from error
    except OSError as error:
        raise FileRefused("not_readable", f"{label} cannot be read: {error.strerror or error}") from error


def regular(path: Path, label: str) -> None:
    """Refuse what is no plain file: folders, pipes, devices, links; FileRefused (not_readable, not_regular)."""
    with whole(label):
        mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise FileRefused("not_regular", f"{label} is a link; name the file that it points to")
    if stat.S_ISDIR(mode):
        raise FileRefused("not_readable", f"{label} is a folder, not a file")
    if not stat.S_ISREG(mode):
        raise FileRefused("not_regular", f"{label} is a pipe or a device, not a file")


def members(path: Path, label: str, suffixes: tuple[str, ...], limits: Limits) -> list[str]:
    """The names of a zip's files that a source reads, in order of names.

    Raises FileRefused: broken_archive; bad_member for a link, a name with parts of a path above its folder, a name that
    stands twice or a file under a password; too_large for too many members; empty if the source reads none of them.
    """
    with whole(label), zipfile.ZipFile(path) as archive:
        held = [member for member in archive.infolist() if not member.is_dir()]
    if len(held) > limits.members:
        raise FileRefused("too_large", f"{label} holds more than {limits.members} files; split it")
    names = [member.filename for member in held]
    for member in held:
        wrong = _wrong(member) or ("stands twice in it" if names.count(member.filename) > 1 else "")
        if wrong:
            raise FileRefused("bad_member", f"{label}: its file {member.filename!r} {wrong}; pack it anew")
    # What systems add beside the files (`__MACOSX/._x.csv`) begins with a point, as hidden files do.
    found = sorted(
        name
        for name in names
        if name.lower().endswith(suffixes) and not name.rpartition("/")[2].startswith(".")
    )
    if not found:
        raise FileRefused("empty", f"{label} holds no file of this source ({', '.join(suffixes)})")
    return found


def _wrong(member: zipfile.ZipInfo) -> str:
    parts = member.orig_filename.replace("\\", "/").split("/")
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link"
    if (
        member.orig_filename.startswith(("/", "\\"))
        or ".." in parts
        or ":" in parts[0]
        or "\0" in member.orig_filename
    ):
        return "has a name that leads out of its folder"
    return "is under a password" if member.flag_bits & _ENCRYPTED else ""
