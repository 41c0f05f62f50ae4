"""A program that writes a side index commit by commit, to be ended at any moment, and what it writes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from graphintel.acts.bench.invented import Invention
from graphintel.resolve.candidates import Entry, Index, entry
from graphintel.resolve.features import described

COMMITS = 20
_NAMES = 600


def steps() -> Iterator[tuple[list[Entry], list[str]]]:
    """Commits, each with some new, some changed and some removed entries."""
    draw, parties = Random(4), list(Invention(21).parties(_NAMES))
    each = _NAMES // COMMITS
    for number in range(COMMITS):
        added = []
        for place in [*range(number * each, number * each + each), *draw.sample(range(_NAMES), 10)]:
            party = parties[place] if draw.random() < 0.7 else draw.choice(parties)
            stated = described(party.kind, f"m{place:04}", party.stated)
            added.append(entry(stated, (1 + place % 2,)))
        yield added, [f"m{draw.randrange(_NAMES):04}" for _ in range(6)]


def write(folder: Path) -> None:
    """Write what is missing of the commits."""
    with Index.open(folder, write=True) as index:
        print("open", flush=True)
        for counter, (added, removed) in enumerate(steps(), 1):
            if counter > index.counter:
                index.add(added)
                index.remove(removed)
                index.commit(counter)
        index.finish()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
