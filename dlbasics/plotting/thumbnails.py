"""A small picture for each chapter, without words, for the list of chapters.

Each is what the chapter computes, drawn from the package's own functions.
"""

from itertools import pairwise

from dlbasics.plotting.figures import mark_minimum
from dlbasics.plotting.palette import (
    ABSOLUTE,
    BLUE,
    CLASSES,
    DARK,
    FAINT,
    INK,
    NEEDED,
    ORANGE,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    PREDICTION,
    SLOPE,
    SPENT,
    SQUARED,
    TRAINING,
    VALIDATION,
    VALUE,
)
from dlbasics.plotting.planes import draw_bent_grid, draw_regions, draw_samples

SIZE = (1.5, 1.0)  # inches


def draw_thumbnail(ax, chapter):
    """Draw the small picture of a chapter.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Of a figure of `SIZE`.
    chapter : str
        The name of its file, such as ``"softmax"``.

    Raises
    ------
    ValueError
        If there is no picture of this chapter.
    """
    if chapter not in DRAWINGS:
        raise ValueError(f"chapter: got {chapter!r}, expected one of {list(DRAWINGS)}")
    ax.set_axis_off()
    DRAWINGS[chapter](ax)


def _learning(ax):
    """A handwritten 3."""
    from dlbasics.data import digits

    _draw_pixels(ax, digits().X[3].reshape(8, 8) / 16)


def _draw_pixels(ax, image):
    import numpy as np

    for (row, column), ink in np.ndenumerate(image):
        if ink:
            look = {"facecolor": INK, "alpha": round(float(ink), 2), "linewidth": 0}
            ax.add_patch(_square(column, row, **look))
    ax.add_patch(_square(0, 0, len(image), fill=False, edgecolor=INK, linewidth=1))
    side = len(image)
    ax.set(xlim=(-0.3, side + 0.3), ylim=(side + 0.3, -0.3), aspect="equal")


def _square(x, y, side=1, **look):
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), side, side, **look)


def _slp(ax):
    """One line: a unit that computes OR."""
    corners = [[0, 0], [0, 1], [1, 0], [1, 1]]
    ax.set(xlim=(-0.6, 1.6), ylim=(-0.4, 1.4))
    draw_regions(ax, lambda X: X @ [1.0, 1.0] - 0.5, corners, [0, 1, 1, 1], points=2)


def _mlp(ax):
    """A grid that a layer of tanh bends."""
    import numpy as np

    from dlbasics.activations import tanh

    def bend(P):
        return tanh(2 * (P @ np.array([[1.0, -1.0], [1.0, 1.0]]) + [-1.0, 0.0]))

    corners = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    draw_bent_grid(ax, bend, (0, 1), (0, 1), lines=7, color=INK)
    draw_samples(ax, bend(corners), [0, 1, 1, 0], size=6)
    ax.set(xlim=(-1.9, 1.9), ylim=(-1.25, 1.25))


def _entropy(ax):
    """A code as a tree: the more frequent a letter, the nearer to the top."""
    for x, y, side, size in [(0, 0, -1, 15), (0.5, -1, 1, 9), (0, -2, -1, 6.5)]:
        for step in (-1, 1):
            ax.plot([x, x + step / 2], [y, y - 1], color=INK, linewidth=1, zorder=1)
        leaf = {"markersize": size, "markerfacecolor": PALE_BLUE, "zorder": 2}
        ax.plot(x + side / 2, y - 1, "o", color=BLUE, **leaf)
    ax.plot(0.5, -3, "o", color=BLUE, markerfacecolor=PALE_BLUE, markersize=6.5)
    ax.set(xlim=(-2, 2.5), ylim=(-3.4, 0.2))


def _cross_entropy(ax):
    """Bits needed and bits spent, over letters as wide as they are probable."""
    import numpy as np

    p, lengths = np.array([0.75, 0.125, 0.0625, 0.0625]), np.full(4, 2.0)
    edges, needed = np.concatenate([[0], np.cumsum(p)]), -np.log2(p)
    over = lengths > needed
    pale = np.where(over, PALE_ORANGE, PALE_GREEN)
    ax.bar(edges[:-1], lengths - needed, p, needed, align="edge", color=pale)
    ax.stairs(needed, edges, color=NEEDED, linewidth=1.5)
    ax.stairs(lengths, edges, color=SPENT, linewidth=1.5)
    ax.set(xlim=(-0.05, 1.05), ylim=(0, 4.3))


def _sigmoid(ax):
    """The sigmoid and its slope."""
    import numpy as np

    from dlbasics.activations import sigmoid, sigmoid_derivative

    x = np.linspace(-6, 6, 61)
    ax.plot(x, sigmoid(x), color=VALUE)
    ax.plot(x, sigmoid_derivative(x), color=SLOPE)


def _softmax(ax):
    """Three probabilities from the scores 2, 1 and −1."""
    from dlbasics.softmax import softmax

    area = {"facecolor": PALE_BLUE, "edgecolor": PREDICTION, "linewidth": 1.2}
    ax.barh([2, 1, 0], softmax([2.0, 1.0, -1.0]), height=0.65, **area)
    ax.set(xlim=(-0.02, 0.76), ylim=(-0.6, 2.6))


def _losses(ax):
    """The squared and the absolute error."""
    import numpy as np

    e = np.linspace(-2, 2, 41)
    ax.plot(e, e**2, color=SQUARED)
    ax.plot(e, np.abs(e), color=ABSOLUTE)
    ax.set_ylim(-0.2, 4)


def _backprop(ax):
    """The way back through a network."""
    places = [[(0, 0.5), (0, -0.5)], [(1.2, 0.9), (1.2, 0), (1.2, -0.9)], [(2.4, 0)]]
    arrow = {"arrowstyle": "-|>", "color": ORANGE, "shrinkA": 5, "shrinkB": 5}
    for tails, heads in pairwise(places):
        for end in heads:
            for start in tails:
                ax.annotate("", start, end, arrowprops=arrow, zorder=1)
    for column in places:
        look = {"color": ORANGE, "markerfacecolor": PALE_ORANGE, "markersize": 9}
        ax.plot(*zip(*column), "o", **look)
    ax.set(xlim=(-0.3, 2.7), ylim=(-1.2, 1.2))


def _autodiff(ax):
    """A graph: what is used twice gets two arrows back."""
    x, y, product, result = (0, 0.7), (0, -0.7), (1.2, 0), (2.4, 0.3)
    forward = {"arrowstyle": "-|>", "color": INK, "shrinkA": 6, "shrinkB": 6}
    ends = [(x, product), (y, product), (product, result), (x, result)]
    for start, end in ends:
        ax.annotate("", end, start, arrowprops=forward, zorder=1)
        back = forward | {"color": ORANGE, "connectionstyle": "arc3,rad=0.3"}
        ax.annotate("", start, end, arrowprops=back, zorder=1)
    for place, edge, fill in [
        *[(leaf, INK, PALE) for leaf in (x, y)],
        *[(gate, BLUE, PALE_BLUE) for gate in (product, result)],
    ]:
        ax.plot(*place, "o", color=edge, markerfacecolor=fill, markersize=10)
    ax.set(xlim=(-0.3, 2.7), ylim=(-1.1, 1.3))


def _gradient_descent(ax):
    """A walk down a long valley, at a rate near the largest."""
    import numpy as np

    from dlbasics.optimizers import SGD, descend
    from dlbasics.surfaces import quadratic

    valley = quadratic([1, 15])
    x, y = np.meshgrid(np.linspace(-3, 11, 41), np.linspace(-4, 4, 41))
    heights = valley.value(np.stack([x, y], axis=-1))
    ax.contour(x, y, heights, [4, 16, 36, 64, 100], colors=FAINT, linewidths=1)
    path = descend(lambda p: SGD(p, 0.125), valley.gradient, np.array([10.0, 2.6]), 25)
    ax.plot(*path.T, color=ORANGE, linewidth=1.2)
    ax.plot(*path[0], "o", color=DARK, markersize=4)
    mark_minimum(ax, 0, 0, 10)


def _initialization(ax):
    """Signals that explode, last or vanish, from layer to layer."""
    import numpy as np

    layers = np.arange(21)
    for growth, line in [(1.12, "-."), (1.0, "-"), (0.88, "--")]:
        ax.plot(layers, layers * np.log(growth), line, color=VALUE)


def _generalization(ax):
    """The loss on what is learned from, and on what is not."""
    import numpy as np

    step = np.linspace(0, 1, 60)
    ax.plot(step, np.exp(-5 * step), color=TRAINING)
    ax.plot(step, 1.05 * np.exp(-6 * step) + 0.75 * step**1.5, color=VALIDATION)
    ax.axvline(0.27, color=INK, linewidth=1, linestyle="--")


def _diagnosis(ax):
    """Which check sees which bug."""
    fires = ["10110", "01101", "11011", "00010"]
    for row, marks in enumerate(fires):
        for column, fired in enumerate(marks):
            look = {"marker": "s", "markersize": 8} if fired == "1" else {"marker": "."}
            ax.plot(column, -row, color=ORANGE if fired == "1" else INK, **look)
    ax.set(xlim=(-0.8, 4.8), ylim=(-3.6, 0.6))


def _framework(ax):
    """A loop: forward, loss, backward, step."""
    import numpy as np

    angles = np.radians([135, 45, -45, -135])
    places = np.column_stack([np.cos(angles), np.sin(angles)])
    arrow = {"arrowstyle": "-|>", "color": INK, "shrinkA": 9, "shrinkB": 9}
    arrow["connectionstyle"] = "arc3,rad=-0.25"
    for start, end in zip(places, np.roll(places, -1, axis=0)):
        ax.annotate("", end, start, arrowprops=arrow, zorder=1)
    looks = [(BLUE, PALE_BLUE), *[(ORANGE, PALE_ORANGE)] * 2, (INK, PALE)]
    for place, (edge, fill) in zip(places, looks):
        ax.plot(*place, "o", color=edge, markerfacecolor=fill, markersize=13)
    ax.set(xlim=(-1.6, 1.6), ylim=(-1.05, 1.05))


def _three_tasks(ax):
    """The same network with one output, with one that is yes or no, and with three."""
    for column, (marker, edge, fill) in enumerate(CLASSES):
        look = {"color": edge, "markerfacecolor": fill, "markersize": 12}
        ax.plot(column, 0.8, marker, **look)
        ax.plot([1, column], [-0.6, 0.8], color=INK, linewidth=1, zorder=0)
    ax.plot(1, -0.6, "o", color=INK, markerfacecolor=PALE, markersize=16)
    ax.set(xlim=(-0.5, 2.5), ylim=(-1.1, 1.3))


def _digits(ax):
    """A handwritten 8."""
    from dlbasics.data import digits

    _draw_pixels(ax, digits().X[8].reshape(8, 8) / 16)


DRAWINGS = {
    "learning": _learning,
    "slp": _slp,
    "mlp": _mlp,
    "entropy": _entropy,
    "cross_entropy": _cross_entropy,
    "sigmoid": _sigmoid,
    "softmax": _softmax,
    "losses": _losses,
    "backprop": _backprop,
    "autodiff": _autodiff,
    "gradient_descent": _gradient_descent,
    "initialization": _initialization,
    "generalization": _generalization,
    "diagnosis": _diagnosis,
    "framework": _framework,
    "three_tasks": _three_tasks,
    "digits": _digits,
}
