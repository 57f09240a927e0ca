"""Checks for the chapter on graphs that differentiate themselves."""

import numpy as np

from dlbasics.autodiff import _sum_to
from dlbasics.exercises._checking import Check


def _by_hand(x, y, z):
    """The gradients of (x + y) max(y, z): by x, by y on both its ways, by z."""
    through_max = x + y
    through_sum = max(y, z)
    return through_sum, through_sum, through_max * (y > z), through_max * (z > y)


def _gradients(x, y, z):
    by_x, y_sum, y_max, by_z = _by_hand(x, y, z)
    return np.array([by_x, y_sum + y_max, by_z])


check_gradients = Check(
    "my_gradients",
    _gradients,
    [
        (1.0, 2.0, -1.0),
        (1.0, -1.0, 2.0),
        (3.0, 0.5, 4.0),
        (-2.0, 3.0, 1.0),
        (0.25, -3.0, -4.0),
    ],
    {
        "y goes two ways, and you kept only what comes back through the maximum. Add what "
        "comes through the sum.": (
            lambda x, y, z: np.array([max(y, z), (x + y) * (y > z), (x + y) * (z > y)]),
            lambda x, y, z: np.array(
                [max(y, z), x + y if y > z else z, 0.0 if y > z else x + y]
            ),
        ),
        "y goes two ways, and you kept only what comes back through the sum. Where y is the "
        "larger, something comes through the maximum, too.": (
            lambda x, y, z: np.array([max(y, z), max(y, z), (x + y) * (z > y)])
        ),
        "Where two ways meet, gradients add; you multiply them.": (
            lambda x, y, z: np.array(
                [max(y, z), max(y, z) * (x + y) * (y > z), (x + y) * (z > y)]
            )
        ),
        "The maximum hands its gradient to the larger input only. The smaller may move a "
        "little, and nothing happens.": (
            lambda x, y, z: np.array([max(y, z), max(y, z) + x + y, x + y]),
            lambda x, y, z: np.array([max(y, z), max(y, z) + (x + y) / 2, (x + y) / 2]),
        ),
        "The maximum hands its gradient to the larger input; yours goes to the smaller.": (
            lambda x, y, z: np.array(
                [max(y, z), max(y, z) + (x + y) * (y < z), (x + y) * (z < y)]
            )
        ),
        "In a product each factor gets the value of the other; yours get their own.": (
            lambda x, y, z: np.array(
                [x + y, x + y + max(y, z) * (y > z), max(y, z) * (z > y)]
            )
        ),
        "Those are local derivatives of the sum and of the maximum. Multiply them with what "
        "arrives from the product.": (
            lambda x, y, z: np.array([1.0, 1.0 + (y > z), float(z > y)])
        ),
        "Those are the gradients at the point that is drawn. x, y and z may be other numbers.": (
            lambda x, y, z: np.array([2.0, 5.0, 0.0])
        ),
        "That is right only where y is the larger. Which input does the maximum follow?": (
            lambda x, y, z: np.array([y, x + 2 * y, 0.0])
        ),
        "That is right only where z is the larger. Which input does the maximum follow?": (
            lambda x, y, z: np.array([z, z, x + y])
        ),
    },
)


def _cosh_form(value, upstream):
    return upstream / np.cosh(value) ** 2


check_tanh_local = Check(
    "my_tanh_local",
    lambda value, upstream: upstream * (1 - value**2),
    [
        (np.array([0.5]), np.array([1.0])),
        (np.array([0.0, 0.6]), np.array([2.0, -3.0])),
        (np.array([[0.8, -0.6], [0.1, -0.9]]), np.array([[1.0, 0.5], [-2.0, 4.0]])),
    ],
    {
        "`value` is tanh(x) already; you treat it as x, and take a second tanh of it.": (
            _cosh_form
        ),
        "That is the local derivative alone. Multiply it with what arrives.": (
            lambda value, upstream: 1 - value**2
        ),
        "You add upstream and local. Along a path, they are multiplied.": (
            lambda value, upstream: upstream + 1 - value**2
        ),
        "The slope of tanh is 1 minus the *square* of its value.": (
            lambda value, upstream: upstream * (1 - value),
            lambda value, upstream: upstream * (1 - np.abs(value)),
        ),
        "That is the slope of the sigmoid, σ (1 - σ). tanh has another.": (
            lambda value, upstream: upstream * value * (1 - value)
        ),
        "That is minus the right answer: tanh rises everywhere, so its slope is positive.": (
            lambda value, upstream: upstream * (value**2 - 1)
        ),
        "You square the upstream gradient as well. Only the value is squared.": (
            lambda value, upstream: 1 - (upstream * value) ** 2
        ),
        "That is the output times upstream. The local derivative is the slope of tanh, not "
        "its value.": lambda value, upstream: upstream * value,
        "tanh works on every element alone: nothing has to be summed.": (
            lambda value, upstream: np.sum(upstream * (1 - value**2))
        ),
    },
)

_G = np.array([[1.0, 2.0, 4.0], [8.0, -3.0, 5.0]])


def _only_leading(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    return gradient


def _only_stretched(gradient, shape):
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient


def _with(function):
    """Undo broadcasting with another function than the sum."""

    def variant(gradient, shape):
        padded = (1,) * (gradient.ndim - len(shape)) + tuple(shape)
        for axis, size in enumerate(padded):
            if size == 1:
                gradient = function(gradient, axis)
        return gradient.reshape(shape)

    return variant


check_sum_to = Check(
    "my_sum_to",
    lambda gradient, shape: _sum_to(gradient, np.empty(shape)),
    [
        (_G, (3,)),
        (_G, (1, 3)),
        (_G, (2, 1)),
        (_G, (1, 1)),
        (_G, (2, 3)),
        (_G[:, :1], (2, 1)),
        (_G[:1], (3,)),
    ],
    {
        "You sum the axes that were added in front, but not those of size 1, which were "
        "stretched.": _only_leading,
        "You sum the axes of size 1, but not those that were added in front: a shape (k,) "
        "counts as (1, k).": _only_stretched,
        "What was used several times gets the *sum* of its gradients; you take the mean.": (
            _with(lambda g, axis: g.mean(axis=axis, keepdims=True))
        ),
        "What was used several times gets the *sum* of its gradients; you keep one of "
        "them.": (
            _with(lambda g, axis: np.take(g, [0], axis)),
            _with(lambda g, axis: np.take(g, [-1], axis)),
        ),
        "You sum the rows always. With the shape (n, 1) the columns have to be summed, and "
        "with the full shape nothing.": (
            lambda g, shape: g.sum(axis=0),
            lambda g, shape: g.sum(axis=0, keepdims=True),
            lambda g, shape: g.sum(axis=0).reshape(shape),
        ),
        "You sum everything. Only the axes along which the parameter was repeated are "
        "summed.": (
            lambda g, shape: np.full(shape, g.sum()),
            lambda g, shape: g.sum(),
            lambda g, shape: np.sum(g, keepdims=True),
        ),
        "The numbers are right, but a parameter of shape (k,) has no axis in front: its "
        "gradient has none, either.": lambda g, shape: _sum_to(
            g, np.empty((1,) * (2 - len(shape)) + tuple(shape))
        ),
        "The numbers are right, but an axis of size 1 is lost. Keep it: `keepdims=True`, or "
        "a reshape at the end.": lambda g, shape: np.squeeze(
            _sum_to(g, np.empty(shape))
        ),
        "This is the gradient as it came: nothing has been summed yet.": (
            lambda g, shape: g
        ),
    },
)


def _shares_backward(x, upstream):
    s = np.sum(x)
    return upstream / s - np.sum(upstream * x) / s**2


check_shares_backward = Check(
    "my_shares_backward",
    _shares_backward,
    [
        (np.array([1.0, 1.0]), np.array([1.0, 0.0])),
        (np.array([1.0, 3.0]), np.array([2.0, -1.0])),
        (np.array([2.0, 1.0, 5.0]), np.array([1.0, 0.5, -3.0])),
    ],
    {
        "You treat s as a constant. It contains every x, so each share also falls when "
        "another count rises.": lambda x, g: g / np.sum(x),
        "You kept only the diagonal of the Jacobian: a count moves the shares of the others, "
        "too.": lambda x, g: g / np.sum(x) - g * x / np.sum(x) ** 2,
        "You multiply with the Jacobian from the wrong side: sum over the outputs, whose "
        "weights are `upstream`, not over the inputs.": (
            lambda x, g: g / np.sum(x) - x * np.sum(g) / np.sum(x) ** 2
        ),
        "The second term lacks a square: the derivative of 1/s is -1/s².": (
            lambda x, g: (g - np.sum(g * x)) / np.sum(x)
        ),
        "The sign of the second term is turned: the derivative of 1/s is -1/s².": (
            lambda x, g: g / np.sum(x) + np.sum(g * x) / np.sum(x) ** 2
        ),
        "The first term is missing: x stands above the fraction line, too.": (
            lambda x, g: np.full_like(x, -np.sum(g * x) / np.sum(x) ** 2)
        ),
        "That is the backward pass of the softmax. Shares have no exponential.": (
            lambda x, g: x / np.sum(x) * (g - np.sum(g * x) / np.sum(x))
        ),
        "Those are the shares times upstream. Their derivatives are asked for.": (
            lambda x, g: x / np.sum(x) * g
        ),
        "All is 0: is upstream missing, or does it weigh the inputs instead of the outputs?": (
            lambda x, g: np.zeros_like(x)
        ),
        "You take the plain sum of upstream, or its mean. Weigh it with x.": (
            lambda x, g: g / np.sum(x) - np.sum(g) / np.sum(x) ** 2,
            lambda x, g: g / np.sum(x) - np.mean(g) / np.sum(x),
        ),
    },
)


def _walk(tape, *, start="last", order=reversed, put="add", along="multiply"):
    """The right walk, or one that errs in one of its parts."""
    grads = np.ones(len(tape)) if start == "everywhere" else np.zeros(len(tape))
    if start == "last":
        grads[-1] = 1.0
    for i in order(range(len(tape))):
        for parent, local in tape[i]:
            arrives = {
                "multiply": grads[i] * local,
                "local": local,
                "upstream": grads[i],
                "add": grads[i] + local,
            }[along]
            grads[parent] = arrives + (grads[parent] if put == "add" else 0)
    return grads


def _walk_forward(tape):
    slopes = np.zeros(len(tape))
    slopes[0] = 1.0
    for i, step in enumerate(tape):
        slopes[i] += sum(slopes[parent] * local for parent, local in step)
    return slopes


check_walk = Check(
    "my_walk",
    _walk,
    [
        ([[], [(0, 2.0)]],),
        ([[], [], [(0, 4.0), (1, 3.0)], [(2, 1.0), (0, 1.0)]],),
        ([[], [(0, 3.0), (0, 3.0)]],),
        ([[], [(0, 3.0)], [(1, -2.0)], [(1, 5.0), (2, 0.5)]],),
        ([[], [(0, 3.0)], [], [(0, 2.0), (2, 7.0)]],),
        ([[]],),
    ],
    {
        "You set a gradient where you have to add to it: a step that is used twice keeps "
        "only what arrived last.": lambda tape: _walk(tape, put="set"),
        "The walk starts at the loss, whose gradient by itself is 1. Without it nothing is "
        "ever sent.": lambda tape: _walk(tape, start="nowhere"),
        "Only the last step starts with 1; the others start with 0.": (
            lambda tape: _walk(tape, start="everywhere")
        ),
        "Only what the last step sends has arrived. Do you walk forward, or return inside the "
        "loop? Begin with the last step, and go on to the first.": (
            lambda tape: _walk(tape, order=iter)
        ),
        "That is how each step moves with step 0. How the last step moves with each is asked "
        "for: walk back from it.": _walk_forward,
        "You add up local derivatives, but what arrives at the step, upstream, is missing.": (
            lambda tape: _walk(tape, along="local")
        ),
        "You hand on what arrives as it is; multiply it with the local derivative.": (
            lambda tape: _walk(tape, along="upstream")
        ),
        "Along a path, upstream and local are multiplied; you add them.": (
            lambda tape: _walk(tape, along="add")
        ),
        "The order is turned: the gradient of step 0 comes first.": (
            lambda tape: _walk(tape)[::-1]
        ),
        "The gradients of the leaves alone are too few: one for each step is asked for.": (
            lambda tape: _walk(tape)[[not parents for parents in tape]]
        ),
    },
    names=("tape",),
)


def _slope(coefficients, x):
    value = slope = 0.0
    for c in coefficients[::-1]:
        value, slope = value * x + c, slope * x + value
    return np.array([value, slope])


def _slope_with(step, start=(0.0, 0.0)):
    def variant(coefficients, x):
        value, slope = start
        for c in coefficients[::-1]:
            value, slope = step(value, slope, x, c)
        return np.array([value, slope])

    return variant


check_slope = Check(
    "my_slope",
    _slope,
    [
        (np.array([5.0]), 2.0),
        (np.array([1.0, 2.0]), 3.0),
        (np.array([0.0, 0.0, 1.0]), 3.0),
        (np.array([1.0, -2.0, 0.0, 3.0]), -2.0),
        (np.array([2.0, 0.5, -1.0, 0.25]), 0.5),
    ],
    {
        "You use the new value in the slope. The product rule needs the value from *before* "
        "the step: update both at once, or the slope first.": (
            _slope_with(lambda v, s, x, c: (v * x + c, s * x + v * x + c)),
        ),
        "The product rule has two terms, u'v + uv'. The one with the slope so far, times x, "
        "is missing.": _slope_with(lambda v, s, x, c: (v * x + c, v)),
        "The product rule has two terms, u'v + uv'. The one with the value is missing: x "
        "has the slope 1.": (
            _slope_with(lambda v, s, x, c: (v * x + c, s * x)),
            _slope_with(lambda v, s, x, c: (v * x + c, s * x + 1)),
        ),
        "The coefficients are numbers that do not move: their slope is 0, not 1, and not "
        "themselves.": (
            _slope_with(lambda v, s, x, c: (v * x + c, s * x + v + 1)),
            _slope_with(lambda v, s, x, c: (v * x + c, s * x + v + c)),
        ),
        "The walk starts at the number 0, whose slope is 0.": (
            _slope_with(lambda v, s, x, c: (v * x + c, s * x + v), (0.0, 1.0))
        ),
        "Horner's rule takes the last coefficient first; yours begins with c₀.": (
            lambda coefficients, x: _slope(coefficients[::-1], x)
        ),
        "The value comes first, then the slope.": (
            lambda coefficients, x: _slope(coefficients, x)[::-1]
        ),
        "Only the slope came back; return the value as well, in front of it.": (
            lambda coefficients, x: _slope(coefficients, x)[1]
        ),
    },
)
