"""The world as a whole: counts, the same bytes for a seed, speed, nothing that must not stand in it."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from stdnum.tr import tckimlik

from graphintel.errors import InputError
from graphintel.training import SIZES, Truth, generate

Rows = list[dict[str, str]]
SOURCES = {
    "declarations-csv", "asycuda-sad", "wco-declaration", "cen-seizures", "movements-csv", "partner-notice",
}  # fmt: skip


def _hash(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return total.hexdigest()


def test_a_small_world_has_its_promised_counts(world: Path, tables: dict[str, Rows], answers: Truth) -> None:
    written = {row["registration_no"] for row in tables["declarations-csv"]}
    documents = {
        source: len(list(world.glob(f"{source}/*.xml"))) for source in ("asycuda-sad", "wco-declaration")
    }
    assert documents == {"asycuda-sad": 40, "wco-declaration": 20}
    assert len(written) + sum(documents.values()) == 3_000
    assert [len(tables[source]) for source in ("cen-seizures", "partner-notice", "movements-csv")] == [
        150,
        60,
        400,
    ]
    assert answers.counts == documents | {
        "declarations-csv": len(written), "cen-seizures": 150, "movements-csv": 400, "partner-notice": 60,
    }  # fmt: skip


def test_it_has_a_folder_for_each_source_and_nothing_else(world: Path) -> None:
    assert {path.name for path in world.iterdir()} == SOURCES | {"README.txt", "truth.json"}
    assert "TRAINING DATA" in (world / "README.txt").read_text(encoding="utf-8")


def test_a_seed_gives_the_same_bytes_in_any_process(world: Path, tmp_path: Path) -> None:
    call = "import sys, pathlib, graphintel.training as t; t.generate(7, pathlib.Path(sys.argv[1]), 'small')"
    subprocess.run(
        [sys.executable, "-c", call, str(tmp_path / "again")],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "12345"},
    )
    assert _hash(tmp_path / "again") == _hash(world)


def test_another_seed_gives_another_world_in_the_same_place(tmp_path: Path) -> None:
    generate(1, tmp_path, "small")
    first = _hash(tmp_path)
    generate(2, tmp_path, "small")
    second = _hash(tmp_path)
    assert first != second
    generate(1, tmp_path, "small")
    assert _hash(tmp_path) == first, "what the second world wrote is gone"


def test_a_folder_with_other_content_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="no earlier training world"):
        generate(1, tmp_path, "small")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    with pytest.raises(InputError):
        generate(1, tmp_path / "letter.txt", "small")


def test_it_takes_less_than_five_seconds_of_work_and_tells_its_progress(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    start = time.process_time()
    generate(3, tmp_path, "small", lambda stage, done, of: told.append((stage, done, of)))
    assert time.process_time() - start < 5
    assert told == [("training", month, 24) for month in range(1, 25)]


def test_sizes_grow_ten_and_a_hundredfold() -> None:
    for factor, name in ((10, "medium"), (100, "large")):
        size = SIZES["medium" if name == "medium" else "large"]
        small = SIZES["small"]
        assert size[:4] == tuple(factor * count for count in small[:4])
        assert 6 <= size.groups <= 8


def test_dates_lie_in_the_two_years(tables: dict[str, Rows]) -> None:
    for source in ("cen-seizures", "movements-csv", "partner-notice"):
        assert all("2023-01-01" <= row["date"] <= "2024-12-31" for row in tables[source])
    days = [row["registration_date"] for row in tables["declarations-csv"]]
    assert {day[-4:] if "." in day else day[:4] for day in days} == {"2023", "2024"}


def test_no_number_could_pass_for_a_kimlik_number(texts: dict[str, str]) -> None:
    for source, text in texts.items():
        found = [number for number in re.findall(r"(?<![\dA-Za-z.,-])\d{11}(?![\dA-Za-z.,-])", text)]
        assert not [number for number in found if tckimlik.is_valid(number)], source


def test_no_known_firm_and_no_trace_of_how_it_was_made_stands_in_it(
    world: Path, texts: dict[str, str]
) -> None:
    known = (
        "maersk", "msc ", "cma cgm", "dhl", "schenker", "kuehne", "ups ", "fedex", "ekol", "omsan", "mars lojistik", "netlog",
        "borusan", "arkas", "horoz", "koç holding", "sabancı", "turkish airlines", "türk hava", "arçelik", "vestel", "ülker",
        "philip morris", "marlboro", "/work", "fixme", "lorem", "example", "none", "nan,",
    )  # fmt: skip
    for source, text in texts.items():
        assert not [word for word in known if word in text.lower()], source
    assert "/work" not in (world / "truth.json").read_text(encoding="utf-8")


def test_no_control_characters_are_written(texts: dict[str, str]) -> None:
    for source, text in texts.items():
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text), source
