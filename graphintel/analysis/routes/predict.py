"""Where a consignment is bound for and what it crosses, country by country, learned from seizures alone.

Everything that is learned (half-life of old seizures, prior masses, weights of the experts) is learned on later parts of
the training rows held out from earlier ones, never on the rows that are asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

from graphintel.analysis.routes.experts import Experts, Seen, probability, start_parameters
from graphintel.analysis.routes.frequency import Target, destination, transit
from graphintel.analysis.routes.ladder import Floats
from graphintel.analysis.routes.seizures import SeizureRow

HALF_LIVES = (180.0, 365.0, 730.0, float("inf"))
# Seizures alike on one day count as their square root: one load split into a hundred rows is not a hundred.
BURST = 0.5
# A seizure in transit is what is asked about, and three of four in a table are not: it counts for more than one.
TRANSIT_WEIGHT = 2.5
LEAST_TO_LEARN = 200
# Starts of the held-out quarters, as shares of the training rows in order of time.
FOLDS = (0.5, 0.75)
PULL = 0.02


class Ranked(NamedTuple):
    """Countries with their probabilities, best first, and what is left for all others."""

    countries: list[tuple[str, float]]
    other: float


class Prediction(NamedTuple):
    """The answer for one row, and how many training rows had the same commodity, departure and seizing country."""

    destination: Ranked
    transit: Ranked
    alike: int

    def as_json(self, row: int) -> dict[str, Any]:
        """One line of `routes predict`; each list and its `other` sum to 1."""
        answer: dict[str, Any] = {"row": row}
        for name, ranked in (("destination", self.destination), ("transit", self.transit)):
            answer[name] = [{"country": country, "p": p} for country, p in ranked.countries]
            answer[f"{name}_other"] = ranked.other
        return {**answer, "alike": self.alike}


class _Part(NamedTuple):
    experts: Experts | None
    parameters: Floats
    half_life: float
    rows: int


class CountryModel:
    """A fitted model; `parameters` say what was learned, for the finding."""

    def __init__(self, destination_part: _Part, transit_part: _Part, alike: Counter[Any]) -> None:
        self._parts = destination_part, transit_part
        self._alike = alike
        self._answers: dict[SeizureRow, tuple[dict[str, float], dict[str, float]]] = {}

    @property
    def parameters(self) -> dict[str, Any]:
        """What the answers rest on: rows, half-lives in days, prior masses and weights as logarithms."""
        return {
            name: {
                "rows": part.rows,
                "half_life": None if np.isinf(part.half_life) else part.half_life,
                "learned": [round(float(value), 4) for value in part.parameters],
            }
            for name, part in zip(("destination", "transit"), self._parts, strict=True)
        }

    def distribution(self, row: SeizureRow) -> dict[str, float]:
        """Probabilities of destination countries that are worth naming; what is missing to 1 is for all others."""
        return self._both(row)[0]

    def predict(self, row: SeizureRow, top: int = 5) -> Prediction:
        """The `top` destinations and transit countries; what the row itself says of either is not looked at."""
        where, across = (_ranked(answer, top) for answer in self._both(row))
        return Prediction(where, across, self._alike[_likeness(row)])

    def _both(self, row: SeizureRow) -> tuple[dict[str, float], dict[str, float]]:
        asked = row._replace(day=None, destination=None, transit=None)
        if asked not in self._answers:
            where, across = (_answer(part, asked) for part in self._parts)
            self._answers[asked] = where, across
        return self._answers[asked]


def fit(rows: Iterable[SeizureRow]) -> CountryModel:
    """A model of all rows that state a destination or a transit country; the same rows give the same model."""
    held = list(rows)
    alike = Counter(_likeness(row) for row in held if row.destination)
    return CountryModel(_fit(held, destination, TRANSIT_WEIGHT), _fit(held, transit, 1.0), alike)


def _likeness(row: SeizureRow) -> tuple[str, str | None, str | None]:
    return row.commodity, row.departure, row.seizing


def _answer(part: _Part, row: SeizureRow) -> dict[str, float]:
    if part.experts is None:
        return {}
    countries = part.experts.candidates(row)
    values = probability(part.experts.look([(row, countries)]), part.parameters)
    return dict(zip(countries, values.tolist(), strict=True))


def _ranked(answer: dict[str, float], top: int) -> Ranked:
    best = sorted(answer.items(), key=lambda item: (-item[1], item[0]))[:top]
    return Ranked(best, max(0.0, 1.0 - sum(p for _, p in best)))


def _fit(rows: list[SeizureRow], target: Target, transit_weight: float) -> _Part:
    known = [row for row in rows if target(row)]
    if not known:
        return _Part(None, start_parameters(), float("inf"), 0)
    dated = [row for row in known if row.day is not None]
    parameters, half_life = start_parameters(), float("inf")
    if len(dated) >= LEAST_TO_LEARN:
        learned = [_learned(dated, target, transit_weight, candidate) for candidate in HALF_LIVES]
        _, parameters, half_life = min(learned, key=lambda item: item[0])
    return _Part(
        Experts(_weighted(known, target, transit_weight, half_life)), parameters, half_life, len(known)
    )


def _weighted(
    rows: list[SeizureRow], target: Target, transit_weight: float, half_life: float
) -> list[tuple[SeizureRow, str, float]]:
    """Each different row once, with its outcome and weight: recency, burst, transit."""
    last = max((row.day for row in rows if row.day is not None), default=0)
    seen = []
    for row, count in sorted(Counter(rows).items(), key=lambda item: str(item[0])):
        age = 0 if row.day is None else last - row.day
        weight = 0.5 ** (age / half_life) * count**BURST * (transit_weight if row.in_transit else 1.0)
        seen.append((row, target(row) or "", weight))
    return seen


def _learned(
    rows: list[SeizureRow], target: Target, transit_weight: float, half_life: float
) -> tuple[float, Floats, float]:
    """Held-out loss, parameters and half-life; each fold learns from what lies before it in time."""
    folds = []
    for train, test in _folds(rows):
        experts = Experts(_weighted(train, target, transit_weight, half_life))
        asked = _weighted(test, target, 1.0, float("inf"))
        seen = experts.look([(row, [country]) for row, country, _ in asked])
        folds.append((seen, np.array([weight for _, _, weight in asked])))
    start = start_parameters()
    bounds = [(-6.0, 6.0)] * len(start)
    found = minimize(
        _loss, start, args=(folds, start), method="L-BFGS-B", bounds=bounds, options={"maxiter": 40}
    )
    return float(found.fun), np.asarray(found.x, dtype=np.float64), half_life


def _folds(rows: list[SeizureRow]) -> list[tuple[list[SeizureRow], list[SeizureRow]]]:
    days = sorted(row.day or 0 for row in rows)
    folds = []
    for share in FOLDS:
        first, last = days[int(len(days) * share)], days[min(int(len(days) * (share + 0.25)), len(days) - 1)]
        train = [row for row in rows if (row.day or 0) < first]
        test = [row for row in rows if first <= (row.day or 0) <= last]
        if train and test:
            folds.append((train, test))
    return folds


def _loss(parameters: Floats, folds: list[tuple[Seen, Floats]], start: Floats) -> float:
    total = sum(float(weight.sum()) for _, weight in folds)
    loss = sum(
        float(-(weight * np.log(np.maximum(probability(seen, parameters), 1e-9))).sum())
        for seen, weight in folds
    )
    return loss / max(total, 1.0) + PULL * float(((parameters - start) ** 2).mean())
