"""An invented population for relinking: persons whose statements differ as clerks write them, with the answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from graphintel.model.values import clean
from graphintel.resolve.features import Features, described

_GIVEN = [
    "Yorgo",
    "Nihat",
    "Sevgi",
    "Levan",
    "Agron",
    "Hasan",
    "Mehmet",
    "Fatma",
    "Elif",
    "Nino",
    "Ivan",
    "Dragan",
    "Petar",
    "Ahmet",
    "Murat",
]
_FAMILY = [
    "Akıncıoğlu",
    "Durmazlar",
    "Kastrinos",
    "Marmelashvili",
    "Brankovani",
    "Demirtepe",
    "Karaçınar",
    "Yıldıztan",
    "Ormanlı",
    "Petkovski",
]


class Told(NamedTuple):
    """A statement, and the person that it is about."""

    one: Features
    person: int


def population(persons: int, seed: int = 3) -> Iterator[Told]:
    """Statements about so many persons, every third of them stated twice, in another spelling."""
    rng = random.Random(seed)
    for number in range(persons):
        name = f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}"
        birth = f"{rng.randint(1950, 2000)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        country = rng.choice(("TR", "GR", "BG"))
        for copy in range(2 if number % 3 == 0 else 1):
            spelled = rng.choice((name, name.upper(), name[:-1])) if copy else name
            day = birth if rng.random() < 0.9 else birth[:4]
            stated = (
                ("name", clean("name", spelled)),
                ("birth_date", clean("date", day)),
                ("nationality", clean("country", country)),
            )
            yield Told(described("Person", f"m{number:05}.{copy}", stated), number)
