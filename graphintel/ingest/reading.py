"""Reading a file of a source: rows become records with mentions and links, or go to quarantine one by one."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphintel.errors import FileRefused, InputError, RowRefused
from graphintel.ingest.accounting import Account, Accounting
from graphintel.ingest.formats.delimited import Broken, Layout, Line, layout, lines
from graphintel.ingest.formats.objects import is_json
from graphintel.ingest.formats.objects import table as objects
from graphintel.ingest.formats.xml import Node, parse, rows
from graphintel.ingest.limits import DEFAULT, Limits
from graphintel.ingest.opening import Survey, survey
from graphintel.ingest.source import Source
from graphintel.model.grading import strictest
from graphintel.model.ids import record_id
from graphintel.model.marking import Marking
from graphintel.model.records import Position, Quarantined, Record

_log = logging.getLogger(__name__)
_RAW_XML = 1 << 16


def read(
    source: Source, path: Path, *, accounting: Accounting | None = None, limits: Limits = DEFAULT
) -> Iterator[Record | Quarantined]:
    """The records of a file in its order, streamed; rows that cannot be used come as Quarantined.

    Raises FileRefused for a whole file, before anything is yielded. Rows yielded and quarantined add up to the rows
    of the file: documents of XML, non-blank lines after the header of a table (see `formats.delimited.lines`).
    """
    account = (accounting or Accounting()).open(str(path))
    found = survey(path, limits)
    if source.format == "xml":
        root = parse(found, limits)
        yield from _documents(
            source, path, found.sha256, rows(root, source.root, source.row, source.require, path), account
        )
        return
    given, table = _table(source, found, limits)
    yield from _flat(source, path, found.sha256, given, table, account, accounting)


def _table(source: Source, found: Survey, limits: Limits) -> tuple[Layout, Iterator[Line | Broken]]:
    if source.json and is_json(found):
        return objects(found, source.columns, limits)
    given = layout(found, source.columns, source.charsets, source.delimiters, limits)
    return given, lines(found, given, limits)


def _flat(
    source: Source, path: Path, sha256: str, given: Layout, table: Iterator[Line | Broken], account: Account,
    accounting: Accounting | None,
) -> Iterator[Record | Quarantined]:  # fmt: skip
    names = (*(column.name for column in source.columns), *given.extra)
    missing = [column.name for column, place in zip(source.columns, given.order, strict=False) if place < 0]
    if accounting is not None and missing:
        accounting.notes.append(f"{legible(path.name)} lacks the columns {', '.join(missing)}.")
    # One of each name; a second column under the same name gets its place behind it.
    names = tuple(name if names.index(name) == n else f"{name} ({n + 1})" for n, name in enumerate(names))
    reader = _Rows(source, legible(path.name), sha256)
    for line in table:
        account.rows += 1
        place = f"{given.unit} {line.number}"
        if isinstance(line, Broken):
            account.quarantined += 1
            yield Quarantined(
                source.name, Position(legible(path.name), sha256, place), line.reason, line.message, line.raw
            )
            continue
        content = {name: cell for name, cell in zip(names, line.cells, strict=True) if cell}
        account.filled.update(content.keys())
        made = reader.flat(line.cells, content, line.text, place)
        account.quarantined += isinstance(made, Quarantined)
        yield made
    account.settle(source, tuple(name for name, place in zip(names, given.order, strict=True) if place >= 0))


def _documents(
    source: Source, path: Path, sha256: str, nodes: list[Node], account: Account
) -> Iterator[Record | Quarantined]:
    reader = _Rows(source, legible(path.name), sha256)
    for number, node in enumerate(nodes, 1):
        account.rows += 1
        content, place = {}, f"{node.tag}[{number}]"
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


class _Rows:
    """Makes records of the rows of one file."""

    def __init__(self, source: Source, file: str, sha256: str) -> None:
        self._source, self._file, self._sha256 = source, file, sha256
        self._canonical = list(source.plan.canonical.items())
        self._markings: dict[str, Marking] = {}

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
        source, plan = self._source, self._source.plan
        where = Position(self._file, self._sha256, place)
        try:
            key = plan.key(scope) if plan.key else ""
            identity = record_id(source.name, key, content)
            draft = plan.run(scope, identity)
            grade = plan.grade(scope)
        except RowRefused as error:
            return Quarantined(source.name, where, error.reason, error.message, raw or text.encode())
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

    def _marked(self, handling: str) -> Marking:
        """The source's marking with the row's handling code where that is the stricter one."""
        if handling not in self._markings:
            own = self._source.marking
            self._markings[handling] = own._replace(handling=strictest((own.handling, handling)))
        return self._markings[handling]


def files(source: Source, paths: list[Path]) -> list[Path]:
    """The files of a load: folders walked in order of names, hidden files left out, other suffixes passed over.

    A file that is named is taken whatever it is called. Raises InputError for a path that is not there.
    """
    found: list[Path] = []
    for path in paths:
        try:
            if path.is_dir():
                found.extend(_inside(source, path))
            elif path.exists():
                found.append(path)
            else:
                raise InputError(f"{path} is not there; give files or folders of {source.name}")
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    if not found:
        raise InputError(
            f"There is no file of {source.name} ({', '.join(source.suffixes)}) in {', '.join(map(str, paths))}"
        )
    return list(dict.fromkeys(found))


def _inside(source: Source, folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _inside(source, path)
        elif path.is_file() and path.name.lower().removesuffix(".gz").endswith(source.suffixes):
            yield path


def legible(name: str) -> str:
    """A file name as text that can be written anywhere; bytes that are no UTF-8 become the replacement character."""
    return os.fsencode(name).decode("utf-8", "replace")


def refused(path: Path, error: FileRefused) -> dict[str, str]:
    """A refused file as the report of a load lists it."""
    return {"file": legible(str(path)), "code": error.reason, "message": legible(error.message)}
