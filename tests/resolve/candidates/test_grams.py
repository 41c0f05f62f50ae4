"""3-grams with fixed weights: shared across scripts, bounded, and without a word on what else is held."""

from __future__ import annotations

import pytest
from fabric import mention
from hypothesis import given
from hypothesis import strategies as st

from graphintel.resolve.candidates.grams import grams, sought, sought_unvowelled, total
from graphintel.resolve.features import features


def of(name: str, kind: str = "Person", **values: str) -> dict[str, int]:
    """The grams of an invented name."""
    return grams(features(mention("s", kind, name=name, **values)))


def shared(one: dict[str, int], other: dict[str, int]) -> float:
    """The share of one's weight that the other has too."""
    return sum(weight for gram, weight in one.items() if gram in other) / total(one.values())


@pytest.mark.parametrize(
    "other", ["Бозопинар Керем", "Μποζοπιναρ Κερεμ", "بوزوبينار كرم", "KEREM BOZOPINAR", "Kerem Bozopnar"]
)
def test_a_name_shares_more_with_itself_in_any_script_than_with_another(other: str) -> None:
    name = of("Kerem Bozopınar")
    assert shared(of(other), name) > 0.35 > shared(of(other), of("Sevgi Taşdeğirmen"))


def test_a_rare_letter_weighs_more() -> None:
    weights = of("Fajap Arana")
    assert weights["cPersonfaj"] > weights["cPersonara"]


def test_year_city_and_trade_count() -> None:
    assert of("Orhan Bozdereli", birth_date="1974")["yPerson1974"] == 12
    company = of("Bozdereli Nakliyat", "Company", city="Mersin", address="Liman Cad. 1")
    assert "lCompanymersin" in company and any(gram.startswith("tCompany") for gram in company)


def test_a_common_ending_weighs_little_in_persons_only() -> None:
    assert of("Mehmed")["aPersonmd$"] < of("Kamad", "Company")["aCompanymd$"]


def test_strong_consonants_are_sought_only_where_nothing_is_heard() -> None:
    assert not any(gram.startswith("a") for gram in sought(of("Kerem Bozopınar")))
    assert any(gram.startswith("a") for gram in sought(of("كرم بوزوبينار")))
    assert any(gram.startswith("a") for gram in sought_unvowelled(of("Kerem Bozopınar")))
    assert sought_unvowelled(of("كرم بوزوبينار")) == {}


@given(st.text(max_size=500))
def test_any_name_has_a_bounded_number_of_plain_grams(text: str) -> None:
    found = of(text)
    assert len(found) <= 120 and all(weight > 0 for weight in found.values())
    assert all(" " not in gram and gram == gram.strip() for gram in found)
