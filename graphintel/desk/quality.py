"""Quality of loads: what each batch's rows were like, kept beside the batch."""

from __future__ import annotations

import orjson

from graphintel.desk.database import Desk, Row


def keep(desk: Desk, batch: int, source: str, content: Row) -> None:
    """Keep what a load was like; a batch has one such account."""
    with desk.transaction() as db:
        db.execute(
            "INSERT OR REPLACE INTO quality VALUES (?, ?, ?)", (batch, source, orjson.dumps(content).decode())
        )


def get(desk: Desk, batch: int) -> Row | None:
    """What a load was like, or None if nothing is kept of it."""
    rows = desk.rows("SELECT content FROM quality WHERE batch = ?", (batch,))
    return dict(orjson.loads(rows[0]["content"])) if rows else None
