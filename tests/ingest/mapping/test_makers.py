"""Makers: places, countries, commodities and means of transport by the trade's rules."""

from __future__ import annotations

from typing import Any

import pytest

from graphintel.errors import MappingError
from graphintel.ingest.formats.delimited import Column, DelimitedAccess
from graphintel.ingest.mapping.makers import MAKERS
from graphintel.ingest.mapping.text import Compiler
from graphintel.resolve.identity import keys

Stated = list[tuple[str, dict[str, str]]]


def _make(maker: str, cells: dict[str, str], **options: Any) -> Stated:
    access = DelimitedAccess(tuple(Column(name) for name in cells))
    given = {name: name for name in cells} | options
    build = MAKERS[maker].compile(
        Compiler(access, "rows.yaml"), "test", {k.rstrip("_"): v for k, v in given.items()}
    )
    made = build(list(cells.values()))
    return [(item.kind, {name: value.normal for name, value in item.values}) for item in made]


def test_country_is_a_place_with_its_key_and_the_sources_words() -> None:
    ((kind, place),) = _make("country", {"from": "Turqia"})
    assert (kind, place["place_key"], place["country"], place["name"]) == (
        "Place",
        "country:TR",
        "TR",
        "Türkiye",
    )


@pytest.mark.parametrize("text", ["", "SHUME", "Unknown", "Other", "several"])
def test_placeholders_make_no_place(text: str) -> None:
    assert _make("country", {"from": text}) == []
    assert _make("place", {"from": text}) == []
    assert _make("conveyance", {"from": text, "mode": "30"}) == []


def test_a_code_that_is_no_country_is_kept_and_flagged() -> None:
    assert _make("country", {"from": "ZL"}) == [("Place", {"name": "ZL", "country": "ZL"})]


@pytest.mark.parametrize(
    ("text", "country", "key"),
    [
        ("Kapıkule", "", "gate:kapikule"),
        ("TRMER", "", "locode:TRMER"),
        ("SOF", "BG", "iata:SOF"),
        ("Bulgaria", "", "country:BG"),
    ],
)
def test_places_are_found_by_code_and_name(text: str, country: str, key: str) -> None:
    ((_, place),) = _make("place", {"from": text, "country": country})
    assert place["place_key"] == key
    assert {"latitude", "longitude", "precision"} <= set(place)
    if key.startswith(("locode", "iata")):
        assert place[key.partition(":")[0]] == text


def test_an_unknown_place_keeps_its_text_or_code() -> None:
    assert _make("place", {"from": "Nowhere Yard", "country": "TR"}) == [
        ("Place", {"name": "Nowhere Yard", "country": "TR"})
    ]
    assert _make("place", {"from": "69999", "country": "GE"}, code="=office") == [
        ("Place", {"office": "69999", "country": "GE"})
    ]


def test_a_place_that_its_name_alone_tells_says_so() -> None:
    ((_, place),) = _make("place", {"from": "Edirne", "country": ""})
    assert place["place_key"].startswith("city:TR:")
    assert place["note"] == "no country was given; known by its name"
    ((_, stated),) = _make("place", {"from": "Edirne", "country": "TR"})
    assert stated == {name: value for name, value in place.items() if name != "note"}
    assert _make("place", {"from": "Tripoli", "country": ""}) == [("Place", {"name": "Tripoli"})]


def test_the_second_text_is_taken_only_if_it_alone_is_known() -> None:
    ((_, known),) = _make("place", {"from": "69999", "or": "Sarpi", "country": "GE"}, code="=office")
    assert known["place_key"] == "gate:sarpi"
    ((_, unknown),) = _make("place", {"from": "69999", "or": "Nowhere", "country": "GE"}, code="=office")
    assert unknown == {"office": "69999", "country": "GE"}


def test_region_is_what_the_source_says() -> None:
    ((_, place),) = _make("country", {"from": "BG", "region": "Europe"})
    assert place["region"] == "Europe"


def test_commodity_is_its_heading_of_six_digits() -> None:
    assert _make("commodity", {"from": "240220900000"}, vintage="=2022") == [
        ("Commodity", {"hs": "240220", "hs_vintage": "2022"})
    ]
    assert _make("commodity", {"from": "770100"}) == [("Commodity", {"hs": "770100"})]
    assert _make("commodity", {"from": ""}) == []


@pytest.mark.parametrize(
    ("identity", "options", "made"),
    [
        ("31U1234/31U5678", {"mode": "30", "country": "TR"},
         [("Vehicle", {"plate": "31U1234", "plate_country": "TR"}),
          ("Vehicle", {"plate": "31U5678", "plate_country": "TR", "vehicle_type": "trailer"})]),
        ("CO 1234 AB / CO 5678 CD", {"mode": "3", "country": "BG/RO"},
         [("Vehicle", {"plate": "CO1234AB", "plate_country": "BG"}),
          ("Vehicle", {"plate": "CO5678CD", "plate_country": "RO", "vehicle_type": "trailer"})]),
        ("İnci Meltemi", {"mode": "10", "country": "PA"}, [("Vessel", {"name": "İnci Meltemi", "flag": "PA"})]),
        ("9074729", {"mode": "10"}, [("Vessel", {"imo": "9074729"})]),
        ("9074728", {"type": "10"}, [("Vessel", {"imo": "9074728"})]),
        ("9074729", {}, [("Vessel", {"imo": "9074729"})]),
        ("34 R 77120", {"type": "31", "country": "TR"},
         [("Vehicle", {"plate": "34R77120", "plate_country": "TR", "vehicle_type": "trailer"})]),
        ("X9 700", {"mode": "40"}, [("Aircraft", {"flight": "X9700"})]),
        ("TC-JYZ", {"type": "41"}, [("Aircraft", {"registration": "TCJYZ"})]),
        ("33 75 4774 123-4", {"mode": "2"}, [("Vehicle", {"external_id": "33 75 4774 123-4", "vehicle_type": "wagon"})]),
        ("02314567", {"type": "80"}, [("Vessel", {"eni": "02314567"})]),
        ("34KLT481", {"country": "TR"}, [("Vehicle", {"plate": "34KLT481", "plate_country": "TR"})]),
    ],
)  # fmt: skip
def test_means_of_transport(identity: str, options: dict[str, str], made: Stated) -> None:
    assert _make("conveyance", {"from": identity, **options}) == made


def test_plates_of_a_known_country_unite() -> None:
    access = DelimitedAccess((Column("from"), Column("country")))
    build = MAKERS["conveyance"].compile(
        Compiler(access, "x"), "test", {"from": "from", "country": "country", "mode": "=3"}
    )
    first, second = build(["34 KLT 481", "TR"])[0].mention, build(["34-klt-481", "TUR"])[0].mention
    assert first is not None
    assert second is not None
    assert keys(first) == keys(second) == ("Vehicle/plate:TR:34KLT481",)


def test_wrong_options_are_told() -> None:
    with pytest.raises(MappingError, match="this maker takes"):
        _make("country", {"from": "TR", "colour": "red"})
    with pytest.raises(MappingError, match="needs `from`"):
        _make("place", {"country": "TR"})
