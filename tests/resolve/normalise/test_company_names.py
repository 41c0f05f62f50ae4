"""Firms' names taken apart: own words, trades, legal forms, in the region's languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.resolve.normalise.companies import company_name


@pytest.mark.parametrize(
    ("text", "own", "trade", "form"),
    [
        ("Çınarlı Nakliyat Ltd. Şti.", "cinarli", "transport", "limited"),
        ("ÇINARLI TAŞIMACILIK A.Ş.", "cinarli", "transport", "stock"),
        ("Çınarlı Gümrük Müş. Ltd.", "cinarli", "customs brokerage", "limited"),
        ('ООО "Чинарлы Логистика"', "chinarly", "logistics", "limited"),
        ("Бор Транс ЕООД", "bor", "transport", "limited"),
        ("ΑΦΟΙ Κάστρινος Μεταφορές ΕΠΕ", "kastrinos", "transport", "limited"),
        ("Kastellan Spedition GmbH & Co. KG", "kastellan", "transport", "partnership"),
        ("Kastellan S.p.A.", "kastellan", "", "stock"),
        ("KastellanAG", "kastellan", "", "stock"),
        ("Demir Nakliyat", "demir", "transport", ""),
        ("As Nakliyat", "as", "transport", ""),
        ("Üç Hilal Tekstil", "uc hilal", "textile", ""),
        ("Standard & Plum's Foods Inc.", "standard plum", "food", "stock"),
    ],
)
def test_own_words_trade_and_form(text: str, own: str, trade: str, form: str) -> None:
    name = company_name(text)
    assert " ".join(name.texts) == own
    assert (not trade and not name.trades) or trade in name.trades
    assert name.forms == ({form} if form else set())


def test_arabic_script_knows_its_trades_and_forms() -> None:
    name = company_name("شركة النورس للتجارة ذ.م.م")
    assert "trade" in name.trades and "company" in name.forms and name.unvowelled and name.texts == ("nwrs",)


def test_a_branch_loses_its_town() -> None:
    assert company_name("Çınarlı Kimya A.Ş. Mersin Şubesi").texts == ("cinarli",)


@pytest.mark.parametrize("text", ["", "...", "\x00\x01", "   "])
def test_a_name_without_a_letter_has_no_words(text: str) -> None:
    assert company_name(text).words == ()


@given(st.text(max_size=600))
def test_any_text_is_read_and_its_case_does_not_matter_in_ascii(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert company_name(plain).texts == company_name(plain.upper()).texts
    assert len(company_name(text).words) <= 14
