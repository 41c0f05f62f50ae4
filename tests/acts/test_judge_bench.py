"""The benchmark of verdicts: on a small hub, that the figures say what was done."""

from __future__ import annotations

import pytest

from graphintel.acts.bench import judge as bench
from graphintel.settings import Settings


@pytest.mark.neo4j
def test_a_verdict_on_a_hub_moves_the_small_side_only(settings: Settings) -> None:
    found = bench.measure(settings, None, 2000)
    assert found["hub"].value == 2000 and found["pairs"].value > 5
    assert 0 < found["split_moved"].value < 20 and found["split_moved"].holds
    assert found["split_hub"].holds and found["verdict_p95"].value >= found["verdict_p50"].value > 0
    assert found["large_moved"].value > found["split_moved"].value
