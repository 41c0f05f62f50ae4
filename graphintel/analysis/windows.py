"""Communities of two spans of time: what was stated of each, and which communities were born, went, split or merged.

The second span starts from the communities of the first (warm start), so that what did not change is not drawn anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from graphintel.analysis.change import changed
from graphintel.analysis.communities import communities
from graphintel.analysis.network import Ints, Network
from graphintel.analysis.projection import Projection, project
from graphintel.analysis.shared import named, shared
from graphintel.analysis.words import Words
from graphintel.errors import InputError
from graphintel.model.columns import UNKNOWN_DAY, LinkColumns

_EPOCH = date(1970, 1, 1).toordinal()
_FIRST, _LAST = date(1, 1, 1).toordinal() - _EPOCH, date(9999, 12, 31).toordinal() - _EPOCH


class Span(NamedTuple):
    """Days from the first to the last, both in it, since 1970; `text`: as it was asked."""

    first: int
    last: int
    text: str


def span(text: str) -> Span:
    """A span of `FROM..TO` as ISO days, either end open. Raises InputError."""
    first, dots, last = text.partition("..")
    try:
        found = Span(
            date.fromisoformat(first.strip()).toordinal() - _EPOCH if first.strip() else _FIRST,
            date.fromisoformat(last.strip()).toordinal() - _EPOCH if last.strip() else _LAST,
            text,
        )
    except ValueError as error:
        raise InputError(f"{text!r} is no span of days; write it as 2024-01-01..2024-06-30.") from error
    if not dots or found.first > found.last:
        raise InputError(f"{text!r} is no span of days; write it as 2024-01-01..2024-06-30.")
    return found


def within(columns: LinkColumns, days: Span) -> LinkColumns:
    """The links of a span; those without a day are in none."""
    kept = np.flatnonzero(
        (columns.day != UNKNOWN_DAY) & (columns.day >= days.first) & (columns.day <= days.last)
    )
    return replace(
        columns, source=columns.source[kept], target=columns.target[kept], type=columns.type[kept], day=columns.day[kept],
        links=[columns.links[link] for link in kept], records=[columns.records[link] for link in kept],
    )  # fmt: skip


@dataclass(frozen=True)
class Between:
    """Communities of both spans as answers have them, how many links each rests on, and how many have no day."""

    before: dict[str, Any]
    after: dict[str, Any]
    links: tuple[int, int]
    undated: int
    parameters: dict[str, Any]
    seed: int

    method = "leiden-consensus-warm"

    def as_json(self) -> dict[str, Any]:
        """Both spans without their members, and what changed."""
        told = changed("communities", self.before, self.after)
        return {
            "before": _figures(self.before), "after": _figures(self.after), "change": told, "links": list(self.links),
            "links_without_day": self.undated, "method": self.method, "parameters": self.parameters, "seed": self.seed,
            "stability": min(self.before["stability"], self.after["stability"]),
            "explanation": self.explanation(told)._asdict(),
        }  # fmt: skip

    def explanation(self, told: dict[str, Any]) -> Words:
        """What changed, and on how much it rests."""
        few = min(self.links) * 2 < max(self.links)
        uneven = (
            (
                f" Cannot tell growth from reporting: one span has {self.links[0]} links and the other {self.links[1]}.",
                f" Büyüme ile bildirim farkı ayırt edilemez: bir dönemde {self.links[0]}, ötekinde {self.links[1]} bağ var.",
            )
            if few
            else ("", "")
        )
        return Words(
            f"{told['explanation']['en']} {self.undated} links without a day are in neither span.{uneven[0]}",
            f"{told['explanation']['tr']} Günü olmayan {self.undated} bağ iki dönemde de yok.{uneven[1]}",
        )


def _figures(result: dict[str, Any]) -> dict[str, Any]:
    groups = [one for one in result["communities"] if len(one["members"]) > 1]
    return {"communities": len(groups), "modularity": result["modularity"], "stability": result["stability"],
            "things": sum(len(one["members"]) for one in result["communities"])}  # fmt: skip


def between(
    columns: LinkColumns, before: str, after: str, *, kinds: Iterable[str] | None = None,
    ids: Collection[str] | None = None, seed: int = 20, resolution: float = 1.0,
) -> Between:  # fmt: skip
    """The communities of two spans, of some things or of all. Raises InputError for a span that is none."""
    spans = span(before), span(after)
    chosen = None if kinds is None else list(kinds)
    parts = [within(columns, one) for one in spans]
    nets = [project(part, kinds=chosen, ids=ids, seed=seed) for part in parts]
    first = communities(nets[0].network, seed=seed, resolution=resolution)
    second = communities(
        nets[1].network, seed=seed, resolution=resolution, start=_carried(nets[0].network, first.of, nets[1].network)
    )  # fmt: skip
    parameters = {"before": before, "after": after, "kinds": chosen, "resolution": resolution}
    return Between(
        _named(first.as_json(), nets[0], first.of), _named(second.as_json(), nets[1], second.of),
        (len(parts[0].links), len(parts[1].links)), int(np.count_nonzero(columns.day == UNKNOWN_DAY)), parameters, seed,
    )  # fmt: skip


def _carried(old: Network, of: Ints, new: Network) -> Ints:
    """Where each thing of the new network was in the old; what was not there begins alone."""
    at = dict(zip(old.names, of.tolist(), strict=True))
    alone = int(of.max(initial=-1)) + 1
    start = [at.get(name, alone + place) for place, name in enumerate(new.names)]
    return np.unique(np.array(start, dtype=np.int64), return_inverse=True)[1].astype(np.int32)


def _named(result: dict[str, Any], projection: Projection, of: Ints) -> dict[str, Any]:
    found = shared(projection, of)
    for one in result["communities"]:
        one["name"] = named(found.get(one["id"], [])) or one["name"]
    return result
