"""What a limit cut off, counted: exactly for who sees all, up to 10,000 and then "or more" for others."""

from __future__ import annotations

from typing import Any

from neo4j import ManagedTransaction

from graphintel.model.marking import Profile
from graphintel.model.subgraph import Truncated

COUNT_TO = 10_000
# Ends a counting statement: the server stops where the reader is told no more.
COUNTED = "LIMIT $to RETURN count(*) AS n"
_NO_END = 2**62


def cut_off(
    tx: ManagedTransaction, text: str, given: dict[str, Any], kept: int, profile: Profile
) -> Truncated:
    """How many rows of a statement that ends in COUNTED there are beyond those kept; visible ones only."""
    to = _NO_END if profile.sees_all else kept + COUNT_TO + 1
    left = int(tx.run(text, {**given, "to": to}).single(strict=True)["n"]) - kept
    if profile.sees_all or left <= COUNT_TO:
        return Truncated(by_limit=max(left, 0))
    return Truncated(by_limit=COUNT_TO, more=True)
