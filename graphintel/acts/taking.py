"""Taking notices for loading: by one program at a time, given back when it fails, and settled with the graph afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from graphintel.acts.owner import lives, owner
from graphintel.acts.session import Session
from graphintel.desk import notices as inbox
from graphintel.desk.notice_row import things
from graphintel.errors import Conflict, NotFound, StoreUnavailable
from graphintel.model.marking import parse_marking
from graphintel.model.records import Position, Record
from graphintel.store.read import noticed

Row = dict[str, Any]


@contextmanager
def taken(
    session: Session, names: Sequence[str], *, again: bool = False, reason: str = "", seen: int | None = None
) -> Iterator[list[str]]:
    """Hold notices while they are loaded, all or none; those that were not accepted in the end are settled.

    Raises Conflict, with how it stands, for one that is decided or being loaded by somebody else.
    """
    held = inbox.claim(session.desk, names, session.actor, owner(), again=again, reason=reason, seen=seen)
    try:
        yield held
    finally:
        if inbox.let_go(session.desk, held, session.actor):
            # Without its store nobody knows how far the load came; whoever looks next will.
            with suppress(StoreUnavailable):
                settle(session)


def settle(session: Session) -> None:
    """Let the inbox say what the graph says: after a load that was stopped, taken back, or brought again."""
    left = {row["id"]: row for row in inbox.claims(session.desk) if not lives(row["owner"])}
    stands = noticed.standing(session.store, list(left)) if left else {}
    for name, row in left.items():
        if name in stands:
            _add(
                session,
                name,
                "accepted",
                row,
                row["actor"],
                "the load stopped, but this was in",
                stands[name],
            )
        else:
            _add(session, name, "released", row, row["actor"], "the load did not come to its end")
    loads = inbox.loaded_by(session.desk)
    if not loads:
        return
    gone = noticed.retracted(
        session.store, sorted({number for numbers in loads.values() for number in numbers})
    )
    for name, row in inbox.standing(session.desk, list(loads)).items():
        there = loads[name] - gone.keys()
        if row["state"] == inbox.ACCEPTED and not there:
            last = gone[max(loads[name])]
            _add(session, name, "retracted", row, last["by"], last["why"], last["number"])
        elif there and row["state"] not in (inbox.ACCEPTED, inbox.ACCEPTING):
            _add(session, name, "restored", row, session.actor, "its load is in the graph again", max(there))


def _add(
    session: Session, name: str, act: str, row: Row, actor: str, why: str, batch: int | None = None
) -> None:
    """Add a step unless somebody has taken one meanwhile, who then has settled it too."""
    changes = {} if batch is None else {"batch": batch}
    with suppress(Conflict, NotFound):
        inbox.move(session.desk, name, act, actor, reason=why, seen=row["step"], **changes)


def record_of(row: Row) -> Record:
    """A notice of the inbox as the record that it came as, graded and marked as it stands; its links are not kept."""
    return Record(
        row["id"], row["source"], row["key"], row["content"], Position("", "", ""), "", row["grade"],
        parse_marking(row["marking"]), [mention for mention, _ in things(row)], [],
    )  # fmt: skip
