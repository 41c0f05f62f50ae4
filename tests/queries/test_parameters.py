"""Parameters: a text from the command line or a value from a form becomes what the statement expects, or is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.errors import QueryError
from graphintel.queries.parameters import TYPES, Param


def param(type_name: str, default: str | None = None) -> Param:
    """A parameter of a type."""
    return Param("x", type_name, default, "thing", "şey")


@pytest.mark.parametrize(
    ("type_name", "given_value", "expected"),
    [
        ("text", "  two\twords ", "two words"), ("words", "GÜRBULAK Kapısı", "gurbulak kapisi"),
        ("integer", "12", 12), ("integer", 3.0, 3), ("number", "2.5", 2.5), ("days", 30, 30),
        ("date", "31.05.2024", "2024-05-31"), ("date", "2024-05-31T10:30", "2024-05-31"), ("date", "2024", "2024"),
        ("country", "Türkiye", "TR"), ("country", "bg", "BG"), ("entity", "AB" * 16, "ab" * 16),
    ],
)  # fmt: skip
def test_values_are_converted(type_name: str, given_value: Any, expected: Any) -> None:
    assert param(type_name).value(given_value) == expected


@pytest.mark.parametrize(
    ("type_name", "given_value"),
    [
        ("integer", "many"), ("integer", 2.5), ("integer", True), ("integer", 2**70), ("number", "nan"),
        ("number", "1e999"), ("days", -1), ("days", 40_000), ("date", "31.02.2024"), ("date", "soon"),
        ("country", "several"), ("country", "Atlantis"), ("entity", "4:abc:12"), ("entity", "x' OR 1=1"),
        ("text", ["a"]), ("text", {"a": 1}), ("text", "x" * 501),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_one_sentence(type_name: str, given_value: Any) -> None:
    with pytest.raises(QueryError, match=f"The parameter x is {re.escape(TYPES[type_name])}") as caught:
        param(type_name).value(given_value)
    assert caught.value.detail == {"parameter": "x"} and len(caught.value.message) < 200


def test_defaults() -> None:
    assert param("integer", "7").value(None) == 7
    assert param("country", "").value("") == ""
    with pytest.raises(QueryError, match="is missing"):
        param("integer").value(None)


def test_a_form_learns_what_it_needs() -> None:
    shown = param("days", "30").as_json()
    assert (shown["name"], shown["type"], shown["default"], shown["required"]) == ("x", "days", "30", False)
    assert shown["label"] == {"en": "thing", "tr": "şey"} and param("days").as_json()["required"]


@given(
    st.sampled_from(sorted(TYPES)), st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.booleans())
)
def test_any_value_is_converted_or_refused(type_name: str, value: Any) -> None:
    try:
        found = param(type_name, "").value(value)
    except QueryError:
        return
    assert isinstance(found, str | int | float) and not isinstance(found, bool)
    assert param(type_name, "").value(found) == found
