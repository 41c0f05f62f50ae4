"""The compact form of what a sample becomes."""

from __future__ import annotations

from collections.abc import Callable

import orjson
import pytest

from graphintel.ingest import Source, catalogue, expected

Shelf = Callable[..., Source]


def test_records_and_quarantined_rows_in_compact_form(shelf: Shelf) -> None:
    source = shelf()
    (source.folder / "sample.csv").write_text(
        "no,date,who,code,land\n1,2024-03-04,Öz,K1,ZL\n2,never,Öz,K1,\n", encoding="utf-8"
    )
    first, second = expected.outcome(source)
    assert second == {"quarantined": "bad_date", "file": "sample.csv", "place": "line 3"}
    assert [mention[1] for mention in first["mentions"]] == ["Declaration", "Company", "Place"]
    assert first["mentions"][2][2] == {"name": "ZL", "country": "!ZL"}
    assert first["subjects"] == [0]
    assert first["links"][0][1:] == [0, "CONSIGNEE", 1, "declared", "2024-03-04", {"role": "consignee"}]
    assert [orjson.loads(line)["key"] for line in expected.text(source).splitlines()[:1]] == ["1"]


def test_written_anew_it_is_what_stands_there(monkeypatch: pytest.MonkeyPatch, shelf: Shelf) -> None:
    source = shelf()
    (source.folder / "sample.csv").write_text("no,date\n1,2024-03-04\n", encoding="utf-8")
    monkeypatch.setattr(expected, "catalogue", lambda: {"rows": source})
    assert expected.main([]) == 0
    assert (source.folder / "expected.jsonl").read_bytes() == expected.text(source)
    assert "kcs-declarations" in catalogue()
