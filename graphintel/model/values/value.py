"""A value as every type returns it: what the source wrote, what it means, and whether it can be true."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal, NamedTuple

from graphintel.model.fold import compact

Verdict = Literal["valid", "invalid", "unknown"]
Part = str | int | float
Hints = Mapping[str, str]


class Value(NamedTuple):
    """One cleaned value: raw as given, normal for comparing and drawing, verdict, and what it says in parts."""

    raw: str
    normal: str
    verdict: Verdict
    parts: tuple[tuple[str, Part], ...] = ()

    def part(self, name: str) -> Part | None:
        """One part by name, such as the country of a plate or the precision of a date; None if it says none."""
        for key, content in self.parts:
            if key == name:
                return content
        return None


# C0, C1, bidi marks and overrides, zero-width space and joiner, soft hyphen, byte order mark; whitespace among them
# (tab, line ends) becomes a space first. A lone surrogate cannot be written as UTF-8.
_SPACES = re.compile(r"\s+")
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_CODE = 40


def tidy(raw: str) -> str:
    """Text that is safe to draw: NFC, trimmed, single spaces, without control and bidi characters."""
    if raw.isascii():
        if not raw.isprintable():
            raw = _HIDDEN.sub("", _SPACES.sub(" ", raw))
        return " ".join(raw.split()) if "  " in raw else raw.strip()
    text = _HIDDEN.sub("", _SPACES.sub(" ", raw))
    text = unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", text))
    return " ".join(text.split())


def capitals(raw: str) -> str:
    """Tidy text in capitals if it is plain ASCII; other scripts are left, since their capitals do not round-trip."""
    text = tidy(raw)
    return text.upper() if text.isascii() else text


def code_of(raw: str) -> str:
    """An identifier as capitals and digits; a text that is none (no digit, too long) stays a tidy text."""
    short = compact(raw)
    if len(short) <= _LONGEST_CODE and any(letter.isdigit() for letter in short):
        return short
    return tidy(raw)


def judged(raw: str, normal: str, good: bool, *parts: tuple[str, Part]) -> Value:
    """A value whose rule was applied; an empty one stays unknown, since nothing was claimed."""
    if not normal:
        return Value(raw, "", "unknown")
    return Value(raw, normal, "valid" if good else "invalid", parts)
