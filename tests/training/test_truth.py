"""The answers agree with the files: who and what is planted can be found there by search."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from graphintel.model.gazetteer.places import find_place
from graphintel.model.values import clean, key
from graphintel.training import Truth

Rows = list[dict[str, str]]


def test_there_are_seven_groups_of_ten_to_twenty_five(answers: Truth) -> None:
    assert len(answers.groups) == 7
    assert {group["commodity"] for group in answers.groups} == {
        "tobacco", "drugs", "fuel", "cultural goods", "cash", "medicines",
    }  # fmt: skip
    for group in answers.groups:
        assert 10 <= len(group["members"]) <= 25
        assert 1 <= len(group["routes"]) <= 2
        assert group["members"][0] == group["organiser"]


def test_every_member_company_vehicle_and_phone_stands_in_some_file(
    answers: Truth, texts: dict[str, str]
) -> None:
    everything = "".join(texts.values())
    bare = everything.replace(" ", "").replace("-", "").upper()
    for group in answers.groups:
        for member in group["members"]:
            assert member["passport"] in everything, member
        for company in group["companies"]:
            assert (company["tax_id"] or company["name"]) in everything, company
        for lorry in group["vehicles"]:
            assert lorry["plate"].replace(" ", "").replace("-", "") in bare, lorry
        assert group["organiser"]["phone"] in everything
        assert [address for address in group["addresses"] if address in everything]


def test_seizures_and_notices_of_a_group_name_it(answers: Truth, tables: dict[str, Rows]) -> None:
    reports = {row["report_no"]: row for row in tables["cen-seizures"]}
    notices = {row["notice_no"]: row for row in tables["partner-notice"]}
    declared = {row["registration_no"] for row in tables["declarations-csv"]}
    for group in answers.groups:
        people = {member["passport"] for member in group["members"]}
        phones = set(group["phones"])
        assert len(group["seizures"]) >= 10 and len(group["notices"]) >= 4
        for number in group["seizures"]:
            row = reports[number]
            assert {row["person1_passport"], row["person2_passport"]} <= people
            assert row["declaration_no"] in declared and row["declaration_no"] in group["declarations"]
            assert row["conveyance_id"] and row["company1_name"]
        for number in group["notices"]:
            assert notices[number]["phone"] in phones or notices[number]["person_passport"] in people


def test_seizures_of_nobody_name_no_member(answers: Truth, tables: dict[str, Rows]) -> None:
    planted = {number for group in answers.groups for number in group["seizures"]}
    people = {member["passport"] for group in answers.groups for member in group["members"]}
    lone = [row for row in tables["cen-seizures"] if row["report_no"] not in planted]
    assert len(lone) > 40
    assert not [row for row in lone if row["person1_passport"] in people or row["person2_name"]]


def test_declarations_of_a_group_stand_in_its_fronts_names(
    answers: Truth, tables: dict[str, Rows], world: Path
) -> None:
    rows = {row["registration_no"]: row for row in tables["declarations-csv"]}
    documents = "".join(path.read_text(encoding="utf-8") for path in world.glob("*/*.xml"))
    for group in answers.groups:
        numbers = {company["tax_id"] for company in group["companies"]} | {""}
        assert len(group["declarations"]) == 40
        for number in group["declarations"]:
            if number in rows:
                assert rows[number]["consignee_tax_id"] in numbers
            else:
                assert number.removeprefix("C ") in documents


def test_a_group_uses_its_broker_only_in_part(answers: Truth, tables: dict[str, Rows]) -> None:
    rows = {row["registration_no"]: row for row in tables["declarations-csv"]}
    for group in answers.groups:
        declarants = [rows[number]["declarant_tax_id"] for number in group["declarations"] if number in rows]
        share = declarants.count(group["broker"]["tax_id"]) / len([one for one in declarants if one])
        assert 0.35 < share < 0.95


def test_brokers_have_two_hundred_clients_by_their_numbers(answers: Truth, tables: dict[str, Rows]) -> None:
    clients: dict[str, set[str]] = defaultdict(set)
    for row in tables["declarations-csv"]:
        side = "exporter_id" if row["declaration_type"] == "EX" else "consignee_tax_id"
        if row[side]:
            clients[row["declarant_tax_id"]].add(row[side])
    assert len(answers.brokers) == 3
    for broker in answers.brokers:
        assert len(clients[broker["tax_id"]]) >= 200
        assert broker["clients"] >= 200


def test_written_forms_stand_in_their_source_and_lead_to_their_key(
    answers: Truth, texts: dict[str, str]
) -> None:
    forms: dict[str, set[str]] = defaultdict(set)
    for written, source, identity in answers.same:
        forms[identity].add(written)
        stem = written.replace('"', '""')
        assert stem in texts[source].replace("&amp;", "&"), (written, source)
    planted = {company["key"] for group in answers.groups for company in group["companies"] if company["key"]}
    assert planted <= set(forms)
    assert sum(len(names) > 3 for names in forms.values()) > 20
    scripts = ["".join(names) for identity, names in forms.items() if identity.startswith("eori:BG")]
    assert any("О" in text and "o" in text for text in scripts), "Cyrillic and Latin for one firm"


def test_no_two_planted_things_share_a_key(answers: Truth) -> None:
    keys = [
        thing["key"]
        for group in answers.groups
        for part in ("members", "companies", "vehicles")
        for thing in group[part]
    ]
    stated = [identity for identity in keys if identity]
    assert len(stated) == len(set(stated))


def _stops(row: dict[str, str]) -> set[str]:
    return {row[name] for name in ("border_office", "exit_office", "office", "loading_place")} - {""}


def _written(answers: Truth, route: list[str]) -> set[str]:
    return {form for name in route for form in answers.places[name]["written"]}


def test_true_routes_hold_all_that_the_files_saw_of_a_trip(answers: Truth, tables: dict[str, Rows]) -> None:
    rows = {row["registration_no"]: row for row in tables["declarations-csv"]}
    reports = {row["declaration_no"]: row for row in tables["cen-seizures"]}
    for group in answers.groups:
        for number in group["declarations"]:
            route = answers.routes[number]
            assert any(list(habit[: len(route)]) == route for habit in group["routes"])
            if number in reports:
                assert reports[number]["place"] in _written(answers, route[-1:])
            elif number in rows:
                assert _stops(rows[number]) <= _written(answers, route)


def test_part_of_the_legs_is_stated_by_no_file(answers: Truth, tables: dict[str, Rows]) -> None:
    rows = {row["registration_no"]: row for row in tables["declarations-csv"]}
    silent = 0
    for group in answers.groups:
        for number in set(group["declarations"]) & set(rows):
            stated = " ".join(rows[number].values())
            inland = [name for name in answers.routes[number] if answers.places[name]["country"] == "TR"]
            silent += any(not _written(answers, [name]) & set(stated.split()) for name in inland)
    assert silent > 60


def test_every_place_is_known_to_the_gazetteer_as_written(answers: Truth, tables: dict[str, Rows]) -> None:
    assert len(answers.places) > 35
    for name, place in answers.places.items():
        assert place["key"], name
        for form in place["written"]:
            found = find_place(form, place["country"])
            assert found and found.key == place["key"], form
    known = {form for place in answers.places.values() for form in place["written"]}
    for row in tables["movements-csv"]:
        assert row["place"] in known and (not row["place_code"] or row["place_code"] in known)


def test_near_misses_differ_where_they_should(answers: Truth, texts: dict[str, str]) -> None:
    everything = "".join(texts.values())
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in answers.near_misses:
        kinds[entry["kind"]].append(entry)
    assert {kind: len(entries) for kind, entries in kinds.items()} == {
        "same name, other birth date": 7,
        "similar company name": 7,
        "same phone prefix": 7,
        "vehicle sold between owners": 7,
    }
    for entry in kinds["same name, other birth date"]:
        assert entry["innocent"]["birth_date"] != entry["planted"]["birth_date"]
        assert entry["innocent"]["passport"] in everything
    for entry in kinds["similar company name"]:
        assert (
            entry["innocent"]["tax_id"] != entry["planted"]["tax_id"]
            and entry["innocent"]["tax_id"] in everything
        )
        assert entry["innocent"]["name"] != entry["planted"]["name"]
    for entry in kinds["same phone prefix"]:
        assert entry["innocent"]["phone"][:-1] == entry["planted"]["phone"][:-1]
        assert entry["innocent"]["phone"] in everything and entry["planted"]["phone"] in everything


def test_a_sold_lorry_has_lawful_trips_first_and_the_groups_after(
    answers: Truth, tables: dict[str, Rows]
) -> None:
    planted = {number for group in answers.groups for number in group["declarations"]}
    for entry in (entry for entry in answers.near_misses if entry["kind"].startswith("vehicle")):
        wanted = key("plate", clean("plate", entry["plate"], country=entry["plate_country"]))
        days: dict[bool, list[str]] = {True: [], False: []}
        for row in tables["declarations-csv"]:
            value = clean(
                "plate", row["vehicle_departure"].partition("/")[0], country=row["vehicle_departure_country"]
            )
            if key("plate", value) == wanted:
                day = row["registration_date"]
                iso = "-".join(reversed(day.split("."))) if "." in day else day
                days[row["registration_no"] in planted].append(iso)
        assert len(days[False]) >= 3
        assert max(days[False]) < "2023-09-01" <= min(days[True], default="2023-09-01")
