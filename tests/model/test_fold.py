"""Folding: one spelling for search, whatever alphabet and case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.model.fold import compact, fold, tokens


@pytest.mark.parametrize(
    "text", ["İSTANBUL", "istanbul", "ISTANBUL", "ıstanbul", "İstanbul", " Istanbul\n", "i\u0307stanbul"]
)
def test_istanbul_is_one_word(text: str) -> None:
    assert fold(text) == "istanbul"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Öz Kardeşler  Nakliyat", "oz kardesler nakliyat"),
        ("Đorđe Łukasz Straße", "dorde lukasz strasse"),
        ("Вълчев", "valchev"),
        ("Шевченко Ольга", "shevchenko olga"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("ＡＢＣ１２３", "abc123"),
        ("A\x00B\u202eC", "a bc"),
        ("۱۲۳", "123"),
    ],
)
def test_other_alphabets(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_greek_and_georgian_become_latin() -> None:
    assert fold("Θεσσαλονίκη").isascii()
    assert fold("თბილისი") == "tbilisi"


def test_tokens_are_words_without_punctuation() -> None:
    assert tokens("Yıldız Dış Tic. Ltd. Şti.") == ["yildiz", "dis", "tic", "ltd", "sti"]


@pytest.mark.parametrize("text", ["34 ABC 123", "34-abc-123", "34АВС123", "34.Abc.123"])
def test_compact_identifier(text: str) -> None:
    assert compact(text) == "34ABC123"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert compact(compact(text)) == compact(text)
    assert fold(text).isascii()
    assert tokens(fold(text)) == tokens(text)


@given(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ 0123456789"))
def test_turkish_case_never_splits_a_name(text: str) -> None:
    upper = text.replace("i", "İ").replace("ı", "I").upper()
    lower = text.replace("İ", "i").replace("I", "ı").lower()
    assert fold(upper) == fold(lower) == fold(text)
