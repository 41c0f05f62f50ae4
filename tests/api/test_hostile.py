"""Requests made to break the door or the answer: each is refused in the one shape, none is a mistake of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from fabric import load, settings_at, world
from fastapi.testclient import TestClient

from graphintel.api import create_app
from graphintel.desk import Desk
from graphintel.store.address import Address
from graphintel.store.driver import Store
from graphintel.store.write.made import empty

pytestmark = pytest.mark.neo4j
TOKEN = "way-in"
BASE = "http://127.0.0.1"
DEEP = '{"text": "RETURN 1", "params": {"x": ' + "[" * 5000 + "]" * 5000 + "}}"


@pytest.fixture(scope="module")
def client(
    prepared: Store, server: Address, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """One running application over the small world; a mistake of ours is an answer, not a traceback."""
    empty(prepared)
    load(prepared, world())
    app = create_app(settings_at(tmp_path_factory.mktemp("api"), server), TOKEN)
    with TestClient(
        app, BASE, headers={"Authorization": f"Bearer {TOKEN}"}, raise_server_exceptions=False
    ) as opened:
        yield opened


def desk_of(client: TestClient) -> Desk:
    """The desk of the running application."""
    app: Any = client.app
    desk: Desk = app.state.session.desk
    return desk


def thing(client: TestClient) -> str:
    """Some vehicle."""
    return str(client.get("/api/v1/search", params={"q": "34ABC123"}).json()["hits"][0]["id"])


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1/api/v1/health?", "127.0.0.1/x?", "127.0.0.1#", "127.0.0.1\\@x", "evil.example", ""],
)
@pytest.mark.parametrize(
    "path", ["/api/v1/me", "/api//v1/me", "//api/v1/me", "/api/v1/me/", "/api/v1/../v1/me"]
)
def test_no_host_and_no_spelling_of_a_path_opens_the_door(client: TestClient, host: str, path: str) -> None:
    bare = TestClient(client.app, BASE, raise_server_exceptions=False, follow_redirects=False)
    for method in ("GET", "HEAD", "OPTIONS", "POST"):
        response = bare.request(method, f"{BASE}{path}", headers={"Host": host})
        assert response.status_code in (400, 401, 404, 405), (method, host, path)
        assert "actor" not in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/..%2f..%2fapp.py",
        "/%2e%2e/%2e%2e/__init__.py",
        "/assets/..%5c..%5capp.py",
        "/etc/passwd",
        "/%00",
        "/.%2e/app.py",
    ],
)
def test_static_files_stay_in_their_folder(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (400, 404), response.text[:200]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("expand", '{"ids": ["ID"], "seed": 1000000000000000000000000000000}'),
        ("expand", '{"ids": ["ID"], "cursor": "²"}'),
        ("expand", '{"ids": ["ID"], "cursor": "99999999999999999999999999"}'),
        ("expand", '{"ids": ["ID"], "\\ud800": 1}'),
        ("analysis/communities", '{"seed": 1000000000000000000000000000000}'),
        ("cypher", '{"text": "RETURN $x", "params": {"x": 1000000000000000000000000000000}}'),
        ("cypher", '{"text": "RETURN $x", "params": {"x": "\\ud800"}}'),
        ("cypher", '{"text": "RETURN \\ud800"}'),
        ("cypher", DEEP),
        ("charts", '{"name": "x", "data": {"nodes": ["\\ud800"]}}'),
        ("charts", '{"name": "x", "data": {"nodes": [1000000000000000000000000000000]}}'),
        ("search", '{"q": "\\ud800"}'),
        ("search", "[" * 100_000),
        ("search", "{"),
        ("search", '{"q": 1' + "0" * 6000 + "}"),
        ("exports", '{"to": "svg", "entities": ["ID"], "positions": {"ID": [NaN, Infinity]}}'),
        ("exports", '{"to": "../../x\\r\\nSet-Cookie: a=b", "entities": ["ID"]}'),
    ],
)
def test_a_hostile_body_is_refused_in_the_one_shape(client: TestClient, path: str, body: str) -> None:
    text = body.replace("ID", thing(client))
    response = client.post(
        f"/api/v1/{path}", content=text.encode(), headers={"Content-Type": "application/json"}
    )
    assert 400 <= response.status_code < 500, (response.status_code, response.text[:300])
    assert set(response.json()["error"]) == {"code", "message", "detail"}


@pytest.mark.parametrize(
    "query",
    ["expand?id=ID&seed=1000000000000000000000000000000", "expand?id=ID&cursor=%C2%B2", "routes/observed?from=%ff",
     "quarantine?batch=1000000000000000000000000000000", "audit?limit=-1000000000000000000000000000000",
     "audit?limit=-1", "batches/1000000000000000000000000000000/quality", "batches/-1/quality", "batches/²/quality"],
)  # fmt: skip
def test_a_hostile_address_is_refused_or_answered(client: TestClient, query: str) -> None:
    response = client.get(f"/api/v1/{query.replace('ID', thing(client))}")
    assert response.status_code < 500, response.text[:300]
    if "routes" not in query:
        assert response.status_code == 422 and set(response.json()["error"]) == {"code", "message", "detail"}


MALFORMED: list[Any] = [
    {"nodes": 5}, {"nodes": [5]}, {"nodes": ["a"], "positions": {"a": 5}}, {"nodes": ["a"], "positions": [1]},
    {"nodes": ["a"], "folded": 7}, {"nodes": ["a" * 65]}, {"nodes": ["a"], "positions": {"a": [1, 2, 3]}},
    {"nodes": ["a"], "positions": {"a": [True, 1]}}, {"nodes": ["a"], "positions": {"a": [1e300, 0]}}, ["a"],
]  # fmt: skip


@pytest.mark.parametrize("data", MALFORMED)
def test_a_chart_saved_by_a_stranger_to_the_format_is_refused(client: TestClient, data: Any) -> None:
    good = client.post("/api/v1/charts", json={"name": "x", "data": {"nodes": [thing(client)]}}).json()
    for response in (
        client.post("/api/v1/charts", json={"name": "x", "data": data}),
        client.put(f"/api/v1/charts/{good['id']}", json={"data": data}),
    ):
        assert (response.status_code, response.json()["error"]["code"]) == (422, "bad_input")
    assert client.get(f"/api/v1/charts/{good['id']}").json()["version"] == 1
    assert client.post("/api/v1/exports", json={"chart": good["id"], "to": "svg"}).status_code == 200


@pytest.mark.parametrize("data", MALFORMED)
def test_a_malformed_chart_of_an_older_desk_opens_but_is_not_exported(client: TestClient, data: Any) -> None:
    saved = client.post("/api/v1/charts", json={"name": "x", "data": {"nodes": [thing(client)]}}).json()
    with desk_of(client).transaction() as db:
        db.execute("UPDATE chart SET data = ? WHERE id = ?", (orjson.dumps(data).decode(), saved["id"]))
    assert client.get(f"/api/v1/charts/{saved['id']}").json()["data"] == data
    made = client.post("/api/v1/exports", json={"chart": saved["id"], "to": "svg"})
    assert made.status_code == 422 and "chart" in made.json()["error"]["message"]


@pytest.mark.parametrize(
    "path", ["batches", "quarantine", "audit", "charts", "exports", "entities/ID/records"]
)
def test_a_cursor_or_limit_of_no_page_is_refused(client: TestClient, path: str) -> None:
    path = path.replace("ID", thing(client))
    cursors = ["²", "x" * 201, "\x00", "1e3", "-1 OR 1"]
    if not path.endswith("records"):
        cursors += ["AAAA", "WyJhIl0", "bnVsbA", "WzFdWzJd", "W05hTl0"]
    for cursor in cursors:
        response = client.get(f"/api/v1/{path}", params={"cursor": cursor})
        # The records of an entity go on from any id: a text of the right letters is a place among them.
        assert response.status_code == 422 or (path.endswith("records") and cursor.isalnum()), cursor
    for limit in ("0", "-1", "9" * 30, "x", "1e3"):
        assert client.get(f"/api/v1/{path}", params={"limit": limit}).status_code == 422


def test_a_body_without_end_is_cut_off(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        yield b'{"q": "'
        for _ in range(70):
            yield b"x" * 1_000_000

    head = {"Content-Type": "application/json"}
    response = client.post("/api/v1/search", content=parts(), headers=head)
    assert (response.status_code, response.json()["error"]["code"]) == (413, "limit")
    told = client.post("/api/v1/search", content=b"{}", headers={**head, "Content-Length": "99999999999"})
    assert told.status_code == 413
