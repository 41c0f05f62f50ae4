"""The side index as one: entries in and out, and the candidates of an entry from keys and grams together."""

from __future__ import annotations

import heapq
import math
import threading
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

import orjson

from graphintel.errors import Conflict
from graphintel.resolve.candidates import generation as generations
from graphintel.resolve.candidates.entry import Entry
from graphintel.resolve.candidates.generation import Generation
from graphintel.resolve.candidates.keys import WORTH
from graphintel.resolve.candidates.lock import WriterLock
from graphintel.resolve.candidates.namesakes import Measured, Namesake

# A bucket of more says nothing that a smaller one does not say better.
BUCKET = 200
_FUZZY = 100
# What having all grams of a name is worth beside a shared key.
_GRAMS_WORTH = 6.0
# Who shares less of them shares what any two names do.
_LEAST = 0.05
_CHUNK = 20_000
# Few commits leave few segments of grams, each of which every question goes through.
_COMMITTED = 100_000


class Candidate(NamedTuple):
    """A mention that may be the same thing: its id, how much speaks for looking at it, and the rules that found it."""

    id: str
    weight: float
    via: tuple[str, ...]


class Index:
    """The side index of a home; opened by `Index.open`, written by one program, read by many."""

    def __init__(self, folder: Path, found: Generation, lock: WriterLock | None) -> None:
        self.folder = folder
        self._open = found
        self._lock = lock
        self._guard = threading.Lock()

    @classmethod
    def open(cls, folder: Path, *, write: bool = False) -> Index:
        """The index in a folder. Raises Conflict for a second writer, and for a reader where none is built."""
        if not write:
            path = generations.current(folder)
            if path is None:
                raise Conflict(
                    f"There is no side index in {folder} by the present rules; `graphintel resolve run` builds it."
                )
            return cls(folder, Generation(path, write=False), None)
        with ExitStack() as failed:
            lock = WriterLock(folder)
            failed.callback(lock.release)
            path = generations.unfinished(folder) or generations.current(folder) or generations.begun(folder)
            generations.sweep(folder, path)
            found = cls(folder, Generation(path, write=True), lock)
            failed.pop_all()
        return found

    @property
    def counter(self) -> int:
        """The data counter up to which the graph is in the index."""
        return int(self._open.table.state().get("counter", 0))

    @property
    def place(self) -> str:
        """Where a first reading of the graph stopped; empty at its beginning, and when all is read."""
        return self._open.table.state().get("place", "")

    @property
    def anchor(self) -> str:
        """What the graph was known by when it was read last: another one means another graph."""
        return self._open.table.state().get("anchor", "")

    @property
    def complete(self) -> bool:
        """Whether a first reading of the graph was finished."""
        return generations.current(self.folder) == self._open.path

    def __len__(self) -> int:
        return self._open.table.count()

    def marks(self, ids: Iterable[str]) -> dict[str, frozenset[int]]:
        """Those of some mentions that are in the index, each with its markings."""
        return self._open.table.marks(ids)

    def add(self, entries: Iterable[Entry]) -> int:
        """Add entries, in the place of older ones of the same ids; how many. They count from the next commit on."""
        fuzzy, total, stream = self._open.fuzzy, 0, iter(entries)
        while part := list(islice(stream, _CHUNK)):
            unique = list({one.id: one for one in part}.values())
            put, old = self._open.table.put(unique)
            fuzzy.drop(old)
            for row, one, held in put:
                fuzzy.put(row, one.id, one.grams, held)
            total += len(unique)
        return total

    def remove(self, ids: Iterable[str]) -> int:
        """Take mentions out; how many were there. They answer until the next commit."""
        rows = self._open.table.drop(ids)
        self._open.fuzzy.drop(rows)
        return len(rows)

    def commit(self, counter: int, *, place: str = "", anchor: str = "") -> None:
        """Make all of it durable together with the counter of the graph that it was read at."""
        # Grams first: should the program end between the two, the graph is read again from the older counter.
        self._open.fuzzy.commit()
        if self._open.tidy():
            self._open.fuzzy.commit()
        self._open.table.note(counter=str(counter), place=place, anchor=anchor)
        self._open.table.commit()

    def restart(self) -> None:
        """Begin a generation of its own, empty; the present one answers until `finish`."""
        path = generations.begun(self.folder)
        self._open.close()
        generations.sweep(self.folder, path)
        self._open = Generation(path, write=True)

    def finish(self) -> None:
        """Let what was built answer from now on; readers change over by themselves."""
        old = generations.current(self.folder)
        generations.make_current(self.folder, self._open.path)
        if old is not None and old != self._open.path:
            left = Generation(old, write=True)
            left.table.note(superseded="1")
            left.table.commit()
            left.close()

    def rebuild(self, entries: Iterable[Entry], counter: int, *, anchor: str = "") -> int:
        """Build all of it anew from a stream of entries; how many."""
        self.restart()
        total, stream = 0, iter(entries)
        while part := list(islice(stream, _CHUNK)):
            total += self.add(part)
            if total % _COMMITTED < _CHUNK:
                self.commit(counter, place=part[-1].id, anchor=anchor)
        self.commit(counter, anchor=anchor)
        self.finish()
        return total

    def namesakes(self, number: int, most: int) -> list[Namesake]:
        """The statements of one name, by id, at most so many; see `namesakes.called_as`."""
        with self._guard:
            self._refresh()
            return self._open.table.namesakes(number, most)

    def measured(self) -> list[Measured]:
        """How often an equal name was right, by rule, about statements whose number was hidden."""
        with self._guard:
            self._refresh()
            return self._open.table.measured()

    def candidates(
        self, asked: Entry, limit: int = 100, marks: Collection[int] | None = None
    ) -> list[Candidate]:
        """Other mentions that may be the same thing, best first; `marks`: what the reader may see, None for everything."""
        with self._guard:
            self._refresh()
            with self._open.table.reading():
                return self._ranked(asked, limit, marks)

    def _ranked(self, asked: Entry, limit: int, marks: Collection[int] | None) -> list[Candidate]:
        table = self._open.table
        seen = None if marks is None else table.held_by(marks)
        own = table.rows([asked.id]).get(asked.id)
        weights, via = self._gathered(asked, own, seen)
        if not weights:
            return []
        # All that weigh as much as the last one, so that the id decides and not the order in which they came.
        last = heapq.nlargest(limit, weights.values())[-1]
        rows = [row for row, weight in weights.items() if weight >= last]
        allowed = None if seen is None else set(seen)
        found = [
            Candidate(name, weights[row], tuple(sorted(via[row])))
            for row, (name, held) in table.named(rows).items()
            if allowed is None or held in allowed
        ]
        return sorted(found, key=lambda one: (-one.weight, one.id))[:limit]

    def _gathered(
        self, asked: Entry, own: int | None, seen: list[int] | None
    ) -> tuple[dict[int, float], dict[int, set[str]]]:
        weights: dict[int, float] = {}
        via: dict[int, set[str]] = {}
        held = None if seen is None else orjson.dumps(seen).decode()
        for rule, number in asked.asked:
            rows = [row for row in self._open.table.bucket(number, BUCKET + 2, held) if row != own]
            if not rows or len(rows) > BUCKET:
                continue
            worth = WORTH[rule] / math.sqrt(len(rows))
            for row in rows:
                rules = via.setdefault(row, set())
                # Two numbers that are nearly equal share many keys, which say the same.
                if rule != "near-number" or rule not in rules:
                    weights[row] = weights.get(row, 0.0) + worth
                    rules.add(rule)
        for row, share in self._open.fuzzy.find(asked.grams, _FUZZY + 1, seen):
            if row != own and share >= _LEAST:
                weights[row] = weights.get(row, 0.0) + _GRAMS_WORTH * share
                via.setdefault(row, set()).add("grams")
        return {row: round(weight, 5) for row, weight in weights.items()}, via

    def _refresh(self) -> None:
        """See what the writer committed since; change over to the generation that it built."""
        if self._lock is not None or not self._open.table.refresh():
            return
        if "superseded" in self._open.table.state():
            path = generations.current(self.folder)
            if path is not None:
                self._open.close()
                self._open = Generation(path, write=False)
                return
        self._open.fuzzy.reload()

    def close(self) -> None:
        """Give up what is not committed, and let the next writer in."""
        with self._guard:
            self._open.close()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
