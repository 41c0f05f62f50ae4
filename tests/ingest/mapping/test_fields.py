"""Fields: cleaned values with hints, required ones, numbers for links."""

from __future__ import annotations

from typing import Any

import pytest

from graphintel.errors import MappingError, RowRefused
from graphintel.ingest.formats.delimited import Column, DelimitedAccess
from graphintel.ingest.mapping.fields import NUMBERS, Field, field, scalar
from graphintel.ingest.mapping.text import Compiler
from graphintel.model.values import clean


def _field(type_name: str, spec: Any, hints: dict[str, Any] | None = None) -> tuple[Field, Compiler]:
    compiler = Compiler(DelimitedAccess((Column("a"), Column("land"))), "rows.yaml")
    return field(compiler, "x", type_name, spec, hints or {}), compiler


def test_a_value_is_the_cleaned_text_and_remembered() -> None:
    made, _ = _field("number", "a")
    first = made.get(["6516.0", ""])
    assert first == clean("number", "6516.0")
    assert made.get(["6516.0", "other row"]) is first
    assert made.get(["", ""]) is None


def test_constant_hints_and_hints_of_the_same_row() -> None:
    assert _field("date", "a", {"order": "=mdy"})[0].get(["1/2/24", ""]) == clean(
        "date", "1/2/24", order="mdy"
    )
    plate = _field("plate", {"from": "a", "hints": {"country": "land"}})[0].get
    assert plate(["34 KLT 481", "TR"]) == clean("plate", "34 KLT 481", country="TR")
    assert plate(["34 KLT 481", ""]) == clean("plate", "34 KLT 481")


def test_a_placeholder_is_no_country_but_a_wrong_code_is_kept_and_flagged() -> None:
    country = _field("country", "a")[0].get
    assert country(["Unknown", ""]) is None
    flagged = country(["ZL", ""])
    assert flagged is not None
    assert flagged.verdict == "invalid"


@pytest.mark.parametrize(
    ("type_name", "raw", "reason"),
    [
        ("date", "2024-02-31", "bad_date"),
        ("date", "soon", "bad_date"),
        ("number", "many", "bad_number"),
        ("text", "", "missing_value"),
        ("date", "", "missing_value"),
    ],
)
def test_a_required_value_that_cannot_be_used_refuses_the_row(type_name: str, raw: str, reason: str) -> None:
    made, _ = _field(type_name, {"from": "a", "required": True})
    with pytest.raises(RowRefused) as refused:
        made.get([raw, ""])
    assert refused.value.reason == reason


def test_a_required_identifier_that_fails_its_check_is_kept() -> None:
    found = _field("container", {"from": "a", "required": True})[0].get(["CSQU3054384", ""])
    assert found is not None
    assert found.verdict == "invalid"


def test_numbers_and_dates_are_noted_for_the_canonical_content_but_parts_of_cells_are_not() -> None:
    _, compiler = _field("number", "a", {"decimal": "=,"})
    assert compiler.canonical["a"].of("1,50") == "1.5"
    assert compiler.canonical["a"].of("many") == "many"
    for type_name, spec in (
        ("text", "a"),
        ("number", {"from": "a", "pattern": "(.)"}),
        ("number", ["a", "land"]),
    ):
        assert _field(type_name, spec)[1].canonical == {}


def test_unknown_type_names_the_file() -> None:
    with pytest.raises(MappingError, match=r"rows\.yaml.*no type"):
        _field("colour", "a")


@pytest.mark.parametrize(
    ("type_name", "raw", "number"),
    [
        ("number", "8.13E-4", 0.000813),
        ("integer", "3", 3),
        ("number", "x", None),
        ("integer", "9" * 30, None),
    ],
)
def test_numbers_of_links_fit_the_database(type_name: str, raw: str, number: float | None) -> None:
    assert type_name in NUMBERS
    assert scalar(type_name, clean(type_name, raw)) == number
