"""Judging as an act: who may, what is said of it, what rested on what came apart."""

from __future__ import annotations

import pytest
from fabric import SECRET, load, mention, record

from graphintel.acts import chart, judge
from graphintel.acts.session import Session
from graphintel.desk import findings
from graphintel.errors import Conflict, InputError, NotFound
from graphintel.model.marking import Marking, Profile
from graphintel.store.read.judgements import judgement, judgements, visible
from graphintel.store.read.profile import profile_where
from graphintel.store.read.whole import store_hash

pytestmark = pytest.mark.neo4j


def two(session: Session) -> tuple[str, str]:
    """An open and a secret statement of a person."""
    made = [mention("a", "Person", name=name) for name in ("Yorgo Demirtepe", "Georgios Demirtepe")]
    for number, (one, marking) in enumerate(zip(made, (Marking(), SECRET), strict=True)):
        event = mention("a", "Declaration", number=f"D{number}", date="2024-05-01")
        load(session.store, [record("a", f"D{number}", event, [("CONSIGNEE", one, {})], marking=marking)])
    return made[0].id, made[1].id


def narrow(session: Session) -> Profile:
    """A reader who sees nothing secret."""
    return profile_where(session.store, lambda marking: marking.level != "secret")


def test_what_rested_on_a_merge_is_listed_when_it_comes_apart(session: Session) -> None:
    one, other = two(session)
    done = judge.judge(session, one, other, "same", reason="the same passport")
    assert done["relied"] is None and done["moved"] == 1
    saved = chart.save(session, {"name": "Case 2024/17", "data": {"nodes": [done["after"][0]], "links": []}})
    chart.save(session, {"name": "Another", "data": {"nodes": ["f" * 32], "links": []}})
    number = findings.keep(session.desk, "ayse", "communities", {"members": [other]})
    undone = judge.undo(session, done["judgement"], reason="another man")
    assert [row["id"] for row in undone["relied"]["charts"]] == [saved["id"]]
    assert [row["id"] for row in undone["relied"]["findings"]] == [number] and undone["relied"][
        "exports"
    ] == []
    acts = session.desk.rows("SELECT actor, outcome FROM log WHERE act = 'judge'")
    assert acts == [{"actor": "tester", "outcome": "done"}] * 2


def test_a_judgement_is_said_with_its_reason_and_listed(session: Session) -> None:
    one, other = two(session)
    before = store_hash(session.store)
    for verdict, reason, match in (
        ("same", " ", "needs a reason"),
        ("equal", "x", "no verdict"),
        ("same", "x" * 5000, "at most"),
    ):
        with pytest.raises(InputError, match=match):
            judge.judge(session, one, other, verdict, reason=reason)
    assert store_hash(session.store) == before
    first = judge.judge(session, one, other, "unsure", reason="only a name")
    second = judge.judge(session, one, other, "different", reason="two birth dates")
    assert second["withdrawn"] == [first["judgement"]]
    page = judge.listed(session, limit=1)
    assert [row["id"] for row in page["judgements"]] == [second["judgement"]] and page["next"] is None
    past = judge.listed(session, past=True, limit=2)
    rest = judge.listed(session, past=True, limit=2, cursor=past["next"])
    told = [row["verdict"] for row in past["judgements"] + rest["judgements"]]
    assert sorted(told) == ["different", "unsure", "withdrawn"] and rest["next"] is None
    assert judge.listed(session, about=other)["judgements"] == page["judgements"]
    assert judge.one(session, first["judgement"])["withdrawn_by"]
    with pytest.raises(Conflict, match="different"):
        judge.judge(
            Session(session.settings, session.store, session.desk, "mehmet"), one, other, "same", reason="x"
        )


def test_who_does_not_see_both_sees_no_judgement_and_cannot_judge(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two(session)
    done = judge.judge(session, one, other, "different", reason="two birth dates")
    reader = narrow(session)
    assert judgements(session.store, reader) == judgements(session.store, reader, about=one) == []
    assert judgement(session.store, done["judgement"], reader) is None
    assert visible(session.store, [one, other], reader) == [one]
    monkeypatch.setattr(Session, "profile", property(lambda _: reader))
    with pytest.raises(NotFound, match="Nothing is known"):
        judge.judge(session, one, other, "same", reason="x")
    with pytest.raises(NotFound, match="Nothing is known"):
        judge.undo(session, done["judgement"])
    with pytest.raises(NotFound, match="Nothing is known"):
        judge.one(session, done["judgement"])
