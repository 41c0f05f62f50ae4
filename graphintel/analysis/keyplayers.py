"""Key players: which few, taken out together, break a network most; "not breakable" is an answer.

KPP-NEG of Borgatti 2006, by greedy choice and swaps from several starts. Which five is a question about a set: the five
best of a ranking mostly break the same place five times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from graphintel.analysis.breakage import Neighbours, fragmentation, pieces, remaining_pairs
from graphintel.analysis.network import Network
from graphintel.analysis.words import Words, listed
from graphintel.errors import InputError, LimitReached

MOST_THINGS = 20_000
SWAP_ROUNDS = 20
# Random starts: as many as look at this many ties, at most so many.
START_BUDGET, MOST_STARTS = 300_000, 24
# Gain in fragmentation under which a network counts as not breakable, and from which it counts as breakable.
LITTLE, MUCH = 0.1, 0.2
SMALLEST = 8

Verdict = Literal["breakable", "not breakable", "cannot tell"]
_WORDS: dict[Verdict, Words] = {
    "breakable": Words("Taking these out breaks the network.", "Bunlar çıkarılırsa ağ parçalanır."),
    "not breakable": Words(
        "No set of this size breaks the network: most of it stays connected whoever is taken out.",
        "Bu büyüklükte hiçbir küme ağı parçalamıyor: kim çıkarılırsa çıkarılsın çoğu bağlı kalıyor.",
    ),
    "cannot tell": Words(
        "Cannot tell: the network is too small, already in pieces, or the effect is too slight to rest on.",
        "Söylenemez: ağ çok küçük, zaten parçalı ya da etki dayanılacak kadar belirgin değil.",
    ),
}


@dataclass(frozen=True)
class KeyPlayers:
    """The set, how far it fragments the network, and what the top of the degree ranking would do."""

    chosen: list[str]
    labels: list[str]
    fragmentation: float
    before: float
    baseline_top_degree: float
    largest_left: int
    verdict: Verdict
    parameters: dict[str, Any]
    seed: int

    method = "kpp-neg-greedy-swaps"

    def as_json(self) -> dict[str, Any]:
        """The contract's shape, with the explanation in both languages."""
        return {
            "set": self.chosen,
            "labels": self.labels,
            "fragmentation": self.fragmentation,
            "fragmentation_before": self.before,
            "baseline_top_degree": self.baseline_top_degree,
            "largest_left": self.largest_left,
            "verdict": self.verdict,
            "method": self.method,
            "parameters": self.parameters,
            "seed": self.seed,
            "explanation": self.explanation()._asdict(),
        }

    def explanation(self) -> Words:
        """The verdict and its figures in plain words."""
        names, verdict = listed(self.labels, 5), _WORDS[self.verdict]
        return Words(
            f"{verdict.en} Without {names}, {self.fragmentation:.0%} of the pairs that remain cannot reach each other "
            f"({self.before:.0%} now; {self.baseline_top_degree:.0%} when the best connected are taken out). "
            "This is the structure as we know it today, no forecast of how people regroup.",
            f"{verdict.tr} {names} olmadan kalan çiftlerin %{self.fragmentation * 100:.0f} kadarı birbirine ulaşamaz "
            f"(şimdi %{self.before * 100:.0f}; en çok bağlantılılar çıkarılırsa %{self.baseline_top_degree * 100:.0f}). "
            "Bu, bugün bilinen yapıdır; kişilerin nasıl yeniden örgütleneceğini öngörmez.",
        )


def key_players(network: Network, k: int = 5, *, seed: int = 20) -> KeyPlayers:
    """The k things whose removal fragments the network most. Raises InputError unless 1 <= k < n, LimitReached by size."""
    if not 1 <= k < network.size:
        raise InputError(f"k is {k}; it must be at least 1 and below the number of things, {network.size}.")
    if network.size > MOST_THINGS:
        raise LimitReached(
            f"{network.size} things; key players are sought among at most {MOST_THINGS}. Analyse one case or community."
        )
    neighbours = network.neighbours()
    ranked = sorted(range(network.size), key=lambda node: (-len(neighbours[node]), node))
    starts = [_greedy(neighbours, k), ranked[:k], *_random_starts(network, k, seed)]
    best = min((_swapped(neighbours, start) for start in starts), key=lambda found: found[0])[1]
    sizes = pieces(neighbours, best)
    before = fragmentation(pieces(neighbours, ()))
    baseline = fragmentation(pieces(neighbours, ranked[:k]))
    value = fragmentation(sizes)
    order = sorted(best, key=lambda node: (-len(neighbours[node]), node))
    return KeyPlayers(
        [network.names[node] for node in order], [network.labels[node] for node in order], value, before, baseline,
        sizes[0], _verdict(network.size, k, before, value), {"k": k, "starts": len(starts)}, seed,
    )  # fmt: skip


def _verdict(size: int, k: int, before: float, after: float) -> Verdict:
    gain = after - before
    if size < max(SMALLEST, k + 3) or before > 1 - MUCH:
        return "cannot tell"
    if gain < LITTLE:
        return "not breakable"
    return "breakable" if gain >= MUCH else "cannot tell"


def _best(neighbours: Neighbours, removed: list[int]) -> tuple[int, int]:
    """The ordered pairs left by the best further removal, and that thing; of equals the best connected."""
    pairs = remaining_pairs(neighbours, removed)
    return min(
        ((left, -len(neighbours[node]), node) for node, left in enumerate(pairs) if left >= 0),
    )[::2]  # fmt: skip


def _greedy(neighbours: Neighbours, k: int) -> list[int]:
    chosen: list[int] = []
    for _ in range(k):
        chosen.append(_best(neighbours, chosen)[1])
    return chosen


def _random_starts(network: Network, k: int, seed: int) -> list[list[int]]:
    """Sets drawn among things that can break something: those with two ties or more, if there are enough."""
    able = [node for node, degree in enumerate(network.degree.tolist()) if degree > 1]
    able = able if len(able) >= k else list(range(network.size))
    count = min(MOST_STARTS, START_BUDGET // (k * (network.size + network.ties)))
    rng = np.random.default_rng(seed)
    return [rng.choice(able, size=k, replace=False).tolist() for _ in range(count)]


def _swapped(neighbours: Neighbours, start: list[int]) -> tuple[int, list[int]]:
    """Exchange one member at a time for the best other thing until nothing gains."""
    chosen = list(start)
    left = sum(size * (size - 1) for size in pieces(neighbours, chosen))
    for _ in range(SWAP_ROUNDS):
        gained = False
        for place in range(len(chosen)):
            others = chosen[:place] + chosen[place + 1 :]
            pairs, node = _best(neighbours, others)
            if pairs < left:
                chosen[place], left, gained = node, pairs, True
        if not gained:
            break
    return left, chosen
