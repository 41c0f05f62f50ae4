"""Plain words for results, in English and Turkish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Words(NamedTuple):
    """One sentence or two in both languages of the program."""

    en: str
    tr: str


def listed(names: Sequence[str], shown: int = 2) -> str:
    """The first names and how many more there are: `Aras Nakliyat, 34 ABC 123 +5`; needs no language."""
    text = ", ".join(names[:shown])
    return f"{text} +{len(names) - shown}" if len(names) > shown else text
