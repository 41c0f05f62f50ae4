"""Statements that say no more than another one: a question about one of them is a question about all."""

from __future__ import annotations

from graphintel.acts import index as indexed
from graphintel.acts.compare import described
from graphintel.acts.namesakes import alike, bare
from graphintel.acts.session import Session
from graphintel.errors import Conflict
from graphintel.resolve.candidates import Index
from graphintel.store.read.judgements import visible

# More statements of one name than this are not listed with a pair.
_MOST = 200


def likes(session: Session, ids: list[str]) -> dict[str, list[str]]:
    """For some statements the others that say nothing but the same name and that this reader sees."""
    folder = indexed.folder(session.settings)
    try:
        index = Index.open(folder)
    except Conflict:
        return {}
    with index:
        given = described(session, sorted(set(ids)), session.profile)
        found = {name: alike(session, index, one)[:_MOST] for name, one in given.items()}
    others = sorted({other for names in found.values() for other in names})
    seen = set(visible(session.store, others, session.profile))
    known = described(session, [name for name in others if name in seen], session.profile)
    return {
        name: [one for one in names if one in known and bare(known[one])] for name, names in found.items()
    }
