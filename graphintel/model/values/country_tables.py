"""Makes the shipped tables of country codes and names from pycountry and babel; run as a module to write them.

At run time only the CSV files are read: loading forty locales would take half a second of every start.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pycountry
from babel import Locale

from graphintel.model.values.countries import name_key
from graphintel.model.values.tables import HERE

# The languages of the region and the European Union; on a clash the earlier language has the name.
_TAGS = (
    "en tr sq az ka hy fa ar ru uk bg el sr sr_Latn mk ro bs hr sl de fr it es pt nl pl cs sk hu da sv fi et lv lt mt ga"
    " ku he kk uz tk ky tg ur ps"
)
LANGUAGES = tuple(_TAGS.split())
CODES, NAMES = HERE / "country_codes.csv", HERE / "country_names.csv"


def code_rows() -> list[tuple[str, ...]]:
    """Alpha-2, alpha-3, number, English and Turkish name of every country of ISO 3166-1, and Kosovo as XK."""
    english, turkish = Locale.parse("en").territories, Locale.parse("tr").territories
    codes = [(item.alpha_2, item.alpha_3, item.numeric) for item in pycountry.countries]
    codes.append(("XK", "", ""))
    return [(*code, english[code[0]], turkish[code[0]]) for code in sorted(codes)]


def name_rows() -> list[tuple[str, str]]:
    """Every folded name of a country and its alpha-2 code; a name that two languages use for two countries is left out.

    English and Turkish names stay even where another language uses them otherwise.
    """
    known = {code[0] for code in code_rows()}
    found: dict[str, str] = {}
    firm = dict(_english()) | {name: code for tag in ("en", "tr") for name, code in _named(tag, known)}
    clashes: set[str] = set()
    for tag in LANGUAGES:
        for name, code in _named(tag, known):
            if found.setdefault(name, code) != code:
                clashes.add(name)
    merged = {name: code for name, code in found.items() if name not in clashes} | firm
    return sorted(merged.items())


def _named(tag: str, known: set[str]) -> list[tuple[str, str]]:
    territories = Locale.parse(tag).territories
    pairs = ((name_key(name), code) for code, name in territories.items() if code in known)
    return [(name, code) for name, code in pairs if len(name) > 2]


def _english() -> list[tuple[str, str]]:
    names = []
    for item in pycountry.countries:
        for field in ("name", "official_name", "common_name"):
            if hasattr(item, field):
                names.append((name_key(getattr(item, field)), item.alpha_2))
    return names


def write(folder: Path = HERE) -> None:
    """Write both tables into a folder."""
    for path, header, rows in (
        (folder / CODES.name, ("alpha2", "alpha3", "number", "en", "tr"), code_rows()),
        (folder / NAMES.name, ("name", "alpha2"), name_rows()),
    ):
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])


if __name__ == "__main__":
    write()
