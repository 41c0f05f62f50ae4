"""What changed between two findings of one method: communities born, gone, split and merged; sets, ranks and pairs.

A community of before and one of after are kin where they share at least `KIN` of the members of the smaller one that both
findings know (Greene, Doyle and Cunningham 2010, with the overlap coefficient in place of Jaccard's, so that a small
community swallowed by a large one is a merge and no death).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from graphintel.analysis.words import Words, listed
from graphintel.errors import InputError

Row = dict[str, Any]
KIN = 0.3
# Groups of fewer are not followed: two things part and meet all the time.
LEAST = 3
# A change of this share of its members makes a community grown or shrunk.
GROWN = 0.2
_TOP = 10
# What is listed of each kind of change; the rest is counted.
_SHOWN = 50


class Kin(NamedTuple):
    """A community of before and one of after, and how many members they share."""

    before: int
    after: int
    shared: int


def changed(kind: str, before: Row, after: Row) -> Row:
    """How the result `after` of a method differs from `before`, with a sentence. Raises InputError for another method."""
    if kind not in _CHANGES:
        raise InputError(f"Findings of {kind} cannot be compared; those of {', '.join(_CHANGES)} can.")
    return _CHANGES[kind](before, after)


def _communities(before: Row, after: Row) -> Row:
    olds, news = _groups(before), _groups(after)
    kin = _kin([set(one["members"]) for one in olds], [set(one["members"]) for one in news])
    onward, back = defaultdict(list), defaultdict(list)
    for one in kin:
        onward[one.before].append(one)
        back[one.after].append(one)
    merged = {place: ties for place, ties in back.items() if len(ties) > 1}
    split = {place: ties for place, ties in onward.items() if len(ties) > 1}
    same = [one for one in kin if len(onward[one.before]) == 1 and len(back[one.after]) == 1]
    sized = [(one, len(news[one.after]["members"]) - len(olds[one.before]["members"])) for one in same]
    told: Row = {
        "born": [_named(news[place]) for place in range(len(news)) if place not in back],
        "gone": [_named(olds[place]) for place in range(len(olds)) if place not in onward],
        "split": [
            {"from": _named(olds[place]), "into": [_named(news[one.after]) for one in ties]}
            for place, ties in sorted(split.items())
        ],
        "merged": [
            {"from": [_named(olds[one.before]) for one in ties], "into": _named(news[place])}
            for place, ties in sorted(merged.items())
        ],
        "grown": [
            _pair(olds[one.before], news[one.after]) for one, more in sized
            if more >= max(1, GROWN * len(olds[one.before]["members"]))
        ],
        "shrunk": [
            _pair(olds[one.before], news[one.after]) for one, more in sized
            if -more >= max(1, GROWN * len(olds[one.before]["members"]))
        ],
    }  # fmt: skip
    counts = {name: len(rows) for name, rows in told.items()}
    stayed = len(same) - counts["grown"] - counts["shrunk"]
    english = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "none changed"
    words = {"born": "yeni", "gone": "yok olan", "split": "bölünen", "merged": "birleşen", "grown": "büyüyen",
             "shrunk": "küçülen"}  # fmt: skip
    turkish = ", ".join(f"{count} {words[name]}" for name, count in counts.items() if count) or "değişen yok"
    return {
        **{name: rows[:_SHOWN] for name, rows in told.items()},
        "counts": {**counts, "stayed": stayed},
        "same": not any(counts.values()) and _members(before) == _members(after),
        "explanation": Words(
            f"Communities of {LEAST} and more: {english}; {stayed} stayed.",
            f"{LEAST} ve daha çok üyeli topluluklar: {turkish}; {stayed} tanesi aynı kaldı.",
        )._asdict(),
    }


def _groups(result: Row) -> list[Row]:
    return [one for one in result["communities"] if len(one["members"]) >= LEAST]


def _members(result: Row) -> set[frozenset[str]]:
    return {frozenset(one["members"]) for one in result["communities"] if len(one["members"]) > 1}


def _kin(olds: Sequence[Collection[str]], news: Sequence[Collection[str]]) -> list[Kin]:
    """Pairs of communities that share enough; only what both findings know of counts."""
    known = {name for group in olds for name in group} & {name for group in news for name in group}
    at = {name: place for place, group in enumerate(olds) for name in group}
    shared: Counter[tuple[int, int]] = Counter()
    for place, group in enumerate(news):
        shared.update((at[name], place) for name in group if name in known)
    small = [sum(name in known for name in group) for group in olds]
    less = [sum(name in known for name in group) for group in news]
    return [
        Kin(old, new, count)
        for (old, new), count in sorted(shared.items())
        if count >= KIN * min(small[old], less[new]) and count > 1
    ]


def _named(one: Row) -> Row:
    return {
        "id": one["id"],
        "name": one.get("name", ""),
        "size": len(one["members"]),
        "some": one["members"][:5],
        "labels": (one.get("labels") or one["members"])[:5],
    }


def _pair(old: Row, new: Row) -> Row:
    return {"from": _named(old), "into": _named(new)}


def _key_players(before: Row, after: Row) -> Row:
    old, new = before["set"], after["set"]
    came, went = [one for one in new if one not in old], [one for one in old if one not in new]
    labels = _labels(before, "set") | _labels(after, "set")
    named = [listed([labels.get(one, one) for one in some], 3) for some in (came, went)]
    # A set that breaks is measured by fragmentation, one that reaches by its reach.
    figure = "fragmentation" if "fragmentation" in before else "reach"
    same = not came and not went and before[figure] == after.get(figure)
    return {
        "came": came, "went": went, "same": same,
        figure: [before[figure], after.get(figure)],
        "verdict": [before["verdict"], after["verdict"]],
        "explanation": Words(
            f"In the set now: {named[0] or 'nobody new'}; no longer: {named[1] or 'nobody'}.",
            f"Kümeye giren: {named[0] or 'yok'}; çıkan: {named[1] or 'yok'}.",
        )._asdict(),
    }  # fmt: skip


def _labels(result: Row, name: str) -> dict[str, str]:
    return dict(zip(result[name], result.get("labels") or result[name], strict=False))


def _centrality(before: Row, after: Row) -> Row:
    old = {node["id"]: place for place, node in enumerate(before["nodes"], 1)}
    new = {node["id"]: place for place, node in enumerate(after["nodes"], 1)}
    top = [node["id"] for node in after["nodes"][:_TOP]]
    were = [node["id"] for node in before["nodes"][:_TOP]]
    labels = {node["id"]: node.get("label", node["id"]) for node in [*before["nodes"], *after["nodes"]]}
    came = [one for one in top if one not in were]
    went = [one for one in were if one not in top]
    return {
        "ranks": [
            {"id": one, "label": labels[one], "before": old.get(one), "after": new.get(one)}
            for one in dict.fromkeys([*top, *were])
        ],
        "came": came, "went": went, "same": before["nodes"] == after["nodes"],
        "explanation": Words(
            f"Among the first {_TOP} now: {listed([labels[one] for one in came], 3) or 'nobody new'}; "
            f"no longer: {listed([labels[one] for one in went], 3) or 'nobody'}.",
            f"İlk {_TOP} arasına giren: {listed([labels[one] for one in came], 3) or 'yok'}; "
            f"çıkan: {listed([labels[one] for one in went], 3) or 'yok'}.",
        )._asdict(),
    }  # fmt: skip


def _hidden_ties(before: Row, after: Row) -> Row:
    old, new = (
        {frozenset((pair["source"], pair["target"])): pair for pair in result["pairs"]} for result in (before, after)
    )  # fmt: skip
    came = [pair for ends, pair in new.items() if ends not in old]
    went = [pair for ends, pair in old.items() if ends not in new]
    return {
        "came": came, "went": went, "same": before["pairs"] == after["pairs"],
        "verdict": [before["verdict"], after["verdict"]],
        "explanation": Words(
            f"{len(came)} pairs are new among the leads, {len(went)} no longer are.",
            f"İpuçları arasında {len(came)} çift yeni, {len(went)} çift artık yok.",
        )._asdict(),
    }  # fmt: skip


def _removal(before: Row, after: Row) -> Row:
    same = (before["before"], before["after"]) == (after["before"], after["after"])
    return {
        "before": [before["before"], after["before"]], "after": [before["after"], after["after"]], "same": same,
        "explanation": Words(
            f"Pieces that come off: {before['split_off_total']} then, {after['split_off_total']} now.",
            f"Kopan parça: o zaman {before['split_off_total']}, şimdi {after['split_off_total']}.",
        )._asdict(),
    }  # fmt: skip


def _community_change(before: Row, after: Row) -> Row:
    counts = before["change"]["counts"], after["change"]["counts"]
    return {
        "counts": list(counts), "same": before["change"] == after["change"],
        "explanation": Words(
            f"Then: {before['change']['explanation']['en']} Now: {after['change']['explanation']['en']}",
            f"O zaman: {before['change']['explanation']['tr']} Şimdi: {after['change']['explanation']['tr']}",
        )._asdict(),
    }  # fmt: skip


_CHANGES: dict[str, Callable[[Row, Row], Row]] = {
    "communities": _communities,
    "key-players": _key_players,
    "centrality": _centrality,
    "hidden-ties": _hidden_ties,
    "removal": _removal,
    "community-change": _community_change,
}
