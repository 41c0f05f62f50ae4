"""The side index: what it finds and for whom, one writer and many readers, and the same answers after any end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import indexed
import pytest
from fabric import mention

from graphintel.acts.bench.invented import SCRIPTS, Invention, Party
from graphintel.errors import Conflict, InputError
from graphintel.resolve.candidates import Entry, Index, entry
from graphintel.resolve.candidates import generation as generations
from graphintel.resolve.features import described, features

# More with INDEX_KILLS=200; each ends a program that writes the index at some moment.
KILLS = int(os.environ.get("INDEX_KILLS", "4"))


def made(name: str, *marks: int, kind: str = "Person", **values: str) -> Entry:
    """An entry of an invented mention under an id of its own."""
    said = mention("s", kind, name=name, **values) if name else mention("s", kind, **values)
    return entry(features(said), marks or (1,))


def of(party: Party, name: str) -> Entry:
    """The entry of an invented party."""
    return entry(described(party.kind, name, party.stated), (1,))


def parties(count: int, seed: int = 3) -> Iterator[Entry]:
    """Many entries, named by their number."""
    for number, party in enumerate(Invention(seed).parties(count)):
        yield of(party, f"m{number:05}")


def ids(index: Index, asked: Entry, **how: object) -> list[str]:
    """The ids of the candidates, best first."""
    return [one.id for one in index.candidates(asked, **how)]  # type: ignore[arg-type]


def test_an_alias_is_found_among_many_in_four_scripts(tmp_path: Path) -> None:
    invention = Invention(5)
    originals = list(invention.parties(400))
    with Index.open(tmp_path, write=True) as index:
        assert index.rebuild((of(party, str(number)) for number, party in enumerate(originals)), 7) == 400
        assert index.counter == 7 and len(index) == 400 and index.complete
    with Index.open(tmp_path) as index:
        for script in SCRIPTS:
            hits = sum(
                str(number) in ids(index, of(invention.again(party, script), "asked"), limit=50)
                for number, party in enumerate(originals)
            )
            assert hits / 400 > 0.95, script


def test_what_is_held_in_arabic_script_is_found_by_latin_letters(tmp_path: Path) -> None:
    invention = Invention(6)
    originals = [party for party in invention.parties(600) if party.kind != "Vehicle"]
    held = [
        invention.again(party, "arabic") if number % 3 == 0 else party
        for number, party in enumerate(originals)
    ]
    with Index.open(tmp_path, write=True) as index:
        index.rebuild((of(party, str(number)) for number, party in enumerate(held)), 1)
        asked = range(0, len(originals), 3)
        hits = sum(str(number) in ids(index, of(originals[number], "asked"), limit=50) for number in asked)
        assert hits / len(asked) > 0.95


def test_it_says_by_what_and_never_names_the_one_that_asks(tmp_path: Path) -> None:
    one, other = (
        made("Murat Bozdereli", birth_date="1974-03-09"),
        made("Bozdereli Murat", birth_date="1974-09-03"),
    )
    with Index.open(tmp_path, write=True) as index:
        index.add([one, other])
        index.commit(1)
        (found,) = index.candidates(one)
        assert found.id == other.id and found.weight > 3
        assert found.via == ("born", "grams", "name-year", "pair")


def test_the_heavier_comes_first_and_no_more_than_asked(tmp_path: Path) -> None:
    with Index.open(tmp_path, write=True) as index:
        index.rebuild(parties(600), 1)
        for asked in list(parties(40)):
            found = index.candidates(asked, limit=10)
            assert len(found) <= 10 and [one.weight for one in found] == sorted(
                (one.weight for one in found), reverse=True
            )


def test_a_bucket_of_all_is_passed_over_and_time_stays_bounded(tmp_path: Path) -> None:
    said = [entry(described("Person", f"x{number}", mention("s", "Person", name="Ahmet Yılmaz").values), (1,))
            for number in range(5000)]  # fmt: skip
    with Index.open(tmp_path, write=True) as index:
        index.rebuild(said, 1)
        began = time.process_time()
        found = index.candidates(made("Ahmet Yilmaz"))
        assert len(found) == 100 and {one.via for one in found} == {("grams",)}
        assert time.process_time() - began < 0.5


def test_who_may_not_see_a_marking_gets_no_candidate_of_it(tmp_path: Path) -> None:
    open_, secret, both = (
        made("Kerem Bozdereli", 1),
        made("Kerem Bozderelı", 2),
        made("KEREM BOZDERELI", 1, 2),
    )
    asked = made("Kerem Bozdereli Asked")
    with Index.open(tmp_path, write=True) as index:
        index.add([open_, secret, both])
        index.commit(1)
        assert set(ids(index, asked)) == {open_.id, secret.id, both.id}
        assert set(ids(index, asked, marks={1})) == {open_.id, both.id}
        assert set(ids(index, asked, marks={2})) == {secret.id, both.id}
        assert ids(index, asked, marks={3}) == ids(index, asked, marks=set()) == []
        index.add([made("KEREM BOZDERELI", 2)])
        index.commit(2)
        assert set(ids(index, asked, marks={1})) == {open_.id}


def test_what_is_hidden_changes_no_answer(tmp_path: Path) -> None:
    """Ranks, weights and buckets of a reader are the same with and without five times as many hidden entries."""
    shown = list(parties(200))
    hidden = [
        Entry(f"h{one.id}", one.kind, one.keys, one.asked, one.grams, frozenset((2,)))
        for one in parties(1000, 3)
    ]
    with Index.open(tmp_path / "a", write=True) as alone, Index.open(tmp_path / "b", write=True) as among:
        alone.rebuild(shown, 1)
        among.rebuild(random.Random(1).sample([*shown, *hidden], 1200), 1)
        for asked in shown:
            assert alone.candidates(asked, 30, {1}) == among.candidates(asked, 30, {1})


def test_what_is_changed_or_removed_is_found_no_more(tmp_path: Path) -> None:
    first, second = made("Murat Bozdereli"), made("Sevgi Taşpınar")
    moved = Entry(first.id, second.kind, second.keys, second.asked, second.grams, first.marks)
    with Index.open(tmp_path, write=True) as index:
        index.add([first, second])
        index.commit(1)
        index.add([moved])
        index.commit(2)
        assert first.id not in ids(index, made("Murat Bozdereli X")) and ids(index, second) == [first.id]
        assert index.remove([first.id, "unknown"]) == 1
        index.commit(3)
        assert ids(index, second) == [] and len(index) == 1


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    told = pytest.raises(Conflict, match=f"written by process {os.getpid()}")
    with Index.open(tmp_path, write=True), told:
        Index.open(tmp_path, write=True)
    with Index.open(tmp_path, write=True) as index:
        assert len(index) == 0


def test_a_reader_without_an_index_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="resolve run"):
        Index.open(tmp_path)


def test_another_version_of_the_rules_is_not_read_and_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Index.open(tmp_path, write=True) as index:
        index.rebuild(parties(5), 4)
    monkeypatch.setattr(generations, "key_version", lambda: 1)
    with pytest.raises(Conflict):
        Index.open(tmp_path)
    with Index.open(tmp_path, write=True) as index:
        assert (index.counter, index.complete, len(index)) == (0, False, 0)
        index.rebuild(parties(6), 5)
    with Index.open(tmp_path) as index:
        assert len(index) == 6


def test_a_reader_sees_commits_and_changes_over_to_what_is_built_anew(tmp_path: Path) -> None:
    asked = made("Murat Bozdereli")
    with Index.open(tmp_path, write=True) as writer:
        writer.rebuild(parties(50), 1)
        with Index.open(tmp_path) as reader:
            assert asked.id not in ids(reader, made("Murat Bozdereli X"))
            writer.add([asked])
            assert asked.id not in ids(reader, made("Murat Bozdereli X"))
            writer.commit(2)
            assert asked.id in ids(reader, made("Murat Bozdereli X")) and reader.counter == 2
            writer.rebuild(parties(20), 3)
            assert asked.id not in ids(reader, made("Murat Bozdereli X"))
            assert reader.counter == 3 and len(reader) == 20


def test_many_read_while_one_writes(tmp_path: Path) -> None:
    """Every answer of a reader is whole: what was there at the start is found in each, whatever is added meanwhile."""
    kept = list(parties(60))
    with Index.open(tmp_path, write=True) as writer:
        writer.rebuild(kept, 1)
        done = False

        def read(seed: int) -> int:
            draw, asked = random.Random(seed), 0
            with Index.open(tmp_path) as index:
                while not done or asked < 20:
                    one = draw.choice(kept)
                    twin = Entry("asked", one.kind, one.keys, one.asked, one.grams, one.marks)
                    assert one.id in ids(index, twin)
                    asked += 1
            return asked

        with ThreadPoolExecutor(4) as pool:
            readers = [pool.submit(read, seed) for seed in range(4)]
            for number in range(12):
                writer.add(parties(40, seed=100 + number))
                writer.remove(f"m{place:05}" for place in range(60, 80))
                writer.add(kept)
                writer.commit(2 + number)
            done = True
            assert all(reader.result() >= 20 for reader in readers)


def test_killed_anywhere_it_goes_on_and_answers_as_one_built_at_once(tmp_path: Path) -> None:
    folder, draw = tmp_path / "index", random.Random(9)
    kills = 0
    while True:
        child = subprocess.Popen([sys.executable, indexed.__file__, str(folder)], stdout=subprocess.PIPE)
        assert child.stdout is not None and child.stdout.readline() == b"open\n"
        try:
            child.wait(draw.uniform(0.0, 0.3) if kills < KILLS else 300)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            kills += 1
        child.stdout.close()
        if child.wait() == 0:
            break
        assert child.returncode == -signal.SIGKILL
    left: dict[str, Entry] = {}
    for added, removed in indexed.steps():
        left.update((one.id, one) for one in added)
        for name in removed:
            left.pop(name, None)
    with Index.open(folder) as survived, Index.open(tmp_path / "fresh", write=True) as fresh:
        fresh.rebuild(left.values(), 1)
        assert len(survived) == len(fresh) == len(left)
        for asked in left.values():
            assert survived.candidates(asked, 30) == fresh.candidates(asked, 30)


def _halfway(folder: Path, added: list[Entry], removed: list[str]) -> None:
    """A commit that ends between the grams and the keys."""
    with Index.open(folder, write=True) as index:
        index.add(added)
        index.remove(removed)
        index._open.fuzzy.commit()


@pytest.mark.parametrize("new", [0, 5])
def test_a_commit_that_ended_between_grams_and_keys_is_done_again_as_if_it_never_was(
    tmp_path: Path, new: int
) -> None:
    """Also one that only changes entries, after which there are as many grams as keys."""
    kept, other = list(parties(60)), list(parties(60, seed=5))
    moved = [replace(other[place], id=one.id) for place, one in enumerate(kept[:20])]
    added = [*moved, *(replace(other[20 + place], id=f"n{place}") for place in range(new))]
    with Index.open(tmp_path / "index", write=True) as index:
        index.rebuild(kept, 1)
    removed = ["m00059"] if new else []
    _halfway(tmp_path / "index", added, removed)
    with Index.open(tmp_path / "index", write=True) as index:
        index.add(reversed(added))
        index.remove(removed)
        index.commit(2)
    left = {one.id: one for one in [*kept, *added] if one.id not in removed}
    with Index.open(tmp_path / "index") as index, Index.open(tmp_path / "fresh", write=True) as fresh:
        fresh.rebuild(left.values(), 1)
        assert len(index) == len(fresh) == len(left)
        for asked in left.values():
            assert index.candidates(asked, 30) == fresh.candidates(asked, 30)


def test_grams_of_which_the_keys_know_nothing_answer_nobody_and_are_dropped(tmp_path: Path) -> None:
    asked = made("Murat Bozdereli")
    with Index.open(tmp_path, write=True) as index:
        index.rebuild(parties(20), 1)
        index._open.fuzzy.put(7_000, asked.id, asked.grams, 1)
        index._open.fuzzy.commit()
        assert asked.id not in ids(index, made("Murat Bozdereli X"))
        index.commit(2)
        assert index._open.fuzzy.rows() == list(range(1, 21))


def test_a_spoiled_file_is_told_and_not_a_traceback(tmp_path: Path) -> None:
    with Index.open(tmp_path, write=True) as index:
        index.rebuild(parties(5), 1)
        path = generations.current(tmp_path)
    assert path is not None
    for name in ("keys.sqlite-wal", "keys.sqlite-shm"):
        (path / name).unlink(missing_ok=True)
    (path / "keys.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(InputError, match="Delete the folder"):
        Index.open(tmp_path)
