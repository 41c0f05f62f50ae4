"""Blocking keys: which two statements of a thing meet, and which do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fabric import mention
from hypothesis import given
from hypothesis import strategies as st

from graphintel.resolve.candidates.keys import WORTH, asked, stored
from graphintel.resolve.features import Features, features


def seen(kind: str, **values: str) -> Features:
    """The features of an invented mention."""
    return features(mention("s", kind, **values))


def met(one: Features, other: Features) -> set[str]:
    """The rules by which one finds the other."""
    return {key.rule for key in set(asked(one)) & set(stored(other))}


def test_a_name_in_another_script_is_met() -> None:
    latin = seen("Person", name="Murat Bozdereli", birth_date="1974-03-09")
    assert {"pair", "name-year", "born"} <= met(
        seen("Person", name="Боздерели Мурат", birth_date="1974-03-09"), latin
    )
    assert met(seen("Person", name="Sevgi Taşpınar"), latin) == set()


def test_day_and_month_exchanged_meet_only_when_asked() -> None:
    stated, flipped = (
        seen("Person", name="A B", birth_date="1974-03-09"),
        seen("Person", name="C D", birth_date="1974-09-03"),
    )
    assert met(stated, flipped) == {"born"} and met(flipped, stated) == {"born"}
    assert not {key for key in stored(stated) if key.rule == "born"} & set(stored(flipped))


@pytest.mark.parametrize("other", ["34 ABC 124", "34 ABC 13", "34 ABBC 123", "34 ABC 1123"])
def test_a_plate_one_stroke_away_is_met(other: str) -> None:
    assert "near-number" in met(
        seen("Vehicle", plate=other, plate_country="TR"),
        seen("Vehicle", plate="34 ABC 123", plate_country="TR"),
    )


def test_a_plate_two_strokes_away_is_not() -> None:
    assert met(seen("Vehicle", plate="34 ABD 124"), seen("Vehicle", plate="34 ABC 123")) == set()


def test_kinds_do_not_meet() -> None:
    assert met(seen("Company", name="Bozdereli Orhan"), seen("Person", name="Bozdereli Orhan")) == set()


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (lambda: seen("Company", name="X", tax_id="4540536920", tax_country="TR"),
         lambda: seen("Company", name="Y", tax_id="454 053 69 20", tax_country="TR"), "number"),
        (lambda: seen("Phone", number="+90 532 000 12 34"), lambda: seen("Phone", number="0532 000 12 34"), "phone"),
        (lambda: seen("Company", name="X", email="Bilgi@ornek.test"),
         lambda: seen("Company", name="Y", email="bilgi@ornek.test"), "email"),
        (lambda: seen("Address", text="Çınar Sok. No: 12", city="Mersin"),
         lambda: seen("Address", text="CINAR SOKAK 12", city="MERSIN"), "house"),
        (lambda: seen("Company", name="Bozdereli Nakliyat Ltd. Şti."),
         lambda: seen("Company", name="BOZDERELİ LOJİSTİK A.Ş."), "name"),
    ],
)  # fmt: skip
def test_each_rule(one: Callable[[], Features], other: Callable[[], Features], rule: str) -> None:
    assert rule in met(one(), other())


@given(st.text(max_size=200))
def test_any_text_has_keys_that_find_it_again(text: str) -> None:
    made = seen("Person", name=text, birth_date="1974-03-09")
    assert set(stored(made)) <= set(asked(made))
    assert {key.rule for key in asked(made)} <= set(WORTH)
    assert all(-(2**63) <= key.number < 2**63 for key in asked(made)) and len(asked(made)) < 200
