"""Service providers: proposed by degree and role, marked by a person, and never a reason to merge or to accuse."""

from __future__ import annotations

from typing import Any

from graphintel.acts.session import Session
from graphintel.desk import log
from graphintel.desk.pages import cursor_of, keys_of
from graphintel.errors import InputError
from graphintel.resolve.providers import ROLES
from graphintel.resolve.providers import proposals as proposed
from graphintel.store.read import roles
from graphintel.store.read.entity import not_found
from graphintel.store.read.judgements import visible
from graphintel.store.write import provider

Row = dict[str, Any]
_REASON_MOST = 4000


def listed(session: Session, *, role: str = "", cursor: str = "", limit: int = 200) -> Row:
    """Who is marked, with who decided, and who is proposed, with the figures that speak for it; as this reader sees it.

    The proposed come a page at a time, those with most clients first; the marked stand on every page.
    """
    if role and role not in ROLES:
        raise InputError(f"A service provider is a {', '.join(ROLES)}, not a {role!r}.")
    marked = [row for row in roles.marked(session.store, session.profile) if not role or row["role"] == role]
    found, usual = roles.serving(session.store, session.profile)
    known = {row["id"] for row in marked}
    rows = [one for one in proposed(found, usual) if not role or one.served.role == role]
    fresh = [
        {**one.served._asdict(), "usual": one.usual, "share": one.share}
        for one in rows
        if one.served.id not in known
    ]
    if cursor:
        clients, last = keys_of(cursor, (int, str))
        fresh = [row for row in fresh if (-row["clients"], row["id"]) > (-clients, last)]
    page = fresh[:limit]
    left = len(fresh) - len(page)
    following = cursor_of([page[-1]["clients"], page[-1]["id"]]) if left else None
    cut = {"by_limit": left, "by_filter": 0, "by_policy": "not told"}
    return {"marked": marked, "proposed": page, "next": following, "truncated": cut}


def mark(session: Session, name: str, *, reason: str, role: str) -> Row:
    """Mark a thing as a service provider: paths do not run through it, and nothing is merged with it without a person.

    Raises NotFound for what is not there or not for this reader, InputError without a reason or a known role.
    """
    if role not in ROLES:
        raise InputError(f"Say which service it gives with --role: {', '.join(ROLES)}.")
    _seen(session, name)
    done = provider.mark(session.store, name, session.actor, _why(reason), role)
    log.write(session.desk, session.actor, "provider marked", reason=reason.strip(), role=role, **done)
    return done


def unmark(session: Session, name: str, *, reason: str) -> Row:
    """Take the mark of a thing back, by adding to it."""
    _seen(session, name)
    done = provider.unmark(session.store, name, session.actor, _why(reason))
    log.write(session.desk, session.actor, "provider unmarked", reason=reason.strip(), **done)
    return done


def _why(reason: str) -> str:
    said = reason.strip()
    if not said:
        raise InputError("Say why with --reason; it is kept with the mark.")
    if len(said) > _REASON_MOST:
        raise InputError(f"A reason has at most {_REASON_MOST} characters.")
    return said


def _seen(session: Session, name: str) -> None:
    if not visible(session.store, [name], session.profile):
        raise not_found(name)
