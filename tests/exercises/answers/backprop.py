"""Answers to the exercises on backpropagation, as learners write them."""

import numpy as np

from dlbasics.activations import relu, relu_derivative, sigmoid, tanh
from dlbasics.layers import Activation, Linear, Sequential
from dlbasics.losses import binary_cross_entropy_gradient

# check_relu_backward


def relu_one_by_one(grad_A, Z):
    result = np.zeros_like(grad_A)
    for at in np.ndindex(Z.shape):
        if Z[at] > 0:
            result[at] = grad_A[at]
    return result


def relu_with_a_copy(grad_A, Z):
    grad_Z = grad_A.copy()
    grad_Z[Z <= 0] = 0
    return grad_Z


def relu_without_a_copy(grad_A, Z):
    grad_Z = grad_A
    grad_Z[Z <= 0] = 0
    return grad_Z


# check_linear_backward


def linear_index_by_index(grad_Z, X, W):
    grad_X, grad_W, grad_b = np.zeros_like(X), np.zeros_like(W), np.zeros(W.shape[1])
    for n in range(len(X)):
        for k in range(W.shape[1]):
            grad_b[k] += grad_Z[n, k]
            for j in range(W.shape[0]):
                grad_W[j, k] += X[n, j] * grad_Z[n, k]
                grad_X[n, j] += grad_Z[n, k] * W[j, k]
    return grad_X, grad_W, grad_b


def linear_with_the_layer(grad_Z, X, W):
    layer = Linear(W, np.zeros(W.shape[1]))
    layer.forward(X)
    return [layer.backward(grad_Z), layer.grad_W, layer.grad_b]


# check_mended_backward


def mended_with_layers(grad_Z2, X, Z1, W2):
    second = Linear(W2, np.zeros(W2.shape[1]))
    hidden = Activation(tanh, lambda Z: 1 / np.cosh(Z) ** 2)
    second.forward(hidden.forward(Z1))
    grad_Z1 = hidden.backward(second.backward(grad_Z2))
    return X.T @ grad_Z1, np.ones(len(X)) @ grad_Z1, second.grad_W, second.grad_b


def as_it_was(grad_Z2, X, Z1, W2):
    A1 = np.tanh(Z1)
    grad_W2 = Z1.T @ grad_Z2
    grad_b2 = grad_Z2.mean(axis=0)
    grad_A1 = grad_Z2 @ W2.T
    grad_Z1 = grad_A1 * (1 - Z1**2)
    assert A1.shape == grad_Z1.shape
    return X.T @ grad_Z1, np.sum(grad_Z1, axis=0), grad_W2, grad_b2


def mended(slope, below, total):
    def backward(grad_Z2, X, Z1, W2):
        grad_Z1 = (grad_Z2 @ W2.T) * slope(Z1)
        return (
            X.T @ grad_Z1,
            np.sum(grad_Z1, axis=0),
            below(Z1).T @ grad_Z2,
            total(grad_Z2, axis=0),
        )

    return backward


def right_slope(Z1):
    return 1 - np.tanh(Z1) ** 2


def wrong_slope(Z1):
    return 1 - Z1 * Z1


def as_it_is(Z1):
    return Z1


def means_everywhere(grad_Z2, X, Z1, W2):
    grad_Z1 = (grad_Z2 @ W2.T) * right_slope(Z1)
    means = np.mean(grad_Z1, axis=0), np.mean(grad_Z2, axis=0)
    return X.T @ grad_Z1, means[0], np.tanh(Z1).T @ grad_Z2, means[1]


# check_network_gradients


def network_with_layers(X, T, W1, b1, W2, b2):
    net = Sequential(Linear(W1, b1), Activation(relu, relu_derivative), Linear(W2, b2))
    net.backward(binary_cross_entropy_gradient(net.forward(X), T))
    return tuple(net.gradients())


def network_sample_by_sample(X, T, W1, b1, W2, b2):
    totals = [np.zeros_like(p) for p in (W1, b1, W2, b2)]
    for x, t in zip(X, T):
        z1 = x @ W1 + b1
        a1 = np.maximum(z1, 0)
        g2 = (1 / (1 + np.exp(-(a1 @ W2 + b2))) - t) / len(X)
        g1 = (W2 @ g2) * (z1 > 0)
        for total, part in zip(
            totals, [np.outer(x, g1), g1, np.outer(a1, g2), g2], strict=True
        ):
            total += part
    return tuple(totals)


def network_written_wrong(
    output=lambda q, Z2, T: (q - T) / T.shape[0],
    hidden=lambda g2, W2, Z1: (g2 @ W2.T) * (Z1 > 0),
    received=lambda Z1, A1: A1,
):
    def gradients(X, T, W1, b1, W2, b2):
        Z1 = np.dot(X, W1) + b1
        A1 = np.maximum(0, Z1)
        Z2 = np.dot(A1, W2) + b2
        g2 = output(sigmoid(Z2), Z2, T)
        g1 = hidden(g2, W2, Z1)
        return (
            np.dot(X.T, g1),
            np.sum(g1, axis=0),
            np.dot(received(Z1, A1).T, g2),
            np.sum(g2, axis=0),
        )

    return gradients


def network_with_sigmoids(X, T, W1, b1, W2, b2):
    hidden = Activation(sigmoid, slope_of_the_sigmoid)
    net = Sequential(Linear(W1, b1), hidden, Linear(W2, b2))
    net.backward(binary_cross_entropy_gradient(net.forward(X), T))
    return tuple(net.gradients())


def slope_of_the_sigmoid(Z):
    return np.exp(-Z) / (1 + np.exp(-Z)) ** 2


# check_residual_backward


def residual_with_layers(grad_Y, X, W):
    inner = Sequential(
        Linear(W, np.zeros(W.shape[1])), Activation(relu, relu_derivative)
    )
    inner.forward(X)
    return grad_Y + inner.backward(grad_Y), inner.gradients()[0]


def residual_by_hand(grad_Y, X, W):
    mask = np.where(np.dot(X, W) > 0, 1.0, 0.0)
    return np.dot(grad_Y * mask, W.T) + grad_Y, np.dot(X.T, grad_Y * mask)


def residual(change):
    """A right answer, spoiled: `change` gets the gradient, the mask, and both parts."""

    def backward(grad_Y, X, W):
        mask = np.dot(X, W) > 0
        return change(grad_Y, X, W, mask)

    return backward


RIGHT = {
    "check_relu_backward": [relu_one_by_one, relu_with_a_copy],
    "check_linear_backward": [linear_index_by_index, linear_with_the_layer],
    "check_mended_backward": [
        mended_with_layers,
        mended(right_slope, np.tanh, np.sum),
    ],
    "check_network_gradients": [network_with_layers, network_sample_by_sample],
    "check_residual_backward": [residual_with_layers, residual_by_hand],
}

WRONG = {
    "check_relu_backward": {
        "At exactly 0": lambda grad_A, Z: np.where(Z < 0, 0, grad_A),
        "sign of the gradient": lambda grad_A, Z: np.maximum(grad_A, 0),
        "the slope alone": lambda grad_A, Z: (Z > 0).astype(float),
        "relu(Z), the value": lambda grad_A, Z: grad_A * np.maximum(Z, 0),
        "multiplied by Z": lambda grad_A, Z: np.multiply(Z, grad_A),
        "the sigmoid's slope": lambda grad_A, Z: grad_A * slope_of_the_sigmoid(Z),
        "the other way round": lambda grad_A, Z: np.where(Z > 0, 0, grad_A),
        "`np.sign` is -1": lambda grad_A, Z: np.sign(Z) * grad_A,
        "Work on `grad_A.copy()`": relu_without_a_copy,
        "Nothing is stopped": lambda grad_A, Z: 1 * grad_A,
    },
    "check_linear_backward": {
        "an axis too many": lambda g, X, W: (
            g @ W.T,
            X.T @ g,
            np.sum(g, axis=0, keepdims=True),
        ),
        "over the units": lambda g, X, W: (g @ W.T, X.T @ g, np.sum(g, axis=1)),
        "over everything": lambda g, X, W: (g @ W.T, X.T @ g, np.sum(g)),
        "took the mean for the bias": lambda g, X, W: (
            np.dot(g, W.T),
            np.dot(X.T, g),
            np.mean(g, axis=0),
        ),
        "The bias was added in every sample": lambda g, X, W: (
            g @ W.T,
            X.T @ g,
            g * 1,
        ),
        "a layer only passes on": lambda g, X, W: (
            g @ W.T,
            X.T @ g / X.shape[0],
            np.sum(g, axis=0) / X.shape[0],
        ),
        "grad_W is turned round": lambda g, X, W: (
            g @ W.T,
            (X.T @ g).T,
            np.sum(g, axis=0),
        ),
        "The transpose of W is missing": lambda g, X, W: (
            np.matmul(g, W),
            np.matmul(X.T, g),
            np.sum(g, axis=0),
        ),
        "The transpose of X is missing": lambda g, X, W: (
            np.matmul(g, W.T),
            np.matmul(X, g),
            np.sum(g, axis=0),
        ),
        "grad_X and grad_W are swapped": lambda g, X, W: (
            X.T @ g,
            g @ W.T,
            np.sum(g, axis=0),
        ),
        "what is passed on comes first": lambda g, X, W: (
            X.T @ g,
            np.sum(g, axis=0),
            g @ W.T,
        ),
        "That is grad_X alone": lambda g, X, W: np.dot(g, W.T),
    },
    "check_mended_backward": {
        "the three slips as they were": as_it_was,
        "One slip is left, in grad_W2": mended(right_slope, as_it_is, np.sum),
        "One slip is left, in the slope": mended(wrong_slope, np.tanh, np.sum),
        "One slip is left, in grad_b2": mended(right_slope, np.tanh, np.mean),
        "grad_W2 is right now": mended(wrong_slope, np.tanh, np.mean),
        "the last bias is right now": mended(wrong_slope, as_it_is, np.sum),
        "the slope is right now": mended(right_slope, as_it_is, np.mean),
        "the mean for grad_b1, too": means_everywhere,
        "You took tanh twice": mended(
            lambda Z1: right_slope(np.tanh(Z1)), np.tanh, np.sum
        ),
    },
    "check_network_gradients": {
        "only the hidden layer has a ReLU": network_written_wrong(
            lambda q, Z2, T: (sigmoid(np.maximum(Z2, 0)) - T) / len(T)
        ),
        "the chapter's network": network_with_sigmoids,
        "The order is grad_W1, grad_b1": lambda *args: (
            network_with_layers(*args)[2:] + network_with_layers(*args)[:2]
        ),
        "At exactly 0": network_written_wrong(
            hidden=lambda g2, W2, Z1: np.where(Z1 < 0, 0, g2 @ W2.T)
        ),
        "The 1/n is in q - t already": lambda *args: tuple(
            g / len(args[1]) if g.ndim == 1 else g for g in network_with_layers(*args)
        ),
        "The first bias is missing": lambda X, T, W1, b1, W2, b2: network_with_layers(
            X, T, W1, np.zeros(len(b1)), W2, b2
        ),
        "The mean is missing": network_written_wrong(lambda q, Z2, T: q - T),
        "The sign is turned": network_written_wrong(lambda q, Z2, T: (T - q) / len(T)),
        "from the logit": network_written_wrong(lambda q, Z2, T: (Z2 - T) / len(T)),
        "q (1 - q) as well": network_written_wrong(
            lambda q, Z2, T: (q - T) * q * (1 - q) / len(T)
        ),
        "There ReLU was applied": network_written_wrong(
            hidden=lambda g2, W2, Z1: (g2 @ W2.T) * slope_of_the_sigmoid(Z1)
        ),
        "The slope of the ReLU is missing": network_written_wrong(
            hidden=lambda g2, W2, Z1: g2 @ W2.T
        ),
        "made with Z1": network_written_wrong(received=lambda Z1, A1: Z1),
        "comes back through W2": network_written_wrong(
            hidden=lambda g2, W2, Z1: g2 * (Z1 > 0)
        ),
        "multiply the gradient by (Z1 > 0)": network_written_wrong(
            hidden=lambda g2, W2, Z1: (g2 @ W2.T) * np.maximum(Z1, 0)
        ),
        "divided by n twice": network_written_wrong(
            lambda q, Z2, T: (q - T) / len(T) / len(T)
        ),
    },
    "check_residual_backward": {
        "You asked whether X is above 0": lambda g, X, W: (
            g + np.where(X > 0, g, 0) @ W.T,
            X.T @ np.where(X > 0, g, 0),
        ),
        "At exactly 0": lambda g, X, W: (
            g + np.where(X @ W < 0, 0, g) @ W.T,
            X.T @ np.where(X @ W < 0, 0, g),
        ),
        "The path around the layer is missing": residual(
            lambda g, X, W, mask: ((g * mask) @ W.T, X.T @ (g * mask))
        ),
        "The path through the layer is missing": residual(
            lambda g, X, W, mask: (g, X.T @ (g * mask))
        ),
        "The slope of the ReLU is missing": residual(
            lambda g, X, W, mask: (g + g @ W.T, X.T @ g)
        ),
        "You multiplied the two paths": residual(
            lambda g, X, W, mask: (g * ((g * mask) @ W.T), X.T @ (g * mask))
        ),
        "The ReLU saw only X @ W": residual(
            lambda g, X, W, mask: (
                g + (g * (X + X @ W * mask > 0)) @ W.T,
                X.T @ (g * (X + X @ W * mask > 0)),
            )
        ),
        "That one meets no ReLU": residual(
            lambda g, X, W, mask: (g * mask + (g * mask) @ W.T, X.T @ (g * mask))
        ),
        "The transpose of W is missing": residual(
            lambda g, X, W, mask: (g + (g * mask) @ W, X.T @ (g * mask))
        ),
        "grad_W is turned round": residual(
            lambda g, X, W, mask: (g + (g * mask) @ W.T, (g * mask).T @ X)
        ),
        "1 was added where grad_Y belongs": residual(
            lambda g, X, W, mask: ((g * mask) @ W.T + 1, X.T @ (g * mask))
        ),
    },
}
