"""The append-only log: every act names its actor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson

from graphintel.desk.database import Desk, Row
from graphintel.desk.pages import Page, page
from graphintel.log import now


def write(desk: Desk, actor: str, act: str, outcome: str = "done", **detail: Any) -> None:
    """Append one act; control characters in the detail are escaped by its JSON form."""
    with desk.transaction() as db:
        db.execute(
            "INSERT INTO log (at, actor, act, outcome, detail) VALUES (?, ?, ?, ?, ?)",
            (now(), actor, act, outcome, orjson.dumps(detail, default=str).decode()),
        )


def tail(desk: Desk, limit: int = 100) -> list[Row]:
    """The last acts, newest first."""
    rows = desk.rows("SELECT * FROM log ORDER BY sequence DESC LIMIT ?", (limit,))
    return [{**row, "detail": orjson.loads(row["detail"])} for row in rows]


def paged(desk: Desk, cursor: str = "", limit: int = 100) -> Page:
    """The log a page at a time, newest first."""
    found = page(desk, "* FROM log", (("sequence", "DESC"),), (int,), cursor=cursor, limit=limit)
    return replace(found, rows=[{**row, "detail": orjson.loads(row["detail"])} for row in found.rows])
