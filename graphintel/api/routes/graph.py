"""The graph: search, entities, records, neighbourhoods, paths, the things of a chart."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from graphintel.acts import evidence as evidences
from graphintel.acts import look, picture
from graphintel.api.answers import answer, tagged
from graphintel.api.bodies import SEED_MOST, ExpandBody, LookupBody, SearchBody, SubgraphBody
from graphintel.api.deps import Cursor, Here
from graphintel.store.read.expand import Expansion

router = APIRouter(tags=["graph"])
Ids = Annotated[
    list[str], Query(alias="id", max_length=64, description="One id or several, by repeating it.")
]
Many = Annotated[list[str] | None, Query()]


@router.get("/search", summary="Names in any script, identifiers in any spelling")
def search_get(session: Here, q: Annotated[str, Query(max_length=500, examples=["İSTANBUL"])], kind: str | None = None,
               limit: Annotated[int, Query(ge=1, le=200)] = 20) -> Response:  # fmt: skip
    """The same as POST; use that where addresses are logged."""
    return answer(look.find(session, q, kind, limit))


@router.post("/search", summary="Names in any script, identifiers in any spelling")
def search(session: Here, body: SearchBody) -> Response:
    """Entities that answer a text, best first, with why."""
    return answer(look.find(session, body.q, body.kind, body.limit))


@router.post("/lookup", summary="A pasted list of names and identifiers at once")
def lookup(session: Here, body: LookupBody) -> Response:
    """Each line with its best hits."""
    return answer({"lines": look.lookup(session, body.lines)})


@router.get("/entities/{entity}", summary="One entity with every value's records")
def entity(request: Request, session: Here, entity: str) -> Response:
    """Any id ever issued opens; what may not be seen answers like what is not there."""
    headers, known = tagged(request, session)
    return (
        Response(status_code=304, headers=headers)
        if known
        else answer(look.show(session, entity), 200, headers)
    )


@router.get("/entities/{entity}/records", summary="The records that state something of an entity")
def records(
    session: Here, entity: str, cursor: Cursor = "", limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> Response:
    """A page at a time, by cursor."""
    return answer(look.records(session, entity, cursor, limit))


@router.get("/entities/{entity}/history", summary="The loads that brought something of an entity")
def history(session: Here, entity: str) -> Response:
    """Which batch, when, by whom, how many records."""
    return answer({"history": look.history(session, entity)})


@router.get(
    "/records/{record}", summary="One source row with its cells, grade, marking and place in its file"
)
def record(session: Here, record: str) -> Response:
    """The evidence behind a link."""
    return answer(look.record(session, record))


@router.get(
    "/evidence/{name}", summary="The cells of the kept files behind an entity or a record, read again"
)
def evidence(
    session: Here, name: str, link: Annotated[str, Query(max_length=64)] = "", cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:  # fmt: skip
    """Whether each file is unchanged, whether its row still reads the same, and which cells each value came from."""
    return answer(evidences.evidence(session, name, link=link, cursor=cursor, limit=limit))


@router.get("/expand", summary="The neighbourhood of entities, or its counts with preview=true")
def expand_get(
    request: Request, session: Here, ids: Ids, types: Many = None, direction: str = "both",
    start: Annotated[str, Query(alias="from")] = "", end: Annotated[str, Query(alias="to")] = "", fold: Many = None,
    hops: Annotated[int, Query(ge=1, le=4)] = 1, limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    cursor: Annotated[str, Query(max_length=18, pattern=r"^[0-9]*$")] = "",
    order: Literal["hash", "date"] = "hash", seed: Annotated[int, Query(ge=0, le=SEED_MOST)] = 0, preview: bool = False,
) -> Response:  # fmt: skip
    """Limits neighbours, each with up to 20 parallel links and the total; the cursor goes on from there."""
    headers, known = tagged(request, session)
    if known:
        return Response(status_code=304, headers=headers)
    if preview:
        return answer(look.preview(session, ids), 200, headers)
    expansion = Expansion(ids, types, direction, start, end, fold or [], hops, limit, cursor, order, seed)
    return answer(look.neighbourhood(session, expansion).as_columns(), 200, headers)


@router.post("/expand", summary="The neighbourhood of entities, or its counts with preview")
def expand(session: Here, body: ExpandBody) -> Response:
    """The same as GET with many ids."""
    if body.preview:
        return answer(look.preview(session, body.ids))
    expansion = Expansion(body.ids, body.types, body.direction, body.start, body.end, body.fold, body.hops, body.limit,
                          body.cursor, body.order, body.seed)  # fmt: skip
    return answer(look.neighbourhood(session, expansion).as_columns())


@router.get("/paths", summary="Shortest paths between two entities, hubs left out unless asked")
def paths(session: Here, start: Annotated[str, Query(alias="from")], end: Annotated[str, Query(alias="to")],
          max_hops: Annotated[int, Query(ge=1, le=10)] = 6, through_hubs: bool = False) -> Response:  # fmt: skip
    """A subgraph whose meta lists the paths."""
    return answer(picture.placed(look.paths(session, start, end, max_hops, through_hubs)).as_columns())


@router.post("/subgraph", summary="These entities and all links among them, with places to draw them at")
def subgraph(session: Here, body: SubgraphBody) -> Response:
    """How a saved chart is opened again."""
    found = look.among(session, body.ids, body.fold)
    return answer((picture.placed(found) if body.layout else found).as_columns())
