"""Objects inside objects as columns: `routing.departure`, `persons.1.name`, for sources that name such columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphintel.errors import RowRefused
from graphintel.ingest.formats.delimited import Column

_DEEP = 6


def wanted(columns: tuple[Column, ...]) -> bool:
    """Whether a source knows columns of nested objects."""
    return any("." in alias for column in columns for alias in column.aliases)


def flattened(item: dict[str, Any]) -> dict[str, Any]:
    """One object without objects inside: names joined by points, places in lists counted from 1.

    Lists of plain values stay. RowRefused (nested_value) for what nests too deep, (bad_json) where two names become one.
    """
    found: dict[str, Any] = {}
    for name, value in _pairs("", item, 0):
        if name in found:
            raise RowRefused("bad_json", f"{name} stands twice in one object")
        found[name] = value
    return found


def _pairs(name: str, value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    if depth > _DEEP:
        raise RowRefused("nested_value", f"{name} nests values more than {_DEEP} deep")
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _pairs(f"{name}.{key}" if name else key, part, depth + 1)
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        for number, part in enumerate(value, 1):
            yield from _pairs(f"{name}.{number}", part, depth + 1)
    elif value != []:
        yield name, value
