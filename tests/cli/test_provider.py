"""Service providers by command and HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from commanded import Run, sample
from fabric import settings_at
from fastapi.testclient import TestClient

from graphintel.api import create_app
from graphintel.store.address import Address
from graphintel.store.driver import Store

pytestmark = pytest.mark.neo4j


def some(store: Store) -> str:
    """Any company."""
    return str(store.read("MATCH (c:Company) RETURN c.id AS id ORDER BY id LIMIT 1")[0]["id"])


def test_marked_listed_and_taken_back(command: Run, store: Store) -> None:
    command("ingest", "cen-seizures", sample("cen-seizures"))
    name = some(store)
    done = command("provider", "mark", name, "--role", "declarant", "--reason", "a broker")
    assert done.code == 0 and "marked" in done.out
    assert "already" in command("provider", "mark", name, "--role", "declarant", "--reason", "a broker").out
    assert [row["id"] for row in command("provider", "list", "--json").json["marked"]] == [name]
    assert (
        "a broker" in command("provider", "list").out
        and "service provider (declarant)" in command("show", name).out
    )
    assert command("provider", "unmark", name, "--reason", "closed").code == 0
    assert "not marked" in command("provider", "unmark", name, "--reason", "closed").sentence
    assert "--role" in command("provider", "mark", name, "--reason", "x").sentence


@pytest.fixture
def client(store: Store, server: Address, tmp_path: Path) -> Iterator[TestClient]:
    """An application over this run's server."""
    settings = settings_at(tmp_path / "home", server)
    with TestClient(
        create_app(settings, "t"), "http://127.0.0.1", headers={"Authorization": "Bearer t"}
    ) as opened:
        yield opened


def test_by_http(command: Run, client: TestClient, store: Store) -> None:
    command("ingest", "cen-seizures", sample("cen-seizures"))
    name = some(store)
    body = {"role": "courier", "reason": "carries for many"}
    assert client.post(f"/api/v1/providers/{name}/mark", json=body).status_code == 201
    assert client.post(f"/api/v1/providers/{name}/mark", json=body).json()["unchanged"]
    assert [row["role"] for row in client.get("/api/v1/providers").json()["marked"]] == ["courier"]
    assert client.post(f"/api/v1/providers/{name}/unmark", json={"reason": "x"}).json()["withdrawn"]
    assert client.post("/api/v1/providers/ffff/mark", json=body).status_code == 404
    assert client.post(f"/api/v1/providers/{name}/mark", json={**body, "role": "friend"}).status_code == 422
