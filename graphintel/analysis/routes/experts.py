"""What history says about one country of a seizure: a relation expert and three direct ones, mixed.

The relation expert asks whether the country is the seizing country, the country of departure or another, and if another,
which; so it has an answer for a seizing country never met before. The direct experts are ladders of contexts over the
country itself, with the relation expert as their prior.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from graphintel.analysis.routes.ladder import Context, Floats, Ladder, Stats, climb
from graphintel.analysis.routes.seizures import SeizureRow

Queries = Sequence[tuple[SeizureRow, Sequence[str]]]

# Countries and territories of ISO 3166-1; the share of one never met is spread over so many.
COUNTRIES = 250
COMMON = 60


def _by(*names: str) -> Context:
    def context(row: SeizureRow) -> Hashable:
        return tuple(getattr(row, name) for name in names)

    return context


def _start(row: SeizureRow) -> str:
    if row.departure is None:
        return "unknown"
    return "here" if row.departure == row.seizing else "abroad"


_RELATION: tuple[Context, ...] = (
    _start,
    lambda row: (_start(row), row.transport),
    _by("seizing"),
    lambda row: (row.seizing, _start(row)),
    lambda row: (row.seizing, _start(row), row.transport),
    _by("seizing", "departure"),
)
_ANOTHER: tuple[Context, ...] = (
    _by(),
    _by("departure"),
    _by("seizing"),
    _by("seizing", "commodity"),
    _by("seizing", "departure"),
    _by("seizing", "departure", "commodity"),
)
_FINEST = _by("commodity", "departure", "seizing", "transport")
_DIRECT: tuple[tuple[Context, ...], ...] = (
    (_by("seizing"), _by("departure", "seizing"), _by("commodity", "departure", "seizing"), _FINEST),
    (_by("seizing"), _by("seizing", "transport"), _by("departure", "seizing", "transport"), _FINEST),
    (_by("seizing"), _by("commodity", "seizing"), _by("commodity", "seizing", "transport"), _FINEST),
)
_RUNGS = (len(_RELATION), len(_ANOTHER), *(len(rungs) for rungs in _DIRECT))
PARAMETERS = 2 * sum(_RUNGS) + 1 + len(_DIRECT)


def start_parameters() -> Floats:
    """Prior masses of one and mostly direct experts: what holds before anything is learned."""
    parameters = np.zeros(PARAMETERS)
    parameters[2 * sum(_RUNGS)] = -2.0
    return parameters


class Seen(NamedTuple):
    """What the experts have seen for a list of queries; enough to try any parameters."""

    relation: Stats
    relation_here: Stats
    relation_start: Stats
    choices: Floats
    another: Stats
    here: Stats
    start: Stats
    is_another: Floats
    has_here: Floats
    has_start: Floats
    direct: list[Stats]


def relation(row: SeizureRow, country: str) -> str:
    """How a country stands to a row: `here`, `start` or `another`."""
    if country == row.seizing:
        return "here"
    return "start" if country == row.departure else "another"


class Experts:
    """Weighted counts of history, by every expert."""

    def __init__(self, seen: Sequence[tuple[SeizureRow, str, float]]) -> None:
        self._relation = Ladder(
            _RELATION, ((row, relation(row, country), weight) for row, country, weight in seen)
        )
        self._another = Ladder(_ANOTHER, (item for item in seen if relation(item[0], item[1]) == "another"))
        self._direct = [Ladder(rungs, seen) for rungs in _DIRECT]
        total: Counter[str] = Counter()
        for _, country, weight in seen:
            total[country] += weight  # type: ignore[assignment]  # typeshed's Counter counts in whole numbers
        self._common = [country for country, _ in total.most_common(COMMON)]

    def candidates(self, row: SeizureRow) -> list[str]:
        """Countries worth a probability of their own; all others share what is left."""
        found = {*self._common, *self._another.outcomes(row)}
        found.update(country for country in (row.seizing, row.departure) if country)
        for ladder in self._direct:
            found |= ladder.outcomes(row)
        return sorted(found)

    def look(self, queries: Queries) -> Seen:
        """What was seen for each country of each row."""
        flat = [(row, country) for row, countries in queries for country in countries]
        # A row that starts where it was seized has one relation less.
        apart = [row.departure if row.departure != row.seizing else None for row, _ in flat]
        relations = [(row, [relation(row, country) for country in countries]) for row, countries in queries]
        starts = [(row, [row.departure or ""] * len(countries)) for row, countries in queries]
        return Seen(
            self._relation.look(relations),
            self._relation.look([(row, ["here"] * len(countries)) for row, countries in queries]),
            self._relation.look([(row, ["start"] * len(countries)) for row, countries in queries]),
            1 / (1 + _flags(row.seizing for row, _ in flat) + _flags(apart)),
            self._another.look(queries),
            self._another.look([(row, [row.seizing or ""] * len(countries)) for row, countries in queries]),
            self._another.look(starts),
            np.array([relation(*pair) == "another" for pair in flat], dtype=np.float64),
            _flags(row.seizing for row, _ in flat),
            _flags(apart),
            [ladder.look(queries) for ladder in self._direct],
        )


def _flags(values: Iterable[str | None]) -> Floats:
    return np.array([value is not None for value in values], dtype=np.float64)


def probability(seen: Seen, parameters: Floats) -> Floats:
    """Probability of each query under the mixture; over all countries of one row these sum to 1."""
    bounds = np.cumsum(_RUNGS[:-1])
    relation_mass, another_mass, *direct_mass = np.split(parameters[: 2 * sum(_RUNGS)].reshape(-1, 2), bounds)
    even = np.full(len(seen.choices), 1 / COUNTRIES)
    another = climb(seen.another, another_mass, even)
    # The other country is neither of the two named ones: their share of "another" is taken out.
    taken = climb(seen.here, another_mass, even) * seen.has_here
    taken = taken + climb(seen.start, another_mass, even) * seen.has_start
    which = np.where(seen.is_another > 0, another / np.maximum(1 - taken, 1e-6), 1.0)
    # A coarse rung may have seen a relation that this row cannot have: nowhere known to be seized or to start.
    absent = climb(seen.relation_here, relation_mass, seen.choices * seen.has_here) * (1 - seen.has_here)
    absent = absent + climb(seen.relation_start, relation_mass, seen.choices * seen.has_start) * (
        1 - seen.has_start
    )
    possible = np.maximum(1 - absent, 1e-6)
    prior = climb(seen.relation, relation_mass, seen.choices) / possible * which
    answers = [prior, *(climb(*part, prior) for part in zip(seen.direct, direct_mass, strict=True))]
    share = np.exp(parameters[2 * sum(_RUNGS) :])
    return np.asarray(np.tensordot(share / share.sum(), np.stack(answers), 1), dtype=np.float64)
