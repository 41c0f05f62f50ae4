"""Where a store answers Bolt and as whom; the one thing a driver needs to connect."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Address:
    """A Bolt address with its user; the password stays out of every repr and log line."""

    uri: str
    user: str
    password: str = field(repr=False)
