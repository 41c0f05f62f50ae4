"""Hand-made hard pairs at the shipped cut: the floor of each slice on the groups that the weights were not fitted to."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphintel.acts.bench.labelled import FIRMS, hard_pairs
from graphintel.resolve.fit import held_out, measured
from graphintel.resolve.score import score, shipped

PAIRS = hard_pairs(Path(__file__).parents[1] / "hard_pairs.csv")
FLOORS = {
    FIRMS: 0.90, "person names": 0.80, "father and son": 0.95, "twins": 0.95, "one number for two": 0.95,
    "person fields": 0.95, "plates": 0.95, "containers": 0.95, "vessels": 0.95, "company fields": 0.90,
    "firms across scripts": 0.75,
}  # fmt: skip


def test_there_are_enough_of_them_and_half_are_kept_back() -> None:
    pairs = [pair for part in PAIRS.values() for pair in part]
    kept = sum(held_out(pair.group) for pair in pairs)
    assert PAIRS.keys() == FLOORS.keys() and len(pairs) >= 300 and len(PAIRS[FIRMS]) >= 150
    assert 0.4 < kept / len(pairs) < 0.6 and all(any(pair.same for pair in part) for part in PAIRS.values())


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_a_slice_keeps_its_floor(name: str, floor: float) -> None:
    kept = [pair for pair in PAIRS[name] if held_out(pair.group)]
    assert measured(kept, shipped()).f1 >= floor


def test_no_wrong_pair_is_ever_automatic() -> None:
    wrong = [pair.group for part in PAIRS.values() for pair in part
             if not pair.same and score(pair.left, pair.right).automatic]  # fmt: skip
    assert not wrong
