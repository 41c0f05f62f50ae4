"""The fonts of pictures: which letters are drawn in which face, those faces as embedded rules, and how wide letters are.

Files and their letters are those of `viz/fonts/fonts.css`, which the browser app reads too.
"""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import orjson

from graphintel.content import shelf
from graphintel.viz.style import look

Face = tuple[str, int]
Letters = dict[Face, set[int]]
REGULAR, BOLD = 400, 600
_RULE = re.compile(
    r'font-family: "([^"]+)";\s+font-weight: (\d+);.*?url\("\./([^"]+)"\).*?unicode-range:([^;]+);', re.DOTALL
)
# What a browser sets in bold by itself, and what the sheets of this package set in bold.
_HEAVY = frozenset(("b", "h1", "h2", "th"))
_UNDRAWN = frozenset(("title", "desc", "style", "script"))
_VOID = frozenset(("br", "meta", "link", "img", "hr", "input"))


@dataclass(frozen=True, slots=True)
class FontFile:
    """One file of the set: family, weight, and the code points for which it is taken (ends included)."""

    family: str
    weight: int
    name: str
    ranges: tuple[tuple[int, int], ...]

    def draws(self, letters: set[int]) -> bool:
        """Whether any of some code points is taken from this file."""
        return any(low <= letter <= high for letter in letters for low, high in self.ranges)


@lru_cache(maxsize=1)
def font_files() -> tuple[FontFile, ...]:
    """The set, in the order of its style sheet."""
    sheet = shelf("viz/fonts/fonts.css").read_text(encoding="utf-8")
    return tuple(
        FontFile(family, int(weight), name, tuple(_range(part) for part in ranges.split(",")))
        for family, weight, name, ranges in _RULE.findall(sheet)
    )


def _range(text: str) -> tuple[int, int]:
    low, _, high = text.strip().removeprefix("U+").partition("-")
    return int(low, 16), int(high or low, 16)


def font_rules(letters: Letters) -> str:
    """The `@font-face` rules, files embedded, for letters by family and weight; the same letters, the same text.

    Sans and Sans Arabic stand in for each other, as in the list of families of the look.
    """
    wanted: defaultdict[Face, set[int]] = defaultdict(set)
    for (family, weight), found in letters.items():
        for name in _families(family):
            wanted[name, weight] |= found
    return "".join(_rule(file) for file in font_files() if file.draws(wanted[file.family, file.weight]))


def _families(kind: str) -> list[str]:
    names = look().mono if kind == "mono" else look().sans
    return [name.strip(" '") for name in names.split(",")]


@lru_cache(maxsize=32)
def _rule(file: FontFile) -> str:
    packed = base64.b64encode(shelf(f"viz/fonts/{file.name}").read_bytes()).decode()
    ranges = ",".join(f"U+{low:X}" if low == high else f"U+{low:X}-{high:X}" for low, high in file.ranges)
    return (
        f'@font-face{{font-family:"{file.family}";font-weight:{file.weight};'
        f'src:url(data:font/woff2;base64,{packed}) format("woff2");unicode-range:{ranges}}}'
    )


def letters_of(markup: str) -> Letters:
    """The code points that a page or picture of this package draws, by kind (sans, mono) and weight."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return {face: set(map(ord, set("".join(texts)))) for face, texts in reader.texts.items()}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: defaultdict[Face, list[str]] = defaultdict(list)
        self._open: list[tuple[str, Face | None]] = [("", ("sans", REGULAR))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        face, given = self._open[-1][1], dict(attrs)
        if tag in _UNDRAWN:
            face = None
        elif face and tag == "code":
            face = ("mono", face[1])
        elif face and (
            tag in _HEAVY or given.get("font-weight") == str(BOLD) or given.get("class") == "strip"
        ):
            face = (face[0], BOLD)
        self._open.append((tag, face))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content draws no letter."""

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        face = self._open[-1][1]
        if face:
            self.texts[face].append(data)


@lru_cache(maxsize=1)
def advances() -> dict[int, dict[str, float]]:
    """How far each letter of Sans moves the pen, in parts of the size, by weight."""
    raw = orjson.loads(Path(__file__).with_name("widths.json").read_bytes())
    return {
        int(weight): {letter: int(wide) / 1000 for wide, letters in row.items() for letter in letters}
        for weight, row in raw.items()
    }
