"""Looking at a file of an unknown kind: how it is written, its columns with their values, and a few rows as a sample."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import orjson

from graphintel.errors import FileRefused
from graphintel.ingest.formats import objects, sheets
from graphintel.ingest.formats.delimited import Broken, Layout, Line, layout, lines
from graphintel.ingest.formats.delimited import Column as Declared
from graphintel.ingest.formats.xml import Node, parse
from graphintel.ingest.limits import DEFAULT, Limits
from graphintel.ingest.opening import Survey, survey, unpacked
from graphintel.model.fold import tokens

# The character sets that customs files of the region come in; a description keeps the one that was found.
CHARSETS = ("utf-8", "cp1254", "iso8859-9", "cp857", "cp1250", "cp1251", "cp1252")
DELIMITERS = ",;\t|"
_ROWS, _TITLES = 5000, 20
_SAMPLE_ROWS, _SAMPLE_FIRST, _SAMPLE_BYTES = 40, 20, 90_000
_CAMEL = re.compile(r"(?<=[a-zçğıöşü])(?=[A-ZÇĞİÖŞÜ])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")


# A column of an object inside an object, which no file has: it lets the others of that kind be read.
_INSIDE = Declared("-", ("-.-",))


def _without_first(line: Line | Broken) -> Line | Broken:
    return line if isinstance(line, Broken) else line._replace(cells=line.cells[1:])


@dataclass(slots=True)
class Column:
    """A column or path: how the mapping names it, its header, the words of that, and its filled cells in row order."""

    name: str
    header: str
    words: tuple[str, ...]
    cells: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sight:
    """What was seen of a file; `groups` are the repeated elements of a document with the columns inside.

    `twins` are columns whose header no mapping can tell from that of an earlier one, `needed` those by which a header is
    told from a title above it.
    """

    format: str
    columns: list[Column]
    rows: int
    sample_name: str
    sample: bytes
    written: dict[str, object] = field(default_factory=dict)
    groups: dict[str, list[Column]] = field(default_factory=dict)
    twins: list[Column] = field(default_factory=list)
    needed: set[str] = field(default_factory=set)
    broken: int = 0
    whole: bool = True


def look(path: Path, limits: Limits = DEFAULT) -> Sight:
    """Look at the first rows of a file; raises FileRefused if it is neither table nor document."""
    found = survey(path, limits)
    if sheets.is_workbook(found):
        return _sheet(found, limits)
    if objects.is_json(found):
        given, table = objects.table(found, (), limits)
        first = next(table, None)
        if isinstance(first, Broken) and first.reason == "nested_value":
            given, table = objects.table(found, (_INSIDE,), limits)
            return _table(given, (_without_first(line) for line in table), {"json": True})
        return _table(given, chain([first] if first else [], table), {"json": True})
    if _starts(found).startswith(b"<"):
        return _document(parse(found, limits), found)
    given = layout(found, (), CHARSETS, DELIMITERS, limits)
    charset = given.charset.replace("utf-8-sig", "utf-8").replace("_", "-")
    written: dict[str, object] = {"charsets": [charset], "delimiters": [given.delimiter]}
    return _table(given, lines(found, given, limits), written)


def _sheet(found: Survey, limits: Limits) -> Sight:
    """A spreadsheet, whose header may stand below a title."""
    given, table = sheets.table(found, (), "", limits)
    if len(given.extra) > 1:
        return _table(given, table, {"xlsx": True})
    below = [orjson.loads(line.raw) for line in islice(table, _TITLES) if isinstance(line, Broken)]
    header: list[str] = next((row for row in below if sum(map(bool, row)) > 1), [])
    columns = tuple(Declared(cell, (), True) for cell in dict.fromkeys(filter(None, header)))
    given, table = sheets.table(found, columns, "", limits)
    sight = _table(given._replace(extra=tuple(one.name for one in columns)), table, {"xlsx": True})
    # Only columns that a file must have tell the header from the title.
    sight.needed = {column.name for column in sight.columns[:2]}
    return sight


def _starts(found: Survey) -> bytes:
    with unpacked(found.path, found.packed) as stream:
        return stream.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()


def words_of(header: str) -> tuple[str, ...]:
    """The words of a header, also where they are told apart by capitals or digits only (`AliciVergiNo8`)."""
    return tuple(tokens(_CAMEL.sub(" ", header).replace("/", " ")))


def _named(headers: Sequence[str]) -> list[str]:
    """A plain name for each column, none twice."""
    names: list[str] = []
    for place, header in enumerate(headers, 1):
        plain = "_".join(tokens(header))[:60] or f"column_{place}"
        if plain[0].isdigit():
            plain = f"c_{plain}"
        names.append(f"{plain}_{place}" if plain in names else plain)
    return names


def _table(given: Layout, table: Iterator[Line | Broken], written: dict[str, object]) -> Sight:
    headers = given.extra
    if not any(headers) or len(headers) < 2:
        raise FileRefused("missing_column", "this is no table with a header of two columns or more")
    columns = [
        Column(name, header, words_of(header)) for name, header in zip(_named(headers), headers, strict=True)
    ]
    kept, size, filled = list[Line](), 0, set[int]()
    sight = Sight("csv", columns, 0, "", b"", written)
    for line in islice(table, _ROWS):
        sight.rows += 1
        if isinstance(line, Broken):
            sight.broken += 1
            continue
        held = {place for place, cell in enumerate(line.cells) if cell}
        for place in held:
            columns[place].cells.append(line.cells[place])
        # The first rows, and later those that fill a column for the first time.
        if (
            len(kept) < _SAMPLE_FIRST or (held - filled and len(kept) < _SAMPLE_ROWS)
        ) and size < _SAMPLE_BYTES:
            kept.append(line)
            size += len(line.text)
        filled |= held
    sight.whole = next(table, None) is None
    first: dict[tuple[str, ...], Column] = {}
    sight.columns = [one for one in columns if first.setdefault(tuple(tokens(one.header)), one) is one]
    again = [one for one in columns if first[tuple(tokens(one.header))] is not one]
    # As a reading file names them: the second of one name with its place behind it.
    names = [*(one.name for one in sight.columns), *(one.header for one in again)]
    for place, twin in enumerate(again, len(sight.columns)):
        name = twin.header if names.index(twin.header) == place else f"{twin.header} ({place + 1})"
        if name:
            sight.twins.append(Column(name, twin.header, twin.words, twin.cells))
    sight.sample_name, sight.sample = _sampled(given, kept)
    return sight


def _sampled(given: Layout, kept: list[Line]) -> tuple[str, bytes]:
    """The rows of a sample as they came: objects a line, or a table in the file's own character set and delimiter."""
    if not given.delimiter and given.unit == "object ":
        return "sample.json", "".join(f"{line.text}\n" for line in kept).encode()
    out = io.StringIO()
    writer = csv.writer(out, delimiter=given.delimiter or ",", lineterminator="\n")
    writer.writerow(given.extra)
    if given.delimiter:
        out.writelines(f"{line.text}\n" for line in kept)
    else:
        writer.writerows([line.cells for line in kept])
    return "sample.csv", out.getvalue().encode(given.charset.replace("-sig", ""), "replace")


def _document(root: Node, found: Survey) -> Sight:
    row = _row_path(root)
    nodes = root.children[row] if row else [root]
    sight = Sight(
        "xml", [], len(nodes), "sample.xml", b"", {"root": root.tag, **({"row": row} if row else {})}
    )
    repeated = _repeated(nodes[:_ROWS])
    by_path: dict[str, Column] = {}
    inside: dict[str, dict[str, Column]] = {path: {} for path in repeated}
    for node in nodes[:_ROWS]:
        for path, _, text in node.cells("", ""):
            group = next((base for base in repeated if path.startswith(f"{base}/") or path == base), None)
            if group is None:
                _column(by_path, path).cells.append(text)
            elif path != group:
                _column(inside[group], path.removeprefix(f"{group}/")).cells.append(text)
            else:
                _column(inside[group], ".").cells.append(text)
    sight.columns = list(by_path.values())
    sight.groups = {path: list(columns.values()) for path, columns in inside.items() if columns}
    if found.size <= _SAMPLE_BYTES:
        with unpacked(found.path, found.packed) as stream:
            sight.sample = stream.read()
    return sight


def _column(held: dict[str, Column], path: str) -> Column:
    if path not in held:
        steps = path.replace("@", "/").split("/")
        held[path] = Column(path, path, words_of(" ".join(steps[-2:])))
    return held[path]


def _row_path(root: Node) -> str:
    """The element that is one row: a child of the root that comes again and has elements inside, or the root itself."""
    counts = Counter({tag: len(nodes) for tag, nodes in root.children.items() if nodes[0].children})
    tag, many = counts.most_common(1)[0] if counts else ("", 0)
    others = sum(len(nodes) for name, nodes in root.children.items() if name != tag)
    return tag if many > 1 and many >= others else ""


def _repeated(nodes: list[Node]) -> list[str]:
    """Paths of elements that come more than once in one parent, outermost first."""
    found: dict[str, None] = {}

    def walk(node: Node, path: str) -> None:
        for tag, children in node.children.items():
            inner = f"{path}/{tag}".lstrip("/")
            if len(children) > 1:
                found.setdefault(inner)
            else:
                walk(children[0], inner)

    for node in nodes:
        walk(node, "")
    return sorted(found, key=len)
