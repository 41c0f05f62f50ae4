"""Invented parties for measuring: persons, firms and lorries as one clerk writes them, and as another does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from random import Random
from typing import NamedTuple

from graphintel.model.records import Stated
from graphintel.model.values import clean
from graphintel.resolve.lexicon import given_names


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SCRIPTS = ("turkish", "arabic", "cyrillic", "greek")
_STARTS = _words(
    "ak boz kara gök sarı demir taş çınar koç güneş deniz dağ kum inci ulu kır tuz çam öz yel şah bal kor tur gün er "
    "kılıç şen tok var sel buz say yaz kut alp tan bey cev mer nur har ışık kol per suy top ber fid gez hal"
)
_MIDDLES = _words("a i o bu ki la ma ne ru sa te vu ye zi da gü ho ça şi pı lo mi na re su ta be cu di fa")
_ENDS = _words(
    "oğlu dere tepe kan maz cı lı taş soy gil er ten bek lar han ova kaya pınar göl çay ışık alp gör men dal sun ay "
    "tekin dağ öz baş kul şen bul"
)
_TRADES = (
    "Nakliyat",
    "Dış Ticaret",
    "Lojistik",
    "Tekstil",
    "Gıda",
    "İnşaat",
    "Otomotiv",
    "Taşımacılık",
    "Petrol",
    "Kimya",
)
_FORMS = ("Ltd. Şti.", "A.Ş.", "Limited Şirketi", "San. ve Tic. Ltd. Şti.", "LLC", "")
_CITIES = (
    "Mersin",
    "İzmir",
    "Kocaeli",
    "Kapıkule",
    "Habur",
    "Sarp",
    "Gürbulak",
    "İstanbul",
    "Trabzon",
    "Samsun",
)
_SIGNS = {
    "arabic": (
        "a=ا,|b=ب|c=ج|ç=تش|d=د|e=,ي|f=ف|g=غ,ج|ğ=غ|h=ه,ح|ı=ي,|i=ي,|j=ج|k=ك,ق|l=ل|m=م|n=ن|o=و|ö=و|p=ب|r=ر|s=س,ص|ş=ش"
        "|t=ت,ط|u=و,|ü=و|v=و|y=ي|z=ز"
    ),
    "cyrillic": (
        "a=а|b=б|c=дж|ç=ч|d=д|e=е,э|f=ф|g=г|ğ=г,|h=х,г|ı=ы,и|i=и|j=ж|k=к|l=л|m=м|n=н|o=о|ö=о,ё|p=п|r=р|s=с|ş=ш|t=т|u=у"
        "|ü=ю,у|v=в|y=й|z=з"
    ),
    "greek": (
        "a=α|b=μπ|c=τζ|ç=τσ|d=ντ|e=ε|f=φ|g=γκ|ğ=γ,|h=χ|ı=ι|i=ι,η|j=ζ|k=κ|l=λ|m=μ|n=ν|o=ο,ω|ö=ο|p=π|r=ρ|s=σ|ş=σ|t=τ|u=ου"
        "|ü=ου,ι|v=β|y=γι|z=ζ"
    ),
}  # fmt: skip
# How the lexicon's romanised forms sound to a Turkish ear, before they are written in another script.
_BY_EAR = (
    ("dzh", "c"), ("dj", "c"), ("sh", "ş"), ("ch", "ç"), ("kh", "h"), ("gh", "g"), ("zh", "j"), ("th", "t"), ("ph", "f"),
    ("ou", "u"), ("oo", "u"), ("x", "ks"), ("q", "k"), ("w", "v"),
)  # fmt: skip
_PLAIN = str.maketrans("çğıöşüÇĞİÖŞÜ", "cgiosuCGIOSU")
_LETTERS = "abcdefghiklmnoprstuvyz"
_BARE = 0.3


class Party(NamedTuple):
    """One invented mention: its kind and what is stated of it as name, text pairs."""

    kind: str
    said: tuple[tuple[str, str], ...]

    @property
    def stated(self) -> Stated:
        """The values, cleaned as a load cleans them."""
        said = dict(self.said)
        country = said.get("plate_country") or said.get("tax_country", "")
        return tuple((name, clean(_TYPE[name], text, country=country)) for name, text in self.said)


_TYPE = {
    "name": "name", "birth_date": "date", "passport": "passport", "passport_country": "country", "tax_id": "tax_id",
    "tax_country": "country", "plate": "plate", "plate_country": "country", "city": "text", "address": "text",
}  # fmt: skip


class Invention:
    """A seeded source of parties; common names are common, so that many persons share theirs."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        classes: dict[int, list[str]] = {}
        for name, number in given_names().items():
            classes.setdefault(number, []).append(name)
        self._given = list(classes.values())
        self._variants = {name: forms for forms in self._given for name in forms}
        self._given_weights = list(accumulate(1 / (place + 4) for place in range(len(self._given))))
        self._signs = {
            script: {pair[0]: pair[2:].split(",") for pair in table.split("|")}
            for script, table in _SIGNS.items()
        }

    def parties(self, count: int) -> Iterator[Party]:
        """So many parties: two thirds persons, one third firms, a few lorries."""
        makes: tuple[Callable[[], Party], ...] = (self._person, self._firm, self._lorry)
        for _ in range(count):
            yield self.rng.choices(makes, (66, 29, 5))[0]()

    def again(self, party: Party, script: str) -> Party:
        """The same party as another clerk writes it in a script: spelled by ear, shortened, without some of its fields."""
        said = []
        for name, text in party.said:
            if name == "name":
                said.append((name, self._heard(party.kind, text, script)))
            elif name in ("plate", "plate_country"):
                said.append((name, self._slipped(text) if name == "plate" else text))
            elif name in ("passport", "tax_id"):
                # Most of what the other source states is a name and a date.
                if self.rng.random() < 0.3:
                    said.append((name, self._slipped(text) if self.rng.random() < 0.3 else text))
            elif self.rng.random() >= _BARE:
                said.append((name, self._date(text) if name == "birth_date" else text))
        return Party(party.kind, tuple(said))

    def _surname(self) -> str:
        # The square of a draw makes the first of a list common.
        def pick(words: tuple[str, ...]) -> str:
            return words[int(self.rng.random() ** 1.7 * len(words))]

        middle = pick(_MIDDLES) if self.rng.random() < 0.6 else ""
        return (pick(_STARTS) + middle + pick(_ENDS)).capitalize()

    def _given_name(self) -> str:
        forms = self.rng.choices(self._given, cum_weights=self._given_weights)[0]
        return self.rng.choice(forms[:3]).capitalize()

    def _person(self) -> Party:
        rng = self.rng
        words = [self._given_name()]
        if rng.random() < 0.3:
            words.append(self._given_name())
        said = [("name", " ".join([*words, self._surname()]))]
        if rng.random() >= _BARE:
            year, month, day = rng.randint(1940, 2005), rng.randint(1, 12), rng.randint(1, 28)
            said.append(("birth_date", f"{year}-{month:02}-{day:02}" if rng.random() < 0.85 else f"{year}"))
        if rng.random() < 0.25:
            said += [("passport", f"U{rng.randrange(10**8):08}"), ("passport_country", "TR")]
        return Party("Person", tuple(said))

    def _firm(self) -> Party:
        rng = self.rng
        own = [self._surname()] + ([self._surname()] if rng.random() < 0.4 else [])
        name = " ".join(filter(None, (*own, rng.choice(_TRADES), rng.choice(_FORMS))))
        said = [("name", name), ("city", rng.choice(_CITIES))]
        if rng.random() < 0.5:
            said.append(("address", f"{self._surname()} Sok. No: {rng.randint(1, 200)}"))
        if rng.random() < 0.3:
            said += [("tax_id", f"{rng.randrange(10**10):010}"), ("tax_country", "TR")]
        return Party("Company", tuple(said))

    def _lorry(self) -> Party:
        rng = self.rng
        letters = "".join(rng.choices("ABCDEFGHJKLMNPRSTUVYZ", k=rng.randint(2, 3)))
        plate = f"{rng.randint(1, 81):02} {letters} {rng.randint(100, 999)}"
        return Party("Vehicle", (("plate", plate), ("plate_country", "TR")))

    def _heard(self, kind: str, name: str, script: str) -> str:
        rng = self.rng
        words = [self._variant(word) for word in name.split()]
        if kind == "Person":
            if len(words) > 2 and rng.random() < 0.4:
                del words[1]
            if rng.random() < 0.25:
                words = words[-1:] + words[:-1]
        elif rng.random() < 0.4 and len(words) > 2:
            words = words[:-1]
        if rng.random() < 0.25:
            place = rng.randrange(len(words))
            words[place] = self._slipped(words[place])
        text = " ".join(words)
        if script == "turkish":
            return rng.choice((str, str.upper, _plain))(text)
        table = self._signs[script]
        lower = text.replace("İ", "i").replace("I", "ı").lower()
        for spelling, sound in _BY_EAR:
            lower = lower.replace(spelling, sound)
        return "".join(rng.choice(table[letter]) if letter in table else letter for letter in lower)

    def _variant(self, word: str) -> str:
        forms = self._variants.get(word.lower())
        return self.rng.choice(forms).capitalize() if forms else word

    def _slipped(self, text: str) -> str:
        """One letter or digit struck wrongly, left out or doubled."""
        place = self.rng.randrange(len(text))
        kept = text[place]
        wrong = str(self.rng.randrange(10)) if kept.isdigit() else self.rng.choice(_LETTERS)
        return text[:place] + self.rng.choice((wrong, "", kept + kept)) + text[place + 1 :]

    def _date(self, text: str) -> str:
        year, _, rest = text.partition("-")
        draw = self.rng.random()
        if not rest or draw < 0.15:
            return year
        month, _, day = rest.partition("-")
        return f"{year}-{day}-{month}" if draw < 0.25 and int(day) <= 12 else text


def _plain(text: str) -> str:
    return text.translate(_PLAIN)
