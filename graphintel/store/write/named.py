"""Which two mentions a judgement names: by any id of a thing, or by the records that state it."""

from __future__ import annotations

from neo4j import ManagedTransaction

from graphintel.errors import InputError, NotFound
from graphintel.model.judgement import Judgement
from graphintel.store.driver import Row
from graphintel.store.write import judge_text as text


def named(tx: ManagedTransaction, given: Judgement) -> tuple[Row, Row]:
    """The two mentions of a judgement with their entities; records are followed to what both state.

    Raises NotFound, and InputError for a thing compared with itself, two kinds, or records that name no one pair.
    """
    left, right = _candidates(tx, given.left), _candidates(tx, given.right)
    pairs = [(one, other) for one in left for other in right if one["kind"] == other["kind"]]
    if not pairs:
        kinds = [sorted({row["kind"] for row in rows}) for rows in (left, right)]
        raise InputError(
            f"{given.left} is {_or(kinds[0])} and {given.right} is {_or(kinds[1])}: things of different kinds are "
            "never the same, and need no judgement."
        )
    apart = [(one, other) for one, other in pairs if one["id"] != other["id"]]
    if not apart:
        raise InputError(
            "Both ids name the very same statement: there are no two things to judge. Name the records that state "
            "them, or two different statements of the thing."
        )
    # Of two records those that are one thing now are meant; if several are, the kind of thing must be said.
    together = [pair for pair in apart if pair[0]["entity"] == pair[1]["entity"]] or apart
    if len(together) > 1:
        names = ", ".join(f"{one['kind']} {one['id']} / {other['id']}" for one, other in together[:5])
        raise InputError(
            f"These records state several things that may be meant: name the statements ({names})."
        )
    return together[0]


def _candidates(tx: ManagedTransaction, name: str) -> list[Row]:
    found: list[Row] = tx.run(text.ENDS, ids=[name]).data() or tx.run(text.OF_RECORD, id=name).data()
    awake = [row for row in found if row["awake"]]
    if not awake:
        raise NotFound(f"Nothing is known under the id {name}.")
    return awake


def _or(kinds: list[str]) -> str:
    return " or ".join(f"a {kind}" for kind in kinds)
