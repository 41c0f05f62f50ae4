"""The inbox of notices: received, then accepted, returned or rejected by a named person."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from graphintel.desk.database import Desk, Row
from graphintel.log import now
from graphintel.model.records import Record


def receive(desk: Desk, records: Sequence[Record]) -> tuple[int, int]:
    """Put notices into the inbox; how many are new and how many were there."""
    new = 0
    with desk.transaction() as db:
        for record in records:
            new += db.execute(
                "INSERT OR IGNORE INTO notice VALUES (?, ?, ?, ?, ?, ?, ?, 'received', ?, ?, NULL, NULL, NULL, ?)",
                (record.id, record.source, record.position.file, record.position.sha256, record.position.place,
                 record.key, orjson.dumps(record.content).decode(), record.grade, record.marking.handling, now()),
            ).rowcount  # fmt: skip
    return new, len(records) - new


def decide(desk: Desk, records: Sequence[Record], state: str, actor: str, grade: str, handling: str) -> None:
    """Write a decision on notices: who, when, and with what grade and handling."""
    receive(desk, records)
    with desk.transaction() as db:
        db.executemany(
            "UPDATE notice SET state = ?, decided_by = ?, decided_at = ?, grade = ?, handling = ? WHERE id = ?",
            [
                (state, actor, now(), grade or record.grade, handling or record.marking.handling, record.id)
                for record in records
            ],
        )


def listed(desk: Desk, limit: int = 500) -> list[Row]:
    """Notices, last received first, with their cells."""
    rows = desk.rows("SELECT * FROM notice ORDER BY received_at DESC, rowid LIMIT ?", (limit,))
    return [{**row, "content": orjson.loads(row["content"])} for row in rows]
