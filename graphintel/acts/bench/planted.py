"""`bench planted`: which planted aliases of invented worlds comparing finds, and whether it unites what must stay apart."""

from __future__ import annotations

import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphintel.acts import compare, index, queue, world
from graphintel.acts.bench.figures import Figure, Figures
from graphintel.acts.bench.groups import Groups, found_again
from graphintel.acts.session import Session, open_session
from graphintel.desk import suggestions
from graphintel.model.records import Mention
from graphintel.resolve.candidates import COMPARED, Measured
from graphintel.resolve.candidates.namesakes import PRECISION
from graphintel.resolve.features import features
from graphintel.settings import Settings
from graphintel.store.read import changes, compared
from graphintel.store.write.made import empty
from graphintel.training import Truth

# Seeds that nothing was built with.
_FIRST, _WORLDS, _SIZE = 4001, 3, "small"
_TOP = 50
_SCHEMES = {"tax_id": "tax", "passport": "passport", "plate": "plate", "eori": "eori"}
_WRITTEN = ("name", "alias", "plate")
_FOUND = 0.95


@dataclass(slots=True)
class World:
    """One world after comparing: what its statements are of, by what they are known, and how they are written."""

    at: dict[str, str]
    known: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    written: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def take(self, mention: Mention) -> None:
        """Add a statement to both lists."""
        for name, value in mention.values:
            if name in _WRITTEN:
                for text in {value.raw, value.normal}:
                    self.written[text, mention.source].append(mention.id)
        for number in features(mention).identifiers:
            if number.valid and number.scheme in _SCHEMES and mention.id in self.at:
                parts = (_SCHEMES[number.scheme], number.country, number.number)
                self.known[":".join(part for part in parts if part)].add(self.at[mention.id])


def measure(settings: Settings, data: Path | None, size: int) -> Figures:
    """Load `size` small invented worlds (3 if 0), one after the other, compare, and ask for what was planted."""
    total: Counter[str] = Counter()
    seconds = [0.0, 0.0]
    groups: list[Groups] = []
    settings.home.mkdir(parents=True, exist_ok=True)
    with open_session(settings) as session:
        for seed in range(_FIRST, _FIRST + (size or _WORLDS)):
            began = time.monotonic()
            truth = _loaded(session, seed)
            loaded = time.monotonic()
            done = compare.compare(session)
            seconds[0] += loaded - began
            seconds[1] += time.monotonic() - loaded
            total.update(_measured(session, truth, done, groups))
        empty(session.store)
    return {**figures(total, seconds), **of_groups(groups)}


def _loaded(session: Session, seed: int) -> Truth:
    """Empty the store, its index and its queue, and load one world; its answers."""
    empty(session.store)
    shutil.rmtree(index.folder(session.settings), ignore_errors=True)
    suggestions.clear(session.desk)
    folder = session.settings.home / f"world-{seed}"
    world.generate(seed, folder, _SIZE)
    world.load(session, folder)
    truth = Truth.read(folder / "truth.json")
    shutil.rmtree(folder)
    return truth


def _measured(session: Session, truth: Truth, done: compare.Compared, groups: list[Groups]) -> Counter[str]:
    statements = list(_statements(session))
    at = compared.entities(session.store, [one.id for one in statements])
    found = World(at)
    for one in statements:
        found.take(one)
    groups.append(found_again(session, truth, found.known))
    pages = queue.queue(session, limit=_TOP)
    asked = [_sides(row, at) for row in pages["pairs"]]
    told: Counter[str] = Counter(
        statements=len(statements), automatic=done.automatic, queued=done.queued,
        several=several(found),
    )  # fmt: skip
    for text, source, key in truth.same:
        told.update(alias(found, found.written.get((text, source), []), key, asked))
    for entry in truth.near_misses:
        told.update(near(found, entry))
    for rule in done.rules:
        if rule["decides"]:
            told.update(right=rule["right"], wrong=rule["wrong"])
    return told


def _statements(session: Session) -> Iterator[Mention]:
    after: str | None = ""
    while after is not None:
        ids, after = changes.scan(session.store, after, COMPARED)
        yield from compared.mentions(session.store, ids).values()


def _sides(row: dict[str, Any], at: dict[str, str]) -> tuple[set[str], set[str]]:
    """The things of both sides of a question, with those that say no more than they do."""
    sides = [
        {at[name] for name in (row[end], *also)}
        for end, also in zip(("left", "right"), row["alike"], strict=True)
    ]
    return sides[0], sides[1]


def alias(
    found: World, ids: list[str], key: str, asked: Iterable[tuple[set[str], set[str]]]
) -> dict[str, int]:
    """Whether all statements of one written form are the thing that they were planted for, or asked about in the queue."""
    things = found.known.get(key, set())
    if not ids or not things:
        return {"unwritten": 1}
    open_ = [name for name in ids if found.at[name] not in things]
    if not open_:
        return {"aliases": 1, "one": 1}
    waits = all(any(_between(found.at[name], things, sides) for sides in asked) for name in open_)
    return {"aliases": 1, "waits": int(waits)}


def _between(thing: str, others: set[str], sides: tuple[set[str], set[str]]) -> bool:
    one, other = sides
    return bool((thing in one and others & other) or (thing in other and others & one))


def near(found: World, entry: dict[str, Any]) -> dict[str, int]:
    """Whether a pair that must stay apart was made one: by passport or by tax number, whatever the country."""
    sides = [_things(found, entry[side]) for side in ("innocent", "planted")]
    if not sides[0] or not sides[1]:
        return {}
    return {"near": 1, "merged": int(bool(sides[0] & sides[1]))}


def _things(found: World, party: dict[str, Any]) -> set[str]:
    numbers = {str(party[name]) for name in ("passport", "tax_id") if name in party}
    return {
        thing for key, things in found.known.items() if key.rpartition(":")[2] in numbers for thing in things
    }


def several(found: World) -> int:
    """How many things are known by two numbers of one scheme and country: each was made one of two."""
    schemes: dict[str, Counter[str]] = defaultdict(Counter)
    for key, things in found.known.items():
        for thing in things:
            schemes[thing][key.rpartition(":")[0]] += 1
    return sum(max(count.values()) > 1 for count in schemes.values())


def of_groups(groups: list[Groups]) -> Figures:
    """How communities and organisers were found again, the worst world for the first and all for the second."""
    worst, heads = min(one.agreement for one in groups), sum(one.organisers for one in groups)
    share = sum(one.top for one in groups) / max(heads, 1)
    return {
        "planted_things": Figure(sum(one.things for one in groups), "things in groups"),
        "groups_ami_mean": Figure(
            sum(one.agreement for one in groups) / len(groups), "adjusted mutual information"
        ),
        "groups_ami": Figure(worst, "adjusted mutual information, worst world", ">= 0.8", worst >= 0.8),
        "organisers": Figure(heads, "persons"),
        "organisers_top_decile": Figure(share, "share", ">= 0.9", share >= 0.9),
    }


def figures(total: Counter[str], seconds: list[float]) -> Figures:
    """What was counted over all worlds, beside the bars; `seconds` of loading and of comparing."""
    aliases = max(total["aliases"], 1)
    share = (total["one"] + total["waits"]) / aliases
    hidden = Measured("", total["right"], total["wrong"])
    low = hidden.interval[0]
    return {
        "statements": Figure(total["statements"], "statements"),
        "aliases": Figure(total["aliases"], "written forms"),
        "found": Figure(share, "share", f">= {_FOUND}", share >= _FOUND),
        "one_by_itself": Figure(total["one"] / aliases, "share"),
        "near_misses": Figure(total["near"], "pairs"),
        "near_misses_merged": Figure(total["merged"], "pairs", "0", total["merged"] == 0),
        "things_of_two_numbers": Figure(total["several"], "things", "0", total["several"] == 0),
        "judged_by_itself": Figure(total["automatic"], "statements"),
        "hidden_numbers_asked": Figure(hidden.right + hidden.wrong, "statements"),
        "hidden_numbers_precision": Figure(hidden.precision, "share"),
        "hidden_numbers_lower_end": Figure(low, "share", f">= {PRECISION}", low >= PRECISION),
        "queued": Figure(total["queued"], "pairs"),
        "loading": Figure(seconds[0], "s"),
        "comparing": Figure(seconds[1] / max(total["statements"], 1) * 1000, "ms a statement"),
    }  # fmt: skip
