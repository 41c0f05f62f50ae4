"""What rests on some things being one: saved charts, exports and findings that name them."""

from __future__ import annotations

import re
from collections.abc import Collection

from graphintel.desk import findings as kept
from graphintel.desk.database import Desk, Row

_ID = re.compile(r"[0-9a-f]{32}")


# So few are looked for one by one: a finding may be megabytes long.
_FEW = 64


def _names(text: str | None, ids: Collection[str]) -> bool:
    if len(ids) <= _FEW:
        return any(name in (text or "") for name in ids)
    return any(name in ids for name in _ID.findall(text or ""))


def relied(desk: Desk, ids: Collection[str]) -> Row:
    """Charts, exports and findings that name one of some ids, by number with name and date, newest first."""
    wanted = frozenset(ids)
    charts = [
        {"id": row["id"], "name": row["name"], "case": row["case_number"], "updated_at": row["updated_at"]}
        for row in desk.rows("SELECT * FROM chart ORDER BY updated_at DESC, rowid DESC")
        if _names(row["data"], wanted) or _names(row["story"], wanted)
    ]
    held = {row["id"] for row in charts}
    exports = [
        {"id": row["id"], "chart": row["chart"], "case": row["case_number"], "format": row["format"], "at": row["at"]}
        for row in desk.rows("SELECT * FROM export ORDER BY at DESC, rowid DESC")
        if row["chart"] in held or _names(row["query"], wanted)
    ]  # fmt: skip
    findings = [
        {"id": row["id"], "method": row["method"], "at": row["at"]}
        for row in desk.rows("SELECT * FROM finding ORDER BY at DESC, rowid DESC")
        if _names(row["content"], wanted) or _names(kept.text_of(desk, row["id"]), wanted)
    ]
    return {"charts": charts, "exports": exports, "findings": findings}
