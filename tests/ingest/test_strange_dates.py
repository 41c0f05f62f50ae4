"""Whatever a date says, its row is loaded, or in quarantine with its reason; none is lost, and no day is made up."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.ingest import Accounting, catalogue
from graphintel.ingest.reading import read
from graphintel.model.records import Quarantined, Record

# What is written, and the day that it says; None where it says none.
DAYS = {
    "29.02.2024": "2024-02-29", "29.02.2023": None, "29.02.1900": None, "2000-02-29": "2000-02-29", "1899-12-31": "1899-12-31",
    "31.12.1850": "1850-12-31", "1849-12-31": None, "0001-01-01": None, "00/00/0000": None, "0000-00-00": None,
    "31.12.9999": None, "10000-01-01": None, "2149-12-31": "2149-12-31", "32.01.2024": None, "2024-13-01": None,
    "20240230": None,
}  # fmt: skip
# Where the day stands in each flat source, and a file of it to take a row from.
FLAT = {
    "declarations-csv": ("registration_date", "sample.en.csv"), "cen-seizures": ("date", "sample.csv"),
    "movements-csv": ("date", "sample.csv"), "kcs-declarations": ("Date", "sample.csv"),
}  # fmt: skip


def rows_of(source: str, folder: Path, days: Iterable[str]) -> list[Record | Quarantined]:
    """A file that holds the first row of a sample once for each day, as it is read; its account adds up."""
    column, name = FLAT[source]
    shelf = catalogue()[source]
    sample = next(
        path for path in [shelf.folder / name, *sorted(shelf.folder.glob("sample*.csv"))] if path.is_file()
    )
    text = sample.read_text("utf-8-sig")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    header, first, *_ = list(csv.reader(text.splitlines(), delimiter=delimiter))
    first[header.index(column)] = ""
    path = folder / "days.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        for number, day in enumerate(days):
            writer.writerow([f"X{number}" if not place else day if at == column else cell
                             for place, (at, cell) in enumerate(zip(header, first, strict=True))])  # fmt: skip
    accounting = Accounting()
    found = list(read(shelf, path, accounting=accounting))
    (account,) = accounting.files
    assert (account.rows, account.quarantined) == (
        len(found),
        sum(isinstance(one, Quarantined) for one in found),
    )
    return found


@pytest.mark.parametrize("source", FLAT)
def test_flat_rows_are_loaded_or_set_aside_with_their_reason(source: str, tmp_path: Path) -> None:
    found = rows_of(source, tmp_path, DAYS)
    assert len(found) == len(DAYS)
    for (written, day), one in zip(DAYS.items(), found, strict=True):
        if day is None:
            assert isinstance(one, Quarantined) and one.reason == "bad_date", written
            assert written in one.message and written.encode() in one.raw
        else:
            assert isinstance(one, Record), (written, one)
            assert {link.at[:10] for link in one.links if link.at} == {day}


@given(st.text("0123456789./-: ", min_size=1, max_size=19).filter(str.strip))
def test_no_text_of_digits_and_signs_loses_its_row(
    tmp_path_factory: pytest.TempPathFactory, written: str
) -> None:
    (one,) = rows_of("movements-csv", tmp_path_factory.mktemp("days"), [written])
    if isinstance(one, Record):
        assert all(
            re.match(r"(18[5-9]|19\d|20\d|21[0-5])\d(-\d\d){0,2}(T|$)", link.at)
            for link in one.links
            if link.at
        )
    else:
        assert one.reason in ("bad_date", "missing"), one


@pytest.mark.parametrize(
    ("written", "day"),
    [("5/12/68", "2068-05-12"), ("5/12/69", "1969-05-12"), ("5/12/1998", "1998-05-12"), ("5/12/1868", "1868-05-12"),
     ("2/29/24", "2024-02-29"), ("2/29/23", None), ("00/00/0000", None), ("5/12/1768", None), ("5/12/19998", None)],
)  # fmt: skip
def test_a_declaration_of_another_century_keeps_its_day_or_its_text(
    tmp_path: Path, written: str, day: str | None
) -> None:
    source = catalogue()["asycuda-sad"]
    path = tmp_path / "x.xml"
    path.write_text(
        (source.folder / "sample.import.xml")
        .read_text("utf-8")
        .replace("<Date>1/13/24</Date>", f"<Date>{written}</Date>"),
        "utf-8",
    )
    (one,) = read(source, path)
    assert isinstance(one, Record)
    event = next(mention for mention in one.mentions if mention.id in one.subjects)
    value = dict(event.values)["date"]
    assert (value.verdict, value.raw) == ("valid" if day else "invalid", written)
    if day:
        assert value.normal == day
