"""The score of a pair: contributions add up, symmetric, unmoved by spelling, moved by what speaks against it."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.model.values import clean
from graphintel.resolve.columns import flat
from graphintel.resolve.features import Features, described
from graphintel.resolve.normalise.identifiers import Identifier
from graphintel.resolve.score import score, shipped

GIVEN = (
    "Yorgo",
    "Şükrü",
    "Fatma",
    "Kemal",
    "Іван",
    "Γιάννης",
    "Hüseyin",
    "Zeynep",
    "Иван",
    "محمد",
    "Levan",
    "Agron",
)
SURNAMES = (
    "Taşdelenli",
    "Ilgazoğlu",
    "Гарвалов",
    "Kastrinos",
    "Marmelashvili",
    "درويشاني",
    "Üçgülcü",
    "Brankovan",
)
PEOPLE = st.lists(st.sampled_from(GIVEN + SURNAMES), min_size=1, max_size=4).map(" ".join)
DATES = st.sampled_from(("", "1961-07-12", "1961-12-07", "1961", "1988-01-30", "1988-01-31"))
PHONES = st.sampled_from(("", "+905321234567", "+359885123456"))
HOUSES = st.sampled_from(("", "Gül Cad. 4 Bursa", "Lale Sok. 9 Edirne", "Gül Cad. 4"))
IDS = st.sampled_from(("", "10000000146", "12345678950", "10000000147"))


def person(**fields: str) -> Features:
    """A person from the fields of a flat record."""
    read = flat({name: text for name, text in fields.items() if text}, kind="Person")
    return described("Person", "x", read.stated)


def thing(kind: str, **fields: str) -> Features:
    """A thing of a kind from the fields of a flat record."""
    return described(kind, "x", flat(fields, kind=kind).stated)


PERSONS = st.builds(person, name=PEOPLE, dob=DATES, phone=PHONES, address=HOUSES, national_id=IDS)


@given(PERSONS, PERSONS)
def test_contributions_add_up_and_the_order_of_two_does_not_matter(one: Features, other: Features) -> None:
    found, mirrored = score(one, other), score(other, one)
    assert math.isclose(sum(part.bits for part in found.contributions), found.bits, abs_tol=1e-6)
    assert math.isclose(found.bits, mirrored.bits, abs_tol=1e-6) and 0 <= found.probability <= 1
    assert found.automatic == mirrored.automatic


@given(st.lists(st.sampled_from(SURNAMES), min_size=2, max_size=3, unique=True), PERSONS)
def test_case_diacritics_and_the_order_of_words_hardly_move_it(words: list[str], other: Features) -> None:
    plain = score(person(name=" ".join(words)), other).probability
    # Turkish capitals of dotted letters are their own test: upper() is English.
    for text in (
        " ".join(words).lower(),
        unicodedata.normalize("NFD", " ".join(words)),
        " ".join(reversed(words)),
    ):
        assert abs(score(person(name=text), other).probability - plain) < 0.05


def test_turkish_case_does_not_move_it() -> None:
    other = person(name="Işıl İlkiz")
    probabilities = {
        score(person(name=text), other).probability for text in ("IŞIL İLKİZ", "ışıl ilkiz", "ISIL ILKIZ")
    }
    assert max(probabilities) - min(probabilities) < 0.05 and min(probabilities) > 0.5


@given(PERSONS, PERSONS)
def test_a_clashing_valid_number_always_lowers_it(one: Features, other: Features) -> None:
    left, right = (
        replace(side, identifiers=(*side.identifiers, Identifier("lei", number, "", True)))
        for side, number in ((one, "529900T8BM49AURSDO55"), (other, "5493001KJTIIGC8Y1R12"))
    )
    assert score(left, right).bits < score(one, other).bits


FATHER = {
    "name": "Mehmet Taşdelenli",
    "dob": "1952-03-10",
    "phone": "+902845550001",
    "address": "Lale Sok. 4 Edirne",
}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (FATHER, FATHER | {"name": "Ali Taşdelenli", "dob": "1980-11-01"}),
        (FATHER, FATHER | {"dob": "1980-11-01"}),
        (FATHER | {"name": "Martin Kellermann Sr."}, FATHER | {"name": "Martin Kellermann Jr."}),
        (FATHER, FATHER | {"name": "Ahmet Taşdelenli"}),
        (FATHER, FATHER | {"name": "Memduh Taşdelenli"}),
        ({"name": "Nihat Akıncıoğlu", "national_id": "10000000146", "dob": "1960-01-02"},
         {"name": "Sevgi Durmazlar", "national_id": "10000000146", "dob": "1981-05-06"}),
        ({"name": "Nihat Akıncıoğlu", "national_id": "10000000146", "gender": "M"},
         {"name": "Nihal Akıncıoğlu", "national_id": "10000000146", "gender": "F"}),
        ({"name": "Nihat Akıncıoğlu"}, {"name": "Nihat Akıncıoğlu"}),
        ({"name": "Nihat Akıncıoğlu", "dob": "1960-01-02"}, {"name": "Nihat Akıncıoğlu", "dob": "1960-01-02"}),
    ],
)  # fmt: skip
def test_relatives_one_number_for_two_and_bare_names_are_never_automatic(
    left: dict[str, str], right: dict[str, str]
) -> None:
    assert not score(person(**left), person(**right)).automatic


def test_a_checked_number_with_the_name_is_automatic() -> None:
    found = score(person(name="Nihat Akıncıoğlu", national_id="10000000146", dob="1960-01-02"),
                  person(name="AKINCIOGLU NIHAT", national_id="10000000146"))  # fmt: skip
    assert found.automatic and {part.field for part in found.contributions} == {"name", "national_id"}


@pytest.mark.parametrize(
    ("kind", "left", "right", "same"),
    [
        ("Vessel", {"name": "Mavi Deniz"}, {"name": "MAVI DENIZ"}, False),
        ("Vessel", {"name": "Mavi Deniz", "imo": "9074729"}, {"name": "Blue Pearl", "imo": "IMO 9074729"}, True),
        ("Vessel", {"name": "Mavi Deniz", "imo": "9074729"}, {"name": "Mavi Deniz", "imo": "9811000"}, False),
        ("Vehicle", {"plate": "34 KLM 482"}, {"plate": "34klm482"}, True),
        ("Vehicle", {"plate": "34 KLM 482"}, {"plate": "34 KLM 483"}, False),
        ("Vehicle", {"plate": "34 KLM 482/34 PRS 771"}, {"plate": "34 PRS 771"}, True),
        ("Container", {"container": "CSQU3054383"}, {"container": "CSQU 305438 3"}, True),
        ("Container", {"container": "CSQU3054383"}, {"container": "CSQU3054384"}, True),
        ("Container", {"container": "CSQU3054383"}, {"container": "MSKU9070323"}, False),
        ("Company", {"name": "Çınarlı Gıda", "tax_id": "4540536920"}, {"name": "Vadi Gıda", "tax_id": "4540536920"}, True),
        ("Company", {"name": "Çınarlı Gıda", "tax_id": "4540536920"}, {"name": "Çınarlı Gıda", "tax_id": "1234567890"}, False),
        ("Company", {"name": "Öz Kardeşler Nakliyat"}, {"name": "Öz Kardeşler Turizm"}, False),
        ("Company", {"name": "Yıldız Dış Ticaret Limited Şirketi"}, {"name": "YILDIZ DIS TIC. LTD. STI."}, True),
    ],
)  # fmt: skip
def test_the_number_decides_for_things_and_the_trade_for_firms(
    kind: str, left: dict[str, str], right: dict[str, str], same: bool
) -> None:
    found = score(thing(kind, **left), thing(kind, **right))
    assert (found.probability >= shipped().cut) is same


def test_things_of_two_kinds_are_never_one() -> None:
    found = score(thing("Company", name="Çınarlı"), person(name="Çınarlı"))
    assert found.probability < 1e-9 and found.contributions[0].field == "kind"


@given(
    st.text(max_size=60), st.text(max_size=60), st.sampled_from(("Person", "Company", "Vessel", "Address"))
)
def test_any_two_texts_have_a_score(left: str, right: str, kind: str) -> None:
    one, other = (described(kind, "x", (("name", clean("name", text)),)) for text in (left, right))
    assert math.isfinite(score(one, other).bits)
