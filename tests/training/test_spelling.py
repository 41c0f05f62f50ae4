"""Written forms of names and plates."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.model.fold import compact, fold
from graphintel.model.values import clean
from graphintel.training import spelling


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("Петър Върбанчев", "Petar Varbanchev"),
        ("Щърбанов", "Shtarbanov"),
        ("Θαλασσόπουλος", "Thalassopoulos"),
        ("გიორგი", "giorgi"),
        ("Çınarören A.Ş.", "Çınarören A.Ş."),
        ("plain", "plain"),
    ],
)
def test_romanising(native: str, latin: str) -> None:
    assert spelling.romanise(native) == latin


def test_turkish_capitals_keep_the_two_letters_i_apart() -> None:
    assert spelling.upper("Işıl İnci işi") == "IŞIL İNCİ İŞİ"
    assert spelling.plain(spelling.upper("Dış Ticaret Şti.")) == "DIS TICARET STI."


def test_firms_are_written_in_many_ways_that_fold_alike_up_to_their_form() -> None:
    rng = Random(1)
    name = "Akçamlı Dış Ticaret A.Ş."
    forms = {spelling.firm(rng, name, "", True) for _ in range(300)}
    assert len(forms) >= 10
    assert {fold(form).split()[0] for form in forms} == {"akcamli"}
    assert any("AŞ" in form for form in forms) and any("Tic." in form for form in forms)
    assert any(form.isascii() and form.isupper() for form in forms)


def test_the_own_script_is_used_only_where_allowed() -> None:
    rng = Random(1)
    allowed = {spelling.firm(rng, "Novodol OOD", "Новодол ООД", True) for _ in range(100)}
    barred = {spelling.firm(rng, "Novodol OOD", "Новодол ООД", False) for _ in range(100)}
    assert "Новодол ООД" in allowed and "Новодол ООД" not in barred
    people = {spelling.person(rng, "Ivan Kamenarov", "Иван Каменаров", False) for _ in range(100)}
    assert all(name.isascii() for name in people)


def test_persons_are_written_surname_first_at_times() -> None:
    rng = Random(2)
    forms = {spelling.person(rng, "Oğuz Kayadibi", "", True) for _ in range(200)}
    assert forms == {"Oğuz Kayadibi", "OĞUZ KAYADİBİ", "OGUZ KAYADIBI", "Kayadibi Oğuz"}


@given(st.from_regex(r"(0[1-9]|[1-7][0-9]|8[01]) [A-PR-VYZ]{2} [1-9][0-9]{3}", fullmatch=True))
def test_all_spacings_of_a_plate_are_one_plate(plate: str) -> None:
    normal = {clean("plate", form, country="TR").normal for form in spelling.plates(plate)}
    assert normal == {compact(plate)}


@given(st.from_regex(r"[ABEKMHOPCTYX]{1,2} [1-9][0-9]{3} [ABEKMHOPCTYX]{2}", fullmatch=True))
def test_a_plate_in_cyrillic_letters_looks_the_same_and_is_other_text(plate: str) -> None:
    other = spelling.cyrillic_plate(plate)
    assert other != plate and len(other) == len(plate)
    assert compact(other) == compact(plate)
