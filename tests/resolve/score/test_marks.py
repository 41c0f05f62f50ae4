"""Marks of names: how words pair up in any order, joined or shortened, and what tells two names apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.resolve.normalise.companies import company_name
from graphintel.resolve.normalise.persons import person_name
from graphintel.resolve.score.align import align
from graphintel.resolve.score.companies import SIGNS as COMPANY
from graphintel.resolve.score.companies import company_marks
from graphintel.resolve.score.persons import SIGNS as PERSON
from graphintel.resolve.score.persons import person_marks


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("Nihat Akıncıoğlu", "AKINCIOGLU Nihat", {"exact": 2, "full": 1}),
        ("Yorgo Kastrinos", "Georgios Kastrinos", {"exact": 1, "variant": 1, "full": 1}),
        ("Haci Chadjiev", "Khadjiev", {"full": 1}),
        ("Emrecan Demirtepe", "Emre Can Demirtepe", {"exact": 1, "joined": 1, "full": 1}),
        ("Zhangxiuying", "Xiu Ying Zhang", {"joined": 1, "full": 1}),
        ("N. Akıncıoğlu", "Nihat Akıncıoğlu", {"exact": 1, "initial": 1}),
        ("B Smith", "Robert Smith", {"exact": 1, "initial": 1}),
        ("Nihat Ali Akıncıoğlu", "Nihat Akıncıoğlu", {"exact": 2, "extra": 1, "inside": 1}),
        ("Nihat Akıncıoğlu", "Sevgi Akıncıoğlu", {"exact": 1, "clash": 1}),
        ("محمد الهنداوي", "Mohammed al-Hindawi", {"scripts": 1, "skeleton": 2, "scripts_full": 1}),
        ("Abdul Hanif Zadran", "Hanif Zadran", {"exact": 1, "close": 1}),
    ],
)
def test_persons(one: str, other: str, wanted: dict[str, float]) -> None:
    marks, _ = person_marks(person_name(one), person_name(other))
    assert {name: marks.get(name, 0) for name in wanted} == wanted


def test_servants_of_two_names_of_god_are_two() -> None:
    marks, clash = person_marks(person_name("Abd al-Rahman Zadran"), person_name("Abd al-Wahhab Zadran"))
    assert clash == "given" and marks["exact"] == 1


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("Eddie Kellermann", "Ed Brankovan", "surname"), ("Mehmet Taşdelenli", "Zorbey Taşdelenli", "given"),
        ("Kellermann Eddie", "Kellermann Anna", "given"), ("Eddie Kellermann", "Eddie Kellermann", ""),
    ],
)  # fmt: skip
def test_a_married_name_is_no_brother(one: str, other: str, clash: str) -> None:
    assert person_marks(person_name(one), person_name(other))[1] == clash


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("Çınarlı Nakliyat", "Çınarlı Turizm", {"trade_clash": 1, "full": 1}),
        ("Çınarlı Nakliyat", "Çınarlı Lojistik", {"trade_related": 1, "full": 1}),
        ("Çınarlı Nakliyat", "Çınarlı Transport", {"trade_same": 1, "full": 1}),
        ("Çınarlı Dış Ticaret", "Çınarlı Turizm", {"trade_swap": 1}),
        ("Çınarlı Nakliyat Ltd. Şti.", "Çınarlı Nakliyat A.Ş.", {"form_clash": 1}),
        ("Çınarlı Kardeşler Gıda", "Çınarlı Gıda", {"kin_differs": 1}),
        ("Üç Hilal Gıda", "Beş Hilal Gıda", {"number_clash": 1}),
        ("Üç Hilal Gıda", "3 Hilal Gıda", {"full": 1, "sound": 1}),
        ("Taşköprülü İnşaat", "Taşköprü İnşaat", {"ending": 1, "turkish_close": 1}),
        ("Dağlıca Maden", "Bağlıca Maden", {"first_letter": 1}),
        ("Çınarlı Boru Varsayımları", "Çınarlı Boru Var.", {"abbreviated": 1, "full": 1}),
        ("Bowline Sweden AB", "Bowline Finland AB", {"place_clash": 1}),
        ("Kastellan Transport Works", "KTW", {"acronym": 1}),
        ("ABC", "A.B.C.", {"exact": 1, "full": 1}),
    ],
)
def test_firms(one: str, other: str, wanted: dict[str, float]) -> None:
    marks, _ = company_marks(company_name(one), company_name(other))
    assert {name: marks.get(name, 0) for name in wanted} == wanted


WORDS = st.lists(st.text("abdehklmnorstuyz", min_size=1, max_size=9), min_size=1, max_size=5)


@given(WORDS, WORDS)
def test_marks_are_declared_and_the_same_whichever_comes_first(one: list[str], other: list[str]) -> None:
    for read, compare, signs in ((person_name, person_marks, PERSON), (company_name, company_marks, COMPANY)):
        left, right = read(" ".join(one)), read(" ".join(other))
        marks, clash = compare(left, right)
        mirrored, again = compare(right, left)
        assert marks.keys() <= signs.keys() and clash == again
        assert {name: round(amount, 9) for name, amount in marks.items() if amount} == {
            name: round(amount, 9) for name, amount in mirrored.items() if amount
        }


@given(WORDS)
def test_each_word_is_used_once(texts: list[str]) -> None:
    words = person_name(" ".join(texts)).words
    found = align(words, words[::-1], lambda one, other: (0.5, "near"))
    assert sorted(i for match in found.matches for i in match.left) == list(range(len(words)))
    assert not found.left_over and not found.right_over


def test_a_word_of_which_no_letter_is_heard_is_no_initial() -> None:
    short, long = company_name("Akdeniz"), company_name("رطاش طاشمجيليق ا.شش.")
    assert "" in long.spelled
    assert company_marks(short, long) == company_marks(long, short)
