"""From codes and names to places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphintel.model.gazetteer import find_place, gates, place_of
from graphintel.model.gazetteer.places import PlaceKind
from graphintel.model.values import clean, key


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("TRMER", None, "locode:TRMER"),
        ("tr mer", None, "locode:TRMER"),
        ("IST", None, "iata:IST"),
        ("TXL", None, "iata:TXL"),
        ("061600", None, "office:TR:061600"),
        ("061600", "Türkiye", "office:TR:061600"),
        ("Kapıkule", None, "gate:kapikule"),
        ("KAPIKULE SINIR KAPISI", "TR", "gate:kapikule"),
        ("Kapikule Border Gate", "BG", "gate:kapikule"),
        ("Kapıkule Gar", None, "gate:kapikule-rail"),
        ("Капитан Андреево", None, "gate:kapitan-andreevo"),
        ("بازرگان", "IR", "gate:bazargan"),
        ("Türkgözü/Posof", None, "gate:turkgozu"),
        ("Mersin Limanı", "TR", "locode:TRMER"),
        ("Port of Tripoli", "LB", "locode:LBKYE"),
        ("Port of Tripoli", "LY", "locode:LYTIP"),
        ("Ambarlı", "TR", "locode:TRAMR"),
        ("İSTANBUL", "TR", "city:TR:745044"),
        ("Selanik", "GR", "city:GR:734077"),
        ("Hatay", "TR", "city:TR:323779"),
        ("Türkiye", None, "country:TR"),
        ("TR", None, "country:TR"),
        ("TUR", None, "country:TR"),
        ("Kosova", None, "country:XK"),
    ],
)
def test_found(text: str, country: str | None, expected: str) -> None:
    place = find_place(text, country)
    assert place is not None
    assert place.key == expected


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Mersin", None),  # a city needs its country
        ("Mersin", "DE"),
        ("TRMER", "DE"),
        ("Springfield", "US"),  # too many of them
        ("Bregana", "CO"),
        ("Saray", "TR"),
        ("IST", "DE"),
        ("061600", "DE"),
        ("SHUME", None),
        ("PARIS", None),
        ("Germany", "TR"),
        ("", None),
        ("\u202e", None),
    ],
)
def test_rather_nothing_than_a_guess(text: str, country: str | None) -> None:
    assert find_place(text, country) is None


def test_three_letters_that_are_airport_and_country_need_the_country() -> None:
    found = [find_place("CAN", country) for country in ("CN", "CA", None)]
    assert [place.key if place else None for place in found] == ["iata:CAN", "country:CA", "country:CA"]


@pytest.mark.parametrize(
    ("kind", "expected"), [("gate", "gate:ruse"), ("city", "city:BG:727523"), ("port", None)]
)
def test_kind_narrows(kind: PlaceKind, expected: str | None) -> None:
    place = find_place("Ruse", "BG", kind)
    assert (place.key if place else None) == expected


def test_a_country_is_drawn_at_its_capital_and_says_so() -> None:
    place = find_place("Almanya")
    assert place is not None
    assert (place.name, place.precision, round(place.lat), round(place.lon)) == ("Germany", "country", 53, 13)


def test_keys_agree_with_those_of_the_value_types() -> None:
    for name, text in (("locode", "TRMER"), ("iata", "IST"), ("country", "Türkiye")):
        place = find_place(text)
        assert place is not None
        assert key(name, clean(name, text)) == place.key
    assert key("office", clean("office", "061600", country="TR")) == "office:TR:061600"


@pytest.mark.parametrize(("text", "country"), [
    ("Habur", None), ("TRMER", None), ("IST", None), ("061600", None), ("Edirne", "TR"), ("XK", None), ("TUR", "BR"),
])  # fmt: skip
def test_a_place_is_found_again_by_its_key(text: str, country: str | None) -> None:
    place = find_place(text, country)
    assert place is not None
    assert place_of(place.key) == place


@pytest.mark.parametrize(
    "text", ["", "TR", "gate:nowhere", "city:TR:0", "city:TR:x", "country:Türkiye", "iata:QQQ", "x:y"]
)
def test_no_key(text: str) -> None:
    assert place_of(text) is None


@settings(deadline=None)  # the first question loads the towns
@given(st.text(max_size=20), st.sampled_from([None, "TR", "XX", "Türkiye"]))
def test_any_text_may_be_asked(text: str, country: str | None) -> None:
    place = find_place(text, country)
    assert place is None or place_of(place.key) == place


def test_gates_are_found_by_every_name_on_either_side() -> None:
    for gate in gates():
        for name in (gate.place.name, *gate.other_names):
            for country in (gate.place.country, gate.across):
                found = find_place(name, country)
                assert found is not None, name
                assert found.kind == "gate", name
            assert find_place(name, gate.place.country, "gate") == gate.place, name
