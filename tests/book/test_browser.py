"""What is seen in a browser on each page, and what a reader does there."""

import functools
import gzip
from importlib.resources import files
from types import SimpleNamespace

import pytest
from chromium import DESKTOP, PHONE, go, open_page, require_chromium
from notebook_rules import CHAPTERS, PAGES

require_chromium()

BUDGET = 600_000  # bytes that a first view may cost, compressed
# Sections out of view are not laid out, and cut off what stands out of them; colours that change
# pass through others: not while we measure.
LAID_OUT = """section { content-visibility: visible !important }
*, ::before, ::after { transition: none !important }"""

# What axe looks at: no outlines of formulas, which are hidden from those who cannot see them. And
# when it comes to colours, one of each kind of text: the book shows some a thousand times. Two are
# of a kind if they and all that they stand in have the same names, classes and style; or else if,
# in either colours, all that axe compares is the same: their letters, and what is below them.
PREPARE = """known => {
  for (const drawing of document.querySelectorAll(".math svg")) drawing.remove();
  const seen = new Set(known), fresh = [];
  for (const e of document.body.querySelectorAll(":not(math, math *)")) {
    if (![...e.childNodes].some(n => n.nodeType == Node.TEXT_NODE && n.data.trim())) continue;
    let names = "";
    for (let p = e; p != document.body; p = p.parentElement)
      names += ` ${p.localName}.${p.className}/${p.style.cssText}`;
    if (!seen.has(names)) fresh.push(e);
    else if (e.matches("pre span")) e.dataset.spare = "";
    seen.add(names);
  }
  for (const e of document.querySelectorAll("[data-spare]")) e.replaceWith(e.textContent);
  if (!fresh.length) return [];
  const alone = e => e.textContent.trim() == e.parentElement.textContent.trim();
  const kinds = fresh.map(e => e.localName + (e.localName == "a" && alone(e)));
  for (const theme of ["dark", "light"]) {
    document.documentElement.dataset.theme = theme;
    const looks = new Map([[null, ["", ""]]]);
    const below = e => {
      if (!looks.has(e)) {
        const style = getComputedStyle(e), [color, all] = below(e.parentElement);
        const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter];
        if (style.color != color) own.push(style.color);
        if (/absolute|fixed|sticky/.test(style.position)) own.push(e.className);
        const plain = own.join() == "rgba(0, 0, 0, 0),none,1,none";
        looks.set(e, [style.color, plain ? all : `${all}/${own}`]);
      }
      return looks.get(e);
    };
    fresh.forEach((e, i) => {
      const {fontSize, fontWeight, textShadow, textDecorationLine, borderBottomStyle, display}
        = getComputedStyle(e);
      kinds[i] += [below(e), fontSize, fontWeight, textShadow, textDecorationLine,
        borderBottomStyle, display].join();
    });
  }
  fresh.forEach((e, i) => {
    if (seen.has(kinds[i])) return;
    seen.add(kinds[i]);
    e.dataset.kind = "";
    e.closest("a[href]")?.setAttribute("data-link", "");  // axe does not know :has
  });
  return [...seen].slice(known.length);
}"""
# It looks at colours where nothing else is left than what has to be looked at, and what it stands
# in and beside: to find out what lies on what costs more than all the rest.
AXE = """async () => {
  axe.configure({rules: [
    {id: "color-contrast", selector: "[data-kind]"},
    {id: "link-in-text-block", selector: "[data-link]"},
  ]});
  const found = [], colours = ["color-contrast", "link-in-text-block"];
  const look = async only => {
    const {violations} = await axe.run({resultTypes: ["violations"], ...only});
    for (const v of violations)
      found.push(v.id + ": " + v.nodes.slice(0, 3).map(n => n.html).join(" | "));
  };
  await look({rules: Object.fromEntries(colours.map(id => [id, {enabled: false}]))});
  if (!document.querySelector("[data-kind]")) return found;
  const rest = ":not([data-kind], [data-kind] *, :has([data-kind]))";
  for (const e of document.body.querySelectorAll(rest))
    if (!e.parentElement?.querySelector(":scope > [data-kind]")) e.remove();
  for (const theme of ["light", "dark"]) {
    document.documentElement.dataset.theme = theme;
    await look({runOnly: {type: "rule", values: colours}});
  }
  return found;
}"""
NEXT_FRAME = (
    "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
)
OVERFLOW = """() => [...document.querySelectorAll("body *")].filter(e => {
  const box = e.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1) return false;
  for (let p = e; p != document.body; p = p.parentElement)
    if (getComputedStyle(p).overflowX != "visible" || getComputedStyle(p).position == "fixed")
      return false;
  return true;
}).map(e => e.outerHTML.slice(0, 120))"""
# Where the button and the picture of each stepper are while one presses it: one place, if nothing
# moves under the pointer.
MOVES = """() => [...document.querySelectorAll(".stepper")].filter(stepper => {
  const next = stepper.querySelector(".stepper-next"), places = new Set();
  const frames = [...stepper.querySelectorAll(".stepper-frame")];
  for (const frame of frames) {
    const box = frame.parentElement.getBoundingClientRect();
    places.add(next.getBoundingClientRect().x + " " + (box.y - stepper.getBoundingClientRect().y));
    next.click();
  }
  stepper.showFrame(frames[0]);
  return places.size > 1;
}).map(stepper => stepper.id)"""
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
    page.evaluate(NEXT_FRAME)  # page.js looks again
    page.evaluate(axe)
    return page.evaluate(AXE)


@pytest.fixture(scope="module")
def tab(browser):
    """One tab for all that need none of their own: a page opens there in half the time."""
    page = open_page(browser, "about:blank", color_scheme="light")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def page(tab, server):
    """Open a page in it, as on a desktop."""

    def open_it(name, media="screen", colors="light"):
        tab.set_viewport_size(DESKTOP)
        tab.emulate_media(media=media, color_scheme=colors)
        return go(tab, f"{server}{name}")

    return open_it


@pytest.fixture
def page_of_its_own(browser, server):
    """Open a page for a reader who has other settings."""
    opened = []

    def open_it(name, **options):
        opened.append(open_page(browser, f"{server}{name}", **options))
        return opened[-1]

    yield open_it
    for one in opened:
        one.context.close()


@pytest.fixture(scope="module")
def visits(page, server, html):
    """Return what was seen on a page, which is opened when it is first asked for."""
    known = set()

    @functools.cache
    def visit(name):
        tab = page(f"{name}.html")
        seen = SimpleNamespace(wrong=tab.wrong)
        seen.weights = {
            url: weight(html / url.removeprefix(server).partition("?")[0])
            for url in tab.fetched
            if url.startswith(server)
        }
        seen.strangers = [
            url for url in tab.fetched if not url.startswith((server, "data:"))
        ]
        seen.refused = [
            url for url, answer in tab.fetched.items() if answer.status >= 400
        ]
        tab.add_style_tag(content=LAID_OUT)
        seen.lines = tab.evaluate(LINES) if name in CHAPTERS else []
        seen.moves = tab.evaluate(MOVES) if name in CHAPTERS else []
        tab.set_viewport_size(PHONE)
        seen.moves += tab.evaluate(MOVES) if name in CHAPTERS else []
        seen.overflow = tab.evaluate(OVERFLOW)
        seen.phone_width = tab.evaluate("document.documentElement.scrollWidth")
        tab.set_viewport_size(DESKTOP)
        seen.axe = complaints_of_axe(tab, known)
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


def test_axe_finds_what_is_planted(page):
    lost = page("404.html")
    lost.evaluate("""document.querySelector("article").insertAdjacentHTML("beforeend",
      `<img src="_static/logo.svg"><p style="color: #ccc">Pale.</p><p style="color: #222">Dark.</p>
       <p>A reader who sees no colours does not see
       <a href="#" style="color: #2a3340; text-decoration: none">a link</a>.</p>`
    )""")
    found = " ".join(complaints_of_axe(lost, set()))
    for what in ["image-alt", "Pale.", "Dark.", "link-in-text-block"]:
        assert what in found


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_phone(visits, name):
    assert not visits(name).overflow
    assert visits(name).phone_width <= PHONE["width"]


@pytest.mark.parametrize("name", CHAPTERS)
def test_nothing_moves_while_one_steps_through_a_process(visits, name):
    assert not visits(name).moves


@pytest.mark.parametrize("name", CHAPTERS)
def test_lines_are_of_a_length_to_read(visits, name):
    lines = visits(name).lines
    assert 60 <= sum(lines) / len(lines) <= 75, "letters in a line"


# What a reader does, by mouse, keyboard, and on paper.


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


def test_the_search_finds_a_chapter_before_the_reference(page):
    results = page("search.html?q=softmax")
    results.wait_for_selector("#search-results a[href*='api/softmax.html#']")
    found = results.locator("#search-results a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    of_chapter = [href.startswith("book/softmax.html") for href in found].index(True)
    assert of_chapter < ["/api/" in href for href in found].index(True)


def test_all_works_from_a_disk(tab, html):
    page = go(tab, f"{(html / 'search.html').as_uri()}?q=LogSumExp")
    page.locator("#search-results a[href*='softmax.html']").first.click()
    page.wait_for_selector("h1:has-text('LogSumExp')")
    page.locator(".theme-switch-button").click()
    assert not page.wrong


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
def test_the_colours_change_and_stay(page_of_its_own, system, order):
    front = page_of_its_own("book/intro.html", color_scheme=system)
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


def test_what_is_folded_opens_by_keyboard(page):
    chapter = page(f"{CHAPTERS[0]}.html")
    for kind in ["details.hide", "details.sd-dropdown"]:
        first = chapter.locator(f"article {kind}").first
        first.locator("summary").focus()
        chapter.keyboard.press("Enter")
        assert first.evaluate("d => d.open")
        chapter.keyboard.press("Enter")
        assert not first.evaluate("d => d.open")


def test_the_rows_of_a_table_are_stacked_on_a_phone(page):
    chapter = page("book/three_tasks.html")
    head, name = (chapter.locator(s).first for s in ["thead", ".column-name"])
    assert (head.is_visible(), name.is_visible()) == (True, False)
    chapter.set_viewport_size(PHONE)
    assert (head.is_visible(), name.is_visible()) == (False, True)
    chapter.set_viewport_size(DESKTOP)
    assert (head.is_visible(), name.is_visible()) == (True, False)


def test_numbers_stand_with_their_points_under_one_another(page):
    chapter = page("book/gradient_descent.html")
    table = chapter.locator("table:has(td.number)").first
    places = table.evaluate("""table => [...table.rows].slice(1).map(row =>
      [...row.cells].map(cell => {
        const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
        const point = text.data.indexOf(".");
        const range = document.createRange();
        range.setStart(text, point < 0 ? text.length : point);
        range.collapse(true);
        return [cell.matches(".number"), range.getBoundingClientRect().x];
      }))""")
    columns = [column for column in zip(*places) if all(n for n, _ in column)]
    assert len(columns) > 5
    for column in columns:
        points = [x for _, x in column]
        assert max(points) - min(points) < 0.5, points


def test_the_picture_of_a_chapter_starts_above_the_fold_of_the_screen(page):
    """And with the question: on a desk 900 pixels high, and on a phone."""
    for size in [{"width": 1400, "height": 900}, PHONE]:
        for name in CHAPTERS:
            chapter = page(f"{name}.html")
            chapter.set_viewport_size(size)
            box = chapter.locator("article figure img.on-light").first.bounding_box()
            assert box["y"] < 0.75 * size["height"], f"{name} at {size}: {box}"


def test_the_contents_open_on_a_phone_with_the_sections_of_the_page(page):
    chapter = page(f"{CHAPTERS[0]}.html")
    chapter.set_viewport_size(PHONE)
    dialog = chapter.locator("#pst-primary-sidebar-modal")
    chapter.locator(".primary-toggle").click()
    assert dialog.locator("a[href$='intro.html']").first.is_visible()
    chapter.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    chapter.locator(".primary-toggle").click()
    link = dialog.locator(".page-toc a:visible").last
    anchor = link.get_attribute("href")
    link.click()
    dialog.wait_for(state="hidden")
    chapter.wait_for_timeout(300)
    top = chapter.locator(f"{anchor} > :is(h2, h3)").first.bounding_box()["y"]
    assert 0 <= top <= 300, f"{anchor} is at {top}"


def test_the_contents_mark_the_section_that_is_read(page):
    chapter = page(f"{CHAPTERS[0]}.html")
    marked = chapter.locator(".page-toc a[aria-current]")
    for anchor in ["exercises", "summary", "exercises"]:  # in one leap, and back
        chapter.evaluate(f"document.querySelector('#{anchor}').scrollIntoView()")
        chapter.wait_for_selector(f".page-toc a[aria-current][href='#{anchor}']")
        assert marked.count() == 1


def test_a_wide_screen_has_captions_beside_their_figures(page):
    chapter = page("book/softmax.html")
    for width, beside in [(1440, True), (1280, False)]:
        chapter.set_viewport_size({"width": width, "height": 900})
        figure = chapter.locator("article figure").first
        image = figure.locator("img.on-light").bounding_box()
        caption = figure.locator("figcaption").bounding_box()
        right = image["x"] + image["width"]
        assert (right <= caption["x"] <= right + 120) == beside
        assert (caption["y"] == pytest.approx(image["y"], abs=30)) == beside
        assert caption["x"] + caption["width"] <= width
        if not beside:
            assert caption["x"] == pytest.approx(image["x"], abs=1)


def test_the_text_has_its_own_typeface(page):
    chapter = page("book/softmax.html")
    chapter.evaluate("document.fonts.ready")
    for style in ["1em", "italic 1em", "600 1em"]:
        assert chapter.evaluate(f"document.fonts.check('{style} \"STIX Two Text\"')")
    loaded = "[...document.fonts].filter(f => f.status == 'loaded').length"
    assert chapter.evaluate(loaded) >= 2


def test_each_chapter_can_be_downloaded(page):
    chapter = page(f"{CHAPTERS[0]}.html")
    with chapter.expect_download() as download:
        chapter.locator("a.download-notebook").click()
    assert download.value.suggested_filename == CHAPTERS[0].split("/")[-1] + ".ipynb"
    assert '"nbformat"' in download.value.path().read_text()


def test_paper_shows_the_page_alone_with_its_answers(page):
    chapter = page("book/softmax.html", media="print", colors="dark")
    for hidden in ["#pst-primary-sidebar", ".prev-next-footer",
                   ".bd-header-article", "details.hide:not([open])"]:  # fmt: skip
        assert not chapter.locator(hidden).first.is_visible(), hidden
    assert chapter.locator("h1").is_visible()
    answer = "document.querySelector('.sd-summary-content').checkVisibility()"
    assert chapter.evaluate(answer)
    ink = "getComputedStyle(document.querySelector('article section > p')).color"
    assert chapter.evaluate(ink) == "rgb(0, 0, 0)"


@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_number_of_a_formula_stands_on_its_right(page, media):
    chapter = page("book/softmax.html", media=media)
    formula = chapter.locator("div.math:has(.eqno)").first
    drawn = formula.locator(".formula > svg").bounding_box()
    number = formula.locator(".eqno").bounding_box()
    assert number["x"] >= drawn["x"] + drawn["width"]
    assert (
        drawn["y"] <= number["y"] + number["height"] / 2 <= drawn["y"] + drawn["height"]
    )


def test_without_a_script_a_page_is_whole(page_of_its_own):
    chapter = page_of_its_own("book/softmax.html", java_script_enabled=False)
    assert chapter.locator("h1").is_visible()
    assert chapter.locator(".math svg").count() > 50
    assert not chapter.locator(".theme-switch-button").is_visible()


TAPPED = {
    "book/softmax.html": [
        ".bd-header-article .btn",
        "details.hide > summary",
        "details.sd-dropdown > summary",
        ".stepper-controls button",
        ".stepper-controls input",
        ".run-open",
        ".prev-next-area a",
        "#pst-primary-sidebar-modal nav a",
    ],
    "book/intro.html": ["a.start"],
    "search.html": ["input[type=search]"],
}
HEIGHTS = """selector => [...document.querySelectorAll(selector)]
  .filter(e => e.checkVisibility({contentVisibilityAuto: true}))
  .map(e => e.getBoundingClientRect().height)"""


@pytest.mark.parametrize("name", TAPPED)
def test_what_a_finger_taps_is_44_pixels_high(page_of_its_own, name):
    tapped = page_of_its_own(name, has_touch=True)
    tapped.set_viewport_size(PHONE)
    for selector in TAPPED[name]:
        if "modal" in selector:  # the contents
            tapped.locator(".primary-toggle").click()
        heights = tapped.evaluate(HEIGHTS, selector)
        assert heights and min(heights) >= 43.5, (selector, sorted(heights)[:3])
