"""Training case 1: a notice names a plate and a phone; one lorry in two scripts; a hub broker; a front behind a phone."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphintel.training.entities import Declaration, Firm, Group, Plan, Vehicle
from graphintel.training.spelling import cyrillic_plate


class Case(NamedTuple):
    """The trips, lorry and firms on which the first training case rests."""

    trip: Declaration
    earlier: Declaration
    other_gate: Declaration
    lorry: Vehicle
    first: Firm
    front: Firm


def stage(group: Group) -> Case:
    """Bend the first group's plan to the case: one seized trip, one earlier sighting, one trip by the other gate."""
    usual, other = group.routes
    # The last lorry is the one that was sold: it stays out of the case.
    lorry = next(vehicle for vehicle in group.vehicles[:-1] if vehicle.country == "BG")
    first, front = group.fronts[0], group.fronts[1]
    # The organiser is found beside the driver, so he does not drive here himself.
    planned = [trip for trip in group.trips if trip.plan and trip.driver is not group.organiser]
    mine = [trip for trip in planned if trip.route == usual and trip.consignee == first]
    middle = len(mine) // 2
    trip = mine[middle]
    earlier = next(one for one in reversed(mine[:middle]) if one.plan and one.plan.seized is None)
    gate = next(one for one in planned if one.route == other and one.plan and one.plan.seized is None)
    for one in (trip, earlier, gate):
        one.vehicle, one.pinned = lorry, True
    trip.declarant = group.broker
    trip.containers = trip.containers[:1]
    # Mersin lies between the two sightings and is seen by nobody on this trip: the leg to infer.
    trip.plan = Plan(
        group.number, (usual.index("Gürbulak"),), usual.index("Kapıkule"), group.organiser, case=True
    )
    last = usual.index("Kapitan Andreevo")
    earlier.plan = Plan(
        group.number, (usual.index("Mersin"), last), None, cyrillic=frozenset((last,)), case=True
    )
    return Case(trip, earlier, gate, lorry, first, front)


def told(case: Case, group: Group, notice: str, grade: str, seizure: str) -> dict[str, Any]:
    """The case as the answers tell it, with identifiers as they stand in the files."""
    driver, trip = case.trip.driver, case.trip
    return {
        "group": group.number,
        "notice": notice,
        "notice_grade": grade,
        "plate": case.lorry.plate,
        "plate_country": case.lorry.country,
        "phone": group.phone,
        "vehicle": case.lorry.plate,
        "vehicle_other_script": cyrillic_plate(case.lorry.plate),
        "seizure": seizure,
        "container": trip.containers[0],
        "declaration": trip.number,
        "earlier_declaration": case.earlier.number,
        "other_gate_declaration": case.other_gate.number,
        "first_company": case.first.name,
        "first_company_id": case.first.number,
        "front_company": case.front.name,
        "front_company_id": case.front.number,
        "broker": group.broker.name,
        "broker_id": group.broker.number,
        "organiser": group.organiser.name,
        "organiser_passport": group.organiser.passport,
        "driver": driver.name if driver else "",
        "driver_passport": driver.passport if driver else "",
        "observed": ["Gürbulak", "Kapıkule"],
        "inferred": ["Gürbulak", "Mersin", "Kapıkule"],
        "close": "Kapıkule",
        "alternative": list(group.routes[1]),
        "hits": [case.lorry.plate, cyrillic_plate(case.lorry.plate), group.phone],
    }
