"""What entities become: values, links of their own, properties that are links, and notices for what has no link."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from exchanged import records_of

from graphintel.ingest import catalogue
from graphintel.ingest.again import again
from graphintel.model.records import Record

Item = dict[str, Any]
A = {"id": "a", "schema": "Person", "properties": {"name": ["Cemal Tuzkıran"], "nationality": ["tr"]}}
B = {"id": "b", "schema": "Person", "properties": {"name": ["Serkan Bozyel"]}}
C = {"id": "c", "schema": "Company", "properties": {"name": ["Uluçay Nakliyat"], "country": ["tr"]}}
D = {"id": "d", "schema": "Company", "properties": {"name": ["Karaçınar Gıda"]}}
V = {"id": "v", "schema": "Vehicle", "properties": {"registrationNumber": ["34 KLT 481"], "country": ["tr"]}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def _read(folder: Path, *items: Item) -> dict[str, Record]:
    path = folder / "x.ftm.json"
    path.write_text("".join(json.dumps(item) + "\n" for item in items), "utf-8")
    return {record.key: record for record in records_of("ftm", path)}


def _values(record: Record) -> dict[str, str]:
    return {name: value.normal for name, value in record.mentions[0].values}


def _links(record: Record) -> list[tuple[str, str, str]]:
    kinds = {mention.id: mention.kind for mention in record.mentions}
    return [(kinds[link.source], link.type, kinds[link.target]) for link in record.links]


def _edge(schema: str, **properties: str) -> Item:
    return {"id": "x", "schema": schema, "properties": {name: [text] for name, text in properties.items()}}


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (_edge("Ownership", owner="a", asset="c", percentage="60"), ("Person", "OWNS", "Company")),
        (_edge("Ownership", owner="c", asset="v"), ("Company", "OWNS", "Vehicle")),
        (
            _edge("Directorship", director="a", organization="c", role="manager"),
            ("Person", "DIRECTS", "Company"),
        ),
        (_edge("Employment", employee="a", employer="c"), ("Person", "WORKS_FOR", "Company")),
        (_edge("Membership", member="a", organization="c"), ("Person", "WORKS_FOR", "Company")),
        (
            _edge("Family", person="a", relative="b", relationship="cousin"),
            ("Person", "RELATED_TO", "Person"),
        ),
        (_edge("Associate", person="a", associate="b"), ("Person", "ASSOCIATE_OF", "Person")),
        (
            _edge("UnknownLink", subject="a", object="b", role="seen together"),
            ("Person", "ASSOCIATE_OF", "Person"),
        ),
        (_edge("UnknownLink", subject="v", object="v", role="TOWS"), ("Vehicle", "TOWS", "Vehicle")),
    ],
)
def test_links_that_the_graph_has(folder: Path, item: Item, said: tuple[str, str, str]) -> None:
    assert _links(_read(folder, A, B, C, V, item)["x"]) == [said]


@pytest.mark.parametrize(
    "item",
    [
        _edge("Directorship", director="d", organization="c"), _edge("Representation", agent="d", client="c"),
        _edge("UnknownLink", subject="d", object="c", role="same telephone"), _edge("Payment", payer="d", beneficiary="c"),
        _edge("Debt", debtor="d", creditor="c"), _edge("Succession", predecessor="d", successor="c"),
    ],
)  # fmt: skip
def test_links_that_the_graph_does_not_have_are_notices_that_name_both_ends(folder: Path, item: Item) -> None:
    record = _read(folder, C, D, item)["x"]
    assert record.mentions[0].kind == "Notice"
    assert _values(record)["notice_type"] == item["schema"]
    assert {link.type for link in record.links} == {"NAMES"}
    assert {link.properties["role"] for link in record.links} == set(item["properties"]) - {"role"}


def test_dates_share_and_what_the_description_says_are_on_the_link(folder: Path) -> None:
    item = _edge("Ownership", owner="a", asset="c", percentage="60", startDate="2019-05", endDate="2023")
    link = _read(folder, A, C, item)["x"].links[0]
    assert (link.properties, link.valid_from, link.valid_to) == ({"share": 60.0}, "2019-05", "2023")
    item = _edge(
        "UnknownLink", subject="a", object="v", role="USES", description="role: driver", date="2024-03-04"
    )
    link = _read(folder, A, V, item)["x"].links[0]
    assert (link.type, link.properties, link.at) == ("USES", {"role": "driver"}, "2024-03-04")


def test_a_declaration_with_its_parties_goods_and_countries(folder: Path) -> None:
    item = _edge(
        "EconomicActivity", ccdNumber="24220100IM000731", sender="c", receiver="d", transport="v", vedCode="19053100",
        goodsDescription="Sweet biscuits", originCountry="tr", destinationCountry="bg", date="2024-03-03",
    )  # fmt: skip
    record = _read(folder, C, D, V, item)["x"]
    assert _values(record) == {"registration": "24220100IM000731", "date": "2024-03-03"}
    assert _links(record) == [
        ("Declaration", "CONSIGNOR", "Company"), ("Declaration", "CONSIGNEE", "Company"),
        ("Declaration", "BY_MEANS_OF", "Vehicle"), ("Declaration", "ORIGIN", "Place"), ("Declaration", "BOUND_FOR", "Place"),
        ("Declaration", "CARRIES", "Commodity"),
    ]  # fmt: skip
    assert record.links[-1].properties == {"hs": "19053100", "description": "Sweet biscuits"}
    assert {link.at for link in record.links} == {"2024-03-03"}


def test_what_a_schema_has_and_the_kind_has_not_is_kept_in_the_note(folder: Path) -> None:
    item = _edge("Person", name="Cemal Tuzkıran", topics="crime", notes="tall", keywords="trader_code: K-17")
    assert _values(_read(folder, item)["x"]) == {
        "name": "Cemal Tuzkıran", "trader_code": "K-17", "note": "tall | topics: crime",
    }  # fmt: skip


def test_several_names_are_a_name_and_aliases_and_parts_make_a_name(folder: Path) -> None:
    several = {
        "id": "x",
        "schema": "Person",
        "properties": {"name": ["Cemal", "Kemal"], "weakAlias": ["Tuz"]},
    }
    names = [(name, value.normal) for name, value in _read(folder, several)["x"].mentions[0].values]
    assert names == [("name", "Cemal"), ("alias", "Tuz"), ("alias", "Kemal")]
    assert (
        _values(_read(folder, _edge("Person", firstName="Serkan", lastName="Bozyel"))["x"])["name"]
        == "Serkan Bozyel"
    )


def test_unknown_is_no_country(folder: Path) -> None:
    assert "nationality" not in _values(
        _read(folder, _edge("Person", name="Cemal", nationality="unknown"))["x"]
    )


def test_a_phone_is_read_in_the_country_of_its_party(folder: Path) -> None:
    item = _edge("Person", name="Cemal", nationality="tr", phone="0532 000 55 01")
    record = _read(folder, item)["x"]
    assert _links(record) == [("Person", "USES", "Phone")]
    assert record.mentions[1].values[0][1].normal == "+905320005501"


def test_an_address_where_a_place_is_wanted_is_the_place_of_its_city(folder: Path) -> None:
    address = {"id": "p", "schema": "Address", "properties": {"city": ["Edirne"], "country": ["tr"]}}
    record = _read(folder, address, _edge("Trip", name="M1", startLocation="p"))["x"]
    assert _links(record) == [("Movement", "DEPARTED_FROM", "Place")]
    assert dict(record.mentions[1].values)["place_key"].normal.startswith("city:TR:")


def test_equal_values_under_two_ids_stay_two_things_and_a_change_of_an_end_moves_the_link(
    folder: Path,
) -> None:
    truck = _edge("Vehicle", type="truck")
    found = _read(folder, truck, {**truck, "id": "y"})
    assert found["x"].mentions[0].id != found["y"].mentions[0].id
    link = _edge("Family", person="a", relative="b")
    before = _read(folder, A, B, link)["x"]
    changed = {**B, "properties": {"name": ["Serkan Bozyel"], "birthDate": ["1985"]}}
    after = _read(folder, A, changed, link)["x"]
    assert before.key == after.key
    assert before.id != after.id


def test_each_value_and_link_names_the_cells_it_came_from(folder: Path) -> None:
    item = _edge("Person", name="Cemal", nationality="tr", phone="0532 000 55 01", topics="crime")
    path = folder / "x.ftm.json"
    path.write_text(json.dumps(item), "utf-8")
    found = again(catalogue()["ftm"], path, {"line 1"})["line 1"]
    assert found.trace is not None
    (person, _), (link,) = found.trace.draft.mentions.values(), found.trace.draft.links
    told = {name: [cell.field for cell in found.trace.cells_of_value(person.id, name, value.raw, found.cells)]
            for name, value in person.values}  # fmt: skip
    assert told == {"name": ["name"], "nationality": ["nationality"], "note": ["topics"]}
    assert "phone" in [cell.field for cell in found.trace.cells_of_link(link.id, found.cells)]
    (record,) = records_of("ftm", path)
    assert found.record == record.id
