"""Words: both languages say the same things; numbers and dates as their readers write them."""

from __future__ import annotations

import string

import pytest

from graphintel.viz.style import Language
from graphintel.viz.words import number, say, when, words


def slots(text: str) -> set[str]:
    """The names of the values that a sentence takes."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_slots() -> None:
    english, turkish = words()["en"], words()["tr"]
    assert english.keys() == turkish.keys()
    for key, text in english.items():
        assert text
        assert slots(text) == slots(turkish[key])


@pytest.mark.parametrize(("language", "shown"), [("en", "1,250.5"), ("tr", "1.250,5")])
def test_numbers(language: Language, shown: str) -> None:
    assert number(1250.5, language) == shown


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("2025-03-09", "en", "9 Mar 2025"),
        ("2025-02-09", "tr", "9 Şub 2025"),
        ("2025-04-02T09:30:00+00:00", "en", "2 Apr 2025 09:30 UTC"),
        ("2025-04-02T09:30:00", "tr", "2 Nis 2025 09:30"),
        ("2019", "en", "2019"),
        ("2019-05", "en", "2019-05"),
        ("no date at all", "en", "no date at all"),
        ("2025-99-99", "tr", "2025-99-99"),
        ("", "en", ""),
    ],
)
def test_times(text: str, language: Language, shown: str) -> None:
    assert when(text, language) == shown


def test_a_sentence_is_filled_in_and_an_unknown_key_is_an_error() -> None:
    assert say("en", "events", n=42) == "42 events"
    with pytest.raises(KeyError):
        say("en", "no such key")
