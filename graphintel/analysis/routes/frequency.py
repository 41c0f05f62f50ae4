"""The frequency table that any prediction of countries has to beat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from graphintel.analysis.routes.seizures import SeizureRow

Target = Callable[[SeizureRow], str | None]


def destination(row: SeizureRow) -> str | None:
    """Where the goods were bound for."""
    return row.destination


def transit(row: SeizureRow) -> str | None:
    """Which country they crossed."""
    return row.crossed


class FrequencyTable:
    """Counts by commodity, departure and seizing country, else by the last two, else by the last, else of all."""

    def __init__(self, rows: Iterable[SeizureRow], target: Target = destination) -> None:
        self._counts: dict[tuple[str | None, ...], Counter[str]] = {}
        for row in rows:
            country = target(row)
            if country:
                for context in _contexts(row):
                    self._counts.setdefault(context, Counter())[country] += 1

    def distribution(self, row: SeizureRow) -> dict[str, float]:
        """Shares of countries in the finest context that was seen; empty if there were no rows at all."""
        for context in _contexts(row):
            counts = self._counts.get(context)
            if counts:
                total = counts.total()
                return {country: count / total for country, count in counts.most_common()}
        return {}


def _contexts(row: SeizureRow) -> tuple[tuple[str | None, ...], ...]:
    return (row.commodity, row.departure, row.seizing), (row.departure, row.seizing), (row.seizing,), ()
