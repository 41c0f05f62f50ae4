"""The screen itself: languages, themes, accessibility, measures, keys, and what the page may not do."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from browser.bench import Bench, violations
from playwright.sync_api import expect

from graphintel.api.app import STATIC

browser = [pytest.mark.neo4j, pytest.mark.browser, pytest.mark.slow]
pytestmark = browser


def test_the_workbench_is_accessible_in_light_and_english(bench: Bench, viz: Path) -> None:
    bench.opened()
    bench.page.locator("[data-dock='table']").click()
    bench.page.wait_for_selector("[data-row]")
    assert violations(bench, viz) == []


def test_the_workbench_is_accessible_in_dark_and_turkish(dark_bench: Bench, viz: Path) -> None:
    dark_bench.opened()
    assert dark_bench.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert violations(dark_bench, viz) == []
    dark_bench.act("keys")
    dark_bench.page.wait_for_selector("dialog[open]")
    assert violations(dark_bench, viz) == []


def test_the_language_is_switched_at_run_time(bench: Bench) -> None:
    bench.opened()
    bench.act("language")
    bench.shown(lambda: bench.page.evaluate("document.documentElement.lang"), "tr")
    expect(bench.page.locator(".status")).to_contain_text("gösteriliyor")
    bench.page.reload()
    bench.opened()
    expect(bench.page.locator(".status")).to_contain_text("gösteriliyor")


def test_nothing_is_cut_in_turkish(dark_bench: Bench) -> None:
    dark_bench.opened()
    cut = dark_bench.page.evaluate(
        "() => [...document.querySelectorAll('.bar button, .tabs button, .status > *, .dock-bar button, .legend h2')]"
        ".filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow !== 'visible')"
        ".map(e => e.textContent)"
    )
    assert cut == []
    bar = dark_bench.page.evaluate(
        "() => { const b = document.querySelector('.bar'); return b.scrollWidth - b.clientWidth }"
    )
    assert bar <= 0


def test_the_chart_has_its_share_of_the_screen(bench: Bench) -> None:
    bench.opened()
    share = "document.querySelector('.stage').clientWidth / innerWidth"
    assert bench.page.evaluate(share) >= 0.55
    bench.act("shut")
    bench.shown(lambda: bench.page.evaluate(share) >= 0.73, True)


def test_every_target_is_large_enough_and_every_icon_is_named(bench: Bench) -> None:
    bench.opened()
    small = bench.page.evaluate(
        "() => [...document.querySelectorAll('button')].filter(e => { const r = e.getBoundingClientRect();"
        " return r.width > 0 && (r.width < 24 || r.height < 24) }).map(e => e.outerHTML.slice(0, 80))"
    )
    assert small == []
    nameless = bench.page.evaluate(
        "() => [...document.querySelectorAll('button')].filter(e => !e.textContent.trim() && !e.ariaLabel).length"
    )
    assert nameless == 0


def test_one_primary_button_a_panel(bench: Bench) -> None:
    bench.opened()
    for panel in (".bar", ".drawer", ".inspector", ".dock"):
        assert bench.page.locator(f"{panel} .primary").count() <= 1, panel


def test_focus_is_visible(bench: Bench) -> None:
    bench.opened()
    bench.page.keyboard.press("Tab")
    width = bench.page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    assert width >= 2


def test_the_keys_are_listed_and_work(bench: Bench) -> None:
    bench.opened()
    bench.page.locator("#chart").focus()
    bench.page.keyboard.press("?")
    expect(bench.page.locator("dialog kbd").nth(20)).to_be_attached()
    bench.page.keyboard.press("Escape")
    zoom = bench.snapshot()["camera"]["zoom"]
    bench.page.keyboard.press("+")
    assert bench.until(lambda s: s["camera"]["zoom"] > zoom, "zoomed by key")["undo"] == 0


def test_no_key_is_lost_around_a_dialog(bench: Bench) -> None:
    bench.opened()
    bench.page.locator("#chart").focus()
    for _ in range(5):
        zoom = bench.snapshot()["camera"]["zoom"]
        for key in ("?", "Escape", "+"):
            bench.page.keyboard.press(key)
        bench.until(lambda s, before=zoom: s["camera"]["zoom"] > before, "zoomed by key")  # type: ignore[misc]
        expect(bench.page.locator("dialog")).to_have_count(0)
        bench.page.keyboard.press("1")
        bench.until(lambda s: s["camera"]["zoom"] == 1, "actual size")


def test_the_policy_of_the_page_forbids_inline_code(bench: Bench) -> None:
    bench.opened()
    policy = bench.page.request.get(bench.address.split("?")[0]).headers["content-security-policy"]
    assert "unsafe" not in policy and "require-trusted-types-for" in policy
    assert "style=" not in (STATIC / "index.html").read_text(encoding="utf-8")


def test_the_first_load_is_small() -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r'(?:src|href)="/?(assets/[^"]+\.js)"', page)
    assert scripts
    size = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in scripts)
    assert size <= 260_000
