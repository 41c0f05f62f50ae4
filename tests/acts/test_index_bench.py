"""`bench index`: a small run finds the noisy copies within the bars."""

from __future__ import annotations

from pathlib import Path

from graphintel.acts import bench
from graphintel.acts.bench.invented import SCRIPTS, Invention
from graphintel.settings import Settings


def test_a_small_index_holds_its_bars_and_leaves_nothing(tmp_path: Path) -> None:
    told = bench.run("index", Settings(home=tmp_path), None, 1500)["figures"]
    assert all(row["holds"] is not False for row in told.values()), told
    assert {f"recall_50_{script}" for script in SCRIPTS} < set(told) and told["recall_50"]["value"] > 0.95
    assert told["candidates_most"]["value"] <= 100 < told["disk"]["value"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_invented_parties_are_the_same_for_a_seed_and_differ_in_their_copies() -> None:
    one, other = Invention(4), Invention(4)
    made = list(one.parties(50))
    assert made == list(other.parties(50)) and {party.kind for party in made} == {
        "Person",
        "Company",
        "Vehicle",
    }
    named = [party for party in made if party.kind != "Vehicle"]
    for script, first in (("arabic", "\u0627"), ("cyrillic", "\u0430"), ("greek", "\u03b1")):
        again = [dict(one.again(party, script).said)["name"] for party in named]
        assert all(name for name in again) and any(first in name for name in again)
        assert again != [dict(party.said)["name"] for party in named]
