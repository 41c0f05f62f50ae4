"""A relink of what is held: likely pairs wait with reasons that add up, and nothing is merged, doubled or asked again."""

from __future__ import annotations

import json

import pytest
from fabric import load, mention, record
from filelock import FileLock
from judging import groups
from linked import population

from graphintel.acts import judge, queue
from graphintel.acts import relink as relinking
from graphintel.acts.session import Session
from graphintel.desk import relinked, suggestions
from graphintel.desk.suggestions import Suggestion
from graphintel.errors import Conflict
from graphintel.resolve.relink import hash_of

pytestmark = pytest.mark.neo4j


@pytest.fixture
def told(session: Session) -> dict[str, int]:
    """Persons in declarations; whom each statement is about."""
    found: dict[str, int] = {}
    rows = []
    for number, (one, person) in enumerate(population(150)):
        source = "ab"[number % 2]
        values = {"name": " ".join(one.names[0].spelled)}
        values["birth_date"] = "-".join(f"{part:02}" for part in one.births[0] if part)
        values["nationality"] = min(one.countries)
        stated = mention(source, "Person", **values)
        event = mention(source, "Declaration", number=str(number), date="2024-05-01")
        rows.append(record(source, str(number), event, [("CONSIGNEE", stated, {})]))
        found[stated.id] = person
    load(session.store, rows)
    return found


def test_likely_pairs_wait_with_reasons_and_nothing_is_merged(session: Session, told: dict[str, int]) -> None:
    before = groups(session.store)
    said: list[str] = []
    done = relinking.relink(session, least=0.5, progress=lambda part, whole, what: said.append(what))
    assert groups(session.store) == before and "mentions" in said
    person = done.kinds["Person"]
    assert (done.mentions, person["rows"]) == (len(told), len(told)) and done.counter == session.counter()
    assert person["suggested"] == done.suggested > 20 and done.kinds["Company"]["suggested"] == 0
    rows = suggestions.waiting(session.desk, least=0.5, limit=500).rows
    assert len(rows) == done.suggested and all(row["model"] == person["model"] for row in rows)
    for row in rows:
        assert abs(sum(one["bits"] for one in row["reasons"]) - row["bits"]) < 1e-5
        assert {"prior", "name"} <= {one["field"] for one in row["reasons"]}
    right = sum(told[row["left"]] == told[row["right"]] for row in rows)
    assert right / len(rows) >= 0.8
    weights = json.loads((session.settings.home / person["weights"]).read_bytes())
    assert person["model"] == f"splink:{hash_of(weights)}"
    assert queue.queue(session)["pairs"] and not list((session.settings.home / "work").glob("relink-*"))


def test_another_run_gives_the_same_and_what_was_answered_is_not_asked_again(
    session: Session, told: dict[str, int]
) -> None:
    first = relinking.relink(session, least=0.5)
    one, other = (suggestions.waiting(session.desk, least=0.5, limit=2).rows)[:2]
    judge.judge(session, one["left"], one["right"], "different", reason="two cousins")
    own = Suggestion(other["left"], other["right"], "Person", 3.0, 0.89, 1.0, [], "2026-11")
    suggestions.put(session.desk, [own])
    again = relinking.relink(session, least=0.5)
    assert again.kinds["Person"]["model"] == first.kinds["Person"]["model"]
    assert again.kinds["Person"]["asked_already"] == 1 and again.suggested == first.suggested - 2
    assert again.kinds["Person"]["taken_back"] == first.suggested - 2
    assert suggestions.one(session.desk, other["pair"]) == own
    assert list(relinked.others(session.desk)) == [tuple(sorted((own.left, own.right)))]


def test_two_do_not_relink_one_home(session: Session) -> None:
    work = session.settings.home / "work"
    work.mkdir(parents=True, exist_ok=True)
    (work / "relink-left").mkdir()
    with FileLock(work / "relink.lock"), pytest.raises(Conflict, match="relinks"):
        relinking.relink(session)
    parts: list[float] = []
    assert relinking.job(session, {}, parts.append)["mentions"] == 0
    assert not (work / "relink-left").exists() and parts[-1] <= 1
