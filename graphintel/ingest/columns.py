"""What a column looks like: kind, quantiles, frequent words, shapes of its texts; from a sample of its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from graphintel.model.values import clean

Row = dict[str, Any]
TOP = 20
SHAPES = 10
LONGEST = 80
# Words are kept only of columns that say little else than a few words again and again, so that names stay where they are.
_COVERED = 0.8
_WORDS_AT_MOST = 200
_FEW = 10
_STEPS = 100
_TRIED = 50
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")


def profile(cells: Sequence[str], kind: str = "") -> Row:
    """The look of a column from some of its filled cells; `kind` is `number` or `date` where the mapping says so.

    number: 101 quantiles (0 to 100 %). date: first and last day. word: up to 20 words with their counts.
    text: only lengths and shapes (9 for digits, A for letters), so that no names are kept.
    """
    made: Row = {"cells": len(cells), "distinct": len(set(cells)), "shapes": _shapes(cells)}
    kind = kind or _guessed(cells)
    numbers = sorted(_numbers(cells)) if kind == "number" else []
    if numbers:
        made.update(kind="number", quantiles=_quantiles(numbers))
        return made
    days = sorted(day for cell in cells if (day := _day(cell))) if kind == "date" else []
    if days:
        made.update(kind="date", first=days[0], last=days[-1])
        return made
    words = Counter(cell[:LONGEST] for cell in cells)
    top = sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))[:TOP]
    covered = sum(count for _, count in top)
    if len(cells) >= _FEW and covered >= _COVERED * len(cells) and len(words) <= _WORDS_AT_MOST:
        made.update(kind="word", top=[list(pair) for pair in top])
    else:
        made.update(kind="text")
    return made


def _guessed(cells: Sequence[str]) -> str:
    """The kind of a column that no mapping reads: number or date if a few cells all are one, else nothing."""
    tried = [cell for cell in cells if len(cell) <= LONGEST][:_TRIED]
    if not tried:
        return ""
    if all(any(mark in cell for mark in ".,") and _number(cell) is not None for cell in tried):
        return "number"
    return "date" if all(_day(cell) for cell in tried) else ""


def _number(cell: str) -> float | None:
    value = clean("number", cell[:LONGEST])
    return float(value.normal) if value.verdict == "valid" else None


def _numbers(cells: Sequence[str]) -> list[float]:
    return [number for cell in cells if (number := _number(cell)) is not None]


def _day(cell: str) -> str:
    value = clean("date", cell[:LONGEST])
    return value.normal[:10] if value.verdict == "valid" else ""


def _quantiles(numbers: list[float]) -> list[float]:
    last = len(numbers) - 1
    return [float(f"{numbers[round(step * last / _STEPS)]:.6g}") for step in range(_STEPS + 1)]


def _shapes(cells: Sequence[str]) -> list[list[Any]]:
    shapes = Counter(shape(cell) for cell in cells)
    return [list(pair) for pair in sorted(shapes.items(), key=lambda pair: (-pair[1], pair[0]))[:SHAPES]]


def shape(cell: str) -> str:
    """The shape of a text: each run of digits becomes 9 and each run of letters A; `34 ABC 123` is `9 A 9`."""
    return _LETTERS.sub("A", _DIGITS.sub("9", cell[:LONGEST]))
