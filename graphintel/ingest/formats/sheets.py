"""Spreadsheets (XLSX): one sheet becomes the same rows as a flat file; weighed and counted before it is opened."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, NamedTuple

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from graphintel.errors import FileRefused
from graphintel.ingest.formats.delimited import Broken, Column, Layout, Line, arranged
from graphintel.ingest.limits import Limits
from graphintel.ingest.opening import Survey, unpacked
from graphintel.ingest.packing import BROKEN

Cell = int | float | str | bool | time | date | datetime | timedelta
_BLOCK = 1 << 16
_HEADER_WITHIN = 20
_EXACT = 2**53
# A sheet is held as a full rectangle; a far-off cell must not make it a large one.
_AREA = 8
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_TORN = (*BROKEN, CalamineError, etree.XMLSyntaxError, KeyError, StopIteration, ValueError, OSError)
_MAGIC = b"PK\x03\x04"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class _Count(NamedTuple):
    """What a sheet holds: where its cells end, and where formulas left an error instead of a value."""

    rows: int
    columns: int
    errors: dict[int, str]


def is_workbook(found: Survey) -> bool:
    """Whether a file is a zip by its first bytes; of those, only spreadsheets are read as one file."""
    with unpacked(found.path, found.packed) as stream:
        return stream.read(4) == _MAGIC


def table(
    found: Survey, columns: tuple[Column, ...], sheet: str, limits: Limits
) -> tuple[Layout, Iterator[Line | Broken]]:
    """The layout and the rows of the sheet of that name, or of the first that is not hidden.

    The header is the first of twenty rows that has the columns. A row whose formula failed is set aside (`error_cell`).
    Raises FileRefused: bad_spreadsheet, doctype, too_large, missing_column.
    """
    label = found.label
    if found.size > limits.xml_bytes:
        raise FileRefused("too_large", f"{label} is larger than {limits.xml_bytes} bytes; split it")
    with unpacked(found.path, found.packed) as stream:
        content = stream.read()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _weigh(archive, found, limits)
            with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
                name = _chosen(book, sheet, label)
                count = _counted(archive, _part(archive, name), label, limits)
                rows = [[_text(cell) for cell in row] for row in book.get_sheet_by_name(name).iter_rows()]
    except _TORN as error:
        raise FileRefused("bad_spreadsheet", f"{label} is no whole spreadsheet: {error}") from error
    at, header, order = _header(rows, columns, f"{label}, sheet {name}")
    given = Layout("utf-8", "", header, order, tuple(header[n] for n in order[len(columns) :]), f"{name}!")
    return given, _rows(rows, at, given, count.errors)


def _weigh(archive: zipfile.ZipFile, found: Survey, limits: Limits) -> None:
    """Unpack everything once and count: sizes that an archive states about itself are not believed."""
    held, most = 0, min(found.size * limits.ratio, 4 * limits.xml_bytes)
    names = archive.namelist()
    if len(names) > limits.members or len(set(names)) < len(names):
        raise FileRefused("bad_spreadsheet", f"{found.label} holds too many parts, or one of them twice")
    for name in names:
        with archive.open(name) as stream:
            before = b""
            while block := stream.read(_BLOCK):
                held += len(block)
                if held > most:
                    raise FileRefused("too_large", f"{found.label} unpacks to more than is allowed; split it")
                if b"<!DOCTYPE" in before[-16:] + block:
                    raise FileRefused(
                        "doctype", f"{found.label} declares a document type; such files are refused"
                    )
                before = block


def _chosen(book: CalamineWorkbook, wanted: str, label: str) -> str:
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    names = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    if wanted and wanted not in book.sheet_names:
        raise FileRefused("missing_sheet", f"{label} has no sheet {wanted}; it has {', '.join(names)}")
    if not names:
        raise FileRefused("missing_sheet", f"{label} has no visible sheet")
    return wanted or names[0]


def _part(archive: zipfile.ZipFile, name: str) -> str:
    """The part of the archive that holds a sheet; KeyError if the book does not say."""
    key = next(
        element.get(_ID, "")
        for element in _elements(archive.open("xl/workbook.xml"), "sheet")
        if element.get("name") == name
    )
    for element in _elements(archive.open("xl/_rels/workbook.xml.rels"), "Relationship"):
        if element.get("Id") == key:
            target = element.get("Target", "")
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(f"sheet {name}")


def _elements(stream: IO[bytes], tag: str) -> Iterator[etree._Element]:
    """Elements of one local name, one at a time; each is forgotten when the next is asked for."""
    with stream:
        for _, element in etree.iterparse(
            stream,
            events=("end",),
            tag=f"{{*}}{tag}",
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        ):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]  # type: ignore[union-attr]


def _counted(archive: zipfile.ZipFile, part: str, label: str, limits: Limits) -> _Count:
    """The extent of a sheet; raises FileRefused (too_large) for more cells than are allowed, or far apart ones."""
    rows = columns = cells = 0
    errors: dict[int, str] = {}
    for row in _elements(archive.open(part), "row"):
        number = int(row.get("r") or rows + 1)
        rows, last = max(rows, number), 0
        for cell in row:
            place = _PLACE.fullmatch(cell.get("r", ""))
            last = _column(place[1]) if place else last + 1
            rows, columns, cells = max(rows, int(place[2]) if place else 0), max(columns, last), cells + 1
            if cell.get("t") == "e":
                errors[number] = "".join(cell.itertext())[:40]
        if cells > limits.cells or rows * columns > limits.cells * _AREA:
            raise FileRefused(
                "too_large", f"{label} has more than {limits.cells} cells, or far apart ones; split it"
            )
    return _Count(rows, columns, errors)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _text(cell: Cell) -> str:
    """A cell as a flat file would write it: numbers with a point, dates in ISO order, text as it stands."""
    if isinstance(cell, str):
        return unicodedata.normalize("NFC", cell).strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        # Spreadsheets keep fifteen digits; what comes after them is noise of the binary form.
        return str(int(cell)) if cell == int(cell) and abs(cell) < _EXACT else f"{cell:.15g}"
    if isinstance(cell, datetime):
        day = cell.date().isoformat()
        return day if cell.time() == time() else f"{day} {cell.time().isoformat('seconds')}"
    return str(cell)


def _header(
    rows: list[list[str]], columns: tuple[Column, ...], label: str
) -> tuple[int, tuple[str, ...], tuple[int, ...]]:
    refused = FileRefused("missing_column", f"{label} is empty; is it the right one?")
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        if not any(row):
            continue
        header = tuple(row[: max(n for n, cell in enumerate(row, 1) if cell)])
        try:
            return at, header, arranged(label, header, columns)
        except FileRefused as error:
            refused = error
    raise refused


def _rows(rows: list[list[str]], at: int, given: Layout, errors: dict[int, str]) -> Iterator[Line | Broken]:
    width = len(given.header)
    for number, row in enumerate(rows[at + 1 :], at + 2):
        if number not in errors and not any(row):
            continue
        text = json.dumps(row, ensure_ascii=False)
        if number in errors:
            yield Broken("error_cell", f"a formula gave {errors[number]}", text.encode(), number)
        elif any(row[width:]):
            yield Broken("cell_count", f"a cell stands right of the {width} columns", text.encode(), number)
        else:
            cells = [*row, *[""] * (width - len(row))]
            yield Line([cells[place] if place >= 0 else "" for place in given.order], text, number)
