"""The export register: every chart that left the program, with its hash, who made it and when."""

from __future__ import annotations

import uuid

from graphintel.desk.database import Desk, Row
from graphintel.desk.pages import Page, page
from graphintel.log import now


def register(desk: Desk, actor: str, *, chart: str, case: str, format_name: str, sha256: str, chart_hash: str,
             counter: int, handling: str, query: str) -> str:  # fmt: skip
    """Write one export into the register and return its number."""
    number = uuid.uuid4().hex
    with desk.transaction() as db:
        db.execute(
            "INSERT INTO export VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, chart, case, format_name, sha256, chart_hash, counter, handling, query, actor, now()),
        )
    return number


def listed(desk: Desk, limit: int = 500) -> list[Row]:
    """Exports, newest first."""
    return desk.rows("SELECT * FROM export ORDER BY at DESC, rowid DESC LIMIT ?", (limit,))


def paged(desk: Desk, cursor: str = "", limit: int = 200) -> Page:
    """Exports a page at a time, newest first."""
    return page(desk, "* FROM export", (("rowid", "DESC"),), (int,), cursor=cursor, limit=limit)
