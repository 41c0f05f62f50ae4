"""Statements of one name: what they are called by, and how often an equal name is right about a hidden number."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
from fabric import mention
from hypothesis import given
from hypothesis import strategies as st

from graphintel.resolve.candidates import Index, Measured, entry
from graphintel.resolve.candidates.namesakes import called_as
from graphintel.resolve.features import Features, features

NUMBERS = ("4540536920", "9668845785", "9137506023", "9274571218")


def firm(source: str, name: str, **values: str) -> Features:
    """A firm's statement of a source."""
    stated = {"tax_country": "TR", **values} if "tax_id" in values else values
    return features(mention(source, "Company", name=name, **stated))


def asked(statements: list[Features]) -> list[Measured]:
    """What an index of some statements measures; by hand, each number hidden in turn."""
    names: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    for one in statements:
        for said in called_as(one):
            if said.strong:
                names[said.rule, said.number, said.scheme].append(said.strong)
    told: dict[str, Counter[bool]] = defaultdict(Counter)
    for (rule, *_), numbers in names.items():
        told[rule].update()
        for place, hidden in enumerate(numbers):
            others = set(numbers[:place] + numbers[place + 1 :])
            if len(others) == 1:
                told[rule][hidden in others] += 1
    return sorted(Measured(rule, count[True], count[False]) for rule, count in told.items())


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(NUMBERS)), max_size=25))
def test_every_number_is_hidden_once(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str]]
) -> None:
    statements = [firm(f"s{place}", f"{name * 4}burun Gıda A.Ş.", tax_id=number)
                  for place, (name, number) in enumerate(said)]  # fmt: skip
    with Index.open(tmp_path_factory.mktemp("index"), write=True) as index:
        index.rebuild((entry(one, (1,)) for one in statements), 1)
        assert index.measured() == asked(statements)


def test_who_says_a_name_is_found_with_what_it_is_known_by(tmp_path: Path) -> None:
    known = firm("a", "Aksaray San. ve Tic. Ltd. Şti.", tax_id=NUMBERS[0])
    plain = firm("b", "AKSARAY SANAYİ VE TİCARET LİMİTED ŞİRKETİ")
    phoned = firm("c", "Aksaray San. ve Tic. Ltd. Şti.", address="Gül Cad. 4")
    other = firm("d", "Aksaray Nakliyat Ltd. Şti.")
    with Index.open(tmp_path, write=True) as index:
        index.rebuild((entry(one, (1,)) for one in (known, plain, phoned, other)), 1)
        (number,) = {said.number for said in called_as(plain)}
        found = {one.id: (bool(one.strong), bool(one.bare)) for one in index.namesakes(number, 10)}
        assert found == {known.id: (True, False), plain.id: (False, True), phoned.id: (False, False)}
        assert len(index.namesakes(number, 2)) == 2
        index.remove([known.id])
        assert known.id not in {one.id for one in index.namesakes(number, 10)}
        index.add([entry(plain, (1,))])
        assert len(index.namesakes(number, 10)) == 2


def test_a_number_with_the_name_is_known_without_its_country() -> None:
    home = firm("a", "Aksaray Gıda A.Ş.", tax_id=NUMBERS[0])
    bare = features(mention("b", "Company", name="AKSARAY GIDA ANONİM ŞİRKETİ", tax_id=NUMBERS[0]))
    rules = [{said.rule: said.number for said in called_as(one)} for one in (home, bare)]
    assert rules[0]["name and number"] == rules[1]["name and number"]
    assert [one.strong != 0 for one in (called_as(home)[0], called_as(bare)[0])] == [True, False]


@pytest.mark.parametrize(
    ("kind", "name"), [("Person", "Hasan"), ("Company", "AB"), ("Vehicle", "Hasan Karaçınar"), ("Person", "")]
)
def test_a_name_that_says_too_little_is_not_looked_for(kind: str, name: str) -> None:
    stated = {"name": name} if kind != "Vehicle" and name else {}
    assert called_as(features(mention("a", kind, **stated))) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "decides"),
    [(0, 0, False), (2000, 0, False), (2600, 0, True), (2600, 1, False), (20_000, 8, True), (20_000, 40, False), (0, 9, False)],
)  # fmt: skip
def test_a_rule_decides_where_the_lower_end_reaches_the_bar(right: int, wrong: int, decides: bool) -> None:
    told = Measured("Company name", right, wrong)
    low, high = told.interval
    assert told.decides is decides
    assert 0 <= low <= told.precision <= high <= 1


def test_the_interval_is_jeffreys() -> None:
    # The quantiles of Beta(99.5, 1.5) by scipy.stats.
    low, high = Measured("", 99, 1).interval
    assert low == pytest.approx(0.95422, abs=1e-5) and high == pytest.approx(0.99892, abs=1e-5)
