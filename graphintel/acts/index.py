"""The side index kept up with the graph: read once from beginning to end, then from the counter where it stands."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphintel.acts.session import Session
from graphintel.resolve.candidates import COMPARED, Candidate, Entry, Index, entry
from graphintel.resolve.features import features
from graphintel.settings import Settings
from graphintel.store.read import changes
from graphintel.store.read.profile import full_profile, originals

Progress = Callable[[int, int, str], None]
# So many mentions are read at once, and so many made durable together: few commits leave an index that answers fast.
_READ, _KEPT = 2000, 100_000
# Which of the mentions that changed were looked at already is remembered for so many.
_REMEMBERED = 1_000_000


@dataclass(slots=True)
class Caught:
    """What catching up did: mentions read, of these written because they are new or seen by others than before, and
    taken out; whether all was built anew, and the counter that it reached."""

    read: int = 0
    written: int = 0
    removed: int = 0
    rebuilt: bool = False
    counter: int = 0
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The report in the form of the commands."""
        return {
            "read": self.read, "written": self.written, "removed": self.removed, "rebuilt": self.rebuilt, "counter": self.counter,
            "seconds": round(self.seconds, 3),
        }  # fmt: skip


def folder(settings: Settings) -> Path:
    """Where the side index of a home lies; it may be deleted at any time, and is then built again."""
    return settings.home / "index"


def catch_up(session: Session, progress: Progress | None = None) -> Caught:
    """Bring the side index up to the graph; goes on where a stopped one was. Raises Conflict while another program does."""
    began = time.monotonic()
    with Index.open(folder(session.settings), write=True) as index:
        told = _Reading(session, index, progress).run()
    told.seconds = time.monotonic() - began
    return told


def candidates(session: Session, index: Index, asked: Entry, limit: int = 100) -> list[Candidate]:
    """The candidates of a mention that this user may see, best first."""
    profile = session.profile
    marks = None if profile.sees_all else frozenset(map(session.original, profile.marks))
    return index.candidates(asked, limit, marks)


@dataclass(slots=True)
class _Reading:
    """One run over what the index has not read of the graph."""

    session: Session
    index: Index
    progress: Progress | None
    told: Caught = field(default_factory=Caught)
    looked: set[str] = field(default_factory=set)
    waiting: int = 0

    def run(self) -> Caught:
        store, index = self.session.store, self.index
        if index.counter > changes.stand(store) or index.anchor != changes.anchor(store, index.counter):
            # Another graph than the one that was read: restored, reset, or at another address.
            index.restart()
        while True:
            if not index.complete:
                self._build()
            until = changes.stand(store)
            found = changes.changes(store, index.counter, until)
            if not any(change.kind == "all" for change in found):
                break
            # A full delivery that is taken back brings back what it had closed: any mention of its source.
            index.restart()
        self._follow(found)
        self._keep(until)
        self.told.counter = until
        return self.told

    def _build(self) -> None:
        """Read all mentions by id; what is written meanwhile comes under a later counter."""
        store, index, self.told.rebuilt = self.session.store, self.index, True
        place = index.place
        counter = index.counter if place else changes.stand(store)
        anchor, total = changes.anchor(store, counter), changes.count(store)
        after: str | None = place
        while after is not None:
            ids, after = changes.scan(store, after, COMPARED)
            self._take(ids)
            self._tell(total)
            if after is not None and self.waiting >= _KEPT:
                index.commit(counter, place=after, anchor=anchor)
                self.waiting = 0
        index.commit(counter, anchor=anchor)
        self.waiting = 0
        index.finish()

    def _follow(self, found: list[changes.Change]) -> None:
        for number, change in enumerate(found, 1):
            for ids in changes.touched(self.session.store, change):
                if len(self.looked) > _REMEMBERED:
                    self.looked.clear()
                fresh = sorted(ids - self.looked)
                self.looked.update(fresh)
                self._take(fresh)
            # Several changes may share a counter: it is reached with the last of them.
            last = number == len(found) or found[number].counter > change.counter
            if last and self.waiting >= _KEPT:
                self._keep(change.counter)
            if self.progress:
                self.progress(number, len(found), "changes of the graph")

    def _take(self, ids: list[str]) -> None:
        """Put mentions into the index as the graph has them now; what nobody may see any more goes."""
        store = self.session.store
        for start in range(0, len(ids), _READ):
            part = ids[start : start + _READ]
            # Markings are read each time: a retraction may turn them while this goes on.
            found = changes.seen(store, part, COMPARED, full_profile(store), originals(store))
            held = self.index.marks(part)
            # What a mention says never changes, only who may see it.
            moved = [one for one in found if held.get(one.mention.id) != one.marks]
            self.told.written += self.index.add(entry(features(one.mention), one.marks) for one in moved)
            self.told.read += len(found)
            self.told.removed += self.index.remove(_without(part, found))
            self.waiting += len(part)

    def _keep(self, counter: int) -> None:
        if self.waiting or counter != self.index.counter:
            self.index.commit(counter, anchor=changes.anchor(self.session.store, counter))
            self.waiting = 0

    def _tell(self, total: int) -> None:
        if self.progress:
            self.progress(self.told.read, total, "mentions")


def _without(ids: Iterable[str], found: list[changes.Seen]) -> list[str]:
    there = {one.mention.id for one in found}
    return [name for name in ids if name not in there]
