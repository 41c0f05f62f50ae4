"""Plates: the Turkish rule, other countries by shape, several in one field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.model.values import clean, key
from graphintel.model.values.plates import split_plates


@pytest.mark.parametrize(
    "raw", ["06 A 1234", "06 A 12345", "06 AB 123", "06 AB 1234", "06 ABC 12", "06ABC123", "81 ZZ 999"]
)
def test_turkish_forms(raw: str) -> None:
    assert clean("plate", raw, country="TR").verdict == "valid"


@pytest.mark.parametrize(
    "raw", ["00 AB 123", "6 AB 123", "06 A 123", "06 ABC 1234", "06 AX 123", "06 ABCD 12", "MSC ANNA"]
)
def test_not_turkish_forms(raw: str) -> None:
    assert clean("plate", raw, country="TR").verdict == "invalid"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("31U1234/31U5678", ["31U1234", "31U5678"]),
        ("CO 1234 AB / CO 5678 CD", ["CO 1234 AB", "CO 5678 CD"]),
        ("34 ABC 123", ["34 ABC 123"]),
        ("34ABC123-34DEF456", ["34ABC123", "34DEF456"]),
        ("AB-123-CD", ["AB-123-CD"]),
        ("34ABC123 ; 34DEF456 ;", ["34ABC123", "34DEF456"]),
        (" / ", []),
    ],
)
def test_truck_and_trailer_in_one_field(raw: str, expected: list[str]) -> None:
    assert split_plates(raw) == expected


def test_same_plate_in_every_spelling_and_alphabet() -> None:
    spellings = ["34 ABC 123", "34-abc-123", "TR 34 ABC 123", "34АВС123", "34.abc.123"]
    assert {key("plate", clean("plate", raw, country="TR"), country="TR") for raw in spellings} == {
        "plate:TR:34ABC123"
    }


def test_the_dotless_i_is_the_letter_i() -> None:
    assert (
        clean("plate", "34 ıı 123", country="TR").normal
        == clean("plate", "34 İİ 123", country="TR").normal
        == "34II123"
    )


def test_letters_with_marks_are_other_letters_abroad() -> None:
    assert (
        clean("plate", "BÖ AB 123", country="DE").normal != clean("plate", "BO AB 123", country="DE").normal
    )


@pytest.mark.parametrize("raw", ["1111111", "12", "ABCDEF", "1234", "A1234567890123"])
def test_implausible_abroad(raw: str) -> None:
    assert clean("plate", raw, country="GE").verdict == "invalid"


@given(
    st.lists(
        st.from_regex(r"(0[1-9]|[1-7][0-9]|8[01])[A-P]{2}[0-9]{3}", fullmatch=True), min_size=1, max_size=3
    )
)
def test_joined_plates_come_apart_again(plates: list[str]) -> None:
    for joint in ("/", " / ", ";", "-", " "):
        assert split_plates(joint.join(plates)) == plates
