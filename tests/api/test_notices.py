"""The inbox by HTTP: what the commands do, with the last step that the asker knew of, and acceptance as a job."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fabric import settings_at
from fastapi.testclient import TestClient

from graphintel.acts import accept
from graphintel.acts.session import open_session
from graphintel.api import create_app
from graphintel.content import shelf
from graphintel.store.address import Address
from graphintel.store.driver import Store

pytestmark = pytest.mark.neo4j
LORRY, SHIP, TIP = "N-2024-90001", "N-2024-90002", "N-2024-90003"


@pytest.fixture
def client(store: Store, server: Address, tmp_path: Path) -> Iterator[TestClient]:
    """An application whose inbox holds the sample."""
    settings = settings_at(tmp_path / "home", server)
    with open_session(settings) as session:
        accept.notices(session, [shelf("ingest") / "partner-notice" / "sample.csv"], accepted=False)
    with TestClient(
        create_app(settings, "t"), "http://127.0.0.1", headers={"Authorization": "Bearer t"}
    ) as opened:
        yield opened


def rows(client: TestClient, **params: Any) -> dict[str, dict[str, Any]]:
    """The inbox by number."""
    found = client.get("/api/v1/notices", params=params).json()
    return {row["number"]: row for row in found["notices"]}


def say(client: TestClient, name: str, act: str, **body: Any) -> Any:
    """The answer to one step, whatever it is."""
    return client.post(f"/api/v1/notices/{name}/{act}", json=body)


def test_a_notice_goes_through_its_steps(client: TestClient) -> None:
    held = rows(client)
    name = held[LORRY]["id"]
    one = client.get(f"/api/v1/notices/{name}").json()
    assert one["hits"] == [] and one["names"] and [step["act"] for step in one["steps"]] == ["received"]
    graded = say(client, name, "grade", grade="D4", reason="invented before", seen=one["step"]).json()
    assert graded["grade_label"].startswith("D4") and graded["step"] > one["step"]
    stale = say(client, name, "grade", grade="B2", seen=one["step"])
    assert stale.status_code == 409 and stale.json()["error"]["detail"]["step"] == graded["step"]
    assert say(client, name, "hand-over", to="Mersin", reason="their port").json()["handed_to"] == "Mersin"
    assert say(client, name, "reject", reason="closed").json()["state"] == "rejected"
    assert say(client, name, "return", reason="x").status_code == 409
    assert say(client, name, "reopen", reason="not closed").json()["state"] == "received"
    assert set(rows(client, state="rejected")) == set() and LORRY in rows(client, state="received")


def test_accepted_notices_are_one_load(client: TestClient) -> None:
    held = rows(client)
    names = [held[LORRY]["id"], held[SHIP]["id"]]
    done = client.post("/api/v1/notices/accept", json={"names": names, "reason": "fits", "wait": 60})
    assert done.status_code == 200, done.text
    told = done.json()
    assert (
        told["report"]["records_new"] == 2 and [row["state"] for row in told["notices"]] == ["accepted"] * 2
    )
    again = client.post("/api/v1/notices/accept", json={"names": names[:1], "wait": 60})
    assert again.status_code == 409 and again.json()["error"]["detail"]["state"] == "accepted"
    job = client.post("/api/v1/notices/accept", json={"names": [held[TIP]["id"]], "wait": 0})
    assert job.status_code in (200, 202)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("notices/{name}/burn", {}, 422),
        ("notices/{name}/reject", {}, 422),
        ("notices/{name}/grade", {}, 422),
        ("notices/{name}/grade", {"grade": "Z9"}, 422),
        ("notices/{name}/grade", {"unknown": 1}, 422),
        ("notices/accept", {"names": []}, 422),
        ("notices/accept", {"names": ["f" * 32], "wait": 60}, 404),
        ("notices/ffff/reject", {"reason": "x"}, 404),
    ],
)
def test_wrong_requests_are_told_in_the_one_shape(
    client: TestClient, path: str, body: dict[str, Any], status: int
) -> None:
    name = rows(client)[LORRY]["id"]
    found = client.post(f"/api/v1/{path.format(name=name)}", json=body)
    assert found.status_code == status, found.text
    assert found.json()["error"]["message"]


def test_an_unknown_state_is_refused(client: TestClient) -> None:
    found = client.get("/api/v1/notices", params={"state": "burnt"})
    assert found.status_code == 422 and "burnt" in found.json()["error"]["message"]
    assert client.get("/api/v1/notices/ffff").status_code == 404
