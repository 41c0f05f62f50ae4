"""What two companies' names have in common and what speaks against it, as counted marks."""

from __future__ import annotations

from os.path import commonprefix

from rapidfuzz.distance import Levenshtein

from graphintel.resolve.lexicon import numerals, places, turkish
from graphintel.resolve.normalise.name import Name
from graphintel.resolve.normalise.words import Word
from graphintel.resolve.score.align import Alignment, align

SIGNS = {
    "exact": 1, "sound": 1, "close": -1, "skeleton": 0, "near": -1, "prefix": -1, "joined": 1, "clash": -1, "clash_share": -1,
    "extra": -1, "extra_share": -1, "cover": 1, "full": 1, "whole": 1, "number_clash": -1, "number_extra": -1,
    "trade_same": 1, "trade_clash": -1, "trade_related": -1, "trade_extra": -1, "general_same": 1, "general_differs": -1, "form_same": 1,
    "form_clash": -1, "letters": 1, "acronym": 1, "scripts": 0, "single_close": -1, "bare": -1,
    "abbreviated": 1, "ending": -1, "place_clash": -1, "place_extra": -1, "turkish_close": -1, "trade_swap": -1, "kin_differs": -1, "first_letter": -1, "first_clash": -1,
}  # fmt: skip
# Trades that half of all companies name and clerks leave out.
_GENERAL = frozenset(
    ("industry", "trade", "international", "foreign trade", "import", "export", "import export", "marketing", "services",
     "manufacturing", "products", "materials", "distribution", "general", "branch", "operation", "systems", "storage",
     "contracting")
)  # fmt: skip
# Trades that one firm names in turn: a haulier calls itself logistics when it can.
_FAMILIES = (
    frozenset(("transport", "logistics", "shipping", "customs brokerage")),
    frozenset(("textile", "leather", "accessories", "carpet")),
    frozenset(("steel", "metal", "mining", "moulds")),
    frozenset(("automotive", "spare parts", "trailers", "rental", "rubber")),
    frozenset(("construction", "building materials", "engineering", "cement", "architecture", "real estate")),
    frozenset(("food", "agriculture", "livestock", "dairy", "meat", "flour", "fruit", "dried fruit", "drinks", "fishery",
               "feed", "seeds")),
    frozenset(("electrical", "electronics", "lighting", "computing", "communication", "technology")),
    frozenset(("pharma", "medical", "cosmetics", "chemicals")),
    frozenset(("petroleum", "energy", "gas", "lubricants", "solar")),
    frozenset(("tourism", "hotel", "restaurant")),
)  # fmt: skip
# Words of kinship: part of what a firm is called, but no trade.
_KIN = frozenset(("brothers", "sons"))
_NO_TRADE = _GENERAL | _KIN
# Words that name no form for sure: a company may be of any.
_LOOSE_FORMS = frozenset(("company", "group"))
# What Turkish hangs on a stem to make another name of it: Akçamlı and Akçamlar are two villages, and two firms.
_ENDINGS = frozenset(
    ("", "li", "lu", "lar", "ler", "oglu", "ogullari", "ci", "cu", "lik", "luk", "ova", "koy", "kent", "oz", "tepe", "kaya",
     "dere", "han", "can", "er", "giller", "zade", "soy", "su")
)  # fmt: skip
_UNSURE = frozenset(("close", "near", "prefix", "skeleton"))
_SHORTEST_STEM, _LONGEST_SHORT, _SHORTEST_ACRONYM = 4, 4, 3
_LIKE = Levenshtein.normalized_similarity
Marks = dict[str, float]


def company_marks(left: Name, right: Name) -> tuple[Marks, str]:
    """Marks of two companies' names, whichever comes first, and `own` where own words of both are left over."""
    one, other = (left, right) if len(left.words) <= len(right.words) else (right, left)
    marks: Marks = {}
    across = one.unvowelled != other.unvowelled
    found = align(one.words, other.words, _across if across else _within)
    _spelled_short(one, other, found, marks)
    covered = 0.0
    for match in found.matches:
        marks[match.level] = marks.get(match.level, 0.0) + 1
        if match.level in _UNSURE:
            _told_apart(one.words[match.left[0]].text, other.words[match.right[0]].text, marks)
        letters = sum([len(one.words[i].text) for i in match.left]) + sum(
            [len(other.words[j].text) for j in match.right]
        )
        covered += min(match.likeness, 1.0) * letters
    total = one.letters + other.letters
    alone, more = len(found.left_over), len(found.right_over)
    clash, extra = min(alone, more), abs(more - alone)
    marks["cover"], marks["letters"] = covered / total, min(total / 40, 1.0)
    marks["whole"] = 0.0 if across else _LIKE(one.whole, other.whole)
    marks["scripts"] = float(across)
    if clash or extra:
        marks.update(
            clash=clash, clash_share=clash / len(one.words), extra=extra, extra_share=extra / len(other.words)
        )
        if clash and found.left_over[0] == found.right_over[0] == 0:
            marks["first_clash"] = 1.0
        if _acronym(one, other) or _acronym(other, one):
            marks["acronym"] = 1.0
    else:
        marks["full"] = 1.0
        if len(one.words) == 1 and marks.get("close", 0.0) + marks.get("near", 0.0):
            marks["single_close"] = 1.0
    unsure = sum([marks.get(level, 0.0) for level in _UNSURE])
    if unsure and not (turkish().isdisjoint(one.spelled) and turkish().isdisjoint(other.spelled)):
        # The trade register gives no two firms one name: those a letter apart are two, more often than a slip.
        marks["turkish_close"] = unsure
    _numbers(one, other, marks)
    _places(one, other, marks)
    _trades(one, other, marks)
    return marks, "own" if clash else ""


def _within(one: Word, other: Word) -> tuple[float, str]:
    count = _number(one.text)
    if count and count == _number(other.text):
        return 0.98, "sound"
    if one.text.isdigit() or other.text.isdigit():
        return 0.0, ""
    if one.sound == other.sound:
        return 0.98, "sound"
    like = _LIKE(one.sound, other.sound)
    if like >= 0.75:
        return like, "close"
    if len(one.skeleton) >= 3 and one.skeleton == other.skeleton:
        return 0.85, "skeleton"
    if like >= 0.6:
        return like, "near"
    short, long = (one.text, other.text) if len(one.text) <= len(other.text) else (other.text, one.text)
    if len(short) >= 3 and long.startswith(short):
        return (0.75, "abbreviated") if len(short) <= _LONGEST_SHORT < len(long) else (0.6, "prefix")
    return 0.0, ""


def _number(text: str) -> str:
    """The digits of a number in digits, letters or Roman; empty for any other word."""
    return text if text.isdigit() else numerals().get(text, "")


def _across(one: Word, other: Word) -> tuple[float, str]:
    bones, others = one.consonants, other.consonants
    if one.sound == other.sound or (len(bones) > 1 and bones == others):
        return 0.95, "skeleton"
    if min(len(bones), len(others)) >= 3 and _LIKE(bones, others) >= 0.66:
        return 0.6, "near"
    return 0.0, ""


def _spelled_short(one: Name, other: Name, found: Alignment, marks: Marks) -> None:
    """Words that are left over because the other name's word of trade was shortened to something nobody lists."""
    for over, name, against in ((found.left_over, one, other), (found.right_over, other, one)):
        own = set(against.texts)
        for place in over[:]:
            short = name.words[place].text
            if (
                2 <= len(short) <= _LONGEST_SHORT
                and place
                and short.isalpha()
                and any(
                    len(word) > len(short) + 1 and word.startswith(short) and word not in own
                    for word in against.spelled
                )
            ):
                over.remove(place)
                marks["abbreviated"] = marks.get("abbreviated", 0.0) + 1


def _told_apart(one: str, other: str, marks: Marks) -> None:
    """Whether two words that are nearly alike differ where names differ: in the first letter, or by an ending."""
    if one[0] != other[0]:
        marks["first_letter"] = 1.0
    shared = len(commonprefix((one, other)))
    if shared >= _SHORTEST_STEM:
        for stem in (shared, shared - 1):
            if one[stem:] in _ENDINGS and other[stem:] in _ENDINGS:
                marks["ending"] = 1.0


def _numbers(one: Name, other: Name, marks: Marks) -> None:
    mine = {number for word in one.words if (number := _number(word.text))}
    yours = {number for word in other.words if (number := _number(word.text))}
    if mine != yours:
        marks["number_clash" if mine and yours else "number_extra"] = 1.0


def _places(one: Name, other: Name, marks: Marks) -> None:
    known = places()
    mine = {known[word.text] for word in one.words if word.text in known}
    yours = {known[word.text] for word in other.words if word.text in known}
    if mine != yours:
        marks["place_clash" if mine - yours and yours - mine else "place_extra"] = 1.0


def _trades(one: Name, other: Name, marks: Marks) -> None:
    mine, yours = one.trades - _NO_TRADE, other.trades - _NO_TRADE
    if mine & yours:
        marks["trade_same"] = 1.0
    elif mine and yours:
        related = any(mine & family and yours & family for family in _FAMILIES)
        marks["trade_related" if related else "trade_clash"] = 1.0
    elif mine or yours:
        marks["trade_extra"] = 1.0
        silent = one if yours else other
        if silent.trades & _GENERAL and not one.trades & other.trades:
            marks["trade_swap"] = 1.0
    if (one.trades ^ other.trades) & _KIN:
        marks["kin_differs"] = 1.0
    general, also = one.trades & _GENERAL, other.trades & _GENERAL
    if general or also:
        marks["general_same"], marks["general_differs"] = len(general & also), min(len(general ^ also), 2) / 2
    forms, others = one.forms - _LOOSE_FORMS, other.forms - _LOOSE_FORMS
    if forms and others:
        marks["form_same" if forms & others else "form_clash"] = 1.0
    elif not one.forms and not other.forms and not one.trades and not other.trades:
        marks["bare"] = 1.0


def _acronym(short: Name, long: Name) -> bool:
    """Whether one name is the first letters of the other's words."""
    if len(short.words) != 1 or len(short.words[0].text) < _SHORTEST_ACRONYM:
        return False
    return short.words[0].text in (
        "".join([word[0] for word in long.texts]),
        "".join([w[:1] for w in long.spelled]),
    )
