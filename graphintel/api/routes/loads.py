"""Loads: sources, batches and what did not load."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response

from graphintel.acts import handout, program, quality, source
from graphintel.api.answers import answer, attached, worked
from graphintel.api.bodies import NUMBER_MOST, RetryBody
from graphintel.api.deps import Cursor, Hands, Here, Most
from graphintel.desk import quarantine

router = APIRouter(tags=["loads"])
Word = Annotated[str, Query(max_length=100)]
Batch = Annotated[int, Query(ge=0, le=NUMBER_MOST)]
Number = Annotated[int, Path(ge=0, le=NUMBER_MOST)]


@router.get("/sources", summary="What can be loaded, with default grade and marking")
def sources(session: Here) -> Response:
    """The shelf of sources."""
    return answer({"sources": source.listed(session.settings.shelf)})


@router.get("/batches", summary="What was loaded, newest first")
def batches(session: Here, cursor: Annotated[str, Query(max_length=18, pattern=r"^[0-9]*$")] = "",
            limit: Most = 200) -> Response:  # fmt: skip
    """Each with its source, files, actor and counts, a page at a time."""
    return answer(program.batches(session, int(cursor) if cursor else None, limit))


@router.get("/batches/{number}/quality", summary="What the rows of a load were like, beside the load before")
def quality_of(session: Here, number: Number) -> Response:
    """Fill rates, doubtful values, unknown words, drift, moved distributions; see docs/quality.md."""
    return answer(quality.report(session, number))


@router.post("/batches/{number}/quality/export", summary="What is odd about a load as a table")
def odd(session: Here, number: Number) -> Response:
    """CSV, one finding or example a row; cells that a spreadsheet would run are neutralised."""
    return attached(handout.odd(session, number), f"quality-{number}.csv")


@router.post("/batches/{number}/quarantine/export", summary="The waiting rows of a load as a table")
def refused_table(session: Here, number: Number) -> Response:
    """CSV with the bytes of each row as text and as hexadecimal, for those who deliver them."""
    return attached(handout.refused(session, number), f"quarantine-{number}.csv")


@router.get("/quarantine", summary="Rows that did not load")
def refused(
    session: Here, batch: Batch | None = None, source: Word = "", reason: Word = "",
    state: Literal["waiting", "loaded", "superseded", ""] = "waiting", cursor: Cursor = "", limit: Most = 200,
) -> Response:  # fmt: skip
    """With file, position and reason, a page at a time."""
    found = quarantine.paged(
        session.desk, batch=batch, source=source, reason=reason, state=state, cursor=cursor, limit=limit
    )
    return answer(found.as_json("rows"))


@router.post("/quarantine/retry", summary="Read rows again with the description of today, and load them")
def retry(session: Here, worker: Hands, body: RetryBody) -> Response:
    """What became of the rows, or 202 with the job if it takes longer than `wait` seconds."""
    return worked(worker.ask(session, "quarantine-retry", body.model_dump(exclude={"wait"}), body.wait))


@router.get("/quarantine/{row}", summary="One row that did not load, with its bytes")
def refused_row(session: Here, row: str) -> Response:
    """As text and as hexadecimal."""
    return answer(quarantine.one(session.desk, row))
