"""What the catalogue refuses: links without a filter, bare scans, writing, parameters that do not fit."""

from __future__ import annotations

import pytest

from graphintel.queries.cypher import tokens
from graphintel.queries.shape import Wrong, check

END = "\nRETURN a.id AS a_id ORDER BY a_id LIMIT $limit"


def faults(body: str, *declared: str, end: str = END) -> str:
    """What is wrong with a statement; empty if nothing is."""
    try:
        check(tokens(body + end), set(declared))
    except Wrong as wrong:
        assert wrong.line >= 1
        return wrong.message
    return ""


@pytest.mark.parametrize(
    "body",
    [
        "MATCH (a)-[r:USES]->(b) WHERE r.marking IN $marks",
        "MATCH (a)<-[r:USES|OWNS]-(b)-[s:USES]->(c) WHERE r.marking IN $marks AND s.marking IN $marks AND a <> c",
        "MATCH (a)-[r:USES WHERE r.marking IN $marks]->(b)",
        "MATCH (a)-[r]-(b) WHERE (a.x = 1 OR a.y = 2) AND r.marking IN $marks",
        "MATCH (a)-[r]-(b) WHERE r.marking IN $marks AND EXISTS { MATCH (b)-[s]-(c) WHERE s.marking IN $marks }",
        "MATCH (a)-[r]-(b) WHERE r.marking IN $marks MATCH (m:Mention {id: r.to_mention})",
        "MATCH (a)-[r:STATES]->(m) WHERE r.marking IN $marks MATCH (m)-[:RESOLVES_TO]->(e)",
        "MATCH (a)-[r]-(b) WHERE r.marking IN $marks AND a.name STARTS WITH 'x' WITH a, b WHERE a.x OR b.x",
        "MATCH (a)-[r]-(b) WHERE r.marking IN $marks WITH a UNWIND [1, 2] AS n WITH a, n - 1 AS m",
    ],
)
def test_filtered_statements_pass(body: str) -> None:
    assert faults(body) == ""


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("MATCH (a)-[r:USES]->(b)", "the link r is not filtered"),
        ("MATCH (a)-[:USES]->(b)", "without a name"),
        ("MATCH (a)-[]->(b)", "without a name"),
        ("MATCH (a)-->(b)", "without a name"),
        ("MATCH (a)<--(b)", "without a name"),
        ("MATCH (a)--(b)", "without a name"),
        ("MATCH (a)-[r]-(b) WHERE r.marking IN $marks OR a.x = 1", "not filtered"),
        ("MATCH (a)-[r]-(b) WHERE a.x = 1 OR a.y AND r.marking IN $marks", "not filtered"),
        ("MATCH (a)-[r]-(b) WHERE r.marking IN $marks AND a.name STARTS WITH 'x' OR true", "not filtered"),
        ("MATCH (a)-[r]-(b) WHERE NOT r.marking IN $marks", "not filtered"),
        ("MATCH (a)-[r]-(b) WHERE r.marking IN [1, 2]", "not filtered"),
        ("MATCH (a)-[r]-(b) WHERE 'r.marking IN $marks' <> ''", "not filtered"),
        ("MATCH (a)-[r]-(b) // WHERE r.marking IN $marks", "not filtered"),
        ("MATCH (a)-[r]-(b) WHERE r.marking IN $marks MATCH (a)-[r:USES]-(c)", "not filtered"),
        ("MATCH (a)-[r]-(b) WHERE r.marking IN $marks AND EXISTS { MATCH (b)-[s]-(c) }", "the link s is not filtered"),
        ("MATCH (a)-[r*1..3]-(b) WHERE r.marking IN $marks", "varying length"),
        ("MATCH (a)-[r]-+(b) WHERE r.marking IN $marks", "varying length"),
        ("MATCH (a)-[r]->{1,3}(b) WHERE r.marking IN $marks", "varying length"),
        ("MATCH (a:Company)", "looked up by the id"),
        ("MATCH (a:Company {id: $marks})", "looked up by the id"),
        ("MATCH (a)-[r]-(b), (c:Person) WHERE r.marking IN $marks", "looked up by the id"),
        ("MATCH (a)-[r]-(b) WHERE r.marking IN $marks AND COUNT { (c:Person) } > 1", "looked up by the id"),
        ("MATCH (a)-[:RESOLVES_TO]->(e)", "followed only from a mention"),
        ("MATCH (a)-[r]-(b) WHERE r.marking IN $marks MATCH (c:Mention)-[:RESOLVES_TO]->(e)", "followed only from"),
        ("MATCH (a)-[r]-(b) WHERE r.marking IN $marks SET a.x = 1", "SET has no place"),
        ("MATCH (a)-[r]-(b) WHERE r.marking IN $marks CALL db.labels() YIELD label", "calls no procedure"),
        ("MATCH (a)-[r]-(b) WHERE r.marking IN $marks RETURN a; MATCH (a)", "one statement"),
        ("MATCH (a)-[r]-(b) WHERE r.marking IN $marks AND a.x = $given", "not declared"),
    ],
)  # fmt: skip
def test_faults_are_named(body: str, message: str) -> None:
    assert message in faults(body + "\n")


def test_parameters_are_used_as_declared() -> None:
    body = "MATCH (a)-[r]-(b) WHERE r.marking IN $marks AND a.x = $given"
    assert faults(body, "given") == ""
    assert "declared and not used" in faults(body, "given", "other")


@pytest.mark.parametrize(
    "end", ["\nRETURN a.id AS a_id LIMIT $limit", "\nRETURN a.id ORDER BY a.id", "\nRETURN a.id"]
)
def test_a_question_is_ordered_and_limited(end: str) -> None:
    assert "ORDER BY" in faults("MATCH (a)-[r]-(b) WHERE r.marking IN $marks", end=end)
