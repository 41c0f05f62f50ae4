"""The benchmark of analysis: the agreement of groupings, and figures on a small graph."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graphintel.acts.bench import analysis as bench
from graphintel.acts.bench.agreement import mutual_information
from graphintel.settings import Settings


def test_agreement_is_one_for_the_same_groups_under_any_names_and_nothing_by_lot() -> None:
    rng = np.random.default_rng(4)
    one = rng.integers(0, 12, 3000)
    renamed = rng.permutation(100)[one]
    assert mutual_information(one, renamed) == pytest.approx(1.0)
    lots = [mutual_information(one, rng.integers(0, 12, 3000)) for _ in range(8)]
    assert abs(float(np.mean(lots))) < 0.005
    # worked out by hand for 0 0 1 1 against 0 0 1 2: (ln 2 - E) / ((ln 2 + 1.5 ln 2) / 2 - E), E = 2/3 ln 2
    told = mutual_information(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2]))
    assert told == pytest.approx((1 - 2 / 3) / (1.25 - 2 / 3))


def test_every_figure_is_there_on_a_small_graph(tmp_path: Path) -> None:
    found = bench.measure(Settings(home=tmp_path), None, 20_000)
    assert found["lfr_ami"].value > 0.3 and 0 < found["lfr_rewired_surest"].value < 1
    assert found["million_networkx"].value == 0 and found["million_ties"].value > 10_000
    assert 0 <= found["broker_share"].value <= 1 and found["assertions"].value == 20_000
