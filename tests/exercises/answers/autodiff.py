"""Answers to the exercises on automatic differentiation, as learners write them."""

import numpy as np

from dlbasics.autodiff import Node, relu

# check_gradients


def gradients_by_the_engine(x, y, z):
    nodes = [Node(v) for v in (x, y, z)]
    a, b, c = nodes
    ((a + b) * (c + relu(b - c))).backward()
    return np.array([float(node.grad) for node in nodes])


def gradients_by_cases(x, y, z):
    if y > z:
        return np.array([y, x + 2 * y, 0.0])
    return np.array([z, z, x + y])


def gradients_overwritten(x, y, z):
    grad = {"x": max(y, z), "y": max(y, z), "z": 0.0}
    if y > z:
        grad["y"] = x + y
    else:
        grad["z"] = x + y
    return np.array([grad["x"], grad["y"], grad["z"]])


def gradients_to_both(x, y, z):
    s, m = x + y, max(y, z)
    return np.array([m, m + s, s])


def gradients_not_swapped(x, y, z):
    s, m = x + y, max(y, z)
    return np.array([s, s + (m if y > z else 0), m if z > y else 0])


def gradients_local(x, y, z):
    return np.array([1.0, 2.0, 0.0]) if y > z else np.array([1.0, 1.0, 1.0])


# check_tanh_local


def tanh_by_loop(value, upstream):
    result = np.empty_like(value)
    for i in np.ndindex(value.shape):
        result[i] = upstream[i] - upstream[i] * value[i] * value[i]
    return result


# check_sum_to


def sum_to_by_shape(gradient, shape):
    padded = (1,) * (2 - len(shape)) + shape
    axes = tuple(i for i in range(2) if padded[i] == 1)
    return gradient.sum(axis=axes, keepdims=True).reshape(shape)


def sum_to_with_ones(gradient, shape):
    n, k = gradient.shape
    if shape == (n, k):
        return gradient
    if shape == (n, 1):
        return gradient @ np.ones((k, 1))
    if shape == (1, 1):
        return np.array([[gradient.sum()]])
    return (np.ones(n) @ gradient).reshape(shape)


def sum_to_leading(gradient, shape):
    extra = gradient.ndim - len(shape)
    return gradient.sum(axis=tuple(range(extra)))


def sum_to_ones(gradient, shape):
    axes = tuple(i for i in range(len(shape)) if shape[i] == 1)
    return gradient.sum(axis=axes, keepdims=True)


def mean_to(gradient, shape):
    padded = (1,) * (2 - len(shape)) + shape
    axes = tuple(i for i in range(2) if padded[i] == 1)
    return gradient.mean(axis=axes, keepdims=True).reshape(shape)


# check_shares_backward


def shares_by_jacobian(x, upstream):
    s = x.sum()
    jacobian = np.eye(len(x)) / s - np.outer(x, np.ones(len(x))) / s**2
    return upstream @ jacobian


def shares_by_the_engine(x, upstream):
    node = Node(x)
    (node / node.sum() * upstream).sum().backward()
    return node.grad


def shares_wrong_side(x, upstream):
    s = x.sum()
    jacobian = np.eye(len(x)) / s - np.outer(x, np.ones(len(x))) / s**2
    return jacobian @ upstream


# check_walk


def walk_with_dictionary(tape):
    arrived = {len(tape) - 1: 1.0}
    for i in range(len(tape) - 1, -1, -1):
        for parent, local in tape[i]:
            arrived[parent] = arrived.get(parent, 0.0) + arrived.get(i, 0.0) * local
    return np.array([arrived.get(i, 0.0) for i in range(len(tape))])


def walk_by_paths(tape):
    grads = np.zeros(len(tape))

    def send(i, upstream):
        grads[i] += upstream
        for parent, local in tape[i]:
            send(parent, upstream * local)

    send(len(tape) - 1, 1.0)
    return grads


def walk_overwriting(tape):
    grads = np.zeros(len(tape))
    grads[-1] = 1
    for i in range(len(tape))[::-1]:
        for parent, local in tape[i]:
            grads[parent] = local * grads[i]
    return grads


def walk_with_duals(tape):
    slopes = []
    for i, step in enumerate(tape):
        slopes.append(
            float(i == 0) + sum(slopes[parent] * local for parent, local in step)
        )
    return np.array(slopes)


def walk_unseeded(tape):
    grads = np.zeros(len(tape))
    for i in range(len(tape))[::-1]:
        for parent, local in tape[i]:
            grads[parent] += local * grads[i]
    return grads


def walk_all_ones(tape):
    grads = np.ones(len(tape))
    for i in range(len(tape))[::-1]:
        for parent, local in tape[i]:
            grads[parent] += local * grads[i]
    return grads


def walk_forward(tape):
    grads = np.zeros(len(tape))
    grads[-1] = 1
    for i, parents in enumerate(tape):
        for parent, local in parents:
            grads[parent] += local * grads[i]
    return grads


def walk_local(tape):
    grads = np.zeros(len(tape))
    grads[-1] = 1
    for parents in tape:
        for parent, local in parents:
            grads[parent] += local
    return grads


# check_slope


def slope_with_duals(coefficients, x):
    pair = np.zeros(2)
    for c in reversed(list(coefficients)):
        pair = np.array([pair[0] * x, pair[0] * 1 + pair[1] * x])
        pair = pair + np.array([c, 0.0])
    return pair


def slope_with_numpy(coefficients, x):
    p = np.polynomial.Polynomial(coefficients)
    return np.array([p(x), p.deriv()(x)])


def slope_too_late(coefficients, x):
    v, s = 0.0, 0.0
    for c in coefficients[::-1]:
        v = v * x + c
        s = s * x + v
    return np.array([v, s])


def slope_without_old_slope(coefficients, x):
    v, s = 0.0, 0.0
    for c in coefficients[::-1]:
        s = v
        v = v * x + c
    return np.array([v, s])


def slope_without_value(coefficients, x):
    v, s = 0.0, 0.0
    for c in coefficients[::-1]:
        s = s * x
        v = v * x + c
    return np.array([v, s])


def slope_moving_coefficients(coefficients, x):
    v, s = 0.0, 0.0
    for c in coefficients[::-1]:
        s = s * x + v + 1
        v = v * x + c
    return np.array([v, s])


def slope_front_first(coefficients, x):
    return slope_with_duals(coefficients[::-1], x)


RIGHT = {
    "check_gradients": [gradients_by_the_engine, gradients_by_cases],
    "check_tanh_local": [
        tanh_by_loop,
        lambda value, upstream: upstream * (1 - value) * (1 + value),
    ],
    "check_sum_to": [sum_to_by_shape, sum_to_with_ones],
    "check_shares_backward": [shares_by_jacobian, shares_by_the_engine],
    "check_walk": [walk_with_dictionary, walk_by_paths],
    "check_slope": [slope_with_duals, slope_with_numpy],
}

WRONG = {
    "check_gradients": {
        "only what comes back through the maximum": gradients_overwritten,
        "only what comes back through the sum": lambda x, y, z: np.array(
            [max(y, z), max(y, z), x + y if z > y else 0]
        ),
        "to the larger input only": gradients_to_both,
        "yours get their own": gradients_not_swapped,
        "Those are local derivatives": gradients_local,
        "at the point that is drawn": lambda x, y, z: np.array([2.0, 5.0, 0.0]),
        "only where y is the larger": lambda x, y, z: np.array([y, x + 2 * y, 0]),
    },
    "check_tanh_local": {
        "a second tanh": lambda value, upstream: upstream * (1 - np.tanh(value) ** 2),
        "the local derivative alone": lambda value, upstream: 1 - np.square(value),
        "You add upstream and local": lambda value, upstream: (1 - value**2) + upstream,
        "1 minus the *square*": lambda value, upstream: upstream - upstream * value,
        "slope of the sigmoid": lambda value, upstream: (
            upstream * (value - value * value)
        ),
        "minus the right answer": lambda value, upstream: (
            upstream * value**2 - upstream
        ),
    },
    "check_sum_to": {
        "but not those of size 1": sum_to_leading,
        "but not those that were added in front": sum_to_ones,
        "you take the mean": mean_to,
        "You sum the rows always": lambda gradient, shape: np.sum(gradient, 0),
        "You sum everything": lambda gradient, shape: np.sum(gradient),
        "as it came": lambda gradient, shape: gradient.copy(),
        "has no axis in front": lambda gradient, shape: sum_to_by_shape(
            gradient, (1, *shape) if len(shape) == 1 else shape
        ),
    },
    "check_shares_backward": {
        "You treat s as a constant": lambda x, upstream: upstream / x.sum(),
        "from the wrong side": shares_wrong_side,
        "lacks a square": lambda x, upstream: (
            upstream / x.sum() - upstream @ x / x.sum()
        ),
        "The sign of the second term": lambda x, upstream: (
            upstream / x.sum() + upstream @ x / x.sum() ** 2
        ),
        "only the diagonal": lambda x, upstream: (
            upstream * (x.sum() - x) / x.sum() ** 2
        ),
        "the backward pass of the softmax": lambda x, upstream: (
            x / x.sum() * (upstream - upstream @ (x / x.sum()))
        ),
    },
    "check_walk": {
        "You set a gradient where you have to add": walk_overwriting,
        "The walk starts at the loss": walk_unseeded,
        "Only the last step starts with 1": walk_all_ones,
        "Do you walk forward": walk_forward,
        "Do you walk forward, or return": lambda tape: np.array(
            [
                sum(local for i, local in tape[-1] if i == step)
                for step in range(len(tape) - 1)
            ]
            + [1.0]
        ),
        "how each step moves with step 0": walk_with_duals,
        "what arrives at the step, upstream, is missing": walk_local,
        "The order is turned": lambda tape: np.flip(walk_by_paths(tape)),
    },
    "check_slope": {
        "from *before* the step": slope_too_late,
        "with the slope so far, times x, is missing": slope_without_old_slope,
        "The one with the value is missing": slope_without_value,
        "their slope is 0": slope_moving_coefficients,
        "yours begins with c₀": slope_front_first,
        "The value comes first": lambda c, x: slope_with_duals(c, x)[::-1],
    },
}
