"""What the notebooks say of their exercises, as lists: the difficulty, the minutes, the solution.

`{solutions}` lists every exercise of the book with its solution, and `{times}` is a table of how
long each chapter takes. Both read the chapters, so a new chapter or exercise needs no line there.
"""

import re
from pathlib import Path

import nbformat
import yaml
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

EXERCISE = re.compile(
    r"```\{exercise\} (?P<title>.+)\n:label: (?P<label>\S+)\n+"
    r"\*(?P<kind>[\w-]+) · (?P<minutes>\d+) minutes(?P<paper> · on paper)?\.\*"
)


def chapters(folder):
    """Return the numbered chapters of a book, part by part: {caption: [file, …]}."""
    toc = yaml.safe_load(Path(folder, "_toc.yml").read_text("utf-8"))
    return {
        part["caption"]: [chapter["file"] for chapter in part["chapters"]]
        for part in toc["parts"]
        if "numbered" in part
    }


def read(path):
    """Return the title of a chapter, and its exercises as matches of `EXERCISE`."""
    cells = nbformat.read(path, as_version=4).cells
    text = "\n\n".join(c.source for c in cells if c.cell_type == "markdown")
    title = re.search(r"(?m)^# (.+)", text)[1]
    return title, list(EXERCISE.finditer(text))


def minutes(exercises):
    return sum(int(exercise["minutes"]) for exercise in exercises)


def on_paper(exercises):
    return sum(bool(exercise["paper"]) for exercise in exercises)


def list_solutions(title, name, exercises):
    """Return the lines of a list: each exercise, and its solution.

    >>> found = EXERCISE.search("```{exercise} Rows\\n:label: ex-a-rows\\n\\n*Core · 5 minutes.*")
    >>> for line in list_solutions("A", "a", [found]):
    ...     print(line)
    ## [A](a.ipynb)
    <BLANKLINE>
    - [Rows](#ex-a-rows), core, 5 minutes: [solution](#sol-a-rows)
    """
    yield f"## [{title}]({name}.ipynb)"
    yield ""
    for exercise in exercises:
        label = exercise["label"]
        yield (
            f"- [{exercise['title']}](#{label}), {exercise['kind'].lower()}, "
            f"{exercise['minutes']} minutes{', on paper' if exercise['paper'] else ''}: "
            f"[solution](#{label.replace('ex-', 'sol-', 1)})"
        )


def table_of_times(book):
    """Return the lines of a table: what the exercises of each chapter take, in minutes."""
    yield "| chapter | exercises | on paper | warm-up and core | with stretch |"
    yield "|---|---|---|---|---|"
    everything = []
    for part in book:
        for name, title, exercises in part:
            core = [e for e in exercises if e["kind"] != "Stretch"]
            yield (
                f"| [{title}]({name}.ipynb) | {len(exercises)} | {on_paper(exercises)} | "
                f"{minutes(core)} | {minutes(exercises)} |"
            )
            everything += exercises
    core = [e for e in everything if e["kind"] != "Stretch"]
    hours = [f"{minutes(es) / 60:.0f} hours" for es in (core, everything)]
    counts = f"{len(everything)} | {on_paper(everything)}"
    yield f"| All chapters | {counts} | {hours[0]} | {hours[1]} |"


class FromNotebooks(SphinxDirective):
    """Read all chapters, and write MyST that is parsed in the page."""

    def run(self):
        book = {}
        for part, files in chapters(self.env.app.confdir).items():
            book[part] = []
            for file in files:
                path = Path(self.env.app.confdir, f"{file}.ipynb")
                self.env.note_dependency(str(path))
                book[part].append((path.stem, *read(path)))
        place = nodes.container()
        lines = StringList(list(self.lines(book)), self.env.docname)
        self.state.nested_parse(lines, self.content_offset, place, match_titles=1)
        return place.children


class Solutions(FromNotebooks):
    def lines(self, book):
        for found in book.values():
            for name, title, exercises in found:
                yield from list_solutions(title, name, exercises)
                yield ""


class Times(FromNotebooks):
    def lines(self, book):
        yield from table_of_times(book.values())


def setup(app):
    app.add_directive("solutions", Solutions)
    app.add_directive("times", Times)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
