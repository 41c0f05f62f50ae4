"""Dates that lie ahead: what a source says has happened cannot be after the day of its load. Loaded, and told by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from graphintel.log import now
from graphintel.model.kinds import KINDS
from graphintel.model.records import Mention, Record
from graphintel.model.values import tidy

Row = dict[str, Any]
Field = tuple[str, str]
EXAMPLES, LONGEST = 5, 100
# The earliest clocks on earth: what is today there is no day ahead, whatever the time here.
_EARLIEST_ZONE = timedelta(hours=14)
# What may lie ahead, because it says what somebody means to do.
_MEANT: set[Field] = {("Notice", "deadline"), ("Operation", "start"), ("Operation", "end")}
HAPPENED = {
    name: frozenset(
        item.name for item in kind.properties if item.type == "date" and (name, item.name) not in _MEANT
    )
    for name, kind in KINDS.items()
}


class Ahead:
    """Counts dates after the day on which it was made, by kind and property, with the first few of each."""

    def __init__(self) -> None:
        self.day = (datetime.fromisoformat(now()) + _EARLIEST_ZONE).date().isoformat()
        self._count: Counter[Field] = Counter()
        self._examples: dict[Field, list[Row]] = {}

    def look(self, mention: Mention, times: int, records: Sequence[Record]) -> None:
        """Look at the dates of one mention that `times` records of a block state."""
        fields = HAPPENED[mention.kind]
        for name, value in mention.values:
            # A month or a year that has begun comes before its days, as text too.
            if name in fields and value.normal[:10] > self.day and value.verdict == "valid":
                self._count[mention.kind, name] += times
                self._example(mention, name, value.raw, records)

    def _example(self, mention: Mention, name: str, raw: str, records: Sequence[Record]) -> None:
        held = self._examples.setdefault((mention.kind, name), [])
        text = tidy(raw)[:LONGEST]
        if len(held) >= EXAMPLES or any(example["raw"] == text for example in held):
            return
        record = next(record for record in records if mention in record.mentions)
        where = record.position
        held.append({"raw": text, "record": record.id, "file": where.file, "position": where.place})

    def told(self) -> Row:
        """The day, and each field with a date after it, most frequent first."""
        ranked = sorted(self._count.items(), key=lambda pair: (-pair[1], pair[0]))
        return {
            "after": self.day,
            "fields": [
                {"kind": kind, "property": name, "count": count, "examples": self._examples[kind, name]}
                for (kind, name), count in ranked
            ],
        }
