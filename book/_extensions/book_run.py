"""Code that runs in the page: the buttons that ask for it, and what they load.

A chapter's page gets a button below each exercise's stub, and below each cell that has this in its
metadata, a *live* cell, in which one number can be changed::

    "live": {"name": "temperature", "after": "T = ", "min": 0.1, "max": 5, "step": 0.1}

``after`` is the text before the number; it stands once in the cell. A stub may say in its metadata
what helps, in two steps: ``"help": ["a nudge", "one step, worked"]``.

Nothing more is in the page. With the first click it loads ``_static/run-<chapter>.js``: the
notebook without its outputs, its exercises, their solutions as HTML, and ``run.py``. A script and
no JSON, because a page opened from a disk may read no file.
"""

import hashlib
import json
import posixpath
import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.transforms import SphinxTransform

STATIC = Path(__file__).parents[1] / "_static"
LABEL = re.compile(r"```\{exercise\} *(.*)\n(?::.*\n)*?:label: (\S+)")
BUTTON = (
    '<button type="button" class="run-open pst-js-only" data-cell="{cell}">'
    "{text}</button>"
)
SOLUTION = re.compile(
    r'<div class="solution admonition".*?#(ex-[\w-]+)".*?</div>', re.S
)
PICTURE_OF_FORMULA = re.compile(r'<svg aria-hidden="true".*?</svg>', re.S)
SPOKEN = '<span class="math-spoken">'
COMPARE = re.compile(r" Compare with the solution: \S+\.ipynb")
ADDRESS = re.compile(r'(?<= )(href|src)="(?![a-z]+:)([^"]*)"')


def read(path):
    return json.loads(Path(path).read_text("utf-8"))


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def find_exercises(notebook):
    """Return the checked exercises of a chapter, with the numbers of their code cells."""
    found, number, asked, above = [], -1, None, None
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code":
            titled = LABEL.search(source)
            asked = titled.groups() if titled else None
            continue
        number += 1
        if asked and re.match(r"exercises\.check_\w+\(", source):
            title, label = asked
            helps = above["metadata"].get("help", [])
            exercise = {"label": label, "title": title, "stub": number - 1}
            found.append(exercise | {"check": number, "help": helps})
            asked = None
        above = cell
    return found


def is_chapter(page):
    return re.fullmatch(r"book/\w+", page) is not None


class Buttons(SphinxTransform):
    """Put a button below each stub and each live cell."""

    default_priority = 220  # the numbers of steppers' figures are known

    def apply(self):
        page, path = self.env.docname, Path(self.env.doc2path(self.env.docname))
        if not is_chapter(page) or path.suffix != ".ipynb":
            return
        notebook = read(path)
        texts = {
            number: f"Try another {cell['metadata']['live']['name']}"
            for number, cell in enumerate(code_cells(notebook))
            if "live" in cell["metadata"]
        }
        for exercise in find_exercises(notebook):
            texts[exercise["stub"]] = "Write and check it here"
        cells = [
            node
            for node in self.document.findall(nodes.container)
            if node.get("nb_element") == "cell_code"
        ]
        for number, text in texts.items():
            button = BUTTON.format(cell=number, text=text)
            cells[number].append(nodes.raw("", button, format="html"))


def count_exercises(app):
    """Return the number of checked exercises in the book."""
    chapters = [page for page in app.env.found_docs if is_chapter(page)]
    paths = [Path(app.env.doc2path(page)) for page in chapters]
    return sum(len(find_exercises(read(p))) for p in paths if p.suffix == ".ipynb")


def prepare_page(app, pagename, templatename, context, doctree):
    """Tell the template what it has to know, and keep the solutions."""
    page = context["page"]
    page.exercises = count_exercises(app) if pagename == app.config.root_doc else None
    page.runs = posixpath.basename(pagename) if page.notebook else None
    page.runs = page.runs if is_chapter(pagename) else None
    if pagename.startswith("book/solutions/"):
        chapter = posixpath.basename(pagename)
        app.book_solutions[chapter] = find_solutions(context["body"])


def find_solutions(body):
    """Return the solution of each exercise as HTML that can stand in the chapter's page."""
    starts = list(SOLUTION.finditer(body))
    ends = [*(start.start() for start in starts[1:]), len(body)]
    return {start[1]: move(body[start.end() : end]) for start, end in zip(starts, ends)}


def move(html):
    """Make a piece of a page of solutions a piece of a chapter's page."""
    # The outlines of the formulas' glyphs are elsewhere: MathML is shown instead.
    html = PICTURE_OF_FORMULA.sub("", html).replace(SPOKEN, "<span>")
    html = COMPARE.sub("", html)  # it is the solution

    def from_here(match):
        address = posixpath.normpath(posixpath.join("solutions", match[2]))
        return f'{match[1]}="{address}"'

    html = re.sub(r' id="[^"]*"', "", html)
    html = re.sub(r'<a class="headerlink".*?</a>', "", html)
    return ADDRESS.sub(from_here, html).strip()


def pack_chapter(notebook, solutions):
    """Return what the page of a chapter loads, as a script."""
    exercises = find_exercises(notebook)
    for exercise in exercises:
        exercise["solution"] = solutions.get(exercise["label"], "")
    for cell in code_cells(notebook):
        cell |= {"outputs": [], "execution_count": None}
    chapter = {
        "notebook": notebook,
        "exercises": exercises,
        "hashes": [digest("".join(cell["source"])) for cell in code_cells(notebook)],
        "programs": {
            name: (STATIC / name).read_text("utf-8")
            for name in ["run_plan.py", "run.py"]
        },
    }
    return f"var BOOK_CHAPTER = {json.dumps(chapter)};\n"


def write_chapters(app, exception):
    if exception or app.builder.name != "html":
        return
    static = Path(app.outdir, "_static")
    for path in static.glob("run*.py"):
        path.unlink()
    shutil.copyfile(STATIC / "run.css", static / "run.css")
    for page in app.env.found_docs:
        path = Path(app.env.doc2path(page))
        if is_chapter(page) and path.suffix == ".ipynb":
            script = pack_chapter(read(path), app.book_solutions.get(path.stem, {}))
            (static / f"run-{path.stem}.js").write_text(script, "utf-8")


def start(app):
    app.book_solutions = {}


def setup(app):
    app.add_transform(Buttons)
    app.connect("builder-inited", start)
    # After the frame, and after the figures in both themes.
    app.connect("html-page-context", prepare_page, priority=960)
    # After the style sheet, which removes all others and keeps each word that a script contains.
    app.connect("build-finished", write_chapters, priority=860)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
