"""The ledger of loads against the records in the graph: every chunk's node, hash and records, every load's counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import neo4j

from graphintel.model.ids import ledger_hash
from graphintel.store.driver import Store

_CHUNKS = (
    "MATCH (c:Chunk) RETURN c.batch AS batch, c.number AS number, c.hash AS hash, c.rows AS rows, "
    "c.records AS records, coalesce(c.records_new, 0) AS new ORDER BY batch, number"
)
# A record's history names every batch that delivered or graded it, those taken back as well.
_HOLDS = "any(one IN d.history WHERE one STARTS WITH '[' + $batch + ',')"
_KNOWN = f"UNWIND $ids AS id MATCH (d:Record {{id: id}}) WHERE {_HOLDS} RETURN count(d) AS n"
_NAMED = (
    "MATCH (d:Record) UNWIND d.history AS one WITH d, toInteger(split(substring(one, 1), ',')[0]) AS batch "
    "RETURN batch, count(DISTINCT d) AS n"
)
_BATCHES = "MATCH (b:Batch) RETURN b.number AS batch, b.records_new AS new, b.state AS state"


class Fault(NamedTuple):
    """What of the ledger and the graph does not agree; `chunk` is None where it is the whole load."""

    batch: int
    chunk: int | None
    what: str

    def __str__(self) -> str:
        """The fault in one line."""
        where = f"batch {self.batch}" if self.chunk is None else f"chunk {self.chunk} of batch {self.batch}"
        return f"{where}: {self.what}"


@dataclass(slots=True)
class Audit:
    """How much of the ledger was compared, and what does not agree."""

    batches: int = 0
    chunks: int = 0
    records: int = 0
    faults: list[Fault] = field(default_factory=list)


def audit(store: Store, report: Callable[[int, int, str], None]) -> Audit:
    """Compare every chunk with the records that it names, and every load with the records that name it."""
    found = Audit()
    named = {row["batch"]: row["n"] for row in store.records(_NAMED)}
    batches = {row["batch"]: row for row in store.records(_BATCHES)}
    total = store.read("MATCH (c:Chunk) RETURN count(c) AS n")[0]["n"]
    seen: set[int] = set()
    for batch, chunks in groupby(store.records(_CHUNKS, fetch=20), key=lambda row: int(row["batch"])):
        ids, new = set[str](), 0
        for position, row in enumerate(chunks):
            found.faults.extend(_chunk(store, row, position))
            ids.update(row["records"] or ())
            new += row["new"]
            found.chunks += 1
            report(found.chunks, total, "chunks of the ledger")
        seen.add(batch)
        found.records += len(ids)
        found.faults.extend(_batch(batch, batches.get(batch), len(ids), named.get(batch, 0), new))
    for batch, row in sorted(batches.items()):
        if batch not in seen:
            found.faults.extend(_batch(batch, row, 0, named.get(batch, 0), 0))
    found.faults.extend(Fault(batch, None, f"{count:,} records name it and it is not there")
                        for batch, count in sorted(named.items()) if batch not in batches)  # fmt: skip
    found.batches = len(batches)
    return found


def _chunk(store: Store, row: neo4j.Record, position: int) -> Iterator[Fault]:
    """What is wrong with one chunk; `position`: the number that it must have."""
    batch, number, ids = row["batch"], row["number"], row["records"]
    if number != position:
        yield Fault(batch, position, "it is not there")
    if ids is None:
        yield Fault(batch, number, "it does not name its records")
        return
    if ledger_hash(ids) != row["hash"]:
        yield Fault(batch, number, "its hash is not that of its records")
    if len(set(ids)) > (row["rows"] or 0):
        yield Fault(batch, number, f"it names {len(set(ids)):,} records of {row['rows'] or 0:,} rows")
    known = store.read(_KNOWN, {"ids": ids, "batch": str(batch)})[0]["n"]
    if known != len(ids):
        yield Fault(batch, number, f"it names {len(ids):,} records and {known:,} of them are there")


def _batch(batch: int, row: neo4j.Record | None, ledger: int, named: int, new: int) -> Iterator[Fault]:
    """What is wrong with a load as a whole."""
    if row is None:
        yield Fault(batch, None, "its chunks are there and it is not")
        return
    if ledger != named:
        yield Fault(batch, None, f"its ledger has {ledger:,} records and {named:,} records name it")
    if row["new"] is not None and row["new"] != new:
        yield Fault(batch, None, f"it says {row['new']:,} new records and its ledger {new:,}")


def cited(store: Store) -> set[str]:
    """The hashes of the evidence files that records were read from."""
    return {str(row["name"]) for row in store.records("MATCH (d:Record) RETURN DISTINCT d.sha256 AS name")}
