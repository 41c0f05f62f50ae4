"""What a record's deliveries and re-gradings amount to: a pure function of those that were not taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal, NamedTuple

import orjson

from graphintel.model.grading import regraded

Act = Literal["load", "regrade"]
NONE: frozenset[int] = frozenset()


class Delivery(NamedTuple):
    """One time that a record came, or was graded again: batch, order in it, mapping version, grade, marking number."""

    batch: int
    order: int
    reading: str
    grade: str
    marking: int
    act: Act = "load"

    @property
    def text(self) -> str:
        """The compact JSON under which a delivery stands on its record."""
        return orjson.dumps(list(self)).decode()


class Standing(NamedTuple):
    """What a record stands at: its first batch, reading and grade, and the markings whose join it carries."""

    batch: int
    reading: str
    grade: str
    markings: tuple[int, ...]
    last: tuple[int, int]


def opened(texts: Iterable[str]) -> list[Delivery]:
    """The deliveries of a record as it holds them."""
    return [Delivery(*orjson.loads(text)) for text in texts]


def delivered(history: Iterable[Delivery], new: Delivery) -> list[Delivery]:
    """The history with one more; a record that comes twice in one batch stands where it came last."""
    return [one for one in history if (one.batch, one.act) != (new.batch, new.act)] + [new]


def standing(history: Iterable[Delivery], gone: Collection[int] = NONE) -> Standing | None:
    """What remains of a record when some batches are taken back; None if nothing delivers it any more.

    A delivery that grades as the one before it says nothing new, so that the same file loaded again leaves what a
    person graded since. A re-grading before any delivery is of nothing. Markings only add up.
    """
    found: Standing | None = None
    said = ""
    for one in sorted((one for one in history if one.batch not in gone), key=lambda one: one[:2]):
        if one.act == "load":
            if found is None:
                found = Standing(one.batch, one.reading, one.grade, (), one[:2])
            elif one.grade != said:
                found = found._replace(grade=regraded(found.grade, one.grade))
            said = one.grade
            found = found._replace(reading=one.reading, last=one[:2])
        elif found is not None:
            found = found._replace(grade=regraded(found.grade, one.grade))
        if found is not None:
            found = found._replace(markings=tuple(sorted({*found.markings, one.marking})))
    return found


def winner(
    histories: Mapping[str, Iterable[Delivery]], gone: Collection[int] = NONE, full: int = 0
) -> str | None:
    """Which of the versions of one row stands: the last delivered, unless a later full delivery came without any."""
    found = {name: stands for name, history in histories.items() if (stands := standing(history, gone))}
    if not found:
        return None
    best = max(found, key=lambda name: found[name].last)
    return best if found[best].last[0] >= full else None
