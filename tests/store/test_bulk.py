"""A first load without a server: cells that any text survives, components, caches, and what is set aside."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import psutil
import pytest
from bulked import name_of, tie, written
from fabric import mention, record, world
from hypothesis import given
from hypothesis import strategies as st

from graphintel import ingest
from graphintel.errors import Conflict, InputError
from graphintel.model.display import merged
from graphintel.model.ids import digest
from graphintel.model.kinds import EVENTS, KINDS
from graphintel.model.records import Record
from graphintel.resolve.identity import keys
from graphintel.settings import Settings
from graphintel.store.bulk import importing
from graphintel.store.bulk.caches import cache_of
from graphintel.store.bulk.cells import FIELD, ITEM, Sheet, columns_of, writable
from graphintel.store.bulk.components import Components
from graphintel.store.bulk.emptiness import managed
from graphintel.store.bulk.files import Late, write
from graphintel.store.bulk.planner import FirstLoad
from graphintel.store.bulk.spool import Lines, Spool
from graphintel.store.local.place import Place
from graphintel.store.local.process import Running
from graphintel.store.local.server import halted
from graphintel.store.write.plan import build
from graphintel.store.write.rows import distinct_mentions, mention_row

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALAR = st.one_of(
    TEXT, st.integers(-(2**62), 2**62), st.floats(allow_nan=False, allow_infinity=False), st.booleans()
)


def cells(line: str) -> list[str]:
    """A line as the import divides it: fields parted by FIELD, quotes doubled inside quotes."""
    return next(csv.reader([line], delimiter=FIELD, strict=True))


@given(st.dictionaries(st.sampled_from("abcde"), SCALAR, min_size=1))
def test_any_text_comes_out_of_its_cell_as_it_went_in(row: dict[str, Any]) -> None:
    sheet = Sheet(columns_of(row))
    line = sheet.line(row)
    assert line is not None
    # The csv module ends a cell at no line end inside quotes only if it is given the rest; one cell at a time then.
    for (name, kind), cell in zip(sheet.columns, _split(line), strict=True):
        value = row[name]
        assert kind == {str: "string", int: "long", float: "double", bool: "boolean"}[type(value)]
        if isinstance(value, str):
            assert cell[0] == cell[-1] == '"' and cell[1:-1].replace('""', '"') == value
        else:
            assert cell == (str(value).lower() if isinstance(value, bool) else repr(value))


def _split(line: str) -> list[str]:
    found, start, quoted = [], 0, False
    for place, letter in enumerate(line):
        quoted ^= letter == '"'
        if letter == FIELD and not quoted:
            found.append(line[start:place])
            start = place + 1
    return [*found, line[start:]]


@given(st.lists(TEXT))
def test_a_list_goes_into_a_cell_or_is_written_later(values: list[str]) -> None:
    if not writable(values):
        assert values in ([], [""]) or any(ITEM in value for value in values)
        return
    line = Sheet((("names", "string[]"),)).line({"names": values})
    assert line is not None and line[1:-1].replace('""', '"').split(ITEM) == values


@pytest.mark.parametrize(
    "row", [{"a": "x"}, {"a": 1, "b": "y"}, {"a": True}, {"b": ["x"]}, {"a": 1.0}], ids=str
)
def test_a_row_that_a_sheet_cannot_hold_as_it_is_gets_another_sheet(row: dict[str, Any]) -> None:
    assert Sheet((("a", "long"),)).line(row) is None
    assert Sheet(columns_of(row)).line(row) is not None


def test_absent_and_none_are_empty_cells_and_empty_text_is_not() -> None:
    sheet = Sheet((("a", "string"), ("b", "string"), ("c", "long")))
    assert cells(sheet.line({"a": "", "b": None}) or "") == ["", "", ""]
    assert sheet.line({"a": "", "b": None}) == f'""{FIELD}{FIELD}'


@given(st.lists(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5), max_size=6))
def test_components_are_those_of_the_same_joins_by_sets(chunks: list[list[tuple[int, int]]]) -> None:
    found = Components()
    names = [digest("m", number) for number in range(31)]
    groups = [{number} for number in range(31)]
    for name in names:
        found.add(name)
    for serial, chunk in enumerate(chunks):
        for one, other in chunk:
            found.join(one, other)
            if groups[one] is not groups[other]:
                joined = groups[one] | groups[other]
                for member in joined:
                    groups[member] = joined
        found.bear(sorted({end for pair in chunk for end in pair}), serial * 100)
    for number, group in enumerate(groups):
        root = found.find(number)
        assert {other for other in range(31) if found.find(other) == root} == group
        assert found.size[root] == len(group) and found.head[root] in group
        assert found.name(number) == names[number]


def test_the_oldest_member_gives_a_component_its_id() -> None:
    found = Components()
    early, late, bridge = (found.add(digest("m", number)) for number in range(3))
    found.bear([late], 20)
    found.bear([early], 10)
    found.join(late, early)
    found.join(bridge, late)
    root = found.find(bridge)
    assert (found.head[root], found.born[root]) == (early, 10)


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_the_cache_of_a_load_is_that_of_the_daily_path(kind: str, data: st.DataObject) -> None:
    names = [one for one in KINDS[kind].properties if one.type not in ("number", "integer", "money")]
    rows = data.draw(
        st.lists(
            st.fixed_dictionaries(
                {}, optional={one.name: st.lists(TEXT, min_size=1) if one.many else TEXT for one in names}
            ),
            min_size=1, max_size=3,
        )
    )  # fmt: skip
    expected = merged(kind, rows)
    if kind in EVENTS:
        expected = {name: expected[name] for name in ("kind", "display", "names", "identifiers")}
    assert cache_of(kind, rows) == expected


@pytest.mark.parametrize("count", [0, 1, 4096, 4097, 9000])
def test_a_spool_gives_back_what_it_was_given(tmp_path: Path, count: int) -> None:
    spool = Spool(tmp_path / "x.spool")
    for number in range(count):
        spool.append((number, {"a": "ü" * (number % 3)}))
    with spool.opened() as values:
        (tmp_path / "x.spool").unlink()
        assert [number for number, _ in values] == list(range(count))


def test_lines_are_written_in_order_and_broken_letters_do_not_stop_them(tmp_path: Path) -> None:
    lines = Lines(tmp_path / "x.csv")
    for number in range(5000):
        lines.append(f"{number}\ud800" if number == 3 else str(number))
    lines.flush()
    assert (tmp_path / "x.csv").read_text("utf-8").splitlines()[2:5] == ["2", "3?", "4"]


def planned(folder: Path, records: list[Record], size: int) -> FirstLoad:
    """The plan of some records in chunks of a size."""
    plan = FirstLoad(folder, 1, 1, {}, keys)
    for start in range(0, len(records), size):
        plan.write(records[start : start + size])
    return plan


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_components_do_not_depend_on_order_or_chunks(tmp_path: Path, seed: int) -> None:
    def membership(records: list[Record], size: int, name: str) -> set[frozenset[str]]:
        folder = tmp_path / name
        folder.mkdir()
        found = planned(folder, records, size).components
        groups: dict[int, set[str]] = {}
        for number in range(len(found)):
            groups.setdefault(found.find(number), set()).add(found.name(number))
        return {frozenset(group) for group in groups.values()}

    records = world()
    expected = membership(records, 6, "a")
    random.Random(seed).shuffle(records)
    assert membership(records, seed, "b") == expected


def test_versions_of_a_row_wait_for_the_daily_path_and_repeats_are_counted(tmp_path: Path) -> None:
    event = mention("a", "Declaration", number="D1", date="2024-05-01")
    firm = mention("a", "Company", name="Deneme Gıda A.Ş.", tax_id="4540536920", tax_country="TR")
    first = record("a", "D1", event, [("CONSIGNEE", firm, {})], cell="A")
    second = record("a", "D1", event, [("SELLER", firm, {})], cell="B")
    plan = FirstLoad(tmp_path, 1, 1, {}, keys)
    counts = plan.write([first, first])
    assert (counts.records_new, counts.records_duplicate) == (1, 1)
    assert plan.write([second, first]).records_new == 0
    with plan.later() as later:
        assert [one.id for one in later] == [second.id, first.id]
    assert len(plan.chunks) == 1 and plan.chunks[0]["rows"] == 2


def test_the_files_hold_every_mention_once_and_say_how_much_they_hold(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    plan = planned(tmp_path, world(), 2)
    told: list[int] = []
    files = write(plan, {"number": 1, "source": "test"}, out, told.append)
    arguments = files.arguments()
    held = sum(Path(one.rpartition(",")[2]).read_text("utf-8").count("\n") for one in arguments)
    assert held == files.counts["nodes"] + files.counts["relationships"]
    assert files.counts["relationships"] > 13 and Late("Declaration", None, {"names": []}) in files.late
    assert sum(one.startswith("--nodes=Mention:Entity:Declaration=") for one in arguments) == 1
    assert mention_row(world()[0].mentions[0])["id"] in "".join(
        path.read_text("utf-8") for path in out.glob("*.csv")
    )


def test_a_store_by_address_is_refused() -> None:
    with pytest.raises(InputError, match="without --bulk"):
        managed(Settings(store="bolt://localhost:7687"))


def test_a_store_that_another_program_uses_is_left_alone(tmp_path: Path) -> None:
    place = Place.of(tmp_path)
    place.make()
    parent = Running.of(1)
    assert parent is not None
    (place.leases / "1-abc.json").write_text(
        f'{{"program": "serve", "process": {{"pid": {parent.pid}, "mark": "{parent.mark}"}}, "idle": 5}}'
    )
    with pytest.raises(Conflict, match="in use by serve"), halted(tmp_path):
        raise AssertionError("not refused")


def test_a_workspace_leaves_nothing_behind(tmp_path: Path) -> None:
    place = Place.of(tmp_path)
    place.make()
    with pytest.raises(OSError, match="full"), importing.workspace(place) as folder:
        (folder / "x").write_text("x")
        raise OSError("full")
    assert not place.bulk.exists()


@pytest.mark.parametrize("name", sorted(ingest.catalogue()))
def test_the_samples_give_the_rows_of_the_daily_plan(name: str, tmp_path: Path) -> None:
    source = ingest.catalogue()[name]
    items = [item for path in sorted(source.folder.glob("sample*")) for item in ingest.read(source, path)]
    records = list({item.id: item for item in items if isinstance(item, Record)}.values())
    out = tmp_path / "out"
    out.mkdir()
    made = planned(tmp_path, records, len(records))
    things, ties = written(write(made, {"number": 1}, out, lambda _: None))
    mentions = {one: keys(mention) for one, mention in distinct_mentions(records).items()}
    orders = {one.id: place for place, one in enumerate(records)}
    plan = build(records, mentions, {}, {}, {}, made.markings, 1, orders=orders)
    kinds: list[tuple[tuple[str, ...], dict[str, Any]]] = []
    for kind, rows in plan.entities.items():
        labels = ("Entity", kind, "Mention") if kind in EVENTS else ("Entity", kind)
        kinds += [(tuple(sorted(labels)), row) for row in rows]
    kinds += [(("Mention",), row["mention"]) for row in plan.mentions]
    kinds += [
        (("Record",), {key: value for key, value in row.items() if value is not None}) for row in plan.records
    ]
    daily = {name_of(labels, row): row for labels, row in kinds}
    assert {key: row for key, row in things.items() if {"Mention", "Entity", "Record"} & set(key[0])} == daily
    entities = {row["id"]: name_of(labels, row) for labels, row in kinds if "Entity" in labels}
    expected = [
        tie(entities[row["s"]], type_name, entities[row["t"]], row["p"])
        for type_name, rows in plan.links.items()
        for row in rows
    ]
    assert sorted(expected) == [one for one in ties if orjson.loads(one)[1] in plan.links]
    assert sum(orjson.loads(one)[1] == "KEYED" for one in ties) == len(plan.keys)
    assert sum(orjson.loads(one)[1] == "STATES" for one in ties) == len(plan.states)
    assert sum(orjson.loads(one)[1] == "RESOLVES_TO" for one in ties) == len(plan.mentions)


def test_a_tied_command_ends_with_who_started_it(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    inner = [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(99)"]
    outer = f"import subprocess, time; from graphintel.store.bulk.tied import tied; subprocess.run(tied({inner!r}))"
    with subprocess.Popen([sys.executable, "-c", outer], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        assert not psutil.wait_procs([child], timeout=20)[1]
    # whoever started this one, it was not process 1
    late = [sys.executable, "-P", "-m", "graphintel.store.bulk.tied", "1", "/usr/bin/env", "touch", str(told)]
    assert subprocess.run(late, check=True).returncode == 0 and not told.exists()
