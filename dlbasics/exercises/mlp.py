"""Checks for the chapter on the multi-layer perceptron."""

import itertools

import numpy as np

from dlbasics.activations import relu, relu_derivative, step
from dlbasics.exercises._checking import Check
from dlbasics.softmax import softmax


def _pairs(widths):
    return list(itertools.pairwise(widths))


def _same_count(args, expected, got):
    return isinstance(got, int | float | np.number) and bool(got == expected)


check_count_parameters = Check(
    "my_count_parameters",
    lambda widths: sum(d * k + k for d, k in _pairs(widths)),
    [
        ([1, 1],),
        ([2, 3],),
        ([3, 4, 4, 1],),
        ([4, 30, 16, 3],),
    ],
    {
        "Those are the weights alone. Every unit that computes has a bias, too.": (
            lambda widths: sum(d * k for d, k in _pairs(widths))
        ),
        "You gave the inputs biases. They compute nothing, and have none.": (
            lambda widths: sum(d * k for d, k in _pairs(widths)) + sum(widths)
        ),
        "You count one bias for each layer. Each of its units has one of its own.": (
            lambda widths: sum(d * k + 1 for d, k in _pairs(widths))
        ),
        "A layer adds as many biases as it has units itself, not as the layer before it "
        "has.": lambda widths: sum(d * k + d for d, k in _pairs(widths)),
        "The output layer has biases, too.": (
            lambda widths: sum(d * k for d, k in _pairs(widths)) + sum(widths[1:-1])
        ),
        "Those are the units. Count the lines between them as well.": (
            lambda widths: sum(widths),
            lambda widths: sum(widths[1:]),
        ),
        "Every unit is joined to every unit of the next layer: d times k lines, not d plus "
        "k.": (
            lambda widths: sum(d + k for d, k in _pairs(widths)),
            lambda widths: sum(d + k + k for d, k in _pairs(widths)),
        ),
        "You multiplied all widths. A line joins two neighbouring layers only: multiply "
        "pairs, and add.": (
            lambda widths: int(np.prod(widths)),
            lambda widths: int(np.prod(widths)) + sum(widths[1:]),
        ),
        "You count one bias for each width, the inputs included. Each unit that computes has "
        "one of its own.": (
            lambda widths: sum(d * k for d, k in _pairs(widths)) + len(widths)
        ),
        "The first layer is missing: three widths are two layers.": (
            lambda widths: sum(d * k + k for d, k in _pairs(widths)[1:])
        ),
        "The last layer is missing: three widths are two layers.": (
            lambda widths: sum(d * k + k for d, k in _pairs(widths)[:-1])
        ),
    },
    same=_same_count,
)


def _stack(W, b):
    return np.vstack([W, b])


check_collapse = Check(
    "my_collapse",
    lambda W1, b1, W2, b2: _stack(W1 @ W2, b1 @ W2 + b2),
    [
        (np.array([[2.0]]), np.array([3.0]), np.array([[5.0]]), np.array([7.0])),
        (
            np.array([[1.0, 2.0], [0.0, 1.0]]),
            np.array([1.0, -1.0]),
            np.array([[1.0, 0.0], [3.0, -2.0]]),
            np.array([0.5, 4.0]),
        ),
        (
            np.array([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0]]),
            np.array([1.0, 0.0, 2.0]),
            np.array([[1.0], [-1.0], [3.0]]),
            np.array([1.0]),
        ),
    ],
    {
        "The biases cannot be added as they are: the first one goes through the second "
        "layer, too. Multiply it with W2.": (
            lambda W1, b1, W2, b2: _stack(W1 @ W2, b1 + b2)
        ),
        "The first bias is lost. It goes through the second layer, as all that comes out of the "
        "first.": (lambda W1, b1, W2, b2: _stack(W1 @ W2, b2)),
        "The second bias is lost: add it to what the second layer makes of the first.": (
            lambda W1, b1, W2, b2: _stack(W1 @ W2, b1 @ W2)
        ),
        "The order is turned round. Samples are rows, so the first layer stands on the "
        "left: X W1 W2.": (
            lambda W1, b1, W2, b2: _stack(W2 @ W1, b1 @ W2 + b2),
            lambda W1, b1, W2, b2: _stack(W2 @ W1, W2 @ b1 + b2),
        ),
        "The first bias is a row, and goes through W2 as the rows of X do: from the left.": (
            lambda W1, b1, W2, b2: _stack(W1 @ W2, W2 @ b1 + b2)
        ),
        "The matrices are multiplied entry by entry. Use @, the product of matrices.": (
            lambda W1, b1, W2, b2: _stack(W1 * W2, b1 @ W2 + b2),
            lambda W1, b1, W2, b2: _stack(W1 * W2, b1 * W2 + b2),
        ),
        "The bias should be the last row, below the weights.": (
            lambda W1, b1, W2, b2: np.vstack([b1 @ W2 + b2, W1 @ W2])
        ),
        "The weights are right, and the bias is missing: add it as the last row.": (
            lambda W1, b1, W2, b2: W1 @ W2
        ),
        "One layer after the other is a product of the matrices, not a sum.": (
            lambda W1, b1, W2, b2: _stack(W1 + W2, b1 + b2),
            lambda W1, b1, W2, b2: _stack(W1 + W2, b1 @ W2 + b2),
        ),
        "That is both biases through W2; the second one is added after it.": (
            lambda W1, b1, W2, b2: _stack(W1 @ W2, (b1 + b2) @ W2)
        ),
    },
)

check_relu_derivative = Check(
    "my_relu_derivative",
    relu_derivative,
    [
        (np.array([3.0]),),
        (np.array([-2.0, 3.0]),),
        (np.array([0.0]),),
        (np.array([[-0.5, 0.0, 0.5], [2.0, -0.0, -7.0]]),),
        (np.array([-1.0, 0.0, 4.0], dtype=np.float32),),
    ],
    {
        "At the kink you answer 1. Any value from 0 to 1 would do, but this book has said "
        "0.": (
            lambda z: np.heaviside(z, z.dtype.type(1)),
            lambda z: (z >= 0).astype(float),
        ),
        "At the kink you answer one half, as moving by a hair does. This book has said 0.": (
            lambda z: np.heaviside(z, z.dtype.type(0.5)),
            lambda z: (1 + np.sign(z)) / 2,
            lambda z: np.heaviside(z, 0.5),
        ),
        "The sign of a negative sum is -1, so you send minus the gradient through a unit that "
        "was cut off.": np.sign,
        "max(z, 0) / z is 0 / 0 at the kink, and that is nan.": lambda z: relu(z) / z,
        "That is the ReLU itself, not its slope.": relu,
        "You answer 1 for a negative sum: the activation max(z, 0) is at least 0 always. Ask "
        "whether it is more than 0.": lambda z: (relu(z) >= 0).astype(z.dtype),
        "The sides are changed: the slope is 1 where z is positive.": (
            lambda z: (z < 0).astype(z.dtype),
            lambda z: (z <= 0).astype(z.dtype),
        ),
        "The values are right, their dtype is not: True and False are no numbers, and float32 "
        "should stay float32.": (
            lambda z: z > 0,
            lambda z: (z > 0).astype(np.float64),
        ),
        "A leak: on the left the slope of the plain ReLU is 0.": (
            lambda z: np.where(z > 0, z.dtype.type(1), z.dtype.type(0.01))
        ),
    },
    names=("z",),
)


def _network(X, parameters, hidden=relu, output=lambda Z: Z):
    *first, (W, b) = parameters
    for V, c in first:
        X = hidden(X @ V + c)
    return output(X @ W + b)


def _as_pairs(W1, b1, W2, b2, W3, b3):
    return [(W1, b1), (W2, b2), (W3, b3)]


def _forward_case(seed, n, widths):
    def scattered(*shape):
        """Whole numbers from -2 to 2, in no order that is easily seen."""
        nonlocal seed
        i = np.arange(seed, seed + np.prod(shape))
        seed += i.size
        return ((i**3 + 7 * i**2) % 31 % 5 - 2.0).reshape(shape)

    arrays = [scattered(n, widths[0])]
    for d, k in _pairs(widths):
        arrays += [scattered(d, k), scattered(k)]
    return tuple(arrays)


def _variant(**options):
    return lambda X, *arrays: _network(X, _as_pairs(*arrays), **options)


def _forward(X, W1, b1, W2, b2, W3, b3):
    return _network(X, [(W1, b1), (W2, b2), (W3, b3)])


check_forward = Check(
    "my_forward",
    _forward,
    [
        tuple(
            np.array(a)
            for a in [
                [[1.0, -2.0]],
                [[1.0, -1.0], [2.0, 1.0]],
                [1.0, 2.0],
                [[1.0, -2.0], [1.0, 1.0]],
                [1.0, 5.0],
                [[-1.0, 1.0], [2.0, -1.0]],
                [1.0, -3.0],
            ]
        ),
        _forward_case(1, 3, [2, 2, 2, 2]),
        _forward_case(2, 4, [3, 5, 4, 2]),
        _forward_case(3, 6, [4, 30, 16, 3]),
    ],
    {
        "The last layer has no bend: a score may be negative.": _variant(output=relu),
        "The bend is missing. Without it the three layers are one.": _variant(
            hidden=lambda Z: Z
        ),
        "One of the hidden layers has no bend.": (
            lambda X, W1, b1, W2, b2, W3, b3: (relu(X @ W1 + b1) @ W2 + b2) @ W3 + b3,
            lambda X, W1, b1, W2, b2, W3, b3: relu((X @ W1 + b1) @ W2 + b2) @ W3 + b3,
        ),
        "A step is a bend, too, but the hidden layers of this network have ReLUs.": _variant(
            hidden=step
        ),
        "Hidden layers with tanh or sigmoid: this network has ReLUs.": (
            _variant(hidden=np.tanh),
            _variant(hidden=lambda Z: 1 / (1 + np.exp(-Z))),
        ),
        "The biases are missing.": (
            lambda X, W1, b1, W2, b2, W3, b3: relu(relu(X @ W1) @ W2) @ W3
        ),
        "The first bias is missing.": (
            lambda X, W1, b1, W2, b2, W3, b3: relu(relu(X @ W1) @ W2 + b2) @ W3 + b3
        ),
        "The second bias is missing.": (
            lambda X, W1, b1, W2, b2, W3, b3: relu(relu(X @ W1 + b1) @ W2) @ W3 + b3
        ),
        "The last bias is missing.": (
            lambda X, W1, b1, W2, b2, W3, b3: relu(relu(X @ W1 + b1) @ W2 + b2) @ W3
        ),
        "The bias belongs inside the bend: first add it, then apply the ReLU.": (
            lambda X, W1, b1, W2, b2, W3, b3: (
                (relu(relu(X @ W1) + b1) @ W2 + b2) @ W3 + b3
            ),
            lambda X, W1, b1, W2, b2, W3, b3: (
                (relu((relu(X @ W1) + b1) @ W2) + b2) @ W3 + b3
            ),
        ),
        "You bend the inputs themselves. The first thing that happens to them is the first "
        "layer.": (
            lambda X, *arrays: _network(relu(X), _as_pairs(*arrays)),
            lambda X, *arrays: _network(
                relu(X), _as_pairs(*arrays), hidden=lambda Z: relu(relu(Z))
            ),
        ),
        "Those are probabilities. The scores come before the softmax.": _variant(
            output=softmax
        ),
        "That is the class with the highest score. The scores themselves were asked for.": (
            _variant(output=lambda Z: Z.argmax(axis=-1))
        ),
        "The output of one layer is the input of the next. You feed X, or the sum before the "
        "bend, to a later one.": (
            lambda X, W1, b1, W2, b2, W3, b3: relu(X @ W2 + b2) @ W3 + b3,
        ),
        "That is the last hidden layer. One more layer makes the scores.": (
            lambda X, W1, b1, W2, b2, W3, b3: relu(relu(X @ W1 + b1) @ W2 + b2)
        ),
    },
)

_EIGHT = np.array(list(itertools.product([0.0, 1.0], repeat=3)))


def _up(X):
    return np.sum(X, axis=1)


check_third_floor = Check(
    "my_third_floor",
    lambda X: _up(X) % 2,
    [
        (np.array([[0.0, 0.0, 0.0]]),),
        (np.array([[0.0, 0.0, 1.0]]),),
        (np.array([[1.0, 1.0, 0.0]]),),
        (np.array([[0.0, 1.0, 1.0]]),),
        (np.array([[1.0, 0.0, 0.0]]),),
        (np.array([[1.0, 1.0, 1.0]]),),
        (_EIGHT,),
    ],
    {
        "With all three up the lamp has changed three times, and is on. You have built "
        '"exactly one": add the unit that fires from three on.': (
            lambda X: step(_up(X) - 0.5) - step(_up(X) - 1.5)
        ),
        "That is OR: with two switches up the lamp has changed twice, and is off.": (
            lambda X: step(_up(X) - 0.5)
        ),
        "That is AND: one switch alone has to change the lamp.": (
            lambda X: step(_up(X) - 2.5)
        ),
        "That is the majority. Its output has to go up, down and up again as you count to "
        "three.": lambda X: step(_up(X) - 1.5),
        "The lamp is the wrong way round: with all switches down it is off.": (
            lambda X: 1 - _up(X) % 2
        ),
        "That is the number of switches that are up. On and off take turns as it grows.": (
            _up,
            lambda X: step(_up(X) - 0.5) + step(_up(X) - 1.5) + step(_up(X) - 2.5),
        ),
        "One switch has no effect. All three have to change the lamp.": (
            lambda X: (X[:, 0] + X[:, 1]) % 2,
            lambda X: (X[:, 1] + X[:, 2]) % 2,
            lambda X: (X[:, 0] + X[:, 2]) % 2,
        ),
        "Your lamp is on unless all three agree. With two up it has changed twice, and is off; "
        "with three it is on.": lambda X: step(_up(X) - 0.5) - step(_up(X) - 2.5),
        "`a != b != c` asks whether b differs from both its neighbours. One switch up is one "
        "change, wherever it is.": (
            lambda X: np.logical_and(X[:, 0] != X[:, 1], X[:, 1] != X[:, 2]) * 1.0
        ),
        "Your lamp is always on.": lambda X: np.ones(len(X)),
        "Your lamp is always off.": lambda X: np.zeros(len(X)),
        "A step is 1 at 0, too: put every threshold between two counts.": (
            lambda X: step(_up(X) - 0) - step(_up(X) - 1) + step(_up(X) - 2),
            lambda X: step(step(_up(X)) - step(_up(X) - 1) + step(_up(X) - 2) - 0.5),
        ),
    },
)

_TRIANGLE = np.array([[1.0, 0.0, -3.0], [0.0, 1.0, -4.0]]), np.array([0.0, 0.0, 12.0])
_AROUND = np.array([[2.0, -1.0], [-1.0, -1.0], [5.0, 5.0], [1.0, 0.0], [0.0, 3.0]])
_SQUARE = (
    np.array([[1.0, -1.0, 0.0, 0.0], [0.0, 0.0, 1.0, -1.0]]),
    np.array([0.0, 2.0, 0.0, 2.0]),
)
_LATTICE = np.array(list(itertools.product([-1.0, 0.0, 1.0, 2.0, 3.0], repeat=2)))


def _polygon(k):
    """A region with k sides round (1, 1); points in and about it, some just outside."""
    angles = 2 * np.pi * np.arange(k) / k + 0.1
    W = np.array([np.cos(angles), np.sin(angles)])
    return np.vstack([_LATTICE, 1 - 1.72 * W.T]), W, 1.7 - W.sum(axis=0)


def _fires(X, W, b):
    return np.sum(step(X @ W + b), axis=1)


check_region = Check(
    "my_region",
    lambda X, W, b: step(_fires(X, W, b) - len(b) + 0.5),
    [
        (np.array([[1.0, 0.0]]), np.array([[1.0], [0.0]]), np.array([0.0])),
        (np.array([[1.0, 1.0]]), *_TRIANGLE),
        (_AROUND, *_TRIANGLE),
        (_LATTICE, *_SQUARE),
        (_LATTICE, np.eye(2), np.zeros(2)),
        *map(_polygon, (6, 7, 10, 13)),
    ],
    {
        "You answer 1 where at least one unit fires. All of them have to: raise the "
        "threshold.": lambda X, W, b: step(_fires(X, W, b) - 0.5),
        "A threshold of 2.5 fits three sides. With k sides it has to lie between k - 1 and "
        "k.": (
            lambda X, W, b: step(_fires(X, W, b) - 2.5),
            lambda X, W, b: step(_fires(X, W, b) - 3),
        ),
        "The hidden units have no step: a large sum on one side pays for a negative one on "
        "another.": (
            lambda X, W, b: step(np.sum(X @ W + b, axis=1)),
            lambda X, W, b: step(np.sum(X @ W + b, axis=1) - len(b) + 0.5),
        ),
        "Nothing is inside. k units that fire sum to k, and no more: is the threshold too "
        "high, or a sign turned?": (
            lambda X, W, b: step(_fires(X, W, b) - len(b) - 0.5)
        ),
        "The biases of the hidden units are missing.": (
            lambda X, W, b: step(_fires(X, W, 0 * b) - len(b) + 0.5)
        ),
        "The biases of the hidden units are added, not taken off.": (
            lambda X, W, b: step(_fires(X, W, -b) - len(b) + 0.5)
        ),
        "With k sides the threshold has to lie between k - 1 and k. Yours falls behind as k "
        "grows.": lambda X, W, b: step(_fires(X, W, b) - 0.9 * len(b)),
        "The threshold is too low: one unit may be silent, and you still answer 1.": (
            lambda X, W, b: step(_fires(X, W, b) - len(b) + 1),
            lambda X, W, b: step(_fires(X, W, b) - len(b) + 1.5),
        ),
        "The border belongs to the region: a step is 1 at 0.": (
            lambda X, W, b: np.all(X @ W + b > 0, axis=1).astype(float)
        ),
        "That is the outside.": (
            lambda X, W, b: 1 - step(_fires(X, W, b) - len(b) + 0.5)
        ),
        "Those are the counts of units that fire. The output unit has to decide.": _fires,
        "You let the majority decide. All units have to fire.": (
            lambda X, W, b: step(_fires(X, W, b) - len(b) / 2)
        ),
        "Those are True and False. Make floats of them.": (
            lambda X, W, b: np.all(X @ W + b >= 0, axis=1)
        ),
    },
)
