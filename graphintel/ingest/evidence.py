"""Evidence: every delivered file is kept as it came, named by its SHA-256."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from graphintel.errors import DiskFull, FileRefused
from graphintel.ingest.opening import sha256_of
from graphintel.ingest.packing import regular

_BLOCK = 1 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT)


def place_of(evidence_dir: Path, sha256: str) -> Path:
    """Where a kept file lies in the evidence folder."""
    return evidence_dir / sha256[:2] / sha256


def keep(path: Path, evidence_dir: Path) -> tuple[str, Path]:
    """Copy a file into the evidence folder once; returns its SHA-256 and where it lies.

    Raises FileRefused (not_readable) if it cannot be read and DiskFull if there is no room for it.
    """
    try:
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise FileRefused("not_readable", f"{path} cannot be read: {error.strerror or error}") from error
    stored = place_of(evidence_dir, sha256)
    if not stored.exists():
        try:
            stored.parent.mkdir(parents=True, exist_ok=True)
            _copy(path, stored)
        except OSError as error:
            raise _unkept(path, evidence_dir, error) from error
    return sha256, stored


class Taken:
    """A delivered file as it was at one moment: where to read it, its SHA-256, and a place in the evidence if wanted."""

    def __init__(self, path: Path, sha256: str, stored: Path | None) -> None:
        self.path, self.sha256, self._stored = path, sha256, stored

    def keep(self) -> None:
        """Keep the copy that is being read under its hash; once is enough. Raises DiskFull, FileRefused (not_kept)."""
        stored, self._stored = self._stored, None
        if stored is None or stored.exists():
            return
        try:
            stored.parent.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o440)
            # A second name, since the reader goes on under the first.
            os.link(self.path, stored)
        except OSError as error:
            raise _unkept(self.path, stored.parent, error) from error


@contextmanager
def taken(path: Path, evidence_dir: Path | None) -> Iterator[Taken]:
    """Copy a file aside to read it from there, so that what is read is what is kept, whatever becomes of the file.

    The copy is gone afterwards unless `keep` was called. Without a folder nothing is copied. Raises FileRefused
    (not_readable, not_regular, changed_while_read) and DiskFull.
    """
    regular(path, str(path))
    if evidence_dir is None:
        yield Taken(path, sha256_of(path), None)
        return
    part: Path | None = None
    try:
        try:
            evidence_dir.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=evidence_dir, prefix=".part-")
            part = Path(name)
            with os.fdopen(handle, "wb") as out:
                sha256 = _taken(path, out)
        except OSError as error:
            raise _unkept(path, evidence_dir, error) from error
        yield Taken(part, sha256, place_of(evidence_dir, sha256))
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _block(stream: IO[bytes], path: Path) -> bytes:
    try:
        return stream.read(_BLOCK)
    except OSError as error:
        raise FileRefused("not_readable", f"{path} cannot be read: {error.strerror or error}") from error


def _taken(path: Path, out: IO[bytes]) -> str:
    """Copy a file and hash it on the way; FileRefused if it is no plain file or changes meanwhile."""
    digest = hashlib.sha256()
    try:
        # Not to wait for the other end of a pipe that took the file's place.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError as error:
        raise FileRefused("not_readable", f"{path} cannot be read: {error.strerror or error}") from error
    with os.fdopen(handle, "rb") as stream:
        before = os.fstat(stream.fileno())
        while block := _block(stream, path):
            digest.update(block)
            out.write(block)
        after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileRefused(
            "changed_while_read", f"{path} changed while it was read; load it again when it is complete"
        )
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest()


def _unkept(path: Path, evidence_dir: Path, error: OSError) -> DiskFull | FileRefused:
    if error.errno in _FULL:
        return DiskFull(f"No room for {path.name} in {evidence_dir}; free some and load again.")
    return FileRefused("not_kept", f"{path} cannot be kept in {evidence_dir}: {error.strerror}")


def state(stored: Path, sha256: str) -> str:
    """What became of a kept file: `unchanged`, `changed` since it was kept, or `missing`."""
    try:
        return "unchanged" if sha256_of(stored) == sha256 else "changed"
    except FileRefused:
        return "missing"


def _copy(path: Path, stored: Path) -> None:
    """Write beside and rename: a copy that was cut short never bears the name of the whole."""
    handle, name = tempfile.mkstemp(dir=stored.parent, prefix=".part-")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out, path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                out.write(block)
            out.flush()
            os.fsync(out.fileno())
        part.chmod(0o440)
        part.replace(stored)
    finally:
        part.unlink(missing_ok=True)
