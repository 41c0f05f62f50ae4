"""The queue of pairs that wait for a person, those that matter most first."""

from __future__ import annotations

from typing import Any

from graphintel.acts.compare import QUEUED
from graphintel.acts.likes import likes
from graphintel.acts.session import Session
from graphintel.desk import suggestions
from graphintel.store.read import compared
from graphintel.store.read.judgements import visible

Row = dict[str, Any]
_PAGES = 20


def queue(
    session: Session, *, kind: str = "", least: float = QUEUED, cursor: str = "", limit: int = 50
) -> Row:
    """Pairs that are not one thing yet, of which nobody said anything, both seen by this reader; a page at a time.

    `alike` of a pair: for each side the other statements that say nothing but the same name, to which the answer may be
    given at once. `least`: the probability from which they are shown; `by_filter` counts those that were settled otherwise meanwhile.
    """
    pairs: list[Row] = []
    passed, left, following = 0, 0, cursor
    for _ in range(_PAGES):
        page = suggestions.waiting(
            session.desk, least=least, kind=kind, cursor=following, limit=limit - len(pairs)
        )
        found = _standing(session, page.rows)
        pairs.extend(found)
        passed += len(page.rows) - len(found)
        left, following = page.left, page.next or ""
        if not page.next or len(pairs) >= limit:
            break
    cut = {"by_limit": left, "by_filter": passed, "by_policy": "not told"}
    return {
        "pairs": pairs,
        "next": following or None,
        "truncated": cut,
        "counts": suggestions.counts(session.desk),
    }


def _standing(session: Session, rows: list[Row]) -> list[Row]:
    """Of some suggestions those whose question still stands, with what both things are called."""
    ids = sorted({row[end] for row in rows for end in ("left", "right")})
    at = compared.entities(session.store, ids)
    if not session.profile.sees_all:
        seen = set(visible(session.store, ids, session.profile))
        at = {name: where for name, where in at.items() if name in seen}
    open_ = [
        row
        for row in rows
        if row["left"] in at and row["right"] in at and at[row["left"]] != at[row["right"]]
    ]
    pairs = {row["pair"]: (at[row["left"]], at[row["right"]]) for row in open_}
    said = compared.judged(session.store, list(set(pairs.values())))
    sizes = compared.sizes(
        session.store, sorted({one for pair in pairs.values() for one in pair}), session.profile
    )
    others = likes(session, [row[end] for row in open_ for end in ("left", "right")])
    told, shown = [], set()
    for row in open_:
        pair = pairs[row["pair"]]
        sides = [[row[end], *others.get(row[end], ())] for end in ("left", "right")]
        # Several statements of the same two things are one question, and so are those that say the same name only.
        key = tuple(sorted(min(at.get(name, name) for name in side) for side in sides))
        if pair in said or key in shown:
            continue
        shown.add(key)
        things = [_thing(name, sizes.get(name)) for name in pair]
        if not session.profile.sees_all:
            # The cached name rests on all statements; who sees only some of them gets none from here.
            things = [{**thing, "label": ""} for thing in things]
        told.append({**row, "things": things, "alike": [side[1:] for side in sides]})
    return told


def _thing(name: str, size: compared.Size | None) -> Row:
    if size is None:
        return {"id": name, "label": "", "kind": "", "links": 0, "hub": False}
    return {"id": name, "label": size.label, "kind": size.kind, "links": size.links, "hub": size.hub}
