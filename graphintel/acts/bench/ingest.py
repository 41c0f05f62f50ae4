"""`bench ingest`: rows a second without the database, by bare UNWIND, through the daily path, and in bulk."""

from __future__ import annotations

import csv
import random
import tempfile
import time
from pathlib import Path

from graphintel import ingest
from graphintel.acts.bench.figures import Figure, Figures
from graphintel.acts.bulk import load_first
from graphintel.acts.load import load
from graphintel.acts.session import Session, open_session
from graphintel.ingest import Source
from graphintel.model.records import Record
from graphintel.resolve.identity import keys
from graphintel.settings import Settings
from graphintel.store.bulk import files
from graphintel.store.bulk.planner import FirstLoad
from graphintel.store.write import chunk as chunks
from graphintel.store.write.batch import intern_markings
from graphintel.store.write.made import empty
from graphintel.store.write.plan import Plan, joined

SOURCE = "kcs-declarations"
ROWS = 20_000
_TOGETHER = (1, 2)
_BULK_TIMES = 10


def measure(settings: Settings, data: Path | None, size: int) -> Figures:
    """Measure on a file of flat declarations: one given by `data`, or rows made here.

    In bulk ten times as many rows are loaded, since most of a small first load is stopping and starting the server.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    source = ingest.catalogue()[SOURCE]
    path = _file(settings.home, data, size or ROWS)
    reading = _reading(source, path)
    planning = _planning(source, path, settings.chunk_rows)
    with open_session(settings) as session:
        empty(session.store)
        plans = _plans(session, path)
        _bare(session, plans[:1], 1)
        bare, daily = 0.0, 0.0
        for together in _TOGETHER:
            bare = max(bare, _bare(session, plans, together))
            empty(session.store)
            daily = max(daily, _daily(session, path))
        empty(session.store)
    rows = sum(len(plan.records) for plan in plans)
    many = path if data is not None else made_file(settings.home, (size or ROWS) * _BULK_TIMES)
    bulk, bulk_rows = _bulk(settings, many)
    return {
        "rows": Figure(rows, "rows"),
        "bulk_rows": Figure(bulk_rows, "rows"),
        "reading": Figure(reading, "rows/s", ">= 20000", reading >= 20_000),
        "planning": Figure(planning, "rows/s", ">= 8000", planning >= 8000),
        "daily": Figure(daily, "rows/s"),
        "bare_unwind": Figure(bare, "rows/s"),
        "daily_to_bare": Figure(daily / bare, "ratio", ">= 0.7", daily / bare >= 0.7),
        "bulk": Figure(bulk, "rows/s"),
        "bulk_to_daily": Figure(bulk / daily, "ratio", ">= 5", bulk / daily >= 5),
    }


def _file(home: Path, data: Path | None, rows: int) -> Path:
    if data is not None:
        found = sorted(data.rglob("*train*.csv*")) if data.is_dir() else [data]
        if found:
            return found[0]
    return made_file(home, rows)


def made_file(home: Path, rows: int) -> Path:
    """A file of flat declarations of heavy-tailed traders, with as many rows."""
    draw = random.Random(7)
    path = home / f"declarations-{rows}.csv"
    head = (
        "Declaration ID,Date,Office ID,Process Type,Import Type,Import Use,Payment Type,Mode of Transport,Declarant ID,"
        "Importer ID,Seller ID,Courier ID,HS6 Code,Country of Departure,Country of Origin,Tax Rate,Tax Type,"
        "Country of Origin Indicator,Net Mass,Item Price,Fraud,Critical Fraud"
    )
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(head.split(","))
        for number in range(rows):
            trader = [f"{letter}{int(draw.paretovariate(1.1)) % 5000:06d}" for letter in "DISC"]
            writer.writerow([
                10_000_000 + number, f"2024-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}", draw.randint(10, 60), "B",
                11, 21, 11, draw.choice((10, 40)), *trader, draw.choice(("240220", "870323", "610910", "300490")),
                draw.choice(("CN", "DE", "BG", "IR")), draw.choice(("CN", "DE", "TR")), 8.0, "A", "G",
                round(draw.uniform(1, 9000), 1), round(draw.uniform(10, 90_000), 1), 0, 0,
            ])  # fmt: skip
    return path


def _reading(source: Source, path: Path) -> float:
    began, count = time.perf_counter(), 0
    for _ in ingest.read(source, path):
        count += 1
    return count / (time.perf_counter() - began)


def _planning(source: Source, path: Path, size: int) -> float:
    """Rows a second from records to the files of an import: identity, caches, cells."""
    records = [item for item in ingest.read(source, path) if isinstance(item, Record)]
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        plan = FirstLoad(Path(folder), 1, 1, {}, keys)
        for start in range(0, len(records), size):
            plan.write(records[start : start + size])
        files.write(plan, {"number": 1}, Path(folder), lambda _: None).arguments()
        return len(records) / (time.perf_counter() - began)


def _bulk(settings: Settings, path: Path) -> tuple[float, int]:
    """Rows a second of a whole first load, from the stop of the server to its indexes; and the rows."""
    began = time.perf_counter()
    report = load_first(settings, SOURCE, [path])
    return report.rows_read / (time.perf_counter() - began), report.rows_read


def _daily(session: Session, path: Path) -> float:
    """Rows a second through the whole daily path: reading, identity, look-ups, ledger."""
    began = time.perf_counter()
    report = load(session, SOURCE, [path])
    return report.rows_read / (time.perf_counter() - began)


def _plans(session: Session, path: Path) -> list[Plan]:
    """What the daily path wrote, planned again from nothing, without the database."""
    source = ingest.catalogue()[SOURCE]
    records = [item for item in ingest.read(source, path) if isinstance(item, Record)]
    markings = intern_markings(session.store, {record.marking for record in records})
    known: dict[str, str] = {}
    known_keys: dict[str, str] = {}
    made = []
    size = session.settings.chunk_rows
    for start in range(0, len(records), size):
        part = records[start : start + size]
        made.append(chunks.planned_alone(part, keys, known, known_keys, markings))
    return made


def _bare(session: Session, plans: list[Plan], together: int) -> float:
    """Rows a second of the same statements alone, several chunks' rows in one transaction."""
    empty(session.store)
    rows = sum(len(plan.records) for plan in plans)
    groups = [plans[start : start + together] for start in range(0, len(plans), together)]
    began = time.perf_counter()
    for group in groups:
        chunks.write_plan(session.store, joined(group))
    return rows / (time.perf_counter() - began)
