"""Names of communities: made of what members share and others do not, and of nothing else."""

from __future__ import annotations

import numpy as np
from columned import Said, columns_of

from graphintel.analysis.projection import Projection, project
from graphintel.analysis.shared import named, shared

KINDS = {
    **{f"p{n}": "Person" for n in range(6)}, **{f"d{n}": "Declaration" for n in range(6)},
    "truck": "Vehicle", "road": "Address", "gate": "Place", "port": "Place", "hs1": "Commodity", "lone": "Phone",
}  # fmt: skip


def world() -> list[Said]:
    """Two groups of three: one drives a truck through a port with hs1, the other lives at one address; all pass a gate."""
    said = []
    for number in range(6):
        said += [Said(f"d{number}", "CONSIGNEE", f"p{number}"), Said(f"d{number}", "CLEARED_AT", "gate")]
        if number < 3:
            said += [
                Said(f"d{number}", "BY_MEANS_OF", "truck"), Said(f"d{number}", "CARRIES", "hs1"),
                Said(f"d{number}", "BOUND_FOR", "port"),
            ]  # fmt: skip
        else:
            said.append(Said(f"p{number}", "LOCATED_AT", "road"))
    return [*said, Said("p0", "USES", "lone")]


def halves(projection: Projection) -> np.ndarray:
    """The first three people are community 0, the others 1, what they share goes with them."""
    first = {"p0", "p1", "p2", "truck", "lone"}
    return np.array([0 if name in first else 1 for name in projection.network.names], dtype=np.int32)


def test_what_only_members_touch_makes_the_name() -> None:
    projection = project(columns_of(KINDS, world()))
    found = shared(projection, halves(projection))
    assert {one.id for one in found[0]} == {"truck", "hs1", "port"}
    assert [(one.id, one.members, one.own) for one in found[1]] == [("road", 3, 1.0)]
    assert sorted(named(found[0]).split(" · ")) == ["HS1", "PORT", "TRUCK"]
    assert named(found[1]) == "ROAD" and named([]) == ""


def test_what_one_member_has_alone_and_what_most_touching_are_outside_is_no_mark() -> None:
    projection = project(
        columns_of(KINDS, [*world(), *(Said(f"d{n}", "BOUND_FOR", "port") for n in (3, 4, 5))])
    )
    marks = {one.id for some in shared(projection, halves(projection)).values() for one in some}
    assert "lone" not in marks and "port" not in marks
    alone = shared(projection, np.arange(projection.network.size, dtype=np.int32))
    assert alone == {}


def test_who_sees_no_name_is_given_the_id() -> None:
    columns = columns_of(KINDS, world())
    columns.labels = ["" for _ in columns.labels]
    projection = project(columns)
    assert named(shared(projection, halves(projection))[1]) == "road"


def test_a_network_of_nothing_shares_nothing() -> None:
    projection = project(columns_of({"a": "Person", "b": "Person"}, []))
    assert shared(projection, np.zeros(0, dtype=np.int32)) == {}
