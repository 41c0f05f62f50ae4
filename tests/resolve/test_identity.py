"""Identity by rule: equal valid strong identifiers unite, a name never does."""

from __future__ import annotations

import pytest
from fabric import mention

from graphintel.resolve.identity import keys


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (
            "Vehicle",
            {"plate": "34 ABC 123", "plate_country": "TR"},
            {"plate": "34abc123", "plate_country": "TR"},
        ),
        ("Vehicle", {"vin": "1M8GDM9AXKP042788"}, {"vin": "1m8gdm9axkp042788"}),
        ("Container", {"number": "CSQU3054383"}, {"number": "CSQU 305438-3"}),
        ("Vessel", {"imo": "9074729"}, {"imo": "IMO 9074729"}),
        (
            "Vessel",
            {"mmsi": "271002345", "name": "Mavi Yıldız"},
            {"mmsi": "271002345", "name": "MAVI YILDIZ"},
        ),
        (
            "Company",
            {"tax_id": "4540536920", "tax_country": "TR"},
            {"tax_id": "4540536920", "tax_country": "TR"},
        ),
        ("Phone", {"number": "+905321234567"}, {"number": "+90 532 123 45 67"}),
        ("Account", {"iban": "TR330006100519786457841326"}, {"iban": "TR33 0006 1005 1978 6457 8413 26"}),
        ("Place", {"place_key": "gate:kapikule"}, {"place_key": "gate:kapikule", "name": "Kapıkule"}),
        (
            "Company",
            {"registry_no": "HRB 7", "registry_country": "DE"},
            {"registry_no": "HRB 7", "registry_country": "DE"},
        ),
        ("Declaration", {"number": "77", "office": "061600"}, {"number": "77", "office": "061600"}),
    ],
)
def test_equal_strong_identifiers_share_a_key(kind: str, one: dict[str, str], other: dict[str, str]) -> None:
    first, second = keys(mention("a", kind, **one)), keys(mention("b", kind, **other))
    assert set(first) & set(second)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("Person", {"name": "Ahmet Yılmaz"}),
        ("Company", {"name": "Deneme Gıda A.Ş."}),
        ("Container", {"number": "CONU1234567"}),
        ("Vessel", {"imo": "9074728"}),
        ("Company", {"tax_id": "4540536921", "tax_country": "TR"}),
        ("Vessel", {"mmsi": "271002345"}),
        ("Declaration", {"number": "77"}),
        ("Company", {"name": "Deneme", "country": "TR"}),
    ],
)
def test_names_and_failed_identifiers_have_no_key(kind: str, values: dict[str, str]) -> None:
    assert keys(mention("a", kind, **values)) == ()


def test_a_trader_code_unites_only_with_its_name_and_within_one_source() -> None:
    same = (
        keys(mention("a", "Company", trader_code="X1", name="Deneme")),
        keys(mention("a", "Company", trader_code="X1", name="DENEME")),
    )
    other_name = keys(mention("a", "Company", trader_code="X1", name="Başka"))
    other_source = keys(mention("b", "Company", trader_code="X1", name="Deneme"))
    assert same[0] == same[1] and not set(same[0]) & (set(other_name) | set(other_source))


def test_a_person_and_a_company_never_share_a_key() -> None:
    company = keys(mention("a", "Company", eori="GB427168118378"))
    person = keys(mention("a", "Person", eori="GB427168118378"))
    assert company and person and not set(company) & set(person)
