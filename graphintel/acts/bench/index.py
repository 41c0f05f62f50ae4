"""`bench index`: what the side index finds of noisy copies, and what that and building it cost, on invented parties."""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from graphintel.acts.bench.figures import Figure, Figures, percentile
from graphintel.acts.bench.invented import SCRIPTS, Invention, Party
from graphintel.resolve.candidates import Entry, Index, entry
from graphintel.resolve.features import described
from graphintel.settings import Settings

MENTIONS = 100_000
_SEED = 17
_ASKED = 2000
_MARKING = 1
# One in twenty is stored in Arabic script and asked for in Latin letters.
_ARABIC, _GROUP = 20, "arabic_stored"
_TOP = 50
_MOST, _MILLISECONDS, _MEMORY = 100, 5.0, 4000.0
_KILO = 1 if sys.platform == "darwin" else 1024


class Told(NamedTuple):
    """What one process measured: seconds of building, what the files take, and per question what came of it."""

    seconds: float
    disk: int
    memory: float
    asked: list[Answer]


class Answer(NamedTuple):
    """One noisy copy asked for: its script or kind, how many candidates, CPU milliseconds, and the rank of the original."""

    group: str
    candidates: int
    milliseconds: float
    rank: int


def measure(settings: Settings, data: Path | None, size: int) -> Figures:
    """Build an index of `size` invented mentions (10^5 if 0) and ask it for copies in four scripts, in its own process."""
    mentions = size or MENTIONS
    folder = settings.home / "bench-index"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            told = pool.apply(_measured, (folder, mentions))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return _figures(mentions, told)


def _figures(mentions: int, told: Told) -> Figures:
    cpu = [one.milliseconds for one in told.asked]
    mean = sum(cpu) / len(cpu)
    most = max(one.candidates for one in told.asked)
    each = sum(one.candidates for one in told.asked) / len(told.asked)
    found: Figures = {
        "mentions": Figure(mentions, "mentions"),
        "candidates_most": Figure(most, "candidates", f"<= {_MOST}", most <= _MOST),
        "candidates_mean": Figure(each, "candidates"),
        "retrieval_cpu": Figure(mean, "ms", f"<= {_MILLISECONDS:g}", mean <= _MILLISECONDS),
        "retrieval_cpu_p95": Figure(percentile(cpu, 0.95), "ms"),
        "build": Figure(mentions / told.seconds, "rows/s"),
        "memory": Figure(told.memory, "MB", f"<= {_MEMORY:g}", told.memory <= _MEMORY),
        "disk": Figure(told.disk / mentions, "bytes/mention"),
    }
    asked = Counter(one.group for one in told.asked)
    for group in sorted(asked):
        hits = sum(one.group == group and 0 < one.rank <= _TOP for one in told.asked)
        found[f"recall_50_{group}"] = Figure(hits / asked[group], "share")
    found["recall_50"] = Figure(sum(0 < one.rank <= _TOP for one in told.asked) / len(told.asked), "share")
    found["recall_100"] = Figure(sum(one.rank > 0 for one in told.asked) / len(told.asked), "share")
    return found


def _measured(folder: Path, mentions: int) -> Told:
    invention = Invention(_SEED)
    chosen = frozenset(Random(_SEED).sample(range(mentions), min(_ASKED, mentions)))
    kept: dict[int, Party] = {}

    def entries() -> Iterator[Entry]:
        for number, party in enumerate(invention.parties(mentions)):
            if number in chosen:
                kept[number] = party
            if number % _ARABIC == 0:
                party = invention.again(party, "arabic")
            yield entry(described(party.kind, str(number), party.stated), (_MARKING,))

    began = time.perf_counter()
    with Index.open(folder, write=True) as index:
        index.rebuild(entries(), 1)
    seconds = time.perf_counter() - began
    with Index.open(folder) as index:
        asked = [_asked(index, invention, place, number, party)
                 for place, (number, party) in enumerate(kept.items())]  # fmt: skip
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Told(seconds, disk, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILO / 1e6, asked)


def _asked(index: Index, invention: Invention, place: int, number: int, party: Party) -> Answer:
    stored = number % _ARABIC == 0
    script = "turkish" if stored else SCRIPTS[place % len(SCRIPTS)]
    copy = invention.again(party, script)
    wanted = entry(described(copy.kind, "asked", copy.stated))
    began = time.process_time()
    found = index.candidates(wanted)
    spent = (time.process_time() - began) * 1e3
    rank = next((rank for rank, one in enumerate(found, 1) if one.id == str(number)), 0)
    group = "plates" if party.kind == "Vehicle" else _GROUP if stored else script
    return Answer(group, len(found), spent, rank)
