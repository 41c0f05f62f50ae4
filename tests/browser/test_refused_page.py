"""Rows that did not load, on the screen: retried, one or all, and saved as tables; by mouse and by keyboard."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from browser.bench import Bench, violations
from playwright.sync_api import Locator, expect

from graphintel.acts import load, quarantine
from graphintel.acts.session import open_session
from graphintel.settings import Settings

pytestmark = [pytest.mark.neo4j, pytest.mark.browser, pytest.mark.slow]
DESCRIPTION = """
{title: Gate, title_tr: Kapı, version: "1", format: csv, grade: B2, marking: {level: restricted}, key: [no],
 subjects: [movement], columns: {no: {required: true}, date: }, things: {movement: {kind: Movement, values:
 {number: no, date: {from: DATE, required: true}}}}}
"""
MENDED = '{from: date, pattern: "^([^ ]+)"}'
FORMULA = '=HYPERLINK("x")'


def describe(held: Settings, name: str, date: str = "date") -> None:
    folder = held.shelf / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.yaml").write_text(DESCRIPTION.replace("DATE", date), encoding="utf-8")


@pytest.fixture
def waiting(
    held: Settings, workbench: str, tmp_path: Path, request: pytest.FixtureRequest
) -> tuple[str, int]:
    """A source of its own for each test and its load, of which three rows wait; the first reads as a formula."""
    name = f"gate-{abs(hash(request.node.name)) % 10**6}"
    describe(held, name)
    path = tmp_path / "day.csv"
    lines = ["no,date", "G1,2024-01-05", f'"{FORMULA.replace(chr(34), chr(34) * 2)}",2024.01.05 x']
    path.write_text("\n".join([*lines, "G3,2024.01.06 x", "G4,2024.01.07 x"]) + "\n", encoding="utf-8")
    with open_session(held) as session:
        return name, load.load(session, name, [path]).batch or 0


def opened(bench: Bench, number: int) -> Locator:
    """The part of a load's report with its refused rows."""
    bench.opened()
    bench.act("loads")
    bench.page.locator(f"[data-load='{number}']").click()
    part = bench.page.locator(f"[data-report='{number}'] [data-part='quarantine']")
    part.locator("[data-refused]").first.wait_for()
    return part


def test_rows_are_retried_all_at_once_when_the_description_is_mended(
    bench: Bench, held: Settings, waiting: tuple[str, int]
) -> None:
    name, number = waiting
    part = opened(bench, number)
    part.locator("[data-act='retryRows']").click()
    told = part.locator("[data-retried]")
    told.filter(has_text="3 rows read again: 0 loaded, 0 replaced by later deliveries, 3 left.").wait_for()
    expect(part.locator("[data-refused]")).to_have_count(3)
    describe(held, name, MENDED)
    part.locator("[data-act='retryRows']").click()
    told.filter(has_text="3 rows read again: 3 loaded").wait_for()
    part.get_by_text("No row waits any more.").wait_for()
    newest = bench.page.locator("[data-load]").first
    bench.shown(lambda: int(newest.get_attribute("data-load") or 0) > number, True)
    part.locator("[data-act='retryRows']").wait_for(state="detached")


def test_one_row_is_retried_by_keyboard_from_its_bytes(
    bench: Bench, held: Settings, waiting: tuple[str, int]
) -> None:
    name, number = waiting
    part = opened(bench, number)
    describe(held, name, MENDED)
    part.locator("[data-refused]").nth(1).focus()
    bench.page.keyboard.press("Enter")
    again = bench.page.locator("dialog [data-act='retryRows']")
    again.focus()
    bench.page.keyboard.press("Enter")
    part.locator("[data-retried]", has_text="1 rows read again: 1 loaded").wait_for()
    bench.page.locator("dialog").wait_for(state="detached")
    part.locator("[data-refused]").nth(2).wait_for(state="detached")
    expect(part.locator("[data-refused]")).to_have_count(2)
    bench.page.locator("#part-quarantine:focus").wait_for()


def test_rows_and_findings_are_saved_as_tables_that_no_spreadsheet_runs(
    bench: Bench, waiting: tuple[str, int], tmp_path: Path
) -> None:
    part = opened(bench, waiting[1])
    tables = {}
    findings = bench.page.locator(".load-report [data-act='saveTable']").first
    for name, button in (("rows", part.locator("[data-act='saveTable']")), ("findings", findings)):
        with bench.page.expect_download() as download:
            button.click()
        download.value.save_as(tmp_path / f"{name}.csv")
        assert download.value.suggested_filename.endswith(f"-{waiting[1]}.csv")
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            tables[name] = list(csv.DictReader(stream))
    assert [row["position"] for row in tables["rows"]] == ["line 3", "line 4", "line 5"]
    assert FORMULA[:10].encode() in bytes.fromhex(tables["rows"][0]["raw_hex"])
    assert not tables["rows"][0]["raw"].lstrip('" ').startswith("=")
    assert {(row["part"], row["name"], row["count"]) for row in tables["findings"]} >= {
        ("quarantine", "bad_date", "3")
    }


def test_the_page_after_a_retry_is_accessible_on_a_dark_screen_in_turkish(
    dark_bench: Bench, waiting: tuple[str, int], viz: Path
) -> None:
    part = opened(dark_bench, waiting[1])
    part.get_by_text("Bekleyen satırları yeniden dene").click()
    part.locator("[data-retried]", has_text="3 satır yeniden okundu").wait_for()
    assert violations(dark_bench, viz) == []


def test_a_refusal_is_told_in_the_readers_language_beside_the_sentence_of_the_server(
    dark_bench: Bench, held: Settings, waiting: tuple[str, int]
) -> None:
    name, number = waiting
    part = opened(dark_bench, number)
    describe(held, name, MENDED)
    with open_session(held) as session:
        assert quarantine.retry(session, [str(number)]).loaded == 3
    dark_bench.forgiven.append("422")
    part.locator("[data-act='retryRows']").click()
    told = part.locator("[role='alert']")
    told.get_by_text("istek bu hâliyle kullanılamıyor").wait_for()
    expect(told.locator("[lang='en']")).to_contain_text("waits in quarantine")
