"""Travel documents, gender, phone and e-mail."""

from __future__ import annotations

import pytest

from graphintel.model.values import checks, clean, key

# The specimens of ICAO Doc 9303.
PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)


@pytest.mark.parametrize("raw", ["\n".join(PASSPORT), " ".join(PASSPORT), "".join(PASSPORT).lower()])
def test_passport_zone_in_any_layout(raw: str) -> None:
    value = clean("mrz", raw)
    assert value.verdict == "valid"
    assert dict(value.parts) == {
        "number": "L898902C3", "country": "UTO", "birth": "740812", "sex": "F", "expiry": "120415",
        "surname": "ERIKSSON", "given": "ANNA MARIA",
    }  # fmt: skip


def test_card_zone() -> None:
    value = clean("mrz", "\n".join(CARD))
    assert (value.verdict, value.part("number"), value.part("surname")) == ("valid", "D23145890", "ERIKSSON")


def test_zone_and_number_name_the_same_passport() -> None:
    zone = "P<TUR" + PASSPORT[0][5:] + f"\nU12345678{checks.mrz('U12345678')}TUR" + PASSPORT[1][13:]
    number = clean("passport", "u 12345678", country="TR")
    assert key("mrz", clean("mrz", zone)) == key("passport", number, country="TR") == "passport:TR:U12345678"


@pytest.mark.parametrize("raw", [
    "\n".join(PASSPORT).replace("C36UTO", "C35UTO"), "\n".join(PASSPORT)[:-1], "\n".join(PASSPORT[:1] * 3), "çok kısa",
    "\n".join(PASSPORT).replace("ANNA", "AN-A"),
])  # fmt: skip
def test_damaged_zone(raw: str) -> None:
    assert clean("mrz", raw).verdict == "invalid"


@pytest.mark.parametrize(("raw", "normal"), [
    ("M", "male"), ("Erkek", "male"), ("1", "male"), ("F", "female"), ("KADIN", "female"), ("kadın", "female"), ("X", "other"),
])  # fmt: skip
def test_gender(raw: str, normal: str) -> None:
    assert clean("gender", raw)[1:3] == (normal, "valid")


def test_gender_that_is_not_stated() -> None:
    assert clean("gender", "?").verdict == clean("gender", "9").verdict == "unknown"


@pytest.mark.parametrize(("raw", "country", "normal"), [
    ("0532 123 45 67", "TR", "+905321234567"),
    ("532 123 45 67", "Türkiye", "+905321234567"),
    ("905321234567", "TR", "+905321234567"),
    ("0090 532 123 45 67", "", "+905321234567"),
    ("+90 (532) 123-45-67", "DE", "+905321234567"),
    ("\u202a+90 532 123 45 67\u202c", "", "+905321234567"),
])  # fmt: skip
def test_phone(raw: str, country: str, normal: str) -> None:
    value = clean("phone", raw, country=country)
    assert (value.normal, value.verdict, value.part("country")) == (normal, "valid", "TR")


@pytest.mark.parametrize(("raw", "hints", "verdict"), [
    ("0532 123 45 67", {}, "unknown"), ("+999 123", {}, "invalid"), ("yok", {}, "unknown"), ("yok", {"country": "TR"}, "invalid"),
    ("+90 123 123 45 67", {}, "unknown"),
])  # fmt: skip
def test_phone_that_cannot_be_rung(raw: str, hints: dict[str, str], verdict: str) -> None:
    assert clean("phone", raw, **hints).verdict == verdict


def test_email_is_lower_case() -> None:
    assert clean("email", "mailto:Depo@Ornek.Example").normal == "depo@ornek.example"
