"""The look of a figure, its SVG, the frames of a stepper, numbers and labels."""

import io
import re
import sys

from dlbasics._extras import extra
from dlbasics.plotting.palette import DARK, TEXT, WHITE

FRAME = "frame"  # the gid of a figure that is not cropped to what is drawn


def use_style():
    """Give all figures of a notebook the book's look, and store them as SVG.

    The files carry no date and two decimals of a point, so that the same figure is the same
    text on every machine and nbval can compare it.
    """
    with extra("Matplotlib"):
        import matplotlib.pyplot as plt
        from matplotlib.figure import Figure

    plt.style.use("dlbasics.book")
    # Inside Jupyter it was imported long ago. A web page has none.
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        set_matplotlib_formats("svg")
        shell.display_formatter.formatters["image/svg+xml"].for_type(Figure, to_svg)


def to_svg(figure):
    """Draw a figure as SVG text.

    Its texts are changed on the way: coloured ones become deeper, a hyphen before a number
    becomes a minus sign, an apostrophe is curved, and a letter alone is italic, a variable. But if
    one of the texts is *a*, the figure is about letters, and they stay upright.
    """
    from matplotlib.colors import to_hex
    from matplotlib.text import Text

    texts = figure.findobj(Text)
    letters = "a" in [text.get_text() for text in texts]
    for text in texts:
        text.set_text(_curved(_minus(text.get_text())))
        text.set_text(text.get_text() if letters else _italic(text.get_text()))
        text.set_color(TEXT.get(to_hex(text.get_color()).upper(), text.get_color()))
    file = io.StringIO()
    undated = {"Date": None, "Creator": None}
    crop = None if figure.get_gid() == FRAME else "tight"
    figure.savefig(file, format="svg", bbox_inches=crop, metadata=undated)
    svg = re.sub(r"<metadata>.*?</metadata>", "", file.getvalue(), flags=re.DOTALL)
    # Below 1 stand the scales of letters, which need all their digits.
    long_number = re.compile(r"(?<![\d.])[1-9]\d*\.\d{3,}")
    return long_number.sub(lambda number: f"{float(number[0]):.2f}", svg)


def frames(count, figsize=(5.6, 3.2)):
    """Show the frames of a stepper: yield the number of each, from 0, and axes to draw it on.

    All frames have the same size, so that nothing jumps from one to the next::

        for step, ax in plotting.frames(4):
            ax.plot(path[: step + 1])

    The cell's metadata say what each frame shows, see ``book/_extensions/book_figures.py``.

    Parameters
    ----------
    count : int
    figsize : tuple of float
        Width and height, in inches.

    Yields
    ------
    int, matplotlib.axes.Axes
    """
    import matplotlib.pyplot as plt

    for step in range(count):
        _, ax = plt.subplots(figsize=figsize, gid=FRAME)
        yield step, ax
        plt.show()


def number(value, form=".4g"):
    """Write a number for a figure, with a real minus sign and no sign before 0.

    Parameters
    ----------
    value : float
    form : str
        As for `format`.
    """
    text = format(float(value), form)
    if float(text) == 0:
        text = text.lstrip("-")
    return _minus(text)


def ten_to(n):
    """Write a power of ten as 10ⁿ, and 1 as 1."""
    return f"10{raised(n)}" if n else "1"


def power_ticks(axis, exponents):
    """Put ticks at powers of ten on a logarithmic axis, and write them as 10ⁿ.

    Parameters
    ----------
    axis : matplotlib.axis.Axis
        Such as ``ax.yaxis``, whose scale is logarithmic.
    exponents : sequence of int
    """
    axis.set_ticks([10.0**n for n in exponents], [ten_to(n) for n in exponents])
    axis.set_ticks([], minor=True)


def raised(n):
    """Write an exponent: 2 as ², and −1 as ⁻¹."""
    return str(n).translate(str.maketrans("-−.0123456789", "⁻⁻·⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _minus(text):
    """Replace the hyphen before a number, outside of formulas, by a minus sign."""
    if "$" in text:
        return text
    return re.sub(r"(?<![\w.)\]])-(?=[\d.])|(?<=\de)-(?=\d)", "−", text)


def _curved(text):
    """Curve the apostrophes outside of formulas, as the text of the page does."""
    return text if "$" in text else re.sub(r"(?<=\w)'", "’", text)


def _italic(text):
    """Write letters that stand alone, but the article and the unit s, as the variables they are."""
    if "$" in text:
        return text
    return re.sub(r"(?<![\w'’])(?<!\bin (?=s$))([b-z])(?!\w)", r"$\1$", text)


def halo(width=3):
    """Return the path effect that keeps a text legible on a line: an outline of the page's colour.

    Use it as ``ax.text(…, path_effects=halo())``.
    """
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=width, foreground=WHITE)]


def label_line(ax, x, y, text, color, **kwargs):
    """Write a line's name beside it, in its colour: no legend to look up."""
    beside = {"xytext": (4, 4), "textcoords": "offset points", "color": color}
    ax.annotate(text, (x, y), **(beside | kwargs))


def label_edge(ax, start, end, text, part=0.5, *, beside=True, color=DARK, **kwargs):
    """Write the name or the number of a straight line, with clear space around it.

    A line that runs up to a number looks like a minus sign, and one that runs through it like a
    decimal point. So it stands beside the line, above it; or, where lines are close, on it, on a
    patch of the page's colour. Set the limits of the axes first.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    start, end : (float, float)
        The ends of the line.
    text : str
    part : float
        How far along the line to write, from 0 to 1.
    beside : bool
        Whether to write beside the line or on it.
    color : str
    **kwargs
        For ``ax.annotate``.
    """
    (x0, y0), (x1, y1) = start, end
    middle = x0 + part * (x1 - x0), y0 + part * (y1 - y0)
    style = {"color": color, "fontsize": 10.5, "ha": "center", "zorder": 4}
    style |= {"va": "center", "xytext": (0, 0), "textcoords": "offset points"} | kwargs
    if not beside:
        style["bbox"] = {"facecolor": WHITE, "edgecolor": "none", "pad": 3}
    label = ax.annotate(text, middle, **style)
    if beside:
        ax.figure.draw_without_rendering()  # the slope and the text, as the page sees them
        scale = 72 / ax.figure.dpi
        (x0, y0), (x1, y1) = ax.transData.transform([start, end])
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        across = (y0 - y1) / length, (x1 - x0) / length
        if across[1] < 0:
            across = -across[0], -across[1]
        box = label.get_window_extent()
        room = scale * (box.width * abs(across[0]) + box.height * across[1]) / 2
        label.set_position([(room + 1) * part for part in across])
    return label


def mark_minimum(ax, x, y, size=13):
    """Mark the lowest point of a surface seen from above: a star, which no path hides."""
    star = {"color": DARK, "markeredgecolor": WHITE, "markeredgewidth": 0.5}
    ax.plot(x, y, "*", markersize=size, zorder=5, **star)
