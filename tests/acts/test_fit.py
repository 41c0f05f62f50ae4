"""Weights fitted to what people said: taken if they do no worse, gone back from, and never taught by the program itself."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from fabric import load, mention, record

from graphintel.acts import compare, fit, judge, weights, why
from graphintel.acts.session import Session
from graphintel.errors import InputError
from graphintel.resolve.fit import held_out
from graphintel.resolve.score import shipped

pytestmark = pytest.mark.neo4j
HARD = Path(__file__).parents[1] / "resolve" / "hard_pairs.csv"


def told(session: Session, key: str, **values: str) -> str:
    """A person in a declaration of their own; the id of the statement."""
    one = mention(key, "Person", **values)
    event = mention(key, "Declaration", number=key, date="2024-05-01")
    load(session.store, [record(key, key, event, [("CONSIGNEE", one, {})])])
    return one.id


def file(path: Path, rows: list[dict[str, str]]) -> Path:
    """A file of pairs."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def names(tmp_path: Path, *, wrong: bool = False) -> Path:
    """Pairs of persons' names, half of them one; `wrong`: what is fitted to says the contrary of what is kept back."""
    rows = []
    for number in range(60):
        same = number % 2 == 0
        left, right = "Hasan Karaçınar", "KARACINAR Hasan" if same else "Ayşe Demirtepe"
        turned = wrong and not held_out(f"pairs/g{number}")
        rows.append({"left": left, "right": right, "kind": "Person", "group": f"g{number}",
                     "verdict": "same" if same != turned else "different"})  # fmt: skip
    return file(tmp_path / "pairs.csv", rows)


def test_a_file_teaches_and_what_was_taken_is_used_until_gone_back(session: Session) -> None:
    one, other = told(session, "1", name="Yorgo Demirtepe"), told(session, "2", name="Georgios Demirtepe")
    before = why.why(session, one, other)
    done = fit.fit(session, pairs=HARD, judged=False, anyway=True)
    assert done["taken"] and done["pairs"] > 400 and done["held_out"]["after"]["f1"] > 0.8
    assert done["held_out"]["after"]["calibration_error"] < 0.1 and done["version"].startswith("fit-")
    held = weights.listed(session.settings)
    assert [row["in_use"] for row in held] == [False, True] and held[1]["pairs"] > 100
    after = why.why(session, one, other)
    assert after["model"] == done["version"] != before["model"] and after["bits"] != before["bits"]
    assert compare.compare(session).model == done["version"]
    weights.use(session.settings, "shipped")
    assert (
        why.why(session, one, other)["bits"] == before["bits"]
        and weights.current(session.settings) == shipped()
    )
    weights.use(session.settings, done["version"])
    assert weights.current(session.settings).hash() == done["hash"]


def test_what_does_worse_on_what_was_kept_back_is_not_taken(session: Session, tmp_path: Path) -> None:
    done = fit.fit(session, pairs=names(tmp_path, wrong=True), judged=False)
    assert not done["taken"] and not done["better"] and weights.current(session.settings) == shipped()
    assert done["held_out"]["after"]["f1"] < done["held_out"]["before"]["f1"]
    assert [row["in_use"] for row in weights.listed(session.settings)] == [True, False]


def test_persons_teach_and_the_program_does_not(session: Session) -> None:
    sure = {"birth_date": "1971-03-14", "email": "y.demirtepe@deneme.example", "nationality": "GR"}
    told(session, "a", name="Yorgo Demirtepe", **sure)
    told(session, "b", name="Γιώργος Δεμίρτεπε", **sure)
    assert compare.compare(session).automatic == 1
    with pytest.raises(InputError, match="There are 0 judged pairs"):
        fit.fit(session)
    made = [(mention(f"l{number}", "Person", name="Hasan Karaçınar"),
             mention(f"r{number}", "Person", name="KARACINAR HASAN" if number % 2 else "Ayşe Demirtepe"))
            for number in range(80)]  # fmt: skip
    load(session.store, [
        record(one.source, "1", mention(one.source, "Declaration", number="1", date="2024-05-01"), [("CONSIGNEE", one, {})])
        for pair in made for one in pair
    ], size=50)  # fmt: skip
    for number, (left, right) in enumerate(made):
        judge.judge(session, left.id, right.id, "same" if number % 2 else "different", reason="known")
    done = fit.fit(session)
    assert done["judgements"] == done["pairs"] == 80 and done["listed"] == 0
    assert 20 <= done["held_out"]["after"]["pairs"] <= 60 and done["held_out"]["after"]["f1"] == 1.0


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"left": "a b", "right": "a b", "group": "1"}], "has no column verdict"),
        ([{"left": "a b", "right": "a b", "verdict": "perhaps"}], "row 1 says 'perhaps'"),
        ([{"left": "a b", "right": "a b", "verdict": "same"}], "at least 10"),
        ([{"who": "a b", "verdict": "same"}], "wanted are"),
    ],
)
def test_what_cannot_teach_is_told(
    session: Session, tmp_path: Path, rows: list[dict[str, str]], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        fit.fit(session, pairs=file(tmp_path / "pairs.csv", rows), judged=False)
    assert not weights.folder(session.settings).exists()


def test_weights_that_were_changed_or_are_not_there_are_refused(session: Session, tmp_path: Path) -> None:
    done = fit.fit(session, pairs=names(tmp_path), judged=False, anyway=True)
    with pytest.raises(InputError, match="There are no weights"):
        weights.use(session.settings, "fit-of-nobody")
    path = Path(done["file"])
    path.write_bytes(path.read_bytes().replace(b'"cut": ', b'"cut": 0.1e'))
    with pytest.raises(InputError, match="fit them again"):
        weights.current(session.settings)
