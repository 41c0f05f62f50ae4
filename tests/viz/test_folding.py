"""What a folded chart shows: the same in the file as on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.model.kinds import KINDS
from graphintel.model.subgraph import Edge, Fold, Node, Subgraph
from graphintel.viz.folding import tell_folded
from graphintel.viz.style import look

# The browser app's tests read the same cases.
CASES = orjson.loads(
    Path(__file__).parents[2].joinpath("viz/src/core/folding.cases.json").read_bytes()
)  # fmt: skip


def chart(case: dict[str, Any]) -> Subgraph:
    """A subgraph of a case."""
    nodes = [Node(name, kind, name) for name, kind in case["nodes"].items()]
    edges = [Edge(f"{source}-{target}", source, target, "USES") for source, target in case["links"]]
    folds = [
        Edge(name, source, target, "FOLD", fold=Fold(count, "", "", {}))
        for name, source, target, count in case["folds"]
    ]
    return Subgraph(nodes, edges + folds)


def folds_of(subgraph: Subgraph) -> list[str]:
    """Ids of the summed links that are left."""
    return sorted(edge.id for edge in subgraph.edges if edge.fold)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_file_shows_the_summed_links_of_the_screen(case: dict[str, Any]) -> None:
    told = tell_folded(chart(case))
    assert folds_of(told) == case["kept"]
    assert told.truncated.by_filter == len(case["folds"]) - len(case["kept"])
    assert len([edge for edge in told.edges if not edge.fold]) == len(case["links"])


def test_the_opening_chart_is_among_the_cases() -> None:
    opening = [case for case in CASES if case["name"].startswith("opening chart")]
    assert [len(case["kept"]) < len(case["folds"]) for case in opening] == [False, True]


@given(st.data())
def test_nothing_loses_its_last_tie_and_parties_keep_all_of_theirs(data: st.DataObject) -> None:
    nodes = {f"n{number}": data.draw(st.sampled_from(list(KINDS))) for number in range(6)}
    pairs = [(one, other) for one in nodes for other in nodes if one < other]
    links = data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=4))
    drawn = data.draw(st.lists(st.sampled_from(pairs), unique=True))
    folds = [(f"f{number}", *pair, data.draw(st.integers(1, 9))) for number, pair in enumerate(drawn)]
    told = tell_folded(chart({"nodes": nodes, "links": links, "folds": folds}))
    ends = {end for edge in told.edges for end in (edge.source, edge.target)}
    assert ends == {end for pair in [*links, *drawn] for end in pair}
    plain = {name for name, kind in nodes.items() if kind not in look().scenery}
    assert {name for name, *pair, _ in folds if set(pair) <= plain} <= set(folds_of(told))
    assert tell_folded(told).edges == told.edges
