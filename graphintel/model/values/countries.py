"""Countries from codes and from names in forty-odd languages; `several`, `unknown` and `other` are none."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from graphintel.model.fold import tokens
from graphintel.model.values.tables import table
from graphintel.model.values.value import Hints

# What clerks write where no one country can be named; SHUME is Albanian for several.
_NONE = (
    "shume several various other others unknown unspecified none null n_a zz xx qq zzz xxx diger cesitli muhtelif"
    " bilinmiyor bilinmeyen belirsiz yok international stateless multiple_countries multiple mixed te_ndryshme ndryshme"
)
_NOT_ONE = frozenset(word.replace("_", " ") for word in _NONE.split())


class Alias(NamedTuple):
    """A name or code outside the standards: its country, a flag (`code`: not ISO; `user`: user-assigned) and why."""

    country: str
    flag: str
    reason: str


class _Index(NamedTuple):
    codes: dict[str, str]
    names: dict[str, str]
    aliases: dict[str, Alias]
    titles: dict[str, tuple[str, str]]


def name_key(text: str) -> str:
    """A country's name as the tables have it: folded words without punctuation."""
    return " ".join(tokens(text))


@lru_cache(maxsize=1)
def _index() -> _Index:
    index = _Index({}, {}, {}, {})
    for row in table("country_codes"):
        for column in ("alpha2", "alpha3", "number"):
            index.codes[row[column]] = row["alpha2"]
        index.titles[row["alpha2"]] = (row["en"], row["tr"])
    for unofficial in ("", "XK"):
        del index.codes[unofficial]
    for row in table("country_aliases"):
        index.aliases[name_key(row["name"])] = Alias(row["alpha2"], row["flag"], row["reason"])
    index.names.update((row["name"], row["alpha2"]) for row in table("country_names"))
    return index


def country_code(text: str) -> str | None:
    """The alpha-2 code that an ISO 3166-1 code (two or three letters, or three digits) stands for; no names."""
    return _index().codes.get(text.strip().upper())


def alias(text: str) -> Alias | None:
    """The alias that a text is, with its flag and reason; None for official names and codes."""
    return None if country_code(text) else _index().aliases.get(name_key(text))


@lru_cache(maxsize=16384)
def resolve_country(text: str) -> str | None:
    """The alpha-2 code (or XK) of a country given as code or as name in any language of the tables, else None."""
    folded = name_key(text)
    if not folded or folded in _NOT_ONE:
        return None
    code = country_code(text)
    if code:
        return code
    index = _index()
    known = index.aliases.get(folded)
    if known:
        return known.country
    # A short Latin text is a code; the three-letter names are romanised Arabic and Hebrew.
    if text.isascii() and len(folded) <= 3:
        return None
    return index.names.get(folded)


def country_name(code: str, language: str = "en") -> str:
    """The name of an alpha-2 code in `tr` or `en`; the code itself if there is no such country."""
    names = _index().titles.get(code)
    return names[language == "tr"] if names else code


def hinted_country(hints: Hints) -> str | None:
    """The country that the hint `country` names, as alpha-2 code."""
    hint = hints.get("country", "")
    return resolve_country(hint) if hint else None
