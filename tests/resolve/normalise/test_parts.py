"""Addresses, numbers and single words as they are compared."""

from __future__ import annotations

import pytest

from graphintel.model.values import clean
from graphintel.resolve.lexicon import (
    given_names,
    initials,
    legal_forms,
    longest_match,
    numerals,
    particles,
    places,
    rarity,
    streets,
    trades,
    turkish,
)
from graphintel.resolve.normalise.addresses import address
from graphintel.resolve.normalise.identifiers import Identifier, identifiers
from graphintel.resolve.normalise.words import consonants, sound, word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lale Mahallesi Gül Caddesi No: 12/3", "LALE MAH. GUL CAD. 12/3"),
        ("Lale Mah. Gül Sokağı 4 Kat 2", "Lale Mh. Gül Sk. No 4 K:2"),
        ("12 Harbour Street", "12 harbour st."),
        ("ул. Лалева 7", "Laleva ulitsa 7"),
    ],
)
def test_an_address_is_the_same_however_it_is_shortened(one: str, other: str) -> None:
    assert address(one) == address(other)


def test_the_town_counts_among_the_words_and_the_postcode_does_not_count_as_a_house() -> None:
    found = address("Gül Cad. 4 34000", "İstanbul", "34 000")
    assert "istanbul" in found.words and found.numbers == {"4"} and found.postcode == "34000"


def test_a_lorry_and_its_trailer_are_two_plates() -> None:
    found = identifiers("plate", clean("plate", "34 KLM 482 / 34 PRS 771", country="TR"), "TR")
    assert [one.number for one in found] == ["34KLM482", "34PRS771"]


@pytest.mark.parametrize(
    ("raw", "valid"), [("CSQU3054383", True), ("csqu 305438-3", True), ("CSQU3054384", False)]
)
def test_a_number_carries_whether_it_passes_its_check(raw: str, valid: bool) -> None:
    (found,) = identifiers("container", clean("container", raw))
    assert found.valid is valid and found.scheme == "container"


@pytest.mark.parametrize("raw", ["", "12", "none", "x" * 60])
def test_what_is_no_number_is_none(raw: str) -> None:
    assert identifiers("registry_no", clean("text", raw)) == []


def test_two_kinds_of_tax_number_are_compared_as_one() -> None:
    (found,) = identifiers("nipt", clean("nipt", "K61510016A"))
    assert isinstance(found, Identifier) and found.scheme == "tax_id"


def test_words_sound_alike_across_romanisations() -> None:
    assert sound("khadzhiev") == sound("hadjiev".replace("h", "kh", 1))
    assert sound("yiorgou") == sound("iorgu") and consonants("mohammed") == consonants("mhmd") == consonants(
        "muhammad"
    )


def test_the_tables_are_there_and_folded() -> None:
    for table in (legal_forms(), trades()):
        assert len(table) > 300 and all(
            part.isascii() and part == part.lower() for phrase in table for part in phrase
        )
    for words in (particles(), numerals(), streets(), places(), given_names()):
        assert words and all(text.isascii() for text in words)
    assert given_names()["yorgo"] == given_names()["georgios"] == given_names()["georgi"]
    assert (
        "b" in initials()[given_names()["robert"]]
        and "nakliyat" in turkish()
        and "transport" not in turkish()
    )


def test_a_shared_rare_name_says_more_than_a_common_one() -> None:
    assert rarity("mehmet") < rarity("yorgo") < rarity("zzyzx")
    assert word("yorgo").variant == word("george").variant >= 0 > word("zzyzx").variant


def test_the_longest_phrase_of_a_table_counts() -> None:
    words = ["limited", "sirketi", "x"]
    assert longest_match(words, 0, legal_forms()) == 2 and longest_match(words, 2, legal_forms()) == 0
