"""The report in a browser: for everyone, by keyboard, without JavaScript, on a phone and on paper."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from insight.made_up import children, report

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
TOTALS, BY_CHILD = "report.html", "report-children.html"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with more rows than its page may hold, and with small numbers in it."""
    out = tmp_path_factory.mktemp("pages") / TOTALS
    report(out, children(700, "lincolnshire"), "lincolnshire", keep=150)
    return out.parent


def open_page(page: Page, folder: Path, name: str) -> None:
    page.goto((folder / name).as_uri())


def press_until(page: Page, key: str, words: str) -> None:
    """Presses a key until what has the focus says these words."""
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent").strip() == words:
            return
    raise AssertionError(f"the keyboard never reaches “{words}”")


def column(page: Page, place: int) -> list[str]:
    """What is visible in one column of the first list."""
    return page.eval_on_selector(
        "table.list",
        "(table, place) => [...table.tBodies[0].rows].filter(row => !row.hidden).map(row => row.cells[place].textContent)",
        place,
    )


def violations(page: Page) -> list[dict[str, Any]]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [{"rule": one["id"], "where": [node["target"] for node in one["nodes"]][:5]} for one in found]


@pytest.mark.parametrize("name", [TOTALS, BY_CHILD])
def test_the_page_is_fit_for_everyone(page, folder, name):
    open_page(page, folder, name)
    assert violations(page) == []


@pytest.mark.parametrize("name", [TOTALS, BY_CHILD])
def test_the_page_is_fit_for_everyone_with_everything_opened_and_filtered(page, folder, name):
    open_page(page, folder, name)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    if name == BY_CHILD:
        page.get_by_label("Words, or a local id").fill("C001")
        expect(page.get_by_role("status")).to_contain_text("shown")
    assert violations(page) == []


@pytest.mark.parametrize("name", [TOTALS, BY_CHILD])
def test_the_page_never_scrolls_sideways(page, folder, name):
    open_page(page, folder, name)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_answer_stands_at_the_top_and_leads_to_its_reasons(page, folder):
    open_page(page, folder, TOTALS)
    answer = page.get_by_role("region", name="In short")
    expect(answer).to_be_in_viewport()
    expect(answer).to_contain_text("in time")
    answer.get_by_role("link", name="Complete the assessment").click()
    expect(page.get_by_role("heading", name="Complete the assessment")).to_be_in_viewport()


def test_every_chart_has_a_title_that_answers_and_its_numbers_in_words(page, folder):
    open_page(page, folder, TOTALS)
    charts = page.locator("figure svg[role=img][aria-labelledby]")
    assert charts.count() >= 2
    for chart in charts.all():
        assert chart.locator("title").first.text_content().startswith("Half were done within")
        assert "How many took how many" in (chart.locator("desc").text_content() or "")


def test_the_list_is_sorted_by_keyboard_alone(page, folder):
    open_page(page, folder, BY_CHILD)
    press_until(page, "Tab", "Child")
    page.keyboard.press("Enter")
    ids = column(page, 0)
    assert ids == sorted(ids)
    page.keyboard.press("Space")
    assert column(page, 0) == sorted(ids, reverse=True)
    heading = page.locator("table.list th[aria-sort]").first
    assert (heading.inner_text().split()[0], heading.get_attribute("aria-sort")) == ("Child", "descending")
    expect(page.get_by_role("status")).to_have_text("Overdue now: sorted by child, highest or last at the top.")


def test_dates_are_sorted_as_dates(page, folder):
    open_page(page, folder, BY_CHILD)
    page.locator("table.list").first.get_by_role("button", name="Due", exact=True).click()
    overdue = [int(days.replace(",", "")) for days in column(page, 3)]
    assert overdue == sorted(overdue)


def test_the_list_is_filtered_by_keyboard_alone_and_shown_whole_again(page, folder):
    open_page(page, folder, BY_CHILD)
    whole = len(column(page, 0))
    press_until(page, "Tab", "Duty")
    page.keyboard.type("Hold the initial")
    assert set(column(page, 1)) == {"Hold the initial child protection conference"}
    page.keyboard.press("Tab")
    page.keyboard.type("c00")
    expect(page.get_by_role("status")).to_contain_text(f"of {whole} shown")
    page.wait_for_timeout(200)
    assert all(child.startswith("C00") for child in column(page, 0))
    press_until(page, "Tab", "Show all")
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)
    assert len(column(page, 0)) == whole


def test_why_opens_in_place_by_keyboard(page, folder):
    open_page(page, folder, BY_CHILD)
    summary = page.locator("table.list tbody summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("table.list tbody details p").first).to_contain_text("Overdue by")


def test_without_javascript_everything_is_there_the_longest_overdue_first(browser: Browser, folder: Path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_page(page, folder, BY_CHILD)
    days = page.locator("table.list").first.locator("td.days").all_inner_texts()
    assert len(days) > 50
    assert [int(one) for one in days] == sorted((int(one) for one in days), reverse=True)
    assert not page.locator(".filters").is_visible()
    assert page.get_by_role("button").count() == 0
    context.close()


def printed(page: Page, folder: Path, name: str, out: Path) -> list[str]:
    """The text of each page of a page on paper."""
    open_page(page, folder, name)
    page.pdf(path=out, prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-layout", str(out), "-"], check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1]


def test_every_printed_page_about_children_is_marked_and_says_why(page, folder, tmp_path):
    pages = printed(page, folder, BY_CHILD, tmp_path / "children.pdf")
    assert len(pages) > 3
    assert all(one.count("OFFICIAL-SENSITIVE") >= 2 for one in pages)
    assert sum(one.count("Due by") for one in pages) >= 150
    assert "Days overdue" in pages[2]
    assert "Words, or a local id" not in pages[0]


def test_the_totals_print_on_a4_without_links_or_controls(page, folder, tmp_path):
    pages = printed(page, folder, TOTALS, tmp_path / "totals.pdf")
    assert "In short" in pages[0]
    assert f"1 of {len(pages)}" in pages[0]
    whole = "".join(pages)
    assert "file:" not in whole
    assert "Contents" not in whole
    size = subprocess.run(["pdfinfo", str(tmp_path / "totals.pdf")], check=True, capture_output=True, text=True).stdout
    assert "A4" in size
