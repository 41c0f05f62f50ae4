"""Learning the weights of a model without labels, and finding the pairs that they make likely; on any engine of Splink's.

u, how often others agree, is counted on random pairs; m, how often the same agree, by expectation maximisation
(Fellegi and Sunter 1969; Winkler 1988) on pairs that agree in one field, for the other fields.
"""

from __future__ import annotations

import copy
import hashlib
import logging
from typing import TYPE_CHECKING, Any

import orjson

from graphintel.resolve.relink.model import Model, Settings, held_equal

if TYPE_CHECKING:
    from splink.internals.database_api import DatabaseAPI
    from splink.internals.linker import Linker

# Of the same things so many are taken to be found by the sure rules.
_RECALL = 0.8
_RANDOM, _LEARNED = 2e6, 1e6
_ROUNDS = (25, 8, 3)
_LEAST = 1e-9
# What the same were never seen to differ in, they still may.
_SELDOM = 0.002
# What is of one run or one engine says nothing about the model.
_M, _U = "m_probability", "u_probability"
_SHARE = "probability_two_random_records_match"
_NOT_MODEL = ("linker_uid", "sql_dialect")


def learned(api: DatabaseAPI[Any], table: str, model: Model, seed: int) -> Settings:
    """The settings of a model with the weights that a table teaches; the same table and seed give the same."""
    start = {**model.settings(), _SHARE: _share(api, table, model)}
    linker = _linker(api, table, start)
    linker.training.estimate_u_using_random_sampling(max_pairs=_RANDOM, seed=seed, num_chunks=1)
    counted = steadied(linker.misc.save_model_to_json(), start)
    # Learning on no pair at all would leave the model without its other fields.
    taught = [_taught(api, table, counted, names) for names in model.training if _meet(linker, table, names)]
    return steadied(_together(counted, [one for one in taught if one]), start)


def _taught(api: DatabaseAPI[Any], table: str, before: Settings, names: tuple[str, ...]) -> Settings | None:
    """What the pairs teach that agree in some columns, of the other fields; None if they teach nothing that can be used."""
    for rounds in _ROUNDS:
        linker = _linker(api, table, {**before, "max_iterations": rounds})
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                held_equal(names), max_pairs=_LEARNED
            )
        except ValueError:
            # A level that nothing supports sinks below what a float can say; it sinks less in fewer rounds.
            continue
        return linker.misc.save_model_to_json()
    return None


def _together(before: Settings, taught: list[Settings]) -> Settings:
    """The mean of what was taught, for each level that was."""
    found = copy.deepcopy(before)
    for place, comparison in enumerate(found["comparisons"]):
        for number, level in enumerate(comparison["comparison_levels"]):
            said = [one["comparisons"][place]["comparison_levels"][number].get(_M) for one in taught]
            moved = [m for m in said if isinstance(m, float) and m != level.get(_M)]
            if moved:
                level[_M] = sum(moved) / len(moved)
    return found


def _share(api: DatabaseAPI[Any], table: str, model: Model) -> float:
    """The share of all pairs that are of one thing, from what surely is."""
    linker = _linker(api, table, model.settings())
    try:
        linker.training.estimate_probability_two_random_records_match(
            [held_equal(names) for names in model.sure], recall=_RECALL
        )
    except ValueError:
        # Nearly all pairs agree: there is no saying from that how many are the same.
        return float(model.settings()[_SHARE])
    return _bounded(linker.misc.save_model_to_json()[_SHARE])


def _meet(linker: Linker, table: str, names: tuple[str, ...]) -> bool:
    """Whether any two rows have the same values in some columns."""
    stated = " AND ".join(f"{name} IS NOT NULL" for name in names)
    several = f"SELECT 1 AS one FROM {table} WHERE {stated} GROUP BY {', '.join(names)} HAVING count(*) > 1"
    misc: Any = linker.misc
    return bool(misc.query_sql(f"{several} LIMIT 1").as_record_list())


def steadied(found: Settings, before: Settings) -> Settings:
    """A learned model that can be used: what was not learned stays as it was, and agreement never speaks against it."""
    told = {name: value for name, value in copy.deepcopy(found).items() if name not in _NOT_MODEL}
    told[_SHARE] = _bounded(told[_SHARE])
    for rule in told["blocking_rules_to_generate_predictions"]:
        rule.pop("sql_dialect", None)
    for comparison, start in zip(told["comparisons"], before["comparisons"], strict=True):
        levels = zip(comparison["comparison_levels"], start["comparison_levels"], strict=True)
        weighed = [pair for pair in levels if not pair[0].get("is_null_level")]
        for place, (level, old) in enumerate(weighed):
            m, u = (
                max(_stated(level.get(name), old[name]), least)
                for name, least in ((_M, _SELDOM), (_U, _LEAST))
            )
            rest = place == len(weighed) - 1
            steady = min(m, u) if rest else max(m, u)
            # The order in which an engine adds up is not always the same; the last digits are left out.
            level[_M], level[_U] = _rounded(steady), _rounded(u)
    return told


def _stated(found: object, before: float) -> float:
    """A weight if it was learned; it is told in words where nothing was seen to learn it from."""
    return float(found) if isinstance(found, int | float) else before


def _bounded(share: float) -> float:
    return _rounded(min(max(share, _LEAST), 0.5))


def _rounded(share: float) -> float:
    return float(f"{share:.6g}")


def hash_of(model: Settings) -> str:
    """The name of a learned model: the start of the SHA-256 of its settings and weights."""
    return hashlib.sha256(orjson.dumps(model, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]


def predicted(api: DatabaseAPI[Any], table: str, model: Settings, least: float) -> str:
    """The name of a table with the pairs of a probability of at least `least`, with the bits of each field."""
    linker = _linker(api, table, model)
    found = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
    return str(found.physical_name)


def _linker(api: DatabaseAPI[Any], table: str, settings: Settings) -> Linker:
    from splink import Linker

    linker = Linker(api.register(table), copy.deepcopy(settings), log_level=None)
    # What it tells of its own steps is for its developers.
    logging.getLogger("splink").setLevel(logging.ERROR)
    return linker
