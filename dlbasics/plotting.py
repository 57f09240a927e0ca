"""What the figures of the book share: one style, one palette, and the drawings that recur.

Matplotlib is imported inside the functions, so that nothing else in the package needs it.
"""

import io
import re

BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
PINK = "#CC79A7"
YELLOW = "#E69F00"
INK = "#757575"  # legible on white and on black


def use_style():
    """Give all figures of a notebook the book's look, and store them as SVG.

    The files carry no date and two decimals of a point, so that the same figure is the same
    text on every machine and nbval can compare it.
    """
    import matplotlib.pyplot as plt
    from IPython import get_ipython
    from matplotlib.figure import Figure
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    plt.style.use("dlbasics.book")
    shell = get_ipython()
    if shell is not None:
        set_matplotlib_formats("svg")
        shell.display_formatter.formatters["image/svg+xml"].for_type(Figure, to_svg)


def to_svg(figure):
    """Draw a figure as SVG text."""
    file = io.StringIO()
    undated = {"Date": None, "Creator": None}
    figure.savefig(file, format="svg", bbox_inches="tight", metadata=undated)
    svg = re.sub(r"<metadata>.*?</metadata>", "", file.getvalue(), flags=re.DOTALL)
    # Below 1 stand the scales of letters, which need all their digits.
    long_number = re.compile(r"(?<![\d.])[1-9]\d*\.\d{3,}")
    return long_number.sub(lambda number: f"{float(number[0]):.2f}", svg)


def label_line(ax, x, y, text, color, **kwargs):
    """Write a line's name beside it, in its colour: no legend to look up."""
    beside = {"xytext": (4, 4), "textcoords": "offset points", "color": color}
    ax.annotate(text, (x, y), **beside, **kwargs)


def draw_code_tree(ax, code, weights=None, yes="1"):
    """Draw a code as the tree of questions that it is, the answer yes to the left.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    code : mapping
        Code word by symbol.
    weights : mapping, optional
        Written below the symbols.
    yes : str
        Which bit is the answer "yes"; it is drawn to the left.
    """
    words = sorted(code.values(), key=lambda word: [bit != yes for bit in word])
    symbol_of = {word: symbol for symbol, word in code.items()}
    place = {word: (float(i), -len(word)) for i, word in enumerate(words)}
    inner = {word[:i] for word in words for i in range(len(word))}
    for word in sorted(inner, key=lambda word: (-len(word), word)):
        xs = [place[word + bit][0] for bit in "01" if word + bit in place]
        place[word] = (sum(xs) / len(xs), -len(word))

    for word, (x, y) in place.items():
        if word:
            x0, y0 = place[word[:-1]]
            ax.plot([x0, x], [y0, y], color=INK, linewidth=1, zorder=1)
            side = "right" if x < x0 else "left"
            middle = (x0 + x) / 2, (y0 + y) / 2
            ax.text(*middle, f" {word[-1]} ", ha=side, va="bottom")
        if word in symbol_of:
            ax.plot(x, y, "o", color=BLUE, markersize=20, zorder=2)
            inside = {"color": "white", "ha": "center", "va": "center_baseline"}
            ax.text(x, y, symbol_of[word], **inside)
            if weights:
                count = str(weights[symbol_of[word]])
                ax.text(x, y - 0.32, count, ha="center", va="top")
        else:
            ax.plot(x, y, "o", color=INK, markersize=7, zorder=2)
    ax.set_axis_off()
    ax.margins(0.12, 0.18)
    ax.autoscale_view()  # now: the layout measures the texts before it asks for the limits
