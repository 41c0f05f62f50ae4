"""Questions: the shelf, one run, and free read-only Cypher."""

from __future__ import annotations

from fastapi import APIRouter, Response

from graphintel.acts import ask, picture
from graphintel.api.answers import answer
from graphintel.api.bodies import CypherBody, QuestionBody
from graphintel.api.deps import Here

router = APIRouter(tags=["questions"])


@router.get("/queries", summary="The shelf of saved questions with their parameters")
def queries() -> Response:
    """Titles and questions in Turkish and English."""
    return answer([query.as_json() for query in ask.questions().values()])


@router.post("/queries/{query}/run", summary="Run a saved question")
def run(session: Here, query: str, body: QuestionBody) -> Response:
    """Columns and rows, and the things in them as a subgraph."""
    found = ask.run(session, query, body.params, body.limit)
    return answer({**found.as_json(), "subgraph": picture.of_answer(session, found)})


@router.post("/cypher", summary="Read-only Cypher behind the gate")
def cypher(session: Here, body: CypherBody) -> Response:
    """One statement, looked through by its plan, in a reading session with limits."""
    found = ask.cypher(session, body.text, body.params, body.limit)
    return answer({**found.as_json(), "subgraph": picture.of_answer(session, found)})
