"""Service providers: proposed by degree and role, marked by a person."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from graphintel.acts import providers
from graphintel.api.answers import answer
from graphintel.api.bodies import ProviderBody, UndoBody
from graphintel.api.deps import Cursor, Here, Most

router = APIRouter(tags=["resolution"])


@router.get("/providers", summary="Service providers that somebody marked, and who is likely one")
def listed(
    session: Here, role: Annotated[str, Query(max_length=20)] = "", cursor: Cursor = "", limit: Most = 200
) -> Response:
    """Marked: by whom, when and why. Proposed: clients, share of links in the role, and what is usual; a page at a time."""
    return answer(providers.listed(session, role=role, cursor=cursor, limit=limit))


@router.post("/providers/{name}/mark", summary="Mark a thing as a service provider")
def mark(session: Here, name: str, body: ProviderBody) -> Response:
    """Paths do not run through it, and nothing is merged with it without a person; it stays on record who decided."""
    done = providers.mark(session, name, reason=body.reason, role=body.role)
    return answer(done, 200 if done["unchanged"] else 201)


@router.post("/providers/{name}/unmark", summary="Take the mark of a service provider back")
def unmark(session: Here, name: str, body: UndoBody) -> Response:
    """By adding to it: both stay on record."""
    return answer(providers.unmark(session, name, reason=body.reason))
