"""A benchmark's answer: figures with unit, bar and whether it holds, on a store of its own."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from graphintel.settings import Settings


class Figure(NamedTuple):
    """One measured value; `bar` in words, `holds` None where there is no bar."""

    value: float
    unit: str
    bar: str = ""
    holds: bool | None = None

    def as_json(self) -> dict[str, Any]:
        """The figure in the contract's form."""
        return {"value": round(self.value, 4), "unit": self.unit, "bar": self.bar, "holds": self.holds}


Figures = dict[str, Figure]
Bench = Callable[[Settings, Path | None, int], Figures]


def machine() -> str:
    """The machine in one line."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def percentile(values: list[float], share: float) -> float:
    """The value below which a share of the values lie, nearest rank."""
    ranked = sorted(values)
    return ranked[min(int(share * len(ranked)), len(ranked) - 1)]
