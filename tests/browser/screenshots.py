"""`make screenshots`: the opening chart, an expansion with folded links, communities and the map, in both themes."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from browser.bench import Bench
from playwright.sync_api import Browser, sync_playwright

from graphintel.cli.demo import prepare
from graphintel.cli.served import running
from graphintel.settings import Settings

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
THEMES = (("light", "en-GB"), ("dark", "tr-TR"))


def pictures(browser: Browser, address: str, theme: str, locale: str, folder: Path) -> list[Path]:
    """The four pictures of one theme."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
        locale=locale,
    )
    page = context.new_page()
    page.goto(address)
    bench = Bench(page, address)
    bench.opened()
    made = []

    def take(name: str) -> None:
        bench.still()
        # The camera and the colours still move for a while after that.
        page.wait_for_timeout(1200)
        made.append(folder / f"{name}-{theme}.png")
        page.screenshot(path=made[-1])

    take("1-opening")
    bench.act("fold")
    page.locator("dialog .primary").click()
    bench.until(lambda s: s["counts"]["byFold"] > 0 and not s["busy"], "folded")
    found = bench.snapshot()
    bench.click_chart(bench.in_view(found, "Company"))
    bench.act("expand")
    page.wait_for_selector("dialog [data-choice]")
    bench.act("load")
    bench.until(lambda s: not s["busy"], "expanded")
    take("2-folded")
    bench.act("communities")
    page.wait_for_selector("[data-legend-community]", timeout=90_000)
    take("3-communities")
    bench.act("map")
    page.locator(".map-side .cite, .map-side button").nth(1).wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    take("4-map")
    context.close()
    return made


def main(folder: Path) -> None:
    """Serve the demonstration world of this home and take the pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    held = Settings()
    prepare(held)
    with running(held) as (base, token), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for theme, locale in THEMES:
            for path in pictures(browser, f"{base}/?token={token}", theme, locale, folder):
                print(path)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
