"""`quality`: readable in a terminal, complete as JSON, plain about what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from commanded import Run
from delivered import SOURCE, renamed, rows, write

from graphintel.store.driver import Store

pytestmark = pytest.mark.neo4j


def test_a_load_is_told_beside_the_one_before(store: Store, command: Run, tmp_path: Path) -> None:
    assert command("quality").sentence == "Nothing was loaded yet."
    first, second = rows(120, seed=1), renamed(rows(120, seed=2, weight=2000.0), "currency", "ccy")
    second[0]["registration_date"], second[1]["mode_border"] = "2024-02-31", "9\x1b[31m9"
    second[2]["loading_place"] = "Nowhere upon Sea"
    second[3]["registration_date"] = "2095-03-01"
    command("ingest", SOURCE, str(write(tmp_path / "a.csv", first)))
    command("ingest", SOURCE, str(write(tmp_path / "b.csv", second)))
    made = command("quality")
    assert made.code == 0 and "\x1b" not in made.out
    for words in (
        "120 rows read, 119 new", "Renamed: currency is now ccy (same ", "gross_kg is distributed otherwise",
        "Unknown words in mode_border: 9[31m9 (1)", "Nowhere upon Sea (1)", "bad_date",
        "After the day of the load: Declaration date 1 ×, such as 2095-03-01 (b.csv line 5).",
    ):  # fmt: skip
        assert words in made.out, words
    told = command("quality", "--json").json
    assert told == command("quality", str(told["batch"]), "--json").json
    assert told["compared_with"] < told["batch"]
    assert command("quality", "999").sentence == "There is no load 999."
