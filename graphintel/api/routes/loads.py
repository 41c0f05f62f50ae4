"""Loads: sources, batches and what did not load."""

from __future__ import annotations

from fastapi import APIRouter, Response

from graphintel.acts import load, program
from graphintel.api.answers import answer
from graphintel.api.deps import Here
from graphintel.desk import quarantine

router = APIRouter(tags=["loads"])


@router.get("/sources", summary="What can be loaded, with default grade and marking")
def sources() -> Response:
    """The shelf of sources."""
    return answer({"sources": load.sources()})


@router.get("/batches", summary="What was loaded, newest first")
def batches(session: Here) -> Response:
    """Each with its source, files, actor and counts."""
    return answer({"batches": program.batches(session)})


@router.get("/quarantine", summary="Rows that did not load")
def refused(session: Here, batch: int | None = None) -> Response:
    """With file, position and reason."""
    return answer({"rows": quarantine.listed(session.desk, batch=batch)})


@router.get("/quarantine/{row}", summary="One row that did not load, with its bytes")
def refused_row(session: Here, row: str) -> Response:
    """As text and as hexadecimal."""
    return answer(quarantine.one(session.desk, row))
