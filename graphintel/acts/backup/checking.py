"""The file of a backup as somebody brings it: nothing in it is believed until every byte was compared with its hash."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from graphintel.acts.backup.evidence import unpack
from graphintel.acts.backup.manifest import (
    EVIDENCE,
    MANIFEST,
    MANIFEST_BYTES,
    MEMBERS,
    Manifest,
    Member,
    parse_manifest,
)
from graphintel.errors import InputError

Report = Callable[[int, int, str], None]
_BLOCK = 1 << 20
_BROKEN = (EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, struct.error, ValueError)
_ENCRYPTED = 0x1
# The end of a zip, of a long one, and what leads to the latter; the directory of four members is some hundred bytes.
_END, _LONG_END, _LONG_LEAD = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
_DIRECTORY_BYTES = 4096


@contextmanager
def _believed(file: Path) -> Iterator[None]:
    """What fails while an archive is read says that it is damaged."""
    try:
        yield
    except _BROKEN as error:
        raise InputError(f"{file} is no whole backup: {error}. Take another copy of it.") from error
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}.") from error


class Stream:
    """One member as it is read: counted and hashed, never further than the manifest says."""

    def __init__(self, file: Path, member: Member, source: IO[bytes], report: Callable[[int], None]) -> None:
        self.file, self.member, self.source, self.report = file, member, source, report
        self.done, self.total = 0, sha256()

    def read(self, size: int) -> bytes:
        """Up to so many bytes; raises InputError when there are more than the manifest says."""
        with _believed(self.file):
            block = self.source.read(size)
        self.done += len(block)
        self.total.update(block)
        if self.done > self.member.bytes:
            raise self.damaged("it is longer than its manifest says")
        self.report(self.done)
        return block

    def blocks(self) -> Iterator[bytes]:
        """All of it, block by block."""
        while block := self.read(_BLOCK):
            yield block

    def finish(self) -> None:
        """Raise InputError unless all that was read is what the manifest says."""
        if self.done != self.member.bytes:
            raise self.damaged(f"it has {self.done:,} bytes and its manifest says {self.member.bytes:,}")
        if self.total.hexdigest() != self.member.sha256:
            raise self.damaged("its bytes have another SHA-256 than its manifest says")

    def damaged(self, why: str) -> InputError:
        """The refusal of a member."""
        return InputError(
            f"{self.member.name} in {self.file} is damaged: {why}. Take another copy of the backup."
        )


@dataclass(frozen=True)
class Reader:
    """An open archive with a manifest that can be read."""

    file: Path
    packed: zipfile.ZipFile
    manifest: Manifest

    @contextmanager
    def member(self, name: str, report: Report, doing: str) -> Iterator[Stream]:
        """A member to read; whoever reads it to its end knows that it is what the manifest says."""
        size = {one.name: one.bytes for one in self.manifest.members}
        total, before = sum(size.values()), sum(size[one] for one in MEMBERS[: MEMBERS.index(name)])
        with _believed(self.file):
            source = self.packed.open(name)
        with source:
            stream = Stream(
                self.file, self.manifest.member(name), source,
                lambda done: report(before + done, total, f"{doing} {name}"),
            )  # fmt: skip
            yield stream
            stream.finish()

    def check(self, report: Report) -> None:
        """Read every byte; raises InputError for the first member that is not what the manifest says."""
        for name in MEMBERS:
            with self.member(name, report, "checking") as stream:
                if name == EVIDENCE:
                    self.evidence(stream, None)
                else:
                    for _ in stream.blocks():
                        continue

    def evidence(self, stream: Stream, folder: Path | None) -> None:
        """Check the evidence files, and write them below a folder if one is given."""
        try:
            files = unpack(stream.read, self.manifest.damaged, folder)
        except InputError as error:
            raise stream.damaged(error.message) from error
        if files != self.manifest.evidence_files:
            raise stream.damaged(
                f"it holds {files} files and its manifest says {self.manifest.evidence_files}"
            )


@contextmanager
def opened_archive(file: Path) -> Iterator[Reader]:
    """A backup with exactly its four members; raises InputError for anything else."""
    with _believed(file):
        if not file.is_file():
            raise InputError(f"There is no backup {file}; give the file that `graphintel backup` wrote.")
        if _directory_bytes(file) > _DIRECTORY_BYTES:
            raise InputError(f"{file} is no backup of this program: it holds other files.")
        packed = zipfile.ZipFile(file)
    with packed:
        manifest = _manifest(file, packed)
        yield Reader(file, packed, manifest)


def _directory_bytes(file: Path) -> int:
    """How long the zip's own directory says it is, before it is read into memory."""
    with file.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(size - _END.size, 0))
        end = stream.read()
        if len(end) < _END.size or end[:4] != b"PK\x05\x06":
            raise zipfile.BadZipFile("its end is missing")
        found = int(_END.unpack(end)[5])
        stream.seek(max(size - _END.size - _LONG_LEAD.size - _LONG_END.size, 0))
        longer = stream.read(_LONG_END.size)
        lead = stream.read(_LONG_LEAD.size)
    if lead[:4] == b"PK\x06\x07" and len(longer) == _LONG_END.size:
        return max(int(_LONG_END.unpack(longer)[8]), 0 if found == 0xFFFFFFFF else found)
    return found


def _manifest(file: Path, packed: zipfile.ZipFile) -> Manifest:
    held = packed.infolist()
    for info in held:
        wrong = _wrong(info)
        if wrong:
            raise InputError(
                f"{file} is no backup of this program: its member {info.filename[:100]!r} {wrong}."
            )
    missing = sorted({MANIFEST, *MEMBERS} - {info.filename for info in held})
    if missing or len(held) != len(MEMBERS) + 1:
        raise InputError(
            f"{file} is no backup of this program: "
            + (f"{missing[0]} is not in it." if missing else "a member stands twice in it.")
        )
    with _believed(file), packed.open(MANIFEST) as stream:
        text = stream.read(MANIFEST_BYTES + 1)
    manifest = parse_manifest(text, str(file))
    for member in manifest.members:
        if packed.getinfo(member.name).file_size != member.bytes:
            raise InputError(
                f"{member.name} in {file} is damaged: its size is not that of its manifest. Take another copy of the backup."
            )
    return manifest


def _wrong(info: zipfile.ZipInfo) -> str:
    """Why a member cannot be one of a backup's."""
    if info.filename not in (MANIFEST, *MEMBERS) or info.orig_filename != info.filename:
        return "is in no backup"
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return "is a link or a device"
    if info.flag_bits & _ENCRYPTED:
        return "is under a password"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that no backup is"
    return (
        f"is larger than {MANIFEST_BYTES:,} bytes"
        if info.filename == MANIFEST and info.file_size > MANIFEST_BYTES
        else ""
    )
