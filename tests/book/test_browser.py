"""What is seen on each page in a browser: light and dark, on a desktop and on a phone.

Each page is opened once; what was seen there is kept, and the tests ask for it.
"""

import functools
import gzip
import itertools
import re
from importlib.resources import files
from types import SimpleNamespace

import proofs
import pytest
from chromium import CHAPTERS, DESKTOP, PHONE, open_page, require_chromium

require_chromium()

PAGES = [*proofs.pages(), "search", "404"]
BUDGET = 600_000  # bytes that a first view may cost, compressed
# Sections out of view are not laid out, and cut off what stands out of them; colours that change
# pass through others: not while we measure.
LAID_OUT = """section { content-visibility: visible !important }
*, ::before, ::after { transition: none !important }"""

# What axe looks at: no outlines of formulas, which are hidden from those who cannot see them. And
# of what a page shows a thousand times, such as a colour of code, one, when it comes to colours.
PREPARE = """() => {
  for (const drawing of document.querySelectorAll(".math svg")) drawing.remove();
  const seen = new Set();
  for (const e of document.body.querySelectorAll(":not(math, math *)")) {
    if (![...e.childNodes].some(n => n.nodeType == Node.TEXT_NODE && n.data.trim())) continue;
    let kind = getComputedStyle(e).color;
    for (let p = e; p != document.body; p = p.parentElement)
      kind += ` ${p.localName}.${p.className}/${p.style.cssText}`;
    if (!seen.has(kind)) e.dataset.kind = "";
    seen.add(kind);
  }
}"""
AXE = """async () => complaints(await axe.run({resultTypes: ["violations"], rules: {
  "color-contrast": {enabled: false}, "link-in-text-block": {enabled: false}}}))"""
AXE_COLOURS = """async theme => {
  document.documentElement.dataset.theme = theme;
  const context = {include: [...document.querySelectorAll("[data-kind]")]};
  return complaints(await axe.run(context, {resultTypes: ["violations"], runOnly: {
    type: "rule", values: ["color-contrast", "link-in-text-block"]}}));
}"""
COMPLAINTS = """const complaints = ({violations}) => violations.map(
  v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html).join(" | "));"""
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


def complaints_of_axe(page):
    """What axe finds, in either colours."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.add_style_tag(content=LAID_OUT)
    page.evaluate(PREPARE)
    page.wait_for_timeout(100)  # page.js looks again
    page.add_script_tag(content=axe + COMPLAINTS)
    found = page.evaluate(AXE)
    for theme in ["light", "dark"]:
        found += page.evaluate(AXE_COLOURS, theme)
    return found


@pytest.fixture(scope="module")
def visits(browser, server):
    """Return what was seen on a page, which is opened when it is first asked for."""

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
        seen.axe = complaints_of_axe(page)
        page.context.close()
        return seen

    return visit


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


def test_axe_finds_what_is_planted(browser, server):
    page = open_page(browser, f"{server}404.html", color_scheme="light")
    page.evaluate("""document.querySelector("article").insertAdjacentHTML("beforeend",
      `<img src="_static/logo.svg"><p style="color: #ccc">Pale.</p><p style="color: #222">Dark.</p>`
    )""")
    found = " ".join(complaints_of_axe(page))
    for what in ["image-alt", "Pale.", "Dark."]:
        assert what in found
    page.context.close()


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
