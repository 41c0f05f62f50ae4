"""What the side index holds of a mention: its keys, its grams and who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from graphintel.model import fold
from graphintel.resolve.candidates import keys as rules
from graphintel.resolve.candidates.grams import grams
from graphintel.resolve.candidates.keys import Key
from graphintel.resolve.candidates.namesakes import Called, called_as
from graphintel.resolve.features import Features

# Kinds that are compared; events are each their own, places and goods are known by their codes.
COMPARED = (
    "Person", "Company", "Organisation", "Vehicle", "Vessel", "Aircraft", "Container", "Phone", "Account", "Document",
    "Address",
)  # fmt: skip
_SHELF = Path(__file__).parent.parent
# What decides a key: the rules here, how names and numbers are normalised, and the lexicons.
_RULES = (
    "features.py",
    "lexicon.py",
    "normalise/*.py",
    "lexicons/*.csv",
    "candidates/keys.py",
    "candidates/grams.py",
    "candidates/namesakes.py",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One mention as the index keeps and asks it; `marks`: markings of the records that state it."""

    id: str
    kind: str
    keys: tuple[Key, ...]
    asked: tuple[Key, ...]
    grams: dict[str, int]
    marks: frozenset[int]
    called: tuple[Called, ...] = ()


def entry(given: Features, marks: Iterable[int] = ()) -> Entry:
    """The entry of a mention, seen by who may see one of `marks`."""
    return Entry(
        given.id, given.kind, rules.stored(given), rules.asked(given), grams(given), frozenset(marks),
        called_as(given),
    )  # fmt: skip


@cache
def key_version() -> int:
    """The version of the key rules: another one where code or a lexicon that decides a key has changed."""
    found = sha256(Path(fold.__file__).read_bytes())
    for pattern in _RULES:
        for path in sorted(_SHELF.glob(pattern)):
            found.update(path.name.encode() + path.read_bytes())
    return int.from_bytes(found.digest()[:3], "big")
