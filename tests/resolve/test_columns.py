"""Columns of flat files: known under many names, dates in their order, kinds read from what is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.resolve.columns import FIELDS, field_of, flat, kind_of, month_first, number_of


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("name", "name"), ("PRIMARY_NAME_FULL", "name"), ("PRIMARY_NAME_ORG", "name_org"), ("DATE_OF_BIRTH", "dob"),
        ("Tax ID Number", "tax_id"), ("VKN", "tax_id"), ("RECORD_ID", "record"), ("ADDR_CITY", "city_part"),
        ("SSN_NUMBER", "national_id"), ("first name", "first"), ("shoe size", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_column_under_any_of_its_names(column: str, field: str) -> None:
    assert field_of(column) == field


@pytest.mark.parametrize(
    ("word", "kind"),
    [("PERSON", "Person"), ("Organization", "Company"), ("şirket", "Company"), ("Gemi", "Vessel"), ("planet", ""), ("", "")],
)  # fmt: skip
def test_a_kind_under_any_of_its_names(word: str, kind: str) -> None:
    assert kind_of(word) == kind


@pytest.mark.parametrize(
    ("dates", "first"),
    [(["3/31/1954", "3/1/70"], True), (["31/3/1954", "3/1/70"], False), (["3/1/70"], False), (["", "x", "1970-01-31"], False),
     (["3/31/1954", "10/27/76", "20/8/1991"], True)],
)  # fmt: skip
def test_the_order_of_day_and_month_is_that_of_the_column(dates: list[str], first: bool) -> None:
    assert month_first(dates) is first


def test_a_date_that_has_one_reading_only_is_read_so_in_any_file() -> None:
    for text, months_first in (("20/8/1991", True), ("8/20/1991", False)):
        ((_, value),) = flat({"dob": text}, months_first=months_first).stated
        assert value.normal == "1991-08-20"


def test_parts_of_a_name_and_an_address_are_joined_and_the_country_is_a_seat() -> None:
    read = flat(
        {
            "first": "Nihat",
            "last": "Akıncıoğlu",
            "line1": "Gül Cad. 4",
            "city_part": "Bursa",
            "country_part": "Turkey",
        }
    )
    stated = {name: value.normal for name, value in read.stated}
    assert stated["name"] == "Nihat Akıncıoğlu" and stated["address"] == "Gül Cad. 4 Bursa Turkey"
    assert read.kind == "Person" and stated["country"] == "TR"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"name": "Nihat"}, "Person"), ({"name_org": "Çınarlı"}, "Company"), ({"name": "x", "tax_id": "1"}, "Company"),
        ({"plate": "34 KLM 482"}, "Vehicle"), ({"container": "CSQU3054383"}, "Container"), ({"imo": "9074729"}, "Vessel"),
        ({"name": "x", "kind": "ORGANIZATION"}, "Company"),
    ],
)  # fmt: skip
def test_a_kind_is_read_from_what_is_stated(fields: dict[str, str], kind: str) -> None:
    assert flat(fields).kind == kind


def test_a_number_without_a_country_is_first_read_as_a_turkish_one() -> None:
    (_, own), (_, other) = flat({"national_id": "10000000146", "passport": "U1234567"}, kind="Person").stated
    assert own.verdict == "valid" and own.part("country") == "TR" and other.verdict == "valid"


@pytest.mark.parametrize(
    ("kind", "text", "field"),
    [("Vehicle", "34 KLM 482", "plate"), ("Vehicle", "1M8GDM9AXKP042788", "vin"), ("Container", "CSQU3054383", "container"),
     ("Person", "Nihat", "name"), ("Address", "Gül Cad. 4", "address")],
)  # fmt: skip
def test_a_bare_text_is_what_its_kind_is_known_by(kind: str, text: str, field: str) -> None:
    assert number_of(kind, text) == {field: text}


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=40)))
def test_any_row_is_read(row: dict[str, str]) -> None:
    read = flat(row)
    assert len(read.stated) == sum(bool(text.strip()) for text in row.values())
