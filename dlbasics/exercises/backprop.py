"""Checks for the chapter on backpropagation by hand.

Symbols as in `dlbasics.layers`; in the faulty variants, ``u`` is the upstream gradient.
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
from dlbasics.exercises._checking import Check, TestCheck, many

_X = np.array([[2.0, -1.0], [1.0, 1.0], [0.5, 3.0]])
_W = np.array([[1.0, 0.0, -1.0], [2.0, 1.0, -0.5]])
_G = np.array([[0.5, -1.0, 2.0], [1.0, 0.25, -0.5], [-2.0, 3.0, 0.125]])
_SQUARE = np.array([[1.0, -1.0], [2.0, 0.5]])


# Samples as columns


def _columns_backward(grad_Z, X, W):
    return W.T @ grad_Z, grad_Z @ X.T, grad_Z.sum(axis=1, keepdims=True)


def _columns(
    grad_X=lambda u, X, W: W.T @ u,
    grad_W=lambda u, X, W: u @ X.T,
    grad_b=lambda u: u.sum(axis=1, keepdims=True),
):
    """The backward pass with one of its three parts replaced."""
    return lambda u, X, W: (grad_X(u, X, W), grad_W(u, X, W), grad_b(u))


check_columns_backward = Check(
    "my_columns_backward",
    _columns_backward,
    [
        (np.array([[2.0]]), np.array([[3.0]]), np.array([[0.7]])),
        (np.array([[1.5], [0.0], [-0.3]]), np.array([[3.0], [4.0]]), _W.T),
        (np.array([[0.5, -1.0, 2.0, 0.0]]), np.arange(8.0).reshape(2, 4), _X[:1]),
        (_G, _X.T, _W.T),
        (
            _G.T,
            _G + 1.7,
            np.array([[1.0, 2.0, -1.0], [0.0, 1.0, 0.5], [3.0, 1.0, 1.0]]),
        ),
        (np.array([[1e-9, 2e6], [3.0, -0.1]]), np.array([[1e5, 0.3]]), _X[:2, :1]),
        (many(13, 12), many(11, 12), many(13, 11)),
    ],
    {
        "These are the formulas for samples in rows. Here each sample is a column.": (
            lambda u, X, W: (u @ W.T, X.T @ u, u.sum(axis=0)),
            lambda u, X, W: (u @ W.T, X.T @ u, u.sum(axis=0, keepdims=True)),
        ),
        "grad_b has the shape of b, (k, 1): a row of k numbers would be stretched.": _columns(
            grad_b=lambda u: u.sum(axis=1)
        ),
        "You summed grad_b over the units. Each unit has its own bias, which all samples "
        "share.": (
            _columns(grad_b=lambda u: u.sum(axis=0)),
            _columns(grad_b=lambda u: u.sum(axis=0, keepdims=True)),
            _columns(grad_b=lambda u: u.sum(axis=0)[:, None]),
        ),
        "You summed grad_b over everything. Each unit has its own bias.": (
            _columns(grad_b=np.sum),
            _columns(grad_b=lambda u: np.full((len(u), 1), u.sum())),
        ),
        "You took a mean for grad_b. A loss that is a mean has put its 1/n into grad_Z "
        "already.": _columns(grad_b=lambda u: u.mean(axis=1, keepdims=True)),
        "grad_b is not summed: the bias acts on every sample, and its gradients add.": (
            _columns(grad_b=np.copy)
        ),
        "You divided by the number of samples. A loss that is a mean has put its 1/n into "
        "grad_Z already.": (
            _columns(
                grad_W=lambda u, X, W: u @ X.T / X.shape[1],
                grad_b=lambda u: u.mean(axis=1, keepdims=True),
            ),
            _columns(grad_W=lambda u, X, W: u @ X.T / X.shape[1]),
        ),
        "grad_W is transposed: it has the shape of W, units by inputs.": _columns(
            grad_W=lambda u, X, W: X @ u.T
        ),
        "The transpose of W is missing in grad_X.": _columns(
            grad_X=lambda u, X, W: W @ u
        ),
        "The transpose of X is missing in grad_W.": _columns(
            grad_W=lambda u, X, W: u @ X
        ),
        "grad_X and grad_W are swapped. The order is grad_X, grad_W, grad_b.": (
            lambda u, X, W: (u @ X.T, W.T @ u, u.sum(axis=1, keepdims=True))
        ),
        "The order is grad_X, grad_W, grad_b.": (
            lambda u, X, W: (u @ X.T, u.sum(axis=1, keepdims=True), W.T @ u),
            lambda u, X, W: (W.T @ u, u.sum(axis=1, keepdims=True), u @ X.T),
        ),
        "The upstream gradient is missing in grad_X.": _columns(
            grad_X=lambda u, X, W: W.T @ np.ones_like(u)
        ),
        "The upstream gradient is missing in grad_W.": _columns(
            grad_W=lambda u, X, W: np.ones_like(u) @ X.T
        ),
        "In grad_X, the outputs take the place of the upstream gradient.": _columns(
            grad_X=lambda u, X, W: W.T @ W @ X
        ),
        "grad_b is that of the first sample. All samples share the bias.": _columns(
            grad_b=lambda u: u[:, :1]
        ),
        "grad_W is that of the first sample. All samples share the weights.": _columns(
            grad_W=lambda u, X, W: u[:, :1] @ X[:, :1].T
        ),
        "You divided by the number of inputs. No mean is taken over them.": _columns(
            grad_W=lambda u, X, W: u @ X.T / len(X)
        ),
        "That is grad_X alone. W and b need gradients, too.": lambda u, X, W: W.T @ u,
    },
    parts=("grad_X", "grad_W", "grad_b"),
)


# Slopes that are learned


def _prelu_backward(grad_A, Z, slopes):
    grad_Z = grad_A * np.where(Z > 0, 1.0, slopes)
    return grad_Z, np.sum(grad_A * np.minimum(Z, 0), axis=0)


def _prelu(
    local=lambda u, Z, s: np.where(Z > 0, 1.0, s),
    grad_slopes=lambda u, Z, s: np.sum(u * np.minimum(Z, 0), axis=0),
):
    """The backward pass with its local derivative or its second part replaced."""
    return lambda u, Z, s: (u * local(u, Z, s), grad_slopes(u, Z, s))


def _of_the_last(changes, counts):
    """In each column the entry of the last sample that counts, or 0."""
    last = np.zeros(changes.shape[1])
    for row, which in zip(changes, counts):
        last[which] = row[which]
    return last


check_prelu_backward = Check(
    "my_prelu_backward",
    _prelu_backward,
    [
        (np.array([[3.0]]), np.array([[-2.0]]), np.array([0.1])),
        (np.array([[5.0, -7.0]]), np.array([[1.5, 0.0]]), np.array([0.25, 0.3])),
        (
            np.array([[2.0], [-0.5], [0.7]]),
            np.array([[-1.0], [-4.0], [3.0]]),
            np.array([0.2]),
        ),
        (
            _G,
            np.array([[1.0, -1.0, 0.0], [-2.0, 3.0, 0.5], [4.0, -0.3, -1.0]]),
            np.array([0.1, 0.25, -0.5]),
        ),
        (
            np.array([[1.3, -0.2, 4.0], [0.6, 2.5, -1.1]]),
            np.array([[-1e-9, -3.0, 2.0], [-2e6, 0.4, -0.7]]),
            np.array([0.0, 1.0, 0.01]),
        ),
        (np.array([[2.5, -1.2]]), np.array([[1e-9, 0.7]]), np.array([1.75, 2.5])),
        (many(12, 11), many(12, 11, start=7), many(11)),
    ],
    {
        "The slopes are shared by all samples: grad_slopes has the shape (k,), and adds up "
        "what the samples bring.": _prelu(
            grad_slopes=lambda u, Z, s: u * np.minimum(Z, 0)
        ),
        "grad_slopes is one number. Each unit has its own slope.": _prelu(
            grad_slopes=lambda u, Z, s: np.sum(u * np.minimum(Z, 0))
        ),
        "You took a mean for grad_slopes. A loss that is a mean has put its 1/n into grad_A "
        "already.": _prelu(
            grad_slopes=lambda u, Z, s: np.mean(u * np.minimum(Z, 0), axis=0)
        ),
        "You summed grad_slopes over the units. Each unit keeps its own; the samples are "
        "summed.": _prelu(
            grad_slopes=lambda u, Z, s: np.sum(u * np.minimum(Z, 0), axis=1)
        ),
        "grad_slopes has an axis too many: slopes has the shape (k,).": _prelu(
            grad_slopes=lambda u, Z, s: np.sum(
                u * np.minimum(Z, 0), axis=0, keepdims=True
            )
        ),
        "The upstream gradient is missing in grad_slopes.": _prelu(
            grad_slopes=lambda u, Z, s: np.sum(np.minimum(Z, 0), axis=0)
        ),
        "You let positive Z count for the slopes, too. There the output does not depend on "
        "the slope.": (
            _prelu(grad_slopes=lambda u, Z, s: np.sum(u * Z, axis=0)),
            _prelu(
                grad_slopes=lambda u, Z, s: np.sum(u * np.where(Z > 0, 1, Z), axis=0)
            ),
        ),
        "You let only positive Z count for the slopes. There the output does not depend on the "
        "slope.": _prelu(
            grad_slopes=lambda u, Z, s: np.sum(u * np.maximum(Z, 0), axis=0)
        ),
        "grad_slopes holds only the last sample that counts. Add the samples up: `+=`.": _prelu(
            grad_slopes=lambda u, Z, s: _of_the_last(u * np.minimum(Z, 0), Z <= 0)
        ),
        "grad_slopes holds only the first sample. Add the samples up.": _prelu(
            grad_slopes=lambda u, Z, s: (u * np.minimum(Z, 0))[0]
        ),
        "grad_slopes holds only the last sample. Add the samples up.": _prelu(
            grad_slopes=lambda u, Z, s: (u * np.minimum(Z, 0))[-1]
        ),
        "You gave every slope the sum of all. Each unit has its own slope.": _prelu(
            grad_slopes=lambda u, Z, s: np.sum(u * np.minimum(Z, 0)) + 0 * s
        ),
        "Where Z is positive your grad_Z is 1. It is the upstream gradient that passes there.": (
            lambda u, Z, s: (
                np.where(Z > 0, 1.0, u * s),
                _prelu_backward(u, Z, s)[1],
            )
        ),
        "Where Z is not positive your grad_Z is the slope alone. The upstream gradient is "
        "multiplied by it.": lambda u, Z, s: (
            np.where(Z > 0, u, s + 0 * u),
            _prelu_backward(u, Z, s)[1],
        ),
        "In grad_Z, each unit should have a slope of its own. You use one for all.": (
            _prelu(local=lambda u, Z, s: np.where(Z > 0, 1.0, s[0])),
            _prelu(local=lambda u, Z, s: np.where(Z > 0, 1.0, s[-1])),
            _prelu(local=lambda u, Z, s: np.where(Z > 0, 1.0, s.mean())),
            _prelu(local=lambda u, Z, s: np.where(Z > 0, 1.0, s.sum())),
        ),
        "In grad_Z, a small slope of 0.01 is fixed. Here each unit brings its own.": _prelu(
            local=lambda u, Z, s: np.where(Z > 0, 1.0, 0.01)
        ),
        "You divided grad_Z by the number of samples. A loss that is a mean has put its 1/n into "
        "grad_A already.": _prelu(
            local=lambda u, Z, s: np.where(Z > 0, 1.0, s) / len(Z)
        ),
        "In grad_slopes the local derivative is missing: the activation is slope times Z, so a "
        "change of the slope counts Z times.": _prelu(
            grad_slopes=lambda u, Z, s: np.sum(u * (Z <= 0), axis=0)
        ),
        "You multiplied grad_slopes by the slope. The local derivative with respect to the "
        "slope is Z alone.": (
            _prelu(
                grad_slopes=lambda u, Z, s: np.sum(u * s * np.minimum(Z, 0), axis=0)
            ),
            _prelu(
                grad_slopes=lambda u, Z, s: s * np.sum(u * s * np.minimum(Z, 0), axis=0)
            ),
        ),
        "The sign of grad_slopes is turned: where a slope counts, Z is not positive, and "
        "stays so.": _prelu(
            grad_slopes=lambda u, Z, s: np.sum(u * np.maximum(-Z, 0), axis=0)
        ),
        "That is the plain ReLU: below 0 these units have a slope.": _prelu(
            local=lambda u, Z, s: Z > 0
        ),
        "At exactly 0 you let the whole gradient through. The text asks for the slope of the "
        "unit there.": _prelu(local=lambda u, Z, s: np.where(Z >= 0, 1.0, s)),
        "At exactly 0 your gradient is 0. The text asks for the slope of the unit there.": (
            _prelu(local=lambda u, Z, s: (Z > 0) + s * (Z < 0))
        ),
        "grad_Z is the local derivative alone: the upstream gradient is missing.": (
            lambda u, Z, s: (np.where(Z > 0, 1.0, s), _prelu_backward(u, Z, s)[1])
        ),
        "You looked at the sign of the upstream gradient. The sign of Z decides.": (
            _prelu(local=lambda u, Z, s: np.where(u > 0, 1.0, s)),
            _prelu(
                local=lambda u, Z, s: np.where(u > 0, 1.0, s),
                grad_slopes=lambda u, Z, s: np.sum(np.where(u > 0, 0, u * Z), axis=0),
            ),
        ),
        "You multiplied grad_Z by the activation, a value. The chain rule needs its "
        "derivative.": _prelu(local=lambda u, Z, s: np.where(Z > 0, Z, s * Z)),
        "The two sides are swapped: a positive Z is passed on as it is.": (
            _prelu(
                local=lambda u, Z, s: np.where(Z > 0, s, 1.0),
                grad_slopes=lambda u, Z, s: np.sum(u * np.maximum(Z, 0), axis=0),
            ),
            _prelu(local=lambda u, Z, s: np.where(Z > 0, s, 1.0)),
        ),
        "The order is grad_Z, grad_slopes.": (
            lambda u, Z, s: _prelu_backward(u, Z, s)[::-1]
        ),
        "That is grad_Z alone. The slopes need a gradient, too.": (
            lambda u, Z, s: _prelu_backward(u, Z, s)[0]
        ),
    },
    parts=("grad_Z", "grad_slopes"),
)


# Three slips


def _fixed(grad_Z2, X, Z1, W2):
    A1 = tanh(Z1)
    grad_Z1 = (grad_Z2 @ W2.T) * (1 - A1**2)
    return X.T @ grad_Z1, grad_Z1.sum(axis=0), A1.T @ grad_Z2, grad_Z2.sum(axis=0)


def _in_other_orders(gradients):
    """The same with the second layer first, or with the weights before the biases."""
    return tuple(
        lambda *args, order=order: tuple(gradients(*args)[i] for i in order)
        for order in [(2, 3, 0, 1), (0, 2, 1, 3)]
    )


def _slips(slope=tanh_derivative, below=tanh, over_samples=np.sum, first=np.sum):
    """The backward pass of the exercise, by default without a slip."""

    def backward(grad_Z2, X, Z1, W2):
        grad_Z1 = (grad_Z2 @ W2.T) * slope(Z1)
        grad_b2 = over_samples(grad_Z2, axis=0)
        return X.T @ grad_Z1, first(grad_Z1, axis=0), below(Z1).T @ grad_Z2, grad_b2

    return backward


def _square_slope(Z):
    return 1 - Z**2


def _as_it_is(Z):
    return Z


def _from_grad_Z1(grad_Z1, grad_Z2, X, Z1):
    """All four gradients, with this one at Z1."""
    grad_W2, grad_b2 = tanh(Z1).T @ grad_Z2, grad_Z2.sum(axis=0)
    return X.T @ grad_Z1, grad_Z1.sum(axis=0), grad_W2, grad_b2


def _divided(gradients, n, which):
    return tuple(g / n if i in which else g for i, g in enumerate(gradients))


_GRADIENTS = ("grad_W1", "grad_b1", "grad_W2", "grad_b2")

check_fixed_backward = Check(
    "my_fixed_backward",
    _fixed,
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
        (
            np.array([[1.2, -0.7, 0.1]]),
            np.array([[0.3, -2.0]]),
            np.array([[0.0, 1e-9, -30.0, 0.8]]),
            np.array(
                [[1.0, 0.5, -2.0], [0.3, 0.0, 1.0], [2.0, -1.0, 0.7], [-0.4, 1.5, 0.2]]
            ),
        ),
        (_G[:, :2], _X, _G, np.array([[1.0, -1.0], [0.5, 2.0], [3.0, 0.25]])),
        (_G, _G.T, _G + 0.3, _G - 0.7),
        (1234.56789 * _G[:, :2], _X, _G / 7, _X),
        (many(13, 12), many(13, 11), many(13, 14), many(14, 12)),
    ],
    {
        "These are the three slips as they were. Next to each line, write what the forward "
        "pass computed for it.": _slips(_square_slope, _as_it_is, np.mean),
        "One slip is left, in grad_W2: what entered the second layer?": _slips(
            below=_as_it_is
        ),
        "One slip is left, in the slope of tanh: Z1 is what tanh is taken of.": _slips(
            slope=_square_slope
        ),
        "One slip is left, in grad_b2: the loss has divided by n already.": _slips(
            over_samples=np.mean
        ),
        "Two slips are left. grad_W2 is right now. Look at the slope of tanh, and at "
        "grad_b2.": _slips(slope=_square_slope, over_samples=np.mean),
        "Two slips are left. grad_b2 is right now. Look at the slope of tanh, and at what "
        "entered the second layer.": _slips(slope=_square_slope, below=_as_it_is),
        "Two slips are left. The slope is right now. Look at what entered the second layer, "
        "and at grad_b2.": _slips(below=_as_it_is, over_samples=np.mean),
        "You used a mean for both biases. The loss has divided by n already.": _slips(
            over_samples=np.mean, first=np.mean
        ),
        "You used a mean for grad_b1. It was right as a sum.": _slips(first=np.mean),
        "The order is grad_W1, grad_b1, grad_W2, grad_b2.": _in_other_orders(_fixed),
        "You took tanh twice in the slope: A1 is tanh of Z1 already.": _slips(
            slope=lambda Z: tanh_derivative(tanh(Z))
        ),
        "The slope of tanh is missing: grad_Z1 is the gradient at A1 still.": _slips(
            slope=np.ones_like
        ),
        "The slope is 1 - tanh, without the square.": _slips(
            slope=lambda Z: 1 - tanh(Z)
        ),
        "You multiplied by tanh, the value, where its slope belongs.": _slips(
            slope=tanh
        ),
        "That is the slope of the sigmoid. The hidden layer applies tanh.": _slips(
            slope=sigmoid_derivative
        ),
        "You multiplied by the square of tanh. That is only a part of the slope.": _slips(
            slope=lambda Z: tanh(Z) ** 2
        ),
        "You square Z1, and take tanh of the square. Which comes first?": _slips(
            slope=lambda Z: 1 - tanh(Z**2)
        ),
        "You square the whole of 1 - tanh. Which part is squared?": _slips(
            slope=lambda Z: (1 - tanh(Z)) ** 2
        ),
        "The slope has a plus, as if tanh grew fastest where it is largest.": _slips(
            slope=lambda Z: 1 + tanh(Z) ** 2
        ),
        "The slope stands without brackets: what comes back through W2 multiplies all of it.": (
            lambda u, X, Z1, W2: _from_grad_Z1(u @ W2.T - tanh(Z1) ** 2, u, X, Z1)
        ),
        "The slope is taken of the gradient. It is taken at what the forward pass had there.": (
            lambda u, X, Z1, W2: _from_grad_Z1(
                (u @ W2.T) * (1 - (u @ W2.T) ** 2), u, X, Z1
            )
        ),
        "tanh is taken of the gradient. On the way back its slope multiplies.": (
            lambda u, X, Z1, W2: _from_grad_Z1(
                tanh(u @ W2.T) * tanh_derivative(Z1), u, X, Z1
            )
        ),
        "In grad_W2 the slope of tanh stands where its value belongs.": _slips(
            below=tanh_derivative
        ),
        "You divided by the number of samples. The loss has done that already.": (
            lambda *args: _divided(_fixed(*args), len(args[1]), (0, 2)),
            lambda *args: _divided(_fixed(*args), len(args[1]), (0,)),
            lambda *args: _divided(_fixed(*args), len(args[1]), (2,)),
            lambda *args: _divided(_fixed(*args), len(args[1]), (0, 1, 2, 3)),
        ),
        "You summed grad_b2 over its units. Each bias keeps its own; the samples are summed.": (
            lambda *args: (*_fixed(*args)[:3], args[0].sum(axis=1))
        ),
        "grad_b2 is one sum. Each unit has its own bias.": (
            lambda *args: (*_fixed(*args)[:3], args[0].sum())
        ),
        "The upstream gradient comes back with the wrong sign.": lambda u, X, Z1, W2: (
            *(-part for part in _fixed(u, X, Z1, W2)[:2]),
            *_fixed(u, X, Z1, W2)[2:],
        ),
    },
    parts=_GRADIENTS,
)


# The test that catches the bug


def _by_products(grad_Z, X, W):
    grad_Z, X, W = (np.asarray(array, dtype=float) for array in (grad_Z, X, W))
    return grad_Z @ W.T, X.T @ grad_Z, grad_Z.sum(axis=0)


def _by_loops(grad_Z, X, W):
    grad_Z, X, W = (np.asarray(array, dtype=float) for array in (grad_Z, X, W))
    grad_X, grad_W, grad_b = np.zeros(X.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for i in reversed(range(len(X))):
        for k in reversed(range(W.shape[1])):
            grad_b[k] += grad_Z[i, k]
            for j in range(W.shape[0]):
                grad_W[j, k] += X[i, j] * grad_Z[i, k]
                grad_X[i, j] += grad_Z[i, k] * W[j, k]
    return [grad_X, grad_W, grad_b]


def _spoiled(
    prepare=lambda grad_Z, X, W: (grad_Z, X, W),
    grad_X=lambda grad, u: grad,
    grad_W=lambda grad, u: grad,
    grad_b=lambda grad, u: grad,
):
    """A right backward pass, with what it gets or what it returns changed."""

    def linear_backward(grad_Z, X, W):
        arrays = (np.asarray(array, dtype=float) for array in (grad_Z, X, W))
        grad_Z, X, W = prepare(*arrays)
        right = _by_products(grad_Z, X, W)
        changes = zip((grad_X, grad_W, grad_b), right)
        return tuple(change(grad, grad_Z) for change, grad in changes)

    return linear_backward


def _transposed_if_square(array):
    return array.T if array.shape[0] == array.shape[-1] else array


def _after_the_step(grad_Z, X, W):
    return grad_Z, X, W - 0.1 * X.T @ grad_Z


def _samples_first(grad_Z, X, W):
    grad_X, _, grad_b = _by_products(grad_Z, X, W)
    return grad_X, np.outer(np.sum(X, axis=0), grad_b), grad_b


check_backward_test = TestCheck(
    "my_backward_test",
    {
        "three products and sums": _by_products,
        "loops over samples, units and inputs, which add in another order": _by_loops,
        "np.einsum": lambda grad_Z, X, W: (
            np.einsum("ik,jk->ij", grad_Z, W),
            np.einsum("ij,ik->jk", X, grad_Z),
            np.einsum("ik->k", grad_Z),
        ),
        "a sum of outer products, sample by sample": lambda grad_Z, X, W: (
            np.array([np.dot(W, row) for row in grad_Z]),
            sum(np.outer(x, row) for x, row in zip(X, grad_Z)),
            np.ones(len(X)) @ grad_Z,
        ),
    },
    {
        "takes a mean over the samples for grad_b": _spoiled(
            grad_b=lambda grad, u: grad / len(u)
        ),
        "divides grad_W by the number of samples": _spoiled(
            grad_W=lambda grad, u: grad / len(u)
        ),
        "returns one sum for all biases": _spoiled(grad_b=lambda grad, u: u.sum()),
        "gives each bias the sum of all": _spoiled(
            grad_b=lambda grad, u: np.full(len(grad), u.sum())
        ),
        "does not sum over the samples for grad_b": _spoiled(grad_b=lambda grad, u: u),
        "returns grad_b as (1, k)": _spoiled(grad_b=lambda grad, u: grad[None, :]),
        "forgets to transpose W where W is square": _spoiled(
            lambda grad_Z, X, W: (grad_Z, X, _transposed_if_square(W))
        ),
        "returns grad_W transposed where W is square": _spoiled(
            grad_W=lambda grad, u: _transposed_if_square(grad)
        ),
        "mixes up the gradients of the units": _spoiled(
            lambda grad_Z, X, W: (grad_Z[:, ::-1], X, W)
        ),
        "takes every upstream gradient to be 1": _spoiled(
            lambda grad_Z, X, W: (np.ones_like(grad_Z), X, W)
        ),
        "lets no negative gradient through": _spoiled(
            lambda grad_Z, X, W: (np.maximum(grad_Z, 0), X, W)
        ),
        "sums samples first and multiplies then, for grad_W": _samples_first,
        "takes a step in W before it computes grad_X": _spoiled(_after_the_step),
        "turns the sign of grad_X": _spoiled(grad_X=lambda grad, u: -grad),
        "multiplies grad_W by 0.99": _spoiled(grad_W=lambda grad, u: 0.99 * grad),
        "returns zeros of the right shapes": _spoiled(
            lambda grad_Z, X, W: (0 * grad_Z, X, W)
        ),
        "rounds grad_X to whole numbers": _spoiled(grad_X=lambda grad, u: grad.round()),
    },
    names=("linear_backward",),
)


# A whole network


def _network_backward(
    X,
    T,
    W1,
    b1,
    W2,
    b2,
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


def _at_the_prediction(q, T):
    return (-T / q + (1 - T) / (1 - q)) / len(T)


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
            np.array([[0.3, -1.2, 1e-6]]),
            np.array([[0.0]]),
            np.array([[1.7, -0.4], [0.2, -1.1], [3e5, 0.6]]),
            np.array([0.15, -0.35]),
            np.array([[0.9], [-2.3]]),
            np.array([0.05]),
        ),
        (
            np.array([[40.0, 1.0], [-35.0, 0.5], [0.1, -0.2]]),
            np.array([[0.0], [1.0], [1.0]]),
            np.array([[0.5, -0.25], [1.5, 0.75]]),
            np.array([0.2, 0.1]),
            np.array([[1.3], [-1.6]]),
            np.array([0.4]),
        ),
        # predictions of exactly 0 and 1, right and wrong, and sums near 0
        (
            np.array([[1000.0], [-1000.0], [500.0], [2e-10]]),
            np.array([[0.0], [0.0], [1.0], [1.0]]),
            np.array([[1.0, -1.0]]),
            np.zeros(2),
            np.array([[1.2], [-0.9]]),
            np.array([0.1]),
        ),
        (
            np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0], [-1.0, 0.5]]),
            np.array([[1.0], [0.0], [1.0], [0.0]]),
            _W,
            np.array([0.5, -0.5, 1.5]),
            np.array([[-1.0], [0.5], [-0.25]]),
            np.array([-1.0]),
        ),
        (
            many(12, 11),
            (many(12, 1, start=5) > 0) * 1.0,
            many(11, 13),
            many(13),
            many(13, 1),
            many(1),
        ),
    ],
    {
        "The 1/n is missing: the loss is a mean over the samples.": (
            _network(grad_Z2=lambda Z, T: sigmoid(Z) - T)
        ),
        "The sign is turned: prediction minus target.": _network(
            grad_Z2=lambda Z, T: (T - sigmoid(Z)) / len(T)
        ),
        "You subtracted the target from the logit. The prediction is its sigmoid.": _network(
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
        "At exactly 0 you let the gradient through. Here the slope at 0 is 0.": _network(
            slope=lambda Z: 1.0 * (Z >= 0)
        ),
        "You took a mean for the biases. The loss has divided by n already.": _network(
            over_samples=np.mean
        ),
        "The order is grad_W1, grad_b1, grad_W2, grad_b2.": _in_other_orders(
            _network()
        ),
        "b1 is missing in the forward pass.": lambda X, T, W1, b1, W2, b2: (
            _network_backward(X, T, W1, 0 * b1, W2, b2)
        ),
        "b2 is missing in the forward pass.": lambda X, T, W1, b1, W2, b2: (
            _network_backward(X, T, W1, b1, W2, 0 * b2)
        ),
        "The slope of the ReLU is missing: where a hidden unit was at 0, nothing goes back "
        "through it.": _network(slope=np.ones_like),
        "grad_W2 was made with Z1. What entered the second layer is what the ReLU returned.": (
            _network(below=lambda Z: Z)
        ),
        "The hidden layer got the gradient at the output. Its upstream gradient comes back "
        "through W2.": _network(back=_hidden_gets_the_output_gradient),
        "You multiplied by relu(Z1), a value. The chain rule needs the slope.": _network(
            slope=relu
        ),
        "You divided by n twice. The loss is a mean once.": (
            _network(grad_Z2=lambda Z, T: (sigmoid(Z) - T) / len(T) ** 2),
            lambda *args: _divided(_network_backward(*args), len(args[0]), (0, 2)),
        ),
        "You divided by the number of inputs. The loss is a mean over the samples.": (
            lambda X, T, *parameters: _divided(
                _network_backward(X, T, *parameters), X.shape[1] / len(X), range(4)
            )
        ),
        "That is the gradient of a squared error. The loss is the binary cross-entropy.": (
            _network(
                grad_Z2=lambda Z, T: (
                    2 * (sigmoid(Z) - T) * sigmoid_derivative(Z) / len(T)
                )
            ),
            _network(grad_Z2=lambda Z, T: 2 * (Z - T) / len(T)),
        ),
        "You start from the gradient with respect to the prediction. It has to go back through "
        "the sigmoid first.": (
            _network(grad_Z2=lambda Z, T: _at_the_prediction(sigmoid(Z), T)),
            _network(
                grad_Z2=lambda Z, T: (
                    (sigmoid(Z) - T) / (sigmoid(Z) * (1 - sigmoid(Z))) / len(T)
                )
            ),
        ),
        "The hidden layer has ReLUs. Yours applies tanh.": _network(
            hidden=tanh, below=tanh, slope=tanh_derivative
        ),
        "The hidden layer has ReLUs. Yours has no activation.": _network(
            hidden=lambda Z: Z, below=lambda Z: Z, slope=np.ones_like
        ),
        "You applied the ReLU to the gradient. On the way back its slope at Z1 decides.": (
            _network(back=lambda G2, W2: relu(G2 @ W2.T), slope=np.ones_like)
        ),
        "The loss has a sigmoid for each logit. With one logit, a softmax is always 1.": (
            _network(grad_Z2=lambda Z, T: (1 - T) / len(T))
        ),
        "The prediction is the probability, not whether it is above a half.": _network(
            grad_Z2=lambda Z, T: ((Z > 0) - T) / len(T)
        ),
        "The prediction is the sigmoid of the logit, not its tanh.": _network(
            grad_Z2=lambda Z, T: (tanh(Z) - T) / len(T)
        ),
        "Where the slope of the ReLU is 0, yours is small, but not 0.": _network(
            slope=lambda Z: np.where(Z > 0, 1, 0.01)
        ),
        "Only the targets 1 count with you. A target of 0 has a gradient, too.": _network(
            grad_Z2=lambda Z, T: T * (sigmoid(Z) - 1) / len(T)
        ),
        "You took the average error for every sample. Each sample has its own.": _network(
            grad_Z2=lambda Z, T: np.full(Z.shape, np.mean(sigmoid(Z) - T))
        ),
        "Only the size of the error counts with you. Its sign says where to go.": _network(
            grad_Z2=lambda Z, T: np.abs(sigmoid(Z) - T) / len(T)
        ),
    },
    parts=_GRADIENTS,
    names=("X", "T", "W1", "b1", "W2", "b2"),
)


# A path around


def _residual_backward(grad_Y, X, W):
    return grad_Y + _through(grad_Y, X, W), _residual_grad_W(grad_Y, X, W)


def _through(grad_Y, X, W):
    """What comes back to X through the layer."""
    return (grad_Y * relu_derivative(X @ W)) @ W.T


def _residual_grad_W(grad_Y, X, W):
    return X.T @ (grad_Y * relu_derivative(X @ W))


check_residual_backward = Check(
    "my_residual_backward",
    _residual_backward,
    [
        (np.array([[1.0]]), np.array([[3.0]]), np.array([[2.0]])),
        (np.array([[1.0, -2.0]]), np.array([[2.0, 1.0]]), _SQUARE),
        (_G[:, :2], _X, _SQUARE),
        (np.array([[3.0, -1.0]]), np.array([[-1.0, 2.0]]), _SQUARE),
        (np.array([[3.0, -1.0]]), np.array([[0.002, -1e-9]]), _SQUARE),
        (np.array([[3.0, -1.0]]), np.array([[1e-9, 2e-9]]), _SQUARE),
        (
            np.array([[0.4, -1.7, 2.2], [1e-7, 0.0, 3e4]]),
            np.array([[1.2, -0.3, 0.8], [-0.6, 2.4, -1.1]]),
            np.array([[0.7, -1.3, 0.2], [0.9, 0.4, -2.1], [-0.5, 1.6, 1.1]]),
        ),
        (_G, _G + 1.3, _G.T - 0.2),
        (many(12, 11), many(12, 11, start=7), many(11, 11)),
    ],
    {
        "The path around the layer is missing: Y changes with X directly, too.": lambda u, X, W: (
            _through(u, X, W),
            _residual_grad_W(u, X, W),
        ),
        "The path through the layer is missing in grad_X.": lambda u, X, W: (
            u.copy(),
            _residual_grad_W(u, X, W),
        ),
        "The slope of the ReLU is missing, in both gradients.": lambda u, X, W: (
            u + u @ W.T,
            X.T @ u,
        ),
        "You multiplied the contributions of the two paths. They add.": lambda u, X, W: (
            u * _through(u, X, W),
            _residual_grad_W(u, X, W),
        ),
        "You asked whether X + relu(XW) is above 0. The ReLU was applied to X @ W alone.": (
            lambda u, X, W: (
                u + (u * (X + relu(X @ W) > 0)) @ W.T,
                X.T @ (u * (X + relu(X @ W) > 0)),
            )
        ),
        "You asked whether X is above 0. The ReLU was applied to X @ W.": lambda u, X, W: (
            u + (u * (X > 0)) @ W.T,
            X.T @ (u * (X > 0)),
        ),
        "At exactly 0 you let the gradient through. Here the slope at 0 is 0.": lambda u, X, W: (
            u + (u * (X @ W >= 0)) @ W.T,
            X.T @ (u * (X @ W >= 0)),
        ),
        "You applied the slope of the ReLU to the path around the layer as well. There is no "
        "ReLU on it.": (
            lambda u, X, W: (
                u * relu_derivative(X @ W) + _through(u, X, W),
                _residual_grad_W(u, X, W),
            )
        ),
        "The transpose of W is missing in grad_X.": lambda u, X, W: (
            u + (u * relu_derivative(X @ W)) @ W,
            _residual_grad_W(u, X, W),
        ),
        "grad_W is transposed: inputs by units.": lambda u, X, W: (
            _residual_backward(u, X, W)[0],
            _residual_grad_W(u, X, W).T,
        ),
        "You added 1 for the path around the layer. That is its local derivative; the upstream "
        "gradient is missing.": lambda u, X, W: (
            1 + _through(u, X, W),
            _residual_grad_W(u, X, W),
        ),
        "You applied the slope of the ReLU to grad_X after W. It belongs to X @ W, so on the "
        "way back it comes before W.": lambda u, X, W: (
            u + (u @ W.T) * relu_derivative(X @ W),
            _residual_grad_W(u, X, W),
        ),
        "The slope of the ReLU is missing in grad_W.": lambda u, X, W: (
            _residual_backward(u, X, W)[0],
            X.T @ u,
        ),
        "The slope of the ReLU is missing in grad_X.": lambda u, X, W: (
            u + u @ W.T,
            _residual_grad_W(u, X, W),
        ),
        "X was added to grad_X. Its gradient along the path around the layer is asked for, "
        "not its value.": lambda u, X, W: (
            X + _through(u, X, W),
            _residual_grad_W(u, X, W),
        ),
        "The order is grad_X, grad_W.": lambda u, X, W: _residual_backward(u, X, W)[
            ::-1
        ],
        "W is missing in grad_X: the path through the layer goes back through it.": (
            lambda u, X, W: (
                u + u * relu_derivative(X @ W),
                _residual_grad_W(u, X, W),
            )
        ),
        "You multiplied by relu(X @ W), a value. The chain rule needs the slope.": (
            lambda u, X, W: (
                u + (u * relu(X @ W)) @ W.T,
                X.T @ (u * relu(X @ W)),
            )
        ),
        "You applied the ReLU to the gradient. On the way back its slope at X @ W decides.": (
            lambda u, X, W: (u + relu(u @ W.T), _residual_grad_W(u, X, W)),
            lambda u, X, W: (u + relu(u) @ W.T, X.T @ relu(u)),
            lambda u, X, W: (u + relu(u) @ W.T, _residual_grad_W(u, X, W)),
        ),
        "The upstream gradient is missing on the path through the layer, in grad_X.": (
            lambda u, X, W: (
                u + relu_derivative(X @ W) @ W.T,
                _residual_grad_W(u, X, W),
            )
        ),
        "The upstream gradient is missing in grad_W.": lambda u, X, W: (
            _residual_backward(u, X, W)[0],
            X.T @ relu_derivative(X @ W),
        ),
        "The path around the layer has no weights: it brings nothing to grad_W.": (
            lambda u, X, W: (
                _residual_backward(u, X, W)[0],
                X.T @ (u + u * relu_derivative(X @ W)),
            ),
            lambda u, X, W: (
                _residual_backward(u, X, W)[0],
                _residual_grad_W(u, X, W) + 1,
            ),
        ),
        "You divided grad_W by the number of samples. A loss that is a mean has put its 1/n "
        "into grad_Y already.": lambda u, X, W: (
            _residual_backward(u, X, W)[0],
            _residual_grad_W(u, X, W) / len(X),
        ),
        "The upstream gradient on the path around the layer is there twice.": (
            lambda u, X, W: (
                2 * u + _through(u, X, W),
                _residual_grad_W(u, X, W),
            )
        ),
        "You subtracted the contributions of the two paths. They add.": lambda u, X, W: (
            u - _through(u, X, W),
            _residual_grad_W(u, X, W),
        ),
        "You took the contributions where X @ W is not positive. There the ReLU passes "
        "nothing.": lambda u, X, W: (
            u + (u * (X @ W < 0)) @ W.T,
            X.T @ (u * (X @ W < 0)),
        ),
    },
    parts=("grad_X", "grad_W"),
)
