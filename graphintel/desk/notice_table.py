"""The tables of the inbox: a notice as it came, its deliveries, and its steps, of which the last says how it stands."""

from __future__ import annotations

import sqlite3
from typing import Any

import orjson

from graphintel.model.corroboration import Told, origins
from graphintel.model.grading import parse_grade
from graphintel.model.ids import digest

SCHEMA = """
CREATE TABLE IF NOT EXISTS notice (id TEXT PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, content TEXT NOT NULL,
  about TEXT NOT NULL, named TEXT, story TEXT NOT NULL, origin TEXT NOT NULL, partner TEXT NOT NULL,
  training INTEGER NOT NULL, received_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS notice_story ON notice (story);
CREATE INDEX IF NOT EXISTS notice_origin ON notice (origin);
CREATE TABLE IF NOT EXISTS notice_delivery (notice TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
  position TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (notice, file, sha256, position));
CREATE TABLE IF NOT EXISTS notice_step (sequence INTEGER PRIMARY KEY AUTOINCREMENT, notice TEXT NOT NULL, act TEXT NOT NULL,
  state TEXT NOT NULL, grade TEXT NOT NULL, handling TEXT NOT NULL, marking TEXT NOT NULL, deadline TEXT NOT NULL,
  handed_to TEXT NOT NULL, batch INTEGER, owner TEXT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS notice_step_of ON notice_step (notice, sequence);
CREATE INDEX IF NOT EXISTS notice_step_batch ON notice_step (batch);
CREATE TRIGGER IF NOT EXISTS notice_step_kept BEFORE DELETE ON notice_step
  BEGIN SELECT RAISE(ABORT, 'the steps of a notice are append-only'); END;
CREATE TRIGGER IF NOT EXISTS notice_step_unchanged BEFORE UPDATE ON notice_step
  BEGIN SELECT RAISE(ABORT, 'the steps of a notice are append-only'); END;
CREATE VIEW IF NOT EXISTS notice_now AS SELECT n.rowid AS number, n.id, n.source, n.key, n.content, n.about, n.named, n.story,
  n.origin, n.partner, n.training, n.received_at, s.sequence AS step, s.act, s.state, s.grade, s.handling, s.marking,
  s.deadline, s.handed_to, s.batch, s.owner, s.reason, s.actor, s.at,
  (s.deadline <> '' AND s.deadline < date('now') AND s.state <> 'rejected') AS overdue,
  CASE WHEN s.deadline <> '' AND s.deadline < date('now') AND s.state <> 'rejected' THEN s.deadline ELSE '' END AS pressing
  FROM notice n JOIN notice_step s ON s.sequence = (SELECT max(sequence) FROM notice_step WHERE notice = n.id);
"""
STEP = (
    "INSERT INTO notice_step (notice, act, state, grade, handling, marking, deadline, handed_to, batch, owner, reason, "
    "actor, at) VALUES (:notice, :act, :state, :grade, :handling, :marking, :deadline, :handed_to, :batch, :owner, "
    ":reason, :actor, :at)"
)
_BEFORE = "notice_before"
_DAY = len("2024-01-31")


def renew(db: sqlite3.Connection) -> None:
    """Make the tables in one transaction; a desk from before steps keeps its notices, with what was decided as steps."""
    old = "decided_by" in {row[1] for row in db.execute("PRAGMA table_info(notice)")}
    if old:
        db.execute(f"ALTER TABLE notice RENAME TO {_BEFORE}")
    for statement in _statements():
        db.execute(statement)
    if old:
        for row in db.execute(f"SELECT * FROM {_BEFORE} ORDER BY rowid").fetchall():
            _carry(db, dict(row))
        db.execute(f"DROP TABLE {_BEFORE}")


def _statements() -> list[str]:
    found, held = [], ""
    for part in SCHEMA.strip().splitlines(keepends=True):
        held += part
        if sqlite3.complete_statement(held):
            found.append(held)
            held = ""
    return found


def traced(name: str, source: str, content: dict[str, str], grade: str) -> tuple[str, str, str]:
    """What a notice is compared with others by: its story, the reference it quotes, and the partner it came from."""
    keys = origins(Told(name, source, content, grade))
    story = next((key for key in keys if key.startswith("story:")), f"alone:{digest(name)}")
    reference = next((key for key in keys if key.startswith("reference:")), "")
    partner = parse_grade(grade).provider if grade else ""
    return story, reference, partner or content.get("partner", "")


def _carry(db: sqlite3.Connection, row: dict[str, Any]) -> None:
    content = orjson.loads(row["content"])
    story, origin, partner = traced(row["id"], row["source"], content, row["grade"])
    due = content.get("deadline", "")
    about = {"number": content.get("notice_no", ""), **{name: content.get(name, "") for name in _ABOUT}}
    db.execute(
        "INSERT INTO notice VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, 0, ?)",
        (row["id"], row["source"], row["key"], row["content"], orjson.dumps(about).decode(), story, origin, partner,
         row["received_at"]),
    )  # fmt: skip
    db.execute(
        "INSERT INTO notice_delivery VALUES (?, ?, ?, ?, '', ?)",
        (row["id"], row["file"], row["sha256"], row["position"], row["received_at"]),
    )
    step = {
        "notice": row["id"], "act": "received", "state": "received", "grade": row["grade"], "handling": row["handling"],
        "marking": "", "deadline": due if len(due) == _DAY else "", "handed_to": "", "batch": None, "owner": "",
        "reason": "", "actor": "", "at": row["received_at"],
    }  # fmt: skip
    db.execute(STEP, step)
    if row["state"] != "received":
        decided = {"act": row["state"], "state": row["state"], "deadline": "", "reason": row["reason"] or ""}
        db.execute(
            STEP,
            {
                **step,
                **decided,
                "actor": row["decided_by"] or "",
                "at": row["decided_at"] or row["received_at"],
            },
        )


_ABOUT = ("date", "type", "subject", "text", "origin_reference", "deadline")
