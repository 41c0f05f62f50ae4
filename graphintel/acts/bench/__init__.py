"""Measurements against the bars, each as a ratio to a baseline of the same run where it can be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graphintel.acts.bench import (
    analysis,
    api,
    faults,
    index,
    ingest,
    judge,
    memory,
    opponents,
    planted,
    resolve,
)
from graphintel.acts.bench.figures import Bench, machine
from graphintel.errors import InputError
from graphintel.settings import Settings

BENCHES: dict[str, Bench] = {
    "ingest": ingest.measure,
    "memory": memory.measure,
    "faults": faults.measure,
    "api": api.measure,
    "resolve": resolve.measure,
    "index": index.measure,
    "planted": planted.measure,
    "judge": judge.measure,
    "analysis": analysis.measure,
}


def run(
    name: str, settings: Settings, data: Path | None, size: int, *, rivals: bool = False
) -> dict[str, Any]:
    """Run a benchmark by name, `rivals` with what it is measured against; InputError lists what there is."""
    if name not in BENCHES:
        raise InputError(f"There is no benchmark {name!r}; there are {', '.join(BENCHES)}.")
    if rivals and name != "resolve":
        raise InputError(f"The benchmark {name} has no opponents; `bench resolve --opponents` has.")
    own = settings.model_copy(update={"home": settings.home / "bench"})
    figures = BENCHES[name](own, data, size)
    if rivals:
        figures |= opponents.measure(own, data, size)
    return {
        "name": name,
        "machine": machine(),
        "figures": {key: figure.as_json() for key, figure in figures.items()},
    }
