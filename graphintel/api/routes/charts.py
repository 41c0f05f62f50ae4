"""Charts: saved, opened, exported; and the register of exports."""

from __future__ import annotations

from fastapi import APIRouter, Response

from graphintel.acts import chart
from graphintel.api.answers import answer
from graphintel.api.bodies import ChartBody, ExportBody
from graphintel.api.deps import Cursor, Here, Most
from graphintel.desk import charts, exports

router = APIRouter(tags=["charts"])


@router.get("/charts", summary="Saved charts, last saved first")
def listed(session: Here, cursor: Cursor = "", limit: Most = 200) -> Response:
    """Without their data, a page at a time."""
    return answer(charts.paged(session.desk, cursor, limit).as_json("charts"))


@router.post("/charts", summary="Save a new chart")
def save(session: Here, body: ChartBody) -> Response:
    """Data, filters and look are kept apart."""
    return answer(chart.save(session, body.model_dump()), 201)


@router.get("/charts/{name}", summary="One saved chart")
def one(session: Here, name: str) -> Response:
    """With its data, filters, look and story."""
    return answer(charts.get(session.desk, name))


@router.put("/charts/{name}", summary="Save changes to a chart")
def replace(session: Here, name: str, body: ChartBody) -> Response:
    """409 if somebody saved in between and `version` is given."""
    return answer(chart.replace(session, name, body.model_dump()))


@router.post("/exports", summary="A chart as a file, written into the export register")
def export(session: Here, body: ExportBody) -> Response:
    """Formats by name: svg, html, csv, json, ftm.json, pyvis.html; `X-Left-Out` counts what a format has no word for."""
    made = chart.export(
        session, body.to, name=body.chart, ids=body.entities, case=body.case, theme=body.theme, language=body.language,
        fold=body.fold, positions=body.positions,
    )  # fmt: skip
    headers = {
        "Content-Disposition": f'attachment; filename="{made.filename}"', "X-Content-SHA256": made.sha256,
        "X-Export": made.number, "X-Left-Out": str(len(made.left_out)),
        "Cache-Control": "no-store", "Content-Security-Policy": "sandbox",
    }  # fmt: skip
    return Response(made.content, media_type=made.media_type, headers=headers)


@router.get("/exports", summary="The export register, newest first")
def register(session: Here, cursor: Cursor = "", limit: Most = 200) -> Response:
    """Who handed out which chart when, with its hash, a page at a time."""
    return answer(exports.paged(session.desk, cursor, limit).as_json("exports"))
