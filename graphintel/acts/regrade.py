"""Grading a record again: by whom, when and why; nothing is deleted, and handling never becomes freer."""

from __future__ import annotations

from typing import Any

from graphintel.acts.retract import ready
from graphintel.acts.session import Session
from graphintel.desk import log
from graphintel.errors import InputError
from graphintel.model.grading import parse_grade, strictness
from graphintel.store.write import batch as batches
from graphintel.store.write import regrade as grading

Row = dict[str, Any]


def regrade(session: Session, record: str, *, grade: str = "", handling: str = "", reason: str) -> Row:
    """Grade one record again; what it stands at now and the number under which that can be taken back."""
    if not grade and not handling:
        raise InputError("Say what changes: --grade such as B2, --handling such as H1, or both.")
    if not reason.strip():
        raise InputError("Say why with --reason; it is kept beside the new grade.")
    stored = parse_grade(grade).text if grade else ""
    if handling:
        strictness(handling)
    about = {"actor": session.actor, "reason": reason.strip(), "graded": grade, "handling": handling.upper()}
    with batches.writer(session.store) as holder:
        ready(session, holder)
        done = grading.regrade(session.store, holder, record, stored, handling.upper(), about)
    done["banner"] = session.handling([done.pop("marking")])
    log.write(session.desk, session.actor, "regrade", reason=about["reason"], counter=done["batch"], **done)
    return done
