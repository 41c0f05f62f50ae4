"""Small tables that ship with the value types, as CSV files beside this module."""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).resolve().parent


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a shipped CSV file (UTF-8, header line) by column name."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str) -> list[dict[str, str]]:
    """The rows of one table of the value types, such as `units`."""
    return rows(HERE / f"{name}.csv")
