"""Rows that did not load: written before their chunk commits, listed only if it did; each later try is added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from graphintel.desk.database import Desk, Row
from graphintel.desk.pages import Page, page
from graphintel.errors import NotFound
from graphintel.log import now
from graphintel.model.ids import digest
from graphintel.model.records import Quarantined

_COLUMNS = (
    "id, batch, chunk, source, file, sha256, position, reason, message, at, state, loaded_by, tried, bytes"
)
# A row waits until a later try has loaded it, or has found that a later delivery said the same otherwise.
WAITING, LOADED, SUPERSEDED = "waiting", "loaded", "superseded"


class Try(NamedTuple):
    """What a later try made of a row: `loaded` or `superseded` by a batch, or still `waiting`, for this reason."""

    row: str
    state: str
    batch: int | None = None
    reason: str = ""
    message: str = ""


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


def listed(
    desk: Desk, *, batch: int | None = None, source: str = "", reason: str = "", state: str = WAITING, limit: int = 1000
) -> list[Row]:  # fmt: skip
    """Refused rows that are in a state (any if empty), newest load first, without their bytes."""
    where, parameters = _where(batch, source, reason, state)
    return desk.rows(
        f"SELECT {_COLUMNS} FROM quarantine_now WHERE {where} ORDER BY batch DESC, number LIMIT ?",
        (*parameters, limit),
    )


def paged(
    desk: Desk, *, batch: int | None = None, source: str = "", reason: str = "", state: str = WAITING, cursor: str = "",
    limit: int = 200,
) -> Page:  # fmt: skip
    """Refused rows a page at a time, newest load first, without their bytes."""
    where, parameters = _where(batch, source, reason, state)
    return page(
        desk, f"{_COLUMNS} FROM quarantine_now", (("batch", "DESC"), ("number", "ASC")), (int, int),
        cursor=cursor, limit=limit, where=where, parameters=parameters,
    )  # fmt: skip


def _where(batch: int | None, source: str, reason: str, state: str) -> tuple[str, tuple[Any, ...]]:
    given = {"batch": batch, "source": source or None, "reason": reason or None, "state": state or None}
    told = {name: value for name, value in given.items() if value is not None}
    return " AND ".join(f"{name} = ?" for name in told) or "1", tuple(told.values())


def whole(desk: Desk, *, batch: int | None = None, source: str = "", reason: str = "") -> Iterator[Row]:
    """The waiting rows with their bytes, in the order of the list."""
    for row in listed(desk, batch=batch, source=source, reason=reason, limit=-1):
        yield one(desk, row["id"])


def total(desk: Desk, batch: int) -> int:
    """How many rows of a load went to quarantine, whatever became of them since."""
    return int(
        desk.rows("SELECT count(*) AS n FROM quarantine WHERE batch = ? AND listed = 1", (batch,))[0]["n"]
    )


def one(desk: Desk, name: str) -> Row:
    """One refused row with its bytes as text and as hexadecimal, and every try so far; raises NotFound."""
    rows = desk.rows(f"SELECT {_COLUMNS}, raw FROM quarantine_now WHERE id = ?", (name,))
    if not rows:
        raise NotFound(f"No row {name} is in quarantine.")
    raw: bytes = rows[0].pop("raw")
    tries = desk.rows(
        "SELECT state, batch, reason, message, actor, at FROM quarantine_try WHERE row = ? ORDER BY sequence",
        (name,),
    )
    return {**rows[0], "raw": raw.decode("utf-8", "replace"), "raw_hex": raw.hex(), "tries": tries}


def tried(desk: Desk, tries: Iterable[Try], actor: str) -> None:
    """Add what a try made of some rows; nothing that stood before is changed."""
    at = now()
    with desk.transaction() as db:
        db.executemany(
            "INSERT INTO quarantine_try (row, state, batch, reason, message, actor, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(*one, actor, at) for one in tries],
        )


def reopen(desk: Desk, batch: int, actor: str) -> int:
    """Let the rows that a load brought in wait again, since it was taken back; returns how many."""
    rows = desk.rows(
        "SELECT n.id, q.reason, q.message FROM quarantine_now n JOIN quarantine q ON q.id = n.id "
        "WHERE n.state != ? AND n.loaded_by = ?",
        (WAITING, batch),
    )
    tried(desk, [Try(row["id"], WAITING, None, row["reason"], row["message"]) for row in rows], actor)
    return len(rows)
