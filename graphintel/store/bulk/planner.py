"""The plan of a first load: chunk by chunk as the daily path goes, with an empty store and nothing to look up."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graphintel.model.ids import ledger_hash
from graphintel.model.marking import Marking
from graphintel.model.records import Mention, Record
from graphintel.store.bulk.cells import Columns, Sheet, columns_of, link_columns
from graphintel.store.bulk.components import Components
from graphintel.store.bulk.spool import Spool
from graphintel.store.driver import Row
from graphintel.store.write.chunk import Counts
from graphintel.store.write.rows import KeysOf, distinct_mentions, link_row, mention_row, natural, record_row


class LinkPart:
    """Links of one type whose properties have the same columns: the mentions at the ends by number, the rest set aside."""

    def __init__(self, folder: Path, type_name: str, columns: Columns, number: int) -> None:
        self.type = type_name
        self.sheet = Sheet(columns)
        self.source = array("i")
        self.target = array("i")
        self.lines = Spool(folder / f"links-{type_name}-{number}.spool")


class MentionPart:
    """Mentions of one kind: their numbers, and rows with the rule that leads to their entity, set aside."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.numbers = array("i")
        self.rows = Spool(folder / f"mentions-{kind}.spool")


class FirstLoad:
    """What the records of a load become in an empty store; in memory are only numbers, ids and keys.

    Everything else lies in `folder`. Of a row that comes in several versions the first one is planned; the others
    are `later`, for the daily path, which knows what supersedes what.
    """

    def __init__(
        self, folder: Path, batch: int, counter: int, markings: dict[str, int], keys_of: KeysOf
    ) -> None:
        self.folder = folder
        self.batch = batch
        self.counter = counter
        self.markings = markings
        self.keys_of = keys_of
        self.chunks: list[Row] = []
        self.components = Components()
        self.mentions: dict[bytes, int] = {}
        self.uses = array("i")
        self.kinds: dict[str, MentionPart] = {}
        self.keys: dict[str, int] = {}
        self.key_owner = array("i")
        self.keyed_mention, self.keyed_key = array("i"), array("i")
        self.links: dict[tuple[str, Columns], LinkPart] = {}
        self.record_rows = Spool(folder / "records.spool")
        self.came_again: dict[int, int] = {}
        self.stated_record, self.stated_mention = array("i"), array("i")
        self.stated_marking = array("i")
        self._ids = bytearray()
        self._keyless: dict[bytes, int] = {}
        self._first: dict[str, int] = {}
        self._contested: set[str] = set()
        self._later = Spool(folder / "later.spool")
        self.placed = 0
        self._recorded = 0

    def write(self, records: list[Record]) -> Counts:
        """Plan one chunk; returns what it brings, in the words of the daily path."""
        self._number_markings(record.marking for record in records)
        counts = Counts()
        fresh: list[tuple[int, Record]] = []
        planned: list[Record] = []
        for order, record in enumerate(records, self.placed):
            if self._contests(record):
                self._later.append(pickle.dumps(record))
                continue
            planned.append(record)
            if self._is_new(record, order):
                fresh.append((order, record))
        self.placed += len(records)
        counts.mentions_new = self._mentions([record for _, record in fresh])
        for order, record in fresh:
            self._record(record, order)
            counts.links_new += len(record.links)
        counts.records_new = len(fresh)
        counts.records_duplicate = len(planned) - len(fresh)
        if planned:
            self.chunks.append(self._ledger(planned, counts))
        return counts

    @contextmanager
    def later(self) -> Iterator[Iterator[Record]]:
        """Records that come after another version of the same row, in order; they outlive the folder."""
        with self._later.opened() as written:
            yield map(pickle.loads, written)

    def _number_markings(self, markings: Iterable[Marking]) -> None:
        for text in sorted({marking.text for marking in markings} - self.markings.keys()):
            self.markings[text] = max(self.markings.values(), default=0) + 1

    def _contests(self, record: Record) -> bool:
        """Whether a record is, or comes after, another version of a row that is planned already."""
        key = natural(record)
        if key is None or key in self._contested:
            return key is not None
        number = self._first.get(key)
        if number is None or self._ids[16 * number : 16 * number + 16] == bytes.fromhex(record.id):
            return False
        self._contested.add(key)
        return True

    def _is_new(self, record: Record, order: int) -> bool:
        name, key = bytes.fromhex(record.id), natural(record)
        number = self._keyless.get(name) if key is None else self._first.get(key)
        if number is not None:
            self.came_again[number] = order
            return False
        if key is None:
            self._keyless[name] = len(self._ids) // 16
        else:
            self._first[key] = len(self._ids) // 16
        self._ids += name
        return True

    def _mentions(self, fresh: list[Record]) -> int:
        """Number the mentions that are new, unite those that share a key; returns how many are new."""
        numbers = self.mentions
        found: list[int] = []
        for mention in distinct_mentions(fresh).values():
            name = bytes.fromhex(mention.id)
            if name not in numbers:
                numbers[name] = self._mention(mention)
                found.append(numbers[name])
        self.components.bear(found, self.batch * 1_000_000)
        return len(found)

    def _mention(self, mention: Mention) -> int:
        number = self.components.add(mention.id)
        self.uses.append(0)
        keys = self.keys_of(mention)
        for key in keys:
            place = self.keys.setdefault(key, len(self.keys))
            if place == len(self.key_owner):
                self.key_owner.append(number)
            else:
                self.components.join(number, self.key_owner[place])
            self.keyed_mention.append(number)
            self.keyed_key.append(place)
        part = self.kinds.get(mention.kind)
        if part is None:
            part = self.kinds[mention.kind] = MentionPart(self.folder, mention.kind)
        part.numbers.append(number)
        part.rows.append((mention_row(mention), ", ".join(keys)))
        return number

    def _record(self, record: Record, order: int) -> None:
        number = self._recorded
        self._recorded += 1
        marking = self.markings[record.marking.text]
        self.record_rows.append(record_row(record, marking, self.batch, order))
        of = self.mentions
        for name in record.used:
            self.uses[of[bytes.fromhex(name)]] += 1
        for subject in record.subjects:
            self.stated_record.append(number)
            self.stated_mention.append(of[bytes.fromhex(subject)])
            self.stated_marking.append(marking)
        for link in record.links:
            part, line = self._placed(link.type, link_row(link, record, marking, self.batch))
            part.source.append(of[bytes.fromhex(link.source)])
            part.target.append(of[bytes.fromhex(link.target)])
            part.lines.append(line)

    def _placed(self, type_name: str, row: Row) -> tuple[LinkPart, str]:
        part = self._part(type_name, link_columns(type_name))
        line = part.sheet.line(row)
        if line is None:
            part = self._part(type_name, columns_of(row))
            line = part.sheet.line(row)
        assert line is not None, row
        return part, line

    def _part(self, type_name: str, columns: Columns) -> LinkPart:
        part = self.links.get((type_name, columns))
        if part is None:
            part = LinkPart(self.folder, type_name, columns, len(self.links))
            self.links[type_name, columns] = part
        return part

    def _ledger(self, records: list[Record], counts: Counts) -> Row:
        names = list(dict.fromkeys(record.id for record in records))
        number = len(self.chunks)
        return {
            "batch": self.batch, "number": number, "counter": self.counter + number + 1, "hash": ledger_hash(names),
            "from": records[0].position.place, "to": records[-1].position.place, "rows": len(records), "records": names,
            **{name: getattr(counts, name) for name in Counts.__dataclass_fields__},
        }  # fmt: skip
