"""Codes as trees of questions."""

from dlbasics.plotting.figures import halo
from dlbasics.plotting.palette import BLUE, DARK, FAINT, INK, PALE_BLUE


def draw_code_tree(ax, code, weights=None, questions=None):
    """Draw a code as the tree of questions that it is: 0 leads to the left, 1 to the right.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    code : mapping
        Code word by symbol.
    weights : mapping, optional
        How often each symbol occurs: written below it, and the area of its leaf.
    questions : int, optional
        Draw a ruler for each number of questions up to this one. The same number in several panels
        gives them the same levels, so that depths can be compared; the first column of panels
        says what is counted. With `weights`, the total is written at the foot.
    """
    words = sorted(code.values())
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
            at = x0 + 0.42 * (x - x0), y0 + 0.42 * (y - y0)
            ax.text(*at, word[-1], va="center", path_effects=halo(), **centred)
        if word not in symbol_of:
            ax.plot(x, y, "o", color=INK, markersize=7, zorder=2)
            continue
        symbol = symbol_of[word]
        size = _leaf(weights[symbol], weights.values()) if weights else 20
        leaf = {"markersize": size, "markerfacecolor": PALE_BLUE, "zorder": 2}
        ax.plot(x, y, "o", color=BLUE, **leaf)
        ax.text(x, y, symbol, va="center_baseline", fontsize=10.5, **centred)
        if weights:
            start = {"xytext": (0, -size / 2 - 3), "textcoords": "offset points"}
            ax.annotate(str(weights[symbol]), (x, y), va="top", **start, **centred)
    if questions:
        spot = ax.get_subplotspec()
        _draw_rulers(ax, len(words), questions, named=not spot or spot.is_first_col())
        if weights:
            total = sum(weights[symbol] * len(word) for symbol, word in code.items())
            foot = {"ha": "right", "va": "top", "color": DARK}
            ax.text(len(words) - 0.5, -questions - 0.62, f"total {total}", **foot)
    ax.set_axis_off()
    ax.margins(0.12, 0.18)
    ax.autoscale_view()  # now: the layout measures the texts before it asks for the limits
    if questions:
        ax.set(xlim=(-1.1, len(words) - 0.3), ylim=(-questions - 0.95, 0.35))


def _leaf(weight, weights):
    """The size of a leaf whose area stands for its weight, in points; the least holds a letter."""
    return 13.5 * (weight / min(weights)) ** 0.5


def _draw_rulers(ax, width, questions, named):
    """A faint line at each level, with the number of questions that lead there."""
    for level in range(1, questions + 1):
        ruler = {"color": FAINT, "linewidth": 1, "linestyle": ":", "zorder": 0}
        ax.plot([-0.75, width - 0.5], [-level, -level], **ruler)
        ax.text(-0.8, -level, str(level), ha="right", va="center")
    if named:
        ax.text(-1.05, 0, "questions", ha="left", va="center")
