"""What in a description is not of the mapping language, told in sentences with the keys that lead there."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from graphintel.ingest.mapping import problems
from graphintel.ingest.mapping.language import (
    DESCRIPTION,
    ColumnTable,
    Description,
    LinkTable,
    MarkingTable,
    Part,
    Thing,
    ValueTable,
    keys,
)
from graphintel.ingest.mapping.problems import Path, Problem


def misfits(given: dict[str, Any]) -> list[Problem]:
    """All places where a description is not of the language, with what is wanted there."""
    try:
        DESCRIPTION.validate_python(given)
    except ValidationError as error:
        return [_told(one, given) for one in error.errors(include_url=False, include_context=True)]
    return []


def _told(error: Any, given: Any) -> Problem:
    path = _led(error["loc"], given)
    kind = error["type"]
    if kind == "extra_forbidden":
        return Problem(path, f"there is no key {path[-1]} here{_meant(str(path[-1]))}", alone=True)
    if kind == "missing":
        return Problem(path[:-1], f"{path[-1]} is missing")
    if kind == "shape":
        return Problem(path, f"{error['msg']}, not {_brief(error['input'])}")
    if kind in ("too_short", "string_too_short"):
        return Problem(path, f"{problems.shown(path[-1:])} is empty or has too few parts")
    wanted = _WANTED.get(kind, error["msg"].lower())
    return Problem(path, f"{wanted}, not {_brief(error['input'])}")


def _meant(name: str) -> str:
    """The key that may have been meant."""
    near = get_close_matches(name, _ALL_KEYS, 1)
    return f"; is {near[0]} meant?" if near else ""


_ALL_KEYS = sorted(
    {
        key
        for table in (Description, Part, LinkTable, Thing, ValueTable, ColumnTable, MarkingTable)
        for key in keys(table)
    }
)


def _brief(given: Any) -> str:
    text = repr(given)
    return text if len(text) < 60 else f"{text[:57]}..."


_WANTED = {
    "string_type": "a text is wanted here", "list_type": "a list is wanted here", "dict_type": "a table is wanted here",
    "bool_type": "true or false is wanted here", "bool_parsing": "true or false is wanted here",
    "model_type": "a table is wanted here", "too_long": "this list has too many parts",
    "recursion_loop": "an alias must not stand inside its own anchor",
}  # fmt: skip


def _led(steps: tuple[Any, ...], given: Any) -> Path:
    """The keys that lead to an error, without the names that pydantic gives to its own branches."""
    path: list[str | int] = []
    for step in steps:
        if isinstance(step, str) and step.startswith(("<", "[key]")):
            continue
        listed = isinstance(given, list)
        path.append(step if listed else str(step))
        inside = isinstance(given, dict) and step in given
        given = given[step] if inside or (listed and isinstance(step, int) and step < len(given)) else None
    return tuple(path)
