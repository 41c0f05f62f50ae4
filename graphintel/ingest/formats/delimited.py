"""Flat files: lines become rows of cells in the order of the source's columns, broken ones set aside alone."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Hashable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import IO, NamedTuple

from graphintel.errors import FileRefused
from graphintel.ingest.formats.access import Access, Scope, Text
from graphintel.ingest.limits import Limits
from graphintel.ingest.opening import Survey, charset, unpacked
from graphintel.model.fold import tokens

_QUOTE = b'"'


class Column(NamedTuple):
    """A declared column: its name in the mapping, other names it comes under, and whether a file must have it.

    Of a column that is not `expected` nobody is told that a file lacks it.
    """

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    expected: bool = True


class Line(NamedTuple):
    """A row that was read: its cells, its text, and the number of its first line."""

    cells: list[str]
    text: str
    number: int


class Broken(NamedTuple):
    """A row that could not be divided into cells: reason code, what is wrong, its bytes, and its line number."""

    reason: str
    message: str
    raw: bytes
    number: int


class Layout(NamedTuple):
    """How one file is written: character set, delimiter, its header, and where the declared columns stand.

    `unit` is what stands before a row's number in its place: `line 7`, `object 7`, `Sheet1!7`.
    """

    charset: str
    delimiter: str
    header: tuple[str, ...]
    order: tuple[int, ...]
    extra: tuple[str, ...]
    unit: str = "line "


def layout(
    found: Survey, columns: tuple[Column, ...], charsets: tuple[str, ...], delimiters: str, limits: Limits
) -> Layout:
    """How a file is written; raises FileRefused (nul_byte, bad_charset, missing_column, too_large)."""
    if found.nul:
        raise FileRefused(
            "nul_byte", f"{found.label} holds NUL bytes and is no text table; export it again as text"
        )
    encoding = charset(found, charsets)
    with unpacked(found.path, found.packed) as stream:
        first = stream.readline(limits.line_bytes)
    line = first.decode(encoding, "replace").strip("\r\n\ufeff")
    delimiter = max(delimiters, key=line.count)
    try:
        header = tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error as error:
        raise FileRefused(
            "missing_column", f"{found.label}: its first line is no header of columns ({error})"
        ) from error
    order = arranged(found.label, header, columns)
    return Layout(
        encoding, delimiter, header, order, tuple(header[position] for position in order[len(columns) :])
    )


def arranged(path: Path | str, header: tuple[str, ...], columns: tuple[Column, ...]) -> tuple[int, ...]:
    """Where in a header the declared columns stand (-1 if it lacks one), then the others; FileRefused (missing_column)."""
    where = {_same(name): position for position, name in reversed(list(enumerate(header)))}
    order, missing = [], []
    for column in columns:
        names = (column.name, *column.aliases)
        position = next((where[_same(name)] for name in names if _same(name) in where), -1)
        if position < 0 and column.required:
            missing.append(" or ".join(names))
        order.append(position)
    if missing:
        raise FileRefused(
            "missing_column", f"{path} has no column {', '.join(missing)}; is it of this source?"
        )
    return (*order, *(position for position in range(len(header)) if position not in order))


def _same(name: str) -> str:
    return " ".join(tokens(name))


def lines(found: Survey, given: Layout, limits: Limits) -> Iterator[Line | Broken]:
    """The rows of a file, streamed.

    Rule of counting: a row is a non-blank line after the header; where a quoted cell goes on over line ends, lines are
    joined only if together they have exactly the header's number of cells. A quote that never closes so sets its
    one line aside (`broken_quoting`) and reading goes on with the next line.
    """
    with unpacked(found.path, found.packed) as stream:
        yield from _rows(_Numbered(stream, limits), given, limits)


class _Numbered:
    """Lines with their numbers, some of which may be given back."""

    def __init__(self, stream: IO[bytes], limits: Limits) -> None:
        self._stream, self._limit = stream, limits.line_bytes
        self._back: list[bytes] = []
        self.number = 0

    def next(self) -> bytes:
        """The next line with its end, empty at the end of the file."""
        raw = self._back.pop() if self._back else self._stream.readline(self._limit)
        self.number += 1 if raw else 0
        return raw

    def give_back(self, taken: list[bytes]) -> None:
        """Lines that were looked at and belong to later rows."""
        self._back.extend(reversed(taken))
        self.number -= len(taken)

    def rest_of_line(self, raw: bytes) -> bool:
        """Pass over what is left of a line that is longer than allowed; whether there was any."""
        if len(raw) < self._limit or raw.endswith(b"\n"):
            return False
        while raw and not raw.endswith(b"\n"):
            raw = self._stream.readline(self._limit)
        return True


def _rows(source: _Numbered, given: Layout, limits: Limits) -> Iterator[Line | Broken]:
    encoding, delimiter, width = given.charset.replace("-sig", ""), given.delimiter, len(given.header)
    straight, order = given.order == tuple(range(width)), given.order
    source.next()  # the header
    while raw := source.next():
        number = source.number
        if len(raw) >= limits.line_bytes and source.rest_of_line(raw):
            yield Broken("long_line", f"longer than {limits.line_bytes} bytes", raw[:4096], number)
            continue
        try:
            text = raw.decode(encoding).rstrip("\r\n")
        except UnicodeDecodeError as error:
            yield Broken("bad_charset", f"not {encoding}: {error.reason}", raw, number)
            continue
        if _QUOTE in raw:
            read = _quoted(source, raw, given, limits)
            if isinstance(read, Broken):
                yield read
                continue
            cells, text = read
        else:
            if not text or text.isspace():
                continue
            cells = text.split(delimiter)
        if len(cells) != width:
            yield Broken("cell_count", f"{len(cells)} cells instead of {width}", raw, number)
            continue
        if not text.isascii():
            cells = [unicodedata.normalize("NFC", cell) for cell in cells]
        if not text.isascii() or " " in text or not text.isprintable():
            cells = [cell.strip() for cell in cells]
        if not straight:
            cells = [cells[position] if position >= 0 else "" for position in order]
        yield Line(cells, text, number)


def _quoted(source: _Numbered, raw: bytes, given: Layout, limits: Limits) -> tuple[list[str], str] | Broken:
    """The cells of a row with quotes, over several lines where they only then come to the right number."""
    encoding, number, whole = given.charset.replace("-sig", ""), source.number, raw
    alone = _divided(_decoded(raw, encoding), given.delimiter)
    # A quote in the middle of a cell is a character like others; only one at its start opens a quoted cell.
    if alone is not None:
        return alone, _decoded(raw, encoding)
    taken: list[bytes] = []
    while whole.count(_QUOTE) % 2:
        more = source.next() if len(taken) < limits.row_lines and len(whole) < limits.line_bytes else b""
        if not more:
            break
        taken.append(more)
        whole += more
    # The first place where the quotes are even is the only one where the row can end.
    joined = _decoded(whole, encoding)
    cells = _divided(joined, given.delimiter)
    if cells is not None and len(cells) == len(given.header):
        return cells, joined
    source.give_back(taken)
    return Broken(
        "broken_quoting", "a quote stands inside a cell or a quoted cell is never closed", raw, number
    )


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding).rstrip("\r\n")
    except UnicodeDecodeError:
        return ""


def _divided(text: str, delimiter: str) -> list[str] | None:
    try:
        rows = list(csv.reader([f"{part}\n" for part in text.split("\n")], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


class DelimitedAccess:
    """Access by column names to cells in the order of the source's columns."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self._positions = {column.name: position for position, column in enumerate(columns)}
        self.touched: list[str] = []

    def text(self, path: str) -> Text:
        """The cell of a column; KeyError if the source declares no such column."""
        position = self._positions[path]
        self.touched.append(path)
        return itemgetter(position)

    def every(self, path: str, order: str = "") -> Callable[[Scope], list[str]]:
        """A flat row has one cell of a name."""
        read = self.text(path)
        return lambda scope: [read(scope)]

    def again(self, paths: list[str]) -> Callable[[Scope], Hashable] | None:
        """The cells of several columns at once."""
        return itemgetter(*(self._positions[path] for path in paths))

    def scopes(self, path: str) -> tuple[Callable[[Scope], list[Scope]], Access]:
        """A flat row has no repeated parts."""
        raise KeyError(path)
