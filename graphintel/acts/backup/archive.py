"""The file of a backup in the making: a zip of exactly four members, written beside and named when it is whole."""

from __future__ import annotations

import errno
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from graphintel.acts.backup.manifest import DUMP, MANIFEST, Manifest, Member
from graphintel.errors import Conflict, DiskFull, InputError

Report = Callable[[int, int, str], None]
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def told(file: Path) -> Iterator[None]:
    """Say in plain words that a backup's file, or what comes out of it, cannot be written: DiskFull or InputError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(
                f"The disk of {file} is full; make room and run the same command again."
            ) from error
        raise InputError(f"{file} cannot be written: {error.strerror or error}.") from error


def refuse_taken(file: Path) -> None:
    """Refuse a name that is taken, or a folder that is not there."""
    if file.exists() or file.is_symlink():
        raise Conflict(f"{file} is there already and is never overwritten: give the backup another name.")
    if not file.parent.is_dir():
        raise InputError(f"There is no folder {file.parent} to write {file.name} into.")


@dataclass
class Writer:
    """An archive in the making; `folder` is for what has to lie on the disk before it is packed."""

    file: Path
    folder: Path
    packed: zipfile.ZipFile
    members: list[Member]
    report: Report
    total: int
    done: int = 0

    @contextmanager
    def member(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """A new member: give its bytes to the function, block by block."""
        hashed, size = sha256(), 0
        info = zipfile.ZipInfo(name)
        # The dump is packed already.
        info.compress_type = zipfile.ZIP_STORED if name == DUMP else zipfile.ZIP_DEFLATED
        info.external_attr = (stat.S_IFREG | 0o600) << 16
        with told(self.file), self.packed.open(info, "w", force_zip64=True) as out:

            def write(block: bytes) -> None:
                nonlocal size
                out.write(block)
                hashed.update(block)
                size += len(block)
                self.done += len(block)
                self.report(self.done, max(self.total, self.done), name)

            yield write
        self.members.append(Member(name, size, hashed.hexdigest()))

    def close(self, manifest: Manifest) -> None:
        """Write the manifest, which comes last because it knows the hashes."""
        with told(self.file):
            self.packed.writestr(zipfile.ZipInfo(MANIFEST), manifest.as_json(), zipfile.ZIP_DEFLATED)
            self.packed.close()


@contextmanager
def new_archive(file: Path, report: Report, total: int) -> Iterator[Writer]:
    """An archive that bears its name only when it is whole; nothing of it stays otherwise."""
    refuse_taken(file)
    with told(file):
        folder = TemporaryDirectory(prefix=".graphintel-backup-", dir=file.parent)
    with folder as name:
        part = Path(name) / "archive"
        with told(file):
            out = open(part, "xb")  # noqa: SIM115  # closed below, after what is written last
        packed = zipfile.ZipFile(out, "w", compresslevel=1)
        try:
            yield Writer(file, Path(name), packed, [], report, total)
            with told(file):
                out.flush()
                os.fsync(out.fileno())
        finally:
            # An archive that was given up is not closed: that would write to the disk which may just be full.
            packed.fp = None
            with suppress(OSError):
                out.close()
        _name(part, file)


def _name(part: Path, file: Path) -> None:
    """Give the finished file its name unless somebody took it meanwhile."""
    with told(file):
        part.chmod(0o600)
        try:
            os.link(part, file)
        except FileExistsError as error:
            raise Conflict(
                f"{file} was made by somebody else meanwhile: give the backup another name."
            ) from error
        except OSError:
            # Some disks know no second names.
            refuse_taken(file)
            part.replace(file)
