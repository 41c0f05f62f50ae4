"""Every number that the world gives out passes the check of its register, in the maker and in the files."""

from __future__ import annotations

from random import Random

import pytest

from graphintel.model.values import clean
from graphintel.training.identifiers import Registers

Rows = list[dict[str, str]]
LANDS = ("TR", "BG", "GR", "GE", "IR", "SY")


@pytest.fixture
def registers() -> Registers:
    return Registers(Random(5))


@pytest.mark.parametrize("land", LANDS)
def test_numbers_of_a_country_are_valid_and_never_given_twice(registers: Registers, land: str) -> None:
    for make, kind in (
        (registers.plate, "plate"), (registers.passport, "passport"), (registers.phone, "phone"),
    ):  # fmt: skip
        made = [make(land) for _ in range(300)]
        assert len(set(made)) == 300
        assert {clean(kind, number, country=land).verdict for number in made} == {"valid"}, kind


@pytest.mark.parametrize("land", [*LANDS, "DE", "RO"])
def test_firms_have_numbers_that_pass(registers: Registers, land: str) -> None:
    made = [registers.firm(land) for _ in range(300)]
    assert len(set(made)) == 300
    kind = "eori" if land in ("BG", "GR", "DE", "RO") else "tax_id"
    assert {clean(kind, number, country=land).verdict for number in made} == {"valid"}
    if land in ("BG", "GR"):
        assert {clean("tax_id", number, country=land).verdict for number in made} == {"valid"}


def test_containers_ships_and_references_pass(registers: Registers) -> None:
    for _ in range(300):
        assert clean("container", registers.container()).verdict == "valid"
        assert clean("imo", registers.imo()).verdict == "valid"
        assert clean("mrn", registers.mrn(2024, "BG")).verdict == "valid"
        assert clean("plate", registers.trailer(), country="TR").verdict == "valid"


def test_numbers_keep_out_of_ranges_in_real_use(registers: Registers) -> None:
    assert registers.imo().startswith("3")
    assert registers.container().startswith("XG")
    assert registers.phone("TR").split()[2] == "000"


def test_the_next_phone_differs_in_its_last_figure_only(registers: Registers) -> None:
    first = registers.phone("TR")
    second = registers.next_phone(first)
    assert first[:-1] == second[:-1] and first != second


def test_a_register_that_is_used_up_says_so(registers: Registers) -> None:
    with pytest.raises(ValueError, match="no box number left"):
        for _ in range(3):
            registers._new("box", lambda: "1")


def _stated(rows: Rows, column: str) -> set[str]:
    return {row[column] for row in rows if row[column]}


def test_containers_ships_and_phones_in_the_files_are_valid(tables: dict[str, Rows]) -> None:
    for source in ("declarations-csv", "cen-seizures", "movements-csv", "partner-notice"):
        for cell in _stated(tables[source], "container"):
            assert all(clean("container", box).verdict == "valid" for box in cell.split("/"))
    for source, column in (("declarations-csv", "consignee_phone"), ("partner-notice", "phone")):
        found = _stated(tables[source], column)
        assert found and {clean("phone", phone).verdict for phone in found} == {"valid"}
    ships = _stated(tables["movements-csv"], "imo") | _stated(tables["partner-notice"], "imo")
    assert ships and {clean("imo", number).verdict for number in ships} == {"valid"}


@pytest.mark.parametrize(
    ("source", "column", "country", "kind"),
    [
        ("declarations-csv", "vehicle_departure", "vehicle_departure_country", "plate"),
        ("movements-csv", "plate", "plate_country", "plate"),
        ("partner-notice", "plate", "plate_country", "plate"),
        ("declarations-csv", "driver_passport", "driver_nationality", "passport"),
        ("cen-seizures", "person1_passport", "person1_nationality", "passport"),
        ("cen-seizures", "person2_passport", "person2_nationality", "passport"),
        ("partner-notice", "person_passport", "person_nationality", "passport"),
    ],
)
def test_plates_and_passports_in_the_files_are_valid(
    tables: dict[str, Rows], source: str, column: str, country: str, kind: str
) -> None:
    found = [row for row in tables[source] if row[column] and row[country]]
    assert found
    for row in found:
        assert clean(kind, row[column].partition("/")[0], country=row[country]).verdict == "valid", row[
            column
        ]


def test_tax_numbers_in_the_files_are_valid(tables: dict[str, Rows]) -> None:
    rows = tables["declarations-csv"]
    for column in ("declarant_tax_id", "carrier_tax_id", "consignee_tax_id", "exporter_id"):
        found = _stated(rows, column)
        assert len(found) > 10
        for number in found:
            if number[:2].isalpha():
                assert clean("eori", number).verdict == "valid", number
            elif len(number) == 10 and number.startswith("9"):
                assert clean("tax_id", number, country="TR").verdict == "valid", number
            else:
                assert number.startswith("4") and len(number) in (9, 10), number
    for number in {row["registration_no"] for row in rows}:
        assert clean("registration", number).verdict == "valid"
    for code in _stated(rows, "hs"):
        assert clean("hs", code).verdict == "valid"


def test_no_number_stands_for_two_firms(tables: dict[str, Rows]) -> None:
    owners: dict[str, set[str]] = {}
    for row in tables["declarations-csv"]:
        if row["consignee_tax_id"] and row["consignee_address"]:
            owners.setdefault(row["consignee_tax_id"], set()).add(row["consignee_address"])
    assert len(owners) > 300
    assert not [number for number, addresses in owners.items() if len(addresses) > 1]
