"""Who is likely a service provider: many clients for its role, mostly in that role; a bank by its name."""

from __future__ import annotations

import pytest

from graphintel.model.served import Served
from graphintel.resolve.providers import proposals


def served(name: str, clients: int, *, role: str = "declarant", uses: int = 100, links: int = 110) -> Served:
    """A company in a role."""
    return Served(name, "Company", name, role, uses, clients, links)


def test_many_clients_for_the_role_and_mostly_in_it() -> None:
    found = proposals(
        [served("broker", 40), served("small", 9), served("usual", 11), served("trader", 40, links=1000), served("most", 90)],
        {"declarant": 3.0},
    )  # fmt: skip
    assert [one.served.id for one in found] == ["most", "broker"]
    assert found[0].usual == 3.0 and found[0].share == pytest.approx(100 / 110)


def test_what_is_usual_depends_on_the_role() -> None:
    rows = [served("haulier", 30, role="carrier"), served("office", 30, role="address")]
    assert [one.served.id for one in proposals(rows, {"carrier": 9.0, "address": 1.0})] == ["office"]


@pytest.mark.parametrize("name", ["Çınarlı Bankası A.Ş.", "Akçamlı Bank", "Banka Novopotok AD"])
def test_a_bank_is_one_by_its_name(name: str) -> None:
    (found,) = proposals([served(name, 20)], {})
    assert found.served.role == "bank"


def test_nothing_is_proposed_of_nothing() -> None:
    assert proposals([], {}) == [] and proposals([served("x", 50, uses=0, links=0)], {}) == []
