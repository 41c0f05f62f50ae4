"""A company's name as what is compared: its own words, its trades, its legal form, its numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from graphintel.model.fold import fold
from graphintel.resolve.lexicon import legal_forms, longest_match, places, trades
from graphintel.resolve.normalise.name import ARABIC, Name, cut, listed, made, script
from graphintel.resolve.normalise.persons import bare_of_article, letters

_POSSESSIVE = re.compile(r"[’'ʼ‘`´]s\b")
_QUOTES = re.compile("[’'ʼ‘`´\"“”«»]")
_AND = re.compile("[&+]")
# A.Ş., S.p.A.: letters with full stops are one word.
_DOTTED = re.compile(r"\b(\w)\.(?=\w\b)")
_WORD = re.compile("[a-z0-9]+")
_NATIVE = re.compile(r"[^\W_]+")
_JOINERS = listed("ve and the of und de et e y i for in la le du des do da di a an ile al el ul")
_SOLID_FORMS = ("gmbh", "ltd", "llc", "inc", "ag", "as", "sa")
_SHORTEST = 4
# Forms that stand before the name, in Russian, Greek, Arabic and Persian.
_LEADING = listed(
    "ooo oao zao pao ao too tov tdo ip fop pt sarl sharika sharikat shirkat sherkat shrkt shrkh"
)


class _Reading:
    """What a company's words were read as so far."""

    def __init__(self) -> None:
        self.own: list[str] = []
        self.trades: list[tuple[int, int, str]] = []
        self.forms: list[str] = []

    def word(self, words: list[str], place: int, own: str) -> int:
        """Read the word at a place as form, trade or own word; how many words that took."""
        form = longest_match(words, place, legal_forms())
        trade = longest_match(words, place, trades())
        # A form never begins a name, unless it takes several words: "As Nakliyat" is called As.
        leads = form > 1 or words[place] in _LEADING
        if form and form >= trade and (place or leads):
            self.forms.append(legal_forms()[tuple(words[place : place + form])])
            return form
        if trade:
            self.trades.append((place, trade, trades()[tuple(words[place : place + trade])]))
            if self.trades[-1][2] == "branch" and len(self.own) > 1 and self.own[-1] in places():
                self.own.pop()
            return trade
        if words[place] not in _JOINERS:
            self.own.append(own)
        return 1


@lru_cache(maxsize=50_000)
def company_name(text: str) -> Name:
    """A company's name taken apart; one of trade words only keeps the first as its own."""
    text = _POSSESSIVE.sub("", cut(text))
    text = _DOTTED.sub(r"\1", _AND.sub(" and ", _QUOTES.sub("", text)))
    if ARABIC.search(text):
        native = _NATIVE.findall(text)
        words, own = [fold(word) for word in native], [letters(bare_of_article(word)) for word in native]
    else:
        words = own = _WORD.findall(fold(text))
    read = _Reading()
    place = 0
    while place < len(words):
        place += read.word(words, place, own[place])
    if not read.own and read.trades:
        # Demir Nakliyat: the first word is the name, although there is a trade that is called so.
        start, length, _ = read.trades.pop(0)
        read.own = own[start : start + length]
    elif read.own and not read.forms:
        _solid(read)
    does = frozenset(trade for *_, trade in read.trades)
    return made(
        read.own or own, words, does, frozenset(read.forms), unvowelled=own is not words, written=script(text)
    )


def _solid(read: _Reading) -> None:
    """A form that was written without a space at the end of the last word: SiemensAG."""
    last = read.own[-1]
    for form in _SOLID_FORMS:
        if last.endswith(form) and len(last) - len(form) >= _SHORTEST:
            read.own[-1] = last.removesuffix(form)
            read.forms.append(legal_forms()[(form,)])
            return
