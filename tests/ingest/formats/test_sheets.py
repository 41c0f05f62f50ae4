"""Spreadsheets: typed cells become the texts of a flat file; large, torn and hostile ones are refused."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from workbook import Formula, Rows, Wrong, write

from graphintel.errors import FileRefused
from graphintel.ingest.formats.delimited import Broken, Column, Layout, Line
from graphintel.ingest.formats.sheets import table
from graphintel.ingest.limits import DEFAULT, Limits
from graphintel.ingest.opening import survey

COLUMNS = (Column("no", ("Sıra",), True), Column("date"), Column("text"), Column("kg"))
HEAD: Rows = [["no", "date", "text", "kg"]]


def _read(
    folder: Path,
    sheets: dict[str, Rows],
    limits: Limits = DEFAULT,
    sheet: str = "",
    raw: dict[str, str] | None = None,
) -> tuple[Layout, list[Line | Broken]]:
    path = write(folder / "x.xlsx", sheets, raw=raw)
    given, rows = table(survey(path, limits), COLUMNS, sheet, limits)
    return given, list(rows)


def _cells(folder: Path, *rows: list[object]) -> list[list[str]]:
    _, found = _read(folder, {"S": [*HEAD, *rows]})  # type: ignore[list-item]
    return [line.cells for line in found if isinstance(line, Line)]


def _refused(folder: Path, sheets: dict[str, Rows], limits: Limits = DEFAULT, **more: object) -> str:
    with pytest.raises(FileRefused) as refused:
        _read(folder, sheets, limits, **more)  # type: ignore[arg-type]
    return refused.value.reason


def test_typed_cells_are_texts_as_a_flat_file_writes_them(tmp_path: Path) -> None:
    found = _cells(
        tmp_path,
        ["0071", date(2024, 2, 29), "0532 000 12 34", 6516.0],
        [7, datetime(2024, 3, 4, 5, 6, 7), True, 0.1 + 0.2],
        [190531000000, datetime(2024, 3, 4), "1e5", Formula("A1*2", 12.5)],
        [8, None, Formula('"0" & 7', "07"), 1234567890123456],
    )
    assert found == [
        ["0071", "2024-02-29", "0532 000 12 34", "6516"],
        ["7", "2024-03-04 05:06:07", "true", "0.3"],
        ["190531000000", "2024-03-04", "1e5", "12.5"],
        ["8", "", "07", "1234567890123456"],
    ]


def test_rows_are_numbered_as_the_sheet_shows_them_and_blank_ones_passed_over(tmp_path: Path) -> None:
    sheet: Rows = [[], [None, "A report"], ["Sıra", "kg", "more"], [], [1, 2, "x"], [None], [3, 4]]
    given, rows = _read(tmp_path, {"Mart 2024": sheet})
    assert (given.unit, given.header, given.extra) == ("Mart 2024!", ("Sıra", "kg", "more"), ("more",))
    assert [(line.number, line.cells) for line in rows if isinstance(line, Line)] == [
        (5, ["1", "", "", "2", "x"]), (7, ["3", "", "", "4", ""]),
    ]  # fmt: skip
    assert isinstance(rows[0], Line)
    assert rows[0].text == '["1", "2", "x"]'


def test_failed_formulas_and_cells_beside_the_table_set_their_row_aside(tmp_path: Path) -> None:
    _, rows = _read(tmp_path, {"S": [*HEAD, [1, Wrong("#N/A")], [2, None, None, None, None, "note"], [3]]})
    assert [(type(row).__name__, getattr(row, "reason", ""), row.number) for row in rows] == [
        ("Broken", "error_cell", 2), ("Broken", "cell_count", 3), ("Line", "", 4),
    ]  # fmt: skip
    assert isinstance(rows[0], Broken)
    assert "#N/A" in rows[0].message


def test_the_sheet_is_the_named_one_or_the_first_that_shows(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Bir": [*HEAD, [1]], "İki & 2": [*HEAD, [2]]}
    assert [row.number for row in _read(tmp_path, sheets)[1]] == [2]
    given, rows = _read(tmp_path, sheets, sheet="İki & 2")
    assert (given.unit, [row.cells[0] for row in rows if isinstance(row, Line)]) == ("İki & 2!", ["2"])
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats'
        '.org/officeDocument/2006/relationships"><sheets><sheet name="Bir" sheetId="1" r:id="r1" state="hidden"/>'
        '<sheet name="Two" sheetId="2" r:id="r2"/></sheets></workbook>'
    )
    assert _read(tmp_path, sheets, raw={"xl/workbook.xml": book})[0].unit == "Two!"
    assert _refused(tmp_path, sheets, sheet="Üç") == "missing_sheet"


def test_a_sheet_without_the_columns_is_refused(tmp_path: Path) -> None:
    assert _refused(tmp_path, {"S": [["who"], ["x"]]}) == "missing_column"
    assert _refused(tmp_path, {"S": []}) == "missing_column"


def test_too_many_cells_and_far_apart_ones_are_refused_before_they_are_held(tmp_path: Path) -> None:
    body: Rows = [[1, 2, 3] for _ in range(10)]
    assert _refused(tmp_path, {"S": [*HEAD, *body]}, Limits(cells=33)) == "too_large"
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1'
        '</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert _refused(tmp_path, {"S": HEAD}, raw={"xl/worksheets/sheet1.xml": sheet}) == "too_large"


def test_a_small_file_of_600_000_cells_is_refused(tmp_path: Path) -> None:
    rows = f"<row>{'<c><v>1</v></c>' * 60}</row>" * 10_000
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    assert _refused(tmp_path, {"S": HEAD}, raw={"xl/worksheets/sheet1.xml": sheet}) == "too_large"


def test_parts_that_inflate_or_declare_a_type_are_refused(tmp_path: Path) -> None:
    bomb = {"xl/media/image1.png": "\0" * 40_000_000}
    assert _refused(tmp_path, {"S": HEAD}, raw=bomb) == "too_large"
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">]><sst>&a;</sst>'
    assert _refused(tmp_path, {"S": HEAD}, raw={"xl/sharedStrings.xml": laughs}) == "doctype"


@pytest.mark.parametrize(
    "raw",
    [
        {"xl/workbook.xml": "<workbook/>"},
        {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row r='x'/></sheetData></worksheet>"},
        {"xl/worksheets/sheet1.xml": "<a>" * 300 + "</a>" * 300},
        {"xl/worksheets/sheet1.xml": "torn <"},
        {"xl/_rels/workbook.xml.rels": "<Relationships/>"},
    ],
)
def test_what_is_no_whole_spreadsheet_is_refused(tmp_path: Path, raw: dict[str, str]) -> None:
    assert _refused(tmp_path, {"S": HEAD}, raw=raw) in ("bad_spreadsheet", "missing_sheet")


def test_a_torn_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "x.xlsx", {"S": HEAD})
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(FileRefused) as refused:
        table(survey(path, DEFAULT), COLUMNS, "", DEFAULT)
    assert refused.value.reason == "bad_spreadsheet"
