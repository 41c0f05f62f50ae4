"""Ties as arrays: repeated pairs, ties to oneself, degree, matrix, neighbours, seeds."""

from __future__ import annotations

import igraph
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphintel.analysis.network import Network, seeded

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0.1, 9)), max_size=40)


def _network(pairs: list[tuple[int, int, float]]) -> Network:
    ends = np.array([pair[:2] for pair in pairs], dtype=np.int32).reshape(-1, 2)
    weight = np.array([pair[2] for pair in pairs], dtype=np.float64)
    return Network.of([str(number) for number in range(10)], ends[:, 0], ends[:, 1], weight)


@given(PAIRS)
def test_each_pair_stands_once_with_the_sum_of_its_weights(pairs: list[tuple[int, int, float]]) -> None:
    network = _network(pairs)
    expected: dict[tuple[int, int], float] = {}
    for left, right, weight in pairs:
        if left != right:
            key = min(left, right), max(left, right)
            expected[key] = expected.get(key, 0.0) + weight
    found = dict(
        zip(zip(network.source.tolist(), network.target.tolist(), strict=True), network.weight, strict=True)
    )
    assert found.keys() == expected.keys()
    assert all(abs(found[key] - expected[key]) < 1e-9 for key in expected)


@given(PAIRS)
def test_degree_matrix_and_neighbours_agree(pairs: list[tuple[int, int, float]]) -> None:
    network = _network(pairs)
    around = network.neighbours()
    assert network.degree.tolist() == [len(others) for others in around] == network.graph.degree()
    assert np.allclose(network.matrix().toarray(), network.matrix().toarray().T)
    assert network.matrix(weighted=False).sum() == 2 * network.ties


def test_labels_default_to_the_ids() -> None:
    assert _network([]).labels == [str(number) for number in range(10)]
    assert _network([]).plain


def test_one_seed_gives_one_draw() -> None:
    def draw(seed: int) -> list[tuple[int, int]]:
        with seeded(seed):
            return list(igraph.Graph.Erdos_Renyi(n=30, m=40).get_edgelist())

    assert draw(1) == draw(1) != draw(2)
