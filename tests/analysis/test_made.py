"""Networks made for measuring: groups and degrees as asked for, the same for a seed."""

from __future__ import annotations

import numpy as np

from graphintel.analysis.made import grown, planted


def test_planted_groups_hold_most_ties_at_low_mixing_and_fewer_at_high() -> None:
    inside = []
    for mixing in (0.1, 0.4):
        network, truth = planted(3000, 4, mixing)
        inside.append(float(np.mean(truth[network.source] == truth[network.target])))
        assert network.size == len(truth) == 3000 and 8 < network.degree.mean() < 13
    assert inside[0] > 0.8 > inside[1] > 0.4


def test_a_grown_network_has_few_strong_ones_and_is_the_same_for_a_seed() -> None:
    first, again, other = grown(1000, 3, 5), grown(1000, 3, 5), grown(1000, 3, 6)
    assert first.source.tolist() == again.source.tolist() and first.source.tolist() != other.source.tolist()
    assert first.degree.max() > 10 * np.median(first.degree)
