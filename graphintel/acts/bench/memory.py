"""`bench memory`: what a load keeps in memory at a hundred thousand rows and at a million, without the database."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from graphintel import ingest
from graphintel.acts.bench.figures import Figure, Figures
from graphintel.acts.bench.ingest import SOURCE, made_file
from graphintel.model.kinds import EVENTS
from graphintel.model.records import Record
from graphintel.resolve.identity import keys
from graphintel.settings import Settings
from graphintel.store.bulk import files
from graphintel.store.bulk.planner import FirstLoad
from graphintel.store.write.chunk import planned_alone

ROWS = 1_000_000
_TIMES = 10
# What the daily path remembers of the store at most.
_KNOWN = 400_000
_KILO = 1 if sys.platform == "darwin" else 1024
Work = Callable[[Iterator[list[Record]]], None]


def measure(settings: Settings, data: Path | None, size: int) -> Figures:
    """Peak memory of reading and planning `size` rows (a million if 0) and a tenth of it, each in its own process."""
    settings.home.mkdir(parents=True, exist_ok=True)
    rows = size or ROWS
    few, many = (made_file(settings.home, number) for number in (rows // _TIMES, rows))
    daily = [_peak(_daily, path, settings.chunk_rows) for path in (few, many)]
    bulk = _peak(_bulk, many, settings.chunk_rows)
    growth = daily[1] / daily[0]
    return {
        "rows": Figure(rows, "rows"),
        "daily_tenth": Figure(daily[0], "MB"),
        "daily": Figure(daily[1], "MB"),
        "daily_growth": Figure(growth, "ratio", "<= 1.1", growth <= 1.1),
        "bulk": Figure(bulk, "MB"),
        "bulk_each": Figure(bulk * 1e6 / rows, "bytes/row", "<= 1000", bulk * 1e6 / rows <= 1000),
    }


def _peak(work: Work, path: Path, size: int) -> float:
    """Peak resident megabytes of a fresh process that does some work on the chunks of a file."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (work, path, size))


def _measured(work: Work, path: Path, size: int) -> float:
    work(_chunks(path, size))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILO / 1e6


def _chunks(path: Path, size: int) -> Iterator[list[Record]]:
    records = (item for item in ingest.read(ingest.catalogue()[SOURCE], path) if isinstance(item, Record))
    while chunk := list(islice(records, size)):
        yield chunk


def _daily(chunks: Iterator[list[Record]]) -> None:
    known: dict[str, str] = {}
    known_keys: dict[str, str] = {}
    for chunk in chunks:
        markings = {record.marking.text: 1 for record in chunk}
        plan = planned_alone(chunk, keys, known, known_keys, markings)
        events = {row["id"] for kind in EVENTS for row in plan.entities.get(kind, ())}
        for held in (known, known_keys):
            for name in [name for name, entity in held.items() if entity in events]:
                del held[name]
        if len(known) > _KNOWN:
            known.clear()
            known_keys.clear()


def _bulk(chunks: Iterator[list[Record]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plan = FirstLoad(Path(folder), 1, 1, {}, keys)
        for chunk in chunks:
            plan.write(chunk)
        files.write(plan, {"number": 1}, Path(folder), lambda _: None).arguments()
