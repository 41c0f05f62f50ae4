"""About the program: who acts, what the schema is, how the store does."""

from __future__ import annotations

from typing import Any

import graphintel
from graphintel.acts.session import Session
from graphintel.desk import charts
from graphintel.store import schema as schemas

Row = dict[str, Any]


def me(session: Session) -> Row:
    """Who acts, with which profile, in which mode, and what the browser opens with."""
    training = session.store.read("MATCH (b:Batch) WHERE b.training RETURN count(b) > 0 AS yes")
    return {
        "actor": session.actor, "local": session.settings.store == "local", "training": bool(training[0]["yes"]),
        "profile": session.profile.key, "banner": session.banner(), "version": graphintel.__version__,
        "opening_chart": charts.opening(session.desk), "counter": session.counter(),
        "language": session.settings.language, "store": session.store.address.uri,
    }  # fmt: skip


def schema(session: Session) -> Row:
    """The model as declared, with the store's indexes."""
    return schemas.describe(schemas.indexes(session.store))


def batches(session: Session, limit: int = 200) -> list[Row]:
    """What was loaded, newest first."""
    rows = session.store.read(
        "MATCH (b:Batch) RETURN properties(b) AS batch ORDER BY b.number DESC LIMIT $limit", {"limit": limit}
    )
    return [row["batch"] for row in rows]
