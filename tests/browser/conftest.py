"""One Chromium for all browser tests, at the widths asked for."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (1280, 375) if os.environ.get("KITH_BOTH_WIDTHS") else (1280,)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's own Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A fresh page; anything it complains of, or asks of a network, fails the test."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, offline=True)
    fresh, complaints = context.new_page(), []
    fresh.on("console", lambda message: complaints.append(message.text))
    fresh.on("pageerror", lambda error: complaints.append(str(error)))
    fresh.on("request", lambda sent: sent.url.startswith(("file:", "data:")) or complaints.append(sent.url))
    yield fresh
    context.close()
    assert complaints == []
