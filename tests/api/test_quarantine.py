"""Quarantine through the API: filters, and a retry as work with its report."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from graphintel.acts import load
from graphintel.acts.session import open_session
from graphintel.api.app import create_app
from graphintel.settings import Settings
from graphintel.store.driver import Store

pytestmark = pytest.mark.neo4j
DESCRIPTION = """
{title: Gate, title_tr: Kapı, version: "1", format: csv, grade: B2, marking: {level: restricted}, key: [no],
 subjects: [movement], columns: {no: {required: true}, date: }, things: {movement: {kind: Movement, values:
 {number: no, date: {from: DATE, required: true}}}}}
"""
HEADERS = {"Authorization": "Bearer token", "X-Graphintel": "1"}


def describe(settings: Settings, date: str) -> None:
    folder = settings.shelf / "gate"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gate.yaml").write_text(DESCRIPTION.replace("DATE", date), encoding="utf-8")


@pytest.fixture
def client(store: Store, settings: Settings, tmp_path: Path) -> Iterator[TestClient]:
    """A served home in which one load left two rows in quarantine, and whose description is mended since."""
    describe(settings, "date")
    file = tmp_path / "day.csv"
    file.write_text("no,date\n1,2024-01-05\n2,2024.01.05 x\n3,2024.01.06 x\n", encoding="utf-8")
    with open_session(settings) as session:
        load.load(session, "gate", [file])
    describe(settings, '{from: date, pattern: "^([^ ]+)"}')
    with TestClient(create_app(settings, "token"), base_url="http://127.0.0.1", headers=HEADERS) as opened:
        yield opened


def listed(client: TestClient, **params: Any) -> list[dict[str, Any]]:
    found = client.get("/api/v1/quarantine", params=params)
    assert found.status_code == 200, found.text
    return list(found.json()["rows"])


def test_rows_are_filtered_retried_and_leave_the_list(client: TestClient) -> None:
    first, second = listed(client)
    assert listed(client, source="gate", reason="bad_date") == [first, second]
    assert (
        listed(client, source="other") == listed(client, reason="x") == listed(client, state="loaded") == []
    )
    one = client.post("/api/v1/quarantine/retry", json={"rows": [first["id"]], "wait": 60})
    assert one.status_code == 200 and (one.json()["loaded"], one.json()["exit_code"]) == (1, 0), one.text
    rest = client.post("/api/v1/quarantine/retry", json={"batches": [first["batch"]], "wait": 60}).json()
    assert (rest["rows"], rest["loaded"], rest["left"]) == (1, 1, 0)
    assert listed(client) == [] and len(listed(client, state="loaded")) == 2
    shown = client.get(f"/api/v1/quarantine/{second['id']}").json()
    assert shown["state"] == "loaded" and shown["tries"][-1]["batch"] == rest["batches"][0]
    later = client.post("/api/v1/quarantine/retry", json={"all": True, "wait": 0})
    assert later.status_code in (200, 202)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422), ({"rows": ["none"]}, 404), ({"batches": [999]}, 422), ({"all": True, "rows": ["x"]}, 422),
        ({"batches": [-1]}, 422), ({"rows": [1]}, 422), ({"other": 1}, 422),
    ],
)  # fmt: skip
def test_what_cannot_be_retried_is_refused_in_the_one_shape(
    client: TestClient, body: dict[str, Any], status: int
) -> None:
    answer = client.post("/api/v1/quarantine/retry", json={"wait": 60, **body})
    assert answer.status_code == status and answer.json()["error"]["message"], answer.text


def test_waiting_rows_and_findings_of_a_load_are_handed_out_as_tables(client: TestClient) -> None:
    first, _ = listed(client)
    number = first["batch"]
    table = client.post(f"/api/v1/batches/{number}/quarantine/export")
    assert table.headers["content-type"].startswith("text/csv") and table.content.startswith(b"\xef\xbb\xbf")
    assert table.headers["content-disposition"] == f'attachment; filename="quarantine-{number}.csv"'
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["position"] for row in rows] == ["line 3", "line 4"] and rows[0]["id"] == first["id"]
    assert bytes.fromhex(rows[0]["raw_hex"]) == b"2,2024.01.05 x"
    found = client.post(f"/api/v1/batches/{number}/quality/export").content.decode("utf-8-sig")
    told = [(row["part"], row["name"], row["count"]) for row in csv.DictReader(io.StringIO(found))]
    assert ("quarantine", "bad_date", "2") in told
    acts = [entry["act"] for entry in client.get("/api/v1/audit").json()["entries"]]
    assert {"quarantine export", "quality export"} <= set(acts)
    for part in ("quality", "quarantine"):
        assert client.post(f"/api/v1/batches/{1 << 70}/{part}/export").status_code == 422
    assert client.post("/api/v1/batches/999/quality/export").status_code == 404
