"""Judgements: who said what of which two things, and taking it back."""

from __future__ import annotations

from fastapi import APIRouter, Response

from graphintel.acts import judge as judging
from graphintel.api.answers import answer
from graphintel.api.bodies import JudgementBody, UndoBody
from graphintel.api.deps import Cursor, Here, Most

router = APIRouter(tags=["resolution"])


@router.get("/judgements", summary="What was judged by whom and why, newest first")
def listed(
    session: Here, about: str = "", past: bool = False, cursor: Cursor = "", limit: Most = 200
) -> Response:
    """On statements of one thing (`about`: any id of it) or all, a page at a time; `past`: withdrawn ones too."""
    return answer(judging.listed(session, about=about, past=past, cursor=cursor, limit=limit))


@router.post("/judgements", summary="Judge two things the same, different or unsure")
def judge(session: Here, body: JudgementBody) -> Response:
    """409 `conflict` against a live judgement of somebody else, with both; 409 `cut_needed` with a proposal what falls.

    `also`: further things, such as those that `/matches` lists as alike, each judged against `right`; of one that is
    refused `also` of the answer says why.
    """
    done = judging.judge(
        session, body.left, body.right, body.verdict, reason=body.reason, cut=body.cut, also=body.also
    )
    return answer(done, 200 if done["unchanged"] else 201)


@router.get("/judgements/{name}", summary="One judgement")
def one(session: Here, name: str) -> Response:
    """Also one that was withdrawn: `withdrawn_by` names the withdrawal."""
    return answer(judging.one(session, name))


@router.post("/judgements/{name}/undo", summary="Withdraw a judgement")
def undo(session: Here, name: str, body: UndoBody) -> Response:
    """It stays on record; `relied` lists the charts, exports and findings that rest on what came apart."""
    return answer(judging.undo(session, name, reason=body.reason))
