"""What a thing is called, however clerks shorten it: two names with one of these are the same name word for word."""

from __future__ import annotations

from functools import lru_cache

from graphintel.resolve.lexicon import legal_forms, longest_match, owned_by_one, trade_languages, trades
from graphintel.resolve.normalise.name import Name

_OWN = "="


@lru_cache(maxsize=100_000)
def called(kind: str, name: Name) -> str:
    """A name as one text: own words by their sound, words of form and trade by what they stand for, in their language.

    A person's words stand in any order, a company's in theirs. Narrower than what names are scored by: a firm of one
    owner (EOOD) is not one of several (OOD), and a trade said in another language is another name. Empty without words.
    """
    if not name.words:
        return ""
    if kind == "Person":
        return " ".join(sorted(word.sound for word in name.words))
    return " ".join([*(f"{_OWN}{word.sound}" for word in name.words), *_described(list(name.spelled))])


def _described(words: list[str]) -> list[str]:
    """The words of form and trade, in their order, each as what it stands for; a form counts once."""
    found: list[str] = []
    place = 0
    while place < len(words):
        form = longest_match(words, place, legal_forms())
        trade = longest_match(words, place, trades())
        if form and form >= trade:
            phrase = tuple(words[place : place + form])
            found.append(f"{legal_forms()[phrase]}{'/1' if owned_by_one() & set(phrase) else ''}")
        elif trade:
            phrase = tuple(words[place : place + trade])
            found.append(f"{trades()[phrase]}/{trade_languages()[phrase]}")
        place += max(form, trade, 1)
    return list(dict.fromkeys(found))
