"""Grading of sources and information: Admiralty, Europol 4x4, UK 5x5x5 and 3x5x2, handling codes, conversion."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

import orjson

from graphintel.errors import InputError

Confidence = Literal["confirmed", "probable", "unconfirmed"]


class Level(NamedTuple):
    """One level of a scale: code, row of the common table (0 best, 5 cannot be judged), words in English and Turkish."""

    code: str
    row: int
    title: str
    title_tr: str


class Scale(NamedTuple):
    """A grading scheme: levels of source and information, and the handling codes that go with it."""

    name: str
    title: str
    source: dict[str, Level]
    information: dict[str, Level]
    handling: tuple[str, ...]


UNJUDGED = 5
# The rows below this one say something against the source or the information.
_GOOD_ROWS = 3
_TABLE_SOURCE = """
admiralty A 0 completely reliable|tamamen güvenilir
admiralty B 1 usually reliable|genellikle güvenilir
admiralty C 2 fairly reliable|oldukça güvenilir
admiralty D 3 not usually reliable|genellikle güvenilmez
admiralty E 4 unreliable|güvenilmez
admiralty F 5 cannot be judged|değerlendirilemez
4x4 A 0 no doubt|şüphe yok
4x4 B 1 mostly reliable|çoğunlukla güvenilir
4x4 C 3 mostly unreliable|çoğunlukla güvenilmez
4x4 X 5 cannot be judged|değerlendirilemez
5x5x5 A 0 always reliable|her zaman güvenilir
5x5x5 B 1 mostly reliable|çoğunlukla güvenilir
5x5x5 C 2 sometimes reliable|bazen güvenilir
5x5x5 D 3 unreliable|güvenilmez
5x5x5 E 5 untested|denenmemiş
3x5x2 1 0 reliable|güvenilir
3x5x2 3 3 not reliable|güvenilir değil
3x5x2 2 5 untested|denenmemiş
"""
_TABLE_INFORMATION = """
admiralty 1 0 confirmed|doğrulanmış
admiralty 2 1 probably true|muhtemelen doğru
admiralty 3 2 possibly true|doğru olabilir
admiralty 4 3 doubtful|şüpheli
admiralty 5 4 improbable|olası değil
admiralty 6 5 cannot be judged|değerlendirilemez
4x4 1 0 accuracy not in doubt|doğruluğu şüphesiz
4x4 2 1 known to the source, not to the officer|kaynakça bilinen
4x4 3 2 not known to the source, corroborated|kaynakça bilinmeyen, teyitli
4x4 4 5 cannot be corroborated|teyit edilemez
5x5x5 1 0 known to be true|doğru olduğu bilinen
5x5x5 2 1 known to the source personally|kaynakça bizzat bilinen
5x5x5 3 2 corroborated|teyitli
5x5x5 5 4 suspected to be false|yanlış olduğundan şüphelenilen
5x5x5 4 5 cannot be judged|değerlendirilemez
3x5x2 A 0 known directly|doğrudan bilinen
3x5x2 B 1 known indirectly, corroborated|dolaylı bilinen, teyitli
3x5x2 C 2 known indirectly|dolaylı bilinen
3x5x2 E 4 suspected to be false|yanlış olduğundan şüphelenilen
3x5x2 D 5 not known|bilinmeyen
"""


def _levels(table: str, scheme: str) -> dict[str, Level]:
    found = {}
    for line in table.strip().splitlines():
        name, code, row, titles = line.split(" ", 3)
        if name == scheme:
            title, _, turkish = titles.partition("|")
            found[code] = Level(code, int(row), title, turkish)
    return found


SCALES: dict[str, Scale] = {
    name: Scale(name, title, _levels(_TABLE_SOURCE, name), _levels(_TABLE_INFORMATION, name), handling)
    for name, title, handling in (
        ("admiralty", "Admiralty / NATO", ("H0", "H1", "H2", "H3")),
        ("4x4", "Europol 4x4", ("H0", "H1", "H2", "H3")),
        ("5x5x5", "UK 5x5x5", ("1", "2", "3", "4", "5")),
        ("3x5x2", "UK 3x5x2", ("P", "C")),
    )
}
_SCHEMES = {"nato": "admiralty", "6x6": "admiralty", "europol": "4x4", "uk": "3x5x2"} | {
    name: name for name in SCALES
}

# How much a handling code forbids: 0 nothing, 1 use in court, 2 any release, 3 whatever its text says. A text may
# forbid anything, so it ranks highest until a person has read it.
_STRICTNESS = {
    "": 0,
    "1": 0,
    "2": 0,
    "3": 0,
    "P": 0,
    "H0": 0,
    "H1": 1,
    "4": 2,
    "H2": 2,
    "C": 3,
    "5": 3,
    "H3": 3,
}
_HANDLING = {
    "admiralty": ("H0", "H1", "H2", "H3"),
    "4x4": ("H0", "H1", "H2", "H3"),
    "5x5x5": ("1", "5", "4", "5"),
    "3x5x2": ("P", "C", "C", "C"),
}
_MEANING = (
    "no restriction within law enforcement",
    "not in judicial proceedings without the provider's permission",
    "not to be passed on without the provider's permission",
    "restrictions of the provider apply",
)
_WRITTEN = re.compile(
    r"(?:(?P<scheme>[A-Za-z0-9 ]+?)\s*:\s*|(?P<word>admiralty|nato|europol|\dx\d(?:x\d)?)\s+)?"
    r"(?P<source>[A-Z0-9])\s*[-/]?\s*(?P<information>[A-Z0-9])(?:\s*[-/]?\s*(?P<handling>H[0-3]|[1-5PC]))?"
    r"(?:\s+(?P<text>.+))?",
    re.IGNORECASE,
)


class Grade(NamedTuple):
    """What a provider says of its source and its information, how it may be used, and when it said so."""

    scheme: str
    source: str
    information: str
    handling: str = ""
    handling_text: str = ""
    provider: str = ""
    date: str = ""

    @property
    def text(self) -> str:
        """The compact JSON under which a grade is stored on records and links; `parse_grade` reads it back."""
        fields = list(self)
        while len(fields) > 3 and not fields[-1]:
            fields.pop()
        return orjson.dumps(fields).decode()

    @property
    def label(self) -> str:
        """The grade for people: `B2`, `4x4: A1 H1`."""
        code = f"{self.source}{self.information}" + (f" {self.handling}" if self.handling else "")
        return code if self.scheme == "admiralty" else f"{self.scheme}: {code}"


def scale(scheme: str) -> Scale:
    """The scale of a scheme by any of its names; InputError names what there is."""
    words = scheme.lower().removeprefix("uk ").removeprefix("europol ").strip()
    name = _SCHEMES.get(words)
    if name is None:
        raise InputError(f"no grading scheme {scheme!r}; there are {', '.join(SCALES)}")
    return SCALES[name]


def checked(grade: Grade) -> Grade:
    """The grade with its scheme's own name and capitals; InputError says which part is not of the scheme."""
    given = scale(grade.scheme)
    fixed = grade._replace(
        scheme=given.name,
        source=grade.source.upper(),
        information=grade.information.upper(),
        handling=grade.handling.upper(),
    )
    for what, code, levels in (
        ("source grade", fixed.source, tuple(given.source)),
        ("information grade", fixed.information, tuple(given.information)),
        ("handling code", fixed.handling, ("", *given.handling)),
    ):
        if code not in levels:
            there = ", ".join(filter(None, levels))
            raise InputError(f"{code!r} is no {what} of {given.title}; it has {there}")
    if fixed.handling == "H3" and not fixed.handling_text:
        raise InputError("handling H3 stands for other restrictions: give their text")
    return fixed


def parse_grade(written: str, scheme: str = "admiralty") -> Grade:
    """A grade from `B2`, `4x4: A1 H1`, `3x5x2: 1B C only for this case`, or its stored text.

    `scheme` holds where the text names none. Raises InputError for what is not a grade.
    """
    if written.startswith("["):
        return _stored(written)
    match = _WRITTEN.fullmatch(written.strip())
    if match is None:
        raise InputError(f"{written!r} is no grade; write it like `B2`, `4x4: A1 H1` or `3x5x2: 1B P`")
    return checked(
        Grade(
            match["scheme"] or match["word"] or scheme,
            match["source"],
            match["information"],
            match["handling"] or "",
            match["text"] or "",
        )
    )


def _stored(text: str) -> Grade:
    try:
        fields = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InputError(f"{text!r} is no stored grade: {error}") from error
    if not 3 <= len(fields) <= len(Grade._fields) or not all(isinstance(field, str) for field in fields):
        raise InputError(f"{text!r} is no stored grade: three to {len(Grade._fields)} texts are wanted")
    return checked(Grade(*fields))


def rows(grade: Grade) -> tuple[int, int]:
    """The rows of source and information in the common table: 0 best, 4 worst, 5 cannot be judged."""
    given = scale(grade.scheme)
    return given.source[grade.source].row, given.information[grade.information].row


def _at_or_below(levels: dict[str, Level], row: int) -> str:
    """The level of the same row, else the next worse one, but never from the good rows into the bad ones."""
    last = _GOOD_ROWS if row < _GOOD_ROWS else UNJUDGED
    worse = sorted(levels.values(), key=lambda level: level.row)
    return next(level.code for level in worse if row <= level.row < last or level.row == UNJUDGED)


def convert(grade: Grade, scheme: str) -> Grade:
    """The grade in another scheme; loses what that scheme cannot say, and never raises a grade or frees handling.

    Where the scheme lacks the level, the next worse of the table is taken; a good level never becomes a bad one but
    `cannot be judged`, since nobody said anything against the source.
    """
    target = scale(scheme)
    if target.name == grade.scheme:
        return grade
    source, information = rows(grade)
    strict = _STRICTNESS[grade.handling]
    handling = _HANDLING[target.name][strict] if grade.handling else ""
    text = grade.handling_text
    if strict and not text and handling in ("H3", "C", "5"):
        text = _MEANING[strict]
    return grade._replace(
        scheme=target.name,
        source=_at_or_below(target.source, source),
        information=_at_or_below(target.information, information),
        handling=handling,
        handling_text=text,
    )


def confidence(grade: Grade | None, basis: str) -> Confidence:
    """How sure a link is, for its line: solid, dashed or dotted.

    Confirmed: a source of the two best rows and information of the best. Probable: both in the three best rows.
    Ungraded: probable if declared or observed, unconfirmed if reported. What was inferred is never more than unconfirmed.
    """
    if basis == "inferred":
        return "unconfirmed"
    if grade is None:
        return "probable" if basis in ("declared", "observed") else "unconfirmed"
    source, information = rows(grade)
    if source <= 1 and information == 0:
        return "confirmed"
    return "probable" if source < _GOOD_ROWS and information < _GOOD_ROWS else "unconfirmed"


def strictness(handling: str) -> int:
    """What a handling code forbids: 0 nothing, 1 use in court, 2 also release to a third party, 3 its text decides."""
    try:
        return _STRICTNESS[handling.upper()]
    except KeyError:
        raise InputError(
            f"no handling code {handling!r}; there are {', '.join(filter(None, _STRICTNESS))}"
        ) from None


def strictest(handlings: Iterable[str]) -> str:
    """The strictest of several handling codes of any scheme: what rests on all of them carries it; empty for none."""
    order = list(_STRICTNESS)
    return max(
        (code.upper() for code in handlings),
        key=lambda code: (strictness(code), order.index(code)),
        default="",
    )


def regraded(old: str, new: str) -> str:
    """The stored grade after a re-grading: what the new one says, with no freer handling than before.

    The provider stays who it was unless the new grade names one. A handling code of another scheme is carried over
    as `convert` does.
    """
    if not old or not new or old == new:
        return new or old
    before, after = parse_grade(old), parse_grade(new)
    if not after.provider:
        after = after._replace(provider=before.provider)
    if before.handling and strictness(before.handling) >= strictness(after.handling):
        held = convert(before, after.scheme)
        after = after._replace(
            handling=held.handling, handling_text=after.handling_text or held.handling_text
        )
    if before.handling_text and before.handling_text not in after.handling_text:
        after = after._replace(handling_text=f"{after.handling_text}; {before.handling_text}".strip("; "))
    return after.text
