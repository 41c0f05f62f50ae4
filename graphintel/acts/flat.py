"""Flat files that people bring to be compared: CSV with any usual delimiter, or JSON lines; nothing of them is lost."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from graphintel.errors import InputError

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 10_000_000
_JSON_LINES = frozenset((".jsonl", ".ndjson", ".json"))
Row = dict[str, str]


class Flat(NamedTuple):
    """A file's columns in their order, and its rows as text."""

    name: str
    columns: list[str]
    rows: list[Row]


def read(path: Path) -> Flat:
    """A flat file by its ending; InputError if it cannot be opened, is no table, or says nothing."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be opened ({error.strerror}); give the path of a file.") from error
    found = (
        _json_lines(path.name, raw) if path.suffix.lower() in _JSON_LINES else _table(path.name, _text(raw))
    )
    if not found.columns:
        raise InputError(f"{path.name} is empty; its first line must name the columns.")
    return found


def _text(raw: bytes) -> str:
    """The text of a file: UTF-8 with or without a mark, else Turkish Windows, which fits any bytes but a few."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1254", "replace")


def _table(name: str, text: str) -> Flat:
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count) if first else ","
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(text.replace("\0", "").splitlines(keepends=True), delimiter=delimiter)
    rows: list[Row] = []
    try:
        columns = [cell.strip() for cell in next(reader, [])]
        _unlike(name, columns)
        for cells in reader:
            if not cells:
                continue
            if len(cells) > len(columns):
                raise InputError(
                    f"{name}, line {reader.line_num}: {len(cells)} cells under {len(columns)} columns;"
                    " put text that holds the delimiter into quotes.",
                    line=reader.line_num,
                )
            rows.append(dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True)))
    except csv.Error as error:
        raise InputError(
            f"{name}, line {reader.line_num}: not CSV ({error}).", line=reader.line_num
        ) from error
    return Flat(name, columns, rows)


def _unlike(name: str, columns: list[str]) -> None:
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise InputError(
            f"{name}, line 1: the column {twice[0]!r} stands there twice; name each column once."
        )


def _json_lines(name: str, raw: bytes) -> Flat:
    columns: dict[str, None] = {}
    rows = []
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        try:
            content = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise InputError(f"{name}, line {number}: not JSON ({error}).", line=number) from error
        if not isinstance(content, dict):
            raise InputError(f"{name}, line {number}: a JSON object is wanted on each line.", line=number)
        row: Row = {}
        _flatten(content, row)
        columns.update(dict.fromkeys(row))
        rows.append(row)
    return Flat(name, list(columns), rows)


def _flatten(content: dict[str, Any], row: Row) -> None:
    """The scalars of an object and of the objects in its lists; the first of a name counts."""
    for name, value in content.items():
        if isinstance(value, list):
            for part in value:
                if isinstance(part, dict):
                    _flatten(part, row)
                elif part is not None:
                    row.setdefault(name, str(part))
        elif isinstance(value, dict):
            _flatten(value, row)
        elif value is not None:
            row.setdefault(name, str(value))
