"""Circular reporting: one story through several partners is one origin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphintel.model.corroboration import Told, independent, origins
from graphintel.model.grading import Grade


def notice(name: str, partner: str, reference: str = "", text: str = "") -> Told:
    """A notice of a partner that may quote an origin."""
    content = {
        "notice_no": name,
        "partner": partner,
        "origin_reference": reference,
        "text": text,
        "plate": "34ABC123",
    }
    return Told(name, "partner-notice", content, Grade("admiralty", "B", "2", provider=partner).text)


def test_three_partners_who_quote_one_source_are_one_origin() -> None:
    told = [
        notice("1", "Alfa", "BC-2024-17"),
        notice("2", "Beta", "bc 2024/17"),
        notice("3", "Gama", "BC-2024-17"),
    ]
    assert independent(told) == 1
    assert independent([*told, notice("4", "Delta", "S-9")]) == 2


def test_the_same_story_through_two_partners_is_one_origin() -> None:
    story = "Said to carry cigarettes behind a false wall"
    told = [notice("1", "Alfa", text=story), notice("2", "Beta", text=story.upper())]
    assert independent(told) == 1
    assert independent([told[0], notice("3", "Beta", text="A lorry seen at night near the old mill")]) == 2


def test_few_words_may_be_the_same_by_chance() -> None:
    assert independent([notice("1", "Alfa", text="see file"), notice("2", "Beta", text="see file")]) == 2


def test_a_partner_who_says_it_twice_is_one_origin_and_so_is_a_register() -> None:
    assert independent([notice("1", "Alfa", text="one"), notice("2", "Alfa", text="two")]) == 1
    rows = [
        Told(str(n), "declarations-csv", {"plate": "34ABC123"}, '["admiralty","B","2"]') for n in range(5)
    ]
    assert independent(rows) == 1
    assert independent([*rows, Told("m", "movements-csv", {"plate": "34ABC123"})]) == 2


def test_a_reference_links_what_partners_say_in_other_words() -> None:
    chain = [
        notice("1", "Alfa", "R-1", "first words about a red lorry"), notice("2", "Beta", "R-2", "first words about a red lorry"),
        notice("3", "Gama", "R-2", "quite other words about it all"),
    ]  # fmt: skip
    assert independent(chain) == 1 and independent([chain[0], chain[2]]) == 2


RECORDS = st.lists(
    st.builds(notice, st.uuids().map(str), st.sampled_from(["Alfa", "Beta", "Gama"]),
              st.sampled_from(["", "R-1", "R-2"]), st.sampled_from(["", "one two three four", "other words stand here"])),
    max_size=8, unique_by=lambda one: one.id,
)  # fmt: skip


@given(RECORDS, RECORDS)
def test_one_more_record_adds_at_most_one_origin_and_order_says_nothing(
    some: list[Told], more: list[Told]
) -> None:
    assert independent(some) == independent(reversed(some)) <= len(some)
    for record in more:
        assert independent([*some, record]) <= independent(some) + 1
        assert independent([*some, record, record]) == independent([*some, record])
    assert (independent(some) == 0) == (not some)
    assert all(origins(record) for record in some)
