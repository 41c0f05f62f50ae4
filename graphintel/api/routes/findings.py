"""Findings that were kept: listed, shown, run again and compared with what the data says now."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from graphintel.acts import findings as acts
from graphintel.api.answers import answer, worked
from graphintel.api.bodies import AgainBody
from graphintel.api.deps import Cursor, Hands, Here, Most

router = APIRouter(tags=["analysis"])


@router.get("/findings", summary="Findings, newest first")
def listed(
    session: Here, method: Annotated[str, Query(max_length=40)] = "", cursor: Cursor = "", limit: Most = 200
) -> Response:
    """How each was made: method, what was asked, parameters, seed, counter; a page at a time."""
    return answer(acts.listed(session, method=method, cursor=cursor, limit=limit).as_json("findings"))


@router.get("/findings/{name}", summary="One finding with what it said")
def one(session: Here, name: str) -> Response:
    """And whether the data has changed since."""
    return answer(acts.one(session, name))


@router.post("/findings/{name}/again", summary="Run a finding again and compare")
def again(session: Here, worker: Hands, name: str, body: AgainBody) -> Response:
    """The finding on what the data says now, and what is different; 202 with the job if it takes longer than `wait`."""
    acts.one(session, name)
    return worked(worker.ask(session, "finding-again", {"finding": name}, body.wait))
