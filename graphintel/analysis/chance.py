"""What chance alone gives: the same method on a copy of the network with the same degrees and ties drawn by lot.

Configuration model by edge switching (Maslov and Sneppen 2002): every thing keeps its number of ties, weights are dealt anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from graphintel.analysis.communities import Communities, communities
from graphintel.analysis.network import Network, seeded
from graphintel.analysis.words import Words

# Switches for each tie: after ten, nothing is left of how the network was.
SWITCHES = 10
# Above this many ties the copy would take as long again as the answer.
MOST_TIES = 300_000
LEAST_MEMBERS = 3
# Modularity above chance by less than this is no structure to speak of: chance networks differ among themselves by that.
LITTLE = 0.05

Verdict = Literal["more than chance", "cannot tell"]


@dataclass(frozen=True)
class Chance:
    """The modularity of a rewired copy, its surest community, how many are surer here, and what that says."""

    modularity: float
    confidence: float
    surer: int
    verdict: Verdict
    explanation: Words

    def as_json(self) -> dict[str, Any]:
        """As the answer has it."""
        return {
            "modularity": self.modularity, "confidence": self.confidence, "surer": self.surer, "verdict": self.verdict,
            "explanation": self.explanation._asdict(),
        }  # fmt: skip


def rewired(network: Network, seed: int) -> Network:
    """A copy in which each thing has as many ties as before and only that."""
    graph = network.graph.copy()
    with seeded(seed):
        graph.rewire(n=SWITCHES * network.ties)
    ends = np.array(graph.get_edgelist(), dtype=np.int32).reshape(-1, 2)
    dealt = np.random.default_rng(seed).permutation(network.weight)
    return Network.of(network.names, ends[:, 0], ends[:, 1], dealt, network.labels)


def chance(network: Network, found: Communities, *, seed: int = 20) -> Chance | None:
    """Communities held against those of a rewired copy; None for a network without ties or too large for that."""
    if not 0 < network.ties <= MOST_TIES:
        return None
    given = found.parameters
    alone = communities(rewired(network, seed), seed=seed, resolution=given["resolution"], runs=given["runs"])
    surest = max(
        (one.confidence for one in alone.communities if len(one.members) >= LEAST_MEMBERS), default=0.0
    )
    surer = sum(one.confidence > surest for one in found.communities if len(one.members) >= LEAST_MEMBERS)
    more = found.modularity - alone.modularity >= LITTLE
    figures = f"{found.modularity:.2f}, {alone.modularity:.2f}"
    return Chance(
        float(alone.modularity), float(surest), surer, "more than chance" if more else "cannot tell",
        Words(
            f"More than chance: modularity here and in a copy with ties drawn by lot: {figures}. The surest community of "
            f"the copy has confidence {surest:.2f}; {surer} here are surer than that, and only they are more than chance.",
            f"Rastlantıdan fazla: buradaki ve bağları kurayla dağıtılmış kopyadaki modülerlik: {figures}. Kopyanın en "
            f"güvenilir topluluğu {surest:.2f} güvende; burada {surer} topluluk bundan güvenilir, rastlantıdan fazla olan "
            "yalnızca onlar.",
        ) if more else Words(
            f"Cannot tell: a copy with the same number of ties drawn by lot falls into groups as well as this network "
            f"(modularity here and there: {figures}). Do not rest anything on these communities.",
            f"Söylenemez: aynı sayıda bağın kurayla dağıtıldığı kopya da bu ağ kadar gruplara ayrılıyor (modülerlik "
            f"burada ve orada: {figures}). Bu topluluklara dayanmayın.",
        ),
    )  # fmt: skip
