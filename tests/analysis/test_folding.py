"""Folding: shared items tie things by 1/(k-1); large items cost k and not k squared."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.analysis.folding import PAIRWISE, RING, distinct, folded

MEMBERSHIPS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 6)), max_size=40)


def _arrays(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    both = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return both[:, 0], both[:, 1]


@given(MEMBERSHIPS)
def test_each_shared_item_ties_every_pair_by_its_share(pairs: list[tuple[int, int]]) -> None:
    thing, item = distinct(*_arrays(pairs), 7)
    expected: Counter[tuple[int, int]] = Counter()
    weights: dict[tuple[int, int], float] = {}
    for number in range(7):
        members = sorted({left for left, right in pairs if right == number})
        for pair in combinations(members, 2):
            expected[pair] += 1
            weights[pair] = weights.get(pair, 0.0) + 1 / (len(members) - 1)
    first, second, weight, rings = folded(thing, item, 1)
    found: dict[tuple[int, int], float] = {}
    for left, right, value in zip(first.tolist(), second.tolist(), weight.tolist(), strict=True):
        pair = (min(left, right), max(left, right))
        found[pair] = found.get(pair, 0.0) + value
    assert found == pytest.approx(weights)
    assert rings == 0


@pytest.mark.parametrize("size", [PAIRWISE + 1, 100, 1000])
def test_a_large_item_gives_each_thing_strength_one_at_linear_cost(size: int) -> None:
    members = np.arange(size, dtype=np.int32)
    first, second, weight, rings = folded(members, np.zeros(size, dtype=np.int32), 1)
    assert rings == 1
    assert len(first) == RING * size
    strength = np.bincount(first, weights=weight) + np.bincount(second, weights=weight)
    assert np.allclose(strength, 1.0)


def test_nothing_shared_gives_no_tie() -> None:
    assert folded(*_arrays([(0, 0), (1, 1)]), 1)[0].size == 0
    assert folded(*_arrays([]), 1)[0].size == 0
