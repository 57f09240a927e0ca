"""What a stored figure must be, so that it can be read on a phone and on a dark page.

Each rule returns a list of problems, like those of `notebook_rules`.
"""

import gzip
import re

from chromium import PHONE
from notebook_rules import code_cells

from dlbasics.plotting import ON_DARK

LEAST = 10  # pixels, on a phone, where a figure is as wide as the screen
FRAMES = 40_000  # bytes, compressed, that all frames but the first may add to a page
COLORS = {color.lower() for color in ON_DARK}
# Matplotlib draws a letter at 100 units a size, so the scale of a text is a hundredth of its size;
# letters that are raised or lowered in a formula are scaled once more, inside.
TEXT = re.compile(
    r'<g id="text_\d+">.*?(?:translate\([^)]*\) )?(?:rotate\([^)]*\) )?scale\(([\d.]+)',
    re.DOTALL,
)


def drawings(notebook):
    """Yield each stored figure with its cell."""
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if "image/svg+xml" in output.get("data", {}):
                yield cell, output.data["image/svg+xml"]


def text_sizes(svg):
    """Return the sizes of the texts of a figure, in points."""
    return [100 * float(scale) for scale in TEXT.findall(svg)]


def small_texts(notebook):
    """Texts that are smaller than 10 pixels where the figure fills the width of a phone."""
    problems = []
    for cell, svg in drawings(notebook):
        width = float(re.search(r'<svg\b[^>]*?\bwidth="([\d.]+)pt"', svg)[1])
        shrink = min(PHONE["width"] / width, 4 / 3)  # pixels a point
        smallest = min(text_sizes(svg), default=99) * shrink
        if round(smallest) < LEAST:
            problems.append(
                f"cell {cell.id} has a text of {smallest:.1f} pixels on a phone"
            )
    return problems


def foreign_colours(notebook):
    """Colours that `dlbasics.plotting` does not name: a dark page would show them as they are."""
    problems = []
    for cell, svg in drawings(notebook):
        used = {c.lower() for c in re.findall(r"[:\"]\s*(#[0-9a-fA-F]{6})\b", svg)}
        if used - COLORS:
            problems.append(f"cell {cell.id} has the colours {sorted(used - COLORS)}")
    return problems


def heavy_steppers(notebook):
    """Steppers whose frames cost a page too much: a reader may see only the first."""
    weight = 0
    for cell in code_cells(notebook):
        frames = [
            gzip.compress(output.data["image/svg+xml"].encode())
            for output in cell.outputs
            if "stepper" in cell.metadata and "image/svg+xml" in output.get("data", {})
        ]
        weight += sum(map(len, frames[1:]))
    return [f"its frames weigh {weight:,} bytes"] if weight > FRAMES else []
