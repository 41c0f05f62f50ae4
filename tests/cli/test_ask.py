"""Asking by command: the shelf and free Cypher as JSON, CSV and table; refusals exit 5 and are told as JSON."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from commanded import Run

from graphintel.queries.catalogue import catalogue

pytestmark = pytest.mark.neo4j
ANSWER = {"columns", "rows", "truncated", "counter"}
COUNT = "MATCH (e:Entity) RETURN e.kind AS kind, count(e) AS n ORDER BY kind"


def test_the_shelf_is_listed_and_each_question_shown(alone: Run) -> None:
    listed = alone("query", "list", "--json").json
    assert {row["id"] for row in listed} == set(catalogue())
    assert "seizures-near" in alone("query", "list").out
    shown = alone("query", "show", "seizures-near", "--json").json
    assert "MATCH" in shown["text"] and shown["params"][0]["name"] == "declaration"
    assert alone("query", "show", "seizures-near").out.strip() == shown["text"].strip()


def test_a_saved_question_answers_in_the_shape_of_the_contract(look: Run) -> None:
    done = look("query", "run", "repeated-pairs", "--param", "least=1", "--json")
    assert (done.code, done.err) == (0, "") and done.json.keys() >= ANSWER
    assert done.json["columns"][0] == "company"
    lines = look("query", "run", "repeated-pairs", "--csv").out.splitlines()
    assert next(csv.reader(lines)) == done.json["columns"]


def test_cypher_answers_as_json_csv_and_table(look: Run) -> None:
    told = look("cypher", COUNT, "--json").json
    assert told.keys() >= ANSWER and told["columns"] == ["kind", "n"] and not told["truncated"]
    assert ["Seizure", 3] in told["rows"] and told["counter"] > 0
    rows = list(csv.reader(look("cypher", COUNT, "--csv").out.splitlines()))
    assert rows == [told["columns"], *([kind, str(n)] for kind, n in told["rows"])]
    assert "Seizure" in look("cypher", COUNT).out
    cut = look("cypher", COUNT, "--limit", 1)
    assert (
        "The first 1 rows are shown; there are more" in cut.err
        and look("cypher", COUNT, "--limit", 1, "--json").json["truncated"]
    )


def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(look: Run) -> None:
    done = look("cypher", "RETURN $x AS x, [1, 2] AS list", "--param", "x==1+1", "--csv")
    assert list(csv.reader(done.out.splitlines())) == [["x", "list"], ["'=1+1", "[1,2]"]]


@pytest.mark.parametrize(
    "text",
    ["MATCH (n) DETACH DELETE n", "CREATE (:Entity)", "DROP INDEX x", "CALL dbms.listConfig()", "LOAD CSV FROM 'file:///x' AS l RETURN l"],
)  # fmt: skip
def test_a_statement_that_does_more_than_read_is_refused(look: Run, text: str) -> None:
    before = look("store", "hash").out
    done = look("cypher", text, "--json")
    assert done.code == 5 and done.json.keys() == {"error"}
    assert done.json["error"]["code"] == "refused" and done.json["error"]["message"] == done.sentence
    assert look("store", "hash").out == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("query", "run", "no-such"), "There is no saved question 'no-such'; there are changed-carrier"),
        (("query", "show", "no-such"), "There is no saved question 'no-such'"),
        (("query", "run", "seizures-near"), "The parameter declaration is missing"),
        (("query", "run", "repeated-pairs", "--param", "least"), "--param takes name=value, not 'least'"),
        (("query", "run", "repeated-pairs", "--param", "=3"), "--param takes name=value, not '=3'"),
        (("query", "run", "repeated-pairs", "--param", "least=many"), "least"),
        (("query", "run", "repeated-pairs", "--param", "most=1"), "most"),
        (("cypher", "MATCH (n"), "The store cannot run this statement"),
        (("cypher", "RETURN $x AS x"), "Expected parameter(s): x"),
        (("cypher", ""), ""),
    ],
)
def test_a_question_that_cannot_be_asked_is_one_sentence(
    look: Run, words: tuple[Any, ...], said: str
) -> None:
    done = look(*words, "--json")
    assert done.code == 2 and said in done.sentence and done.json["error"]["message"] == done.sentence
