"""Taking a load back out, and grading a record again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from graphintel.acts.regrade import regrade
from graphintel.api.answers import answer, worked
from graphintel.api.bodies import NUMBER_MOST, RegradeBody, RetractBody
from graphintel.api.deps import Hands, Here

router = APIRouter(tags=["loads"])


@router.post("/batches/{number}/retract", summary="Take a load back out, or bring it again")
def retract(
    session: Here, worker: Hands, number: Annotated[int, Path(ge=0, le=NUMBER_MOST)], body: RetractBody
) -> Response:
    """What was closed, opened and changed, or 202 with the job if it takes longer than `wait` seconds."""
    return worked(
        worker.ask(session, "retract", {"number": number, **body.model_dump(exclude={"wait"})}, body.wait)
    )


@router.post("/records/{record}/grade", summary="Grade a record again; the old grade stays")
def grade(session: Here, record: str, body: RegradeBody) -> Response:
    """What it stands at now, and the batch under which this can be taken back."""
    return answer(regrade(session, record, grade=body.grade, handling=body.handling, reason=body.reason))
