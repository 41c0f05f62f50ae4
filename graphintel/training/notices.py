"""Partner notices and tips: graded, some about a group, more about nobody in particular."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from graphintel.training.case1 import Case
from graphintel.training.entities import Declaration, Firm, Group, Person, Vehicle
from graphintel.training.geography import crossings, written
from graphintel.training.market import Market
from graphintel.training.scribe import Scribe

SOURCE = "partner-notice"
COLUMNS = (
    "notice_no", "date", "type", "partner", "subject", "text", "origin_reference", "deadline",
    "grade_scheme", "source_grade", "information_grade", "handling", "handling_text", "person_name",
    "person_birth_date", "person_nationality", "person_passport", "company_name", "company_tax_id",
    "company_country", "plate", "plate_country", "container", "phone", "address", "place", "vessel_name",
    "imo", "role",
)  # fmt: skip
Row = dict[str, str]


class _Scale(NamedTuple):
    scheme: str
    good: tuple[tuple[str, str], ...]
    weak: tuple[tuple[str, str], ...]
    handling: tuple[str, ...]


_SCALES = (
    _Scale("4x4", (("A", "1"), ("B", "2"), ("B", "1")), (("X", "4"), ("C", "3")), ("H0", "H1", "H2")),
    _Scale("admiralty", (("A", "2"), ("B", "2"), ("C", "2")), (("E", "5"), ("F", "6"), ("D", "4")), ("",)),
    _Scale("5x5x5", (("B", "2"), ("B", "1")), (("D", "4"), ("E", "4")), ("1", "2", "3")),
    _Scale("3x5x2", (("1", "B"), ("1", "A")), (("2", "D"), ("3", "E")), ("P", "C")),
)
_PARTNERS = {
    "4x4": ("Bulgarian customs", "Greek customs"),
    "admiralty": ("SELEC", "Georgian customs", "Iranian customs"),
    "5x5x5": ("Liaison officer, Sofia",),
    "3x5x2": ("Liaison officer, London",),
}
OPENING = "Lorry and phone of a tobacco group"
_TEXT = "Said to carry {what} under cover of lawful freight. Please watch and report sightings."


def _head(day: date, scale: _Scale, good: bool, rng: Random) -> Row:
    source, information = rng.choice(scale.good if good else scale.weak)
    handling = rng.choice(scale.handling)
    partner = rng.choice(_PARTNERS[scale.scheme])
    kind = rng.choice(("notice", "notice", "request"))
    return dict.fromkeys(COLUMNS, "") | {
        "date": day.isoformat(),
        "type": kind,
        "partner": partner,
        "origin_reference": f"{''.join(word[0] for word in partner.split())}-{day.year}-{rng.randrange(100, 9999)}".upper(),
        "deadline": (day + timedelta(days=30)).isoformat() if kind == "request" else "",
        "grade_scheme": scale.scheme,
        "source_grade": source,
        "information_grade": information,
        "handling": handling,
        "handling_text": "Only after consulting the provider" if handling == "C" else "",
    }


def _person(person: Person, role: str, scribe: Scribe, sure: bool) -> Row:
    return {
        "person_name": scribe.person(person, SOURCE),
        "person_birth_date": person.birth.isoformat(),
        "person_nationality": person.country,
        "person_passport": scribe.number(person.passport, sure),
        "role": role,
    }


def _firm(firm: Firm, scribe: Scribe, sure: bool) -> Row:
    return {
        "company_name": scribe.firm(firm, SOURCE),
        "company_tax_id": scribe.number(firm.number, sure),
        "company_country": firm.country,
        "address": firm.address,
    }


def _plate(lorry: Vehicle, scribe: Scribe) -> Row:
    return {"plate": scribe.plate(lorry, SOURCE), "plate_country": lorry.country}


def opening(case: Case, group: Group, scribe: Scribe) -> Row:
    """The notice that opens training case 1: a plate and a phone, nothing else."""
    row = _head(case.trip.day - timedelta(days=5), _SCALES[0], True, scribe.rng)
    return row | {
        "type": "notice",
        "partner": "Bulgarian customs",
        "origin_reference": f"BC-{case.trip.day.year}-{scribe.rng.randrange(100, 9999)}",
        "deadline": "",
        "subject": OPENING,
        "text": "A lorry with this plate and a user of this phone are said to move cigarettes through Türkiye to Sofia.",
        "source_grade": "B",
        "information_grade": "2",
        "handling": "H1",
        "plate": case.lorry.plate,
        "plate_country": case.lorry.country,
        "phone": group.phone,
        "role": "suspect",
    }


def planted(group: Group, number: int, trip: Declaration, scribe: Scribe) -> Row:
    """The n-th notice on a group: helpers in turn, the organiser, a front with its phone, a lorry."""
    rng = scribe.rng
    row = _head(trip.day - timedelta(days=rng.randrange(3, 12)), rng.choice(_SCALES), True, rng)
    # Helpers are named from the last, since the first ones stand in seizures.
    person = [group.organiser, *reversed(group.helpers)][number % (len(group.helpers) + 1)]
    row |= _person(person, "organiser" if person is group.organiser else "suspect", scribe, True)
    row |= {
        "subject": f"{group.commodity.capitalize()}: a person",
        "text": _TEXT.format(what=group.commodity),
    }
    if number % 2 == 0:
        front = group.fronts[number // 2 % len(group.fronts)]
        row |= _firm(front, scribe, True) | {"phone": front.phone}
    elif trip.vehicle:
        row |= _plate(trip.vehicle, scribe) | {"place": written(rng.choice(crossings(trip.route)))[0]}
    # A front's phone goes before the person's own: it is what ties the fronts together.
    row["phone"] = row["phone"] or person.phone
    return row


def idle(day: date, market: Market, scribe: Scribe) -> Row:
    """A notice or tip that concerns no group: an unknown person, a lawful firm, a container, a ship."""
    rng, makers = scribe.rng, market.makers
    draw, what = rng.random(), rng.choice(("tobacco", "drugs", "fuel", "medicines"))
    # An unnamed caller is never graded well.
    tip = draw < 0.3
    row = _head(day, rng.choice(_SCALES), not tip and rng.random() < 0.3, rng)
    row |= {"subject": f"{what.capitalize()}: unconfirmed", "text": _TEXT.format(what=what)}
    if tip:
        row |= _firm(rng.choice(market.clients).firm, scribe, False)
        return row | {
            "type": "tip",
            "partner": "Hotline",
            "role": "importer",
            "origin_reference": "",
            "deadline": "",
        }
    if draw < 0.7:
        person = makers.person(rng.choice(("TR", "BG", "GE", "IR", "GR", "SY")))
        row |= _person(person, "suspect", scribe, False)
        return row | {"phone": person.phone if rng.random() < 0.5 else ""}
    if draw < 0.9:
        return row | {"container": makers.registers.container(), "place": "TRMER", "role": "load"}
    ship = rng.choice(market.ships)
    return row | {"vessel_name": ship.name, "imo": ship.imo, "place": "TRISK", "role": "ship"}
