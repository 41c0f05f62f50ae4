"""A small graph planted for each saved question: rows it must find, near misses, and rows that only some may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fabric import OPEN, SECRET

from graphintel.model.ids import link_id, mention_id, record_id
from graphintel.model.kinds import KINDS
from graphintel.model.marking import Marking
from graphintel.model.records import Link, Mention, Position, Record
from graphintel.model.values import clean

Said = tuple[str, Mention, Mention]
PLACES = {
    "Mersin": ("TR", "36.80", "34.63"), "Ankara": ("TR", "39.93", "32.86"), "Kapıkule": ("TR", "41.72", "26.36"),
    "Kapitan Andreevo": ("BG", "41.72", "26.32"), "Gürbulak": ("TR", "39.42", "44.36"), "Sofia": ("BG", "42.70", "23.32"),
    "Tabriz": ("IR", "38.08", "46.29"), "Batumi": ("GE", "41.65", "41.64"), "Tarsus": ("TR", "36.92", "34.89"),
}  # fmt: skip
GRADE = '["admiralty","B","2"]'


@dataclass(slots=True)
class Plant:
    """What is planted for one question: `rows` by its `columns` for everybody, `hidden` only for who sees all."""

    columns: str
    rows: set[tuple[Any, ...]]
    hidden: set[tuple[Any, ...]]
    records: list[Record] = field(default_factory=list)
    params: Callable[[dict[str, str]], dict[str, Any]] = lambda ids: {}

    def add(self, key: str, kind: str, day: str, *said: Said | tuple[str, Mention], secret: bool = False,
            source: str = "a", **values: str) -> Mention:  # fmt: skip
        """Plant one record of an event and what it says; a link without a start begins at the event."""
        event = thing(kind, source=source, number=key, date=day, **values)
        links = [(one[0], event, one[1]) if len(one) == 2 else one for one in said]
        self.records.append(row(source, key, day, event, links, SECRET if secret else OPEN))
        return event


def thing(kind: str, source: str = "a", **values: str) -> Mention:
    """A mention; a stated country is the hint for the identifiers beside it."""
    lands = [raw for name, raw in values.items() if name.endswith("country")]
    hints = {"country": lands[0]} if lands else {}
    cleaned = tuple(
        (name, clean(KINDS[kind].property(name).type, raw, **hints)) for name, raw in values.items()
    )
    return Mention(mention_id(source, kind, [(n, v.normal) for n, v in cleaned]), source, kind, cleaned)


def firm(name: str, **values: str) -> Mention:
    """A firm by its name."""
    return thing("Company", name=name, **values)


def person(name: str, **values: str) -> Mention:
    """A person by name."""
    return thing("Person", name=name, **values)


def truck(plate: str) -> Mention:
    """A Turkish vehicle."""
    return thing("Vehicle", plate=plate, plate_country="TR")


def phone(number: str) -> Mention:
    """A phone."""
    return thing("Phone", number=number)


def box(number: str) -> Mention:
    """A container."""
    return thing("Container", number=number)


def place(name: str) -> Mention:
    """A place that the gazetteer knows."""
    country, latitude, longitude = PLACES[name]
    return thing(
        "Place", name=name, place_key=f"test/{name}", country=country, latitude=latitude, longitude=longitude
    )


def row(source: str, key: str, day: str, event: Mention, said: list[Said], marking: Marking) -> Record:
    """One record with its links, all on its day."""
    content = {"key": key, "day": day, **{name: value.normal for name, value in event.values}}
    name = record_id(source, key, content)
    links = [
        Link(
            link_id(name, type_name, a.id, b.id, number),
            type_name,
            a.id,
            b.id,
            "declared",
            day,
            precision="day",
        )
        for number, (type_name, a, b) in enumerate(said)
    ]
    mentions = {item.id: item for item in (event, *(one for _, a, b in said for one in (a, b)))}
    where = Position("planted.csv", "0" * 64, f"line {key}")
    return Record(
        name, source, key, content, where, "1", GRADE, marking, list(mentions.values()), links, (event.id,)
    )


def _shared_vehicle() -> Plant:
    p = Plant("first second vehicle", {("Alfa Dış Ticaret", "Beta Gıda", "34AAA101")},
              {("Alfa Dış Ticaret", "Delta Tekstil", "34AAA103")}, params=lambda ids: {"most": 3})  # fmt: skip
    alfa, beta, delta = firm("Alfa Dış Ticaret"), firm("Beta Gıda"), firm("Delta Tekstil")
    p.add("V1", "Declaration", "2024-05-01", ("CONSIGNEE", alfa), ("BY_MEANS_OF", truck("34AAA101")))
    p.add("V2", "Declaration", "2024-05-09", ("CONSIGNEE", beta), ("BY_MEANS_OF", truck("34AAA101")))
    p.add(
        "V3",
        "Declaration",
        "2024-05-09",
        ("CONSIGNEE", firm("Gama Kimya")),
        ("BY_MEANS_OF", truck("34AAA102")),
    )
    p.add("V4", "Declaration", "2024-05-10", ("CONSIGNEE", alfa), ("BY_MEANS_OF", truck("34AAA103")))
    p.add(
        "V5",
        "Declaration",
        "2024-05-11",
        ("CONSIGNEE", delta),
        ("BY_MEANS_OF", truck("34AAA103")),
        secret=True,
    )
    for number in range(4):
        p.add(f"V6{number}", "Declaration", "2024-05-12", ("CONSIGNEE", firm(f"Müşteri {number}")),
              ("BY_MEANS_OF", truck("34AAA104")))  # fmt: skip
    return p


def _shared_contact() -> Plant:
    shared, private, secret = phone("+905321110001"), phone("+905321110002"), phone("+905321110003")
    p = Plant("contact count", {("+905321110001", 2)}, {("+905321110003", 2)})
    one, two, three = firm("Alfa Dış Ticaret"), firm("Beta Gıda"), firm("Gama Kimya")
    p.add("C1", "Declaration", "2024-05-01", ("CONSIGNEE", one), ("USES", one, shared), ("USES", one, secret))
    p.add("C2", "Declaration", "2024-05-02", ("CONSIGNEE", two), ("USES", two, shared))
    p.add("C3", "Declaration", "2024-05-03", ("CONSIGNEE", three), ("USES", three, private))
    p.add("C4", "Declaration", "2024-05-04", ("CONSIGNEE", three), ("USES", three, secret), secret=True)
    return p


def _notice_hits() -> Plant:
    p = Plant("notice named seizure", {("N1", "34AAA101", "S1")}, {("N3", "34AAA103", "S3")})
    p.add("N1", "Notice", "2024-05-01", ("NAMES", truck("34AAA101")))
    p.add("S1", "Seizure", "2024-05-20", ("BY_MEANS_OF", truck("34AAA101")))
    p.add("N2", "Notice", "2024-05-01", ("NAMES", truck("34AAA102")))
    p.add("S2", "Seizure", "2025-09-20", ("BY_MEANS_OF", truck("34AAA102")))
    p.add("N3", "Notice", "2024-05-01", ("NAMES", truck("34AAA103")), secret=True)
    p.add("S3", "Seizure", "2024-05-20", ("BY_MEANS_OF", truck("34AAA103")))
    return p


def _route() -> Plant:
    p = Plant("declaration start goal", {("D1", "Tabriz", "Sofia")}, {("D4", "Tabriz", "Sofia")},
              params=lambda ids: {"from": "İran", "via": "GURBULAK", "to": "BG"})  # fmt: skip
    for key, via, goal, secret in (("D1", "Gürbulak", "Sofia", False), ("D2", "Mersin", "Sofia", False),
                                   ("D3", "Gürbulak", "Batumi", False), ("D4", "Gürbulak", "Sofia", True)):  # fmt: skip
        p.add(key, "Declaration", "2024-05-01", ("DEPARTED_FROM", place("Tabriz")), ("VIA", place(via)),
              ("BOUND_FOR", place(goal)), secret=secret)  # fmt: skip
    return p


def _near() -> Plant:
    p = Plant("seizure place near", {("S1", "Tarsus", "Mersin")}, {("S4", "Tarsus", "Mersin")},
              params=lambda ids: {"declaration": ids["D1"]})  # fmt: skip
    p.add("D1", "Declaration", "2024-05-01", ("CLEARED_AT", place("Mersin")))
    p.add("S1", "Seizure", "2024-05-06", ("SEIZED_AT", place("Tarsus")))
    p.add("S2", "Seizure", "2024-06-20", ("SEIZED_AT", place("Tarsus")))
    p.add("S3", "Seizure", "2024-05-02", ("SEIZED_AT", place("Ankara")))
    p.add("S4", "Seizure", "2024-05-03", ("SEIZED_AT", place("Tarsus")), secret=True)
    return p


def _gates() -> Plant:
    p = Plant("vehicle sightings", {("34AAA101", 3)}, {("34AAA103", 3)})
    for number, (gate, day) in enumerate((("Gürbulak", "01"), ("Mersin", "03"), ("Kapıkule", "05"))):
        for plate in ("34AAA101", "34AAA103"):
            hidden = plate == "34AAA103" and number == 2
            p.add(f"{plate}-{number}", "Movement", f"2024-05-{day}", ("BY_MEANS_OF", truck(plate)),
                  ("SEEN_AT", place(gate)), secret=hidden)  # fmt: skip
    for number, gate in enumerate(("Gürbulak", "Mersin", "Mersin")):
        p.add(
            f"near-{number}",
            "Movement",
            "2024-05-07",
            ("BY_MEANS_OF", truck("34AAA102")),
            ("SEEN_AT", place(gate)),
        )
    return p


def _carriers() -> Plant:
    p = Plant("company before after", {("Alfa Dış Ticaret", "Eski Nakliyat", "Yeni Nakliyat")},
              {("Gama Kimya", "Eski Nakliyat", "Yeni Nakliyat")})  # fmt: skip
    habits = {"Alfa Dış Ticaret": "eeyy", "Beta Gıda": "eyey", "Gama Kimya": "eeyy", "Delta Tekstil": "eeey"}
    carriers = {"e": firm("Eski Nakliyat"), "y": firm("Yeni Nakliyat")}
    for name, habit in habits.items():
        for number, letter in enumerate(habit):
            hidden = name == "Gama Kimya" and letter == "y"
            p.add(f"{name}-{number}", "Declaration", f"2024-0{number + 1}-05", ("CONSIGNEE", firm(name)),
                  ("CARRIER", carriers[letter]), secret=hidden)  # fmt: skip
    return p


def _providers() -> Plant:
    p = Plant("provider service clients", {("Köprü Gümrükleme", "DECLARANT", 3)},
              {("Gizli Gümrükleme", "DECLARANT", 3)}, params=lambda ids: {"least": 3})  # fmt: skip
    for name, clients in (("Köprü Gümrükleme", 3), ("Küçük Gümrükleme", 2), ("Gizli Gümrükleme", 3)):
        for number in range(clients):
            hidden = name.startswith("Gizli") and number == 2
            p.add(f"{name}-{number}", "Declaration", "2024-05-01", ("DECLARANT", firm(name)),
                  ("CONSIGNEE", firm(f"Müşteri {number}")), secret=hidden)  # fmt: skip
    return p


def _fronts() -> Plant:
    number, other, hidden = phone("+905321110001"), phone("+905321110002"), phone("+905321110003")
    man, front, honest = person("Sinan Örnek"), firm("Paravan Ticaret"), firm("Dürüst Ticaret")
    p = Plant("company party contact", {("Paravan Ticaret", "Sinan Örnek", "+905321110001")},
              {("Gizli Ticaret", "Sinan Örnek", "+905321110003"), ("Paravan Ticaret", "Açık Ticaret", "+905321110001")})  # fmt: skip
    p.add("S1", "Seizure", "2024-05-01", ("SEIZED_FROM", man), ("USES", man, number), ("USES", man, hidden))
    p.add("D1", "Declaration", "2024-05-02", ("CONSIGNEE", front), ("USES", front, number))
    p.add("D2", "Declaration", "2024-05-02", ("CONSIGNEE", honest), ("USES", honest, other))
    third = firm("Gizli Ticaret")
    p.add("D3", "Declaration", "2024-05-02", ("CONSIGNEE", third), ("USES", third, hidden), secret=True)
    # a firm whose own declaration was seized is a party, not a front; through it the front shows once more
    seized = firm("Açık Ticaret")
    event = p.add("D4", "Declaration", "2024-05-03", ("CONSIGNEE", seized))
    p.add("S2", "Seizure", "2024-05-04", ("CONCERNS", event), ("USES", seized, number), secret=True)
    return p


def _pairs() -> Plant:
    p = Plant("company vehicle declarations share", {("Alfa Dış Ticaret", "34AAA101", 3, 0.75)},
              {("Beta Gıda", "34AAA102", 3, 1.0)})  # fmt: skip
    trips = (
        [("Alfa Dış Ticaret", "34AAA101")] * 3
        + [("Gama Kimya", "34AAA101")]
        + [("Beta Gıda", "34AAA102")] * 3
    )
    for number, (name, plate) in enumerate(trips):
        p.add(f"D{number}", "Declaration", f"2024-05-0{number + 1}", ("CONSIGNEE", firm(name)),
              ("BY_MEANS_OF", truck(plate)), secret=number == 6)  # fmt: skip
    return p


def _again() -> Plant:
    p = Plant("vehicle seizure again", {("34AAA101", "S1", "2024-05-10")}, {("34AAA103", "S3", "2024-05-10")})
    for number in (1, 2, 3):
        p.add(f"S{number}", "Seizure", "2024-05-01", ("BY_MEANS_OF", truck(f"34AAA10{number}")))
        day = "2024-04-10" if number == 2 else "2024-05-10"
        p.add(f"M{number}", "Movement", day, ("BY_MEANS_OF", truck(f"34AAA10{number}")), secret=number == 3)
    return p


def _orphans() -> Plant:
    p = Plant("thing position", {("D1", "line D1")}, {("D3", "line D3")})
    p.add("D1", "Declaration", "2024-05-01")
    p.add("D2", "Declaration", "2024-05-01", ("CONSIGNEE", firm("Alfa Dış Ticaret")))
    p.add("D3", "Declaration", "2024-05-01", secret=True)
    return p


def _contradictions() -> Plant:
    p = Plant("thing value", {("Sinan Örnek", "birth_date")}, {("Gama Kimya", "country")})
    said = [("U20411873", "Sinan Örnek", "1974-05-02"), ("U20411873", "Sinan Örnek", "1981-01-03"),
            ("U70913322", "Derya Örnek", "1974"), ("U70913322", "Derya Örnek", "1974-05-02")]  # fmt: skip
    for number, (passport, name, birth) in enumerate(said):
        one = person(name, passport=passport, passport_country="TR", birth_date=birth)
        p.add(f"S{number}", "Seizure", "2024-05-01", ("SEIZED_FROM", one))
    for number, country in enumerate(("TR", "BG")):
        one = firm("Gama Kimya", tax_id="4540536000", tax_country="TR", country=country)
        p.add(f"D{number}", "Declaration", "2024-05-01", ("CONSIGNEE", one), secret=number == 1)
    return p


def _two_places() -> Plant:
    p = Plant(
        "container day km", {("CSQU3054383", "2024-05-01", 898.0)}, {("MSKU0000006", "2024-05-01", 898.0)}
    )
    seen = [("CSQU3054383", "Mersin", "01", False), ("CSQU3054383", "Kapıkule", "01", False),
            ("CSQU3054383", "Kapitan Andreevo", "02", False), ("CSQU3054383", "Kapıkule", "02", False),
            ("MSKU0000006", "Mersin", "01", False), ("MSKU0000006", "Kapıkule", "01", True)]  # fmt: skip
    for number, (name, where, day, secret) in enumerate(seen):
        p.add(f"M{number}", "Movement", f"2024-05-{day}", ("IN_CONTAINER", box(name)), ("SEEN_AT", place(where)),
              secret=secret)  # fmt: skip
    return p


def _checks() -> Plant:
    p = Plant("thing kind", {("CSQU3054384", "Container")}, {("CSQU3054389", "Container")})
    for number, name in enumerate(("CSQU3054383", "CSQU3054384", "CSQU3054389")):
        p.add(f"D{number}", "Declaration", "2024-05-01", ("IN_CONTAINER", box(name)), secret=number == 2)
    return p


PLANTS: dict[str, Callable[[], Plant]] = {
    "shared-vehicle": _shared_vehicle, "shared-contact": _shared_contact, "notice-hits": _notice_hits,
    "declarations-on-route": _route, "seizures-near": _near, "several-gates": _gates, "changed-carrier": _carriers,
    "service-providers": _providers, "front-companies": _fronts, "repeated-pairs": _pairs,
    "moving-after-seizure": _again, "orphans": _orphans, "contradictions": _contradictions,
    "container-in-two-places": _two_places, "failed-checks": _checks,
}  # fmt: skip
