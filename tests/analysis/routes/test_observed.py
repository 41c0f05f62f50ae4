"""Observed legs: ordered inside an event, counted over events, never drawn without a record."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphintel.analysis.routes.observed import RECORDS_SHOWN, PlaceLink, legs, ways

TYPES = ["DEPARTED_FROM", "VIA", "CLEARED_AT", "SEIZED_AT", "SEEN_AT", "BOUND_FOR"]


def link(event: str, type_name: str, place: str, seq: int = 0, at: str = "2024-05-01") -> PlaceLink:
    return PlaceLink(event, type_name, seq, place, at, f"{event}-{type_name}-{seq}", f"record-{event}", "3")


def test_a_way_runs_from_departure_over_transit_to_destination() -> None:
    given_ = [
        link("e", "BOUND_FOR", "BG"), link("e", "VIA", "Mersin", 2), link("e", "VIA", "Gürbulak", 1),
        link("e", "DEPARTED_FROM", "IR"), link("e", "SEIZED_AT", "Kapıkule"),
    ]  # fmt: skip
    assert [one.place for one in ways(given_)["e"]] == ["IR", "Gürbulak", "Mersin", "Kapıkule", "BG"]
    found = {(leg.source, leg.target): leg.count for leg in legs(given_)}
    assert found == {
        ("IR", "Gürbulak"): 1,
        ("Gürbulak", "Mersin"): 1,
        ("Mersin", "Kapıkule"): 1,
        ("Kapıkule", "BG"): 1,
    }


def test_a_country_is_left_out_where_a_place_in_it_is_named() -> None:
    given_ = [
        link("e", "DEPARTED_FROM", "TR")._replace(country="TR", exact=False),
        link("e", "CLEARED_AT", "Gaziantep")._replace(country="TR"),
        link("e", "BOUND_FOR", "IQ")._replace(country="IQ", exact=False),
    ]
    assert [(leg.source, leg.target) for leg in legs(given_)] == [("Gaziantep", "IQ")]


def test_passages_add_up_with_first_and_last_day() -> None:
    given_ = []
    for number, day in enumerate(("2024-03-01", "2023-01-05", "2024-09-30")):
        event = f"e{number}"
        given_ += [link(event, "DEPARTED_FROM", "IR", at=day), link(event, "BOUND_FOR", "TR", at=day)]
    (leg,) = legs(given_)
    told = leg.as_json()
    assert (told["count"], told["first"], told["last"], told["mode"]) == (3, "2023-01-05", "2024-09-30", "3")
    assert told["records_total"] == 3 and told["basis"] == "observed"


def test_the_same_place_twice_running_is_no_leg() -> None:
    assert legs([link("e", "DEPARTED_FROM", "TR"), link("e", "CLEARED_AT", "TR")]) == []
    assert legs([link("e", "SEEN_AT", "Kapıkule")]) == [] and legs([]) == []


def test_records_come_by_the_page() -> None:
    given_ = [one for n in range(30) for one in (link(f"e{n}", "VIA", "A"), link(f"e{n}", "BOUND_FOR", "B"))]
    told = legs(given_)[0].as_json()
    assert len(told["records"]) == RECORDS_SHOWN and told["records_total"] == 30


places = st.sampled_from(["A", "B", "C", "D"])


@given(
    st.lists(
        st.tuples(st.sampled_from(["e", "f"]), st.sampled_from(TYPES), places, st.integers(0, 3)), max_size=12
    )
)
def test_legs_do_not_depend_on_the_order_of_links(rows: list[tuple[str, str, str, int]]) -> None:
    unique = {
        f"{event}{type_name}{seq}": link(event, type_name, place, seq)
        for event, type_name, place, seq in rows
    }
    forward = [leg.as_json() for leg in legs(unique.values())]
    backward = [leg.as_json() for leg in legs(reversed(list(unique.values())))]
    strip = [{key: leg[key] for key in ("source", "target", "count", "first", "last")} for leg in forward]
    assert strip == [
        {key: leg[key] for key in ("source", "target", "count", "first", "last")} for leg in backward
    ]
    assert all(leg["source"] != leg["target"] for leg in forward)
