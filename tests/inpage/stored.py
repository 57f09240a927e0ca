"""What the book stores of its cells, and when another output is the same."""

import json
import pkgutil
import re

from notebook_rules import BOOK

from dlbasics import exercises

KINDS = ["stream", "text", "html", "markdown", "error", "svg"]  # of what a page shows
FORMS = {  # the first of those that are stored is shown
    "image/svg+xml": "svg",
    "text/html": "html",
    "text/markdown": "markdown",
    "text/plain": "text",
}

# Cells with the kinds of what they show, to prove that each would be noticed.
PLANTED = {
    "import matplotlib.pyplot as plt\nprint(1)\n2": ["stream", "text"],
    "import sys\nprint(3, file=sys.stderr)": ["stream"],
    "plt.plot([1, 2])\nplt.show()": ["svg"],
    "plt.figure();": ["svg"],
    "1 / 0": ["error"],
    "class A:\n    def _repr_html_(self):\n        return '<b>'\nA()": ["html"],
    "import scipy.stats\nscipy.stats.gmean": ["error"],
    "import nowhere": ["error"],
}

CHAPTERS = [
    module.name
    for module in pkgutil.iter_modules(exercises.__path__)
    if not module.name.startswith("_")
]


def read_cells(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


NOTEBOOKS = {
    path.relative_to(BOOK).with_suffix("").as_posix(): read_cells(path)
    for path in [*sorted(BOOK.glob("*.ipynb")), *sorted(BOOK.glob("solutions/*.ipynb"))]
}


def join(lines):
    return "".join(lines)


def read_stored(outputs):
    """Return what a page shows of stored outputs, as `sort_outputs` does."""
    found = []
    for output in outputs:
        if output["output_type"] == "stream":
            found.append(("stream", join(output["text"])))
        elif output["output_type"] == "error":
            found.append(("error", output["ename"]))
        else:
            form = next(form for form in FORMS if form in output["data"])
            found.append((FORMS[form], join(output["data"][form])))
    return sort_outputs(found)


def sort_outputs(found):
    """Return the texts of (kind, text) pairs by their kinds, and the number of figures."""
    texts = {kind: join(text for k, text in found if k == kind) for kind in KINDS}
    return texts | {"svg": str([kind for kind, _ in found].count("svg"))}


NUMBER = re.compile(r"\d+(?:\.(\d+))?(?:e([+-]\d+))?")


def same(stored, shown):
    """Whether two texts are the same, but for the last digit of numbers with decimals.

    Such a number may differ by one unit of its last digit: another machine rounds in another
    order. Words, spaces, whole numbers and the number of decimals must agree.

    >>> same("loss 1.58 in 300 steps", "loss 1.57 in 300 steps")
    True
    >>> same("loss 1.58 in 300 steps", "loss 1.56 in 300 steps")
    False
    >>> same("loss 1.58 in 300 steps", "loss 1.58 in 301 steps")
    False
    """
    if re.sub(r"\d", "0", stored) != re.sub(r"\d", "0", shown):
        return False
    return all(
        a[0] == b[0] or (a[1] and abs(float(a[0]) - float(b[0])) < 1.5 * unit(a))
        for a, b in zip(NUMBER.finditer(stored), NUMBER.finditer(shown))
    )


def unit(number):
    """The size of one unit of the last digit of a number that `NUMBER` found."""
    return 10.0 ** (int(number[2] or 0) - len(number[1]))
