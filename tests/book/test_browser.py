"""What is seen on each page in a browser: light and dark, on a desktop and on a phone.

Each page is opened once; what was seen there is kept, and the tests ask for it.
"""

import functools
import gzip
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
# when it comes to colours, one of each kind of text: the book shows some a thousand times. Two are
# of a kind if they and all that they stand in have the same names, classes and colour.
PREPARE = """known => {
  for (const drawing of document.querySelectorAll(".math svg")) drawing.remove();
  const seen = new Set(known), spare = [];
  for (const e of document.body.querySelectorAll(":not(math, math *)")) {
    if (![...e.childNodes].some(n => n.nodeType == Node.TEXT_NODE && n.data.trim())) continue;
    let kind = getComputedStyle(e).color;
    for (let p = e; p != document.body; p = p.parentElement)
      kind += ` ${p.localName}.${p.className}/${p.style.cssText}`;
    if (!seen.has(kind)) e.dataset.kind = "";
    else if (e.matches("pre span")) spare.push(e);
    seen.add(kind);
  }
  for (const e of spare) e.replaceWith(e.textContent);
  return [...seen];
}"""
AXE = """async () => {
  axe.configure({rules: [{id: "color-contrast", selector: "[data-kind]"}]});
  const look = async only => (await axe.run({resultTypes: ["violations"], ...only})).violations
    .map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html).join(" | "));
  const found = await look({});
  document.documentElement.dataset.theme = "dark";
  const values = ["color-contrast", "link-in-text-block"];
  return [...found, ...await look({runOnly: {type: "rule", values}})];
}"""
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


@functools.cache
def weight(path):
    return len(gzip.compress(path.read_bytes()))


def complaints_of_axe(page, known):
    """What axe finds, in either colours; the kinds of text in `known` were seen before."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.add_style_tag(content=LAID_OUT)
    known.update(page.evaluate(PREPARE, list(known)))
    page.wait_for_timeout(100)  # page.js looks again
    page.evaluate(axe)
    return page.evaluate(AXE)


@pytest.fixture(scope="module")
def visits(browser, server, html):
    """Return what was seen on a page, which is opened when it is first asked for."""
    known = set()

    @functools.cache
    def visit(name):
        page = open_page(browser, f"{server}{name}.html", color_scheme="light")
        seen = SimpleNamespace(wrong=page.wrong)
        seen.weights = {
            url: weight(html / url.removeprefix(server).partition("?")[0])
            for url in page.fetched
            if url.startswith(server)
        }
        seen.strangers = [
            url for url in page.fetched if not url.startswith((server, "data:"))
        ]
        seen.refused = [url for url, answer in page.fetched.items() if not answer.ok]
        page.add_style_tag(content=LAID_OUT)
        seen.lines = page.evaluate(LINES)
        page.set_viewport_size(PHONE)
        seen.overflow = page.evaluate(OVERFLOW)
        seen.phone_width = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size(DESKTOP)
        seen.axe = complaints_of_axe(page, known)
        page.context.close()
        return seen

    return visit


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_without_a_complaint(visits, name):
    seen = visits(name)
    assert not seen.wrong
    assert not seen.refused
    assert not seen.strangers


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
    found = " ".join(complaints_of_axe(page, set()))
    for what in ["image-alt", "Pale.", "Dark."]:
        assert what in found
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_phone(visits, name):
    assert not visits(name).overflow
    assert visits(name).phone_width <= PHONE["width"]


@pytest.mark.parametrize("name", CHAPTERS)
def test_lines_are_of_a_length_to_read(visits, name):
    lines = visits(name).lines
    assert 60 <= sum(lines) / len(lines) <= 75, "letters in a line"
