"""The registry of value types: one table, and the two functions through which everybody uses it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

from graphintel.model.values import (
    amounts,
    dates,
    geography,
    numbers,
    persons,
    plates,
    registers,
    text,
    trade,
    transport,
)
from graphintel.model.values.value import Hints, Value

Cleaner = Callable[[str, Hints], Value]
Keyer = Callable[[Value, Hints], str | None]


class ValueType(NamedTuple):
    """A type of value: how it cleans itself, and under which key two mentions that state it are one thing.

    `strong`: an equal key may unite mentions by rule; `kinds` narrows that to mentions of those kinds (empty = any).
    """

    name: str
    help: str
    clean: Cleaner
    strong: bool = False
    key: Keyer = lambda value, hints: None
    kinds: tuple[str, ...] = ()


def _by_normal(prefix: str, value: Value, hints: Hints) -> str | None:
    return f"{prefix}:{value.normal}" if value.verdict == "valid" else None


def _by_country(prefix: str, value: Value, hints: Hints) -> str | None:
    country = value.part("country")
    return f"{prefix}:{country}:{value.normal}" if value.verdict == "valid" and country else None


def _by_source(prefix: str, value: Value, hints: Hints) -> str | None:
    source = hints.get("source", "")
    return f"{prefix}:{source}:{value.normal}" if source and value.normal else None


def _normal(prefix: str) -> Keyer:
    return partial(_by_normal, prefix)


def _country(prefix: str) -> Keyer:
    return partial(_by_country, prefix)


_TABLE = (
    ValueType("text", "Any text.", text.clean_text),
    ValueType("name", "Name of a person, firm, ship or place.", text.clean_name),
    ValueType("number", "Decimal number; hint decimal.", numbers.clean_number),
    ValueType("integer", "Whole number; hint decimal.", numbers.clean_integer),
    ValueType("money", "Amount of money; hints currency, decimal.", amounts.clean_money),
    ValueType("quantity", "Amount and unit; hints unit, decimal.", amounts.clean_quantity),
    ValueType("currency", "Currency (ISO 4217).", amounts.clean_currency),
    ValueType("date", "Date with precision; hints order, format.", dates.clean_date),
    ValueType("gender", "Gender: male, female or other.", persons.clean_gender),
    ValueType("mode", "Mode of transport, first digit of the code.", transport.clean_mode),
    ValueType("country", "Country, alpha-2 (ISO 3166-1, and XK).", geography.clean_country, key=_normal("country")),
    ValueType("container", "Container number (ISO 6346).", transport.clean_container, True, _normal("container")),
    ValueType("imo", "IMO ship number.", transport.clean_imo, True, _normal("imo")),
    ValueType("imo_company", "IMO company number.", transport.clean_imo_company, True, _normal("imo_company")),
    ValueType("mmsi", "Ship's radio number; unites only with the name.", transport.clean_mmsi, key=_normal("mmsi")),
    ValueType("vin", "Vehicle identification number.", transport.clean_vin, True, _normal("vin")),
    ValueType("plate", "Registration plate; hint country.", plates.clean_plate, True, _country("plate")),
    ValueType("flight", "Flight number.", transport.clean_flight),
    ValueType("aircraft_registration", "Aircraft's mark.", transport.clean_aircraft, True, _normal("aircraft")),
    ValueType("national_id", "National number; hint country.", registers.clean_national_id, True, _country("national_id")),
    ValueType("tax_id", "Tax number; hint country.", registers.clean_tax_id, True, _country("tax")),
    ValueType("nipt", "Albanian tax number.", registers.clean_nipt, True, _country("tax")),
    ValueType("lei", "Legal entity identifier.", registers.clean_lei, True, _normal("lei")),
    ValueType("eori", "Economic operator's number (EU, UK).", trade.clean_eori, True, _normal("eori")),
    ValueType("iban", "Bank account (IBAN).", registers.clean_iban, True, _normal("iban")),
    ValueType("passport", "Passport number; hint country.", persons.clean_passport, True, _country("passport")),
    ValueType("mrz", "Machine readable zone of a travel document.", persons.clean_mrz, True, persons.mrz_key),
    ValueType("phone", "Phone number (E.164); hint country.", persons.clean_phone, True, _normal("phone")),
    ValueType("email", "E-mail address.", persons.clean_email, key=_normal("email")),
    ValueType("imei", "Handset number.", persons.clean_imei, key=_normal("imei")),
    ValueType("mrn", "Movement reference number (EU, UK).", trade.clean_mrn, True, _normal("mrn")),
    ValueType("registration", "Declaration's registration number; hints office, year.", trade.clean_registration, True,
              trade.registration_key),
    ValueType("awb", "Air waybill number.", trade.clean_awb, key=_normal("awb")),
    ValueType("bill_of_lading", "Bill of lading; hint carrier.", trade.clean_bill_of_lading, key=trade.bill_key),
    ValueType("tir", "TIR carnet or holder.", trade.clean_tir, key=_normal("tir")),
    ValueType("s10", "Postal item number.", trade.clean_s10, key=_normal("s10")),
    ValueType("hs", "Commodity code; hint vintage.", trade.clean_hs, True, trade.hs_key, ("Commodity",)),
    ValueType("locode", "UN/LOCODE.", geography.clean_locode, True, _normal("locode"), ("Place",)),
    ValueType("iata", "Airport (IATA).", geography.clean_iata, True, _normal("iata"), ("Place",)),
    ValueType("office", "Customs office; hint country.", trade.clean_office, True, _country("office"), ("Place",)),
    ValueType("seal", "Seal number; no public rule.", text.clean_code),
    ValueType("trader_code", "A source's own code of a trader; hint source; unites only with the name.", text.clean_code,
              key=partial(_by_source, "trader")),
)  # fmt: skip

TYPES: dict[str, ValueType] = {item.name: item for item in _TABLE}
# Cheaper to clean than to look up, and each row brings new ones that would push identifiers out.
_UNCACHED = frozenset(("text", "name", "number", "integer"))
_LONGEST_CACHED = 120


@lru_cache(maxsize=65536)
def _remembered(type_name: str, raw: str, hints: tuple[tuple[str, str], ...]) -> Value:
    return TYPES[type_name].clean(raw, dict(hints))


def clean(type_name: str, raw: str, **hints: str) -> Value:
    """The value that a raw text states, by its type; pure, remembered, and never raises for any text.

    Hints (all optional): country, order (dmy, mdy, ymd), format (WCO 102, 203, 304), decimal (`,` or `.`), currency,
    unit, vintage, carrier, office, year, source. KeyError for a type that does not exist.
    """
    if type_name in _UNCACHED or len(raw) > _LONGEST_CACHED:
        return TYPES[type_name].clean(raw, hints)
    return _remembered(type_name, raw, tuple(sorted(hints.items())) if hints else ())


def key(type_name: str, value: Value, **hints: str) -> str | None:
    """The identity key of a value, such as `plate:TR:34ABC123`; None where it has none or fails its check."""
    return TYPES[type_name].key(value, hints)
