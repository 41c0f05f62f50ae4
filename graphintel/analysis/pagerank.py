"""PageRank by power iteration on sparse arrays (Brin and Page 1998), to a tolerance that does not grow with size."""

from __future__ import annotations

import numpy as np

from graphintel.analysis.network import Floats, Network


def pagerank(
    network: Network, *, damping: float = 0.85, tolerance: float = 1e-10, rounds: int = 200
) -> Floats:
    """PageRank over weighted ties, shape n, sums to 1; stops when a round moves less than `tolerance` in all."""
    if not network.size:
        return np.zeros(0)
    matrix = network.matrix()
    strength = np.asarray(matrix.sum(axis=1)).ravel()
    loose = strength == 0
    share = np.divide(1.0, strength, out=np.zeros_like(strength), where=~loose)
    rank = np.full(network.size, 1.0 / network.size)
    for _ in range(rounds):
        spread = damping * (matrix @ (rank * share) + rank[loose].sum() / network.size)
        new = np.asarray(spread, dtype=np.float64) + (1 - damping) / network.size
        moved = float(np.abs(new - rank).sum())
        rank = new
        if moved < tolerance:
            break
    return np.asarray(rank / rank.sum(), dtype=np.float64)
