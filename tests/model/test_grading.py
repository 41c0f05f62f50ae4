"""Grades: every scheme, every conversion, and what a grade means for a line and for release."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphintel.errors import InputError
from graphintel.model.grading import (
    SCALES,
    UNJUDGED,
    Grade,
    checked,
    confidence,
    convert,
    parse_grade,
    regraded,
    rows,
    scale,
    strictest,
    strictness,
)

ALL = [
    Grade(name, source, information, handling, "only for this case" if handling == "H3" else "")
    for name, item in SCALES.items()
    for source, information, handling in itertools.product(
        item.source, item.information, ("", *item.handling)
    )
]
CODES = st.sampled_from(["", "H0", "H1", "H2", "H3", "1", "2", "3", "4", "5", "P", "C"])


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("B2", Grade("admiralty", "B", "2")),
        ("b/2", Grade("admiralty", "B", "2")),
        ("4x4: A1 H1", Grade("4x4", "A", "1", "H1")),
        ("4x4 A1 H1", Grade("4x4", "A", "1", "H1")),
        ("Europol 4x4: X4", Grade("4x4", "X", "4")),
        ("4x4: B3 H3 only for the joint team", Grade("4x4", "B", "3", "H3", "only for the joint team")),
        ("5x5x5: E41", Grade("5x5x5", "E", "4", "1")),
        ("UK 5x5x5: B/2/5", Grade("5x5x5", "B", "2", "5")),
        ("3x5x2: 1B P", Grade("3x5x2", "1", "B", "P")),
        ("3x5x2: 2D C ask first", Grade("3x5x2", "2", "D", "C", "ask first")),
        ("NATO: F6", Grade("admiralty", "F", "6")),
        ("B2 H0", Grade("admiralty", "B", "2", "H0")),
    ],
)
def test_written_grades(written: str, grade: Grade) -> None:
    assert parse_grade(written) == grade


def test_scheme_of_a_source_holds_where_none_is_written() -> None:
    assert parse_grade("X4 H2", scheme="4x4") == Grade("4x4", "X", "4", "H2")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("G2", "'G' is no source grade of Admiralty"),
        ("A7", "'7' is no information grade"),
        ("4x4: D1", "it has A, B, C, X"),
        ("4x4: A1 H3", "give their text"),
        ("3x5x2: 1A H1", "no handling code"),
        ("7x7: A1", "no grading scheme '7x7'"),
        ("", "is no grade"),
        ("reliable", "is no grade"),
        ('["admiralty"]', "is no stored grade"),
        ('["admiralty"', "is no stored grade"),
        ('["admiralty","B",2]', "is no stored grade"),
        ('["admiralty","B","9"]', "no information grade"),
    ],
)
def test_what_is_no_grade_is_told(written: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        parse_grade(written)


def test_every_grade_survives_storing_and_writing() -> None:
    for grade in ALL:
        assert parse_grade(grade.text) == checked(grade) == grade
        if grade.handling != "H3":
            assert parse_grade(grade.label) == grade
    full = Grade("4x4", "A", "1", "H3", 'with "quotes"', "SELEC", "2024-03-05")
    assert parse_grade(full.text) == full
    assert Grade("admiralty", "B", "2").text == '["admiralty","B","2"]'


def test_conversion_never_raises_a_grade_nor_frees_handling() -> None:
    for grade, scheme in itertools.product(ALL, SCALES):
        other = convert(grade, scheme)
        assert checked(other) == other
        assert all(new >= old for new, old in zip(rows(other), rows(grade), strict=True)), (grade, other)
        assert strictness(other.handling) >= strictness(grade.handling)
        if grade.handling not in ("", "H0", "P", "1", "2", "3") and other.handling in ("C", "5", "H3"):
            assert other.handling_text or grade.scheme == scheme or strictness(grade.handling) == 0
        assert convert(other, scheme) == other


def test_conversion_never_speaks_against_a_good_source() -> None:
    for grade, scheme in itertools.product(ALL, SCALES):
        for old, new in zip(rows(grade), rows(convert(grade, scheme)), strict=True):
            assert old == UNJUDGED or (old < 3) == (new < 3) or new == UNJUDGED
            assert old != UNJUDGED or new == UNJUDGED


@pytest.mark.parametrize(
    ("written", "scheme", "label"),
    [
        ("A1", "4x4", "4x4: A1"),
        ("C4", "4x4", "4x4: X4"),
        ("D5", "5x5x5", "5x5x5: D5"),
        ("B4", "3x5x2", "3x5x2: 2E"),
        ("4x4: C3 H2", "5x5x5", "5x5x5: D3 4"),
        ("4x4: B1 H1", "3x5x2", "3x5x2: 2A C"),
        ("5x5x5: A1 4", "4x4", "4x4: A1 H2"),
        ("3x5x2: 3E P", "admiralty", "D5 H0"),
    ],
)
def test_conversion(written: str, scheme: str, label: str) -> None:
    assert convert(parse_grade(written), scheme).label == label


def test_converted_condition_keeps_its_meaning() -> None:
    assert "judicial" in convert(parse_grade("4x4: A1 H1"), "3x5x2").handling_text


@pytest.mark.parametrize(
    ("written", "basis", "expected"),
    [
        ("A1", "reported", "confirmed"),
        ("B1", "observed", "confirmed"),
        ("B2", "declared", "probable"),
        ("C3", "reported", "probable"),
        ("C1", "reported", "probable"),
        ("F1", "reported", "unconfirmed"),
        ("A4", "reported", "unconfirmed"),
        ("A1", "inferred", "unconfirmed"),
        ("", "declared", "probable"),
        ("", "observed", "probable"),
        ("", "reported", "unconfirmed"),
        ("", "inferred", "unconfirmed"),
    ],
)
def test_line_of_a_link(written: str, basis: str, expected: str) -> None:
    assert confidence(parse_grade(written) if written else None, basis) == expected


def test_converting_never_makes_a_line_firmer() -> None:
    order = ("confirmed", "probable", "unconfirmed")
    for grade, scheme in itertools.product(ALL, SCALES):
        before, after = confidence(grade, "reported"), confidence(convert(grade, scheme), "reported")
        assert order.index(after) >= order.index(before)


@given(st.lists(CODES, max_size=6))
def test_strictest_is_one_of_them_and_no_order_matters(codes: list[str]) -> None:
    worst = strictest(codes)
    assert worst in (codes or [""])
    assert strictness(worst) == max(map(strictness, codes), default=0)
    assert strictest(reversed(codes)) == worst
    assert strictest([strictest(codes[:3]), strictest(codes[3:])]) == worst


def test_court_and_release() -> None:
    assert [strictness(code) for code in ("H0", "H1", "h2", "H3")] == [0, 1, 2, 3]
    with pytest.raises(InputError, match="no handling code 'H9'"):
        strictness("H9")


def test_every_scale_can_say_that_it_cannot_judge_and_speaks_turkish() -> None:
    for item in SCALES.values():
        assert scale(item.name) is item
        for levels in (item.source, item.information):
            assert [level.row for level in levels.values()].count(UNJUDGED) == 1
            assert all(level.title and level.title_tr for level in levels.values())


@pytest.mark.parametrize(
    ("old", "new", "label", "text"),
    [
        ("B2", "C3", "C3", ""),
        ("B2 H2", "C3", "C3 H2", ""),
        ("B2 H1", "C3 H2", "C3 H2", ""),
        ("4x4: A1 H2", "5x5x5: B2 1", "5x5x5: B2 4", ""),
        ("B2 H3 ask first", "A1 H0", "A1 H3", "ask first"),
        ("B2 H3 ask first", "A1 H3 not abroad", "A1 H3", "not abroad; ask first"),
    ],
)
def test_grading_again_never_frees_handling(old: str, new: str, label: str, text: str) -> None:
    found = parse_grade(regraded(parse_grade(old).text, parse_grade(new).text))
    assert (found.label, found.handling_text) == (label, text)


def test_grading_again_as_before_changes_nothing() -> None:
    for grade in ALL:
        assert regraded(grade.text, grade.text) == grade.text
