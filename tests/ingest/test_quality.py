"""The collector: counts exactly, keeps bounded samples that no order changes, names no more than it must."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import orjson
import pytest
from delivered import BAD_BOX, SOURCE, rows, write

from graphintel import ingest
from graphintel.ingest import Accounting
from graphintel.ingest import quality as collecting
from graphintel.ingest.quality import EXAMPLES, Collector
from graphintel.model.records import Quarantined, Record

Row = dict[str, Any]


def told(source_name: str, paths: list[Path], size: int = 7, seed: int | None = None) -> Row:
    """What the collector tells of files, taken in blocks of a size, in their order or shuffled."""
    source = ingest.catalogue()[source_name]
    accounting, collector = Accounting(), Collector(source)
    items = [item for path in paths for item in ingest.read(source, path, accounting=accounting)]
    if seed is not None:
        random.Random(seed).shuffle(items)
    for start in range(0, len(items), size):
        block = items[start : start + size]
        collector.take(
            [item for item in block if isinstance(item, Record)],
            [item for item in block if isinstance(item, Quarantined)],
        )
    return collector.told(accounting)


def test_every_shipped_sample_gives_plain_json_with_rates_and_counts() -> None:
    for name, source in ingest.catalogue().items():
        made = told(name, sorted(source.folder.glob("sample*")))
        assert orjson.loads(orjson.dumps(made)) == made
        assert made["columns"] and all(0.0 <= column["rate"] <= 1.0 for column in made["columns"]), name
        assert all(row["valid"] + row["invalid"] + row["unknown"] > 0 for row in made["values"]), name
        for row in made["values"]:
            for verdict in ("valid", "invalid", "unknown"):
                assert row[verdict] == sum(one[verdict] for one in row["properties"])


def test_blocks_and_order_do_not_change_what_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.csv", rows(200))
    monkeypatch.setattr(collecting, "SAMPLE", 20)
    monkeypatch.setattr(collecting, "SETS", 3)
    first = told(SOURCE, [path])
    assert first["sampled"] == 20 and first == told(SOURCE, [path], 1000, 5) == told(SOURCE, [path], 1, 6)


def test_examples_are_few_different_and_lead_to_their_rows(tmp_path: Path) -> None:
    given = rows(60)
    for number, row in enumerate(given):
        row["consignee_tax_id"] = f"731204418{number % 8}"
        row["container"] = BAD_BOX
    made = {row["type"]: row for row in told(SOURCE, [write(tmp_path / "a.csv", given)])["values"]}
    assert made["container"]["invalid"] == 60 and len(made["container"]["examples"]) == 1
    assert made["container"]["examples"][0]["position"] == "line 2"
    told_raws = [example["raw"] for example in made["tax_id"]["examples"]]
    assert len(told_raws) == len(set(told_raws)) == EXAMPLES


def test_unknown_words_are_counted_and_columns_have_their_state(tmp_path: Path) -> None:
    given = [{**row, "seal": "x"} for row in rows(20)]
    given[3]["currency"] = "XX\u202eX"
    made = told(SOURCE, [write(tmp_path / "a.csv", given)])
    assert made["vocabularies"]["currency"]["seen"]["XXX"] == 1
    columns = {column["name"]: column for column in made["columns"]}
    assert (columns["seal"]["state"], columns["seal"]["filled"], columns["hs"]["state"]) == (
        "unread",
        20,
        "read",
    )
    assert columns["gross_kg"]["kind"] == "number" and columns["consignee_name"]["kind"] == "word"
    assert (columns["seal"]["place"], columns["registration_no"]["place"]) == (len(given[0]) - 1, 0)
    assert list(columns)[:2] == ["registration_no", "registration_date"]


def test_what_has_no_end_is_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = rows(40)
    for number, row in enumerate(given):
        row["currency"], row["loading_place"] = f"C{number}", f"Nowhere {number}"
    for name, most in (("WORDS", 10), ("PLACES", 12), ("PLACES_TOLD", 5), ("COLUMNS", 3)):
        monkeypatch.setattr(collecting, name, most)
    made = told(SOURCE, [write(tmp_path / "a.csv", given)])
    assert made["vocabularies"]["currency"]["full"] and len(made["vocabularies"]["currency"]["seen"]) == 10
    assert len(made["unplaced"]) == 5 and (made["unplaced_texts"], made["unplaced_count"]) == (12, 40)
    assert len(made["columns"]) == 3


def test_refused_rows_are_told_by_reason(tmp_path: Path) -> None:
    given = rows(10)
    for row in given[:7]:
        row["registration_date"] = "2024-02-31"
    (reason,) = told(SOURCE, [write(tmp_path / "a.csv", given)])["quarantine"]
    assert (reason["reason"], reason["count"], len(reason["examples"])) == ("bad_date", 7, EXAMPLES)
