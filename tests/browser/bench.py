"""The workbench as a test drives it: pressed and clicked like an analyst, read through its snapshot."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

Snapshot = dict[str, Any]
#: What a panel says while it waits, in both languages.
LOADING = ("Loading…", "Yükleniyor…")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Bench:
    """One open workbench, driven as an analyst drives it and read through its snapshot."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        #: Parts of console messages that a test brings about on purpose.
        self.forgiven: list[str] = []

    def snapshot(self) -> Snapshot:
        """The read-only picture that the workbench gives to tests."""
        found: Snapshot = self.page.evaluate("window.graphintel ? window.graphintel.snapshot() : null")
        return found

    def until(self, holds: Callable[[Snapshot], bool], what: str, seconds: float = 20) -> Snapshot:
        """Wait until the snapshot is as wanted; the page forbids evaluated strings, so it is asked from here."""
        last = time.monotonic() + seconds
        while time.monotonic() < last:
            found = self.snapshot()
            if found is not None and holds(found):
                return found
            self.page.wait_for_timeout(50)
        raise AssertionError(
            f"never came about within {seconds} s: {what}; last seen: {self.snapshot()['counts']}"
        )

    def shown(self, read: Callable[[], Any], wanted: Any, seconds: float = 20) -> None:
        """Wait until what is read off the page is as wanted: a signal is drawn some time after it is set."""
        last = time.monotonic() + seconds
        while (found := read()) != wanted:
            assert time.monotonic() < last, (
                f"never shown within {seconds} s: {wanted!r}; last seen: {found!r}"
            )
            self.page.wait_for_timeout(50)

    def opened(self) -> Snapshot:
        """The workbench once its opening chart is drawn and nothing runs any more."""
        return self.until(lambda s: len(s["nodes"]) > 0 and not s["busy"], "the opening chart")

    def idle(self) -> Snapshot:
        """When no act is under way."""
        return self.until(lambda s: not s["busy"], "idle")

    def still(self) -> None:
        """When no act is under way and nothing on the screen says that it waits for an answer."""
        self.idle()
        for word in LOADING:
            self.page.get_by_text(word, exact=True).first.wait_for(state="hidden")

    def act(self, name: str) -> None:
        """Press the button of an act."""
        self.page.locator(f"[data-act='{name}']:visible").first.click()

    def in_view(self, snapshot: Snapshot, kind: str | None = None) -> dict[str, Any]:
        """A thing that can be clicked: on the chart, off the legend and clear of every other thing."""
        legend = self.page.locator(".legend").bounding_box() or {
            "x": 0.0,
            "width": 0.0,
            "y": 0.0,
            "height": 0.0,
        }
        stage = self.page.locator("#chart").bounding_box()
        assert stage is not None
        for node in snapshot["nodes"]:
            x, y = node["screen"]
            inside = stage["x"] + 30 < x < stage["x"] + stage["width"] - 80
            inside = inside and stage["y"] + 50 < y < stage["y"] + stage["height"] - 40
            covered = x < legend["x"] + legend["width"] + 30 and y > legend["y"] - 30
            alone = all(
                other["id"] == node["id"] or abs(other["screen"][0] - x) + abs(other["screen"][1] - y) > 40
                for other in snapshot["nodes"]
            )
            if inside and not covered and alone and kind in (None, node["kind"]):
                found: dict[str, Any] = node
                return found
        raise AssertionError(f"no {kind or 'thing'} stands free on the chart")

    def click_chart(self, node: dict[str, Any], *, modifiers: list[str] | None = None) -> None:
        """Click a thing where it is drawn."""
        for key in modifiers or []:
            self.page.keyboard.down(key)
        self.page.mouse.click(*node["screen"])
        for key in modifiers or []:
            self.page.keyboard.up(key)


def violations(bench: Bench, viz: Path) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA."""
    source = viz / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        pytest.skip("axe-core is not installed (npm ci in viz/)")
    bench.page.evaluate(source.read_text(encoding="utf-8"))
    found = bench.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in found["violations"]]
