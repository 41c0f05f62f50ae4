"""Things, links, parts and grades of a mapping, run over rows."""

from __future__ import annotations

from typing import Any

import pytest

from graphintel.errors import MappingError, RowRefused
from graphintel.ingest.formats.delimited import Column, DelimitedAccess
from graphintel.ingest.mapping.draft import Draft
from graphintel.ingest.mapping.plan import Plan

NAMES = ("no", "date", "who", "code", "plate", "land", "via", "box", "p1_name", "p2_name", "grade", "info")
EVENT = {"kind": "Declaration", "values": {"number": "no", "date": "date"}}
WHO = {"kind": "Company", "values": {"name": "who", "trader_code": "code"}}


def _plan(**given: Any) -> Plan:
    access = DelimitedAccess(tuple(Column(name) for name in NAMES))
    things = {"event": EVENT, **given.pop("things", {})}
    return Plan(
        "test",
        "rows.yaml",
        {"subjects": ["event"], "at": "date", "things": things, **given},
        access,
        "declared",
        {},
    )


def _row(**cells: str) -> list[str]:
    return [{"no": "1", "date": "2024-03-04", **cells}.get(name, "") for name in NAMES]


def _links(draft: Draft) -> list[tuple[str, str, str, dict[str, Any]]]:
    kinds = {mention.id: mention.kind for mention in draft.mentions.values()}
    return [(kinds[link.source], link.type, kinds[link.target], link.properties) for link in draft.links]


def test_a_row_states_things_and_a_link_with_date_and_basis() -> None:
    plan = _plan(
        things={"who": WHO}, links=[["event", "CONSIGNEE", "who", {"role": "=importer", "item": "box"}]]
    )
    draft = plan.run(_row(who="Karaçınar", code="K1", box="3"), "r1")
    assert _links(draft) == [("Declaration", "CONSIGNEE", "Company", {"role": "importer", "item": 3})]
    assert (draft.links[0].at, draft.links[0].precision, draft.links[0].basis) == (
        "2024-03-04",
        "day",
        "declared",
    )


def test_no_thing_no_link() -> None:
    plan = _plan(things={"who": WHO}, links=[["event", "CONSIGNEE", "who"]])
    draft = plan.run(_row(), "r1")
    assert [mention.kind for mention in draft.mentions.values()] == ["Declaration"]
    assert draft.links == []


def test_equal_statements_are_one_mention_and_bare_persons_stay_their_rows() -> None:
    plan = _plan(
        things={"who": WHO, "driver": {"kind": "Person", "values": {"name": "p1_name"}}},
        links=[["event", "CONSIGNEE", "who"], ["event", "CARRIER", "driver"]],
    )
    row = _row(who="Karaçınar", code="K1", p1_name="Ahmet Yılmaz")
    first, second = plan.run(row, "r1"), plan.run(row, "r2")
    company = {m.id for m in first.mentions.values() if m.kind == "Company"}
    assert company == {m.id for m in second.mentions.values() if m.kind == "Company"}
    persons = {m.id for draft in (first, second) for m in draft.mentions.values() if m.kind == "Person"}
    assert len(persons) == 2
    assert plan.run(row, "r1").links == first.links


def test_divided_cells_are_several_things_in_order() -> None:
    plan = _plan(
        things={"via": {"make": "country", "of": "via", "split": "/", "with": {"from": "."}}},
        links=[{"link": ["event", "VIA", "via"], "number": "seq", "basis": "reported", "at": "no"}],
    )
    draft = plan.run(_row(via="BG / RS/Unknown/AT"), "r1")
    names = {m.id: dict(m.values)["country"].normal for m in draft.mentions.values() if m.kind == "Place"}
    assert [(names[link.target], link.properties["seq"]) for link in draft.links] == [
        ("BG", 1),
        ("RS", 2),
        ("AT", 3),
    ]
    assert {(link.basis, link.at) for link in draft.links} == {("reported", "2024-03-04")}


def test_truck_and_trailer_are_towed_once_though_they_stand_in_two_boxes() -> None:
    means = {"make": "conveyance", "with": {"from": "plate", "country": "land"}}
    plan = _plan(
        things={"inland": means, "border": means},
        links=[
            ["event", "BY_MEANS_OF", "inland", {"role": "=departure"}],
            ["event", "BY_MEANS_OF", "border", {"role": "=border"}],
        ],
    )
    draft = plan.run(_row(plate="34KLT481/34R77120", land="TR"), "r1")
    assert [link[1] for link in _links(draft)] == ["BY_MEANS_OF"] * 4 + ["TOWS"]
    assert len(draft.mentions) == 3
    assert len({link.id for link in draft.links}) == 5


def test_conditions_on_things_and_links() -> None:
    plan = _plan(
        things={"who": {**WHO, "when": {"land": "TR"}}},
        links=[{"link": ["event", "CONSIGNEE", "who"], "when": {"box": "filled"}}],
    )
    filled = {"who": "Karaçınar", "code": "K1"}
    assert len(plan.run(_row(**filled, land="TR", box="1"), "r").links) == 1
    assert len(plan.run(_row(**filled, land="TR"), "r").links) == 0
    assert len(plan.run(_row(**filled, land="BG", box="1"), "r").mentions) == 1


def test_parts_for_groups_of_columns() -> None:
    part = {
        "for": ["p1", "p2"],
        "things": {"person": {"kind": "Person", "values": {"name": "$_name"}}},
        "links": [["event", "CARRIER", "person", {"role": "=$"}]],
    }
    draft = _plan(parts=[part]).run(_row(p1_name="Cemal Tuzkıran", p2_name="Cemal Tuzkıran"), "r1")
    assert [link[3]["role"] for link in _links(draft)] == ["p1", "p2"]
    assert len(draft.mentions) == 3


def test_parts_for_tables_of_words() -> None:
    part = {
        "for": [{"column": "p1_name", "type": "BUYER"}, {"column": "p2_name", "type": "SELLER"}],
        "things": {"person": {"kind": "Person", "values": {"name": "$column"}}},
        "links": [["event", "$type", "person"]],
    }
    draft = _plan(parts=[part]).run(_row(p1_name="Cemal Tuzkıran", p2_name="Nuri Dağlıoğlu"), "r1")
    assert [link[1] for link in _links(draft)] == ["BUYER", "SELLER"]


def test_key_joins_what_is_filled() -> None:
    plan = _plan(key=["no", "who", "code"])
    assert plan.key is not None
    assert plan.key(_row(code="K1")) == "1|K1"


def test_the_rows_own_grade() -> None:
    plan = _plan(grade_of={"scheme": "=4x4", "source": "grade", "information": "info", "provider": "who"})
    grade = plan.grade(_row(grade="a", info="1", who="SELEC"))
    assert grade is not None
    assert (grade.scheme, grade.source, grade.information, grade.provider) == ("4x4", "A", "1", "SELEC")
    assert plan.grade(_row()) is None
    with pytest.raises(RowRefused) as refused:
        plan.grade(_row(grade="Q", info="1"))
    assert refused.value.reason == "bad_grade"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"things": {"x": {"kind": "Dragon"}}}, "no kind"),
        ({"things": {"x": {"kind": "Company", "values": {"colour": "who"}}}}, "no property 'colour'"),
        ({"things": {"x": {"kind": "Company", "values": {"name": "nowhere"}}}}, "nowhere"),
        ({"things": {"x": {"make": "dragon"}}}, "no maker"),
        ({"things": {"x": {"values": {}}}}, "a thing is a table"),
        ({"links": [["event", "CONSIGNEE", "nobody"]]}, "no thing 'nobody'"),
        ({"links": [["event", "ENJOYS", "event"]]}, "no type of link"),
        ({"links": [["event", "TOWS", "event"]]}, "may not run from"),
        ({"links": [["event", "CONSIGNEE"]]}, "a link is"),
        (
            {"things": {"who": WHO}, "links": [["event", "CONSIGNEE", "who", {"colour": "no"}]]},
            "no property colour",
        ),
        (
            {"things": {"who": WHO}, "links": [{"link": ["event", "CONSIGNEE", "who"], "number": "seq"}]},
            "no property seq",
        ),
        (
            {"things": {"who": WHO}, "links": [{"link": ["event", "CONSIGNEE", "who"], "basis": "guessed"}]},
            "no basis",
        ),
        ({"subjects": ["nobody"]}, "subjects"),
        ({"parts": [{"things": {}}]}, "a part is a table"),
        ({"parts": [{"each": "who"}]}, "a flat row has no parts"),
        ({"grade_of": {"colour": "no"}}, "a grade has no colour"),
        ({"key": ["nowhere"]}, "key"),
    ],
)
def test_wrong_descriptions_name_file_and_key(given: dict[str, Any], message: str) -> None:
    with pytest.raises(MappingError, match=message) as wrong:
        _plan(**given)
    assert wrong.value.message.startswith("rows.yaml")
