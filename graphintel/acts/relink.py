"""Linking all that is held again with weights that nobody taught: the likely pairs wait for a person, nothing is merged."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from math import inf, log2
from pathlib import Path
from typing import Any

import orjson
from filelock import FileLock, Timeout

from graphintel.acts.compare import described, suggestion
from graphintel.acts.session import Session
from graphintel.desk import log, relinked, suggestions
from graphintel.errors import Conflict
from graphintel.resolve.relink import MODELS, Held, Model, hash_of, learned, open_held, predicted, row
from graphintel.resolve.score import Contribution, Score
from graphintel.store.read import changes, compared
from graphintel.store.read.profile import full_profile

Row = dict[str, Any]
Progress = Callable[[int, int, str], None]
Pair = tuple[str, str]
# The probability from which a pair is suggested, and how many pairs of one thing are.
LEAST, _PAIRS = 0.9, 5
_PAGE = 500
_BITS, _RARE = "mw_", "mw_tf_adj_"


@dataclass(slots=True)
class Relinked:
    """What a relink did, by kind: rows compared, pairs found, suggested, left to the own score, and the weights."""

    kinds: dict[str, Row] = field(default_factory=dict)
    mentions: int = 0
    suggested: int = 0
    seed: int = 0
    counter: int = 0
    seconds: float = 0.0

    def as_json(self) -> Row:
        """The report of `resolve relink`."""
        names = ("kinds", "mentions", "suggested", "seed", "counter")
        return {**{name: getattr(self, name) for name in names}, "seconds": round(self.seconds, 3)}


def relink(
    session: Session, *, least: float = LEAST, seed: int | None = None, progress: Progress | None = None
) -> Relinked:
    """Learn weights from all that is held, and suggest the pairs of a probability of at least `least`.

    Raises InputError without the extra `relink`, and Conflict while another program does the same.
    """
    began = time.monotonic()
    told = Relinked(seed=session.settings.analysis_seed if seed is None else seed)
    memory = session.settings.relink_memory
    with _folder(session.settings.home / "work") as folder, open_held(folder, memory) as held:
        _Run(session, held, told, least, progress).run()
    told.counter = session.counter()
    told.seconds = time.monotonic() - began
    log.write(session.desk, session.actor, "relink", suggested=told.suggested, mentions=told.mentions)
    return told


def job(session: Session, parameters: Row, tell: Callable[[float], None]) -> Row:
    """The same as work of the API; `tell` hears how much of it is done, 0 to 1."""
    return relink(
        session, least=parameters.get("least", LEAST), seed=parameters.get("seed"),
        progress=lambda done, total, _: tell(min(done / total, 1.0) if total else 0.0),
    ).as_json()  # fmt: skip


@contextmanager
def _folder(work: Path) -> Iterator[Path]:
    """A folder for this run's tables, which goes with it; what a killed run left behind goes first."""
    work.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(work / "relink.lock", timeout=0):
            for left in work.glob("relink-*"):
                shutil.rmtree(left, ignore_errors=True)
            with tempfile.TemporaryDirectory(prefix="relink-", dir=work) as made:
                yield Path(made)
    except Timeout as error:
        raise Conflict("Another program relinks what this home holds; wait until it has ended.") from error


@dataclass(slots=True)
class _Run:
    """One relink, by a reader who sees everything."""

    session: Session
    held: Held
    told: Relinked
    least: float
    progress: Progress | None
    waiting: set[Pair] = field(default_factory=set)

    def run(self) -> None:
        for model in MODELS.values():
            self.held.begin(model)
        self._read()
        self.waiting = self._others()
        for number, model in enumerate(MODELS.values()):
            if self.progress:
                self.progress(number, len(MODELS), f"kinds, now {model.kind}")
            self._kind(model)

    def _read(self) -> None:
        """Write what every statement is compared by into the tables, page by page."""
        store, total = self.session.store, changes.count(self.session.store)
        profile, passed = full_profile(store), 0
        after: str | None = ""
        while after is not None:
            ids, after = changes.scan(store, after, list(MODELS))
            at = compared.entities(store, ids)
            rows: dict[str, list[dict[str, str | None]]] = {kind: [] for kind in MODELS}
            for name, one in described(self.session, list(at), profile).items():
                rows[one.kind].append(row(one, at[name], MODELS[one.kind]))
            for kind, found in rows.items():
                self.held.add(MODELS[kind], found)
            passed += len(ids)
            self.told.mentions += len(at)
            if self.progress:
                self.progress(passed, total, "mentions")

    def _others(self) -> set[Pair]:
        """The pairs of things about which the own score asks already."""
        found: set[Pair] = set()
        pairs = relinked.others(self.session.desk)
        while page := list(islice(pairs, _PAGE)):
            at = compared.entities(self.session.store, sorted({name for pair in page for name in pair}))
            found.update(_ordered(at[one], at[other]) for one, other in page if one in at and other in at)
        return found

    def _kind(self, model: Model) -> None:
        count = self.held.ready(model)
        told: Row = {"rows": count, "pairs": 0, "suggested": 0, "asked_already": 0, "model": ""}
        self.told.kinds[model.kind] = told
        gone = relinked.forget(self.session.desk, model.kind)
        told["taken_back"] = gone
        if count < 2:
            return
        using = learned(self.held.api, model.kind, model, self.told.seed)
        told["model"] = relinked.PREFIX + hash_of(using)
        told["weights"] = self._kept(using)
        table = predicted(self.held.api, model.kind, using, self.least)
        self._suggest(self.held.pairs(table), model, using, told)

    def _kept(self, using: Row) -> str:
        """Write learned weights into the home, and where in it they are."""
        place = f"weights/relink-{hash_of(using)}.json"
        path = self.session.settings.home / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(orjson.dumps(using, option=orjson.OPT_INDENT_2))
        return place

    def _suggest(self, pairs: Iterator[Row], model: Model, using: Row, told: Row) -> None:
        """Let the likeliest pairs of each thing wait, unless somebody was asked or has answered."""
        store, profile, count = self.session.store, full_profile(self.session.store), Counter[str]()
        while page := list(islice(pairs, _PAGE)):
            told["pairs"] += len(page)
            ends = {_ordered(one["entity_l"], one["entity_r"]): one for one in page}
            asked = self.waiting & ends.keys()
            told["asked_already"] += len(asked)
            said = compared.judged(store, list(ends))
            open_ = [(pair, one) for pair, one in ends.items() if pair not in said and pair not in asked]
            kept = list(_fewest(open_, count))
            sizes = compared.sizes(store, sorted({name for pair, _ in kept for name in pair}), profile)
            made = [
                suggestion(
                    one["unique_id_l"], one["unique_id_r"], model.kind, scored(one, model, using), told["model"],
                    [sizes.get(name) for name in pair],
                )
                for pair, one in kept
            ]  # fmt: skip
            told["suggested"] += suggestions.put(self.session.desk, made)
        self.told.suggested += told["suggested"]


def _fewest(found: Iterable[tuple[Pair, Row]], count: Counter[str]) -> Iterator[tuple[Pair, Row]]:
    """Of each thing's pairs the first few; they come the likeliest first."""
    for pair, one in found:
        if min(count[name] for name in pair) < _PAIRS:
            count.update(pair)
            yield pair, one


def _ordered(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


def scored(found: Row, model: Model, using: Row) -> Score:
    """A pair of the relink as a score: the bits of each field, of how rare the name is, and of two rows drawn at random."""
    share = using["probability_two_random_records_match"]
    parts = [Contribution("prior", log2(share / (1 - share)), "two at random")]
    levels = {one["output_column_name"]: _labels(one) for one in using["comparisons"]}
    for one in model.comparisons:
        if not (bits := found[_BITS + one.field]):
            continue
        left, right = (str(found[f"{one.shown or one.column}_{side}"] or "") for side in "lr")
        level = levels[one.field][found[f"gamma_{one.field}"]]
        parts.append(Contribution(one.field, bits, level, left, right))
        if rare := found.get(_RARE + one.field):
            parts.append(Contribution(f"{one.field} rarity", rare, level, left, right))
    # However likely, a person decides.
    return Score(sum(part.bits for part in parts), tuple(parts), inf)


def _labels(comparison: Row) -> dict[int, str]:
    """The names of a comparison's levels by their number: the strongest has the greatest."""
    stated = [
        one["label_for_charts"] for one in comparison["comparison_levels"] if not one.get("is_null_level")
    ]
    return {len(stated) - 1 - place: name for place, name in enumerate(stated)}
