"""F07: a store that answers late: few rows are under way, memory stays flat; one that is too slow is told."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from contextlib import ExitStack
from pathlib import Path

from graphintel.acts.bench.figures import Figure, Figures
from graphintel.acts.bench.ingest import SOURCE
from graphintel.acts.bench.proxy import wire
from graphintel.acts.bench.trial import Trial, split, through
from graphintel.acts.load import load
from graphintel.acts.session import Session, open_session
from graphintel.errors import StoreUnavailable
from graphintel.model.records import Record
from graphintel.settings import Settings
from graphintel.store.faults import stalled
from graphintel.store.write.made import empty

_LATE = 0.02
_TIMES = 4
_KILO = 1 if sys.platform == "darwin" else 1024


def slow(trial: Trial, late: float = _LATE) -> Figures:
    """How many chunks were read and not yet written at most, while every answer came late; two may wait for a third."""
    empty(trial.store)
    rows = 0
    for path in trial.parts:
        with (
            wire(trial.store.address.uri, late=late) as line,
            open_session(through(trial.session, path, f"bolt://127.0.0.1:{line.port}")) as session,
        ):
            rows = max(rows, _under_way(session, path))
    chunks = rows / trial.session.settings.chunk_rows
    return {"f07_under_way": Figure(chunks, "chunks", "<= 3", chunks <= 3), **trial.same("f07_slow")}


def _under_way(session: Session, path: Path) -> int:
    read = written = most = 0

    def seen(record: Record) -> Record:
        nonlocal read, most
        read += 1
        most = max(most, read - written)
        return record

    def settled(done: int, total: int, what: str) -> None:
        nonlocal written
        written = done

    load(session, SOURCE, [path], regrade=seen, progress=settled)
    return most


def memory(trial: Trial) -> Figures:
    """Peak memory of the program and of its reader at a file and at a quarter of it, through a wire that answers late."""
    path = trial.parts[0]
    rows = path.read_text("utf-8").count("\n") - 1
    quarter = split(path, path.parent / "quarters", max(rows // _TIMES, 1))[0]
    peaks = []
    for one in (quarter, path):
        empty(trial.store)
        with wire(trial.store.address.uri, late=_LATE) as line:
            given = (through(trial.session, path, f"bolt://127.0.0.1:{line.port}"), one)
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                peaks.append(pool.apply(_peaks, given))
    (own, reader), (own_most, reader_most) = peaks
    growth, reader_growth = own_most / own, reader_most / reader
    return {
        "f07_memory": Figure(own_most, "MB"),
        "f07_memory_growth": Figure(growth, "ratio", "<= 1.2", growth <= 1.2),
        "f07_reader": Figure(reader_most, "MB"),
        "f07_reader_growth": Figure(reader_growth, "ratio", "<= 1.2", reader_growth <= 1.2),
    }


def _peaks(settings: Settings, path: Path) -> tuple[float, float]:
    """Peak resident megabytes of this process and of its largest child, which is the reader."""
    with open_session(settings) as session:
        load(session, SOURCE, [path])
    own, other = (
        resource.getrusage(whose).ru_maxrss * _KILO / 1e6
        for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own, other


def too_slow(trial: Trial, seconds: float = 1.0) -> Figures:
    """A store that does not come to the end of a chunk: the load stops in time, says what to do, and is finished later."""
    empty(trial.store)
    short = trial.session.settings.model_copy(update={"load_seconds": seconds})
    hasty = Session(short, trial.store, trial.session.desk, trial.session.actor)
    written, said = 0, ""
    with ExitStack() as stall:

        def stop(done: int, total: int, what: str) -> None:
            nonlocal written
            if not written:
                stall.enter_context(stalled(trial.store))
            written = done

        try:
            load(hasty, SOURCE, trial.parts[:1], progress=stop)
        except StoreUnavailable as error:
            said = error.message
    told = written > 0 and "Run the same load again" in said
    for path in trial.parts:
        load(trial.session, SOURCE, [path])
    return {"f07_too_slow": Figure(float(told), "told", "== 1", told), **trial.same("f07_resumed")}
