"""Generations of the index: each a folder with its keys and grams; one is current, one may be under construction."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from graphintel.resolve.candidates.entry import key_version
from graphintel.resolve.candidates.faults import told
from graphintel.resolve.candidates.fuzzy import Fuzzy
from graphintel.resolve.candidates.table import Table

_CURRENT = "current"
_KEYS, _GRAMS = "keys.sqlite", "grams"


class Generation:
    """One open generation. What was committed in part, grams before keys, does no harm: a row is given to one state of
    one entry and never again, so that grams of which the keys know nothing answer nobody.
    """

    def __init__(self, path: Path, *, write: bool) -> None:
        with told(path.parent):
            path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.table = Table(path / _KEYS, write=write)
        self.fuzzy = Fuzzy(path / _GRAMS, write=write)
        if write:
            self.tidy()

    def tidy(self) -> bool:
        """Drop committed grams of which the keys know nothing, and say whether there were any: of a commit killed half
        way, or because tantivy (0.27) lost deletions after one.
        """
        last = self.fuzzy.last
        if last <= self.table.last and len(self.fuzzy) == self.table.count():
            return False
        self.table.last = max(self.table.last, last)
        self.fuzzy.drop(sorted(set(self.fuzzy.rows()) - self.table.all_rows()))
        return True

    def close(self) -> None:
        """Give up what is not committed."""
        self.fuzzy.close()
        self.table.close()


def current(folder: Path) -> Path | None:
    """The folder of the generation that answers, if there is one of the present key rules."""
    try:
        name = (folder / _CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    path = folder / name
    return path if name.startswith(_prefix()) and (path / _KEYS).exists() else None


def unfinished(folder: Path) -> Path | None:
    """The folder of a generation of the present key rules that was begun and never became current."""
    found = current(folder)
    others = [path for path in _all(folder) if path != found and path.name.startswith(_prefix())]
    return next((path for path in reversed(others) if _newer(path, found)), None)


def _newer(path: Path, found: Path | None) -> bool:
    return found is None or _serial(path) > _serial(found)


def begun(folder: Path) -> Path:
    """The folder for one more generation."""
    last = max((_serial(path) for path in _all(folder)), default=0)
    return folder / f"{_prefix()}{last + 1}"


def make_current(folder: Path, path: Path) -> None:
    """Let a generation answer from now on, in one step."""
    with told(folder):
        beside = folder / f"{_CURRENT}.new"
        with beside.open("w", encoding="ascii") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / _CURRENT)


def sweep(folder: Path, keep: Path) -> None:
    """Delete generations that neither answer nor are under construction."""
    name = folder / _CURRENT
    answers = name.read_text(encoding="ascii").strip() if name.exists() else ""
    for path in _all(folder):
        if path != keep and path.name != answers:
            shutil.rmtree(path, ignore_errors=True)


def _prefix() -> str:
    return f"v{key_version()}-"


def _all(folder: Path) -> list[Path]:
    return sorted((path for path in folder.glob("v*-*") if path.is_dir()), key=_serial)


def _serial(path: Path) -> int:
    last = path.name.rpartition("-")[2]
    return int(last) if last.isdigit() else 0
