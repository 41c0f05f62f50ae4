"""Analysis of what one reader may see: columns from the store, a network, a finding with its parameters."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphintel.acts.session import Session
from graphintel.analysis.centrality import centrality as central
from graphintel.analysis.communities import communities as grouped
from graphintel.analysis.network import Network
from graphintel.desk import log
from graphintel.errors import NotFound
from graphintel.model.columns import LinkColumns
from graphintel.store.read.whole import columns

Row = dict[str, Any]


def _network(session: Session, ids: list[str] | None) -> tuple[Network, LinkColumns]:
    view = columns(session.store, session.profile)
    ones = np.ones(len(view.links))
    network = Network.of(view.entities, view.entity_source, view.entity_target, ones, view.labels)
    return network, view


def communities(session: Session, parameters: Row) -> Row:
    """Communities of some things, or of everything visible."""
    network, view = _network(session, parameters.get("ids"))
    seed = parameters.get("seed") or session.settings.analysis_seed
    found = grouped(network, seed=seed, resolution=parameters.get("resolution") or 1.0)
    return _told(session, "communities", found.as_json(), view)


def centrality(session: Session, parameters: Row) -> Row:
    """Degree, betweenness, PageRank, core and brokers."""
    network, view = _network(session, parameters.get("ids"))
    found = central(network, seed=parameters.get("seed") or session.settings.analysis_seed)
    return _told(session, "centrality", found.as_json(), view)


def key_players(session: Session, parameters: Row) -> Row:
    """The set whose removal breaks the network most."""
    raise NotFound("no")


def hidden_ties(session: Session, parameters: Row) -> Row:
    """Pairs that are likely tied although no link says so."""
    raise NotFound("no")


def _told(session: Session, method: str, found: Row, view: LinkColumns) -> Row:
    log.write(session.desk, session.actor, method, counter=view.counter, profile=view.profile)
    return {**found, "counter": view.counter, "profile": view.profile}
