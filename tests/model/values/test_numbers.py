"""Numbers, money, quantities and currencies as sources write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.model.values import clean
from graphintel.model.values.amounts import find_unit
from graphintel.model.values.numbers import decimal_of, plain
from graphintel.model.values.tables import table


@pytest.mark.parametrize(
    ("raw", "hints", "normal"),
    [
        ("6516", {}, "6516"),
        ("6516.0", {}, "6516"),
        ("8.13E-4", {}, "0.000813"),
        ("0.06", {}, "0.06"),
        (" -5 ", {}, "-5"),
        ("+5", {}, "5"),
        ("-0.0", {}, "0"),
        (".5", {}, "0.5"),
        ("5.", {}, "5"),
        ("12,5", {}, "12.5"),
        ("1.234,56", {}, "1234.56"),
        ("1,234.56", {}, "1234.56"),
        ("1.234.567", {}, "1234567"),
        ("1,234,567", {}, "1234567"),
        ("1 234 567,89", {}, "1234567.89"),
        ("1.234", {}, "1.234"),
        ("1.234", {"decimal": ","}, "1234"),
        ("1,234", {"decimal": "."}, "1234"),
        ("1,234", {"decimal": ","}, "1.234"),
        ("6516.0", {"decimal": ","}, "6516"),
        ("0,123", {}, "0.123"),
        ("۱۲۳٫۵".replace("٫", "."), {}, "123.5"),
    ],
)
def test_number(raw: str, hints: dict[str, str], normal: str) -> None:
    value = clean("number", raw, **hints)
    assert (value.normal, value.verdict, value.part("value")) == (normal, "valid", float(normal))


@pytest.mark.parametrize("raw", ["0+0+0+0-0", "1.2.3,4", "12a", "1E99999", "--5", "1,23,4", "1.234.5"])
def test_not_a_number(raw: str) -> None:
    assert clean("number", raw).verdict == "invalid"


@pytest.mark.parametrize("raw", ["1,234", "", "-", "n/a"])
def test_two_readings_or_none(raw: str) -> None:
    assert clean("number", raw).verdict == "unknown"


@pytest.mark.parametrize(("raw", "normal", "verdict"), [
    ("7", "7", "valid"), ("7.0", "7", "valid"), ("7.5", "7.5", "invalid"), ("x7", "x7", "invalid"), ("?", "?", "unknown"),
])  # fmt: skip
def test_integer(raw: str, normal: str, verdict: str) -> None:
    assert clean("integer", raw)[1:3] == (normal, verdict)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_turkish_and_english_writing_state_the_same_number(number: Decimal) -> None:
    english = f"{number:,.3f}"
    turkish = english.translate(str.maketrans(",.", ".,"))
    assert decimal_of(english, ".") == decimal_of(turkish, ",") == number
    assert decimal_of(plain(number)) == number


@pytest.mark.parametrize(
    ("raw", "hints", "normal", "verdict"),
    [
        ("1.250,50 EUR", {}, "1250.5 EUR", "valid"),
        ("USD 1250", {}, "1250 USD", "valid"),
        ("₺ 1.250,5", {}, "1250.5 TRY", "valid"),
        ("350 TL", {}, "350 TRY", "valid"),
        ("1248.7", {"currency": "KRW"}, "1248.7 KRW", "valid"),
        ("1248.7", {}, "1248.7", "unknown"),
        ("12 elma", {}, "12 elma", "unknown"),
        ("0+0 EUR", {}, "0+0 EUR", "unknown"),
        ("1.2.3 EUR", {}, "1.2.3 EUR", "invalid"),
        ("yok", {}, "yok", "unknown"),
    ],
)
def test_money(raw: str, hints: dict[str, str], normal: str, verdict: str) -> None:
    assert clean("money", raw, **hints)[1:3] == (normal, verdict)


@pytest.mark.parametrize(
    ("raw", "hints", "normal", "kg"),
    [
        ("12,5 kg", {}, "12.5 kg", 12.5),
        ("250 Gram", {}, "250 g", 0.25),
        ("2 ton", {}, "2 t", 2000.0),
        ("3", {"unit": "Block (350gr)"}, "3 block-350g", pytest.approx(1.05)),
        ("3 Litre", {}, "3 l", None),
        ("40", {"unit": "Plants"}, "40 plant", None),
        ("2", {"unit": "Thousand of tablets"}, "2 1000-tablet", None),
        ("2", {"unit": "Gallons (US, liquid)"}, "2 gal-us", None),
        ("350 karton", {}, "350 carton", None),
        ("1.000 adet", {"decimal": ","}, "1000 piece", None),
    ],
)
def test_quantity(raw: str, hints: dict[str, str], normal: str, kg: float | None) -> None:
    value = clean("quantity", raw, **hints)
    assert (value.normal, value.verdict, value.part("kg")) == (normal, "valid", kg)


@pytest.mark.parametrize(("raw", "verdict"), [
    ("0 kg", "invalid"), ("-3 kg", "invalid"), ("5 karpuz", "unknown"), ("5", "unknown"), ("kg", "unknown"), ("x5 kg", "invalid"),
])  # fmt: skip
def test_quantity_that_counts_nothing(raw: str, verdict: str) -> None:
    assert clean("quantity", raw).verdict == verdict


def test_only_masses_have_kilograms_and_every_unit_knows_itself() -> None:
    for row in table("units"):
        unit = find_unit(row["unit"])
        assert unit is not None
        assert unit.code == row["unit"]
        assert (unit.kg is not None) == (unit.dimension == "mass")


@pytest.mark.parametrize(("raw", "normal", "verdict"), [
    ("eur", "EUR", "valid"), ("€", "EUR", "valid"), ("TL", "TRY", "valid"), ("TRL", "TRL", "valid"), ("ZZQ", "ZZQ", "invalid"),
    ("no foreign currency", "no foreign currency", "unknown"), ("Türk Lirası", "TRY", "valid"),
])  # fmt: skip
def test_currency(raw: str, normal: str, verdict: str) -> None:
    assert clean("currency", raw)[1:3] == (normal, verdict)


def test_withdrawn_currency_is_flagged() -> None:
    assert clean("currency", "DEM").part("flag") == "withdrawn"
