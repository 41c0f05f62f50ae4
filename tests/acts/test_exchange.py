"""A graph as Follow the Money, and loaded again into an empty store: the same things, the same links."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graphintel.acts import chart
from graphintel.acts.load import load
from graphintel.acts.session import Session
from graphintel.ingest import catalogue
from graphintel.ingest.expected import samples
from graphintel.model.marking import Profile
from graphintel.model.subgraph import Edge
from graphintel.store.read.between import subgraph
from graphintel.store.read.stated import stated
from graphintel.store.write.made import empty

pytestmark = pytest.mark.neo4j


def _ids(session: Session) -> list[str]:
    return [
        row["id"]
        for row in session.store.reading(lambda tx: tx.run("MATCH (e:Entity) RETURN e.id AS id").data())
    ]


def _said(session: Session) -> tuple[set[Any], set[Any]]:
    ids = _ids(session)
    graph = subgraph(session.store, ids, session.profile)
    values = stated(session.store, ids, session.profile)
    named = {node.id: (node.kind, _flat(values[node.id])) for node in graph.nodes}
    return set(named.values()), {_link(edge, named) for edge in graph.edges}


def _link(edge: Edge, named: dict[str, Any]) -> tuple[Any, ...]:
    return (
        edge.type,
        named[edge.source],
        named[edge.target],
        edge.at,
        _flat({k: [v] for k, v in edge.properties.items()}),
    )


def _flat(values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(sorted((name, tuple(sorted(map(str, given)))) for name, given in values.items()))


def _export(session: Session, to: str, ids: list[str]) -> chart.Exported:
    return chart.export(
        session, to, name=None, ids=ids, case="", theme="light", language="en", fold=[], positions={}
    )


def test_graph_to_file_to_an_empty_store(session: Session, tmp_path: Path) -> None:
    for source in ("ftm", "movements-csv"):
        load(session, source, samples(catalogue()[source]))
    before = _said(session)
    made = _export(session, "all.ftm.json", _ids(session))
    assert len(made.left_out) == 1, made.left_out
    assert b'"handling":"RESTRICTED' in made.content
    path = tmp_path / "all.ftm.json"
    path.write_bytes(made.content)
    empty(session.store)
    session = Session(session.settings, session.store, session.desk, session.actor)
    report = load(session, "ftm", [path])
    assert report.exit_code == 0
    assert _said(session) == before


def test_what_a_reader_may_not_see_is_not_in_the_file(session: Session) -> None:
    load(session, "movements-csv", samples(catalogue()["movements-csv"]))
    load(session, "unodc-ids", samples(catalogue()["unodc-ids"]))
    ids = _ids(session)
    everything = _export(session, "all.ftm.json", ids).content
    assert b"34KLT481" in everything
    open_only = {number: marking for number, marking in session.markings.items() if marking.level == "open"}
    assert open_only
    values = stated(session.store, ids, Profile(tuple(open_only)))
    assert "34KLT481" not in str(values)
    assert values
