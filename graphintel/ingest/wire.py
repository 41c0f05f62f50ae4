"""The wire between the process that reads files and the one that loads: batches of records as JSON, data and no code.

A mention that comes again is sent once and then by its number. Source, file, hash, mapping version
and marking are not sent: the loading side knows them and takes nobody's word for them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from operator import attrgetter, itemgetter
from typing import Any

import orjson

from graphintel.ingest.source import Source
from graphintel.model.kinds import EVENTS
from graphintel.model.marking import Marking
from graphintel.model.records import Link, Mention, Position, Quarantined, Record
from graphintel.model.values.value import Value

Item = Record | Quarantined
_HELD = 20_000
_FIRST, _SECOND = itemgetter(0), itemgetter(1)
_LINK = attrgetter(*Link.__slots__)


def packed(message: Any) -> bytes:
    """A message as JSON; whole numbers beyond 64 bits take the slow way, and a space in front says so."""
    try:
        return orjson.dumps(message)
    except TypeError:
        return b" " + json.dumps(message).encode()


def unpacked(message: bytes | bytearray) -> Any:
    """A message read again; ValueError for what is no JSON."""
    return json.loads(message) if message.startswith(b" ") else orjson.loads(message)


class Sender:
    """Turns records into messages, and remembers which mentions were sent."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._mentions: list[Mention] = []
        self._names: dict[tuple[str, ...], int] = {}

    def message(self, items: list[Item]) -> dict[str, Any]:
        """A batch: `fresh` if numbers start anew, then new lists of names and mentions, and the rows."""
        if fresh := len(self._mentions) > _HELD or not self._names:
            self._numbers, self._mentions, self._names = {}, [], {}
        names: list[Any] = []
        mentions: list[Any] = []
        rows = [
            self._record(item, names, mentions) if isinstance(item, Record) else _set_aside(item)
            for item in items
        ]
        return {"fresh": fresh, "names": names, "mentions": mentions, "rows": rows}

    def _record(self, record: Record, names: list[Any], mentions: list[Any]) -> tuple[Any, ...]:
        known, held = self._numbers.get, self._mentions
        told: list[Any] = []
        for mention in record.mentions:
            number = known(mention.id)
            # Equal ids do not promise equal raw texts, so only the very same mention is not sent again.
            if number is None or held[number] is not mention:
                sent = self._mention(mention, names)
                # Events belong to their row, and do not come again; nobody need remember them.
                if mention.kind in EVENTS:
                    told.append(sent)
                    continue
                number = self._numbers[mention.id] = len(held)
                held.append(mention)
                mentions.append(sent)
            told.append(number)
        return (
            record.id, record.key, record.content, record.position.place, record.grade, record.marking.handling,
            told, list(map(_LINK, record.links)), record.subjects, record.raw,
        )  # fmt: skip

    def _mention(self, mention: Mention, new: list[Any]) -> tuple[Any, ...]:
        names = tuple(map(_FIRST, mention.values))
        if names not in self._names:
            self._names[names] = len(self._names)
            new.append(names)
        return mention.id, mention.kind, self._names[names], list(map(tuple, map(_SECOND, mention.values)))


def _set_aside(item: Quarantined) -> tuple[Any, ...]:
    # Bytes travel as the characters of the same numbers.
    return (item.position.place, item.reason, item.message, item.raw.decode("latin-1"))


def _value(told: list[Any]) -> Value:
    raw, normal, verdict, parts = told
    return Value(raw, normal, verdict, tuple(map(tuple, parts)) if parts else ())


class Receiver:
    """Turns messages into records of one source, as if they had been read here."""

    def __init__(self, source: Source, marked: Callable[[str], Marking]) -> None:
        self._source, self._marked = source, marked
        self._names: list[tuple[str, ...]] = []
        self._mentions: list[Mention] = []

    def items(self, message: dict[str, Any], file: str, sha256: str) -> Iterator[Item]:
        """The records and rows set aside of a batch; what it lacks or what it has wrong raises the usual errors."""
        if message["fresh"]:
            self._names, self._mentions = [], []
        self._names.extend(map(tuple, message["names"]))
        self._mentions.extend(map(self._mention, message["mentions"]))
        for row in message["rows"]:
            yield self._item(row, file, sha256)

    def _mention(self, told: list[Any]) -> Mention:
        identity, kind, names, values = told
        stated = tuple(zip(self._names[names], map(_value, values), strict=True))
        return Mention(identity, self._source.name, kind, stated)

    def _item(self, row: list[Any], file: str, sha256: str) -> Item:
        source = self._source
        if len(row) == 4:
            place, reason, message, raw = row
            return Quarantined(
                source.name, Position(file, sha256, place), reason, message, raw.encode("latin-1")
            )
        identity, key, content, place, grade, handling, told, links, subjects, text = row
        mentions = self._mentions
        return Record(
            identity, source.name, key, content, Position(file, sha256, place), source.mapping_version, grade,
            self._marked(handling), [mentions[m] if isinstance(m, int) else self._mention(m) for m in told], [Link(*link) for link in links],
            tuple(subjects), text,
        )  # fmt: skip
