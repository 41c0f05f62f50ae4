"""What a mention is compared by: every stated field in its normal form, nothing from what says nothing."""

from __future__ import annotations

from fabric import mention

from graphintel.model.values import clean
from graphintel.resolve.features import Birth, described, features
from graphintel.resolve.normalise.identifiers import Identifier


def test_a_persons_fields() -> None:
    found = features(
        mention("s", "Person", name="Yorgo Vasilakis", alias="Γιώργος Βασιλάκης", birth_date="1961-07-12", gender="M",
                nationality="GR", national_id="10000000146", national_id_country="TR"),
        beside=(("phone", clean("phone", "0532 123 45 67", country="TR")), ("address", clean("text", "Gül Cad. 4"))),
    )  # fmt: skip
    assert [name.texts for name in found.names] == [("yorgo", "vasilakis"), ("giorgos", "vasilakis")]
    assert found.births == (Birth(1961, 7, 12),) and found.gender == "male" and found.countries == {"GR"}
    assert found.identifiers == (Identifier("national_id", "10000000146", "TR", True),)
    assert found.phones == {"+905321234567"} and found.addresses[0].numbers == {"4"}


def test_skeletons_are_the_same_in_any_script() -> None:
    latin, arabic = (
        described("Person", "", (("name", clean("name", text)),)) for text in ("Mohammed Hasan", "محمد حسن")
    )
    assert latin.skeletons == arabic.skeletons != ()


def test_a_companys_address_takes_its_town_and_country() -> None:
    found = features(
        mention("s", "Company", name="Çınarlı Gıda A.Ş.", tax_id="4540536920", tax_country="TR", country="TR",
                address="Gül Cad. 4", city="Bursa", postcode="16000")
    )  # fmt: skip
    (where,) = found.addresses
    assert (where.city, where.postcode, where.country) == ("bursa", "16000", "TR")
    assert found.identifiers[0].country == "TR" and found.countries == {"TR"}


def test_a_number_is_one_by_its_kind() -> None:
    assert features(mention("s", "Container", number="CSQU3054383")).identifiers[0].scheme == "container"
    assert features(mention("s", "Phone", number="+905321234567")).phones == {"+905321234567"}
    assert features(mention("s", "Vessel", name="Mavi", imo="9074729")).identifiers[0].valid is True
    assert features(mention("s", "Address", text="Gül Cad. 4")).addresses


def test_dates_keep_what_they_say_and_bad_ones_say_nothing() -> None:
    births = [
        described("Person", "", (("birth_date", clean("date", text)),)).births
        for text in ("1961", "1961-07", "31/31/31")
    ]
    assert births == [(Birth(1961),), (Birth(1961, 7),), ()]


def test_a_mention_that_says_nothing_has_nothing_to_compare() -> None:
    found = described("Person", "x", (("name", clean("name", " ")), ("note", clean("text", "seen"))))
    assert not (found.names or found.skeletons or found.identifiers or found.addresses)
