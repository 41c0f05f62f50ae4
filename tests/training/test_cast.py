"""The cast before anything is written: market, groups, near misses, trade and sizes."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from graphintel.training import SIZES, case1
from graphintel.training.entities import Group
from graphintel.training.groups import RECIPES, found, plan, true_route
from graphintel.training.lawful import Trade, arrival, offices
from graphintel.training.market import Makers, Market, flag
from graphintel.training.near import near_misses
from graphintel.training.size import MONTHS, days, spread

SMALL = SIZES["small"]


@pytest.fixture(scope="module")
def makers() -> Makers:
    return Makers(Random(4))


@pytest.fixture(scope="module")
def market(makers: Makers) -> Market:
    return Market(makers, SMALL)


@pytest.fixture(scope="module")
def groups(makers: Makers, market: Market) -> list[Group]:
    made = [found(makers, market, number) for number in range(1, len(RECIPES) + 1)]
    for group in made:
        plan(group, makers, market, SMALL)
    return made


@pytest.mark.parametrize("total", [0, 1, 23, 60, 3_000, 299_999])
def test_a_total_is_spread_over_the_months_exactly(total: int) -> None:
    counts = spread(total)
    assert len(counts) == len(MONTHS) == 24 and sum(counts) == total
    if total > 1_000:
        assert counts[0] < counts[9], "trade is slower in January than in October"


def test_months_have_their_days() -> None:
    assert [days(2024, month) for month in (1, 2, 4, 12)] == [31, 29, 30, 31]
    assert days(2023, 2) == 28


def test_great_brokers_serve_hundreds_and_small_ones_few(market: Market) -> None:
    served = Counter(client.broker.number for client in market.clients)
    assert all(served[hub.number] >= 220 for hub in market.hubs)
    assert all(served[small.number] < 60 for small in market.small)


def test_great_hauliers_have_many_lorries(market: Market) -> None:
    sizes = sorted(len(fleet.lorries) for fleet in market.fleets)
    assert sizes[0] == 2 and sizes[-1] >= 40
    plates = [lorry.plate for fleet in market.fleets for lorry, _ in fleet.lorries]
    assert len(plates) == len(set(plates))


def test_clients_trade_by_a_heavy_tail(market: Market) -> None:
    first, hundredth = market.weights[0], market.weights[100] - market.weights[99]
    assert first / hundredth > 8
    assert {flag(land) for land in ("IQ", "AE", "RO", "TR")} == {"SY", "BG", "TR"}


def test_trade_gives_every_client_once_with_its_broker(market: Market) -> None:
    trade = Trade(market, 2_700, [], Random(1))
    trips = [trip for index in range(24) for trip in trade.month(index)]
    assert len(trips) == 2_700
    regular = [trip for trip in trips if trip.pinned]
    assert len(regular) == len(market.clients)
    assert all((trip.day.year, trip.day.month) in MONTHS for trip in trips)
    busy = Counter((trip.consignor if trip.regime == "EX" else trip.consignee).name for trip in trips)
    assert busy.most_common(1)[0][1] > 20


def test_a_declaration_states_entry_exit_and_loading() -> None:
    assert offices("EX", ("Bursa", "Kapıkule", "Kapitan Andreevo", "Sofia")) == (
        "Bursa",
        "Kapıkule",
        "Kapıkule",
        "Bursa",
    )
    assert offices("IM", ("Tbilisi", "Sarpi", "Sarp", "Trabzon")) == ("Sarp", "Sarp", "", "Tbilisi")
    route = ("Tehran", "Bazargan", "Gürbulak", "Kapıkule", "Sofia")
    assert offices("TR", route) == ("Gürbulak", "Gürbulak", "Kapıkule", "Tehran")


def test_groups_share_phone_address_and_lorries(groups: list[Group]) -> None:
    for group in groups:
        assert 10 <= len(group.members) <= 25
        assert group.fronts[0].phone == group.fronts[1].phone == group.organiser.phone == group.phone
        assert group.carrier.address == group.address
        assert sum(front.address == group.address for front in group.fronts) >= 1
        users: dict[str, set[str]] = {}
        for trip in group.trips:
            users.setdefault(trip.vehicle.plate if trip.vehicle else "", set()).add(trip.consignee.name)
        assert len(users) == len(group.vehicles)
        assert any(len(companies) > 1 for companies in users.values()), "one lorry for several fronts"


def test_every_member_has_a_part(groups: list[Group]) -> None:
    for group in groups:
        drivers = {trip.driver.passport for trip in group.trips if trip.driver}
        assert {driver.passport for driver in group.drivers} <= drivers
        seconds = {trip.plan.second for trip in group.trips if trip.plan and trip.plan.second}
        assert group.organiser in seconds and len(seconds) > 2
        assert (
            sum(trip.plan is not None and trip.plan.seized is not None for trip in group.trips)
            == SMALL.seized
        )


def test_a_stopped_trip_ends_where_it_was_stopped_and_is_not_seen_later(groups: list[Group]) -> None:
    for trip in (trip for group in groups for trip in group.trips):
        route, planned = true_route(trip), trip.plan
        assert planned is not None and trip.route[: len(route)] == route
        if planned.seized is None:
            assert route == trip.route
        else:
            assert len(route) == planned.seized + 1
            assert all(stop < planned.seized for stop in planned.seen)


def test_a_trip_reaches_its_stops_in_order(groups: list[Group]) -> None:
    trip = groups[0].trips[0]
    reached = [arrival(trip, stop) for stop in range(len(trip.route))]
    assert reached == sorted(reached) and reached[0] == trip.day


def test_the_staged_case_leaves_mersin_unseen(groups: list[Group]) -> None:
    case = case1.stage(groups[0])
    planned = case.trip.plan
    assert planned is not None and planned.second is groups[0].organiser is not case.trip.driver
    assert [case.trip.route[stop] for stop in planned.seen] == ["Gürbulak"]
    assert case.trip.route[planned.seized or 0] == "Kapıkule"
    assert case.trip.vehicle == case.earlier.vehicle == case.other_gate.vehicle == case.lorry
    assert case.earlier.day < case.trip.day
    assert case.first.phone == case.front.phone and case.first != case.front


def test_near_misses_send_innocent_errands(groups: list[Group], makers: Makers, market: Market) -> None:
    errands, listed = near_misses(groups, makers, market)
    assert len(listed) == 4 * len(groups)
    guilty = {member.passport for group in groups for member in group.members}
    fronts = {firm.number for group in groups for firm in group.companies}
    assert all(errand.driver is None or errand.driver.passport not in guilty for errand in errands)
    assert all(errand.client.firm.number not in fronts for errand in errands)
    assert all((errand.day.year, errand.day.month) in MONTHS for errand in errands)
