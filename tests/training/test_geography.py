"""Stops, corridors and what is said of them."""

from __future__ import annotations

import pytest

from graphintel.model.gazetteer.places import find_place
from graphintel.model.values import clean
from graphintel.training import geography
from graphintel.training.geography import CORRIDORS, STOPS
from graphintel.training.goods import CONTRABAND, LAWFUL
from graphintel.training.groups import RECIPES


@pytest.mark.parametrize("name", list(STOPS))
def test_a_stop_is_the_gazetteers_place_of_its_kind_and_country(name: str) -> None:
    stop = STOPS[name]
    for form in geography.written(name):
        found = find_place(form, stop.country)
        assert found is not None
        assert (found.kind, found.country, found.key) == (stop.kind, stop.country, geography.key(name))


def test_offices_are_six_digits_once_each_and_turkish_only() -> None:
    offices = [stop.office for stop in STOPS.values() if stop.office]
    assert len(offices) == len(set(offices))
    assert all(len(office) == 6 and office.isdigit() for office in offices)
    assert all(bool(stop.office) == (stop.country == "TR") for stop in STOPS.values())


def test_corridors_run_over_known_stops_and_lawful_goods() -> None:
    for way in CORRIDORS:
        assert set(way.route) <= set(STOPS)
        assert set(way.goods.split()) <= set(LAWFUL)
        assert geography.turkish(way.route)
        ends = geography.country(way.route[0]) == "TR", geography.country(way.route[-1]) == "TR"
        assert ends == {"EX": (True, False), "IM": (False, True), "TR": (False, False)}[way.regime]


def test_habits_of_groups_run_over_real_gates() -> None:
    for recipe in RECIPES:
        assert recipe.commodity in CONTRABAND
        for route in recipe.routes:
            stops = tuple(route.split(" > "))
            assert set(stops) <= set(STOPS)
            assert any(STOPS[stop].kind == "gate" for stop in stops)
            assert len(geography.turkish(stops)) >= 1


def test_the_countries_between_are_in_order_and_without_the_ends() -> None:
    route = ("Tehran", "Bazargan", "Gürbulak", "Kapıkule", "Kapitan Andreevo", "Kalotina", "Munich")
    assert geography.between(route) == ("TR", "BG")
    assert geography.crossings(route) == list(route[1:-1])
    assert geography.turkish(route) == ["Gürbulak", "Kapıkule"]


def test_codes_of_goods_are_codes() -> None:
    goods = [good for kind in LAWFUL.values() for good in kind] + [
        good for what in CONTRABAND.values() for good in what.cover
    ]
    assert {clean("hs", good.hs).verdict for good in goods} == {"valid"}
    assert all(len(good.hs) == 12 for good in goods)
