"""Samples in the plane, the regions of a network, and a grid that it bends."""

from dlbasics.plotting.palette import BLUE, CLASSES, FAINT, INK, ORANGE


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
