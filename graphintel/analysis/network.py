"""A network of ties as arrays: undirected, weighted, each pair once; the noun all methods on networks take."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Network:
    """Things and the ties between them.

    `names`: n ids; `source` < `target`: m indexes into `names`, no pair twice, no tie to oneself; `weight`: m numbers
    above zero; `labels`: what people call the things, or the ids.
    """

    names: list[str]
    source: Ints
    target: Ints
    weight: Floats
    labels: list[str] = field(default_factory=list)

    @classmethod
    def of(
        cls, names: Sequence[str], source: Ints, target: Ints, weight: Floats, labels: Sequence[str] = ()
    ) -> Network:
        """A network from ties in any direction and any number: repeated pairs add up, ties to oneself are dropped."""
        low, high = np.minimum(source, target).astype(np.int64), np.maximum(source, target).astype(np.int64)
        real = low != high
        size = max(len(names), 1)
        keys, position = np.unique(low[real] * size + high[real], return_inverse=True)
        total = np.bincount(position, weights=weight[real], minlength=len(keys)).astype(np.float64)
        ends = (keys // size).astype(np.int32), (keys % size).astype(np.int32)
        return cls(list(names), *ends, total, list(labels) or list(names))

    @property
    def size(self) -> int:
        """How many things."""
        return len(self.names)

    @property
    def ties(self) -> int:
        """How many pairs are tied."""
        return len(self.source)

    @cached_property
    def graph(self) -> igraph.Graph:
        """The same network for igraph; vertex and edge numbers are positions in these arrays."""
        return graph_of(self.size, self.source, self.target)

    @cached_property
    def degree(self) -> Ints:
        """Number of things each thing is tied to, shape n."""
        both = np.concatenate([self.source, self.target])
        return np.bincount(both, minlength=self.size).astype(np.int32)

    @cached_property
    def plain(self) -> bool:
        """Whether all ties weigh the same, so that weights need not be handed on."""
        return self.ties == 0 or bool(np.all(self.weight == self.weight[0]))

    def matrix(self, weighted: bool = True) -> csr_array:
        """The symmetric adjacency matrix, n by n, of weights or of ones."""
        values = self.weight if weighted else np.ones(self.ties)
        rows = np.concatenate([self.source, self.target])
        columns = np.concatenate([self.target, self.source])
        return csr_array((np.concatenate([values, values]), (rows, columns)), shape=(self.size, self.size))

    def neighbours(self) -> list[list[int]]:
        """For each thing the positions of those it is tied to, in rising order."""
        matrix = self.matrix(weighted=False)
        matrix.sort_indices()
        bounds, flat = matrix.indptr.tolist(), matrix.indices.tolist()
        return [flat[bounds[node] : bounds[node + 1]] for node in range(self.size)]


def graph_of(size: int, source: Ints, target: Ints) -> igraph.Graph:
    """An igraph graph of `size` vertices from two arrays of ends."""
    return igraph.Graph(n=size, edges=np.column_stack([source, target]))


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """igraph draws from a generator of this seed inside the block, and from Python's own again after it."""
    igraph.set_random_number_generator(random.Random(seed))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
