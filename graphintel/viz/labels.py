"""Labels as drawn: hostile characters shown as a symbol, cut by grapheme into at most two lines."""

from __future__ import annotations

import re
import unicodedata

from graphintel.viz.fonts import BOLD, REGULAR, advances
from graphintel.viz.style import look

SYMBOL = "\u25af"
# C0, C1, bidi marks and overrides, zero-width characters, separators, byte order mark, and what XML cannot hold.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"[\t\n\r ]+")
_JOINER = "\u200d"
# Kinds named by a number: readers compare its end.
_IDENTIFIED = frozenset(("Container", "Phone", "Account", "Document", "Declaration", "Vehicle"))
# A label of megabytes must not cost time: two lines never need more than its beginning.
_WORTH_SCANNING = 2_000
# A letter under a hundred accents paints over its neighbours; no script needs more than three.
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_HEAP = re.compile(f"({_MARKS}{{3}}){_MARKS}+")


def clean(text: str) -> str:
    """The text with control and bidi characters replaced by a visible symbol, and heaps of accents cut to three."""
    return _HEAP.sub(r"\1", _UNSAFE.sub(SYMBOL, _SPACES.sub(" ", text)))


def graphemes(text: str) -> list[str]:
    """What a reader sees as single characters: letters with their marks, joined emoji, flags (after UAX 29)."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    for letter in text:
        if found and _joins(found[-1], letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _joins(cluster: str, letter: str) -> bool:
    # Half of a flag joins only the other half; what follows a joiner joins only if it is a picture.
    if letter == _JOINER or unicodedata.category(letter) in ("Mn", "Me", "Mc") or _modifies(letter):
        return True
    if cluster.endswith(_JOINER):
        return unicodedata.category(letter) == "So"
    return _is_flag_half(letter) and _is_flag_half(cluster[-1]) and len(cluster) % 2 == 1


def _modifies(letter: str) -> bool:
    return "\U0001f3fb" <= letter <= "\U0001f3ff" or "\U000e0020" <= letter <= "\U000e007f"


def _is_flag_half(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def cut_end(text: str, width: int) -> str:
    """A name cut at its end to `width` graphemes."""
    parts = graphemes(clean(text[:_WORTH_SCANNING]))
    return "".join(parts) if len(parts) <= width else "".join(parts[: width - 1]).rstrip() + "…"


def cut_middle(text: str, width: int, keep: int = 5) -> str:
    """An identifier cut in the middle to `width` graphemes, so that its last `keep` stay."""
    cleaned = clean(text if len(text) <= _WORTH_SCANNING else text[:_WORTH_SCANNING] + text[-100:])
    parts = graphemes(cleaned)
    if len(parts) <= width:
        return "".join(parts)
    return "".join([*parts[: width - keep - 1], "…", *parts[-keep:]])


def wrap(text: str, width: int, lines: int) -> tuple[str, ...]:
    """A name in at most `lines` lines of `width` graphemes, broken at spaces where there are some."""
    words = clean(text[:_WORTH_SCANNING]).split()
    made: list[str] = []
    while words and len(made) < lines - 1:
        line, words = _line(words, width)
        made.append(line)
    rest = " ".join(words)
    return tuple([*made, cut_end(rest, width)] if rest else made)


def _line(words: list[str], width: int) -> tuple[str, list[str]]:
    """The first full line of some words, and the words that are left."""
    parts = graphemes(words[0])
    if len(parts) > width:
        return "".join(parts[:width]), ["".join(parts[width:]), *words[1:]]
    taken, length = 1, len(parts)
    while taken < len(words) and length + 1 + len(graphemes(words[taken])) <= width:
        length += 1 + len(graphemes(words[taken]))
        taken += 1
    return " ".join(words[:taken]), words[taken:]


def label_lines(label: str, kind: str) -> tuple[str, ...]:
    """The lines of a thing's label: identifiers lose their middle, names their end."""
    rule = look().labels
    if kind in _IDENTIFIED and not re.search(r"\s", label.strip()):
        return (cut_middle(label, rule.columns, rule.keep_last),)
    return wrap(label, rule.columns, rule.lines)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is drawn in the look's Sans, in pixels; about that where another font stands in."""
    known = advances()[BOLD if bold else REGULAR]
    return sum(known[letter] if letter in known else _foreign(letter) for letter in text) * size


def _foreign(letter: str) -> float:
    """The advance of a letter that the font lacks, in parts of the size."""
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.65
