"""Analysis: communities, centrality, key players, hidden ties; done by the worker process."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response

from graphintel.api.answers import worked
from graphintel.api.bodies import AnalysisBody, TieBody
from graphintel.api.deps import Hands, Here

router = APIRouter(tags=["analysis"])


@router.post("/analysis/{kind}", summary="Analyse some things, or everything visible")
def analyse(
    session: Here, worker: Hands, kind: Literal["communities", "centrality", "key-players", "hidden-ties", "removal", "community-change"],
    body: AnalysisBody,
) -> Response:  # fmt: skip
    """The finding, or 202 with the job if it takes longer than `wait` seconds."""
    return worked(worker.ask(session, kind, body.model_dump(exclude={"wait"}), body.wait))


@router.post("/ties/{first}/{second}", summary="What ties two things in the network of analysis")
def tie(session: Here, worker: Hands, first: str, second: str, body: TieBody) -> Response:
    """The links behind a tie, direct ones and both to each item shared, and their records; 202 if that takes longer."""
    given = {"first": first, "second": second, "kinds": body.kinds}
    return worked(worker.ask(session, "tie", given, body.wait))
