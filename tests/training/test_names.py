"""Invented names: unique firms, both scripts, no woman with a man's surname, near names that differ."""

from __future__ import annotations

from random import Random

import pytest

from graphintel.training.names import Names, neighbour
from graphintel.training.spelling import romanise

LANDS = ("TR", "BG", "GR", "GE", "IR", "SY")


@pytest.fixture
def names() -> Names:
    return Names(Random(11))


@pytest.mark.parametrize("land", LANDS)
@pytest.mark.parametrize("trade", ["haulier", "broker", "trader"])
def test_no_two_firms_have_one_name(names: Names, land: str, trade: str) -> None:
    made = [names.firm(land, trade) for _ in range(400)]
    assert len(set(made)) == 400
    assert all(latin and not latin.startswith(" ") and "  " not in latin for latin, _ in made)


@pytest.mark.parametrize(("land", "script"), [("BG", "\u0400"), ("GR", "\u0370"), ("GE", "\u10d0")])
def test_names_of_other_scripts_have_both_forms(names: Names, land: str, script: str) -> None:
    for _ in range(50):
        for latin, native in (names.person(land), names.firm(land, "trader")):
            assert native and native != latin
            assert max(latin.replace("’", "")) < "\u0250", latin
            assert max(native) >= script


@pytest.mark.parametrize("land", ["TR", "IR", "SY"])
def test_latin_names_have_no_other_form(names: Names, land: str) -> None:
    assert all(names.person(land)[1] == "" for _ in range(50))


def test_bulgarian_women_have_the_female_surname(names: Names) -> None:
    people = [names.person("BG")[1].split() for _ in range(200)]
    women = [surname for given, surname in people if given.endswith("а")]
    assert women and all(surname.endswith("ва") for surname in women)


def test_people_are_many(names: Names) -> None:
    assert len({names.person("TR")[0] for _ in range(1_000)}) > 700


def test_georgian_firms_carry_their_form_last_in_latin_and_first_in_georgian(names: Names) -> None:
    latin, native = names.firm("GE", "haulier")
    assert latin.endswith(" LLC") and native.startswith("შპს ")


def test_ships_of_one_name_are_numbered(names: Names) -> None:
    ships = [names.ship() for _ in range(120)]
    assert len(set(ships)) == 120
    assert any(ship.endswith(" 2") for ship in ships)


def test_addresses_name_a_city_of_the_country(names: Names) -> None:
    assert " Sok. No: " in names.address("TR")
    assert names.address("BG").rpartition(", ")[2] in ("Sofia", "Plovdiv", "Burgas", "Varna", "Ruse")


def test_a_country_without_names_is_an_error(names: Names) -> None:
    with pytest.raises(KeyError):
        names.firm("XX", "trader")


@pytest.mark.parametrize(
    "firm", ["Akçamlı Nakliyat Ltd. Şti.", "Bozdoruk Tekstil A.Ş.", "Karatepe Gıda Ltd. Şti."]
)
def test_a_neighbour_differs_in_its_first_word_only(firm: str) -> None:
    near = neighbour(firm)
    assert near != firm
    assert near.split()[1:] == firm.split()[1:]
    assert near[:3] == firm[:3]


def test_romanised_names_stay_as_they_are(names: Names) -> None:
    latin, _ = names.person("GR")
    assert romanise(latin) == latin
