"""What two persons' names have in common and what speaks against it, as counted marks."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from graphintel.resolve.lexicon import initials
from graphintel.resolve.normalise.name import Name
from graphintel.resolve.normalise.persons import SERVANT
from graphintel.resolve.normalise.words import Word, word
from graphintel.resolve.score.align import EXACT, JOINED, Alignment, Compare, align

# Whether a mark may only speak for (1) or against (-1) one person; 0 is left to the fit.
SIGNS = {
    "exact": 0, "sound": 0, "variant": 0, "skeleton": 0, "short": 0, "joined": 0, "close": -1, "near": -1, "loose": -1,
    "far": -1, "prefix": -1, "initial": -1, "rarity": 1, "clash": -1, "clash_share": -1, "extra": -1, "extra_beside": -1,
    "extra_share": -1, "cover": 1, "full": 1, "inside": 0, "scripts": 0, "scripts_cover": 1, "scripts_full": 1,
    "scripts_clash": -1, "single": -1, "inside_single": -1, "whole": 1, "weak": -1, "weak_share": -1,
}  # fmt: skip
_RAREST, _SHORTEST_SERVANT = 11.0, 5
_FIRM = {EXACT: 1.0, "sound": 1.0, JOINED: 1.0, "skeleton": 0.5, "variant": 0.5}
_WEAK = ("close", "near", "loose", "far", "prefix", "initial")
_LIKE = Levenshtein.normalized_similarity
Marks = dict[str, float]


def person_marks(left: Name, right: Name) -> tuple[Marks, str]:
    """Marks of two persons' names, whichever comes first and in any order of words, and how their words clash.

    `given` where words of both are left over, `surname` where the first name stands and only the last ones differ.
    """
    one, other = (left, right) if len(left.words) <= len(right.words) else (right, left)
    across = one.unvowelled != other.unvowelled
    return _counted(one, other, align(one.words, other.words, _across if across else _within), across)


def _within(one: Word, other: Word) -> tuple[float, str]:
    """How like two different words of names are, both written with vowels."""
    if one.text.startswith(SERVANT) or other.text.startswith(SERVANT):
        return _served(one, other, _written)
    return _written(one, other)


def _across(one: Word, other: Word) -> tuple[float, str]:
    """How like two different words of names are, one of which was written without vowels."""
    if one.text.startswith(SERVANT) or other.text.startswith(SERVANT):
        return _served(one, other, _unwritten)
    return _unwritten(one, other)


def _served(one: Word, other: Word, compare: Compare) -> tuple[float, str]:
    """Names of a servant of God by whose servant they are; one that lost its Abd is close."""
    if one.variant == other.variant >= 0:
        return 0.93, "variant"
    left, right = _bare(one), _bare(other)
    if (left is one) == (right is other):
        return compare(left, right) if left.text != right.text else (0.98, "sound")
    _, level = compare(left, right) if left.text != right.text else (1.0, EXACT)
    return (0.8, "close") if level in _FIRM else compare(one, other)


def _bare(one: Word) -> Word:
    if one.text.startswith(SERVANT) and len(one.text) > _SHORTEST_SERVANT:
        return word(one.text.removeprefix(SERVANT))
    return one


def _heard(one: Word, other: Word) -> tuple[float, str] | None:
    """An initial, the same sound, or forms of one name: alike however the vowels are written. Else None."""
    if len(one.text) == 1 or len(other.text) == 1:
        return _initial(one, other)
    if one.sound == other.sound:
        return 0.98, "sound"
    if one.variant == other.variant and one.variant >= 0:
        return 0.93, "variant"
    return None


def _written(one: Word, other: Word) -> tuple[float, str]:
    if found := _heard(one, other):
        return found
    like = _LIKE(one.sound, other.sound)
    if one.skeleton == other.skeleton and len(one.skeleton) > 1:
        return max(0.85, like), "skeleton"
    if like >= 0.65:
        return like, "close" if like >= 0.8 else "near"
    short, long = (one.sound, other.sound) if len(one.sound) <= len(other.sound) else (other.sound, one.sound)
    if len(short) >= 3 and long.startswith(short):
        return 0.6, "prefix"
    if min(len(one.skeleton), len(other.skeleton)) >= 4 and _LIKE(one.skeleton, other.skeleton) >= 0.75:
        return 0.6, "loose"
    return 0.0, ""


def _initial(one: Word, other: Word) -> tuple[float, str]:
    if one.text[0] == other.text[0]:
        return 0.5, "initial"
    short, long = (one, other) if len(one.text) == 1 else (other, one)
    return (0.45, "initial") if short.text in initials().get(long.variant, "") else (0.0, "")


def _unwritten(one: Word, other: Word) -> tuple[float, str]:
    if found := _heard(one, other):
        return found
    bones, others = one.consonants, other.consonants
    if not bones and not others:
        return 0.6, "short"
    if bones and bones == others:
        return (0.95, "skeleton") if len(bones) > 1 else (0.6, "short")
    if min(len(bones), len(others)) >= 3:
        like = _LIKE(bones, others)
        if like >= 0.5:
            return (0.55, "loose") if like >= 0.66 else (0.3, "far")
    return 0.0, ""


def _counted(one: Name, other: Name, found: Alignment, across: bool) -> tuple[Marks, str]:
    """The marks of an alignment; `one` has no more words than `other`."""
    marks: Marks = {}
    covered, rarity = 0.0, 0.0
    for match in found.matches:
        marks[match.level] = marks.get(match.level, 0.0) + 1
        letters = sum([len(one.words[i].text) for i in match.left]) + sum(
            [len(other.words[j].text) for j in match.right]
        )
        covered += min(match.likeness, 1.0) * letters
        if match.level in _FIRM:
            bits = min(
                min(one.words[i].bits for i in match.left), min(other.words[j].bits for j in match.right)
            )
            rarity += _FIRM[match.level] * min(bits, _RAREST) / 10
    letters = one.letters + other.letters
    alone, more = len(found.left_over), len(found.right_over)
    cover = covered / letters
    clash, extra = min(alone, more), abs(more - alone)
    marks["rarity"], marks["cover"] = rarity, cover
    if clash:
        marks.update(clash=min(clash, 2), clash_share=clash / len(one.words), extra_beside=extra)
    elif extra:
        marks.update(extra=min(extra, 3), inside=1.0, inside_single=float(len(one.words) == 1))
    else:
        marks["full"] = 1.0
    marks["extra_share"] = extra / len(other.words)
    marks["single"] = float(len(one.words) == 1)
    weak = sum([marks[level] for level in _WEAK if level in marks])
    marks["weak"], marks["weak_share"] = float(weak >= 2), weak / len(one.words)
    if across:
        marks.update(scripts=1.0, scripts_cover=cover, scripts_full=marks.get("full", 0.0),
                     scripts_clash=marks.get("clash_share", 0.0))  # fmt: skip
    else:
        marks["whole"] = _LIKE(one.whole, other.whole)
    if not clash:
        return marks, ""
    return marks, "surname" if _renamed(one, other, found) else "given"


def _renamed(one: Name, other: Name, found: Alignment) -> bool:
    """Whether a first name of the lexicon is shared and the words that differ are none: a marriage, not a brother."""
    over = [one.words[i] for i in found.left_over] + [other.words[j] for j in found.right_over]
    first = any(match.left[0] == match.right[0] == 0 and one.words[0].variant >= 0 for match in found.matches)
    return first and all(word.variant < 0 for word in over)
