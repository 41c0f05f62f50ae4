"""Levels of agreement of the fields beside the name."""

from __future__ import annotations

import pytest

from graphintel.model.values import clean
from graphintel.resolve.features import Features, described
from graphintel.resolve.normalise.identifiers import Identifier
from graphintel.resolve.score.levels import SIGNS, levels
from graphintel.resolve.score.prior import prior


def level(kind: str, name: str, type_name: str, one: str, other: str) -> str:
    """The one level that two values of a field reach."""
    left, right = (described(kind, "x", ((name, clean(type_name, text)),)) for text in (one, other))
    (found,) = levels(left, right)
    (mirrored,) = levels(right, left)
    assert found.key == mirrored.key
    return found.key


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("1961-07-12", "1961-07-12", "equal"), ("1961-07-12", "1961-12-07", "flip"), ("1961-07-12", "1961-07-13", "near"),
        ("1961-07-12", "1962-07-12", "near"), ("1961-07-12", "1962-12-07", "near"), ("1961-07-12", "1991-07-12", "near"),
        ("1961-07-12", "1961-02-25", "same_year"), ("1961-07-12", "1961", "year"), ("1961-07-12", "1961-07", "year"),
        ("1961-07", "1961-08", "same_year"), ("1961", "1962", "same_year"), ("1961", "1970", "clash"),
        ("1961-07-12", "1988-01-30", "clash"),
    ],
)  # fmt: skip
def test_dates_of_birth(one: str, other: str, wanted: str) -> None:
    assert level("Person", "birth_date", "date", one, other) == f"birth.{wanted}"


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("Gül Cad. No 4 Bursa", "GUL CADDESI 4 BURSA", "same"), ("Gül Cad. No 4 Bursa", "Gül Cad. Bursa", "near"),
        ("Gül Cad. No 4 Bursa", "Gül Cad. No 77 Bursa", "street"), ("Gül Cad. No 4 Bursa", "Lale Sok. 9 Edirne", "clash"),
    ],
)  # fmt: skip
def test_addresses(one: str, other: str, wanted: str) -> None:
    assert level("Company", "address", "text", one, other) == f"address.{wanted}"


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("+905321234567", "0532 123 45 67", "shared"), ("202-321-3212", "321-3212", "local"),
        ("+905321234567", "+905321234568", "clash"),
    ],
)  # fmt: skip
def test_phones(one: str, other: str, wanted: str) -> None:
    assert level("Person", "phone", "phone", one, other) == f"phone.{wanted}"


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [("a@x.example", "A@x.example", "shared"), ("info@x.example", "info@x.example", "office"),
     ("a@x.example", "b@x.example", "clash")],
)  # fmt: skip
def test_mailboxes(one: str, other: str, wanted: str) -> None:
    assert level("Person", "email", "email", one, other) == f"email.{wanted}"


def numbered(*found: Identifier) -> Features:
    """A firm known by numbers only."""
    return Features("Company", "x", identifiers=found)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (Identifier("tax_id", "4540536920", "TR", True), Identifier("tax_id", "4540536920", "TR", True), "lasting.equal"),
        (Identifier("tax_id", "4540536920", "TR", True), Identifier("tax_id", "4540536920"), "lasting.unchecked"),
        (Identifier("tax_id", "4540536921", "", False), Identifier("tax_id", "4540536921", "", False), "lasting.invalid"),
        (Identifier("tax_id", "4540536920", "", True), Identifier("tax_id", "4540536921", "", False), "lasting.typo"),
        (Identifier("tax_id", "4540536920", "", True), Identifier("tax_id", "4540536902", "", True), "lasting.edit"),
        (Identifier("tax_id", "4540536920", "", True), Identifier("tax_id", "1234567890", "", True), "lasting.clash"),
        (Identifier("tax_id", "4540536920", "TR", True), Identifier("tax_id", "4540536920", "BG"), "identifier.foreign"),
        (Identifier("plate", "34KLM482", "TR", True), Identifier("plate", "34KLM483", "TR", True), "changing.edit"),
    ],
)  # fmt: skip
def test_numbers(one: Identifier, other: Identifier, wanted: str) -> None:
    assert [found.key for found in levels(numbered(one), numbered(other))] == [wanted]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Identifier("tax_id", "4540536920", "TR", True), Identifier("tax_id", "1234567890", "BG", True)),
        (Identifier("tax_id", "4540536920", "TR", True), Identifier("tax_id", "9999999999", "TR", False)),
        (Identifier("tax_id", "4540536920", "TR", True), Identifier("lei", "5493001KJTIIGC8Y1R12", "", True)),
    ],
)
def test_what_cannot_be_compared_says_nothing(one: Identifier, other: Identifier) -> None:
    assert list(levels(numbered(one), numbered(other))) == []


def test_the_best_of_several_numbers_counts_once() -> None:
    many = numbered(
        Identifier("passport", "U1111111", "TR", True), Identifier("passport", "U2222222", "TR", True)
    )
    one = numbered(Identifier("passport", "U2222222", "TR", True))
    assert [found.key for found in levels(many, one)] == ["changing.equal"]


def test_a_firm_of_one_name_in_two_countries_is_two_and_a_person_may_have_two_passports() -> None:
    assert level("Company", "country", "country", "TR", "BG") == "seat.clash"
    assert level("Person", "nationality", "country", "TR", "BG") == "country.clash"


def test_every_level_has_a_sign_and_begins_on_its_side() -> None:
    begins = prior().fields
    assert begins.keys() == SIGNS.keys()
    assert all(sign * begins[key] >= 0 for key, sign in SIGNS.items())
