"""The side index beside the real store: read once, then only what changed; retracted, stopped, deleted, restored."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from fabric import OPEN, SECRET, load, mention, record, world
from takings import do, sequence, take_back

from graphintel.acts import index as act
from graphintel.acts.load import load as load_files
from graphintel.acts.retract import retract
from graphintel.acts.session import Session
from graphintel.errors import Conflict
from graphintel.model.records import Record
from graphintel.resolve.candidates import COMPARED, Index, entry
from graphintel.resolve.features import features
from graphintel.resolve.identity import keys
from graphintel.store.driver import Store
from graphintel.store.read import changes
from graphintel.store.read.profile import full_profile, markings, originals
from graphintel.store.write import batch as batches
from graphintel.store.write import full
from graphintel.store.write.chunk import Loader
from graphintel.store.write.made import empty

pytestmark = pytest.mark.neo4j
SEQUENCES = int(os.environ.get("INDEX_SEQUENCES", "2"))
SAMPLE = Path(__file__).parents[2] / "ingest" / "declarations-csv"
Held = dict[str, frozenset[int]]


def one(number: int, name: str = "Akçamlı Nakliyat", **how: object) -> Record:
    """A declaration of a company that no rule unites with another."""
    firm = mention("t", "Company", name=name, city="Mersin")
    event = mention("t", "Declaration", number=f"T{number}", date="2024-05-01")
    return record("t", f"T{number}", event, [("CONSIGNEE", firm, {})], **how)  # type: ignore[arg-type]


def company(given: Record) -> str:
    """The id of the company that a record names."""
    return given.links[0].target


def wanted(store: Store) -> Held:
    """Every visible mention of a compared kind with its markings, read one by one with a statement of its own."""
    named = originals(store)
    seen = list(markings(store))
    rows = store.read(
        "MATCH (m:Mention) WHERE m.kind IN $kinds OPTIONAL MATCH (m)-[:RESOLVES_TO*0..1]->(:Entity)-[r]-(:Entity) "
        "WHERE r.record IS NOT NULL AND r.marking IN $marks AND m.id IN [r.from_mention, r.to_mention] "
        "OPTIONAL MATCH (m)<-[s:STATES]-() WHERE s.marking IN $marks "
        "RETURN m.id AS id, collect(DISTINCT r.marking) + collect(DISTINCT s.marking) AS marks",
        {"kinds": list(COMPARED), "marks": seen},
    )
    return {row["id"]: frozenset(named.get(one, one) for one in row["marks"]) for row in rows if row["marks"]}


def held(session: Session) -> Held:
    """What the index of a session holds."""
    with Index.open(act.folder(session.settings)) as index:
        rows = index._open.table.db.execute(
            "SELECT e.id, h.marks FROM entry e JOIN held h ON h.number = e.held"
        )
        return {name: frozenset(map(int, marks.split(","))) for name, marks in rows}


def test_an_alias_of_a_loaded_company_is_found(session: Session) -> None:
    load(session.store, world())
    told = act.catch_up(session)
    assert told.rebuilt and told.counter == session.counter() and held(session) == wanted(session.store)
    asked = entry(features(mention("x", "Company", name="Акчамлы Наклият ООО")))
    with Index.open(act.folder(session.settings)) as index:
        found = {one.id for one in act.candidates(session, index, asked)}
    assert {item.id for made in world() for item in made.mentions if item.kind == "Company"} == found


def test_only_what_is_new_is_read_and_nothing_is_read_twice(session: Session) -> None:
    load(session.store, world())
    act.catch_up(session)
    assert (act.catch_up(session).read, act.catch_up(session).rebuilt) == (0, False)
    load(session.store, [one(1), one(2, "Bozdereli Lojistik")])
    told = act.catch_up(session)
    assert (told.read, told.removed, told.rebuilt) == (2, 0, False) and held(session) == wanted(session.store)
    load(session.store, [one(1), one(2, "Bozdereli Lojistik")])
    assert act.catch_up(session).read == 0
    load(session.store, [one(3)])
    told = act.catch_up(session)
    assert (told.read, told.written) == (1, 0)


def test_sample_files_loaded_by_the_program(session: Session) -> None:
    sample = next(path for path in sorted(SAMPLE.iterdir()) if path.name.startswith("sample"))
    load_files(session, "declarations-csv", [sample])
    told = act.catch_up(session)
    assert told.read > 10 and held(session) == wanted(session.store)


def test_what_is_retracted_is_gone_and_comes_again(session: Session) -> None:
    load(session.store, world())
    act.catch_up(session)
    before = held(session)
    load(session.store, [one(1), one(2, "Bozdereli Lojistik")])
    number = session.store.read("MATCH (b:Batch) RETURN max(b.number) AS n")[0]["n"]
    act.catch_up(session)
    assert {company(one(1)), company(one(2, "Bozdereli Lojistik"))} == held(session).keys() - before.keys()
    retract(session, number, grace=0.0)
    told = act.catch_up(session)
    assert (told.removed, told.rebuilt) == (2, False) and held(session) == before
    retract(session, number, undo=True, grace=0.0)
    assert act.catch_up(session).read == 2 and held(session) == wanted(session.store)


def test_a_reader_gets_no_candidate_of_a_marking_they_may_not_see(session: Session) -> None:
    hidden, shown = one(1, "Bozdereli Lojistik", marking=SECRET), one(2, "Bozdereli Lojistık", marking=OPEN)
    load(session.store, [hidden, shown])
    act.catch_up(session)
    asked = entry(features(mention("x", "Company", name="BOZDERELI LOJISTIK")))
    numbers = {marking: number for number, marking in markings(session.store).items()}
    with Index.open(act.folder(session.settings)) as index:
        assert {one.id for one in act.candidates(session, index, asked)} == {company(hidden), company(shown)}
        assert [one.id for one in index.candidates(asked, marks=(numbers[OPEN],))] == [company(shown)]
    # Somebody else states the same openly: now both may be seen; taken back, no longer.
    load(session.store, [one(3, "Bozdereli Lojistik", marking=OPEN)])
    number = session.store.read("MATCH (b:Batch) RETURN max(b.number) AS n")[0]["n"]
    act.catch_up(session)
    with Index.open(act.folder(session.settings)) as index:
        assert len(index.candidates(asked, marks=(numbers[OPEN],))) == 2
        retract(session, number, grace=0.0)
        act.catch_up(session)
        assert [one.id for one in index.candidates(asked, marks=(numbers[OPEN],))] == [company(shown)]


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_whatever_was_loaded_graded_closed_and_taken_back_it_holds_what_is_seen(
    session: Session, seed: int
) -> None:
    draw, store = random.Random(seed), session.store
    numbers: list[int] = []
    for step in sequence(seed + 500, 8):
        do(store, step, numbers)
        if draw.random() < 0.6:
            told = act.catch_up(session)
            assert told.counter == session.counter() and held(session) == wanted(store), step
    act.catch_up(session)
    assert held(session) == wanted(store)


def test_what_a_full_delivery_leaves_out_is_gone_and_comes_again(session: Session) -> None:
    store, kept, left = session.store, one(1), one(2, "Bozdereli Lojistik")
    load(store, [kept, left])
    act.catch_up(session)
    numbers = batches.intern_markings(store, {kept.marking})
    with batches.writer(store) as holder:
        loader = Loader(store, holder, batches.begin(store, {"source": "t"}), numbers, keys)
        loader.write([kept])
        assert act.catch_up(session).removed == 0
        assert full.close_rest(store, holder, loader.batch) == 1
        batches.finish(store, loader.batch, {})
    told = act.catch_up(session)
    assert (told.removed, told.rebuilt) == (1, False) and held(session).keys() == {company(kept)}
    take_back(store, loader.batch)
    assert act.catch_up(session).rebuilt and held(session).keys() == {company(kept), company(left)}


class Stop(Exception):
    """A program that ends here."""


def test_stopped_while_it_is_built_it_goes_on_where_it_was(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(session.store, [one(number, f"Firma{number} Bozdereli") for number in range(12)], size=12)
    monkeypatch.setattr(changes, "_SCANNED", 5)
    monkeypatch.setattr(act, "_KEPT", 1)
    places: list[str] = []
    take = act._Reading._take

    def stopping(self: act._Reading, ids: list[str]) -> None:
        places.append(self.index.place)
        if len(places) == 3:
            raise Stop
        take(self, ids)

    monkeypatch.setattr(act._Reading, "_take", stopping)
    with pytest.raises(Stop):
        act.catch_up(session)
    with pytest.raises(Conflict, match="no side index"):
        Index.open(act.folder(session.settings))
    load(session.store, [one(20, "Sonradan Gelen")])
    told = act.catch_up(session)
    assert places[0] == "" and places[3] == places[2] != "" and told.rebuilt
    assert held(session) == wanted(session.store) and company(one(20, "Sonradan Gelen")) in held(session)


def test_stopped_between_grams_and_keys_it_reads_the_same_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(session.store, world())
    act.catch_up(session)
    load(session.store, [one(1)])

    def ends(*_: object, **__: object) -> None:
        raise Stop

    with monkeypatch.context() as patch:
        patch.setattr("graphintel.resolve.candidates.table.Table.note", ends)
        with pytest.raises(Stop):
            act.catch_up(session)
    assert company(one(1)) not in held(session)
    assert act.catch_up(session).read == 1 and held(session) == wanted(session.store)
    asked = entry(features(mention("x", "Company", name="AKÇAMLI NAKLİYAT")))
    with Index.open(act.folder(session.settings)) as index:
        assert [one.id for one in index.candidates(asked)].count(company(one(1))) == 1


def test_a_deleted_folder_is_built_again_with_the_same_answers(session: Session) -> None:
    load(session.store, [*world(), *(one(number, f"Boz{number} Dereli") for number in range(30))])
    act.catch_up(session)
    load(session.store, [one(40), one(41, "Bozdereli Lojistik")])
    act.catch_up(session)
    entries = [
        entry(features(seen.mention), seen.marks)
        for seen in changes.seen(
            session.store, sorted(held(session)), COMPARED, full_profile(session.store), {}
        )
    ]
    answers = []
    for _ in range(2):
        with Index.open(act.folder(session.settings)) as index:
            answers.append([index.candidates(asked) for asked in entries])
        shutil.rmtree(act.folder(session.settings))
        assert act.catch_up(session).rebuilt
    assert answers[0] == answers[1] and any(answers[0])


def test_another_graph_under_the_same_home_is_told_apart(session: Session) -> None:
    load(session.store, world())
    act.catch_up(session)
    empty(session.store)
    load(session.store, [one(number, f"Firma{number} Başka") for number in range(8)], size=1)
    told = act.catch_up(session)
    assert told.rebuilt and held(session) == wanted(session.store)
    empty(session.store)
    assert act.catch_up(session).rebuilt and held(session) == {}


def test_two_programs_do_not_catch_up_at_once(session: Session) -> None:
    with Index.open(act.folder(session.settings), write=True), pytest.raises(Conflict, match="process"):
        act.catch_up(session)


def test_changes_come_in_order_and_after_a_counter(session: Session) -> None:
    load(session.store, world(), size=2)
    found = changes.changes(session.store, 0, session.counter())
    assert [change.kind for change in found] == ["chunk"] * 3 and found == sorted(found)
    assert changes.changes(session.store, found[0].counter, found[1].counter) == [found[1]]
    assert changes.changes(session.store, session.counter(), 10**9) == []
