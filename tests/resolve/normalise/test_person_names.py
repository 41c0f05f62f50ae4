"""Persons' names taken apart: particles, compounds, scripts, generations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.resolve.normalise.persons import person_name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hacı Mehmet Yılmaz", ("mehmet", "yilmaz")),
        ("Dr. Şükrü ÇAĞLAYAN", ("sukru", "caglayan")),
        ("İLKER IŞIK", ("ilker", "isik")),
        ("Halil oğlu Cemal", ("halil", "cemal")),
        ("Abd al-Rahman al-Hindawi", ("abdrahman", "hindawi")),
        ("Abdul Rahman Hindawi", ("abdrahman", "hindawi")),
        ("Abdurrahman Hindawi", ("abdrahman", "hindawi")),
        ("Abu Talib Nasrani", ("abutalib", "nasrani")),
        ("Nur al-Din Zaharwani", ("nurdin", "zaharwani")),
        ("Yusuf bin Omar", ("yusuf", "omar")),
        ("Ed Kallenberg", ("ed", "kallenberg")),
        ("Николай Гогорев", ("nikolay", "gogorev")),
        ("bin", ("bin",)),
        ("", ()),
        ("  ...  ", ()),
    ],
)
def test_what_is_compared_of_a_name(text: str, words: tuple[str, ...]) -> None:
    assert person_name(text).texts == words


@pytest.mark.parametrize(
    ("arabic", "words"),
    [
        ("عبد الرحمن الهنداوي", ("abdrhmn", "hndawy")),
        ("عبدالرحمن بن علي", ("abdrhmn", "ly")),
        ("نور الدين", ("nwrdyn",)),
        ("مُحَمَّد", ("mhmd",)),
        ("طه حسين", ("t", "hsyn")),
    ],
)
def test_arabic_script_is_read_by_its_letters(arabic: str, words: tuple[str, ...]) -> None:
    name = person_name(arabic)
    assert name.texts == words and name.unvowelled and name.script == "arabic"


@pytest.mark.parametrize(
    ("text", "generation"),
    [
        ("Martin Kellermann Jr.", "junior"),
        ("Martin Kellermann Senior", "senior"),
        ("Martin Kellermann II", "second"),
    ],
)
def test_father_and_son_of_one_name_say_which_they_are(text: str, generation: str) -> None:
    name = person_name(text)
    assert name.texts == ("martin", "kellermann") and name.forms == {generation}


def test_the_script_is_that_of_the_first_letter() -> None:
    assert [person_name(text).script for text in ("Γιώργος", "12 Ивайло", "Ömer", "გიორგი", "42")] == [
        "greek", "cyrillic", "latin", "georgian", "",
    ]  # fmt: skip


@given(st.text(max_size=2000))
def test_any_text_gives_at_most_fourteen_words_of_forty_letters(text: str) -> None:
    name = person_name(text)
    assert len(name.words) <= 14 and all(0 < len(word.text) <= 40 for word in name.words)


def test_a_name_of_ten_thousand_letters_is_cut() -> None:
    assert len(person_name("x" * 10_000).words[0].text) == 40
    assert len(person_name("ab " * 4000).words) == 14
