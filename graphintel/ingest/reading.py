"""Reading a file of a source: rows become records with mentions and links, or go to quarantine one by one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple, cast

from graphintel.errors import FileRefused, RowRefused
from graphintel.ingest.accounting import Account, Accounting
from graphintel.ingest.delivery import legible
from graphintel.ingest.entities import EntityFile, EntityPlan, Found
from graphintel.ingest.formats import sheets
from graphintel.ingest.formats.delimited import Broken, Layout, Line, layout, lines
from graphintel.ingest.formats.objects import is_json
from graphintel.ingest.formats.objects import table as objects
from graphintel.ingest.formats.xml import Node, parse, rows
from graphintel.ingest.limits import DEFAULT, Limits
from graphintel.ingest.opening import Survey, sha256_of, survey
from graphintel.ingest.packing import MEMBER, members, packing, regular, whole
from graphintel.ingest.source import Source
from graphintel.model.grading import strictest
from graphintel.model.ids import record_id
from graphintel.model.marking import Marking
from graphintel.model.records import Position, Quarantined, Record

Make = Callable[[Source, str, str, str], "Rows"]
_log = logging.getLogger(__name__)
_RAW_XML = 1 << 16
_SHAPES = 1_000


class _Part(NamedTuple):
    """A file, or a member of a zip, that was found to be what its source reads: a table, or the rows of a document."""

    found: Survey
    layout: Layout | None
    lines: Iterator[Line | Broken]
    nodes: list[Node]
    entities: EntityFile | None = None
    told: tuple[str, ...] = ()


def read(
    source: Source, path: Path, *, accounting: Accounting | None = None, limits: Limits = DEFAULT, label: str = "",
    sha256: str = "", make: Make | None = None, seen: Callable[[int], None] | None = None,
) -> Iterator[Record | Quarantined]:  # fmt: skip
    """The records of a file in its order, streamed; rows that cannot be used come as Quarantined.

    `label` is what the file is called if that is not its path, `sha256` its hash if that is known, and `make` what
    makes something else of the rows. `seen` is told the unpacked bytes once they are counted, before any is parsed. A
    zip is read member by member, in order of names. Raises FileRefused for a whole file, before anything is yielded;
    only a file that changes while it is read is refused at its end (changed_while_read). Rows yielded and quarantined
    add up to the rows of the file: documents of XML, non-blank lines after the header of a table (see
    `formats.delimited.lines`).
    """
    kept, label = accounting or Accounting(), label or str(path)
    regular(path, label)
    before = _state(path)
    for part in _parts(source, path, label, sha256, limits, seen or _unheeded):
        with whole(part.found.label):
            yield from _read(source, part, legible(Path(label).name), kept, make or Rows)
    if _state(path) != before:
        raise FileRefused(
            "changed_while_read", f"{label} changed while it was read; load it again when it is complete"
        )


def _state(path: Path) -> tuple[int, int, int]:
    held = path.stat()
    return held.st_ino, held.st_size, held.st_mtime_ns


def _unheeded(size: int) -> None:
    return None


def _parts(
    source: Source, path: Path, label: str, sha256: str, limits: Limits, seen: Callable[[int], None]
) -> list[_Part]:
    """The file, or every member of a zip; all are opened before the first row, so that a refusal loads nothing."""
    sha256 = sha256 or sha256_of(path, label)
    with whole(label):
        packed = packing(path)
        delivered = path.stat().st_size
    if packed != "zip":
        found = survey(path, limits, None, sha256, label)
        seen(found.size)
        return [_opened(source, found, limits)]
    parts: list[_Part] = []
    unpacked = held = 0
    for name in members(path, label, source.suffixes, limits):
        found = survey(path, limits, MEMBER + name, sha256, label)
        unpacked += found.size
        seen(unpacked)
        parts.append(part := _opened(source, found, limits))
        held += found.size if part.nodes or (part.layout and part.layout.unit != "line ") else 0
        if unpacked > min(max(delivered, 1024) * limits.ratio, limits.file_bytes) or held > limits.xml_bytes:
            raise FileRefused("too_large", f"{label} unpacks to more than is allowed; split it")
    return parts


def _opened(source: Source, found: Survey, limits: Limits) -> _Part:
    if sheets.is_workbook(found):
        if not source.xlsx:
            raise FileRefused(
                "bad_format",
                f"{found.label} is a spreadsheet or an archive, which {source.name} does not read; save it as {source.suffixes[0]}",
            )
        return _Part(found, *sheets.table(found, source.columns, source.sheet, limits), [])
    if source.format == "xml":
        told: list[str] = []
        root = parse(found, limits, source.schema, told)
        held = rows(root, source.root, source.row, source.require, found.label)
        return _Part(found, None, iter(()), held, told=tuple(told))
    if source.format == "ftm":
        return _Part(found, None, iter(()), [], EntityFile(found, limits))
    if source.json and is_json(found):
        return _Part(found, *objects(found, source.columns, limits), [])
    given = layout(found, source.columns, source.charsets, source.delimiters, limits)
    return _Part(found, given, lines(found, given, limits), [])


def _read(
    source: Source, part: _Part, file: str, accounting: Accounting, make: Make
) -> Iterator[Record | Quarantined]:
    member = part.found.member
    account = accounting.open(part.found.label)
    if part.told:
        shown = f"{file}!{legible(member)}" if member else file
        accounting.notes.append(f"{shown} does not follow its schema: {'; '.join(part.told)}.")
    reader = make(source, file, part.found.sha256, f"{legible(member)}!" if member else "")
    if part.entities is not None:
        yield from _entities(source, reader, part.entities, account)
    elif part.layout is None:
        yield from _documents(source, reader, part.nodes, account)
    else:
        missing = [
            column.name
            for column, place in zip(source.columns, part.layout.order, strict=False)
            if place < 0 and column.expected
        ]
        if missing:
            shown = f"{file}!{legible(member)}" if member else file
            accounting.notes.append(f"{shown} lacks the columns {', '.join(missing)}.")
        yield from _flat(source, reader, part.layout, part.lines, account)


def _entities(
    source: Source, reader: Rows, file: EntityFile, account: Account
) -> Iterator[Record | Quarantined]:
    plan = cast(EntityPlan, source.plan)
    with closing(file):
        for line in file:
            account.rows += 1
            place = f"{reader.prefix}line {line.number}"
            if isinstance(line, Broken):
                account.quarantined += 1
                yield Quarantined(source.name, reader.at(place), line.reason, line.message, line.raw)
                continue
            account.filled.update(line.entity.cells)
            scope = Found(line.entity, file)
            made = reader.record(scope, plan.content(scope), line.text, place, None)
            account.quarantined += isinstance(made, Quarantined)
            yield made
    account.settle(source)


def _flat(
    source: Source, reader: Rows, given: Layout, table: Iterator[Line | Broken], account: Account
) -> Iterator[Record | Quarantined]:
    names = (*(column.name for column in source.columns), *given.extra)
    # One of each name; a second column under the same name gets its place behind it.
    names = tuple(name if names.index(name) == n else f"{name} ({n + 1})" for n, name in enumerate(names))
    unit, shapes = reader.prefix + given.unit, _Shapes(account)
    for line in table:
        account.rows += 1
        place = f"{unit}{line.number}"
        if isinstance(line, Broken):
            account.quarantined += 1
            yield Quarantined(source.name, reader.at(place), line.reason, line.message, line.raw)
            continue
        cells = line.cells
        content = dict(zip(names, cells, strict=True))
        if "" in cells:
            content = {name: cell for name, cell in content.items() if cell}
        shapes.add(tuple(content))
        made = reader.flat(cells, content, line.text, place)
        account.quarantined += isinstance(made, Quarantined)
        yield made
    shapes.settle()
    account.settle(source, tuple(name for name, place in zip(names, given.order, strict=True) if place >= 0))
    account.places = {name: place for name, place in zip(names, given.order, strict=True) if place >= 0}


class _Shapes:
    """Counts filled cells by the set of columns that a row fills: few sets, many rows."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._rows: dict[tuple[str, ...], int] = {}

    def add(self, filled: tuple[str, ...]) -> None:
        """One more row that fills these columns."""
        self._rows[filled] = self._rows.get(filled, 0) + 1
        if len(self._rows) > _SHAPES:
            self.settle()

    def settle(self) -> None:
        """Write what was counted into the account."""
        for filled, count in self._rows.items():
            for name in filled:
                self._account.filled[name] += count
        self._rows.clear()


def _documents(
    source: Source, reader: Rows, nodes: list[Node], account: Account
) -> Iterator[Record | Quarantined]:
    for number, node in enumerate(nodes, 1):
        account.rows += 1
        content, place = {}, f"{reader.prefix}{node.tag}[{number}]"
        canonical = source.plan.canonical
        for cell_path, indexed, text in node.cells("", ""):
            account.filled[cell_path] += 1
            content[indexed] = canonical[cell_path].of(text) if cell_path in canonical else text
        if node.parent is not None:
            for cell_path, _, _ in _above(node):
                account.filled[cell_path] += 1
        raw = "\n".join(f"{name}: {text}" for name, text in content.items())[:_RAW_XML]
        made = reader.record(node, content, "", place, raw.encode())
        account.quarantined += isinstance(made, Quarantined)
        yield made
    account.settle(source)


def _above(node: Node) -> Iterator[tuple[str, str, str]]:
    parent, steps = node.parent, "../"
    while parent is not None:
        for name, content in parent.attributes.items():
            yield f"{steps}@{name}", "", content
        for name, nodes in parent.children.items():
            if nodes[0].tag != node.tag:
                for other in nodes:
                    yield from other.cells(f"{steps}{name}/", "")
        parent, steps = parent.parent, f"{steps}../"


class Rows:
    """Makes records of the rows of one file; `prefix` stands before the places of a zip's member."""

    def __init__(self, source: Source, file: str, sha256: str, prefix: str) -> None:
        self.source, self._file, self._sha256, self.prefix = source, file, sha256, prefix
        self._canonical = list(source.plan.canonical.items())
        self._marked = marked(source)

    def at(self, place: str) -> Position:
        """Where a row stands."""
        return Position(self._file, self._sha256, place)

    def flat(self, cells: list[str], content: dict[str, str], text: str, place: str) -> Record | Quarantined:
        """The record of a flat row; numbers and dates enter its content as they are normalised."""
        for name, canonical in self._canonical:
            if name in content:
                value = canonical.get(cells)
                if value is not None and value.verdict == "valid":
                    content[name] = value.normal
        return self.record(cells, content, text, place, None)

    def record(
        self, scope: Any, content: dict[str, str], text: str, place: str, raw: bytes | None
    ) -> Record | Quarantined:
        """The record of a row, or the row in quarantine with the reason."""
        source, plan = self.source, self.source.plan
        where = self.at(place)
        try:
            key = plan.key(scope) if plan.key else ""
            identity = record_id(source.name, key, content)
            draft = plan.run(scope, identity)
            grade = plan.grade(scope)
        except RowRefused as error:
            return Quarantined(source.name, where, error.reason, error.message, raw or text.encode())
        except MemoryError:
            raise
        # The edge of ingest: one row that breaks the mapping must not lose the others.
        except Exception as error:  # noqa: BLE001
            _log.exception(
                "row not mapped", extra={"source": source.name, "file": self._file, "place": place}
            )
            message = f"the mapping failed: {type(error).__name__}: {error}"
            return Quarantined(source.name, where, "mapping_failed", message, raw or text.encode())
        subjects = tuple([mention.id for slot in plan.subjects for mention in draft.slots[slot]])
        marking = self._marked(grade.handling) if grade and grade.handling else source.marking
        return Record(
            identity, source.name, key, content, where, source.mapping_version, grade.text if grade else source.grade, marking,
            list(draft.mentions.values()), draft.links, subjects, text,
        )  # fmt: skip


def marked(source: Source) -> Callable[[str], Marking]:
    """The function from a row's handling code to its marking: the source's own, with the code if that is stricter."""
    known = {source.marking.handling: source.marking}

    def marking(handling: str) -> Marking:
        if handling not in known:
            known[handling] = source.marking._replace(handling=strictest((source.marking.handling, handling)))
        return known[handling]

    return marking
