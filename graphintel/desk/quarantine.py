"""Rows that did not load: written before their chunk commits, listed only if it did."""

from __future__ import annotations

from collections.abc import Sequence

from graphintel.desk.database import Desk, Row
from graphintel.desk.pages import Page, page
from graphintel.errors import NotFound
from graphintel.log import now
from graphintel.model.ids import digest
from graphintel.model.records import Quarantined

_COLUMNS = "id, batch, chunk, source, file, sha256, position, reason, message, at"


def put(desk: Desk, batch: int, chunk: int, rows: Sequence[Quarantined]) -> None:
    """Write the refused rows of a chunk, not yet listed."""
    with desk.transaction() as db:
        db.executemany(
            "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            [
                (digest(batch, row.position.sha256, row.position.place, row.reason), batch, chunk, row.source,
                 row.position.file, row.position.sha256, row.position.place, row.reason, row.message, row.raw, now())
                for row in rows
            ],
        )  # fmt: skip


def confirm(desk: Desk, batch: int, chunk: int) -> None:
    """List the refused rows of a chunk that has committed."""
    with desk.transaction() as db:
        db.execute("UPDATE quarantine SET listed = 1 WHERE batch = ? AND chunk <= ?", (batch, chunk))


def discard(desk: Desk, batch: int) -> None:
    """Drop what an earlier load left under this number, or a later one, and never committed."""
    with desk.transaction() as db:
        db.execute("DELETE FROM quarantine WHERE listed = 0 AND batch >= ?", (batch,))


def unlisted(desk: Desk) -> list[tuple[int, int]]:
    """Batch and chunk of refused rows that are not listed: their load still runs, failed or was killed."""
    rows = desk.rows("SELECT DISTINCT batch, chunk FROM quarantine WHERE listed = 0 ORDER BY batch, chunk")
    return [(row["batch"], row["chunk"]) for row in rows]


def listed(desk: Desk, *, batch: int | None = None, limit: int = 1000) -> list[Row]:
    """Refused rows, newest load first, without their bytes."""
    where, parameters = ("AND batch = ?", (batch, limit)) if batch is not None else ("", (limit,))
    return desk.rows(
        f"SELECT {_COLUMNS}, length(raw) AS bytes FROM quarantine WHERE listed = 1 {where} "
        "ORDER BY batch DESC, rowid LIMIT ?",
        parameters,
    )


def paged(desk: Desk, *, batch: int | None = None, cursor: str = "", limit: int = 200) -> Page:
    """Refused rows a page at a time, newest load first, without their bytes."""
    where, parameters = ("listed = 1 AND batch = ?", (batch,)) if batch is not None else ("listed = 1", ())
    return page(
        desk, f"{_COLUMNS}, length(raw) AS bytes FROM quarantine", (("batch", "DESC"), ("rowid", "ASC")), (int, int),
        cursor=cursor, limit=limit, where=where, parameters=parameters,
    )  # fmt: skip


def total(desk: Desk, batch: int) -> int:
    """How many rows of a load are in quarantine."""
    return int(
        desk.rows("SELECT count(*) AS n FROM quarantine WHERE batch = ? AND listed = 1", (batch,))[0]["n"]
    )


def one(desk: Desk, name: str) -> Row:
    """One refused row with its bytes as text and as hexadecimal; raises NotFound."""
    rows = desk.rows("SELECT * FROM quarantine WHERE id = ? AND listed = 1", (name,))
    if not rows:
        raise NotFound(f"No row {name} is in quarantine.")
    raw: bytes = rows[0].pop("raw")
    return {**rows[0], "raw": raw.decode("utf-8", "replace"), "raw_hex": raw.hex()}
