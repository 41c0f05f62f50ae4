"""What a thing is called: the same however clerks shorten it, another one where another thing may be meant."""

from __future__ import annotations

import pytest

from graphintel.resolve.features import name_of
from graphintel.resolve.normalise.called import called


def of(kind: str, text: str) -> str:
    """A name as what it is called."""
    return called(kind, name_of(kind, text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aksaray San. ve Tic. Ltd. Şti.", "AKSARAY SANAYİ VE TİCARET LİMİTED ŞİRKETİ"),
        ("Akyaka Uluslararası Taşımacılık A.Ş.", "AKYAKA ULUS. TAŞIMACILIK AŞ"),
        ("Златокрайник Комерс ЕООД", "Zlatokraynik Komers EOOD"),
    ],
)
def test_a_firm_s_name_is_one_however_it_is_shortened(one: str, other: str) -> None:
    assert of("Company", one) == of("Company", other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Novopotok Treyd OOD", "Novopotok Treyd EOOD"),
        ("Zargostar Trading Co", "Zargostar Bazargani Co"),
        ("Öz Kardeşler Nakliyat", "Öz Kardeşler Turizm"),
        ("Demirdoruk Lojistik A.Ş.", "Demirdoruk Lojistik Ltd. Şti."),
        ("Aksaray Gıda", "Aksaray Gıda Ltd. Şti."),
    ],
)
def test_another_form_trade_or_language_is_another_name(one: str, other: str) -> None:
    assert of("Company", one) != of("Company", other)


def test_a_person_s_words_stand_in_any_order_and_script() -> None:
    assert of("Person", "Işıl BOZKORU") == of("Person", "Bozkoru Isil")
    assert of("Person", "Иван Долнорогов") == of("Person", "Ivan Dolnorogov")
    assert of("Person", "Ayşe Yılmaz") != of("Person", "Ayşe Fatma Yılmaz")


@pytest.mark.parametrize("text", ["", "   ", "—", "\u200f\u200e"])
def test_what_is_no_name_is_called_nothing(text: str) -> None:
    assert of("Company", text) == "" and of("Person", text) == ""
