"""Places that their name alone tells, provinces, and the harbours of the world."""

from __future__ import annotations

import pytest

from graphintel.model.gazetteer import find_place, place_of, places, well_known
from graphintel.model.values import clean
from graphintel.model.values.countries import country_code
from graphintel.model.values.tables import rows


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Edirne", "city:TR:747712"), ("VAN", "city:TR:298117"), ("Hatay ili", "city:TR:323779"), ("Antep", "city:TR:314830"),
        ("Mersin Limanı", "locode:TRMER"), ("Port of Rotterdam", "locode:NLRTM"), ("Batumi", "city:GE:615532"),
        ("Bandırma", "city:TR:751077"),
    ],
)  # fmt: skip
def test_a_name_that_is_one_province_or_port_is_enough(name: str, key: str) -> None:
    found = well_known(name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "name",
    [
        "Alexandria",
        "Tripoli",
        "Valencia",
        "Springfield",
        "Port of Tripoli",
        "SHUME",
        "unknown",
        "",
        "Söğüt Sok. 4",
        "Port of Nowhere",
    ],
)
def test_a_name_that_several_places_bear_stays_text(name: str) -> None:
    assert well_known(name) is None


def test_a_name_between_small_letters_is_no_airport_code() -> None:
    assert find_place("Van", "TR") == find_place("VAN", "TR")
    assert getattr(find_place("Van", "TR"), "kind", "") == "city"
    assert getattr(find_place("SOF", None), "kind", "") == "airport"
    assert find_place("Sof", None) is None


def test_every_province_has_the_number_of_its_plates_and_comes_back_from_its_key() -> None:
    table = rows(places._HERE / "provinces.csv")
    assert [row["code"] for row in table] == [f"{number:02}" for number in range(1, 82)]
    for row in table:
        found = find_place(f"{row['name']} ili", "TR")
        assert found is not None and found.kind == "province"
        assert place_of(found.key) == found
        assert find_place(row["name"], "TR") is not None
        assert 35.5 < float(row["lat"]) < 42.5 and 25.5 < float(row["lon"]) < 45


def test_harbours_have_sound_codes_of_their_country_and_none_stands_twice() -> None:
    table = rows(places._HERE / "harbours.csv")
    own = {row["locode"] for row in rows(places._HERE / "ports.csv")}
    codes = [row["locode"] for row in table]
    assert len(set(codes)) == len(codes) > 3_000
    assert not own & set(codes)
    for row in table:
        assert clean("locode", row["locode"]).verdict == "valid"
        assert row["locode"][:2] == row["country"] == country_code(row["country"])
        assert abs(float(row["lat"])) <= 90 and abs(float(row["lon"])) <= 180


def test_a_code_of_any_harbour_is_a_port() -> None:
    found = find_place("ARPUD")
    assert found is not None
    assert (found.kind, found.country) == ("port", "AR")


def test_offices_of_the_samples_are_known_with_their_country_only() -> None:
    found = find_place("30", "KR")
    assert found is not None and found.key == "office:KR:30"
    assert find_place("30", "TR") is None
