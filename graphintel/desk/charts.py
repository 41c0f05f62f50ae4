"""Saved charts: what is known (ids), what was shown (filters), how it was drawn (look), kept apart."""

from __future__ import annotations

import uuid
from typing import Any

import orjson

from graphintel.desk.database import Desk, Row
from graphintel.errors import Conflict, NotFound
from graphintel.log import now


def save(desk: Desk, actor: str, name: str, data: Row, *, case: str = "", filters: Row | None = None,
         look: Row | None = None, story: Any = None, opening: bool = False, chart: str = "") -> Row:  # fmt: skip
    """Save a new chart, under a given id if one is given, and return it."""
    made = chart or uuid.uuid4().hex
    with desk.transaction() as db:
        if opening:
            db.execute("UPDATE chart SET opening = 0")
        db.execute(
            "INSERT OR REPLACE INTO chart VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            (made, name, case, _text(data), _text(filters or {}), _text(look or {}), _text(story), int(opening), actor,
             now(), now()),
        )  # fmt: skip
    return get(desk, made)


def replace(desk: Desk, chart: str, changes: Row) -> Row:
    """Save changes to a chart; Conflict if `version` is given and somebody saved in between."""
    held = get(desk, chart)
    if changes.get("version") not in (None, held["version"]):
        raise Conflict(
            "This chart was saved by somebody else since you opened it; save yours under another name."
        )
    merged = {**held, **{key: value for key, value in changes.items() if value is not None}}
    with desk.transaction() as db:
        db.execute(
            "UPDATE chart SET name = ?, case_number = ?, data = ?, filters = ?, look = ?, story = ?, updated_at = ?, "
            "version = version + 1 WHERE id = ?",
            (merged["name"], merged["case"], _text(merged["data"]), _text(merged["filters"]), _text(merged["look"]),
             _text(merged["story"]), now(), chart),
        )  # fmt: skip
    return get(desk, chart)


def get(desk: Desk, chart: str) -> Row:
    """One chart; raises NotFound."""
    rows = desk.rows("SELECT * FROM chart WHERE id = ?", (chart,))
    if not rows:
        raise NotFound(f"No chart {chart} is saved.")
    row = rows[0]
    return {
        "id": row["id"], "name": row["name"], "case": row["case_number"], "data": orjson.loads(row["data"]),
        "filters": orjson.loads(row["filters"]), "look": orjson.loads(row["look"]),
        "story": orjson.loads(row["story"]) if row["story"] else None, "opening": bool(row["opening"]),
        "created_by": row["created_by"], "created_at": row["created_at"], "updated_at": row["updated_at"],
        "version": row["version"],
    }  # fmt: skip


def listed(desk: Desk) -> list[Row]:
    """All charts, last saved first, without their data."""
    rows = desk.rows("SELECT id FROM chart ORDER BY opening DESC, updated_at DESC, id")
    return [
        {
            key: value
            for key, value in get(desk, row["id"]).items()
            if key not in ("data", "filters", "look", "story")
        }
        for row in rows
    ]


def opening(desk: Desk) -> str | None:
    """The chart with which the workbench opens, if there is one."""
    rows = desk.rows("SELECT id FROM chart WHERE opening = 1")
    return rows[0]["id"] if rows else None


def _text(value: Any) -> str:
    return orjson.dumps(value).decode()
