"""Analysis of what one reader may see: columns from the store, a network, a finding with its parameters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from graphintel.acts.session import Session
from graphintel.analysis.centrality import centrality as central
from graphintel.analysis.chance import chance
from graphintel.analysis.communities import communities as grouped
from graphintel.analysis.edges import read_edges
from graphintel.analysis.finding import Finding, finding
from graphintel.analysis.keyplayers import key_players as breaking
from graphintel.analysis.network import Network
from graphintel.analysis.projection import Projection, project
from graphintel.analysis.shared import named, shared
from graphintel.analysis.ties import hidden_ties as likely
from graphintel.desk import findings, log
from graphintel.store.read.whole import columns

Row = dict[str, Any]


def _communities(network: Network, given: Row) -> Row:
    found = grouped(network, seed=given["seed"], resolution=given.get("resolution") or 1.0)
    held = chance(network, found, seed=given["seed"])
    return {**found.as_json(), "chance": held.as_json() if held else None}


def _with_names(result: Row, projection: Projection) -> None:
    """Name communities by what their members share, where they share anything; else by their strongest members."""
    number = {name: place for place, name in enumerate(projection.network.names)}
    of = np.full(projection.network.size, -1, dtype=np.int32)
    for one in result["communities"]:
        of[[number[name] for name in one["members"]]] = one["id"]
    found = shared(projection, of)
    for one in result["communities"]:
        some = found.get(one["id"], [])
        one["shared"] = [each.as_json() for each in some]
        if name := named(some):
            one["name"] = name


def _centrality(network: Network, given: Row) -> Row:
    found = central(network, seed=given["seed"])
    return {**found.as_json(), "brokers": [broker.as_json() for broker in found.brokers()]}


def _key_players(network: Network, given: Row) -> Row:
    return breaking(network, given.get("k") or 5, seed=given["seed"]).as_json()


def _hidden_ties(network: Network, given: Row) -> Row:
    return likely(network, given.get("top") or 20, seed=given["seed"]).as_json()


METHODS: dict[str, Callable[[Network, Row], Row]] = {
    "communities": _communities,
    "centrality": _centrality,
    "key-players": _key_players,
    "hidden-ties": _hidden_ties,
}


def of_edges(method: str, path: Path, given: Row) -> Row:
    """A method on an edge list; what was dropped or added up is counted."""
    edges = read_edges(path)
    found = METHODS[method](edges.network, given)
    return {**found, "self_loops": edges.self_loops, "repeated": edges.repeated}


def of_graph(session: Session, method: str, parameters: Row) -> Row:
    """A finding on what this reader sees: the same parameters, seed and counter give the same numbers."""
    view = columns(session.store, session.profile)
    seed = parameters.get("seed")
    given = {**parameters, "seed": session.settings.analysis_seed if seed is None else seed}
    projection = project(view, ids=given.get("ids"), seed=given["seed"])
    result = METHODS[method](projection.network, given)
    if method == "communities":
        _with_names(result, projection)
    found = finding(
        method, result, counter=view.counter, profile=view.profile, projection=projection.parameters
    )
    told = {**found.as_json(), "network": projection.as_json(), "explanation": result.get("explanation")}
    number = findings.keep(
        session.desk,
        session.actor,
        method,
        {"parameters": found.parameters, "asked": given, **_about(found)},
        told,
    )
    log.write(
        session.desk, session.actor, method, counter=view.counter, profile=view.profile, seed=given["seed"]
    )
    return {"finding": number, **told}


def _about(found: Finding) -> Row:
    return {"seed": found.seed, "counter": found.counter, "profile": found.profile, "version": found.version,
            "stability": found.stability}  # fmt: skip


def communities(session: Session, parameters: Row) -> Row:
    """Communities of some things, or of everything visible."""
    return of_graph(session, "communities", parameters)


def centrality(session: Session, parameters: Row) -> Row:
    """Degree, betweenness, PageRank, core and brokers."""
    return of_graph(session, "centrality", parameters)


def key_players(session: Session, parameters: Row) -> Row:
    """The set whose removal breaks the network most."""
    return of_graph(session, "key-players", parameters)


def hidden_ties(session: Session, parameters: Row) -> Row:
    """Pairs that are likely tied although no link says so."""
    return of_graph(session, "hidden-ties", parameters)
