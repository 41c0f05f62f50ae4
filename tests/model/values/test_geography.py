"""Countries, UN/LOCODE and airports; modes of transport."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from graphintel.model.values import clean, countries, country_tables
from graphintel.model.values.countries import alias, country_code, country_name, resolve_country
from graphintel.model.values.tables import rows, table


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TR", "TR"), ("tur", "TR"), ("792", "TR"), ("Türkiye", "TR"), ("TURKIYE", "TR"), ("Turkey", "TR"), ("Turqia", "TR"),
        ("Турция", "TR"), ("Туреччина", "TR"), ("Τουρκία", "TR"), ("თურქეთი", "TR"), ("Թուրքիա", "TR"), ("ترکیه", "TR"),
        ("تركيا", "TR"), ("Türkei", "TR"), ("Franca", "FR"), ("Korea Jugut", "KR"), ("Kosovo under UNSCR 1244", "XK"),
        ("Iraq (Kurdistan Region)", "IQ"), ("Iraq (Central Iraq)", "IQ"), ("Macau SAR of China", "MO"),
        ("Libyan Arab Jamahiriya", "LY"), ("Lao Peoples Democratic Republic", "LA"), ("EL", "GR"), ("UK", "GB"), ("XI", "GB"),
        ("İngiltere", "GB"), ("Gürcistan", "GE"), ("Grčka", "GR"), ("Грција", "GR"), ("Azərbaycan", "AZ"), ("Румъния", "RO"),
        ("Çin", "CN"), ("مصر", "EG"), ("IRAN, ISLAMIC REPUBLIC OF", "IR"), ("Côte d’Ivoire", "CI"), ("XK", "XK"), ("NA", "NA"),
    ],
)  # fmt: skip
def test_country_by_any_name(text: str, code: str) -> None:
    assert resolve_country(text) == code


@pytest.mark.parametrize(
    "text",
    ["SHUME", "several", "Unknown", "Other", "ZZ", "", " ", "-", "sin", "Nowhereland", "Çeşitli", "000"],
)
def test_no_country(text: str) -> None:
    assert resolve_country(text) is None
    assert clean("country", text).verdict == "unknown"


@pytest.mark.parametrize(("raw", "normal", "verdict"), [
    ("UK", "GB", "invalid"), ("EL", "GR", "invalid"), ("XK", "XK", "valid"), ("QX", "QX", "invalid"), ("Turqia", "TR", "valid"),
])  # fmt: skip
def test_codes_outside_the_standard_are_flagged(raw: str, normal: str, verdict: str) -> None:
    assert clean("country", raw)[1:3] == (normal, verdict)
    assert (clean("country", raw).part("flag") is not None) == (raw in ("UK", "EL", "XK"))


def test_aliases_are_sound() -> None:
    for row in table("country_aliases"):
        assert resolve_country(row["name"]) == row["alpha2"], row
        assert row["reason"], row
    assert alias("Turkey") is not None
    assert alias("TR") is None


def test_every_country_is_found_by_its_names_and_codes() -> None:
    for row in table("country_codes"):
        for column in ("alpha2", "alpha3", "number", "en", "tr"):
            assert not row[column] or resolve_country(row[column]) == row["alpha2"], row


def test_names_for_people() -> None:
    assert (country_name("DE", "tr"), country_name("DE"), country_name("??")) == ("Almanya", "Germany", "??")
    assert (country_code("XK"), country_code("Germany"), country_code(" de ")) == (None, None, "DE")


def test_shipped_tables_are_what_the_generator_makes(tmp_path: Path) -> None:
    country_tables.write(tmp_path)
    for path in (country_tables.CODES, country_tables.NAMES):
        assert rows(tmp_path / path.name) == rows(path)


def test_index_is_built_quickly() -> None:
    countries._index.cache_clear()
    resolve_country.cache_clear()
    started = time.process_time()
    assert resolve_country("Türkiye") == "TR"
    assert time.process_time() - started < 0.3


@pytest.mark.parametrize(("raw", "normal"), [("trmer", "TRMER"), ("TR MER", "TRMER"), ("XZ222", "XZ222")])
def test_locode_spellings(raw: str, normal: str) -> None:
    assert clean("locode", raw)[1:3] == (normal, "valid")


def test_locode_of_no_country() -> None:
    assert clean("locode", "QQABC").verdict == "invalid"


def test_airport_says_its_country() -> None:
    assert clean("iata", "ist").part("country") == "TR"


@pytest.mark.parametrize(("raw", "normal", "name"), [
    ("10", "1", "sea"), ("1", "1", "sea"), ("31", "3", "road"), ("40", "4", "air"), ("50", "5", "mail"), ("Commercial air", "4", "air"),
    ("DENİZ", "1", "sea"), ("Rail", "2", "rail"), ("River", "8", "inland water"),
])  # fmt: skip
def test_mode_is_the_first_digit(raw: str, normal: str, name: str) -> None:
    value = clean("mode", raw)
    assert (value.normal, value.verdict, value.part("name")) == (normal, "valid", name)


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [("0", "invalid"), ("123", "invalid"), ("Unknown", "unknown"), ("Pedestrian", "unknown")],
)
def test_mode_outside_the_list(raw: str, verdict: str) -> None:
    assert clean("mode", raw).verdict == verdict
