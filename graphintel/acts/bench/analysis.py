"""`bench analysis`: communities against planted ones, a million assertions, and brokers by a few starting points."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphintel.acts.bench.agreement import mutual_information
from graphintel.acts.bench.figures import Figure, Figures
from graphintel.analysis.betweenness import betweenness, estimated_betweenness
from graphintel.analysis.chance import rewired
from graphintel.analysis.communities import Communities, communities
from graphintel.analysis.made import grown, planted
from graphintel.analysis.network import Network
from graphintel.analysis.pagerank import pagerank
from graphintel.analysis.projection import project
from graphintel.model.columns import UNKNOWN_DAY, LinkColumns
from graphintel.settings import Settings

THINGS, ASSERTIONS = 20_000, 1_000_000
# Seeds that nothing was built with.
_SEEDS = (5001, 5002, 5003)
_TOP, _BROKER_TIES = 100, 5
_BINS = (0.0, 0.5, 0.7, 0.9, 1.01)
_LEAST = 3
_KILO = 1 if sys.platform == "darwin" else 1024
_MIXING, _ASKED = 0.495, tuple(number / 1000 for number in range(340, 420, 4))
_PARTIES = ("CONSIGNEE", "CONSIGNOR", "DECLARANT", "BY_MEANS_OF")


def measure(settings: Settings, data: Path | None, size: int) -> Figures:
    """Measure with networks of 20,000 things and a graph of `size` assertions (a million if 0, then networks shrink too)."""
    del settings, data
    count = size or ASSERTIONS
    things = max(THINGS * count // ASSERTIONS, 4000)
    return {**_planted(things), **_million(count), **_brokers(things)}


def _planted(things: int) -> Figures:
    """Consensus communities of benchmark networks (LFR, half of all ties leave their group) on seeds never built with."""
    agreement, seconds, off, chance, mixed = [], [], [], [], []
    for seed in _SEEDS:
        network, truth, mixing = _benchmark(things, seed)
        mixed.append(mixing)
        began = time.perf_counter()
        found = communities(network, seed=seed)
        seconds.append(time.perf_counter() - began)
        agreement.append(mutual_information(found.of, truth))
        off.append(_off(found, truth))
        alone = communities(rewired(network, seed), seed=seed)
        chance.append(max(one.confidence for one in alone.communities if len(one.members) >= _LEAST))
    worst, slowest, wide, surest = min(agreement), max(seconds), max(off), max(chance)
    return {
        "lfr_things": Figure(things, "things"),
        "lfr_mixing": Figure(min(mixed), "of the ties leave their group"),
        "lfr_ami_mean": Figure(float(np.mean(agreement)), "adjusted mutual information"),
        "lfr_ami": Figure(worst, "adjusted mutual information, worst of three", ">= 0.92", worst >= 0.92),
        "lfr_seconds": Figure(slowest, "s", "< 5", slowest < 5),
        "lfr_confidence_off": Figure(wide, "confidence from truth, worst bin", "<= 0.15", wide <= 0.15),
        "lfr_rewired_surest": Figure(surest, "confidence", "< 0.9", surest < 0.9),
    }


def _benchmark(things: int, seed: int) -> tuple[Network, NDArray[np.int64], float]:
    """A network of Lancichinetti, Fortunato and Radicchi 2008, the group of each thing, and the share of ties between groups.

    The generator leaves more ties between groups than it is asked for: it is asked for more until half of them are.
    """
    for asked in _ASKED:
        network, truth = planted(things, seed, asked)
        mixing = float(np.mean(truth[network.source] != truth[network.target]))
        if mixing >= _MIXING:
            break
    return network, truth, mixing


def _off(found: Communities, truth: NDArray[np.int64]) -> float:
    """The largest distance, over bins of confidence, from the share of pairs that truly belong together."""
    confidence, together, weight = [], [], []
    for one in found.communities:
        if len(one.members) < _LEAST:
            continue
        groups = np.bincount(truth[[int(name) for name in one.members]])
        pairs = len(one.members) * (len(one.members) - 1)
        confidence.append(one.confidence)
        together.append(float((groups * (groups - 1)).sum()) / pairs)
        weight.append(len(one.members))
    bins = np.digitize(confidence, _BINS)
    # A bin that holds less than one thing in fifty is no bin.
    held = [place for place in np.unique(bins) if np.sum(np.array(weight)[bins == place]) >= sum(weight) / 50]
    return max(
        abs(
            float(np.average(np.array(confidence)[bins == place], weights=np.array(weight)[bins == place]))
            - float(np.average(np.array(together)[bins == place], weights=np.array(weight)[bins == place]))
        )
        for place in held
    )


def _million(count: int) -> Figures:
    """From assertions to communities, PageRank and core in a fresh process, beside igraph's own time on the same arrays."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        told: dict[str, float] = pool.apply(_in_all, (count,))
    # The columns themselves are there before the work: reading them is the store's.
    return {
        "assertions": Figure(count, "links"),
        "million_ties": Figure(told["ties"], "ties"),
        "million_seconds": Figure(told["seconds"], "s", "< 30", told["seconds"] < 30),
        "million_to_igraph": Figure(told["seconds"] / told["igraph"], "ratio to igraph's one run"),
        "million_memory": Figure(told["memory"], "MB", "< 1000", told["memory"] < 1000),
        "million_networkx": Figure(told["networkx"], "imported", "== 0", told["networkx"] == 0),
    }


def _in_all(count: int) -> dict[str, float]:
    columns = made_columns(count)
    began = time.perf_counter()
    network = project(columns).network
    communities(network)
    pagerank(network)
    network.graph.coreness()
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILO / 1e6
    own = _seconds(lambda: network.graph.community_leiden("modularity", n_iterations=2))
    own += _seconds(lambda: network.graph.pagerank()) + _seconds(lambda: network.graph.coreness())
    return {
        "seconds": seconds,
        "igraph": own,
        "memory": peak,
        "ties": network.ties,
        "networkx": "networkx" in sys.modules,
    }


def made_columns(count: int, seed: int = 5) -> LinkColumns:
    """Assertions of declarations with four parties each, of traders with heavy tails who mostly trade in their own circle."""
    rng = np.random.default_rng(seed)
    events = count // len(_PARTIES)
    traders = max(events // 2, 10)
    circle = rng.integers(0, max(traders // 50, 1), events)
    drawn = np.minimum((rng.pareto(1.2, (events, len(_PARTIES))) * 3).astype(np.int64), 49)
    party = circle[:, None] * 50 + drawn
    stray = rng.random((events, len(_PARTIES))) < 0.1
    party[stray] = rng.integers(0, traders, int(stray.sum()))
    party = np.minimum(party, traders - 1)
    names = [f"{number:032x}" for number in range(events + traders)]
    links = events * len(_PARTIES)
    ids = [f"{number:032x}" for number in range(links)]
    kinds = ["Declaration", "Company"]
    kind = np.array([0] * events + [1] * traders, dtype=np.int32)
    return LinkColumns(
        names, np.arange(len(names), dtype=np.int32), names, [""] * len(names), kind, kinds,
        np.zeros(len(names), dtype=np.bool_), np.repeat(np.arange(events, dtype=np.int32), len(_PARTIES)),
        (events + party).ravel().astype(np.int32), np.tile(np.arange(len(_PARTIES), dtype=np.int32), events),
        list(_PARTIES), np.full(links, UNKNOWN_DAY, dtype=np.int32), ids, ids,
    )  # fmt: skip


def _brokers(things: int) -> Figures:
    """The hundred things that most shortest ways run through, by a few starting points and exactly."""
    network = grown(things, _BROKER_TIES, _SEEDS[0])
    network.graph  # noqa: B018 - made before the clock runs
    held: dict[str, Any] = {}
    exact = _cpu(lambda: held.update(exact=betweenness(network)))
    few = _cpu(lambda: held.update(few=estimated_betweenness(network, np.random.default_rng(_SEEDS[0]))))
    best, found = (set(np.argsort(-held[name])[:_TOP].tolist()) for name in ("exact", "few"))
    share = len(best & found) / _TOP
    return {
        "broker_ties": Figure(network.ties, "ties"),
        "broker_share": Figure(share, "of the exact top 100", ">= 0.9", share >= 0.9),
        "broker_cost": Figure(few / exact, "of the exact CPU", "<= 0.02", few / exact <= 0.02),
    }


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
