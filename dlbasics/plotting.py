"""What the figures of the book share: one style, one palette, and the drawings that recur.

Matplotlib is imported inside the functions, so that nothing else in the package needs it.
"""

import io
import re
from itertools import pairwise

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


def draw_network(ax, widths, texts=None, weights=None):
    """Draw the units of a network as circles, layer by layer, each joined to all of the next.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    widths : sequence of int
        Units in each layer, the inputs first; they are drawn smaller, as they compute nothing.
    texts : sequence of sequence of str, optional
        What to write into the units, layer by layer.
    weights : sequence of array_like, optional
        For each layer but the first its ``W`` (d, k): lines are drawn blue for positive weights,
        orange and dashed for negative ones, and not at all for 0.

    Returns
    -------
    list of list of (float, float)
        The middle of each unit, for what shall be written beside it; units are 1 apart, layers 2.

    Raises
    ------
    ValueError
        If `texts` or `weights` do not fit the widths.
    """
    import numpy as np

    pairs = list(pairwise(widths))
    if weights is not None and [np.shape(W) for W in weights] != pairs:
        raise ValueError(
            f"weights: got shapes {[np.shape(W) for W in weights]}, expected {pairs}"
        )
    if texts is not None and [len(column) for column in texts] != list(widths):
        raise ValueError(
            f"texts: got {[len(column) for column in texts]}, expected {list(widths)}"
        )

    places = [
        [(2.0 * layer, (width - 1) / 2 - i) for i in range(width)]
        for layer, width in enumerate(widths)
    ]
    for layer in range(1, len(widths)):
        W = None if weights is None else np.asarray(weights[layer - 1])
        for i, start in enumerate(places[layer - 1]):
            for j, end in enumerate(places[layer]):
                if W is not None and W[i, j] == 0:
                    continue
                color, line = INK, "-"
                if W is not None:
                    color, line = (BLUE, "-") if W[i, j] > 0 else (ORANGE, "--")
                xs, ys = zip(start, end, strict=True)
                ax.plot(xs, ys, line, color=color, linewidth=1, zorder=1)
    for layer, column in enumerate(places):
        size, color = (18, INK) if layer == 0 else (24, BLUE)
        for i, (x, y) in enumerate(column):
            ax.plot(x, y, "o", color=color, markersize=size, zorder=2)
            if texts:
                inside = {"color": "white", "ha": "center", "va": "center_baseline"}
                ax.text(x, y, texts[layer][i], **inside)
    ax.set_axis_off()
    ax.margins(0.12, 0.16)
    ax.autoscale_view()
    return places


def write_weights(ax, tails, heads, W, part, color=INK, form="g"):
    """Write what is not 0 in `W` (d, k) along the lines from `tails` to `heads`.

    Both are layers of what `draw_network` returned; `part` says how far along the line to write.
    """
    import numpy as np

    for i, j in np.argwhere(W):
        (x0, y0), (x1, y1) = tails[i], heads[j]
        x, y = x0 + part * (x1 - x0), y0 + part * (y1 - y0)
        along = {"rotation": np.degrees(np.arctan2(y1 - y0, x1 - x0))}
        along |= {"rotation_mode": "anchor", "transform_rotates_text": True}
        style = {"color": color, "fontsize": 10, "ha": "center", "va": "bottom"}
        ax.text(x, y, format(W[i, j], form).replace("-", "−"), **along, **style)


def draw_graph(ax, node, names=None, gradients=True):
    """Draw the graph that a `dlbasics.autodiff.Node` was made by, from the left to the right.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    node : object
        With ``graph()``, ``parents``, ``operation``, ``value`` and ``grad``; its graph is small.
    names : mapping, optional
        What to write into the leaves, by node. A leaf without a name is a constant, and is
        written into the gate that it goes into, such as +1.
    gradients : bool or collection of nodes
        Which nodes get their gradient written below them, in orange. Their values stand above;
        of an array, only its shape.
    """
    names = names or {}
    order = [n for n in node.graph() if n.parents or n in names or n is node]
    drawn = set(order)
    parents = {n: [p for p, _ in n.parents if p in drawn] for n in order}
    place = _places(order, parents)
    shown = drawn if gradients is True else set(gradients or ())

    for n, (x, y) in place.items():
        for start in {place[parent] for parent in parents[n]}:
            arrow = {"arrowstyle": "-|>", "color": INK, "shrinkA": 14, "shrinkB": 14}
            if x - start[0] > 1:  # past the nodes between
                arrow["connectionstyle"] = (
                    f"arc3,rad={-0.25 if start[1] >= y else 0.25}"
                )
            ax.annotate("", (x, y), start, arrowprops=arrow, zorder=1)
        ax.plot(x, y, "o", color=BLUE if n.parents else INK, markersize=28, zorder=2)
        text = _gate(n, drawn) if n.parents else str(names.get(n, ""))
        inside = {"color": "white", "ha": "center", "va": "center_baseline"}
        ax.text(x, y, text, fontsize=min(11, 40 / max(len(text), 1)), **inside)
        beside = {"textcoords": "offset points", "ha": "center"}
        ax.annotate(_number(n.value), (x, y), (0, 16), va="bottom", **beside)
        if n in shown:
            below = {"va": "top", "color": ORANGE, **beside}
            ax.annotate(_number(n.grad), (x, y), (0, -16), **below)
    xs, ys = zip(*place.values())
    ax.set(xlim=(min(xs) - 0.5, max(xs) + 0.5), ylim=(min(ys) - 0.7, max(ys) + 0.7))
    ax.set_axis_off()


def _places(order, parents):
    """A column for each step from the leaves, each leaf one column before its first use."""
    column = {}
    for n in order:
        column[n] = 1 + max((column[parent] for parent in parents[n]), default=-1)
    for n in order:
        if not parents[n]:
            users = [column[user] for user in order if n in parents[user]]
            column[n] = min(users, default=1) - 1
    place = {}
    for n in sorted(order, key=lambda n: (column[n], not parents[n])):  # leaves last
        above = [p for p in parents[n] if parents[p]] or parents[n]
        here = [y for x, y in place.values() if x == column[n]]
        if above:
            y = sum(place[p][1] for p in above) / len(above)
            while any(abs(y - other) < 0.9 for other in here):
                y -= 1
        else:
            y = min(here, default=1.0) - 1
        place[n] = column[n], y
    return place


def _gate(n, drawn):
    """What a node does, with its constants: ``+1``, or ``1/``."""
    left = [_number(p.value) for p, _ in n.parents[:1] if p not in drawn]
    right = [_number(p.value) for p, _ in n.parents[1:] if p not in drawn]
    return "".join([*left, n.operation, *right])


def _number(value):
    shape = getattr(value, "shape", ())
    text = f"{float(value):.4g}" if shape == () else " × ".join(map(str, shape))
    return text.replace("-", "−")


def draw_regions(ax, score, X, labels, points=200):
    """Draw samples of two classes in the plane, and shade where a network answers 1.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Its limits, if they were set, are kept.
    score : callable
        Takes points (n, 2), returns n numbers: at least 0 means class 1. Not the answer itself,
        0 or 1, but the sum before the step: the border is where it passes 0.
    X : array_like, shape (n, 2)
    labels : array_like of int, shape (n,)
        0, drawn as orange squares, or 1, drawn as blue circles.
    points : int
        How finely to look, along each axis. For the straight border of a single unit, 2 are enough.
    """
    import numpy as np

    X, labels = np.asarray(X, dtype=float), np.asarray(labels)
    for label, marker, color in [(0, "s", ORANGE), (1, "o", BLUE)]:
        ax.plot(*X[labels == label].T, marker, color=color, markersize=5, zorder=3)
    if ax.get_autoscale_on():
        ax.margins(0.15)
    x, y = np.meshgrid(
        np.linspace(*ax.get_xlim(), points), np.linspace(*ax.get_ylim(), points)
    )
    z = np.asarray(score(np.column_stack([x.ravel(), y.ravel()])), dtype=float)
    z = z.reshape(x.shape).round(9)  # so that a tie is a tie on every machine
    z[z == 0] = 1e-9  # and means class 1
    one, zero = [0, max(float(z.max()), 1.0)], [min(float(z.min()), -1.0), 0]
    ax.contourf(x, y, z, one, colors=[BLUE], alpha=0.2, zorder=0)
    ax.contourf(x, y, z, zero, colors=[ORANGE], alpha=0.12, zorder=0)
    if z.min() < 0 < z.max():
        ax.contour(x, y, z, [0], colors=[INK], linewidths=1.5, zorder=1)
