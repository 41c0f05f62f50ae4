"""Labels: nothing drawn that is not seen, cut between what readers see as characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graphintel.viz.labels import SYMBOL, clean, cut_end, cut_middle, graphemes, label_lines, text_width, wrap

ANY = some.text(max_size=80)


@given(ANY)
def test_no_control_character_is_ever_drawn(text: str) -> None:
    for letter in clean(text):
        assert unicodedata.category(letter) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(letter) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )


@given(ANY)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY)
def test_graphemes_lose_nothing(text: str) -> None:
    assert "".join(graphemes(text)) == text


@given(ANY, some.integers(8, 30))
def test_cut_labels_keep_their_width(text: str, width: int) -> None:
    assert len(graphemes(cut_end(text, width))) <= width
    assert len(graphemes(cut_middle(text, width))) <= width
    assert len(wrap(text, width, 2)) <= 2
    assert all(len(graphemes(line)) <= width for line in wrap(text, width, 2))


def test_hostile_characters_show_as_a_symbol() -> None:
    assert clean("exe.\u202efdp") == f"exe.{SYMBOL}fdp"
    assert clean("a\x00b\x1b[31m") == f"a{SYMBOL}b{SYMBOL}[31m"
    assert clean("lone \ud800") == f"lone {SYMBOL}"
    assert clean("two\nlines\tand tabs") == "two lines and tabs"


def test_heaped_accents_are_cut_to_three() -> None:
    assert clean("Z" + "\u0351" * 50 + "a") == "Z" + "\u0351" * 3 + "a"
    assert clean("Nguyễn Việt") == "Nguyễn Việt"


@pytest.mark.parametrize(
    ("text", "count"),
    [("abc", 3), ("e\u0301a", 2), ("👩‍👩‍👧‍👦", 1), ("🇹🇷🇧🇬", 2), ("👍🏽!", 2), ("سمير", 4)],
)
def test_graphemes_are_what_a_reader_counts(text: str, count: int) -> None:
    assert len(graphemes(text)) == count


def test_names_lose_their_end_and_identifiers_their_middle() -> None:
    assert label_lines("Düşsel Tekstil Ticaret Limited Şirketi", "Company") == (
        "Düşsel Tekstil",
        "Ticaret Limited Şir…",
    )
    assert label_lines("TR000000000000000000098765", "Account") == ("TR000000000000…98765",)
    assert label_lines("34 XYZ 001", "Vehicle") == ("34 XYZ 001",)
    assert label_lines("", "Person") == ()


def test_a_ten_kilobyte_label_takes_two_lines() -> None:
    assert label_lines("x" * 10_240, "Company") == ("x" * 20, "x" * 19 + "…")


def test_width_grows_with_the_text_and_not_with_its_accents() -> None:
    assert text_width("mmmm", 12) > text_width("iiii", 12) > 0
    assert text_width("e\u0301", 12) == text_width("e", 12)
    assert text_width("関", 12) == 12
