"""What a stored figure must be, so that it can be read on a phone and on a dark page.

Each rule returns a list of problems, like those of `notebook_rules`.
"""

import gzip
import re

from chromium import PHONE
from notebook_rules import code_cells

from dlbasics.plotting import DARK, INK, LABELS, ON_DARK
from dlbasics.plotting import TEXT as DEEPER

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


# Matplotlib writes the words before their outlines; a formula stands there as it was typed.
WORDS = re.compile(
    r'<g id="text_\d+">\s*<!-- (.*?) -->\s*<g style="fill: (#[0-9a-fA-F]{6})', re.DOTALL
)
NEUTRAL = {INK.lower(), DARK.lower()}


def labels(svg):
    """Return the texts of a figure, each with its colour."""
    return [(text.strip(), color.lower()) for text, color in WORDS.findall(svg)]


def wrong_roles(notebook):
    """Labels whose colour is not that of what they name, such as a blue *validation*.

    What is neither coloured nor in the table of roles says nothing.
    """
    problems = []
    for cell, svg in drawings(notebook):
        for text, color in labels(svg):
            named = set(re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower())) & LABELS.keys()
            allowed = {DEEPER.get(LABELS[n], LABELS[n]).lower() for n in named}
            if named and color not in allowed | NEUTRAL:
                problems.append(f"cell {cell.id}: {text!r} has the colour {color}")
    return problems


def straight_apostrophes(notebook):
    """Apostrophes that `plotting.to_svg` would have curved, as the page curves its own."""
    return [
        f"cell {cell.id}: {text!r} has a straight apostrophe"
        for cell, svg in drawings(notebook)
        for text, _ in labels(svg)
        if "$" not in text and re.search(r"\w'", text)
    ]


def captions(cell):
    """Return the caption of a cell's figure or stepper, if it has one, in a list."""
    figure = cell.metadata.get("mystnb", {}).get("figure", {})
    stepper = cell.metadata.get("stepper", {})
    return [part["caption"] for part in (figure, stepper) if "caption" in part]


def upright_variables(notebook):
    """Letters that stand alone and upright, in a figure or its caption: a variable is italic.

    The unit s is none, nor are the letters of a figure that has *a* for one of them.
    """
    problems = []
    for cell, svg in drawings(notebook):
        found = [re.sub(r"\$.*?\$", "", text) for text, _ in labels(svg)]
        if "a" in found:
            continue
        said = [re.sub(r"\$.*?\$|\*.*?\*|`.*?`", "", text) for text in captions(cell)]
        for text in found + said:
            text = re.sub(r"\bin s$", "", text)
            if alone := re.findall(r"(?<![\w'’])[b-z](?!\w)", text):
                problems.append(f"cell {cell.id}: {alone} in {text!r} should be italic")
    return problems


def homemade_stars(notebook):
    """Stars that a cell draws itself: the minimum looks the same in all figures."""
    return [
        f"cell {cell.id} should mark the minimum by plotting.mark_minimum"
        for cell in code_cells(notebook)
        if re.search(r"""\.plot\([^\n]*["']\*["']""", cell.source)
    ]


LINES = r"(?:lines?|bars?|dots?|curves?|points?|edges?|rings?|stars?|strokes?)"
TURNING = re.compile(
    rf"\((?:\w+ and )?(?:dark|black|white)\b|\b(?:dark|black|white) {LINES}\b"
    r"|\b(?:drawn|are|is) (?:\w+ and )?(?:black|white)\b|\bdrawn (?:\w+ and )?dark\b"
)


SHADES = re.compile(r"\b(?:dark|black|white|pale|bright)(?:er|est)?\b")


def turning_colours(notebook):
    """Texts that call a line dark, black or white: on a dark page it is the reverse.

    An alt text is about nothing but the picture, and names no such shade at all.
    """
    problems = []
    for cell in notebook.cells:
        frames = cell.metadata.get("stepper", {}).get("frames", [])
        image = cell.metadata.get("mystnb", {}).get("image", {})
        said = captions(cell) + [frame["title"] for frame in frames]
        if cell.cell_type == "markdown":
            said = [cell.source]
        alts = [part["alt"] for part in [*frames, image] if "alt" in part]
        for text, rule in [(t, TURNING) for t in said] + [(t, SHADES) for t in alts]:
            if found := rule.search(text):
                problems.append(
                    f"cell {cell.id}: {found[0]!r} is the reverse on a dark page: say the "
                    "shape or the role"
                )
    return problems


UNIT = r"%|percent|s|ms|cm|nats?|bits?|minutes|seconds|points|lit(?:re|er)s²?"


def loose_units(notebook):
    """Labels that do not say *quantity in unit*, as in "loss in nats"."""
    wrong = re.compile(
        rf"\w ?\((?:in )?(?:{UNIT})\)|\w, (?:in )?(?:{UNIT})$|\w, in \w+ an? \w+$|accuracy(?! in %)"
    )
    return [
        f"cell {cell.id}: {text!r} should say *quantity in unit*"
        for cell, svg in drawings(notebook)
        for text, _ in labels(svg)
        if wrong.search(text.replace("$", ""))
    ]


def typed_powers(notebook):
    """Ticks such as 1e-12 or 0.0001: a power of ten is written 10⁻¹²."""
    return [
        f"cell {cell.id}: {text!r} should be a power of ten"
        for cell, svg in drawings(notebook)
        for text, _ in labels(svg)
        if re.search(r"\de[+−-]?\d|^0\.000+\d$", text)
    ]


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
