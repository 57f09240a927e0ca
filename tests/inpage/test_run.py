"""What a reader does with the code of a page: one browser, one Python, one after the other."""

import functools
import http.server
import json
import os
import subprocess
import sys
import threading
from importlib.resources import files
from pathlib import Path

import pytest
from chromium import FLAGS, PHONE, chromium, open_page
from notebook_rules import BOOK, ROOT
from playwright.sync_api import sync_playwright
from test_page_extensions import load

from dlbasics.exercises.softmax import check_softmax

tool = load("book_pyodide").tool
FOLDER = Path(os.environ.get("BOOK_PYODIDE") or tool.FOLDER)
# Sections out of view are not drawn, so their colours cannot be told.
DRAWN = """section { content-visibility: visible !important }
*, ::before, ::after { transition: none !important }"""
RIGHT = """def my_softmax(logits):
exps = np.exp(logits - np.max(logits, axis=1, keepdims=True))
return exps / exps.sum(axis=1, keepdims=True)"""
WRONG = RIGHT.replace(", axis=1, keepdims=True))", "))")  # one maximum for all rows


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    """Build the book with Python inside, or skip loudly."""
    missing = tool.list_missing(FOLDER)
    reason = f"{FOLDER.name} lacks {', '.join(missing)}" if missing else ""
    if reason := reason or ("" if chromium() else "there is no Chromium"):
        message = f"NO CODE WAS RUN IN A PAGE: {reason}."
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    out = tmp_path_factory.mktemp("book")
    build = [Path(sys.executable).with_name("jupyter-book"), "build", ROOT]
    options = ["--path-output", out, "--all", "-n", "-W", "--keep-going"]
    environment = os.environ | {"BOOK_PYODIDE": str(FOLDER)}
    done = subprocess.run(
        build + options, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return out / "_build" / "html"


@pytest.fixture(scope="module")
def server(html):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    handler = functools.partial(Quiet, directory=html)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(html):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


class Reader:
    """A reader at one page."""

    def __init__(self, page):
        self.page = page
        page.set_default_timeout(60_000)  # on a busy machine
        page.on("dialog", lambda dialog: dialog.accept())

    def open(self, label="ex-softmax-rows"):
        """Press the button below an exercise's stub, or a live cell, as by keyboard."""
        after = f"#{label} ~ div.cell .run-open" if label else "div.cell .run-open"
        self.page.locator(after).first.focus()
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("textarea.run-code", state="attached")

    def wait(self, said):
        """Wait until the panel says it, and nothing runs any more."""
        self.page.wait_for_function(
            "said => typeof panel != 'undefined' && panel.stop.hidden"
            " && panel.status.textContent.includes(said)",
            arg=said,
        )

    def stub(self, label):
        """The number of the cell for an exercise's answer."""
        find = "label => exercises.find(one => one.label == label).stub"
        return self.page.evaluate(find, label)

    def find(self, text):
        return self.page.evaluate(
            "t => cells.findIndex(c => c.source.includes(t))", text
        )

    def write(self, number, code):
        self.page.evaluate("([n, code]) => cells[n].set(code)", [number, code])

    def run(self, number, code=None, said=""):
        """Run a cell and return what it shows."""
        if code is not None:
            self.write(number, code)
        self.page.evaluate("tell('', true)")
        self.page.evaluate("n => void cells[n].go()", number)
        self.wait(said)
        return self.shown(number)

    def shown(self, number):
        look = "n => cells[n].shown?.isConnected ? cells[n].shown.innerText : ''"
        return self.page.evaluate(look, number)

    def type(self, code):
        """Replace the code of the cell that has the focus, key by key."""
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(code)

    def complaints(self):
        """What axe finds, in both colours."""
        page = self.page
        axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
        page.add_style_tag(content=DRAWN)
        page.evaluate(axe)
        found = []
        for theme in ["dark", "light"]:
            page.evaluate("to => (root.dataset.theme = to)", theme)
            # The code's colours are those of the page, which test_browser looks at.
            found += page.evaluate(
                """async () => (await axe.run({exclude: [[".math"], [".cell_input pre"]]},
                  {resultTypes: ["violations"]})).violations
                  .map(v => v.id + ": " + v.nodes.slice(0, 2).map(n => n.html).join(" | "))"""
            )
        return found


@pytest.fixture(scope="module")
def softmax(browser, server):
    page = open_page(browser, f"{server}book/softmax.html", color_scheme="light")
    reader = Reader(page)
    reader.server = server
    yield reader
    page.context.close()


def test_before_the_click_nothing_of_it_is_fetched(softmax):
    fetched = [url.removeprefix(softmax.server) for url in softmax.page.fetched]
    assert not [url for url in fetched if "/run" in url or "pyodide" in url]
    assert not softmax.page.wrong


def test_the_first_click_opens_the_editors_and_checks(softmax):
    softmax.open()
    assert softmax.page.evaluate("document.activeElement.value").startswith("def my_s")
    softmax.wait("my_softmax: not attempted")
    strangers = [u for u in softmax.page.fetched if not u.startswith(softmax.server)]
    assert not [url for url in strangers if not url.startswith(("blob:", "data:"))]
    assert not softmax.complaints()


def test_a_wrong_answer_by_keyboard(softmax):
    softmax.type(WRONG)
    lines = softmax.page.evaluate("document.activeElement.value").splitlines()
    assert all(line.startswith("    ") for line in lines[1:])  # indented by the editor
    softmax.page.keyboard.press("Shift+Enter")
    softmax.wait("my_softmax: not yet")
    assert softmax.page.locator(".check-not-yet").count() == 1
    assert not softmax.page.locator(".passed").count()
    assert not softmax.complaints()


def test_help_comes_in_steps(softmax):
    steps = ["Look at one row alone.", "Write `keepdims=True`."]
    stub = softmax.stub("ex-softmax-rows")
    softmax.page.evaluate("steps => void (exercises[0].help = steps)", steps)
    softmax.run(stub, said="not yet")
    asked = ["A nudge", "One step, worked"]
    for name, text in zip(asked, ["Look at one row alone.", "Write keepdims=True."]):
        softmax.page.get_by_role("button", name=name).press("Enter")
        shown = softmax.page.evaluate("document.activeElement.textContent")
        assert shown == f"{name}. {text}"


def test_a_report_says_what_was_written_and_what_was_answered(softmax):
    softmax.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    softmax.page.get_by_role("button", name="This is not my mistake").press("Enter")
    softmax.wait("A report is in your clipboard")
    report = softmax.page.evaluate("navigator.clipboard.readText()")
    for part in ["ex-softmax-rows", "edition ", "not yet", "exps.sum(axis=1"]:
        assert part in report


def test_the_right_answer(softmax):
    page = softmax.page
    page.evaluate("n => cells[n].area.focus()", softmax.stub("ex-softmax-rows"))
    softmax.type(RIGHT)
    page.keyboard.press("Shift+Enter")
    softmax.wait("my_softmax: passed")
    said = page.evaluate("panel.status.textContent")
    inputs = len(check_softmax.cases)
    assert said == f"my_softmax: passed. All {inputs} inputs give the right answer."
    assert page.locator("#ex-softmax-rows .passed").inner_text() == "✓ passed"
    assert page.locator(".bd-links .passed").inner_text() == "1 of 6"
    solution = page.locator(".run-solution")
    solution.locator("summary").press("Enter")
    assert "np.exp" in solution.inner_text()
    assert not softmax.complaints()


def test_a_later_check_answers_at_once(softmax):
    stub = softmax.stub("ex-softmax-rows")
    source = softmax.page.evaluate("n => cells[n].source", stub)
    took = []
    for more in ["\n", "\n\n", "\n\n\n"]:
        softmax.write(stub, source + more)
        took.append(
            softmax.page.evaluate(
                """async n => { const start = performance.now();
                await cells[n].go(); return performance.now() - start }""",
                stub,
            )
        )
    softmax.wait("passed")
    assert min(took) < 500  # in milliseconds; 100 on a machine at rest
    softmax.write(stub, source)


@pytest.mark.parametrize(
    "code, line, says",
    [
        ("a = 1\nb = (\nc = 2", 2, "SyntaxError"),
        ("def f():\nreturn 1", 2, "IndentationError"),
        ("a = 1\nb = 2\nc = unknown + a", 3, "NameError: name 'unknown'"),
        ("def f(x):\n    return x / 0\n\n\nf(1)", 5, "ZeroDivisionError"),
        ("def f(n):\n    return f(n + 1)\n\n\nf(0)", None, "RecursionError"),
        ("a = 1\nb = input('?')", 2, "input() cannot ask in a page"),
        ("import sys\nsys.exit()", 2, "SystemExit"),
        ("import nosuchmodule", 1, "No module named 'nosuchmodule'"),
    ],
)
def test_an_error_is_shown_at_the_readers_line(softmax, code, line, says):
    number = softmax.find("by_hand = ")
    before = softmax.page.evaluate("n => cells[n].original", number)
    shown = softmax.run(number, code, said="An error in code")
    assert says in shown
    assert "run.py" not in shown and "pyodide" not in shown
    marked = "n => cells[n].editor.style.getPropertyValue('--wrong')"
    if line:
        assert softmax.page.evaluate(marked, number) == str(line)
        assert f"line {line}" in shown
    assert len(shown) < 2000
    softmax.write(number, before)


def test_a_name_of_python_that_was_used_can_be_had_again(softmax):
    number = softmax.find("by_hand = ")
    before = softmax.page.evaluate("n => cells[n].original", number)
    assert "TypeError" in softmax.run(number, "print = 3\nprint(1)")
    assert softmax.run(number, "print('good')").strip() == "good"
    softmax.run(number, before, said="ran")


def test_a_flood_of_prints_leaves_the_page_usable(softmax):
    number = softmax.find("by_hand = ")
    before = softmax.page.evaluate("n => cells[n].original", number)
    shown = softmax.run(number, "for i in range(300_000):\n    print('line', i)")
    assert "more than the page shows" in shown
    assert len(shown) < 60_000
    softmax.run(number, before, said="ran")


def test_stop_ends_a_loop_and_the_next_run_starts_anew(softmax):
    page, number = softmax.page, softmax.find("by_hand = ")
    before = page.evaluate("n => cells[n].original", number)
    softmax.write(number, "while True:\n    pass")
    page.evaluate("n => void cells[n].go()", number)
    page.get_by_role("button", name="Stop").click()
    softmax.wait("Stopped.")
    softmax.run(number, before, said="ran")
    assert softmax.shown(number)


def test_a_live_cell_opens_with_the_focus_on_its_slider(browser, server):
    page = open_page(browser, f"{server}book/softmax.html")
    Reader(page).open(label="")  # the first button of the page, in a fold
    assert page.evaluate("document.activeElement.type") == "range"
    page.context.close()


def test_what_is_drawn_takes_the_place_of_the_figure(softmax):
    page, number = softmax.page, softmax.find('"cat", "dog"')
    code = page.evaluate("n => cells[n].source", number).replace("cat", "cow")
    softmax.run(number, code, said="ran")
    figure = page.locator("#fig-softmax-scores")
    assert figure.locator("img").count() == 2
    alt = figure.locator("img.on-light").get_attribute("alt")
    assert alt == "What the code above draws now."
    assert page.evaluate("document.querySelectorAll('#fig-softmax-scores').length") == 1
    width = figure.locator("img.on-light").evaluate(
        "i => i.decode().then(() => i.naturalWidth)"
    )
    assert width > 100
    softmax.run(number, "cow = 3", said="ran")  # it draws nothing, and keeps its place
    assert not figure.count()
    page.get_by_role("button", name=f"Bring back the book's code {number + 1}").click()
    assert figure.locator("img.on-light").get_attribute("alt") != alt
    bottom, top = page.evaluate(
        """n => [cells[n].shown.getBoundingClientRect().bottom,
        cells[n].first.querySelector("summary").getBoundingClientRect().top]""",
        number,
    )
    assert bottom <= top, "the picture stands above the fold with its code"


def test_a_slider_changes_a_number_and_runs_its_cell(softmax):
    page = softmax.page
    number = page.evaluate("cells.findIndex(cell => cell.slider)")
    field = page.locator(".run-live input[type=range]").first
    page.evaluate(
        "n => (cells[n].box.querySelector('details') ?? {}).open = true", number
    )
    field.focus()
    page.evaluate("tell('', true)")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    softmax.wait(f"Code {number + 1} ran")
    value = page.locator(".run-live input[type=number]").first.input_value()
    assert page.evaluate("n => cells[n].source", number).count(value)
    assert page.evaluate("n => cells[n].source != cells[n].original", number)
    stepper = page.locator("#fig-softmax-temperature")
    assert stepper.locator(".stepper-status").inner_text() == f"1 of 5: T = {value}"
    assert not softmax.complaints()


def test_a_stepper_has_as_many_steps_as_changed_code_draws(softmax):
    page = softmax.page
    number = page.evaluate("cells.findIndex(cell => cell.slider)")
    code = page.evaluate("n => cells[n].original", number)
    listed = "temperatures = [0.25, 0.5, 1, 2, 5]"
    assert listed in code
    softmax.run(number, code.replace(listed, "temperatures = [3, 4]"), said="ran")
    stepper = page.locator("#fig-softmax-temperature")
    status = stepper.locator(".stepper-status")
    assert status.inner_text() == "1 of 2: T = 3"
    stepper.locator(".stepper-next").click(click_count=2)
    assert status.inner_text() == "2 of 2: T = 4"
    assert stepper.locator(".stepper-frame").count() == 2
    softmax.run(number, code, said="ran")
    assert status.inner_text() == "1 of 5: T = 0.25"


def test_work_survives_a_reload_and_is_checked_again(softmax):
    page, stub = softmax.page, softmax.stub("ex-softmax-rows")
    written = page.evaluate("n => cells[n].source", stub)
    page.reload()
    assert page.locator("#ex-softmax-rows .passed").count() == 1
    softmax.open("ex-softmax-test")
    assert page.evaluate("n => cells[n].source", stub) == written
    softmax.wait("my_softmax_test: not attempted")
    passed = "n => cells[n + 1].shown.querySelectorAll('.check-passed').length"
    assert page.evaluate(passed, stub) == 1


def test_answers_can_be_taken_away_and_brought_back(softmax, tmp_path):
    page, stub = softmax.page, softmax.stub("ex-softmax-rows")
    written = page.evaluate("n => cells[n].source", stub)
    page.locator(".run-menu summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my answers").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    book = json.loads((BOOK / "softmax.ipynb").read_text("utf-8"))
    taken = json.loads(path.read_text("utf-8"))
    assert [c["id"] for c in taken["cells"]] == [c["id"] for c in book["cells"]]
    assert written in ["".join(cell["source"]) for cell in taken["cells"]]

    page.get_by_role("button", name="Delete all that is kept").click()
    softmax.wait("All is forgotten.")
    kept = "Object.keys(localStorage).filter(key => key != 'mode')"
    assert page.evaluate(kept) == []
    assert not page.locator(".passed").count()
    assert page.evaluate("n => cells[n].source == cells[n].original", stub)

    page.locator(".run-menu input[type=file]").set_input_files(path)
    page.wait_for_selector("#ex-softmax-rows .passed")
    assert page.evaluate("n => cells[n].source", stub) == written


def test_progress_is_on_the_front_page(softmax):
    page = softmax.page
    address = page.url
    page.goto(f"{softmax.server}book/intro.html")
    said = page.locator(".front .passed").inner_text()
    assert said.startswith("1 of ") and said.endswith(" exercises passed")
    assert page.locator(".bd-links .passed").inner_text() == "1 of 6"
    page.goto(address)


def test_an_answer_to_an_older_stub_is_kept_beside_the_new_one(softmax):
    page = softmax.page
    page.evaluate(
        """key => { const kept = JSON.parse(localStorage.getItem(key));
        localStorage.setItem(key, JSON.stringify({...kept, hash: "older"})) }""",
        "answer softmax ex-softmax-rows",
    )
    page.reload()
    softmax.open("ex-softmax-test")
    stub = softmax.stub("ex-softmax-rows")
    assert page.evaluate("n => cells[n].source == cells[n].original", stub)
    assert "when you wrote yours" in page.locator(".run-older").inner_text()
    softmax.wait("not attempted")
    assert not softmax.complaints()
    page.get_by_role("button", name="Use your earlier code").press("Enter")
    assert "keepdims" in page.evaluate("n => cells[n].source", stub)


def test_undo_all_brings_back_the_book(softmax):
    page = softmax.page
    if not page.locator(".run-menu").evaluate("menu => menu.open"):
        page.locator(".run-menu summary").click()
    page.get_by_role("button", name="Bring back all of the book's code").click()
    assert page.evaluate("cells.every(cell => cell.source == cell.original)")
    assert not page.locator(".run-older").count()


def test_paper_shows_no_buttons(softmax):
    softmax.page.emulate_media(media="print")
    for part in [".run-panel", ".run-bar"]:
        assert not softmax.page.locator(part).first.is_visible()
    softmax.page.emulate_media(media="screen")


def test_nothing_went_wrong_on_the_way(softmax):
    assert not softmax.page.wrong


def test_on_a_phone_the_digits_can_be_read(browser, server):
    page = open_page(browser, f"{server}book/digits.html", has_touch=True)
    page.set_viewport_size(PHONE)
    reader = Reader(page)
    page.locator("[id^=ex-] ~ div.cell .run-open").first.tap()
    reader.wait("not attempted")
    careless = "prepare(np.zeros((5, 9)), np.arange(5), np.random.default_rng(0))"
    code = f"def my_leak_test(prepare):\n    {careless}\n    return True"
    reader.run(reader.stub("ex-digits-leak"), code, said="catches 0 of 12")
    for name in ["A nudge", "One step, worked"]:
        page.get_by_role("button", name=name).tap()
    assert page.locator(".run-nudge").count() == 2
    cut = "e => e.some(one => one.scrollWidth > one.clientWidth)"
    assert not page.locator(".check, .check pre, .run-nudge").evaluate_all(cut)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not reader.complaints()
    assert not page.wrong
    page.context.close()


def test_without_a_network_the_page_says_so(browser, server):
    page = open_page(browser, f"{server}book/softmax.html")
    reader = Reader(page)
    page.route("**/pyodide/**", lambda route: route.abort())
    reader.open()
    reader.wait("Are you online?")
    page.unroute("**/pyodide/**")
    reader.run(reader.stub("ex-softmax-rows"), said="not attempted")
    page.context.close()


def test_a_page_opened_from_a_disk_says_what_to_do(browser, html):
    page = open_page(browser, (html / "book/softmax.html").as_uri())
    assert not page.wrong
    reader = Reader(page)
    reader.open()
    reader.wait("make serve")
    assert page.evaluate("cells.every(cell => cell.source == cell.original)")
    page.context.close()
