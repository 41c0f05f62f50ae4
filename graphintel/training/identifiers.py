"""Identifiers of the invented world: right by shape and check digit, unique, and out of ranges in real use where one exists.

Ship numbers begin with 3, container owners with XG and subscriber numbers with 000, none of which is given out. T.C. kimlik
numbers are never made. Check digits: ISO 6346, IMO resolution A.1117, VKN, EIK and AFM as their registers define them.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from stdnum import imo
from stdnum.bg import vat as bg_vat
from stdnum.gr import vat as gr_vat
from stdnum.tr import vkn

from graphintel.model.values import checks

_TR_LETTERS = "ABCDEFGHJKLMNPRSTUVYZ"
# Letters that Latin, Cyrillic and Greek capitals share: Bulgaria and Greece issue no others.
_SHARED = "ABEKMHOPCTYX"
_GREEK_SHARED = "ABEZHIKMNOPTYX"
_GEORGIAN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BG_DISTRICTS = ("CB", "CA", "PB", "B", "A", "X", "CT", "BT", "TX", "H", "P")
_MOBILE = {
    "TR": ("+90 ", ("532", "533", "535", "537", "542", "543", "545", "552", "553", "555")),
    "BG": ("+359 ", ("87", "88", "89")),
    "GR": ("+30 ", ("693", "694", "697")),
    "GE": ("+995 ", ("555", "577", "591", "595", "599")),
    "IR": ("+98 ", ("912", "913", "914", "917")),
    "SY": ("+963 ", ("93", "94", "95", "99")),
}
_PASSPORT = {
    "TR": "U########",
    "BG": "3########",
    "GR": "AK#######",
    "GE": "##AB#####",
    "IR": "R########",
    "SY": "N0########",
}
_PATIENCE = 10_000
_PLATES_LIKE = {"RO": "BG", "IQ": "SY", "DE": "GE", "RS": "GE"}


class Registers:
    """All offices that give out numbers, in one: nothing is given out twice."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._given: set[str] = set()
        self._serial = 0

    def _new(self, kind: str, make: Callable[[], str]) -> str:
        for _ in range(_PATIENCE):
            value = make()
            if f"{kind}:{value}" not in self._given:
                self._given.add(f"{kind}:{value}")
                return value
        raise ValueError(f"the invented world has no {kind} number left; make a smaller one")

    def digits(self, count: int) -> str:
        """That many decimal digits."""
        return f"{self.rng.randrange(10**count):0{count}}"

    def _firm(self, country: str) -> str:
        if country == "TR":
            body = f"9{self.digits(8)}"
            return body + vkn.calc_check_digit(body)
        if country == "BG":
            body = f"2{self.digits(7)}"
            return f"BG{body}{bg_vat.calc_check_digit_legal(body)}"
        if country == "GR":
            body = f"9{self.digits(7)}"
            return f"GR{body}{gr_vat.calc_check_digit(body)}"
        if country in ("DE", "RO"):
            return f"{country}4{self.digits(8)}"
        # Ten digits in Iran, since eleven could pass for a person's number in Türkiye.
        return f"4{self.digits(9)}" if country == "IR" else f"4{self.digits(8)}"

    def firm(self, country: str) -> str:
        """Tax number of a firm: VKN, EORI (BG, GR) or a number of the country's shape."""
        return self._new(f"firm{country}", lambda: self._firm(country))

    def _plate(self, country: str) -> str:
        pick, digits = self.rng.choice, self.digits
        country = _PLATES_LIKE.get(country, country)
        if country == "TR":
            province = f"{self.rng.choice((34, 34, 33, 27, 31, 22, 4, 8, 6, 35, 61, 65)):02}"
            count = pick((2, 3))
            letters = "".join(pick(_TR_LETTERS) for _ in range(count))
            return f"{province} {letters} {self.rng.randrange(100, 999) if count == 3 else self.rng.randrange(1000, 9999)}"
        if country == "BG":
            return f"{pick(_BG_DISTRICTS)} {self.rng.randrange(1000, 9999)} {pick(_SHARED)}{pick(_SHARED)}"
        if country == "GR":
            return f"{''.join(pick(_GREEK_SHARED) for _ in range(3))}-{self.rng.randrange(1000, 9999)}"
        if country == "GE":
            return f"{pick(_GEORGIAN)}{pick(_GEORGIAN)}-{digits(3)}-{pick(_GEORGIAN)}{pick(_GEORGIAN)}"
        if country == "IR":
            return f"{self.rng.randrange(11, 99)}A{self.rng.randrange(111, 999)}-{self.rng.randrange(11, 99)}"
        return f"{self.rng.randrange(102345, 989898)}"

    def plate(self, country: str) -> str:
        """Registration plate as its country spaces it, in Latin letters."""
        return self._new(f"plate{country}", lambda: self._plate(country))

    def trailer(self) -> str:
        """Plate of a Turkish trailer, of the long shape with one letter."""
        return self._new("plateTR", lambda: f"34 {self.rng.choice('RTZ')} {self.rng.randrange(10000, 99999)}")

    def _container(self) -> str:
        body = f"XG{self.rng.choice('ABCDEFGH')}U{self.digits(6)}"
        return body + str(checks.iso6346(body))

    def container(self) -> str:
        """Container number (ISO 6346) of an owner that does not exist; serials with remainder 10 are passed over."""
        return self._new("container", self._container)

    def _passport(self, country: str) -> str:
        return "".join(self.digits(1) if sign == "#" else sign for sign in _PASSPORT[country])

    def passport(self, country: str) -> str:
        """Passport number of the country's shape."""
        return self._new(f"passport{country}", lambda: self._passport(country))

    def _phone(self, country: str) -> str:
        start, operators = _MOBILE[country]
        # The same ten thousand numbers of every operator; the groups of figures are the country's.
        number = {"GR": "0 00", "GE": f"00{self.digits(1)}"}.get(country, "000")
        rest = self.digits(3 if country == "GE" else 4)
        return f"{start}{self.rng.choice(operators)} {number} {rest}"

    def phone(self, country: str) -> str:
        """Mobile number in international form."""
        return self._new("phone", lambda: self._phone(country))

    def next_phone(self, phone: str) -> str:
        """A number that differs from another in its last figure only."""
        figures = (f"{phone[:-1]}{(int(phone[-1]) + step) % 10}" for step in range(1, 10))
        return self._new("phone", lambda: next(figures))

    def _imo(self) -> str:
        body = f"3{self.digits(5)}"
        return body + imo.calc_check_digit(body)

    def imo(self) -> str:
        """IMO ship number in a range that is not given out."""
        return self._new("imo", self._imo)

    def mrn(self, year: int, country: str) -> str:
        """Movement reference number with its check digit."""
        # The serial makes it unique, the random figures make it look like one.
        self._serial += 1
        body = f"{year % 100:02}{country}00{self.rng.randrange(1000, 9999)}{self._serial:06}A"
        return body + str(checks.iso6346(body))
