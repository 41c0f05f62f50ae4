"""What a column holds: the types of value tried on its cells, helped by the words of its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graphintel.ingest.mapping.text import placeholder
from graphintel.ingest.sketch.sight import Column
from graphintel.model.fold import tokens
from graphintel.model.values import clean

_TRIED = 800
# Check digits leave little room for chance; the others need a word in the header too.
_CHECKED = ("container", "vin", "iban", "mrn", "lei", "email", "s10", "mrz")
_BY_WORD: dict[str, tuple[str, str]] = {
    "imo": ("imo", ""), "mmsi": ("mmsi", ""), "awb": ("awb", ""), "imei": ("imei", ""), "eori": ("eori", ""),
    "nipt": ("nipt", ""), "locode": ("locode", ""), "iata": ("iata", ""), "hs": ("hs", ""), "gtip": ("hs", ""),
    "tariff": ("hs", ""), "commodity": ("hs", ""), "esya": ("hs", ""), "phone": ("phone", "TR"), "tel": ("phone", "TR"),
    "telefon": ("phone", "TR"), "gsm": ("phone", "TR"), "mobile": ("phone", "TR"), "tax": ("tax_id", "TR"),
    "vergi": ("tax_id", "TR"), "vkn": ("tax_id", "TR"), "tckn": ("national_id", "TR"), "kimlik": ("national_id", "TR"),
    "national": ("national_id", "TR"), "passport": ("passport", "TR"), "pasaport": ("passport", "TR"),
    "plate": ("plate", "TR"), "plaka": ("plate", "TR"), "plakasi": ("plate", "TR"), "gender": ("gender", ""),
    "sex": ("gender", ""), "cinsiyet": ("gender", ""), "mode": ("mode", ""), "tasima": ("mode", ""), "currency": ("currency", ""),
    "doviz": ("currency", ""), "flight": ("flight", ""), "ucus": ("flight", ""), "container": ("container", ""),
    "konteyner": ("container", ""),
}  # fmt: skip
_COUNTRY_WORDS = frozenset(
    ["country", "ulke", "ulkesi", "uyruk", "nationality", "nation", "land", "state", "origin", "mense"]
)
_DATE_WORDS = frozenset(["date", "tarih", "tarihi", "datum", "day", "gun"])
_NAME_WORDS = frozenset(["name", "ad", "adi", "isim", "unvan", "unvani", "title"])
_FORMS = re.compile(
    r"\b(?:a ?s|ltd|limited|sti|tic|san|gmbh|ag|kg|srl|sarl|sa|spa|llc|inc|corp|co|plc|bv|nv|oy|ab|doo|dooel|eood|ood|"
    r"ead|ad|shpk|sha|jsc|ooo|zao|pte|pvt|fzco|fze|kft|sro|sp z o o)\b"
)
OPEN_ORDER = "two readings possible: day first (dmy) or month first (mdy); day first is taken"
_GROUPED_COMMA = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?\d+,\d{1,2}")
_GROUPED_POINT = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d+\.\d{1,2}")
_UNSURE = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")


@dataclass(slots=True)
class Guess:
    """The type of a column's values, the share of cells that fit, hints to read them by, and what is unclear."""

    type: str
    share: float = 1.0
    hints: dict[str, str] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)


def guess(column: Column) -> Guess:
    """What a column holds; text if nothing else fits."""
    cells = [cell for cell in column.cells if not placeholder(cell)][:_TRIED]
    if not cells:
        return Guess("text", 0.0, unclear=["empty in all rows that were looked at"])
    for attempt in (_checked, _date, _worded, _country, _registered, _number, _plates, _named):
        found = attempt(cells, column.words)
        if found:
            if found.share < 1 and found.type not in ("name", "text"):
                found.unclear.append(
                    f"{_percent(1 - found.share)} of the cells are no valid {_told(found.type)}"
                )
            return found
    return Guess("text")


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else "fewer than 1 %"


def _told(type_name: str) -> str:
    return {"hs": "commodity code", "date": "date"}.get(type_name, type_name.replace("_", " "))


def fits(type_name: str, cells: Sequence[str], **hints: str) -> float:
    """The share of cells that a type of value calls valid (0 to 1)."""
    return sum(clean(type_name, cell, **hints).verdict == "valid" for cell in cells) / len(cells)


def _checked(cells: list[str], words: tuple[str, ...]) -> Guess | None:
    for type_name in _CHECKED:
        pieces = [piece for cell in cells for piece in cell.split("/") if piece.strip()] or cells
        share = fits(type_name, pieces)
        if share >= 0.7:
            return Guess(type_name, share)
    return None


def _date(cells: list[str], words: tuple[str, ...]) -> Guess | None:
    told = bool(_DATE_WORDS & set(words))
    long = [cell for cell in cells if len(cell) >= 6 and any(not letter.isdigit() for letter in cell)]
    digits = [cell for cell in cells if len(cell) in (8, 12, 14) and cell.isdecimal()]
    if len(long) + (len(digits) if told else 0) < len(cells) * 0.5:
        return None
    shares = {order: fits("date", cells, order=order) for order in ("dmy", "mdy", "ymd")}
    order = max(shares, key=lambda name: shares[name])
    if shares[order] < (0.3 if told else 0.8):
        return None
    found = Guess("date", shares[order])
    # ISO dates read the same in any order.
    if shares["dmy"] != shares["mdy"]:
        found.hints["order"] = f"={order}"
    elif any(clean("date", cell).verdict == "unknown" for cell in cells):
        found.hints["order"] = f"={order}"
        found.unclear.append(OPEN_ORDER)
    return found


def _worded(cells: list[str], words: tuple[str, ...]) -> Guess | None:
    if _COUNTRY_WORDS & set(words):
        return None
    for word in words:
        type_name, country = _BY_WORD.get(word, ("", ""))
        if not type_name or (
            type_name == "hs" and not any(letter.isdigit() for cell in cells[:50] for letter in cell)
        ):
            continue
        if type_name == "container" and max(map(len, cells)) < 8:
            continue
        if type_name == "mode" and fits("mode", cells) < 0.5:
            continue
        share = max(fits(type_name, cells), fits(type_name, cells, country=country) if country else 0.0)
        return Guess(type_name, share if type_name not in ("passport", "plate") else 1.0)
    return None


def _registered(cells: list[str], words: tuple[str, ...]) -> Guess | None:
    """Numbers of the Turkish registers by their check digits, whatever the header says."""
    for type_name, length in (("tax_id", 10), ("national_id", 11)):
        long = [cell for cell in cells if len(cell) == length and cell.isdecimal()]
        if len(long) >= len(cells) * 0.5 and fits(type_name, long, country="TR") >= 0.7:
            return Guess(type_name, fits(type_name, cells, country="TR"))
    return None


def _country(cells: list[str], words: tuple[str, ...]) -> Guess | None:
    told = bool(_COUNTRY_WORDS & set(words))
    # Codes such as IM and TR are kinds of declarations too; a few of them prove nothing.
    if not told and len(set(cells)) < 5:
        return None
    share = fits("country", [piece for cell in cells for piece in cell.split("/") if piece.strip()] or cells)
    return Guess("country", share) if share >= (0.5 if told else 0.9) else None


def _number(cells: list[str], words: tuple[str, ...]) -> Guess | None:
    # An identifier that is all digits keeps its leading zeros; a number has none.
    if any(len(cell) > 1 and cell[0] == "0" and cell.isdecimal() for cell in cells):
        return None
    comma = sum(bool(_GROUPED_COMMA.fullmatch(cell)) for cell in cells)
    point = sum(bool(_GROUPED_POINT.fullmatch(cell)) for cell in cells)
    decimal = "," if comma > point else "." if point else ""
    share = fits("number", cells, **({"decimal": decimal} if decimal else {}))
    if share < 0.8:
        return None
    found = Guess("number", share, {"decimal": f"={decimal}"} if decimal == "," else {})
    if comma and point:
        found.unclear.append("decimal comma and decimal point both occur")
    elif not decimal and any(_UNSURE.fullmatch(cell) for cell in cells):
        found.unclear.append("two readings possible: 1.234 may be a thousand and more, or one and a bit")
    if share == fits("integer", cells) and not decimal:
        found.type = "integer"
    return found


def _plates(cells: list[str], words: tuple[str, ...]) -> Guess | None:
    shaped = [clean("plate", piece) for cell in cells for piece in cell.split("/") if piece.strip()]
    share = sum(value.part("shape") == "TR" for value in shaped) / max(len(shaped), 1)
    return Guess("plate", 1.0) if share >= 0.6 else None


def _named(cells: list[str], words: tuple[str, ...]) -> Guess | None:
    # A form alone is no name: KG is a unit too.
    texts = [" ".join(tokens(cell.replace(".", ""))) for cell in cells]
    firms = sum(" " in text and bool(_FORMS.search(text)) for text in texts) / len(cells)
    if firms >= 0.3:
        return Guess("company", firms)
    return Guess("name") if _NAME_WORDS & set(words) else None
