"""The weights that comparing goes by: those of the home if somebody fitted and took them, else those that ship."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graphintel.errors import InputError
from graphintel.resolve.score import Weights, shipped
from graphintel.resolve.score.weights import read
from graphintel.settings import Settings

Row = dict[str, Any]
#: The name by which the weights of the program are gone back to.
SHIPPED = "shipped"
_CURRENT = "current"
_PREFIX = "fit-"


def folder(settings: Settings) -> Path:
    """Where the fitted weights of a home lie, a file a version."""
    return settings.home / "weights"


def current(settings: Settings) -> Weights:
    """The weights in use; InputError if those of the home cannot be read."""
    name = _taken(settings)
    return read(folder(settings) / f"{name}.json") if name else shipped()


def _taken(settings: Settings) -> str:
    try:
        return (folder(settings) / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def keep(settings: Settings, made: Weights) -> Path:
    """Write weights down as a version of the home, which is not in use by that."""
    place = folder(settings)
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{made.version}.json"
    path.write_bytes(made.as_json())
    return path


def use(settings: Settings, version: str) -> Weights:
    """Compare by a version of the home from now on, or by `shipped`; InputError lists what there is."""
    known = [row["version"] for row in listed(settings)]
    if version not in (SHIPPED, *known):
        raise InputError(f"There are no weights {version!r}; there are {', '.join([SHIPPED, *known[1:]])}.")
    place = folder(settings)
    if version in (SHIPPED, shipped().version):
        (place / _CURRENT).unlink(missing_ok=True)
        return shipped()
    found = read(place / f"{version}.json")
    beside = place / f"{_CURRENT}.new"
    beside.write_text(version, encoding="utf-8")
    beside.replace(place / _CURRENT)
    return found


def listed(settings: Settings) -> list[Row]:
    """The shipped weights and the versions of the home: when fitted, to how many pairs, how they did, which is in use."""
    files = sorted(folder(settings).glob(f"{_PREFIX}*.json"))
    found = [shipped(), *(read(path) for path in files)]
    taken = _taken(settings) or shipped().version
    return [
        {"version": one.version, "hash": one.hash(), "in_use": one.version == taken, "when": one.about.get("when", ""),
         "pairs": one.about.get("pairs", 0), "held_out": one.about.get("held_out", {}).get("after", {})}
        for one in found
    ]  # fmt: skip


def named(data: str, when: str) -> str:
    """The name of a version, by its day and what it was fitted to."""
    return f"{_PREFIX}{when[:10]}-{data[:8]}"
