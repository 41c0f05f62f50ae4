"""Routes: the legs that were seen, with their evidence, and where something is likely bound for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from graphintel.acts import routes
from graphintel.api.answers import answer
from graphintel.api.bodies import PredictBody
from graphintel.api.deps import Here

router = APIRouter(tags=["routes"])


@router.get(
    "/routes/observed", summary="Legs between places as declarations, seizures and movements show them"
)
def observed(
    session: Here, commodity: str = "", start: Annotated[str, Query(alias="from")] = "",
    end: Annotated[str, Query(alias="to")] = "", limit: Annotated[int, Query(ge=1, le=5000)] = 500,
    ids: Annotated[list[str] | None, Query(alias="id")] = None,
) -> Response:  # fmt: skip
    """Places with coordinates and legs with their records; nothing inferred."""
    return answer(routes.observed(session, commodity=commodity, start=start, end=end, limit=limit, ids=ids))


@router.post("/routes/predict", summary="Destination and transit countries with probabilities")
def predict(session: Here, body: PredictBody) -> Response:
    """Learned from the seizures that this reader may see; `other` completes each list to 1."""
    return answer(routes.predict(session, body.model_dump(exclude={"top"}), body.top))
