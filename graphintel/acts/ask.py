"""Asking: saved questions and free Cypher, read-only, limited, logged."""

from __future__ import annotations

from typing import Any

from graphintel.acts.session import Session
from graphintel.desk import log
from graphintel.errors import QueryError
from graphintel.queries.catalogue import Query, catalogue
from graphintel.store.run import Answer, Limits, run_cypher, run_query

Row = dict[str, Any]


def questions() -> dict[str, Query]:
    """The shelf of saved questions by id."""
    return catalogue()


def question(name: str) -> Query:
    """One saved question; QueryError lists what there is."""
    held = questions()
    if name not in held:
        raise QueryError(f"There is no saved question {name!r}; there are {', '.join(sorted(held))}.")
    return held[name]


def run(session: Session, name: str, given: Row, limit: int | None = None) -> Answer:
    """Run a saved question with parameters."""
    answer = run_query(session.store, question(name), given, session.profile, _limits(session, limit))
    log.write(session.desk, session.actor, "query", question=name, parameters=given, rows=len(answer.rows))
    return answer


def cypher(session: Session, text: str, given: Row, limit: int | None = None) -> Answer:
    """Run free Cypher that the gate lets through; refusals are logged too."""
    try:
        answer = run_cypher(session.store, text, given, session.profile, _limits(session, limit))
    except Exception as error:
        log.write(session.desk, session.actor, "cypher", "refused", text=text, why=str(error))
        raise
    log.write(session.desk, session.actor, "cypher", text=text, parameters=given, rows=len(answer.rows))
    return answer


def _limits(session: Session, limit: int | None) -> Limits:
    most = session.settings.question_rows
    return Limits(rows=min(limit or most, most), seconds=session.settings.question_seconds)
