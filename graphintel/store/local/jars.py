"""The server's program files as the lock names them: which jars, with which SHA-256."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graphintel.store.local.place import read_json, write_private

LOCK = Path(__file__).parents[1] / "jars.lock"


@dataclass(frozen=True)
class Jar:
    """One locked jar by its Maven coordinates."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def name(self) -> str:
        """The file's name."""
        tail = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{tail}.jar"


@dataclass(frozen=True)
class Lock:
    """All jars of one version of the server."""

    jars: tuple[Jar, ...]

    @property
    def version(self) -> str:
        """The server's version."""
        return next(jar.version for jar in self.jars if (jar.group, jar.artifact) == ("org.neo4j", "neo4j"))

    @property
    def digest(self) -> str:
        """SHA-256 over names and hashes: two locks share a folder only when they are the same."""
        rows = sorted(f"{jar.name} {jar.sha256}" for jar in self.jars)
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()

    @property
    def folder(self) -> str:
        """The name of this lock's folder in the cache."""
        return f"neo4j-{self.version}-{self.digest[:8]}"


def read_lock(path: Path = LOCK) -> Lock:
    """The lock that the program ships (the format is jgo's)."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["dependencies"]
    return Lock(
        tuple(
            Jar(row["groupId"], row["artifactId"], row["version"], row.get("classifier", ""), row["sha256"])
            for row in rows
        )
    )


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_sound(path: Path, jar: Jar) -> bool:
    """Whether the file is there and is the locked one, read in full."""
    return path.is_file() and sha256_of(path) == jar.sha256


def _shape(path: Path) -> list[int] | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return [stat.st_size, stat.st_mtime_ns]


def stamp(folder: Path, jars: Sequence[Jar]) -> None:
    """Note size and time of each jar just verified, so that later starts need not read 130 MB."""
    shapes = {jar.name: _shape(folder / "jars" / jar.name) for jar in jars}
    write_private(folder / "stamp.json", json.dumps(shapes))


def is_stamped(folder: Path, jars: Sequence[Jar]) -> bool:
    """Whether every jar still has the size and time it was verified with, and no other jar lies beside."""
    shapes = read_json(folder / "stamp.json")
    if shapes is None or {path.name for path in folder.glob("jars/*.jar")} != {jar.name for jar in jars}:
        return False
    return all(shapes.get(jar.name) == _shape(folder / "jars" / jar.name) for jar in jars)
