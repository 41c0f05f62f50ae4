"""Rows of a seizure table: what was taken, where it left from, where it was seized, where it was bound for."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from graphintel.analysis.tables import opened
from graphintel.errors import InputError
from graphintel.model.fold import tokens
from graphintel.model.values.countries import resolve_country

COLUMNS = ("date", "commodity", "departure", "transit", "destination", "seizing")


class SeizureRow(NamedTuple):
    """One seizure; countries as ISO 3166-1 alpha-2 or None, commodity and transport folded, day as ordinal or None."""

    day: int | None
    commodity: str
    departure: str | None
    transit: str | None
    destination: str | None
    seizing: str | None
    transport: str = ""

    @property
    def in_transit(self) -> bool:
        """Whether the seizing country is neither departure nor destination."""
        return self.seizing is not None and self.seizing not in (self.departure, self.destination)

    @property
    def crossed(self) -> str | None:
        """The transit country as stated, or the seizing country of a row in transit whose destination is known."""
        if self.transit:
            return self.transit
        return self.seizing if self.destination and self.in_transit else None


def seizure_row(cells: dict[str, str | None]) -> SeizureRow:
    """A row from cells by column name; `unknown`, `other` and `several` are no country. InputError on a bad date."""

    def text(name: str) -> str:
        return (cells.get(name) or "").strip()

    def country(name: str) -> str | None:
        return resolve_country(text(name)) if text(name) else None

    def folded(name: str) -> str:
        return " ".join(tokens(text(name)))

    return SeizureRow(
        _day(text("date")), folded("commodity"), country("departure"), country("transit"), country("destination"),
        country("seizing"), folded("transport"),
    )  # fmt: skip


def _day(text: str) -> int | None:
    if not text:
        return None
    parts = (text[:10].split("-") + ["1", "1"])[:3]
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2])).toordinal()
    except ValueError:
        raise InputError(f"date {text!r} is not YYYY-MM-DD; leave it empty if unknown.") from None


def read_seizures(path: Path) -> list[SeizureRow]:
    """The rows of a CSV file with the columns of COLUMNS and perhaps `transport`; InputError names the line."""
    with opened(path, "table") as file:
        return parse_seizures(file, path.name)


def parse_seizures(lines: Iterable[str], name: str = "seizures") -> list[SeizureRow]:
    """The rows of a table given as lines of CSV; `destination` and `transit` may be missing where they are asked for."""
    reader = csv.DictReader(lines)
    reader.fieldnames = [title.strip().lower() for title in reader.fieldnames or []]
    missing = [column for column in ("departure", "seizing") if column not in reader.fieldnames]
    if missing:
        raise InputError(
            f"{name}, line 1: no column {', '.join(missing)}; columns are {','.join(COLUMNS)}[,transport]."
        )
    rows = []
    for cells in reader:
        try:
            rows.append(seizure_row(cells))
        except InputError as error:
            raise InputError(
                f"{name}, line {reader.line_num}: {error.message}", line=reader.line_num
            ) from error
    return rows
