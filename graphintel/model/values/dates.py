"""Dates as sources write them, with precision (day, month, year), time of day and time zone kept."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from graphintel.model.fold import fold
from graphintel.model.values.value import Hints, Part, Value, tidy

_TIME = (
    r"(?:[t ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r" ?(?P<half>am|pm)?(?P<zone> ?(?:z|utc|gmt|[+-]\d{2}(?::?\d{2})?))?)?"
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?:(?P=sep)(?P<day>\d{1,2})" + _TIME + ")?"
)
_SHORT = re.compile(r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})" + _TIME)
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})")
_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})[-. ]{1,2})?(?P<name>[a-z]{3,9})\.?[-,. ]{1,2}(?P<year>\d{4}|\d{2})" + _TIME
)
_WORDS_US = re.compile(r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})" + _TIME)
_DIGITS = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>z|[+-]\d{2}(?::?\d{2})?)?)?"
)
_YEAR = re.compile(r"(?P<year>\d{4})")
_MONTHS = (
    "january jan ocak oca", "february feb subat sub", "march mar mart", "april apr nisan nis", "may mayis",
    "june jun haziran haz", "july jul temmuz tem", "august aug agustos agu", "september sep sept eylul eyl",
    "october oct ekim eki", "november nov kasim kas", "december dec aralik ara",
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
# Which of hour and second a WCO format code states.
_WCO = {"102": (False, False), "203": (True, False), "304": (True, True)}
EARLIEST, LATEST = 1850, 2150


class _Stated(NamedTuple):
    year: int
    month: int
    day: int
    clock: str
    zone: str


def _century(year: str) -> int:
    """Two digits as POSIX reads them: 69-99 in the last century, 00-68 in this one."""
    return int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 69 else 2000)


def _zone(text: str | None) -> str:
    zone = (text or "").strip()
    if zone in ("z", "utc", "gmt"):
        return "Z"
    return f"{zone[:3]}:{zone[3:].lstrip(':') or '00'}" if zone else ""


def _clock(found: dict[str, str | None]) -> str | None:
    """The time of day as HH:MM or HH:MM:SS, empty if none is stated; None if there is no such time."""
    if not found.get("hour"):
        return ""
    hour, minute, second = (int(found.get(name) or 0) for name in ("hour", "minute", "second"))
    if found.get("half"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if found.get("second") else "")


def _made(found: dict[str, str | None], year: int, month: int, day: int) -> _Stated | None:
    clock = _clock(found)
    if clock is None or not EARLIEST <= year <= LATEST or not 0 <= month <= 12:
        return None
    if day:
        try:
            date(year, month, day)
        except ValueError:
            return None
    return _Stated(year, month, day, clock, _zone(found.get("zone")))


def _short(found: dict[str, str | None], order: str) -> _Stated | str | None:
    """Day and month in either order: a point means day first; slash and hyphen need the hint or a number above 12."""
    first, second = int(found["a"] or 0), int(found["b"] or 0)
    if not first or not second:
        return None
    if not order:
        if found["sep"] == "." or first > 12 or first == second:
            order = "dmy"
        elif second > 12:
            order = "mdy"
        else:
            return "ambiguous"
    year = found["year"] or ""
    if order == "ymd" and len(year) == 2:
        return _made(found, _century(f"{first:02}"), second, int(year))
    day, month = (second, first) if order == "mdy" else (first, second)
    return _made(found, _century(year), month, day)


def _numbers(found: dict[str, str | None]) -> _Stated | None:
    month, day = int(found.get("month") or 0), int(found.get("day") or 0)
    return _made(found, int(found["year"] or 0), month, day) if month or not day else None


def _named(found: dict[str, str | None]) -> _Stated | str | None:
    month = _MONTH.get(found["name"] or "")
    if month is None:
        return "no date"
    return _made(found, _century(found["year"] or ""), month, int(found["day"] or 0))


def _read(text: str, hints: Hints) -> _Stated | str | None:
    """What a folded text states; `ambiguous` or `no date` if it cannot be told, None if there is no such day."""
    match = _DIGITS.fullmatch(text)
    if match:
        clock = (bool(match["hour"]), bool(match["second"]))
        return _numbers(match.groupdict()) if clock == _WCO.get(hints.get("format", ""), clock) else None
    for pattern in (_ISO, _MONTH_YEAR, _YEAR):
        match = pattern.fullmatch(text)
        if match:
            return _numbers(match.groupdict())
    match = _SHORT.fullmatch(text)
    if match:
        return _short(match.groupdict(), hints.get("order", ""))
    match = _WORDS.fullmatch(text) or _WORDS_US.fullmatch(text)
    return _named(match.groupdict()) if match else "no date"


def clean_date(raw: str, hints: Hints) -> Value:
    """A date as ISO 8601 in the precision that was stated; parts `precision`, `date`, and `time`, `zone` where stated.

    Hints: `order` (dmy, mdy, ymd) for slashes and two-digit years, `format` (WCO 102, 203, 304). A day that does not
    exist is invalid; one that could be read in two ways is unknown. `1974-00-00` states a year.
    """
    text = tidy(raw)
    stated = _read(fold(text), hints)
    if isinstance(stated, str):
        digits = any(letter.isdigit() for letter in text)
        return Value(raw, text, "invalid" if digits and stated == "no date" else "unknown")
    if stated is None:
        return Value(raw, text, "invalid")
    precision = "day" if stated.day else "month" if stated.month else "year"
    pieces = (f"{stated.year:04}", f"{stated.month:02}", f"{stated.day:02}")
    day = "-".join(pieces[: {"year": 1, "month": 2, "day": 3}[precision]])
    parts: list[tuple[str, Part]] = [("precision", precision), ("date", day)]
    if stated.clock and precision == "day":
        parts += [("time", stated.clock)] + ([("zone", stated.zone)] if stated.zone else [])
        day = f"{day}T{stated.clock}{stated.zone}"
    return Value(raw, day, "valid", tuple(parts))
