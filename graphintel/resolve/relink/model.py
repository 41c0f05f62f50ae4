"""What is compared, by kind, as data: levels in SQL that DuckDB and Spark read alike, and the keys that bring rows together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Settings = dict[str, Any]
# Of two values that are one letter apart; both engines count letters so.
NEAR = "levenshtein({0}_l, {0}_r) <= {1}"
EQUAL = "{0}_l = {0}_r"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of agreement: its condition, and how often it is met by the same (m) and by others (u) before anything is learned."""

    label: str
    condition: str
    m: float
    u: float
    rare: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field: a row that does not state `column` says nothing; levels from the strongest, and the rest.

    `shown`: the column that people are shown, if it is another one.
    """

    field: str
    column: str
    levels: tuple[Level, ...]
    shown: str = ""

    @property
    def rest(self) -> tuple[float, float]:
        """m and u of values that meet no level."""
        return (
            max(1 - sum(one.m for one in self.levels), 0.001),
            max(1 - sum(one.u for one in self.levels), 0.001),
        )

    def settings(self) -> Settings:
        """The comparison as Splink reads it."""
        absent = f"{self.column}_l IS NULL OR {self.column}_r IS NULL"
        m, u = self.rest
        levels: list[Settings] = [
            {"sql_condition": absent, "label_for_charts": "absent", "is_null_level": True}
        ]
        for one in self.levels:
            level = {
                "sql_condition": one.condition, "label_for_charts": one.label, "m_probability": one.m, "u_probability": one.u,
            }  # fmt: skip
            if one.rare:
                level["tf_adjustment_column"] = one.rare
            levels.append(level)
        levels.append(
            {"sql_condition": "ELSE", "label_for_charts": "other", "m_probability": m, "u_probability": u}
        )
        return {"output_column_name": self.field, "comparison_levels": levels}


@dataclass(frozen=True, slots=True)
class Model:
    """How the things of a kind are compared.

    `keys`: the columns whose values together bring two rows together; `training`: columns held equal while the others
    learn; `sure`: columns that, all equal, are taken for the same when it is counted how many there are.
    """

    kind: str
    comparisons: tuple[Comparison, ...]
    compared: tuple[str, ...]
    keys: dict[str, tuple[str, ...]]
    training: tuple[tuple[str, ...], ...]
    sure: tuple[tuple[str, ...], ...]

    def settings(self) -> Settings:
        """The whole model as Splink reads it, whatever engine it runs on."""
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "unique_id",
            "additional_columns_to_retain": ["entity"],
            "retain_matching_columns": True,
            "retain_intermediate_calculation_columns": True,
            "probability_two_random_records_match": 0.0001,
            "comparisons": [one.settings() for one in self.comparisons],
            "blocking_rules_to_generate_predictions": [
                {"blocking_rule": held_equal((key,))} for key in self.keys
            ],
        }


def held_equal(names: tuple[str, ...]) -> str:
    """The condition that two rows have the same values in some columns."""
    return " AND ".join(f"l.{name} = r.{name}" for name in names)


def _equal(column: str, m: float, u: float) -> Level:
    return Level("equal", EQUAL.format(column), m, u)


def _near(column: str, letters: int, m: float, u: float) -> Level:
    return Level("near", NEAR.format(column, letters), m, u)


def _far(column: str, letters: int, m: float, u: float) -> Level:
    return Level("far", NEAR.format(column, letters), m, u)


def _plain(field: str, m: float, u: float) -> Comparison:
    """A field whose values are equal or not."""
    return Comparison(field, field, (_equal(field, m, u),))


def _number(field: str) -> Comparison:
    return Comparison(field, field, (_equal(field, 0.9, 0.0001), _near(field, 1, 0.05, 0.0005)))


_NAME = (
    Level("equal", EQUAL.format("name"), 0.5, 0.0005, "name"),
    Level("sound", EQUAL.format("bones"), 0.25, 0.001, "bones"),
    _near("name", 2, 0.1, 0.004),
)
_PERSON = Comparison("name", "bones", (
    *_NAME,
    Level("part", "(given_l = given_r OR family_l = family_r OR given_l = family_r OR family_l = given_r)", 0.1, 0.03),
), "name")  # fmt: skip
_BIRTH = Comparison("birth", "birth", (
    _equal("birth", 0.85, 0.0001),
    _near("birth", 1, 0.08, 0.002),
    Level("year", EQUAL.format("birth_year"), 0.04, 0.015),
))  # fmt: skip
_PLACE = (
    Comparison(
        "address",
        "address",
        (_equal("address", 0.4, 0.0005), _near("address", 3, 0.2, 0.001), _far("address", 8, 0.1, 0.01)),
    ),
    Comparison("city", "city", (_equal("city", 0.7, 0.05), _near("city", 2, 0.1, 0.01))),
    Comparison("postcode", "postcode", (_equal("postcode", 0.7, 0.01), _near("postcode", 1, 0.1, 0.02))),
)
_REACH = (_plain("phone", 0.6, 0.0005), _plain("email", 0.6, 0.0005))

PERSON = Model(
    "Person",
    (
        _PERSON, _BIRTH, _plain("gender", 0.97, 0.5), _plain("country", 0.9, 0.4), _number("passport"), _number("national_id"),
        *_REACH, *_PLACE,
    ),
    (
        "name", "bones", "given", "family", "birth", "birth_year", "gender", "country", "passport", "national_id", "phone",
        "email", "city", "postcode", "address",
    ),
    {
        "key_name_year": ("bones", "birth_year"), "key_name_city": ("bones", "city"), "key_name_country": ("bones", "country"),
        "key_family_city": ("family", "city"), "key_given_city": ("given", "city"), "key_birth_city": ("birth", "city"),
        "key_family_postcode": ("family", "postcode"), "key_given_postcode": ("given", "postcode"),
        "key_birth_postcode": ("birth", "postcode"), "key_address": ("address",), "key_family_birth": ("family", "birth"), "key_given_birth": ("given", "birth"), "key_passport": ("passport",),
        "key_national_id": ("national_id",), "key_phone": ("phone",), "key_email": ("email",),
    },
    (("bones",), ("birth",), ("passport",), ("national_id",)),
    (("bones", "birth"), ("passport",), ("national_id",)),
)  # fmt: skip


def _firm(kind: str) -> Model:
    """Firms and other bodies: own words, trade and form apart, and the registers' numbers."""
    return Model(
        kind,
        (
            Comparison("name", "bones", _NAME, "name"), _plain("trade", 0.8, 0.2), _plain("form", 0.8, 0.4), _plain("country", 0.9, 0.4),
            _number("tax_id"), _number("registry_no"), *_REACH, *_PLACE,
        ),
        (
            "name", "bones", "trade", "form", "country", "tax_id", "registry_no", "phone", "email", "city", "postcode", "address",
        ),
        {
            "key_name": ("bones",), "key_name_country": ("bones", "country"), "key_name_city": ("bones", "city"),
            "key_start_city": ("given", "city"), "key_tax_id": ("tax_id",), "key_registry_no": ("registry_no",),
            "key_phone": ("phone",), "key_email": ("email",), "key_address": ("address",),
        },
        (("bones",), ("tax_id",), ("phone",), ("address",)),
        (("tax_id",), ("registry_no",), ("bones", "address")),
    )  # fmt: skip


MODELS = {one.kind: one for one in (PERSON, _firm("Company"), _firm("Organisation"))}
