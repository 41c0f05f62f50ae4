"""Search, inspector, table, timeline, map, questions, saving, export: the panels round the chart."""

from __future__ import annotations

import json
import re

import pytest
from browser.bench import Bench
from playwright.sync_api import expect

pytestmark = [pytest.mark.neo4j, pytest.mark.browser, pytest.mark.slow]


def plate_of_the_case(bench: Bench) -> str:
    """The plate that the notice of the training case names."""
    text = bench.page.evaluate("fetch('/api/v1/charts/training-case-1').then(r => r.text())")
    return str(json.loads(text)["story"]["case"]["plate"])


def test_search_finds_a_plate_in_another_spelling_and_adds_it(bench: Bench) -> None:
    bench.opened()
    plate = plate_of_the_case(bench)
    bench.page.keyboard.press("/")
    bench.page.locator("#search").fill(" ".join(plate.lower()))
    bench.page.wait_for_selector("[data-hit]")
    assert re.sub(r"\W", "", plate) in re.sub(r"\W", "", bench.page.locator("[data-hit]").first.inner_text())


def test_no_match_shows_the_normalised_text_and_one_button(bench: Bench) -> None:
    bench.opened()
    bench.act("search")
    bench.page.locator("#search").fill("ŻZÜXQÖÖ-ŞĞ 000111")
    state = bench.page.locator("[data-empty='match']")
    state.wait_for()
    assert state.locator("button").count() == 1
    assert "zzuxqoo" in state.inner_text().lower()


def test_a_blank_chart_says_what_to_do(bench: Bench) -> None:
    bench.opened()
    bench.act("charts")
    bench.act("new")
    state = bench.page.locator("[data-empty='nothing']")
    state.wait_for()
    state.locator("button").click()
    expect(bench.page.locator("#search")).to_be_focused()


def test_all_filtered_away_offers_to_show_them(bench: Bench) -> None:
    before = bench.opened()
    bench.page.locator("#chart").focus()
    bench.page.keyboard.press("Control+a")
    bench.page.keyboard.press("h")
    state = bench.page.locator("[data-empty='filters']")
    state.wait_for()
    state.locator("button").click()
    after = bench.until(lambda s: s["counts"]["shown"] > 0, "shown again")
    assert after["counts"]["shown"] == before["counts"]["shown"]


def test_each_value_cites_its_row_and_the_row_its_file_and_hash(bench: Bench) -> None:
    bench.opened()
    bench.page.locator(".value .cite").first.wait_for()
    for value in bench.page.locator("#inspector-panel .value").all():
        assert value.locator(".cite").count() >= 1, value.inner_text()
    bench.page.locator(".value .cite").first.click()
    row = bench.page.locator("[data-source-row]")
    row.locator("dd").first.wait_for()
    assert re.search(r"\b[0-9a-f]{64}\b", row.inner_text())


def test_the_four_tabs_all_say_something(bench: Bench) -> None:
    bench.opened()
    bench.page.locator(".cite").first.wait_for()
    for tab in ("values", "links", "sources", "history"):
        bench.page.locator(f"[data-tab='{tab}']").click()
        assert bench.page.locator("#inspector-panel").inner_text().strip() != "", tab


def test_the_table_holds_the_same_and_is_linked_both_ways(bench: Bench) -> None:
    found = bench.opened()
    bench.page.locator("[data-dock='table']").click()
    bench.page.wait_for_selector("[data-row]")
    assert bench.page.locator(".dock [aria-rowcount]").get_attribute("aria-rowcount") == str(
        len(found["nodes"]) + 1
    )
    row = bench.page.locator("[data-row][aria-selected='false']").first
    number = row.get_attribute("data-row")
    row.click()
    bench.until(lambda s: s["selection"] != found["selection"], "a row selects")
    expect(bench.page.locator(f"[data-row='{number}']")).to_have_attribute("aria-selected", "true")
    selected = bench.snapshot()["selection"]
    bench.page.locator("#chart").focus()
    bench.page.keyboard.press("]")
    bench.until(lambda s: s["selection"] != selected, "the next thing by key")
    expect(bench.page.locator("[data-row][aria-selected='true']")).to_have_count(1)
    bench.page.locator("[data-sort='label']").click()
    expect(bench.page.locator("th[aria-sort='ascending']")).to_have_count(1)


def test_the_timeline_narrows_chart_and_counts(bench: Bench) -> None:
    before = bench.opened()
    if bench.page.locator(".timeline-canvas").count() == 0:
        bench.page.locator("[data-dock='timeline']").click()
    canvas = bench.page.locator(".timeline-canvas")
    box = canvas.bounding_box()
    assert box is not None
    bench.page.mouse.move(box["x"] + 2, box["y"] + 20)
    bench.page.mouse.down()
    bench.page.mouse.move(box["x"] + 12, box["y"] + 20, steps=3)
    bench.page.mouse.up()
    after = bench.until(lambda s: s["undo"] == 1, "filtered by the brush")
    assert len(after["links"]) < len(before["links"])
    assert after["counts"]["shown"] + after["counts"]["byFilter"] == before["counts"]["shown"]


def test_the_map_shows_observed_legs_with_their_rows(bench: Bench) -> None:
    bench.opened()
    bench.act("map")
    leg = bench.page.locator("[data-leg]").first
    leg.wait_for()
    leg.click()
    bench.page.locator(".map-side .cite").first.wait_for()
    assert bench.page.locator(".map-canvas canvas").count() >= 1
    bench.act("chart")
    assert len(bench.opened()["nodes"]) > 0


def test_a_saved_question_is_asked_and_answered(bench: Bench) -> None:
    bench.opened()
    bench.act("questions")
    bench.page.locator("#question option").nth(1).wait_for(state="attached")
    expect(bench.page.locator("#question option").nth(2)).to_be_attached()
    bench.page.locator("#question").select_option(index=2)
    bench.act("ask")
    bench.page.locator("[data-answer]").first.wait_for()
    head = bench.page.locator(".answer-table th").all_inner_texts()
    assert head and not any(name.lower().endswith(" id") for name in head)
    before = bench.snapshot()
    bench.page.locator("[data-answer]").first.click()
    bench.until(lambda s: s["undo"] == before["undo"] + 1, "the row's things on the chart")


def test_the_story_warns_of_a_hub_by_the_broker(bench: Bench) -> None:
    bench.opened()
    bench.page.locator("[data-step='2'] [data-act='doStep']").click()
    bench.page.locator("dialog .chip.warn").wait_for()
    assert bench.page.locator("dialog input[type=checkbox]:checked").count() == 0


def test_saving_survives_a_reload_with_its_places(bench: Bench) -> None:
    before = bench.opened()
    thing = bench.in_view(before)
    x, y = thing["screen"]
    bench.page.mouse.move(x, y)
    bench.page.mouse.down()
    bench.page.mouse.move(x + 50, y + 10, steps=5)
    bench.page.mouse.up()
    moved = bench.until(lambda s: s["undo"] == 1, "moved")
    bench.act("saveAs")
    bench.page.locator("dialog input[name=name]").fill("İğdeli dosyası")
    bench.page.locator("dialog input[name=case]").fill("2026/7")
    bench.act("doSave")
    bench.idle()
    expect(bench.page.locator(".strip")).to_contain_text("2026/7")
    bench.page.reload()
    bench.opened()
    bench.act("charts")
    bench.page.get_by_role("button", name="İğdeli dosyası").first.click()
    bench.page.locator(".title", has_text="İğdeli dosyası").wait_for()
    again = bench.opened()
    want = {node["id"]: (node["x"], node["y"]) for node in moved["nodes"]}
    assert {node["id"] for node in again["nodes"]} == set(want)
    for node in again["nodes"]:
        assert (node["x"], node["y"]) == pytest.approx(want[node["id"]], abs=0.51)


def test_unsaved_work_survives_a_closed_tab(bench: Bench) -> None:
    before = bench.opened()
    bench.page.locator("#chart").focus()
    bench.page.keyboard.press("]")
    bench.page.keyboard.press("h")
    bench.until(lambda s: s["counts"]["byHand"] == 1, "hidden")
    # At once: what was done last is kept too.
    bench.page.reload()
    after = bench.opened()
    assert after["counts"]["byHand"] == 1
    assert after["counts"]["shown"] == before["counts"]["shown"] - 1


def test_an_export_is_a_file_with_its_case(bench: Bench) -> None:
    bench.opened()
    bench.act("export")
    with bench.page.expect_download() as waiting:
        bench.act("doExport")
    path = waiting.value.path()
    assert "TRAINING-1" in path.read_text(encoding="utf-8")
    assert "<script" not in path.read_text(encoding="utf-8").lower()


def test_a_failed_act_stands_beside_its_cause_with_a_retry(bench: Bench) -> None:
    bench.opened()
    bench.forgiven.append("net::ERR_FAILED")
    bench.page.route("**/api/v1/analysis/communities", lambda route: route.abort())
    bench.act("communities")
    trouble = bench.page.locator(".trouble")
    trouble.wait_for()
    assert trouble.locator("button").count() == 1
    bench.page.unroute("**/api/v1/analysis/communities")
    trouble.locator("button").click()
    bench.page.wait_for_selector("[data-legend-community]", timeout=60_000)
