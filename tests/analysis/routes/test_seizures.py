"""Seizure tables: countries by name or code, what is unknown, and which line is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graphintel.analysis.routes.seizures import SeizureRow, parse_seizures, read_seizures
from graphintel.errors import InputError

HEADER = "date,commodity,departure,transit,destination,seizing,transport"


def test_countries_come_as_names_or_codes_in_any_script() -> None:
    (row,) = parse_seizures([HEADER, "2024-03-01,Cigarettes ,İran,TR,Almanya,Türkiye,Road"])
    expected = ("IR", "TR", "DE", "TR", "cigarettes", "road", date(2024, 3, 1).toordinal())
    found = (row.departure, row.transit, row.destination, row.seizing, row.commodity, row.transport, row.day)
    assert found == expected


def test_unknown_is_no_country() -> None:
    (row,) = parse_seizures([HEADER, ",,Unknown,,several,Other,"])
    assert row == SeizureRow(None, "", None, None, None, None, "")
    assert not row.in_transit and row.crossed is None


@pytest.mark.parametrize(
    ("departure", "transit", "destination", "seizing", "in_transit", "crossed"),
    [
        ("IR", "", "DE", "TR", True, "TR"),
        ("IR", "GE", "DE", "TR", True, "GE"),
        ("IR", "", "TR", "TR", False, None),
        ("TR", "", "DE", "TR", False, None),
        ("IR", "", "", "TR", True, None),
    ],
)
def test_in_transit(
    departure: str, transit: str, destination: str, seizing: str, in_transit: bool, crossed: str | None
) -> None:
    (row,) = parse_seizures([HEADER, f"2024,oil,{departure},{transit},{destination},{seizing},"])
    assert (row.in_transit, row.crossed) == (in_transit, crossed)


def test_columns_may_miss_what_is_asked_for() -> None:
    (row,) = parse_seizures(["Seizing, Departure", "BG,TR"])
    assert (row.seizing, row.departure, row.destination) == ("BG", "TR", None)


def test_wrong_tables_are_refused_with_their_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 1: no column seizing"):
        parse_seizures(["date,departure", "2024-01-01,TR"])
    with pytest.raises(InputError, match=r"line 3: date '01\.02\.2024'"):
        parse_seizures(["date,departure,seizing", "2024-01-01,TR,BG", "01.02.2024,TR,BG"])
    with pytest.raises(InputError, match="cannot be opened"):
        read_seizures(tmp_path / "none.csv")
    path = tmp_path / "latin.csv"
    path.write_bytes(b"seizing,departure\n\xfe,TR\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_seizures(path)
