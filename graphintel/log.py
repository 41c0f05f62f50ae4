"""Logging: one line a message to stderr; the driver and the server's chatter stay quiet."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime


def set_up(verbose: bool = False) -> None:
    """Send warnings (or, if verbose, everything of ours) to stderr in one plain form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("graphintel").setLevel(logging.DEBUG if verbose else logging.INFO)
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)


def now() -> str:
    """The present time in UTC to the second, as every batch, chart and log line carries it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
