"""Visible assertions as columns made by hand, for what analysis does with them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graphintel.model.columns import UNKNOWN_DAY, LinkColumns


class Said(NamedTuple):
    """One link: from, type, to."""

    source: str
    type: str
    target: str


def columns_of(kinds: dict[str, str], said: list[Said], hubs: frozenset[str] = frozenset()) -> LinkColumns:
    """Columns in which every entity is its own mention."""
    names, kind_names = list(kinds), sorted(set(kinds.values()))
    types = sorted({one.type for one in said})
    number = {name: place for place, name in enumerate(names)}
    return LinkColumns(
        mentions=names,
        partition=np.arange(len(names), dtype=np.int32),
        entities=names,
        labels=[name.upper() for name in names],
        kind=np.array([kind_names.index(kinds[name]) for name in names], dtype=np.int32),
        kinds=kind_names,
        hub=np.array([name in hubs for name in names], dtype=np.bool_),
        source=np.array([number[one.source] for one in said], dtype=np.int32),
        target=np.array([number[one.target] for one in said], dtype=np.int32),
        type=np.array([types.index(one.type) for one in said], dtype=np.int32),
        types=types,
        day=np.full(len(said), UNKNOWN_DAY, dtype=np.int32),
        links=[f"l{place}" for place in range(len(said))],
        records=[f"r-{one.source}" for one in said],
    )
