"""Findings that were made: method, parameters, seed, counter and profile, so that they can be made again."""

from __future__ import annotations

import uuid

import orjson

from graphintel.desk.database import Desk, Row
from graphintel.log import now


def keep(desk: Desk, actor: str, method: str, content: Row) -> str:
    """Write down how a finding was made and return its number."""
    number = uuid.uuid4().hex
    with desk.transaction() as db:
        db.execute(
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?)",
            (number, method, orjson.dumps(content).decode(), actor, now()),
        )
    return number


def listed(desk: Desk, limit: int = 200) -> list[Row]:
    """Findings, newest first."""
    rows = desk.rows("SELECT * FROM finding ORDER BY at DESC, rowid DESC LIMIT ?", (limit,))
    return [{**row, "content": orjson.loads(row["content"])} for row in rows]
