"""About the program: who acts, what the schema is, how the store does."""

from __future__ import annotations

from typing import Any

import graphintel
from graphintel.acts.session import Session
from graphintel.desk import charts
from graphintel.store import schema as schemas
from graphintel.store.read import loads

Row = dict[str, Any]


def me(session: Session) -> Row:
    """Who acts, with which profile, in which mode, and what the browser opens with."""
    return {
        "actor": session.actor, "local": session.settings.store == "local", "training": loads.holds_training(session.store),
        "profile": session.profile.key, "banner": session.banner(), "version": graphintel.__version__,
        "opening_chart": charts.opening(session.desk), "counter": session.counter(),
        "language": session.settings.language, "store": session.store.address.uri,
    }  # fmt: skip


def schema(session: Session) -> Row:
    """The model as declared, with the store's indexes."""
    return schemas.describe(schemas.indexes(session.store))


def batches(session: Session, before: int | None = None, limit: int = 200) -> Row:
    """What was loaded before a batch, newest first, a page at a time, with how many are left."""
    found = loads.batches(session.store, limit, before)
    last = found[-1]["number"] if found else 0
    left = loads.older(session.store, last) if len(found) == limit else 0
    cut = {"by_limit": left, "by_filter": 0, "by_policy": "not told"}
    return {"batches": found, "next": str(last) if left else None, "truncated": cut}
