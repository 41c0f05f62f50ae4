"""Looking at the graph: search, one entity, its records, its neighbourhood, what lies between two."""

from __future__ import annotations

from typing import Any

from graphintel import ingest
from graphintel.acts.session import Session
from graphintel.errors import InputError
from graphintel.model.subgraph import Subgraph
from graphintel.store.read import between, entity, expand, loads, search
from graphintel.store.read.expand import Expansion

Row = dict[str, Any]


def find(session: Session, text: str, kind: str | None = None, limit: int = 20) -> Row:
    """Entities that answer a text."""
    try:
        return search.search(session.store, text, session.profile, kind=kind or None, limit=limit)
    except KeyError as error:
        raise InputError(str(error.args[0])) from error


def lookup(session: Session, lines: list[str]) -> list[Row]:
    """A pasted list of names and identifiers, each with its best hits."""
    given = [line.strip() for line in lines if line.strip()][:500]
    return [{"text": line, "hits": find(session, line, limit=3)["hits"]} for line in given]


def show(session: Session, name: str) -> Row:
    """One entity with every value's records."""
    return entity.entity(session.store, name, session.profile)


def records(session: Session, name: str, cursor: str = "", limit: int = 50) -> Row:
    """The records that state something of an entity, a page at a time."""
    page = entity.records(session.store, name, session.profile, cursor=cursor, limit=limit)
    found = _with_history(session, page["records"])
    return {**page, "records": [_with_banner(session, row) for row in found]}


def record(session: Session, name: str) -> Row:
    """One record with its cells, its marking in words and the raw row."""
    found = entity.record(session.store, name, session.profile)
    return _with_banner(session, _with_history(session, [found])[0])


def _with_history(session: Session, rows: list[Row]) -> list[Row]:
    """Records with who delivered or graded each, when and why."""
    known = loads.named(session.store, sorted({one["batch"] for row in rows for one in row["history"]}))
    return [
        {**row, "history": [{**one, **known.get(one["batch"], {})} for one in row["history"]]} for row in rows
    ]


def _with_banner(session: Session, row: Row) -> Row:
    marking = session.markings[row["marking"]]
    stored = ingest.place_of(session.settings.evidence, row["sha256"])
    return {**row, "marking": marking._asdict(), "banner": marking.banner, "evidence_kept": stored.exists()}


def neighbourhood(session: Session, expansion: Expansion) -> Subgraph:
    """The neighbourhood of some entities, limited and said so."""
    return finished(
        session, expand.expand(session.store, expansion, session.profile, session.settings.elements)
    )


def preview(session: Session, ids: list[str]) -> Row:
    """Counts by link type, direction and kind before anything is loaded."""
    return expand.preview(session.store, ids, session.profile)


def paths(
    session: Session, source: str, target: str, max_hops: int = 6, through_hubs: bool = False
) -> Subgraph:
    """Shortest paths between two entities."""
    found = between.paths(
        session.store, source, target, session.profile, max_hops=max_hops, through_hubs=through_hubs
    )
    return finished(session, found)


def among(session: Session, ids: list[str], fold: list[str] | None = None) -> Subgraph:
    """These entities and all links among them."""
    limit = session.settings.elements_max
    if len(ids) > limit:
        raise InputError(f"A chart holds at most {limit} things; these are {len(ids)}.")
    return finished(session, between.subgraph(session.store, ids, session.profile, fold=fold, limit=limit))


def finished(session: Session, subgraph: Subgraph) -> Subgraph:
    """A subgraph with the handling that its picture must carry."""
    summed = set(subgraph.extra.pop("marks", ()))
    for edge in subgraph.edges:
        edge.marking = session.original(edge.marking)
    subgraph.handling = session.handling({edge.marking for edge in subgraph.edges if not edge.fold} | summed)
    return subgraph


def history(session: Session, name: str) -> list[Row]:
    """The loads that brought something of an entity, oldest first."""
    return entity.loads_of(session.store, name, session.profile)
