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
from graphintel.analysis.keyplayers import KeyPlayers
from graphintel.analysis.keyplayers import key_players as breaking
from graphintel.analysis.network import Network
from graphintel.analysis.projection import Projection, project
from graphintel.analysis.reach import Reach, reach
from graphintel.analysis.removal import removal as without
from graphintel.analysis.shared import named, shared
from graphintel.analysis.ties import hidden_ties as likely
from graphintel.analysis.windows import between
from graphintel.desk import findings, log
from graphintel.errors import InputError
from graphintel.model.columns import LinkColumns

Row = dict[str, Any]
_TIE_MOST = 500


def _communities(network: Network, given: Row) -> Row:
    found = grouped(network, seed=given["seed"], resolution=given.get("resolution") or 1.0)
    held = chance(network, found, seed=given["seed"])
    return {**found.as_json(), "chance": held.as_json() if held else None}


def _entities(view: LinkColumns, names: list[str]) -> list[str]:
    """The things that some ids lead to: any id of any statement of a thing names it; others stay as they are."""
    wanted = set(names)
    at = {
        name: view.entities[view.partition[place]]
        for place, name in enumerate(view.mentions)
        if name in wanted
    }
    return [at.get(name, name) for name in names]


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
    goal = given.get("goal") or "break"
    if goal not in GOALS:
        raise InputError(f"Key players {' or '.join(GOALS)}, not {goal!r}.")
    return GOALS[goal](network, given.get("k") or 5, seed=given["seed"]).as_json()


def _removal(network: Network, given: Row) -> Row:
    return without(network, given.get("removed") or []).as_json()


def _hidden_ties(network: Network, given: Row) -> Row:
    return likely(network, given.get("top") or 20, seed=given["seed"]).as_json()


GOALS: dict[str, Callable[..., KeyPlayers | Reach]] = {"break": breaking, "reach": reach}
METHODS: dict[str, Callable[[Network, Row], Row]] = {
    "communities": _communities,
    "centrality": _centrality,
    "key-players": _key_players,
    "hidden-ties": _hidden_ties,
    "removal": _removal,
}


#: What a finding can be of: a method on one network, or the communities of two spans.
ASKED = (*METHODS, "community-change")


def of_edges(method: str, path: Path, given: Row) -> Row:
    """A method on an edge list; what was dropped or added up is counted."""
    edges = read_edges(path)
    found = METHODS[method](edges.network, given)
    return {**found, "self_loops": edges.self_loops, "repeated": edges.repeated}


def of_graph(session: Session, method: str, parameters: Row) -> Row:
    """A finding on what this reader sees: the same parameters, seed and counter give the same numbers."""
    view = session.view()
    seed = parameters.get("seed")
    given = {**parameters, "seed": session.settings.analysis_seed if seed is None else seed}
    asked = {name: _entities(view, given[name]) for name in ("ids", "removed") if given.get(name)}
    if method == "community-change":
        result = between(
            view, given.get("before") or "", given.get("after") or "", kinds=given.get("kinds"), ids=asked.get("ids"),
            seed=given["seed"], resolution=given.get("resolution") or 1.0,
        ).as_json()  # fmt: skip
        return _kept(session, view, method, given, result, {})
    projection = project(view, kinds=given.get("kinds"), ids=asked.get("ids"), seed=given["seed"])
    result = METHODS[method](projection.network, {**given, **asked})
    if method == "communities":
        _with_names(result, projection)
    return _kept(session, view, method, given, result, {"network": projection.as_json()})


def _kept(session: Session, view: LinkColumns, method: str, given: Row, result: Row, network: Row) -> Row:
    """The result as a finding that is kept."""
    rests = {"projection": network["network"]["parameters"]} if network else {}
    found = finding(method, result, counter=view.counter, profile=view.profile, **rests)
    told = {**found.as_json(), **network, "explanation": result.get("explanation")}
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


def community_change(session: Session, parameters: Row) -> Row:
    """How communities changed from one span of days to another."""
    return of_graph(session, "community-change", parameters)


def centrality(session: Session, parameters: Row) -> Row:
    """Degree, betweenness, PageRank, core and brokers."""
    return of_graph(session, "centrality", parameters)


def key_players(session: Session, parameters: Row) -> Row:
    """The set whose removal breaks the network most."""
    return of_graph(session, "key-players", parameters)


def removal(session: Session, parameters: Row) -> Row:
    """The network before and after some things are taken out."""
    return of_graph(session, "removal", parameters)


def tie(session: Session, first: str, second: str, kinds: list[str] | None = None) -> Row:
    """What ties two things in the network of analysis: the links behind it, and the records that state them.

    `kinds`: those that the network is of, if the finding asked for some. Raises InputError for what is not in it.
    """
    view = session.view()
    projection = project(view, kinds=kinds, seed=session.settings.analysis_seed)
    first, second = _entities(view, [first, second])
    links = projection.why(first, second)
    shown = links[:_TIE_MOST]
    at = view.entities
    rows = [
        {"id": view.links[link], "type": view.types[view.type[link]], "record": view.records[link],
         "source": at[int(view.partition[view.source[link]])], "target": at[int(view.partition[view.target[link]])]}
        for link in shown
    ]  # fmt: skip
    cut = {"by_limit": len(links) - len(shown), "by_filter": 0, "by_policy": "not told"}
    records = projection.records(first, second)
    return {"source": first, "target": second, "links": rows, "records": records[:_TIE_MOST], "counter": view.counter,
            "records_total": len(records), "truncated": cut}  # fmt: skip


def hidden_ties(session: Session, parameters: Row) -> Row:
    """Pairs that are likely tied although no link says so."""
    return of_graph(session, "hidden-ties", parameters)
