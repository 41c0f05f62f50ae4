"""Entities put right after mentions fell asleep or woke: split, merged, renamed, or taken away; hubs are not moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from neo4j import ManagedTransaction

from graphintel.model.display import merged
from graphintel.model.kinds import EVENTS
from graphintel.model.partition import divide
from graphintel.store.driver import Row
from graphintel.store.write import flocks, judged, moves
from graphintel.store.write import settle_text as text
from graphintel.store.write.rows import cached


@dataclass(slots=True)
class Held:
    """An entity and its mentions that are awake, each with its keys and the number of records that use it."""

    id: str
    kind: str
    born: int
    keys: dict[str, list[str]] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)


def settle(tx: ManagedTransaction, asleep: list[str], batch: int, alone: Sequence[str] = ()) -> int:
    """Put the entities round some mentions right, by the keys of all mentions that are awake; how many links moved.

    `alone`: mentions that woke as entities of their own. The side that more records use stays where it is. A mention
    that sleeps still leads to where it was, as long as that is anything.
    """
    rest, moved = _lightly(tx, asleep) if asleep else [], 0
    if alone:
        grown, several, moved = flocks.gather(tx, list(alone), batch)
        _refresh(tx, grown)
        rest += several
    return moved + (divided(tx, rest, batch) if rest else 0)


def divided(tx: ManagedTransaction, rest: list[str], batch: int) -> int:
    """Compute the entities round some mentions again, by keys and judgements, and move what is not where it belongs.

    How many links moved.
    """
    held = around(tx, rest)
    keys = {name: own for entity in held.values() for name, own in entity.keys.items()}
    at = {name: entity.id for entity in held.values() for name in entity.keys}
    same, different = judged.ties(judged.judgements(tx, list(held)))
    groups, _, contested = divide(keys, keys, same, different)
    claims = _claims(groups, held, at)
    moved = 0
    targets: dict[int, str] = {}
    # Those that keep an entity first, so that its old name is free before a new entity may need it.
    for place in sorted(range(len(groups)), key=lambda place: place not in claims):
        targets[place], links = _headed(tx, groups[place], claims.get(place), held, at)
        moved += links
    called = {old: targets[place] for place, old in claims.items() if held[old].kind not in EVENTS}
    led: dict[str, str] = {}
    for place, group in enumerate(groups):
        moved += _gather(tx, group, targets[place], claims.get(place), at, called)
        led.update((at[name], targets[place]) for name in group if at[name] not in led)
    for entity in held.values():
        if entity.id not in called and entity.id not in targets.values():
            moves.dissolve(tx, entity.id, entity.kind, led.get(entity.id), batch)
    # A key over which some were parted leads to the first of them.
    for place, group in sorted(enumerate(groups), reverse=True):
        own = sorted({key for name in group for key in keys[name]})
        tx.run(text.LEAD_KEYS, entity=targets[place], keys=own).consume()
    if contested:
        tx.run(text.CONTEST_KEYS, keys=sorted(contested)).consume()
    _refresh(tx, list(targets.values()))
    return moved


def _lightly(tx: ManagedTransaction, touched: list[str]) -> list[str]:
    """Of mentions that sleep, those whose going may change more than a cached name; the others are done at once."""
    flocks.dissolve(tx, touched)
    tx.run(text.LOOSE_KEYS, ids=touched).consume()
    easy: dict[str, list[str]] = {}
    for row in tx.run(text.EASY, ids=touched):
        easy.setdefault(row["entity"], []).append(row["id"])
    if easy:
        _refresh(tx, list(easy))
    done = {name for names in easy.values() for name in names}
    placed = tx.run(text.PLACED, ids=[name for name in touched if name not in done]).data()
    return [row["id"] for row in [*placed, *tx.run(text.LEFT_WITH, ids=touched)]]


def around(tx: ManagedTransaction, touched: list[str]) -> dict[str, Held]:
    """The entities that some mentions are at or belong to, and all that keys and judgements may bring together with them."""
    ids = [row["at"] for row in tx.run(text.ROUND, ids=touched)]
    found: dict[str, Held] = {}
    while ids:
        for row in tx.run(text.HELD, ids=ids):
            entity = found.setdefault(row["id"], Held(row["id"], row["kind"], row["born"]))
            for name, uses, keys in row["members"]:
                entity.keys[name] = keys
                entity.uses[name] = uses
        ids = [name for name in judged.near(tx, ids) if name not in found]
    return found


def _claims(groups: list[list[str]], held: dict[str, Held], at: dict[str, str]) -> dict[int, str]:
    """Which entity each group keeps: the heaviest group chooses first, and what most records use of it decides."""
    weight: list[tuple[int, str, int, str]] = []
    for place, group in enumerate(groups):
        own: Counter[str] = Counter()
        for name in group:
            own[at[name]] += held[at[name]].uses[name]
        weight.extend((-total, group[0], place, entity) for entity, total in own.items())
    claims: dict[int, str] = {}
    for _, _, place, entity in sorted(weight):
        if place not in claims and entity not in claims.values():
            claims[place] = entity
    return claims


def _headed(
    tx: ManagedTransaction, group: list[str], claimed: str | None, held: dict[str, Held], at: dict[str, str]
) -> tuple[str, int]:
    """The entity of a group under the id of one of its members, and how many links had to move for that."""
    kind = held[at[group[0]]].kind
    if claimed is None:
        moves.create(tx, group[0], kind, held[at[group[0]]].born)
        return group[0], 0
    if claimed in group:
        return claimed, 0
    inside = [name for name in group if at[name] == claimed]
    if kind in EVENTS:
        # An event is its own mention: where that one sleeps or left, another takes its place with all its links.
        moves.create(tx, inside[0], kind, held[claimed].born)
        return inside[0], moves.part(tx, claimed, inside[0], inside)
    moves.rename(tx, claimed, inside[0])
    return inside[0], 0


def _gather(
    tx: ManagedTransaction, group: list[str], target: str, claimed: str | None, at: dict[str, str],
    called: dict[str, str],
) -> int:  # fmt: skip
    """Bring the mentions of a group that are elsewhere to its entity; `called`: entities that have another id by now."""
    moved = 0
    for source in sorted({at[name] for name in group} - {claimed}):
        now = called.get(source, source)
        if now != target:
            moved += moves.part(tx, now, target, [name for name in group if at[name] == source])
    return moved


def _refresh(tx: ManagedTransaction, ids: list[str]) -> None:
    """Compute the cache of entities again from the statements that are awake."""
    events, things = [], []
    for row in tx.run(text.MEMBERS, ids=ids):
        rows = row["members"]
        made: Row = {**cached(row["kind"], rows), "id": row["id"]}
        if row["kind"] in EVENTS:
            events.append(made)
        else:
            things.append(
                {**merged(row["kind"], rows), "id": row["id"], "born": row["born"], "hub": row["hub"]}
            )
    if events:
        tx.run(text.DISPLAY_EVENT, rows=events).consume()
    if things:
        tx.run(text.DISPLAY_THING, rows=things).consume()
