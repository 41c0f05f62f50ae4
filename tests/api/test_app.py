"""HTTP: one error shape everywhere, nothing without the token, every route answers and is described."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fabric import settings_at
from fastapi.testclient import TestClient

from graphintel.acts import load
from graphintel.acts.session import open_session
from graphintel.api import create_app
from graphintel.content import shelf
from graphintel.store.address import Address
from graphintel.store.driver import Store
from graphintel.store.write.made import empty

pytestmark = pytest.mark.neo4j
TOKEN = "way-in"
BASE = "http://127.0.0.1"


@pytest.fixture(scope="module")
def client(
    prepared: Store, server: Address, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """One running application over one sample for the whole file."""
    empty(prepared)
    settings = settings_at(tmp_path_factory.mktemp("api"), server)
    with open_session(settings) as session:
        load.load(session, "wco-declaration", sorted((shelf("ingest") / "wco-declaration").glob("sample*")))
    with TestClient(
        create_app(settings, TOKEN), BASE, headers={"Authorization": f"Bearer {TOKEN}"}
    ) as opened:
        yield opened


def ask(client: TestClient, path: str, **params: Any) -> Any:
    """The JSON of a GET that must succeed."""
    response = client.get(f"/api/v1/{path}", params=params)
    assert response.status_code == 200, response.text
    return response.json()


def company(client: TestClient) -> str:
    """Some company of the sample."""
    rows = client.post(
        "/api/v1/cypher", json={"text": "MATCH (c:Company) RETURN c.id AS id ORDER BY id LIMIT 1"}
    ).json()["rows"]
    return str(rows[0][0])


def test_nothing_is_told_without_the_token(client: TestClient) -> None:
    spec = ask(client, "openapi.json")
    bare = TestClient(client.app, BASE)
    for path, methods in spec["paths"].items():
        if path.endswith(("/health", "/openapi.json")):
            continue
        for method in methods:
            response = bare.request(method, path.replace("{", "").replace("}", ""), json={})
            assert response.status_code == 401, path
            assert set(response.json()["error"]) == {"code", "message", "detail"}
    assert bare.get("/api/v1/health").json()["status"] == "ok"


def test_the_address_gives_a_cookie_and_changes_need_a_header(client: TestClient) -> None:
    browser = TestClient(client.app, BASE, follow_redirects=False)
    assert browser.get("/", params={"token": "wrong"}).status_code == 401
    answer = browser.get("/", params={"token": TOKEN})
    assert answer.status_code == 303 and "httponly" in answer.headers["set-cookie"].lower()
    assert browser.get("/api/v1/me").status_code == 200
    assert browser.post("/api/v1/search", json={"q": "x"}).status_code == 403
    assert browser.post("/api/v1/search", json={"q": "x"}, headers={"X-Graphintel": "1"}).status_code == 200
    evil = {"X-Graphintel": "1", "Origin": "http://evil.example"}
    assert browser.post("/api/v1/search", json={"q": "x"}, headers=evil).status_code == 403
    assert browser.get("/api/v1/me", headers={"Host": "evil.example"}).status_code in (200, 401)


def test_pages_are_closed(client: TestClient) -> None:
    headers = client.get("/api/v1/health").headers
    assert (
        "unsafe" not in headers["content-security-policy"] and headers["x-content-type-options"] == "nosniff"
    )


def test_every_route_is_described_with_examples(client: TestClient) -> None:
    spec = ask(client, "openapi.json")
    for path, methods in spec["paths"].items():
        for method, route in methods.items():
            assert route.get("summary") and route.get("description"), f"{method} {path}"
            if "requestBody" in route:
                name = route["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
                fields = spec["components"]["schemas"][name]["properties"]
                assert any("examples" in str(field) for field in fields.values()), name
            assert "4XX" in route["responses"] and route["responses"]["200"]["content"], path


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "nothing-here", None, 404, "not_found"),
        ("GET", "entities/00", None, 404, "not_found"),
        ("GET", "records/00", None, 404, "not_found"),
        ("GET", "jobs/00", None, 404, "not_found"),
        ("GET", "charts/00", None, 404, "not_found"),
        ("GET", "quarantine/00", None, 404, "not_found"),
        ("GET", "expand", None, 422, "bad_input"),
        ("POST", "expand", {"ids": ["00"]}, 404, "not_found"),
        ("POST", "expand", {"ids": ["00"], "colour": "red"}, 422, "bad_input"),
        ("POST", "expand", {"ids": ["00"], "hops": 9}, 422, "bad_input"),
        ("POST", "search", {"q": "x", "kind": "Ship"}, 422, "bad_input"),
        ("POST", "cypher", {"text": "MATCH (n) DELETE n"}, 403, "refused"),
        ("POST", "cypher", {"text": "MATCH (n"}, 422, "bad_query"),
        ("POST", "queries/none/run", {}, 422, "bad_query"),
        ("POST", "charts", {"name": ""}, 422, "bad_input"),
        ("POST", "exports", {"to": "exe", "entities": ["00"]}, 422, "bad_input"),
        ("DELETE", "charts", None, 405, "method_not_allowed"),
    ],
)
def test_every_error_has_the_one_shape(
    client: TestClient, method: str, path: str, body: Any, status: int, code: str
) -> None:
    response = client.request(method, f"/api/v1/{path}", json=body)
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (status, code), response.text
    assert set(error) == {"code", "message", "detail"} and error["message"]


def test_looking_from_search_to_the_record(client: TestClient) -> None:
    name = company(client)
    shown = ask(client, f"entities/{name}")
    hits = ask(client, "search", q=shown["label"])["hits"]
    assert any(hit["id"] == name for hit in hits)
    record = ask(client, f"entities/{name}/records")["records"][0]
    assert ask(client, f"records/{record['id']}")["content"] == record["content"]
    assert ask(client, f"entities/{name}/history")["history"][0]["source"] == "wco-declaration"


def test_expansion_has_a_preview_and_an_etag(client: TestClient) -> None:
    name = company(client)
    preview = ask(client, "expand", id=name, preview=True)
    first = client.get("/api/v1/expand", params={"id": name})
    assert len(first.json()["edges"]["id"]) == preview["total"] > 0
    again = client.get(
        "/api/v1/expand", params={"id": name}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304 and not again.content
    folded = client.post("/api/v1/expand", json={"ids": [name], "fold": ["Declaration"]}).json()
    assert "Declaration" not in folded["nodes"]["kind"]["d"] and any(folded["edges"]["fold"])


def test_a_chart_is_saved_opened_and_exported(client: TestClient, tmp_path: Path) -> None:
    around = ask(client, "expand", id=company(client))
    body = {
        "name": "Case",
        "case": "7",
        "data": {"nodes": around["nodes"]["id"], "links": around["edges"]["id"]},
    }
    saved = client.post("/api/v1/charts", json=body).json()
    opened = client.post("/api/v1/subgraph", json={"ids": saved["data"]["nodes"]}).json()
    assert set(opened["edges"]["id"]) >= set(around["edges"]["id"]) and None not in opened["nodes"]["x"]
    for ending in ("svg", "html", "csv", "json", "pyvis.html"):
        made = client.post("/api/v1/exports", json={"chart": saved["id"], "to": ending})
        assert made.status_code == 200 and len(made.content) > 500, ending
    register = ask(client, "exports")["exports"]
    assert len(register) == 5 and {row["actor"] for row in register} == {"tester"}


def test_analysis_is_done_by_the_worker(client: TestClient) -> None:
    found = client.post("/api/v1/analysis/communities", json={"wait": 60}).json()
    assert found["communities"] and 0 <= found["stability"] <= 1 and found["counter"] > 0
    same = client.post("/api/v1/analysis/communities", json={"wait": 60}).json()
    assert same["communities"] == found["communities"]
    kept = ask(client, "findings", method="communities", limit=1)
    assert kept["findings"][0]["id"] == same["finding"] and kept["truncated"]["by_limit"] == 1
    assert ask(client, f"findings/{found['finding']}")["result"]["communities"] == found["communities"]
    again = client.post(f"/api/v1/findings/{found['finding']}/again", json={"wait": 60}).json()
    assert again["same"] and again["change"]["counts"]["born"] == 0
    firm = found["communities"][0]["members"][:2]
    cut = client.post("/api/v1/analysis/removal", json={"removed": firm[:1], "wait": 60}).json()
    assert cut["removed"] == firm[:1] and cut["after"]["pieces"] >= 1 and cut["limits"]["tr"]
    far = client.post("/api/v1/analysis/key-players", json={"goal": "reach", "k": 2, "wait": 60}).json()
    assert len(far["set"]) == 2 and 0 < far["reach"] <= 1
    tied = client.post(f"/api/v1/ties/{firm[0]}/{firm[1]}", json={"wait": 60}).json()
    assert tied["records_total"] == len(tied["records"]) and tied["source"] == firm[0]
    assert client.post(f"/api/v1/ties/{firm[0]}/{'0' * 32}", json={"wait": 60}).status_code == 422
    assert client.post(f"/api/v1/findings/{'0' * 32}/again", json={}).status_code == 404
    asked = client.post("/api/v1/analysis/centrality", json={"wait": 0})
    assert asked.status_code in (200, 202)
    late = client.delete(f"/api/v1/jobs/{'0' * 32}")
    assert (late.status_code, late.json()["error"]["code"]) == (404, "not_found")
    if asked.status_code == 202:
        assert ask(client, f"jobs/{asked.json()['job']}")["kind"] == "centrality"


def test_routes_and_loads_answer(client: TestClient) -> None:
    ways = ask(client, "routes/observed")
    assert set(ways) >= {"places", "legs", "truncated"}
    told = client.post("/api/v1/routes/predict", json={"departure": "IR", "seizing": "TR"}).json()
    assert abs(sum(row["p"] for row in told["destination"]) + told["destination_other"] - 1) < 1e-6
    assert ask(client, "sources")["sources"] and ask(client, "batches")["batches"]
    assert ask(client, "quarantine")["rows"] == [] and ask(client, "audit")["entries"]
    assert {kind["name"] for kind in ask(client, "schema")["kinds"]} >= {"Person", "Seizure"}
    assert ask(client, "me")["profile"] == "all"


def test_lists_are_paged_and_say_what_is_left(client: TestClient) -> None:
    for number in range(3):
        client.post("/api/v1/charts", json={"name": str(number), "data": {"nodes": []}})
    whole = ask(client, "charts")
    assert whole["next"] is None and whole["truncated"]["by_limit"] == 0
    told: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = ask(client, "charts", cursor=cursor, limit=2)
        told += [row["id"] for row in page["charts"]]
        assert page["truncated"]["by_limit"] == len(whole["charts"]) - len(told)
        cursor = page["next"]
    assert told == [row["id"] for row in whole["charts"]]
    loads = ask(client, "batches", limit=1)
    assert (
        len(loads["batches"]) == 1 and loads["next"] is None and loads["truncated"]["by_policy"] == "not told"
    )
    number = loads["batches"][0]["number"]
    assert ask(client, "batches", cursor=str(number))["batches"] == []


def test_a_pasted_list_is_looked_up(client: TestClient) -> None:
    label = ask(client, f"entities/{company(client)}")["label"]
    lines = client.post("/api/v1/lookup", json={"lines": [label, "zzzz-not-there"]}).json()["lines"]
    assert lines[0]["hits"] and lines[1]["hits"] == []


def test_the_quality_of_a_load_is_told(client: TestClient) -> None:
    number = ask(client, "batches")["batches"][0]["number"]
    told = ask(client, f"batches/{number}/quality")
    assert (told["batch"], told["source"], told["compared_with"]) == (number, "wco-declaration", None)
    assert told["columns"] and told["values"] and told["distributions"] == [] and told["rows"]["read"] > 0
    missing = client.get("/api/v1/batches/999999/quality")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_found")
