"""Stand-ins for markings: what a retraction takes off or brings back changes hands in one transaction.

For each marking there is one alias for links that go (`off`: shown until the turn, then hidden) and one for links that
come (`on`: hidden until the turn, then shown). At rest no link carries an alias.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from neo4j import ManagedTransaction

from graphintel.store.write.batch import new_marking

Role = Literal["off", "on"]
_REST = {"off": "shown", "on": "hidden"}
_TURN = (
    "MATCH (m:Marking) WHERE m.role IS NOT NULL "
    "SET m.state = CASE WHEN (m.role = 'off') = $turned THEN 'hidden' ELSE 'shown' END"
)
_HELD = (
    "MATCH (m:Marking) WHERE m.role IS NOT NULL RETURN m.number AS number, m.alias_of AS of, m.role AS role"
)
_PLAIN = "MATCH (m:Marking) WHERE m.role IS NULL RETURN m.number AS number"


@dataclass(slots=True)
class Aliases:
    """The aliases of a store, as one transaction knows them."""

    tx: ManagedTransaction
    numbers: dict[tuple[int, str], int]

    @property
    def plain(self) -> dict[int, int]:
        """The marking that each alias stands for, by role-less number."""
        return {number: original for (original, _), number in self.numbers.items()}

    def of(self, marking: int, role: Role) -> int:
        """The alias of a marking, made if there is none."""
        key = (marking, role)
        if key not in self.numbers:
            self.numbers[key] = new_marking(self.tx, alias_of=marking, role=role, state=_REST[role])
        return self.numbers[key]

    def role(self, role: Role) -> list[int]:
        """The numbers of all aliases of a role."""
        return [number for (_, one), number in self.numbers.items() if one == role]


def held(tx: ManagedTransaction) -> Aliases:
    """The aliases that there are."""
    return Aliases(tx, {(row["of"], row["role"]): row["number"] for row in tx.run(_HELD)})


def prepare(tx: ManagedTransaction) -> bool:
    """Make the aliases of all markings, so that readers know them before the first link carries one; whether any is new."""
    found = held(tx)
    before = len(found.numbers)
    for row in tx.run(_PLAIN).data():
        found.of(row["number"], "off")
        found.of(row["number"], "on")
    return len(found.numbers) > before


def turn(tx: ManagedTransaction, *, turned: bool) -> None:
    """Hide what goes and show what comes, or (`turned` false) bring the aliases back to rest."""
    tx.run(_TURN, turned=turned).consume()
