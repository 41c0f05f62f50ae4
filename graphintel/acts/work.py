"""Heavy work in one process of its own: analysis, loads and layouts never run in the API's event loop.

One thread hands the jobs to that process one after the other. A process that dies is replaced and its job fails; a job
that is cancelled leaves the queue, or ends with its process.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self

from graphintel.acts import analyse, compare, findings, notice, quarantine, relink, retract
from graphintel.acts.owner import lives, owner
from graphintel.acts.session import Session
from graphintel.desk import Desk, jobs, log, open_desk
from graphintel.errors import Conflict, GraphIntelError, InputError, WorkStopped
from graphintel.settings import Settings
from graphintel.store.address import Address
from graphintel.store.driver import connect

Row = dict[str, Any]
KINDS: dict[str, Callable[[Session, Row], Row]] = {
    "communities": analyse.communities,
    "centrality": analyse.centrality,
    "key-players": analyse.key_players,
    "hidden-ties": analyse.hidden_ties,
    "removal": analyse.removal,
    "community-change": analyse.community_change,
    "tie": lambda session, given: analyse.tie(session, given["first"], given["second"], given.get("kinds")),
    "finding-again": findings.again,
}
# Work that tells how far it is.
LONG: dict[str, Callable[[Session, Row, Callable[[float], None]], Row]] = {
    "retract": retract.job,
    "compare": compare.job,
    "relink": relink.job,
    "quarantine-retry": quarantine.job,
    "notice-accept": notice.job,
}
CANCELLED = {"code": Conflict.code, "message": "This work was cancelled.", "detail": {}}


def _serve(settings: Settings, address: Address, pipe: Connection) -> None:
    """The life of the worker process: jobs come through the pipe until it closes."""
    # An interrupt at the terminal is for the program, which ends this process itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with open_desk(settings.desk_file) as desk, suppress(EOFError, OSError):
        session = Session(settings, connect(address), desk, settings.actor)
        while True:
            job, kind, parameters = pipe.recv()
            _run(session, job, kind, parameters)
            pipe.send(job)


def _run(session: Session, job: str, kind: str, parameters: Row) -> None:
    jobs.mark(session.desk, job, "running")
    try:
        if kind in LONG:
            result = LONG[kind](
                session, parameters, lambda part: jobs.mark(session.desk, job, "running", progress=part)
            )
        else:
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


@dataclass(eq=False)
class _Task:
    """A job on its way through this program."""

    job: str
    kind: str
    parameters: Row
    ended: threading.Event = field(default_factory=threading.Event)
    cancelled: bool = False


class Worker:
    """The one worker process, and the jobs waiting for it."""

    def __init__(self, settings: Settings, address: Address) -> None:
        self._settings = settings
        self._address = address
        self._waiting: SimpleQueue[_Task | None] = SimpleQueue()
        self._tasks: dict[str, _Task] = {}
        self._lock = threading.Lock()
        self._current: _Task | None = None
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._thread = threading.Thread(target=self._feed, name="worker", daemon=True)

    def __enter__(self) -> Self:
        with open_desk(self._settings.desk_file) as desk:
            jobs.abandon(desk, lives)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.put(None)
        with self._lock:
            for task in self._tasks.values():
                task.cancelled = True
            self._kill()
        self._thread.join()

    @property
    def process_id(self) -> int | None:
        """The worker process, if one runs."""
        process = self._process
        return process.pid if process is not None and process.is_alive() else None

    def ask(self, session: Session, kind: str, parameters: Row, wait: float) -> Row:
        """Start a job and wait a while for it; the job as the desk knows it, which goes on if it takes longer."""
        if kind not in KINDS and kind not in LONG:
            raise InputError(f"There is no work {kind!r}; there is {', '.join([*KINDS, *LONG])}.")
        task = _Task(jobs.add(session.desk, session.actor, kind, parameters, owner()), kind, parameters)
        with self._lock:
            self._tasks[task.job] = task
        self._waiting.put(task)
        task.ended.wait(wait)
        return jobs.get(session.desk, task.job)

    def cancel(self, session: Session, job: str) -> Row:
        """Take a job out of the queue, or end it with its process; Conflict if it has ended or is another program's."""
        held = jobs.get(session.desk, job)
        with self._lock:
            task = self._tasks.get(job)
            if task is None and held["state"] in jobs.LIVE:
                raise Conflict("This work is done by another program; cancel it there.")
            # What has ended in this moment stays as it ended.
            jobs.mark(session.desk, job, "cancelled", error=CANCELLED)
            if task is None or task.cancelled or jobs.get(session.desk, job)["state"] != "cancelled":
                raise Conflict("This work has ended.")
            task.cancelled = True
            if task is self._current:
                self._kill()
            else:
                del self._tasks[job]
                task.ended.set()
        log.write(session.desk, session.actor, "job cancelled", job=job, kind=held["kind"])
        task.ended.wait(5)
        return jobs.get(session.desk, job)

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _feed(self) -> None:
        """Hand one job after the other to the process, until the program ends."""
        with open_desk(self._settings.desk_file) as desk:
            while (task := self._waiting.get()) is not None:
                with self._lock:
                    self._current = None if task.cancelled else task
                if self._current is task:
                    self._hand(desk, task)
                with self._lock:
                    self._current = None
                    self._tasks.pop(task.job, None)
                task.ended.set()
            jobs.abandon(desk, lambda held: held != owner() and lives(held))
        self._bury()

    def _hand(self, desk: Desk, task: _Task) -> None:
        process, pipe = self._started()
        if task.cancelled:
            return
        with suppress(OSError):
            pipe.send((task.job, task.kind, task.parameters))
            wait([pipe, process.sentinel])
            if pipe.poll() and _heard(pipe):
                return
        self._bury()
        code = process.exitcode
        if jobs.get(desk, task.job)["state"] in jobs.LIVE:
            error = WorkStopped(
                f"The process that did this work died (exit code {code}), perhaps for want of memory; it is replaced. "
                "Ask again, for fewer things if it happens again.",
                exit_code=code,
            )
            jobs.mark(desk, task.job, "failed", error=error.as_json()["error"])

    def _started(self) -> tuple[SpawnProcess, Connection]:
        with self._lock:
            process, pipe = self._process, self._pipe
            if process is None or pipe is None or not process.is_alive():
                context = multiprocessing.get_context("spawn")
                pipe, other = context.Pipe()
                process = context.Process(
                    target=_serve,
                    args=(self._settings, self._address, other),
                    name="graphintel worker",
                    daemon=True,
                )
                process.start()
                other.close()
                self._process, self._pipe = process, pipe
        return process, pipe

    def _bury(self) -> None:
        with self._lock:
            process, pipe = self._process, self._pipe
            self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()


def _heard(pipe: Connection) -> bool:
    """Whether the process says that the job has ended; it says nothing when it dies."""
    try:
        pipe.recv()
    except (EOFError, OSError):
        return False
    return True
