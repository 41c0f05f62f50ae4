"""Text expressions and conditions of the mapping language."""

from __future__ import annotations

from typing import Any

import pytest

from graphintel.errors import MappingError
from graphintel.ingest.formats.delimited import Column, DelimitedAccess
from graphintel.ingest.mapping.text import Compiler, placeholder

ROW = ["7", "", "Kapıkule / TR", "12.5", "Gram"]


def _compiler() -> Compiler:
    return Compiler(
        DelimitedAccess(tuple(Column(name) for name in ("no", "void", "place", "amount", "unit"))),
        "rows.yaml",
    )


def _text(spec: Any) -> str:
    return _compiler().text(spec)(ROW)


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        ("no", "7"),
        ("=TR", "TR"),
        (["void", "no"], "7"),
        (["void", "=none"], "none"),
        ({"from": "place", "pattern": "^([^/]+)/"}, "Kapıkule"),
        ({"from": "place", "pattern": "^x(y)"}, ""),
        ({"from": "place", "pattern": "(?:(Habur)|(Kapıkule))"}, "Kapıkule"),
        ({"from": "no", "lookup": {7: "seven"}}, "seven"),
        ({"from": "no", "lookup": {"8": "eight"}}, "7"),
        ({"from": "no", "lookup": {"8": "eight", "*": "other"}}, "other"),
        ({"from": "void", "lookup": {"*": "other"}}, ""),
        ({"from": "no", "drop": [7]}, ""),
        ({"join": ["no", "void", "unit"], "sep": "-"}, "7-Gram"),
        ({"every": "no"}, "7"),
        ({"from": "no", "when": {"void": "empty"}}, "7"),
        ({"from": "no", "when": {"void": "filled"}}, ""),
        ({"from": "no", "when": {"unit": ["gram", "mg"], "no": "7"}}, "7"),
        ({"from": "no", "when": {"unit": "mg"}}, ""),
        ({"kilograms": ["amount", "unit"]}, "0.0125"),
        ({"kilograms": ["amount", "=Plants"]}, ""),
        ({"kilograms": ["void", "unit"]}, ""),
    ],
)
def test_expressions(spec: Any, text: str) -> None:
    assert _text(spec) == text


@pytest.mark.parametrize(
    "spec",
    [
        "nowhere",
        7,
        None,
        {},
        {"from": "no", "whatever": 1},
        {"every": "nowhere"},
        {"from": "no", "when": ["void"]},
    ],
)
def test_a_wrong_expression_names_the_file(spec: Any) -> None:
    with pytest.raises(MappingError, match=r"rows\.yaml"):
        _text(spec)


def test_the_key_stands_in_the_error() -> None:
    with pytest.raises(MappingError, match=r"rows\.yaml: things\.who: no column"):
        _compiler().inside("things").inside("who").text("nowhere")


@pytest.mark.parametrize("text", ["", " ", "Unknown", "OTHER", "SHUME", "several", "Çeşitli", "-", "N/A"])
def test_placeholders_are_no_place(text: str) -> None:
    assert placeholder(text)


@pytest.mark.parametrize("text", ["TR", "Turqia", "Yokohama", "Othery"])
def test_places_are_no_placeholders(text: str) -> None:
    assert not placeholder(text)
