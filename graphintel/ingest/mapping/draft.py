"""The record under construction: what one row has stated so far."""

from __future__ import annotations

from typing import NamedTuple

from graphintel.model.ids import mention_id
from graphintel.model.records import Link, Mention, Stated

_CODES = ("trader_code", "address", "city", "postcode", "registry_no")
_IDENTIFIERS = ("eori", "tax_id", "lei", "nipt", "imo_company")


class Statement(NamedTuple):
    """A thing as stated: kind, values, what its id is made of, and the mention unless that is the row's own."""

    kind: str
    values: Stated
    pairs: tuple[tuple[str, str], ...]
    mention: Mention | None


class Draft:
    """Mentions and links of one row, with the mentions of each thing of the mapping by its number."""

    __slots__ = ("at", "counts", "id", "links", "mentions", "owned", "precision", "slots")

    def __init__(self, identity: str, slots: int) -> None:
        self.id, self.at, self.precision = identity, "", ""
        self.mentions: dict[str, Mention] = {}
        self.links: list[Link] = []
        self.slots: list[list[Mention]] = [[]] * slots
        self.counts: dict[tuple[str, str, str], int] = {}
        self.owned: dict[str, int] = {}

    def role(self, name: str) -> str:
        """The role of a mention that is this row's own; the second of a role is told from the first."""
        number = self.owned.get(name, 0)
        self.owned[name] = number + 1
        return f"{name} {number + 1}" if number else name


def statement(source: str, kind: str, values: Stated, *, own: bool = False) -> Statement:
    """A thing as stated; a Person, a Company known by name only, and what `own` says, belong to their row."""
    pairs = tuple((name, value.normal) for name, value in values)
    if own or kind == "Person" or (kind == "Company" and _by_name_only(values)):
        return Statement(kind, values, pairs, None)
    return Statement(kind, values, pairs, Mention(mention_id(source, kind, pairs), source, kind, values))


def _by_name_only(values: Stated) -> bool:
    return not any(
        name in _CODES or (name in _IDENTIFIERS and value.verdict == "valid") for name, value in values
    )
