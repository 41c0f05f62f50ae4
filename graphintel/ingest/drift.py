"""How a load differs from the one before it of the same source: columns, fill rates, words, distributions.

Distributions are compared by the population stability index on the earlier load's buckets: sum of (now - before) *
ln(now / before). From samples it strays like chi-squared with buckets - 1 degrees of freedom times (1/n + 1/m)
(Yurdakul and Naranjo 2020), so that small loads are not called moved for their size.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]
PSI_MOVED = 0.2
RATE_MOVED = 0.05
_LEAST = 0.001
_SURE = 4.0
_SAME_PLACE = 0.3
_SAME_LOOK = 0.85
_SHAPES_ALONE = 0.8
_DECILES = range(10, 100, 10)


def psi(before: Sequence[float], now: Sequence[float]) -> float:
    """The population stability index of two lists of shares of the same buckets; empty buckets count as 0.001."""
    total = 0.0
    for was, share in zip(before, now, strict=True):
        p, q = max(share, _LEAST), max(was, _LEAST)
        total += (p - q) * math.log(p / q)
    return total


def beyond_chance(value: float, buckets: int, before: int, now: int) -> bool:
    """Whether an index of so many buckets is more than samples of `before` and `now` cells stray by themselves."""
    if not before or not now or buckets < 2:
        return False
    freedom = buckets - 1
    return value > (freedom + _SURE * math.sqrt(2 * freedom)) * (1 / before + 1 / now)


def distribution(before: Row, now: Row) -> Row | None:
    """One column's distribution then and now by buckets; None unless both are numbers or both are words."""
    if before["kind"] != now["kind"] or now["kind"] not in ("number", "word"):
        return None
    number = now["kind"] == "number"
    buckets = _numbers(before["quantiles"], now["quantiles"]) if number else _words(before, now)
    value = psi([bucket["before"] for bucket in buckets], [bucket["now"] for bucket in buckets])
    moved = value >= PSI_MOVED and beyond_chance(value, len(buckets), before["cells"], now["cells"])
    made: Row = {
        "column": now["name"],
        "kind": now["kind"],
        "psi": round(value, 4),
        "moved": moved,
        "buckets": buckets,
    }
    if number:
        made["quantiles"] = {"before": before["quantiles"][::25], "now": now["quantiles"][::25]}
    return made


def _numbers(before: list[float], now: list[float]) -> list[Row]:
    """Buckets between the deciles of the earlier load; equal deciles make one bucket."""
    edges = sorted({before[decile] for decile in _DECILES})
    was, share = _shares(before, edges), _shares(now, edges)
    ends = [None, *edges, None]
    return [
        {"from": ends[n], "to": ends[n + 1], "before": was[n], "now": share[n]} for n in range(len(edges) + 1)
    ]


def _shares(quantiles: list[float], edges: list[float]) -> list[float]:
    reached = [bisect_right(quantiles, edge) / len(quantiles) for edge in edges]
    return [round(high - low, 4) for low, high in zip([0.0, *reached], [*reached, 1.0], strict=True)]


def _words(before: Row, now: Row) -> list[Row]:
    was, have = dict(before["top"]), dict(now["top"])
    words = list(dict.fromkeys([*was, *have]))
    rows = [
        {"word": word, "before": was.get(word, 0) / before["cells"], "now": have.get(word, 0) / now["cells"]}
        for word in words
    ]
    rest = [1.0 - sum(row[name] for row in rows) for name in ("before", "now")]
    if max(rest) > _LEAST:
        rows.append({"word": None, "before": max(rest[0], 0.0), "now": max(rest[1], 0.0)})
    return [{**row, "before": round(row["before"], 4), "now": round(row["now"], 4)} for row in rows]


def likeness(one: Row, other: Row) -> float:
    """How alike two columns look (0 to 1): overlap of their shapes, words or numbers, less what their fill rates differ by."""
    alike = _overlap(one["shapes"], one["cells"], other["shapes"], other["cells"])
    if one["kind"] == other["kind"] == "word":
        # Other words of the same shapes may be the same column; only the place in the file can say so.
        alike = max(_overlap(one["top"], one["cells"], other["top"], other["cells"]), _SHAPES_ALONE * alike)
    elif one["kind"] == other["kind"] == "number":
        alike = 1.0 - _distance(one["quantiles"], other["quantiles"])
    elif one["kind"] == other["kind"] == "date":
        alike = 0.9
    return max(round(alike - abs(float(one["rate"]) - float(other["rate"])), 4), 0.0)


def _overlap(one: list[list[Any]], cells: int, other: list[list[Any]], others: int) -> float:
    if not cells or not others:
        return 0.0
    shares = {name: count / others for name, count in other}
    return float(sum(min(count / cells, shares.get(name, 0.0)) for name, count in one))


def _distance(one: list[float], other: list[float]) -> float:
    """The largest distance between two distribution functions (Kolmogorov and Smirnov), from their quantiles."""
    return max(
        abs(bisect_right(one, edge) / len(one) - bisect_right(other, edge) / len(other))
        for edge in {*one, *other}
    )


def columns(before: Row, now: Row) -> Row:
    """New, missing and renamed columns against the load before; `before`, `now`: what `Collector.told` gave."""
    then = {column["name"]: column for column in before["columns"]}
    have = {column["name"]: column for column in now["columns"]}
    new = [name for name in have if name not in then and _expected(have[name], now, before)]
    missing = [name for name in then if name not in have and _expected(then[name], before, now)]
    renamed = _renamed([then[name] for name in missing], [have[name] for name in new])
    for row in renamed:
        missing.remove(row["from"])
        new.remove(row["to"])
    return {"new": new, "missing": missing, "renamed": renamed}


def _expected(column: Row, there: Row, elsewhere: Row) -> bool:
    """Whether a column's absence elsewhere says something: a table has a head, a document leaves out what is empty."""
    if there["format"] == "csv":
        return True
    return float((1.0 - column["rate"]) ** elsewhere["sampled"]) < _LEAST


def _renamed(missing: list[Row], new: list[Row]) -> list[Row]:
    pairs = sorted(
        ((_same_place(old, one), likeness(old, one), old["name"], one["name"]) for old in missing for one in new),
        key=lambda pair: (-pair[0], -pair[1], pair[2:]),
    )  # fmt: skip
    found: list[Row] = []
    for place, alike, old, one in pairs:
        taken = any(old == row["from"] or one == row["to"] for row in found)
        if not taken and alike >= (_SAME_PLACE if place else _SAME_LOOK):
            found.append(
                {"from": old, "to": one, "why": "same place" if place else "same look", "likeness": alike}
            )
    return found


def _same_place(one: Row, other: Row) -> bool:
    return one["place"] is not None and one["place"] == other["place"]


def rate_moved(before: float, now: float, rows_before: int, rows: int) -> bool:
    """Whether a fill rate changed by five points or more and by more than chance (two proportions, 4 standard errors)."""
    if not rows or not rows_before or abs(now - before) < RATE_MOVED:
        return False
    pooled = (before * rows_before + now * rows) / (rows_before + rows)
    error = math.sqrt(pooled * (1 - pooled) * (1 / rows_before + 1 / rows))
    return abs(now - before) > _SURE * error
