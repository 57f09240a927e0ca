"""Checks for the chapter on graphs that differentiate themselves."""

import math

import numpy as np

from dlbasics.autodiff import Node, _sum_to
from dlbasics.exercises._checking import Check, TestCheck, many


def _gradients(x, y, z):
    through_sum, through_max = max(y, z), x + y
    dy, dz = (through_max, 0.0) if y > z else (0.0, through_max)
    return np.array([through_sum, through_sum + dy, dz])


def _gradients_with(at_sum, at_max, to_y, to_z):
    """The walk with other upstream gradients, or another routing of the maximum."""

    def variant(x, y, z):
        s, m = at_sum(x, y, z), at_max(x, y, z)
        return np.array([s, s + m * to_y(y, z), m * to_z(y, z)])

    return variant


def _larger(x, y, z):
    return max(y, z)


def _total(x, y, z):
    return x + y


def _first(y, z):
    return float(y > z)


def _second(y, z):
    return float(z > y)


check_gradients = Check(
    "my_gradients",
    _gradients,
    [
        (1.0, -1.0, 2.0),
        (3.0, 2.0, 0.5),
        (0.0, 0.3, -0.25),
        (0.0, -0.25, 0.3),
        (-2.0, -3.3, -4.0),
        (-1.5, -4.1, -0.7),
        (1 / 3, 1e-3, 0.0),
        (2.1, -2.1, 1e3),
        (1e4, 12.7, 3.0),
    ],
    {
        "y takes two paths, and you kept only what comes back through the maximum.": (
            lambda x, y, z: np.array([max(y, z), (x + y) * (y > z), (x + y) * (z > y)]),
            lambda x, y, z: np.array(
                [max(y, z), x + y if y > z else max(y, z), (x + y) * (z > y)]
            ),
        ),
        "y takes two paths, and you kept only what comes back through the sum.": (
            lambda x, y, z: np.array([max(y, z), max(y, z), (x + y) * (z > y)])
        ),
        "Where two paths meet, gradients add; you multiply them.": (
            lambda x, y, z: np.array(
                [max(y, z), max(y, z) * (x + y) * (y > z), (x + y) * (z > y)]
            )
        ),
        "A maximum routes: the smaller input gets nothing, because a small change of it "
        "changes nothing.": (
            _gradients_with(_larger, _total, lambda y, z: 1.0, lambda y, z: 1.0),
            _gradients_with(_larger, _total, lambda y, z: 0.5, lambda y, z: 0.5),
        ),
        "Your maximum sends its gradient to the smaller input.": (
            _gradients_with(_larger, _total, _second, _first)
        ),
        "A product swaps: each factor gets the value of the other. Yours get their own.": (
            _gradients_with(_total, _larger, _first, _second)
        ),
        "What arrives at the sum is the other factor, and that is the larger of y and z. You "
        "send the smaller.": (
            _gradients_with(lambda x, y, z: min(y, z), _total, _first, _second)
        ),
        "What arrives at the maximum is the other factor, x + y. You send 1.": (
            _gradients_with(_larger, lambda x, y, z: 1.0, _first, _second)
        ),
        "Your maximum routes by comparing with 0, as a ReLU does. Here y and z are compared "
        "with each other.": _gradients_with(
            _larger, _total, lambda y, z: float(y > 0), lambda y, z: float(z > 0)
        ),
        "Those are local derivatives of the sum and of the maximum. The upstream gradients "
        "that the product sends are missing.": (
            lambda x, y, z: np.array([1.0, 1.0 + (y > z), float(z > y)]),
            lambda x, y, z: np.array([1.0, 1.0, float(z > y)]),
        ),
        "Those are the gradients at the point that is drawn. x, y and z may be other "
        "numbers.": lambda x, y, z: np.array([2.0, 5.0, 0.0]),
        "That is right wherever y is the larger, and nowhere else. Which input does the "
        "maximum follow?": lambda x, y, z: np.array([y, x + 2 * y, 0.0]),
        "That is right wherever z is the larger, and nowhere else. Which input does the "
        "maximum follow?": lambda x, y, z: np.array([z, z, x + y]),
        "The gradients are right, but in another order: x comes first, then y, then z.": (
            lambda x, y, z: _gradients(x, y, z)[::-1]
        ),
    },
)


_WIDE = np.array([[0.37, -1.25, 2.7], [1 / 3, 0.061, -4.4]])
_SQUARE = np.array([[0.7, -2.15], [1 / 7, 30.3]])


def _only_leading(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    return gradient


def _only_stretched(gradient, shape):
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient


def _reduced(function):
    """Undo broadcasting by another function than the sum."""

    def variant(gradient, shape):
        padded = (1,) * (gradient.ndim - len(shape)) + tuple(shape)
        for axis, size in enumerate(padded):
            if size == 1:
                gradient = function(gradient, axis)
        return gradient.reshape(shape)

    return variant


def _axes_by_size(gradient, shape):
    axes = tuple(i for i, size in enumerate(gradient.shape) if size not in shape)
    return gradient.sum(axis=axes).reshape(shape)


check_sum_to = Check(
    "my_sum_to",
    lambda gradient, shape: _sum_to(gradient, np.empty(shape)),
    [
        (np.array([[2.3]]), (1,)),
        (_WIDE, (3,)),
        (_WIDE, (1, 3)),
        (_WIDE, (2, 1)),
        (_WIDE, (1, 1)),
        (_WIDE, (2, 3)),
        (_WIDE[:, :1], (2, 1)),
        (_WIDE[:, :1], (1,)),
        (_WIDE[:1], (3,)),
        (_WIDE[:1], (1, 1)),
        (_SQUARE, (2,)),
        (_SQUARE, (1, 2)),
        (_SQUARE, (2, 1)),
        (_SQUARE, (1, 1)),
        (_SQUARE, (2, 2)),
        (1e6 * _WIDE.T, (3, 1)),
        (1e-6 * _WIDE.T, (2,)),
        *[
            (many(13, 12), shape)
            for shape in [(12,), (1, 12), (13, 1), (1, 1), (13, 12)]
        ],
    ],
    {
        "You sum the axis that was added in front, but not those of size 1, which were "
        "stretched.": _only_leading,
        "You sum the axes of size 1, but not the one that was added in front: a shape (k,) "
        "counts as (1, k).": _only_stretched,
        "A number that was used several times is a copy. You take the *mean* of its gradients.": (
            _reduced(lambda g, axis: g.mean(axis=axis, keepdims=True))
        ),
        "A number that was used several times is a copy. You keep one of its gradients.": (
            _reduced(lambda g, axis: np.take(g, [0], axis)),
            _reduced(lambda g, axis: np.take(g, [-1], axis)),
        ),
        "You take the largest of the gradients that come back.": (
            _reduced(lambda g, axis: g.max(axis=axis, keepdims=True))
        ),
        "You sum over the rows, whatever the shape. Along which axes was this parameter "
        "repeated?": (
            lambda g, shape: g.sum(axis=0),
            lambda g, shape: g.sum(axis=0, keepdims=True),
            lambda g, shape: g.sum(axis=0).reshape(shape),
            lambda g, shape: np.broadcast_to(g.sum(axis=0), shape),
        ),
        "You sum over everything, whatever the shape. Along which axes was this parameter "
        "repeated?": (
            lambda g, shape: np.full(shape, g.sum()),
            lambda g, shape: g.sum(),
            lambda g, shape: np.sum(g, keepdims=True),
        ),
        "The numbers are right, but a parameter of shape (k,) has one axis, and its gradient "
        "has two here.": lambda g, shape: _sum_to(
            g, np.empty((1,) * (2 - len(shape)) + tuple(shape))
        ),
        "The numbers are right, but an axis of size 1 is lost.": lambda g, shape: (
            np.squeeze(_sum_to(g, np.empty(shape)))
        ),
        "You sum over the columns, whatever the shape. Along which axes was this parameter "
        "repeated?": (
            lambda g, shape: g.sum(axis=1),
            lambda g, shape: g.sum(axis=1, keepdims=True),
            lambda g, shape: np.broadcast_to(g.sum(axis=1, keepdims=True), shape),
        ),
        "Those are the first numbers of the gradient. The others came from the same "
        "parameter.": lambda g, shape: np.resize(g, shape),
        "You find the axes by their sizes. Where rows and columns are equally many, or a size "
        "is 1, sizes do not tell them apart.": _axes_by_size,
        "A gradient with respect to a parameter of shape (k,) is summed over the columns here, "
        "as if (k,) were (k, 1).": lambda g, shape: (
            g.sum(axis=1) if len(shape) == 1 else _sum_to(g, np.empty(shape))
        ),
        "This is the gradient as it came: nothing has been summed.": lambda g, shape: g,
    },
)


def _shares_backward(x, upstream):
    s = np.sum(x)
    return upstream / s - np.sum(upstream * x) / s**2


def _softmax_backward(x, upstream):
    q = np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)))
    return q * (upstream - np.sum(upstream * q))


check_shares_backward = Check(
    "my_shares_backward",
    _shares_backward,
    [
        (np.array([4.0]), np.array([2.0])),
        (np.array([1.0, 1.0]), np.array([1.0, 0.0])),
        (np.array([1.0, 3.0]), np.array([2.0, -1.3])),
        (np.array([2.0, 0.0, 5.0]), np.array([1.0, 0.7, -3.0])),
        (np.array([0.2, 0.3, 0.7]), np.array([1.1, 1.1, 1.1])),
        (np.array([3e-3, 1e-3, 7e-3, 2e-3]), np.array([0.4, 1.0, -2.0, 1 / 3])),
        (np.array([2e-9, 5e-9]), np.array([0.7, -0.2])),
        (np.array([5e3, 1.0, 20.0, 7e2, 300.0]), np.array([1e4, -3e3, 0.0, 2.0, 7e3])),
        (many(12) + 1.5, many(12, start=7)),
    ],
    {
        "You treat s as a constant. It contains every x, so each share also falls when "
        "another count rises.": lambda x, g: g / np.sum(x),
        "You kept only the diagonal of the Jacobian. A count moves the shares of the others, "
        "too.": lambda x, g: g / np.sum(x) - g * x / np.sum(x) ** 2,
        "You multiply by the Jacobian from the wrong side. The sum goes over the outputs, and "
        "it is they that `upstream` belongs to.": (
            lambda x, g: g / np.sum(x) - x * np.sum(g) / np.sum(x) ** 2
        ),
        "One of the two terms is too large by a factor s. Look at the derivative of 1/s again.": (
            lambda x, g: (g - np.sum(g * x)) / np.sum(x)
        ),
        "The signs of the two terms are equal. When s grows, do shares grow or fall?": (
            lambda x, g: g / np.sum(x) + np.sum(g * x) / np.sum(x) ** 2
        ),
        "That is minus the right answer.": lambda x, g: -_shares_backward(x, g),
        "One path is missing: x_i also stands above the fraction line of its own share.": (
            lambda x, g: np.full_like(x, -np.sum(g * x) / np.sum(x) ** 2)
        ),
        "That is the backward pass of a softmax, whose outputs are these shares. Counts go into "
        "a share without an exponential.": (
            lambda x, g: x / np.sum(x) * (g - np.sum(g * x) / np.sum(x))
        ),
        "That is the backward pass of softmax(x). Counts go into a share as they are.": (
            lambda x, g: _softmax_backward(x, g)
        ),
        "You divide by the mean of the counts. A share is a part of their sum.": (
            lambda x, g: (g - np.sum(g * x) / np.sum(x)) / np.mean(x),
            lambda x, g: (g - np.sum(g * x) / np.sum(x) / len(x)) / np.mean(x),
        ),
        "A small number is added to s. The result is not exact.": tuple(
            lambda x, g, more=more: (
                (g - g @ x / (np.sum(x) + more)) / (np.sum(x) + more)
            )
            for more in (1e-10, 1e-9, 1e-8, 1e-7, 1e-6)
        ),
        "Those are the shares times upstream. Their derivatives are asked for.": (
            lambda x, g: x / np.sum(x) * g
        ),
        "Everything is 0, as it would be if all shares counted alike. `upstream` says how much "
        "each of them counts.": lambda x, g: np.zeros_like(x),
        "In the second term every output counts alike: you sum `upstream`, but no share "
        "appears in it.": lambda x, g: g / np.sum(x) - np.sum(g) / np.sum(x) ** 2,
        "That is the gradient if the shares are taken of `upstream`, not of x.": (
            lambda x, g: _shares_backward(g, x)
        ),
    },
    names=("x", "upstream"),
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


def _walk_as_met(tape, *, first):
    """Each step once, in the order in which the walk first meets them."""
    met, todo = [], [len(tape) - 1]
    while todo:
        i = todo.pop(0 if first else -1)
        if i not in met:
            met.append(i)
            todo += [parent for parent, _ in tape[i]]
    return _walk(tape, order=lambda steps: met)


def _walk_early(tape, *, at_once):
    """Each step sends all that it has whenever something arrives."""
    grads = np.zeros(len(tape))
    grads[-1] = 1.0

    def send(i):
        for parent, local in tape[i]:
            grads[parent] += grads[i] * local
            if at_once:
                send(parent)
        for parent, _ in tape[i]:
            if not at_once:
                send(parent)

    send(len(tape) - 1)
    return grads


def _walk_in_a_queue(tape):
    """Each arrival puts a step into the queue, and it sends all that it has by then."""
    grads = np.zeros(len(tape))
    grads[-1] = 1.0
    todo = [len(tape) - 1]
    while todo:
        step = todo.pop(0)
        for parent, local in tape[step]:
            grads[parent] += grads[step] * local
            todo.append(parent)
    return grads


def _walk_one_parent(tape):
    """Of two arrows from one step to the same parent, keep one."""
    return _walk([list(dict(step).items()) for step in tape])


def _walk_from_all_ends(tape):
    """Steps that nothing uses send 1, as if the loss were their sum."""
    used = {parent for step in tape for parent, _ in step}
    ends = [(i, 1.0) for i in range(len(tape)) if i not in used]
    return _walk([*tape, ends])[:-1]


check_walk = Check(
    "my_walk",
    _walk,
    [
        ([[]],),
        ([[], [(0, 2.3)]],),
        ([[], []],),
        ([[], [], [(0, 4.0), (1, 3.0)], [(2, 1.0), (0, 1.0)]],),
        ([[], [(0, 3.1), (0, 3.1)]],),
        ([[], [(0, 3.0)], [(1, -2.0)], [(1, 5.3), (2, 0.5)]],),
        ([[], [(0, 3.0)], [(1, -2.0)], [(2, 0.5), (1, 1 / 3)]],),
        ([[], [(0, 3.0)], [], [(0, 2.0), (2, 7.1)]],),
        (
            [
                [],
                [],
                [(1, 0.7)],
                [(0, 0.0), (2, -1.7)],
                [(3, 1e-3)],
                [(4, 1e3), (2, 2.1)],
            ],
        ),
        (
            [
                [],
                [(0, 1.1), (0, 0.9)],
                [(1, 1.0), (1, 1.3)],
                [(2, 0.7), (2, 1.0), (0, 5.0)],
            ],
        ),
        # a long one, in which each step uses the one before and the first but one
        ([[], [], *([(i - 1, 0.9), (1, 1.1)] for i in range(2, 13))],),
    ],
    {
        "You set a gradient where you have to add to it: a step that is used twice keeps "
        "only what arrived last.": lambda tape: _walk(tape, put="set"),
        "The walk starts at the loss, whose gradient with respect to itself is not 0. Nothing "
        "is ever sent here.": lambda tape: _walk(tape, start="nowhere"),
        "Every step starts with 1 here. With respect to which step is the derivative of the "
        "loss 1?": lambda tape: _walk(tape, start="everywhere"),
        "Only what the last step sends has arrived. Does your walk go forward, or return inside "
        "the loop?": lambda tape: _walk(tape, order=iter),
        "That is how each step changes with step 0. How the last step changes with each one is "
        "asked for.": _walk_forward,
        "You add up local derivatives, but upstream, what has arrived at the step, is missing.": (
            lambda tape: _walk(tape, along="local")
        ),
        "You send on what has arrived as it is; the local derivative is missing.": (
            lambda tape: _walk(tape, along="upstream")
        ),
        "Along a path, upstream and local are multiplied; you add them.": (
            lambda tape: _walk(tape, along="add")
        ),
        "Each step sends once, but some send before everything has arrived: you visit them in "
        "the order in which you first meet them.": (
            lambda tape: _walk_as_met(tape, first=True),
            lambda tape: _walk_as_met(tape, first=False),
        ),
        "A step that is reached a second time sends *all* that it has, so what arrived first is "
        "sent twice.": (
            lambda tape: _walk_early(tape, at_once=True),
            lambda tape: _walk_early(tape, at_once=False),
            _walk_in_a_queue,
        ),
        "The last step sends nothing: your walk begins one step too late.": (
            lambda tape: _walk(tape, order=lambda steps: steps[-2::-1])
        ),
        "Only the first parent of each step gets something. A step may have several.": (
            lambda tape: _walk([step[:1] for step in tape])
        ),
        "Every step that no other uses starts with 1. Only the last step is the loss.": (
            _walk_from_all_ends
        ),
        "Where a step names the same parent twice, only one of the two counts for you.": (
            _walk_one_parent
        ),
        "The gradients are right, but the order is turned: that of step 0 comes first.": (
            lambda tape: _walk(tape)[::-1]
        ),
        "Only the gradients of the leaves came back; one for each step is asked for.": (
            lambda tape: _walk(tape)[[not parents for parents in tape]]
        ),
        "The gradient of step 0 alone came back; one for each step is asked for.": (
            lambda tape: _walk(tape)[0],
            lambda tape: float(_walk(tape)[0]),
        ),
    },
    names=("tape",),
)


def _by_engine(x, upstream):
    node = Node(x)
    ((node**2).sum() ** 0.5 * upstream).backward()
    return node.grad


def _by_loop(x, upstream):
    total = math.hypot(*map(float, x))
    return np.array([float(upstream) * float(value) / total for value in x])


def _length_backward(x, upstream):
    x = np.asarray(x, dtype=float)
    return upstream * x / np.linalg.norm(x)


def _faulty(function):
    """A backward pass: a function of the vector, its length and the upstream gradient."""

    def backward(x, upstream):
        x = np.asarray(x, dtype=float)
        return function(x, np.linalg.norm(x), upstream)

    return backward


check_length_test = TestCheck(
    "my_length_test",
    {
        "upstream times the unit vector": _length_backward,
        "one element at a time, by math.hypot": _by_loop,
        "the engine's, from its own gates": _by_engine,
    },
    {
        "does not divide by the length": _faulty(lambda x, r, upstream: upstream * x),
        "divides by the squared length": _faulty(
            lambda x, r, upstream: upstream * x / r**2
        ),
        "divides by the sum of the sizes of the elements": _faulty(
            lambda x, r, upstream: upstream * x / np.abs(x).sum()
        ),
        "divides by the largest element": _faulty(
            lambda x, r, upstream: upstream * x / np.abs(x).max()
        ),
        "returns 0.99 times the gradient": _faulty(
            lambda x, r, upstream: 0.99 * upstream * x / r
        ),
        "returns twice the gradient": _faulty(
            lambda x, r, upstream: 2 * upstream * x / r
        ),
        "ignores upstream": _faulty(lambda x, r, upstream: x / r),
        "takes only the sign of upstream": _faulty(
            lambda x, r, upstream: np.sign(upstream) * x / r
        ),
        "drops the sign of upstream": _faulty(
            lambda x, r, upstream: abs(upstream) * x / r
        ),
        "drops the signs of x": _faulty(
            lambda x, r, upstream: upstream * np.abs(x) / r
        ),
        "returns the elements in the opposite order": _faulty(
            lambda x, r, upstream: upstream * x[::-1] / r
        ),
        "takes the length of the first two elements only": _faulty(
            lambda x, r, upstream: upstream * x / np.linalg.norm(x[:2])
        ),
        "returns the sum over all elements in every place": _faulty(
            lambda x, r, upstream: np.full_like(x, upstream * x.sum() / r)
        ),
    },
    names=("length_backward",),
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
        (np.array([0.5, -1.5]), 0.0),
        (np.array([0.0, 0.0, 1.3]), 3.0),
        (np.array([1.0, -2.0, 0.0, 3.1]), -2.0),
        (np.array([2.0, 0.5, -1.0, 1 / 3]), 0.7),
        (np.array([0.1, 1.0, 1.0, -1.0, 2.0, 0.3]), 1.1),
        (np.array([1e-4, 3e5, 0.0, 7.0]), -1e2),
        (many(13), 0.8),
    ],
    {
        "That slope comes out if it uses the value from after the step. The product rule is "
        "about the numbers that go in.": (
            _slope_with(lambda v, s, x, c: (v * x + c, s * x + v * x + c)),
        ),
        "That slope comes out if the product rule loses the slope so far, or does not multiply "
        "it by x.": (
            _slope_with(lambda v, s, x, c: (v * x + c, v)),
            _slope_with(lambda v, s, x, c: (v * x + c, s + v)),
        ),
        "That slope comes out if the product rule loses the value so far. x is the input that "
        "moves: what is its own slope?": (
            _slope_with(lambda v, s, x, c: (v * x + c, s * x)),
            _slope_with(lambda v, s, x, c: (v * x + c, s * x + 1)),
            _slope_with(lambda v, s, x, c: (v * x + c, s * x), (0.0, 1.0)),
        ),
        "The coefficients do not change with x. What is the slope of a constant?": (
            _slope_with(lambda v, s, x, c: (v * x + c, s * x + v + 1)),
            _slope_with(lambda v, s, x, c: (v * x + c, s * x + v + c)),
        ),
        "That comes out if the number 0, at the start, has the slope 1. It is a constant.": (
            _slope_with(lambda v, s, x, c: (v * x + c, s * x + v), (0.0, 1.0))
        ),
        "That comes out if the start is the number 1, and not 0.": (
            _slope_with(lambda v, s, x, c: (v * x + c, s * x + v), (1.0, 0.0))
        ),
        "That is x times the polynomial, as if the coefficient were added before the product.": (
            _slope_with(lambda v, s, x, c: ((v + c) * x, s * x + v + c))
        ),
        "Horner's rule takes the last coefficient first; yours begins with c₀.": (
            lambda coefficients, x: _slope(coefficients[::-1], x)
        ),
        "The numbers are right, but the value comes first, then the slope.": (
            lambda coefficients, x: _slope(coefficients, x)[::-1]
        ),
        "That slope comes out if the coefficient is added to it in place of the value so "
        "far.": _slope_with(lambda v, s, x, c: (v * x + c, s * x + c)),
        "That slope comes out if the value so far is multiplied by x in its product rule. The "
        "slope of x is 1.": _slope_with(lambda v, s, x, c: (v * x + c, s * x + v * x)),
        "Your slope has the wrong sign.": lambda coefficients, x: (
            _slope(coefficients, x) * [1, -1]
        ),
        "Your slope is twice the right one.": lambda coefficients, x: (
            _slope(coefficients, x) * [1, 2]
        ),
        "Only the slope came back; the value is asked for as well.": (
            lambda coefficients, x: _slope(coefficients, x)[1],
            lambda coefficients, x: float(_slope(coefficients, x)[1]),
        ),
        "Only the value came back; the slope is asked for as well.": (
            lambda coefficients, x: _slope(coefficients, x)[0],
            lambda coefficients, x: float(_slope(coefficients, x)[0]),
        ),
        "That slope comes out if the slope so far is multiplied by x twice in a step.": (
            _slope_with(lambda v, s, x, c: (v * x + c, s * x * x + v))
        ),
    },
    rtol=1e-12,
)
