"""`bench resolve` on labelled pairs and a truth set made here: figures with bars, measured on groups kept back."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphintel.acts.bench import labelled, run
from graphintel.errors import InputError
from graphintel.resolve.score import shipped
from graphintel.settings import Settings

HARD = Path(__file__).parents[1] / "resolve" / "hard_pairs.csv"
NAMES = ("Nihat Akıncıoğlu", "Sevgi Durmazlar", "Yorgo Kastrinos", "Levan Marmelashvili", "Agron Brankovani")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with labelled names, hard pairs and a truth set of four records."""
    folder = tmp_path / "data"
    (folder / "truth").mkdir(parents=True)
    rows = ["is_match,schema,name1,name2,group"]
    for number, name in enumerate(NAMES * 3):
        rows.append(f"1,Person,{name},{name.upper()},{number}")
        rows.append(f"0,Person,{name},{NAMES[(number + 1) % 5]},{number}")
    (folder / "labelled_names.csv").write_text("\n".join(rows), encoding="utf-8")
    (folder / "hard_pairs.csv").write_bytes(HARD.read_bytes())
    (folder / "truth" / "actual_truthset_key.csv").write_text(
        "CLUSTER_ID,DATA_SOURCE,RECORD_ID\n1,CUSTOMERS,1\n1,CUSTOMERS,2\n2,CUSTOMERS,3\n3,CUSTOMERS,4\n",
        encoding="utf-8",
    )
    (folder / "truth" / "customers.csv").write_text(
        "DATA_SOURCE,RECORD_ID,PRIMARY_NAME_FULL,DATE_OF_BIRTH\nCUSTOMERS,1,Nihat Akıncıoğlu,1960-01-02\n"
        "CUSTOMERS,2,AKINCIOGLU NIHAT,1960-01-02\nCUSTOMERS,3,Sevgi Durmazlar,1960-01-02\nCUSTOMERS,4,Nihat Akıncıoğlu,1991-07-09\n",
        encoding="utf-8",
    )
    return folder


def test_every_figure_has_its_unit_and_the_bars_hold_here(data: Path, tmp_path: Path) -> None:
    found = run("resolve", Settings(home=tmp_path / "home", actor="tester"), data, 500)["figures"]
    assert found["labelled_names_f1"]["bar"] == ">= 0.86" and found["labelled_names_f1"]["holds"]
    assert (
        found["turkish_companies_f1"]["holds"]
        and found["truth_set_precision"]["holds"]
        and found["truth_set_recall"]["holds"]
    )
    for name in ("symmetric", "clash_lowers", "unmoved_by_case", "unmoved_by_diacritics", "unmoved_by_order"):
        assert found[name]["holds"], name
    assert found["automatic_wrong"]["value"] == 0 and found["cut"]["value"] == shipped().cut
    assert shipped().hash() in found["weights"]["unit"] and found["weights"]["value"] > 1000


def test_without_pairs_it_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="give a folder that holds some"):
        run("resolve", Settings(home=tmp_path / "home", actor="tester"), tmp_path, 1)


def test_the_weights_can_be_learned_again_from_the_same_files(data: Path) -> None:
    found = labelled.learned(data, HARD, "again", "2026-11-25")
    assert found.version == "again" and found.person["full"] > 0 > found.company["trade_clash"]


def test_precision_and_recall_are_of_pairs(data: Path) -> None:
    truth = labelled.truth_set(data)
    assert truth is not None
    assert labelled.pairwise(*truth, [0, 0, 2, 3]) == (1.0, 1.0)
    assert labelled.pairwise(*truth, [0, 0, 0, 3]) == pytest.approx((1 / 3, 1.0))
    assert labelled.pairwise(*truth, [0, 1, 2, 3]) == (0.0, 0.0)
    assert labelled.truth_set(data / "none") is None
