"""What a reader does with the pages: search, fold, switch colours, by mouse, keyboard, on paper."""

import pytest
from chromium import CHAPTERS, PHONE, open_page, require_chromium

require_chromium()


@pytest.fixture
def page(browser, server):
    """Open a page to do something with it."""
    opened = []

    def open_it(name, **options):
        opened.append(open_page(browser, f"{server}{name}", **options))
        return opened[-1]

    yield open_it
    for one in opened:
        one.context.close()


def test_the_front_door_opens(page):
    front = page("index.html")
    front.wait_for_url("**/book/intro.html")
    assert not front.wrong


@pytest.mark.parametrize(
    "word, found", [("LogSumExp", "softmax"), ("log_softmax", "softmax")]
)
def test_the_search_finds(page, word, found):
    results = page(f"search.html?q={word}")
    results.wait_for_selector(f"#search-results a[href*='{found}.html']", timeout=5000)
    results.wait_for_selector("#search-results .context")
    assert not results.wrong


def test_all_works_from_a_disk(browser, html):
    page = open_page(browser, f"{(html / 'search.html').as_uri()}?q=LogSumExp")
    page.locator("#search-results a[href*='softmax.html']").first.click()
    page.wait_for_selector("h1:has-text('LogSumExp')")
    page.locator(".theme-switch-button").click()
    assert not page.wrong
    page.context.close()


def test_ctrl_k_opens_the_search_and_escape_leaves_it(page):
    front = page("book/softmax.html")
    front.keyboard.press("Control+k")
    front.keyboard.type("entropy")
    assert front.evaluate("document.activeElement.value") == "entropy"
    front.keyboard.press("Escape")
    front.locator("#pst-search-dialog").wait_for(state="hidden")
    front.keyboard.press("Control+k")
    front.keyboard.type("entropy")
    front.keyboard.press("Enter")
    front.wait_for_url("**/search.html?q=entropy")


@pytest.mark.parametrize(
    "system, order", [("light", "dark light"), ("dark", "light dark")]
)
def test_the_colours_change_and_stay(page, system, order):
    front = page("book/intro.html", color_scheme=system)
    theme = "document.documentElement.dataset.theme"
    background = "getComputedStyle(document.body).backgroundColor"
    assert front.evaluate(theme) == system
    before = front.evaluate(background)
    first, second = order.split()
    front.locator(".theme-switch-button").focus()
    front.keyboard.press("Enter")
    assert front.evaluate(theme) == first
    assert front.evaluate(background) != before
    front.reload()
    assert front.evaluate(theme) == first
    front.locator(".theme-switch-button").click()
    assert front.evaluate(theme) == second
    assert "Colours: " in front.locator(".theme-switch-button").get_attribute(
        "aria-label"
    )


def test_the_first_tab_skips_to_the_content(page):
    chapter = page(f"{CHAPTERS[0]}.html")
    chapter.keyboard.press("Tab")
    assert (
        chapter.evaluate("document.activeElement.textContent") == "Skip to main content"
    )
    chapter.keyboard.press("Enter")
    assert chapter.evaluate("document.activeElement.id") == "main-content"
    chapter.keyboard.press("Tab")
    assert chapter.evaluate("document.activeElement.closest('main') != null")


@pytest.mark.parametrize("name", CHAPTERS)
def test_what_is_folded_opens_by_keyboard(page, name):
    chapter = page(f"{name}.html")
    folded = chapter.locator("article details")
    for kind in ["details.hide", "details.sd-dropdown"]:
        first = chapter.locator(f"article {kind}").first
        first.locator("summary").focus()
        chapter.keyboard.press("Enter")
        assert first.evaluate("d => d.open")
        chapter.keyboard.press("Enter")
        assert not first.evaluate("d => d.open")
    assert folded.count() == chapter.locator("article details > summary").count()
    # {admonition} with `:class: dropdown` folds only with a script that the book does without.
    assert chapter.locator("article .admonition.dropdown, article .toggle").count() == 0


def test_the_contents_open_on_a_phone(page):
    chapter = page(f"{CHAPTERS[0]}.html")
    chapter.set_viewport_size(PHONE)
    for column, selector in [("primary", "a[href$='intro.html']"), ("secondary", "a")]:
        dialog = chapter.locator(f"#pst-{column}-sidebar-modal")
        chapter.locator(f".{column}-toggle").click()
        assert dialog.locator(selector).first.is_visible()
        chapter.keyboard.press("Escape")
        dialog.wait_for(state="hidden")
    chapter.locator(".secondary-toggle").click()
    link = dialog.locator("nav a").last
    anchor = link.get_attribute("href")
    link.click()
    dialog.wait_for(state="hidden")
    chapter.wait_for_timeout(300)
    top = chapter.locator(f"{anchor} > :is(h2, h3)").first.bounding_box()["y"]
    assert 0 <= top <= 300, f"{anchor} is at {top}"


def test_each_chapter_can_be_downloaded(page):
    chapter = page(f"{CHAPTERS[0]}.html")
    with chapter.expect_download() as download:
        chapter.locator("a.download-notebook").click()
    assert download.value.suggested_filename == CHAPTERS[0].split("/")[-1] + ".ipynb"
    assert '"nbformat"' in download.value.path().read_text()


def test_paper_shows_the_page_alone_with_its_answers(page):
    chapter = page("book/softmax.html", color_scheme="dark")
    chapter.emulate_media(media="print")
    for hidden in ["#pst-primary-sidebar", "#pst-secondary-sidebar", ".prev-next-footer",
                   ".bd-header-article", "details.hide:not([open])"]:  # fmt: skip
        assert not chapter.locator(hidden).first.is_visible(), hidden
    assert chapter.locator("h1").is_visible()
    answer = "document.querySelector('.sd-summary-content').checkVisibility()"
    assert chapter.evaluate(answer)
    ink = "getComputedStyle(document.querySelector('article section > p')).color"
    assert chapter.evaluate(ink) == "rgb(0, 0, 0)"


def test_without_a_script_a_page_is_whole(page):
    chapter = page("book/softmax.html", java_script_enabled=False)
    assert chapter.locator("h1").is_visible()
    assert chapter.locator(".math svg").count() > 50
    assert not chapter.locator(".theme-switch-button").is_visible()
