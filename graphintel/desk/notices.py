"""The inbox of notices: received, graded, then accepted, returned or rejected by a named person, handed over; every step stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from graphintel.desk.database import Desk, Row
from graphintel.desk.notice_row import about, named, shown
from graphintel.desk.notice_row import due as due_of
from graphintel.desk.notice_table import STEP, traced
from graphintel.desk.pages import Page, page
from graphintel.errors import Conflict, NotFound
from graphintel.log import now
from graphintel.model.records import Record

RECEIVED, ACCEPTING, ACCEPTED, RETURNED, REJECTED = (
    "received",
    "accepting",
    "accepted",
    "returned",
    "rejected",
)
STATES = (RECEIVED, ACCEPTING, ACCEPTED, RETURNED, REJECTED)
# The state after an act, by the state before; what is not listed is refused.
MOVES: Mapping[str, Mapping[str, str]] = {
    "graded": {RECEIVED: RECEIVED},
    "returned": {RECEIVED: RETURNED},
    "rejected": {RECEIVED: REJECTED, RETURNED: REJECTED},
    "reopened": {RETURNED: RECEIVED, REJECTED: RECEIVED},
    "handed over": {RECEIVED: RECEIVED, RETURNED: RETURNED, ACCEPTED: ACCEPTED},
    "accepting": {RECEIVED: ACCEPTING},
    "left": {ACCEPTING: ACCEPTING},
    "released": {ACCEPTING: RECEIVED},
    "accepted": {ACCEPTING: ACCEPTED, ACCEPTED: ACCEPTED},
    # What the graph says goes before what the inbox says: a load can be taken back and come again at any time.
    "retracted": {ACCEPTED: RECEIVED},
    "restored": dict.fromkeys((RECEIVED, RETURNED, REJECTED), ACCEPTED),
}
_WAY_OUT = {
    ACCEPTED: "take its load back with `graphintel retract` first",
    RETURNED: "reopen it with a reason first",
    REJECTED: "reopen it with a reason first",
    ACCEPTING: "wait until it is loaded",
    RECEIVED: "it is open already",
}
_COLUMNS = (
    "number, id, source, key, content, about, named, story, origin, partner, training, received_at, step, act, state, "
    "grade, handling, marking, deadline, handed_to, batch, owner, reason, actor, at, overdue"
)
_STANDING = ("grade", "handling", "marking", "deadline", "handed_to", "batch")


def receive(
    desk: Desk, records: Sequence[Record], actor: str = "", *, training: bool = False
) -> tuple[int, int]:
    """Put notices into the inbox; how many are new and how many were there. Each delivery is noted."""
    new = 0
    with desk.transaction() as db:
        for record in records:
            new += _put(db, record, actor, training)
    return new, len(records) - new


def _put(db: sqlite3.Connection, record: Record, actor: str, training: bool) -> bool:
    story, origin, partner = traced(record.id, record.source, record.content, record.grade)
    told, things, at = about(record), orjson.dumps(named(record)).decode(), now()
    added = db.execute(
        "INSERT OR IGNORE INTO notice VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (record.id, record.source, record.key, orjson.dumps(record.content).decode(), orjson.dumps(told).decode(), things,
         story, origin, partner, training, at),
    ).rowcount  # fmt: skip
    where = record.position
    db.execute(
        "INSERT OR IGNORE INTO notice_delivery VALUES (?, ?, ?, ?, ?, ?)",
        (record.id, where.file, where.sha256, where.place, actor, at),
    )
    if not added:
        # A notice from before inboxes knew what a notice names.
        db.execute("UPDATE notice SET named = ? WHERE id = ? AND named IS NULL", (things, record.id))
        return False
    db.execute(STEP, {
        "notice": record.id, "act": "received", "state": RECEIVED, "grade": record.grade,
        "handling": record.marking.handling, "marking": record.marking.text, "deadline": due_of(told),
        "handed_to": "", "batch": None, "owner": "", "reason": "", "actor": actor, "at": at,
    })  # fmt: skip
    return True


def move(
    desk: Desk, name: str, act: str, actor: str, *, reason: str = "", seen: int | None = None, **changes: Any
) -> Row:
    """Add one step to a notice; raises NotFound, and Conflict with how it stands if the step is not for that state.

    `seen`: the last step that the person knew of; Conflict if somebody has taken another since.
    """
    with desk.transaction() as db:
        return step_in(db, name, act, actor, reason=reason, seen=seen, **changes)


def step_in(
    db: sqlite3.Connection, name: str, act: str, actor: str, *, reason: str = "", seen: int | None = None,
    **changes: Any,
) -> Row:  # fmt: skip
    """The same inside a transaction, so that several notices go together or not at all."""
    found = db.execute(f"SELECT {_COLUMNS} FROM notice_now WHERE id = ?", (name,)).fetchone()
    if found is None:
        raise NotFound(f"There is no notice {name}.")
    row = dict(found)
    target = MOVES[act].get(row["state"])
    if target is None or (seen is not None and seen != row["step"]):
        raise _conflict(row, act, target is None)
    standing = {key: row[key] for key in _STANDING} | {"owner": ""} | changes
    db.execute(STEP, {
        "notice": name, "act": act, "state": target, "reason": reason, "actor": actor, "at": now(), **standing,
    })  # fmt: skip
    return row


def _conflict(row: Row, act: str, illegal: bool) -> Conflict:
    who = f" by {row['actor']}" if row["actor"] else ""
    why = f" ({row['reason']})" if row["reason"] else ""
    now_at = f"Notice {row['id']} is {row['state']}: {row['act']}{who} at {row['at']}{why}"
    told = {key: row[key] for key in ("state", "act", "actor", "at", "reason", "step", "batch")}
    done = "accepted" if act == "accepting" else act
    words = (
        f"it cannot be {done}; {_WAY_OUT[row['state']]}."
        if illegal
        else "look at that step and decide again."
    )
    return Conflict(f"{now_at}; {words}", notice=row["id"], **told)


def claim(
    desk: Desk,
    names: Sequence[str],
    actor: str,
    owner: str,
    *,
    again: bool,
    reason: str = "",
    seen: int | None = None,
) -> list[str]:
    """Take notices for loading, all or none; those that were taken. Raises Conflict for one that is not open.

    `owner`: the process that loads. `again`: what is accepted already may be delivered once more, and is not taken.
    """
    taken = []
    with desk.transaction() as db:
        for name in dict.fromkeys(names):
            state = db.execute("SELECT state FROM notice_now WHERE id = ?", (name,)).fetchone()
            if not (again and state and state["state"] == ACCEPTED):
                step_in(db, name, "accepting", actor, owner=owner, reason=reason, seen=seen)
                taken.append(name)
    return taken


def accepted(
    desk: Desk, records: Sequence[Record], actor: str, batch: int, *, reason: str = "", deadline: str = ""
) -> None:
    """Write that notices were accepted and with what grade and marking, by the load that brought them in."""
    with desk.transaction() as db:
        for record in {record.id: record for record in records}.values():
            step_in(
                db, record.id, "accepted", actor, batch=batch, grade=record.grade, handling=record.marking.handling,
                marking=record.marking.text, reason=reason, deadline=deadline,
            )  # fmt: skip


def let_go(desk: Desk, names: Sequence[str], actor: str) -> list[str]:
    """Say that nobody loads notices any more which are still being accepted; those are returned, to be settled."""
    left = []
    with desk.transaction() as db:
        for name in names:
            state = db.execute("SELECT state FROM notice_now WHERE id = ?", (name,)).fetchone()
            if state and state["state"] == ACCEPTING:
                step_in(db, name, "left", actor)
                left.append(name)
    return left


def one(desk: Desk, name: str, marks: Sequence[str] | None = None) -> Row:
    """One notice with its cells, what it names, and its steps; raises NotFound.

    `marks`: the markings, as texts, that the reader may see; all if None. A hidden notice answers like none.
    """
    where, given = _seen_by(marks)
    rows = desk.rows(f"SELECT {_COLUMNS} FROM notice_now WHERE id = ? AND {where}", (name, *given))
    if not rows:
        raise NotFound(f"There is no notice {name}.")
    row = shown(rows[0])
    row["steps"] = desk.rows(
        "SELECT sequence AS step, act, state, grade, handling, deadline, handed_to, batch, reason, actor, at "
        "FROM notice_step WHERE notice = ? ORDER BY sequence",
        (name,),
    )
    row["deliveries"] = desk.rows(
        "SELECT file, sha256, position, actor, at FROM notice_delivery WHERE notice = ? ORDER BY rowid",
        (name,),
    )
    return row


def alike(desk: Desk, row: Row, marks: Sequence[str] | None = None) -> tuple[list[Row], list[Row]]:
    """The copies of a notice (the same told, whoever passed it on), and others that quote the same reference."""
    where, given = _seen_by(marks)
    columns = "id, source, content, partner, state, grade, received_at, story"
    rows = desk.rows(
        f"SELECT {columns} FROM notice_now WHERE id <> ? AND (story = ? OR (origin <> '' AND origin = ?)) AND {where} "
        "ORDER BY number",
        (row["id"], row["story"], row["origin"], *given),
    )
    copies = [other for other in rows if other["story"] == row["story"]]
    return copies, [other for other in rows if other["story"] != row["story"]]


def paged(
    desk: Desk, *, state: str = "", overdue: bool | None = None, source: str = "", partner: str = "", cursor: str = "",
    limit: int = 200, marks: Sequence[str] | None = None,
) -> Page:  # fmt: skip
    """Notices a page at a time: the overdue first, the longest first, then the last received.

    Copies among those that fit are one row with how many `copies` there are in all.
    """
    told: dict[str, Any] = {"state": state or None, "source": source or None, "partner": partner or None,
                            "overdue": overdue}  # fmt: skip
    given = {name: value for name, value in told.items() if value is not None}
    seen, marked = _seen_by(marks)
    fits = [f"{name} = ?" for name in given] + [seen]
    first = " AND ".join(["other.story = notice_now.story", "other.number < notice_now.number",
                          *(f"other.{fit}" if fit != "1" else fit for fit in fits)])  # fmt: skip
    found = page(
        desk, f"{_COLUMNS}, pressing FROM notice_now",
        (("overdue", "DESC"), ("pressing", "ASC"), ("received_at", "DESC"), ("number", "DESC")), (int, str, str, int),
        cursor=cursor, limit=limit,
        where=f"{' AND '.join(fits)} AND NOT EXISTS (SELECT 1 FROM notice_now other WHERE {first})",
        parameters=(*given.values(), *marked, *given.values(), *marked),
    )  # fmt: skip
    rows = [shown(row) for row in found.rows]
    counts = _copies(desk, [row["story"] for row in rows], marks)
    for row in rows:
        row["copies"] = counts[row["story"]] - 1
    return Page(rows, found.next, found.left)


def _copies(desk: Desk, stories: list[str], marks: Sequence[str] | None) -> dict[str, int]:
    where, given = _seen_by(marks)
    rows = desk.rows(
        f"SELECT story, count(*) AS n FROM notice_now WHERE story IN (SELECT value FROM json_each(?)) AND {where} "
        "GROUP BY story",
        (orjson.dumps(stories).decode(), *given),
    )
    return {row["story"]: row["n"] for row in rows}


def _seen_by(marks: Sequence[str] | None) -> tuple[str, tuple[str, ...]]:
    if marks is None:
        return "1", ()
    return "marking IN (SELECT value FROM json_each(?))", (orjson.dumps(list(marks)).decode(),)


def listed(desk: Desk, limit: int = 500) -> list[Row]:
    """Notices as they stand, last received first, with their cells."""
    rows = desk.rows(f"SELECT {_COLUMNS} FROM notice_now ORDER BY received_at DESC, number LIMIT ?", (limit,))
    return [shown(row) for row in rows]


def claims(desk: Desk) -> list[Row]:
    """The notices that are being accepted now: id, last step, and the process that loads them."""
    return desk.rows("SELECT id, step, owner, actor FROM notice_now WHERE state = ?", (ACCEPTING,))


def loaded_by(desk: Desk) -> dict[str, set[int]]:
    """The loads that each notice was accepted with, whatever became of it since."""
    found: dict[str, set[int]] = {}
    for row in desk.rows(
        "SELECT DISTINCT notice, batch FROM notice_step WHERE act = 'accepted' AND batch IS NOT NULL"
    ):
        found.setdefault(row["notice"], set()).add(row["batch"])
    return found


def standing(desk: Desk, names: Sequence[str]) -> dict[str, Row]:
    """How some notices stand: state, last step, grade and marking by id."""
    rows = desk.rows(
        "SELECT id, state, step, grade, marking FROM notice_now WHERE id IN (SELECT value FROM json_each(?))",
        (orjson.dumps(list(names)).decode(),),
    )
    return {row["id"]: row for row in rows}
