"""Free text, names and codes without a rule of their own."""

from __future__ import annotations

from graphintel.model.values.value import Hints, Value, capitals, tidy


def clean_text(raw: str, hints: Hints) -> Value:
    """Any text: valid when something is left after tidying."""
    normal = tidy(raw)
    return Value(raw, normal, "valid" if normal else "unknown")


def clean_name(raw: str, hints: Hints) -> Value:
    """A name of a person, firm, ship or place: valid when it has a letter."""
    normal = tidy(raw)
    return Value(raw, normal, "valid" if any(letter.isalpha() for letter in normal) else "unknown")


def clean_code(raw: str, hints: Hints) -> Value:
    """A code of one source (trader, seal): capitals, never judged, since only its issuer knows the rule."""
    return Value(raw, capitals(raw), "unknown")
