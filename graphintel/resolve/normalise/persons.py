"""A person's name as words that are compared: particles dropped, compounds joined, Arabic script read by its letters."""

from __future__ import annotations

import re
from functools import lru_cache

from graphintel.model.fold import fold
from graphintel.resolve.lexicon import given_names, particles
from graphintel.resolve.normalise.name import ARABIC, Name, cut, listed, made, script

# Vowel signs, the lengthening stroke and joiners say nothing that two writers would agree on.
_SIGNS = re.compile("[\u064b-\u065f\u0670\u0640\u200c\u200d]")
# Servant of: what Abd al-Rahman and Abd al-Rahim share is no name.
SERVANT = "abd"
_LETTERS = str.maketrans(
    {
        "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
        "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
        "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ء": "",
        "ى": "a", "آ": "a", "أ": "a", "إ": "a", "ة": "a", "ؤ": "w", "ئ": "y", "ک": "k", "ی": "y",
    }
)  # fmt: skip
# An h after these would read as a digraph: Taha is no Tha.
_SILENT = re.compile("(?<=[تطسكدزقج])ه")
_SON = frozenset(("بن", "ابن", "بنت", "ولد"))
_SERVANT = re.compile("^(عبد)(?:ال)?(?=..)")
_JOINS_NEXT = frozenset(("عبد", "ابو", "أبو", "أبي", "ابي"))
_DIN = frozenset(("الدين", "الدین", "دين", "دین"))
_QUOTES = re.compile("[’'ʼ‘`´ʹʺʿʾ]")
_WORD = re.compile("[a-z0-9]+")
_ABD = listed("abd abdul abdel abdal abdol abdou abdur abdus abdud abdun abdi abdo abid")
_ABU = listed("abu abou abo abi")
_ARTICLES = listed("al el ul ar ur as us ash an ad az ed er")
_ALLAH = listed("allah ullah llah lah")
_FAITH = listed("din deen eddin eddine uddin aldin dine")
# Father and son of one name, as passports and registers tell them apart.
_GENERATIONS = {
    "jr": "junior", "jnr": "junior", "junior": "junior", "sr": "senior", "snr": "senior", "senior": "senior", "i": "first",
    "ii": "second", "2nd": "second", "iii": "third", "3rd": "third",
}  # fmt: skip
_SOLID_ABD = re.compile("^abd[aeou][lrsdnz]([a-z]{3,})$")


@lru_cache(maxsize=50_000)
def person_name(text: str) -> Name:
    """A person's name taken apart; one that consists of particles only keeps them."""
    text = cut(text)
    if ARABIC.search(text):
        return _arabic(_SIGNS.sub("", text))
    given = _WORD.findall(fold(_QUOTES.sub("", text)))
    forms = frozenset(_GENERATIONS[word] for word in given[1:] if word in _GENERATIONS)
    return made(_latin(given) or given, given, forms=forms, written=script(text))


def _latin(given: list[str]) -> list[str]:
    words: list[str] = []
    place = 0
    while place < len(given):
        word = given[place]
        place += 1
        if (word in _ABD or word in _ABU) and place < len(given):
            while place + 1 < len(given) and given[place] in _ARTICLES:
                place += 1
            words.append(("abd" if word in _ABD else "abu") + given[place])
            place += 1
        elif word in _ALLAH and words:
            words[-1] += "allah"
        elif word in _FAITH and words:
            words[-1] += "din"
        elif word not in particles() or len(given) == 1 or (place == 1 and _called(word)):
            solid = _SOLID_ABD.match(word)
            words.append(f"abd{solid[1]}" if solid and solid[1] not in _ALLAH else word)
    return words


def _called(word: str) -> bool:
    """Whether a word that is an article elsewhere is a given name where it stands first: Ed Knight."""
    return particles()[word] == "article" and word in given_names()


def _arabic(text: str) -> Name:
    words: list[str] = []
    joins = False
    for word in re.findall(r"\w+", text):
        if word in _SON:
            continue
        if word in _DIN and words:
            words[-1] += "دين"
        elif word == "الله" and words and not joins:
            words[-1] += word
        else:
            bare = _SERVANT.sub(r"\1", bare_of_article(word))
            if joins:
                words[-1] += bare
            else:
                words.append(bare)
            joins = word in _JOINS_NEXT
    own = [
        f"{SERVANT}{letters(word[3:])}" if word.startswith("عبد") and len(word) > 5 else letters(word)
        for word in words
    ]
    return made(own, own, unvowelled=True, written="arabic")


def bare_of_article(word: str) -> str:
    """A word in Arabic script without the article before it."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def letters(word: str) -> str:
    """A word in Arabic script by its letters, folded; one that leaves nothing is an x."""
    return fold(_SILENT.sub("", word).translate(_LETTERS)).replace(" ", "") or "x"
