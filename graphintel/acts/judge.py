"""Judging two things the same, different or unsure; taking it back; and what rested on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graphintel.acts.likes import likes
from graphintel.acts.session import Session
from graphintel.desk import log, relied, suggestions
from graphintel.desk.pages import cursor_of, keys_of
from graphintel.errors import GraphIntelError, InputError
from graphintel.model.judgement import VERDICTS, Judgement
from graphintel.store.read import judgements as held
from graphintel.store.read.entity import not_found
from graphintel.store.write.judge import Outcome
from graphintel.store.write.judge import judge as write
from graphintel.store.write.judge import withdraw as take_back

Row = dict[str, Any]
_REASON_MOST, _ALSO_MOST = 4000, 200


def judge(
    session: Session, left: str, right: str, verdict: str, *, reason: str, cut: list[str] | None = None,
    also: list[str] | None = None,
) -> Row:  # fmt: skip
    """Write a verdict of this user on two things (or on what two records state of them).

    `also`: further things that are judged against `right` with the same words, such as the statements that the queue
    lists as alike; of one that is refused the answer says why. `cut`: the judgements that fall with a "different", as CutNeeded proposed them. Raises NotFound for what is not
    there or not for this reader, Conflict for what contradicts a live judgement of somebody else.
    """
    if verdict not in VERDICTS:
        raise InputError(f"{verdict!r} is no verdict; say {', '.join(VERDICTS)}.")
    why = reason.strip()
    if not why:
        raise InputError("A judgement needs a reason: say what shows it.")
    if len(why) > _REASON_MOST:
        raise InputError(f"A reason has at most {_REASON_MOST} characters.")
    if len(also or ()) > _ALSO_MOST:
        raise InputError(f"At most {_ALSO_MOST} further things can be judged at once.")
    _seen(session, [left, right, *(also or ())])
    waiting = _alike(session, left, right)
    told = _one(session, Judgement(verdict, left, right, session.actor, why), cut or [])
    others = [_other(session, Judgement(verdict, name, right, session.actor, why)) for name in also or ()]
    _hand_on(session, waiting, (left, right), {left, right, *(also or ())})
    return {**told, "also": others} if also else told


def _one(session: Session, given: Judgement, cut: list[str]) -> Row:
    try:
        done = write(session.store, given, cut)
    except GraphIntelError as error:
        log.write(session.desk, session.actor, "judge", "refused", left=given.left, right=given.right,
                  verdict=given.verdict, why=error.message)  # fmt: skip
        raise
    return _told(session, done, reason=given.reason)


def _other(session: Session, given: Judgement) -> Row:
    """The same verdict on one more thing; a refusal is told and stops nothing."""
    try:
        done = _one(session, given, [])
    except GraphIntelError as error:
        return {"left": given.left, "error": {"code": error.code, "message": error.message}}
    return {"left": given.left, "judgement": done["judgement"], "moved": done["moved"]}


def _alike(session: Session, left: str, right: str) -> dict[str, list[str]]:
    """The statements that say no more than either of a pair that waits in the queue: its question is theirs too."""
    if suggestions.one(session.desk, suggestions.pair_of(left, right)) is None:
        return {}
    return likes(session, [left, right])


def _hand_on(session: Session, alike: dict[str, list[str]], pair: tuple[str, str], judged: set[str]) -> None:
    """Let the question of a pair wait on for those of its statements that were not judged with it."""
    asked = suggestions.one(session.desk, suggestions.pair_of(*pair), settled=True)
    for end, other in (pair, pair[::-1]):
        rest = [name for name in alike.get(end, ()) if name not in judged]
        if rest and asked is not None:
            suggestions.put(session.desk, [replace(asked, left=rest[0], right=other)])


def undo(session: Session, name: str, *, reason: str = "") -> Row:
    """Withdraw a judgement by adding to it; what relied on it is listed if something came apart."""
    if held.judgement(session.store, name, session.profile) is None:
        raise not_found(name)
    done = take_back(session.store, name, session.actor, reason.strip())
    return _told(session, done, reason=reason.strip())


def _seen(session: Session, names: list[str]) -> None:
    visible = held.visible(session.store, names, session.profile)
    for name in names:
        if name not in visible:
            raise not_found(name)


def _told(session: Session, done: Outcome, *, reason: str) -> Row:
    parted = len(set(done.before)) < len(set(done.after)) or (bool(done.withdrawn) and done.moved > 0)
    told = done.as_json()
    for name in done.withdrawn:
        suggestions.reopen(session.desk, name)
    if done.verdict in VERDICTS:
        suggestions.settle(session.desk, [suggestions.pair_of(*done.mentions)], "judged", done.judgement)
    told["relied"] = relied.relied(session.desk, done.members) if parted else None
    log.write(
        session.desk, session.actor, "judge", "unchanged" if done.unchanged else "done", reason=reason, **told
    )
    return told


def listed(
    session: Session, *, about: str = "", past: bool = False, cursor: str = "", limit: int = 200
) -> Row:
    """Judgements this reader may see, newest first, a page at a time; `past`: withdrawn ones and withdrawals too."""
    after = None
    if cursor:
        counter, name = keys_of(cursor, (int, str))
        after = (counter, name)
    rows = held.judgements(
        session.store, session.profile, about=about, past=past, after=after, limit=limit + 1
    )
    page = rows[:limit]
    more = len(rows) > limit
    following = cursor_of([page[-1]["counter"], page[-1]["id"]]) if more else None
    return {"judgements": page, "next": following, "truncated": {"by_limit": int(more), "by_filter": 0,
            "by_policy": "not told"}}  # fmt: skip


def one(session: Session, name: str) -> Row:
    """One judgement; raises NotFound."""
    found = held.judgement(session.store, name, session.profile)
    if found is None:
        raise not_found(name)
    return found
