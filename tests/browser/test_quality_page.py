"""The quality report of a load on the screen: by mouse and by keyboard, in both languages, with hostile cells as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.bench import Bench, violations
from delivered import BAD_BOX, SOURCE, Row, rows, write
from playwright.sync_api import Locator, expect

from graphintel.acts import load
from graphintel.acts.session import open_session
from graphintel.settings import Settings

pytestmark = [pytest.mark.neo4j, pytest.mark.browser, pytest.mark.slow]
HOSTILE = "<img src=x onerror=window.ran=1>"
PLACE = "Nowhere <b>upon</b> Sea"
TURNED = "\u202etxt.exe"
SEEN = 80


def spoilt(told: list[Row]) -> list[Row]:
    """Heavier goods, one column more, bad check digits, unknown places, and rows whose date is none."""
    made = [{**row, "seal": "S1"} for row in told]
    for number, row in enumerate(made):
        if number % 10 == 3:
            row["container"] = BAD_BOX
        if number in (1, 2):
            row["loading_place"] = PLACE
        if number % 20 == 7:
            row |= {"registration_date": "2024-02-31", "consignee_name": f"{HOSTILE} {TURNED}"}
    return made


@pytest.fixture(scope="module")
def loads(held: Settings, workbench: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, int]:
    """Two loads of one source, the second spoilt; their numbers. The server that shows them runs already."""
    folder = tmp_path_factory.mktemp("delivered")
    numbers = []
    with open_session(held) as session:
        for name, told in (("first", rows(SEEN)), ("second", spoilt(rows(SEEN, seed=2, weight=1600.0)))):
            path: Path = write(folder / f"{name}.csv", told)
            numbers.append(load.load(session, SOURCE, [path]).batch or 0)
    return numbers[0], numbers[1]


def part(bench: Bench, name: str) -> Locator:
    """A part of the report that is open."""
    return bench.page.locator(f"[data-part='{name}']")


def opened(bench: Bench, number: int) -> Locator:
    """The report of a load, chosen in the list with the mouse."""
    bench.opened()
    bench.act("loads")
    bench.page.locator(f"[data-load='{number}']").click()
    report = bench.page.locator(f"[data-report='{number}']")
    report.locator("[data-part='columns'] tr").first.wait_for()
    return report


def test_a_load_tells_what_is_odd_about_it(bench: Bench, loads: tuple[int, int]) -> None:
    report = opened(bench, loads[1])
    assert SOURCE in report.locator("h2").inner_text()
    outcome = {
        name: report.locator(f"[data-outcome='{name}']").inner_text()
        for name in ("records_new", "rows_quarantined")
    }
    assert outcome == {"records_new": "76", "rows_quarantined": "4"}
    found = {line.get_attribute("data-finding") for line in report.locator("[data-finding]").all()}
    assert found >= {"drift", "values", "distributions", "unplaced", "quarantine"}
    assert "seal" in part(bench, "drift").locator("[data-drift='newColumns']").inner_text()
    assert PLACE in part(bench, "unplaced").inner_text()
    container = part(bench, "values").locator("[data-check='container']")
    assert container.locator(".bad").inner_text() == "8"
    assert BAD_BOX in container.inner_text()
    container.locator("[data-example]").first.click()
    bench.page.locator("dialog [data-source-row] dd", has_text=BAD_BOX).first.wait_for()


def test_histograms_and_bars_are_drawn_as_the_figures_say(bench: Bench, loads: tuple[int, int]) -> None:
    opened(bench, loads[1])
    shape = part(bench, "distributions").locator("[data-distribution='gross_kg']")
    assert "moved" in shape.inner_text()
    now = [float(bar.get_attribute("height") or 0) for bar in shape.locator(".bar-now").all()]
    before = [float(bar.get_attribute("height") or 0) for bar in shape.locator(".bar-before").all()]
    assert len(now) == len(before) > 5
    # The goods of the second load are heavier than nearly all of the first.
    assert now[-1] == max(now + before) > 40
    assert sum(now[:5]) < sum(before[:5])
    shape.locator("summary").click()
    assert shape.locator("tbody tr").count() == len(now)
    full = part(bench, "columns").locator("tr[data-column='gross_kg'] .fill-now")
    assert full.get_attribute("width") == "96"


def test_refused_rows_show_their_bytes_and_nothing_in_them_runs(bench: Bench, loads: tuple[int, int]) -> None:
    opened(bench, loads[1])
    group = part(bench, "quarantine").locator("[data-reason='bad_date']")
    expect(group.locator("[data-refused]")).to_have_count(4)
    group.locator("[data-refused]").first.click()
    row = bench.page.locator("dialog [data-refused-row]")
    text = row.inner_text()
    assert HOSTILE in text
    assert "\u202e" not in text and "\u25aftxt.exe" in text
    # The same bytes in hexadecimal: "<img" and the override as UTF-8.
    assert "3c 69 6d 67" in text.replace("\n", " ") or "3c" in text
    assert bench.page.evaluate("window.ran") is None
    assert bench.page.locator(".loads img, dialog img, .loads b").count() == 0
    bench.page.keyboard.press("Escape")
    expect(bench.page.locator("dialog")).to_have_count(0)


def test_the_keyboard_walks_the_list_opens_a_load_and_goes_to_a_finding(
    bench: Bench, loads: tuple[int, int]
) -> None:
    bench.opened()
    bench.page.locator("[data-act='loads']").focus()
    bench.page.keyboard.press("Enter")
    bench.page.locator(f"[data-load='{loads[1]}']").wait_for()
    bench.page.locator("[data-load]").first.focus()
    bench.page.keyboard.press("ArrowDown")
    focused = "document.activeElement.getAttribute('data-load')"
    assert bench.page.evaluate(focused) == str(loads[0])
    bench.page.keyboard.press("ArrowUp")
    assert bench.page.evaluate(focused) == str(loads[1])
    bench.page.keyboard.press("Enter")
    finding = bench.page.locator("[data-finding='distributions']")
    finding.wait_for()
    finding.focus()
    bench.page.keyboard.press("Enter")
    assert bench.page.evaluate("document.activeElement.id") == "part-distributions"


def test_the_first_load_of_a_source_has_nothing_to_be_compared_with(bench: Bench) -> None:
    bench.opened()
    bench.act("loads")
    oldest = bench.page.locator("[data-load]").last
    oldest.wait_for()
    bench.until(lambda s: not s["busy"], "listed")
    oldest.click()
    part(bench, "columns").locator("tr").first.wait_for()
    assert "nothing to compare it with" in part(bench, "drift").inner_text()
    assert part(bench, "quarantine").inner_text().endswith("Every row loaded.")
    assert bench.page.locator("[data-distribution]").count() == 0


def test_the_page_is_accessible_on_a_dark_screen_in_turkish(
    dark_bench: Bench, loads: tuple[int, int], viz: Path
) -> None:
    opened(dark_bench, loads[1])
    assert dark_bench.page.locator("#part-columns").inner_text() == "Sütunların doluluğu"
    dark_bench.page.locator("[data-still] > summary").click()
    assert violations(dark_bench, viz) == []
