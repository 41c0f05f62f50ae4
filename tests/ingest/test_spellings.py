"""One delivery in many spellings is one set of records: character sets, delimiters, decimal marks, languages, forms."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from graphintel.acts import load
from graphintel.acts.session import Session
from graphintel.ingest import catalogue, read
from graphintel.ingest.expected import samples
from graphintel.model.records import Quarantined, Record
from graphintel.store.read.whole import store_hash
from graphintel.store.write.made import empty

SOURCE = catalogue()["declarations-csv"]
NOTICES = catalogue()["partner-notice"]
CHARSETS = ("utf-8", "utf-8-sig", "cp1254", "iso8859-9", "cp857")
DELIMITERS = (",", ";", "\t")
NUMBERS = ("packages", "gross_kg", "net_kg", "value")


def table() -> list[dict[str, str]]:
    """The rows of the Turkish sample under the names of the description, numbers with a point."""
    text = (SOURCE.folder / "sample.tr.csv").read_bytes().decode("cp1254")
    names = {alias: column.name for column in SOURCE.columns for alias in column.aliases}
    rows = [
        {names.get(name, name): cell for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
    ]
    for row in rows:
        for name in NUMBERS:
            row[name] = row[name].replace(".", "").replace(",", ".")
    return rows


def written(path: Path, charset: str, delimiter: str, decimal: str, turkish: bool, iso: bool = False) -> Path:
    """The table in one spelling; `iso` writes the year of dates first."""
    aliases = {column.name: column.aliases[0] for column in SOURCE.columns if column.aliases}
    out = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for row in table():
        for name in NUMBERS:
            row[name] = row[name].replace(".", decimal)
        if iso:
            row["registration_date"] = "-".join(reversed(row["registration_date"].split(".")))
        told = {aliases.get(name, name) if turkish else name: cell for name, cell in row.items()}
        if writer is None:
            writer = csv.DictWriter(
                out, list(told), delimiter=delimiter, lineterminator="\r\n" if turkish else "\n"
            )
            writer.writeheader()
        writer.writerow(told)
    path.write_bytes(out.getvalue().encode(charset))
    return path


def ids(path: Path) -> list[str]:
    """The record ids of a file of which every row is read."""
    items = list(read(SOURCE, path))
    assert all(isinstance(item, Record) for item in items)
    return [item.id for item in items if isinstance(item, Record)]


@pytest.mark.parametrize("charset", CHARSETS)
def test_every_spelling_of_a_turkish_table_gives_the_same_records(tmp_path: Path, charset: str) -> None:
    wanted = ids(SOURCE.folder / "sample.tr.csv")
    for delimiter in DELIMITERS:
        for decimal in ".,":
            for turkish in (True, False):
                assert (
                    ids(written(tmp_path / "x.csv", charset, delimiter, decimal, turkish, not turkish))
                    == wanted
                )


@pytest.mark.neo4j
def test_every_spelling_gives_one_graph(session: Session, tmp_path: Path) -> None:
    hashes = set()
    spellings = [(charset, delimiter, ",", True) for charset in CHARSETS for delimiter in DELIMITERS[1:]]
    for charset, delimiter, decimal, turkish in [
        *spellings[::2],
        ("utf-8", ",", ".", False),
        ("cp857", "\t", ",", False),
    ]:
        empty(session.store)
        report = load.load(
            session, SOURCE.name, [written(tmp_path / "x.csv", charset, delimiter, decimal, turkish)]
        )
        assert (report.rows_quarantined, report.exit_code) == (0, 0)
        hashes.add(store_hash(session.store))
    assert len(hashes) == 1


def test_a_notice_is_the_same_in_all_three_forms_and_all_four_schemes() -> None:
    forms = {}
    for path in samples(NOTICES):
        items = list(read(NOTICES, path))
        forms[path.suffix] = [
            (item.id, item.grade, item.marking) for item in items if isinstance(item, Record)
        ]
        assert [item.reason for item in items if isinstance(item, Quarantined)] == ["bad_grade"]
    assert set(forms) == {".csv", ".json", ".xlsx"}
    assert forms[".csv"] == forms[".json"] == forms[".xlsx"]
    for scheme in ("admiralty", "4x4", "5x5x5", "3x5x2"):
        assert any(f'["{scheme}"' in grade for _, grade, _ in forms[".csv"])


def test_places_lead_back_to_the_row_in_every_form() -> None:
    places = {path.suffix: [item.position.place for item in read(NOTICES, path)] for path in samples(NOTICES)}
    assert places == {
        # The text of the first notice goes over two lines.
        ".csv": ["line 2", "line 4", "line 5", "line 6", "line 7"],
        ".json": ["object 1", "object 2", "object 3", "object 4", "object 5"],
        ".xlsx": ["Notices!4", "Notices!5", "Notices!6", "Notices!7", "Notices!8"],
    }
