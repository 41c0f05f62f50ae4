"""Is what is held still what was loaded: the ledger against the graph, the evidence files against their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphintel.acts.backup.evidence import is_whole, stored
from graphintel.acts.session import Session
from graphintel.errors import InputError
from graphintel.store.read.ledger import audit, cited

Report = Callable[[int, int, str], None]
Check = dict[str, Any]
# So many are named; the count is of all.
_NAMED = 20


def ledger(session: Session, report: Report) -> Check:
    """Whether every chunk of every load has its records and its hash."""
    found = audit(session.store, report)
    faults = [str(fault) for fault in found.faults]
    whole = f"{found.records:,} records in {found.chunks:,} chunks of {found.batches:,} batches"
    return _check("ledger", faults, whole)


def evidence(session: Session, report: Report) -> Check:
    """Whether every evidence file has the hash that it is named by, and every file that a record cites is there.

    What records of a store given by address cite may be kept in the home of another machine.
    """
    paths = list(stored(session.settings.evidence))
    faults = []
    for done, path in enumerate(paths, 1):
        try:
            wrong = "" if is_whole(path) else "its bytes are not those that its name says"
        except InputError as error:
            wrong = error.message
        if wrong:
            faults.append(f"{path.name}: {wrong}")
        report(done, len(paths), "evidence files")
    if session.settings.store == "local":
        held = {path.name for path in paths}
        missing = sorted(cited(session.store) - held)
        faults += [f"{name}: records cite it and it is not there" for name in missing]
    return _check("evidence", faults, f"{len(paths):,} files")


def _check(name: str, faults: list[str], whole: str) -> Check:
    if not faults:
        return {"name": name, "ok": True, "found": whole}
    more = f"; and {len(faults) - _NAMED:,} more" if len(faults) > _NAMED else ""
    return {"name": name, "ok": False, "found": "; ".join(faults[:_NAMED]) + more}
