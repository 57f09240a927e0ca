"""The belief triangle: all distributions over three classes, and what each of them costs."""

from dlbasics.plotting.palette import BLUE, DARK, INK, ORANGE


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
    whole = np.arange(1, most + 0.5)
    # One thin layer upon the other: the more, the more expensive.
    for level in [0, *whole]:
        ax.contourf(x, y, bits, [level, 99], colors=[ORANGE], alpha=0.11, zorder=0)
    # The labels stand where a ray from p to a place near the least likely corner crosses the lines.
    far = np.empty(3)
    far[np.argsort(p, kind="stable")] = 0.78, 0.2, 0.02
    ray = p + np.linspace(0, 1, 400)[:, None] * (far - p)
    along = cross_entropy(np.broadcast_to(p, ray.shape), ray)
    reached = whole[whole > along[0]]  # no belief costs less than p itself
    lines = ax.contour(x, y, bits, reached, colors=[ORANGE], linewidths=0.8, zorder=1)
    ax.set(aspect="equal", xlim=(-0.12, 1.12), ylim=(-0.1, 0.97))
    shown = reached[reached < along[-1]]
    names_of = {level: f"{level:g} {'bits' if level > 1 else 'bit'}" for level in shown}
    ax.figure.draw_without_rendering()  # the gap in a line is as wide as its label on the page
    spots = place(ray[np.searchsorted(along, shown)])
    style = {"colors": [ORANGE], "fontsize": 10.5, "inline_spacing": 3, "zorder": 3}
    for label in ax.clabel(lines, shown, manual=spots, fmt=names_of, **style):
        label.set_rotation(round(label.get_rotation()))
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
