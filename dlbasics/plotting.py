"""What the figures of the book share: one style, one language of colour, the drawings that recur.

Every figure speaks the same language:

- BLUE is the truth, and what runs forward: data, true distributions, values, kept text.
- ORANGE is the cost, and what runs backward: losses, gradients, bits wasted.
- GREEN is what is saved: memory, and bits that a better code does not spend.
- DARK is the highlight. INK draws axes, labels and all that is neither; FAINT what shall recede.
- A PALE fill is an area of that meaning, and what is written on it is DARK.
- Classes differ in shape as well as in colour: see `CLASSES`.

A figure is stored in these colours on white. The built page shows it on a dark background too, each
colour replaced by its partner in `ON_DARK`. Coloured texts are drawn in the deeper shade that
`TEXT` names: letters are thinner than lines. So INK and every label have a contrast of 7 in both.

Matplotlib is imported inside the functions, so that nothing else in the package needs it.
"""

import io
import re
from itertools import pairwise

from dlbasics._extras import extra

BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
PINK = "#CC79A7"  # a fourth and a fifth line, if it must be
YELLOW = "#E69F00"

WHITE = "#FFFFFF"
DARK = "#14171A"
INK = "#414B54"
FAINT = "#C3CAD0"

PALE = "#E9ECEF"
PALE_BLUE = "#D3E6F3"
PALE_ORANGE = "#FBE0CC"
PALE_GREEN = "#CDEBE0"

TEXT = {
    BLUE: "#005A8C",
    ORANGE: "#8F3F00",
    GREEN: "#00644A",
    PINK: "#8A3A66",
    YELLOW: "#744F00",
}
ON_DARK = {
    BLUE: "#62B0E8",
    ORANGE: "#F5914A",
    GREEN: "#3FC49A",
    PINK: "#E39CC4",
    YELLOW: "#F0B640",
    WHITE: "#14171A",
    DARK: "#FFFFFF",
    INK: "#BAC3CB",
    FAINT: "#48515A",
    PALE: "#262C32",
    PALE_BLUE: "#12384F",
    PALE_ORANGE: "#54290A",
    PALE_GREEN: "#0B3E30",
    "#000000": "#FFFFFF",  # Matplotlib's own
}
ON_DARK |= {text: ON_DARK[color] for color, text in TEXT.items()}

FRAME = "frame"  # the gid of a figure that is not cropped to what is drawn

# Marker, colour and pale fill of class 0, 1 and 2
CLASSES = [
    ("s", ORANGE, PALE_ORANGE),
    ("o", BLUE, PALE_BLUE),
    ("^", GREEN, PALE_GREEN),
]


def use_style():
    """Give all figures of a notebook the book's look, and store them as SVG.

    The files carry no date and two decimals of a point, so that the same figure is the same
    text on every machine and nbval can compare it.
    """
    with extra("Matplotlib and IPython"):
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
    """Draw a figure as SVG text.

    Its texts are changed on the way: coloured ones become deeper, and a hyphen before a number
    becomes a minus sign.
    """
    from matplotlib.colors import to_hex
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        text.set_text(_minus(text.get_text()))
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


def to_dark(svg):
    """Return a stored figure in the colours for a dark page."""
    colors = {light.lower(): dark for light, dark in ON_DARK.items()}
    long = re.sub(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])\b", r"#\1\1\2\2\3\3", svg)
    return re.sub(r"#[0-9a-fA-F]{6}\b", lambda c: colors.get(c[0].lower(), c[0]), long)


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


def _minus(text):
    """Replace the hyphen before a number, outside of formulas, by a minus sign."""
    if "$" in text:
        return text
    return re.sub(r"(?<![\w.)\]])-(?=[\d.])|(?<=\de)-(?=\d)", "−", text)


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


def draw_samples(ax, X, labels, size=5, **kwargs):
    """Draw samples in the plane, each class with its own marker and colour.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    X : array_like, shape (n, 2)
    labels : array_like of int, shape (n,)
        0 for orange squares, 1 for blue circles, 2 for green triangles.
    size : float
        Of the markers, in points.
    **kwargs
        For ``ax.plot``, such as ``alpha``.
    """
    import numpy as np

    X, labels = np.asarray(X, dtype=float), np.asarray(labels)
    for label, (marker, color, _) in enumerate(CLASSES):
        if label < 2 or (labels == label).any():
            style = {"color": color, "markersize": size, "zorder": 3} | kwargs
            ax.plot(*X[labels == label].T, marker, **style)


def draw_code_tree(ax, code, weights=None, yes="1", questions=None):
    """Draw a code as the tree of questions that it is, the answer yes to the left.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    code : mapping
        Code word by symbol.
    weights : mapping, optional
        How often each symbol occurs: written below it, and the area of its leaf.
    yes : str
        Which bit is the answer "yes"; it is drawn to the left.
    questions : int, optional
        Draw a ruler for each number of questions up to this one. The same number in several panels
        gives them the same levels, so that depths can be compared; with `weights`, the total
        is written at the foot.
    """
    words = sorted(code.values(), key=lambda word: [bit != yes for bit in word])
    symbol_of = {word: symbol for symbol, word in code.items()}
    place = {word: (float(i), -len(word)) for i, word in enumerate(words)}
    inner = {word[:i] for word in words for i in range(len(word))}
    for word in sorted(inner, key=lambda word: (-len(word), word)):
        xs = [place[word + bit][0] for bit in "01" if word + bit in place]
        place[word] = (sum(xs) / len(xs), -len(word))

    centred = {"ha": "center", "color": DARK}
    for word, (x, y) in place.items():
        if word:
            x0, y0 = place[word[:-1]]
            ax.plot([x0, x], [y0, y], color=INK, linewidth=1, zorder=1)
            middle = (x0 + x) / 2, (y0 + y) / 2
            ax.text(*middle, word[-1], va="center", path_effects=halo(), **centred)
        if word not in symbol_of:
            ax.plot(x, y, "o", color=INK, markersize=7, zorder=2)
            continue
        symbol = symbol_of[word]
        size = 20 if not weights else _leaf(weights[symbol], max(weights.values()))
        leaf = {"markersize": size, "markerfacecolor": PALE_BLUE, "zorder": 2}
        ax.plot(x, y, "o", color=BLUE, **leaf)
        if size >= 16:
            ax.text(x, y, symbol, va="center_baseline", **centred)
            symbol = ""
        if weights or symbol:
            below = f"{symbol} {weights[symbol_of[word]]}" if weights else symbol
            start = {"xytext": (0, -size / 2 - 3), "textcoords": "offset points"}
            ax.annotate(below.strip(), (x, y), va="top", **start, **centred)
    if questions:
        _draw_rulers(ax, len(words), questions)
        if weights:
            total = sum(weights[symbol] * len(word) for symbol, word in code.items())
            foot = {"ha": "right", "va": "top", "color": DARK}
            ax.text(len(words) - 0.5, -questions - 0.62, f"total {total}", **foot)
    ax.set_axis_off()
    ax.margins(0.12, 0.18)
    ax.autoscale_view()  # now: the layout measures the texts before it asks for the limits
    if questions:
        ax.set(xlim=(-1.1, len(words) - 0.4), ylim=(-questions - 0.95, 0.35))


def _leaf(weight, most):
    """The size of a leaf whose area stands for its weight, in points."""
    return 34 * (weight / most) ** 0.5


def _draw_rulers(ax, width, questions):
    """A faint line at each level, with the number of questions that lead there."""
    for level in range(1, questions + 1):
        ruler = {"color": FAINT, "linewidth": 1, "linestyle": ":", "zorder": 0}
        ax.plot([-0.75, width - 0.5], [-level, -level], **ruler)
        ax.text(-0.8, -level, str(level), ha="right", va="center")
    ax.text(-1.05, 0, "questions", ha="left", va="center")


def draw_network(
    ax,
    widths,
    texts=None,
    weights=None,
    *,
    columns=None,
    edges=None,
    saved=(),
    backward=False,
    spread=2.0,
):
    """Draw the units of a network as circles, layer by layer, each joined to all of the next.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    widths : sequence of int
        Units in each layer, the inputs first; they are drawn smaller, as they compute nothing.
    texts : sequence of sequence of str, optional
        What to write into the units, layer by layer.
    weights : sequence of array_like, optional
        For each layer but the first its ``W`` (d, k): lines are drawn solid for positive weights,
        dashed for negative ones, and not at all for 0.
    columns, edges : collection of int, optional
        Which layers, and which gaps between layer i and i + 1, this figure is about; all others
        are faint. Without them, all.
    saved : collection of int
        Layers whose values are remembered: they are green.
    backward : bool
        Draw what is not faint in orange, its lines as arrows to the left.
    spread : float
        The distance of the layers; units are 1 apart.

    Returns
    -------
    list of list of (float, float)
        The middle of each unit, for what shall be written beside it.

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
        [(spread * layer, (width - 1) / 2 - i) for i in range(width)]
        for layer, width in enumerate(widths)
    ]
    for gap in range(len(pairs)):
        lit = edges is None or gap in edges
        color = FAINT if not lit else ORANGE if backward else INK
        for i, start in enumerate(places[gap]):
            for j, end in enumerate(places[gap + 1]):
                weight = 1 if weights is None else np.asarray(weights[gap])[i, j]
                if weight == 0:
                    continue
                line = {"color": color, "linewidth": 1.2 if lit else 0.8}
                line |= {"linestyle": "-" if weight > 0 else "--", "zorder": 1}
                if lit and backward:
                    arrow = line | {"arrowstyle": "-|>", "shrinkA": 13, "shrinkB": 13}
                    ax.annotate("", start, end, arrowprops=arrow, zorder=1)
                else:
                    ax.plot(*zip(start, end), **line)
    for layer, column in enumerate(places):
        lit = columns is None or layer in columns
        edge, fill = (INK, PALE) if layer == 0 else (BLUE, PALE_BLUE)
        if layer in saved:
            edge, fill = GREEN, PALE_GREEN
        elif not lit:
            edge, fill = FAINT, WHITE
        elif backward:
            edge, fill = ORANGE, PALE_ORANGE
        unit = {"color": edge, "markerfacecolor": fill, "zorder": 2}
        for i, (x, y) in enumerate(column):
            ax.plot(x, y, "o", markersize=18 if layer == 0 else 24, **unit)
            if texts:
                inside = {"color": DARK if lit else INK, "ha": "center"}
                ax.text(x, y, texts[layer][i], va="center_baseline", **inside)
    ax.set_axis_off()
    ax.margins(0.12, 0.16)
    ax.autoscale_view()
    return places


def write_weights(ax, tails, heads, W, part, color=DARK, form="g"):
    """Write what is not 0 in `W` (d, k) on the lines from `tails` to `heads`.

    Both are layers of what `draw_network` returned; `part` says how far along the line to write.
    """
    import numpy as np

    W = np.asarray(W)
    for i, j in np.argwhere(W):
        (x0, y0), (x1, y1) = tails[i], heads[j]
        x, y = x0 + part * (x1 - x0), y0 + part * (y1 - y0)
        along = {"rotation": np.degrees(np.arctan2(y1 - y0, x1 - x0))}
        along |= {"rotation_mode": "anchor", "transform_rotates_text": True}
        style = {"color": color, "fontsize": 10.5, "ha": "center", "va": "center"}
        style["path_effects"] = halo(4)
        ax.text(x, y, number(W[i, j], form), **along, **style)


def draw_graph(ax, node, names=None, gradients=True, *, local=False, backward=()):
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
    local : bool
        Write on each arrow the local derivative, by which the upstream gradient is multiplied
        on its way back, such as ×3. For graphs of single numbers.
    backward : bool or collection of nodes
        The nodes from which orange arrows lead back to what they were made of.
    """
    names = names or {}
    order = [n for n in node.graph() if n.parents or n in names or n is node]
    drawn = set(order)
    parents = {n: [p for p, _ in n.parents if p in drawn] for n in order}
    place = _places(order, parents)
    shown = drawn if gradients is True else set(gradients or ())
    walked = drawn if backward is True else set(backward or ())

    for n, (x, y) in place.items():
        for parent in dict.fromkeys(parents[n]):
            start = place[parent]
            outward = -0.25 if start[1] >= y else 0.25
            bend = outward if x - start[0] > 1 else 0.0  # past the nodes between
            back = outward if not bend else 1.8 * outward
            _draw_arrow(ax, start, (x, y), INK, bend)
            if n in walked:
                _draw_arrow(ax, (x, y), start, ORANGE, -back)
            if local:
                slope = sum(float(by(1.0)) for p, by in n.parents if p is parent)
                where = _on_arrow(start, (x, y), back if n in walked else bend)
                on = {"ha": "center", "va": "center", "fontsize": 10.5}
                on |= {"color": ORANGE if n in walked else DARK, "zorder": 3}
                ax.text(*where, f"×{number(slope)}", path_effects=halo(4), **on)
        edge, fill = (BLUE, PALE_BLUE) if n.parents else (INK, PALE)
        text = _gate(n, drawn) if n.parents else str(names.get(n, ""))
        size = max(28, 7 * len(text))
        ax.plot(x, y, "o", color=edge, markersize=size, markerfacecolor=fill, zorder=2)
        inside = {"color": DARK, "ha": "center", "va": "center_baseline"}
        ax.text(x, y, text, fontsize=11 if len(text) < 4 else 10.5, **inside)
        beside = {"textcoords": "offset points", "ha": "center"}
        ax.annotate(_number(n.value), (x, y), (0, 16), va="bottom", **beside)
        if n in shown:
            below = {"va": "top", "color": ORANGE, **beside}
            ax.annotate(_number(n.grad), (x, y), (0, -16), **below)
    xs, ys = zip(*place.values())
    ax.set(xlim=(min(xs) - 0.5, max(xs) + 0.5), ylim=(min(ys) - 0.7, max(ys) + 0.7))
    ax.set_axis_off()


def _draw_arrow(ax, start, end, color, bend):
    arrow = {"arrowstyle": "-|>", "color": color, "shrinkA": 15, "shrinkB": 15}
    if bend:
        arrow["connectionstyle"] = f"arc3,rad={bend}"
    ax.annotate("", end, start, arrowprops=arrow, zorder=1)


def _on_arrow(start, end, bend):
    """The middle of an arrow: Matplotlib's arc3 leaves the line by half of its bend."""
    (x0, y0), (x1, y1) = start, end
    return (x0 + x1 + bend * (y1 - y0)) / 2, (y0 + y1 - bend * (x1 - x0)) / 2


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
    return number(value) if shape == () else " × ".join(map(str, shape))


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

    draw_samples(ax, X, labels)
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


def draw_bent_grid(ax, bend, xlim, ylim, lines=13, **kwargs):
    """Draw what becomes of a square grid when a network's layers bend the plane.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    bend : callable
        Takes points (n, 2), returns where they end (n, 2).
    xlim, ylim : tuple of float
        The part of the plane to draw.
    lines : int
        In each direction.
    **kwargs
        For ``ax.plot``, such as ``color``.
    """
    import numpy as np

    style = {"color": FAINT, "linewidth": 0.8, "zorder": 0} | kwargs
    fine = np.linspace(0, 1, 60)
    for part in np.linspace(0, 1, lines):
        for u, v in [
            (np.full_like(fine, part), fine),
            (fine, np.full_like(fine, part)),
        ]:
            x, y = xlim[0] + u * (xlim[1] - xlim[0]), ylim[0] + v * (ylim[1] - ylim[0])
            ax.plot(*np.transpose(bend(np.column_stack([x, y]))), **style)


def draw_belief_triangle(ax, p, names=("1", "2", "3"), most=4.0):
    """Draw all beliefs about three classes as a triangle, shaded by what each of them costs.

    A belief q is a point: at a corner it is certain, in the middle all classes are as likely. The
    shade is the cross-entropy H(p, q) in bits, with a line at each whole bit.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    p : array_like, shape (3,)
        The true distribution; drawn as a dark dot.
    names : sequence of str
        What stands at the corners: the first at the top, then to the left and to the right.
    most : float
        The cost in bits from which on the shade is the same.

    Returns
    -------
    callable
        Takes beliefs (..., 3), returns their places (..., 2), for whatever shall be drawn on top:
        ``ax.plot(*place(softmax(z / T)).T)``, or `draw_gradient`.
    """
    import numpy as np

    from dlbasics.information import cross_entropy

    corners = np.array([[0.5, 3**0.5 / 2], [0.0, 0.0], [1.0, 0.0]])

    def place(q):
        return np.asarray(q, dtype=float) @ corners

    side = np.linspace(0, 1, 81)  # the right-angled half of a square, skewed
    left, right = np.meshgrid(side, side)
    q = np.stack([1 - left - right, left, right], axis=-1)
    inside = q[..., 0] >= -1e-9
    q = np.clip(q, 1e-6, 1)  # beyond `most`, the cost no longer matters
    q /= q.sum(axis=-1, keepdims=True)
    p = np.asarray(p, dtype=float)
    bits = np.full(left.shape, np.nan)
    bits[inside] = cross_entropy(np.broadcast_to(p, q[inside].shape), q[inside])
    bits = np.ma.masked_invalid(np.minimum(bits, most + 0.5).round(6))
    x, y = np.moveaxis(place(np.stack([1 - left - right, left, right], -1)), -1, 0)
    levels = np.arange(0, most + 0.5, 0.5)
    for level in levels:  # one thin layer upon the other: the more, the more expensive
        ax.contourf(x, y, bits, [level, 99], colors=[ORANGE], alpha=0.07, zorder=0)
    whole = np.arange(1, most + 0.5)
    ax.contour(x, y, bits, whole, colors=[ORANGE], linewidths=0.8, zorder=1)
    # The labels stand where a ray from p to a place near the least likely corner crosses the lines.
    far = np.empty(3)
    far[np.argsort(p, kind="stable")] = 0.78, 0.2, 0.02
    ray = p + np.linspace(0, 1, 400)[:, None] * (far - p)
    along = cross_entropy(np.broadcast_to(p, ray.shape), ray)
    for level in whole[(along[0] < whole) & (whole < along[-1])]:
        spot = place(ray[np.searchsorted(along, level)])
        unit = "bits" if level > 1 else "bit"
        style = {"color": ORANGE, "fontsize": 10.5, "path_effects": halo()}
        ax.text(*spot, f"{level:g} {unit}", ha="center", va="center", **style)
    ax.plot(*place(np.eye(3)[[0, 1, 2, 0]]).T, color=INK, linewidth=1.2, zorder=2)
    for corner, name, (dx, dy), ha in zip(
        corners, names, [(0, 8), (-6, -6), (6, -6)], ["center", "right", "left"]
    ):
        beside = {"textcoords": "offset points", "va": "bottom" if dy > 0 else "top"}
        ax.annotate(name, corner, (dx, dy), ha=ha, color=DARK, **beside)
    ax.plot(*place(p), "o", color=DARK, markersize=7, zorder=4, clip_on=False)
    ax.set(aspect="equal", xlim=(-0.12, 1.12), ylim=(-0.1, 0.97))
    ax.set_axis_off()
    return place


def draw_gradient(ax, place, q, p, step=1.0):
    """Draw −(q − p), which a step of gradient descent adds to the scores: from q towards p.

    It is not the path of the belief itself, which moves by the Jacobian of softmax times it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    place : callable
        What `draw_belief_triangle` returned.
    q, p : array_like, shape (3,)
    step : float
        Which part of p − q to draw.
    """
    import numpy as np

    q, p = np.asarray(q, dtype=float), np.asarray(p, dtype=float)
    arrow = {"arrowstyle": "-|>", "color": ORANGE, "linewidth": 2}
    arrow |= {"shrinkA": 0, "shrinkB": 0}
    ax.annotate("", place(q - step * (q - p)), place(q), arrowprops=arrow, zorder=3)
    ax.plot(*place(q), "o", color=BLUE, markersize=6, zorder=4)


STONES = [
    ("Networks", BLUE, PALE_BLUE),
    ("Information", BLUE, PALE_BLUE),
    ("Losses", ORANGE, PALE_ORANGE),
    ("Gradients", ORANGE, PALE_ORANGE),
    ("Training", GREEN, PALE_GREEN),
    ("Projects", GREEN, PALE_GREEN),
]


def draw_bridge(ax, fontsize=11):
    """Draw the book as a bridge of six stones, its parts, from a question to an answer.

    Blue is what runs forward, orange the cost and the way back, green what is kept.
    """
    import numpy as np
    from matplotlib.patches import Wedge

    for i, (name, edge, fill) in enumerate(STONES):
        angles = 180 - 30 * (i + 1) + 0.8, 180 - 30 * i - 0.8
        stone = {"width": 1.7, "facecolor": fill, "edgecolor": edge, "linewidth": 1.5}
        ax.add_patch(Wedge((0, 0), 4.1, *angles, **stone))
        middle = np.radians(sum(angles) / 2)
        x, y = 3.28 * np.cos(middle), 3.28 * np.sin(middle)
        style = {"ha": "center", "color": DARK, "fontsize": fontsize}
        ax.text(
            x, y + 0.22, ["I", "II", "III", "IV", "V", "VI"][i], va="center", **style
        )
        ax.text(x, y - 0.22, name, va="center", **style)
    ax.plot([-4.9, -2.4], [0, 0], color=INK, linewidth=2)
    ax.plot([2.4, 4.9], [0, 0], color=INK, linewidth=2)
    bank = {"va": "top", "color": DARK, "fontsize": fontsize}
    ax.text(-4.9, -0.15, "a question", ha="left", **bank)
    ax.text(4.9, -0.15, "an answer", ha="right", **bank)
    ax.set(aspect="equal", xlim=(-4.95, 4.95), ylim=(-0.75, 4.2))
    ax.set_axis_off()


# One number's journey: which stations each chapter is about

FORWARD = ["inputs", "sums", "ReLU", "scores", "softmax", "cost"]
BACK = ["weights", "at sums", "at ReLU", "q − p", "truth"]
STRETCHES = {
    "learning": [*FORWARD, *BACK],
    "slp": ["inputs", "sums"],
    "mlp": ["inputs", "sums", "ReLU", "scores"],
    "entropy": ["truth", "cost"],
    "cross_entropy": ["truth", "softmax", "cost"],
    "sigmoid": ["scores", "softmax"],
    "softmax": ["scores", "softmax"],
    "losses": ["softmax", "truth", "cost", "q − p"],
    "backprop": ["q − p", "at ReLU", "at sums", "weights"],
    "autodiff": [*FORWARD, "q − p", "at ReLU", "at sums", "weights"],
    "gradient_descent": ["weights", "sums"],
    "initialization": ["inputs", "sums", "ReLU", "weights", "at sums", "at ReLU"],
    "generalization": ["truth", "softmax", "cost"],
    "diagnosis": [*FORWARD, *BACK],
    "framework": [*FORWARD, *BACK],
    "three_tasks": ["scores", "softmax", "cost", "truth", "q − p"],
    "digits": [*FORWARD, *BACK],
}
HEADINGS = {
    "inputs": "inputs\n$x$",
    "sums": "sums\n$z$",
    "ReLU": "ReLU\n$a$",
    "scores": "scores",
    "softmax": "softmax\n$q$",
    "cost": "cost\n$-\\log\\,q$",
    "truth": "truth\n$p$",
    "q − p": "$q - p$",
    "at ReLU": "$\\partial L/\\partial a$",
    "at sums": "$\\partial L/\\partial z$",
    "weights": "$\\partial L/\\partial W$",
}
JOURNEY_SIZE = (5.6, 2.6)


def journey():
    """Follow one sample through the XOR network, to bits, and back as q − p.

    Both switches are pressed, so the lamp is dark, class 0: p = (1, 0). The network has two ReLUs
    and two scores, for dark and for lit.

    Returns
    -------
    dict of str to ndarray
        By station, in the order of the journey. The cost is given in bits and in nats; gradients
        are those of the cost in nats.
    """
    import numpy as np

    from dlbasics.activations import relu, relu_derivative
    from dlbasics.information import cross_entropy
    from dlbasics.layers import Activation, Linear, Sequential
    from dlbasics.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
    from dlbasics.softmax import softmax

    hidden = Linear(np.ones((2, 2)), np.array([0.0, -1.0]))
    output = Linear(np.array([[-1.0, 1.0], [2.0, -2.0]]), np.array([0.5, -0.5]))
    bend = Activation(relu, relu_derivative)
    x, label = np.array([[1.0, 1.0]]), np.array([0])
    scores = Sequential(hidden, bend, output).forward(x)
    p, q = np.eye(2)[label], softmax(scores)
    difference = softmax_cross_entropy_gradient(scores, label)
    at_relu = output.backward(difference)
    at_sums = bend.backward(at_relu)
    hidden.backward(at_sums)
    cost = [cross_entropy(p[0], q[0]), softmax_cross_entropy(scores, label)]
    return {
        "inputs": x[0],
        "sums": bend.Z[0],
        "ReLU": output.X[0],
        "scores": scores[0],
        "softmax": q[0],
        "cost": np.array(cost),
        "truth": p[0],
        "q − p": difference[0],
        "at ReLU": at_relu[0],
        "at sums": at_sums[0],
        "weights": hidden.grad_W,
    }


def draw_journey(ax, lit=None):
    """Draw one number's journey: a sample on its way through the XOR network and back.

    Above, blue, from the left to the right: inputs, sums, ReLU, scores, softmax, cost. Below,
    orange, from the right to the left: q − p, and the gradients of the cost with respect to the
    ReLUs, the sums and the weights, which the next step changes. See `journey` for the numbers.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Of a figure of `JOURNEY_SIZE`.
    lit : str, optional
        The chapter whose stretch stands out, such as ``"softmax"``; without it, all does.

    Raises
    ------
    ValueError
        If no such chapter is on the journey.
    """
    if lit is not None and lit not in STRETCHES:
        raise ValueError(f"lit: got {lit!r}, expected one of {', '.join(STRETCHES)}")
    stretch = set(STRETCHES["learning"] if lit is None else STRETCHES[lit])
    columns = dict(zip([*FORWARD, *BACK], [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 5]))
    values, places = journey(), {}
    for name, column in columns.items():
        places[name] = column, 0.0 if name in BACK else 1.0
        text = _journey_text(name, values[name])
        _draw_station(ax, places[name], name, text, name in stretch)
    steps = [*pairwise(FORWARD), ("truth", "cost")]
    steps += [("cost", "q − p"), *pairwise(["q − p", "at ReLU", "at sums", "weights"])]
    steps += [("weights", "sums")]
    for start, end in steps:
        back = end in BACK or start == "weights"
        strong = {start, end} <= stretch
        color = FAINT if not strong else ORANGE if back else BLUE
        arrow = {"arrowstyle": "-|>", "color": color, "linewidth": 1 + strong}
        arrow |= {"shrinkA": 0, "shrinkB": 0}
        ends = _journey_step(start, places[start], end, places[end])
        ax.annotate("", *ends, arrowprops=arrow, zorder=1)
    near = {"xytext": (0.62, 0.5), "fontsize": 10.5, "va": "center"}
    ax.annotate("next step", (0.62, 0.5), color=ORANGE if strong else INK, **near)
    ax.set(xlim=(-0.5, 5.5), ylim=(-0.5, 1.5))
    ax.set_axis_off()


def _journey_text(name, value):
    if name == "cost":
        return f"{number(value[0], '.2f')} bits\n{number(value[1], '.2f')} nats"
    form = "g" if name in ("inputs", "sums", "ReLU", "truth", "scores") else ".2f"
    if value.ndim == 2:
        return "\n".join("  ".join(number(v, form) for v in row) for row in value)
    return "\n".join(number(v, form) for v in value)


def _draw_station(ax, place, name, text, lit):
    """A box with two rows of numbers; what it is stands above, or below on the way back."""
    backward = name in BACK
    edge, fill = (BLUE, PALE_BLUE)
    if backward and name != "truth":
        edge, fill = ORANGE, PALE_ORANGE
    if not lit:
        edge, fill = FAINT, WHITE
    box = {"boxstyle": "round,pad=0.3", "facecolor": fill, "edgecolor": edge}
    style = {"ha": "center", "color": DARK if lit else INK, "fontsize": 10.5}
    ax.text(*place, text, va="center", bbox=box, linespacing=1.3, zorder=2, **style)
    beside = {"xytext": (0, -24 if backward else 24), "textcoords": "offset points"}
    beside |= {"va": "top" if backward else "bottom", "linespacing": 1.2}
    beside["weight"] = "bold" if lit else "normal"
    ax.annotate(HEADINGS[name], place, **beside, **style)


def _journey_step(name, start, other, end):
    """From where to where an arrow leads: from box to box."""
    (x0, y0), (x1, y1) = start, end
    if y0 != y1:
        gap = 0.2 * (y1 - y0)
        return (x1, y1 - gap), (x0, y0 + gap)
    wide = {"cost": 0.45, "weights": 0.54}
    sign = 1 if x1 > x0 else -1
    near = 0.3 if y0 else 0.34
    leave, arrive = (sign * wide.get(box, near) for box in (name, other))
    return (x1 - arrive, y1), (x0 + leave, y0)
