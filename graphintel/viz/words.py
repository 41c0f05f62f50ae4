"""The words of charts in English and Turkish, and numbers and times as their readers write them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

import orjson
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from graphintel.viz.style import Language

_DAY = 10


@lru_cache(maxsize=1)
def words() -> dict[Language, dict[str, str]]:
    """All words of both languages, read once."""
    read: dict[Language, dict[str, str]] = orjson.loads(Path(__file__).with_name("words.json").read_bytes())
    return read


def say(language: Language, key: str, **values: object) -> str:
    """A word or sentence with its values filled in; KeyError for a key that is not there."""
    text = words()[language][key]
    return text.format(**values) if values else text


@lru_cache(maxsize=4096)
def number(value: float, language: Language) -> str:
    """A number with its language's separators: 1,250.5 or 1.250,5."""
    return format_decimal(value, locale=language)


@lru_cache(maxsize=4096)
def when(text: str, language: Language) -> str:
    """An ISO day or time as people write it; anything else (a year, a month) as it stands."""
    try:
        if len(text) == _DAY:
            return format_date(datetime.fromisoformat(text).date(), "d MMM y", locale=language)
        if len(text) > _DAY:
            moment = datetime.fromisoformat(text)
            # A time without its zone is no evidence of when.
            zone = f" {moment.tzname()}" if moment.tzinfo else ""
            return format_datetime(moment, "d MMM y HH:mm", locale=language) + zone
    except ValueError:
        return text
    return text
