"""The inbox of notices: look, grade, decide, hand over, accept as a load that can be taken back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from graphintel.acts import notice as acts
from graphintel.api.answers import answer, worked
from graphintel.api.bodies import AcceptBody, DecisionBody, GradeBody
from graphintel.api.deps import Cursor, Hands, Here, Most
from graphintel.desk.notices import STATES

router = APIRouter(tags=["notices"])
Word = Annotated[str, Query(max_length=100)]
Act = Literal["return", "reject", "reopen", "hand-over"]


@router.get("/notices", summary="Notices, the overdue first")
def listed(
    session: Here, state: Annotated[str, Query(max_length=20, description=", ".join(STATES))] = "",
    overdue: bool | None = None, source: Word = "", partner: Word = "", cursor: Cursor = "", limit: Most = 200,
) -> Response:  # fmt: skip
    """As they stand, with grade in words, handling and deadline; copies of one are one row; a page at a time."""
    page = acts.listed(
        session, state=state, overdue=overdue, source=source, partner=partner, cursor=cursor, limit=limit
    )
    return answer(page.as_json("notices"))


@router.post("/notices/accept", summary="Accept notices, and load them as one batch")
def accept(session: Here, worker: Hands, body: AcceptBody) -> Response:
    """The report of the load and how they stand, or 202 with the job; 409 with the decision if one is not open."""
    return worked(worker.ask(session, "notice-accept", body.model_dump(exclude={"wait"}), body.wait))


@router.get("/notices/{name}", summary="One notice, with what the graph holds of what it names")
def one(session: Here, name: str) -> Response:
    """Its cells, steps, deliveries, copies, and `hits` with score and reason."""
    return answer(acts.one(session, name))


@router.post("/notices/{name}/grade", summary="Grade a notice, set its handling or its deadline")
def grade(session: Here, name: str, body: GradeBody) -> Response:
    """How it stands then; 409 if somebody has taken another step than `seen` since."""
    return answer(acts.grade(session, name, **body.model_dump()))


@router.post("/notices/{name}/{act}", summary="Return, reject, reopen or hand over a notice")
def decide(session: Here, name: str, act: Act, body: DecisionBody) -> Response:
    """How it stands then; 409, with how it stands, if the act is not for that state."""
    given: dict[str, Any] = body.model_dump()
    return answer(acts.decide(session, name, act, **given))
