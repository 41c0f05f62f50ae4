"""One load: its batch node, the markings it needs, and the writer lease that makes two loads take turns."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from neo4j import ManagedTransaction

from graphintel.errors import Conflict
from graphintel.log import now
from graphintel.model.marking import Marking, parse_marking, strictest
from graphintel.store.driver import Store
from graphintel.store.write.statements import COUNTER

_LEASE_SECONDS = 90
# The store's clock, in seconds: programs on several machines have several clocks, and each may be wrong.
CLOCK = "timestamp() / 1000.0"
TAKE = (
    f"MERGE (l:Lease {{name: 'writer'}}) ON CREATE SET l.until = 0 SET l.asked = {CLOCK} "
    f"WITH l, l.until < {CLOCK} OR l.holder = $holder OR l.until = $unmoved AS free "
    "SET l.holder = CASE WHEN free THEN $holder ELSE l.holder END, "
    f"l.until = CASE WHEN free THEN {CLOCK} + $seconds ELSE l.until END "
    "RETURN free, l.until AS until"
)
HOLD = (
    f"MATCH (l:Lease {{name: 'writer', holder: $holder}}) SET l.until = {CLOCK} + $seconds "
    "RETURN coalesce(l.judged, 0) AS judged"
)
DROP = "MATCH (l:Lease {name: 'writer', holder: $holder}) SET l.until = 0 REMOVE l.holder"


def next_number(tx: ManagedTransaction) -> int:
    """The next value of the one counter of loads, retractions and judgements, in the transaction that uses it."""
    row = tx.run(COUNTER).single(strict=True)
    return int(row["value"])


def hold(tx: ManagedTransaction, holder: str) -> int:
    """Renew the writer lease inside a chunk's transaction, and the counter of the last judgement, 0 if there is none.

    Raises Conflict if another program has taken the lease.
    """
    row = tx.run(HOLD, holder=holder, seconds=_LEASE_SECONDS).single()
    if row is None:
        raise Conflict(
            "Another load has taken over the store's writer lease; run this load again, nothing is lost."
        )
    return int(row["judged"])


@contextmanager
def writer(store: Store, waiting: Callable[[], None] | None = None, seconds: float = 3600.0) -> Iterator[str]:
    """Hold the store's writer lease; waits for another load to finish and raises Conflict after `seconds`."""
    holder = uuid.uuid4().hex
    _wait(store, holder, waiting, time.monotonic() + seconds)
    try:
        yield holder
    finally:
        store.writing(lambda tx: tx.run(DROP, holder=holder).consume())


def _wait(store: Store, holder: str, waiting: Callable[[], None] | None, deadline: float) -> None:
    """Wait for the lease: until it has run out, or nobody has renewed it for as long as it lasts.

    The latter ends the wait where the store's clock was set back after a load that never gave its lease up.
    """
    seen, since, unmoved = None, 0.0, None
    while True:
        row = store.writing(partial(_take, holder=holder, unmoved=unmoved))
        if row["free"]:
            return
        if row["until"] != seen:
            seen, since = row["until"], time.monotonic()
        unmoved = seen if time.monotonic() - since > _LEASE_SECONDS else None
        if time.monotonic() > deadline:
            raise Conflict(
                "Another load has held the store for an hour; wait for it, or stop it, and run this again."
            )
        if waiting:
            waiting()
        time.sleep(0.2)


def _take(tx: ManagedTransaction, holder: str, unmoved: float | None) -> dict[str, Any]:
    return tx.run(TAKE, holder=holder, seconds=_LEASE_SECONDS, unmoved=unmoved).single(strict=True).data()


def intern_markings(store: Store, markings: set[Marking]) -> dict[str, int]:
    """The number of each marking by its canonical text, new ones numbered."""

    def work(tx: ManagedTransaction) -> dict[str, int]:
        rows = tx.run("MATCH (m:Marking) WHERE m.text IS NOT NULL RETURN m.text AS text, m.number AS number")
        numbers = {row["text"]: row["number"] for row in rows}
        for marking in sorted(markings, key=lambda item: item.text):
            if marking.text not in numbers:
                numbers[marking.text] = new_marking(tx, text=marking.text)
        return numbers

    return store.writing(work)


def new_marking(tx: ManagedTransaction, **properties: str | int) -> int:
    """Number a new marking, which a text names or which stands for another for a while."""
    row = tx.run("MATCH (m:Marking) RETURN coalesce(max(m.number), 0) + 1 AS number").single(strict=True)
    number = int(row["number"])
    tx.run("CREATE (m:Marking) SET m = $p", p={**properties, "number": number}).consume()
    return number


def intern_in(tx: ManagedTransaction, marking: Marking) -> int:
    """The number of a marking, numbered in this transaction if it is new."""
    found = tx.run("MATCH (m:Marking {text: $text}) RETURN m.number AS number", text=marking.text).single()
    return int(found["number"]) if found else new_marking(tx, text=marking.text)


def joined_marking(tx: ManagedTransaction, held: dict[str, int], numbers: tuple[int, ...]) -> int:
    """The number of the strictest of some markings, numbered in this transaction if it is new."""
    if len(numbers) == 1:
        return numbers[0]
    rows = tx.run("MATCH (m:Marking) WHERE m.number IN $some RETURN m.text AS text", some=list(numbers))
    joined = strictest(parse_marking(row["text"]) for row in rows)
    return held[joined.text] if joined.text in held else intern_in(tx, joined)


def busy(store: Store, number: int) -> bool:
    """Whether a batch is being loaded at this moment; one that is open with nobody at work was stopped."""
    rows = store.read(
        "MATCH (b:Batch {number: $number, state: 'open'}) MATCH (l:Lease {name: 'writer'}) "
        f"WHERE l.until > {CLOCK} RETURN 1 AS yes",
        {"number": number},
    )
    return bool(rows)


def taken_back(tx: ManagedTransaction) -> frozenset[int]:
    """The batches that were retracted."""
    rows = tx.run("MATCH (b:Batch) WHERE b.state = 'retracted' RETURN b.number AS number")
    return frozenset(row["number"] for row in rows)


def begin(store: Store, properties: dict[str, Any]) -> int:
    """Write a new batch node with the next number and return it."""

    def work(tx: ManagedTransaction) -> int:
        number = next_number(tx)
        tx.run(
            "CREATE (b:Batch) SET b = $p", p={**properties, "number": number, "at": now(), "state": "open"}
        )
        return number

    return store.writing(work)


def committed(store: Store, chunks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Which of some chunks (batch, number) are in the store."""
    rows = store.read(
        "UNWIND $chunks AS one MATCH (c:Chunk {batch: one[0], number: one[1]}) RETURN c.batch AS batch, c.number AS number",
        {"chunks": [list(one) for one in chunks]},
    )
    return [(row["batch"], row["number"]) for row in rows]


def finish(store: Store, number: int, properties: dict[str, Any]) -> None:
    """Close a batch with its counts."""
    store.writing(
        lambda tx: tx.run(
            "MATCH (b:Batch {number: $number}) SET b += $p, b.state = 'complete', b.finished = $at",
            number=number, p=properties, at=now(),
        ).consume()
    )  # fmt: skip
