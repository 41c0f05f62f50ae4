"""The cache on an entity: display name, names, identifiers and first values, computed from its mentions."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graphintel.model.fold import compact, fold
from graphintel.model.kinds import KINDS
from graphintel.model.records import Mention

_NUMBERS = ("number", "integer", "money")
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


def stored(mention: Mention) -> dict[str, Any]:
    """A mention's values as node properties: normalised, numbers as numbers, many-valued ones as lists."""
    kind = KINDS[mention.kind]
    row: dict[str, Any] = {}
    for name, value in mention.values:
        declared = kind.property(name)
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
    if type_name not in _NUMBERS:
        return normal
    try:
        return int(normal) if type_name == "integer" else float(normal)
    except ValueError:
        return normal


def search_text(kind: str, row: dict[str, Any]) -> str:
    """What full-text search reads of a mention: folded names and texts, identifiers without their separators."""
    words: list[str] = []
    for declared in KINDS[kind].properties:
        content = row.get(declared.name)
        for one in each(content):
            if isinstance(one, str) and one:
                words.append(fold(one))
                if declared.type not in _TEXTS or declared.name in (
                    "number",
                    "lrn",
                    "external_id",
                    "code",
                    "registry_no",
                ):
                    words.append(compact(one).lower())
    return " ".join(dict.fromkeys(words))[:2000]


def identifiers_of(kind: str, row: dict[str, Any]) -> list[str]:
    """The identifiers among a mention's values, compact: what a pasted plate or container number is compared with."""
    found = []
    for declared in KINDS[kind].properties:
        if declared.type in _TEXTS and declared.name not in (
            "number",
            "lrn",
            "code",
            "registry_no",
            "external_id",
        ):
            continue
        content = row.get(declared.name)
        for one in each(content):
            if isinstance(one, str) and compact(one):
                found.append(compact(one))
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


def merged(kind: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The cache of an entity over its mentions' rows; the order of the rows does not matter.

    The most often stated value comes first, ties by the value itself. `names`, `identifiers`: all of them.
    """
    counted: dict[str, Counter[Any]] = {}
    for row in rows:
        for declared in KINDS[kind].properties:
            content = row.get(declared.name)
            for one in each(content):
                if one not in (None, ""):
                    counted.setdefault(declared.name, Counter())[one] += 1
    best: dict[str, Any] = {}
    for name, counts in counted.items():
        ranked = sorted(counts, key=lambda one: (-counts[one], str(one)))
        best[name] = ranked if KINDS[kind].property(name).many else ranked[0]
    names = [
        one for name in ("name", "alias", "former_name") for one in sorted(map(str, counted.get(name, ())))
    ]
    found: list[str] = []
    for row in rows:
        found.extend(identifiers_of(kind, row))
    return {
        **best, "kind": kind, "display": label(kind, best), "names": list(dict.fromkeys(names)),
        "identifiers": sorted(set(found)),
    }  # fmt: skip
