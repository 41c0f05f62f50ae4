"""What the graph holds that is probably the same as what a notice names: found by the side index, scored, with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphintel.acts import index as indexed
from graphintel.acts.compare import QUEUED, described, reasons
from graphintel.acts.session import Session
from graphintel.acts.weights import current
from graphintel.errors import Conflict
from graphintel.model.records import Mention
from graphintel.resolve.candidates import COMPARED, Index, entry
from graphintel.resolve.features import Features, features
from graphintel.resolve.score import Score, Weights, score
from graphintel.store.read import compared, noticed, stated

Row = dict[str, Any]
# An address or a phone alone is found by its own words; so many candidates of each thing are scored.
_PASSED, _CANDIDATES = ("Address",), 30


def likely(session: Session, mentions: Sequence[Mention], own: Sequence[str]) -> dict[str, list[Row]]:
    """For each mention the things this reader sees that score as the same from .5 on, the best first.

    `own`: records that do not count. Nothing where the side index was never built.
    """
    asked = {one.id: features(one) for one in mentions if one.kind in COMPARED and one.kind not in _PASSED}
    try:
        index = Index.open(indexed.folder(session.settings))
    except Conflict:
        return {}
    using = current(session.settings)
    with index:
        near = {
            name: [found.id for found in indexed.candidates(session, index, entry(one), _CANDIDATES)]
            for name, one in asked.items()
        }
    ids = sorted({one for names in near.values() for one in names})
    known = described(session, ids, session.profile)
    at = compared.entities(session.store, sorted(known))
    seen = noticed.apart(session.store, sorted(set(at.values())), session.profile, own)
    best = {
        name: _best(asked[name], [known[one] for one in names if at.get(one) in seen], at, using)
        for name, names in near.items()
    }
    labels = stated.stated(
        session.store, sorted({thing for found in best.values() for thing in found}), session.profile
    )
    return {
        name: [
            _hit(thing, asked[name].kind, scored, labels.get(thing, {})) for thing, scored in found.items()
        ]
        for name, found in best.items()
    }


def _best(asked: Features, others: list[Features], at: dict[str, str], using: Weights) -> dict[str, Score]:
    """The best score of each thing that is probably the same, the highest first."""
    found: dict[str, Score] = {}
    for other in others:
        scored = score(asked, other, using)
        thing = at[other.id]
        if scored.probability >= QUEUED and (thing not in found or found[thing].bits < scored.bits):
            found[thing] = scored
    return dict(sorted(found.items(), key=lambda item: (-item[1].bits, item[0])))


def _hit(thing: str, kind: str, scored: Score, values: Row) -> Row:
    rows = reasons(scored)
    said = ", ".join(f"{row['field']} {row['bits']:+.1f}" for row in rows[:3])
    label = next((str(value) for part in values.values() for value in part), "")
    name = next(iter(values.get("name", ())), label)
    return {"id": thing, "kind": kind, "label": str(name), "hub": False, "score": round(scored.probability, 4),
            "why": f"probably the same ({said})", "key": "", "reasons": rows}  # fmt: skip
