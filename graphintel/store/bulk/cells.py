"""Rows of properties as lines of the files that `neo4j-admin import` reads: typed columns, every text in quotes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from graphintel.model.display import NUMBERS
from graphintel.model.kinds import KINDS, Property
from graphintel.model.links import LINKS

# Control characters part the cells and the items of a list: cleaned text has none, other text stands in quotes.
FIELD = "\x1f"
ITEM = "\x1e"
Columns = tuple[tuple[str, str], ...]
_NAMES: dict[type, str] = {str: "string", int: "long", float: "double", bool: "boolean"}
_TYPES = {name: kind for kind, name in _NAMES.items()}
_CACHE: Columns = (
    ("display", "string"), ("names", "string[]"), ("identifiers", "string[]"), ("born", "long"), ("hub", "boolean"),
)  # fmt: skip
_MENTION: Columns = tuple((name, "string") for name in ("id", "source", "kind", "search", "raw", "verdicts"))


def quoted(text: str) -> str:
    """A text as a cell."""
    return f'"{text.replace(chr(34), chr(34) * 2)}"'


def type_of(value: Any) -> str:
    """The import's name for the type of a property value."""
    if isinstance(value, list):
        return f"{_NAMES[type(value[0])] if value else 'string'}[]"
    return _NAMES[type(value)]


def columns_of(row: Mapping[str, Any]) -> Columns:
    """The columns that hold a row as it is."""
    return tuple((name, type_of(value)) for name, value in row.items() if value is not None)


def _declared(properties: tuple[Property, ...]) -> Columns:
    return tuple(
        (
            one.name,
            ("long" if one.type == "integer" else "double" if one.type in NUMBERS else "string")
            + "[]" * one.many,
        )
        for one in properties
    )


def _once(*parts: Columns) -> Columns:
    return tuple({name: (name, kind) for part in parts for name, kind in part}.values())


@cache
def mention_columns(kind: str) -> Columns:
    """The columns of mentions of a kind."""
    return _once(_MENTION, (("uses", "long"),), _declared(KINDS[kind].properties))


@cache
def entity_columns(kind: str) -> Columns:
    """The columns of entities of a kind; an event is its own mention and has the columns of both."""
    event = mention_columns(kind) if KINDS[kind].event else ()
    return _once((("id", "string"), ("kind", "string")), _CACHE, _declared(KINDS[kind].properties), event)


@cache
def link_columns(type_name: str) -> Columns:
    """The columns of links of a type."""
    texts = ("id", "record", "from_mention", "to_mention", "basis", "grade")
    late = ("at", "valid_from", "valid_to", "precision")
    fixed = (*((name, "string") for name in texts), ("batch", "long"), ("marking", "long"))
    return _once(fixed, tuple((name, "string") for name in late), _declared(LINKS[type_name].properties))


class Sheet:
    """Columns of one file: a row becomes a line if each of its values has its column and the column's type."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._plan: list[tuple[str, Any, type]] = [
            (name, list if kind.endswith("[]") else _TYPES[kind], _TYPES[kind.removesuffix("[]")])
            for name, kind in columns
        ]

    @property
    def header(self) -> str:
        """The header of these columns."""
        return FIELD.join(f"{name}:{kind}" for name, kind in self.columns)

    def line(self, row: Mapping[str, Any]) -> str | None:
        """The cells of a row; None if it does not fit. An absent value and an empty list are empty cells."""
        cells = []
        filled = 0
        get = row.get
        for name, kind, item in self._plan:
            value = get(name)
            if value is None:
                cells.append("")
                continue
            if type(value) is not kind:
                return None
            filled += 1
            if kind is str:
                cells.append(quoted(value) if '"' in value else f'"{value}"')
            elif kind is list:
                cell = _items(value, item)
                if cell is None:
                    return None
                cells.append(cell)
            else:
                cells.append("true" if value is True else "false" if value is False else repr(value))
        if filled != len(row) and filled != sum(value is not None for value in row.values()):
            return None
        return FIELD.join(cells)


def _items(values: list[Any], item: type) -> str | None:
    if not all(type(value) is item for value in values):
        return None
    return quoted(ITEM.join(map(str, values))) if values else ""


def writable(value: list[Any]) -> bool:
    """Whether a list survives as a cell: an empty one and one of texts that part items do not."""
    return bool(value) and value != [""] and not any(ITEM in str(one) for one in value)
