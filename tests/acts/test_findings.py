"""Findings: kept with what they said, the same when run again, told apart when the data changed, hidden from who sees less."""

from __future__ import annotations

import pytest
from fabric import OPEN, SECRET, load, mention, record
from fabric import world as six

from graphintel.acts import analyse, findings, judge
from graphintel.acts.session import Session
from graphintel.desk import findings as kept
from graphintel.desk.relied import relied
from graphintel.errors import InputError, NotFound
from graphintel.model.marking import Marking, Profile
from graphintel.model.records import Mention
from graphintel.store.read.profile import profile_where

pytestmark = pytest.mark.neo4j


def ring(session: Session, name: str, people: int = 4, marking: Marking = OPEN) -> list[str]:
    """A group of people who all share consignments with each other; their ids."""
    who = [mention("a", "Person", name=f"{name} {chr(65 + number)}lkan") for number in range(people)]
    records = []
    for first in range(people):
        for second in range(first + 1, people):
            event = mention("a", "Declaration", number=f"{name}{first}{second}", date="2024-05-01")
            links: list[tuple[str, Mention, dict[str, str | int | float]]] = [
                ("CONSIGNOR", who[first], {}),
                ("CONSIGNEE", who[second], {}),
            ]
            records.append(record("a", f"{name}{first}{second}", event, links, marking=marking))
    load(session.store, records, size=10)
    return [one.id for one in who]


@pytest.mark.parametrize("method", sorted(analyse.METHODS))
def test_a_finding_run_again_gives_the_same_numbers(session: Session, method: str) -> None:
    given = ring(session, "Akça")[:1]
    ring(session, "Boz", 5)
    made = analyse.of_graph(session, method, {"k": 2, "top": 5, "seed": 7, "removed": given})
    shown = findings.one(session, made["finding"])
    assert shown["result"] == {name: value for name, value in made.items() if name != "finding"}
    assert shown["asked"]["seed"] == 7 and not shown["changed_since"]
    told = findings.again(session, {"finding": made["finding"]})
    assert told["same"] and told["finding"]["finding"] != made["finding"]
    strip = {"finding"}
    assert {k: v for k, v in told["finding"].items() if k not in strip} == shown["result"]
    assert [row["id"] for row in findings.listed(session).rows] == [
        told["finding"]["finding"],
        made["finding"],
    ]


def test_what_the_data_says_now_is_told_apart_from_what_it_said(session: Session) -> None:
    ring(session, "Akça")
    made = analyse.communities(session, {})
    new = ring(session, "Boz", 5)
    assert findings.one(session, made["finding"])["changed_since"]
    told = findings.again(session, {"finding": made["finding"]})
    assert not told["same"] and told["change"]["counts"]["born"] == 1
    assert set(told["change"]["born"][0]["some"]) == set(new)


def test_a_finding_rests_on_what_it_names(session: Session) -> None:
    load(session.store, six())
    first, second = ring(session, "Akça", 3)[:2]
    made = analyse.centrality(session, {})
    judge.judge(session, first, second, "same", reason="one person")
    assert made["finding"] in {row["id"] for row in relied(session.desk, [first])["findings"]}
    assert relied(session.desk, ["0" * 32])["findings"] == []


def test_who_sees_less_does_not_see_what_was_found_with_more(session: Session) -> None:
    ring(session, "Akça")
    ring(session, "Boz", marking=SECRET)
    narrow = profile_where(session.store, lambda marking: marking.level != "secret")
    assert not narrow.sees_all
    all_ = analyse.communities(session, {})["finding"]
    content = {"profile": narrow.key, "asked": {}, "counter": 1}
    own = kept.keep(session.desk, "ayse", "communities", content, {"communities": []})

    def seen(profile: Profile) -> set[str]:
        return {row["id"] for row in kept.listed(session.desk, profile.marks, profile.sees_all).rows}

    assert seen(narrow) == {own} and seen(Profile((), sees_all=False)) == set()
    assert seen(session.profile) == {own, all_}
    with pytest.raises(NotFound, match="There is no finding"):
        kept.one(session.desk, all_, narrow.marks, narrow.sees_all)
    assert kept.one(session.desk, own, narrow.marks, narrow.sees_all)[1] == {"communities": []}


def test_pages_count_what_is_left_and_a_wrong_method_is_refused(session: Session) -> None:
    ring(session, "Akça", 3)
    names = [analyse.key_players(session, {"k": 1})["finding"] for _ in range(3)]
    page = findings.listed(session, limit=2)
    assert [row["id"] for row in page.rows] == names[:0:-1] and page.left == 1 and page.next
    rest = findings.listed(session, cursor=page.next)
    assert [row["id"] for row in rest.rows] == names[:1] and rest.next is None
    assert findings.listed(session, method="centrality").rows == []
    with pytest.raises(InputError, match="no method"):
        findings.listed(session, method="magic")
    with pytest.raises(NotFound, match="finding list"):
        findings.one(session, "f" * 32)
