"""Reading back what a first load wrote for the import, and what a store holds, in forms that can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from graphintel.store.bulk.cells import FIELD, ITEM
from graphintel.store.bulk.files import Files
from graphintel.store.driver import Store

Thing = tuple[tuple[str, ...], str]
Things = dict[Thing, dict[str, Any]]
Ties = list[bytes]
# When something was done is no part of what was done.
_TIMES = ("at", "finished", "seconds")


def name_of(labels: tuple[str, ...], row: dict[str, Any]) -> Thing:
    """How a node is told apart: its labels, and id, number or name."""
    return labels, str(row.get("id", row.get("number", row.get("name"))))


def tie(start: Thing, type_name: str, end: Thing, row: dict[str, Any]) -> bytes:
    """A relationship as one comparable value."""
    return orjson.dumps([start, type_name, end, row], option=orjson.OPT_SORT_KEYS)


def held(store: Store) -> tuple[Things, Ties]:
    """Every node and relationship of a store but its leases and migrations."""
    things: Things = {}
    names: dict[str, Thing] = {}
    for key, labels, row in store.records(
        "MATCH (n) WHERE NOT n:Lease AND NOT n:Migration RETURN elementId(n), labels(n), properties(n)"
    ):
        kept = {name: value for name, value in row.items() if name not in _TIMES or "Batch" not in labels}
        names[key] = name_of(tuple(sorted(labels)), kept)
        assert names[key] not in things
        things[names[key]] = kept
    ties = [
        tie(names[start], type_name, names[end], row)
        for start, type_name, end, row in store.records(
            "MATCH (a)-[r]->(b) RETURN elementId(a), type(r), elementId(b), properties(r)"
        )
    ]
    return things, sorted(ties)


def written(files: Files) -> tuple[Things, Ties]:
    """Every node and relationship in the files of an import."""
    things: Things = {}
    names: dict[str, Thing] = {}
    ties: Ties = []
    empty = {(one.label, name) for one in files.late if one.id is None for name in one.properties}
    for argument in sorted(files.arguments()):
        what, name, paths = argument[2:].split("=", 2)
        header, path = map(Path, paths.split(","))
        columns = header.read_text("utf-8").rstrip("\n").split(FIELD)
        for cells in _rows(path.read_text("utf-8")):
            if what == "nodes":
                row = _typed(columns[1:], cells[1:])
                labels = tuple(sorted(name.split(":")))
                row.update({key: [] for label, key in empty if label in labels and key not in row})
                names[cells[0]] = name_of(labels, row)
                things[names[cells[0]]] = row
            else:
                ties.append(tie(names[cells[0]], name, names[cells[1]], _typed(columns[2:], cells[2:])))
    return things, sorted(ties)


def _rows(text: str) -> Iterator[list[str]]:
    cells, start, inside = [], 0, False
    for place, letter in enumerate(text):
        inside ^= letter == '"'
        if not inside and letter in (FIELD, "\n"):
            cells.append(text[start:place])
            start = place + 1
            if letter == "\n":
                yield cells
                cells = []


def _typed(columns: list[str], cells: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=True):
        name, _, kind = column.partition(":")
        if cell:
            row[name] = _value(kind, cell)
    return row


def _value(kind: str, cell: str) -> Any:
    if kind.endswith("[]"):
        return [_one(kind[:-2], item) for item in cell[1:-1].replace('""', '"').split(ITEM)]
    return _one(kind, cell[1:-1].replace('""', '"') if kind == "string" else cell)


def _one(kind: str, text: str) -> Any:
    if kind == "boolean":
        return text == "true"
    return text if kind == "string" else int(text) if kind == "long" else float(text)
