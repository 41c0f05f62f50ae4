"""Cypher as words and marks: comments, texts and names are told apart as the server does it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.errors import QueryError
from graphintel.queries.cypher import calls, closing, depth, plain_words, tokens


def texts(statement: str) -> list[str]:
    """The tokens of a statement."""
    return [token.text for token in tokens(statement)]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("MATCH (n) // a; b\nRETURN n", ["MATCH", "(", "n", ")", "RETURN", "n"]),
        ("RETURN 1 /* ; ' */ + 2", ["RETURN", "1", "+", "2"]),
        ("RETURN 'it\\'s; // x' AS t", ["RETURN", "'it\\'s; // x'", "AS", "t"]),
        ('RETURN "a\'b"', ["RETURN", '"a\'b"']),
        ("MATCH (`a``;b`)", ["MATCH", "(", "`a``;b`", ")"]),
        ("[*1..3]", ["[", "*", "1", ".", ".", "3", "]"]),
        ("RETURN 1.5e3, $limit, $`odd name`", ["RETURN", "1.5e3", ",", "$limit", ",", "$`odd name`"]),
        ("MATCH (şirket)", ["MATCH", "(", "şirket", ")"]),
    ],
)
def test_tokens(statement: str, expected: list[str]) -> None:
    assert texts(statement) == expected


@pytest.mark.parametrize("statement", ["RETURN 'abc", 'RETURN "abc', "MATCH (`a", "RETURN 1 /* x"])
def test_what_does_not_end_is_refused(statement: str) -> None:
    with pytest.raises(QueryError, match="does not end"):
        tokens(statement)


def test_lines_are_counted_through_comments_and_texts() -> None:
    held = tokens("MATCH (n)\n/* two\nlines */\nRETURN 'a\nb', n")
    assert [(token.text, token.line) for token in held if token.text in ("RETURN", "n")] == [
        ("n", 1), ("RETURN", 4), ("n", 5),
    ]  # fmt: skip


def test_calls_are_named_whole_and_without_back_ticks() -> None:
    held = tokens("RETURN Point.Distance(a, `b`.`c`(1)), size([x IN y | f(x)])")
    assert [name for _, name in calls(held)] == ["point.distance", "b.c", "size", "f"]


def test_plain_words_leave_out_names_of_properties_labels_and_keys() -> None:
    held = tokens("MATCH (n:SET) WHERE n.delete = {merge: 1}.x REMOVE n.y")
    assert {"SET", "DELETE", "MERGE"}.isdisjoint(word for _, word in plain_words(held))
    assert "REMOVE" in {word for _, word in plain_words(held)}


def test_brackets() -> None:
    held = tokens("f(a[1], {b: (2)})")
    assert (closing(held, 1), depth(held)) == (len(held) - 1, 3)
    with pytest.raises(QueryError, match="not closed"):
        closing(tokens("(a, [b]"), 0)


@given(st.text(max_size=80))
def test_a_text_in_quotes_is_one_token_whatever_it_says(content: str) -> None:
    quoted = "'" + content.replace("\\", "\\\\").replace("'", "\\'") + "'"
    assert texts(f"RETURN {quoted} AS t") == ["RETURN", quoted, "AS", "t"]


@given(st.text(alphabet="abMATCH()[]{}'\"`/*;.$ \n-", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        held = tokens(text)
    except QueryError:
        return
    place = 0
    for token in held:
        place = text.index(token.text, place) + len(token.text)
    marks = [token.text for token in held if token.kind == "mark"]
    assert not {"'", '"', "`"} & set(marks)
