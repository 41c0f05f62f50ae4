"""Where the world trades: stops with their countries and offices, and the lawful corridors between them."""

from __future__ import annotations

from typing import NamedTuple

from graphintel.model.gazetteer.places import find_place


class Stop(NamedTuple):
    """A gate, port, airport or city; `office` is an invented six digit office number, empty outside Türkiye."""

    name: str
    country: str
    kind: str
    code: str = ""
    office: str = ""


STOPS: dict[str, Stop] = {
    stop.name: stop
    for stop in (
        Stop("Kapıkule", "TR", "gate", "", "220100"), Stop("Hamzabeyli", "TR", "gate", "", "220300"),
        Stop("İpsala", "TR", "gate", "", "220200"), Stop("Sarp", "TR", "gate", "", "080100"),
        Stop("Gürbulak", "TR", "gate", "", "040100"), Stop("Kapıköy", "TR", "gate", "", "650100"),
        Stop("Esendere", "TR", "gate", "", "300100"), Stop("Habur", "TR", "gate", "", "730100"),
        Stop("Cilvegözü", "TR", "gate", "", "310100"), Stop("Öncüpınar", "TR", "gate", "", "790100"),
        Stop("Türkgözü", "TR", "gate", "", "750100"),
        Stop("Kapitan Andreevo", "BG", "gate"), Stop("Lesovo", "BG", "gate"), Stop("Kalotina", "BG", "gate"),
        Stop("Kipoi", "GR", "gate"), Stop("Sarpi", "GE", "gate"), Stop("Bazargan", "IR", "gate"),
        Stop("Ibrahim Khalil", "IQ", "gate"),
        Stop("Mersin", "TR", "port", "TRMER", "330100"), Stop("İskenderun", "TR", "port", "TRISK", "310200"),
        Stop("Trabzon", "TR", "port", "TRTZX", "610100"), Stop("İzmir", "TR", "port", "TRIZM", "350100"),
        Stop("Piraeus", "GR", "port", "GRPIR"), Stop("Batumi", "GE", "port", "GEBUS"),
        Stop("Latakia", "SY", "port", "SYLTK"), Stop("Jebel Ali", "AE", "port", "AEJEA"),
        Stop("Shanghai", "CN", "port", "CNSHA"),
        Stop("İstanbul", "TR", "city", "", "341300"), Stop("Ankara", "TR", "city", "", "060100"),
        Stop("Gaziantep", "TR", "city", "", "270100"), Stop("Bursa", "TR", "city", "", "160100"),
        Stop("Sofia", "BG", "city"), Stop("Plovdiv", "BG", "city"), Stop("Thessaloniki", "GR", "city"),
        Stop("Athens", "GR", "city"), Stop("Tbilisi", "GE", "city"), Stop("Tehran", "IR", "city"),
        Stop("Tabriz", "IR", "city"), Stop("Aleppo", "SY", "city"), Stop("Bucharest", "RO", "city"),
        Stop("Munich", "DE", "city"), Stop("Belgrade", "RS", "city"), Stop("Mosul", "IQ", "city"),
        Stop("IST", "TR", "airport", "IST", "341500"), Stop("SOF", "BG", "airport", "SOF"),
    )
}  # fmt: skip


class Corridor(NamedTuple):
    """A lawful way of trade: regime, ordered stops, weight, goods, and the month of its season (0 = none)."""

    regime: str
    route: tuple[str, ...]
    weight: int
    goods: str
    peak: int = 0
    mode: str = "30"


def _way(regime: str, route: str, weight: int, goods: str, peak: int = 0, mode: str = "30") -> Corridor:
    return Corridor(regime, tuple(route.split(" > ")), weight, goods, peak, mode)


CORRIDORS = (
    _way("EX", "İstanbul > Kapıkule > Kapitan Andreevo > Sofia", 14, "textile machine building"),
    _way("EX", "Bursa > Kapıkule > Kapitan Andreevo > Kalotina > Munich", 14, "automotive textile", 10),
    _way("EX", "İstanbul > Hamzabeyli > Lesovo > Bucharest", 8, "food textile building", 11),
    _way("EX", "İzmir > İpsala > Kipoi > Thessaloniki", 8, "food building", 6),
    _way("EX", "Ankara > Sarp > Sarpi > Tbilisi", 9, "food building machine", 12),
    _way("EX", "Gaziantep > Gürbulak > Bazargan > Tehran", 7, "textile machine"),
    _way("EX", "Gaziantep > Habur > Ibrahim Khalil > Mosul", 10, "food building", 4),
    _way("EX", "Gaziantep > Öncüpınar > Aleppo", 5, "food building"),
    _way("EX", "Gaziantep > Cilvegözü > Aleppo", 3, "food"),
    _way("IM", "Sofia > Kapitan Andreevo > Kapıkule > İstanbul", 7, "machine automotive"),
    _way("IM", "Tabriz > Bazargan > Gürbulak > Gaziantep", 4, "food plastics", 9),
    _way("IM", "Tbilisi > Sarpi > Sarp > Trabzon", 4, "food plastics"),
    _way("IM", "Athens > Kipoi > İpsala > İstanbul", 4, "plastics automotive"),
    _way("IM", "Shanghai > Mersin > Gaziantep", 9, "electronics plastics textile", 8, "10"),
    _way("IM", "Jebel Ali > Mersin > Ankara", 4, "electronics plastics", 0, "10"),
    _way("IM", "Piraeus > İzmir > Bursa", 4, "automotive machine", 0, "10"),
    _way("EX", "Gaziantep > İskenderun > Latakia", 3, "food building", 0, "10"),
    _way("EX", "İstanbul > IST > SOF > Sofia", 2, "electronics textile", 0, "40"),
    _way("TR", "Tehran > Bazargan > Gürbulak > Kapıkule > Kapitan Andreevo > Sofia", 3, "food textile"),
    _way("TR", "Tbilisi > Sarpi > Sarp > Kapıkule > Kapitan Andreevo > Plovdiv", 3, "food", 7),
)


def country(stop: str) -> str:
    """The country a stop stands in."""
    return STOPS[stop].country


def written(stop: str) -> tuple[str, ...]:
    """How files state a stop: a port by UN/LOCODE or as port, since its bare name is the city; an airport by IATA."""
    place = STOPS[stop]
    if place.kind == "port":
        return place.code, f"{stop} Limanı" if place.country == "TR" else f"{stop} port"
    return (place.code,) if place.code else (stop,)


def key(stop: str) -> str | None:
    """The key of a stop in the gazetteer."""
    place = STOPS[stop]
    found = find_place(place.code or stop, place.country)
    return found.key if found else None


def crossings(route: tuple[str, ...]) -> list[str]:
    """The gates, ports and airports of a route, in order."""
    return [stop for stop in route if STOPS[stop].kind != "city"]


def turkish(route: tuple[str, ...]) -> list[str]:
    """The Turkish gates, ports and airports of a route, in order."""
    return [stop for stop in crossings(route) if country(stop) == "TR"]


def between(route: tuple[str, ...]) -> tuple[str, ...]:
    """The countries passed between the first and the last, in order."""
    ends = (country(route[0]), country(route[-1]))
    return tuple(dict.fromkeys(code for code in map(country, route) if code not in ends))
