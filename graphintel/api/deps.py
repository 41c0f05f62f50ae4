"""What every route is given: the session of the program, and the worker for long work."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request

from graphintel.acts.session import Session
from graphintel.acts.work import Worker
from graphintel.api.bodies import CURSOR


def _session(request: Request) -> Session:
    session: Session = request.app.state.session
    return session


def _worker(request: Request) -> Worker:
    worker: Worker = request.app.state.worker
    return worker


Here = Annotated[Session, Depends(_session)]
Cursor = Annotated[str, Query(max_length=200, pattern=CURSOR, description="`next` of the page before.")]
Most = Annotated[int, Query(ge=1, le=1000, description="Rows of this page at most.")]
Hands = Annotated[Worker, Depends(_worker)]
