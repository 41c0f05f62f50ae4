"""Saved charts: what is known (ids), what was shown (filters), how it was drawn (look), kept apart."""

from __future__ import annotations

import uuid
from dataclasses import replace as replace_rows
from typing import Any

import orjson

from graphintel.desk.database import Desk, Row
from graphintel.desk.pages import Page, page
from graphintel.errors import Conflict, InputError, NotFound
from graphintel.log import now

_LISTS = ("nodes", "links", "folded", "hidden", "pinned")
_FAR = 1e9


def checked(data: Any) -> Row:
    """The data of a chart: lists of ids, kinds to fold, and places; InputError says what does not fit.

    `nodes`, `links`, `folded`, `hidden` and `pinned` are lists of texts, `positions` gives an id two finite numbers.
    """
    if not isinstance(data, dict):
        raise InputError("The data of a chart is a table of nodes, links, folded kinds and positions.")
    for name in _LISTS:
        given = data.get(name, [])
        if not isinstance(given, list) or not all(isinstance(one, str) and len(one) <= 64 for one in given):
            raise InputError(f"`{name}` of a chart is a list of texts of at most 64 characters.")
    places = data.get("positions", {})
    if not isinstance(places, dict) or not all(_place(at) for at in places.values()):
        raise InputError("`positions` of a chart gives each id two numbers: {id: [x, y]}.")
    return data


def _place(given: Any) -> bool:
    return (
        isinstance(given, list | tuple)
        and len(given) == 2
        and all(
            isinstance(one, int | float) and not isinstance(one, bool) and abs(one) < _FAR for one in given
        )
    )


def save(desk: Desk, actor: str, name: str, data: Row, *, case: str = "", filters: Row | None = None,
         look: Row | None = None, story: Any = None, opening: bool = False, chart: str = "") -> Row:  # fmt: skip
    """Save a new chart, under a given id if one is given, and return it."""
    made = chart or uuid.uuid4().hex
    checked(data)
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
    with desk.transaction() as db:
        held = get(desk, chart)
        merged = {**held, **{key: value for key, value in changes.items() if value is not None}}
        done = db.execute(
            "UPDATE chart SET name = ?, case_number = ?, data = ?, filters = ?, look = ?, story = ?, updated_at = ?, "
            "version = version + 1 WHERE id = ? AND version = ?",
            (merged["name"], merged["case"], _text(checked(merged["data"])), _text(merged["filters"]),
             _text(merged["look"]), _text(merged["story"]), now(), chart, merged["version"]),
        )  # fmt: skip
        if not done.rowcount:
            raise Conflict(
                "This chart was saved by somebody else since you opened it; save yours under another name."
            )
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
    return paged(desk, limit=-1).rows


def paged(desk: Desk, cursor: str = "", limit: int = 200) -> Page:
    """Charts a page at a time, last saved first, without their data."""
    found = page(
        desk, "id, name, case_number, opening, created_by, created_at, updated_at, version FROM chart",
        (("opening", "DESC"), ("updated_at", "DESC"), ("id", "ASC")), (int, str, str), cursor=cursor, limit=limit,
    )  # fmt: skip
    return replace_rows(found, rows=[_listed(row) for row in found.rows])


def _listed(row: Row) -> Row:
    shown = {
        "id": row["id"],
        "name": row["name"],
        "case": row["case_number"],
        "opening": bool(row["opening"]),
    }
    return {**shown, **{name: row[name] for name in ("created_by", "created_at", "updated_at", "version")}}


def opening(desk: Desk) -> str | None:
    """The chart with which the workbench opens, if there is one."""
    rows = desk.rows("SELECT id FROM chart WHERE opening = 1")
    return rows[0]["id"] if rows else None


def _text(value: Any) -> str:
    return orjson.dumps(value).decode()
