"""The keys of all entries in SQLite: buckets of entries that share one, who may see them, and how far the graph was read."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from graphintel.resolve.candidates.entry import Entry, key_version
from graphintel.resolve.candidates.faults import told
from graphintel.resolve.candidates.namesakes import Measured, Namesake

_SCHEMA = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held (number INTEGER PRIMARY KEY, marks TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS entry (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, held INTEGER NOT NULL,
  keys BLOB NOT NULL, key_version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS key (number INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (number, row)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS called (number INTEGER NOT NULL, row INTEGER NOT NULL, rule TEXT NOT NULL, scheme TEXT NOT NULL,
  strong INTEGER NOT NULL, bare INTEGER NOT NULL, PRIMARY KEY (number, row)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS called_row ON called (row);
"""
_NAMESAKES = (
    "SELECT e.id, c.scheme, c.strong, c.bare FROM called c JOIN entry e ON e.row = c.row "
    "WHERE c.number = ? ORDER BY e.id LIMIT ?"
)
# Of a name, a scheme and k numbers of it: one number borne by several answers right for each of them, and of two numbers
# each that is borne once answers wrong. With more nobody is answered.
_MEASURED = """
SELECT rule, sum(CASE WHEN k = 1 AND n > 1 THEN n ELSE 0 END), sum(CASE WHEN k = 2 THEN once ELSE 0 END) FROM
 (SELECT rule, number, scheme, count(*) AS k, sum(n) AS n, sum(n = 1) AS once FROM
  (SELECT rule, number, scheme, strong, count(*) AS n FROM called WHERE strong <> 0 GROUP BY rule, number, scheme, strong)
 GROUP BY rule, number, scheme) GROUP BY rule ORDER BY rule
"""
_BUCKET = "SELECT row FROM key WHERE number = ? LIMIT ?"
_BUCKET_SEEN = (
    "SELECT k.row FROM key k JOIN entry e ON e.row = k.row "
    "WHERE k.number = ? AND e.held IN (SELECT value FROM json_each(?)) LIMIT ?"
)
_CACHE_MB, _MAPPED = 192, 1 << 30
_VARIABLES = 500
T = TypeVar("T")


class Table:
    """The open file of keys; what is added counts from `commit` on."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path = path
        self._held: dict[frozenset[int], int] = {}
        self._version = 0
        with told(path.parent):
            self.db = sqlite3.connect(path, timeout=60.0, isolation_level=None, check_same_thread=False)
            if write:
                self.db.execute("PRAGMA journal_mode = WAL")
                self.db.execute("PRAGMA synchronous = NORMAL")
                self.db.execute(f"PRAGMA cache_size = -{_CACHE_MB * 1024}")
                self.db.executescript(_SCHEMA)
            else:
                self.db.execute("PRAGMA query_only = 1")
            self.db.execute(f"PRAGMA mmap_size = {_MAPPED}")
            self._load()
            # The highest row that was ever given away: the next entry gets one above it.
            self.last = int(self.db.execute("SELECT coalesce(max(row), 0) FROM entry").fetchone()[0])

    def _load(self) -> None:
        found = self.db.execute("SELECT number, marks FROM held")
        self._held = {frozenset(_numbers(text)): number for number, text in found}
        self._version = self.db.execute("PRAGMA data_version").fetchone()[0]

    def refresh(self) -> bool:
        """See what others committed since; whether there is anything."""
        if self.db.execute("PRAGMA data_version").fetchone()[0] == self._version:
            return False
        self._load()
        return True

    def state(self) -> dict[str, str]:
        """What is noted of the index: `counter`, `place`, `version` and the like."""
        return dict(self.db.execute("SELECT name, value FROM state"))

    def note(self, **values: str) -> None:
        """Note something of the index, with the next commit."""
        self.begin()
        self.db.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", values.items())

    def begin(self) -> None:
        """Open the transaction that the next commit ends, if none is open."""
        if not self.db.in_transaction:
            self.db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make what was added, removed and noted durable."""
        with told(self.path.parent):
            if self.db.in_transaction:
                self.db.execute("COMMIT")

    def count(self) -> int:
        """How many entries there are."""
        return int(self.db.execute("SELECT count(*) FROM entry").fetchone()[0])

    def put(self, entries: Sequence[Entry]) -> tuple[list[tuple[int, Entry, int]], list[int]]:
        """Add entries in the place of older ones: row, entry, number of its markings; and the rows of the older ones."""
        with told(self.path.parent):
            old = self.drop(one.id for one in entries)
            made: list[tuple[int, Entry, int]] = []
            for one in entries:
                self.last += 1
                made.append((self.last, one, self._number(one.marks)))
            self._write(made)
        return made, old

    def _write(self, made: list[tuple[int, Entry, int]]) -> None:
        rows, version = [], key_version()
        keys: set[tuple[int, int]] = set()
        for row, one, held in made:
            numbers = array("q", (key.number for key in one.keys))
            rows.append((row, one.id, held, numbers.tobytes(), version))
            keys.update((number, row) for number in numbers)
        self.db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", rows)
        # In the order of the tree, so that one page is touched once.
        self.db.executemany("INSERT OR IGNORE INTO key VALUES (?, ?)", sorted(keys))
        names = [
            (said.number, row, said.rule, said.scheme, said.strong, said.bare)
            for row, one, _ in made
            for said in one.called
        ]
        self.db.executemany("INSERT OR REPLACE INTO called VALUES (?, ?, ?, ?, ?, ?)", sorted(names))

    def _number(self, marks: frozenset[int]) -> int:
        if marks not in self._held:
            text = ",".join(map(str, sorted(marks)))
            number = max(self._held.values(), default=0) + 1
            self.db.execute("INSERT INTO held VALUES (?, ?)", (number, text))
            self._held[marks] = number
        return self._held[marks]

    def drop(self, ids: Iterable[str]) -> list[int]:
        """Take entries out; the rows that they had."""
        with told(self.path.parent):
            self.begin()
            rows = list(self.rows(ids).values())
            self._unkey(rows)
            self.db.executemany("DELETE FROM entry WHERE row = ?", ((row,) for row in rows))
        return rows

    def _unkey(self, rows: list[int]) -> None:
        old: list[tuple[int, int]] = []
        for part in _parts(rows):
            marks = ",".join("?" * len(part))
            for row, blob in self.db.execute(f"SELECT row, keys FROM entry WHERE row IN ({marks})", part):
                numbers = array("q")
                numbers.frombytes(blob)
                old.extend((number, row) for number in numbers)
        self.db.executemany("DELETE FROM key WHERE number = ? AND row = ?", sorted(old))
        self.db.executemany("DELETE FROM called WHERE row = ?", ((row,) for row in rows))

    def all_rows(self) -> set[int]:
        """The rows of all entries."""
        return {row for (row,) in self.db.execute("SELECT row FROM entry")}

    def rows(self, ids: Iterable[str]) -> dict[str, int]:
        """The rows of those ids that are there."""
        found: dict[str, int] = {}
        for part in _parts(list(ids)):
            marks = ",".join("?" * len(part))
            found.update(self.db.execute(f"SELECT id, row FROM entry WHERE id IN ({marks})", part))
        return found

    def marks(self, ids: Iterable[str]) -> dict[str, frozenset[int]]:
        """The markings of those ids that are there."""
        known = {number: marks for marks, number in self._held.items()}
        found: dict[str, frozenset[int]] = {}
        for part in _parts(list(ids)):
            places = ",".join("?" * len(part))
            rows = self.db.execute(f"SELECT id, held FROM entry WHERE id IN ({places})", part)
            found.update((name, known[held]) for name, held in rows)
        return found

    def held_by(self, marks: Iterable[int]) -> list[int]:
        """The numbers of the sets of markings of which a reader with these may see one."""
        seen = frozenset(marks)
        return sorted(number for held, number in self._held.items() if held & seen)

    def bucket(self, number: int, most: int, held: str | None) -> list[int]:
        """The rows under a key, at most so many; `held`: JSON list of the marking sets that count, None for all."""
        if held is None:
            return [row for (row,) in self.db.execute(_BUCKET, (number, most))]
        return [row for (row,) in self.db.execute(_BUCKET_SEEN, (number, held, most))]

    def namesakes(self, number: int, most: int) -> list[Namesake]:
        """The statements that are called so, by id, at most so many."""
        return [Namesake(*row) for row in self.db.execute(_NAMESAKES, (number, most))]

    def measured(self) -> list[Measured]:
        """How often each rule of names is right about the statements whose numbers are known."""
        return [Measured(*row) for row in self.db.execute(_MEASURED)]

    def named(self, rows: Iterable[int]) -> dict[int, tuple[str, int]]:
        """The id and the number of the marking set of rows that are there."""
        found: dict[int, tuple[str, int]] = {}
        for part in _parts(list(rows)):
            marks = ",".join("?" * len(part))
            for row, name, held in self.db.execute(
                f"SELECT row, id, held FROM entry WHERE row IN ({marks})", part
            ):
                found[row] = (name, held)
        return found

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One view of the file for several reads, beside a program that writes."""
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("COMMIT")

    def close(self) -> None:
        """Give up what is not committed, and close the file."""
        self.db.close()


def _numbers(text: str) -> Iterator[int]:
    return (int(one) for one in text.split(",") if one)


def _parts(items: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), _VARIABLES):
        yield items[start : start + _VARIABLES]
