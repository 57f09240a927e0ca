"""The graphs of `dlbasics.autodiff`, from the leaves on the left to the result on the right."""

from fractions import Fraction

from dlbasics.plotting.figures import halo, number, raised
from dlbasics.plotting.palette import BLUE, DARK, FAINT, INK, ORANGE, PALE, PALE_BLUE


def draw_graph(
    ax, node, names=None, gradients=True, *, local=False, backward=(), form=number
):
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
        Write the local derivative, by which the upstream gradient is multiplied on its way back,
        such as ×3, beside a faint arrow for this way. For graphs of single numbers.
    backward : bool or collection of nodes
        The nodes from which orange arrows lead back to what they were made of.
    form : callable
        How to write values, gradients and local derivatives, such as `fraction`.
    """
    names = names or {}
    order = [n for n in node.graph() if n.parents or n in names or n is node]
    drawn = set(order)
    parents = {n: [p for p, _ in n.parents if p in drawn] for n in order}
    place = _places(order, parents)
    shown = drawn if gradients is True else set(gradients or ())
    walked = drawn if backward is True else set(backward or ())
    xs, ys = zip(*place.values())
    ax.set(xlim=(min(xs) - 0.5, max(xs) + 0.5), ylim=(min(ys) - 0.7, max(ys) + 0.7))
    ax.set_axis_off()
    ax.figure.draw_without_rendering()  # arrows bend as the page sees them

    for n, (x, y) in place.items():
        for parent in dict.fromkeys(parents[n]):
            start = place[parent]
            outward = -0.25 if start[1] > y else 0.25
            if start[1] == y:
                outward = -0.4  # clear of the values, above which the factor stands
            bend = 1.6 * outward if x - start[0] > 1 else 0.0  # past the nodes between
            back = outward if not bend else 1.6 * bend
            _draw_arrow(ax, start, (x, y), INK, bend)
            if n in walked or local:
                _draw_arrow(ax, (x, y), start, ORANGE if n in walked else FAINT, -back)
            if local:
                slope = sum(float(by(1.0)) for p, by in n.parents if p is parent)
                color = ORANGE if n in walked else DARK
                _write_beside(ax, start, (x, y), back, f"×{form(slope)}", color)
        edge, fill = (BLUE, PALE_BLUE) if n.parents else (INK, PALE)
        text = _gate(n, drawn) if n.parents else str(names.get(n, ""))
        size = max(28, 7 * len(text))
        ax.plot(x, y, "o", color=edge, markersize=size, markerfacecolor=fill, zorder=2)
        inside = {"color": DARK, "ha": "center", "va": "center_baseline"}
        ax.text(x, y, text, fontsize=11 if len(text) < 4 else 10.5, **inside)
        beside = {"textcoords": "offset points", "ha": "center", "zorder": 4}
        ax.annotate(_number(n.value, form), (x, y), (0, 17), va="bottom", **beside)
        if n in shown:
            below = {"va": "top", "color": ORANGE, **beside}
            ax.annotate(_number(n.grad, form), (x, y), (0, -17), **below)


def fraction(value, most=16):
    """Write a number as a fraction if it is one with a denominator of at most `most`.

    Any other is written as by `number`.
    """
    near = Fraction(float(value)).limit_denominator(most)
    return str(near).replace("-", "−") if abs(near - value) < 1e-9 else number(value)


def _draw_arrow(ax, start, end, color, bend):
    arrow = {"arrowstyle": "-|>", "color": color, "shrinkA": 15, "shrinkB": 15}
    if bend:
        arrow["connectionstyle"] = f"arc3,rad={bend}"
    ax.annotate("", end, start, arrowprops=arrow, zorder=1)


def _write_beside(ax, start, end, bend, text, color):
    """Write beside the middle of an arrow, on the outside of its bend.

    Matplotlib's arc3 bends on the page, not in the data: there it leaves the line by half of its
    bend times its length. Beside a level arrow it stands above the row of the values, so that the
    two do not run together; beside a slanting one nearer to the left, as the right has a value.
    """
    scale = 72 / ax.figure.dpi
    (x0, y0), (x1, y1) = ax.transData.transform([start, end]) * scale
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    across = (y1 - y0) / length, (x0 - x1) / length
    room = 9 * abs(across[1]) + (2 + 3.3 * len(text)) * abs(across[0])
    away = length * bend / 2 + (room if bend > 0 else -room)
    level = start[1] == end[1]
    if level:
        away = min(away, -34)
    offset = away * across[0], away * across[1]
    part = 0.5 if level else 0.45
    middle = [a + part * (b - a) for a, b in zip(start, end)]
    style = {"ha": "center", "va": "center", "fontsize": 10.5, "color": color}
    style |= {"textcoords": "offset points", "path_effects": halo(), "zorder": 3}
    ax.annotate(text, middle, offset, **style)


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
    if n.operation.startswith("^"):
        return f"□{raised(n.operation[1:])}"
    return "".join([*left, n.operation, *right])


def _number(value, form=number):
    shape = getattr(value, "shape", ())
    return form(value) if shape == () else " × ".join(map(str, shape))
