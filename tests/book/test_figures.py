"""Figures in the colours of the page, and steppers, on a small page built for these tests."""

import functools
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from chromium import DESKTOP, PHONE, go, open_page, require_chromium
from notebook_rules import BOOK, ROOT
from test_browser import NEXT_FRAME, OVERFLOW, complaints_of_axe

from dlbasics import plotting

require_chromium()

SPEC = importlib.util.spec_from_file_location(
    "book_figures", BOOK / "_extensions" / "book_figures.py"
)
figures = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(figures)

SVG = '<svg width="300pt" height="150pt" viewBox="0 0 300 150" xmlns="http://www.w3.org/2000/svg">'
PREDICT = """
::::{admonition} Predict
:class: predict
What comes next?

:::{dropdown} A · `5`
**Right.** It always does.
:::
::::
"""
TITLES = ["The start", "Halfway", "The end"]


def drawing(number):
    """A blue square on white, further to the right in each frame."""
    square = f'<path fill="{plotting.BLUE}" d="M{number}0 20h60v60h-60z"/>'
    ground = f'<path fill="{plotting.WHITE}" d="M0 0h300v150H0z"/>'
    data = {"image/svg+xml": f"{SVG}{ground}{square}</svg>", "text/plain": "Figure"}
    return nbformat.v4.new_output("display_data", data)


def notebook(frames=3):
    described = [
        {"title": title, "alt": f"A blue square, frame {i} of three."}
        for i, title in enumerate(TITLES, 1)
    ]
    stepper = {
        "name": "fig-walk",
        "caption": "A *walk* along $x$; see {numref}`fig-still`.",
        "frames": described,
    }
    still = {
        "image": {"alt": "A blue square that stands still."},
        "figure": {"name": "fig-still", "caption": "A square."},
    }
    drawn, alone = (
        {"image": {"alt": f"A square that {who} drew."}, "figure": {"caption": who}}
        for who in ["two cells", "one cell"]
    )
    hidden = {"tags": ["hide-input"]}
    v4 = nbformat.v4
    return v4.new_notebook(
        metadata={"language_info": {"name": "python", "pygments_lexer": "python"}},
        cells=[
            v4.new_markdown_cell("# A walk\n\nSee [the last step](#fig-walk-3)."),
            v4.new_code_cell("walk", metadata={"stepper": stepper}, execution_count=1,
                             outputs=[v4.new_output("stream", text="Three steps."),
                                      *[drawing(3 * i) for i in range(frames)]]),
            v4.new_code_cell("still", metadata={"mystnb": still}, execution_count=2,
                             outputs=[drawing(0)]),
            v4.new_code_cell("one = 1", metadata=hidden, execution_count=3),
            v4.new_code_cell("two = 2", metadata=hidden, execution_count=4),
            v4.new_code_cell("print(3)", metadata=hidden, execution_count=5,
                             outputs=[v4.new_output("stream", text="Three.")]),
            v4.new_code_cell("print(4)", metadata=hidden, execution_count=6,
                             outputs=[v4.new_output("stream", text="Four.")]),
            v4.new_markdown_cell(PREDICT),
            v4.new_code_cell("five = 5", metadata=hidden, execution_count=7),
            v4.new_markdown_cell("Two squares."),
            v4.new_code_cell("six = 6", metadata=hidden, execution_count=8),
            v4.new_code_cell("draw(six)", metadata=hidden | {"mystnb": drawn},
                             execution_count=9, outputs=[drawing(1)]),
            v4.new_code_cell("draw(7)", metadata=hidden | {"mystnb": alone},
                             execution_count=10, outputs=[drawing(2)]),
            v4.new_markdown_cell("\n\n".join(["A long way down."] * 40)),
        ]
    )  # fmt: skip


def build(folder, page):
    """Build a book of one page with the extensions and the look of the real one."""
    (folder / "book").mkdir(parents=True)
    for part in ["_extensions", "_static", "_templates", "references.bib"]:
        (folder / "book" / part).symlink_to(BOOK / part)
    shutil.copy(ROOT / "_config.yml", folder)
    (folder / "_toc.yml").write_text("format: jb-book\nroot: walk\n")
    nbformat.write(page, folder / "walk.ipynb")
    program = Path(sys.executable).with_name("jupyter-book")
    return subprocess.run(
        [program, "build", folder, "-n", "-W", "--keep-going"],
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("walk")
    done = build(folder, notebook())
    assert done.returncode == 0, done.stderr[-3000:]
    return (folder / "_build" / "html" / "walk.html").as_uri()


@pytest.fixture(scope="module")
def tab(browser):
    """One tab with scripts, one without: a page opens there in a quarter of the time."""
    return functools.cache(
        lambda scripts: open_page(browser, "about:blank", java_script_enabled=scripts)
    )


@pytest.fixture
def walk(tab, address):
    def open_it(anchor="", *, scripts=True, colors="light"):
        page = tab(scripts)
        page.set_viewport_size(DESKTOP)
        page.emulate_media(media="screen", color_scheme=colors)
        go(page, "about:blank")  # another anchor alone would not load the page again
        return go(page, address + anchor)

    return open_it


def seen(page):
    """The numbers of the frames that can be seen."""
    return page.evaluate("""[...document.querySelectorAll(".stepper-frame")]
      .filter(f => f.checkVisibility({visibilityProperty: true})).map(f => +f.id.slice(-1))""")


def test_the_first_frame_is_shown_and_nothing_moves_by_itself(walk):
    page = walk()
    assert seen(page) == [1]
    page.wait_for_timeout(500)
    assert seen(page) == [1]
    assert not page.wrong


def test_buttons_walk_to_the_ends_and_no_further(walk):
    page = walk()
    back, forth = page.locator(".stepper-back"), page.locator(".stepper-next")
    for expected in [[2], [3], [3]]:
        forth.click(force=True)  # at the end it is dim, but keeps the focus
        assert seen(page) == expected
    assert forth.get_attribute("aria-disabled") == "true"
    for expected in [[2], [1], [1]]:
        back.click(force=True)
        assert seen(page) == expected


def test_keys_walk_from_the_buttons_and_from_the_slider(walk):
    page = walk()
    for start in [".stepper-next", ".stepper input"]:
        page.locator(start).focus()
        for key, expected in [("ArrowRight", [2]), ("ArrowRight", [3]), ("ArrowLeft", [2]),
                              ("ArrowLeft", [1])]:  # fmt: skip
            page.keyboard.press(key)
            assert seen(page) == expected, (start, key)
    page.keyboard.press("End")
    assert seen(page) == [3]


def test_a_screen_reader_hears_which_frame_it_is(walk):
    page = walk()
    status = page.locator(".stepper-status")
    assert status.get_attribute("aria-live") == "polite"
    page.locator(".stepper-next").click()
    assert status.text_content() == "2 of 3: Halfway"
    slider = page.locator(".stepper input")
    assert slider.get_attribute("aria-valuetext") == "2 of 3: Halfway"
    assert slider.input_value() == "2"


def test_an_address_names_a_frame(walk):
    page = walk("#fig-walk-2")
    assert seen(page) == [2]
    top = page.locator("#fig-walk-2 img.on-light").bounding_box()["y"]
    assert 0 <= top <= 600
    assert page.locator(".stepper-status").bounding_box()["y"] >= 0
    page.evaluate("location.hash = 'fig-walk-3'")
    page.evaluate(NEXT_FRAME)
    assert seen(page) == [3]


def test_a_link_leads_to_its_frame_each_time(walk):
    page = walk()
    link = page.get_by_role("link", name="the last step")
    for _ in range(2):
        link.click()
        assert seen(page) == [3]
        page.locator(".stepper-back").click()
        assert seen(page) == [2]


@pytest.mark.parametrize("way", ["no script", "paper"])
def test_all_frames_are_there_without_a_script_and_on_paper(walk, way):
    page = walk(scripts=way != "no script", colors="dark")
    if way == "paper":
        page.emulate_media(media="print")
    assert seen(page) == [1, 2, 3]
    assert page.locator(".stepper-title").all_text_contents() == [
        f"{i} of 3: {title}" for i, title in enumerate(TITLES, 1)
    ]
    assert page.locator(".stepper-title").first.is_visible()
    assert not page.locator(".stepper-controls").is_visible()
    assert page.locator("img.on-light").first.is_visible()
    assert not page.locator("img.on-dark").first.is_visible()


def test_each_frame_has_its_own_alt_and_the_figure_a_number_and_a_caption(walk):
    page = walk()
    alts = [
        image.get_attribute("alt") for image in page.locator(".stepper .on-light").all()
    ]
    assert alts == [f"A blue square, frame {i} of three." for i in (1, 2, 3)]
    caption = page.locator("#fig-walk figcaption")
    assert caption.locator("em, svg").count() == 2
    assert "Fig. 2" in caption.text_content()
    assert page.locator(".cell_output").first.text_content().count("Figure") == 0
    assert page.locator(".cell_output", has_text="Three steps.").is_visible()


def test_axe_finds_nothing_and_a_phone_has_room(walk):
    page = walk()
    page.set_viewport_size(PHONE)
    assert not page.evaluate(OVERFLOW)
    assert complaints_of_axe(page, set()) == []


def test_a_figure_has_the_colours_of_the_page_and_is_fetched_once(walk):
    for scheme in ["light", "dark"]:
        page = walk(colors=scheme)
        page.locator("#fig-still").scroll_into_view_if_needed()
        page.wait_for_timeout(200)
        shown = [i for i in page.locator("#fig-still img").all() if i.is_visible()]
        assert [f"on-{scheme}" in i.get_attribute("class") for i in shown] == [True]
        state = (
            "[...document.querySelectorAll('#fig-still img')].map(i => i.naturalWidth)"
        )
        assert sorted(page.evaluate(state)) == [0, 400]


def test_figures_have_their_size_before_they_arrive(walk):
    size = walk().locator("#fig-still img.on-light")
    assert (size.get_attribute("width"), size.get_attribute("height")) == ("400", "200")


def test_a_frame_too_few_fails_the_build(tmp_path):
    done = build(tmp_path, notebook(frames=2))
    assert done.returncode != 0
    assert "stepper fig-walk: got 2 figures for 3 frames" in done.stderr + done.stdout


@pytest.mark.parametrize(
    "image, sized",
    [
        ('<img src="a.svg">', '<img width="400" height="200" src="a.svg">'),
        ('<img alt="width">', '<img width="400" height="200" alt="width">'),
        ('<img width="9" src="a.svg">', '<img width="9" src="a.svg">'),
    ],
)
def test_a_size_that_is_given_stays(image, sized):
    assert figures.with_size(image, SVG) == sized
    assert figures.with_size(image, "<svg viewBox='0 0 1 1'>") == image


def test_the_code_of_one_picture_is_in_one_fold(walk):
    """Up to the first cell that shows something; what stands apart has its own fold."""
    page = walk(scripts=False)
    folds = page.locator("details.hide")
    assert folds.count() == 5

    def seen_code():
        inputs = page.locator("div.cell_input").all()[2:]
        return [i.text_content().strip() for i in inputs if i.is_visible()]

    for fold, code in [
        (0, ["one = 1", "two = 2", "print(3)"]),
        (1, ["print(4)"]),
        (2, ["five = 5"]),
        (3, ["six = 6", "draw(six)"]),
        (4, ["draw(7)"]),
    ]:
        assert seen_code() == []
        folds.nth(fold).locator("summary").click()
        assert seen_code() == code
        folds.nth(fold).locator("summary").click()
    cells = page.locator("div.cell:has(.cell_input)").all()  # each has what is its own
    assert [cell.locator(".cell_input").count() for cell in cells] == [1] * 10


@pytest.mark.parametrize(
    "who, code", [("two cells", "six = 6"), ("one cell", "draw(7)")]
)
def test_a_picture_comes_before_the_fold_with_its_code(walk, who, code):
    """In the page, and in the order in which it is read aloud."""
    page = walk(scripts=False)
    picture = page.locator(f"figure:has(img[alt='A square that {who} drew.'])")
    fold = page.locator("details.hide", has_text=code)
    follows = (
        "([a, b]) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING"
    )
    assert page.evaluate(follows, [e.element_handle() for e in (picture, fold)])
    below = picture.bounding_box()
    gap = fold.bounding_box()["y"] - (below["y"] + below["height"])
    assert 0 <= gap <= 16, "the fold is close to its picture"
    fold.locator("summary").click()
    shown, above = page.locator(".cell_input", has_text=code), picture.bounding_box()
    assert shown.bounding_box()["y"] > above["y"] + above["height"]


def test_paper_turns_an_answer_upside_down(walk):
    page = walk(scripts=False)
    answer = page.locator(".predict .sd-summary-content")
    rotation = "e => getComputedStyle(e).rotate"
    assert answer.evaluate(rotation) == "none"
    page.emulate_media(media="print")
    assert answer.is_visible()
    assert answer.evaluate(rotation) == "180deg"


@pytest.mark.parametrize("scheme, ending", [("light", ".svg"), ("dark", ".dark.svg")])
def test_the_first_figure_is_asked_for_early_in_the_colours_of_the_page(
    walk, scheme, ending
):
    page = walk(colors=scheme)
    (link,) = page.locator("link[rel=preload][as=image]").all()
    first = page.locator(f"figure img.on-{scheme}").first
    assert link.get_attribute("href") == first.get_attribute("src")
    assert link.get_attribute("href").endswith(ending)
    assert ".dark" in ending or ".dark" not in link.get_attribute("href")
