"""Nothing is lost or doubled: versions of a row within a chunk, merges while a load uses them, kills, two loads."""

from __future__ import annotations

from pathlib import Path

import pytest
from fabric import load, mention, record

from graphintel.acts import load as loading
from graphintel.acts.bench import clock, faults, reader, slow
from graphintel.acts.bench.ingest import made_file
from graphintel.acts.bench.trial import Trial, split
from graphintel.acts.session import Session
from graphintel.content import shelf
from graphintel.desk import log, quarantine
from graphintel.errors import LimitReached
from graphintel.model.records import Position, Quarantined, Record
from graphintel.store.driver import Store
from graphintel.store.read.whole import store_hash
from graphintel.store.write.made import empty

pytestmark = pytest.mark.neo4j


def versions() -> tuple[Record, Record]:
    """One row as first sent and as corrected."""
    event = mention("a", "Declaration", number="D1", date="2024-05-01")
    firm = mention("a", "Company", name="Deneme Gıda A.Ş.", tax_id="4540536920", tax_country="TR")
    first = record("a", "D1", event, [("CONSIGNEE", firm, {})], cell="A")
    return first, record("a", "D1", event, [("SELLER", firm, {})], cell="B")


def live(store: Store) -> list[str]:
    """The types of the live links."""
    return [row["t"] for row in store.read("MATCH (:Declaration)-[r]->(:Company) RETURN type(r) AS t")]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_file_with_both_versions_of_a_row_may_be_loaded_again(store: Store, size: int) -> None:
    first, second = versions()
    load(store, [first, second], size)
    before = store_hash(store)
    load(store, [first, second], size)
    assert live(store) == ["SELLER"] and store_hash(store) == before


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_then_b_then_a_ends_at_a_in_chunks_of_any_size(store: Store, size: int) -> None:
    first, second = versions()
    load(store, [first, second, first], size)
    assert live(store) == ["CONSIGNEE"]


def test_a_merge_in_the_chunk_that_uses_its_things_loses_no_link(store: Store) -> None:
    by_plate = mention("a", "Vehicle", plate="34ABC123", plate_country="TR")
    by_vin = mention("b", "Vehicle", vin="1M8GDM9AXKP042788")
    both = mention("c", "Vehicle", plate="34ABC123", plate_country="TR", vin="1M8GDM9AXKP042788")
    events = [mention("x", "Movement", number=f"M{n}", date="2024-05-01") for n in range(5)]
    rows = [
        record("x", str(n), event, [("BY_MEANS_OF", thing, {})])
        for n, (event, thing) in enumerate(
            zip(events, (by_plate, by_vin, both, by_vin, by_plate), strict=True)
        )
    ]
    load(store, rows[:2])
    counts = load(store, rows[2:], 3)
    assert store.read("MATCH (:Vehicle)<-[r:BY_MEANS_OF]-() RETURN count(r) AS n") == [{"n": 5}]
    assert counts.links_new == 3
    together = store_hash(store)
    empty(store)
    load(store, rows[::-1], 1)
    assert store_hash(store) == together


def test_rows_refused_in_a_chunk_that_committed_before_a_kill_are_listed(session: Session) -> None:
    source = "kcs-declarations"
    report = loading.load(session, source, sorted((shelf("ingest") / source).glob("sample*")))
    assert report.batch is not None
    lost = Quarantined(source, Position("a.csv", "0" * 64, "line 7"), "bad_date", "no day", b"x")
    quarantine.put(session.desk, report.batch, 0, [lost])
    never = Quarantined(source, Position("a.csv", "0" * 64, "line 9"), "bad_date", "no day", b"x")
    quarantine.put(session.desk, report.batch, 99, [never])
    assert quarantine.listed(session.desk) == []
    loading.load(session, source, sorted((shelf("ingest") / source).glob("sample*")))
    assert [row["position"] for row in quarantine.listed(session.desk)] == ["line 7"]


def test_a_load_that_stops_is_in_the_log(session: Session, tmp_path: Path) -> None:
    head, first, *_ = (
        min((shelf("ingest") / "kcs-declarations").glob("sample*")).read_text("utf-8").splitlines()
    )
    cells = first.split(",")
    cells[1] = "yesterday"
    path = tmp_path / "poison.csv"
    path.write_text("\n".join([head, *[",".join(cells)] * 60]) + "\n", encoding="utf-8")
    session.settings = session.settings.model_copy(update={"chunk_rows": 5})
    with pytest.raises(LimitReached):
        loading.load(session, "kcs-declarations", [path])
    told = log.tail(session.desk)[0]
    assert (told["act"], told["outcome"]) == ("ingest", "failed") and "stopped" in told["detail"]["why"]


@pytest.fixture
def trial(session: Session, tmp_path: Path) -> Trial:
    """A file of made rows in chunks of eight, and the graph that it gives undisturbed."""
    session.settings = session.settings.model_copy(update={"chunk_rows": 8})
    return Trial(session, split(made_file(tmp_path, 30), tmp_path / "parts", 30))


def test_loads_killed_inside_their_transactions_end_in_the_same_graph(trial: Trial) -> None:
    found = faults.killed(trial, 4, longest=2.0)
    assert found["f01_killed"].holds and found["f01_inside_transactions"].holds
    assert found["f01_kills"].value >= 3


def test_a_lost_connection_is_told_and_doubles_nothing(trial: Trial) -> None:
    found = faults.cut_off(trial)
    assert found["f03_told"].holds and found["f03_cut_off"].holds


def test_the_same_rows_in_other_files_change_nothing(trial: Trial, tmp_path: Path) -> None:
    assert all(figure.holds for figure in faults.repeated(trial, made_file(tmp_path, 30)).values())


def test_two_loads_of_one_file_take_turns(trial: Trial) -> None:
    assert faults.together(trial)["f04_together"].holds


def test_poison_is_set_aside_row_by_row(session: Session, tmp_path: Path) -> None:
    part = split(made_file(tmp_path, 120), tmp_path / "parts", 120)[0]
    assert all(figure.holds for figure in faults.poisoned(session, part).values())


def test_a_crowded_thing_is_shown_in_part_and_counted_whole(session: Session, tmp_path: Path) -> None:
    found = faults.hub(session, made_file(tmp_path, 60), 3000)
    assert found["f08_told"].holds and found["f08_expand"].value < 30
    assert found["f08_hub_links"].value >= 3000


def test_a_slow_store_keeps_the_reader_waiting_and_few_rows_in_memory(trial: Trial) -> None:
    found = slow.slow(trial, late=0.01)
    assert found["f07_slow"].holds and found["f07_under_way"].holds
    # Were there no bound, all of them would be: the reader is done long before the store.
    assert found["f07_under_way"].value < 30 / 8


def test_a_store_that_is_too_slow_is_told_and_the_load_finished_later(trial: Trial) -> None:
    assert all(figure.holds for figure in slow.too_slow(trial).values())


def test_a_killed_reader_leaves_a_load_that_is_finished_by_doing_it_again(
    session: Session, tmp_path: Path
) -> None:
    session.settings = session.settings.model_copy(update={"chunk_rows": 20})
    found = reader.reader_killed(session, made_file(tmp_path, 30))
    assert [name for name, figure in found.items() if not figure.holds] == []


def test_strange_days_are_loaded_set_aside_and_told(session: Session, tmp_path: Path) -> None:
    found = clock.strange_days(session, made_file(tmp_path, 30))
    assert [name for name, figure in found.items() if not figure.holds] == []
