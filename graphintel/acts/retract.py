"""Taking a load back out, or bringing it again: by whom, when and why; resumed where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphintel.acts.session import Session
from graphintel.desk import log, quarantine
from graphintel.errors import Conflict
from graphintel.store.write import batch as batches
from graphintel.store.write import full
from graphintel.store.write import retract as taking

Row = dict[str, Any]


def retract(
    session: Session, number: int, *, reason: str = "", undo: bool = False, page: int = taking.PAGE,
    grace: float = taking.GRACE, progress: taking.Progress | None = None,
) -> Row:  # fmt: skip
    """Take one batch back: the graph is then the one that would be there without it; `undo` brings it again.

    InputError for a batch that is not there or is in that state already, Conflict for one that is being loaded.
    """
    store = session.store
    if batches.busy(store, number):
        raise Conflict(f"Batch {number} is still being loaded; wait for it, or stop it, and run this again.")
    with batches.writer(store) as holder:
        done = ready(session, holder, progress, grace)
        if done is None or (done["batch"], done["undo"]) != (number, undo):
            about = {"retracted_by": session.actor, "retracted_why": reason.strip()}
            new = taking.begin(store, holder, number, undo, about)
            done = taking.Retraction(store, holder, number, undo, page, grace, progress, new).run()
    if not undo:
        # Rows that this load brought in from quarantine wait there again.
        quarantine.reopen(session.desk, number, session.actor)
    told = {**done, "counter": session.counter(), "reason": reason.strip()}
    log.write(session.desk, session.actor, "retract", **told)
    return told


def ready(
    session: Session, holder: str, progress: taking.Progress | None = None, grace: float = taking.GRACE
) -> Row | None:
    """Finish what a stopped program left half done, before anything else is written; the retraction, if it was one."""
    full.resume(session.store, holder)
    return taking.resume(session.store, holder, progress, grace)


def job(session: Session, parameters: Row, tell: Callable[[float], None]) -> Row:
    """The same as work of the API; `tell` hears how much of it is done, 0 to 1."""
    return retract(
        session, parameters["number"], reason=parameters.get("reason", ""), undo=parameters.get("undo", False),
        progress=lambda done, total, _: tell(min(done / total, 1.0) if total else 0.0),
    )  # fmt: skip
