"""Findings that were made: method, parameters, seed, counter and profile, and what they said, so that they can be made again."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Collection

import orjson

from graphintel.desk.database import Desk, Row
from graphintel.desk.pages import Page, page
from graphintel.errors import NotFound
from graphintel.log import now

_ALL = "all"


def keep(desk: Desk, actor: str, method: str, content: Row, result: Row | None = None) -> str:
    """Write down how a finding was made and what it said, and return its number."""
    number = uuid.uuid4().hex
    with desk.transaction() as db:
        db.execute(
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?)",
            (number, method, orjson.dumps(content).decode(), actor, now()),
        )
        if result is not None:
            packed = zlib.compress(orjson.dumps(result, option=orjson.OPT_SERIALIZE_NUMPY), 6)
            db.execute(
                "INSERT INTO finding_result VALUES (?, ?, ?)", (number, content.get("profile", _ALL), packed)
            )
    return number


def text_of(desk: Desk, name: str) -> str:
    """What a finding said, as JSON; empty if that was not kept."""
    rows = desk.rows("SELECT result FROM finding_result WHERE finding = ?", (name,))
    return zlib.decompress(rows[0]["result"]).decode() if rows else ""


def one(desk: Desk, name: str, marks: Collection[int], sees_all: bool) -> tuple[Row, Row]:
    """A finding and what it said. Raises NotFound, also for one that was made with more rights than the reader has."""
    rows = desk.rows(
        "SELECT f.*, r.profile, r.result FROM finding f JOIN finding_result r ON r.finding = f.id WHERE f.id = ?",
        (name,),
    )
    if not rows or not (sees_all or _within(rows[0]["profile"], marks)):
        raise NotFound(f"There is no finding {name}; `graphintel finding list` lists them.")
    row = dict(rows[0])
    result = orjson.loads(zlib.decompress(row.pop("result")))
    return {**row, "content": orjson.loads(row["content"])}, result


def listed(
    desk: Desk,
    marks: Collection[int],
    sees_all: bool,
    *,
    method: str = "",
    cursor: str = "",
    limit: int = 200,
) -> Page:
    """Findings of a reader's rights, newest first, a page at a time."""
    profiles = [row["profile"] for row in desk.rows("SELECT DISTINCT profile FROM finding_result")]
    allowed = [name for name in profiles if sees_all or _within(name, marks)]
    where = f"profile IN ({', '.join('?' * len(allowed))})" + (" AND method = ?" if method else "")
    found = page(
        desk, "f.id AS id, method, content, actor, at FROM finding f JOIN finding_result r ON r.finding = f.id",
        (("f.rowid", "DESC"),), (int,), cursor=cursor, limit=limit, where=where,
        parameters=(*allowed, *([method] if method else [])),
    )  # fmt: skip
    rows = [{**row, "content": orjson.loads(row["content"])} for row in found.rows]
    return Page(rows, found.next, found.left)


def _within(profile: str, marks: Collection[int]) -> bool:
    """Whether what a profile saw is all visible with some markings."""
    return profile != _ALL and {int(mark) for mark in profile.split(",") if mark} <= set(marks)
