"""The appendices: common mistakes, reference, solutions, and the page for teachers."""

import ast
import doctest
import importlib
import inspect
import pkgutil
import re

import notebook_rules as rules
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell
from notebook_rules import BOOK, CHAPTERS, ROOT
from test_page_extensions import load

import dlbasics

book_reference = load("book_reference")
draw_images = load("draw_images", ROOT / "tools")
book_exercises = draw_images.book_exercises  # as it imports it
MISTAKES = BOOK / "common_mistakes.ipynb"
MODULES = sorted(
    module.name
    for module in pkgutil.iter_modules(dlbasics.__path__)
    if module.name != "exercises" and not module.name.startswith("_")
)


@pytest.mark.parametrize("module", [book_reference, book_exercises, draw_images])
def test_examples(module):
    failed, tried = doctest.testmod(module)
    assert tried and not failed


# Common mistakes


def entries(notebook):
    """Yield the cells of each entry: from a heading of the third level to the next heading."""
    starts = [i for i, c in enumerate(notebook.cells) if re.search("(?m)^##", c.source)]
    for start, end in zip(starts, [*starts[1:], len(notebook.cells)]):
        cells = notebook.cells[start:end]
        if re.search("(?m)^### ", cells[0].source):
            yield cells


def faults_of_entries(notebook):
    """An entry: label and symptom, the cause, a cell that shows it, the fix, and a chapter."""
    problems = []
    index = re.findall(r"(?m)^- \[(.+)\]\(#(.+)\)$", notebook.cells[0].source)
    found = []
    for first, *others in entries(notebook):
        label, symptom = re.match(r"\((.+)\)=\n### (.+)\n", first.source).groups()
        found.append((symptom, label))
        cause = first.source.partition(symptom)[2]
        if len(cause.strip()) < 40:
            problems.append(f"{symptom}: no cause")
        code = [c for c in others if c.cell_type == "code"]
        if not any(c.metadata.get("covers") and rules.output_text(c) for c in code):
            problems.append(f"{symptom}: no cell that shows a topic")
        text = "\n".join(c.source for c in others if c.cell_type == "markdown")
        fix, _, links = text.rpartition("→")
        if not re.match(r"\*\*Fix\.\*\* .{10,}", fix):
            problems.append(f"{symptom}: no fix")
        if not re.search(r"\]\(\w+\.ipynb\)", links):
            problems.append(f"{symptom}: no link to a chapter")
    if index != found:
        problems.append(
            f"the index differs in {set(index) ^ set(found) or 'its order'}"
        )
    return problems


def test_mistakes():
    assert faults_of_entries(rules.read(MISTAKES)) == []
    assert len(list(entries(rules.read(MISTAKES)))) > 60


@pytest.mark.parametrize(
    "old, new, complaint",
    [
        ("It happens when a number is too large.", "", "no cause"),
        ("**Fix.** Make it smaller.", "", "no fix"),
        ("(softmax.ipynb)", "", "no link"),
        ("- [nan](#m-nan)", "", "the index"),
        ("### nan", "### NaN", "the index"),
        ("covers", "tags", "no cell"),
    ],
)
def test_a_fault_of_an_entry_is_found(old, new, complaint):
    output = [{"output_type": "stream", "name": "stdout", "text": "nan"}]
    cells = [
        new_markdown_cell("# Mistakes\n\n- [nan](#m-nan)"),
        new_markdown_cell(
            "(m-nan)=\n### nan\n\nIt happens when a number is too large."
            " Then it has no value that would be of use."
        ),
        new_code_cell("1", metadata={"covers": ["nan"]}, outputs=output),
        new_markdown_cell("**Fix.** Make it smaller. → [Softmax](softmax.ipynb)"),
    ]
    notebook = importlib.import_module("nbformat").v4.new_notebook(cells=cells)
    assert faults_of_entries(notebook) == []
    for cell in cells:
        cell.source = cell.source.replace(old, new)
        if old == "covers":
            cell.metadata.pop("covers", None)
        if complaint == "no cause":
            cell.source = cell.source.replace(" Then it has no value that", "")
    assert complaint in " ".join(faults_of_entries(notebook))


def test_all_mistakes_are_among_them():
    """Those that a chapter shows, and those that learners ask about."""
    notebook, promised = rules.read(MISTAKES), rules.topics("common_mistakes")
    assert rules.topics_not_shown(notebook, promised) == []
    linked = {}
    for cells in entries(notebook):
        for topic in [t for c in cells for t in c.metadata.get("covers", [])]:
            linked[topic] = set(re.findall(r"\]\((\w+)\.ipynb\)", cells[-1].source))
    for path in rules.chapters():
        for topic in rules.topics(path.stem):
            if topic.startswith("mistake: "):
                assert path.stem in linked[topic], f"{topic} of {path.stem}"


# The reference


def public(module):
    """The names of the functions and classes that a module defines for others."""
    module = importlib.import_module(f"dlbasics.{module}")
    return {
        name
        for name, thing in vars(module).items()
        if (inspect.isfunction(thing) or inspect.isclass(thing))
        and thing.__module__.startswith(module.__name__)  # or in a file of it
        and not name.startswith("_")
    }


def test_each_module_has_a_page():
    (page,) = [
        c
        for part in rules.contents()["parts"]
        for c in part["chapters"]
        if c["file"] == "book/api"
    ]
    listed = [section["file"].removeprefix("book/api/") for section in page["sections"]]
    in_docstring = re.findall(r"(?m)^`(\w+)` ", dlbasics.__doc__)
    assert listed == [name for name in in_docstring if name != "exercises"]
    assert sorted(listed) == MODULES
    for name in listed:
        text = (BOOK / "api" / f"{name}.md").read_text("utf-8")
        of_files = "   :imported-members:\n" * (ROOT / "dlbasics" / name).is_dir()
        directive = f".. automodule:: dlbasics.{name}\n{of_files}"
        assert text == f"# `dlbasics.{name}`\n\n```{{eval-rst}}\n{directive}```\n"


@pytest.fixture(scope="module")
def page(html):
    """Return a page as a tree."""

    def read(name):
        text = (html / f"{name}.html").read_text("utf-8")
        text = re.sub(r"(?s)<(svg|math)\b.*?</\1>", "", text)
        return BeautifulSoup(text, "html.parser")

    return read


@pytest.fixture(scope="module")
def in_chapters():
    """The modules that some chapter imports."""
    names = set()
    for path in rules.chapters():
        for cell in rules.code_cells(rules.read(path)):
            names |= set(book_reference.imported(cell.source).values())
    return {name.split(".")[1] for name in names}


@pytest.mark.parametrize("module", MODULES)
def test_each_public_name_has_an_entry_that_leads_to_a_chapter(
    page, in_chapters, module
):
    article = page(f"book/api/{module}").article
    found = article.select("dl.py.function > dt, dl.py.class > dt")
    assert {dt["id"] for dt in found} == {
        f"dlbasics.{module}.{name}" for name in public(module)
    }
    for dt in found:
        description = dt.find_next_sibling("dd")
        assert description.p, dt["id"]
        if module in in_chapters:
            links = description.select(".taught a[href]")
            assert any("/book/" not in a["href"] for a in links), dt["id"]
    assert not article.select(".system-message, .problematic")


def test_an_entry_shows_all_of_its_docstring(page):
    text = page("book/api/softmax").find(id="dlbasics.softmax.logsumexp").parent.text
    for part in ["Parameters", "Returns", "Raises", "See also", "Notes", "References"]:
        assert part in text
    assert "np.float64(1000.6931471805599)" in text
    assert "Explained in Softmax and LogSumExp" in text
    link = page("book/api/softmax").find("a", string="scipy.special.logsumexp")
    assert link["href"].endswith("generated/scipy.special.logsumexp.html")


@pytest.mark.parametrize("module", MODULES)
def test_cousins_exist(module):
    """Those that are installed with the tests: PyTorch is too large."""
    text = inspect.getsource(importlib.import_module(f"dlbasics.{module}"))
    for listed in re.findall(r"See Also\n +-+\n((?: +\S.*\n)+)", text):
        names = re.findall(r"\b(?:numpy|scipy|sklearn|torch)\.[\w.]+", listed)
        assert names and all(map(book_reference.outer_address, names))
        for name in names:
            place, _, last = name.rpartition(".")
            if not name.startswith("torch."):
                assert hasattr(importlib.import_module(place), last), name


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_sources_and_summaries_lead_to_entries(page, chapter):
    notebook, tree = rules.read(ROOT / f"{chapter}.ipynb"), page(chapter)
    shown = []
    for cell in rules.code_cells(notebook):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "show_source":
                shown += [ast.unparse(argument) for argument in node.args]
    links = tree.select(".in-reference a[href*='api/']")
    assert [a.text for a in links] == list(map(book_reference.last_part, shown))
    assert tree.select("#summary td a[href*='api/'] code")
    for code in tree.select("#summary td:last-child code"):  # of most of them
        module, _, name = code.text.partition(".")
        if module in MODULES and name in public(module):
            href = f"api/{module}.html#dlbasics.{module}.{name}"
            assert code.parent.get("href") == href, code


# Solutions, and teaching


def test_every_exercise_is_listed_with_its_solution(page):
    links = [a["href"] for a in page("book/solutions").article.select("li a[href]")]
    expected = []
    for path in rules.chapters():
        for label in rules.exercises(rules.read(path)):
            expected.append(f"{path.stem}.html#{label}")
            expected.append(
                f"solutions/{path.stem}.html#{label.replace('ex', 'sol', 1)}"
            )
    assert links == expected


def test_the_times_are_those_of_the_exercises(page):
    rows = page("book/teaching").select("#how-long-it-takes tbody tr")
    for row, path in zip(rows, rules.chapters(), strict=False):
        said = re.findall(
            r"\*([\w-]+) · (\d+) minutes", rules.markdown(rules.read(path))
        )
        core = sum(int(m) for kind, m in said if kind != "Stretch")
        cells = [td.text.strip() for td in row.select("td")]
        assert cells[1] == str(len(said))
        assert cells[3:] == [str(core), str(sum(int(m) for _, m in said))]
    assert len(rows) == len(CHAPTERS) + 1


@pytest.mark.parametrize("plan", ["Fourteen weeks", "Seven weeks"])
def test_a_plan_has_every_chapter_in_order(plan):
    text = (BOOK / "teaching.md").read_text("utf-8").partition(f"## {plan}")[2]
    rows = re.findall(r"(?m)^\| \d+ \| ([^|]+)", text.partition("\n## ")[0])
    found = re.findall(r"\{doc\}`(\w+)`", " ".join(rows))
    assert found == [path.stem for path in rules.chapters()]


def test_the_picture_of_needs_is_described():
    """`test_page_extensions` compares the picture itself."""
    text = (BOOK / "teaching.md").read_text("utf-8")
    assert draw_images.with_description(text) == text
    assert draw_images.describe_dependencies() in text
