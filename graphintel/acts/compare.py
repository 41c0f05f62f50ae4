"""Comparing what came with what is held: candidates from the side index, scored, judged above the bar, queued below."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from math import log2
from typing import Any

import orjson

from graphintel.acts import index as side
from graphintel.acts.namesakes import AUTHOR, Namesakes
from graphintel.acts.session import Session
from graphintel.acts.weights import current
from graphintel.desk import suggestions
from graphintel.desk.suggestions import Suggestion
from graphintel.errors import Conflict
from graphintel.model.judgement import Judgement
from graphintel.model.marking import Profile
from graphintel.resolve.candidates import COMPARED, Index, Measured, entry
from graphintel.resolve.features import Features, features, whole
from graphintel.resolve.score import Score, Weights, score
from graphintel.store.read import changes, compared
from graphintel.store.read.profile import full_profile
from graphintel.store.write.judge import judge

Row = dict[str, Any]
Progress = Callable[[int, int, str], None]
Pair = tuple[str, str]
Found = tuple[str, str, Score]
# So many mentions are looked up at once, so many candidates of each are scored, and so many pairs of a thing kept.
_CHUNK, _CANDIDATES, _PAIRS = 200, 40, 5
# Below this a pair is not worth a line in the side store; from the other on it waits for a person.
KEPT, QUEUED = 0.1, 0.5
# A thing of more statements than this is not grown without a person.
ALARM = 20
_HELD = 50_000


@dataclass(slots=True)
class Compared:
    """What one run did: mentions compared, pairs scored, judged by itself, put into the queue; and what it is as of."""

    mentions: int = 0
    pairs: int = 0
    automatic: int = 0
    queued: int = 0
    kept: int = 0
    moved: int = 0
    counter: int = 0
    model: str = ""
    rules: list[Row] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    seconds: float = 0.0

    def as_json(self) -> Row:
        """The report of `resolve run`."""
        names = ("mentions", "pairs", "automatic", "queued", "kept", "moved", "counter", "model", "rules")
        return {**{name: getattr(self, name) for name in names}, "seconds": round(self.seconds, 3)}


def compare(
    session: Session, *, progress: Progress | None = None, again: bool = False, weights: Weights | None = None
) -> Compared:
    """Compare every mention that came since the last run; goes on where a stopped one was. `again`: compare all of them.

    Raises Conflict while another program does.
    """
    side.catch_up(session, progress)
    with Index.open(side.folder(session.settings)) as index:
        return _Run(session, index, weights or current(session.settings), progress).run(again=again)


def job(session: Session, parameters: Row, tell: Callable[[float], None]) -> Row:
    """The same as work of the API; `tell` hears how much of it is done, 0 to 1."""
    done = compare(
        session, again=bool(parameters.get("again")),
        progress=lambda done, total, _: tell(min(done / total, 1.0) if total else 0.0),
    )  # fmt: skip
    return done.as_json()


@dataclass(slots=True)
class _Run:
    """One run of comparing under one model, by a reader who sees everything."""

    session: Session
    index: Index
    weights: Weights
    progress: Progress | None
    told: Compared = field(default_factory=Compared)
    held: dict[str, Features] = field(default_factory=dict)
    said: set[int] = field(default_factory=set)
    names: Namesakes = field(init=False)

    def __post_init__(self) -> None:
        profile = full_profile(self.session.store)
        self.names = Namesakes(
            self.session, self.index, self.weights, lambda ids: self._features(ids, profile)
        )

    def run(self, *, again: bool) -> Compared:
        session, told = self.session, self.told
        told.model = self.weights.version
        self.names.measure()
        told.rules = [_rule(one) for one in self.names.rules.values()]
        now, anchor = self.index.counter, self.index.anchor
        was = suggestions.compared(session.desk)
        fresh = again or was["anchor"] != changes.anchor(session.store, was["counter"]) or not was["counter"]
        if fresh or was["place"]:
            self._all(was["place"] if not fresh else "", now, anchor)
        else:
            self._changed(was["counter"], now, anchor)
        suggestions.note(session.desk, now, anchor, told.model)
        told.counter = session.counter()
        told.seconds = time.monotonic() - told.began
        return told

    def _all(self, place: str, counter: int, anchor: str) -> None:
        """Every mention by id; where it stands is written down, so that a stopped run goes on from there."""
        total, after = len(self.index), place or ""
        stream: str | None = after
        while stream is not None:
            ids, stream = changes.scan(self.session.store, stream, COMPARED)
            self._some(ids, total)
            if stream is not None:
                suggestions.note(self.session.desk, counter, anchor, self.told.model, stream)

    def _changed(self, after: int, until: int, anchor: str) -> None:
        looked: set[str] = set()
        found = changes.changes(self.session.store, after, until)
        if any(change.kind == "all" for change in found):
            # A full delivery that is taken back brings back what it had closed: any mention of its source.
            self._all("", until, anchor)
            return
        for change in found:
            for ids in changes.touched(self.session.store, change):
                fresh = sorted(ids - looked)
                looked.update(fresh)
                self._some(fresh, 0)
            suggestions.note(self.session.desk, change.counter - 1, anchor, self.told.model)

    def _some(self, ids: list[str], total: int) -> None:
        for start in range(0, len(ids), _CHUNK):
            self._chunk(ids[start : start + _CHUNK])
            if self.progress:
                self.progress(self.told.mentions, total, "mentions compared")

    def _chunk(self, ids: list[str]) -> None:
        """Compare some mentions with their candidates, decide what is above the bar, keep the rest."""
        profile = full_profile(self.session.store)
        # What sleeps is no statement of anything now.
        awake = compared.entities(self.session.store, ids)
        known = self._features(sorted(awake), profile)
        self.told.mentions += len(known)
        names = self.names
        judged, moved = names.settle(known.values())
        self.told.automatic, self.told.moved = self.told.automatic + judged, self.told.moved + moved
        # Statements of nothing but one name are compared once for all, and so is what one thing says in the same words.
        names.prepare(known.values())
        at = compared.entities(self.session.store, sorted(known))
        asked = {name: one for name, one in known.items() if names.head(one) == name and self._fresh(one, at)}
        near = {
            name: [found.id for found in self.index.candidates(entry(one), _CANDIDATES)]
            for name, one in asked.items()
        }
        others = self._features(sorted({one for names in near.values() for one in names}), profile)
        names.prepare(others.values())
        heads = {name: names.head(one) for name, one in others.items()}
        others = self._features(sorted({*others, *heads.values()}), profile)
        at |= compared.entities(self.session.store, sorted(set(others) - set(at)))
        near = {name: _distinct((heads[one] for one in found if one in heads), others, at)
                for name, found in near.items()}  # fmt: skip
        known = {**others, **asked}
        best = self._as_wholes(self._best(near, known, at), known, at, profile)
        self._sort(_strongest(best), known, profile)

    def _fresh(self, one: Features, at: dict[str, str]) -> bool:
        """Whether nothing of the same thing that says the same was compared in this run."""
        said = hash((at.get(one.id, one.id), one.content))
        if said in self.said:
            return False
        self.said.add(said)
        return True

    def _sort(self, best: dict[Pair, Found], known: dict[str, Features], profile: Profile) -> None:
        """Judge what is above the bar, and keep the rest for a person."""
        said = compared.judged(self.session.store, list(best))
        sizes = compared.sizes(self.session.store, sorted({one for pair in best for one in pair}), profile)
        waiting = []
        for pair, (left, right, scored) in sorted(best.items(), key=lambda item: -item[1][2].bits):
            if pair in said:
                continue
            kind = known[left].kind
            made = suggestion(
                left, right, kind, scored, self.weights.version, [sizes.get(one) for one in pair]
            )
            if scored.automatic:
                there = self._there(left, right)
                if there is None:
                    continue
                now = compared.sizes(self.session.store, there, profile)
                made = suggestion(left, right, kind, scored, self.weights.version, list(now.values()))
                if not made.note and self._contradicted(there, profile):
                    made = replace(made, note="another statement of one contradicts one of the other")
                if self._decided(made):
                    continue
            waiting.append(made)
        suggestions.put(self.session.desk, waiting)
        self.told.kept += len(waiting)
        self.told.queued += sum(one.probability >= QUEUED for one in waiting)

    def _there(self, left: str, right: str) -> list[str] | None:
        """The things of two mentions now: what was judged a moment ago may have made them one, which is None."""
        there = compared.entities(self.session.store, [left, right])
        return list(there.values()) if len(set(there.values())) == 2 else None

    def _best(
        self, near: dict[str, list[str]], known: dict[str, Features], at: dict[str, str]
    ) -> dict[Pair, Found]:
        """Of each pair of things that are not one yet the statements that score highest."""
        best: dict[Pair, Found] = {}
        for left, names in near.items():
            for right in names:
                if right not in known or left not in at or right not in at or at[left] == at[right]:
                    continue
                scored = score(known[left], known[right], self.weights)
                self.told.pairs += 1
                pair = (min(at[left], at[right]), max(at[left], at[right]))
                if scored.probability >= KEPT and (pair not in best or best[pair][2].bits < scored.bits):
                    best[pair] = (left, right, scored)
        return best

    def _as_wholes(
        self, best: dict[Pair, Found], known: dict[str, Features], at: dict[str, str], profile: Profile
    ) -> dict[Pair, Found]:
        """The same pairs with what else is stated of both things: numbers and dates of birth that clash, or that fit."""
        members = compared.statements(
            self.session.store, sorted({one for pair in best for one in pair}), profile, ALARM
        )
        stated = self._features(sorted({name for names in members.values() for name in names}), profile)
        found: dict[Pair, Found] = {}
        for pair, (left, right, scored) in best.items():
            if any(len(members.get(one, ())) > 1 for one in pair):
                one, other = (
                    whole(known[name], [stated[each] for each in members.get(at[name], ()) if each in stated])
                    for name in (left, right)
                )
                scored = score(one, other, self.weights)
            if scored.probability >= KEPT:
                found[pair] = (left, right, scored)
        return found

    def _features(self, ids: Iterable[str], profile: Profile) -> dict[str, Features]:
        """What mentions are compared by, with what they are linked to; remembered within the run."""
        wanted = list(ids)
        if len(self.held) > _HELD:
            self.held.clear()
        missing = [name for name in wanted if name not in self.held]
        self.held.update(described(self.session, missing, profile))
        return {name: self.held[name] for name in wanted if name in self.held}

    def _contradicted(self, pair: list[str], profile: Profile) -> bool:
        """Whether any statement of one thing speaks strongly against any statement of the other."""
        sides = [
            self._features(compared.members(self.session.store, name, profile, ALARM), profile).values()
            for name in pair
        ]
        return any(score(one, other, self.weights).contradicted for one in sides[0] for other in sides[1])

    def _decided(self, made: Suggestion) -> bool:
        """Judge a pair the same by itself; a person's word against it leaves it in the queue."""
        if made.note:
            return False
        evidence = orjson.dumps(made.reasons).decode()
        why = "above the automatic bar"
        given = Judgement("same", made.left, made.right, AUTHOR, why, made.model, made.probability, evidence)
        try:
            done = judge(self.session.store, given)
        except Conflict:
            return False
        self.told.automatic += not done.unchanged
        self.told.moved += done.moved
        suggestions.put(self.session.desk, [made])
        suggestions.settle(self.session.desk, [made.pair], "automatic", done.judgement)
        return True


def _distinct(ids: Iterable[str], known: dict[str, Features], at: dict[str, str]) -> list[str]:
    """Of some statements one for each thing and content."""
    found: dict[tuple[object, ...], str] = {}
    for name in sorted(set(ids)):
        if name in known:
            found.setdefault((at.get(name), known[name].content), name)
    return list(found.values())


def described(session: Session, ids: list[str], profile: Profile) -> dict[str, Features]:
    """What some mentions are compared by, as a reader sees them."""
    found: dict[str, Features] = {}
    for part in _parts(ids):
        said = compared.mentions(session.store, part)
        beside = compared.beside(session.store, part, profile)
        found.update(
            (name, features(one, beside.get(name, ()))) for name, one in said.items() if one.kind in COMPARED
        )
    return found


def _rule(measured: Measured) -> Row:
    """What was measured of a rule of names in this store."""
    low, high = measured.interval
    return {
        "rule": measured.rule, "right": measured.right, "wrong": measured.wrong, "precision": round(measured.precision, 6),
        "interval": [round(low, 6), round(high, 6)], "decides": measured.decides,
    }  # fmt: skip


def _strongest(
    best: dict[Pair, Found],
) -> dict[Pair, Found]:
    """Of each thing's pairs the few that score highest: more of them would be no question but a list."""
    count: Counter[str] = Counter()
    kept: dict[Pair, Found] = {}
    for pair, found in sorted(best.items(), key=lambda item: (-item[1][2].bits, item[0])):
        if found[2].automatic or min(count[one] for one in pair) < _PAIRS:
            kept[pair] = found
            count.update(pair)
    return kept


def _parts(ids: Iterable[str], size: int = 2000) -> Iterator[list[str]]:
    stream = iter(ids)
    while part := list(islice(stream, size)):
        yield part


def suggestion(
    left: str, right: str, kind: str, scored: Score, model: str, sizes: list[compared.Size | None]
) -> Suggestion:
    """A scored pair of mentions with its reasons and its rank: how much work hangs on both sides of it."""
    there = [one for one in sizes if one is not None]
    links, serious = sum(one.links for one in there), sum(one.serious for one in there)
    value = scored.probability * (1 + log2(1 + links)) + 4 * scored.probability * log2(1 + serious)
    note = ""
    if sum(one.mentions for one in there) > ALARM:
        note = f"together they would be more than {ALARM} statements"
    elif any(one.hub for one in there):
        note = "one of them is marked as a service provider"
    return Suggestion(left, right, kind, round(scored.bits, 6), round(scored.probability, 6), round(value, 6),
                      reasons(scored), model, note)  # fmt: skip


def reasons(scored: Score) -> list[Row]:
    """The contributions of a score as rows, the weightiest first."""
    rows = [
        {
            "field": one.field,
            "bits": round(one.bits, 9),
            "level": one.level,
            "left": one.left,
            "right": one.right,
        }
        for one in scored.contributions
    ]
    return sorted(rows, key=lambda row: -abs(row["bits"]))
