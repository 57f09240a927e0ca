"""The pages as a reader meets them: in Chromium, light and dark, on a phone, by keyboard, on paper.

Each page is opened once; what was seen there is kept, and the tests ask for it.
"""

import functools
import gzip
import http.server
import itertools
import os
import re
import shutil
import threading
from importlib.resources import files
from types import SimpleNamespace

import proofs
import pytest

PAGES = [*proofs.pages(), "search", "404"]
CHAPTERS = [f"book/{path.stem}" for path in proofs.chapters()]
BUDGET = 600_000  # bytes that a first view may cost, compressed
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
]
# Sections out of view are not laid out, and cut off what stands out of them; colours that change
# pass through others: not while we measure.
LAID_OUT = """section { content-visibility: visible !important }
*, ::before, ::after { transition: none !important }"""

# Of what a page shows a thousand times, one is enough: a span of each colour of code. And no
# outlines of formulas, which are hidden from those who cannot see them.
THIN = """() => {
  for (const drawing of document.querySelectorAll(".math svg")) drawing.remove();
  const seen = new Set();
  for (const span of document.querySelectorAll("pre span[class]"))
    if (seen.has(span.className)) span.replaceWith(span.textContent);
    else seen.add(span.className);
}"""
AXE = """async rules => {
  const options = {resultTypes: ["violations"]};
  if (rules) options.runOnly = {type: "rule", values: rules};
  const {violations} = await axe.run(document, options);
  return violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html).join(" | "));
}"""
# What needs looking at in each theme; the rest is the same in both.
COLOURS = ["color-contrast", "link-in-text-block"]
OVERFLOW = """() => [...document.querySelectorAll("body *")].filter(e => {
  const box = e.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1) return false;
  for (let p = e; p != document.body; p = p.parentElement)
    if (getComputedStyle(p).overflowX != "visible" || getComputedStyle(p).position == "fixed")
      return false;
  return true;
}).map(e => e.outerHTML.slice(0, 120))"""
# How many letters a line has on average, in each paragraph of plain text, its last line apart.
LINES = """() => [...document.querySelectorAll("article section > p")].flatMap(p => {
  if (p.children.length || p.textContent.length < 150) return [];
  const range = document.createRange(), text = p.firstChild, tops = {};
  for (let i = 0; i < text.length; i++) {
    range.setStart(text, i); range.setEnd(text, i + 1);
    const top = Math.round(range.getBoundingClientRect().top);
    tops[top] = (tops[top] || 0) + 1;
  }
  const full = Object.values(tops).slice(0, -1);
  return [full.reduce((a, b) => a + b) / full.length];
})"""


def chromium():
    for name in ["chromium", "chromium-browser", "google-chrome", "chrome"]:
        if shutil.which(name):
            return shutil.which(name)
    return os.environ.get("CHROMIUM")


if not chromium():
    pytest.skip(
        "THE PAGES WERE NOT TESTED IN A BROWSER: there is no Chromium. Install it "
        "(Debian, Ubuntu: apt-get install chromium), or give its path as CHROMIUM.",
        allow_module_level=True,
    )


@pytest.fixture(scope="module")
def server(html):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args):
            pass

    handler = functools.partial(Quiet, directory=html)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


def open_page(browser, address, **options):
    """Open a page of its own; what goes wrong in it is listed in `page.wrong`."""
    page = browser.new_context(viewport=DESKTOP, **options).new_page()
    page.wrong, page.fetched = [], {}
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
    page.goto(address)
    return page


@pytest.fixture(scope="module")
def visits(browser, server):
    """Return what was seen on a page, which is opened when it is first asked for."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

    @functools.cache
    def visit(name):
        page = open_page(browser, f"{server}{name}.html", color_scheme="light")
        seen = SimpleNamespace(wrong=page.wrong)
        seen.weights = {
            url.removeprefix(server): len(gzip.compress(answer.body()))
            for url, answer in list(page.fetched.items())
            if not url.startswith("data:")
        }
        seen.refused = [url for url, answer in page.fetched.items() if not answer.ok]
        seen.language = page.evaluate("document.documentElement.lang")
        seen.title = page.title()
        seen.description = page.evaluate(
            "document.querySelector('meta[name=description]')?.content || ''"
        )
        seen.headings = page.evaluate(
            "[...document.querySelectorAll('main :is(h1,h2,h3,h4,h5,h6)')]"
            ".map(h => [+h.tagName[1], h.textContent])"
        )
        seen.ids = page.evaluate(
            "[...document.querySelectorAll('[id]')].map(e => e.id)"
        )
        seen.links = page.evaluate("[...document.links].map(a => a.href)")
        page.add_style_tag(content=LAID_OUT)
        seen.lines = page.evaluate(LINES)
        page.set_viewport_size(PHONE)
        seen.overflow = page.evaluate(OVERFLOW)
        seen.phone_width = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size(DESKTOP)
        page.evaluate(THIN)
        page.evaluate(
            "new Promise(done => setTimeout(done, 100))"
        )  # page.js looks again
        page.evaluate(axe)
        seen.axe = page.evaluate(AXE, None)
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        seen.axe_dark = page.evaluate(AXE, COLOURS)
        page.context.close()
        return seen

    return visit


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


# What is seen on each page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_without_a_complaint(visits, name):
    seen = visits(name)
    assert not seen.wrong
    assert not seen.refused
    assert not [url for url in seen.weights if re.match(r"\w+:", url)]


@pytest.mark.parametrize("name", PAGES)
def test_a_first_view_is_light(visits, name):
    weights = visits(name).weights
    assert sum(weights.values()) <= BUDGET, weights


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visits, name):
    assert not visits(name).axe
    assert not visits(name).axe_dark


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_phone(visits, name):
    assert not visits(name).overflow
    assert visits(name).phone_width <= PHONE["width"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_it_is(visits, name):
    seen = visits(name)
    assert seen.language == "en"
    assert len(seen.title) > 5
    levels = [level for level, _ in seen.headings]
    assert levels[:1] == [1] and levels.count(1) == 1, seen.headings
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), seen.headings
    assert len(seen.ids) == len(set(seen.ids)), "an id stands for one place"
    if name in proofs.pages():
        assert 20 <= len(seen.description) <= 200


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(visits, html, server, name):
    for link in visits(name).links:
        address, _, anchor = link.partition("#")
        if address.startswith(server):
            path = address.removeprefix(server).partition("?")[0] or "index.html"
            assert (html / path).exists(), link
            if anchor and path.endswith(".html"):
                assert anchor in visits(path.removesuffix(".html")).ids, link


def test_descriptions_differ(visits):
    assert len({visits(name).description for name in proofs.pages()}) == len(
        proofs.pages()
    )


@pytest.mark.parametrize("name", CHAPTERS)
def test_lines_are_of_a_length_to_read(visits, name):
    lines = visits(name).lines
    assert 60 <= sum(lines) / len(lines) <= 75, "letters in a line"


# What can be done


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
