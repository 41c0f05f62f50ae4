"""The chart: opening, selecting, dragging, hiding, undoing, expanding, folding, and a picture that stays still."""

from __future__ import annotations

import re

import pytest
from browser.bench import Bench, Snapshot
from playwright.sync_api import expect

pytestmark = [pytest.mark.neo4j, pytest.mark.browser, pytest.mark.slow]


def places(snapshot: Snapshot) -> dict[str, tuple[float, float]]:
    """Where each thing stands on the chart."""
    return {node["id"]: (node["x"], node["y"]) for node in snapshot["nodes"]}


def screens(snapshot: Snapshot) -> dict[str, tuple[float, float]]:
    """Where each thing stands on the screen."""
    return {node["id"]: (round(node["screen"][0]), round(node["screen"][1])) for node in snapshot["nodes"]}


def test_it_opens_with_the_training_case_and_a_filled_inspector(bench: Bench) -> None:
    found = bench.opened()
    assert 10 <= len(found["nodes"]) <= 60
    assert len(found["selection"]) == 1
    selected = next(node for node in found["nodes"] if node["id"] == found["selection"][0])
    assert selected["kind"] == "Seizure"
    expect(bench.page.locator(".entity-head")).to_have_text(re.compile(r"\S"))
    expect(bench.page.locator(".strip")).to_contain_text("TRAINING")
    expect(bench.page.locator("[data-step]").nth(4)).to_be_attached()


def test_no_label_lies_over_another(bench: Bench) -> None:
    bench.opened()
    bench.page.wait_for_timeout(400)
    labels = [label for label in bench.snapshot()["labels"] if not label["id"].startswith("link:")]
    assert len(labels) >= 5
    for number, one in enumerate(labels):
        for other in labels[number + 1 :]:
            apart = (
                one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
                or one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
            )  # fmt: skip
            assert apart, (one, other)


def test_a_dragged_thing_moves_alone_and_undo_brings_it_back(bench: Bench) -> None:
    before = bench.opened()
    thing = bench.in_view(before)
    x, y = thing["screen"]
    bench.page.mouse.move(x, y)
    bench.page.mouse.down()
    bench.page.mouse.move(x + 60, y - 30, steps=6)
    bench.page.mouse.up()
    after = bench.until(lambda s: s["undo"] == 1, "one step in the history")
    moved = [name for name, place in places(after).items() if place != places(before)[name]]
    assert moved == [thing["id"]]
    bench.page.keyboard.press("Control+z")
    assert places(bench.until(lambda s: s["undo"] == 0, "undone")) == places(before)
    bench.page.keyboard.press("Control+y")
    assert places(bench.until(lambda s: s["undo"] == 1, "redone")) == places(after)


def test_hidden_things_are_counted_revealed_and_undone(bench: Bench) -> None:
    before = bench.opened()
    bench.click_chart(bench.in_view(before))
    bench.page.keyboard.press("h")
    found = bench.until(lambda s: s["counts"]["byHand"] == 1, "one hidden by hand")
    assert found["counts"]["shown"] + found["counts"]["byHand"] == before["counts"]["shown"]
    expect(bench.page.locator(".status")).to_contain_text("1 hidden by hand")
    bench.page.keyboard.press("r")
    assert bench.until(lambda s: s["counts"]["byHand"] == 0, "revealed")["counts"] == before["counts"]


def test_the_legend_counts_and_selects(bench: Bench) -> None:
    found = bench.opened()
    row = bench.page.locator("[data-legend-kind]").first
    kind = row.get_attribute("data-legend-kind")
    mine = {node["id"] for node in found["nodes"] if node["kind"] == kind}
    expect(row).to_contain_text(str(len(mine)))
    row.click()
    assert set(bench.until(lambda s: len(s["selection"]) == len(mine), "all of a kind")["selection"]) == mine


def test_filtering_a_kind_says_so_and_keeps_the_sum(bench: Bench) -> None:
    before = bench.opened()
    row = bench.page.locator(".legend .pair").first
    row.hover()
    row.locator("button").nth(1).click()
    found = bench.until(lambda s: s["counts"]["byFilter"] > 0, "filtered")
    assert found["counts"]["shown"] + found["counts"]["byFilter"] == before["counts"]["shown"]


def test_panels_do_not_move_the_picture(bench: Bench) -> None:
    before = bench.opened()
    at = screens(before)
    bench.page.locator("[data-dock='table']").click()
    bench.page.wait_for_selector("[data-row]")
    assert screens(bench.snapshot()) == at
    bench.page.locator("[data-act='shut']").click()
    bench.page.wait_for_timeout(300)
    assert screens(bench.snapshot()) == at
    bench.page.locator("[data-row]").first.click()
    bench.until(lambda s: len(s["selection"]) == 1, "selected")
    assert screens(bench.snapshot()) == at


def test_expanding_asks_first_and_keeps_old_places(bench: Bench) -> None:
    before = bench.opened()
    thing = bench.in_view(before)
    bench.click_chart(thing)
    bench.until(lambda s: s["selection"] == [thing["id"]], "selected")
    bench.act("expand")
    bench.page.wait_for_selector("dialog [data-choice]")
    for box in bench.page.locator("dialog input[type=checkbox]").all():
        box.check()
    bench.act("load")
    after = bench.until(lambda s: s["undo"] == 1 and not s["busy"], "expanded")
    assert len(after["nodes"]) >= len(before["nodes"])
    new_places = places(after)
    assert all(new_places[name] == place for name, place in places(before).items())


def test_folding_turns_declarations_into_counted_links_and_back(bench: Bench) -> None:
    before = bench.opened()
    bench.act("fold")
    bench.page.locator("dialog .primary").click()
    folded = bench.until(lambda s: s["counts"]["byFold"] > 0, "folded")
    assert all(node["kind"] not in ("Declaration", "Movement") for node in folded["nodes"])
    assert folded["counts"]["shown"] + folded["counts"]["byFold"] == before["counts"]["shown"]
    bench.act("fold")
    assert places(bench.until(lambda s: s["counts"]["byFold"] == 0, "unfolded")) == places(before)


def test_communities_colour_and_explain(bench: Bench) -> None:
    bench.opened()
    bench.act("communities")
    bench.page.wait_for_selector("[data-legend-community]", timeout=60_000)
    bench.page.locator("[data-legend-why] summary").click()
    for word in ("modularity", "stability"):
        expect(bench.page.locator(".legend")).to_contain_text(word)
    bench.page.locator("[data-legend-community]").first.click()
    assert len(bench.until(lambda s: len(s["selection"]) > 1, "a community selected")["selection"]) > 1


def test_box_and_keyboard_select(bench: Bench) -> None:
    found = bench.opened()
    bench.page.locator("#chart").focus()
    bench.page.keyboard.press("Control+a")
    bench.until(lambda s: len(s["selection"]) == len(found["nodes"]), "all")
    bench.page.keyboard.press("Escape")
    bench.until(lambda s: s["selection"] == [], "none")
    bench.page.keyboard.press("]")
    bench.until(lambda s: len(s["selection"]) == 1, "the first thing by key")
    stage = bench.page.locator("#chart").bounding_box()
    assert stage is not None
    bench.page.keyboard.down("Shift")
    bench.page.mouse.move(stage["x"] + stage["width"] - 90, stage["y"] + 5)
    bench.page.mouse.down()
    bench.page.mouse.move(stage["x"] + 260, stage["y"] + stage["height"] - 20, steps=8)
    bench.page.mouse.up()
    bench.page.keyboard.up("Shift")
    bench.until(lambda s: len(s["selection"]) > 3, "a box of things")
