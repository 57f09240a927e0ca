"""The browser that the pages are tested in."""

import os
import shutil
from pathlib import Path

import pytest

FETCHED = Path(__file__).resolve().parents[2] / ".venv" / "browser"  # by `make test`

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
]


def chromium(fetched=FETCHED):
    """The path of a browser: the one that was named, the system's, or a fetched one."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in ["chromium", "chromium-browser", "google-chrome", "chrome"]:
        if found := shutil.which(name):
            return found
    shells = sorted(fetched.glob("*/*/*headless?shell*"))  # .exe on Windows
    return str(shells[-1]) if shells else None


def require_chromium():
    """Skip a file of tests where there is no browser; fail if REQUIRE_BROWSER is set."""
    if not chromium():
        message = (
            "THE PAGES WERE NOT TESTED IN A BROWSER: there is no Chromium, and none could "
            "be fetched. Install it, or give its path as CHROMIUM."
        )
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message, allow_module_level=True)


def open_page(browser, address, **options):
    """Open a page in a new tab, which knows nothing of the others."""
    page = browser.new_context(viewport=DESKTOP, **options).new_page()
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on(
        "console",
        lambda said: said.type in ("error", "warning") and page.wrong.append(said.text),
    )
    page.on(
        "requestfailed",  # not: given up for the next page
        lambda asked: (
            asked.failure == "net::ERR_ABORTED"
            or page.wrong.append(f"{asked.failure}: {asked.url}")
        ),
    )
    page.on("response", lambda answer: page.fetched.setdefault(answer.url, answer))
    page.set_default_timeout(10_000)
    return go(page, address)


def go(page, address):
    """Open the address in this tab; what goes wrong is listed in `page.wrong`."""
    page.wrong, page.fetched = [], {}
    page.goto(address)
    return page
