"""Fitting: groups stay together, signs are held, levels that nobody judged stay, the same input gives the same weights."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from graphintel.acts.bench.labelled import hard_pairs
from graphintel.errors import InputError
from graphintel.resolve.fit import Example, auc, data_hash, fitted, held_out, measured
from graphintel.resolve.score import score
from graphintel.resolve.score.companies import SIGNS as COMPANY
from graphintel.resolve.score.levels import SIGNS as FIELDS
from graphintel.resolve.score.persons import SIGNS as PERSON
from graphintel.resolve.score.prior import prior


@pytest.fixture(scope="module")
def pairs() -> list[Example]:
    found = hard_pairs(Path(__file__).parent / "hard_pairs.csv")
    return [pair for part in found.values() for pair in part]


def test_about_half_of_all_groups_is_kept_back_and_always_the_same() -> None:
    kept = [held_out(f"g{number}") for number in range(2000)]
    assert 0.45 < sum(kept) / 2000 < 0.55 and kept == [held_out(f"g{number}") for number in range(2000)]


def test_weights_of_judged_pairs_keep_their_signs_and_find_pairs_that_they_never_saw(
    pairs: list[Example],
) -> None:
    found = fitted(pairs, prior(), "test", "2026-11-25")
    for weights, signs in ((found.person, PERSON), (found.company, COMPANY), (found.fields, FIELDS)):
        assert all(sign * weights[key] >= 0 for key, sign in signs.items())
    did = measured([pair for pair in pairs if held_out(pair.group)], found)
    assert did.f1 > 0.85 and did.auc > 0.9 and did.calibration_error < 0.15
    assert sum(one.pairs for one in did.bins) == did.pairs
    assert found.fields["email.office"] == pytest.approx(prior().fields["email.office"], abs=1e-3)
    assert found.about["data"] == data_hash(pairs) and found.hash() != prior().hash()


def test_the_same_pairs_in_another_order_give_the_same_weights(pairs: list[Example]) -> None:
    one, other = fitted(pairs, prior(), "t", ""), fitted(pairs[::-1], prior(), "t", "")
    assert all(math.isclose(one.person[key], other.person[key], abs_tol=0.05) for key in one.person)
    assert one.about["data"] == other.about["data"]


def test_a_verdict_moves_the_score_towards_it(pairs: list[Example]) -> None:
    pair = next(pair for pair in pairs if not held_out(pair.group) and pair.same and pair.left.names)
    plain, told = (
        fitted([*pairs, *[pair._replace(same=same)] * 60], prior(), "t", "") for same in (False, True)
    )
    assert score(pair.left, pair.right, told).bits > score(pair.left, pair.right, plain).bits


@pytest.mark.parametrize("few", [0, 5])
def test_too_few_verdicts_are_refused(pairs: list[Example], few: int) -> None:
    with pytest.raises(InputError, match="judge at least 20"):
        fitted(pairs[:few], prior(), "t", "")


def test_one_verdict_only_is_refused(pairs: list[Example]) -> None:
    with pytest.raises(InputError, match="of both verdicts"):
        fitted([pair for pair in pairs if pair.same], prior(), "t", "")


def test_the_share_of_pairs_in_order() -> None:
    same = np.array([True, True, False, False])
    assert auc(np.array([4.0, 3.0, 2.0, 1.0]), same) == 1.0
    assert auc(np.array([1.0, 1.0, 1.0, 1.0]), same) == 0.5
    assert auc(np.array([1.0, 4.0, 2.0, 3.0]), same) == 0.5
    assert math.isnan(auc(np.array([1.0]), np.array([True])))
