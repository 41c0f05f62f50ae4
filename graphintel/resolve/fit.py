"""Fitting the weights to labelled pairs: a logistic fit whose signs are held, groups kept together; pure and repeatable."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from graphintel.errors import InputError
from graphintel.resolve.features import Features
from graphintel.resolve.score.companies import SIGNS as COMPANY
from graphintel.resolve.score.levels import SIGNS as FIELDS
from graphintel.resolve.score.pair import BY_NUMBER, Score, evidence_of, score
from graphintel.resolve.score.persons import SIGNS as PERSON
from graphintel.resolve.score.weights import Weights

_TABLES = {"person": {**PERSON, "bias": 0}, "company": {**COMPANY, "bias": 0}, "fields": FIELDS}
_KEYS = [(table, key) for table, signs in _TABLES.items() for key in signs]
_PLACE = {pair: place for place, pair in enumerate(_KEYS)}
_BOUNDS = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}
# How hard a name's marks are held to nothing, and a field's levels to what they were before.
_FREE, _HELD = 1.0, 4.0
# A mark that few pairs have is held as if more had it: else one pair decides what it says.
_LEAST_SPREAD = 0.25
_FEWEST = 20
_BINS = 10
_LN2 = math.log(2)
Column = NDArray[np.float64]


class Example(NamedTuple):
    """A pair that somebody judged; pairs of one group are never parted between fitting and measuring."""

    left: Features
    right: Features
    same: bool
    group: str
    weight: float = 1.0


class Bin(NamedTuple):
    """Pairs of like probability: how many, what was said on average, and how many were one."""

    pairs: int
    said: float
    found: float


class Figures(NamedTuple):
    """How the weights did on pairs that they were not fitted to."""

    pairs: int
    precision: float
    recall: float
    f1: float
    auc: float
    calibration_error: float
    bins: tuple[Bin, ...]


def held_out(group: str) -> bool:
    """Whether a group is kept for measuring: half of all, by the hash of its name, the same in every run."""
    return hashlib.sha256(group.encode()).digest()[0] % 2 == 1


def fitted(
    examples: Sequence[Example], start: Weights, version: str, when: str, *, onward: bool = False
) -> Weights:
    """Weights fitted to the examples that are not held out; `start` gives the cut, the bars and where levels begin.

    `onward`: names begin where `start` has them too, so that a few pairs move the weights a little. InputError with fewer than twenty pairs, or with only one verdict among them.
    """
    used = [example for example in examples if not held_out(example.group)]
    if len(used) < _FEWEST or len({example.same for example in used}) < 2:
        raise InputError(
            f"{len(used)} judged pairs cannot be fitted to; judge at least {_FEWEST}, of both verdicts."
        )
    rows = np.array([_row(example, start) for example in used])
    same = np.array([example.same for example in used])
    weight = np.array([example.weight for example in used])
    bits = _solved(rows, same, weight * (len(used) / weight.sum()), start, onward)
    tables: dict[str, dict[str, float]] = {table: {} for table in _TABLES}
    for (table, key), value in zip(_KEYS, bits, strict=True):
        tables[table][key] = round(float(value), 4)
    about: dict[str, Any] = {"when": when, "data": data_hash(examples), "pairs": len(used)}
    person, company, fields = (tables[name] for name in _TABLES)
    return replace(start, version=version, about=about, person=person, company=company, fields=fields)


def _row(example: Example, weights: Weights) -> Column:
    """How much of each weight a pair uses."""
    row = np.zeros(len(_KEYS))
    for evidence in evidence_of(example.left, example.right, weights):
        if evidence.field == "name" and example.left.kind in BY_NUMBER:
            continue
        for key, amount in evidence.amounts.items():
            row[_PLACE[evidence.table, key]] += amount
    return row


def _solved(rows: Column, same: NDArray[np.bool_], weight: Column, start: Weights, onward: bool) -> Column:
    """The weights in bits: names' marks pulled to nothing by their spread, or with all else to where they were."""
    before = np.array([getattr(start, table).get(key, 0.0) for table, key in _KEYS]) * _LN2
    named = np.array([table != "fields" for table, _ in _KEYS])
    bias = np.array([key == "bias" for _, key in _KEYS])
    spread = np.where(named & ~bias, np.maximum(rows.std(axis=0), _LEAST_SPREAD), 1.0)
    pull = np.where(bias, _FREE if onward else 0.0, np.where(named & ~np.bool_(onward), _FREE, _HELD))
    aim = before * spread if onward else np.where(named, 0.0, before)
    scaled = rows / spread
    bounds = [_BOUNDS[_TABLES[table][key]] for table, key in _KEYS]

    def loss(guess: Column) -> tuple[float, Column]:
        odds = scaled @ guess
        miss = 1 / (1 + np.exp(-np.clip(odds, -500, 500))) - same
        off = guess - aim
        value = (weight * np.logaddexp(0, np.where(same, -odds, odds))).sum() + (pull * off**2).sum()
        return float(value), scaled.T @ (weight * miss) + 2 * pull * off

    unused = rows.any(axis=0) == 0
    found = minimize(loss, aim, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000}).x
    return np.where(unused & (~named | np.bool_(onward)), before, found / spread) / _LN2


def data_hash(examples: Sequence[Example]) -> str:
    """SHA-256 over the examples in any order: what the weights were fitted to."""
    lines = sorted(repr((one.left, one.right, one.same, one.group)) for one in examples)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def measured(examples: Sequence[Example], weights: Weights) -> Figures:
    """Precision, recall and F1 at the cut, AUC and calibration of pairs; ZeroDivisionError never, empty gives nothing."""
    scores: list[Score] = [score(one.left, one.right, weights) for one in examples]
    said = np.array([one.probability for one in scores])
    same = np.array([one.same for one in examples], dtype=bool)
    chosen = said >= weights.cut
    hit = float((chosen & same).sum())
    precision = hit / max(float(chosen.sum()), 1.0)
    recall = hit / max(float(same.sum()), 1.0)
    f1 = 2 * hit / max(float(chosen.sum() + same.sum()), 1.0)
    bins = tuple(_bins(said, same))
    error = sum(one.pairs * abs(one.said - one.found) for one in bins) / max(len(said), 1)
    return Figures(
        len(said), precision, recall, f1, auc(np.array([one.bits for one in scores]), same), error, bins
    )


def _bins(said: Column, same: NDArray[np.bool_]) -> list[Bin]:
    place = np.minimum((said * _BINS).astype(int), _BINS - 1)
    return [
        Bin(int(inside.sum()), float(said[inside].mean()), float(same[inside].mean()))
        for number in range(_BINS)
        for inside in (place == number,)
        if inside.any()
    ]


def auc(bits: Column, same: NDArray[np.bool_]) -> float:
    """The share of true pairs that score above false ones, ties half; NaN without both."""
    yes, no = bits[same], bits[~same]
    if not len(yes) or not len(no):
        return math.nan
    ranked = np.sort(no)
    below = np.searchsorted(ranked, yes, "left") + np.searchsorted(ranked, yes, "right")
    return float(below.sum() / (2 * len(yes) * len(no)))
