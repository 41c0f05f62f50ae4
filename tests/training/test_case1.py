"""Training case 1 can be followed through the files, step by step."""

from __future__ import annotations

from graphintel.model.values import clean, key
from graphintel.training import Truth

Rows = list[dict[str, str]]


def _one(rows: Rows, column: str, value: str) -> dict[str, str]:
    return next(row for row in rows if row[column] == value)


def _key(plate: str, country: str) -> str | None:
    return key("plate", clean("plate", plate, country=country))


def test_a_graded_notice_names_a_plate_and_a_phone_and_nobody(
    answers: Truth, tables: dict[str, Rows]
) -> None:
    case = answers.case1
    notice = _one(tables["partner-notice"], "notice_no", case["notice"])
    assert (notice["plate"], notice["plate_country"], notice["phone"]) == (case["plate"], "BG", case["phone"])
    assert [notice[name] for name in ("grade_scheme", "source_grade", "information_grade", "handling")] == [
        "4x4", "B", "2", "H1",
    ]  # fmt: skip
    assert notice["person_name"] == notice["company_name"] == ""
    assert case["notice"] in answers.groups[0]["notices"]


def test_the_seizure_ties_lorry_container_company_people_and_declaration(
    answers: Truth, tables: dict[str, Rows]
) -> None:
    case = answers.case1
    report = _one(tables["cen-seizures"], "report_no", case["seizure"])
    declared = _one(tables["declarations-csv"], "registration_no", case["declaration"])
    assert _key(report["conveyance_id"], report["conveyance_country"]) == _key(case["plate"], "BG")
    assert report["container"] == case["container"] == declared["container"]
    assert report["declaration_no"] == case["declaration"]
    assert report["company1_tax_id"] == case["first_company_id"] == declared["consignee_tax_id"]
    assert report["person1_passport"] == case["driver_passport"] == declared["driver_passport"]
    assert report["person2_passport"] == case["organiser_passport"] != case["driver_passport"]
    assert report["person2_phone"] == case["phone"]
    notice = _one(tables["partner-notice"], "notice_no", case["notice"])
    assert notice["date"] < report["date"]


def test_the_same_lorry_was_seen_in_cyrillic_without_its_country(
    answers: Truth, tables: dict[str, Rows]
) -> None:
    case = answers.case1
    seen = [row for row in tables["movements-csv"] if row["plate"] == case["vehicle_other_script"]]
    nameless = [row for row in seen if not row["plate_country"]]
    assert (
        "Kapitan Andreevo" in {row["place"] for row in nameless} <= {"Kapitan Andreevo", "Lesovo", "Kalotina"}
    )
    assert not case["vehicle_other_script"].isascii()
    assert clean("plate", case["vehicle_other_script"]).verdict == "unknown", (
        "only a person can say that it is the same"
    )
    assert _key(case["vehicle_other_script"], "BG") == _key(case["plate"], "BG")


def test_the_broker_is_a_hub_and_the_front_shows_through_the_phone_only(
    answers: Truth, tables: dict[str, Rows]
) -> None:
    case, rows = answers.case1, tables["declarations-csv"]
    assert _one(rows, "registration_no", case["declaration"])["declarant_tax_id"] == case["broker_id"]
    assert case["broker_id"] in {broker["tax_id"] for broker in answers.brokers}
    by_phone = {row["consignee_tax_id"] for row in rows if row["consignee_phone"] == case["phone"]} - {""}
    assert by_phone == {case["first_company_id"], case["front_company_id"]}
    front = [row for row in rows if row["consignee_tax_id"] == case["front_company_id"]]
    assert front and case["declaration"] not in {row["registration_no"] for row in front}


def test_one_leg_of_the_trip_is_left_to_infer_and_seen_on_others(
    answers: Truth, tables: dict[str, Rows]
) -> None:
    case, moves = answers.case1, tables["movements-csv"]
    declared = _one(tables["declarations-csv"], "registration_no", case["declaration"])
    mersin = set(answers.places["Mersin"]["written"])
    assert not mersin & set(declared.values())
    on_trip = [
        row
        for row in moves
        if row["container"] == case["container"] and row["date"][:7] == _month(case, tables)
    ]
    assert {row["place"] for row in on_trip} <= {"Gürbulak"}
    assert answers.routes[case["declaration"]][1:] == case["inferred"]
    earlier = answers.routes[case["earlier_declaration"]]
    assert earlier[earlier.index("Mersin") : earlier.index("Mersin") + 2] == ["Mersin", "Kapıkule"]
    gate = answers.routes[case["other_gate_declaration"]]
    assert case["close"] not in gate and "Hamzabeyli" in gate
    assert mersin & {row["place"] for row in moves}


def _month(case: dict[str, str], tables: dict[str, Rows]) -> str:
    return _one(tables["cen-seizures"], "report_no", case["seizure"])["date"][:7]


def test_its_three_hits_are_the_lorry_twice_and_the_phone(answers: Truth) -> None:
    case = answers.case1
    assert case["hits"] == [case["plate"], case["vehicle_other_script"], case["phone"]]
