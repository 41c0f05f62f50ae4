"""Check digits that python-stdnum lacks: ISO 6346 and MRN, IMO company, UPU S10, air waybill, ICAO 9303."""

from __future__ import annotations

from collections.abc import Iterable

_ISO6346 = {
    letter: value for value, letter in enumerate("0123456789A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ") if letter != "?"
}
_MRZ = {letter: value for value, letter in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}


def weighted(digits: str, weights: Iterable[int]) -> int:
    """Sum of digit times weight."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def iso6346(body: str) -> int:
    """Check digit of a container number's first 10 characters, or of an MRN's first 17; letters skip 11, 22, 33."""
    return sum(_ISO6346[letter] << place for place, letter in enumerate(body)) % 11 % 10


def imo_company(body: str) -> int:
    """Check digit of the first six digits of an IMO company number."""
    return (11 - weighted(body, (8, 6, 4, 2, 9, 7)) % 11) % 10


def s10(body: str) -> int:
    """Check digit of the eight digits of a postal item number (UPU S10)."""
    rest = 11 - weighted(body, (8, 6, 4, 2, 3, 5, 9, 7)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def awb(serial: str) -> int:
    """Check digit of the seven digits of an air waybill serial; weak, since 0 and 7, 1 and 8, 2 and 9 look alike."""
    return int(serial) % 7


def mrz(field: str) -> int:
    """Check digit of one field of a machine readable zone (ICAO Doc 9303-3): weights 7 3 1, A = 10, `<` = 0."""
    return sum(_MRZ[letter] * (7, 3, 1)[place % 3] for place, letter in enumerate(field)) % 10
