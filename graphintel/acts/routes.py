"""Routes: legs that were seen, with their evidence, and where a consignment is likely bound for."""

from __future__ import annotations

from typing import Any

from graphintel.acts.session import Session

Row = dict[str, Any]


def observed(
    session: Session,
    *,
    commodity: str = "",
    start: str = "",
    end: str = "",
    limit: int = 500,
    ids: list[str] | None = None,
) -> Row:
    """Legs between places."""
    return {"places": [], "legs": [], "truncated": {}}


def predict(session: Session, given: Row, top: int = 5) -> Row:
    """Destination and transit countries."""
    return {"destination": [], "transit": [], "destination_other": 1.0, "transit_other": 1.0}
