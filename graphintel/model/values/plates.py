"""Registration plates: the Turkish rule in full, other countries by shape only."""

from __future__ import annotations

import re
import unicodedata

from graphintel.model.fold import compact
from graphintel.model.values.countries import hinted_country
from graphintel.model.values.value import Hints, Value, tidy

_TURKISH = re.compile(
    r"(?:TR)?((?:0[1-9]|[1-7]\d|8[01])"
    r"(?:[A-PR-VYZ]\d{4,5}|[A-PR-VYZ]{2}\d{3,4}|[A-PR-VYZ]{3}\d{2,3}))"
)
_SEPARATORS = re.compile(r"[/\\;,|+&\n\r]+")
_INNER = re.compile(r"\s*-\s*|\s+")
_KEPT = re.compile("[^A-Z0-9\u00c0-\u00d6\u00d8-\u00de\u0100-\u017f]+")


def _turkish(text: str) -> str | None:
    match = _TURKISH.fullmatch(compact(text))
    return match[1] if match else None


def _other(text: str) -> str:
    """Capitals and digits with the country's own letters kept: BÖ and BO are two German districts."""
    if text.isascii():
        return compact(text)
    upper = unicodedata.normalize("NFC", text).replace("ı", "I").replace("İ", "I").upper()
    latin = "".join(letter if "\u00c0" <= letter <= "\u017f" else compact(letter) for letter in upper)
    return _KEPT.sub("", unicodedata.normalize("NFC", latin))


def _plausible(plate: str) -> bool:
    digits = sum(letter.isdigit() for letter in plate)
    # All digits alike is a placeholder; few registers issue plates of digits alone, and those are long.
    alike = len(set(plate)) <= 1
    return 4 <= len(plate) <= 10 and digits >= 2 and not alike and (digits < len(plate) or digits >= 5)


def clean_plate(raw: str, hints: Hints) -> Value:
    """Plate of a road vehicle or trailer; hint `country`.

    Turkish plates: province 01-81, then one letter and 4-5 digits, two and 3-4, or three and 2-3, without Q W X. Of
    other countries only the shape is judged; without a country the verdict stays unknown.
    """
    country = hinted_country(hints)
    turkish = _turkish(raw)
    plate = turkish if turkish and country in ("TR", None) else _other(raw)
    if not any(letter.isdigit() for letter in plate):
        return Value(raw, tidy(raw), "invalid" if plate else "unknown")
    if country is None:
        return Value(raw, plate, "unknown", (("shape", "TR"),) if turkish else ())
    good = bool(turkish) if country == "TR" else _plausible(plate)
    return Value(raw, plate, "valid" if good else "invalid", (("country", country),))


def split_plates(raw: str) -> list[str]:
    """The plates of one field, truck before trailer: `31U1234/31U5678`, `CO 1234 AB / CO 5678 CD`.

    A hyphen or a space separates only where every piece is a Turkish plate, since other plates contain them.
    """
    pieces = [tidy(piece) for piece in _SEPARATORS.split(raw)]
    found: list[str] = []
    for piece in filter(None, pieces):
        inner = _INNER.split(piece)
        found += inner if len(inner) > 1 and all(map(_turkish, inner)) else [piece]
    return found
