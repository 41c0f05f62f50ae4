"""What a backup says of itself: of which home at which counter, by whom, and the hash of each of its members."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import orjson

from graphintel.errors import InputError

FORMAT = "graphintel-backup"
VERSION = 1
MANIFEST = "manifest.json"
DUMP = "store/neo4j.dump"
DESK = "desk.sqlite"
EVIDENCE = "evidence.tar"
MEMBERS = (DUMP, DESK, EVIDENCE)
MANIFEST_BYTES = 16 << 20
_HASH = re.compile(r"[0-9a-f]{64}")


class Member(NamedTuple):
    """One member: its name, its size in bytes and its SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The manifest; `store_bytes`: of the store's data, `damaged`: evidence whose bytes are not what its name says."""

    program: str
    store: str
    made_at: str
    made_by: str
    counter: int
    graph_hash: str
    store_bytes: int
    evidence_files: int
    members: tuple[Member, ...]
    damaged: tuple[str, ...] = ()

    def as_json(self) -> bytes:
        """The manifest as the archive holds it."""
        told = {**asdict(self), "members": [member._asdict() for member in self.members]}
        return orjson.dumps({"format": FORMAT, "version": VERSION, **told}, option=orjson.OPT_INDENT_2)

    def member(self, name: str) -> Member:
        """The member of that name."""
        return next(member for member in self.members if member.name == name)


def parse_manifest(text: bytes, where: str) -> Manifest:
    """A manifest from its bytes; InputError if it is none, or of a version that this program does not know."""
    try:
        told = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InputError(f"{where} is no backup of this program: its {MANIFEST} is no JSON.") from error
    if not isinstance(told, dict) or told.pop("format", None) != FORMAT:
        raise InputError(f"{where} is no backup of this program: its {MANIFEST} does not say so.")
    version = told.pop("version", None)
    if version != VERSION:
        raise InputError(
            f"{where} is a backup of version {version!r} and this program reads version {VERSION}: "
            "restore it with the program that made it."
        )
    found = _manifest(told)
    if found is None:
        raise InputError(f"The {MANIFEST} of {where} is damaged: take another copy of the backup.")
    return found


def _manifest(told: dict[str, Any]) -> Manifest | None:
    numbers = ("counter", "store_bytes", "evidence_files")
    texts = ("program", "store", "made_at", "made_by", "graph_hash")
    members, damaged = _members(told.get("members")), told.get("damaged", [])
    if (
        any(not isinstance(told.get(name), int) or told[name] < 0 for name in numbers)
        or any(not isinstance(told.get(name), str) for name in texts)
        or members is None
        or not isinstance(damaged, list)
        or not all(isinstance(name, str) and _HASH.fullmatch(name) for name in damaged)
    ):
        return None
    return Manifest(
        **{name: told[name] for name in (*numbers, *texts)}, members=members, damaged=tuple(damaged)
    )


def _members(told: object) -> tuple[Member, ...] | None:
    found = []
    for row in told if isinstance(told, list) else []:
        match row:
            case {"name": str(name), "bytes": int(size), "sha256": str(sha256)} if (
                size >= 0 and _HASH.fullmatch(sha256)
            ):
                found.append(Member(name, size, sha256))
    return tuple(found) if sorted(one.name for one in found) == sorted(MEMBERS) else None
