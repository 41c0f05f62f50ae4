"""Which word of one name stands for which of the other: the best pairs first, two joined where that fits better."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations
from typing import NamedTuple

from graphintel.resolve.normalise.words import Word, word

Words = tuple[Word, ...]
Places = tuple[int, ...]
# How like two words are (0 to 1) and the level of likeness, "" for none.
Compare = Callable[[Word, Word], tuple[float, str]]
EXACT, JOINED = "exact", "joined"
_JOIN_FROM = 0.9


class Match(NamedTuple):
    """Words of both names that stand for each other: how like they are, on which level, and where they stand."""

    likeness: float
    level: str
    left: Places
    right: Places


class Alignment(NamedTuple):
    """The matches of two names and the places of the words that are left over on either side."""

    matches: list[Match]
    left_over: list[int]
    right_over: list[int]


def align(left: Words, right: Words, compare: Compare) -> Alignment:
    """Pair the words of two names, each once; the order of words does not count."""
    kept: list[Match] = []
    free_left, free_right = _equal(left, right, kept)
    if not free_left and not free_right:
        return Alignment(kept, free_left, free_right)
    found = [
        Match(likeness, level, (i,), (j,))
        for i in free_left
        for j in free_right
        for likeness, level in (compare(left[i], right[j]),)
        if level
    ]
    if len(left) != len(right) or (not kept and all(match.likeness < _JOIN_FROM for match in found)):
        found.extend(_joined(left, right, free_left, free_right, compare))
    # Ties are broken by the words, not by which name came first or in which order they stand.
    found.sort(
        key=lambda match: (-match.likeness, *sorted((left[match.left[0]].text, right[match.right[0]].text)))
    )
    for match in found:
        if all(i in free_left for i in match.left) and all(j in free_right for j in match.right):
            for i in match.left:
                free_left.remove(i)
            for j in match.right:
                free_right.remove(j)
            kept.append(match)
    return Alignment(kept, free_left, free_right)


def _equal(left: Words, right: Words, kept: list[Match]) -> tuple[list[int], list[int]]:
    """Pair the words that are spelled alike; the places that are left on both sides."""
    texts = [one.text for one in right]
    free_left, free_right = [], list(range(len(right)))
    for i, one in enumerate(left):
        for j in free_right:
            if texts[j] == one.text:
                kept.append(Match(1.0, EXACT, (i,), (j,)))
                free_right.remove(j)
                break
        else:
            free_left.append(i)
    return free_left, free_right


def _joined(
    left: Words, right: Words, free_left: list[int], free_right: list[int], compare: Compare
) -> list[Match]:
    """Matches of one word with two of the other name, in either order."""
    found = [
        Match(likeness, JOINED, (i,), pair)
        for i, pair, likeness in _fused(left, right, free_left, free_right, compare)
    ]
    found.extend(
        Match(likeness, JOINED, pair, (j,))
        for j, pair, likeness in _fused(right, left, free_right, free_left, compare)
    )
    return found


def _fused(
    whole: Words, parts: Words, free: list[int], free_parts: list[int], compare: Compare
) -> list[tuple[int, Places, float]]:
    found: list[tuple[int, Places, float]] = _solid(whole, parts, free, free_parts)
    for place, beside in combinations(free_parts, 2):
        first, second = parts[place].text, parts[beside].text
        for i in free:
            if abs(len(whole[i].text) - len(first) - len(second)) > 3:
                continue
            likeness = max(
                compare(whole[i], word(first + second))[0], compare(whole[i], word(second + first))[0]
            )
            if likeness >= _JOIN_FROM:
                # A little above what one of the two words alone would reach.
                found.append((i, (place, beside), likeness + 0.01))
    return found


def _solid(
    whole: Words, parts: Words, free: list[int], free_parts: list[int]
) -> list[tuple[int, Places, float]]:
    """One word that holds three or four of the other name in any order, as Chinese names are romanised."""
    if not 3 <= len(free_parts) <= 4:
        return []
    letters = sum(len(parts[place].text) for place in free_parts)
    likely = [i for i in free if len(whole[i].text) == letters]
    ways = (
        {"".join(parts[place].text for place in way) for way in permutations(free_parts)} if likely else set()
    )
    return [(i, tuple(free_parts), 1.0) for i in likely if whole[i].text in ways]
