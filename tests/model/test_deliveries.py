"""What deliveries and re-gradings amount to, whatever was taken back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphintel.model.deliveries import Act, Delivery, delivered, opened, standing, winner
from graphintel.model.grading import parse_grade, strictness

B2, C3, D4 = (parse_grade(text).text for text in ("B2", "C3", "D4"))


def came(batch: int, grade: str = B2, marking: int = 1, act: Act = "load", reading: str = "1") -> Delivery:
    """A delivery of one batch."""
    return Delivery(batch, 0, reading, grade, marking, act)


def grade(*history: Delivery, gone: tuple[int, ...] = ()) -> str:
    """The grade that a history stands at."""
    stands = standing(history, gone)
    assert stands is not None
    return parse_grade(stands.grade).label


def test_the_last_delivery_stands_and_taking_it_back_brings_the_one_before() -> None:
    history = [came(1, B2), came(2, C3), came(3, D4, reading="2")]
    assert grade(*history) == "D4"
    assert grade(*history, gone=(3,)) == "C3"
    assert grade(*history, gone=(2, 3)) == "B2"
    assert standing(history, (1, 2, 3)) is None


def test_the_same_file_again_leaves_what_a_person_graded() -> None:
    history = [came(1, B2), came(2, C3, act="regrade"), came(3, B2)]
    assert grade(*history) == "C3"
    assert grade(*history, gone=(2,)) == "B2"
    assert grade(*history, came(4, D4)) == "D4"


def test_a_regrading_before_any_delivery_is_of_nothing() -> None:
    assert standing([came(2, C3, act="regrade")]) is None
    assert grade(came(1), came(2, C3, act="regrade"), came(3), gone=(1,)) == "B2"


def test_markings_only_add_up() -> None:
    stands = standing([came(1, marking=3), came(2, marking=1), came(3, marking=2)], (3,))
    assert stands is not None and stands.markings == (1, 3)


def test_handling_never_becomes_freer() -> None:
    history = [came(1, parse_grade("B2 H2").text), came(2, parse_grade("A1 H0").text)]
    assert grade(*history) == "A1 H2"
    provider = standing([came(1, '["admiralty","B","2","","","ofis"]'), came(2, C3)])
    assert provider is not None and parse_grade(provider.grade).provider == "ofis"


def test_of_two_versions_of_a_row_the_last_stands() -> None:
    first, second = [came(1)], [came(2)]
    histories = {"a": [*first, came(3)], "b": second}
    assert winner(histories) == "a"
    assert winner(histories, gone={3}) == "b"
    assert winner(histories, gone={2, 3}) == "a"
    assert winner(histories, full=4) is None
    assert winner({"a": [Delivery(1, 5, "1", B2, 1)], "b": [Delivery(1, 7, "1", B2, 1)]}) == "b"


def test_a_record_that_comes_twice_in_a_batch_stands_where_it_came_last() -> None:
    first, last = Delivery(1, 2, "1", B2, 1), Delivery(1, 9, "1", B2, 1)
    assert delivered([first], last) == [last]
    assert delivered([first, came(1, act="regrade")], last)[0].act == "regrade"


HANDLED = st.sampled_from(
    ["B2", "C3", "A1 H1", "4x4: B2 H2", "5x5x5: C3 5", "3x5x2: 2D P", "D4 H3 ask first"]
)
HISTORIES = st.lists(
    st.builds(
        lambda batch, order, text, marking, act: Delivery(
            batch, order, "1", parse_grade(text).text, marking, act
        ),
        st.integers(1, 9), st.integers(0, 3), HANDLED, st.integers(1, 4), st.sampled_from(["load", "regrade"]),
    ),
    max_size=8, unique_by=lambda one: (one.batch, one.order),
)  # fmt: skip


@given(HISTORIES, st.sets(st.integers(1, 9)))
def test_what_is_taken_back_might_never_have_come(history: list[Delivery], gone: set[int]) -> None:
    remaining = [one for one in history if one.batch not in gone]
    assert standing(history, gone) == standing(remaining) == standing(reversed(remaining))
    assert opened(one.text for one in history) == history


@given(HISTORIES)
def test_the_last_grade_holds_as_strict_as_any_before_it(history: list[Delivery]) -> None:
    stands = standing(history)
    if stands is None:
        assert not any(one.act == "load" for one in history)
        return
    held = parse_grade(stands.grade)
    first = next(one for one in sorted(history, key=lambda one: one[:2]) if one.act == "load")
    assert strictness(held.handling) >= strictness(parse_grade(first.grade).handling)
