"""The things and links of a scene, and who made it from what."""

from __future__ import annotations

from dataclasses import dataclass

from graphintel.viz.style import Language, Theme


@dataclass(frozen=True, slots=True)
class SceneNode:
    """One thing on a chart: where it stands (pixels), how it looks, its label whole and as drawn."""

    id: str
    kind: str
    family: str
    icon: str
    label: str
    lines: tuple[str, ...]
    x: float
    y: float
    hub: bool = False
    community: int | None = None


@dataclass(frozen=True, slots=True)
class SceneLink:
    """One assertion on a chart, under its number; a folded one stands for `count` events.

    `records`: ids of the source rows it rests on, at most a page of `records_total`. `sums`: kilograms and money.
    """

    number: int
    id: str
    source: str
    target: str
    source_label: str
    target_label: str
    type: str
    title: str
    style: str
    on_path: bool
    at: str
    last: str
    basis: str
    grade: str
    probability: float | None
    count: int
    folded: bool
    records: tuple[str, ...]
    records_total: int
    sums: dict[str, float]
    details: dict[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """Who made a chart, when, under which case and handling, and from which question and data version."""

    theme: Theme
    language: Language
    title: str
    case: str
    handling: str
    by: str
    at: str
    query: str
    params: dict[str, str]
    counter: int
    by_limit: int
    by_filter: int
    more: bool
    notes: tuple[str, ...]
