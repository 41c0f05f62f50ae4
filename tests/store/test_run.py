"""Running: limits that say what they cut, values as JSON by our own ids, and who may ask freely."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import orjson
import pytest
from fabric import load, world
from neo4j.spatial import WGS84Point
from neo4j.time import Date, DateTime, Duration, Time

from graphintel.errors import LimitReached, PolicyRefused, QueryError
from graphintel.model.marking import Profile
from graphintel.queries.catalogue import read
from graphintel.store.driver import Store
from graphintel.store.json_values import Converter
from graphintel.store.read.profile import counter, full_profile, profile_where
from graphintel.store.run import Answer, Limits, run_cypher, run_query

ALL = Profile((1, 2), sees_all=True)
QUESTION = """// id: loads
// title: Loads of a firm
// title_tr: Bir firmanın yükleri
// question: Which declarations have this consignee?
// question_tr: Hangi beyannamelerin alıcısı bu firma?
// param firm: entity -- the firm | firma
// columns: firm, firm_id, loads, loads_id
// subgraph: firm_id, loads_id
MATCH (firm:Company {id: $firm})<-[c:CONSIGNEE]-(load_:Declaration)
WHERE c.marking IN $marks
WITH firm, load_ ORDER BY load_.id
RETURN firm.id AS firm_id, collect(load_.id) AS loads_id
ORDER BY firm_id
LIMIT $limit
"""


@pytest.fixture
def filled(store: Store) -> Store:
    load(store, world())
    return store


def test_who_does_not_see_all_may_not_ask_freely() -> None:
    nobody: Any = None  # no store is needed to refuse
    with pytest.raises(PolicyRefused, match="readers who may see everything"):
        run_cypher(nobody, "RETURN 1 AS one", {}, Profile((1, 2)))


def test_an_answer_has_the_contracts_shape() -> None:
    shown = Answer(["a"], [[1]], True, 7, ["x"]).as_json()
    assert shown == {"columns": ["a"], "rows": [[1]], "truncated": True, "counter": 7, "entities": ["x"]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None), (True, True), (12, 12), (1.5, 1.5), (math.nan, None), (math.inf, None), ("ığ", "ığ"),
        ([1, [math.nan]], [1, [None]]), ({"a": (1, 2)}, {"a": [1, 2]}), (b"\x01\xff", "01ff"),
        (Date(2024, 5, 31), "2024-05-31"), (DateTime(2024, 5, 31, 10, 30), "2024-05-31T10:30:00.000000000"),
        (Time(10, 30), "10:30:00.000000000"), (Duration(months=1, days=2), "P1M2D"),
        (WGS84Point((34.6, 36.8)), {"srid": 4326, "coordinates": [34.6, 36.8]}),
    ],
)  # fmt: skip
def test_values_become_json(value: object, expected: object) -> None:
    found = Converter(10_000)(value)
    assert found == expected and orjson.dumps(found)


def test_an_answer_has_a_size() -> None:
    convert = Converter(2**20)
    convert("x" * 2**19)
    with pytest.raises(LimitReached, match="1 MiB") as caught:
        convert(["x" * 2**19])
    assert caught.value.detail["limit"] == "bytes"


@pytest.mark.neo4j
def test_nodes_links_and_paths_carry_our_own_ids(filled: Store) -> None:
    answer = run_cypher(
        filled,
        "MATCH p = (d:Declaration {number: 'D0'})-[r:CONSIGNEE]->(c:Company) RETURN d, r, p, labels(c)",
        {},
        ALL,
    )
    declaration, link, path, labels = answer.rows[0]
    assert declaration["id"] == declaration["properties"]["id"] and len(declaration["id"]) == 32
    assert declaration["labels"] == ["Declaration", "Entity", "Mention"]
    assert link["type"] == "CONSIGNEE" and link["id"] == link["properties"]["id"]
    assert [node["id"] for node in path["nodes"]] == answer.entities[:2] and path["links"] == [link]
    assert "Company" in labels and answer.entities[0] == declaration["id"]
    assert "element" not in orjson.dumps(answer.as_json()).decode()


@pytest.mark.neo4j
def test_rows_are_cut_and_said_so(filled: Store) -> None:
    text = "MATCH (d:Declaration) RETURN d.number AS number ORDER BY number"
    cut = run_cypher(filled, text, {}, ALL, Limits(rows=2))
    whole = run_cypher(filled, text, {}, ALL, Limits(rows=4))
    assert (cut.rows, cut.truncated) == ([["D0"], ["D1"]], True)
    assert (len(whole.rows), whole.truncated, whole.counter) == (4, False, counter(filled))


@pytest.mark.neo4j
def test_parameters_and_marks_are_at_hand(filled: Store) -> None:
    text = (
        "MATCH (d:Declaration)-[r:CONSIGNEE]->() WHERE r.marking IN $marks AND d.number = $n RETURN d.number"
    )
    assert run_cypher(filled, text, {"n": "D1"}, full_profile(filled)).rows == [["D1"]]
    assert run_cypher(filled, "RETURN $s AS s", {"s": "'; MATCH (n) DETACH DELETE n"}, ALL).rows == [
        ["'; MATCH (n) DETACH DELETE n"]
    ]


@pytest.mark.neo4j
def test_ids_in_texts_and_lists_count_as_things(filled: Store) -> None:
    answer = run_cypher(
        filled, "MATCH (v:Vehicle) RETURN {id: [v.id, v.id]} AS m, $x AS x", {"x": "0" * 32}, ALL
    )
    assert answer.entities == answer.rows[0][0]["id"][:1]


@pytest.mark.neo4j
def test_time_is_limited_by_the_server(store: Store) -> None:
    slow = "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND [1, 2, 3, 4, 5, 6, 7, 8, 9] AS c " \
           "WITH a, b, c WHERE sin(a) * cos(b) > c RETURN count(*)"  # fmt: skip
    with pytest.raises(LimitReached, match="more time or memory"):
        run_cypher(store, slow, {}, ALL, Limits(seconds=1.0))
    assert run_cypher(store, "RETURN 1 AS one", {}, ALL).rows == [[1]]


@pytest.mark.neo4j
def test_a_question_takes_any_id_and_labels_by_what_is_visible(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "network" / "loads.cypher"
    path.parent.mkdir()
    path.write_text(QUESTION, encoding="utf-8")
    query = read(path)
    mentions = [row["id"] for row in filled.read("MATCH (m:Mention {kind: 'Company'}) RETURN m.id AS id")]
    assert len(mentions) == 2
    narrow = profile_where(filled, lambda marking: marking.level != "secret")
    for name in mentions:
        seen = run_query(filled, query, {"firm": name}, full_profile(filled))
        assert seen.columns == ["firm", "firm_id", "loads", "loads_id"] and len(seen.rows) == 1
        assert sorted(seen.rows[0][2]) == ["D0", "D1", "D2", "D9"]
        assert seen.entities == [seen.rows[0][1], *seen.rows[0][3]]
        some = run_query(filled, query, {"firm": name}, narrow)
        assert (some.rows[0][0], sorted(some.rows[0][2])) == (
            "Akçamlı Nakliyat Ltd. Şti.",
            ["D0", "D1", "D2"],
        )
    assert run_query(filled, query, {"firm": "0" * 32}, narrow).rows == []
    with pytest.raises(QueryError, match="firm is missing"):
        run_query(filled, query, {}, narrow)
