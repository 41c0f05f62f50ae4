"""What each record of a chunk means for what is there: new, back again, read anew, graded anew, or nothing new."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from neo4j import ManagedTransaction

from graphintel.model.deliveries import Delivery, delivered, opened, standing
from graphintel.model.records import Record
from graphintel.store.driver import Row
from graphintel.store.write import statements as text
from graphintel.store.write.plan import Stands
from graphintel.store.write.rows import natural, starts

Joined = Callable[[tuple[int, ...]], int]


@dataclass(slots=True)
class Sorted:
    """The distinct records of a chunk by what they change; `orders`: the last place of each in the batch."""

    fresh: list[Record] = field(default_factory=list)
    reopened: list[Record] = field(default_factory=list)
    reread: list[Record] = field(default_factory=list)
    histories: list[Row] = field(default_factory=list)
    standing: list[Row] = field(default_factory=list)
    graded: list[Row] = field(default_factory=list)
    stands: dict[str, Stands] = field(default_factory=dict)
    orders: dict[str, int] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    duplicates: int = 0
    unchanged: int = 0

    @property
    def opened(self) -> list[Record]:
        """Those whose links are to be written."""
        return self.fresh + self.reopened + self.reread


def sort(
    tx: ManagedTransaction, records: list[Record], first: int, batch: int, gone: Collection[int], joined: Joined,
    numbers: dict[str, int],
) -> Sorted:  # fmt: skip
    """Sort a chunk; `first`: the place of its first record in the batch, `joined`: the number of several markings' join."""
    found = Sorted()
    by_id: dict[str, Record] = {}
    for order, record in enumerate(records, first):
        found.duplicates += record.id in by_id
        # A row that comes twice stands where it came last, so that A, B, A ends at A in chunks of any size.
        by_id[record.id] = by_id.pop(record.id, record)
        found.orders[record.id] = order
    found.last = {key: record.id for record in by_id.values() if (key := natural(record))}
    there = {row["id"]: row for row in tx.run(text.FIND_RECORDS, ids=list(by_id)).data()}
    for name, record in by_id.items():
        if name not in there:
            found.fresh.append(record)
            continue
        came = Delivery(
            batch, found.orders[name], record.mapping_version, record.grade, numbers[record.marking.text]
        )
        _known(found, there[name], record, came, gone, joined)
    return found


def _known(
    found: Sorted, row: Row, record: Record, came: Delivery, gone: Collection[int], joined: Joined
) -> None:
    """One more delivery of a record that is there."""
    history = delivered(opened(row["history"]), came)
    again = came.batch in row["deliveries"]
    now = standing(history, gone)
    assert now is not None
    number = joined(now.markings)
    found.histories.append(
        {
            "id": record.id,
            "history": [one.text for one in history],
            "deliveries": sorted({one.batch for one in history if one.act == "load"} - set(gone)),
        }
    )
    stands = found.last.get(natural(record) or "", record.id) == record.id
    if row["closed"] is not None and stands:
        found.reopened.append(record)
    else:
        found.duplicates += again
        found.unchanged += not again
    if row["closed"] is not None and not stands:
        return
    if row["closed"] is not None or row["reading"] != now.reading:
        if row["closed"] is None:
            found.reread.append(record)
        found.stands[record.id] = Stands(now.grade, number)
        found.standing.append(
            {"id": record.id, "reading": now.reading, "grade": now.grade, "marking": number,
             "starts": sorted({*row["starts"], *starts(record)})}
        )  # fmt: skip
    elif (row["grade"], row["marking"]) != (now.grade, number):
        found.graded.append({"id": record.id, "grade": now.grade, "marking": number})
