"""Taking a load back and grading a record again over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fabric import load, world
from fastapi.testclient import TestClient

from graphintel.api import create_app
from graphintel.settings import Settings
from graphintel.store.driver import Store
from graphintel.store.read.whole import store_hash

pytestmark = pytest.mark.neo4j
API = "/api/v1"


@pytest.fixture
def client(store: Store, settings: Settings) -> Iterator[TestClient]:
    """A running application over a small world."""
    load(store, world())
    app = create_app(settings, "way-in")
    with TestClient(app, "http://127.0.0.1", headers={"Authorization": "Bearer way-in"}) as opened:
        yield opened


def test_a_record_graded_again_and_a_load_taken_back_and_brought_again(
    client: TestClient, store: Store
) -> None:
    before = store_hash(store)
    name = world()[0].id
    graded = client.post(
        f"{API}/records/{name}/grade", json={"grade": "D4", "handling": "H1", "reason": "why"}
    )
    assert graded.status_code == 200 and graded.json()["grade"] == "D4"
    history = client.get(f"{API}/records/{name}").json()["history"]
    assert [(one["act"], one["grade"], one["by"], one["reason"]) for one in history] == [
        ("load", "B2", None, None), ("regrade", "D4", "tester", "why"),
    ]  # fmt: skip
    taken = client.post(
        f"{API}/batches/{graded.json()['batch']}/retract", json={"reason": "a slip", "wait": 100}
    )
    assert taken.status_code == 200, taken.text
    assert (taken.json()["state"], taken.json()["changed"]) == ("retracted", 1)
    assert store_hash(store) == before
    out = client.post(f"{API}/batches/1/retract", json={"wait": 100})
    assert out.json()["closed"] == 6
    assert client.get(f"{API}/entities/{world()[0].subjects[0]}").status_code == 404
    listed = client.get(f"{API}/batches").json()["batches"]
    assert {row["number"]: row["state"] for row in listed}[1] == "retracted"
    client.post(f"{API}/batches/1/retract", json={"undo": True, "wait": 100})
    assert store_hash(store) == before


def test_long_work_is_a_job_with_progress(client: TestClient) -> None:
    begun = client.post(f"{API}/batches/1/retract", json={"wait": 0})
    assert begun.status_code == 202
    place = begun.headers["location"]
    for _ in range(3000):
        job = client.get(place).json()
        if job["state"] == "done":
            break
        client.get(f"{API}/health")
    assert job["state"] == "done" and job["progress"] == 1.0 and job["result"]["closed"] == 6


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("batches/99/retract", {}, 422, "bad_input"),
        ("batches/1/retract", {"undo": True}, 422, "bad_input"),
        ("batches/1/retract", {"force": True}, 422, "bad_input"),
        ("records/00/grade", {"grade": "B2", "reason": "x"}, 404, "not_found"),
        ("records/00/grade", {"grade": "B2"}, 422, "bad_input"),
        ("records/00/grade", {"grade": "Z9", "reason": "x"}, 422, "bad_input"),
    ],
)
def test_what_cannot_be_done_is_told(
    client: TestClient, path: str, body: dict[str, object], status: int, code: str
) -> None:
    answer = client.post(f"{API}/{path}", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
