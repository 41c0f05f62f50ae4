"""The worker process: jobs are done one after the other, cancelled, and survive the death of their process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from fabric import load, world

from graphintel.acts.session import Session
from graphintel.acts.work import Worker
from graphintel.desk import jobs, log
from graphintel.errors import Conflict, NotFound
from graphintel.store.local.process import Running

pytestmark = pytest.mark.neo4j


@pytest.fixture
def worker(session: Session) -> Iterator[Worker]:
    """A worker over the small world."""
    load(session.store, world())
    with Worker(session.settings, session.store.address) as made:
        yield made


def process_of(worker: Worker) -> int:
    """The number of the worker process, which starts with the first job."""
    until = time.monotonic() + 60
    while (found := worker.process_id) is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    return found


def test_jobs_are_cancelled_waiting_or_running_and_the_next_one_is_done(
    session: Session, worker: Worker
) -> None:
    running = worker.ask(session, "communities", {"ids": None}, 0)["id"]
    waiting = worker.ask(session, "centrality", {"ids": None}, 0)["id"]
    first = process_of(worker)
    began = time.monotonic()
    for job in (waiting, running):
        ended = worker.cancel(session, job)
        assert (ended["state"], ended["error"]["message"]) == ("cancelled", "This work was cancelled.")
    assert time.monotonic() - began < 10
    with pytest.raises(Conflict, match="has ended"):
        worker.cancel(session, waiting)
    done = worker.ask(session, "communities", {"ids": None}, 120)
    assert done["state"] == "done" and process_of(worker) != first
    with pytest.raises(Conflict, match="has ended"):
        worker.cancel(session, done["id"])
    with pytest.raises(NotFound):
        worker.cancel(session, "none")
    other = jobs.add(session.desk, "tester", "communities", {}, "another")
    with pytest.raises(Conflict, match="another program"):
        worker.cancel(session, other)
    assert [entry["act"] for entry in log.tail(session.desk)].count("job cancelled") == 2


def test_a_process_that_dies_fails_its_job_and_is_replaced(session: Session, worker: Worker) -> None:
    job = worker.ask(session, "communities", {"ids": None}, 0)["id"]
    os.kill(process_of(worker), signal.SIGKILL)
    assert worker.ask(session, "communities", {"ids": None}, 120)["state"] == "done"
    ended = jobs.get(session.desk, job)
    assert (ended["state"], ended["error"]["code"], ended["error"]["detail"]) == (
        "failed",
        "stopped",
        {"exit_code": -9},
    )
    assert "it is replaced" in ended["error"]["message"]


def test_jobs_of_a_living_program_are_left_alone_and_those_of_a_dead_one_are_not(session: Session) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        mark = Running.of(other.pid)
        assert mark is not None
        job = jobs.add(session.desk, "tester", "communities", {}, f"{mark.pid} {mark.mark}")
        with Worker(session.settings, session.store.address):
            assert jobs.get(session.desk, job)["state"] == "waiting"
        other.communicate(b"\n")
    with Worker(session.settings, session.store.address):
        assert jobs.get(session.desk, job)["error"]["code"] == "stopped"


def test_what_is_not_done_when_the_program_ends_is_told_so(session: Session) -> None:
    with Worker(session.settings, session.store.address) as worker:
        asked = [worker.ask(session, "communities", {"ids": None}, 0)["id"] for _ in range(2)]
    assert [jobs.get(session.desk, job)["error"]["code"] for job in asked] == ["stopped", "stopped"]
