"""Judging in one transaction: write the verdict, refuse what contradicts another, put the entities right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from neo4j import ManagedTransaction

from graphintel.errors import Conflict, CutNeeded, InputError
from graphintel.log import now
from graphintel.model.cut import minimum_cut
from graphintel.model.judgement import Judgement
from graphintel.model.partition import Tie, divide
from graphintel.store.driver import Row, Store
from graphintel.store.write import judge_text as text
from graphintel.store.write import judged, settle
from graphintel.store.write.batch import next_number
from graphintel.store.write.named import named
from graphintel.store.write.retract import PENDING


@dataclass(slots=True)
class Outcome:
    """What a judgement did: its id, the entities of its two mentions before and after, how many links moved."""

    judgement: str
    verdict: str
    before: tuple[str, str]
    after: tuple[str, str]
    counter: int
    moved: int = 0
    withdrawn: list[str] = field(default_factory=list)
    parted_keys: list[str] = field(default_factory=list)
    unchanged: bool = False
    members: list[str] = field(default_factory=list)
    mentions: tuple[str, str] = ("", "")

    def as_json(self) -> Row:
        """The answer of a judgement."""
        return {
            "judgement": self.judgement, "verdict": self.verdict, "before": list(self.before), "after": list(self.after),
            "counter": self.counter, "moved": self.moved, "withdrawn": self.withdrawn, "parted_keys": self.parted_keys,
            "unchanged": self.unchanged,
        }  # fmt: skip


def judge(store: Store, given: Judgement, cut: Sequence[str] = ()) -> Outcome:
    """Write a verdict on two mentions, named by any id; `cut`: judgements that fall with it, once proposed.

    Raises NotFound for an id that leads nowhere, InputError for what cannot be compared, Conflict (with both
    judgements) for a verdict against a live one of somebody else, CutNeeded with a proposal where others fall with it.
    """
    return store.writing(lambda tx: _judge(tx, given, list(cut)))


def _judge(tx: ManagedTransaction, given: Judgement, cut: list[str]) -> Outcome:
    alone(tx)
    left, right = named(tx, given)
    before = (left["entity"], right["entity"])
    entities = sorted(set(before))
    live = tx.run(text.LIVE_ON, left=left["id"], right=right["id"]).data()
    own = [row["j"] for row in live if (row["j"]["by"], row["j"]["model"]) == (given.by, given.model)]
    if any(row["verdict"] == given.verdict for row in own):
        found = next(row for row in own if row["verdict"] == given.verdict)
        return Outcome(
            found["id"],
            given.verdict,
            before,
            before,
            found["counter"],
            unchanged=True,
            mentions=(left["id"], right["id"]),
        )
    # A newer verdict of one author goes over the older, and a person's over a model's.
    falls = [row["j"]["id"] for row in live if row["j"] in own or (given.person and row["j"]["model"])]
    held = settle.around(tx, [left["id"], right["id"]])
    members = sorted(name for entity in held.values() for name in entity.keys)
    told = [row for row in judged.judgements(tx, list(held)) if row["id"] not in falls]
    if given.verdict == "same":
        _refuse_across(given, told, held, entities)
    counter = next_number(tx)
    parted: list[str] = []
    if given.verdict == "different":
        falls += _checked_cut(cut, told)
        keys = {name: own_keys for entity in held.values() for name, own_keys in entity.keys.items()}
        parted = _parted(
            given, keys, [row for row in told if row["id"] not in falls], left["id"], right["id"]
        )
    for name in falls:
        _withdraw(tx, name, given.by, given.reason or f"superseded by {given.verdict}", counter)
    row = written(given, left["id"], right["id"], counter)
    tx.run(text.WRITE, j=row, ends=[left["id"], right["id"]]).consume()
    tx.run(text.JUDGED, counter=counter).consume()
    moved = settle.divided(tx, [left["id"], right["id"]], counter)
    after = _entities(tx, left["id"], right["id"])
    return Outcome(
        row["id"],
        given.verdict,
        before,
        after,
        counter,
        moved,
        falls,
        parted,
        members=members,
        mentions=(left["id"], right["id"]),
    )


def withdraw(store: Store, name: str, by: str, reason: str) -> Outcome:
    """Take a judgement back, by adding to it; raises NotFound, and Conflict if that was done already."""

    def work(tx: ManagedTransaction) -> Outcome:
        alone(tx)
        row = tx.run(text.ONE, id=name).single()
        if row is None:
            raise InputError(f"There is no judgement {name}; `graphintel resolve judgements` lists them.")
        found = row["j"]
        if found.get("withdrawn_by"):
            raise Conflict(f"Judgement {name} was withdrawn already.", judgements=[found])
        left, right = found["left"], found["right"]
        before = _entities(tx, left, right)
        members = [one for entity in settle.around(tx, [left, right]).values() for one in entity.keys]
        counter = next_number(tx)
        made = _withdraw(tx, name, by, reason, counter)
        tx.run(text.JUDGED, counter=counter).consume()
        moved = settle.divided(tx, [left, right], counter)
        after = _entities(tx, left, right)
        return Outcome(made, "withdrawn", before, after, counter, moved, [name], members=sorted(members))

    return store.writing(work)


def alone(tx: ManagedTransaction) -> None:
    """Take turns with the chunks of a load; raises Conflict while a retraction is half done."""
    tx.run(text.TURN).consume()
    row = tx.run(PENDING).single()
    if row is not None:
        raise Conflict(
            f"Batch {row['number']} is being retracted; judge again when that is done "
            f"(`graphintel retract {row['number']}` goes on where it stopped)."
        )


def _refuse_across(
    given: Judgement, told: list[Row], held: dict[str, settle.Held], entities: list[str]
) -> None:
    """Refuse a "same" that would bring together what somebody judged different."""
    if len(entities) == 1:
        return
    one, other = (held[name].keys for name in entities)
    across = [
        row
        for row in told
        if row["verdict"] == "different"
        and ((row["left"] in one and row["right"] in other) or (row["left"] in other and row["right"] in one))
    ]
    if across:
        first = across[0]
        raise Conflict(
            f"{first['by']} judged on {first['at'][:10]} that these are different"
            f"{': ' + first['reason'] if first['reason'] else ''}. Ask them, or undo judgement {first['id']} first.",
            judgements=across,
            asked={"verdict": given.verdict, "left": given.left, "right": given.right, "by": given.by},
        )


def _checked_cut(cut: list[str], told: list[Row]) -> list[str]:
    known = {row["id"] for row in told if row["verdict"] == "same"}
    for name in cut:
        if name not in known:
            raise InputError(
                f'{name} is no live "same" of this entity, so that it cannot fall; leave it out of the cut.'
            )
    return cut


def _parted(
    given: Judgement, keys: dict[str, list[str]], told: list[Row], left: str, right: str
) -> list[str]:
    """The keys over which a "different" parts two mentions; raises CutNeeded if a "same" has to fall first."""
    same, different = judged.ties(told)
    found = divide(keys, keys, same, [*different, (left, right)])
    already = set(divide(keys, keys, same, different).refused)
    over = [tie for tie in found.refused if tie not in already]
    if over:
        _propose(
            given, minimum_cut(keys, [tie for tie in same if tie not in already], left, right) or over, told
        )
    return sorted(found.contested)


def _propose(given: Judgement, fall: list[Tie], told: list[Row]) -> NoReturn:
    names = {tie.judgement for tie in fall}
    rows = [row for row in told if row["id"] in names]
    said = "; ".join(f"{row['id']} by {row['by']}" for row in rows)
    raise CutNeeded(
        f'These are one thing by {len(rows)} "same" ({said}). Judge again with these as the cut: they fall with it.',
        judgements=rows,
        cut=sorted(names),
        asked={"verdict": given.verdict, "left": given.left, "right": given.right, "by": given.by},
    )


def _withdraw(tx: ManagedTransaction, name: str, by: str, reason: str, counter: int) -> str:
    found = tx.run(text.ONE, id=name).single(strict=True)["j"]
    taken = Judgement("withdrawn", found["left"], found["right"], by, reason)
    row = {**written(taken, found["left"], found["right"], counter), "of": name}
    # Several may fall at one count.
    row["id"] = Judgement("withdrawn", name, row["id"], by).id(counter)
    tx.run(text.WRITE, j=row, ends=[found["left"], found["right"]]).consume()
    tx.run(text.WITHDRAW, id=name, withdrawal=row["id"]).consume()
    return str(row["id"])


def written(given: Judgement, left: str, right: str, counter: int) -> Row:
    """The properties of the node of a judgement on two mentions."""
    one, other = sorted((left, right))
    return {
        "id": given.id(counter), "verdict": given.verdict, "left": one, "right": other, "by": given.by, "at": now(),
        "reason": given.reason, "model": given.model, "score": given.score, "evidence": given.evidence, "counter": counter,
    }  # fmt: skip


def _entities(tx: ManagedTransaction, left: str, right: str) -> tuple[str, str]:
    rows = {row["id"]: row["entity"] for row in tx.run(text.ENDS, ids=[left, right])}
    return rows[left], rows[right]
