"""The shelves of sources: every folder with a description is one; a home has a shelf of its own beside the shipped one."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from graphintel import content
from graphintel.errors import InputError, MappingError
from graphintel.ingest.source import Source, load

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


class Shelf(NamedTuple):
    """Sources by name, and by name what keeps others from being used."""

    sources: dict[str, Source]
    faults: dict[str, str]

    def named(self, name: str) -> Source:
        """The source of that name; MappingError if it cannot be used, InputError if there is none."""
        if name in self.faults:
            raise MappingError(self.faults[name])
        if name not in self.sources:
            raise InputError(f"There is no source {name!r}; there are {', '.join(sorted(self.sources))}.")
        return self.sources[name]


def shipped() -> Path:
    """The folder of the shipped sources."""
    return content.shelf("ingest")


def catalogue(folder: Path | None = None) -> dict[str, Source]:
    """All sources of a shelf by name, the program's own unless a folder is given; MappingError for a wrong one."""
    return dict(_loaded(folder or shipped()))


@lru_cache(maxsize=8)
def _loaded(folder: Path) -> dict[str, Source]:
    if not folder.is_dir():
        raise MappingError(f"{folder} is no folder of sources")
    return {name: load(folder / name) for name in _described(folder)}


def shelf(home: Path) -> Shelf:
    """The shipped sources and those of a home's folder, as they are now; one that is wrong does not stop the others.

    A source of the home that has the name of a shipped one is refused, unless it says `overrides: true`.
    """
    if not home.is_dir():
        return Shelf(catalogue(), {})
    state = []
    for name in _described(home):
        found = (home / name / f"{name}.yaml").stat()
        state.append((name, found.st_mtime_ns, found.st_size))
    return _beside(home, tuple(state))


@lru_cache(maxsize=8)
def _beside(home: Path, state: tuple[tuple[str, int, int], ...]) -> Shelf:
    held, faults = catalogue(), dict[str, str]()
    for name, _, _ in state:
        shipped = held.pop(name, None)
        try:
            found = load(home / safe(name))
        except InputError as error:
            faults[name] = error.message
            continue
        if shipped is None or found.overrides:
            held[name] = found
        else:
            faults[name] = (
                f"{home / name} has the name of the shipped source {name}. Rename the folder and the description, or "
                "write `overrides: true` into it if it is to stand in for that one."
            )
    return Shelf(held, faults)


def safe(name: str) -> str:
    """A name that a source may have; InputError for any other, so that none leads out of its folder."""
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name!r} is no name of a source; take small letters, digits and hyphens between them."
        )
    return name


def _described(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if (path / f"{path.name}.yaml").is_file())
