"""The look of `viz/style.json` as typed nouns; the browser app reads the same file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import orjson

from graphintel.content import shelf

Theme = Literal["light", "dark"]
Language = Literal["en", "tr"]
THEMES: tuple[Theme, ...] = ("light", "dark")
LANGUAGES: tuple[Language, ...] = ("en", "tr")
FALLBACK = "Document"


@dataclass(frozen=True, slots=True)
class FamilyLook:
    """Colour, shape and size that the kinds of one family share."""

    name: str
    colour: dict[Theme, str]
    shape: str
    width: float
    height: float
    icon_dx: float
    title: dict[Language, str]


@dataclass(frozen=True, slots=True)
class KindLook:
    """Family and icon of one kind, with its title in both languages."""

    name: str
    family: str
    icon: str
    title: dict[Language, str]


@dataclass(frozen=True, slots=True)
class LineLook:
    """How a link is drawn: dashes, cap, width in pixels, arrow and the token of its colour."""

    name: str
    dash: tuple[float, ...]
    cap: str
    width: float
    arrow: str
    colour: str
    title: dict[Language, str]


@dataclass(frozen=True, slots=True)
class LabelLook:
    """Sizes and limits of labels."""

    size: float
    halo: float
    lines: int
    columns: int
    keep_last: int
    link_labels_up_to: int


@dataclass(frozen=True, slots=True)
class Look:
    """Everything of `style.json` that a picture needs."""

    tokens: dict[Theme, dict[str, str]]
    families: dict[str, FamilyLook]
    kinds: dict[str, KindLook]
    lines: dict[str, LineLook]
    labels: LabelLook
    communities: tuple[str, ...]
    scenery: frozenset[str]
    parties: frozenset[str]
    icon_size: float
    sans: str
    mono: str
    icons: dict[str, str]

    def kind(self, name: str) -> KindLook:
        """The look of a kind; one that is not in the file looks like a document."""
        return self.kinds.get(name) or self.kinds[FALLBACK]

    def family_of(self, kind: str) -> FamilyLook:
        """The family that gives a kind its colour and shape."""
        return self.families[self.kind(kind).family]

    def community_colour(self, number: int, theme: Theme) -> str:
        """The fill of community `number` from 1; 0 and those past the seven colours are "other"."""
        if 1 <= number <= len(self.communities):
            return self.families[self.communities[number - 1]].colour[theme]
        return self.tokens[theme]["other"]


@lru_cache(maxsize=1)
def look() -> Look:
    """The look, read once."""
    raw = orjson.loads(shelf("viz/style.json").read_bytes())
    labels = raw["labels"]
    return Look(
        tokens=raw["tokens"],
        families={name: _family(name, row) for name, row in raw["families"].items()},
        kinds={
            name: KindLook(name, row["family"], row["icon"], row["title"])
            for name, row in raw["kinds"].items()
        },
        lines={name: _line(name, row) for name, row in raw["links"].items()},
        labels=LabelLook(**{name: labels[name] for name in LabelLook.__slots__}),
        communities=tuple(raw["communities"]),
        scenery=frozenset(raw["folding"]["scenery"]),
        parties=frozenset(raw["folding"]["parties"]),
        icon_size=raw["sizes"]["icon"],
        sans=_fonts(raw["type"]["sans"]),
        mono=_fonts(raw["type"]["mono"]),
        # The icons lie beside this module: at run time there are no packages of the browser app.
        icons=orjson.loads(Path(__file__).with_name("icons.json").read_bytes()),
    )


def _family(name: str, row: dict[str, Any]) -> FamilyLook:
    colour: dict[Theme, str] = {theme: row[theme] for theme in THEMES}
    return FamilyLook(
        name, colour, row["shape"], row["width"], row["height"], row.get("icon_dx", 0), row["title"]
    )


def _line(name: str, row: dict[str, Any]) -> LineLook:
    return LineLook(
        name, tuple(row["dash"]), row["cap"], row["width"], row["arrow"], row["colour"], row["title"]
    )


def _fonts(names: list[str]) -> str:
    return ", ".join(f"'{name}'" if " " in name else name for name in names)
