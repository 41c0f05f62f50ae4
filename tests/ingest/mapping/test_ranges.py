"""Numbered groups of a description, written once."""

from __future__ import annotations

from graphintel.ingest.mapping.ranges import spelt_out


def test_columns_are_written_out_with_their_other_names_and_nobody_misses_them() -> None:
    given = {
        "columns": {
            "person{1..2}_name": ["persons.#.name"],
            "seal{2..3}": None,
            "place": ["spot"],
            "no": {"required": True},
        }
    }
    assert spelt_out(given)["columns"] == {
        "person1_name": {"required": False, "aliases": ["persons.1.name"]},
        "person2_name": {"required": False, "aliases": ["persons.2.name"]},
        "seal2": {"required": False, "aliases": []}, "seal3": {"required": False, "aliases": []},
        "place": ["spot"], "no": {"required": True},
    }  # fmt: skip


def test_words_of_parts_are_written_out_also_in_tables_and_inner_parts() -> None:
    given = {
        "parts": [
            {"for": ["a", "person{1..2}"], "parts": [{"for": [{"g": "x{8..9}_", "role": "r"}]}]},
            {"each": "Item"},
        ]
    }
    outer, other = spelt_out(given)["parts"]
    assert outer["for"] == ["a", "person1", "person2"]
    assert outer["parts"][0]["for"] == [{"g": "x8_", "role": "r"}, {"g": "x9_", "role": "r"}]
    assert other == {"each": "Item"}


def test_what_has_no_range_stays_as_it_is() -> None:
    given = {"columns": {"a": None, 5: "b"}, "parts": [{"for": ["x"]}], "title": "t{1..2}"}
    assert spelt_out(given) == given
    assert spelt_out({"columns": "wrong", "parts": "wrong"}) == {"columns": "wrong", "parts": "wrong"}
