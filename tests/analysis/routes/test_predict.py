"""Countries foretold: sums, backing off, recency, no peeping at the row's own answer, better than the table."""

from __future__ import annotations

import random
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphintel.analysis.routes import predict
from graphintel.analysis.routes.experts import COUNTRIES, PARAMETERS, Experts, probability, start_parameters
from graphintel.analysis.routes.frequency import FrequencyTable, transit
from graphintel.analysis.routes.measure import FLOOR, compared, scores
from graphintel.analysis.routes.predict import CountryModel, fit
from graphintel.analysis.routes.seizures import SeizureRow

START = 738_000
BOUND = {("IR", "TR"): ["DE", "NL", "TR"], ("SY", "TR"): ["TR", "TR", "BG"], ("TR", "BG"): ["DE", "RO", "BG"]}


def _rows(count: int, first: int, seed: int) -> list[SeizureRow]:
    """Invented seizures: a destination by way, with many goods so that the finest context is often new."""
    draw = random.Random(seed)
    rows = []
    for place in range(count):
        way = draw.choice(list(BOUND))
        where = draw.choices(BOUND[way], [6, 3, 1])[0]
        goods = f"goods {draw.randrange(60)}"
        rows.append(
            SeizureRow(first + place // 3, goods, way[0], None, where, way[1], draw.choice(["road", "sea"]))
        )
    return rows


@lru_cache
def _model() -> CountryModel:
    return fit(_rows(600, START, 1))


def test_each_list_sums_to_one_with_other() -> None:
    for row in _rows(20, START + 300, 2):
        answer = _model().predict(row, 3)
        for ranked in (answer.destination, answer.transit):
            values = [p for _, p in ranked.countries]
            assert sum(values) + ranked.other == pytest.approx(1, abs=1e-9)
            assert values == sorted(values, reverse=True) and len(values) <= 3
            assert ranked.other >= 0


PLACES = st.sampled_from(["IR", "TR", "DE", "BR", None])


@settings(max_examples=25, deadline=None)
@given(PLACES, PLACES, st.sampled_from(["goods 1", "never seen"]), st.integers(0, 10**6))
def test_all_countries_together_are_one(
    departure: str | None, seizing: str | None, goods: str, seed: int
) -> None:
    experts = Experts([(row, row.destination or "", 1.0) for row in _rows(60, START, 3)])
    row = SeizureRow(None, goods, departure, None, None, seizing, "road")
    named = sorted({"IR", "TR", "DE", "BR", "NL", "BG", "RO", "SY"})
    rest = [f"-{number}" for number in range(COUNTRIES - len(named))]
    parameters = start_parameters() + np.random.default_rng(seed).normal(0, 1, PARAMETERS)
    values = probability(experts.look([(row, named + rest)]), parameters)
    assert values.sum() == pytest.approx(1, abs=1e-6)
    assert np.all(values >= 0)


def test_the_answer_of_the_row_itself_is_not_looked_at() -> None:
    row = _rows(1, START + 300, 5)[0]
    blank = row._replace(destination=None, transit=None, day=None)
    assert _model().predict(row) == _model().predict(blank)


def test_a_seizing_country_never_met_still_gets_an_answer() -> None:
    answer = _model().predict(SeizureRow(None, "goods 1", "TR", None, None, "GR", "road"), 5)
    countries = dict(answer.destination.countries)
    assert answer.alike == 0
    assert countries.keys() & {"GR", "DE"}
    assert 0 < answer.destination.other < 0.5


def test_goods_never_met_back_off_to_the_way() -> None:
    answer = _model().predict(SeizureRow(None, "something new", "IR", None, None, "TR", "road"), 2)
    assert [country for country, _ in answer.destination.countries] == ["DE", "NL"]


def test_what_is_recent_counts_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(predict, "HALF_LIVES", (180.0, float("inf")))
    old = [SeizureRow(START + n, "oil", "IR", None, "DE", "TR", f"t{n}") for n in range(400)]
    new = [SeizureRow(START + 1500 + n, "oil", "IR", None, "RO", "TR", f"t{n}") for n in range(300)]
    model = fit([*old, *new])
    answer = dict(
        model.predict(SeizureRow(None, "oil", "IR", None, None, "TR", "truck")).destination.countries
    )
    assert answer["RO"] > answer["DE"]
    assert model.parameters["destination"]["half_life"] is not None


def test_better_than_the_frequency_table_on_what_comes_next() -> None:
    train, test = _rows(600, START, 1), _rows(400, START + 220, 9)
    ours = scores(test, _model().distribution)
    theirs = scores(test, FrequencyTable(train).distribution)
    gap = compared(ours, theirs, draws=300)
    assert gap["loss"].high < 0
    assert gap["top1"].mean > 0 and gap["top3"].mean >= 0


def test_the_same_rows_give_the_same_model_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(predict, "HALF_LIVES", (365.0,))
    rows = _rows(210, START, 4)
    mixed = random.Random(0).sample(rows, len(rows))
    asked = rows[0]
    first, again = (fit(part).distribution(asked) for part in (rows, mixed))
    assert first == pytest.approx(again)


def test_json_is_the_contracts_line() -> None:
    told = _model().predict(_rows(1, START + 300, 5)[0], 2).as_json(7)
    assert {"row", "destination", "transit", "destination_other", "transit_other"} <= told.keys()
    assert told["row"] == 7 and set(told["destination"][0]) == {"country", "p"}


def test_without_history_everything_is_other() -> None:
    answer = fit([]).predict(SeizureRow(None, "oil", None, None, None, None))
    assert answer.destination == answer.transit == ([], 1.0)


def test_the_table_backs_off_in_the_promised_order() -> None:
    rows = [
        SeizureRow(None, "oil", "IR", None, "DE", "TR"), SeizureRow(None, "tea", "IR", None, "NL", "TR"),
        SeizureRow(None, "tea", "SY", None, "TR", "TR"), SeizureRow(None, "tea", "TR", None, "RO", "BG"),
    ]  # fmt: skip
    table = FrequencyTable(rows)
    ask = SeizureRow(None, "oil", "IR", None, None, "TR")
    assert table.distribution(ask) == {"DE": 1.0}
    assert table.distribution(ask._replace(commodity="tin")) == {"DE": 0.5, "NL": 0.5}
    assert table.distribution(ask._replace(departure="GE"))["TR"] == pytest.approx(1 / 3)
    assert table.distribution(ask._replace(departure="GE", seizing="GR"))["RO"] == 0.25
    assert FrequencyTable(rows, transit).distribution(ask) == {"TR": 1.0}
    assert FrequencyTable([]).distribution(ask) == {}


def test_scores_and_their_difference() -> None:
    rows = [SeizureRow(None, "", None, None, country, "TR") for country in ("DE", "NL")]
    good = scores(rows, lambda row: {"DE": 0.6, "NL": 0.4})
    bad = scores(rows, lambda row: {"BG": 1.0})
    assert good.means()["top1"] == 0.5 and good.means()["top3"] == 1
    assert bad.loss.tolist() == pytest.approx([-np.log(FLOOR)] * 2)
    gap = compared(good, bad, draws=50)["top3"]
    assert gap == (1.0, 1.0, 1.0)
    assert good.part(np.array([True, False])).top1.tolist() == [1.0]
