"""Communities: Leiden from several seeds, one consensus round, and how sure each community and each member is.

Leiden: Traag, Waltman, van Eck 2019, on modularity; consensus in the manner of Lancichinetti and Fortunato 2012.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphintel.analysis.network import Floats, Ints, Network, graph_of, seeded
from graphintel.analysis.words import Words, listed

RUNS = 10
# Ten runs that nearly stand still agree on more than ten that do, and cost a quarter.
PASSES = 5
# A tie counts as often as ten fresh runs would all keep it inside one community, and not at all where fewer than seven
# of ten did: a thing of which none is left belongs to no community that could be told.
SHARPNESS, KEPT = 10, 0.7
# From this many ties on, fewer passes: the answer of millions of ties must not take minutes.
LARGE, LARGE_PASSES = 500_000, 2
# Runs agree more often with each other than with the truth, for all see one network: what they share is squared, which is
# how often two more runs would both say so. Fitted on planted networks; `bench analysis` measures it on others.
DOUBT = 2
FIRM = 0.9
# How many of the strongest members are named beside their ids.
LABELLED = 8

# What a resolution means, above 1, at 1 and below it (Reichardt and Bornholdt 2006).
_FINER = {
    0: Words(
        "a group is one that has more ties inside than chance would give; groups much smaller than the network allows may "
        "be merged, a higher resolution parts them.",
        "bir topluluk, içinde rastlantının vereceğinden çok bağ olandır; ağa göre çok küçük gruplar birleşmiş olabilir, "
        "daha yüksek çözünürlük onları ayırır.",
    ),
    1: Words(
        "a group must have that many times the ties that chance would give: smaller, denser groups than the usual 1 finds.",
        "bir topluluğun içinde rastlantının vereceği bağın bu kadar katı olmalıdır: alışılmış 1'e göre daha küçük, daha sıkı "
        "gruplar.",
    ),
    -1: Words(
        "fewer ties than chance would give are enough: larger, looser groups than the usual 1 finds.",
        "rastlantının vereceğinden az bağ da yeter: alışılmış 1'e göre daha büyük, daha gevşek gruplar.",
    ),
}

Counts = NDArray[np.intp]


@dataclass(frozen=True)
class Community:
    """Members, strongest first, with the confidence that each belongs to the others; `labels`: of the first few."""

    number: int
    name: str
    members: list[str]
    confidence: float
    member_confidence: list[float]
    ties: int
    labels: list[str]

    def as_json(self) -> dict[str, Any]:
        """The community as contract and pictures have it."""
        return {
            "id": self.number,
            "name": self.name,
            "members": self.members,
            "confidence": self.confidence,
            "member_confidence": self.member_confidence,
            "ties": self.ties,
            "labels": self.labels,
        }


@dataclass(frozen=True)
class Communities:
    """All communities, largest first; `of[v]` is the community of thing v."""

    communities: list[Community]
    of: Ints
    modularity: float
    stability: float
    parameters: dict[str, Any]
    seed: int

    method = "leiden-consensus"

    def as_json(self) -> dict[str, Any]:
        """The contract's shape, with the explanation in both languages."""
        return {
            "communities": [community.as_json() for community in self.communities],
            "modularity": self.modularity,
            "stability": self.stability,
            "method": self.method,
            "parameters": self.parameters,
            "seed": self.seed,
            "explanation": self.explanation()._asdict(),
        }

    def explanation(self) -> Words:
        """What was found, in plain words."""
        shown = [community for community in self.communities if len(community.members) > 1]
        firm = sum(community.confidence >= FIRM for community in shown)
        runs, fine = self.parameters["runs"], self.parameters["resolution"]
        finer = (fine > 1) - (fine < 1)
        return Words(
            f"{len(shown)} communities; {firm} of them are firm (confidence {FIRM} or more: in nearly all of {runs} "
            f"independent runs their members were found together). The runs agree to {self.stability:.2f} (1 = fully). "
            f"Resolution {fine:g}: {_FINER[finer].en}",
            f"{len(shown)} topluluk; {firm} tanesi sağlam (güven {FIRM} ve üstü: {runs} bağımsız çalıştırmanın hemen "
            f"hepsinde üyeleri bir arada çıktı). Çalıştırmaların uyumu {self.stability:.2f} (1 = tam). "
            f"Çözünürlük {fine:g}: {_FINER[finer].tr}",
        )


def communities(
    network: Network,
    *,
    seed: int = 20,
    resolution: float = 1.0,
    runs: int = RUNS,
    start: Ints | None = None,
) -> Communities:
    """The communities of a network; the same seed gives the same answer. Memory: runs x n.

    `start`: the community that each thing is in before the first pass, shape n; each alone if it is not given.
    """
    passes = LARGE_PASSES if network.ties >= LARGE else PASSES
    parameters = {
        "runs": runs,
        "passes": passes,
        "resolution": resolution,
        "sharpness": SHARPNESS,
        "kept": KEPT,
        "doubt": DOUBT,
    }
    if not network.ties:
        alone = np.arange(network.size, dtype=np.int32)
        return Communities(_described(network, alone, alone[None, :]), alone, 0.0, 1.0, parameters, seed)
    found = np.stack([_leiden(network, seed + run, resolution, passes, start) for run in range(runs)])
    together = (found[:, network.source] == found[:, network.target]).mean(axis=0)
    of = _by_size(_consensus(network, together, seed))
    modularity = network.graph.modularity(of.tolist(), weights=None if network.plain else network.weight)
    return Communities(
        _described(network, of, found), of, float(modularity), _stability(found), parameters, seed
    )


def _leiden(network: Network, seed: int, resolution: float, passes: int, start: Ints | None) -> Ints:
    with seeded(seed):
        found = network.graph.community_leiden(
            objective_function="modularity",
            weights=None if network.plain else network.weight,
            resolution=resolution,
            n_iterations=passes,
            initial_membership=None if start is None else start.tolist(),
        )
    return np.array(found.membership, dtype=np.int32)


def _consensus(network: Network, together: Floats, seed: int) -> Ints:
    kept = together >= KEPT
    graph = graph_of(network.size, network.source[kept], network.target[kept])
    weight = together[kept] ** SHARPNESS
    with seeded(seed - 1):
        found = graph.community_leiden(objective_function="modularity", weights=weight, n_iterations=PASSES)
    return np.array(found.membership, dtype=np.int32)


def _by_size(of: Ints) -> Ints:
    """The same communities numbered from the largest, ties by first member."""
    _, first, inverse, count = np.unique(of, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(count), dtype=np.int32)
    rank[np.lexsort((first, -count))] = np.arange(len(count))
    return rank[inverse].astype(np.int32)


def member_confidence(of: Ints, found: Ints) -> Floats:
    """For each thing how likely it belongs with the others of its community; shape n.

    The share of (run, other member) pairs found together, to the power of `DOUBT`.
    """
    size = np.bincount(of)
    total = np.zeros(len(of))
    for run in found:
        _, inverse, count = np.unique(of.astype(np.int64) * (len(of) + 1) + run, return_inverse=True,
                                      return_counts=True)  # fmt: skip
        total += count[inverse] - 1
    return np.asarray((total / (len(found) * np.maximum(size[of] - 1, 1))) ** DOUBT, dtype=np.float64)


def _stability(found: Ints) -> float:
    """Mean adjusted Rand index of each run and the next (Hubert and Arabie 1985)."""
    pairs = [_adjusted_rand(left, right) for left, right in pairwise(found)]
    return float(np.mean(pairs)) if pairs else 1.0


def _adjusted_rand(left: Ints, right: Ints) -> float:
    def pairs(values: Ints) -> float:
        count = np.unique(values, return_counts=True)[1].astype(np.float64)
        return float((count * (count - 1)).sum() / 2)

    both = pairs(left.astype(np.int64) * (int(right.max()) + 1) + right)
    one, two, every = pairs(left), pairs(right), len(left) * (len(left) - 1) / 2
    expected = one * two / every if every else 0.0
    most = (one + two) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _described(network: Network, of: Ints, found: Ints) -> list[Community]:
    count = int(of.max()) + 1 if len(of) else 0
    per_member = member_confidence(of, found)
    size = np.bincount(of, minlength=count)
    inside = of[network.source] == of[network.target]
    ties = np.bincount(of[network.source[inside]], minlength=count)
    total = np.bincount(of, weights=per_member, minlength=count).astype(np.float64)
    confidence = total / np.maximum(size, 1) * _evidence(size, ties)
    strength = np.bincount(network.source[inside], weights=network.weight[inside], minlength=network.size)
    strength += np.bincount(network.target[inside], weights=network.weight[inside], minlength=network.size)
    order = np.lexsort((-strength, of))
    bounds = np.concatenate([[0], np.cumsum(size)])
    result = []
    for number in range(count):
        members = order[bounds[number] : bounds[number + 1]].tolist()
        result.append(Community(
            number, listed([network.labels[member] for member in members]), [network.names[member] for member in members],
            round(float(confidence[number]), 4), [round(float(per_member[member]), 4) for member in members],
            int(ties[number]), [network.labels[member] for member in members[:LABELLED]],
        ))  # fmt: skip
    return result


def _evidence(size: Counts, ties: Counts) -> Floats:
    """Belief in a group by its ties beyond a bare chain: 1/2 for a chain, 2/3 with one tie more, towards 1.

    Two or three things that hang together by single ties are found together in every run, of chance networks too.
    """
    beyond = np.maximum(ties - (size - 1), 0)
    return np.asarray((beyond + 1) / (beyond + 2), dtype=np.float64)
