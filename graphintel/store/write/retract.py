"""Taking one batch back, or bringing it again: in chunks, resumed after any stop, and seen by nobody until it is whole.

First what goes is given a marking that will be hidden and what comes back is written under one that is hidden (`turns`),
then one transaction turns all of them, then what went is taken off for good and entities are put right (`tidy`). Where it
stands is on the batch node, so that the same command goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from neo4j import ManagedTransaction

from graphintel.errors import InputError, LimitReached
from graphintel.log import now
from graphintel.store.driver import Row, Store
from graphintel.store.write import aliases, tidy, turns
from graphintel.store.write.batch import hold, next_number

PAGE = 500
# Readers keep the markings that they may see for a second and then read with them for a while: so long nothing is
# touched that they go by. A read that takes longer than this may see what is being put away.
GRACE = 3.0
Progress = Callable[[int, int, str], None]
COUNTED = ("closed", "opened", "changed", "moved")
_BATCH = "MATCH (b:Batch {number: $number}) RETURN properties(b) AS b"
PENDING = (
    "MATCH (b:Batch) WHERE b.retraction IS NOT NULL RETURN b.number AS number, b.retraction_undo AS undo"
)
_TOTAL = "MATCH (c:Chunk {batch: $number}) RETURN sum(size(c.records)) AS n"
_SET = "MATCH (b:Batch {number: $number}) SET b += $p"
_ADD = "MATCH (b:Batch {number: $number}) SET " + ", ".join(
    f"b.retract_{name} = coalesce(b.retract_{name}, 0) + $n.{name}" for name in COUNTED
)


@dataclass(slots=True)
class Retraction:
    """One batch on its way out (or back in: `undo`) under the writer lease.

    `unknown`: whether readers may not have heard of the aliases yet.
    """

    store: Store
    holder: str
    number: int
    undo: bool = False
    page: int = PAGE
    grace: float = GRACE
    progress: Progress | None = None
    unknown: bool = True
    away: int = 0

    def run(self) -> Row:
        """Do it all, or what is left of it; how many records were closed, opened and changed, and links moved."""
        began = time.monotonic()
        if self.unknown:
            time.sleep(self.grace)
        while (phase := self._read().get("retraction")) == "prepare":
            if self._step(self._prepare):
                self._step(self._turn)
                time.sleep(self.grace)
        if phase == "tidy":
            while not self._step(self._tidy):
                pass
        batch = self._read()
        return {
            "batch": self.number, "state": batch["state"], "undo": self.undo,
            **{name: batch.get(f"retract_{name}", 0) for name in COUNTED},
            "seconds": round(time.monotonic() - began, 3),
        }  # fmt: skip

    def _step(self, work: Callable[[ManagedTransaction], bool]) -> bool:
        def held(tx: ManagedTransaction) -> bool:
            hold(tx, self.holder)
            return work(tx)

        while True:
            try:
                return self.store.writing(held)
            except LimitReached:
                if self.page == 1:
                    raise
                self.page //= 2

    def _read(self) -> Row:
        found = self.store.read(_BATCH, {"number": self.number})
        return dict(found[0]["b"]) if found else {}

    def _prepare(self, tx: ManagedTransaction) -> bool:
        """One page of what changes, written so that nobody sees it yet; whether there was nothing left."""
        batch = tx.run(_BATCH, number=self.number).single(strict=True)["b"]
        ids, place = turns.page(tx, batch, self.page)
        counts = turns.turn_records(tx, ids, self.number, self.undo)
        self._count(tx, counts)
        tx.run(_SET, number=self.number, p=place).consume()
        self._tell(place["retraction_rows"], batch)
        return not place["retraction_left"]

    def _turn(self, tx: ManagedTransaction) -> bool:
        """The one moment at which the batch is gone for all readers, or back."""
        aliases.turn(tx, turned=True)
        state: Row = {"retraction": "tidy", "state": "complete" if self.undo else "retracted"}
        tx.run(_SET, number=self.number, p={**state, "retracted_counter": next_number(tx)}).consume()
        return True

    def _tidy(self, tx: ManagedTransaction) -> bool:
        """One page of what is left to put away; whether that was the last."""
        rows, moved = tidy.put_away(tx, self.number, self.page)
        if rows:
            self._count(tx, {"moved": moved})
            self.away += rows
            batch = tx.run(_BATCH, number=self.number).single(strict=True)["b"]
            self._tell(batch["retraction_rows"] + self.away, batch)
            return False
        aliases.turn(tx, turned=False)
        next_number(tx)
        done = {
            "retraction": None,
            "retraction_left": None,
            "retraction_after": None,
            "retraction_undo": None,
        }
        over = {"retraction_rows": None, "retraction_total": None, "retracted_at": now()}
        tx.run(_SET, number=self.number, p={**done, **over}).consume()
        return True

    def _count(self, tx: ManagedTransaction, counts: Row) -> None:
        tx.run(_ADD, number=self.number, n={**dict.fromkeys(COUNTED, 0), **counts}).consume()

    def _tell(self, rows: int, batch: Row) -> None:
        # Each record is looked at and, if it changes, put away: twice the ledger's records, about.
        if self.progress:
            self.progress(rows, max(2 * batch["retraction_total"], rows), "rows")


def begin(store: Store, holder: str, number: int, undo: bool, about: Row) -> bool:
    """Write down that a batch is to be taken back, by whom and why; whether there are aliases that readers do not know.

    InputError for a batch that cannot be taken back.
    """

    def work(tx: ManagedTransaction) -> bool:
        hold(tx, holder)
        row = tx.run(_BATCH, number=number).single()
        _check(number, dict(row["b"]) if row else {}, undo)
        new = aliases.prepare(tx)
        counts = {f"retract_{name}": 0 for name in COUNTED}
        place = {
            "retraction": "prepare",
            "retraction_undo": undo,
            "retraction_rows": 0,
            "retraction_after": "",
        }
        total = tx.run(_TOTAL, number=number).single(strict=True)["n"]
        start = {"retraction_chunk": -1, "retraction_offset": 0, "retraction_total": total}
        tx.run(_SET, number=number, p={**about, **counts, **place, **start}).consume()
        return new

    return store.writing(work)


def _check(number: int, batch: Row, undo: bool) -> None:
    if not batch:
        raise InputError(f"There is no batch {number}; `graphintel batches` lists what was loaded.")
    if undo and batch["state"] != "retracted":
        raise InputError(f"Batch {number} is not retracted, so there is nothing to bring back.")
    if not undo and batch["state"] == "retracted":
        raise InputError(f"Batch {number} is retracted already; --undo brings it back.")


def pending(store: Store) -> tuple[int, bool] | None:
    """The batch of a retraction that was begun and is not whole, and whether it is an undoing."""
    rows = store.read(PENDING)
    return (rows[0]["number"], bool(rows[0]["undo"])) if rows else None


def resume(store: Store, holder: str, progress: Progress | None = None, grace: float = GRACE) -> Row | None:
    """Finish a retraction that was stopped half way, if there is one: nothing else may be written before."""
    found = pending(store)
    if found is None:
        return None
    return Retraction(store, holder, found[0], found[1], grace=grace, progress=progress).run()
