"""Numbers that registers and banks give out: national and tax numbers by country, LEI, NIPT, IBAN."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module

from graphintel.model.values.countries import hinted_country
from graphintel.model.values.value import Hints, Value, code_of, judged

# Which modules of python-stdnum know a country's numbers; the first is the rule, the others are accepted beside it.
_PERSONAL = {
    "TR": "tr.tckimlik", "BG": "bg.egn bg.pnf", "RO": "ro.cnp", "GR": "gr.amka", "HR": "hr.oib", "SI": "si.emso",
    "PL": "pl.pesel", "CZ": "cz.rc", "SK": "sk.rc", "EE": "ee.ik", "LT": "lt.asmens", "ES": "es.dni es.nie",
    "IT": "it.codicefiscale", "FR": "fr.nir", "BE": "be.nn", "NL": "nl.bsn", "DK": "dk.cpr", "SE": "se.personnummer",
    "FI": "fi.hetu", "NO": "no.fodselsnummer", "IL": "il.idnr", "ZA": "za.idnr", "CN": "cn.ric", "KR": "kr.rrn",
    "PK": "pk.cnic", "UA": "ua.rntrc", "EG": "eg.tn",
}  # fmt: skip
_TAX = {
    "TR": "tr.vkn tr.tckimlik", "AL": "al.nipt", "BG": "bg.vat", "GR": "gr.vat", "RO": "ro.cf", "RS": "rs.pib",
    "MK": "mk.edb", "ME": "me.pib", "HR": "hr.oib", "SI": "si.ddv", "MD": "md.idno", "UA": "ua.edrpou ua.rntrc",
    "RU": "ru.inn", "BY": "by.unp", "AZ": "az.voen", "DE": "de.vat de.idnr de.stnr", "AT": "at.uid", "FR": "fr.tva fr.siren",
    "IT": "it.iva it.codicefiscale", "ES": "es.nif", "PT": "pt.nif", "NL": "nl.btw", "BE": "be.vat", "LU": "lu.tva",
    "GB": "gb.vat gb.utr", "IE": "ie.vat", "DK": "dk.cvr", "SE": "se.vat", "FI": "fi.alv", "PL": "pl.nip",
    "CZ": "cz.dic", "SK": "sk.dph", "HU": "hu.anum", "EE": "ee.kmkr", "LV": "lv.pvn", "LT": "lt.pvm", "CY": "cy.vat",
    "MT": "mt.vat", "CH": "ch.uid", "CN": "cn.uscc", "IN": "in_.gstin in_.pan", "KR": "kr.brn", "EG": "eg.tn",
    "TN": "tn.mf", "MA": "ma.ice", "DZ": "dz.nif", "IL": "il.hp", "VN": "vn.mst", "TH": "th.tin",
}  # fmt: skip
# Where the rule is the only number of its kind, a failed check is a wrong number and not another kind of number.
_ONLY = {("TR", "national"), ("TR", "tax"), ("AL", "tax"), ("BG", "national"), ("RO", "national")}

Check = Callable[[str], bool]


@lru_cache(maxsize=256)
def _checks(modules: str) -> tuple[Check, ...]:
    return tuple(import_module(f"stdnum.{name}").is_valid for name in modules.split())


def _plausible(number: str) -> bool:
    digits = sum(letter.isdigit() for letter in number)
    counted = number in "012345678901234567890" or number in "9876543210987654321"
    return (
        6 <= len(number) <= 18 and number.isalnum() and digits >= 5 and len(set(number)) > 2 and not counted
    )


def _registered(raw: str, hints: Hints, rules: dict[str, str], kind: str) -> Value:
    number, country = code_of(raw), hinted_country(hints)
    if country is None or not number:
        return Value(raw, number, "unknown")
    part = ("country", country)
    for check in _checks(rules.get(country, "")):
        if number.isascii() and check(number):
            return judged(raw, number, True, part, ("check", "digit"))
    if (country, kind) in _ONLY:
        return judged(raw, number, False, part)
    if country in rules:
        return Value(raw, number, "unknown", (part,))
    return judged(raw, number, _plausible(number), part, ("check", "shape"))


def clean_national_id(raw: str, hints: Hints) -> Value:
    """A person's number in the register of the hint `country` (TR: T.C. kimlik); no rule known = shape only."""
    return _registered(raw, hints, _PERSONAL, "national")


def clean_tax_id(raw: str, hints: Hints) -> Value:
    """A tax number of the hint `country`; TR: VKN of ten digits, or the kimlik of a sole trader."""
    return _registered(raw, hints, _TAX, "tax")


def clean_nipt(raw: str, hints: Hints) -> Value:
    """Albanian tax number (NIPT): pattern only."""
    number = code_of(raw)
    return judged(raw, number, _checks("al.nipt")[0](number), ("country", "AL"))


def clean_lei(raw: str, hints: Hints) -> Value:
    """Legal entity identifier (ISO 17442): 20 characters, modulo 97."""
    number = code_of(raw)
    return judged(raw, number, len(number) == 20 and _checks("lei")[0](number))


def clean_iban(raw: str, hints: Hints) -> Value:
    """International bank account number (ISO 13616): length by country, modulo 97."""
    number = code_of(raw).removeprefix("IBAN")
    return judged(raw, number, number.isascii() and _checks("iban")[0](number), ("country", number[:2]))
