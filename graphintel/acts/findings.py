"""Findings that were kept: shown, run again on the same question, and compared with what the data says now."""

from __future__ import annotations

from typing import Any

from graphintel.acts import analyse
from graphintel.acts.session import Session
from graphintel.analysis.change import changed
from graphintel.desk import findings
from graphintel.desk.pages import Page
from graphintel.errors import InputError

Row = dict[str, Any]


def listed(session: Session, *, method: str = "", cursor: str = "", limit: int = 200) -> Page:
    """Findings this reader could have made, newest first: how they were made, without what they said."""
    if method and method not in analyse.ASKED:
        raise InputError(f"There is no method {method!r}; there are {', '.join(analyse.ASKED)}.")
    profile = session.profile
    return findings.listed(
        session.desk, profile.marks, profile.sees_all, method=method, cursor=cursor, limit=limit
    )


def one(session: Session, name: str) -> Row:
    """One finding with what it said, and whether the data has changed since. Raises NotFound."""
    row, result = findings.one(session.desk, name, session.profile.marks, session.profile.sees_all)
    counter = session.counter()
    return {
        **_about(row), "result": result, "counter_now": counter, "changed_since": counter != row["content"]["counter"]
    }  # fmt: skip


def again(session: Session, parameters: Row) -> Row:
    """The same question with the same seed on what the data says now, kept as a finding, and what is different.

    `parameters`: the number of the finding as `finding`. Where no data changed and the reader sees what was seen then,
    the numbers are the same, and `same` says so.
    """
    row, before = findings.one(
        session.desk, parameters["finding"], session.profile.marks, session.profile.sees_all
    )
    made = analyse.of_graph(session, row["method"], row["content"]["asked"])
    told = changed(row["method"], before, made)
    return {"before": _about(row), "finding": made, "change": told, "same": told["same"]}


def _about(row: Row) -> Row:
    given = row["content"]
    return {
        "id": row["id"], "method": row["method"], "actor": row["actor"], "at": row["at"], "asked": given["asked"],
        "counter": given["counter"], "seed": given["seed"], "version": given["version"],
        "stability": given["stability"], "parameters": given["parameters"],
    }  # fmt: skip
