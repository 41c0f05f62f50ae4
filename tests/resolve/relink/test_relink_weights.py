"""Weights that are learned without labels: the same for a seed, additive, and better than guessing on an invented population."""

from __future__ import annotations

import sys
from math import isclose, log2
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linked import population

from graphintel.errors import InputError
from graphintel.model.values import clean
from graphintel.resolve.features import described
from graphintel.resolve.relink import MODELS, hash_of, learned, open_held, predicted, row
from graphintel.resolve.relink.learn import steadied

PERSON = MODELS["Person"]
Row = dict[str, Any]


def linked(folder: Path, least: float = 0.5, cap: int = 300) -> tuple[Row, list[Row], dict[str, int]]:
    """The weights and pairs of a population, and whom each statement is about."""
    folder.mkdir()
    told = list(population(300))
    with open_held(folder, 512) as held:
        held.begin(PERSON)
        held.add(PERSON, [row(one.one, f"e{one.one.id}", PERSON) for one in told])
        assert held.ready(PERSON, cap) == len(told)
        using = learned(held.api, "Person", PERSON, 7)
        pairs = list(held.pairs(predicted(held.api, "Person", using, least)))
    return using, pairs, {one.one.id: one.person for one in told}


def test_the_same_statements_and_seed_give_the_same_weights_and_pairs(tmp_path: Path) -> None:
    (one, pairs, who), (other, again, _) = linked(tmp_path / "a"), linked(tmp_path / "b")
    assert hash_of(one) == hash_of(other)
    names = [(pair["unique_id_l"], pair["unique_id_r"]) for pair in pairs]
    assert names == [(pair["unique_id_l"], pair["unique_id_r"]) for pair in again]
    right = sum(who[left] == who[right] for left, right in names)
    assert right / len(names) >= 0.9 and right >= 70, f"{right} of {len(names)} right, of 100"
    share = one["probability_two_random_records_match"]
    for pair in pairs:
        bits = sum(value for name, value in pair.items() if name.startswith("mw_"))
        assert isclose(pair["match_weight"], log2(share / (1 - share)) + bits, abs_tol=1e-9)
        assert pair["match_probability"] >= 0.5


def test_statements_of_one_thing_are_no_pair_and_common_keys_bring_nothing_together(tmp_path: Path) -> None:
    told = [one.one for one in population(60)]
    with open_held(tmp_path, 512) as held:
        held.begin(PERSON)
        held.add(PERSON, [row(one, "all of them", PERSON) for one in told])
        held.add(PERSON, [row(one, "all of them", PERSON) for one in told])
        assert held.ready(PERSON) <= len(told)
        table = predicted(held.api, "Person", PERSON.settings(), 0.001)
        assert list(held.pairs(table)) == []
        held.begin(PERSON)
        held.add(PERSON, [row(one, f"e{one.id}", PERSON) for one in told])
        held.ready(PERSON, cap=1)
        assert list(held.pairs(predicted(held.api, "Person", PERSON.settings(), 0.001))) == []


def test_nothing_to_learn_from_leaves_the_weights_as_they_were(tmp_path: Path) -> None:
    stated = (("name", clean("name", "Yorgo Kastrinos")),)
    with open_held(tmp_path, 512) as held:
        held.begin(PERSON)
        held.add(PERSON, [])
        held.add(PERSON, [row(described("Person", name, stated), name, PERSON) for name in ("m1", "m2")])
        assert held.ready(PERSON) == 2
        using = learned(held.api, "Person", PERSON, 7)
    start = PERSON.settings()["comparisons"][1]["comparison_levels"]
    assert using["comparisons"][1]["comparison_levels"][1]["m_probability"] == start[1]["m_probability"]
    assert 0 < using["probability_two_random_records_match"] <= 0.5


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_agreement_never_speaks_against(drawn: list[float]) -> None:
    before = PERSON.settings()
    found = PERSON.settings()
    for level, m in zip(found["comparisons"][0]["comparison_levels"][1:], drawn, strict=False):
        level["m_probability"] = m
    found["comparisons"][2]["comparison_levels"][1].pop("m_probability")
    levels = steadied(found, before)["comparisons"][0]["comparison_levels"][1:]
    assert all(level["m_probability"] >= level["u_probability"] for level in levels[:-1])
    assert 0.001 < levels[-1]["m_probability"] <= levels[-1]["u_probability"]


def test_a_statement_becomes_plain_texts_and_a_wrong_number_says_nothing() -> None:
    stated = (
        ("name", clean("name", "Αλέξανδρος Καστρινός")), ("birth_date", clean("date", "1971-03-14")),
        ("passport", clean("passport", "AB1234567")), ("phone", clean("phone", "+30 21 0555 0101")),
        ("national_id", clean("national_id", "10000000147", country="TR")),
    )  # fmt: skip
    made = row(described("Person", "m1", stated), "e1", PERSON)
    assert (made["birth"], made["birth_year"], made["passport"]) == ("1971-03-14", "1971", "AB1234567")
    assert made["national_id"] is None and made["key_national_id"] is None and made["city"] is None
    assert made["key_name_year"] == f"{made['bones']}|1971" and made["key_name_city"] is None
    empty = row(described("Company", "m2", ()), "e2", MODELS["Company"])
    assert all(value is None for name, value in empty.items() if name not in ("unique_id", "entity"))


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    with (
        pytest.raises(InputError, match=r"install graphintel\[relink\]") as caught,
        open_held(tmp_path, 512),
    ):
        raise AssertionError("it must not open")
    assert caught.value.exit_code == 2
