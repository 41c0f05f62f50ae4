"""`bench resolve --opponents`: pairs as their files state them, one cut, records grouped; and a plain word where none can be had."""

from __future__ import annotations

import json
import math
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.acts.bench import environment, opponents, records, run
from graphintel.acts.bench.figures import Figure
from graphintel.acts.bench.records import Said, Truth
from graphintel.errors import InputError, WorkStopped
from graphintel.resolve.features import described
from graphintel.settings import Settings

HARD = Path(__file__).parents[1] / "resolve" / "hard_pairs.csv"
SCORED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a home and a cache of this test."""
    return Settings(home=tmp_path / "home", cache=tmp_path / "cache", actor="tester")


def stub(tmp_path: Path, text: str) -> Path:
    """A program in place of the opponents' Python: it is given the script and its arguments."""
    made = tmp_path / "python"
    made.write_text(f"#!{sys.executable}\nimport json, sys\n{text}\n", encoding="utf-8")
    made.chmod(0o755)
    return made


def test_the_environment_holds_what_the_extra_names() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert tuple(project["optional-dependencies"]["bench"]) == environment.WANTED


def test_what_cannot_be_installed_is_said_in_its_row(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(WorkStopped, match="said"):
        environment.python(settings, (str(tmp_path / "there_is_none"),))
    assert not list(settings.cache.glob("opponents-*/ready"))


def test_what_the_script_says_or_why_it_does_not_run(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(WorkStopped, match="does not run"):
        environment.asked(settings.cache / "python", "pairs")
    for answer, wanted in (
        ('json.dump({"scores": [0.5]}, sys.stdout)', None),
        ("sys.exit('out of luck')", "out of luck"),
    ):
        program = stub(tmp_path, answer)
        if wanted is None:
            assert environment.asked(program, "pairs", lines=[{"kind": "Person"}]) == {"scores": [0.5]}
        else:
            with pytest.raises(WorkStopped, match=wanted):
                environment.asked(program, "pairs")


def test_pairs_are_asked_as_their_files_state_them(tmp_path: Path) -> None:
    (tmp_path / "hard_pairs.csv").write_bytes(HARD.read_bytes())
    (tmp_path / "labelled_names.csv").write_text(
        "is_match,schema,name1,name2,group\n1,Person,Nihat Akıncıoğlu,AKINCIOGLU NIHAT,0\n0,Company,Öz Nakliyat,Öz Turizm,1\n",
        encoding="utf-8",
    )
    asked = opponents.pairs(tmp_path)
    assert [one.kind for one in asked[:2]] == ["Person", "Company"] and [one.same for one in asked[:2]] == [
        True,
        False,
    ]
    assert asked[0].sides == ({"name": "Nihat Akıncıoğlu"}, {"name": "AKINCIOGLU NIHAT"})
    rows = HARD.read_text(encoding="utf-8").splitlines()[1:]
    assert len(asked) == 2 + len(rows)
    assert [one.same for one in asked[2:]] == [row.split(",")[3] == "1" for row in rows]
    assert asked[2].sides[1]["name"].startswith("CINARLI") and asked[2].part == "Turkish companies"


def test_logic_is_measured_beside_ours_on_the_pairs_kept_back(tmp_path: Path) -> None:
    (tmp_path / "hard_pairs.csv").write_bytes(HARD.read_bytes())
    program = stub(
        tmp_path,
        "pairs = [json.loads(line) for line in sys.stdin]\n"
        'same = [float(one["left"].get("name") == one["right"].get("name")) for one in pairs]\n'
        'json.dump({"scores": same, "seconds": 0.001}, sys.stdout)',
    )
    asked = opponents.pairs(tmp_path)
    ours = dict.fromkeys((one.part for one in asked), 0.99)
    found = opponents._logic(program, asked, ours)
    theirs = found["turkish_companies_logic_v2_f1"]
    assert theirs.value < 0.5 and theirs.holds and theirs.bar == "<= ours 0.990"
    assert found["logic_v2_pair_us"].value == pytest.approx(1000 / len(asked))
    assert 0 < found["logic_v2_cut"].value <= 1


def test_opponents_belong_to_one_bench_and_are_told_where_they_cannot_be_had(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="no opponents"):
        run("ingest", settings, None, 1, rivals=True)

    def refused(_: Settings) -> Path:
        raise WorkStopped("pip said: no such thing.")

    monkeypatch.setattr(environment, "python", refused)
    found = opponents.measure(settings, tmp_path, 300)
    assert (
        math.isnan(found["opponents"].value) and "not installable here: pip said" in found["opponents"].unit
    )
    assert json.loads(json.dumps(found["invented_f1"].as_json()))["bar"] == ">= 0.955"
    assert 0 < found["invented_recall_at_0.99"].value <= 1 and found["invented_relink_f1"].value > 0
    assert found["invented_recall_at_0.999"].value <= found["invented_recall_at_0.99"].value


def test_febrl_is_read_and_both_ways_of_linking_are_measured(settings: Settings, tmp_path: Path) -> None:
    header = "rec_id,given_name,surname,street_number,address_1,address_2,suburb,postcode,state,date_of_birth,soc_sec_id"
    lines = [
        f"rec-{number}-{what},{given},{surname},{number},green street,,newtown,20{number:02},nsw,1970010{number % 9 + 1},99887{number:02}"
        for number, (given, surname) in enumerate(
            (g, s) for g in ("nihat", "sevgi", "agron", "levan") for s in ("kaya", "demir", "orman")
        )
        for what in ("org", "dup-0")
    ]
    for name, part in (("febrl3", lines), ("febrl4a", lines[::2]), ("febrl4b", lines[1::2])):
        (tmp_path / f"{name}.csv").write_text("\n".join([header, *part]), encoding="utf-8")
    program = stub(
        tmp_path,
        f"import pathlib, shutil\n[shutil.copy(one, sys.argv[3]) for one in pathlib.Path({str(tmp_path)!r}).glob('*.csv')]\n"
        'print("{}")',
    )
    found = records.febrl(settings, program)
    assert set(found) == {"febrl3_f1", "febrl3_relink_f1", "febrl4_f1", "febrl4_relink_f1"}
    assert found["febrl3_f1"].value == 1.0 and found["febrl4_f1"].holds
    assert not list(settings.home.iterdir())


@given(SCORED)
def test_the_best_cut_is_best(told: list[tuple[float, bool]]) -> None:
    cut = opponents.best_cut(told)
    assert all(opponents.f1(told, number / 100) <= opponents.f1(told, cut) for number in range(1, 101))


@given(st.lists(st.tuples(st.floats(-9, 9), st.booleans()), max_size=30))
def test_recall_falls_as_the_precision_asked_for_rises(told: list[tuple[float, bool]]) -> None:
    said = [Said(*one) for one in told]
    same = max(sum(one.right for one in said), 1)
    found = [records.recall_at(said, same, share) for share in (0.5, 0.9, 1.0)]
    assert found == sorted(found, reverse=True) and all(0 <= one <= 1 for one in found)


def test_pairs_make_groups_and_groups_an_f1() -> None:
    things = [described("Person", name, ()) for name in "abcd"]
    told = Truth(things, [1, 1, 1, 2])
    assert records.grouped(records.joins(told, [("a", "b"), ("b", "c")]), told.parties) == 1.0
    assert records.grouped(records.joins(told, [("a", "b")]), told.parties) == pytest.approx(0.5)
    assert Figure(records.grouped("abcd", told.parties), "").value == 0.0
