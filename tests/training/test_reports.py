"""Seizure reports, movements and notices, row by row."""

from __future__ import annotations

from collections import Counter

from graphintel.model.grading import SCALES
from graphintel.training import Truth

Rows = list[dict[str, str]]


def test_movements_state_what_their_type_needs(tables: dict[str, Rows]) -> None:
    needed = {
        "border-crossing": ("plate", "direction"), "plate-reading": ("plate", "sensor"), "port-call": ("vessel_name", "imo"),
        "container-status": ("container",), "flight": ("flight",),
    }  # fmt: skip
    kinds = Counter(row["type"] for row in tables["movements-csv"])
    assert set(kinds) == set(needed)
    for row in tables["movements-csv"]:
        assert all(row[column] for column in needed[row["type"]]), row
        assert row["direction"] in ("in", "out", "")


def test_lorries_cross_gates_in_the_right_direction(tables: dict[str, Rows], answers: Truth) -> None:
    gates = [row for row in tables["movements-csv"] if row["place"] in ("Gürbulak", "Esendere")]
    assert gates and "in" in {row["direction"] for row in gates}
    bulgarian = [row for row in tables["movements-csv"] if row["place"] == "Kapitan Andreevo"]
    assert {row["direction"] for row in bulgarian} == {"in", "out"}
    assert answers.places["Kapitan Andreevo"]["country"] == "BG"


def test_one_plate_is_written_in_several_ways(tables: dict[str, Rows]) -> None:
    written: dict[str, set[str]] = {}
    for row in tables["movements-csv"]:
        if row["plate_country"] == "TR":
            bare = row["plate"].replace(" ", "").replace("-", "").upper()
            written.setdefault(bare, set()).add(row["plate"])
    assert max(len(forms) for forms in written.values()) >= 3


def test_seizures_use_the_vocabularies(tables: dict[str, Rows]) -> None:
    rows = tables["cen-seizures"]
    assert {row["flow"] for row in rows} <= {"import", "export", "transit"}
    assert {row["location_type"] for row in rows} <= {"land boundary", "seaport", "airport"}
    assert {row["product_group"] for row in rows} == {
        "Tobacco", "Drugs", "Tax/duty fraud", "Cultural goods", "Cash", "Medicines",
    }  # fmt: skip
    assert all(int(row["quantity"]) > 0 and float(row["value"]) > 0 and row["unit"] for row in rows)
    assert {row["country"] for row in rows} == {"TR", "BG"}
    assert any(len(row["departure"]) > 2 for row in rows), "a country by its name"
    assert any("/" in row["transit"] for row in rows)


def test_grades_exist_in_their_scheme(tables: dict[str, Rows]) -> None:
    for row in tables["partner-notice"]:
        scale = SCALES[row["grade_scheme"]]
        assert row["source_grade"] in scale.source
        assert row["information_grade"] in scale.information
        assert row["handling"] in ("", *scale.handling)
        assert row["handling_text"] or row["handling"] not in ("C", "H3")
    assert {row["grade_scheme"] for row in tables["partner-notice"]} == set(SCALES)


def test_tips_come_from_the_hotline_and_are_weak(tables: dict[str, Rows]) -> None:
    tips = [row for row in tables["partner-notice"] if row["type"] == "tip"]
    assert tips
    assert all(row["partner"] == "Hotline" and not row["deadline"] and row["company_name"] for row in tips)
    assert all(
        (row["source_grade"], row["information_grade"]) not in {("A", "1"), ("B", "2")} for row in tips
    )


def test_requests_have_a_deadline_after_their_date(tables: dict[str, Rows]) -> None:
    requests = [row for row in tables["partner-notice"] if row["type"] == "request"]
    assert requests and all(row["deadline"] > row["date"] for row in requests)


def test_notices_of_nobody_name_no_member(tables: dict[str, Rows], answers: Truth) -> None:
    planted = {number for group in answers.groups for number in group["notices"]}
    people = {member["passport"] for group in answers.groups for member in group["members"]}
    idle = [row for row in tables["partner-notice"] if row["notice_no"] not in planted]
    assert len(idle) == 60 - len(planted)
    assert not [row for row in idle if row["person_passport"] in people]
