"""Judgements over HTTP, and two people who judge at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fabric import load, mention, record
from fastapi.testclient import TestClient

from graphintel.acts import judge
from graphintel.acts.session import Session
from graphintel.api import create_app
from graphintel.errors import Conflict
from graphintel.settings import Settings
from graphintel.store.driver import Store

pytestmark = pytest.mark.neo4j
API = "/api/v1"


@pytest.fixture
def people(store: Store) -> list[str]:
    """Two persons that nothing unites."""
    made = [mention("a", "Person", name=name) for name in ("Yorgo Demirtepe", "Georgios Demirtepe")]
    for number, one in enumerate(made):
        event = mention("a", "Declaration", number=f"D{number}", date="2024-05-01")
        load(store, [record("a", f"D{number}", event, [("CONSIGNEE", one, {})])])
    return [one.id for one in made]


@pytest.fixture
def client(people: list[str], settings: Settings) -> Iterator[TestClient]:
    """A running application."""
    app = create_app(settings, "way-in")
    with TestClient(app, "http://127.0.0.1", headers={"Authorization": "Bearer way-in"}) as opened:
        yield opened


def test_judged_shown_and_undone(client: TestClient, people: list[str]) -> None:
    one, other = people
    body = {"left": one, "right": other, "verdict": "same", "reason": "the same passport"}
    made = client.post(f"{API}/judgements", json=body)
    assert made.status_code == 201, made.text
    again = client.post(f"{API}/judgements", json=body)
    assert again.status_code == 200 and again.json()["unchanged"]
    name = made.json()["judgement"]
    assert client.get(f"{API}/entities/{other}").json()["id"] == made.json()["after"][0]
    assert client.get(f"{API}/judgements", params={"about": one}).json()["judgements"][0]["id"] == name
    assert client.get(f"{API}/judgements/{name}").json()["reason"] == "the same passport"
    undone = client.post(f"{API}/judgements/{name}/undo", json={"reason": "no"})
    assert undone.status_code == 200 and undone.json()["relied"] == {
        "charts": [],
        "exports": [],
        "findings": [],
    }
    assert client.post(f"{API}/judgements/{name}/undo", json={}).status_code == 409
    assert client.get(f"{API}/judgements/{'f' * 32}").status_code == 404
    for wrong in ({**body, "verdict": "alike"}, {**body, "reason": ""}, {**body, "left": ""}):
        assert client.post(f"{API}/judgements", json=wrong).status_code == 422


def test_of_two_people_who_contradict_at_once_one_is_refused(
    people: list[str], session_of: dict[str, Session], store: Store
) -> None:
    def say(who: str, verdict: str) -> str:
        try:
            judge.judge(session_of[who], people[0], people[1], verdict, reason="seen")
        except Conflict as error:
            assert error.detail["judgements"] and error.detail["asked"]["by"] == who
            return "refused"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        told = [
            one.result()
            for one in [pool.submit(say, "ayse", "same"), pool.submit(say, "mehmet", "different")]
        ]
    assert sorted(told) == ["done", "refused"]
    assert len(store.read("MATCH (j:Judgement) RETURN j.id")) == 1


@pytest.fixture
def session_of(session: Session) -> dict[str, Session]:
    """Two people at work in one store."""
    return {who: Session(session.settings, session.store, session.desk, who) for who in ("ayse", "mehmet")}


def test_compared_queued_and_explained(client: TestClient, people: list[str]) -> None:
    done = client.post(f"{API}/matches/run", json={"wait": 60})
    assert done.status_code == 200, done.text
    assert done.json()["mentions"] == 2
    page = client.get(f"{API}/matches").json()
    assert len(page["pairs"]) == 1 and page["truncated"]["by_limit"] == 0
    told = client.get(f"{API}/matches/why", params={"left": people[0], "right": people[1]}).json()
    assert abs(sum(row["bits"] for row in told["contributions"]) - told["bits"]) < 1e-6
    assert client.get(f"{API}/matches/why", params={"left": people[0], "right": "f" * 32}).status_code == 404


def test_a_relink_is_work_that_suggests(client: TestClient, people: list[str]) -> None:
    done = client.post(f"{API}/matches/relink", json={"least": 0.5, "wait": 100})
    assert done.status_code == 200, done.text
    told = done.json()
    assert told["mentions"] == 2 and set(told["kinds"]) == {"Person", "Company", "Organisation"}
    assert client.post(f"{API}/matches/relink", json={"least": 0.1}).status_code == 422
