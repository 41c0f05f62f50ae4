"""The mapping language as declared: in step with what compiles it, with the model, and with every shipped description."""

from __future__ import annotations

from typing import Any

import pytest

from graphintel import content
from graphintel.ingest import catalogue
from graphintel.ingest.description import written
from graphintel.ingest.mapping import language, makers
from graphintel.ingest.mapping.language import json_schema
from graphintel.ingest.mapping.misfits import misfits
from graphintel.model.kinds import KINDS
from graphintel.model.links import BASES, LINKS

SCHEMA = json_schema()


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_shipped_description_is_of_the_language(name: str) -> None:
    assert misfits(written(content.shelf("ingest") / name / f"{name}.yaml").given) == []


def test_makers_and_their_options_are_those_that_compile() -> None:
    assert set(language.MAKERS) == set(makers.MAKERS)
    assert all(options[0] == "from" for options in language.MAKERS.values())


def test_the_schema_offers_kinds_links_and_the_properties_of_each_kind() -> None:
    thing = SCHEMA["$defs"]["Thing"]
    assert thing["properties"]["kind"]["enum"] == list(KINDS)
    by_kind = {
        rule["if"]["properties"]["kind"]["const"]: rule["then"]
        for rule in thing["allOf"]
        if "kind" in str(rule["if"])
    }
    assert by_kind.keys() == KINDS.keys()
    for name, kind in KINDS.items():
        offered = by_kind[name]["properties"]["values"]["propertyNames"]["enum"]
        assert offered == [item.name for item in kind.properties]
    listed = next(form for form in SCHEMA["$defs"]["Link"]["oneOf"] if form.get("type") == "array")
    assert listed["prefixItems"][1]["enum"] == list(LINKS)
    assert SCHEMA["properties"]["basis"]["enum"] == list(BASES)


def _references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(_references(part) for part in node.values()))
    return set().union(*(_references(part) for part in node)) if isinstance(node, list) else set()


def test_the_schema_is_whole_and_refuses_keys_that_are_not_declared() -> None:
    assert _references(SCHEMA) <= {f"#/$defs/{name}" for name in SCHEMA["$defs"]}
    tables = [SCHEMA, *(table for table in SCHEMA["$defs"].values() if table.get("type") == "object")]
    assert all(table["additionalProperties"] is False for table in tables if "properties" in table)
    assert set(SCHEMA["required"]) >= {"title", "title_tr", "version", "format", "grade", "marking"}


@pytest.mark.parametrize(
    ("given", "path", "said"),
    [
        ({"things": {"x": {"kind": "Person", "value": {}}}}, ("things", "x", "value"), "is values meant?"),
        ({"things": {"x": 5}}, ("things", "x"), "a table is wanted here"),
        ({"things": {"x": {"kind": "Person", "values": {"name": 7}}}}, ("things", "x", "values", "name"), "a text is"),
        ({"links": [["a", "b"]]}, ("links", 0), "too few parts"),
        ({"links": [["a", "B", "c", "d"]]}, ("links", 0), "a link is"),
        ({"links": [7]}, ("links", 0), "a link is"),
        ({"parts": [{"for": [5]}]}, ("parts", 0, "for", 0), "`for` lists words"),
        ({"columns": {"a": {"alias": "b"}}}, ("columns", "a", "alias"), "is aliases meant?"),
        ({"leave_out": {"a": ["b"]}}, ("leave_out", "a"), "a text or number is wanted"),
        ({"key": "no"}, ("key",), "a list is wanted here"),
        ({"json": "maybe"}, ("json",), "true or false is wanted"),
    ],
)  # fmt: skip
def test_a_misfit_is_told_where_it_stands(given: dict[str, Any], path: tuple[Any, ...], said: str) -> None:
    found = [problem for problem in misfits(given) if problem.path == path]
    assert found and said in found[0].message, misfits(given)
