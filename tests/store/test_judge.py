"""Judging against the real store: merges and splits that follow from all keys and verdicts, refused where they contradict."""

from __future__ import annotations

import os
import random
import time

import pytest
from fabric import load, mention, record
from judging import expected, groups, say
from takings import do, flaws, sequence

from graphintel.errors import Conflict, CutNeeded, InputError, NotFound
from graphintel.model.judgement import Judgement
from graphintel.model.records import Mention
from graphintel.resolve.identity import keys
from graphintel.store.driver import Store
from graphintel.store.read.entity import entity
from graphintel.store.read.profile import counter, full_profile
from graphintel.store.read.whole import store_hash
from graphintel.store.write import batch as batches
from graphintel.store.write.chunk import Loader
from graphintel.store.write.judge import judge, withdraw
from graphintel.store.write.made import count_uses, heavy_tailed

pytestmark = pytest.mark.neo4j
SEQUENCES = int(os.environ.get("JUDGE_SEQUENCES", "12"))


# In these a chunk sets a mention apart while another falls asleep that shares a contested key with it (the last: and
# takes what that key led to with it).
TRIED = (185, 331, 876, 744)


@pytest.mark.parametrize("seed", sorted({*range(SEQUENCES), *TRIED}))
def test_loads_corrections_judgements_and_retractions_give_the_entities_that_follow(
    store: Store, seed: int
) -> None:
    draw = random.Random(f"judged {seed}")
    numbers: list[int] = []
    acts: list[str] = []
    for step in sequence(seed, 8):
        do(store, step, numbers)
        assert groups(store) == expected(store), (seed, step, acts)
        for _ in range(draw.randrange(3)):
            acts.append(say(store, draw))
            assert groups(store) == expected(store), (seed, acts)
    assert not flaws(store)


def people(store: Store, *names: str) -> list[str]:
    """Persons that nothing but a judgement unites, each in a record with a company."""
    firm = mention("a", "Company", name="Akçamlı Nakliyat", tax_id="4540536920", tax_country="TR")
    made: list[Mention] = [mention("a", "Person", name=name) for name in names]
    load(store, [
        record("a", f"D{number}", mention("a", "Declaration", number=f"D{number}", date="2024-05-01"),
               [("CONSIGNEE", one, {}), ("CARRIER", firm, {})])
        for number, one in enumerate(made)
    ])  # fmt: skip
    return [one.id for one in made]


def said(
    verdict: str, one: str, other: str, by: str = "ayse", *, model: str = "", score: float | None = None
) -> Judgement:
    return Judgement(verdict, one, other, by, "seen on the passports", model, score)


def test_same_moves_the_links_and_undo_brings_the_graph_back(store: Store) -> None:
    one, other = people(store, "Yorgo Demirtepe", "Georgios Demirtepe")
    before = store_hash(store)
    done = judge(store, said("same", one, other))
    assert done.moved == 1 and done.after[0] == done.after[1] and done.counter == counter(store)
    found = entity(store, other, full_profile(store))
    assert found["links"] == {"CONSIGNEE": 2} and len(found["mentions"]) == 2
    assert entity(store, one, full_profile(store))["id"] == found["id"]
    assert store_hash(store) != before
    undone = withdraw(store, done.judgement, "ayse", "another man")
    assert undone.after[0] != undone.after[1] and store_hash(store) == before
    assert entity(store, other, full_profile(store))["links"] == {"CONSIGNEE": 1}
    with pytest.raises(Conflict, match="withdrawn already"):
        withdraw(store, done.judgement, "ayse", "again")


def test_the_same_verdict_again_changes_nothing(store: Store) -> None:
    one, other = people(store, "Yorgo Demirtepe", "Georgios Demirtepe")
    first = judge(store, said("same", one, other))
    at = counter(store)
    again = judge(store, said("same", other, one))
    assert again.unchanged and again.judgement == first.judgement and counter(store) == at


def test_a_same_across_a_different_is_refused_with_both_shown(store: Store) -> None:
    one, other, third = people(store, "Yorgo Demirtepe", "Georgios Demirtepe", "Y. Demirtepe")
    parted = judge(store, said("different", one, other, "mehmet"))
    judge(store, said("same", other, third))
    before = store_hash(store)
    for left, right in ((one, other), (one, third)):
        with pytest.raises(Conflict) as refused:
            judge(store, said("same", left, right))
        assert [row["id"] for row in refused.value.detail["judgements"]] == [parted.judgement]
        assert refused.value.detail["asked"]["by"] == "ayse" and "mehmet" in refused.value.message
    assert store_hash(store) == before
    # Whoever said so may think again: the newer verdict of one author goes over the older.
    done = judge(store, said("same", one, other, "mehmet"))
    assert done.withdrawn == [parted.judgement] and len(groups(store)) == 3 + 1 + 1


def test_a_different_inside_an_entity_proposes_what_falls(store: Store) -> None:
    one, two, three = people(store, "Yorgo Demirtepe", "Georgios Demirtepe", "Y. Demirtepe")
    strong = judge(store, said("same", one, two))
    weak = judge(store, said("same", two, three, "matcher", model="m1", score=0.97))
    before = store_hash(store)
    with pytest.raises(CutNeeded) as proposed:
        judge(store, said("different", one, three, "mehmet"))
    assert proposed.value.detail["cut"] == [weak.judgement] and store_hash(store) == before
    with pytest.raises(InputError, match="cannot fall"):
        judge(store, said("different", one, three, "mehmet"), ["nothing"])
    done = judge(store, said("different", one, three, "mehmet"), [weak.judgement])
    assert done.withdrawn == [weak.judgement] and done.after[0] != done.after[1]
    assert {one, two} in groups(store) and {three} in groups(store) and strong.judgement not in done.withdrawn


def test_one_number_typed_for_two_people_is_parted_and_stays_so(store: Store) -> None:
    def person(name: str) -> Mention:
        return mention("a", "Person", name=name, national_id="10000000146", national_id_country="TR")

    father, son, later = person("Hasan Karaçınar"), person("Hüseyin Karaçınar"), person("Hüseyin Karacinar")
    assert keys(father) == keys(son) != ()

    def told(key: str, one: Mention) -> None:
        event = mention("a", "Declaration", number=key, date="2024-05-01")
        load(store, [record("a", key, event, [("CONSIGNEE", one, {})])])

    told("1", father)
    told("2", son)
    assert {father.id, son.id} in groups(store)
    done = judge(store, said("different", father.id, son.id))
    assert done.parted_keys == list(keys(father)) and done.after[0] != done.after[1]
    told("3", later)
    assert groups(store) == expected(store) and not flaws(store)
    judge(store, said("same", son.id, later.id))
    assert {son.id, later.id} in groups(store) and {father.id} in groups(store)
    withdraw(store, done.judgement, "ayse", "one man after all")
    assert {father.id, son.id, later.id} in groups(store) and not flaws(store)


def test_a_load_does_not_unite_what_was_judged_different(store: Store) -> None:
    plate = mention("a", "Vehicle", plate="34ABC123", plate_country="TR")
    vin = mention("a", "Vehicle", vin="1M8GDM9AXKP042788")
    both = mention("b", "Vehicle", plate="34ABC123", plate_country="TR", vin="1M8GDM9AXKP042788")

    def told(source: str, key: str, one: Mention) -> None:
        event = mention(source, "Movement", number=key, date="2024-05-01")
        load(store, [record(source, key, event, [("BY_MEANS_OF", one, {})])])

    told("a", "1", plate)
    told("a", "2", vin)
    judge(store, said("different", plate.id, vin.id))
    told("b", "3", both)
    assert groups(store) == expected(store) and not flaws(store)
    assert not any({plate.id, vin.id} <= group for group in groups(store))


def test_a_load_under_way_hears_of_a_judgement(store: Store) -> None:
    firm = mention("a", "Company", name="Akçamlı Nakliyat", tax_id="4540536920", tax_country="TR")
    other = mention("a", "Company", name="Akcamli Lojistik", tax_id="1234567890", tax_country="TR")
    events = [mention("a", "Declaration", number=f"D{n}", date="2024-05-01") for n in range(4)]
    records = [record("a", f"D{n}", events[n], [("CONSIGNEE", (firm, other)[n % 2], {})]) for n in range(4)]
    numbers = batches.intern_markings(store, {one.marking for one in records})
    with batches.writer(store) as holder:
        loader = Loader(store, holder, batches.begin(store, {"source": "a"}), numbers, keys)
        loader.write(records[:2])
        done = judge(store, said("same", firm.id, other.id))
        loader.write(records[2:])
    found = entity(store, other.id, full_profile(store))
    assert found["links"] == {"CONSIGNEE": 4} and found["id"] == done.after[0] and not flaws(store)


def test_what_a_person_says_of_a_pair_goes_over_what_a_model_said_of_it(store: Store) -> None:
    one, other = people(store, "Yorgo Demirtepe", "Georgios Demirtepe")
    guessed = judge(store, said("same", one, other, "matcher", model="m1", score=0.999))
    done = judge(store, said("different", one, other))
    assert done.withdrawn == [guessed.judgement] and done.after[0] != done.after[1]
    with pytest.raises(Conflict):
        judge(store, said("same", one, other, "matcher", model="m2", score=0.999))


def test_records_name_two_persons_stated_in_them(store: Store) -> None:
    one, other = people(store, "Hasan Karaçınar", "Hasan Karacinar")
    judge(store, said("same", one, other, "mehmet"))
    rows = store.read("MATCH (r:Record) RETURN r.id AS id ORDER BY r.key")
    first, second = (row["id"] for row in rows)
    with pytest.raises(CutNeeded) as proposed:
        judge(store, said("different", first, second))
    done = judge(store, said("different", first, second), proposed.value.detail["cut"])
    assert {done.before[0]} == {done.before[1]} and done.after[0] != done.after[1]


def test_what_cannot_be_judged_is_said(store: Store) -> None:
    one, _ = people(store, "Yorgo Demirtepe", "Georgios Demirtepe")
    firm = store.read("MATCH (m:Mention {kind: 'Company'}) RETURN m.id AS id")[0]["id"]
    before = store_hash(store)
    for left, right, error, match in (
        (one, "f" * 32, NotFound, "Nothing is known"), (one, firm, InputError, "different kinds"),
        (one, one, InputError, "very same statement"),
    ):  # fmt: skip
        with pytest.raises(error, match=match):
            judge(store, said("same", left, right))
    with pytest.raises(InputError, match="no judgement"):
        withdraw(store, "f" * 32, "ayse", "")
    assert store_hash(store) == before


def test_a_hub_is_split_without_moving_its_links(store: Store) -> None:
    degree = heavy_tailed(store, 24_000, 16_000)
    hub = max(degree, key=lambda name: degree[name])
    small = min((name for name in degree if 1 < degree[name] < 9), key=lambda name: (degree[name], name))
    count_uses(store)
    began = time.monotonic()
    joined = judge(store, said("same", hub, small))
    middle = time.monotonic()
    undone = withdraw(store, joined.judgement, "ayse", "no")
    assert joined.moved == undone.moved == degree[small]
    assert middle - began < 60 and time.monotonic() - middle < 60
