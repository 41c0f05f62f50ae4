"""Makers: things whose kind or identity follows from the trade's own rules rather than from a list of columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from graphintel.ingest.formats.access import Scope, Text
from graphintel.ingest.mapping.draft import Statement, statement
from graphintel.ingest.mapping.language import MAKERS as OPTIONS
from graphintel.ingest.mapping.text import Compiler, placeholder
from graphintel.model.gazetteer import Place, find_place, well_known
from graphintel.model.records import Stated
from graphintel.model.values import Value, clean
from graphintel.model.values.plates import split_plates

Build = Callable[[Scope], list[Statement]]
# Said of a place whose country is nowhere stated.
_BY_NAME = "no country was given; known by its name"
_ROAD, _SEA, _RAIL, _AIR, _INLAND = "3", "1", "2", "4", "8"
# WCO data element 7/7, 7/9, 7/14: what the identification of a means of transport is.
_BY_TYPE = {
    "10": "imo", "11": "name", "20": "wagon", "21": "wagon", "30": "plate", "31": "trailer", "40": "flight",
    "41": "aircraft", "80": "eni", "81": "name",
}  # fmt: skip
_BY_MODE = {_ROAD: "plate", _SEA: "ship", _INLAND: "ship", _RAIL: "wagon", _AIR: "air"}


class Maker(NamedTuple):
    """A maker: the kinds it may make, and how it is compiled from its options."""

    kinds: tuple[str, ...]
    compile: Callable[[Compiler, str, dict[str, Any]], Build]


def _options(compiler: Compiler, given: dict[str, Any], maker: str) -> list[Text]:
    names = OPTIONS[maker]
    if not isinstance(given, dict) or "from" not in given or set(given) - set(names):
        raise compiler.wrong(f"this maker takes {', '.join(names)} and needs `from`, not {given!r}")
    return [compiler.inside(name).text(given.get(name, "=")) for name in names]


def _place(compiler: Compiler, source: str, given: dict[str, Any]) -> Build:
    """A place by code or name: `from`, else `or` if only that is known, narrowed by `country` and `kind`.

    Without a country only gates, Turkish provinces and well-known ports are found by name, and the place says so. A place
    that nobody knows keeps its text as name, or as the kind of `code` that the source writes (office, locode,
    iata). `region` is what the source says of the region.
    """
    text, other, country, kind, code, region = _options(compiler, given, "place")

    def build(scope: Scope) -> list[Statement]:
        raws = [raw for raw in (text(scope), other(scope)) if not placeholder(raw)]
        home, what = country(scope), kind(scope)
        for raw in raws:
            found = find_place(raw, home or None, what or None)
            if found:
                return [statement(source, "Place", resolved(raw, found, region(scope)))]
        for raw in raws if not home else ():
            found = well_known(raw)
            if found:
                note = (("note", clean("text", _BY_NAME)),)
                return [statement(source, "Place", (*resolved(raw, found, region(scope)), *note))]
        stated = _unresolved(raws[0], home, code(scope) if raws[0] == text(scope) else "") if raws else ()
        return [statement(source, "Place", _with_region(stated, region(scope)))] if stated else []

    return build


def _country(compiler: Compiler, source: str, given: dict[str, Any]) -> Build:
    """A country as a place; `several`, `unknown` and `other` are none."""
    text, region = _options(compiler, given, "country")

    def build(scope: Scope) -> list[Statement]:
        raw = text(scope)
        if placeholder(raw):
            return []
        value = clean("country", raw)
        found = find_place(value.normal, None, "country")
        if found:
            return [statement(source, "Place", resolved(raw, found, region(scope)))]
        known = (("country", value),) if value.verdict != "unknown" else ()
        stated = _with_region((("name", clean("name", raw)), *known), region(scope))
        return [statement(source, "Place", tuple(pair for pair in stated if pair[1].normal))]

    return build


def _with_region(stated: Stated, region: str) -> Stated:
    return (*stated, ("region", clean("text", region))) if region else stated


def resolved(raw: str, place: Place, region: str = "") -> Stated:
    """A place of the gazetteer as stated by a source: key, name, country, code, position and its precision."""
    prefix, _, code = place.key.partition(":")
    stated = [
        ("name", Value(raw, place.name, "valid")), ("place_key", Value(raw, place.key, "valid")),
        ("place_type", Value(raw, place.kind, "valid")),
        ("latitude", clean("number", repr(place.lat))), ("longitude", clean("number", repr(place.lon))),
        ("precision", Value(raw, place.precision, "valid")),
    ]  # fmt: skip
    if place.country:
        stated.append(("country", clean("country", place.country)))
    if prefix in ("locode", "iata"):
        stated.append((prefix, clean(prefix, code)))
    elif prefix == "office":
        stated.append(("office", clean("office", code.rpartition(":")[2], country=place.country)))
    return _with_region(tuple(stated), region)


def _unresolved(raw: str, home: str, code: str) -> Stated:
    country = clean("country", home) if home else None
    if code in ("office", "locode", "iata"):
        hints = {"country": home} if home and code == "office" else {}
        stated = [(code, clean(code, raw, **hints))]
    else:
        stated = [("name", clean("name", raw))]
    if country is not None and country.verdict == "valid":
        stated.append(("country", country))
    return tuple(pair for pair in stated if pair[1].normal)


def _commodity(compiler: Compiler, source: str, given: dict[str, Any]) -> Build:
    """A commodity by its HS heading: six digits, whatever national digits follow; `vintage` is the HS edition."""
    text, vintage = _options(compiler, given, "commodity")

    def build(scope: Scope) -> list[Statement]:
        raw, year = text(scope), vintage(scope)
        value = clean("hs", raw, **({"vintage": year} if year else {})) if raw else None
        if value is None or not value.normal:
            return []
        heading = value.part("hs6")
        stated = [("hs", value._replace(normal=str(heading)) if heading else value)]
        return [
            statement(
                source,
                "Commodity",
                (*stated, ("hs_vintage", clean("integer", year))) if year else tuple(stated),
            )
        ]

    return build


def _conveyance(compiler: Compiler, source: str, given: dict[str, Any]) -> Build:
    """A means of transport: by its identification `type` (WCO code) or else the `mode`, else by what it looks like.

    Two plates in one field are truck and trailer; a ship's name stands in the same field when the mode is sea.
    """
    text, kind, mode, country = _options(compiler, given, "conveyance")

    def build(scope: Scope) -> list[Statement]:
        raw = text(scope)
        if placeholder(raw):
            return []
        what = (
            _BY_TYPE.get(kind(scope)) or _BY_MODE.get(clean("mode", mode(scope)).normal) or _looks_like(raw)
        )
        return [statement(source, *stated) for stated in _conveyances(what, raw, country(scope))]

    return build


def _looks_like(raw: str) -> str:
    if clean("imo", raw).verdict == "valid":
        return "imo"
    return "plate" if any(letter.isdigit() for letter in raw) else "name"


def _conveyances(what: str, raw: str, country: str) -> list[tuple[str, Stated]]:
    if what in ("plate", "trailer"):
        return _vehicles(raw, country, trailer=what == "trailer")
    if what == "wagon":
        return [("Vehicle", (("external_id", clean("text", raw)), ("vehicle_type", clean("text", "wagon"))))]
    if what in ("flight", "air", "aircraft"):
        mark = clean("aircraft_registration", raw)
        flight = what == "flight" or (what == "air" and mark.verdict != "valid")
        return [("Aircraft", (("flight", clean("flight", raw)) if flight else ("registration", mark),))]
    flag = clean("country", country) if country else None
    flags = (("flag", flag),) if flag and flag.verdict == "valid" else ()
    imo = clean("imo", raw)
    if what == "imo" or (what == "ship" and imo.verdict == "valid"):
        return [("Vessel", (("imo", imo), *flags))]
    return [
        ("Vessel", (("eni", clean("text", raw)) if what == "eni" else ("name", clean("name", raw)), *flags))
    ]


def _vehicles(raw: str, country: str, *, trailer: bool) -> list[tuple[str, Stated]]:
    homes = [part.strip() for part in country.split("/")]
    found: list[tuple[str, Stated]] = []
    for number, plate in enumerate(split_plates(raw)):
        home = homes[min(number, len(homes) - 1)]
        land = clean("country", home) if home else None
        stated = [("plate", clean("plate", plate, **({"country": home} if home else {})))]
        if land is not None and land.verdict == "valid":
            stated.append(("plate_country", land))
        if trailer or number:
            stated.append(("vehicle_type", clean("text", "trailer")))
        found.append(("Vehicle", tuple(stated)))
    return found


MAKERS: dict[str, Maker] = {
    "place": Maker(("Place",), _place),
    "country": Maker(("Place",), _country),
    "commodity": Maker(("Commodity",), _commodity),
    "conveyance": Maker(("Vehicle", "Vessel", "Aircraft"), _conveyance),
}
