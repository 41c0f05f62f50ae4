"""The inbox of notices: look, grade, return, reject, reopen, hand over, accept; each a step with who, when and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from graphintel import ingest
from graphintel.acts import accept as accepting
from graphintel.acts import comparing
from graphintel.acts.hits import hits
from graphintel.acts.load import Progress
from graphintel.acts.session import Session
from graphintel.acts.taking import record_of, settle
from graphintel.desk import log, notice_row
from graphintel.desk import notices as inbox
from graphintel.desk.pages import Page
from graphintel.errors import InputError
from graphintel.model.corroboration import Told, independent
from graphintel.model.grading import (
    Grade,
    checked,
    convert,
    parse_grade,
    regraded,
    scale,
    strictest,
    strictness,
)
from graphintel.model.marking import Marking, parse_marking
from graphintel.model.records import Mention
from graphintel.store.write.batch import intern_markings

Row = dict[str, Any]
# What a person may do, and what the step is called that it leaves behind.
ACTS = {"return": "returned", "reject": "rejected", "reopen": "reopened", "hand-over": "handed over"}
_ALIKE = ("id", "partner", "state", "grade", "received_at")


def marks(session: Session) -> list[str] | None:
    """The markings, as texts, of which this reader may see notices; None for who sees all."""
    if session.profile.sees_all:
        return None
    held = session.markings
    return [held[number].text for number in session.profile.marks if number in held]


def listed(
    session: Session, *, state: str = "", overdue: bool | None = None, source: str = "", partner: str = "",
    cursor: str = "", limit: int = 200,
) -> Page:  # fmt: skip
    """Notices that this reader may see, a page at a time; the overdue first, copies as one."""
    if state and state not in inbox.STATES:
        raise InputError(f"A notice is {', '.join(inbox.STATES)}, not {state!r}.")
    settle(session)
    found = inbox.paged(
        session.desk, state=state, overdue=overdue, source=source, partner=partner, cursor=cursor, limit=limit,
        marks=marks(session),
    )  # fmt: skip
    rows = [{**_told(row), "copies": row["copies"]} for row in found.rows]
    return Page(rows, found.next, found.left)


def _told(row: Row) -> Row:
    """A notice for people and programs: its grade in words beside the stored one, its marking in one line."""
    shown = notice_row.public(row)
    label = parse_grade(row["grade"]).label if row["grade"] else ""
    banner = parse_marking(row["marking"]).banner if row["marking"] else row["handling"]
    del shown["marking"]
    return {**shown, "grade_label": label, "banner": banner}


def one(session: Session, name: str) -> Row:
    """One notice with its cells, steps, deliveries, copies, and what the graph holds of what it names.

    `origins` counts the independent origins of the notice, its copies and those that quote the same reference: several
    partners with one story are one. Raises NotFound, for a hidden notice too.
    """
    settle(session)
    row = inbox.one(session.desk, name, marks(session))
    copies, same = inbox.alike(session.desk, row, marks(session))
    told = [
        Told(one["id"], one["source"], one["content"], one["grade"]) for one in (row, *_opened(copies + same))
    ]
    things = [{**_thing(mention), "role": role} for mention, role in notice_row.things(row)]
    return {
        **_told(row), "names": things, "copies": [_brief(other) for other in copies],
        "same_reference": [_brief(other) for other in same], "origins": independent(told),
        "hits": hits(session, [record_of({**row, "marking": marking(session, row).text})])[name],
    }  # fmt: skip


def _opened(rows: list[Row]) -> list[Row]:
    return [{**row, "content": notice_row.cells(row)} for row in rows]


def _brief(row: Row) -> Row:
    label = parse_grade(row["grade"]).label if row["grade"] else ""
    return {**{name: row[name] for name in _ALIKE}, "grade_label": label}


def _thing(mention: Mention) -> Row:
    return {"kind": mention.kind, "values": {name: value.normal for name, value in mention.values}}


def marking(session: Session, row: Row) -> Marking:
    """The marking of a notice; for one from before the inbox kept it, its source's own with its handling code."""
    if row["marking"]:
        return parse_marking(row["marking"])
    declared = ingest.shelf(session.settings.shelf).named(row["source"]).marking
    return declared._replace(handling=row["handling"] or declared.handling)


def grade(
    session: Session, name: str, *, grade: str = "", scheme: str = "", handling: str = "", handling_text: str = "",
    deadline: str = "", reason: str = "", seen: int | None = None,
) -> Row:  # fmt: skip
    """Grade a notice for source and information, set its handling code or its deadline; how it stands then.

    `scheme` alone converts the grade, which never raises it. A freer handling code wants a reason, and a code wants to be
    one of the grade's own scheme; InputError otherwise.
    """
    if not (grade or scheme or handling or deadline):
        raise InputError(
            "Say what changes: --grade such as B2, --scheme, --handling such as H1, or --deadline."
        )
    settle(session)
    row = inbox.one(session.desk, name, marks(session))
    new = _graded(row["grade"], grade, scheme)
    held = marking(session, row)
    if handling:
        new = _handled(new, held, handling, handling_text, reason)
        held = held._replace(handling=new.handling)
    intern_markings(session.store, {held})
    changes: Row = {"grade": new.text, "handling": held.handling, "marking": held.text}
    if deadline:
        changes["deadline"] = day(deadline)
    inbox.move(session.desk, name, "graded", session.actor, reason=reason.strip(), seen=seen, **changes)
    log.write(session.desk, session.actor, "notice graded", notice=name, reason=reason.strip(), **changes)
    return one(session, name)


def _graded(old: str, new: str, scheme: str) -> Grade:
    if new:
        return parse_grade(regraded(old, parse_grade(new, scheme or "admiralty").text))
    if not old:
        raise InputError("This notice has no grade yet; give one with --grade, such as B2.")
    before = parse_grade(old)
    return convert(before, scheme) if scheme else before


def _handled(given: Grade, held: Marking, handling: str, text: str, reason: str) -> Grade:
    code, codes = handling.upper(), scale(given.scheme).handling
    if code not in codes:
        raise InputError(
            f"{handling!r} is no handling code of {scale(given.scheme).title}; it has {', '.join(codes)}."
        )
    before = strictest([given.handling, held.handling])
    if strictness(code) < strictness(before):
        if not reason.strip():
            raise InputError(
                f"{code} is freer than {before}: say why with --reason, such as the provider's permission."
            )
        return checked(given._replace(handling=code, handling_text=text))
    return checked(given._replace(handling=code, handling_text=text or given.handling_text))


def day(text: str) -> str:
    """A deadline as an ISO date; InputError for anything else."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise InputError(f"A deadline is a date such as 2024-12-31, not {text!r}.") from error


def decide(
    session: Session,
    name: str,
    act: str,
    *,
    reason: str = "",
    deadline: str = "",
    to: str = "",
    seen: int | None = None,
) -> Row:
    """Return, reject, reopen or hand over a notice; how it stands then.

    A reason is wanted, and for handing over `to` whom: a unit or a partner. Raises InputError, NotFound, and Conflict with
    how the notice stands if the act is not for that state.
    """
    if act not in ACTS:
        raise InputError(f"A notice can be {', '.join(ACTS)}, not {act!r}.")
    if (act == "hand-over") != bool(to.strip()):
        raise InputError("Say to whom with --to, a unit or a partner, when handing over, and only then.")
    if not reason.strip():
        raise InputError("Say why with --reason; it is kept with the step.")
    settle(session)
    row = inbox.one(session.desk, name, marks(session))
    changes: Row = {"deadline": day(deadline) if deadline else _still_due(row, act)}
    if to.strip():
        changes["handed_to"] = to.strip()
    inbox.move(session.desk, name, ACTS[act], session.actor, reason=reason.strip(), seen=seen, **changes)
    log.write(
        session.desk, session.actor, f"notice {ACTS[act]}", notice=name, reason=reason.strip(), **changes
    )
    return one(session, name)


def _still_due(row: Row, act: str) -> str:
    """The deadline after a step that names none: it holds while the notice is open, and again when it is reopened."""
    if act == "reopen":
        return notice_row.due(row["about"])
    return (
        str(row["deadline"])
        if act == "return" or row["state"] == inbox.RECEIVED and act == "hand-over"
        else ""
    )


def accept(
    session: Session, names: list[str], *, grade: str = "", handling: str = "", reason: str = "", deadline: str = "",
    seen: int | None = None, progress: Progress | None = None,
) -> Row:  # fmt: skip
    """Accept notices and load them as one batch, which can be retracted; the report of the load, and how they stand.

    Raises NotFound, InputError, and Conflict with the decision if one of them is not open; then nothing is loaded.
    """
    settle(session)
    if handling:
        strictness(handling)
    rows = [inbox.one(session.desk, name, marks(session)) for name in dict.fromkeys(names)]
    report = accepting.take_in(
        session, rows, grade=grade, handling=handling.upper(), reason=reason.strip(),
        deadline=day(deadline) if deadline else "", seen=seen, progress=progress,
    )  # fmt: skip
    comparing.at_end(session, report, progress=progress)
    told = report.as_json()
    log.write(
        session.desk,
        session.actor,
        "notice accepted",
        notices=[row["id"] for row in rows],
        batch=told["batch"],
    )
    return {
        "report": told,
        "exit_code": report.exit_code,
        "notices": [one(session, row["id"]) for row in rows],
    }


def job(session: Session, parameters: Row, tell: Callable[[float], None]) -> Row:
    """An acceptance as long work; `tell` hears how much of it is done, 0 to 1."""
    return accept(
        session, **parameters, progress=lambda done, total, _: tell(min(done / total, 1.0) if total else 0.0)
    )
