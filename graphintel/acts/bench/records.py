"""Whole files of records linked without labels: FEBRL's, and an invented one in four scripts; by our matcher and by a relink."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from math import log2
from pathlib import Path
from typing import NamedTuple

from graphintel.acts import flat, match
from graphintel.acts.bench import environment
from graphintel.acts.bench.figures import Figure, Figures
from graphintel.acts.bench.invented import SCRIPTS, Invention, Party
from graphintel.resolve.candidates import Index, entry
from graphintel.resolve.cluster import clusters
from graphintel.resolve.columns import flat as stated
from graphintel.resolve.features import Features, described
from graphintel.resolve.relink import MODELS, learned, open_held, predicted, row
from graphintel.resolve.score import score, shipped
from graphintel.settings import Settings

RECORDS = 100_000
_SEED, _SURE = 17, 0.5
# Of so many parties one is stated a second time.
_TWICE = 4
_FEBRL_BAR, _F1_BAR = 0.998, 0.955
_AT_PRECISION = ((0.99, 0.91), (0.999, 0.83))
_MARKING = 1
_NUMBERS, _KEPT = frozenset(("passport", "passport_country", "tax_id", "tax_country")), 0.7


class Truth(NamedTuple):
    """Records, and for each the party that it is about."""

    things: list[Features]
    parties: list[Hashable]


class Said(NamedTuple):
    """A scored pair of records by their places, and whether it is right."""

    bits: float
    right: bool


def febrl(settings: Settings, inside: Path) -> Figures:
    """F1 over pairs of FEBRL 3 (records grouped) and 4 (two files linked), with nothing learned from their answers."""
    found: Figures = {}
    with tempfile.TemporaryDirectory(dir=_folder(settings)) as made:
        environment.asked(inside, "febrl", made)
        for name, parts in (("febrl3", ("febrl3",)), ("febrl4", ("febrl4a", "febrl4b"))):
            told = _read([Path(made) / f"{part}.csv" for part in parts])
            began = time.process_time()
            groups = clusters(told.things, match.joiner(shipped()))
            spent = time.process_time() - began
            found[f"{name}_f1"] = _barred(
                grouped(groups, told.parties), _FEBRL_BAR, f"F1, our matcher, {spent:.0f} s CPU"
            )
            joined = joins(told, _relinked(settings, told))
            found[f"{name}_relink_f1"] = _barred(
                grouped(joined, told.parties), _FEBRL_BAR, "F1, relink (Splink)"
            )
    return found


def _barred(value: float, bar: float, unit: str) -> Figure:
    return Figure(value, unit, f">= {bar}", value >= bar)


def _folder(settings: Settings) -> Path:
    settings.home.mkdir(parents=True, exist_ok=True)
    return settings.home


def _read(paths: Iterable[Path]) -> Truth:
    """Records of FEBRL, whose ids tell which are one: rec-12-org and rec-12-dup-0."""
    things: list[Features] = []
    for path in paths:
        for one in flat.read(path).rows:
            day = one["date_of_birth"].strip()
            said = {
                "name": f"{one['given_name']} {one['surname']}",
                "dob": f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 else "",
                "address": " ".join(filter(None, (one["street_number"], one["address_1"], one["address_2"]))),
                "city": one["suburb"], "postcode": one["postcode"], "national_id": one["soc_sec_id"], "country": "AU",
            }  # fmt: skip
            things.append(described("Person", one["rec_id"], stated(said, kind="Person").stated))
    return Truth(things, [thing.id.split("-")[1] for thing in things])


def _relinked(settings: Settings, told: Truth) -> list[tuple[str, str]]:
    """The pairs that a relink finds likelier than not."""
    found = []
    with (
        tempfile.TemporaryDirectory(dir=_folder(settings)) as made,
        open_held(Path(made), settings.relink_memory) as held,
    ):
        for kind, model in MODELS.items():
            held.begin(model)
            held.add(model, [row(one, one.id, model) for one in told.things if one.kind == kind])
            if held.ready(model) > 1:
                using = learned(held.api, kind, model, settings.analysis_seed)
                pairs = held.pairs(predicted(held.api, kind, using, _SURE))
                found += [(str(one["unique_id_l"]), str(one["unique_id_r"])) for one in pairs]
    return found


def joins(told: Truth, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The group of each record where all pairs are one: the name of one of its records."""
    parent = {thing.id: thing.id for thing in told.things}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = name = parent[parent[name]]
        return name

    for one, other in pairs:
        parent[root(one)] = root(other)
    return [root(thing.id) for thing in told.things]


def grouped(found: Sequence[Hashable], truth: Sequence[Hashable]) -> float:
    """F1 over all pairs of records of one group."""
    hit, said, same = (_pairs(names) for names in (zip(found, truth, strict=True), found, truth))
    return 2 * hit / max(said + same, 1)


def _pairs(names: Iterable[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(names).values())


def invented(settings: Settings, size: int) -> Figures:
    """F1 and recall on `size` invented records (10^5 if 0): second statements in four scripts are asked for among all."""
    count = size or RECORDS
    told = population(count)
    folder = _folder(settings) / "bench-records"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        said, same = _found(folder, told), _pairs(told.parties)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    cut = [one for one in said if one.bits >= _bits()]
    f1 = 2 * sum(one.right for one in cut) / max(len(cut) + same, 1)
    unit = f"of {len(told.things)} invented records, {same} pairs"
    found = {"invented_f1": _barred(f1, _F1_BAR, f"F1 at the cut, {unit}")}
    for precision, bar in _AT_PRECISION:
        value = recall_at(said, same, precision)
        found[f"invented_recall_at_{precision}"] = _barred(value, bar, f"recall at precision {precision}")
    found["invented_candidates"] = Figure(
        sum(one.right for one in said) / max(same, 1), "of pairs among the candidates"
    )
    relinked = grouped(joins(told, _relinked(settings, told)), told.parties)
    return found | {"invented_relink_f1": Figure(relinked, f"F1, relink (Splink), {unit}")}


def _bits() -> float:
    cut = shipped().cut
    return log2(cut / (1 - cut))


def population(count: int) -> Truth:
    """Invented records without lorries, a date of birth or an address in each.

    Of four parties one is stated twice, the second time by ear in one of four scripts, with slips, and with most of its fields.
    """
    made, truth, number = Invention(_SEED), Truth([], []), 0
    for party in made.parties(4 * count):
        if not {"birth_date", "address"} & {name for name, _ in party.said}:
            continue
        number += 1
        said = [party]
        if number % _TWICE == 0:
            said.append(_second(made, party, SCRIPTS[number // _TWICE % len(SCRIPTS)]))
        for copy, one in enumerate(said):
            truth.things.append(described(one.kind, f"{number}.{copy}", one.stated))
            truth.parties.append(number)
        if len(truth.things) >= count:
            break
    return truth


def _second(made: Invention, party: Party, script: str) -> Party:
    """What another clerk writes of a party: numbers seldom, other fields mostly."""
    heard = dict(made.again(party, script).said)
    said = [
        (name, heard.get(name, text))
        for name, text in party.said
        if name in heard or (name not in _NUMBERS and made.rng.random() < _KEPT)
    ]
    return Party(party.kind, tuple(said))


def _found(folder: Path, told: Truth) -> list[Said]:
    """The scored candidates of each second statement."""
    folder.mkdir(parents=True)
    held = {thing.id: thing for thing in told.things}
    with Index.open(folder, write=True) as index:
        index.rebuild((entry(thing, (_MARKING,)) for thing in told.things), 1)
    with Index.open(folder) as index:
        return list(_asked(index, held))


def _asked(index: Index, held: dict[str, Features]) -> Iterator[Said]:
    using = shipped()
    for name, thing in held.items():
        number, _, copy = name.partition(".")
        if copy == "1":
            for one in index.candidates(entry(thing)):
                # Two second statements meet twice; they are counted from the lesser.
                if one.id != name and not (one.id.endswith(".1") and one.id < name):
                    bits = score(thing, held[one.id], using).bits
                    yield Said(bits, one.id.partition(".")[0] == number)


def recall_at(said: Iterable[Said], same: int, precision: float) -> float:
    """The greatest recall at a cut at and above which at least so many of the pairs are right."""
    best = hit = 0
    for number, one in enumerate(sorted(said, key=lambda each: -each.bits), 1):
        hit += one.right
        if hit >= precision * number:
            best = hit
    return best / max(same, 1)
