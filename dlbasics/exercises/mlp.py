"""Checks for the chapter on the multi-layer perceptron."""

import itertools

import numpy as np

from dlbasics.activations import leaky_relu, relu, sigmoid, softplus, step, tanh
from dlbasics.exercises._checking import Check, many
from dlbasics.softmax import softmax


def _pairs(widths):
    return list(itertools.pairwise(widths))


def _weights(widths):
    return sum(d * k for d, k in _pairs(widths))


def _same_count(args, expected, got):
    return isinstance(got, int | float | np.number) and bool(got == expected)


check_count_parameters = Check(
    "my_count_parameters",
    lambda widths: _weights(widths) + sum(widths[1:]),
    [
        ([1, 1],),
        ([2, 3],),
        ([1, 5, 1],),
        ([3, 4, 4, 1],),
        ([4, 30, 16, 3],),
        ([6, 2, 7, 3, 5],),
        ([4, 4, 4, 4],),
        ([784, 50, 100, 10],),
        (list(range(1, 13)),),
    ],
    {
        "Those are the weights alone. Every unit that computes has a bias, too.": _weights,
        "You gave the inputs biases. They compute nothing, and have none.": (
            lambda widths: _weights(widths) + sum(widths)
        ),
        "You count one bias for each layer. Each of its units has one of its own.": (
            lambda widths: _weights(widths) + len(widths) - 1
        ),
        "A layer adds as many biases as it has units itself, not as the layer before it "
        "has.": lambda widths: _weights(widths) + sum(widths[:-1]),
        "The output layer has biases, too.": (
            lambda widths: _weights(widths) + sum(widths[1:-1])
        ),
        "Those are the units. Count the lines between them as well.": (
            sum,
            lambda widths: sum(widths[1:]),
        ),
        "Every unit is joined to every unit of the next layer. Draw two layers of 3 and 4 "
        "units, and count the lines.": (
            lambda widths: sum(d + k for d, k in _pairs(widths)),
            lambda widths: sum(d + k + k for d, k in _pairs(widths)),
        ),
        "You multiplied all widths. A line joins two neighbouring layers only.": (
            lambda widths: int(np.prod(widths)),
            lambda widths: int(np.prod(widths)) + sum(widths[1:]),
        ),
        "You count one bias for each width, the inputs included. Each unit that computes has "
        "one of its own.": lambda widths: _weights(widths) + len(widths),
        "The first layer is missing: three widths are two layers.": (
            lambda widths: _weights(widths[1:]) + sum(widths[2:])
        ),
        "The last layer is missing: three widths are two layers.": (
            lambda widths: _weights(widths[:-1]) + sum(widths[1:-1])
        ),
        "That is the first layer alone. Add up all of them.": (
            lambda widths: (widths[0] + 1) * widths[1]
        ),
        "You give one bias to each hidden layer. Each unit that computes has one of its own.": (
            lambda widths: _weights(widths) + len(widths) - 2
        ),
        "You add 1 to both widths of a layer. Where would the extra unit of the output come "
        "from?": lambda widths: sum((d + 1) * (k + 1) for d, k in _pairs(widths)),
        "Biases are added, not subtracted.": (
            lambda widths: _weights(widths) - sum(widths[1:])
        ),
        "The hidden units have biases, too.": (
            lambda widths: _weights(widths) + widths[-1]
        ),
        "Those are the numbers of each layer. Add them up.": (
            lambda widths: [d * k + k for d, k in _pairs(widths)],
            lambda widths: np.array([d * k + k for d, k in _pairs(widths)]),
            lambda widths: np.cumsum([d * k + k for d, k in _pairs(widths)]),
        ),
        "You count the weights twice.": (
            lambda widths: 2 * _weights(widths) + sum(widths[1:])
        ),
        "You count two layers, from the inputs to the first hidden units and from those to the "
        "output.": lambda widths: (
            (widths[0] + 1) * widths[1] + (widths[1] + 1) * widths[-1]
        ),
        "You join layers that are not neighbours.": lambda widths: sum(
            d * k + k for d, k in itertools.combinations(widths, 2)
        ),
        "You join the last layer to the first. Does `widths[-1]` come before `widths[0]`?": (
            lambda widths: sum(
                widths[i - 1] * widths[i] + widths[i] for i in range(len(widths))
            )
        ),
        "Weights and biases come back apart. Add them up.": lambda widths: (
            _weights(widths),
            sum(widths[1:]),
        ),
    },
    same=_same_count,
)


def _stack(W, b):
    return np.vstack([W, b])


def _collapse(W1, b1, W2, b2, s, t):  # s and t are alpha and beta
    return _stack(s * W1 @ W2, (s * b1 + t) @ W2 + b2)


def _numbers(seed, *shape):
    """Tenths from -1.5 to 1.5, in no order that is easily seen."""
    i = np.arange(seed, seed + np.prod(shape, dtype=int))
    return ((i**3 + 7 * i**2 + 3 * i) % 31 / 10 - 1.5).reshape(shape)


def _two_layers(seed, d, h, k, s, t):
    return (
        _numbers(seed, d, h),
        _numbers(seed + 40, h),
        _numbers(seed + 60, h, k),
        _numbers(seed + 90, k),
        s,
        t,
    )


check_collapse = Check(
    "my_collapse",
    _collapse,
    [
        (
            np.array([[2.0]]),
            np.array([3.0]),
            np.array([[5.0]]),
            np.array([7.0]),
            10.0,
            100.0,
        ),
        _two_layers(1, 2, 2, 2, 1.0, 0.0),
        _two_layers(5, 2, 2, 2, 2.0, 0.0),
        _two_layers(2, 2, 2, 2, 1.0, 0.3),
        _two_layers(3, 2, 3, 1, 0.5, -1.0),
        _two_layers(4, 3, 2, 4, -2.5, 0.7),
        _two_layers(6, 1, 4, 3, 0.0, 2.0),
        _two_layers(7, 4, 1, 1, 3.0, -0.2),
        tuple(1.23456789 * part for part in _two_layers(8, 2, 2, 2, 80.0, -0.61)),
        (many(12, 11), many(11), many(11, 13), many(13), 1.5, -0.25),
    ],
    {
        "alpha is missing: the activation multiplies the sums by it.": (
            lambda W1, b1, W2, b2, s, t: _collapse(W1, b1, W2, b2, 1, t)
        ),
        "beta is missing: the activation adds it to the sum of each hidden unit.": (
            lambda W1, b1, W2, b2, s, t: _collapse(W1, b1, W2, b2, s, 0)
        ),
        "That is two layers with nothing between them. Where does the activation come in?": (
            lambda W1, b1, W2, b2, s, t: _collapse(W1, b1, W2, b2, 1, 0)
        ),
        "The weights are right. The activation multiplies the first bias by alpha, too.": (
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 @ W2, (b1 + t) @ W2 + b2)
        ),
        "The bias is right. The weights lack alpha.": (
            lambda W1, b1, W2, b2, s, t: _stack(W1 @ W2, (s * b1 + t) @ W2 + b2)
        ),
        "beta is added at the end. It is added to each hidden unit, and what the hidden units "
        "give goes through the second layer.": (
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 @ W2, s * b1 @ W2 + t + b2)
        ),
        "That is alpha (z + beta). The activation is alpha z + beta.": (
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 @ W2, s * (b1 + t) @ W2 + b2)
        ),
        "You applied the activation after the second layer. It stands between the two.": (
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 @ W2, s * (b1 @ W2 + b2) + t)
        ),
        "beta is a part of the bias. It does not change the weights.": (
            lambda W1, b1, W2, b2, s, t: _stack(
                (s * W1 + t) @ W2, (s * b1 + t) @ W2 + b2
            ),
            lambda W1, b1, W2, b2, s, t: _stack(
                s * W1 @ W2 + t, (s * b1 + t) @ W2 + b2
            ),
        ),
        "The biases cannot be added as they are. Follow what happens to the first one.": (
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 @ W2, s * b1 + t + b2),
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 @ W2, s * b1 + b2),
        ),
        "The first bias is lost. It goes through the activation and the second layer.": (
            lambda W1, b1, W2, b2, s, t: _collapse(W1, 0 * b1, W2, b2, s, t),
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 @ W2, b2),
        ),
        "The second bias is lost.": (
            lambda W1, b1, W2, b2, s, t: _collapse(W1, b1, W2, 0 * b2, s, t)
        ),
        "The second bias goes through no layer, and through no activation.": (
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 @ W2, (s * b1 + t + b2) @ W2),
            lambda W1, b1, W2, b2, s, t: _stack(
                s * W1 @ W2, (s * b1 + t) @ W2 + s * b2
            ),
        ),
        "The matrices are in the wrong order. Samples are rows: which of the two do they meet "
        "first?": (
            lambda W1, b1, W2, b2, s, t: _stack(s * W2 @ W1, (s * b1 + t) @ W2 + b2),
            lambda W1, b1, W2, b2, s, t: _stack(s * W2 @ W1, W2 @ (s * b1 + t) + b2),
        ),
        "The first bias is a row. A row meets a matrix from the left.": (
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 @ W2, W2 @ (s * b1 + t) + b2)
        ),
        "The matrices are multiplied entry by entry.": (
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 * W2, (s * b1 + t) @ W2 + b2),
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 * W2, (s * b1 + t) * W2 + b2),
        ),
        "The bias should be the last row, below the weights.": (
            lambda W1, b1, W2, b2, s, t: _collapse(W1, b1, W2, b2, s, t)[
                [-1, *range(len(W1))]
            ]
        ),
        "You add up all of W2. beta reaches an output only through the weights that lead to "
        "it.": (
            lambda W1, b1, W2, b2, s, t: _stack(
                s * W1 @ W2, s * b1 @ W2 + t * W2.sum() + b2
            )
        ),
        "alpha and beta have changed places.": (
            lambda W1, b1, W2, b2, s, t: _collapse(W1, b1, W2, b2, t, s)
        ),
        "You multiply beta by the number of hidden units. It goes through their weights.": (
            lambda W1, b1, W2, b2, s, t: _stack(
                s * W1 @ W2, s * b1 @ W2 + t * len(b1) + b2
            )
        ),
        "No matrix needs to be transposed: samples are rows.": (
            lambda W1, b1, W2, b2, s, t: _stack(s * W1.T @ W2, (s * b1 + t) @ W2 + b2),
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 @ W2.T, (s * b1 + t) @ W2 + b2),
        ),
        "beta is subtracted. The activation adds it.": (
            lambda W1, b1, W2, b2, s, t: _collapse(W1, b1, W2, b2, s, -t)
        ),
        "The weights and the bias come back apart. One matrix was asked for.": (
            lambda W1, b1, W2, b2, s, t: (s * W1 @ W2, (s * b1 + t) @ W2 + b2)
        ),
        "The bias stands beside the weights. It should be the last row, below them.": (
            lambda W1, b1, W2, b2, s, t: np.column_stack(
                [s * W1 @ W2, (s * b1 + t) @ W2 + b2]
            )
        ),
        "You applied the activation twice. It stands between the two layers only.": (
            lambda W1, b1, W2, b2, s, t: _stack(
                s**2 * W1 @ W2, s * ((s * b1 + t) @ W2 + b2) + t
            )
        ),
        "Those are the right weights. The bias is missing.": (
            lambda W1, b1, W2, b2, s, t: s * W1 @ W2
        ),
        "The bias is added to the weights. It should be a row of its own, below them.": (
            lambda W1, b1, W2, b2, s, t: s * W1 @ W2 + (s * b1 + t) @ W2 + b2
        ),
        "The matrix is transposed: inputs are rows, and the bias is the last of them.": (
            lambda W1, b1, W2, b2, s, t: _collapse(W1, b1, W2, b2, s, t).T
        ),
        "You average W2 over the hidden units. What beta brings comes from all of them, and "
        "adds up.": lambda W1, b1, W2, b2, s, t: _stack(
            s * W1 @ W2, s * b1 @ W2 + t * W2.mean(axis=0) + b2
        ),
        "The last row is beta alone. Follow the biases through both layers.": (
            lambda W1, b1, W2, b2, s, t: _stack(s * W1 @ W2, t + 0 * b2)
        ),
        "alpha is there twice: there is one activation.": (
            lambda W1, b1, W2, b2, s, t: _stack(
                s**2 * W1 @ W2, s * (s * b1 + t) @ W2 + b2
            )
        ),
    },
    names=("W1", "b1", "W2", "b2", "alpha", "beta"),
)


def _forward(X, parameters, hidden=relu, output=lambda Z: Z):
    *first, (W, b) = parameters
    for V, c in first:
        X = hidden(X @ V + c)
    return output(X @ W + b)


def _forward_with_one_relu(X, parameters, which):
    for i, (W, b) in enumerate(parameters):
        X = X @ W + b
        if i == which < len(parameters) - 1:
            X = relu(X)
    return X


def _without_bias(which):
    def forward(X, parameters):
        return _forward(X, [(W, b * (not which(i))) for i, (W, b) in parameters])

    return lambda X, parameters: forward(
        X, list(enumerate(parameters, 1 - len(parameters)))
    )


def _bias_after(X, parameters, last=lambda Z: Z):
    *first, (W, b) = parameters
    for V, c in first:
        X = relu(X @ V) + c
    return last(X @ W) + b


def _relus_late(X, parameters):
    (V, c), *others = parameters
    X = X @ V + c
    for W, b in others:
        X = relu(X @ W + b)
    return X


def _parameters(seed, *widths):
    return [
        (_numbers(seed + 41 * i, d, k), _numbers(seed + 41 * i + 17, k))
        for i, (d, k) in enumerate(_pairs(widths))
    ]


check_forward = Check(
    "my_forward",
    _forward,
    [
        (
            np.array([[1.0, -2.0]]),
            [(np.array([[1.0, 2.0], [1.0, 0.0]]), np.array([-1.0, 3.0]))],
        ),
        (
            np.array([[1.0, -2.0]]),
            [
                (np.array([[1.0, -1.0], [2.0, 1.0]]), np.array([1.0, 5.0])),
                (np.array([[1.0, -2.0], [-1.0, 1.0]]), np.array([1.0, -3.0])),
            ],
        ),
        (_numbers(1, 1, 1), _parameters(2, 1, 1, 1)),
        (_numbers(3, 2, 2), _parameters(4, 2, 2, 2, 2)),
        (20 * _numbers(5, 4, 3), _parameters(6, 3, 5, 4, 2)),
        (np.array([[3.0], [-987.654321]]), _parameters(12, 1, 1, 2)),
        (_numbers(7, 3, 2), _parameters(8, 2, 3, 4, 3, 1)),
        (_numbers(9, 6, 4), _parameters(10, 4, 30, 16, 3)),
        (
            many(12, 11),
            [
                (many(11, 13), many(13)),
                (many(13, 12), many(12)),
                (many(12, 14), many(14)),
            ],
        ),
    ],
    {
        "One slip is left: a score may be negative.": lambda X, parameters: _forward(
            X, parameters, output=relu
        ),
        "One slip is left: what happens to the inputs before the first layer?": (
            lambda X, parameters: _forward(relu(X), parameters)
        ),
        "One slip is left: does the ReLU see the bias?": _bias_after,
        "Two slips are left. The last layer is right now. Look at the inputs, and at the "
        "biases.": lambda X, parameters: _bias_after(relu(X), parameters),
        "Two slips are left. The inputs are right now. Look at the biases, and at the last "
        "layer.": lambda X, parameters: _bias_after(X, parameters, relu),
        "Two slips are left. The biases are right now. Look at the inputs, and at the last "
        "layer.": lambda X, parameters: _forward(relu(X), parameters, output=relu),
        "That is what the function above gives: all three slips are still there.": (
            lambda X, parameters: _bias_after(relu(X), parameters, relu)
        ),
        "There is no activation in the hidden layers. Without one all layers are one.": (
            lambda X, parameters: _forward(X, parameters, hidden=lambda Z: Z)
        ),
        "The hidden layers of this network have ReLUs, not steps.": (
            lambda X, parameters: _forward(X, parameters, hidden=step)
        ),
        "The hidden layers of this network have ReLUs. Yours have another activation.": (
            lambda X, parameters: _forward(X, parameters, hidden=tanh),
            lambda X, parameters: _forward(X, parameters, hidden=sigmoid),
            lambda X, parameters: _forward(X, parameters, hidden=np.abs),
            lambda X, parameters: _forward(X, parameters, hidden=leaky_relu),
            lambda X, parameters: _forward(X, parameters, hidden=softplus),
            lambda X, parameters: _forward(X, parameters, hidden=np.square),
        ),
        "The biases are added, not subtracted.": (
            lambda X, parameters: _forward(X, [(W, -b) for W, b in parameters])
        ),
        "No matrix needs to be transposed: samples are rows.": (
            lambda X, parameters: _forward(X, [(W.T, b) for W, b in parameters])
        ),
        "The first bias is missing.": (
            lambda X, parameters: _forward(
                X, [(parameters[0][0], 0.0), *parameters[1:]]
            )
        ),
        "Not every hidden layer has its ReLU.": (
            lambda X, parameters: _forward_with_one_relu(X, parameters, 0),
            lambda X, parameters: _forward_with_one_relu(
                X, parameters, len(parameters) - 2
            ),
        ),
        "The first layer has no ReLU, and the last has one. It should be the other way round.": (
            _relus_late
        ),
        "The ReLU is taken of the weights. It is taken of the sums.": (
            lambda X, parameters: _forward(
                X,
                [(relu(W), b) for W, b in parameters[:-1]] + parameters[-1:],
                hidden=lambda Z: Z,
            )
        ),
        "A hidden activation may be larger than 1.": lambda X, parameters: _forward(
            X, parameters, hidden=lambda Z: np.clip(Z, 0, 1)
        ),
        "A hidden activation may be larger than 6.": lambda X, parameters: _forward(
            X, parameters, hidden=lambda Z: np.clip(Z, 0, 6)
        ),
        "Your hidden units pass the negative sums. A ReLU passes the positive ones.": (
            lambda X, parameters: _forward(
                X, parameters, hidden=lambda Z: np.minimum(Z, 0)
            )
        ),
        "The scores are transposed: samples are rows.": (
            lambda X, parameters: _forward(X, parameters).T
        ),
        "Those are the highest scores alone. All scores were asked for.": (
            lambda X, parameters: _forward(X, parameters).max(axis=-1)
        ),
        "The biases are missing.": _without_bias(lambda i: True),
        "The last bias is missing.": _without_bias(lambda i: i == 0),
        "The biases of the hidden layers are missing.": _without_bias(lambda i: i < 0),
        "Those are probabilities. The scores themselves were asked for.": (
            lambda X, parameters: _forward(X, parameters, output=softmax),
            lambda X, parameters: _forward(X, parameters, output=sigmoid),
        ),
        "That is the class with the highest score. The scores themselves were asked for.": (
            lambda X, parameters: _forward(X, parameters).argmax(axis=-1)
        ),
        "The last layer is missing: those are the activations of the last hidden layer.": (
            lambda X, parameters: relu(_forward(X, parameters[:-1]))
        ),
        "The layers are taken in the reverse order.": (
            lambda X, parameters: _forward(X, parameters[::-1])
        ),
        "Each of your layers reads the inputs. It should read what the layer before gives.": (
            lambda X, parameters: relu(X @ parameters[-1][0] + parameters[-1][1]),
            lambda X, parameters: X @ parameters[-1][0] + parameters[-1][1],
        ),
        "That is the first layer alone.": (
            lambda X, parameters: relu(X @ parameters[0][0] + parameters[0][1]),
            lambda X, parameters: X @ parameters[0][0] + parameters[0][1],
        ),
    },
    names=("X", "parameters"),
)


def _prelu(Z, slopes):
    return np.where(Z > 0, Z, slopes * Z), np.minimum(Z, 0)


def _leaks(Z, slopes):
    return np.where(Z > 0, Z, slopes * Z)


check_prelu = Check(
    "my_prelu",
    _prelu,
    [
        (np.array([[3.0]]), np.array([0.5])),
        (np.array([[-4.0]]), np.array([0.25])),
        (np.array([[-4.0, 2.0]]), np.array([0.25, 0.5])),
        (np.array([[-4.0, -2.0], [3.0, -8.0]]), np.array([0.25, 0.5])),
        (np.array([[-4.0], [0.0], [3.0]]), np.array([0.1])),
        (_numbers(11, 3, 2), np.array([0.3, 0.01])),
        (_numbers(12, 2, 4), np.array([0.0, 1.0, -0.5, 1.5])),
        (
            np.array([[-1e-9, 1e9, -1e9], [1e-9, -1e-9, -3.7]]),
            np.array([0.2, 0.7654321, 0.9]),
        ),
        (many(12, 11), many(11, start=5)),
    ],
    {
        "In A, the positive sums are multiplied by the slope, too.": (
            lambda Z, slopes: (slopes * Z, np.minimum(Z, 0))
        ),
        "A is the larger of z and slope times z. That is not it for a slope above 1.": (
            lambda Z, slopes: (np.maximum(Z, slopes * Z), np.minimum(Z, 0))
        ),
        "In A, the slope is on the wrong side.": (
            lambda Z, slopes: (np.where(Z > 0, slopes * Z, Z), np.minimum(Z, 0)),
            lambda Z, slopes: (np.where(Z > 0, slopes * Z, Z), np.maximum(Z, 0)),
        ),
        "A is the plain ReLU: the negative sums have lost their slope.": (
            lambda Z, slopes: (relu(Z), np.minimum(Z, 0)),
            lambda Z, slopes: (relu(Z), 0 * Z),
        ),
        "In A, the negative sums are replaced by the slope itself.": (
            lambda Z, slopes: (np.where(Z > 0, Z, slopes + 0 * Z), np.minimum(Z, 0))
        ),
        "In A, the slope is added to the negative sums. It multiplies them.": (
            lambda Z, slopes: (np.where(Z > 0, Z, Z + slopes), np.minimum(Z, 0))
        ),
        "A is right. D is A again. How much does A change with the slope?": (
            lambda Z, slopes: (_leaks(Z, slopes), _leaks(Z, slopes))
        ),
        "A is right. D should keep a number for each sample and each unit. You averaged over "
        "the samples.": (
            lambda Z, slopes: (_leaks(Z, slopes), np.minimum(Z, 0).mean(axis=0))
        ),
        "In A, the negative sums have changed their sign.": (
            lambda Z, slopes: (np.where(Z > 0, Z, -slopes * Z), np.minimum(Z, 0))
        ),
        "In A, each unit should have a slope of its own. You use the last one for all.": (
            lambda Z, slopes: (_leaks(Z, slopes[-1]), np.minimum(Z, 0))
        ),
        "In A, each unit should have a slope of its own. You use the first one for all.": (
            lambda Z, slopes: (_leaks(Z, slopes[0]), np.minimum(Z, 0))
        ),
        "In A, each unit should have a slope of its own. You use their mean for all.": (
            lambda Z, slopes: (_leaks(Z, slopes.mean()), np.minimum(Z, 0))
        ),
        "In A, the slopes belong to the columns, which are the units. You use one for each row.": (
            lambda Z, slopes: (_leaks(Z, slopes[:, None]), np.minimum(Z, 0)),
            lambda Z, slopes: (
                _leaks(Z, slopes[:, None] if len(Z) == len(slopes) else slopes),
                np.minimum(Z, 0),
            ),
        ),
        "In A, a small slope of 0.01 is fixed. Here each unit brings its own.": (
            lambda Z, slopes: (_leaks(Z, 0.01), np.minimum(Z, 0))
        ),
        "A is right. D is the derivative with respect to Z. Change the slope a little instead, "
        "and see how A changes.": (
            lambda Z, slopes: (
                _leaks(Z, slopes),
                np.where(Z > 0, 1.0, slopes + 0 * Z),
            ),
            lambda Z, slopes: (
                _leaks(Z, slopes),
                np.where(Z >= 0, 1.0, slopes + 0 * Z),
            ),
        ),
        "A is right. In D, ask what the slope does to a positive sum.": (
            lambda Z, slopes: (_leaks(Z, slopes), Z.copy()),
            lambda Z, slopes: (_leaks(Z, slopes), np.where(Z > 0, 1.0, Z)),
            lambda Z, slopes: (_leaks(Z, slopes), np.where(Z > 0, Z, Z)),
        ),
        "A is right. A positive sum passes as it is, whatever the slope. What is D there?": (
            lambda Z, slopes: (_leaks(Z, slopes), np.maximum(Z, 0)),
            lambda Z, slopes: (_leaks(Z, slopes), np.where(Z > 0, 1.0, 0.0)),
        ),
        "A is right. D has the wrong sign: a larger slope makes a negative output more "
        "negative.": (lambda Z, slopes: (_leaks(Z, slopes), np.maximum(-Z, 0))),
        "A is right. D says only where the slope acts, not how much: a change of the slope is "
        "multiplied there.": (
            lambda Z, slopes: (_leaks(Z, slopes), np.where(Z > 0, 0.0, 1.0)),
            lambda Z, slopes: (_leaks(Z, slopes), np.where(Z < 0, 1.0, 0.0)),
            lambda Z, slopes: (_leaks(Z, slopes), np.where(Z < 0, -1.0, 0.0)),
        ),
        "A is right. D still has the slope in it: is the output curved, as a function of the "
        "slope?": (
            lambda Z, slopes: (_leaks(Z, slopes), slopes * np.minimum(Z, 0)),
            lambda Z, slopes: (
                _leaks(Z, slopes),
                np.where(Z > 0, 0.0, slopes + 0 * Z),
            ),
        ),
        "A is right. D is 0 everywhere.": lambda Z, slopes: (_leaks(Z, slopes), 0 * Z),
        "A is right. D should keep a number for each sample and each unit. You added up the "
        "samples.": (
            lambda Z, slopes: (_leaks(Z, slopes), np.minimum(Z, 0).sum(axis=0)),
        ),
        "The two are there, in the wrong order.": (
            lambda Z, slopes: _prelu(Z, slopes)[::-1]
        ),
        "A is right. D should keep a number for each sample. You give all samples the sum of "
        "their column.": lambda Z, slopes: (
            _leaks(Z, slopes),
            np.minimum(Z, 0).sum(axis=0) + 0 * Z,
        ),
        "The sign of a whole column decides with you. The sign of each sum decides.": (
            lambda Z, slopes: (
                np.where(Z.sum(axis=0) > 0, Z, slopes * Z),
                np.where(Z.sum(axis=0) > 0, 0, Z),
            )
        ),
    },
    parts=("A", "D"),
)


def _slopes(x, y):
    return np.diff(y) / np.diff(x)


def _output_weights(x, y):
    return np.diff(_slopes(x, y), prepend=0.0)


def _less_the_weight_before(x, y):
    weights = [0.0]
    for slope in _slopes(x, y):
        weights.append(slope - weights[-1])
    return np.array(weights[1:])


check_output_weights = Check(
    "my_output_weights",
    _output_weights,
    [
        (np.array([0.0, 2.0]), np.array([1.0, 7.0])),
        (np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 0.0])),
        (np.array([0.0, 2.0, 3.0]), np.array([1.0, 5.0, 2.0])),
        (np.array([-3.0, -1.0, 0.0, 4.0]), np.array([2.0, 2.0, 2.5, -1.5])),
        (np.array([0.1, 0.4, 0.5, 1.7, 2.9]), np.array([-0.3, 0.2, 0.2, 5.0, 4.7])),
        (np.arange(6.0), np.array([3.0, 3.0, 3.0, 3.0, 3.0, 4.0])),
        (np.array([10.0, 10.5]), np.array([-2.0, -2.0])),
        (np.array([0, 2, 5]), np.array([1, 2, 0])),
        (np.array([-1e3, 0.0, 1e3, 5e3]), np.array([1e6, -1e6, 0.0, 2e6])),
        (np.array([2.0, 2.0001, 2.0004]), np.array([0.123456, 0.3, -0.7])),
        (np.arange(12.0) ** 2, many(12)),
    ],
    {
        "Those are the slopes of the pieces. A unit that has begun goes on: which change of slope "
        "must each kink add?": _slopes,
        "The first unit is missing. It gives the curve its first slope.": (
            lambda x, y: np.diff(_slopes(x, y))
        ),
        "You take the points to be 1 apart. A slope is the rise divided by the run.": (
            lambda x, y: np.diff(np.diff(y), prepend=0.0),
            lambda x, y: np.diff(np.diff(y), prepend=0),
        ),
        "Those are rises and not slopes. Divide by the run, and ask which change of slope "
        "each kink must add.": lambda x, y: np.diff(y),
        "You add the slopes up. Each unit adds to the slope so far, so take differences.": (
            lambda x, y: np.cumsum(_slopes(x, y))
        ),
        "The slopes are upside down: the rise is divided by the run.": (
            lambda x, y: np.diff(
                np.diff(x) / np.where(np.diff(y) == 0, np.nan, np.diff(y)),
                prepend=0.0,
            ),
        ),
        "You divide the *change of the rise* by the run. Divide each rise by its own run "
        "first.": lambda x, y: np.diff(np.diff(y), prepend=0.0) / np.diff(x),
        "You measure every slope from the first point. A piece begins at the point before.": (
            lambda x, y: (y[1:] - y[0]) / (x[1:] - x[0]),
            lambda x, y: np.diff((y[1:] - y[0]) / (x[1:] - x[0]), prepend=0.0),
        ),
        "The weight of a kink is the slope after it minus the slope before it.": (
            lambda x, y: np.diff(_slopes(x, y), append=0.0),
            lambda x, y: -np.diff(_slopes(x, y), append=0.0),
        ),
        "Those are heights above the first point. The weights are changes of slope.": (
            lambda x, y: y[1:] - y[0]
        ),
        "The first weight is wrong by the first height. Before the first kink the curve is "
        "level.": lambda x, y: np.diff(_slopes(x, y), prepend=y[0]),
        "The signs are turned: a kink that bends the curve up has a positive weight.": (
            lambda x, y: -_output_weights(x, y),
            lambda x, y: np.concatenate([_slopes(x, y)[:1], -np.diff(_slopes(x, y))]),
        ),
        "Those are the heights. The weights are changes of slope.": (
            lambda x, y: y[1:].copy(),
            lambda x, y: y[:-1].copy(),
            lambda x, y: y.copy(),
            # heights that were computed are floats
            lambda x, y: 1.0 * y[1:],
            lambda x, y: 1.0 * y[:-1],
            lambda x, y: 1.0 * y,
        ),
        "The bias, the first height, is in your answer, too. Only the output weights were asked "
        "for.": lambda x, y: np.concatenate([y[:1], _output_weights(x, y)]),
        "The last point has a unit, too. Nothing comes after it, so it needs none.": (
            lambda x, y: np.append(_output_weights(x, y), 0.0),
            lambda x, y: np.append(_output_weights(x, y), -_slopes(x, y)[-1]),
        ),
        "You subtract the weight before. All units that have begun go on: subtract the sum of "
        "their weights.": _less_the_weight_before,
        "At the first kink you subtract the slope of the last piece. Does an index of -1 come "
        "in? Before the first kink the curve is level.": lambda x, y: (
            _slopes(x, y) - np.roll(_slopes(x, y), 1)
        ),
        "You divide all rises by the same run. Each piece has a run of its own.": (
            lambda x, y: np.diff(np.diff(y) / (x[1] - x[0]), prepend=0.0),
            lambda x, y: np.diff(np.diff(y) / np.diff(x).mean(), prepend=0.0),
        ),
        "You divide the changes of slope by the run once more.": (
            lambda x, y: _output_weights(x, y) / np.diff(x)
        ),
        "A weight may be negative: the curve may bend down.": (
            lambda x, y: np.abs(_output_weights(x, y)),
            lambda x, y: relu(_output_weights(x, y)),
        ),
        "That is the slope in the middle of two pieces, as `np.gradient` gives it.": (
            lambda x, y: np.gradient(y, x)[:-1]
        ),
        "The units have to give the heights above the first: the bias gives y[0].": (
            lambda x, y: np.linalg.lstsq(relu(x[:, None] - x[:-1]), y, rcond=None)[0]
        ),
        "`//` cuts off. Divide with `/`.": (
            lambda x, y: np.diff(np.diff(y) // np.diff(x), prepend=0.0),
            lambda x, y: np.diff(np.diff(y) // np.diff(x), prepend=0),
        ),
        "The weights stand in the reverse order: the first belongs to the first kink.": (
            lambda x, y: _output_weights(x, y)[::-1]
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


def _polygon(k, reach=1.701):
    """A region with k sides round (1, 1); points in and about it, some just outside."""
    angles = 2 * np.pi * np.arange(k) / k + 0.1
    W = np.array([np.cos(angles), np.sin(angles)])
    return np.vstack([_LATTICE, 1 - reach * W.T]), W, 1.7 - W.sum(axis=0)


def _fires(X, W, b):
    return np.sum(step(X @ W + b), axis=1)


def _threshold(t):
    """All hidden units have the weight 1, and the output fires from t of them on."""
    return lambda X, W, b: step(_fires(X, W, b) - t(len(b)))


_inside = _threshold(lambda k: k - 0.5)
_MANY = _polygon(1000, 1.70001)

check_region = Check(
    "my_region",
    _inside,
    [
        (np.array([[1.0, 0.0]]), np.array([[1.0], [0.0]]), np.array([0.0])),
        (np.array([[0.0, 0.5], [-1e-9, 0.5]]), np.array([[1.0], [0.0]]), np.zeros(1)),
        (np.array([[1.0, 1.0]]), *_TRIANGLE),
        (_AROUND, *_TRIANGLE),
        (_LATTICE, *_SQUARE),
        (_LATTICE, np.eye(2), np.zeros(2)),
        (_LATTICE, np.array([[0.0], [-1.0]]), np.array([1.0])),
        *map(_polygon, (5, 6, 7, 10, 13, 25, 49, 120)),
        (_MANY[0][10:30], *_MANY[1:]),
    ],
    {
        "You answer 1 where at least one unit fires. Inside, all of them do.": (
            _threshold(lambda k: 0.5)
        ),
        "Your answers are those of one fixed threshold. It fits one number of sides. How many "
        "units fire inside a region with k sides?": tuple(
            _threshold(lambda k, t=t: t) for t in (1.5, 2.5, 3.5, 4.5, 5.5, 6.5)
        ),
        "The hidden units have no step: a large sum on one side makes up for a negative one on "
        "another.": (
            lambda X, W, b: step(np.sum(X @ W + b, axis=1)),
            lambda X, W, b: step(np.sum(X @ W + b, axis=1) - len(b) + 0.5),
            lambda X, W, b: step(np.sum(X @ W + b, axis=1) - len(b)),
        ),
        "You answer 0 everywhere. How large can the sum of k hidden units become?": (
            lambda X, W, b: np.zeros(len(X))
        ),
        "The biases of the hidden units are missing.": (
            lambda X, W, b: _inside(X, W, 0 * b)
        ),
        "The biases of the hidden units are added to the sums. You subtract them.": (
            lambda X, W, b: _inside(X, W, -b)
        ),
        "Your threshold is a fixed share of k. From some k on one unit may be silent, and you "
        "still answer 1.": tuple(
            _threshold(lambda k, s=s: s * k) for s in (0.95, 0.9, 0.8, 0.75)
        ),
        "The threshold is too low: one unit may be silent, and you still answer 1.": (
            _threshold(lambda k: k - 1)
        ),
        "The threshold is too low: two units may be silent, and you still answer 1.": (
            _threshold(lambda k: k - 2)
        ),
        "The border belongs to the region: a step is 1 at 0.": (
            lambda X, W, b: np.all(X @ W + b > 0, axis=1).astype(float)
        ),
        "You answer 1 where all units are silent. Inside, all of them fire.": (
            lambda X, W, b: step(-_fires(X, W, b)),
            lambda X, W, b: _inside(X, -W, -b),
        ),
        "That is the outside.": lambda X, W, b: 1 - _inside(X, W, b),
        "Those are the counts of units that fire. The output unit has to decide.": _fires,
        "Those are the hidden units. The output unit is missing.": (
            lambda X, W, b: step(X @ W + b)
        ),
        "The hidden units are ReLUs with you. They are step units.": (
            lambda X, W, b: step(relu(X @ W + b).sum(axis=1) - len(b) + 0.5),
            lambda X, W, b: step(relu(X @ W + b).sum(axis=1) - len(b)),
        ),
        "You count the samples where a unit fires. Count the units that fire for a sample.": (
            lambda X, W, b: step(step(X @ W + b).sum(axis=0) - len(b) + 0.5)
        ),
        "Your threshold grows with the number of samples. Each sample is alone: k units can "
        "fire.": lambda X, W, b: step(_fires(X, W, b) - len(X) + 0.5),
        "You look at the first side only.": lambda X, W, b: step(X @ W[:, 0] + b[0]),
        "You look at the first and the last side only.": (
            lambda X, W, b: step(X @ W[:, 0] + b[0]) * step(X @ W[:, -1] + b[-1])
        ),
        "You answer for all samples at once. Each has its own answer.": (
            lambda X, W, b: float(np.all(X @ W + b >= 0))
        ),
        "You multiply sigmoids. A step unit is 0 or 1.": (
            lambda X, W, b: np.prod(sigmoid(X @ W + b), axis=1)
        ),
        "You answer with a sign, -1, 0 or 1. The region is 1 and the rest 0.": (
            lambda X, W, b: np.sign(X @ W + b).min(axis=1)
        ),
        "Those are the sums of the output unit. It has a step, too.": (
            lambda X, W, b: _fires(X, W, b) - len(b) + 0.5
        ),
        "You let the majority decide. Inside, all units fire.": (
            _threshold(lambda k: k / 2),
            _threshold(lambda k: k / 2 + 0.25),
        ),
        "Those are True and False. Make floats of them.": (
            lambda X, W, b: np.all(X @ W + b >= 0, axis=1)
        ),
        "Weights of 1 / k do not add up to exactly 1 on a computer. Leave some room below the "
        "threshold.": (
            lambda X, W, b: step(step(X @ W + b) @ np.full(len(b), 1 / len(b)) - 1)
        ),
    },
)
