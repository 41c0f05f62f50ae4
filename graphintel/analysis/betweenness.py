"""Betweenness: exact for smaller networks, estimated from a few starting points for large ones.

Freeman 1977 by Brandes 2001; undirected, unweighted, normalised by 2/((n-1)(n-2)). Above a size: starting points are
drawn (Brandes and Pich 2007). Such a draw overrates whatever lies beside a starting point (Geisberger et al. 2008), so
each value is drawn towards what degree, PageRank and neighbours foretell, unless most batches of starting points agree
that the thing is a bridge, or is none, against that expectation.
"""

from __future__ import annotations

import numpy as np

from graphintel.analysis.network import Floats, Network
from graphintel.analysis.pagerank import pagerank

SOURCES = 160
BATCHES = 8
# Factor by which three quarters of the batches must differ from the expectation before they overrule it.
SURPRISE = 2.0


def betweenness(network: Network) -> Floats:
    """Exact normalised betweenness, shape n."""
    if network.size < 3:
        return np.zeros(network.size)
    return np.array(network.graph.betweenness(directed=False)) * _scale(network.size)


def estimated_betweenness(network: Network, rng: np.random.Generator, sources: int = SOURCES) -> Floats:
    """Estimated normalised betweenness, shape n; exact when there are no more things than `sources`."""
    if network.size <= max(sources, 2):
        return betweenness(network)
    drawn = rng.choice(network.size, size=sources, replace=False)
    batches = np.stack([_from(network, batch) for batch in np.array_split(drawn, BATCHES)])
    return _settled(network, batches)


def _scale(size: int) -> float:
    return 2.0 / ((size - 1) * (size - 2))


def _from(network: Network, sources: np.ndarray) -> Floats:
    # igraph halves each ordered pair already, so that all sources give the whole.
    part = network.graph.betweenness(directed=False, sources=np.sort(sources).tolist())
    return np.array(part) * _scale(network.size) * network.size / len(sources)


def _settled(network: Network, batches: Floats) -> Floats:
    value = _expected(network, batches.mean(axis=0))
    low, high = np.quantile(batches, [0.25, 0.75], axis=0)
    surprising = (low > SURPRISE * value) | (high < value / SURPRISE)
    # The highest batch is the one whose starting points lie beside the thing.
    without_highest = (batches.sum(axis=0) - batches.max(axis=0)) / (len(batches) - 1)
    value[surprising] = without_highest[surprising]
    return value


def _expected(network: Network, drawn: Floats) -> Floats:
    """What a thing's degree, PageRank and neighbours foretell: a log-linear fit to the drawn values."""
    features = _features(network)
    fit = network.degree > 1
    if np.count_nonzero(fit) <= features.shape[1] or not drawn[fit].any():
        return drawn.copy()
    start = np.log(drawn[fit] + drawn.mean() * 0.01)
    weights = np.linalg.lstsq(features[fit], start, rcond=None)[0]
    for _ in range(15):
        logarithm = np.clip(features @ weights, -50.0, 0.0)
        value = np.exp(logarithm)
        # Scoring steps of a fit with relative errors; cut, so that one bridge does not bend it.
        step = logarithm + np.clip((drawn - value) / value, -1.0, 5.0)
        weights = np.linalg.lstsq(features[fit], step[fit], rcond=None)[0]
    value = np.exp(np.clip(features @ weights, -50.0, 0.0))
    value[~fit] = 0.0
    return np.asarray(value, dtype=np.float64)


def _features(network: Network) -> Floats:
    matrix = network.matrix(weighted=False)
    degree = np.maximum(network.degree.astype(np.float64), 0.5)
    around = np.asarray(matrix @ degree)
    shares = np.log(np.asarray(matrix @ (1 / degree)) + 0.1)
    size, rank = np.log(degree), np.log(pagerank(network))
    columns = [np.ones(network.size), size, rank, np.log(around + 1), shares, np.log(matrix @ around + 1),
               size**2, shares**2, size * shares]  # fmt: skip
    return np.column_stack(columns)
