"""The SQLite file behind the desk: its tables, and one short transaction at a time from any thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graphintel.desk import notice_table
from graphintel.desk.room import told_full
from graphintel.errors import InputError

Row = dict[str, Any]
SCHEMA = """
CREATE TABLE IF NOT EXISTS job (id TEXT PRIMARY KEY, kind TEXT NOT NULL, parameters TEXT NOT NULL, state TEXT NOT NULL,
  progress REAL NOT NULL DEFAULT 0, result TEXT, error TEXT, actor TEXT NOT NULL, created TEXT NOT NULL, ended TEXT);
CREATE TABLE IF NOT EXISTS job_owner (job TEXT PRIMARY KEY, owner TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS chart (id TEXT PRIMARY KEY, name TEXT NOT NULL, case_number TEXT NOT NULL, data TEXT NOT NULL,
  filters TEXT NOT NULL, look TEXT NOT NULL, story TEXT, opening INTEGER NOT NULL DEFAULT 0, created_by TEXT NOT NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS export (id TEXT PRIMARY KEY, chart TEXT, case_number TEXT NOT NULL, format TEXT NOT NULL,
  sha256 TEXT NOT NULL, chart_hash TEXT NOT NULL, counter INTEGER NOT NULL, handling TEXT NOT NULL, query TEXT NOT NULL,
  actor TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS quarantine (id TEXT PRIMARY KEY, batch INTEGER NOT NULL, chunk INTEGER NOT NULL,
  source TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, position TEXT NOT NULL, reason TEXT NOT NULL,
  message TEXT NOT NULL, raw BLOB NOT NULL, at TEXT NOT NULL, listed INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS quarantine_batch ON quarantine (batch, chunk);
CREATE TABLE IF NOT EXISTS quarantine_try (sequence INTEGER PRIMARY KEY AUTOINCREMENT, row TEXT NOT NULL, state TEXT NOT NULL,
  batch INTEGER, reason TEXT NOT NULL, message TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS quarantine_try_row ON quarantine_try (row, sequence);
CREATE INDEX IF NOT EXISTS quarantine_try_batch ON quarantine_try (batch);
CREATE VIEW IF NOT EXISTS quarantine_now AS SELECT q.rowid AS number, q.id, q.batch, q.chunk, q.source, q.file, q.sha256,
  q.position, coalesce(t.reason, q.reason) AS reason, coalesce(t.message, q.message) AS message, q.at,
  coalesce(t.state, 'waiting') AS state, t.batch AS loaded_by, t.at AS tried, length(q.raw) AS bytes, q.raw
  FROM quarantine q LEFT JOIN quarantine_try t ON t.sequence =
  (SELECT max(sequence) FROM quarantine_try WHERE row = q.id) WHERE q.listed = 1;
CREATE TABLE IF NOT EXISTS quality (batch INTEGER PRIMARY KEY, source TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS finding (id TEXT PRIMARY KEY, method TEXT NOT NULL, content TEXT NOT NULL, actor TEXT NOT NULL,
  at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS finding_result (finding TEXT PRIMARY KEY, profile TEXT NOT NULL, result BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS suggestion (pair TEXT PRIMARY KEY, left TEXT NOT NULL, right TEXT NOT NULL, kind TEXT NOT NULL,
  bits REAL NOT NULL, probability REAL NOT NULL, value REAL NOT NULL, reasons TEXT NOT NULL, model TEXT NOT NULL,
  note TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL, judgement TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS suggestion_rank ON suggestion (state, value DESC, pair);
CREATE INDEX IF NOT EXISTS suggestion_judgement ON suggestion (judgement);
CREATE TABLE IF NOT EXISTS compared (counter INTEGER NOT NULL, anchor TEXT NOT NULL, model TEXT NOT NULL, place TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS log (sequence INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL,
  act TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS log_kept BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER IF NOT EXISTS log_unchanged BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
"""


class Desk:
    """The open desk; safe to use from several threads and beside other programs of the same home."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        with self.transaction() as db:
            db.executescript(SCHEMA)
        # A script commits what was begun before it.
        with self.transaction() as db:
            notice_table.renew(db)

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "db", None)
        if found is None:
            found = sqlite3.connect(self.path, timeout=30.0, isolation_level=None)
            found.row_factory = sqlite3.Row
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA synchronous = NORMAL")
            self._local.db = found
        return found

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One write transaction; raises DiskFull when the disk has no room for it, and nothing of it is kept."""
        with told_full(self.path):
            db = self._connection()
            try:
                db.execute("BEGIN IMMEDIATE")
                yield db
                if db.in_transaction:
                    db.execute("COMMIT")
            except BaseException:
                self._abandon(db)
                raise

    def _abandon(self, db: sqlite3.Connection) -> None:
        try:
            if db.in_transaction:
                db.execute("ROLLBACK")
        except sqlite3.OperationalError:
            # What cannot be rolled back goes with the connection; the next one starts afresh.
            self.close()

    def rows(self, statement: str, parameters: tuple[Any, ...] = ()) -> list[Row]:
        """The rows of one reading statement."""
        with told_full(self.path):
            return [dict(row) for row in self._connection().execute(statement, parameters)]

    def close(self) -> None:
        """Close this thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "db", None)
        if found is not None:
            found.close()
            self._local.db = None


@contextmanager
def open_desk(path: Path) -> Iterator[Desk]:
    """The desk in a file, made on first use; raises InputError if the file cannot be opened."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        desk = Desk(path)
    except (OSError, sqlite3.DatabaseError) as error:
        raise InputError(
            f"The desk {path} cannot be opened: {error}. Check that the folder can be written."
        ) from error
    try:
        yield desk
    finally:
        desk.close()
