"""Jobs: long work asked for through the API or a command, with state, progress and result."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import orjson

from graphintel.desk.database import Desk, Row
from graphintel.errors import NotFound, WorkStopped
from graphintel.log import now

LIVE = ("waiting", "running")


def add(desk: Desk, actor: str, kind: str, parameters: Row, owner: str = "") -> str:
    """Ask for a job and return its id; `owner` names the program that does it."""
    job = uuid.uuid4().hex
    with desk.transaction() as db:
        db.execute(
            "INSERT INTO job (id, kind, parameters, state, actor, created) VALUES (?, ?, ?, 'waiting', ?, ?)",
            (job, kind, orjson.dumps(parameters).decode(), actor, now()),
        )
        db.execute("INSERT INTO job_owner VALUES (?, ?)", (job, owner))
    return job


def mark(
    desk: Desk, job: str, state: str, *, progress: float | None = None, result: Any = None, error: Any = None
) -> None:
    """Set a job's state, and its result or error when it ended; what has ended stays as it ended."""
    with desk.transaction() as db:
        db.execute(
            "UPDATE job SET state = ?, progress = coalesce(?, progress), result = ?, error = ?, ended = ? "
            "WHERE id = ? AND state IN ('waiting', 'running')",
            (state, progress, _text(result), _text(error), None if state in LIVE else now(), job),
        )


def get(desk: Desk, job: str) -> Row:
    """One job; raises NotFound."""
    rows = desk.rows("SELECT * FROM job WHERE id = ?", (job,))
    if not rows:
        raise NotFound(f"There is no job {job}.")
    row = rows[0]
    return {
        **row, "parameters": orjson.loads(row["parameters"]),
        "result": orjson.loads(row["result"]) if row["result"] else None,
        "error": orjson.loads(row["error"]) if row["error"] else None,
    }  # fmt: skip


def abandon(desk: Desk, lives: Callable[[str], bool]) -> int:
    """Mark jobs that a stopped program left behind as failed; `lives` says whether an owner still runs."""
    error = _text(WorkStopped("The program stopped before this job ended; ask again.").as_json()["error"])
    with desk.transaction() as db:
        held = db.execute(
            "SELECT id, coalesce(owner, '') FROM job LEFT JOIN job_owner ON job = id WHERE state IN ('waiting', 'running')"
        ).fetchall()
        left = [(now(), error, job) for job, owner in held if not lives(owner)]
        db.executemany("UPDATE job SET state = 'failed', ended = ?, error = ? WHERE id = ?", left)
    return len(left)


def _text(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value, default=str).decode()
