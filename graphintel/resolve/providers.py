"""Service providers: who serves so many that sharing them says nothing; proposed by degree and role, decided by a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graphintel.model.served import Served
from graphintel.resolve.normalise.companies import company_name

#: Roles in which somebody serves others, in the order in which they are named.
ROLES = ("declarant", "courier", "carrier", "bank", "phone", "address", "account", "port")
# Fewer clients than this are a circle of acquaintances; from so many times the usual number on somebody serves a trade.
FEWEST, TIMES = 10, 4.0
# A party that is mostly buyer or seller is no provider for having declared for others too.
MOSTLY = 0.5
_PARTIES = ("declarant", "courier", "carrier")
_BANK = "bank"


class Proposal(NamedTuple):
    """A likely service provider: `usual` is the median of clients in its role, `share` that of the role in its links."""

    served: Served
    usual: float
    share: float


def proposals(found: Iterable[Served], usual: Mapping[str, float]) -> list[Proposal]:
    """Who is likely a service provider, those with most clients first.

    In its role it has at least ten clients and four times as many as the median of all that have that role, and at least
    half of its links are of that role; a bank is one by the word in its name. `usual`: the median of each role.
    """
    made = [
        Proposal(
            one._replace(role=_role(one)),
            usual.get(one.role, 0.0),
            min(one.uses / one.links, 1.0) if one.links else 0.0,
        )
        for one in found
    ]
    return sorted((one for one in made if _serves(one)), key=lambda one: (-one.served.clients, one.served.id))


def _role(one: Served) -> str:
    """A bank whatever it does; else the role as it was found."""
    return _BANK if one.role in _PARTIES and _BANK in company_name(one.name).trades else one.role


def _serves(one: Proposal) -> bool:
    return one.served.clients >= max(FEWEST, TIMES * one.usual) and one.share >= MOSTLY
