"""One small world for all tests of the package, and its files as rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphintel.training import Truth, generate
from graphintel.training.declarations import COLUMNS

Rows = list[dict[str, str]]
_ENGLISH = {turkish: english for english, turkish in COLUMNS.items()}


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    return raw.decode("cp1254" if raw.startswith(b"TescilNo") else "utf-8")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    lines = _decoded(path).splitlines()
    for row in csv.DictReader(lines, delimiter=";" if ";" in lines[0] else ","):
        yield {_ENGLISH.get(name, name): value for name, value in row.items()}


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small world."""
    out = tmp_path_factory.mktemp("world")
    generate(7, out, "small")
    return out


@pytest.fixture(scope="session")
def answers(world: Path) -> Truth:
    """Its answers, as read back from truth.json."""
    return Truth.read(world / "truth.json")


@pytest.fixture(scope="session")
def tables(world: Path) -> dict[str, Rows]:
    """The rows of all its tables by source, under English column names."""
    found: dict[str, Rows] = {}
    for path in sorted(world.glob("*/*.csv")):
        found.setdefault(path.parent.name, []).extend(_rows(path))
    return found


@pytest.fixture(scope="session")
def texts(world: Path) -> dict[str, str]:
    """All that stands in its files by source, without the answers."""
    found: dict[str, str] = {}
    for path in sorted(world.glob("*/*")):
        found[path.parent.name] = found.get(path.parent.name, "") + _decoded(path)
    return found
