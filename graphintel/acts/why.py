"""Why two things are, may be, or are not one: contributions that add up, their records, and what would change the verdict."""

from __future__ import annotations

from typing import Any

from graphintel.acts.compare import QUEUED, described, reasons
from graphintel.acts.session import Session
from graphintel.acts.weights import current
from graphintel.errors import InputError
from graphintel.resolve.features import Features, whole
from graphintel.resolve.score import Score, Weights, score
from graphintel.store.read import compared, judgements
from graphintel.store.read.entity import entity, not_found

Row = dict[str, Any]
# Of a thing with more statements than this the first ones by id are compared.
_MOST = 40
# What might come to be known of two things, the key of its weight, and the field that says whether it is known.
_OPEN = (
    ("an equal number that stays for life, such as a national or tax number", "lasting.equal", "lasting"),
    ("another number of that sort on one side", "lasting.clash", "lasting"),
    ("an equal date of birth", "birth.equal", "birth"),
    ("another date of birth", "birth.clash", "birth"),
    ("the same phone", "phone.shared", "phone"),
    ("the same address", "address.same", "address"),
)
_BORN = ("birth", "generation")


def why(session: Session, left: str, right: str, *, weights: Weights | None = None) -> Row:
    """The score of two things by their statements that go together best, as this reader sees them.

    Raises NotFound for what is not there or not for this reader, InputError for one statement compared with itself.
    """
    using = weights or current(session.settings)
    sides = [_side(session, name) for name in (left, right)]
    one, other, scored = _best(sides[0]["features"], sides[1]["features"], using)
    told = [_told(session, side, best) for side, best in zip(sides, (one, other), strict=True)]
    shared = sorted(set(sides[0]["keys"]) & set(sides[1]["keys"]))
    about = judgements.judgements(session.store, session.profile, about=left)
    ends = [set(side["mentions"]) for side in sides]
    said = [
        row for row in about if any(row["left"] in a and row["right"] in b for a, b in (ends, ends[::-1]))
    ]
    return {
        "left": told[0], "right": told[1], "one": told[0]["entity"] == told[1]["entity"], "verdict": _verdict(scored, using),
        "bits": scored.bits, "probability": scored.probability, "model": using.version,
        "bars": {"queued": QUEUED, "automatic_bits": using.automatic},
        "contributions": reasons(scored), "changes": _changes(scored, using), "keys": shared, "judgements": said,
    }  # fmt: skip


def _side(session: Session, name: str) -> Row:
    profile = session.profile
    found = entity(session.store, name, profile)
    mentions = compared.members(session.store, name, profile, _MOST)
    # The statement that was asked for is compared whatever its place.
    stated = [row["id"] for row in found["mentions"]]
    if name in stated and name not in mentions:
        mentions = [name, *mentions]
    if not mentions:
        raise not_found(name)
    return {
        "name": name, "entity": found["id"], "found": found, "mentions": mentions,
        "asked": name if name in stated else "", "features": described(session, mentions, profile),
        "keys": [key for row in found["mentions"] for key in row["rule"].split(", ") if key],
    }  # fmt: skip


def _best(
    left: dict[str, Features], right: dict[str, Features], using: Weights
) -> tuple[Features, Features, Score]:
    """The two statements, one of each side, that speak most for one thing, and the score of both things by them."""
    pairs = [(one, other) for one in left.values() for other in right.values() if one.id != other.id]
    if not pairs:
        raise InputError(
            "Both ids name the very same statement: there is nothing to compare. Name two things."
        )
    scored = [(score(one, other, using), one, other) for one, other in pairs]
    _, one, other = max(scored, key=lambda row: (row[0].bits, row[1].id, row[2].id))
    # What else is stated of both things may clash, or fit.
    best = score(whole(one, left.values()), whole(other, right.values()), using)
    return one, other, best


def _told(session: Session, side: Row, best: Features) -> Row:
    found = side["found"]
    row = next(row for row in found["mentions"] if row["id"] == best.id)
    return {
        "asked": side["name"], "entity": found["id"], "kind": found["kind"], "label": found["label"], "hub": found["hub"],
        "mention": best.id, "source": row["source"], "values": row["values"], "records": row["records"],
        "statements": len(found["mentions"]),
    }  # fmt: skip


def _verdict(scored: Score, using: Weights) -> str:
    if scored.automatic:
        return "automatic"
    return "queued" if scored.probability >= QUEUED else "below"


def _changes(scored: Score, using: Weights) -> list[Row]:
    """What would be said without each field, and with what is not known yet: bits, probability and verdict then."""
    now = _verdict(scored, using)
    found: list[Row] = []
    for number, part in enumerate(scored.contributions):
        rest = scored.contributions[:number] + scored.contributions[number + 1 :]
        then = Score(sum(one.bits for one in rest), rest, scored.bar)
        if part.bits and _verdict(then, using) != now:
            found.append(_change(f"without {part.field}", then, using))
    known = {one.field for one in scored.contributions}
    for text, key, field in _OPEN:
        bits = using.fields.get(key, 0.0)
        if bits and not _stated(field, known):
            then = Score(scored.bits + bits, scored.contributions, scored.bar)
            if _verdict(then, using) != now:
                found.append(_change(text, then, using))
    return found


def _stated(field: str, known: set[str]) -> bool:
    return any(name.startswith(field) for name in known)


def _change(what: str, then: Score, using: Weights) -> Row:
    return {"if": what, "bits": then.bits, "probability": then.probability, "verdict": _verdict(then, using)}
