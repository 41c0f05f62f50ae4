"""The cache on an entity: display name, names, identifiers and first values, computed from its mentions."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

from graphintel.model.fold import compact, fold
from graphintel.model.kinds import KINDS, Property
from graphintel.model.records import Mention

NUMBERS = ("number", "integer", "money")
_TEXTS = (
    "text",
    "name",
    "date",
    "gender",
    "mode",
    "currency",
    "money",
    "number",
    "integer",
    "quantity",
    "country",
)


@cache
def _declared(kind: str, name: str) -> Property:
    return KINDS[kind].property(name)


def stored(mention: Mention) -> dict[str, Any]:
    """A mention's values as node properties: normalised, numbers as numbers, many-valued ones as lists."""
    row: dict[str, Any] = {}
    for name, value in mention.values:
        declared = _declared(mention.kind, name)
        content = typed(declared.type, value.normal)
        if declared.many:
            row.setdefault(name, []).append(content)
        else:
            row.setdefault(name, content)
    return row


def each(content: Any) -> list[Any]:
    """The values of a property, whether it holds one or several."""
    return content if isinstance(content, list) else [content]


def typed(type_name: str, normal: str) -> str | float | int:
    """A normalised text as the type that a query wants: numbers as numbers, everything else as text."""
    if type_name not in NUMBERS:
        return normal
    try:
        return int(normal) if type_name == "integer" else float(normal)
    except ValueError:
        return normal


# Texts that identify all the same: they are found and compared as identifiers are.
_CODES = ("number", "lrn", "code", "registry_no", "external_id")


@cache
def _searched(kind: str) -> tuple[tuple[str, bool], ...]:
    """Each property of a kind, and whether it is also searched without its separators."""
    return tuple((one.name, one.type not in _TEXTS or one.name in _CODES) for one in KINDS[kind].properties)


@cache
def _identifying(kind: str) -> tuple[str, ...]:
    return tuple(name for name, compacted in _searched(kind) if compacted)


def search_text(kind: str, row: dict[str, Any]) -> str:
    """What full-text search reads of a mention: folded names and texts, identifiers without their separators."""
    words: list[str] = []
    for name, compacted in _searched(kind):
        if name not in row:
            continue
        for one in each(row[name]):
            if isinstance(one, str) and one:
                words.append(fold(one))
                if compacted:
                    words.append(compact(one).lower())
    return " ".join(dict.fromkeys(words))[:2000]


def identifiers_of(kind: str, row: dict[str, Any]) -> list[str]:
    """The identifiers among a mention's values, compact: what a pasted plate or container number is compared with."""
    found = []
    for name in _identifying(kind):
        if name not in row:
            continue
        for one in each(row[name]):
            if isinstance(one, str) and (code := compact(one)):
                found.append(code)
    return list(dict.fromkeys(found))


def label(kind: str, row: dict[str, Any]) -> str:
    """The name under which a thing is shown: the first value of the kind's display rule, else the kind's title."""
    for name in KINDS[kind].display:
        content = row.get(name)
        if isinstance(content, list):
            content = content[0] if content else None
        if content not in (None, ""):
            return shown(kind, name, str(content), row)
    return KINDS[kind].title


def shown(kind: str, name: str, content: str, row: dict[str, Any]) -> str:
    """One value as people write it: an HS code with its word, a seizure with its date."""
    if kind == "Commodity" and name == "hs":
        return f"HS {content}"
    if kind == "Seizure" and name == "date":
        return f"{KINDS[kind].title} {content}"
    return content


@cache
def _names(kind: str) -> tuple[str, ...]:
    return tuple(one.name for one in KINDS[kind].properties)


def _ranked(values: list[Any]) -> list[Any]:
    """The different ones of some values, the most frequent first, ties by the value itself."""
    if len(values) == 1:
        return values
    counts = Counter(values)
    return sorted(counts, key=lambda one: (-counts[one], str(one)))


def merged(kind: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The cache of an entity over its mentions' rows; the order of the rows does not matter.

    The most often stated value comes first, ties by the value itself. `names`, `identifiers`: all of them.
    """
    stated: dict[str, list[Any]] = {}
    for row in rows:
        for name in _names(kind):
            if name in row:
                told = [one for one in each(row[name]) if one not in (None, "")]
                if told:
                    stated.setdefault(name, []).extend(told)
    best: dict[str, Any] = {}
    for name, values in stated.items():
        ranked = _ranked(values)
        best[name] = ranked if _declared(kind, name).many else ranked[0]
    names = [
        one for name in ("name", "alias", "former_name") for one in sorted(map(str, stated.get(name, ())))
    ]
    found: list[str] = []
    for row in rows:
        found.extend(identifiers_of(kind, row))
    return {
        **best, "kind": kind, "display": label(kind, best), "names": list(dict.fromkeys(names)),
        "identifiers": sorted(set(found)),
    }  # fmt: skip
