"""How many independent origins say a thing: one story that several partners pass on is one, not several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graphintel.model.fold import compact, fold
from graphintel.model.grading import parse_grade
from graphintel.model.ids import digest
from graphintel.model.partition import partition

REFERENCE = "origin_reference"
# What a partner adds in passing a story on; the rest is the story.
_PASSED_ON = frozenset(
    ("notice_no", "date", "type", "partner", "deadline", "grade_scheme", "source_grade", "information_grade",
     "handling", "handling_text", REFERENCE)
)  # fmt: skip
# Fewer words than these may be the same by chance.
_STORY_WORDS = 4


class Told(NamedTuple):
    """A record as far as its origin goes: id, source, canonical cells and stored grade."""

    id: str
    source: str
    content: Mapping[str, str]
    grade: str = ""


def origins(record: Told) -> tuple[str, ...]:
    """What a record's origin is known by: the reference it quotes, else its provider, else its source; and its story.

    Rows of one register without a reference or a provider are one origin: the count never says too much.
    """
    reference = compact(record.content.get(REFERENCE, ""))
    provider = parse_grade(record.grade).provider if record.grade else ""
    if reference:
        found = [f"reference:{reference.lower()}"]
    elif provider:
        found = [f"provider:{fold(provider)}"]
    else:
        found = [f"source:{record.source}"]
    if provider or reference:
        story = _story(record.content)
        found += [story] if story else []
    return tuple(found)


def _story(content: Mapping[str, str]) -> str:
    cells = {name: fold(text) for name, text in content.items() if name not in _PASSED_ON and text.strip()}
    words = sum(len(text.split()) for text in cells.values())
    return f"story:{digest(cells)}" if words >= _STORY_WORDS else ""


def independent(records: Iterable[Told]) -> int:
    """The number of independent origins of some records: records that share a reference, provider or story are one."""
    keys = {record.id: origins(record) for record in records}
    return len(partition(keys, keys))
