"""Every identifier's rule with two numbers that pass and two that fail."""

from __future__ import annotations

import pytest

from graphintel.model.values import checks, clean, key

TR = {"country": "TR"}
VECTORS: list[tuple[str, dict[str, str], tuple[str, ...], tuple[str, ...]]] = [
    ("container", {}, ("CSQU3054383", "MSKU9070323"), ("CSQU3054384", "CONU1234567")),
    ("imo", {}, ("9074729", "9811000"), ("9074728", "9395045")),
    ("imo_company", {}, ("0312231", "1304469"), ("0312232", "1304468")),
    ("mmsi", {}, ("271002345", "003669999"), ("123456789", "2711234567")),
    ("vin", {}, ("1M8GDM9AXKP042788", "1HGCM82633A004352"), ("1M8GDM9AYKP042788", "1M8GDM9AXKPO42788")),
    ("iban", {}, ("TR330006100519786457841326", "BG80BNBG96611020345678"),
     ("TR330006100519786457841327", "BG80BNBG96611020345679")),
    ("national_id", TR, ("10000000146", "12345678950"), ("10000000147", "11111111111")),
    ("tax_id", TR, ("4540536920", "1234567890"), ("4540536921", "1234567891")),
    ("plate", TR, ("34 ABC 123", "31U1234"), ("82 AB 123", "34 QA 123")),
    ("mrn", {}, ("25GB4TNV8LHQQPOAA5", "99IT9876AB88901209"), ("21GBCDS123456789R1", "24DE586600133857B3")),
    ("eori", {}, ("GB427168118378", "XI896458895023"), ("G1234567", "TR-12345")),
    ("awb", {}, ("235-12345675", "020-12345675"), ("235-12345678", "020-12345670")),
    ("lei", {}, ("5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55"), ("5493001KJTIIGC8Y1R13", "529900T8BM49AURSDO56")),
    ("s10", {}, ("RB123456785GB", "RR473124829DE"), ("RB123456786GB", "RR473124828DE")),
    ("imei", {}, ("490154203237518", "356938035643809"), ("490154203237519", "356938035643808")),
    ("nipt", {}, ("K61510016A", "L31311005F"), ("K6151001A", "161510016A")),
    ("locode", {}, ("TRMER", "TRTZX"), ("TRME1", "TR0AB")),
    ("tir", {}, ("TUR/001/123", "XA12345678"), ("TR/001/123", "TUR/1/123")),
    ("bill_of_lading", {}, ("MAEU123456789", "ZIMUIST0012345"), ()),
    ("country", {}, ("TR", "TUR", "792", "XK"), ("UK", "EL")),
    ("hs", {}, ("240220", "300490"), ("770100", "24022")),
    ("iata", {}, ("IST", "TXL"), ("QQQ", "IS")),
    ("email", {}, ("depo@ornek.com.tr", "a.b+c@ornek.example"), ("depo@ornek", "depo ornek.com")),
    ("flight", {}, ("TK 1234", "A3990"), ("TK", "1234567")),
    ("aircraft_registration", {}, ("TC-JJF", "N123AB"), ("QQ-123", "TC-JJFXXXXX")),
    ("passport", TR, ("U1234567", "U12345678"), ("U1", "0000000")),
    ("phone", TR, ("0532 123 45 67", "+905321234567"), ("+90 1", "12")),
    ("office", TR, ("061600", "341200"), ("61600", "ABCDEF")),
    ("registration", {}, ("16061600EX012345", "24 341200 IM 000017"), ()),
]  # fmt: skip
GOOD = [(name, hints, raw) for name, hints, good, _ in VECTORS for raw in good]
BAD = [(name, hints, raw) for name, hints, _, bad in VECTORS for raw in bad]


@pytest.mark.parametrize(("name", "hints", "raw"), GOOD)
def test_good_number_is_valid(name: str, hints: dict[str, str], raw: str) -> None:
    assert clean(name, raw, **hints).verdict == "valid"


@pytest.mark.parametrize(("name", "hints", "raw"), BAD)
def test_bad_number_is_flagged_kept_and_has_no_key(name: str, hints: dict[str, str], raw: str) -> None:
    value = clean(name, raw, **hints)
    assert (value.verdict, value.raw) == ("invalid", raw)
    assert value.normal
    assert key(name, value, **hints) is None


@pytest.mark.parametrize(
    ("name", "raw", "hints", "expected"),
    [
        ("plate", "34 abc 123", TR, "plate:TR:34ABC123"),
        ("plate", "co 1234 ab", {"country": "BG"}, "plate:BG:CO1234AB"),
        ("container", "csqu 305438-3", {}, "container:CSQU3054383"),
        ("imo", "IMO 9074729", {}, "imo:9074729"),
        ("country", "Türkiye", {}, "country:TR"),
        ("hs", "2402.20.90.00.00", {"vintage": "2022"}, "hs:240220"),
        ("phone", "0532 123 45 67", TR, "phone:+905321234567"),
        ("tax_id", "454 053 6920", TR, "tax:TR:4540536920"),
        ("tax_id", "10000000146", TR, "tax:TR:10000000146"),
        ("nipt", "K61510016A", {}, "tax:AL:K61510016A"),
        ("tax_id", "K61510016A", {"country": "Shqipëria"}, "tax:AL:K61510016A"),
        ("passport", "U 1234567", TR, "passport:TR:U1234567"),
        ("national_id", "10000000146", TR, "national_id:TR:10000000146"),
        ("bill_of_lading", "MAEU123456789", {}, "bol:MAEU:123456789"),
        ("bill_of_lading", "123456789", {"carrier": "maeu"}, "bol:MAEU:123456789"),
        ("registration", "16061600EX012345", {}, "registration:TR:16061600EX012345"),
        ("registration", "C 1043", {"office": "al0101", "year": "2019"}, "registration:AL0101:2019:C1043"),
        ("trader_code", "fpr6gx1", {"source": "kcs-declarations"}, "trader:kcs-declarations:FPR6GX1"),
        ("aircraft_registration", "tc-jjf", {}, "aircraft:TCJJF"),
        ("office", "061600", TR, "office:TR:061600"),
        ("office", "DE004600", {}, "office:DE:DE004600"),
        ("mmsi", "271002345", {}, "mmsi:271002345"),
    ],
)
def test_key(name: str, raw: str, hints: dict[str, str], expected: str) -> None:
    assert key(name, clean(name, raw, **hints), **hints) == expected


@pytest.mark.parametrize(
    ("name", "raw"),
    [("plate", "34 ABC 123"), ("tax_id", "4540536920"), ("passport", "U1234567"), ("phone", "0532 123 45 67"),
     ("registration", "C 1043"), ("trader_code", "FPR6GX1"), ("bill_of_lading", "123456789")],
)  # fmt: skip
def test_without_its_context_a_number_is_nobodys_identity(name: str, raw: str) -> None:
    value = clean(name, raw)
    assert value.verdict == "unknown"
    assert key(name, value) is None


def test_check_digit_of_a_european_vin_is_a_warning_only() -> None:
    value = clean("vin", "WDB9634031L123456")
    assert (value.verdict, value.part("check"), value.part("maker")) == ("valid", "fails", "Mercedes-Benz")


@pytest.mark.parametrize(("field", "digit"), [("L898902C3", 6), ("740812", 2)])
def test_machine_readable_field(field: str, digit: int) -> None:
    assert checks.mrz(field) == digit
    assert checks.mrz(field) != digit - 1


def test_weak_waybill_check_lets_lookalikes_pass() -> None:
    assert clean("awb", "235-82345675").verdict == "valid"
    assert clean("awb", "555-12345678").verdict == "invalid"


def test_parts_say_what_a_number_holds() -> None:
    assert dict(clean("registration", "16061600EX012345").parts) == {
        "year": 2016, "office": "061600", "regime": "EX", "serial": 12345,
    }  # fmt: skip
    assert clean("mmsi", "271002345").part("country") == "TR"
    assert clean("hs", "99010000").part("use") == "national"
    assert clean("mrn", "25GB4TNV8LHQQPOAA5").part("country") == "GB"
    assert clean("mrn", "25GB4TNV8LHQQPOAA5").part("nothing") is None


@pytest.mark.parametrize(("country", "raw", "verdict"), [
    ("IR", "14004563217", "valid"),
    ("GE", "0000000", "invalid"),
    ("GE", "123456789", "invalid"),
    ("DE", "DE136695976", "valid"),
    ("DE", "12345", "unknown"),
])  # fmt: skip
def test_foreign_tax_numbers_by_their_rule_or_by_shape(country: str, raw: str, verdict: str) -> None:
    assert clean("tax_id", raw, country=country).verdict == verdict
