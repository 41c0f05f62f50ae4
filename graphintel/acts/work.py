"""Heavy work in one process of its own: analysis, loads and layouts never run in the API's event loop."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, TimeoutError
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from graphintel.acts import analyse
from graphintel.acts.session import Session
from graphintel.desk import jobs, open_desk
from graphintel.errors import GraphIntelError, InputError
from graphintel.settings import Settings
from graphintel.store.address import Address
from graphintel.store.driver import connect

Row = dict[str, Any]
KINDS: dict[str, Callable[[Session, Row], Row]] = {
    "communities": analyse.communities,
    "centrality": analyse.centrality,
    "key-players": analyse.key_players,
    "hidden-ties": analyse.hidden_ties,
}
# What the worker process keeps between two jobs; empty in the program itself.
_KEPT: dict[str, Session] = {}


def _start(settings: Settings, address: Address) -> None:
    desk = open_desk(settings.desk_file).__enter__()
    _KEPT["session"] = Session(settings, connect(address), desk, settings.actor)


def _run(job: str, kind: str, parameters: Row) -> None:
    session = _KEPT["session"]
    jobs.mark(session.desk, job, "running")
    try:
        result = KINDS[kind](session, parameters)
    except GraphIntelError as error:
        jobs.mark(session.desk, job, "failed", error=error.as_json()["error"])
    except Exception as error:  # noqa: BLE001 - the edge of the process: the job must not stay "running"
        jobs.mark(
            session.desk,
            job,
            "failed",
            error={"code": "internal", "message": f"{type(error).__name__}: {error}"},
        )
    else:
        jobs.mark(session.desk, job, "done", progress=1.0, result=result)


class Worker:
    """The one worker process, and the jobs waiting for it."""

    def __init__(self, settings: Settings, address: Address) -> None:
        self._settings = settings
        self._address = address
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(1, context, _start, (self._settings, self._address))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def ask(self, session: Session, kind: str, parameters: Row, wait: float) -> Row:
        """Start a job and wait a while for it; the job as the desk knows it, which goes on if it takes longer."""
        if kind not in KINDS:
            raise InputError(f"There is no work {kind!r}; there is {', '.join(KINDS)}.")
        assert self._pool is not None
        job = jobs.add(session.desk, session.actor, kind, parameters)
        future = self._pool.submit(_run, job, kind, parameters)
        with suppress(TimeoutError):
            future.result(wait)
        return jobs.get(session.desk, job)
