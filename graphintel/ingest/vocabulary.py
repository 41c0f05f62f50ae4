"""Closed vocabularies of a source: columns in which only certain words are expected.

A description declares one by a `lookup` that names its words and has no `*` for others, straight on a column
(`{from: Fraud, lookup: {"0": ..., "1": ...}}`), or by `closed: [column, ...]`, where the words are those of earlier loads.
"""

from __future__ import annotations

from typing import Any

import yaml

from graphintel.ingest.source import Source

Words = frozenset[str]


def vocabularies(source: Source) -> dict[str, Words]:
    """The closed columns of a source with the words that its description names, in casefold; empty for `closed` ones."""
    path = source.folder / f"{source.folder.name}.yaml"
    # All scalars as texts: "0", no and NO are words of a vocabulary like any other.
    given = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    found: dict[str, set[str]] = {str(column): set() for column in given.get("closed") or []}
    for column, words in _looked_up(given):
        found.setdefault(column, set()).update(words)
    return {column: frozenset(words) for column, words in found.items()}


def _looked_up(given: Any) -> list[tuple[str, set[str]]]:
    """Columns that a lookup without `*` reads as they stand, anywhere in a description; shared parts once."""
    found: list[tuple[str, set[str]]] = []
    waiting, known = [given], set()
    while waiting:
        part = waiting.pop()
        if id(part) in known:
            continue
        if isinstance(part, dict):
            known.add(id(part))
            words, column = part.get("lookup"), part.get("from")
            bare = isinstance(column, str) and not column.startswith("=") and "pattern" not in part
            if bare and isinstance(words, dict) and "*" not in words:
                found.append((str(column), {str(word).casefold() for word in words}))
            waiting.extend(part.values())
        elif isinstance(part, list):
            known.add(id(part))
            waiting.extend(part)
    return found
