"""What the graph holds already of what a notice names: the same identifier, what scores as the same, or the same name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphintel.acts.likeness import likely
from graphintel.acts.session import Session
from graphintel.model.display import merged, stored
from graphintel.model.fold import fold
from graphintel.model.records import Mention, Record
from graphintel.resolve.identity import keys
from graphintel.store.read import noticed, search, stated

Row = dict[str, Any]
BY_KEY, BY_NAME, BY_PLACE = 1.0, 0.5, 0.1
# A place, an address or goods that a notice names are there for nearly every other notice as well.
_COMMON = ("Place", "Commodity", "Address")
_NAMES = ("name", "alias", "former_name")
_CANDIDATES = 50


def hits(session: Session, records: Sequence[Record]) -> dict[str, list[Row]]:
    """For each record the things that the graph holds of what it names, best first, each with why and a score of 0 to 1.

    What these records themselves brought into the graph is no hit. A name alone scores less than an identifier; what
    scores as the same has its probability and its `reasons`.
    """
    own = [record.id for record in records]
    asked = {record.id: [one for one in record.mentions if one.kind != "Notice"] for record in records}
    wanted = sorted({key for mentions in asked.values() for one in mentions for key in keys(one)})
    found = noticed.keyed(session.store, wanted, session.profile, own)
    alike = likely(session, [one for mentions in asked.values() for one in mentions], own)
    named: dict[tuple[str, str], list[Row]] = {}
    told: dict[str, list[Row]] = {}
    for record, mentions in asked.items():
        rows: dict[tuple[str, str], Row] = {}
        for one in mentions:
            for hit in [*_by_key(one, found), *alike.get(one.id, ()), *_by_name(session, one, own, named)]:
                rows.setdefault((one.id, hit["id"]), {**hit, "named": _named(one)})
        told[record] = sorted(rows.values(), key=lambda row: (-row["score"], row["label"], row["id"]))
    return told


def _named(mention: Mention) -> Row:
    """What the notice calls it."""
    return {
        "mention": mention.id,
        "kind": mention.kind,
        "label": merged(mention.kind, [stored(mention)])["display"],
    }


def _by_key(mention: Mention, found: dict[str, Row]) -> list[Row]:
    score = BY_PLACE if mention.kind in _COMMON else BY_KEY
    return [
        {**found[key], "score": score, "why": f"the same {_in_words(key)}", "key": key}
        for key in keys(mention)
        if key in found
    ]


def _in_words(key: str) -> str:
    name, _, content = key.partition("/")[2].partition(":")
    return f"{name} ({content.replace(':', ' ')})"


def _by_name(
    session: Session, mention: Mention, own: list[str], known: dict[tuple[str, str], list[Row]]
) -> list[Row]:
    if mention.kind in _COMMON:
        return []
    names = [value.normal for name, value in mention.values if name in _NAMES]
    found: list[Row] = []
    for name in names:
        about = (mention.kind, fold(name))
        if about[1] and about not in known:
            known[about] = _called(session, mention.kind, name, own)
        found += known.get(about, [])
    return found


def _called(session: Session, kind: str, name: str, own: list[str]) -> list[Row]:
    """Things of a kind of which something visible states exactly this name, whatever its letters and accents."""
    rows = search.search(session.store, name, session.profile, kind=kind, limit=_CANDIDATES)["hits"]
    said = stated.stated(session.store, [row["id"] for row in rows], session.profile)
    same = [
        row
        for row in rows
        if any(
            fold(str(one)) == fold(name) for part in _NAMES for one in said.get(row["id"], {}).get(part, ())
        )
    ]
    others = noticed.apart(session.store, [row["id"] for row in same], session.profile, own)
    return [
        {"id": row["id"], "kind": kind, "label": row["label"], "hub": False, "score": BY_NAME,
         "why": f"the same name ({name}), and nothing else", "key": ""}
        for row in same
        if row["id"] in others
    ]  # fmt: skip
