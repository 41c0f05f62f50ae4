"""What if these were taken out: the network before and after, and what comes apart. Fragmentation: Borgatti 2006."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from graphintel.analysis.breakage import fragmentation
from graphintel.analysis.network import Network
from graphintel.analysis.words import Words, listed
from graphintel.errors import InputError

_SHOWN, _SOME = 20, 10


@dataclass(frozen=True)
class Removal:
    """Who is taken out, and the pieces before and after, largest first, as ids."""

    network: Network
    removed: list[str]
    before: list[list[int]]
    after: list[list[int]]

    method = "removal"

    def as_json(self) -> dict[str, Any]:
        """Before, after, and the pieces that come off the largest of before."""
        return {
            "removed": self.removed, "before": _told(self.before), "after": _told(self.after),
            "split_off": [self._piece(piece) for piece in self.split_off[:_SHOWN]],
            "split_off_total": len(self.split_off), "method": self.method, "parameters": {"removed": self.removed},
            "seed": None, "explanation": self.explanation()._asdict(),
        }  # fmt: skip

    @property
    def split_off(self) -> list[list[int]]:
        """Pieces of what remains that hung together with more before, all but the largest of each."""
        held = {node: place for place, piece in enumerate(self.before) for node in piece}
        seen: set[int] = set()
        found = []
        for piece in self.after:
            place = held[piece[0]]
            if place in seen:
                found.append(piece)
            seen.add(place)
        return found

    def _piece(self, piece: list[int]) -> dict[str, Any]:
        some = sorted(piece, key=lambda node: (-int(self.network.degree[node]), node))[:_SOME]
        names = [self.network.names[node] for node in some]
        return {"size": len(piece), "some": names, "labels": [self.network.labels[node] for node in some]}

    def explanation(self) -> Words:
        """What changes, in plain words."""
        number = {name: place for place, name in enumerate(self.network.names)}
        names = listed([self.network.labels[number[name]] for name in self.removed], 5)
        old, new = _told(self.before), _told(self.after)
        if not self.split_off:
            return Words(
                f"Without {names} everything else that hung together still does.",
                f"{names} olmadan da geri kalan bağlantılar kopmuyor.",
            )
        lost = sum(map(len, self.split_off))
        return Words(
            f"Without {names} {len(self.split_off)} pieces with {lost} things come off; the largest piece has "
            f"{new['largest']} things ({old['largest']} now), and {new['fragmentation']:.0%} of the pairs cannot reach each "
            f"other ({old['fragmentation']:.0%} now). This is the structure recorded today, no forecast.",
            f"{names} olmadan {lost} düğümlü {len(self.split_off)} parça kopar; en büyük parçada {new['largest']} düğüm "
            f"kalır (şimdi {old['largest']}) ve çiftlerin %{new['fragmentation'] * 100:.0f} kadarı birbirine ulaşamaz "
            f"(şimdi %{old['fragmentation'] * 100:.0f}). Bu, bugün kayıtlı yapıdır; öngörü değildir.",
        )


def removal(network: Network, removed: Collection[str]) -> Removal:
    """The network without some things. Raises InputError for none, for one that is not in it, and for all of it."""
    names = list(dict.fromkeys(removed))
    number = {name: place for place, name in enumerate(network.names)}
    unknown = [name for name in names if name not in number]
    if unknown or not names:
        raise InputError(
            f"{listed(unknown, 3)} is not in this network; take ids from its results." if unknown
            else "Say who is taken out: at least one id of this network."
        )  # fmt: skip
    if len(names) == network.size:
        raise InputError("Everything would be taken out; leave something to look at.")
    out = {number[name] for name in names}
    rest = [node for node in range(network.size) if node not in out]
    part = network.graph.induced_subgraph(rest)
    after = [[rest[node] for node in piece] for piece in part.connected_components()]
    return Removal(network, names, _sorted(list(network.graph.connected_components())), _sorted(after))


def _sorted(pieces: list[list[int]]) -> list[list[int]]:
    return sorted(pieces, key=lambda piece: (-len(piece), piece[0]))


def _told(pieces: list[list[int]]) -> dict[str, Any]:
    sizes = [len(piece) for piece in pieces]
    return {"pieces": len(sizes), "largest": sizes[0] if sizes else 0, "fragmentation": fragmentation(sizes)}
