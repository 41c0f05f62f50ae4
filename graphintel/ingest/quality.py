"""The quality of a load, collected while it is read: counters with caps, and a sample of rows chosen by their hash."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from graphintel.ingest.accounting import Accounting
from graphintel.ingest.ahead import HAPPENED, Ahead
from graphintel.ingest.columns import LONGEST, profile
from graphintel.ingest.mapping.fields import NUMBERS
from graphintel.ingest.source import Source
from graphintel.ingest.vocabulary import vocabularies
from graphintel.model.kinds import KINDS
from graphintel.model.records import Mention, Quarantined, Record
from graphintel.model.values import tidy

Row = dict[str, Any]
VERSION = 1
SAMPLE = 2_000
EXAMPLES = 5
WORDS = 500
PLACES = 2_000
PLACES_TOLD = 200
COLUMNS = 1_000
SETS = 10_000
_INDEX = re.compile(r"\[\d+\]")


class Collector:
    """Takes the rows of a load block by block and tells at the end what they were like; memory is bounded."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._flat = source.format == "csv"
        self._words = vocabularies(source)
        self._stated: dict[str, Counter[tuple[str, ...]]] = {kind: Counter() for kind in KINDS}
        self._valid: Counter[tuple[str, str]] = Counter()
        self._doubted: Counter[tuple[str, str, str]] = Counter()
        self._examples: dict[str, list[Row]] = {}
        self._seen: dict[str, Counter[str]] = {column: Counter() for column in self._words}
        self._places: Counter[str] = Counter()
        self._places_dropped = 0
        self._refused: dict[str, Row] = {}
        self._ahead = Ahead()
        self._sample: dict[str, dict[str, str]] = {}
        self._border = "g"
        self._markings: set[str] = set()
        self._rows = 0

    def take(self, records: Sequence[Record], refused: Iterable[Quarantined]) -> None:
        """Count a block of rows."""
        self._rows += len(records)
        mentions = list(chain.from_iterable([record.mentions for record in records]))
        ids = [mention.id for mention in mentions]
        # Both keep the order of first appearance, so they are walked side by side.
        stated, distinct = Counter(ids), dict(zip(ids, mentions, strict=True))
        # The innermost loop of every load. Mentions state the same few sets of properties again and again: counted as
        # sets here and taken apart later, which costs less than a sum for every value.
        for mention, times in zip(distinct.values(), stated.values(), strict=True):
            values = mention.values
            valid = tuple([prop for prop, value in values if value.verdict == "valid"])
            sets = self._stated[mention.kind]
            sets[valid] = sets.get(valid, 0) + times
            if len(valid) != len(values):
                self._doubt(mention, times, records)
            if HAPPENED[mention.kind]:
                self._ahead.look(mention, times, records)
            if mention.kind == "Place" and "place_key" not in valid:
                self._unplaced(mention, times)
        if sum(map(len, self._stated.values())) > SETS:
            self._apart()
        for column, seen in self._seen.items():
            self._vocabulary(column, seen, records)
        for marking in {id(record.marking): record.marking for record in records}.values():
            self._markings.add(marking.text)
        self._keep([record for record in records if record.id < self._border])
        for row in refused:
            self._refusal(row)

    def _apart(self) -> None:
        for kind, sets in self._stated.items():
            for names, times in sets.items():
                for name in names:
                    self._valid[kind, name] += times
            sets.clear()

    def _doubt(self, mention: Mention, times: int, records: Sequence[Record]) -> None:
        for name, value in mention.values:
            if value.verdict != "valid":
                self._doubted[mention.kind, name, value.verdict] += times
            if value.verdict == "invalid":
                self._example(mention, name, value.raw, records)

    def _example(self, mention: Mention, name: str, raw: str, records: Sequence[Record]) -> None:
        type_name = KINDS[mention.kind].property(name).type
        held = self._examples.setdefault(type_name, [])
        text = tidy(raw)[:LONGEST]
        if len(held) >= EXAMPLES or any(example["raw"] == text for example in held):
            return
        record = next(record for record in records if mention in record.mentions)
        held.append(
            {"raw": text, "kind": mention.kind, "property": name, "record": record.id, "file": record.position.file,
             "position": record.position.place}
        )  # fmt: skip

    def _unplaced(self, mention: Mention, times: int) -> None:
        """A place that the gazetteer does not know has no key there; it stays the text that the source wrote."""
        if not mention.values:
            return
        text = tidy(mention.values[0][1].raw)[:LONGEST]
        if text in self._places or len(self._places) < PLACES:
            self._places[text] += times
        else:
            self._places_dropped += times

    def _vocabulary(self, column: str, seen: Counter[str], records: Sequence[Record]) -> None:
        if self._flat:
            found = Counter([record.content.get(column, "") for record in records])
        else:
            found = Counter(
                cell
                for record in records
                for path, cell in record.content.items()
                if _INDEX.sub("", path) == column
            )
        for word, count in found.items():
            text = tidy(word)[:LONGEST]
            if text and (text in seen or len(seen) < WORDS):
                seen[text] += count

    def _keep(self, records: list[Record]) -> None:
        """The rows with the smallest ids, which are hashes: a sample that no order of loading changes."""
        for record in records:
            self._sample[record.id] = record.content
        if len(self._sample) > 2 * SAMPLE:
            self._cut()

    def _cut(self) -> None:
        kept = sorted(self._sample)[:SAMPLE]
        self._sample = {name: self._sample[name] for name in kept}
        if len(kept) == SAMPLE:
            self._border = kept[-1]

    def _refusal(self, row: Quarantined) -> None:
        told = self._refused.setdefault(row.reason, {"reason": row.reason, "count": 0, "examples": []})
        told["count"] += 1
        if len(told["examples"]) < EXAMPLES:
            told["examples"].append(
                {
                    "file": row.position.file,
                    "position": row.position.place,
                    "message": tidy(row.message)[:300],
                }
            )

    def told(self, accounting: Accounting) -> Row:
        """What the load was like, as plain JSON; `accounting` is that of the same files, settled."""
        self._cut()
        return {
            "version": VERSION, "format": self._source.format, "mapping": self._source.mapping_version,
            "sampled": len(self._sample), "columns": self._columns(accounting), "values": self._values(),
            "vocabularies": {
                column: {"words": sorted(self._words[column]), "seen": dict(sorted(seen.items())),
                         "full": len(seen) >= WORDS}
                for column, seen in sorted(self._seen.items())
            },
            "unplaced": [
                {"text": text, "count": count}
                for text, count in sorted(self._places.items(), key=lambda pair: (-pair[1], pair[0]))[:PLACES_TOLD]
            ],
            "unplaced_texts": len(self._places), "unplaced_count": self._places.total() + self._places_dropped,
            "future": self._ahead.told(),
            "quarantine": sorted(self._refused.values(), key=lambda row: (-row["count"], row["reason"])),
            "markings": sorted(self._markings),
        }  # fmt: skip

    def _columns(self, accounting: Accounting) -> list[Row]:
        rows = sum(account.rows for account in accounting.files)
        cells = self._cells()
        found: dict[str, Row] = {}
        for account in accounting.files:
            states = {**dict.fromkeys(account.unread, "unread"), **dict.fromkeys(account.left_out, "left out"),
                      **dict.fromkeys(account.read, "read")}  # fmt: skip
            for name, state in states.items():
                if name not in found and len(found) >= COLUMNS:
                    continue
                column = found.setdefault(
                    name,
                    {
                        "name": name,
                        "state": state,
                        "reason": account.left_out.get(name, ""),
                        "place": account.places.get(name),
                        "filled": 0,
                    },
                )
                column["filled"] += account.filled.get(name, 0)
        for name, column in found.items():
            column["rate"] = self._rate(column["filled"], rows, cells.get(name))
            column.update(profile([cell for row in cells.get(name, []) for cell in row], self._kind(name)))
        order = {column.name: number for number, column in enumerate(self._source.columns)}
        return sorted(
            found.values(), key=lambda column: (order.get(column["name"], len(order)), column["name"])
        )

    def _cells(self) -> dict[str, list[list[str]]]:
        """The sampled cells of each column, a list a row in which it is filled."""
        found: dict[str, list[list[str]]] = defaultdict(list)
        for name in sorted(self._sample):
            row: dict[str, list[str]] = defaultdict(list)
            for path, cell in self._sample[name].items():
                row[path if self._flat else _INDEX.sub("", path)].append(cell)
            for path, several in row.items():
                found[path].append(several)
        return found

    def _rate(self, filled: int, rows: int, sampled: list[list[str]] | None) -> float:
        """Share of rows in which a column is filled: counted in tables; in documents, where paths repeat, of the sample."""
        if not self._flat and sampled:
            return round(len(sampled) / max(len(self._sample), 1), 4)
        return round(min(filled / rows, 1.0), 4) if rows else 0.0

    def _kind(self, column: str) -> str:
        canonical = self._source.plan.canonical.get(column)
        if canonical is None:
            return "word" if column in self._source.used else ""
        return "number" if canonical.type in NUMBERS else "date"

    def _values(self) -> list[Row]:
        counts: dict[str, dict[tuple[str, str], Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self._apart()
        for (kind, name), count in self._valid.items():
            counts[KINDS[kind].property(name).type][kind, name]["valid"] += count
        for (kind, name, verdict), count in self._doubted.items():
            counts[KINDS[kind].property(name).type][kind, name][verdict] += count
        return [
            {"type": type_name, **_verdicts(sum(properties.values(), Counter())),
             "properties": [{"kind": kind, "property": name, **_verdicts(count)} for (kind, name), count in sorted(properties.items())],
             "examples": self._examples.get(type_name, [])}
            for type_name, properties in sorted(counts.items())
        ]  # fmt: skip


def _verdicts(count: Counter[str]) -> dict[str, int]:
    return {verdict: count[verdict] for verdict in ("valid", "invalid", "unknown")}
