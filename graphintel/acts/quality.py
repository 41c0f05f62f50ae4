"""The quality report of a load: what its rows were like, and how they differ from the last load of its source."""

from __future__ import annotations

from typing import Any

from graphintel.acts.session import Session
from graphintel.desk import quality as kept
from graphintel.errors import NotFound
from graphintel.ingest import drift
from graphintel.store.read import loads

Row = dict[str, Any]
# How many batches back an earlier load is looked for, and how many of them tell the words of closed columns.
_BACK = 5_000
_WORDS_OF = 50


def report(session: Session, number: int | None = None) -> Row:
    """The report of a batch, of the last one if none is named; NotFound for a batch this reader may not see."""
    batch = _batch(session, number)
    content = _readable(session, batch)
    if content is None:
        raise NotFound(
            f"No quality report is kept of load {batch['number']}: it was not finished, or an earlier program made it."
        )
    earlier = _earlier(session, batch)
    return {**_head(batch, content, earlier), **_told(content), **_compared(content, earlier)}


def _batch(session: Session, number: int | None) -> Row:
    found = loads.batches(session.store, 1, None if number is None else number + 1)
    if not found or (number is not None and found[0]["number"] != number):
        raise NotFound("Nothing was loaded yet." if number is None else f"There is no load {number}.")
    return found[0]


def _readable(session: Session, batch: Row) -> Row | None:
    """What is kept of a batch if this reader may see every marking that it holds."""
    content = kept.get(session.desk, batch["number"])
    # A store that was emptied counts its batches from one again.
    if content is None or content.get("at") != batch["at"]:
        return None
    session.know(content["markings"])
    seen = {session.markings[mark].text for mark in session.profile.marks if mark in session.markings}
    return {**content, "batch": batch["number"]} if set(content["markings"]) <= seen else None


def _earlier(session: Session, batch: Row) -> list[Row]:
    """The earlier loads of the same source that stand and that this reader may see, latest first."""
    held = [
        other
        for other in loads.batches(session.store, _BACK, batch["number"])
        if other["source"] == batch["source"] and other.get("state") == "complete"
    ]
    return [content for other in held[:_WORDS_OF] if (content := _readable(session, other))]


def _head(batch: Row, content: Row, earlier: list[Row]) -> Row:
    return {
        "version": content["version"], "batch": batch["number"], "source": batch["source"], "at": batch.get("at"),
        "actor": batch.get("actor"), "files": batch.get("files", []), "mapping": content["mapping"],
        "compared_with": earlier[0]["batch"] if earlier else None, "rows": content["rows"], "sampled": content["sampled"],
    }  # fmt: skip


def _told(content: Row) -> Row:
    names = ("values", "unplaced", "unplaced_texts", "unplaced_count", "quarantine")
    # Reports that an earlier program kept do not say what lay ahead.
    future = content.get("future") or {"after": None, "fields": []}
    return {**{name: content[name] for name in names}, "future": future}


def _compared(content: Row, earlier: list[Row]) -> Row:
    last = earlier[0] if earlier else None
    then = {column["name"]: column for column in last["columns"]} if last else {}
    pairs = [(then[column["name"]], column) for column in content["columns"] if column["name"] in then]
    moved = [made for old, new in pairs if (made := drift.distribution(old, new))]
    return {
        "columns": [_column(column, then.get(column["name"]), content, last) for column in content["columns"]],
        "unread": _unread(content), "vocabularies": _vocabularies(content, earlier),
        "drift": drift.columns(last, content) if last else {"new": [], "missing": [], "renamed": []},
        "distributions": sorted(moved, key=lambda row: (-row["moved"], -row["psi"], row["column"])),
    }  # fmt: skip


def alone(content: Row, rows: Row) -> Row:
    """What the rows of some files are like in themselves, without a load to compare them with."""
    content = {**content, "rows": rows}
    told = _compared(content, [])
    return {"rows": rows, "sampled": content["sampled"], **_told(content),
            **{name: told[name] for name in ("columns", "unread", "vocabularies")}}  # fmt: skip


def _column(column: Row, old: Row | None, content: Row, earlier: Row | None) -> Row:
    rows, rows_before = content["rows"]["read"], earlier["rows"]["read"] if earlier else 0
    return {
        **{name: column[name] for name in ("name", "state", "reason", "filled", "rate", "kind", "distinct")},
        "rate_before": old["rate"] if old else None,
        "moved": bool(old)
        and drift.rate_moved(old["rate"] if old else 0.0, column["rate"], rows_before, rows),
    }


def _unread(content: Row) -> Row:
    """Columns that the description does not know, and the share of filled cells that nobody reads, by cause."""
    filled = sum(column["filled"] for column in content["columns"])

    def share(state: str) -> float:
        lost = sum(column["filled"] for column in content["columns"] if column["state"] == state)
        return round(lost / filled, 4) if filled else 0.0

    names = [column["name"] for column in content["columns"] if column["state"] == "unread"]
    return {"columns": names, "share": share("unread"), "left_out_share": share("left out")}


def _vocabularies(content: Row, earlier: list[Row]) -> list[Row]:
    """Closed columns with the words that neither the description nor any earlier load knows."""
    made = []
    for column, told in content["vocabularies"].items():
        then = [load["vocabularies"][column]["seen"] for load in earlier if column in load["vocabularies"]]
        known = {*told["words"], *(word.casefold() for seen in then for word in seen)}
        fresh = [
            {"word": word, "count": count}
            for word, count in told["seen"].items()
            if word.casefold() not in known
        ]
        made.append(
            {"column": column, "declared": told["words"], "seen": len(told["seen"]), "full": told["full"],
             # Without declared words and without a load before, nothing is new: everything is.
             "new": sorted(fresh, key=lambda row: (-row["count"], row["word"])) if told["words"] or then else []}
        )  # fmt: skip
    return made


def keep(session: Session, batch: int, content: Row, rows: Row) -> None:
    """Keep what a load was like; `rows`: how many were read, loaded, refused."""
    made = _batch(session, batch)
    kept.keep(session.desk, batch, made["source"], {**content, "at": made["at"], "rows": rows})
