"""From a code or a name to a place: UN/LOCODE, IATA, office, gate, port, city, country; never the nearest point."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from graphintel.model.fold import compact, fold
from graphintel.model.gazetteer.cities import Town, city_by_id, elsewhere, find_city
from graphintel.model.values.countries import country_code, country_name, resolve_country
from graphintel.model.values.geography import airports
from graphintel.model.values.tables import rows

PlaceKind = Literal["gate", "port", "airport", "city", "province", "country", "office"]
_HERE = Path(__file__).resolve().parent
# What stands behind a gate's name in reports and means the gate all the same.
_GATE_WORDS = (
    " sinir kapisi", " hudut kapisi", " gumruk kapisi", " kara kapisi", " kapisi", " border gate", " border crossing point",
    " border crossing", " border post", " checkpoint", " bcp", " gate", " gumruk mudurlugu", " tir gumruk mudurlugu",
)  # fmt: skip
_PROVINCE_WORDS = (" ili", " province", " vilayeti", " valiligi")
_PORT_WORDS = (" limani", " liman", " port", " harbour", " harbor", " seaport")


class Place(NamedTuple):
    """A place on the map: identity key, name, kind, country (alpha-2), degrees, and how exactly they are known."""

    key: str
    name: str
    kind: PlaceKind
    country: str
    lat: float
    lon: float
    precision: str


class Gate(NamedTuple):
    """A border post: the place on the side of `country`, what lies across, mode, and since when it is open."""

    place: Place
    other_names: tuple[str, ...]
    across: str
    mode: str
    opposite: str
    open_from: str
    open_to: str
    confirmed: bool


class _Named(NamedTuple):
    """Places by folded name: several where the world has several of that name."""

    by_code: dict[str, Place]
    by_name: dict[str, list[Place]]


@lru_cache(maxsize=1)
def gates() -> tuple[Gate, ...]:
    """All border gates of the table."""
    return tuple(
        Gate(
            Place(f"gate:{row['key']}", row["name"], "gate", row["country_a"], float(row["lat"]), float(row["lon"]),
                  row["precision"]),
            _names(row["other_names"]), row["country_b"], row["mode"], row["opposite"] and f"gate:{row['opposite']}",
            row["open_from"], row["open_to"], row["status"] == "confirmed",
        )
        for row in rows(_HERE / "gates.csv")
    )  # fmt: skip


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(";") if name.strip())


@lru_cache(maxsize=1)
def _ports() -> _Named:
    """The ports of the region with all their names, then the harbours of the world under names that are still free."""
    named = _Named({}, {})
    for row in rows(_HERE / "ports.csv"):
        place = named.by_code[row["locode"]] = _port(row)
        for name in (row["name"], *_names(row["other_names"])):
            named.by_name.setdefault(fold(name), []).append(place)
    taken = {(name, place.country) for name, places in named.by_name.items() for place in places}
    for row in rows(_HERE / "harbours.csv"):
        place = named.by_code[row["locode"]] = _port(row)
        if (fold(place.name), place.country) not in taken:
            named.by_name.setdefault(fold(place.name), []).append(place)
    return named


def _port(row: dict[str, str]) -> Place:
    key = f"locode:{row['locode']}"
    return Place(key, row["name"], "port", row["country"], float(row["lat"]), float(row["lon"]), "near")


@lru_cache(maxsize=1)
def _provinces() -> _Named:
    """The provinces of Türkiye at their centres; the code is that of ISO 3166-2 and of the plates."""
    named = _Named({}, {})
    for row in rows(_HERE / "provinces.csv"):
        at = float(row["lat"]), float(row["lon"])
        place = named.by_code[row["code"]] = Place(
            f"province:TR:{row['code']}", row["name"], "province", "TR", *at, "area"
        )
        for name in (row["name"], *_names(row["other_names"])):
            named.by_name.setdefault(fold(name), []).append(place)
    return named


@lru_cache(maxsize=1)
def _gate_names() -> _Named:
    named = _Named({}, {})
    for gate, row in zip(gates(), rows(_HERE / "gates.csv"), strict=True):
        named.by_code[gate.place.key] = gate.place
        if row["locode"]:
            named.by_code[row["locode"]] = gate.place
        for name in (gate.place.name, *gate.other_names):
            named.by_name.setdefault(fold(name), []).append(gate.place)
    return named


@lru_cache(maxsize=1)
def _offices() -> _Named:
    named = _Named({}, {})
    for row in rows(_HERE / "offices.csv"):
        place = Place(f"office:{row['country']}:{row['code']}", row["name"], "office", row["country"], float(row["lat"]),
                      float(row["lon"]), row["precision"])  # fmt: skip
        named.by_code[f"{row['country']}:{row['code']}"] = place
        named.by_name.setdefault(row["code"], []).append(place)
    return named


@lru_cache(maxsize=1)
def _capitals() -> dict[str, tuple[float, float]]:
    return {row["country"]: (float(row["lat"]), float(row["lon"])) for row in rows(_HERE / "capitals.csv")}


@lru_cache(maxsize=32768)
def find_place(code_or_name: str, country: str | None = None, kind: PlaceKind | None = None) -> Place | None:
    """The place that a code or a name stands for, or None.

    In this order: UN/LOCODE of a gate or port, IATA code, customs office code, gate by name, then with a country city,
    port and Turkish province by name, then country (at its capital, precision `country`). `country` (code or name) and `kind` narrow
    the search; a code that contradicts the country is not taken.
    """
    text = fold(code_or_name)
    if not text:
        return None
    home = resolve_country(country) if country else None
    for name, finder in _FINDERS:
        if kind in (None, name):
            place = finder(code_or_name, text, home)
            if place is not None:
                return place
    return None


def _only(places: list[Place]) -> Place | None:
    return places[0] if len({place.key for place in places}) == 1 else None


def _stripped(text: str, words: tuple[str, ...]) -> str:
    for word in sorted(words, key=len, reverse=True):
        if text.endswith(word):
            return text.removesuffix(word)
    return text


def _gate_by_code(raw: str, text: str, home: str | None) -> Place | None:
    place = _gate_names().by_code.get(raw.strip()) or _gate_names().by_code.get(compact(raw))
    return place if place is not None and home in (None, *_sides(place)) else None


def _sides(place: Place) -> tuple[str, str]:
    return next((gate.place.country, gate.across) for gate in gates() if gate.place.key == place.key)


def _port_by_code(raw: str, text: str, home: str | None) -> Place | None:
    place = _ports().by_code.get(compact(raw))
    return place if place is not None and home in (None, place.country) else None


def _airport(raw: str, text: str, home: str | None) -> Place | None:
    """An airport by its IATA code; three letters that are also a country's code need the airport's country to tell."""
    code = raw.strip().upper()
    # Three letters may be a name too: Van is a city, and VAN its airport only where nothing says city.
    named = not raw.strip().isupper() or text in _provinces().by_name
    airport = airports().get(code) if len(code) == 3 and not named else None
    if airport is None or home not in (None, airport["country"]) or (home is None and country_code(code)):
        return None
    return Place(
        f"iata:{code}",
        airport["name"],
        "airport",
        airport["country"],
        airport["lat"],
        airport["lon"],
        "point",
    )


def _office(raw: str, text: str, home: str | None) -> Place | None:
    code = compact(raw)
    return _offices().by_code.get(f"{home}:{code}") if home else _only(_offices().by_name.get(code, []))


def _gate_by_name(raw: str, text: str, home: str | None) -> Place | None:
    names = _gate_names().by_name
    found = names.get(text) or names.get(_stripped(text, _GATE_WORDS)) or []
    # A report of one side may name the post of the other side, but never one at another border.
    near = [place for place in found if home is None or home in _sides(place)]
    return _only([place for place in near if place.country == home] or near)


def _harbour(raw: str, text: str, home: str | None) -> Place | None:
    """A port that is called one: `Mersin Limanı`, `Port of Mersin`; the bare name is the city before the port."""
    name = _stripped(text, _PORT_WORDS).removeprefix("port of ")
    return _port_by_name(raw, name, home) if name != text else None


def _port_by_name(raw: str, text: str, home: str | None) -> Place | None:
    return (
        _only([place for place in _ports().by_name.get(text, []) if place.country == home]) if home else None
    )


def _city(raw: str, text: str, home: str | None) -> Place | None:
    return _town_place(find_city(text, home), home) if home else None


def _town_place(town: Town | None, country: str) -> Place | None:
    if town is None:
        return None
    return Place(f"city:{country}:{town.id}", town.name, "city", country, town.lat, town.lon, "near")


def _province(raw: str, text: str, home: str | None) -> Place | None:
    """A Turkish province; most bear the name of their city, which is found before."""
    name = _stripped(text, _PROVINCE_WORDS)
    return _only(_provinces().by_name.get(name, [])) if home == "TR" else None


def well_known(name: str) -> Place | None:
    """A place that its name alone tells, though no country stands beside it: Turkish province, port of the region.

    A port that is called one (`Mersin Limanı`) must be the only one of that name in the world; a bare name must be that
    of one such province or port, and of no larger city elsewhere.
    """
    text = fold(name)
    bare = _stripped(text, _PORT_WORDS).removeprefix("port of ")
    if bare != text:
        return _only(_ports().by_name.get(bare, []))
    inland = _stripped(text, _PROVINCE_WORDS)
    homes = (
        {"TR"} if inland in _provinces().by_name else {place.country for place in _regional().get(text, ())}
    )
    home = homes.pop() if len(homes) == 1 else ""
    if not home or elsewhere(inland, home):
        return None
    return find_place(inland if home == "TR" else name, home)


@lru_cache(maxsize=1)
def _regional() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for row in rows(_HERE / "ports.csv"):
        for name in (row["name"], *_names(row["other_names"])):
            found.setdefault(fold(name), []).append(_port(row))
    return found


def _country(raw: str, text: str, home: str | None) -> Place | None:
    code = resolve_country(raw)
    if code is None or home not in (None, code):
        return None
    lat, lon = _capitals()[code]
    return Place(f"country:{code}", country_name(code), "country", code, lat, lon, "country")


_FINDERS = (
    ("gate", _gate_by_code), ("port", _port_by_code), ("airport", _airport), ("office", _office), ("gate", _gate_by_name),
    ("port", _harbour), ("city", _city), ("port", _port_by_name),
    ("province", _province), ("country", _country),
)  # fmt: skip


def place_of(key: str) -> Place | None:
    """The place of a key that `find_place` gave, such as `gate:habur` or `locode:TRMER`; None for any other text."""
    prefix, _, code = key.partition(":")
    if prefix == "gate":
        return _gate_names().by_code.get(key)
    if prefix == "locode":
        return _ports().by_code.get(code)
    if prefix == "province":
        return _provinces().by_code.get(code.removeprefix("TR:"))
    if prefix == "office":
        return _offices().by_code.get(code)
    if prefix == "city":
        country, _, number = code.partition(":")
        return _town_place(city_by_id(int(number), country), country) if number.isdecimal() else None
    if prefix == "country":
        return _country(code, code, None) if country_code(code) == code or code == "XK" else None
    return (
        _airport(code, code, airports()[code]["country"]) if prefix == "iata" and code in airports() else None
    )
