"""The models of a relink as data: one SQL for both engines, and weights that start where they make sense."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest
import sqlglot

from graphintel.resolve.relink import MODELS, Model, columns
from graphintel.resolve.relink.model import held_equal

KINDS = pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))


def conditions(model: Model) -> list[str]:
    """Every condition that a model asks an engine."""
    settings: dict[str, Any] = model.settings()
    levels = chain.from_iterable(one["comparison_levels"] for one in settings["comparisons"])
    return [
        *(level["sql_condition"] for level in levels if level["sql_condition"] != "ELSE"),
        *(rule["blocking_rule"] for rule in settings["blocking_rules_to_generate_predictions"]),
        *map(held_equal, (*model.training, *model.sure)),
    ]


@KINDS
def test_both_engines_read_the_same_sql(model: Model) -> None:
    for text in conditions(model):
        stated = sqlglot.parse_one(text, read="duckdb")
        assert stated == sqlglot.parse_one(text, read="spark"), text
        assert '"' not in text and "`" not in text
        assert {each.key for each in stated.find_all(sqlglot.exp.Func)} <= {"levenshtein", "and", "or"}, text


@KINDS
def test_every_column_that_is_asked_for_is_there(model: Model) -> None:
    there = set(columns(model))
    for text in conditions(model):
        for column in sqlglot.parse_one(text, read="duckdb").find_all(sqlglot.exp.Column):
            assert column.name.removesuffix("_l").removesuffix("_r") in there, text


@KINDS
def test_agreement_speaks_for_and_the_rest_against_before_anything_is_learned(model: Model) -> None:
    for comparison in model.comparisons:
        assert all(level.m > level.u for level in comparison.levels)
        m, u = comparison.rest
        assert m < u and sum(level.m for level in comparison.levels) < 1
