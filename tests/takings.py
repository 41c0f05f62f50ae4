"""A small world of rows that come, are corrected, read anew, graded anew and taken back; and its replay."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Literal

from fabric import mention, record

from graphintel.model.grading import parse_grade
from graphintel.model.marking import Marking
from graphintel.model.records import Mention, Record
from graphintel.resolve.identity import keys
from graphintel.store.driver import Store
from graphintel.store.read.whole import store_hash
from graphintel.store.write import batch as batches
from graphintel.store.write import full as fully
from graphintel.store.write import retract
from graphintel.store.write.chunk import Loader
from graphintel.store.write.made import empty
from graphintel.store.write.regrade import regrade

MARKS = (Marking(), Marking(level="secret"), Marking(tlp="RED"))
GRADES = tuple(parse_grade(text).text for text in ("B2", "C3 H1", "D4"))
VIN = "1M8GDM9AXKP042788"
Act = Literal["load", "full", "regrade", "retract", "undo"]


def vehicle(source: str, number: int) -> Mention:
    """By plate, by VIN, by both (a bridge), or another."""
    values = (
        {"plate": "34ABC123", "plate_country": "TR"}, {"vin": VIN},
        {"plate": "34 ABC 123", "plate_country": "TR", "vin": VIN}, {"plate": "06AB1234", "plate_country": "TR"},
        {"plate": "06AB1234", "plate_country": "TR", "vin": VIN},
    )[number]  # fmt: skip
    return mention(source, "Vehicle", **values)


def event(source: str, number: int) -> Mention:
    """A declaration; some are reported twice, by number with office or by MRN, and some report unites them."""
    mrn = "25GB4TNV8LHQQPOAA5"
    values = (
        {"number": "D1", "office": "GB000060"}, {"mrn": mrn}, {"mrn": mrn, "number": "D1", "office": "GB000060"},
        {"number": f"X{source}"},
    )[number]  # fmt: skip
    return mention(source, "Declaration", date="2024-05-01", **values)


def row(source: str, key: int, form: int, reading: str) -> Record:
    """One version (`form`) of one row, as one mapping version reads it."""
    draw = random.Random(f"{source}{key}{form}")
    thing, other, what = draw.randrange(5), draw.randrange(5), draw.randrange(4)
    firm = mention(
        source, "Company", name=f"Firma {draw.randrange(3)}", tax_id="4540536920", tax_country="TR"
    )
    links: list[tuple[str, Mention, dict[str, str | int | float]]]
    links = [("BY_MEANS_OF", vehicle(source, thing), {"role": "border"}), ("CONSIGNEE", firm, {})]
    if reading == "2":
        links = [("BY_MEANS_OF", vehicle(source, other), {"role": "arrival"}), ("CONSIGNOR", firm, {})]
    made = record(
        source, f"K{key}" if key else "", event(source, what), links, cell=str(form), marking=MARKS[draw.randrange(3)],
        grade=GRADES[draw.randrange(2)],
    )  # fmt: skip
    return replace(made, mapping_version=reading)


@dataclass
class Step:
    """One act: a load (or full delivery) of a source's rows, a re-grading of a record, or one that undoes another."""

    act: Act
    source: str = "a"
    rows: tuple[tuple[int, int], ...] = ()
    reading: str = "1"
    name: str = ""
    grade: str = ""
    handling: str = ""
    of: int = -1
    size: int = 3

    @property
    def records(self) -> list[Record]:
        """The records of a load."""
        return [row(self.source, key, form, self.reading) for key, form in self.rows]


def deliver(store: Store, step: Step) -> int:
    """Load a step's rows as one batch."""
    records = step.records
    numbers = batches.intern_markings(store, {one.marking for one in records})
    with batches.writer(store) as holder:
        loader = Loader(store, holder, batches.begin(store, {"source": step.source}), numbers, keys)
        for start in range(0, len(records), step.size):
            loader.write(records[start : start + step.size])
        if step.act == "full":
            fully.close_rest(store, holder, loader.batch, 3)
        batches.finish(store, loader.batch, {})
    return loader.batch


def graded(store: Store, step: Step) -> int:
    """Grade a step's record again, if it was ever loaded."""
    if not store.read("MATCH (r:Record {id: $id}) RETURN r.id", {"id": step.name}):
        return 0
    with batches.writer(store) as holder:
        done = regrade(store, holder, step.name, step.grade, step.handling, {"actor": "t"}, closed=True)
    return int(done["batch"])


def take_back(store: Store, number: int, undo: bool = False, page: int = 2) -> None:
    """Retract a batch, or undo that."""
    with batches.writer(store) as holder:
        retract.begin(store, holder, number, undo, {"actor": "t"})
        retract.Retraction(store, holder, number, undo, page, 0.0).run()


def do(store: Store, step: Step, numbers: list[int], page: int = 2) -> None:
    """Do one step and note its batch after those of the steps before it."""
    if step.act in ("load", "full"):
        numbers.append(deliver(store, step))
    elif step.act == "regrade":
        numbers.append(graded(store, step))
    else:
        take_back(store, numbers[step.of], step.act == "undo", page)
        numbers.append(0)


def run(store: Store, steps: list[Step], page: int = 2) -> list[int]:
    """Do all steps; the batch of each."""
    numbers: list[int] = []
    for step in steps:
        do(store, step, numbers, page)
    return numbers


def remaining(steps: list[Step]) -> list[Step]:
    """The steps whose batch was not taken back."""
    gone: set[int] = set()
    for step in steps:
        if step.act == "retract":
            gone.add(step.of)
        elif step.act == "undo":
            gone.discard(step.of)
    return [
        step for place, step in enumerate(steps) if place not in gone and step.act not in ("retract", "undo")
    ]


def replayed(store: Store, steps: list[Step]) -> str:
    """The hash of an empty store loaded with what remains, in order."""
    empty(store)
    run(store, remaining(steps))
    return store_hash(store)


def sequence(seed: int, length: int = 7) -> list[Step]:
    """A random sequence of steps that can be done."""
    draw = random.Random(seed)
    steps: list[Step] = []
    gone: set[int] = set()
    while len(steps) < length:
        loads = [place for place, step in enumerate(steps) if step.act in ("load", "full")]
        live = [
            place
            for place in range(len(steps))
            if steps[place].act not in ("retract", "undo") and place not in gone
        ]
        act = draw.choices(["load", "full", "regrade", "retract", "undo"], [5, 1, 1, 3, 1])[0]
        if act in ("load", "full"):
            rows = tuple((draw.randrange(4), draw.randrange(3)) for _ in range(draw.randrange(1, 6)))
            steps.append(Step(
                "full" if act == "full" else "load", draw.choice("ab"), rows, draw.choice("112"), size=draw.randrange(1, 5)
            ))  # fmt: skip
        elif act == "regrade" and (held := [place for place in loads if place not in gone]):
            name = draw.choice(steps[draw.choice(held)].records).id
            steps.append(
                Step("regrade", name=name, grade=draw.choice(GRADES), handling=draw.choice(["", "H2"]))
            )
        elif act == "retract" and live:
            place = draw.choice(live)
            gone.add(place)
            steps.append(Step("retract", of=place))
        elif act == "undo" and gone:
            place = draw.choice(sorted(gone))
            gone.discard(place)
            steps.append(Step("undo", of=place))
    return steps


def flaws(store: Store) -> list[str]:
    """What is wrong in the store's own books: uses, entities, keys, aliases; empty if all is sound."""
    asked = {
        "uses": "MATCH (m:Mention) OPTIONAL MATCH (m)<-[:STATES]-(d) WITH m, collect(d.id) AS stated "
        "OPTIONAL MATCH (m)-[:RESOLVES_TO*0..1]->(:Entity)-[r]-(:Entity) WHERE r.record IS NOT NULL AND "
        "(r.from_mention = m.id OR r.to_mention = m.id) WITH m, stated, collect(r.record) AS linked "
        "WITH m, COLLECT { UNWIND stated + linked AS one RETURN DISTINCT one } AS used "
        "WHERE m.uses <> size(used) RETURN m.id + ' ' + m.uses + ' ' + size(used) AS flaw",
        "id": "MATCH (e:Entity) WHERE NOT EXISTS { MATCH (m:Mention {id: e.id})-[:RESOLVES_TO*0..1]->(e) "
        "WHERE m.uses > 0 } RETURN e.id AS flaw",
        "two": "MATCH (m:Mention)-[:RESOLVES_TO]->(e) WITH m, count(e) AS n WHERE n > 1 OR m:Entity RETURN m.id AS flaw",
        "nowhere": "MATCH (m:Mention) WHERE m.uses > 0 AND NOT m:Entity AND NOT (m)-[:RESOLVES_TO]->(:Entity) "
        "RETURN m.id AS flaw",
        "key": "MATCH (m:Mention)-[:KEYED]->(k) WHERE m.uses > 0 AND k.contested IS NULL AND NOT EXISTS { "
        "MATCH (m)-[:RESOLVES_TO*0..1]->(:Entity {id: k.entity}) } RETURN k.id AS flaw",
        "loose": "MATCH (k:Key) WHERE k.entity IS NOT NULL AND NOT EXISTS { MATCH (m:Mention)-[:KEYED]->(k) "
        "WHERE m.uses > 0 } RETURN k.id AS flaw",
        "end": "MATCH (a:Entity)-[r]->(b:Entity) WHERE r.record IS NOT NULL AND NOT (EXISTS { "
        "MATCH (:Mention {id: r.from_mention})-[:RESOLVES_TO*0..1]->(a) } AND EXISTS { "
        "MATCH (:Mention {id: r.to_mention})-[:RESOLVES_TO*0..1]->(b) }) RETURN r.id AS flaw",
        "alias": "MATCH (m:Marking) WHERE m.role IS NOT NULL MATCH ()-[r]->() WHERE r.marking = m.number RETURN r.id AS flaw",
        "left": "MATCH (n) WHERE n.pending IS NOT NULL OR n.alone OR n.retraction IS NOT NULL "
        "RETURN coalesce(n.id, toString(n.number)) AS flaw",
    }  # fmt: skip
    return [f"{name}: {row['flaw']}" for name, text in asked.items() for row in store.read(text)]
