"""The files of `neo4j-admin import`, written once the whole load is planned."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from graphintel.model.deliveries import opened
from graphintel.model.kinds import EVENTS
from graphintel.store.bulk.caches import cache_of
from graphintel.store.bulk.cells import (
    FIELD,
    Columns,
    Sheet,
    columns_of,
    entity_columns,
    mention_columns,
    writable,
)  # fmt: skip
from graphintel.store.bulk.planner import FirstLoad, LinkPart
from graphintel.store.bulk.spool import BLOCK, Lines
from graphintel.store.driver import Row

# One space of numbers for the import: what a number stands for is in its last two bits.
_EACH = 4
_ENTITY, _RECORD, _KEY = 1, 2, 3
# Nobody refers to a ledger node; its number only has to be its own.
_LONE = 1 << 40
_LEADS: Columns = (("rule", "string"), ("revision", "long"))
_STATES: Columns = (("marking", "long"), ("batch", "long"))
_KEY_COLUMNS: Columns = (("id", "string"), ("entity", "string"))

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Done = Callable[[int], None]


class Late(NamedTuple):
    """Properties that no cell can hold; they are written when the store is up. No id: on all nodes that lack them."""

    label: str
    id: str | None
    properties: Row


class Files:
    """All files of one import in a folder: nodes by labels, relationships by type, each with its columns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sheets: dict[tuple[str, str, Columns], Sheet] = {}
        self._lines: dict[tuple[str, str, Columns], Lines] = {}
        self._empty: set[tuple[str, str]] = set()
        self._late: list[Late] = []
        self._lone = _LONE
        self.counts = {"nodes": 0, "relationships": 0}

    def node(self, labels: str, columns: Columns, number: int | None, row: Row) -> None:
        """Add a node; a `number` is needed where a relationship refers to it."""
        unwritable = {
            name: value for name, value in row.items() if type(value) is list and not writable(value)
        }
        if unwritable:
            row = self._put_late(labels.rpartition(":")[2], row, unwritable)
        if number is None:
            number = self._lone = self._lone + _EACH
        self._add("nodes", labels, columns, str(number), row)

    def _put_late(self, label: str, row: Row, unwritable: Row) -> Row:
        for name, value in unwritable.items():
            if value == []:
                self._empty.add((label, name))
            else:
                self._late.append(Late(label, row["id"], {name: value}))
        return {name: value for name, value in row.items() if name not in unwritable}

    def link(self, type_name: str, columns: Columns, start: int, end: int, row: Row) -> None:
        """Add a relationship with its properties."""
        self._add("relationships", type_name, columns, f"{start}{FIELD}{end}", row)

    def _add(self, what: str, name: str, columns: Columns, lead: str, row: Row) -> None:
        sheet, lines = self.at(what, name, columns)
        line = sheet.line(row)
        if line is None:
            sheet, lines = self.at(what, name, columns_of(row))
            line = sheet.line(row)
        lines.append(f"{lead}{FIELD}{line}" if sheet.columns else lead)
        self.counts[what] += 1

    def at(self, what: str, name: str, columns: Columns) -> tuple[Sheet, Lines]:
        """The sheet and the file of some columns."""
        key = (what, name, columns)
        if key not in self._sheets:
            self._sheets[key] = Sheet(columns)
            self._lines[key] = Lines(self._folder / f"{len(self._lines)}.csv")
        return self._sheets[key], self._lines[key]

    def arguments(self) -> list[str]:
        """Write what is held and the headers; the arguments that name the files to the import."""
        found = []
        for (what, name, columns), lines in self._lines.items():
            lines.flush()
            lead = ":ID" if what == "nodes" else f":START_ID{FIELD}:END_ID"
            header = lines.path.with_suffix(".header")
            typed = self._sheets[what, name, columns].header
            header.write_text(f"{lead}{FIELD}{typed}\n" if typed else f"{lead}\n", encoding="utf-8")
            found.append(f"--{what}={name}={header},{lines.path}")
        return found

    @property
    def late(self) -> list[Late]:
        """What has to be written when the store is up."""
        return [*(Late(label, None, {name: []}) for label, name in sorted(self._empty)), *self._late]


def write(plan: FirstLoad, batch: Row, folder: Path, done: Done) -> Files:
    """Write all of a planned load; `done` is told how many mentions, records and links were written since."""
    files = Files(folder)
    place = _places(plan)
    for kind in sorted(plan.kinds):
        _mentions(plan, files, kind, place, done)
    _keys(plan, files)
    _records(plan, files, done)
    for part in plan.links.values():
        _links(files, part, place, done)
    _ledger(plan, files, batch)
    return files


def _places(plan: FirstLoad) -> Numbers:
    """The import's number of the entity of each mention."""
    found = plan.components
    roots = np.fromiter(map(found.find, range(len(found))), dtype=np.int64, count=len(found))
    heads = np.frombuffer(found.head, dtype=np.intc)[roots].astype(np.int64) if len(found) else roots
    event = np.zeros(len(found), dtype=bool)
    for kind in EVENTS & plan.kinds.keys():
        event[np.frombuffer(plan.kinds[kind].numbers, dtype=np.intc)] = True
    places: Numbers = heads * _EACH + np.where(event, 0, _ENTITY)
    return places


def _mentions(plan: FirstLoad, files: Files, kind: str, place: Numbers, done: Done) -> None:
    """Mentions of a kind, their entities as soon as all members are there, and what leads from one to the other."""
    found = plan.components
    waiting: dict[int, list[bytes]] = {}
    columns, event, part = mention_columns(kind), kind in EVENTS, plan.kinds[kind]
    for count, (number, (row, rule)) in enumerate(zip(part.numbers, part.rows, strict=True), 1):
        row["uses"] = plan.uses[number]
        root = found.find(number)
        head = found.head[root]
        if not event or number != head:
            files.node("Mention", columns, number * _EACH, row)
            leads = {"rule": rule, "revision": plan.batch}
            files.link("RESOLVES_TO", _LEADS, number * _EACH, int(place[number]), leads)
        if found.size[root] == 1:
            _entity(plan, files, kind, root, [row], row)
        else:
            members = waiting.setdefault(root, [])
            members.append(marshal.dumps((number == head, row)))
            if len(members) == found.size[root]:
                _gathered(plan, files, kind, root, waiting.pop(root))
        if count % BLOCK == 0:
            done(BLOCK)


def _gathered(plan: FirstLoad, files: Files, kind: str, root: int, members: list[bytes]) -> None:
    rows = [marshal.loads(member) for member in members]
    own = next(row for is_head, row in rows if is_head)
    _entity(plan, files, kind, root, [row for _, row in rows], own)


def _entity(plan: FirstLoad, files: Files, kind: str, root: int, rows: list[Row], own: Row) -> None:
    found = plan.components
    head = found.head[root]
    entity = {**cache_of(kind, rows), "id": found.name(head), "born": found.born[root], "hub": False}
    if kind in EVENTS:
        files.node(f"Mention:Entity:{kind}", entity_columns(kind), head * _EACH, {**own, **entity})
    else:
        files.node(f"Entity:{kind}", entity_columns(kind), head * _EACH + _ENTITY, entity)


def _keys(plan: FirstLoad, files: Files) -> None:
    found = plan.components
    for number, (key, owner) in enumerate(zip(plan.keys, plan.key_owner, strict=True)):
        entity = found.name(found.head[found.find(owner)])
        files.node("Key", _KEY_COLUMNS, number * _EACH + _KEY, {"id": key, "entity": entity})
    for mention, number in zip(plan.keyed_mention, plan.keyed_key, strict=True):
        files.link("KEYED", (), mention * _EACH, number * _EACH + _KEY, {})


def _records(plan: FirstLoad, files: Files, done: Done) -> None:
    columns: Columns = ()
    for number, row in enumerate(plan.record_rows):
        if number in plan.came_again:
            # One that comes twice in a load stands where it came last.
            last = opened(row["history"])[-1]._replace(order=plan.came_again[number])
            row["history"] = [last.text]
        columns = columns or columns_of({**row, "natural": "", "starts": [""]})
        files.node("Record", columns, number * _EACH + _RECORD, row)
        if number % BLOCK == BLOCK - 1:
            done(BLOCK)
    stated = zip(plan.stated_record, plan.stated_mention, plan.stated_marking, strict=True)
    for record, mention, marking in stated:
        states = {"marking": marking, "batch": plan.batch}
        files.link("STATES", _STATES, record * _EACH + _RECORD, mention * _EACH, states)


def _links(files: Files, part: LinkPart, place: Numbers, done: Done) -> None:
    """Links between the entities of the mentions that they came from."""
    _, lines = files.at("relationships", part.type, part.sheet.columns)
    source, target = (place[np.frombuffer(ends, dtype=np.intc)] for ends in (part.source, part.target))
    first = 0
    for block in part.lines.blocks():
        span = slice(first, first + len(block))
        files.counts["relationships"] += len(block)
        rows = zip(source[span].tolist(), target[span].tolist(), block, strict=True)
        lines.extend([f"{start}{FIELD}{end}{FIELD}{line}" for start, end, line in rows])
        first += len(block)
        done(len(block))


def _ledger(plan: FirstLoad, files: Files, batch: Row) -> None:
    """The batch with its chunks, the counter and the markings, as the daily path leaves them."""
    counter = {"name": "feed", "value": plan.counter + len(plan.chunks)}
    markings = [{"number": number, "text": text} for text, number in plan.markings.items()]
    nodes: list[tuple[str, Row]] = [("Batch", batch), ("Counter", counter)]
    nodes += [("Chunk", chunk) for chunk in plan.chunks] + [("Marking", marking) for marking in markings]
    for label, row in nodes:
        files.node(label, columns_of(row), None, row)
