"""What an act works with: the open store, the desk, who acts, and what they may see."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from graphintel.desk import Desk, open_desk
from graphintel.model.marking import Profile, strictest
from graphintel.settings import Settings
from graphintel.store.driver import Store, open_store
from graphintel.store.local import Progress
from graphintel.store.read import profile as profiles
from graphintel.store.schema import migrate

_FRESH = 1.0


@dataclass(slots=True)
class Session:
    """One user's work with one store."""

    settings: Settings
    store: Store
    desk: Desk
    actor: str
    _profile: Profile | None = None
    _read_at: float = field(default=0.0)

    @property
    def profile(self) -> Profile:
        """What this user may see: in local mode everything; re-read every second, since loads bring new markings."""
        if self._profile is None or time.monotonic() - self._read_at > _FRESH:
            self._profile = profiles.full_profile(self.store)
            self._read_at = time.monotonic()
        return self._profile

    def counter(self) -> int:
        """The data counter that this answer is as of."""
        return profiles.counter(self.store)

    def banner(self) -> str:
        """The strictest marking of what this user may see, in one line."""
        held = profiles.markings(self.store)
        seen = [held[number] for number in self.profile.marks if number in held]
        return strictest(seen).banner if seen else ""


@contextmanager
def open_session(settings: Settings, progress: Progress | None = None) -> Iterator[Session]:
    """Open store and desk, bring the schema up to date, and close both at the end."""
    with open_desk(settings.desk_file) as desk, open_store(settings, progress) as store:
        migrate(store)
        yield Session(settings, store, desk, settings.actor)
