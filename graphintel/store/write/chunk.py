"""One transaction of a load: look up what is there, plan, write, and leave a ledger node."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from neo4j import ManagedTransaction

from graphintel.errors import LimitReached
from graphintel.model.kinds import EVENTS
from graphintel.model.records import Record
from graphintel.store.driver import Row, Store
from graphintel.store.write import statements as text
from graphintel.store.write.batch import hold, next_number
from graphintel.store.write.plan import KeysOf, Member, Plan, build, distinct_mentions, natural

_KNOWN = 400_000
_GROUP = 5000


@dataclass(slots=True)
class Counts:
    """What a chunk or a load did, in the contract's words."""

    records_new: int = 0
    records_unchanged: int = 0
    records_duplicate: int = 0
    records_superseded: int = 0
    mentions_new: int = 0
    links_new: int = 0

    def add(self, other: Counts) -> None:
        """Add another chunk's counts to these."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Loader:
    """A load in progress under the writer lease: what it has learnt of the store saves asking again."""

    store: Store
    holder: str
    batch: int
    markings: dict[str, int]
    keys_of: KeysOf
    known: dict[str, str] = field(default_factory=dict)
    known_keys: dict[str, str] = field(default_factory=dict)
    chunk: int = 0

    def write(self, records: list[Record]) -> Counts:
        """Write one chunk of records in one transaction; what was learnt is kept only if it committed.

        A chunk that takes more memory than a transaction may have is halved. Raises LimitReached for a single record.
        """
        try:
            counts, plan = self.store.writing(lambda tx: self._transaction(tx, records))
        except LimitReached:
            if len(records) == 1:
                raise
            half = len(records) // 2
            total = self.write(records[:half])
            total.add(self.write(records[half:]))
            return total
        self.chunk += 1
        if plan.merges or plan.renames or len(self.known) > _KNOWN:
            self.known.clear()
            self.known_keys.clear()
        else:
            self.known.update(plan.entity_of)
            self.known_keys.update(plan.entity_of_key)
        return counts

    def _transaction(self, tx: ManagedTransaction, records: list[Record]) -> tuple[Counts, Plan]:
        hold(tx, self.holder)
        counts = Counts()
        fresh, unchanged, reopened = self._sorted(tx, records, counts)
        plan = self._planned(tx, fresh)
        apply(tx, plan, self.batch)
        if unchanged:
            tx.run(text.DELIVERED, rows=unchanged, batch=self.batch).consume()
        if reopened:
            reopen(tx, [record.id for record in reopened], self.batch)
        changed = {natural(record) for record in fresh + reopened}
        self._supersede(tx, [record for record in records if natural(record) in changed], counts)
        counts.records_new = len(fresh) + len(reopened)
        counts.mentions_new = len(plan.mentions) + sum(len(plan.entities.get(kind, ())) for kind in EVENTS)
        counts.links_new = sum(len(rows) for rows in plan.links.values())
        tx.run(text.CHUNK, chunk=self._ledger(records, counts, next_number(tx))).consume()
        return counts, plan

    def _sorted(
        self, tx: ManagedTransaction, records: list[Record], counts: Counts
    ) -> tuple[list[Record], list[str], list[Record]]:
        """New records, ids of those already there, and closed ones that came back; duplicates are counted."""
        by_id: dict[str, Record] = {}
        for record in records:
            if record.id in by_id:
                counts.records_duplicate += 1
            # A row that comes twice stands where it came last, so that A, B, A ends at A in chunks of any size.
            by_id[record.id] = by_id.pop(record.id, record)
        last = {key: record.id for record in by_id.values() if (key := natural(record))}
        there = {row["id"]: row for row in tx.run(text.FIND_RECORDS, ids=list(by_id))}
        fresh, unchanged, reopened = [], [], []
        for name, record in by_id.items():
            row = there.get(name)
            if row is None:
                fresh.append(record)
            elif row["closed"] is not None and last.get(natural(record) or "", name) == name:
                reopened.append(record)
            elif self.batch in row["deliveries"]:
                counts.records_duplicate += 1
            else:
                unchanged.append(name)
        counts.records_unchanged = len(unchanged)
        return fresh, unchanged, reopened

    def _supersede(self, tx: ManagedTransaction, records: list[Record], counts: Counts) -> None:
        """Close the records that these replace by natural key; of several in one chunk the last one stands."""
        last = {key: record.id for record in records if (key := natural(record))}
        if not last:
            return
        found = tx.run(text.FIND_NATURAL, naturals=list(last))
        old = [row["id"] for row in found if row["id"] != last[row["natural"]]]
        if old:
            close(tx, old, self.batch)
        counts.records_superseded = len(old)

    def _planned(self, tx: ManagedTransaction, fresh: list[Record]) -> Plan:
        mentions = distinct_mentions(fresh)
        known = {name: self.known[name] for name in mentions if name in self.known}
        ask = [name for name in mentions if name not in known]
        for group in _groups(ask):
            known.update((row["id"], row["entity"]) for row in tx.run(text.FIND_MENTIONS, ids=group))
        keys = {name: self.keys_of(mention) for name, mention in mentions.items() if name not in known}
        known_keys = self._known_keys(tx, keys.values())
        touched = sorted({known_keys[key] for own in keys.values() for key in own if key in known_keys})
        members = _members(tx, touched) if touched else {}
        return build(fresh, keys, known, known_keys, members, self.markings, self.batch)

    def _known_keys(self, tx: ManagedTransaction, keys: Iterable[tuple[str, ...]]) -> dict[str, str]:
        wanted = list(dict.fromkeys(key for own in keys for key in own))
        found = {key: self.known_keys[key] for key in wanted if key in self.known_keys}
        for group in _groups([key for key in wanted if key not in found]):
            found.update((row["key"], row["entity"]) for row in tx.run(text.FIND_KEYS, keys=group))
        return found

    def _ledger(self, records: list[Record], counts: Counts, counter: int) -> Row:
        total = blake2b(digest_size=16)
        for record in records:
            total.update(record.id.encode())
        return {
            "batch": self.batch, "number": self.chunk, "counter": counter, "hash": total.hexdigest(),
            "from": records[0].position.place, "to": records[-1].position.place, "rows": len(records),
            **{name: getattr(counts, name) for name in Counts.__dataclass_fields__},
        }  # fmt: skip


def _groups(items: list[str]) -> list[list[str]]:
    return [items[start : start + _GROUP] for start in range(0, len(items), _GROUP)]


def _members(tx: ManagedTransaction, entities: list[str]) -> dict[str, Member]:
    found = {}
    for row in tx.run(text.FIND_MEMBERS, ids=entities):
        own = [row["own"]] if row["own"] else []
        found[row["id"]] = Member(row["born"], row["kind"], row["degree"], own + row["mentions"])
    return found


def apply(tx: ManagedTransaction, plan: Plan, batch: int) -> None:
    """Run a plan's statements in order."""
    for source, target, kind, rule in plan.merges:
        merge(tx, source, target, kind, rule, batch)
    for source, target in plan.renames:
        tx.run(text.RENAME, {"from": source, "to": target}).consume()
        tx.run(text.MERGE_KEYS, {"from": source, "to": target}).consume()
    for kind, rows in sorted(plan.entities.items()):
        tx.run(text.entities(kind), rows=rows).consume()
    steps = ((text.DISPLAY, plan.display), (text.MENTIONS, plan.mentions), (text.KEYS, plan.keys))
    for statement, rows in (*steps, (text.RECORDS, plan.records), (text.STATES, plan.states)):
        if rows:
            tx.run(statement, rows=rows, batch=batch).consume()
    for type_name, rows in sorted(plan.links.items()):
        tx.run(text.links(type_name), rows=rows).consume()


def merge(tx: ManagedTransaction, source: str, target: str, kind: str, rule: str, batch: int) -> None:
    """Move everything of one entity to another; the mentions stay, only what they resolve to changes."""
    ends: Row = {"from": source, "to": target}
    for row in list(tx.run(text.TYPES_AT, ends)):
        tx.run(text.move_out(row["type"]), ends).consume()
        tx.run(text.move_in(row["type"]), ends).consume()
    tx.run(text.MERGE_MENTIONS, ends).consume()
    tx.run(text.MERGE_OWN, {**ends, "rule": rule, "batch": batch}).consume()
    tx.run(text.MERGE_KEYS, ends).consume()
    if kind in EVENTS:
        tx.run(text.merge_unlabel(kind), ends).consume()
    tx.run(text.MERGE_DROP, ends).consume()


def close(tx: ManagedTransaction, records: list[str], batch: int) -> None:
    """Close records: their links leave the entities and stay between the mentions for as-of reads and undo."""
    by_type: dict[str, list[Row]] = {}
    for row in tx.run(text.LINKS_OF_RECORDS, ids=records):
        by_type.setdefault(row["type"], []).append({"id": row["id"], "s": row["s"]})
    for type_name, rows in sorted(by_type.items()):
        tx.run(text.close(type_name), rows=rows, batch=batch).consume()
    tx.run(text.CLOSE_RECORDS, ids=records, batch=batch).consume()


def reopen(tx: ManagedTransaction, records: list[str], batch: int) -> None:
    """Open closed records again: their links return between the entities that the mentions have now."""
    rows = [row["p"] for row in tx.run(text.CLOSED_OF_RECORDS, ids=records)]
    wanted = sorted({row[end] for row in rows for end in ("from_mention", "to_mention")})
    entity = {row["id"]: row["entity"] for row in tx.run(text.FIND_MENTIONS, ids=wanted)}
    by_type: dict[str, list[Row]] = {}
    for row in rows:
        properties = {name: value for name, value in row.items() if name not in ("type", "closed")}
        ends = {"s": entity[row["from_mention"]], "t": entity[row["to_mention"]], "p": properties}
        by_type.setdefault(row["type"], []).append(ends)
    tx.run(text.DROP_CLOSED, ids=records).consume()
    for type_name, group in sorted(by_type.items()):
        tx.run(text.links(type_name), rows=group).consume()
    tx.run(text.REOPEN_RECORDS, ids=records, batch=batch).consume()


def planned_alone(
    records: list[Record],
    keys_of: KeysOf,
    known: dict[str, str],
    known_keys: dict[str, str],
    markings: dict[str, int],
) -> Plan:
    """The plan of records for a store that holds only what `known` says; for measuring without look-ups."""
    unique = list({record.id: record for record in records}.values())
    mentions = distinct_mentions(unique)
    keys = {name: keys_of(mention) for name, mention in mentions.items() if name not in known}
    touched = {known_keys[key] for own in keys.values() for key in own if key in known_keys}
    members = {
        name: Member(1, mentions[name].kind if name in mentions else "Place", 1, []) for name in touched
    }
    plan = build(unique, keys, known, known_keys, members, markings, 1)
    known.update(plan.entity_of)
    known_keys.update(plan.entity_of_key)
    return plan


def write_plan(store: Store, plan: Plan) -> None:
    """Write a plan's rows by bare statements in one transaction, without look-ups or ledger; for measuring."""
    store.writing(lambda tx: apply(tx, plan, 1))
