"""The quality report agrees with the graph and with quarantine, and tells what changed since the load before."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import orjson
import pytest
from delivered import BAD_BOX, SOURCE, Row, renamed, rows, write

from graphintel.acts import load, quality, retract
from graphintel.acts.session import Session
from graphintel.desk import quality as kept
from graphintel.desk import quarantine
from graphintel.errors import NotFound
from graphintel.model.kinds import KINDS
from graphintel.store.driver import Store

pytestmark = pytest.mark.neo4j


def spoilt(told: list[Row]) -> list[Row]:
    """Every tenth container fails its check digit, every twentieth date is no day, two loading places are unknown."""
    made = [dict(row) for row in told]
    for number, row in enumerate(made):
        if number % 10 == 3:
            row["container"] = BAD_BOX
        if number % 20 == 7:
            row["registration_date"] = "2024-02-31"
        if number in (1, 2):
            row["loading_place"] = "Nowhere upon Sea"
    return made


def recounted(store: Store, batch: int) -> dict[str, Counter[str]]:
    """Verdicts by type of value over what each record of a batch states, counted in the graph."""
    found: dict[str, Counter[str]] = {}
    stated = store.read(
        "MATCH (d:Record {batch: $batch}) CALL (d) { "
        "MATCH (d)-[:STATES]->(m:Mention) RETURN m.id AS id UNION "
        "MATCH (:Entity)-[r]->(:Entity) WHERE r.record = d.id UNWIND [r.from_mention, r.to_mention] AS id RETURN id } "
        "WITH d, id MATCH (m:Mention {id: id}) RETURN d.id AS record, m.kind AS kind, properties(m) AS m",
        {"batch": batch},
    )
    for row in stated:
        verdicts = orjson.loads(row["m"].get("verdicts", "{}"))
        for item in KINDS[row["kind"]].properties:
            if item.name in row["m"]:
                found.setdefault(item.type, Counter())[verdicts.get(item.name, "valid")] += 1
    return found


def test_counts_agree_with_the_graph_and_with_quarantine(session: Session, tmp_path: Path) -> None:
    report = load.load(session, SOURCE, [write(tmp_path / "a.csv", spoilt(rows(100)))])
    assert report.batch is not None
    told = quality.report(session, report.batch)
    assert {"valid": 85, "invalid": 10, "unknown": 0} == told_of(told, "container")
    recount = recounted(session.store, report.batch)
    for row in told["values"]:
        graph = recount.pop(row["type"])
        assert {verdict: row[verdict] for verdict in ("valid", "invalid", "unknown")} == {
            verdict: graph[verdict] for verdict in ("valid", "invalid", "unknown")
        }, row["type"]
    assert recount == {}
    held = Counter(row["reason"] for row in quarantine.listed(session.desk, batch=report.batch))
    assert {row["reason"]: row["count"] for row in told["quarantine"]} == held == {"bad_date": 5}
    assert told["rows"] == {
        "read": 100, "new": 95, "unchanged": 0, "duplicate": 0, "superseded": 0, "quarantined": 5,
    }  # fmt: skip
    assert [(place["text"], place["count"]) for place in told["unplaced"]] == [("Nowhere upon Sea", 2)]


def told_of(report: Row | dict[str, object], type_name: str) -> dict[str, int]:
    """The verdicts of one type in a report."""
    values = report["values"]
    assert isinstance(values, list)
    row = next(row for row in values if row["type"] == type_name)
    return {verdict: row[verdict] for verdict in ("valid", "invalid", "unknown")}


def test_a_second_load_is_compared_with_the_first(session: Session, tmp_path: Path) -> None:
    load.load(session, SOURCE, [write(tmp_path / "a.csv", rows(300, seed=1))])
    changed = renamed(rows(300, seed=2, weight=1600.0), "container", "container_no")
    for row in changed[:150]:
        row["currency"] = ""
    load.load(session, SOURCE, [write(tmp_path / "b.csv", [{**row, "seal": "x"} for row in changed])])
    told = quality.report(session)
    assert (
        told["drift"]["renamed"][0]["from"] == "container"
        and told["drift"]["renamed"][0]["to"] == "container_no"
    )
    assert (told["drift"]["new"], told["drift"]["missing"]) == (["seal"], [])
    assert told["unread"]["columns"] == ["container_no", "seal"] and 0 < told["unread"]["share"] < 0.2
    moved = {row["column"]: row["moved"] for row in told["distributions"]}
    assert moved["gross_kg"] and not moved["origin_country"]
    columns = {column["name"]: column for column in told["columns"]}
    assert (
        columns["currency"]["rate_before"],
        columns["currency"]["rate"],
        columns["currency"]["moved"],
    ) == (1.0, 0.5, True)
    assert not columns["hs"]["moved"]


def test_what_may_not_be_seen_answers_like_what_is_not_there(session: Session, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Nothing was loaded"):
        quality.report(session)
    load.load(session, SOURCE, [write(tmp_path / "a.csv", rows(3))])
    number = quality.report(session)["batch"]
    content = kept.get(session.desk, number)
    assert content is not None
    kept.keep(
        session.desk, number, SOURCE, {**content, "markings": [*content["markings"], "above this reader"]}
    )
    with pytest.raises(NotFound, match=f"No quality report is kept of load {number}"):
        quality.report(session, number)
    with pytest.raises(NotFound, match="There is no load 999"):
        quality.report(session, 999)


def test_a_load_that_brought_a_marking_of_its_own_is_reported_at_once(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = Session(session.settings, session.store, session.desk, "reader")
    monkeypatch.setattr("graphintel.acts.session._FRESH", 3600.0)
    before = set(served.markings)
    number = load.load(session, SOURCE, [write(tmp_path / "a.csv", rows(3))]).batch
    assert quality.report(served, number)["rows"]["new"] == 3
    assert before < set(served.markings)


def test_words_of_any_earlier_load_are_known_and_a_load_taken_back_counts_for_nothing(
    session: Session, tmp_path: Path
) -> None:
    for number, currency in enumerate(("EUR", "USD", "TRY"), 1):
        told = [{**row, "currency": currency} for row in rows(12, seed=number)]
        load.load(session, SOURCE, [write(tmp_path / f"{number}.csv", told)])
    last = quality.report(session)
    assert new_words(last) == {"TRY": 12}
    again = [{**row, "currency": "EUR"} for row in rows(12, seed=4)]
    load.load(session, SOURCE, [write(tmp_path / "4.csv", again)])
    assert (
        new_words(quality.report(session)) == {} and quality.report(session)["compared_with"] == last["batch"]
    )
    retract.retract(session, last["batch"], reason="a test")
    assert quality.report(session)["compared_with"] < last["batch"]
    content = kept.get(session.desk, last["batch"])
    assert content is not None
    kept.keep(session.desk, last["batch"], SOURCE, {**content, "at": "before the store was emptied"})
    with pytest.raises(NotFound):
        quality.report(session, last["batch"])


def new_words(report: Row | dict[str, object]) -> dict[str, int]:
    """The unknown currencies of a report."""
    columns = report["vocabularies"]
    assert isinstance(columns, list)
    column = next(row for row in columns if row["column"] == "currency")
    return {row["word"]: row["count"] for row in column["new"]}
