"""A thing in a role in which it serves others: what the store counts, and what a service provider is known by."""

from __future__ import annotations

from typing import NamedTuple


class Served(NamedTuple):
    """A thing in one role: how many events or holders it has there, how many different clients, how many links in all."""

    id: str
    kind: str
    name: str
    role: str
    uses: int
    clients: int
    links: int
