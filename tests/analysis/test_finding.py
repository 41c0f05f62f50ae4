"""Findings: everything needed to judge a result and to get it again, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable

import networkx as nx
import pytest

from graphintel.analysis.communities import communities
from graphintel.analysis.finding import LIMITS, VERSION, finding
from graphintel.analysis.network import Network


def test_a_finding_keeps_the_contract_and_adds_how_it_came_about(network_of: Callable[..., Network]) -> None:
    result = communities(network_of(nx.karate_club_graph()), seed=3).as_json()
    told = finding("communities", result, counter=7, profile="p1", hub_cap=50).as_json()
    assert told["communities"] == result["communities"]
    assert (told["counter"], told["profile"], told["seed"], told["version"]) == (7, "p1", 3, VERSION)
    assert told["method"] == "leiden-consensus"
    assert told["parameters"]["hub_cap"] == 50 and told["parameters"]["runs"] == 10
    assert told["stability"] == result["stability"]
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize("kind", sorted(LIMITS))
def test_each_kind_says_what_it_does_not_say(kind: str) -> None:
    limits = finding(kind, {}).limits
    assert limits.en.endswith(".") and limits.tr.endswith(".") and limits.en != limits.tr


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError, match="no kind of finding 'guess'"):
        finding("guess", {})
