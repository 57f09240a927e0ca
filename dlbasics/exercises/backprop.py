"""Checks for the chapter on backpropagation by hand.

Symbols as in `dlbasics.layers`; ``g`` is the gradient that arrives.
"""

import numpy as np

from dlbasics.activations import (
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    tanh,
    tanh_derivative,
)
from dlbasics.exercises._checking import Check

_X = np.array([[2.0, -1.0], [1.0, 1.0], [0.5, 3.0]])
_W = np.array([[1.0, 0.0, -1.0], [2.0, 1.0, -0.5]])
_G = np.array([[0.5, -1.0, 2.0], [1.0, 0.25, -0.5], [-2.0, 3.0, 0.125]])


check_relu_backward = Check(
    "my_relu_backward",
    lambda grad_A, Z: grad_A * relu_derivative(Z),
    [
        (np.array([[5.0, 7.0]]), np.array([[-2.0, 3.0]])),
        (np.array([[-3.0, 4.0]]), np.array([[1.5, 0.0]])),
        (_G, np.array([[1.0, -1.0, 0.0], [-2.0, 3.0, 0.5], [4.0, 0.0, -1.0]])),
    ],
    {
        "At exactly 0 you let the gradient through. This book takes the slope there to be 0: "
        "`Z > 0`.": lambda g, Z: g * (Z >= 0),
        "You looked at the sign of the gradient. What decides is where Z was above 0 on the way "
        "forward.": (lambda g, Z: g * (g > 0), relu),
        "That is the slope alone. Multiply it by the gradient that arrives.": (
            lambda g, Z: relu_derivative(Z)
        ),
        "You multiplied by relu(Z), the value. The chain rule wants the slope, which is 1 or 0.": (
            lambda g, Z: g * relu(Z)
        ),
        "You multiplied by Z. The slope of the ReLU is 1 or 0.": lambda g, Z: g * Z,
        "That is the sigmoid's slope. Each layer uses the derivative of its own function.": (
            lambda g, Z: g * sigmoid_derivative(Z)
        ),
        "You stopped the gradient where it should pass, and the other way round.": (
            lambda g, Z: g * (Z <= 0),
            lambda g, Z: g * (Z < 0),
        ),
        "`np.sign` is -1 below 0. The ReLU is flat there: its slope is 0.": (
            lambda g, Z: g * np.sign(Z)
        ),
        "Nothing is stopped here: the gradient comes out as it came in.": (
            lambda g, Z: g.copy()
        ),
    },
)

_LINEAR = ("grad_X", "grad_W", "grad_b")

check_linear_backward = Check(
    "my_linear_backward",
    lambda grad_Z, X, W: (grad_Z @ W.T, X.T @ grad_Z, grad_Z.sum(axis=0)),
    [
        (np.array([[1.0]]), np.array([[3.0]]), np.array([[2.0]])),
        (np.array([[1.0, 0.0, 1.0]]), np.array([[3.0, 4.0]]), _W),
        (_G, _X, _W),
        (_G, np.array([[1.0, 2.0, -1.0], [0.0, 1.0, 0.5], [3.0, 1.0, 1.0]]), _G + 1),
    ],
    {
        "The bias gradient has the shape of b, (k,): `keepdims` leaves an axis too many.": (
            lambda g, X, W: (g @ W.T, X.T @ g, g.sum(axis=0, keepdims=True))
        ),
        "You summed the bias gradient over the units (axis=1). Each unit keeps its own; the sum "
        "runs over the samples, axis=0.": lambda g, X, W: (
            g @ W.T,
            X.T @ g,
            g.sum(axis=1),
        ),
        "You summed the bias gradient over everything. Each unit has its own: axis=0.": (
            lambda g, X, W: (g @ W.T, X.T @ g, g.sum())
        ),
        "You took the mean for the bias. The 1/n is in grad_Z already, from the loss: sum.": (
            lambda g, X, W: (g @ W.T, X.T @ g, g.mean(axis=0))
        ),
        "The bias was added in every sample, so its gradients add up over the samples: sum "
        "the columns.": lambda g, X, W: (g @ W.T, X.T @ g, g),
        "You divided by the number of samples. The loss did that already; a layer only passes on "
        "what arrives.": (
            lambda g, X, W: (g @ W.T, X.T @ g / len(X), g.sum(axis=0) / len(X)),
            lambda g, X, W: (g @ W.T, X.T @ g / len(X), g.sum(axis=0)),
            lambda g, X, W: (g @ W.T / len(X), X.T @ g / len(X), g.mean(axis=0)),
        ),
        "grad_W is turned round: it has the shape of W, so the inputs come first, Xᵀ times "
        "grad_Z.": lambda g, X, W: (g @ W.T, g.T @ X, g.sum(axis=0)),
        "The transpose of W is missing in grad_X: what went along W comes back along Wᵀ.": (
            lambda g, X, W: (g @ W, X.T @ g, g.sum(axis=0))
        ),
        "The transpose of X is missing in grad_W: the sum runs over the samples, which are the "
        "rows of both.": lambda g, X, W: (g @ W.T, X @ g, g.sum(axis=0)),
        "grad_X and grad_W are swapped. The order is grad_X, grad_W, grad_b.": (
            lambda g, X, W: (X.T @ g, g @ W.T, g.sum(axis=0))
        ),
        "The order is grad_X, grad_W, grad_b: what is passed on comes first.": (
            lambda g, X, W: (X.T @ g, g.sum(axis=0), g @ W.T)
        ),
        "That is grad_X alone. The layer also has a W and a b to answer for.": (
            lambda g, X, W: g @ W.T
        ),
    },
    parts=_LINEAR,
)


def _mended(grad_Z2, X, Z1, W2):
    A1 = tanh(Z1)
    grad_Z1 = (grad_Z2 @ W2.T) * (1 - A1**2)
    return X.T @ grad_Z1, grad_Z1.sum(axis=0), A1.T @ grad_Z2, grad_Z2.sum(axis=0)


def _in_other_orders(gradients):
    """Twins that return the second layer first, or the weights before the biases."""
    return tuple(
        lambda *args, order=order: tuple(gradients(*args)[i] for i in order)
        for order in [(2, 3, 0, 1), (0, 2, 1, 3)]
    )


def _slips(slope=True, product=True, bias=True):
    """The backward pass of the exercise, with each of its slips mended or not."""

    def backward(grad_Z2, X, Z1, W2):
        A1 = tanh(Z1)
        factor = tanh_derivative(Z1) if slope else 1 - Z1**2
        grad_Z1 = (grad_Z2 @ W2.T) * factor
        below = A1 if product else Z1
        total = grad_Z2.sum(axis=0) if bias else grad_Z2.mean(axis=0)
        return X.T @ grad_Z1, grad_Z1.sum(axis=0), below.T @ grad_Z2, total

    return backward


_GRADIENTS = ("grad_W1", "grad_b1", "grad_W2", "grad_b2")

check_mended_backward = Check(
    "my_mended_backward",
    _mended,
    [
        (
            np.array([[0.5]]),
            np.array([[2.0]]),
            np.array([[1.0]]),
            np.array([[3.0]]),
        ),
        (
            np.array([[0.25], [-0.5]]),
            _X[:2],
            np.array([[0.5, -1.0, 2.0], [1.0, 0.25, -0.5]]),
            np.array([[1.0], [2.0], [-1.0]]),
        ),
        (_G[:, :2], _X, _G, np.array([[1.0, -1.0], [0.5, 2.0], [3.0, 0.25]])),
    ],
    {
        "These are the three slips as they were. Write its shape, and what was saved for it, "
        "beside every line.": _slips(False, False, False),
        "One slip is left, in grad_W2: its layer received A1, not Z1.": _slips(
            product=False
        ),
        "One slip is left, in the slope: tanh' is 1 - tanh², and Z1 is not yet tanh of "
        "anything.": _slips(slope=False),
        "One slip is left, in grad_b2: the loss has divided already, so sum.": _slips(
            bias=False
        ),
        "Two slips are left. grad_W2 is right now; look at the slope of tanh, and at the last "
        "bias.": _slips(False, True, False),
        "Two slips are left: the last bias is right now; look at the slope of tanh, and at what "
        "the second layer received.": _slips(False, False, True),
        "Two slips are left: the slope is right now; look at what the second layer received, "
        "and at its bias.": _slips(True, False, False),
        "You used the mean for grad_b1, too. It was right as a sum.": (
            lambda g, X, Z1, W2: (
                X.T @ (g @ W2.T * tanh_derivative(Z1)),
                (g @ W2.T * tanh_derivative(Z1)).mean(axis=0),
                tanh(Z1).T @ g,
                g.mean(axis=0),
            )
        ),
        "You used the mean for grad_b1. It was right as a sum.": (
            lambda g, X, Z1, W2: (
                X.T @ (g @ W2.T * tanh_derivative(Z1)),
                (g @ W2.T * tanh_derivative(Z1)).mean(axis=0),
                tanh(Z1).T @ g,
                g.sum(axis=0),
            )
        ),
        "The order is grad_W1, grad_b1, grad_W2, grad_b2.": _in_other_orders(_mended),
        "You took tanh twice: with A1 = tanh(Z1) the slope is 1 - A1².": (
            lambda g, X, Z1, W2: (
                X.T @ (g @ W2.T * tanh_derivative(tanh(Z1))),
                (g @ W2.T * tanh_derivative(tanh(Z1))).sum(axis=0),
                tanh(Z1).T @ g,
                g.sum(axis=0),
            )
        ),
    },
    parts=_GRADIENTS,
)


def _network_backward(
    X,
    T,
    W1,
    b1,
    W2,
    b2,
    factor=None,
    slope=relu_derivative,
    grad_Z2=lambda Z2, T: (sigmoid(Z2) - T) / len(T),
    hidden=relu,
    below=relu,
    back=lambda G2, W2: G2 @ W2.T,
    over_samples=np.sum,
):
    Z1 = X @ W1 + b1
    G2 = grad_Z2(hidden(Z1) @ W2 + b2, T)
    G1 = back(G2, W2) * slope(Z1)
    grad_b1, grad_b2 = over_samples(G1, axis=0), over_samples(G2, axis=0)
    return X.T @ G1, grad_b1, below(Z1).T @ G2, grad_b2


def _network(**changes):
    return lambda *args: _network_backward(*args, **changes)


def _hidden_gets_the_output_gradient(G2, W2):
    return np.repeat(G2, len(W2), axis=1)


_TARGETS = np.array([[0.0], [1.0], [1.0]])

check_network_gradients = Check(
    "my_network_gradients",
    _network_backward,
    [
        (
            np.array([[1.0]]),
            np.array([[1.0]]),
            np.array([[1.0]]),
            np.array([0.5]),
            np.array([[2.0]]),
            np.array([-1.0]),
        ),
        (
            _X[:2],
            _TARGETS[:2],
            _W,
            np.array([0.5, 0.0, 1.0]),
            np.array([[1.0], [2.0], [-1.0]]),
            np.array([0.5]),
        ),
        (
            _X,
            _TARGETS,
            -_W,
            np.array([3.0, 2.0, 0.5]),
            np.array([[0.5], [-1.0], [2.0]]),
            np.array([-0.25]),
        ),
        (
            np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0], [-1.0, 0.5]]),
            np.array([[1.0], [0.0], [1.0], [0.0]]),
            _W,
            np.array([0.5, -0.5, 1.5]),
            np.array([[-1.0], [0.5], [-0.25]]),
            np.array([-1.0]),
        ),
    ],
    {
        "The mean is missing: divide q - t by the number of samples, once, where it arrives.": (
            _network(grad_Z2=lambda Z, T: sigmoid(Z) - T)
        ),
        "The sign is turned: prediction minus target.": _network(
            grad_Z2=lambda Z, T: (T - sigmoid(Z)) / len(T)
        ),
        "You took the target from the logit. The prediction is its sigmoid.": _network(
            grad_Z2=lambda Z, T: (Z - T) / len(T)
        ),
        "You multiplied by the output's slope q (1 - q) as well. For this loss the slope has "
        "cancelled: at the logits the gradient is q - t.": _network(
            grad_Z2=lambda Z, T: (sigmoid(Z) - T) * sigmoid_derivative(Z) / len(T)
        ),
        "The output is the logit itself: only the hidden layer has a ReLU.": (
            _network(grad_Z2=lambda Z, T: (sigmoid(relu(Z)) - T) / len(T)),
            _network(grad_Z2=lambda Z, T: (Z > 0) * (sigmoid(relu(Z)) - T) / len(T)),
        ),
        "That is the chapter's network, with sigmoids. The hidden layer of this one has "
        "ReLUs.": _network(hidden=sigmoid, below=sigmoid, slope=sigmoid_derivative),
        "You used the sigmoid's slope in the hidden layer. There ReLU was applied.": (
            _network(slope=sigmoid_derivative),
            _network(slope=lambda Z: relu(Z) * (1 - relu(Z))),
        ),
        "At exactly 0 you let the gradient through. This book takes the slope there to be "
        "0.": _network(slope=lambda Z: 1.0 * (Z >= 0)),
        "You took the mean for the biases. The 1/n is in q - t already: sum.": _network(
            over_samples=np.mean
        ),
        "The order is grad_W1, grad_b1, grad_W2, grad_b2.": _in_other_orders(
            _network()
        ),
        "The first bias is missing on the way forward.": lambda X, T, W1, b1, W2, b2: (
            _network_backward(X, T, W1, 0 * b1, W2, b2)
        ),
        "The second bias is missing on the way forward.": lambda X, T, W1, b1, W2, b2: (
            _network_backward(X, T, W1, b1, W2, 0 * b2)
        ),
        "The slope of the ReLU is missing: where a hidden unit was silent, nothing goes back "
        "through it.": _network(slope=np.ones_like),
        "grad_W2 was made with Z1. What the second layer received is A1, after the ReLU.": (
            _network(below=lambda Z: Z)
        ),
        "The hidden layer got the gradient of the output. What it has to get comes back through "
        "W2: grad_Z2 @ W2.T.": _network(back=_hidden_gets_the_output_gradient),
        "You multiplied by relu(Z1), the value. The chain rule wants its slope: multiply the "
        "gradient by (Z1 > 0).": _network(slope=relu),
        "You divided by n twice. The loss is a mean once.": _network(
            grad_Z2=lambda Z, T: (sigmoid(Z) - T) / len(T) ** 2
        ),
    },
    parts=_GRADIENTS,
    names=("X", "T", "W1", "b1", "W2", "b2"),
)


def _residual_backward(grad_Y, X, W):
    grad_Z = grad_Y * relu_derivative(X @ W)
    return grad_Y + grad_Z @ W.T, X.T @ grad_Z


_SQUARE = np.array([[1.0, -1.0], [2.0, 0.5]])

check_residual_backward = Check(
    "my_residual_backward",
    _residual_backward,
    [
        (np.array([[1.0]]), np.array([[3.0]]), np.array([[2.0]])),
        (np.array([[1.0, -2.0]]), np.array([[2.0, 1.0]]), _SQUARE),
        (_G[:, :2], _X, _SQUARE),
        (np.array([[3.0, -1.0]]), np.array([[-1.0, 2.0]]), _SQUARE),
    ],
    {
        "The path around the layer is missing: Y moves with X directly, too. Gradients of two "
        "paths add.": lambda g, X, W: (
            _residual_backward(g, X, W)[0] - g,
            _residual_backward(g, X, W)[1],
        ),
        "The path through the layer is missing in grad_X.": lambda g, X, W: (
            g.copy(),
            _residual_backward(g, X, W)[1],
        ),
        "The slope of the ReLU is missing: multiply the gradient by (X @ W > 0) before it goes "
        "on to W and to X.": lambda g, X, W: (g + g @ W.T, X.T @ g),
        "You multiplied the two paths. What two paths bring is added.": lambda g, X, W: (
            g * (_residual_backward(g, X, W)[0] - g),
            _residual_backward(g, X, W)[1],
        ),
        "You asked whether X + relu(XW) is above 0. The ReLU saw only X @ W.": (
            lambda g, X, W: (
                g + (g * (X + relu(X @ W) > 0)) @ W.T,
                X.T @ (g * (X + relu(X @ W) > 0)),
            )
        ),
        "You asked whether X is above 0. The ReLU saw X @ W.": lambda g, X, W: (
            g + (g * (X > 0)) @ W.T,
            X.T @ (g * (X > 0)),
        ),
        "At exactly 0 you let the gradient through. This book takes the slope there to be "
        "0.": lambda g, X, W: (g + (g * (X @ W >= 0)) @ W.T, X.T @ (g * (X @ W >= 0))),
        "The slope of the ReLU stops the path around the layer, too. That one meets no ReLU.": (
            lambda g, X, W: (
                g * relu_derivative(X @ W) + (g * relu_derivative(X @ W)) @ W.T,
                _residual_backward(g, X, W)[1],
            )
        ),
        "The transpose of W is missing on the way back to X.": lambda g, X, W: (
            g + (g * relu_derivative(X @ W)) @ W,
            _residual_backward(g, X, W)[1],
        ),
        "grad_W is turned round: Xᵀ comes first.": lambda g, X, W: (
            _residual_backward(g, X, W)[0],
            _residual_backward(g, X, W)[1].T,
        ),
        "1 was added where grad_Y belongs: along the direct path the local slope is 1, and what "
        "arrives is multiplied by it.": lambda g, X, W: (
            1 + (g * relu_derivative(X @ W)) @ W.T,
            _residual_backward(g, X, W)[1],
        ),
    },
    parts=("grad_X", "grad_W"),
)
