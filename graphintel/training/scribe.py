"""The clerk's hand: how names and numbers are written in a file, and a log of the forms of planted parties."""

from __future__ import annotations

from random import Random

from graphintel.model.values import clean, key
from graphintel.training import geography, spelling
from graphintel.training.entities import Firm, Person, Vehicle

# How often a clerk leaves a tax or passport number out.
_BLANK = 0.25
# How often a port is written as UN/LOCODE.
_CODED = 0.8


class Scribe:
    """Writes names and numbers differently from row to row; forms of watched things are logged for the answers."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.same: dict[tuple[str, str, str], None] = {}
        self._watched: dict[str, str] = {}

    def watch(self, things: list[Firm | Person | Vehicle]) -> None:
        """Log every written form of these."""
        for thing in things:
            if identity := identity_key(thing):
                self._watched[_token(thing)] = identity

    def _log(self, thing: Firm | Person | Vehicle, written: str, source: str) -> str:
        identity = self._watched.get(_token(thing))
        if identity and written:
            self.same[(written, source, identity)] = None
        return written

    def firm(self, firm: Firm, source: str, native: bool = True) -> str:
        """A firm's name as this row has it; `native` allows its own script."""
        return self._log(firm, spelling.firm(self.rng, firm.name, firm.native, native), source)

    def person(self, person: Person, source: str, native: bool = True) -> str:
        """A person's name as this row has it."""
        return self._log(person, spelling.person(self.rng, person.name, person.native, native), source)

    def plate(self, lorry: Vehicle, source: str, cyrillic: bool = False) -> str:
        """A plate in one of its spacings, or in Cyrillic letters of the same shape."""
        # Drawn in any case, so that a plate in other letters does not shift all later draws.
        written = self.rng.choice(spelling.plates(lorry.plate))
        return self._log(lorry, spelling.cyrillic_plate(lorry.plate) if cyrillic else written, source)

    def place(self, stop: str) -> str:
        """A stop as this row states it: ports mostly by code."""
        forms = geography.written(stop)
        return forms[0] if self.rng.random() < _CODED else forms[-1]

    def number(self, number: str, always: bool = False) -> str:
        """A tax or passport number, left out in a quarter of the rows."""
        return number if always or self.rng.random() > _BLANK else ""


def _token(thing: Firm | Person | Vehicle) -> str:
    if isinstance(thing, Firm):
        return f"firm {thing.country} {thing.number or thing.name}"
    return f"person {thing.passport}" if isinstance(thing, Person) else f"lorry {thing.country} {thing.plate}"


def identity_key(thing: Firm | Person | Vehicle) -> str | None:
    """The key by which the model knows a party: tax number or EORI, passport, plate."""
    if isinstance(thing, Vehicle):
        return key("plate", clean("plate", thing.plate, country=thing.country))
    if isinstance(thing, Person):
        return key("passport", clean("passport", thing.passport, country=thing.country))
    if thing.number[:2].isalpha():
        return key("eori", clean("eori", thing.number))
    return key("tax_id", clean("tax_id", thing.number, country=thing.country))
