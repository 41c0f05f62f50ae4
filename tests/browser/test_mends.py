"""Filters of links, folding without scenery, a pasted list, calling off long work, a narrow legend, land from the start."""

from __future__ import annotations

import json
from typing import Any

import pytest
from browser.bench import Bench, Snapshot
from playwright.sync_api import Route, expect

pytestmark = [pytest.mark.neo4j, pytest.mark.browser, pytest.mark.slow]
SCENERY = {"Place", "Commodity"}
TO_SCENERY = {"DEPARTED_FROM", "BOUND_FOR", "CLEARED_AT", "CARRIES"}

#: The colours of the map's canvas, the most frequent first.
COLOURS = """() => {
  const canvas = document.querySelector(".map-canvas canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const counts = {};
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] < 255) continue;
    const name = [data[at], data[at + 1], data[at + 2]].join(",");
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return Object.entries(counts).sort((a, b) => b[1] - a[1]).map(([name]) => name);
}"""


def all_links(found: Snapshot) -> int:
    """Links of the chart: drawn, filtered, and without an end that is drawn."""
    counts = found["counts"]
    return int(counts["links"] + counts["linksByFilter"] + counts["linksByEnds"])


def screens(found: Snapshot) -> dict[str, tuple[float, float]]:
    """Where each thing stands on the screen."""
    return {node["id"]: (round(node["screen"][0]), round(node["screen"][1])) for node in found["nodes"]}


def box_of(bench: Bench, selector: str) -> dict[str, float]:
    """Where an element stands."""
    box = bench.page.locator(selector).bounding_box()
    assert box is not None
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def test_the_legend_of_communities_stays_small_and_moves_and_covers_nothing(bench: Bench) -> None:
    before = bench.opened()
    bench.act("communities")
    bench.page.wait_for_selector("[data-legend-community]", timeout=60_000)
    legend, stage = box_of(bench, ".legend"), box_of(bench, "#chart")
    assert legend["width"] <= 380
    assert legend["height"] <= 0.45 * stage["height"] + 1
    why = bench.page.locator("[data-legend-why]")
    assert "modularity" not in why.inner_text()
    why.locator("summary").click()
    expect(why.get_by_text("modularity").first).to_be_visible()
    grown = box_of(bench, ".legend")
    assert grown["height"] <= 0.45 * stage["height"] + 1
    found = bench.snapshot()
    assert screens(found) == screens(before)
    for x, y in screens(found).values():
        assert not (x < grown["x"] + grown["width"] and y > grown["y"]), (x, y)
    for label in found["labels"]:
        left, foot = stage["x"] + label["x"], stage["y"] + label["y"] + label["h"]
        assert not (left < grown["x"] + grown["width"] and foot > grown["y"]), label


def test_a_confidence_filtered_away_is_counted_in_legend_and_status(bench: Bench) -> None:
    before = bench.opened()
    row = bench.page.locator(".pair:has([data-legend-line])").first
    style = row.locator("[data-legend-line]").get_attribute("data-legend-line")
    mine = [link for link in before["links"] if link["style"] == style]
    row.hover()
    row.locator("button").nth(1).click()
    found = bench.until(lambda s: s["counts"]["linksByFilter"] == len(mine), "all of that confidence gone")
    assert all(link["style"] != style for link in found["links"])
    assert all_links(found) == all_links(before)
    expect(row).to_contain_text(f"0 / {len(mine)}")
    status = bench.page.locator("[data-count='linksFiltered']")
    expect(status).to_have_text(f"{len(mine)} links hidden by filters")
    status.click()
    assert bench.until(lambda s: s["counts"]["linksByFilter"] == 0, "back")["counts"] == before["counts"]


def test_a_link_type_is_filtered_away_and_undone(bench: Bench) -> None:
    before = bench.opened()
    types = bench.page.locator("[data-legend-types]")
    types.locator("summary").click()
    row = types.locator(".pair").first
    kind = row.locator("[data-legend-type]").get_attribute("data-legend-type")
    mine = [link for link in before["links"] if link["type"] == kind]
    row.hover()
    row.locator("button").nth(1).click()
    found = bench.until(lambda s: s["counts"]["linksByFilter"] == len(mine), "all of that type gone")
    assert mine and all(link["type"] != kind for link in found["links"])
    assert all_links(found) == all_links(before)
    expect(types.locator("summary")).to_contain_text("1 off")
    bench.page.locator("#chart").focus()
    bench.page.keyboard.press("Control+z")
    assert bench.until(lambda s: s["undo"] == 0, "undone")["counts"] == before["counts"]


def test_folding_leaves_scenery_out_but_nothing_untied(bench: Bench) -> None:
    bench.opened()
    bench.page.locator("#chart").focus()
    bench.page.keyboard.press("Control+a")
    bench.page.keyboard.press("e")
    bench.page.wait_for_selector("dialog [data-choice]")
    for choice in bench.page.locator("dialog [data-choice]").all():
        choice.locator("input").set_checked(choice.get_attribute("data-choice") in TO_SCENERY)
    bench.act("load")
    before = bench.until(lambda s: s["undo"] == 1 and not s["busy"], "places and goods on the chart")
    assert {node["kind"] for node in before["nodes"]} >= SCENERY
    bench.act("fold")
    bench.page.locator("dialog .primary").click()
    found = bench.until(lambda s: s["counts"]["byFold"] > 0, "folded")
    kind = {node["id"]: node["kind"] for node in found["nodes"]}
    folds = [link for link in found["links"] if link["type"] == "FOLD"]
    assert folds
    ties: dict[str, list[dict[str, Any]]] = {}
    for link in found["links"]:
        for end in (link["source"], link["target"]):
            ties.setdefault(end, []).append(link)
    for link in folds:
        ends = (link["source"], link["target"])
        if SCENERY & {kind[end] for end in ends}:
            assert any(len(ties[end]) == 1 for end in ends), "a tie with scenery that nothing needs"
    tied_before = {end for link in before["links"] for end in (link["source"], link["target"])}
    assert [name for name in kind if name in tied_before and name not in ties] == []
    said = bench.page.locator("[data-legend-folded]")
    expect(said).to_contain_text("Folded: Declaration")
    expect(said).to_contain_text("left out")


def test_a_pasted_list_is_looked_up_and_added(bench: Bench) -> None:
    before = bench.opened()
    text = bench.page.evaluate("fetch('/api/v1/charts/training-case-1').then(r => r.text())")
    plate = json.loads(text)["story"]["case"]["plate"]
    bench.act("charts")
    bench.act("new")
    bench.until(lambda s: not s["nodes"], "a blank chart")
    bench.act("search")
    bench.act("paste")
    bench.page.locator("#pasted").fill(f"{plate}\n\n{plate.lower()} \nŻZÜXQÖÖ-ŞĞ 000111\n")
    bench.act("lookup")
    bench.page.wait_for_selector("[data-pasted-hit]")
    expect(bench.page.locator("[data-pasted]")).to_have_count(3)
    expect(bench.page.locator("dialog")).to_contain_text("2 of 3 lines matched")
    chosen = bench.page.locator("[data-pasted-hit]:has(input:checked)")
    names = {row.get_attribute("data-pasted-hit") for row in chosen.all()}
    assert names
    bench.act("addPasted")
    found = bench.until(lambda s: len(s["nodes"]) > 0 and not s["busy"], "added")
    assert {node["id"] for node in found["nodes"]} == names
    assert names & {node["id"] for node in before["nodes"]}


def test_long_work_can_be_called_off_and_leaves_the_chart(bench: Bench) -> None:
    before = bench.opened()
    held: list[Route] = []
    bench.page.route("**/api/v1/analysis/communities", lambda route: held.append(route))
    bench.act("communities")
    bench.until(lambda s: s["busy"] == ["communities"], "under way")
    bench.act("cancel")
    after = bench.until(lambda s: not s["busy"], "called off")
    assert (after["undo"], after["counts"], screens(after)) == (0, before["counts"], screens(before))
    expect(bench.page.locator("[data-empty='failed']")).to_have_count(0)
    expect(bench.page.locator("[data-legend-community]")).to_have_count(0)
    bench.page.unroute("**/api/v1/analysis/communities")
    bench.act("communities")
    bench.page.wait_for_selector("[data-legend-community]", timeout=60_000)
    assert len(held) == 1


@pytest.mark.parametrize("dark", [False, True])
def test_the_land_has_its_colour_before_the_legs_arrive(request: pytest.FixtureRequest, dark: bool) -> None:
    bench: Bench = request.getfixturevalue("dark_bench" if dark else "bench")
    bench.opened()
    held: list[Route] = []
    bench.page.route("**/api/v1/routes/observed**", lambda route: held.append(route))
    bench.act("map")
    bench.page.wait_for_selector(".map-canvas canvas")
    # The legs are still on their way, and the land is drawn.
    bench.shown(lambda: len(held), 1)
    bench.shown(lambda: bench.page.evaluate(COLOURS)[:1], ["32,41,52" if dark else "255,255,255"])
    assert "51,136,255" not in bench.page.evaluate(COLOURS)
    for route in held:
        route.continue_()
    bench.idle()


def test_handling_is_never_lowered_by_what_comes_later(bench: Bench) -> None:
    before = bench.opened()
    strip = bench.page.locator(".strip").inner_text()
    assert "// C" in strip, "a record of the opening chart has a handling code"
    bench.click_chart(bench.in_view(before, "Company"))
    bench.act("expand")
    bench.page.wait_for_selector("dialog [data-choice]")
    bench.act("load")
    bench.idle()
    assert bench.page.locator(".strip").inner_text() == strip


def test_labels_are_whole_and_every_line_is_explained_at_once(bench: Bench) -> None:
    found = bench.opened()
    stage = box_of(bench, "#chart")
    assert found["labels"]
    for label in found["labels"]:
        assert 0 <= label["x"] and label["x"] + label["w"] <= stage["width"], label
        assert 0 <= label["y"] and label["y"] + label["h"] <= stage["height"], label
    legend = box_of(bench, ".legend")
    for row in bench.page.locator("[data-legend-kind], [data-legend-line]").all():
        box = row.bounding_box()
        assert box and box["y"] + box["height"] <= legend["y"] + legend["height"], (
            "cut off by the legend's edge"
        )


def test_a_map_of_many_legs_draws_the_heaviest_and_says_so(bench: Bench) -> None:
    bench.opened()
    bench.act("map")
    bench.page.wait_for_selector("[data-leg]", timeout=60_000)
    expect(bench.page.locator(".map-side")).to_contain_text("Drawn are the 40 legs seen most often")
    expect(bench.page.locator("[data-leg]").nth(40)).to_be_attached()
    stage = box_of(bench, ".map-canvas")
    for name in bench.page.locator(".map-name").all():
        box = name.bounding_box()
        assert box and box["x"] >= stage["x"] - 1, name
        assert box["x"] + box["width"] <= stage["x"] + stage["width"] + 3, name
