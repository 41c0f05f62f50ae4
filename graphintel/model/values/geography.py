"""Codes of places: countries, UN/LOCODE, IATA."""

from __future__ import annotations

import re
from functools import lru_cache

import airportsdata

from graphintel.model.values.countries import alias, country_code, resolve_country
from graphintel.model.values.value import Hints, Part, Value, capitals, judged, tidy

_LOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")
_SPACES = re.compile(r"[\s-]+")


def clean_country(raw: str, hints: Hints) -> Value:
    """A country as alpha-2 code, from codes or names in many languages.

    Codes that are in use but not in ISO 3166-1 (UK, EL) are resolved and flagged invalid; `several`, `unknown` and
    `other` are no country and stay unknown.
    """
    text = tidy(raw)
    code = resolve_country(text)
    if code is None:
        shaped = (
            text.isascii()
            and text.isalpha()
            and text.isupper()
            and len(text) == 2
            and text not in ("ZZ", "XX", "QQ")
        )
        return Value(raw, text, "invalid" if shaped else "unknown")
    known = alias(text)
    if known is None or not known.flag:
        return Value(raw, code, "valid")
    return Value(raw, code, "invalid" if known.flag == "code" else "valid", (("flag", known.reason),))


def clean_locode(raw: str, hints: Hints) -> Value:
    """UN/LOCODE: country and three of A-Z and 2-9; whether the place exists needs the list."""
    code = _SPACES.sub("", capitals(raw))
    good = bool(_LOCODE.fullmatch(code)) and (country_code(code[:2]) is not None or code[:2] in ("XK", "XZ"))
    return judged(raw, code, good, ("country", code[:2]))


@lru_cache(maxsize=1)
def airports() -> dict[str, airportsdata.Airport]:
    """All airports with an IATA code, closed ones included."""
    return airportsdata.load("IATA")


def clean_iata(raw: str, hints: Hints) -> Value:
    """IATA code of an airport, checked against the list."""
    code = capitals(raw)
    airport = airports().get(code)
    parts: tuple[tuple[str, Part], ...] = (("country", airport["country"]),) if airport else ()
    return judged(raw, code, airport is not None, *parts)
