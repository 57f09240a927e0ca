"""Draw the pictures of the front page and of the page for teachers; a test compares them.

python tools/draw_images.py

Which chapter needs which is read from the lines that begin **You need**. The alternative text of
that picture is written into the page, too.
"""

import re
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "book" / "images"
TEACHING = ROOT / "book" / "teaching.md"
sys.path.append(str(ROOT / "book" / "_extensions"))
import book_exercises  # noqa: E402


def needs_of(text):
    """Return the chapters that a text says it needs.

    >>> needs_of("**You need** [A](a.ipynb) and exp. [B](b.ipynb) helps; you do not need it.")
    ['a']
    """
    found = re.search(r"\*\*You need\*\*(?:.|\n(?!\n))*", text)
    sentences = re.split(r"(?<=\.)\s+(?=[A-Z\[])", found[0] if found else "")
    needed = [s for s in sentences if "not need" not in s]
    return re.findall(r"\]\((\w+)\.ipynb\)", " ".join(needed))


def needs():
    """Return the number of each chapter with its title, and the numbers that it needs."""
    files = [
        Path(file) for part in book_exercises.chapters(ROOT).values() for file in part
    ]
    numbers = {file.stem: number for number, file in enumerate(files, 1)}
    titles, needed = {}, {}
    for file in files:
        notebook = nbformat.read(ROOT / f"{file}.ipynb", as_version=4)
        text = "\n\n".join(
            c.source for c in notebook.cells if c.cell_type == "markdown"
        )
        number = numbers[file.stem]
        titles[number] = re.search(r"(?m)^# (.+)", text)[1]
        needed[number] = {numbers[name] for name in needs_of(text) if name in numbers}
    return titles, needed


def without_detours(needed):
    """Leave out what is needed by something else that is needed.

    >>> without_detours({1: set(), 2: {1}, 3: {1, 2}})
    {1: [], 2: [1], 3: [2]}
    """

    def all_below(number):
        return needed[number].union(*map(all_below, needed[number]))

    return {
        number: sorted(direct - set().union(*map(all_below, direct)))
        for number, direct in needed.items()
    }


def draw_dependencies(ax):
    """Draw the chapters in a column, and an arrow from each to those that need it."""
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path as Curve

    from dlbasics.plotting import BLUE, DARK, INK

    titles, needed = needs()
    height, row, number = {}, 0, 0
    for caption, files in book_exercises.chapters(ROOT).items():
        ax.text(0.3, row, caption, color=INK, weight="bold", va="center")
        row -= 1
        for _ in files:
            number += 1
            height[number] = row
            ax.text(0.8, row, number, color=DARK, ha="right", va="center")
            ax.text(1.05, row, titles[number], color=DARK, va="center")
            row -= 1
        row -= 0.3
    for number, below in without_detours(needed).items():
        for other in below:
            start, end = height[other] - 0.12, height[number] + 0.12
            out = -0.75 * (start - end) ** 0.8
            corners = [(0, start), (out, start), (out, end), (0.05, end)]
            curve = Curve(corners, [Curve.MOVETO] + [Curve.CURVE4] * 3)
            arrow = {"arrowstyle": "-|>", "mutation_scale": 10, "linewidth": 1.3}
            ax.add_patch(FancyArrowPatch(path=curve, color=BLUE, **arrow))
    ax.set(xlim=(-5.6, 8), ylim=(row + 0.8, 0.6))
    ax.set_axis_off()


def describe_dependencies():
    """Return the alternative text of that picture."""
    titles, needed = needs()
    said = []
    for number, below in without_detours(needed).items():
        what = " and ".join(map(str, below)) or "no other chapter"
        said.append(f"{number}, {titles[number]}, needs {what}")
    return "Which chapter needs which. " + "; ".join(said) + "."


def with_description(page):
    """Return the page for teachers with the alternative text of its picture."""
    option = re.compile(
        r"(\{figure\} images/dependencies\.svg\n(?::\w+:.*\n)*?:alt: ).*"
    )
    return option.sub(lambda found: found[1] + describe_dependencies(), page)


def draw():
    """Return the pictures as SVG text, by file name."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    from dlbasics import plotting
    from dlbasics.plotting import thumbnails

    drawings = {}
    rows = len(needs()[0]) + 1.3 * len(book_exercises.chapters(ROOT))
    with plt.style.context("dlbasics.book"):
        for name, draw_it, size in [
            ("journey", plotting.draw_journey, plotting.JOURNEY_SIZE),
            ("bridge", plotting.draw_bridge, (5.6, 2.9)),
            ("dependencies", draw_dependencies, (5.6, 0.26 * rows)),
        ]:
            figure, ax = plt.subplots(figsize=size)
            draw_it(ax)
            drawings[f"{name}.svg"] = plotting.to_svg(figure)
            plt.close(figure)
        for chapter in plotting.DRAWINGS:
            figure, ax = plt.subplots(figsize=thumbnails.SIZE, gid=plotting.FRAME)
            plotting.draw_thumbnail(ax, chapter)
            drawings[f"{chapter}.svg"] = plotting.to_svg(figure)
            plt.close(figure)
    return drawings


if __name__ == "__main__":
    for name, drawing in draw().items():
        (FOLDER / name).write_text(drawing, "utf-8")
    TEACHING.write_text(with_description(TEACHING.read_text("utf-8")), "utf-8")
