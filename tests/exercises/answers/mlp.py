"""Answers to the exercises on the multi-layer perceptron, as learners write them."""

import math

import numpy as np

from dlbasics.activations import step
from dlbasics.layers import Linear, Sequential

# check_count_parameters


def count_in_layers(widths):
    layers = []
    for i in range(1, len(widths)):
        shape = widths[i - 1 : i + 1]
        layers.append(Linear(np.zeros(shape), np.zeros(widths[i])))
    net = Sequential(*layers)
    return np.sum([p.size for p in net.parameters()])


def count_weights_only(widths):
    total = 0
    for i in range(len(widths) - 1):
        total += widths[i] * widths[i + 1]
    return total


def count_with_biases_of_the_inputs(widths):
    return count_weights_only(widths) + np.sum(widths)


def count_one_bias_a_layer(widths):
    return count_weights_only(widths) + len(widths) - 1


def count_without_the_last(widths):
    total = 0
    for i in range(len(widths) - 2):
        total += (widths[i] + 1) * widths[i + 1]
    return total


# check_collapse


def collapse_by_sending_a_basis_through(W1, b1, W2, b2):
    def both(x):
        return (x @ W1 + b1) @ W2 + b2

    d = len(W1)
    bias = both(np.zeros((1, d)))
    return np.concatenate([both(np.eye(d)) - bias, bias])


def collapse_with_ones(W1, b1, W2, b2):
    first = np.block([[W1, np.zeros((len(W1), 1))], [b1, np.ones((1, 1))]])
    return first @ np.vstack([W2, b2])


def collapse_biases_added(W1, b1, W2, b2):
    bias = b1 + b2
    return np.concatenate([W1 @ W2, bias[None, :]])


def collapse_first_bias_lost(W1, b1, W2, b2):
    return np.concatenate([np.matmul(W1, W2), b2.reshape(1, -1)])


def collapse_bias_on_top(W1, b1, W2, b2):
    return np.concatenate([(b1 @ W2 + b2)[None], W1 @ W2])


# check_relu_derivative


def slope_by_mask(z):
    slope = np.ones_like(z)
    slope[z <= 0] = 0
    return slope


def slope_one_at_the_kink(z):
    slope = np.ones_like(z)
    slope[z < 0] = 0
    return slope


def slope_by_moving_by_a_hair(z):
    h = z.dtype.type(2**-10)
    return (np.maximum(z + h, 0) - np.maximum(z - h, 0)) / (2 * h)


# check_forward


def forward_in_a_loop(X, *arrays):
    A = X
    for i in range(0, len(arrays), 2):
        Z = A @ arrays[i] + arrays[i + 1]
        A = np.where(Z > 0, Z, 0)
    return Z


def forward_sample_by_sample(X, W1, b1, W2, b2, W3, b3):
    rows = []
    for x in X:
        a = np.maximum(W1.T @ x + b1, 0)
        a = np.maximum(W2.T @ a + b2, 0)
        rows.append(W3.T @ a + b3)
    return np.array(rows)


def forward_bent_to_the_end(X, *arrays):
    for i in range(0, len(arrays), 2):
        X = np.maximum(0, X @ arrays[i] + arrays[i + 1])
    return X


def forward_without_bends(X, W1, b1, W2, b2, W3, b3):
    Y = X @ W1 + b1
    Y = Y @ W2 + b2
    return Y @ W3 + b3


def forward_bias_after_the_bend(X, W1, b1, W2, b2, W3, b3):
    A1 = np.maximum(X @ W1, 0) + b1
    A2 = np.maximum(A1 @ W2, 0) + b2
    return A2 @ W3 + b3


def forward_second_layer_unbent(X, W1, b1, W2, b2, W3, b3):
    A1 = np.maximum(X @ W1 + b1, 0)
    A2 = A1 @ W2 + b2
    return A2 @ W3 + b3


def forward_softmax(X, *arrays):
    exps = np.exp(forward_in_a_loop(X, *arrays))
    return exps / exps.sum(axis=1, keepdims=True)


# check_third_floor


def floor_network(X):
    counted = step(X @ np.ones((3, 3)) - [0.5, 1.5, 2.5])
    return step(counted @ [1, -1, 1] - 0.5)


def floor_exactly_one(X):
    return np.array([1.0 if sum(x) == 1 else 0.0 for x in X])


def floor_counting(X):
    return step(X @ np.ones((3, 3)) - [0.5, 1.5, 2.5]) @ np.ones(3)


# check_region


def region_by_minimum(X, W, b):
    return step(np.min(X @ W + b, axis=1))


def region_of_three(X, W, b):
    fired = step(X @ W + b)
    return step(fired @ np.ones(W.shape[1]) - 2.5)


RIGHT = {
    "check_count_parameters": [
        count_in_layers,
        lambda w: float(np.dot(np.array(w[:-1]) + 1, w[1:])),
    ],
    "check_collapse": [collapse_by_sending_a_basis_through, collapse_with_ones],
    "check_relu_derivative": [
        slope_by_mask,
        lambda z: np.sign(np.maximum(z, 0)),
        lambda z: np.where(z > 0, np.ones_like(z), np.zeros_like(z)),
    ],
    "check_forward": [forward_in_a_loop, forward_sample_by_sample],
    "check_third_floor": [
        floor_network,
        lambda X: np.abs(np.abs(X[:, 0] - X[:, 1]) - X[:, 2]),
    ],
    "check_region": [
        region_by_minimum,
        lambda X, W, b: np.prod(step(X @ W + b), axis=1),
    ],
}

WRONG = {
    "check_count_parameters": {
        "Those are the weights alone": count_weights_only,
        "You gave the inputs biases": count_with_biases_of_the_inputs,
        "one bias for each layer": count_one_bias_a_layer,
        "as the layer before it has": lambda w: sum(
            w[i] * (w[i + 1] + 1) for i in range(len(w) - 1)
        ),
        "The last layer is missing": count_without_the_last,
        "The first layer is missing": lambda w: count_in_layers(w[1:]),
        "You multiplied all widths": lambda w: math.prod(w),
        "Those are the units": lambda w: sum(w) - w[0],
    },
    "check_collapse": {
        "cannot be added as they are": collapse_biases_added,
        "The first bias is lost": collapse_first_bias_lost,
        "The second bias is lost": lambda W1, b1, W2, b2: np.vstack([W1, b1]) @ W2,
        "should be the last row": collapse_bias_on_top,
        "the bias is missing": lambda W1, b1, W2, b2: np.dot(W1, W2),
        "The order is turned round": lambda W1, b1, W2, b2: np.vstack(
            [W2 @ W1, b1 @ W2 + b2]
        ),
        "entry by entry": lambda W1, b1, W2, b2: np.vstack([W1 * W2, b1 @ W2 + b2]),
    },
    "check_relu_derivative": {
        "At the kink you answer 1": slope_one_at_the_kink,
        "At the kink you answer one half": slope_by_moving_by_a_hair,
        "minus the gradient": lambda z: np.sign(z),
        "0 / 0 at the kink": lambda z: np.where(z > 0, z, 0) / z,
        "You answer 1 for a negative sum": lambda z: np.where(
            np.maximum(z, 0) >= 0, np.ones_like(z), np.zeros_like(z)
        ),
        "True and False are no numbers": lambda z: np.greater(z, 0),
        "float32 should stay float32": lambda z: np.where(z > 0, 1.0, 0.0),
        "That is the ReLU itself": lambda z: z * (z > 0),
    },
    "check_forward": {
        "The last layer has no bend": forward_bent_to_the_end,
        "The bend is missing": forward_without_bends,
        "One of the hidden layers": forward_second_layer_unbent,
        "The second bias is missing": lambda X, W1, b1, W2, b2, W3, b3: (
            forward_in_a_loop(X, W1, b1, W2, np.zeros(len(b2)), W3, b3)
        ),
        "The biases are missing": lambda X, W1, b1, W2, b2, W3, b3: (
            np.maximum(np.maximum(X @ W1, 0) @ W2, 0) @ W3
        ),
        "The bias belongs inside the bend": forward_bias_after_the_bend,
        "Those are probabilities": forward_softmax,
        "the class with the highest score": lambda *args: np.argmax(
            forward_in_a_loop(*args), axis=1
        ),
        "You bend the inputs themselves": lambda X, *arrays: forward_in_a_loop(
            np.maximum(X, 0), *arrays
        ),
    },
    "check_third_floor": {
        "You have built": floor_exactly_one,
        "That is OR": lambda X: X.max(axis=1),
        "That is AND": lambda X: X.min(axis=1),
        "That is the majority": lambda X: np.median(X, axis=1),
        "the wrong way round": lambda X: (X.sum(axis=1) + 1) % 2,
        "the number of switches": floor_counting,
        "One switch has no effect": lambda X: np.abs(X[:, 0] - X[:, 1]),
        "unless all three agree": lambda X: np.ptp(X, axis=1),
        "always on": lambda X: step(X.sum(axis=1)),
    },
    "check_region": {
        "at least one unit fires": lambda X, W, b: step(X @ W + b).max(axis=1),
        "A threshold of 2.5": region_of_three,
        "The hidden units have no step": lambda X, W, b: step((X @ W + b).sum(axis=1)),
        "Nothing is inside": lambda X, W, b: np.zeros(len(X)),
        "biases of the hidden units are missing": lambda X, W, b: np.prod(
            1.0 * (X @ W >= 0), axis=1
        ),
        "falls behind as k grows": lambda X, W, b: (
            1.0 * (np.mean(X @ W + b >= 0, axis=1) >= 0.9)
        ),
        "The border belongs": lambda X, W, b: 1.0 * (np.min(X @ W + b, axis=1) > 0),
        "That is the outside": lambda X, W, b: 1 - region_by_minimum(X, W, b),
        "True and False": lambda X, W, b: (X @ W + b >= 0).all(axis=1),
    },
}
