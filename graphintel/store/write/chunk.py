"""One transaction of a load: look up what is there, plan, write, and leave a ledger node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from neo4j import ManagedTransaction

from graphintel.errors import LimitReached
from graphintel.model.ids import ledger_hash
from graphintel.model.kinds import EVENTS
from graphintel.model.records import Record
from graphintel.store.driver import Row, Store
from graphintel.store.write import closing, judged
from graphintel.store.write import statements as text
from graphintel.store.write.batch import hold, joined_marking, next_number, taken_back
from graphintel.store.write.plan import (
    Group,
    Member,
    Plan,
    build,
    grouped,
)
from graphintel.store.write.rows import Ahead, KeysOf, distinct_mentions, natural
from graphintel.store.write.settle import divided, settle
from graphintel.store.write.sorting import Sorted, sort

_KNOWN = 400_000
_GROUP = 5000


@dataclass(slots=True)
class Counts:
    """What a chunk or a load did, in the contract's words."""

    records_new: int = 0
    records_unchanged: int = 0
    records_duplicate: int = 0
    records_superseded: int = 0
    records_reread: int = 0
    records_regraded: int = 0
    records_closed: int = 0
    mentions_new: int = 0
    links_new: int = 0

    def add(self, other: Counts) -> None:
        """Add another chunk's counts to these."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Loader:
    """A load in progress under the writer lease: what it has learnt of the store saves asking again.

    `placed`: how many records this batch has delivered so far; `seconds`: what one chunk may take; `fresh`: whether the
    last chunk brought anything that was not there.
    """

    store: Store
    holder: str
    batch: int
    markings: dict[str, int]
    keys_of: KeysOf
    known: dict[str, str] = field(default_factory=dict)
    known_keys: dict[str, str] = field(default_factory=dict)
    judged: int = 0
    chunk: int = 0
    placed: int = 0
    seconds: float = 300.0
    fresh: bool = True

    def ahead(self, records: list[Record]) -> Ahead:
        """The rows of a chunk whose turn is still to come, made in the thread of the caller; none if all comes again."""
        return Ahead(records, self.keys_of, self.known) if self.fresh else Ahead()

    def write(self, records: list[Record], ahead: Ahead | None = None) -> Counts:
        """Write one chunk of records in one transaction; what was learnt is kept only if it committed.

        A chunk that takes more memory than a transaction may have is halved. Raises LimitReached for a single record,
        and for a chunk that takes more than `seconds`. `ahead`: the rows of these records that were made before.
        """
        made = ahead or Ahead()
        try:
            counts, plan, settled = self.store.writing(
                lambda tx: self._transaction(tx, records, made), seconds=self.seconds
            )
        except LimitReached as error:
            if len(records) == 1 or error.detail.get("limit") == "time":
                raise
            half = len(records) // 2
            total = self.write(records[:half], made)
            total.add(self.write(records[half:], made))
            return total
        self.chunk += 1
        self.placed += len(records)
        self.fresh = counts.records_new + counts.records_reread > 0
        if settled or plan.merges or plan.renames or len(self.known) > _KNOWN:
            self._forget()
        else:
            self._learn(plan)
        return counts

    def _forget(self) -> None:
        self.known.clear()
        self.known_keys.clear()

    def _learn(self, plan: Plan) -> None:
        """Remember what later rows are likely to name again; an event of a row is seldom one of them."""
        events = {row["id"] for kind in EVENTS for row in plan.entities.get(kind, ())}
        for known, new in ((self.known, plan.entity_of), (self.known_keys, plan.entity_of_key)):
            known.update((name, entity) for name, entity in new.items() if entity not in events)

    def _transaction(
        self, tx: ManagedTransaction, records: list[Record], ahead: Ahead
    ) -> tuple[Counts, Plan, bool]:
        if (judged_at := hold(tx, self.holder)) != self.judged:
            # Somebody judged since the last chunk: entities are not what they were.
            self._forget()
            self.judged = judged_at
        found = sort(
            tx, records, self.placed, self.batch, taken_back(tx),
            lambda numbers: joined_marking(tx, self.markings, numbers), self.markings,
        )  # fmt: skip
        plan = self._planned(tx, found, ahead)
        lost: Counter[str] = Counter()
        if found.reread:
            lost.update(closing.unlink(tx, [record.id for record in found.reread], self.batch))
        if found.histories:
            tx.run(text.HISTORY, rows=found.histories).consume()
        closing.stand(tx, found.standing)
        closing.grade(tx, found.graded)
        apply(tx, plan, self.batch)
        old = self._superseded(tx, found)
        if old:
            lost.update(closing.close(tx, old, self.batch))
        asleep = closing.count(tx, lost)
        if asleep:
            settle(tx, asleep, self.batch)
        if plan.apart:
            divided(tx, sorted(plan.apart), self.batch)
        counts = _counted(found, plan, len(old))
        tx.run(text.CHUNK, chunk=self._ledger(records, counts, next_number(tx))).consume()
        # A chunk may take longer than the lease lasts; it was held all along.
        hold(tx, self.holder)
        return counts, plan, bool(asleep or plan.apart)

    def _superseded(self, tx: ManagedTransaction, found: Sorted) -> list[str]:
        """The records that these replace by natural key; of several in one chunk the last one stands."""
        changed = {natural(record) for record in found.fresh + found.reopened}
        last = {key: name for key, name in found.last.items() if key in changed}
        if not last:
            return []
        rows = tx.run(text.FIND_NATURAL, naturals=list(last))
        return [row["id"] for row in rows if row["id"] != last[row["natural"]]]

    def _planned(self, tx: ManagedTransaction, found: Sorted, ahead: Ahead) -> Plan:
        mentions = distinct_mentions(found.opened)
        known = {name: self.known[name] for name in mentions if name in self.known}
        woken = set()
        for group in _groups([name for name in mentions if name not in known]):
            for row in tx.run(text.FIND_MENTIONS, ids=group):
                if row["entity"] is None:
                    woken.add(row["id"])
                else:
                    known[row["id"]] = row["entity"]
        keys = {
            name: ahead.keys_of(mention, self.keys_of)
            for name, mention in mentions.items()
            if name not in known
        }
        known_keys, contested = self._known_keys(tx, keys.values())
        groups = grouped(keys, known_keys)
        touched = sorted({known_keys[key] for own in keys.values() for key in own if key in known_keys})
        members = _members(tx, touched) if touched else {}
        return build(
            found.opened, keys, known, known_keys, members, self.markings, self.batch,
            orders=found.orders, stands=found.stands, woken=frozenset(woken),
            groups=groups, apart=_apart(tx, groups, keys, contested, woken), ahead=ahead,
        )  # fmt: skip

    def _known_keys(
        self, tx: ManagedTransaction, keys: Iterable[tuple[str, ...]]
    ) -> tuple[dict[str, str], set[str]]:
        """The entity that each key leads to, and the keys over which some mentions were parted."""
        wanted = list(dict.fromkeys(key for own in keys for key in own))
        found = {key: self.known_keys[key] for key in wanted if key in self.known_keys}
        contested = set()
        for group in _groups([key for key in wanted if key not in found]):
            for row in tx.run(text.FIND_KEYS, keys=group):
                found[row["key"]] = row["entity"]
                if row["contested"]:
                    contested.add(row["key"])
        return found, contested

    def _ledger(self, records: list[Record], counts: Counts, counter: int) -> Row:
        names = list(dict.fromkeys(record.id for record in records))
        return {
            "batch": self.batch, "number": self.chunk, "counter": counter, "hash": ledger_hash(names), "records": names,
            "from": records[0].position.place, "to": records[-1].position.place, "rows": len(records),
            **{name: getattr(counts, name) for name in Counts.__dataclass_fields__},
        }  # fmt: skip


def _apart(
    tx: ManagedTransaction, groups: list[Group], keys: dict[str, tuple[str, ...]], contested: set[str], woken: set[str]
) -> frozenset[str]:  # fmt: skip
    """The mentions whose entity judgements have a say in: they, or whom their keys bring together, were judged."""
    parted = judged.parted(tx, sorted({one for _, old in groups if len(old) > 1 for one in old}))
    waking = judged.of_mentions(tx, sorted(woken))
    return frozenset(
        name
        for names, old in groups
        if (len(old) > 1 and old & parted)
        or waking.intersection(names)
        or (contested and any(key in contested for name in names for key in keys[name]))
        for name in names
    )


def _counted(found: Sorted, plan: Plan, superseded: int) -> Counts:
    events = sum(row["id"] not in plan.woken for kind in EVENTS for row in plan.entities.get(kind, ()))
    return Counts(
        records_new=len(found.fresh) + len(found.reopened),
        records_unchanged=found.unchanged,
        records_duplicate=found.duplicates,
        records_superseded=superseded,
        records_reread=len(found.reread),
        records_regraded=len(found.graded),
        mentions_new=events + sum(row["mention"]["id"] not in plan.woken for row in plan.mentions),
        links_new=sum(len(rows) for rows in plan.links.values()),
    )


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
        asleep = [row for row in rows if row["id"] in plan.woken]
        created = [row for row in rows if row["id"] not in plan.woken] if kind in EVENTS else rows
        _run(tx, text.entities(kind), created, batch)
        if kind in EVENTS:
            _run(tx, text.woken(kind), asleep, batch)
    _run(tx, text.DISPLAY, plan.display, batch)
    for made, statement, wake in (
        (plan.mentions, text.MENTIONS, text.WAKE),
        ([row for row in plan.keys if row["mention"] not in plan.apart], text.KEYS, text.WAKE_KEYS),
    ):
        _run(tx, statement, [row for row in made if _named(row) not in plan.woken], batch)
        _run(tx, wake, [row for row in made if _named(row) in plan.woken], batch)
    if plan.apart:
        _run(tx, text.KEYS_APART, [row for row in plan.keys if row["mention"] in plan.apart], batch)
    _run(tx, text.RECORDS, plan.records, batch)
    _run(tx, text.STATES, plan.states, batch)
    for type_name, rows in sorted(plan.links.items()):
        _run(tx, text.links(type_name), rows, batch)
    _run(tx, text.USES, plan.counted, batch)


def _named(row: Row) -> str:
    mention = row["mention"]
    return str(mention["id"] if isinstance(mention, dict) else mention)


def _run(tx: ManagedTransaction, statement: str, rows: list[Row], batch: int) -> None:
    if rows:
        tx.run(statement, rows=rows, batch=batch).consume()


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
