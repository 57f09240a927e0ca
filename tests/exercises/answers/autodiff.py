"""Answers to the exercises on automatic differentiation, as learners write them."""

import functools
import math

import numpy as np

from dlbasics.autodiff import Node, relu
from dlbasics.gradcheck import check_gradient, numerical_gradient

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


def gradients_by_steps(x, y, z):
    s, m = x + y, max([y, z])
    grad = dict.fromkeys("xyz", 0.0)
    ds, dm = 1.0 * m, 1.0 * s
    grad["x"] += ds
    grad["y"] += ds
    grad["y" if y == m else "z"] += dm
    return np.array(list(grad.values()))


def gradients_with_where(x, y, z):
    m = np.maximum(y, z)
    route = np.where([y > z, y < z], 1.0, 0.0)
    return np.array([m, m, 0.0]) + (x + y) * np.array([0.0, *route])


def gradients_overwritten(x, y, z):
    grad = {"x": max(y, z), "y": max(y, z), "z": 0.0}
    if y > z:
        grad["y"] = x + y
    else:
        grad["z"] = x + y
    return np.array([grad["x"], grad["y"], grad["z"]])


def gradients_through_the_maximum(x, y, z):
    dm = x + y
    return np.array([max(y, z), dm if y > z else 0.0, 0.0 if y > z else dm])


def gradients_to_both(x, y, z):
    s, m = x + y, max(y, z)
    return np.array([m, m + s, s])


def gradients_halved(x, y, z):
    s, m = x + y, max(y, z)
    return np.array([m, m + 0.5 * s, 0.5 * s])


def gradients_to_the_smaller(x, y, z):
    s, m = x + y, max(y, z)
    return np.array([m, m, s]) if y > z else np.array([m, m + s, 0.0])


def gradients_not_swapped(x, y, z):
    s, m = x + y, max(y, z)
    return np.array([s, s + (m if y > z else 0), m if z > y else 0])


def gradients_with_min(x, y, z):
    m = min(y, z)
    return np.array([m, m + (x + y if y > z else 0), x + y if z > y else 0])


def gradients_local(x, y, z):
    return np.array([1.0, 2.0, 0.0]) if y > z else np.array([1.0, 1.0, 1.0])


def gradients_multiplied(x, y, z):
    m = max(y, z)
    return np.array([m, m * (x + y), 0.0]) if y > z else np.array([m, 0.0, x + y])


# check_sum_to


def sum_to_by_shape(gradient, shape):
    padded = (1,) * (2 - len(shape)) + shape
    axes = tuple(i for i in range(2) if padded[i] == 1)
    return gradient.sum(axis=axes, keepdims=True).reshape(shape)


def sum_to_with_ones(gradient, shape):
    n, k = gradient.shape
    if shape == (n, 1):
        return gradient @ np.ones((k, 1))
    if shape == (n, k):
        return gradient
    if shape in [(1, 1), (1,)]:
        return np.full(shape, gradient.sum())
    return (np.ones(n) @ gradient).reshape(shape)


def sum_to_by_loops(gradient, shape):
    result = np.zeros(shape)
    for i, row in enumerate(gradient):
        for j, value in enumerate(row):
            place = (i, j)[2 - len(shape) :]
            result[tuple(min(p, s - 1) for p, s in zip(place, shape))] += value
    return result


def sum_to_by_einsum(gradient, shape):
    if len(shape) == 1:
        return np.einsum("ij->j", gradient).reshape(shape[0], -1).sum(axis=1)
    rows = gradient if shape[0] > 1 else np.einsum("ij->j", gradient)[None]
    return rows if shape[1] > 1 else rows.sum(axis=1)[:, None]


def sum_to_by_the_engine(gradient, shape):
    parameter = Node(np.zeros(shape))
    ((parameter + np.zeros(gradient.shape)) * gradient).sum().backward()
    return parameter.grad


def sum_to_leading(gradient, shape):
    extra = gradient.ndim - len(shape)
    return gradient.sum(axis=tuple(range(extra)))


def sum_to_ones(gradient, shape):
    axes = tuple(i for i in range(len(shape)) if shape[i] == 1)
    return gradient.sum(axis=axes, keepdims=True)


def reduced(function):
    def answer(gradient, shape):
        padded = (1,) * (2 - len(shape)) + shape
        axes = tuple(i for i in range(2) if padded[i] == 1)
        return function(gradient, axis=axes, keepdims=True).reshape(shape)

    return answer


def sum_to_keeps_the_first(gradient, shape):
    if len(shape) == 1:
        return gradient[0]
    return gradient[: shape[0], : shape[1]]


def sum_to_by_sizes(gradient, shape):
    axes = [i for i in (0, 1) if gradient.shape[i] not in shape]
    return np.sum(gradient, axis=tuple(axes)).reshape(shape)


def sum_to_columns(gradient, shape):
    if len(shape) == 1:
        return gradient.sum(axis=1)
    return sum_to_by_shape(gradient, shape)


def sum_to_first_rows_then_reshape(gradient, shape):
    return gradient.sum(axis=0).reshape(shape)


def sum_to_bias_only(gradient, shape):
    return gradient.sum(axis=0, keepdims=True)


def sum_to_without_equal(gradient, shape):
    return gradient if gradient.shape == shape else np.full(shape, gradient.sum())


# check_shares_backward


def shares_by_jacobian(x, upstream):
    s = x.sum()
    jacobian = np.eye(len(x)) / s - np.outer(x, np.ones(len(x))) / s**2
    return upstream @ jacobian


def shares_by_the_engine(x, upstream):
    node = Node(x)
    (node / node.sum() * upstream).sum().backward()
    return node.grad


def shares_by_loops(x, upstream):
    s, k = sum(x), len(x)
    result = np.zeros(k)
    for i in range(k):
        for j in range(k):
            result[i] += upstream[j] * ((i == j) / s - x[j] / s**2)
    return result


def shares_by_shares(x, upstream):
    q = x / np.sum(x)
    return (upstream - q @ upstream) / np.sum(x)


def shares_wrong_side(x, upstream):
    s = x.sum()
    jacobian = np.eye(len(x)) / s - np.outer(x, np.ones(len(x))) / s**2
    return jacobian @ upstream


def shares_diagonal(x, upstream):
    s = math.fsum(x)
    return np.array([u * (s - v) / s**2 for u, v in zip(upstream, x)])


def shares_no_square(x, upstream):
    q = x / x.sum()
    return upstream / x.sum() - upstream @ q


def shares_of_columns(x, upstream):
    s = x.sum()
    return np.sum(np.eye(len(x)) / s - np.outer(x, np.ones(len(x))) / s**2, axis=0)


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


def walk_by_a_matrix(tape):
    n = len(tape)
    local = np.zeros((n, n))
    for i, step in enumerate(tape):
        for parent, slope in step:
            local[i, parent] += slope
    return np.linalg.solve((np.eye(n) - local).T, np.eye(n)[-1])


def walk_asking_the_users(tape):
    @functools.cache
    def gradient(step):
        if step == len(tape) - 1:
            return 1.0
        users = [(i, s) for i, pairs in enumerate(tape) for p, s in pairs if p == step]
        return sum((gradient(i) * slope for i, slope in users), 0.0)

    return np.array([gradient(step) for step in range(len(tape))])


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


def walk_unweighted(tape):
    grads = [0.0] * (len(tape) - 1) + [1.0]
    for i in range(len(tape) - 1, -1, -1):
        for parent, _ in tape[i]:
            grads[parent] += grads[i]
    return np.array(grads)


def walk_adding(tape):
    grads = np.zeros(len(tape))
    grads[-1] = 1
    for i in reversed(range(len(tape))):
        for parent, local in tape[i]:
            grads[parent] += grads[i] + local
    return grads


def walk_breadth_first(tape):
    grads = np.zeros(len(tape))
    grads[-1] = 1
    queue, seen = [len(tape) - 1], {len(tape) - 1}
    while queue:
        i = queue.pop(0)
        for parent, local in tape[i]:
            grads[parent] += grads[i] * local
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)
    return grads


def walk_depth_first(tape):
    grads = np.zeros(len(tape))
    grads[-1] = 1
    stack, done = [len(tape) - 1], set()
    while stack:
        i = stack.pop()
        if i in done:
            continue
        done.add(i)
        for parent, local in tape[i]:
            grads[parent] += grads[i] * local
            stack.append(parent)
    return grads


def walk_sending_all(tape):
    grads = np.zeros(len(tape))
    grads[-1] = 1

    def send(i):
        for parent, local in tape[i]:
            grads[parent] += local * grads[i]
            send(parent)

    send(len(tape) - 1)
    return grads


def walk_as_in_micrograd(tape):
    grads = np.zeros(len(tape))
    grads[-1] = 1

    def send(i):
        for parent, local in tape[i]:
            grads[parent] += local * grads[i]
        for parent, _ in tape[i]:
            send(parent)

    send(len(tape) - 1)
    return grads


def walk_with_dict_of_parents(tape):
    return walk_by_paths([list(dict(pairs).items()) for pairs in tape])


def walk_emptying(tape):
    grads = np.zeros(len(tape))
    grads[-1] = 1
    for i in reversed(range(len(tape))):
        while tape[i]:
            parent, local = tape[i].pop()
            grads[parent] += grads[i] * local
    return grads


def walk_last_only(tape):
    return np.array(
        [
            sum(local for i, local in tape[-1] if i == step)
            for step in range(len(tape) - 1)
        ]
        + [1.0]
    )


# check_length_test


def length_test_by_formula(length_backward):
    x, u = np.array([3.0, -4.0, 12.0]), -2.0
    return bool(np.allclose(length_backward(x, u), u * x / 13))


def length_test_by_check_gradient(length_backward):
    rng = np.random.default_rng(0)
    for size in [1, 2, 5]:
        for _ in range(4):
            check_gradient(np.linalg.norm, length_backward, rng.normal(size=size), rng)
    return True


def length_test_by_numbers(length_backward):
    x = np.array([0.3, -1.7, 2.2])
    for u in [1.0, -0.5]:
        expected = u * numerical_gradient(lambda v: math.hypot(*v), x)
        if not np.allclose(length_backward(x, u), expected, atol=1e-6):
            return False
    return True


def length_test_by_assertions(length_backward):
    np.testing.assert_allclose(length_backward(np.array([3.0, -4.0]), 5.0), [3, -4])
    np.testing.assert_allclose(length_backward(np.array([0, 0, -2.0]), -7.0), [0, 0, 7])
    np.testing.assert_allclose(length_backward(np.array([2, -1, 2.0]), 3.0), [2, -1, 2])
    return True


def length_test_at_length_1(length_backward):
    x = np.array([0.6, -0.8])
    return np.allclose(length_backward(x, 2.0), 2.0 * x)


def length_test_upstream_1(length_backward):
    return np.allclose(
        length_backward(np.array([3.0, -4.0, 12.0]), 1.0) * 13, [3, -4, 12]
    )


def length_test_positive_x(length_backward):
    return np.allclose(
        length_backward(np.array([3.0, 4.0, 12.0]), -2.0) * 13, [-6, -8, -24]
    )


def length_test_two_elements(length_backward):
    return np.allclose(length_backward(np.array([3.0, -4.0]), -2.0), [-1.2, 1.6])


def length_test_one_element(length_backward):
    return bool(length_backward(np.array([-5.0]), -2.0)[0] == 2.0)


def length_test_positive_upstream(length_backward):
    got = length_backward(np.array([3.0, -4.0, 12.0]), 2.0)
    return np.allclose(got, np.array([6.0, -8.0, 24.0]) / 13)


def length_test_of_shape(length_backward):
    return length_backward(np.ones(3), 1.0).shape == (3,)


def length_test_of_size(length_backward):
    got = length_backward(np.array([3.0, -4.0, 12.0]), 2.0)
    return bool(np.isclose(np.linalg.norm(got), 2.0))


def length_test_array(length_backward):
    x = np.array([3.0, -4.0, 12.0])
    return np.isclose(length_backward(x, 2.0), 2 * x / 13)


def length_test_exact(length_backward):
    x, u = np.array([0.1, -0.2, 0.7]), 0.3
    return bool((length_backward(x, u) == u * (x / np.sqrt((x**2).sum()))).all())


def length_test_buggy_itself(length_backward):
    x = np.array([3.0, -4.0])
    return np.allclose(length_backward(x, 1.0), x)


def length_test_print(length_backward):
    print(length_backward(np.array([3.0, -4.0]), 1.0))


def length_test_one_seed(length_backward):
    rng = np.random.default_rng(1)
    x = np.abs(rng.normal(size=4))
    try:
        check_gradient(np.linalg.norm, length_backward, x, rng)
    except AssertionError:
        return False
    return True


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


def slope_first(coefficients, x):
    v, s, i = 0.0, 0.0, len(coefficients)
    while i:
        i -= 1
        s = s * x + v
        v = v * x + coefficients[i]
    return np.array([v, s])


class Dual:
    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        slope = self.slope * other.value + self.value * other.slope
        return Dual(self.value * other.value, slope)


def slope_with_a_class(coefficients, x):
    total, point = Dual(0.0), Dual(x, 1.0)
    for c in np.flip(coefficients):
        total = total * point + Dual(c)
    return np.array([total.value, total.slope])


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


def slope_starting_at_1(coefficients, x):
    v, s = 0.0, 1.0
    for c in coefficients[::-1]:
        v, s = v * x + c, s * x + v
    return np.array([v, s])


def slope_starting_with_value_1(coefficients, x):
    pair = (1.0, 0.0)
    for c in coefficients[::-1]:
        pair = (pair[0] * x + c, pair[1] * x + pair[0])
    return np.array(pair)


def slope_adding_first(coefficients, x):
    v, s = 0.0, 0.0
    for c in coefficients[::-1]:
        v, s = v + c, s + 0.0
        v, s = v * x, s * x + v
    return np.array([v, s])


def slope_not_multiplied(coefficients, x):
    v, s = 0.0, 0.0
    for c in coefficients[::-1]:
        s += v
        v = v * x + c
    return np.array([v, s])


def slope_by_difference(coefficients, x):
    def f(t):
        return sum(c * t**i for i, c in enumerate(coefficients))

    return np.array([f(x), (f(x + 1e-3) - f(x)) / 1e-3])


def shares_by_softmax_of_x(x, upstream):
    q = np.exp(x - x.max()) / np.exp(x - x.max()).sum()
    return q * upstream - q * (q @ upstream)


def walk_without_the_last(tape):
    gradients = np.zeros(len(tape))
    gradients[-1] = 1
    for i in range(len(tape) - 2, -1, -1):
        for parent, local in tape[i]:
            gradients[parent] += gradients[i] * local
    return gradients


def walk_to_the_first_parent(tape):
    gradients = np.zeros(len(tape))
    gradients[-1] = 1
    for i in reversed(range(len(tape))):
        if tape[i]:
            parent, local = tape[i][0]
            gradients[parent] += gradients[i] * local
    return gradients


def walk_from_all_ends(tape):
    used = {parent for step in tape for parent, _ in step}
    gradients = np.array([0.0 if i in used else 1.0 for i in range(len(tape))])
    for i in reversed(range(len(tape))):
        for parent, local in tape[i]:
            gradients[parent] += gradients[i] * local
    return gradients


def walk_with_a_queue(tape):
    gradients = np.zeros(len(tape))
    gradients[-1] = 1
    queue = [len(tape) - 1]
    while queue:
        i = queue.pop(0)
        for parent, local in tape[i]:
            gradients[parent] += gradients[i] * local
            queue.append(parent)
    return gradients


def horner(coefficients, x, of_slope):
    value = slope = 0.0
    for c in reversed(coefficients):
        value, slope = value * x + c, of_slope(value, slope, c)
    return np.array([value, slope])


def sums_of_elements_agree(length_backward):
    for x in [np.array([3.0, 4.0]), np.array([1.0, -2.0, 2.0, 5.0])]:
        for upstream in (1.0, -2.5):
            gradient = length_backward(x, upstream)
            if not np.isclose(gradient.sum(), upstream * x.sum() / np.sqrt(x @ x)):
                return False
    return True


RIGHT = {
    "check_gradients": [
        gradients_by_the_engine,
        gradients_by_cases,
        gradients_by_steps,
        gradients_with_where,
    ],
    "check_sum_to": [
        sum_to_by_shape,
        sum_to_with_ones,
        sum_to_by_loops,
        sum_to_by_einsum,
        sum_to_by_the_engine,
        reduced(np.sum),
    ],
    "check_shares_backward": [
        shares_by_jacobian,
        shares_by_the_engine,
        shares_by_loops,
        shares_by_shares,
    ],
    "check_walk": [
        walk_with_dictionary,
        walk_by_paths,
        walk_by_a_matrix,
        walk_asking_the_users,
    ],
    "check_length_test": [
        length_test_by_formula,
        length_test_by_check_gradient,
        length_test_by_numbers,
        length_test_by_assertions,
    ],
    "check_slope": [
        slope_with_duals,
        slope_with_numpy,
        slope_first,
        slope_with_a_class,
    ],
}

WRONG = {
    "check_gradients": {
        "You send 1": lambda x, y, z: np.array(
            [max(y, z), max(y, z) + (y > z), float(z > y)]
        ),
        "routes by comparing with 0": lambda x, y, z: np.array(
            [max(y, z), max(y, z) + (x + y) * (y > 0), (x + y) * (z > 0)]
        ),
        "only what comes back through the maximum": gradients_overwritten,
        "y takes two paths, and you kept": gradients_through_the_maximum,
        "only what comes back through the sum": lambda x, y, z: np.array(
            [max(y, z), max(y, z), x + y if z > y else 0]
        ),
        "the smaller input gets nothing": gradients_to_both,
        "A maximum routes": gradients_halved,
        "to the smaller input": gradients_to_the_smaller,
        "Yours get their own": gradients_not_swapped,
        "You send the smaller": gradients_with_min,
        "Those are local derivatives": gradients_local,
        "you multiply them": gradients_multiplied,
        "at the point that is drawn": lambda x, y, z: np.array([2.0, 5.0, 0.0]),
        "wherever y is the larger": lambda x, y, z: np.array([y, x + 2 * y, 0]),
        "wherever z is the larger": lambda x, y, z: np.array([z, z, y + x]),
        "in another order": lambda x, y, z: np.flip(gradients_by_cases(x, y, z)),
        "`np.array(...)` makes an array of a list": lambda x, y, z: list(
            gradients_by_cases(x, y, z)
        ),
    },
    "check_sum_to": {
        "You sum over the columns, whatever": lambda gradient, shape: np.sum(
            gradient, axis=1, keepdims=True
        ),
        "the first numbers of the gradient": lambda gradient, shape: np.resize(
            gradient, shape
        ),
        "but not those of size 1": sum_to_leading,
        "but not the one that was added in front": sum_to_ones,
        "You take the *mean*": reduced(np.mean),
        "You keep one of its gradients": sum_to_keeps_the_first,
        "You take the largest": reduced(np.max),
        "You sum over the rows, whatever": lambda gradient, shape: np.sum(gradient, 0),
        "You sum over the rows": sum_to_bias_only,
        "sum over the rows, whatever the shape": sum_to_first_rows_then_reshape,
        "You sum over everything": lambda gradient, shape: np.sum(gradient),
        "nothing has been summed": lambda gradient, shape: gradient.copy(),
        "has one axis, and its gradient has two": lambda gradient, shape: (
            sum_to_by_shape(gradient, (1, *shape) if len(shape) == 1 else shape)
        ),
        "an axis of size 1 is lost": lambda gradient, shape: np.squeeze(
            sum_to_by_shape(gradient, shape)
        ),
        "You find the axes by their sizes": sum_to_by_sizes,
        "as if (k,) were (k, 1)": sum_to_columns,
        "makes an array of a list": lambda gradient, shape: sum_to_by_shape(
            gradient, shape
        ).tolist(),
    },
    "check_shares_backward": {
        "backward pass of softmax(x)": shares_by_softmax_of_x,
        "divide by the mean of the counts": lambda x, upstream: (
            (upstream - upstream @ x / x.sum()) / x.mean()
        ),
        "A small number is added to s": lambda x, upstream: (
            (upstream - upstream @ x / (x.sum() + 1e-8)) / (x.sum() + 1e-8)
        ),
        "You treat s as a constant": lambda x, upstream: upstream / x.sum(),
        "from the wrong side": shares_wrong_side,
        "too large by a factor s": shares_no_square,
        "do shares grow or fall?": lambda x, upstream: (
            upstream / x.sum() + upstream @ x / x.sum() ** 2
        ),
        "minus the right answer": lambda x, upstream: (
            np.sum(upstream * x) / np.sum(x) ** 2 - upstream / np.sum(x)
        ),
        "only the diagonal": shares_diagonal,
        "One path is missing": lambda x, upstream: np.array(
            [-(upstream @ x) / x.sum() ** 2 for _ in x]
        ),
        "the backward pass of a softmax": lambda x, upstream: (
            x / x.sum() * (upstream - upstream @ (x / x.sum()))
        ),
        "shares times upstream": lambda x, upstream: upstream * (x / x.sum()),
        "every output counts alike": lambda x, upstream: (
            upstream / x.sum() - upstream.sum() / x.sum() ** 2
        ),
        "shares are taken of `upstream`": lambda x, upstream: shares_by_shares(
            upstream, x
        ),
        "as it would be if all shares counted alike": lambda x, upstream: 0 * x,
        "makes an array of a list": lambda x, upstream: list(
            shares_by_loops(x, upstream)
        ),
        "`x` is different after the call": lambda x, upstream: (
            shares_by_loops(x, upstream) + 0 * x.__itruediv__(x.sum())
        ),
    },
    "check_walk": {
        "begins one step too late": walk_without_the_last,
        "Only the first parent": walk_to_the_first_parent,
        "that no other uses starts with 1": walk_from_all_ends,
        "sends *all* that it has, so": walk_with_a_queue,
        "You set a gradient where you have to add": walk_overwriting,
        "Nothing is ever sent here": walk_unseeded,
        "Every step starts with 1": walk_all_ones,
        "Does your walk go forward": walk_forward,
        "or return inside the loop?": walk_last_only,
        "how each step changes with step 0": walk_with_duals,
        "what has arrived at the step, is missing": walk_local,
        "the local derivative is missing": walk_unweighted,
        "you add them": walk_adding,
        "in the order in which you first meet them": walk_breadth_first,
        "some send before everything has arrived": walk_depth_first,
        "so what arrived first is sent twice": walk_sending_all,
        "a second time sends *all*": walk_as_in_micrograd,
        "only one of the two counts": walk_with_dict_of_parents,
        "the order is turned": lambda tape: np.flip(walk_by_paths(tape)),
        "the leaves came back": lambda tape: np.array(
            [g for g, pairs in zip(walk_by_paths(tape), tape) if not pairs]
        ),
        "step 0 alone came back": lambda tape: float(walk_by_paths(tape)[0]),
        "`tape` is different after the call": walk_emptying,
    },
    "check_length_test": {
        "returns the elements in the opposite order": sums_of_elements_agree,
        "does not divide by the length": length_test_at_length_1,
        "ignores upstream": length_test_upstream_1,
        "drops the signs of x": length_test_positive_x,
        "first two elements only": length_test_two_elements,
        "takes the length": length_test_one_element,
        "drops the sign of upstream": length_test_positive_upstream,
        "catches 0 of 13": length_test_of_shape,
        "drops the sign": length_test_of_size,
        "give one answer for a whole array": length_test_array,
        "`np.allclose` allow for it": length_test_exact,
        "rejects a right implementation": length_test_buggy_itself,
        "Is a `return` missing?": length_test_print,
        "divides by the largest element": lambda length_backward: bool(
            length_backward(np.array([-2.0]), 3.0)[0] == -3.0
        ),
        "never calls the function": lambda length_backward: True,
        "signs of x": length_test_one_seed,
    },
    "check_slope": {
        "the coefficient is added to it": lambda coefficients, x: horner(
            coefficients, x, lambda v, s, c: s * x + c
        ),
        "is multiplied by x in its product rule": lambda coefficients, x: horner(
            coefficients, x, lambda v, s, c: s * x + v * x
        ),
        "slope has the wrong sign": lambda coefficients, x: horner(
            coefficients, x, lambda v, s, c: s * x - v
        ),
        "twice the right one": lambda coefficients, x: horner(
            coefficients, x, lambda v, s, c: s * x + 2 * v
        ),
        "the value from after the step": slope_too_late,
        "loses the slope so far": slope_without_old_slope,
        "or does not multiply it by x": slope_not_multiplied,
        "loses the value so far": slope_without_value,
        "the slope of a constant?": slope_moving_coefficients,
        "has the slope 1": slope_starting_at_1,
        "the start is the number 1": slope_starting_with_value_1,
        "That is x times the polynomial": slope_adding_first,
        "yours begins with c₀": slope_front_first,
        "the value comes first": lambda c, x: slope_with_duals(c, x)[::-1],
        "Only the slope came back": lambda c, x: slope_with_numpy(c, x)[1],
        "Only the value came back": lambda c, x: float(np.polyval(c[::-1], x)),
        "make a tuple": lambda c, x: tuple(slope_first(c, x)),
        "what is its own slope?": lambda c, x: np.array(
            [np.polyval(c[::-1], x), 0.0 * x]
        ),
    },
}


def slope_by_differences(coefficients, x):
    value = np.polynomial.Polynomial(coefficients)
    return np.array([value(x), (value(x + 1e-5) - value(x - 1e-5)) / 2e-5])


def length_test_within_a_tenth(length_backward):
    x = np.array([1.0, -2.0, 3.0])
    right = -2.5 * x / np.linalg.norm(x)
    return np.allclose(length_backward(x, -2.5), right, rtol=0.1)


REFUSED = {
    "check_gradients": [
        lambda x, y, z: np.round(gradients_by_cases(x, y, z), 1),
        lambda x, y, z: np.array([x, y, z]),
        lambda x, y, z: np.abs(gradients_by_cases(x, y, z)),
        lambda x, y, z: gradients_by_cases(x, y, z) * [1, 1, x != 0],
    ],
    "check_sum_to": [
        sum_to_without_equal,
        lambda gradient, shape: np.round(sum_to_by_shape(gradient, shape), 2),
        lambda gradient, shape: (
            sum_to_by_shape(gradient[:3], shape)
            if len(shape) == 1
            else sum_to_by_shape(gradient, shape)
        ),
    ],
    "check_shares_backward": [
        lambda x, upstream: np.round(shares_by_loops(x, upstream), 3),
        lambda x, upstream: shares_of_columns(x, upstream),
        lambda x, upstream: np.squeeze(shares_by_loops(x, upstream)),
        lambda x, upstream: upstream - upstream @ x / x.sum(),
        lambda x, u: (u - u @ x / (x.sum() + 1e-12)) / (x.sum() + 1e-12),
    ],
    "check_walk": [
        lambda tape: np.round(walk_by_paths(tape), 1),
        lambda tape: np.abs(walk_by_paths(tape)),
        lambda tape: np.minimum(walk_by_paths(tape), 10),
    ],
    "check_length_test": [
        lambda length_backward: False,
        lambda length_backward: length_backward(np.array([3.0, 4.0]), 1.0) is not None,
        lambda length_backward: length_backward([3.0, -4.0], 5.0)[0] > 0,
        length_test_within_a_tenth,
    ],
    "check_slope": [
        slope_by_difference,
        lambda c, x: np.round(slope_first(c, x), 2),
        lambda c, x: np.abs(slope_first(c, x)),
        slope_by_differences,
    ],
}
