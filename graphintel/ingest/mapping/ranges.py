"""Numbered groups of a description, written once: `person{1..12}_name` stands for twelve columns, or twelve words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_RANGE = re.compile(r"\{(\d{1,3})\.\.(\d{1,3})\}")


def spelt_out(given: dict[str, Any]) -> dict[str, Any]:
    """The description with its ranges written out: names of columns (`#` in their other names), and words of `for`."""
    columns, parts = given.get("columns"), given.get("parts")
    more = dict(given)
    if isinstance(columns, dict):
        more["columns"] = {
            _numbered(name, number): _aliases(spec, number) if number is None else _optional(spec, number)
            for name, spec in columns.items()
            for number in _numbers(name)
        }
    if isinstance(parts, list):
        more["parts"] = [_part(part) for part in parts]
    return more


def _part(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    more = dict(part)
    if isinstance(part.get("for"), list):
        more["for"] = [one for words in part["for"] for one in _words(words)]
    if isinstance(part.get("parts"), list):
        more["parts"] = [_part(inner) for inner in part["parts"]]
    return more


def _words(words: Any) -> Iterator[Any]:
    texts = words.values() if isinstance(words, dict) else [words]
    ranged = next((text for text in texts if isinstance(text, str) and _RANGE.search(text)), "")
    for number in _numbers(ranged):
        if isinstance(words, dict):
            yield {name: _numbered(text, number) for name, text in words.items()}
        else:
            yield _numbered(words, number)


def _numbers(name: Any) -> list[int | None]:
    found = _RANGE.search(name) if isinstance(name, str) else None
    return list(range(int(found[1]), int(found[2]) + 1)) if found else [None]


def _numbered(text: Any, number: int | None) -> Any:
    if number is None or not isinstance(text, str):
        return text
    return _RANGE.sub(str(number), text).replace("#", str(number))


def _optional(spec: Any, number: int) -> dict[str, Any]:
    """A column of many alike; that a file has fewer of them is nothing to tell."""
    options = spec if isinstance(spec, dict) else {"aliases": spec or []}
    return {"required": False, **_aliases(options, number)}


def _aliases(spec: Any, number: int | None) -> Any:
    if isinstance(spec, list):
        return [_numbered(one, number) for one in spec]
    if isinstance(spec, dict):
        return {key: _aliases(one, number) if key == "aliases" else one for key, one in spec.items()}
    return _numbered(spec, number)
