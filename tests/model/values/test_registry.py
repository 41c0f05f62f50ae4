"""What holds for every value type, whatever the text."""

from __future__ import annotations

import csv
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graphintel.model.kinds import KINDS
from graphintel.model.links import LINKS
from graphintel.model.values import TYPES, clean, key, tables, tidy

HINTS: list[dict[str, str]] = [
    {},
    {"country": "TR"},
    {"country": "DE", "source": "sample", "office": "1", "year": "2024"},
]
_PIECES = (
    "34 ABC 123 CSQU3054383 1.234,56 31.02.2024 2024-03-05T14:30Z +90 0532 EUR kg İstanbul ığüşöç ΑΒΓ Путь تركيا , . /"
    " - ß \u0149 \u202e \x00 \ud800 \u00b2 \u2460 \u2167 \ufb01 1E9 9.9e99 TUR/001/1 P<TUR << 12:61 € ₺ tons May"
)
PIECES = st.sampled_from(_PIECES.split(" "))
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(PIECES, max_size=6).map("".join),
    st.lists(PIECES, max_size=6).map(" ".join),
)


@settings(deadline=None)  # the first text loads the phone and airport tables
@given(TEXTS, st.sampled_from(HINTS))
@example("", {})
@example(" \u2028\ud800\u202e", {"country": "TR"})
@example("9" * 5000, {"country": "TR"})
def test_every_type_takes_every_text(raw: str, hints: dict[str, str]) -> None:
    for name, kind in TYPES.items():
        value = kind.clean(raw, hints)
        assert value.raw == raw
        assert not any(
            unicodedata.category(letter) == "Cc" or letter in "\u200e\u200f\u202e\u2066"
            for letter in value.normal
        )
        assert value.normal == unicodedata.normalize("NFC", value.normal) == value.normal.strip()
        assert value.normal.encode("utf-8").decode("utf-8") == value.normal
        assert kind.clean(value.normal, hints).normal == value.normal, name
        if value.verdict == "invalid":
            assert kind.key(value, hints) is None, name


@given(TEXTS)
def test_remembered_and_fresh_agree(raw: str) -> None:
    for name in ("plate", "text", "date"):
        assert clean(name, raw, country="TR") == TYPES[name].clean(raw, {"country": "TR"})


def test_every_declared_property_has_a_type() -> None:
    declared = {item.type for kind in KINDS.values() for item in kind.properties}
    declared |= {item.type for link in LINKS.values() for item in link.properties}
    assert declared <= set(TYPES)


def test_every_type_says_what_it_is_and_empty_text_claims_nothing() -> None:
    for name, kind in TYPES.items():
        assert kind.name == name
        assert kind.help.endswith(".")
        assert clean(name, "  ") == ("  ", "", "unknown", ())
        assert kind.strong is False or key(name, clean(name, "")) is None


def test_strong_types_are_the_agreed_ones() -> None:
    agreed = "container imo imo_company vin plate aircraft_registration national_id tax_id nipt lei eori iban passport mrz"
    agreed += " phone mrn registration hs locode iata office"
    assert {name for name, kind in TYPES.items() if kind.strong} == set(agreed.split())


def test_shipped_tables_have_one_width() -> None:
    for path in tables.HERE.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert len({len(row) for row in csv.reader(file)}) == 1, path


def test_unknown_type_is_an_error() -> None:
    with pytest.raises(KeyError):
        clean("licence", "x")


@pytest.mark.parametrize(
    ("raw", "normal"), [("a\r\n b\t c", "a b c"), ("e\u0301", "é"), ("\ufeffx\u200b y\x07", "x y")]
)
def test_tidy(raw: str, normal: str) -> None:
    assert tidy(raw) == normal


def test_a_declaration_row_is_cleaned_fast_enough() -> None:
    row = ("text", "name", "number", "number", "number", "integer", "date", "hs", "country", "country", "currency", "mode",
           "plate", "trader_code", "office")  # fmt: skip
    cells = ["Örnek eşya", "Örnek Nakliyat A.Ş.", "{}.5", "{}", "1{}.25", "7", "05.03.2024", "240220", "TR", "DE", "EUR", "30",
             "34AB{:04}", "T{}", "061600"]  # fmt: skip
    started = time.process_time()
    for number in range(2000):
        for name, cell in zip(row, cells, strict=True):
            clean(name, cell.format(number), country="TR")
    # Twenty thousand rows a second are meant; a tenth of that fails here, so that a busy machine does not.
    assert (time.process_time() - started) / 2000 < 1 / 2000
