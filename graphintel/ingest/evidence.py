"""Evidence: every delivered file is kept as it came, named by its SHA-256."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from pathlib import Path

from graphintel.errors import DiskFull, FileRefused

_BLOCK = 1 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT)


def keep(path: Path, evidence_dir: Path) -> tuple[str, Path]:
    """Copy a file into the evidence folder once; returns its SHA-256 and where it lies.

    Raises FileRefused (not_readable) if it cannot be read and DiskFull if there is no room for it.
    """
    try:
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise FileRefused("not_readable", f"{path} cannot be read: {error.strerror or error}") from error
    stored = evidence_dir / sha256[:2] / sha256
    if not stored.exists():
        try:
            stored.parent.mkdir(parents=True, exist_ok=True)
            _copy(path, stored)
        except OSError as error:
            if error.errno in _FULL:
                raise DiskFull(
                    f"No room for {path.name} in {evidence_dir}; free some and load again."
                ) from error
            raise FileRefused(
                "not_kept", f"{path} cannot be kept in {evidence_dir}: {error.strerror}"
            ) from error
    return sha256, stored


def state(stored: Path, sha256: str) -> str:
    """What became of a kept file: `unchanged`, `changed` since it was kept, or `missing`."""
    try:
        with stored.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return "missing"
    return "unchanged" if found == sha256 else "changed"


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
