"""The two pictures of the whole book: one number's journey, and the bridge of its parts."""

from itertools import pairwise

from dlbasics.plotting.figures import number
from dlbasics.plotting.palette import (
    BLUE,
    DARK,
    FAINT,
    INK,
    ORANGE,
    PALE,
    PALE_BLUE,
    PALE_ORANGE,
    TRUTH,
    WHITE,
)

STONES = [
    ("Networks", BLUE, PALE_BLUE),
    ("Information", BLUE, PALE_BLUE),
    ("Losses", ORANGE, PALE_ORANGE),
    ("Gradients", ORANGE, PALE_ORANGE),
    ("Training", INK, PALE),
    ("Projects", INK, PALE),
]


def draw_bridge(ax, fontsize=11):
    """Draw the book as a bridge of six stones, its parts, from a question to an answer.

    Blue is what runs forward, orange the cost and the way back, grey both of them at work.
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

FORWARD = ["inputs", "W", "sums", "ReLU", "scores", "softmax", "cost"]
BACK = ["weights", "at sums", "at ReLU", "q − p", "truth"]
STRETCHES = {
    "learning": [*FORWARD, *BACK],
    "slp": ["inputs", "W", "sums"],
    "mlp": ["inputs", "W", "sums", "ReLU", "scores"],
    "entropy": ["truth", "cost"],
    "cross_entropy": ["truth", "softmax", "cost"],
    "sigmoid": ["scores", "softmax"],
    "softmax": ["scores", "softmax"],
    "losses": ["softmax", "truth", "cost", "q − p"],
    "backprop": ["q − p", "at ReLU", "at sums", "weights"],
    "autodiff": [*FORWARD, "q − p", "at ReLU", "at sums", "weights"],
    "gradient_descent": ["weights", "W"],
    "initialization": ["inputs", "W", "sums", "ReLU", "at sums", "at ReLU"],
    "generalization": ["truth", "softmax", "cost"],
    "diagnosis": [*FORWARD, *BACK],
    "framework": [*FORWARD, *BACK],
    "three_tasks": ["scores", "softmax", "cost", "truth", "q − p"],
    "digits": [*FORWARD, *BACK],
}
HEADINGS = {
    "inputs": "inputs\n$x$",
    "W": "weights\n$W_1$",
    "sums": "sums\n$z_1$",
    "ReLU": "ReLU\n$a$",
    "scores": "scores\n$z_2$",
    "softmax": "softmax\n$q$",
    "cost": "cost\n$-\\log\\,q$",
    "truth": "truth\n$p$",
    "q − p": "$q - p$",
    "at ReLU": "$\\partial L/\\partial a$",
    "at sums": "$\\partial L/\\partial z_1$",
    "weights": "$\\partial L/\\partial W_1$",
}
JOURNEY_SIZE = (5.6, 2.6)
# Where each station stands, from left to right; the weights' gradient is below the weights.
COLUMNS = dict(zip(FORWARD, [0, 0.95, 2.3, 3.27, 4.1, 5.05, 6.05]))
COLUMNS |= dict(zip(BACK, [0.95, 2.3, 3.27, 4.24, 6.05]))


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
        "W": hidden.W,
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

    Above, blue, from the left to the right: inputs, weights, sums, ReLU, scores, softmax, cost. The
    truth, dark, leads up to the cost. Below, orange, from the right to the left: q − p, and the
    gradients of the cost with respect to the ReLUs, the sums and the weights. From there the next
    step leads up to the weights, which it changes. See `journey` for the numbers.

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
    values = journey()
    places = {name: (x, 0.0 if name in BACK else 1.0) for name, x in COLUMNS.items()}
    for name, place in places.items():
        text = _journey_text(name, values[name])
        _draw_station(ax, place, name, text, name in stretch)
    along = [name for name in FORWARD if name != "W"]  # the weights lie on the arrow
    steps = [*pairwise(along), ("truth", "cost"), ("cost", "q − p")]
    steps += [*pairwise(["q − p", "at ReLU", "at sums", "weights"]), ("weights", "W")]
    for start, end in steps:
        back = (end in BACK or start == "weights") and start != "truth"
        strong = {start, end} <= stretch
        color = ORANGE if back else TRUTH if start == "truth" else BLUE
        color = color if strong else FAINT
        arrow = {"arrowstyle": "-|>", "color": color, "linewidth": 1 + strong}
        arrow |= {"shrinkA": 0, "shrinkB": 0}
        ends = _journey_step(start, places[start], end, places[end])
        ax.annotate("", *ends, arrowprops=arrow, zorder=1)
    x = COLUMNS["W"] + 0.1
    style = {"color": ORANGE if strong else INK, "fontsize": 10.5, "va": "center"}
    ax.text(x, 0.5, "next step", **style)
    ax.set(xlim=(-0.35, 6.6), ylim=(-0.5, 1.5))
    ax.set_axis_off()


def _journey_text(name, value):
    if name == "cost":
        return f"{number(value[0], '.2f')} bits\n{number(value[1], '.2f')} nats"
    form = "g" if name in ("inputs", "W", "sums", "ReLU", "truth", "scores") else ".2f"
    if value.ndim == 2:
        return "\n".join("  ".join(number(v, form) for v in row) for row in value)
    return "\n".join(number(v, form) for v in value)


def _draw_station(ax, place, name, text, lit):
    """A box with two rows of numbers; what it is stands above, or below on the way back."""
    backward = name in BACK
    edge, fill = (BLUE, PALE_BLUE)
    if name == "truth":
        edge, fill = TRUTH, PALE
    elif backward:
        edge, fill = ORANGE, PALE_ORANGE
    if not lit:
        edge, fill = FAINT, WHITE
    corners = "square" if name == "W" else "round"
    box = {"boxstyle": f"{corners},pad=0.3", "facecolor": fill, "edgecolor": edge}
    style = {"ha": "center", "color": DARK if lit else INK, "fontsize": 10.5}
    ax.text(*place, text, va="center", bbox=box, linespacing=1.3, zorder=2, **style)
    style |= {"weight": "bold" if lit else "normal", "textcoords": "offset points"}
    words = HEADINGS[name].split("\n")
    rows = (
        [-33, -48] if backward else [28, 43][: len(words)][::-1]
    )  # for each, one baseline
    for word, row in zip(words, rows):
        ax.annotate(word, place, (0, row), va="baseline", **style)


def _journey_step(name, start, other, end):
    """From where to where an arrow leads: from box to box."""
    (x0, y0), (x1, y1) = start, end
    if y0 != y1:
        gap = 0.23 * (y1 - y0)
        return (x1, y1 - gap), (x0, y0 + gap)
    sign = 1 if x1 > x0 else -1
    leave, arrive = (sign * _half_width(box) for box in (name, other))
    return (x1 - arrive, y1), (x0 + leave, y0)


def _half_width(name):
    """How far the box of a station reaches to its sides, with a little room."""
    if name in BACK:
        return 0.67 if name == "weights" else 0.38
    return {"cost": 0.54, "scores": 0.32, "softmax": 0.3}.get(name, 0.15)
