"""The weights' file: whole, signed as declared, frozen by its hash, with what it was measured by."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graphintel.errors import InputError
from graphintel.resolve.fit import _TABLES as TABLES
from graphintel.resolve.score.prior import prior
from graphintel.resolve.score.weights import SHIPPED, read, shipped


def test_the_shipped_weights_are_whole_and_keep_their_signs() -> None:
    found = shipped()
    assert found.version == SHIPPED and 0 < found.cut < 1 and found.automatic >= 20
    for table, signs in TABLES.items():
        weights = getattr(found, table)
        assert weights.keys() == signs.keys()
        assert all(sign * weights[key] >= 0 for key, sign in signs.items())


def test_they_say_what_they_were_fitted_to_and_how_they_did() -> None:
    about = shipped().about
    assert about.keys() >= {"when", "data", "pairs", "held_out", "calibration"}
    assert about["calibration"]["error"] <= 0.05 and len(about["data"]) == 64


def test_a_file_that_was_changed_by_hand_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(prior().as_json())
    assert read(path) == prior()
    path.write_bytes(prior().as_json().replace(b'"cut": 0.5', b'"cut": 0.4'))
    with pytest.raises(InputError, match="changed after they were fitted"):
        read(path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"hash": "x", "version": 1}'])
def test_what_is_no_weights_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match="cannot be read"):
        read(path)


def test_the_hash_covers_what_decides_and_not_what_is_told() -> None:
    held = prior()
    assert replace(held, about={"when": "today"}).hash() == held.hash()
    assert len({held.hash(), replace(held, cut=0.6).hash(), replace(held, fields={"base": 1.0}).hash()}) == 3
