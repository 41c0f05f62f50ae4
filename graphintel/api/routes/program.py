"""The program itself: is it well, who am I, what may be written in Cypher, jobs, the log."""

from __future__ import annotations

from fastapi import APIRouter, Response

import graphintel
from graphintel.acts import program
from graphintel.api.answers import answer
from graphintel.api.deps import Cursor, Hands, Here, Most
from graphintel.desk import jobs, log

router = APIRouter(tags=["program"])


@router.get("/health", summary="Is the program well, and can it reach its store")
def health(session: Here) -> Response:
    """Open to everybody, so it says nothing about the data."""
    session.store.read("RETURN 1 AS one", seconds=5)
    return answer({"status": "ok", "version": graphintel.__version__, "store": "reachable"})


@router.get("/me", summary="Who acts, with which profile, and what the browser opens with")
def me(session: Here) -> Response:
    """The actor, the banner of what they may see, and the opening chart."""
    return answer(program.me(session))


@router.get("/schema", summary="Kinds, links, properties, indexes and patterns for those who write Cypher")
def schema(session: Here) -> Response:
    """The model as declared, with the store's indexes."""
    return answer(program.schema(session))


@router.get("/jobs/{job}", summary="A job: its state, progress, result or error")
def job(session: Here, job: str) -> Response:
    """Long work that was asked for."""
    return answer(jobs.get(session.desk, job))


@router.delete("/jobs/{job}", summary="Cancel a job that waits or runs")
def cancel(session: Here, worker: Hands, job: str) -> Response:
    """The job as it ended; 409 if it has ended already or is another program's."""
    return answer(worker.cancel(session, job))


@router.get("/audit", summary="The last acts, newest first")
def audit(session: Here, cursor: Cursor = "", limit: Most = 100) -> Response:
    """The append-only log, a page at a time; reading it is logged too."""
    page = log.paged(session.desk, cursor, limit)
    log.write(session.desk, session.actor, "audit", rows=len(page.rows))
    return answer(page.as_json("entries"))
