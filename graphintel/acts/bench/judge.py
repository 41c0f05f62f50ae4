"""`bench judge`: how long a verdict takes, on small things and where one side is a hub, and what it moves."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import NamedTuple

from graphintel.acts.bench.figures import Figure, Figures, percentile
from graphintel.acts.judge import judge, undo
from graphintel.acts.session import Session, open_session
from graphintel.settings import Settings
from graphintel.store.write.made import count_uses, heavy_tailed

HUB = 100_000
_LINKS = 1.5
_PAIRS = 200
# What is split off a hub in practice: a statement or a few, with their links.
_SMALL = range(2, 20)


class Timed(NamedTuple):
    """One act: its seconds, and how many links it moved."""

    seconds: float
    moved: int


def measure(settings: Settings, data: Path | None, size: int) -> Figures:
    """Judge on a graph with a hub of `size` links (100,000 if 0): 200 small pairs, and a small thing with the hub."""
    del data
    settings.home.mkdir(parents=True, exist_ok=True)
    hub_links = size or HUB
    with open_session(settings) as session:
        degree = heavy_tailed(session.store, int(hub_links * _LINKS), hub_links)
        count_uses(session.store)
        hub, *largest = sorted(degree, key=lambda name: (-degree[name], name))
        small = sorted(name for name in degree if degree[name] in _SMALL)
        first, *rest = random.Random(3).sample(small, min(2 * _PAIRS + 1, len(small)))
        joined, parted = _there_and_back(session, first, hub)
        met, left = _there_and_back(session, largest[0], hub)
        pairs = list(zip(rest[::2], rest[1::2], strict=False))
        times = [_judged(session, one, other, number) for number, (one, other) in enumerate(pairs)]
    p95 = percentile(times, 0.95)
    return {
        "hub": Figure(hub_links, "links"),
        "pairs": Figure(len(times), "verdicts"),
        "verdict_p50": Figure(1000 * percentile(times, 0.5), "ms"),
        "verdict_p95": Figure(1000 * p95, "ms", "<= 300", p95 <= 0.3),
        "join_hub": Figure(joined.seconds, "s"),
        "split_hub": Figure(parted.seconds, "s", "<= 10", parted.seconds <= 10),
        "split_moved": Figure(parted.moved, "links", f"<= {_SMALL.stop}", parted.moved <= _SMALL.stop),
        "large_join": Figure(met.seconds, "s"),
        "large_split": Figure(left.seconds, "s"),
        "large_moved": Figure(left.moved, "links"),
    }


def _there_and_back(session: Session, one: str, other: str) -> tuple[Timed, Timed]:
    """Two things judged the same, and that judgement taken back."""
    began = time.perf_counter()
    told = judge(session, one, other, "same", reason="measured")
    middle = time.perf_counter()
    back = undo(session, told["judgement"], reason="measured")
    return Timed(middle - began, told["moved"]), Timed(time.perf_counter() - middle, back["moved"])


def _judged(session: Session, one: str, other: str, number: int) -> float:
    """Seconds of one verdict; they take turns."""
    began = time.perf_counter()
    judge(session, one, other, ("same", "different", "unsure")[number % 3], reason="measured")
    return time.perf_counter() - began
