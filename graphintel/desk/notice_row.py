"""A notice as a row of the inbox: what it says of itself, what it names, its cells; and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from graphintel.desk.database import Row
from graphintel.model.records import Mention, Record
from graphintel.model.values import Value

_INNER = ("number", "about", "named", "story", "origin", "owner")


def about(record: Record) -> dict[str, str]:
    """What the notice itself says: number, date, type, subject and so on."""
    own = next((mention for mention in record.mentions if mention.kind == "Notice"), None)
    told = {name: value.normal for name, value in own.values} if own else dict(record.content)
    told["type"] = told.pop("notice_type", told.get("type", ""))
    return told


def due(about: Mapping[str, str]) -> str:
    """The day by which the notice itself wants an answer, as an ISO date; empty if it names none."""
    due = about.get("deadline", "")
    # A month or a year is no day on which something is late.
    return due if len(due) == len("2024-01-31") else ""


def named(record: Record) -> list[Any]:
    """The things that a notice names, with their roles, so that they can be looked up without its file."""
    roles = {link.target: str(link.properties.get("role", "")) for link in record.links}
    return [
        [one.id, one.source, one.kind, [[name, *value] for name, value in one.values], roles.get(one.id, "")]
        for one in record.mentions
        if one.kind != "Notice"
    ]


def things(row: Row) -> list[tuple[Mention, str]]:
    """What a notice of `one` names, each with its role; empty for one that was received before this was kept."""
    return [
        (
            Mention(name, source, kind, tuple((key, _value(told)) for key, *told in values)),
            role,
        )
        for name, source, kind, values, role in row["named"]
    ]


def _value(told: list[Any]) -> Value:
    raw, normal, verdict, parts = told
    return Value(raw, normal, verdict, tuple((name, part) for name, part in parts))


def shown(row: Row) -> Row:
    """A notice as it was read from the desk, its cells and what it names opened."""
    told = {name: orjson.loads(row[name] or "[]") for name in ("content", "about", "named")}
    flags = {name: bool(row[name]) for name in ("training", "overdue")}
    return {name: value for name, value in {**row, **told, **flags}.items() if name != "pressing"}


def public(row: Row) -> Row:
    """A notice without what only the program needs; what the notice says of itself stands on the first level."""
    about = {name: row["about"].get(name, "") for name in ("number", "date", "type", "subject", "text")}
    rest = {name: value for name, value in row.items() if name not in _INNER}
    return {**about, "origin_reference": row["about"].get("origin_reference", ""), **rest}


def cells(row: Row) -> dict[str, str]:
    """The cells of a notice that was read without being opened."""
    content: dict[str, str] = orjson.loads(row["content"])
    return content
