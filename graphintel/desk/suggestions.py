"""Suggestions: pairs that may be one thing, with score, reasons and rank, until somebody or something decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson

from graphintel.desk.database import Desk, Row
from graphintel.desk.pages import Page, page
from graphintel.log import now


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two mentions of one kind that may state one thing: probability 0 to 1, what speaks for and against, and its rank.

    `value`: how much the answer matters to the work; `note`: why it waits for a person although it scores high.
    """

    left: str
    right: str
    kind: str
    bits: float
    probability: float
    value: float
    reasons: list[Row]
    model: str
    note: str = ""

    @property
    def pair(self) -> str:
        """The two ids, the lesser first."""
        return pair_of(self.left, self.right)


def pair_of(left: str, right: str) -> str:
    """The name of a pair of mentions, whichever comes first."""
    return " ".join(sorted((left, right)))


def put(desk: Desk, found: Iterable[Suggestion]) -> int:
    """Write suggestions over older ones of the same pairs, unless those are settled; how many are there to be judged."""
    with desk.transaction() as db:
        return sum(
            db.execute(
                "INSERT INTO suggestion VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, '') ON CONFLICT (pair) DO UPDATE SET "
                "bits = excluded.bits, probability = excluded.probability, value = excluded.value, "
                "reasons = excluded.reasons, model = excluded.model, note = excluded.note, at = excluded.at "
                "WHERE state = 'open'",
                (one.pair, *sorted((one.left, one.right)), one.kind, one.bits, one.probability, one.value,
                 orjson.dumps(one.reasons).decode(), one.model, one.note, now()),
            ).rowcount
            for one in found
        )  # fmt: skip


def one(desk: Desk, pair: str, *, settled: bool = False) -> Suggestion | None:
    """The suggestion of a pair, if there is one that waits, or any with `settled`."""
    rows = desk.rows("SELECT * FROM suggestion WHERE pair = ? AND (? OR state = 'open')", (pair, settled))
    names = ("left", "right", "kind", "bits", "probability", "value", "model", "note")
    return (
        Suggestion(reasons=orjson.loads(rows[0]["reasons"]), **{name: rows[0][name] for name in names})
        if rows
        else None
    )


def settle(desk: Desk, pairs: Sequence[str], state: str, judgement: str = "") -> None:
    """Say what became of some pairs: `judged`, `automatic`, or `open` again."""
    with desk.transaction() as db:
        db.executemany(
            "UPDATE suggestion SET state = ?, judgement = ? WHERE pair = ?",
            [(state, judgement, pair) for pair in pairs],
        )


def reopen(desk: Desk, judgement: str) -> int:
    """Let pairs that a judgement settled wait again, since it was withdrawn; how many."""
    with desk.transaction() as db:
        return int(
            db.execute(
                "UPDATE suggestion SET state = 'open', judgement = '' WHERE judgement = ? AND judgement <> ''",
                (judgement,),
            ).rowcount
        )


def waiting(desk: Desk, *, least: float, kind: str = "", cursor: str = "", limit: int = 50) -> Page:
    """Open suggestions from a probability on, those that matter most first, a page at a time."""
    where = "state = 'open' AND probability >= ?"
    given: tuple[float | str, ...] = (least,)
    if kind:
        where, given = f"{where} AND kind = ?", (least, kind)
    found = page(
        desk, "* FROM suggestion", (("value", "DESC"), ("pair", "ASC")), (float, str), cursor=cursor, limit=limit,
        where=where, parameters=given,
    )  # fmt: skip
    return Page(
        [{**row, "reasons": orjson.loads(row["reasons"])} for row in found.rows], found.next, found.left
    )


def counts(desk: Desk) -> dict[str, int]:
    """How many suggestions there are in each state."""
    return {
        row["state"]: row["n"]
        for row in desk.rows("SELECT state, count(*) AS n FROM suggestion GROUP BY state")
    }


def compared(desk: Desk) -> Row:
    """Up to which data counter of which graph everything was compared, by which model."""
    rows = desk.rows("SELECT * FROM compared")
    return rows[0] if rows else {"counter": 0, "anchor": "", "model": "", "place": ""}


def note(desk: Desk, counter: int, anchor: str, model: str, place: str = "") -> None:
    """Write down how far comparing came; `place`: the mention that a first comparison goes on after."""
    with desk.transaction() as db:
        db.execute("DELETE FROM compared")
        db.execute("INSERT INTO compared VALUES (?, ?, ?, ?)", (counter, anchor, model, place))


def clear(desk: Desk) -> None:
    """Forget all suggestions and how far comparing came: the store that they are about was emptied."""
    with desk.transaction() as db:
        db.execute("DELETE FROM suggestion")
        db.execute("DELETE FROM compared")
