"""What an act works with: the open store, the desk, who acts, and what they may see."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from graphintel.desk import Desk, open_desk
from graphintel.model.columns import LinkColumns
from graphintel.model.marking import Marking, Profile, strictest
from graphintel.settings import Settings
from graphintel.store.driver import Store, open_store
from graphintel.store.local import Progress
from graphintel.store.read import profile as profiles
from graphintel.store.read.whole import columns
from graphintel.store.schema import migrate

_FRESH = 1.0


@dataclass(slots=True)
class Session:
    """One user's work with one store."""

    settings: Settings
    store: Store
    desk: Desk
    actor: str
    _markings: dict[int, Marking] = field(default_factory=dict)
    _partly: bool = False
    _originals: dict[int, int] = field(default_factory=dict)
    _read_at: float = field(default=float("-inf"))
    _view: tuple[Profile, LinkColumns] | None = None

    @property
    def markings(self) -> dict[int, Marking]:
        """The store's markings by number; re-read every second, since loads bring new ones."""
        if time.monotonic() - self._read_at > _FRESH:
            self._markings = profiles.markings(self.store)
            self._partly = profiles.retracting(self.store)
            self._originals = profiles.originals(self.store)
            self._read_at = time.monotonic()
        return self._markings

    def know(self, texts: Iterable[str]) -> None:
        """Read the markings again if one of these is not among them: a load brought it just now."""
        if not set(texts) <= {marking.text for marking in self.markings.values()}:
            self._read_at = float("-inf")

    @property
    def profile(self) -> Profile:
        """What this user may see: in local mode everything."""
        return Profile(tuple(self.markings), sees_all=True, partly=self._partly)

    def original(self, marking: int) -> int:
        """The number of a marking, where a link was read under the alias that a retraction gave it."""
        return self._originals.get(marking, marking)

    def counter(self) -> int:
        """The data counter that this answer is as of."""
        return profiles.counter(self.store)

    def view(self) -> LinkColumns:
        """All visible links as columns: read once, and again when the data or what may be seen has changed."""
        profile, counter = self.profile, self.counter()
        held = self._view
        if held is None or held[0] != profile or held[1].counter != counter or profile.partly:
            held = self._view = (profile, columns(self.store, profile))
        return held[1]

    def banner(self) -> str:
        """The strictest marking of what this user may see, in one line."""
        return self.handling(self.profile.marks)

    def handling(self, marks: Iterable[int]) -> str:
        """The strictest of some markings, in one line; of all that may be seen if none is known."""
        held = self.markings
        seen = [held[number] for number in map(self.original, set(marks)) if number in held] or list(
            held.values()
        )
        return strictest(seen).banner if seen else ""


@contextmanager
def open_session(settings: Settings, progress: Progress | None = None) -> Iterator[Session]:
    """Open store and desk, bring the schema up to date, and close both at the end."""
    with open_desk(settings.desk_file) as desk, open_store(settings, progress) as store:
        migrate(store)
        yield Session(settings, store, desk, settings.actor)
