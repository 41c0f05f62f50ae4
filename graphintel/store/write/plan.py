"""What a chunk of records becomes in the store: a pure plan of rows, from what is already there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graphintel.model.kinds import EVENTS
from graphintel.model.partition import Groups
from graphintel.model.records import Mention, Record
from graphintel.store.write.rows import Ahead, Row, cached, distinct_mentions

# New mentions that are one, and the entities that their keys lead to.
Group = tuple[list[str], set[str]]


@dataclass(slots=True)
class Member:
    """What the store holds of one entity that a chunk touches."""

    born: int
    kind: str
    degree: int
    mentions: list[Row]


@dataclass(slots=True)
class Plan:
    """Rows for the generated statements, in the order in which they must run."""

    records: list[Row] = field(default_factory=list)
    states: list[Row] = field(default_factory=list)
    entities: dict[str, list[Row]] = field(default_factory=dict)
    mentions: list[Row] = field(default_factory=list)
    keys: list[Row] = field(default_factory=list)
    display: list[Row] = field(default_factory=list)
    links: dict[str, list[Row]] = field(default_factory=dict)
    merges: list[tuple[str, str, str, str]] = field(default_factory=list)
    renames: list[tuple[str, str]] = field(default_factory=list)
    entity_of: dict[str, str] = field(default_factory=dict)
    entity_of_key: dict[str, str] = field(default_factory=dict)
    uses: Counter[str] = field(default_factory=Counter)
    counted: list[Row] = field(default_factory=list)
    woken: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    ahead: Ahead = field(default_factory=Ahead)


class Stands(NamedTuple):
    """What a record that is there already stands at from now on: its grade and its marking's number."""

    grade: str
    marking: int


def build(
    records: list[Record],
    keys: dict[str, tuple[str, ...]],
    known: dict[str, str],
    known_keys: dict[str, str],
    members: dict[str, Member],
    marking_number: dict[str, int],
    batch: int,
    *,
    orders: Mapping[str, int] | None = None,
    stands: Mapping[str, Stands] | None = None,
    woken: frozenset[str] = frozenset(),
    apart: frozenset[str] = frozenset(),
    groups: list[Group] | None = None,
    ahead: Ahead | None = None,
) -> Plan:
    """Plan the writes of records that begin to stand.

    `keys`: of new mentions and of those that wake, `known`: entity of mentions that are awake, `orders`: place of a
    record in its batch, `stands`: records that are there already and get links only, `apart`: mentions that become
    entities of their own first, since judgements decide whose they are (whole groups), `groups`: `grouped` of the keys,
    `ahead`: rows of the chunk that were made before.
    """
    plan = Plan(entity_of=dict(known), woken=woken, apart=apart, ahead=ahead or Ahead())
    for record in records:
        plan.uses.update(record.used)
    mentions = distinct_mentions(records)
    fresh = {name: mentions[name] for name in keys}
    found = grouped(keys, known_keys) if groups is None else groups
    together = [group for group in found if group[0][0] not in apart]
    alone: list[Group] = [([name], set()) for name in keys if name in apart]
    for serial, (names, old) in enumerate([*together, *alone]):
        _place_group(plan, [fresh[name] for name in names], old, members, batch * 1_000_000 + serial, keys)
    _follow(plan)
    created = fresh.keys() - woken
    plan.counted = [{"id": name, "n": n} for name, n in plan.uses.items() if name not in created]
    for record in records:
        there = (stands or {}).get(record.id)
        marking = there.marking if there else marking_number[record.marking.text]
        if there is None:
            plan.records.append(
                plan.ahead.record_row(record, marking, batch, (orders or {}).get(record.id, 0))
            )
        _add_links(plan, record, Stands(there.grade if there else record.grade, marking), batch)
    return plan


def _add_links(plan: Plan, record: Record, stands: Stands, batch: int) -> None:
    for subject in record.subjects:
        plan.states.append({"record": record.id, "mention": subject, "marking": stands.marking})
    for link, row in zip(record.links, plan.ahead.link_rows(record), strict=True):
        row.update(batch=batch, marking=stands.marking, grade=stands.grade)
        plan.links.setdefault(link.type, []).append(
            {"s": plan.entity_of[link.source], "t": plan.entity_of[link.target], "p": row}
        )


def _follow(plan: Plan) -> None:
    """Lead mentions that were there before to the entity that theirs becomes in this very plan."""
    kept = {source: target for source, target, _, _ in plan.merges}
    renamed = dict(plan.renames)
    if kept:
        for name, entity in plan.entity_of.items():
            there = kept.get(entity, entity)
            plan.entity_of[name] = renamed.get(there, there)


def grouped(keys: Mapping[str, tuple[str, ...]], known_keys: Mapping[str, str]) -> list[Group]:
    """New mentions that are one by their keys, each with the entities that their keys lead to."""
    groups = _joined(keys, known_keys)
    found: dict[str, Group] = {}
    for name in keys:
        found.setdefault(groups.find(name), ([], set()))[0].append(name)
    for one in {entity for own in keys.values() for key in own if (entity := known_keys.get(key))}:
        found.setdefault(groups.find(one), ([], set()))[1].add(one)
    return list(found.values())


def _joined(keys: Mapping[str, tuple[str, ...]], known_keys: Mapping[str, str]) -> Groups:
    groups = Groups()
    first: dict[str, str] = {}
    for name, own in keys.items():
        groups.find(name)
        for key in own:
            if key in known_keys:
                groups.join(name, known_keys[key])
            elif key in first:
                groups.join(name, first[key])
            else:
                first[key] = name
    return groups


def _place_group(
    plan: Plan,
    fresh: list[Mention],
    old: set[str],
    members: dict[str, Member],
    born: int,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Give one group of mentions its entity: a new one, an old one, or several old ones merged."""
    rows = [_used_row(plan, mention) for mention in fresh]
    if old:
        keep = max(old, key=lambda one: (members[one].degree, -members[one].born, one))
        kind = members[keep].kind
        for other in sorted(old - {keep}):
            rule = _shared_rule(fresh, keys)
            plan.merges.append((other, keep, members[other].kind, rule))
        held = [row for one in old for row in members[one].mentions]
        oldest = min(old, key=lambda one: (members[one].born, one))
        cache = cached(kind, held + rows)
        cache["born"] = members[oldest].born
        if oldest != keep and kind not in EVENTS:
            plan.renames.append((keep, oldest))
            keep = oldest
        plan.display.append({**cache, "id": keep})
        attach = fresh
    else:
        head, *attach = fresh
        kind, keep = head.kind, head.id
        told = plan.ahead.cached(head) if len(rows) == 1 else cached(kind, rows)
        entity = {**told, "id": keep, "born": born, "hub": False}
        if kind in EVENTS:
            entity = {**rows[0], **entity}
        else:
            attach = fresh
        plan.entities.setdefault(kind, []).append(entity)
    for mention in fresh:
        plan.entity_of[mention.id] = keep
        for key in keys[mention.id]:
            plan.keys.append({"key": key, "entity": keep, "mention": mention.id})
            plan.entity_of_key[key] = keep
    plan.mentions.extend(
        {"entity": keep, "mention": _used_row(plan, mention), "rule": ", ".join(keys[mention.id])}
        for mention in attach
    )


def _used_row(plan: Plan, mention: Mention) -> Row:
    # How many live records use it; one that is there already is counted up apart.
    row = plan.ahead.mention_row(mention)
    return row if mention.id in plan.woken else {**row, "uses": plan.uses[mention.id]}


def _shared_rule(fresh: list[Mention], keys: dict[str, tuple[str, ...]]) -> str:
    return ", ".join(sorted({key for mention in fresh for key in keys[mention.id]}))


def joined(plans: Iterable[Plan]) -> Plan:
    """Several plans as one, for one transaction."""
    total = Plan()
    for plan in plans:
        for name in ("records", "states", "mentions", "keys", "display", "merges", "renames", "counted"):
            getattr(total, name).extend(getattr(plan, name))
        for name in ("entities", "links"):
            for key, rows in getattr(plan, name).items():
                getattr(total, name).setdefault(key, []).extend(rows)
    return total
