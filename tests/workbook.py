"""Spreadsheets made by hand for tests: a few XML parts in a zip, the same bytes each time."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EPOCH = datetime(1899, 12, 30)
_STAMP = (2024, 3, 4, 0, 0, 0)


class Formula(NamedTuple):
    """A cell that is computed: its formula, and the value that the program which wrote it left beside it."""

    formula: str
    value: float | str


class Wrong(NamedTuple):
    """A cell whose formula failed, such as `#N/A`."""

    code: str


Cell = str | int | float | bool | date | Formula | Wrong | None
Rows = list[list[Cell]]


def write(path: Path, sheets: dict[str, Rows], *, raw: dict[str, str] | None = None) -> Path:
    """A spreadsheet of these sheets; `raw` replaces or adds parts of the file by name."""
    names = list(sheets)
    parts = {
        "[Content_Types].xml": _content_types(len(names)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(names),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)),
                ("styles", "styles.xml"),
            ]
        ),
        "xl/styles.xml": _styles(),
        **{f"xl/worksheets/sheet{n}.xml": _sheet(rows) for n, rows in enumerate(sheets.values(), 1)},
        **(raw or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text, zipfile.ZIP_DEFLATED)
    return path


def _content_types(sheets: int) -> str:
    over = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    over += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    lines = "".join(f'<Override PartName="{part}" ContentType="{_TYPES}.{kind}+xml"/>' for part, kind in over)
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{rels}{lines}</Types>'


def _relations(targets: list[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _workbook(names: list[str]) -> str:
    lines = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{lines}</sheets></workbook>'


def _styles() -> str:
    """Three looks of a number: as it is, as a date, as a date with time."""
    looks = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in (0, 14, 22))
    return f'<styleSheet xmlns="{_MAIN}"><cellXfs count="3">{looks}</cellXfs></styleSheet>'


def _sheet(rows: Rows) -> str:
    lines = "".join(
        f'<row r="{n}">{"".join(_cell(f"{column(m)}{n}", cell) for m, cell in enumerate(row))}</row>'
        for n, row in enumerate(rows, 1)
        if row
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def column(number: int) -> str:
    """The letters of a column counted from 0: A, B ... Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _cell(place: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Wrong):
        return f'<c r="{place}" t="e"><v>{cell.code}</v></c>'
    if isinstance(cell, Formula):
        kind = ' t="str"' if isinstance(cell.value, str) else ""
        return f'<c r="{place}"{kind}><f>{escape(cell.formula)}</f><v>{escape(str(cell.value))}</v></c>'
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, datetime):
        return f'<c r="{place}" s="2"><v>{(cell - _EPOCH).total_seconds() / 86400}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{place}" s="1"><v>{(datetime(cell.year, cell.month, cell.day) - _EPOCH).days}</v></c>'
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{place}"><v>{cell!r}</v></c>'
