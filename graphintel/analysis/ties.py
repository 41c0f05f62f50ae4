"""Hidden ties: pairs that share so many rare contacts that a tie between them may exist unseen.

Resource allocation (Zhou, Lu, Zhang 2009) ranks; Adamic-Adar stands beside it; the common contacts are the evidence.
The method rests on contacts of contacts being tied: where this network does not do that, it says "cannot tell".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.sparse import csr_array, diags_array

from graphintel.analysis.network import Floats, Ints, Network
from graphintel.analysis.words import Words

# A contact of more than this many tells nothing about any two of them, and would cost the square of it.
CONTACT_CAP = 500
BLOCK = 2_000
HIDDEN_SHARE = 0.1
SHOWN_COMMON = 20
LEAST_CLOSURE = 0.02

Verdict = Literal["leads", "cannot tell"]


@dataclass(frozen=True)
class HiddenTie:
    """Two things without a known tie, their score, and the contacts they share, rarest first."""

    source: str
    target: str
    score: float
    adamic_adar: float
    common: list[str]
    common_count: int


@dataclass(frozen=True)
class HiddenTies:
    """Pairs to look at, best first, and how well the method re-finds ties that were hidden from it for a trial."""

    pairs: list[HiddenTie]
    verdict: Verdict
    closure: float
    trial_precision: float
    trial_chance: float
    left_out: list[str]
    parameters: dict[str, Any]
    seed: int

    method = "resource-allocation"

    def as_json(self) -> dict[str, Any]:
        """The contract's shape, with the explanation in both languages."""
        return {
            "pairs": [
                {"source": pair.source, "target": pair.target, "score": pair.score, "adamic_adar": pair.adamic_adar,
                 "common": pair.common, "common_count": pair.common_count}
                for pair in self.pairs
            ],
            "verdict": self.verdict,
            "closure": self.closure,
            "trial": {"precision": self.trial_precision, "chance": self.trial_chance, "hidden_share": HIDDEN_SHARE},
            "contacts_left_out": self.left_out,
            "method": self.method,
            "parameters": self.parameters,
            "seed": self.seed,
            "explanation": self.explanation()._asdict(),
        }  # fmt: skip

    def explanation(self) -> Words:
        """What the pairs are worth, in plain words."""
        if self.verdict == "cannot tell":
            return Words(
                "Cannot tell: in this network contacts of one thing are hardly ever tied to each other, so shared "
                "contacts foretell nothing.",
                "Söylenemez: bu ağda bir düğümün bağlantıları birbirine neredeyse hiç bağlı değil; ortak bağlantılar "
                "bir şey öngörmez.",
            )
        return Words(
            f"Pairs that share contacts few others have. When one tie in ten was hidden for a trial, "
            f"{self.trial_precision:.0%} of as many best pairs were hidden ties ({self.trial_chance:.2%} by chance). "
            "These are leads to check, no established ties.",
            f"Başkalarında az bulunan bağlantıları paylaşan çiftler. Denemede on bağdan biri gizlendiğinde, aynı sayıda "
            f"en iyi çiftin %{self.trial_precision * 100:.0f} kadarı gizli bağdı (rastgele %{self.trial_chance * 100:.2f}). "
            "Bunlar araştırılacak ipuçlarıdır, kanıtlanmış bağ değildir.",
        )


def hidden_ties(network: Network, top: int = 20, *, seed: int = 20) -> HiddenTies:
    """The best pairs by resource allocation, or none where the network does not bear it out."""
    closure = network.graph.transitivity_undirected(mode="zero") if network.ties else 0.0
    precision, chance = _trial(network, seed) if closure >= LEAST_CLOSURE else (0.0, 0.0)
    told = closure >= LEAST_CLOSURE and precision > 5 * chance
    left_out = [network.labels[node] for node in np.flatnonzero(network.degree > CONTACT_CAP)]
    pairs = (
        [_evidence(network, *pair) for pair in zip(*best_pairs(network, top), strict=True)] if told else []
    )
    parameters = {"top": top, "contact_cap": CONTACT_CAP, "least_closure": LEAST_CLOSURE}
    return HiddenTies(
        pairs,
        "leads" if told else "cannot tell",
        float(closure),
        precision,
        chance,
        left_out,
        parameters,
        seed,
    )


def best_pairs(network: Network, top: int) -> tuple[Ints, Ints, Floats]:
    """Ends and resource allocation of the `top` best untied pairs; memory bounded by blocks of rows."""
    plain = network.matrix(weighted=False)
    degree = network.degree.astype(np.float64)
    share = np.where((degree > 0) & (degree <= CONTACT_CAP), 1 / np.maximum(degree, 1), 0.0)
    right = csr_array(diags_array(share) @ plain)
    kept: list[tuple[Ints, Ints, Floats]] = []
    for start in range(0, network.size, BLOCK):
        stop = min(start + BLOCK, network.size)
        rows = csr_array(plain[start:stop])
        found = csr_array(rows @ right)
        # A tie's own score is pushed below zero, so that only untied pairs stay.
        scores = (found - rows * 1e9).tocoo()
        first, second = scores.coords[0] + start, scores.coords[1]
        good = (scores.data > 0) & (first < second)
        kept.append(_top(first[good], second[good], scores.data[good], top))
    first, second, score = (np.concatenate(part) for part in zip(*(kept or [_nothing()]), strict=True))
    return _top(first, second, score, top)


def _nothing() -> tuple[Ints, Ints, Floats]:
    return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), np.zeros(0)


def _top(first: Ints, second: Ints, score: Floats, top: int) -> tuple[Ints, Ints, Floats]:
    if len(score) > 4 * top + 100:
        enough = score >= np.partition(score, -top)[-top]
        first, second, score = first[enough], second[enough], score[enough]
    order = np.lexsort((second, first, -score.round(12)))[:top]
    return first[order], second[order], score[order]


def _trial(network: Network, seed: int) -> tuple[float, float]:
    """Hide one tie in ten: the share of as many best pairs that were hidden ties, and that share by chance."""
    hidden = np.random.default_rng(seed).random(network.ties) < HIDDEN_SHARE
    count = int(hidden.sum())
    if not count:
        return 0.0, 0.0
    rest = Network(network.names, network.source[~hidden], network.target[~hidden], network.weight[~hidden])
    first, second, _ = best_pairs(rest, count)
    hits = np.isin(
        first.astype(np.int64) * network.size + second,
        network.source[hidden].astype(np.int64) * network.size + network.target[hidden],
    )
    untied = network.size * (network.size - 1) / 2 - rest.ties
    return float(hits.sum() / count), float(count / untied)


def _evidence(network: Network, first: int, second: int, score: float) -> HiddenTie:
    graph = network.graph
    shared = set(graph.neighbors(first)) & set(graph.neighbors(second))
    common = sorted(shared, key=lambda node: (int(network.degree[node]), node))
    adamic = sum(1 / np.log(network.degree[node]) for node in common if network.degree[node] <= CONTACT_CAP)
    return HiddenTie(
        network.names[first], network.names[second], float(score), float(adamic),
        [network.names[node] for node in common[:SHOWN_COMMON]], len(common),
    )  # fmt: skip
