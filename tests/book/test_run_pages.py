"""What a page gets with the first click, and what it weighs before: read from the built book."""

import builtins
import gzip
import hashlib
import json
import re

import pytest
from bs4 import BeautifulSoup
from notebook_rules import BOOK, chapters
from test_page_extensions import load

book_run = load("book_run")
run_plan = load("run_plan", BOOK / "_static")
CHAPTERS = [path.stem for path in chapters()]
EACH_CHAPTER = pytest.mark.parametrize("name", CHAPTERS)
# Of page.js: from the part that fetches the rest to its end.
FROM_HERE = "/* Code that runs in the page"


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source_of(cell):
    return "".join(cell["source"])


@pytest.fixture(scope="module")
def scripts(html):
    """Return what the script of each chapter holds."""

    def read(name):
        text = (html / "_static" / f"run-{name}.js").read_text("utf-8")
        return json.loads(text.removeprefix("var BOOK_CHAPTER = ").removesuffix(";\n"))

    return {name: read(name) for name in CHAPTERS}


@pytest.fixture(scope="module")
def trees(html):
    def read(name):
        text = (html / "book" / f"{name}.html").read_text("utf-8")
        return BeautifulSoup(
            re.sub(r"(?s)<(svg|math)\b.*?</\1>", "", text), "html.parser"
        )

    return {name: read(name) for name in CHAPTERS}


@EACH_CHAPTER
def test_a_page_gets_its_notebook_without_outputs(scripts, name):
    book = json.loads((BOOK / f"{name}.ipynb").read_text("utf-8"))
    for cell in code_cells(book):
        cell |= {"outputs": [], "execution_count": None}
    assert scripts[name]["notebook"] == book


@EACH_CHAPTER
def test_each_checked_exercise_is_there_with_its_help_and_solution(scripts, name):
    cells = code_cells(scripts[name]["notebook"])
    exercises = scripts[name]["exercises"]
    checks = [
        number
        for number, cell in enumerate(cells)
        if source_of(cell).startswith("exercises.check_")
    ]
    assert [one["check"] for one in exercises] == checks
    for one in exercises:
        stub = cells[one["stub"]]
        answer = re.search(r"[(=](my_\w+)", source_of(cells[one["check"]]))[1]
        assert re.search(rf"^(def|class) {answer}\b", source_of(stub), re.MULTILINE)
        assert one["help"] == stub["metadata"].get("help", [])
        assert len(one["help"]) in (0, 2)
        shown = BeautifulSoup(one["solution"], "html.parser")
        assert re.search(rf"^(def|class) {answer}\b", shown.text, re.MULTILINE)
        assert shown.find(id=True) is None  # the page has ids of its own
        assert "Compare with the solution" not in shown.text
    sources = [source_of(cell) for cell in scripts[name]["notebook"]["cells"]]
    for one in exercises:
        (asked,) = [s for s in sources if f":label: {one['label']}\n" in s]
        assert one["title"] in asked


@EACH_CHAPTER
def test_answers_are_kept_under_the_hash_of_the_book_s_code(scripts, name):
    sources = [source_of(cell) for cell in code_cells(scripts[name]["notebook"])]
    hashes = scripts[name]["hashes"]
    assert hashes == [hashlib.sha256(s.encode()).hexdigest()[:8] for s in sources]
    ids = [cell["id"] for cell in scripts[name]["notebook"]["cells"]]
    assert len(set(ids)) == len(ids)


@EACH_CHAPTER
def test_every_name_a_cell_reads_is_made_by_what_the_plan_runs_before(scripts, name):
    sources = [source_of(cell) for cell in code_cells(scripts[name]["notebook"])]
    for cell in range(len(sources)):
        chosen, steps = run_plan.plan(sources, cell, {})
        made = {*dir(builtins), "np", "plotting"}  # the plan adds these two
        for place in [*chosen, *(place for place in steps if place[0] == cell)]:
            _, reads, binds, _ = steps[place]
            unknown = reads - made - binds
            # A cell may show what Python says of a name that is misspelt.
            assert not unknown or "# noqa: F821" in sources[place[0]], unknown
            made |= binds


def test_what_runs_in_the_page_is_python(scripts):
    for script in scripts.values():
        assert script["programs"].keys() == {"run.py", "run_plan.py"}
        for text in script["programs"].values():
            compile(text, "program", "exec")


@EACH_CHAPTER
def test_the_page_has_each_code_cell_in_order_and_its_buttons(scripts, trees, name):
    """run.js finds the cells of the notebook by counting those of the page."""
    cells = code_cells(scripts[name]["notebook"])
    boxes = [
        box
        for box in trees[name].article.select("div.cell")
        if box.select(".cell_input pre")
    ]
    assert len(boxes) == len(cells)
    for box, cell in zip(boxes, cells):
        shown = box.select_one(".cell_input pre").text
        assert shown.split() == source_of(cell).split()
    live = [n for n, cell in enumerate(cells) if "live" in cell["metadata"]]
    stubs = [one["stub"] for one in scripts[name]["exercises"]]
    assert live
    for number, box in enumerate(boxes):
        found = [int(button["data-cell"]) for button in box.select(".run-open")]
        assert found == [number] * (number in {*live, *stubs})


def test_before_the_click_it_costs_a_page_at_most_2_kilobytes(html):
    """Compressed: the buttons, and what finds them in the script and the style."""

    def weight(text):
        return len(gzip.compress(text.encode()))

    def cost(path, pattern):
        text = path.read_text("utf-8")
        without = re.sub(pattern, "", text)
        assert without != text, path
        return weight(text) - weight(without)

    static = html / "_static"
    shared = cost(static / "page.js", rf"(?s){re.escape(FROM_HERE)}.*") + cost(
        static / "page.css", r"[^{}]*\.(run-open|passed)\b[^{}]*\{[^}]*\}"
    )
    button = r"(?s)<button[^>]*\brun-open\b.*?</button>"
    for name in CHAPTERS:
        assert shared + cost(html / "book" / f"{name}.html", button) <= 2000, name
