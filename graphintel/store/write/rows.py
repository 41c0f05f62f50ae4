"""Records, mentions and links as rows of properties: what does not depend on what the store already holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

import orjson

from graphintel.model.deliveries import Delivery
from graphintel.model.display import merged, search_text, stored
from graphintel.model.kinds import EVENTS
from graphintel.model.records import Link, Mention, Record

Row = dict[str, Any]
KeysOf = Callable[[Mention], tuple[str, ...]]
_RAW = 4000


def mention_row(mention: Mention) -> Row:
    """A mention as node properties: values, and raw and verdict where they say more."""
    row = stored(mention)
    raw = {name: value.raw for name, value in mention.values if value.raw != value.normal}
    verdicts = {name: value.verdict for name, value in mention.values if value.verdict != "valid"}
    row.update(id=mention.id, source=mention.source, kind=mention.kind, search=search_text(mention.kind, row))
    if raw:
        row["raw"] = orjson.dumps(raw).decode()
    if verdicts:
        row["verdicts"] = orjson.dumps(verdicts).decode()
    return row


def record_row(record: Record, marking: int, batch: int, order: int = 0) -> Row:
    """A record as node properties; `order`: its place in the batch that delivers it."""
    return _delivered(_said(record), record, marking, batch, order)


def _said(record: Record) -> Row:
    return {
        "id": record.id, "source": record.source, "key": record.key, "natural": natural(record),
        "content": orjson.dumps(record.content).decode(), "file": record.position.file, "sha256": record.position.sha256,
        "position": record.position.place, "mapping_version": record.mapping_version,
        "raw": record.raw[:_RAW], "starts": starts(record),
    }  # fmt: skip


def _delivered(said: Row, record: Record, marking: int, batch: int, order: int) -> Row:
    came = Delivery(batch, order, record.mapping_version, record.grade, marking)
    return {
        **said, "batch": batch, "deliveries": [batch], "history": [came.text], "marking": marking, "grade": record.grade,
    }  # fmt: skip


def starts(record: Record) -> list[str]:
    """The mentions from which a record's links are found again."""
    return sorted({link.source for link in record.links} | set(record.subjects))


def natural(record: Record) -> str | None:
    """The natural key within all sources; None where the source has none, so that nothing is superseded."""
    return f"{record.source}\x1f{record.key}" if record.key else None


def link_row(link: Link, record: Record, marking: int, batch: int) -> Row:
    """A link as relationship properties."""
    return {**_stated(link, record), "batch": batch, "marking": marking, "grade": record.grade}


def _stated(link: Link, record: Record) -> Row:
    row: Row = {
        **link.properties, "id": link.id, "record": record.id, "from_mention": link.source,
        "to_mention": link.target, "basis": link.basis,
    }  # fmt: skip
    for name in ("at", "valid_from", "valid_to", "precision"):
        value = getattr(link, name)
        if value:
            row[name] = value
    return row


def cached(kind: str, rows: list[Row]) -> Row:
    """What an entity remembers of the statements of it, for search and for those who write Cypher."""
    # An event is its own mention, and what it stated is never changed: only its names and identifiers are a cache.
    cache = merged(kind, rows)
    if kind in EVENTS:
        return {name: cache[name] for name in ("kind", "display", "names", "identifiers")}
    return cache


def distinct_mentions(records: Iterable[Record]) -> dict[str, Mention]:
    """The mentions that some records use by id, in the order in which they first appear."""
    found: dict[str, Mention] = {}
    for record in records:
        used = record.used
        for mention in record.mentions:
            if mention.id in used:
                found.setdefault(mention.id, mention)
    return found


class Ahead:
    """Rows of a chunk made before its turn, while another is being written; what is not here is made when asked for.

    `known`: mentions of which no row is needed, as most parties of a row.
    """

    def __init__(
        self, records: Iterable[Record] = (), keys_of: KeysOf | None = None, known: Collection[str] = ()
    ) -> None:
        self._records: dict[str, Row] = {}
        self._links: dict[str, list[Row]] = {}
        for record in records:
            if record.id not in self._records:
                self._records[record.id] = _said(record)
                self._links[record.id] = [_stated(link, record) for link in record.links]
        fresh = [mention for name, mention in distinct_mentions(records).items() if name not in known]
        self._mentions = {mention.id: mention_row(mention) for mention in fresh}
        # What happened is most often stated once, and is its own entity.
        self._cached = {
            mention.id: cached(mention.kind, [self._mentions[mention.id]])
            for mention in fresh
            if mention.kind in EVENTS
        }
        self._keys = {mention.id: keys_of(mention) for mention in fresh} if keys_of else {}

    def mention_row(self, mention: Mention) -> Row:
        """`mention_row`; who changes it copies it."""
        return self._mentions.get(mention.id) or mention_row(mention)

    def cached(self, mention: Mention) -> Row:
        """`cached` of the only statement of a thing; who changes it copies it."""
        return self._cached.get(mention.id) or cached(mention.kind, [self.mention_row(mention)])

    def record_row(self, record: Record, marking: int, batch: int, order: int) -> Row:
        """`record_row`, a row of its own."""
        return _delivered(self._records.get(record.id) or _said(record), record, marking, batch, order)

    def link_rows(self, record: Record) -> list[Row]:
        """The links of a record in its order, for batch, marking and grade to be set on them."""
        return self._links.get(record.id) or [_stated(link, record) for link in record.links]

    def keys_of(self, mention: Mention, keys_of: KeysOf) -> tuple[str, ...]:
        """The keys of a mention."""
        found = self._keys.get(mention.id)
        return keys_of(mention) if found is None else found
