"""The weights of the score: one versioned file in bits, with the cut, the automatic bar and what was measured."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from graphintel.errors import InputError

FOLDER = Path(__file__).resolve().parent.parent / "weights"
SHIPPED = "2026-11"
Table = dict[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """Log2 odds by mark of a name and by level of a field; `cut` is a probability and the same for all kinds.

    `automatic` is in bits: from there on, and with nothing that speaks against it, a pair is "same" without a person.
    """

    version: str
    person: Table
    company: Table
    fields: Table
    cut: float
    automatic: float
    most_of_name: float
    about: dict[str, Any] = field(default_factory=dict)

    def hash(self) -> str:
        """SHA-256 of everything that decides a score or a verdict, but not of what is told about it."""
        told = {name: getattr(self, name) for name in self.__slots__ if name != "about"}
        return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()

    def as_json(self) -> bytes:
        """The file's content, sorted, two spaces."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return (
            orjson.dumps(told | {"hash": self.hash()}, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2)
            + b"\n"
        )


def read(path: Path) -> Weights:
    """Weights of a file; InputError if it cannot be read, lacks a part or is not what its hash says."""
    try:
        content = orjson.loads(path.read_bytes())
        hashed = content.pop("hash")
        found = Weights(**content)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"The weights {path} cannot be read ({error}); fit them again.") from error
    if found.hash() != hashed:
        raise InputError(f"The weights {path} were changed after they were fitted; fit them again.")
    return found


@cache
def shipped() -> Weights:
    """The weights that this version of the program ships."""
    return read(FOLDER / f"{SHIPPED}.json")
