"""Matches: pairs that wait for a person, why two things may be one, and comparing anew."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from graphintel.acts import queue as queueing
from graphintel.acts import why as explaining
from graphintel.acts.compare import QUEUED
from graphintel.api.answers import answer, worked
from graphintel.api.bodies import CompareBody, RelinkBody
from graphintel.api.deps import Cursor, Hands, Here, Most

router = APIRouter(tags=["resolution"])
Ident = Annotated[str, Query(min_length=1, max_length=64)]


@router.get("/matches", summary="Pairs that may be one thing and wait for a person")
def waiting(
    session: Here, kind: Annotated[str, Query(max_length=40)] = "", least: Annotated[float, Query(ge=0, le=1)] = QUEUED,
    cursor: Cursor = "", limit: Most = 50,
) -> Response:  # fmt: skip
    """Those that matter most to the work first, with score and reasons, a page at a time."""
    return answer(queueing.queue(session, kind=kind, least=least, cursor=cursor, limit=limit))


@router.get("/matches/why", summary="Why two things are, may be or are not one")
def why(session: Here, left: Ident, right: Ident) -> Response:
    """Contributions that add up to the score, the values with their records, and what would change the verdict."""
    return answer(explaining.why(session, left, right))


@router.post("/matches/run", summary="Compare what came since the last run with what is held")
def run(session: Here, worker: Hands, body: CompareBody) -> Response:
    """What was compared, judged and queued, or 202 with the job if it takes longer than `wait` seconds."""
    return worked(worker.ask(session, "compare", {"again": body.again}, body.wait))


@router.post("/matches/relink", summary="Link all that is held again, with weights learned without labels")
def relink(session: Here, worker: Hands, body: RelinkBody) -> Response:
    """What was compared and suggested by kind, or 202 with the job; nothing is merged."""
    return worked(worker.ask(session, "relink", {"least": body.least, "seed": body.seed}, body.wait))
