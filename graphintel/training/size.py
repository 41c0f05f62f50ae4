"""How large a world is, and how long it lasts."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

SizeName = Literal["small", "medium", "large"]


class Size(NamedTuple):
    """Counts of what is written, and of who takes part."""

    declarations: int
    seizures: int
    notices: int
    movements: int
    clients: int
    fleets: int
    groups: int
    trips: int
    seized: int
    seen: int
    warned: int
    asycuda: int = 40
    wco: int = 20


SIZES: dict[SizeName, Size] = {
    "small": Size(3_000, 150, 60, 400, 1_000, 60, 7, 40, 12, 24, 4),
    "medium": Size(30_000, 1_500, 600, 4_000, 6_000, 240, 8, 90, 24, 60, 10),
    "large": Size(300_000, 15_000, 6_000, 40_000, 30_000, 900, 8, 240, 60, 160, 20),
}

MONTHS = tuple((year, month) for year in (2023, 2024) for month in range(1, 13))
# Trade rests in January and August and is busy in autumn.
_SEASON = (8, 9, 10, 10, 10, 10, 9, 8, 11, 12, 12, 11)


def days(year: int, month: int) -> int:
    """Number of days of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


def spread(total: int) -> list[int]:
    """A total over the 24 months by season, exactly (largest remainder)."""
    weights = [_SEASON[month - 1] for _, month in MONTHS]
    shares = [total * weight / sum(weights) for weight in weights]
    counts = [int(share) for share in shares]
    # The place breaks ties, so that the same total always falls alike.
    short = sorted(range(len(shares)), key=lambda place: (counts[place] - shares[place], place))
    for place in short[: total - sum(counts)]:
        counts[place] += 1
    return counts
