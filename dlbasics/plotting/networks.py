"""Networks as circles and lines."""

from itertools import pairwise

from dlbasics.plotting.figures import label_edge, number
from dlbasics.plotting.palette import (
    BLUE,
    DARK,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    PALE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_ORANGE,
    WHITE,
)


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


def write_weights(ax, tails, heads, W, part=0.3, color=DARK, form="g", beside=True):
    """Write what is not 0 in `W` (d, k) beside the lines from `tails` to `heads`, or on them.

    Both are layers of what `draw_network` returned. `W` may also hold names, such as ``"$w_1$"``.
    For `part` and `beside` see `label_edge`; set the limits of the axes first.
    """
    import numpy as np

    W = np.asarray(W)
    for i, j in np.argwhere(W):
        text = W[i, j] if W.dtype.kind == "U" else number(W[i, j], form)
        label_edge(ax, tails[i], heads[j], text, part, color=color, beside=beside)
