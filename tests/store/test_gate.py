"""The gate for free Cypher: what its text and its plan may be, without a server and with one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fabric import load, world
from hypothesis import given
from hypothesis import strategies as st

from graphintel.errors import GraphIntelError, LimitReached, PolicyRefused, QueryError
from graphintel.model.marking import Profile
from graphintel.store import gate
from graphintel.store.driver import Store
from graphintel.store.gate_lists import FUNCTIONS, OPERATORS, PROCEDURES
from graphintel.store.run import Limits, run_cypher
from graphintel.store.write.made import empty

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cypher_cases.jsonl").read_text(encoding="utf-8").splitlines()
]
EXPECTED: dict[str, type[GraphIntelError]] = {
    "refuse": PolicyRefused,
    "limit": LimitReached,
    "error": QueryError,
}


@pytest.fixture(scope="module")
def filled(prepared: Store) -> Store:
    """A store with a small world, for statements that must not change it."""
    empty(prepared)
    load(prepared, world())
    return prepared


def size(store: Store) -> dict[str, Any]:
    """What the store holds, to see that nothing was changed."""
    return store.read(
        "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS links, "
        "sum(size(keys(n))) AS values, sum(r.marking) AS markings"
    )[0]


@pytest.mark.neo4j
@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_statements_are_answered_or_refused(filled: Store, case: dict[str, Any]) -> None:
    before = size(filled)
    limits = Limits(rows=50, seconds=5.0)
    everything = Profile((1, 2), sees_all=True)
    if case["expect"] == "answer":
        answer = run_cypher(filled, case["cypher"], case.get("params", {}), everything, limits)
        assert answer.columns and all(len(row) == len(answer.columns) for row in answer.rows)
    else:
        with pytest.raises(EXPECTED[case["expect"]]) as caught:
            run_cypher(filled, case["cypher"], case.get("params", {}), everything, limits)
        assert type(caught.value) is EXPECTED[case["expect"]]
        assert caught.value.exit_code == (2 if case["expect"] == "error" else 5)
    assert size(filled) == before


def test_there_are_statements_of_every_outcome() -> None:
    counted = {name: sum(case["expect"] == name for case in CASES) for name in (*EXPECTED, "answer")}
    assert len(CASES) >= 40 and all(number >= 5 for number in counted.values())


def test_lists_hold_nothing_that_writes_or_tells_of_the_server() -> None:
    doubtful = (
        "Create",
        "Merge",
        "Delete",
        "Set",
        "Remove",
        "Load",
        "Show",
        "Terminate",
        "Foreach",
        "Transaction",
        "Lock",
    )
    assert not [name for name in OPERATORS if name.startswith(doubtful)]
    assert all(name.startswith("db.") and "await" not in name for name in PROCEDURES)
    assert not {"file", "linenumber", "elementid", "id", "graph.byname"} & FUNCTIONS


def plan(operator: str, details: str = "", rows: float = 1.0, *children: dict[str, Any]) -> dict[str, Any]:
    """A step of a plan as the server gives it."""
    return {
        "operatorType": f"{operator}@neo4j",
        "args": {"Details": details, "EstimatedRows": rows},
        "children": list(children),
    }


def wrapped(step: dict[str, Any]) -> dict[str, Any]:
    """A step below others."""
    return plan("ProduceResults", "", 1.0, plan("Apply", "", 1.0, plan("Argument"), step))


@pytest.mark.parametrize("query_type", ["rw", "w", "s", None])
def test_only_reading_passes(query_type: str | None) -> None:
    with pytest.raises(PolicyRefused, match="only reads"):
        gate.check_plan(query_type, plan("ProduceResults"))


@pytest.mark.parametrize("plan_given", [None, {}])
def test_a_statement_without_a_plan_is_refused(plan_given: dict[str, Any] | None) -> None:
    with pytest.raises(PolicyRefused):
        gate.check_plan("r", plan_given)


@pytest.mark.parametrize(
    "operator", ["LoadCSV", "ShowSettings", "TransactionApply", "Foreach", "SetProperty", "SomethingNew", "RunQueryAt"]
)  # fmt: skip
def test_an_operator_outside_the_list_is_refused_at_any_depth(operator: str) -> None:
    with pytest.raises(PolicyRefused, match=operator):
        gate.check_plan("r", wrapped(plan(operator)))


def test_procedures_are_read_from_the_plan() -> None:
    gate.check_plan("r", wrapped(plan("ProcedureCall", "db.labels() :: (label :: STRING)")))
    with pytest.raises(PolicyRefused, match="dbms.listConfig"):
        gate.check_plan(
            "r", wrapped(plan("ProcedureCall", "dbms.listConfig($autostring_0) :: (name :: STRING)"))
        )


@pytest.mark.parametrize(
    ("operator", "details"),
    [
        ("VarLengthExpand(All)", "(a)-[anon_0*]-(b)"),
        ("VarLengthExpand(All)", "(a)-[anon_0*2..]-(b)"),
        ("VarLengthExpand(Pruning,BFS,All)", "(n)-[*..2147483647]-(m) "),
        ("VarLengthExpand(Into)", "(a)-[:`X*..3]`*]-(b)"),
        ("VarLengthExpand(All)", "(a)-[r*11]-(b)"),
        ("VarLengthExpand(All)", "no pattern at all"),
        ("Repeat(Trail)", "(a) (...){1, *} (b)"),
        ("Repeat(Trail)", "(a) (...){0, } (b)"),
        ("BidirectionalRepeat(Trail)", "(a) (...){1, 99} (b)"),
    ],
)
def test_paths_without_a_bound_are_refused(operator: str, details: str) -> None:
    with pytest.raises(PolicyRefused, match="upper bound"):
        gate.check_plan("r", wrapped(plan(operator, details)))


@pytest.mark.parametrize(
    ("operator", "details"),
    [
        ("VarLengthExpand(All)", "(a)-[anon_0*..4]-(b)"),
        ("VarLengthExpand(All)", "(a)-[:A|B*2..10]->(b)"),
        ("VarLengthExpand(All)", "(a)-[r*3]-(b)"),
        ("Repeat(Trail)", "(a) (...){1, 4} (b)"),
        ("ShortestPath", "p = (a)-[anon_0*]-(b)"),
        ("NodeCountFromCountStore", "count( (:Entity) ) AS `count(n)`"),
        ("CartesianProduct", ""),
    ],
)
def test_bounded_steps_pass(operator: str, details: str) -> None:
    assert gate.check_plan("r", wrapped(plan(operator, details))) is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    "step",
    [
        plan("NodeCountFromCountStore", "count( (), (), () ) AS `count(*)`"),
        plan("CartesianProduct", "", 1e15),
    ],
)
def test_everything_with_everything_is_a_limit(step: dict[str, Any]) -> None:
    with pytest.raises(LimitReached, match="everything with everything"):
        gate.check_plan("r", wrapped(step))


def test_a_deep_plan_is_walked_to_its_end() -> None:
    step = plan("LoadCSV")
    for _ in range(5000):
        step = plan("Projection", "", 1.0, step)
    with pytest.raises(PolicyRefused, match="LoadCSV"):
        gate.check_plan("r", step)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("RETURN '" + "x" * gate.LENGTH + "'", "length"),
        ("RETURN " + "1, " * 2000 + "1", "words"),
        ("RETURN " + "[" * 50 + "]" * 50, "nesting"),
        ("RETURN " + "NOT " * 50 + "true", "NOT and CASE"),
        ("UNWIND range(1, 20000000) AS x RETURN x", "range"),
    ],
)
def test_limits_have_names(text: str, limit: str) -> None:
    with pytest.raises(LimitReached) as caught:
        gate.check_text(text, {})
    assert caught.value.detail["limit"] == limit


@pytest.mark.parametrize(
    ("pattern", "good"),
    [
        (".*abc.*", True), ("34 ?[A-Z]{1,3} ?\\\\d+", True), ("(?i)akça.*", True), ("(a|b)c", True),
        ("(a+)+", False), ("(a*)*b", False), ("(ab){2,}", False), (".*.*.*.*x", False), ("\\\\)*" * 4, False),
        ("x" * 300, False),
    ],
)  # fmt: skip
def test_regular_expressions(pattern: str, good: bool) -> None:
    text = f"MATCH (n) WHERE n.name =~ '{pattern}' RETURN n"
    if good:
        assert gate.check_text(text, {})
        assert gate.check_text("MATCH (n) WHERE n.name =~ $p RETURN n", {"p": pattern})
    else:
        with pytest.raises(PolicyRefused, match="without end"):
            gate.check_text(text, {})


@given(st.sampled_from(sorted(FUNCTIONS)), st.sampled_from(["dbms", "apoc", "x", "graph"]))
def test_only_whole_names_are_on_the_list(name: str, prefix: str) -> None:
    with pytest.raises(PolicyRefused, match="not on the list"):
        gate.check_text(f"RETURN [x IN [1] | {{k: {prefix}.{name}(x)}}] AS m", {})


@given(st.text(alphabet="MATCHRETURN()[]{}'\"`/*;.,:|$= \n-+~xn1", max_size=80))
def test_any_text_passes_or_is_refused_in_the_projects_words(text: str) -> None:
    try:
        gate.check_text("MATCH (n) " + text, {})
    except GraphIntelError as error:
        assert error.exit_code in (2, 5) and error.message[0].isupper()
