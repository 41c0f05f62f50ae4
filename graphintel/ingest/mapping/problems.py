"""What is wrong with a mapping: collected place by place, so that all of it is told at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from graphintel.errors import MappingError

Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """One thing that is wrong: the keys that lead to it, what is wrong there, and whether it is a key too many."""

    path: Path
    message: str
    alone: bool = False


class Misfit(MappingError):
    """A part of a mapping that cannot be compiled; `path` leads to it, `what` is said without file and path."""

    def __init__(self, where: str, path: Path, what: str) -> None:
        super().__init__(f"{where}: {shown(path)}: {what}" if path else f"{where}: {what}")
        self.path, self.what = path, what


class Problems:
    """Collects what is wrong with one mapping, and goes on with its next part."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Note a part that does not fit instead of ending the whole."""
        try:
            yield
        except Misfit as error:
            self.found.append(Problem(error.path, error.what))


def shown(path: Path) -> str:
    """A path of keys as people read it: `things.seizure.values.date`, list items counted from 1."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
