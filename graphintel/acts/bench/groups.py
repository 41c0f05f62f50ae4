"""Planted groups of an invented world beside what analysis finds: their communities, and where their organisers rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from graphintel.acts.bench.agreement import mutual_information
from graphintel.acts.session import Session
from graphintel.analysis.centrality import centrality
from graphintel.analysis.communities import communities
from graphintel.analysis.projection import project
from graphintel.training import Truth

_SEED = 20
_PARTS = ("members", "companies", "vehicles")
_DECILE = 0.1


class Groups(NamedTuple):
    """How well communities agree with planted groups, over how many things, and how many organisers rank in the top decile."""

    agreement: float
    things: int
    organisers: int
    top: int


def found_again(session: Session, truth: Truth, known: Mapping[str, Iterable[str]]) -> Groups:
    """Look for the planted groups in all that is visible; `known`: the things that each identity key leads to."""
    projection = project(session.view(), seed=_SEED)
    network = projection.network
    number = {name: place for place, name in enumerate(network.names)}
    of = communities(network, seed=_SEED).of
    planted = {
        number[thing]: place
        for place, group in enumerate(truth.groups)
        for part in _PARTS
        for one in group[part]
        for thing in known.get(one["key"], ())
        if thing in number
    }
    places = np.array(sorted(planted), dtype=np.int64)
    agreement = (
        mutual_information(of[places], np.array([planted[place] for place in places.tolist()]))
        if len(places)
        else 0.0
    )
    rank = _rank(
        session, projection.entity.tolist(), centrality(network, seed=_SEED, resamples=0).betweenness
    )
    heads = [
        min(rank[number[thing]] for thing in things)
        for group in truth.groups
        if (things := [one for one in known.get(group["organiser"]["key"], ()) if one in number])
    ]
    return Groups(agreement, len(places), len(heads), sum(place <= _DECILE for place in heads))


def _rank(session: Session, entity: list[int], betweenness: np.ndarray) -> dict[int, float]:
    """For each person the share of persons that stand before it, 0 for the first."""
    view = session.view()
    people = [place for place, one in enumerate(entity) if view.kinds[view.kind[one]] == "Person"]
    order = sorted(people, key=lambda place: -float(betweenness[place]))
    return {place: position / max(len(order), 1) for position, place in enumerate(order)}
