"""What every route is given: the session of the program, and the worker for long work."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from graphintel.acts.session import Session
from graphintel.acts.work import Worker


def _session(request: Request) -> Session:
    session: Session = request.app.state.session
    return session


def _worker(request: Request) -> Worker:
    worker: Worker = request.app.state.worker
    return worker


Here = Annotated[Session, Depends(_session)]
Hands = Annotated[Worker, Depends(_worker)]
