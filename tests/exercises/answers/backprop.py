"""Answers to the exercises on backpropagation, as learners write them."""

import math

import numpy as np

from dlbasics.activations import relu, relu_derivative, sigmoid, tanh
from dlbasics.gradcheck import numerical_gradient
from dlbasics.layers import Activation, Linear, Sequential
from dlbasics.losses import binary_cross_entropy_gradient

# check_columns_backward


def columns_with_a_layer(grad_Z, X, W):
    layer = Linear(W.T, np.zeros(len(W)))
    layer.forward(X.T)
    grad_X = layer.backward(grad_Z.T).T
    return grad_X, layer.grad_W.T, layer.grad_b.reshape(-1, 1)


def columns_index_by_index(grad_Z, X, W):
    k, d = W.shape
    grad_X, grad_W, grad_b = np.zeros_like(X), np.zeros_like(W), np.zeros((k, 1))
    for i in range(X.shape[1]):
        for j in range(k):
            grad_b[j, 0] += grad_Z[j, i]
            for m in range(d):
                grad_W[j, m] += grad_Z[j, i] * X[m, i]
                grad_X[m, i] += grad_Z[j, i] * W[j, m]
    return grad_X, grad_W, grad_b


def columns_sample_by_sample(grad_Z, X, W):
    grad_W = sum(np.outer(g, x) for g, x in zip(grad_Z.T, X.T))
    grad_X = np.column_stack([W.T @ g for g in grad_Z.T])
    return [grad_X, grad_W, np.array([[sum(row)] for row in grad_Z])]


def columns_with_einsum(grad_Z, X, W):
    grad_b = np.dot(grad_Z, np.ones((grad_Z.shape[1], 1)))
    return np.einsum("kd,kn->dn", W, grad_Z), np.einsum("kn,dn->kd", grad_Z, X), grad_b


def columns(grad_X=None, grad_W=None, grad_b=None):
    """A right answer with one of its lines written differently."""

    def backward(grad_Z, X, W):
        parts = list(columns_with_einsum(grad_Z, X, W))
        for i, change in enumerate((grad_X, grad_W, grad_b)):
            if change is not None:
                parts[i] = change(grad_Z, X, W)
        return tuple(parts)

    return backward


def columns_in_place(grad_Z, X, W):
    grad_Z /= X.shape[1]
    return W.T @ grad_Z, grad_Z @ X.T, grad_Z.sum(axis=1, keepdims=True)


# check_prelu_backward


def prelu_one_by_one(grad_A, Z, slopes):
    n, k = Z.shape
    grad_Z, grad_slopes = np.zeros((n, k)), np.zeros(k)
    for i in range(n):
        for j in range(k):
            if Z[i, j] > 0:
                grad_Z[i, j] = grad_A[i, j]
            else:
                grad_Z[i, j] = grad_A[i, j] * slopes[j]
                grad_slopes[j] += grad_A[i, j] * Z[i, j]
    return grad_Z, grad_slopes


def prelu_with_a_mask(grad_A, Z, slopes):
    positive = Z > 0
    grad_Z = grad_A * positive + grad_A * slopes * ~positive
    return grad_Z, (grad_A * Z * ~positive).sum(axis=0)


def prelu_with_a_copy(grad_A, Z, slopes):
    grad_Z = grad_A.copy()
    rows, units = np.nonzero(Z <= 0)
    grad_Z[rows, units] *= slopes[units]
    below = np.where(Z > 0, 0, Z)
    return grad_Z, np.array(
        [np.dot(grad_A[:, j], below[:, j]) for j in range(len(slopes))]
    )


def prelu_by_einsum(grad_A, Z, slopes):
    local = np.where(Z > 0, np.ones_like(Z), np.tile(slopes, (len(Z), 1)))
    return local * grad_A, np.einsum("nk,nk->k", grad_A, Z - relu(Z))


def prelu_without_a_copy(grad_A, Z, slopes):
    grad_slopes = (grad_A * np.minimum(Z, 0)).sum(axis=0)
    grad_A *= np.where(Z > 0, 1, slopes)
    return grad_A, grad_slopes


def prelu_loop_that_overwrites(grad_A, Z, slopes):
    grad_Z, grad_slopes = grad_A.copy(), np.zeros(len(slopes))
    for i, j in np.ndindex(Z.shape):
        if Z[i, j] <= 0:
            grad_Z[i, j] *= slopes[j]
            grad_slopes[j] = grad_A[i, j] * Z[i, j]
    return grad_Z, grad_slopes


def prelu(grad_Z=None, grad_slopes=None):
    def backward(grad_A, Z, slopes):
        parts = prelu_with_a_mask(grad_A, Z, slopes)
        first = parts[0] if grad_Z is None else grad_Z(grad_A, Z, slopes)
        second = parts[1] if grad_slopes is None else grad_slopes(grad_A, Z, slopes)
        return first, second

    return backward


# check_fixed_backward


def fixed_with_layers(grad_Z2, X, Z1, W2):
    second = Linear(W2, np.zeros(W2.shape[1]))
    hidden = Activation(tanh, lambda Z: 1 / np.cosh(Z) ** 2)
    second.forward(hidden.forward(Z1))
    grad_Z1 = hidden.backward(second.backward(grad_Z2))
    return X.T @ grad_Z1, np.ones(len(X)) @ grad_Z1, second.grad_W, second.grad_b


def fixed_step_by_step(grad_Z2, X, Z1, W2):
    A1 = np.tanh(Z1)
    grad_W2 = np.dot(A1.T, grad_Z2)
    grad_b2 = np.sum(grad_Z2, 0)
    grad_A1 = np.dot(grad_Z2, W2.T)
    grad_Z1 = grad_A1 - grad_A1 * A1 * A1
    grad_W1 = np.dot(X.T, grad_Z1)
    return grad_W1, np.sum(grad_Z1, 0), grad_W2, grad_b2


def fixed_in_loops(grad_Z2, X, Z1, W2):
    h, k = W2.shape
    grad_W1, grad_b1 = np.zeros((X.shape[1], h)), np.zeros(h)
    grad_W2, grad_b2 = np.zeros((h, k)), np.zeros(k)
    for x, z, upstream in zip(X, Z1, grad_Z2):
        grad_b2 += upstream
        for j in range(h):
            a = math.tanh(z[j])
            grad_W2[j] += a * upstream
            local = (1 - a * a) * sum(upstream[m] * W2[j, m] for m in range(k))
            grad_b1[j] += local
            grad_W1[:, j] += x * local
    return [grad_W1, grad_b1, grad_W2, grad_b2]


def as_it_was(grad_Z2, X, Z1, W2):
    A1 = np.tanh(Z1)
    grad_W2 = Z1.T @ grad_Z2
    grad_b2 = grad_Z2.mean(axis=0)
    grad_A1 = grad_Z2 @ W2.T
    grad_Z1 = grad_A1 * (1 - Z1**2)
    assert A1.shape == grad_Z1.shape
    return X.T @ grad_Z1, np.sum(grad_Z1, axis=0), grad_W2, grad_b2


def fixed(slope, below, total):
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


def mean_first(grad_Z2, X, Z1, W2):
    grad_W1, grad_b1, grad_W2, grad_b2 = fixed_step_by_step(grad_Z2, X, Z1, W2)
    return grad_W1, grad_b1 / len(X), grad_W2, grad_b2


def biases_as_rows(grad_Z2, X, Z1, W2):
    grad_W1, grad_b1, grad_W2, grad_b2 = fixed_step_by_step(grad_Z2, X, Z1, W2)
    return grad_W1, grad_b1[None], grad_W2, grad_b2[None]


def first_layer_with_A1(grad_Z2, X, Z1, W2):
    A1 = np.tanh(Z1)
    grad_A1 = grad_Z2 @ W2.T
    return X.T @ grad_A1, grad_A1.sum(0), A1.T @ grad_Z2, grad_Z2.sum(0)


# check_backward_test


def example(n, d, k, seed=1):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, k)), rng.normal(size=(n, d)), rng.normal(size=(d, k))


def backward_test_with_numerical_gradients(linear_backward):
    b = np.zeros(3)
    for d in (2, 3):
        u, X, W = example(3, d, 3)
        expected = [
            numerical_gradient(lambda X, W=W, u=u: np.sum(u * (X @ W + b)), X),
            numerical_gradient(lambda W, X=X, u=u: np.sum(u * (X @ W + b)), W),
            numerical_gradient(lambda b, X=X, W=W, u=u: np.sum(u * (X @ W + b)), b),
        ]
        got = linear_backward(u, X, W)
        for e, g in zip(expected, got):
            if np.shape(e) != np.shape(g) or not np.allclose(e, g, atol=1e-6):
                return False
    return True


def backward_test_with_the_layer(linear_backward):
    for shape in [(4, 2, 3), (3, 3, 3)]:
        u, X, W = example(*shape, seed=2)
        layer = Linear(W, np.ones(shape[2]))
        layer.forward(X)
        grad_X, grad_W, grad_b = linear_backward(u, X, W)
        assert grad_X.shape == X.shape and grad_W.shape == W.shape
        assert np.shape(grad_b) == (shape[2],)
        np.testing.assert_allclose(grad_X, layer.backward(u))
        np.testing.assert_allclose(grad_W, layer.grad_W)
        np.testing.assert_allclose(grad_b, layer.grad_b)
    return True


def backward_test_by_hand(linear_backward):
    u = np.array([[1.0, -2.0], [0.5, 3.0]])
    X = np.array([[2.0, 1.0], [-1.0, 4.0]])
    W = np.array([[0.3, 1.0], [2.0, -0.7]])
    grad_X, grad_W, grad_b = linear_backward(u, X, W)
    return (
        np.shape(grad_b) == (2,)
        and bool(np.allclose(grad_X, [[-1.7, 3.4], [3.15, -1.1]]))
        and bool(np.allclose(grad_W, [[1.5, -7.0], [3.0, 10.0]]))
        and bool(np.allclose(grad_b, [1.5, 1.0]))
    )


def products(u, X, W):
    return u @ W.T, X.T @ u, u.sum(axis=0)


def agrees(linear_backward, u, X, W, shapes=True):
    pairs = list(zip(linear_backward(u, X, W), products(u, X, W)))
    fits = all(np.shape(g) == np.shape(e) for g, e in pairs) or not shapes
    return bool(fits and all(np.allclose(g, e) for g, e in pairs))


def backward_test_with_random_arrays(linear_backward):
    return all(agrees(linear_backward, *example(3, 3, 3, seed)) for seed in range(5))


def backward_test_of_shapes(linear_backward):
    u, X, W = example(4, 2, 3)
    grad_X, grad_W, grad_b = linear_backward(u, X, W)
    return grad_X.shape == X.shape and grad_W.shape == W.shape and grad_b.shape == (3,)


def backward_test_with_ones(linear_backward):
    _, X, W = example(3, 3, 3)
    return agrees(linear_backward, np.ones((3, 3)), X, W)


def backward_test_of_one_sample(linear_backward):
    return agrees(linear_backward, *example(1, 3, 3))


def backward_test_of_oblong_arrays(linear_backward):
    return agrees(linear_backward, *example(4, 2, 3))


def backward_test_that_forgets_the_shapes(linear_backward):
    return agrees(linear_backward, *example(3, 3, 3), shapes=False)


def backward_test_of_grad_X_alone(linear_backward):
    u, X, W = example(3, 3, 3)
    return bool(np.allclose(linear_backward(u, X, W)[0], u @ W.T))


def backward_test_of_the_parameters_alone(linear_backward):
    u, X, W = example(3, 3, 3)
    _, grad_W, grad_b = linear_backward(u, X, W)
    same = np.shape(grad_b) == (3,) and np.allclose(grad_b, u.sum(axis=0))
    return bool(same and np.allclose(grad_W, X.T @ u))


def backward_test_of_one_unit(linear_backward):
    return agrees(linear_backward, *example(3, 2, 1))


def backward_test_of_positive_gradients(linear_backward):
    u, X, W = example(3, 3, 3)
    return agrees(linear_backward, abs(u), X, W)


def backward_test_with_whole_numbers(linear_backward):
    u = np.array([[1.0, -2.0], [3.0, 4.0]])
    X = np.array([[2.0, 1.0], [-1.0, 4.0]])
    W = np.array([[1.0, 3.0], [2.0, -5.0]])
    return agrees(linear_backward, u, X, W)


def backward_test_with_equal(linear_backward):
    u, X, W = example(7, 3, 3)
    pairs = zip(linear_backward(u, X, W), products(u, X, W))
    return all(np.array_equal(g, e) for g, e in pairs)


def backward_test_without_return(linear_backward):
    assert agrees(linear_backward, *example(3, 3, 3))


def backward_test_that_returns_an_array(linear_backward):
    u, X, W = example(3, 3, 3)
    return np.isclose(linear_backward(u, X, W)[0], u @ W.T)


def backward_test_in_other_order(linear_backward):
    u, X, W = example(3, 3, 3)
    grad_W, grad_b, _ = linear_backward(u, X, W)
    return bool(np.allclose(grad_W, X.T @ u) and np.allclose(grad_b, u.sum(axis=0)))


def backward_test_that_never_calls(linear_backward):
    u, X, W = example(3, 3, 3)
    return bool(np.allclose(u @ W.T, products(u, X, W)[0]))


def backward_test_with_the_arguments_swapped(linear_backward):
    u, X, W = example(4, 2, 3)
    return bool(np.allclose(linear_backward(X, W, u)[0], u @ W.T))


def backward_test_that_expects_the_opposite(linear_backward):
    return not agrees(linear_backward, *example(3, 3, 3))


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


def network_with_lists(X, T, W1, b1, W2, b2):
    n, d, h = len(X), len(W1), len(b1)
    gW1, gb1 = [[0.0] * h for _ in range(d)], [0.0] * h
    gW2, gb2 = [[0.0] for _ in range(h)], [0.0]
    for i in range(n):
        z = [sum(X[i][m] * W1[m][j] for m in range(d)) + b1[j] for j in range(h)]
        a = [max(v, 0.0) for v in z]
        logit = sum(a[j] * W2[j][0] for j in range(h)) + b2[0]
        g = (sigmoid(logit) - T[i][0]) / n
        gb2[0] += g
        for j in range(h):
            gW2[j][0] += a[j] * g
            back = g * W2[j][0] if z[j] > 0 else 0.0
            gb1[j] += back
            for m in range(d):
                gW1[m][j] += X[i][m] * back
    return np.array(gW1), np.array(gb1), np.array(gW2), np.array(gb2)


def network_one_sigmoid_at_the_end(X, T, W1, b1, W2, b2):
    hidden = relu(X @ W1 + b1)
    error = (sigmoid(hidden @ W2 + b2) - T) * (1 / X.shape[0])
    back = np.where(hidden > 0, error @ W2.T, 0.0)
    ones = np.ones((1, len(X)))
    return X.T @ back, (ones @ back)[0], hidden.T @ error, (ones @ error)[0]


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
    return sigmoid(Z) * sigmoid(-Z)


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


def residual_row_by_row(grad_Y, X, W):
    rows, grad_W = [], np.zeros(W.shape)
    for x, upstream in zip(X, grad_Y):
        z = x @ W
        through = np.array([u if s > 0 else 0.0 for u, s in zip(upstream, z)])
        rows.append(upstream + W @ through)
        grad_W += np.outer(x, through)
    return np.array(rows), grad_W


def residual_by_indices(grad_Y, X, W):
    grad_X, grad_W = grad_Y.copy(), np.zeros_like(W)
    for i, k in np.ndindex(grad_Y.shape):
        if sum(X[i, j] * W[j, k] for j in range(len(W))) > 0:
            for j in range(len(W)):
                grad_X[i, j] += grad_Y[i, k] * W[j, k]
                grad_W[j, k] += grad_Y[i, k] * X[i, j]
    return [grad_X, grad_W]


def residual(change):
    """A right answer, spoiled: `change` gets the gradient, the mask, and both parts."""

    def backward(grad_Y, X, W):
        mask = np.dot(X, W) > 0
        return change(grad_Y, X, W, mask)

    return backward


def residual_in_place(grad_Y, X, W):
    grad_X = grad_Y
    grad_Z = grad_Y * (X @ W > 0)
    grad_X += grad_Z @ W.T
    return grad_X, X.T @ grad_Z


# what a class of learners wrote


def prelu_without_adding_up(grad_A, Z, slopes):
    grad_Z, grad_slopes = grad_A.copy(), np.zeros(slopes.shape)
    for i in range(len(Z)):
        for j in range(len(slopes)):
            if Z[i, j] <= 0:
                grad_Z[i, j] = grad_A[i, j] * slopes[j]
                grad_slopes[j] = grad_A[i, j] * Z[i, j]
    return grad_Z, grad_slopes


def fixed_with(slope, mean=False):
    def backward(grad_Z2, X, Z1, W2):
        n = len(X) if mean else 1
        grad_Z1 = (grad_Z2 @ W2.T) * slope(Z1)
        grad_W2 = np.tanh(Z1).T @ grad_Z2 / n
        return X.T @ grad_Z1 / n, grad_Z1.sum(axis=0), grad_W2, grad_Z2.sum(axis=0)

    return backward


def fixed_without_brackets(grad_Z2, X, Z1, W2):
    A1 = np.tanh(Z1)
    grad_Z1 = grad_Z2 @ W2.T * 1 - A1**2
    return X.T @ grad_Z1, grad_Z1.sum(axis=0), A1.T @ grad_Z2, grad_Z2.sum(axis=0)


def fixed_with_slope_of_the_gradient(grad_Z2, X, Z1, W2):
    grad_A1 = grad_Z2 @ W2.T
    grad_Z1 = grad_A1 * (1 - grad_A1**2)
    grad_W2 = np.tanh(Z1).T @ grad_Z2
    return X.T @ grad_Z1, grad_Z1.sum(axis=0), grad_W2, grad_Z2.sum(axis=0)


def network_from(at_the_logits):
    """The gradients from ``n`` times what this makes of prediction, logit and target."""

    def gradients(X, T, W1, b1, W2, b2):
        Z1 = X @ W1 + b1
        A1 = np.where(Z1 > 0, Z1, 0)
        z = A1 @ W2 + b2
        grad_z = at_the_logits(1 / (1 + np.exp(-z)), z, T) / len(X)
        grad_Z1 = np.where(Z1 > 0, grad_z @ W2.T, 0)
        return X.T @ grad_Z1, grad_Z1.sum(axis=0), A1.T @ grad_z, grad_z.sum(axis=0)

    return gradients


def network_with_relu_of_the_gradient(X, T, W1, b1, W2, b2):
    A1 = relu(X @ W1 + b1)
    grad_z = (sigmoid(A1 @ W2 + b2) - T) / len(X)
    grad_Z1 = relu(grad_z @ W2.T)
    return X.T @ grad_Z1, grad_Z1.sum(axis=0), A1.T @ grad_z, grad_z.sum(axis=0)


def residual_with_relu_of_the_gradient(grad_Y, X, W):
    return grad_Y + relu(grad_Y @ W.T), X.T @ (grad_Y * (X @ W > 0))


def residual_with_mask(mask):
    def backward(grad_Y, X, W):
        grad_Z = grad_Y * mask(X @ W)
        return grad_Y + grad_Z @ W.T, X.T @ grad_Z

    return backward


RIGHT = {
    "check_columns_backward": [
        columns_with_a_layer,
        columns_index_by_index,
        columns_sample_by_sample,
        columns_with_einsum,
    ],
    "check_prelu_backward": [
        prelu_one_by_one,
        prelu_with_a_mask,
        prelu_with_a_copy,
        prelu_by_einsum,
    ],
    "check_fixed_backward": [
        fixed_with_layers,
        fixed_step_by_step,
        fixed_in_loops,
        fixed(lambda Z1: 1 / np.cosh(Z1) ** 2, np.tanh, np.sum),
    ],
    "check_backward_test": [
        backward_test_with_numerical_gradients,
        backward_test_with_the_layer,
        backward_test_by_hand,
        backward_test_with_random_arrays,
    ],
    "check_network_gradients": [
        network_with_layers,
        network_sample_by_sample,
        network_with_lists,
        network_one_sigmoid_at_the_end,
    ],
    "check_residual_backward": [
        residual_with_layers,
        residual_by_hand,
        residual_row_by_row,
        residual_by_indices,
    ],
}

WRONG = {
    "check_columns_backward": {
        "The upstream gradient is missing in grad_X": lambda u, X, W: (
            W.T @ np.ones(u.shape),
            u @ X.T,
            u.sum(axis=1, keepdims=True),
        ),
        "grad_b is that of the first sample": lambda u, X, W: (
            W.T @ u,
            u @ X.T,
            u[:, [0]],
        ),
        "You divided by the number of inputs": lambda u, X, W: (
            W.T @ u,
            u @ X.T / X.shape[0],
            u.sum(axis=1, keepdims=True),
        ),
        "samples in rows": lambda grad_Z, X, W: (
            np.dot(grad_Z, W.T),
            np.dot(X.T, grad_Z),
            np.sum(grad_Z, 0),
        ),
        "has the shape of b, (k, 1)": columns(grad_b=lambda g, X, W: np.sum(g, 1)),
        "over the units": columns(grad_b=lambda g, X, W: np.sum(g, 0, keepdims=True)),
        "over everything": columns(grad_b=lambda g, X, W: g.sum()),
        "a mean for grad_b": columns(
            grad_b=lambda g, X, W: np.array([[row.mean()] for row in g])
        ),
        "is not summed": columns(grad_b=lambda g, X, W: 1 * g),
        "divided by the number of samples": lambda grad_Z, X, W: (
            W.T @ grad_Z,
            np.dot(grad_Z, X.T) / X.shape[1],
            grad_Z.sum(axis=1).reshape(-1, 1) / X.shape[1],
        ),
        "grad_W is transposed": columns(grad_W=lambda g, X, W: (g @ X.T).T),
        "The transpose of W is missing": columns(
            grad_X=lambda g, X, W: np.matmul(W, g)
        ),
        "The transpose of X is missing": columns(
            grad_W=lambda g, X, W: np.matmul(g, X)
        ),
        "are swapped": lambda g, X, W: (g @ X.T, W.T @ g, g.sum(1, keepdims=True)),
        "The order is grad_X, grad_W, grad_b": lambda g, X, W: (
            np.dot(g, X.T),
            np.dot(g, np.ones((g.shape[1], 1))),
            np.dot(W.T, g),
        ),
        "grad_X alone": lambda g, X, W: np.dot(W.T, g),
        "`grad_Z` is different after the call": columns_in_place,
    },
    "check_prelu_backward": {
        "only the last sample that counts": prelu_without_adding_up,
        "You let only positive Z count": lambda u, Z, s: (
            np.where(Z > 0, u, u * s),
            np.sum(u * Z * (Z > 0), axis=0),
        ),
        "Where Z is positive your grad_Z is 1": lambda u, Z, s: (
            np.where(Z > 0, 1, u * s),
            np.sum(u * np.minimum(Z, 0), axis=0),
        ),
        "You use one for all": lambda u, Z, s: (
            u * np.where(Z > 0, 1, s[0]),
            np.sum(u * np.minimum(Z, 0), axis=0),
        ),
        "You gave every slope the sum of all": lambda u, Z, s: (
            np.where(Z > 0, u, u * s),
            np.full(s.shape, np.sum(u * np.minimum(Z, 0))),
        ),
        "adds up what the samples bring": prelu(
            grad_slopes=lambda g, Z, s: np.where(Z > 0, 0, Z * g)
        ),
        "grad_slopes is one number": prelu(
            grad_slopes=lambda g, Z, s: (g * Z)[Z < 0].sum()
        ),
        "You took a mean": prelu(
            grad_slopes=lambda g, Z, s: np.where(Z > 0, 0, Z * g).mean(0)
        ),
        "The upstream gradient is missing in grad_slopes": prelu(
            grad_slopes=lambda g, Z, s: np.where(Z > 0, 0, Z).sum(0)
        ),
        "positive Z count": prelu(grad_slopes=lambda g, Z, s: (g * Z).sum(axis=0)),
        "the local derivative is missing": prelu(
            grad_slopes=lambda g, Z, s: np.where(Z > 0, 0, g).sum(axis=0)
        ),
        "multiplied grad_slopes by the slope": prelu(
            grad_slopes=lambda g, Z, s: s * np.where(Z > 0, 0, Z * g).sum(0)
        ),
        "The sign of grad_slopes is turned": prelu(
            grad_slopes=lambda g, Z, s: np.sum(g * np.abs(np.minimum(Z, 0)), axis=0)
        ),
        "the plain ReLU": prelu(grad_Z=lambda g, Z, s: np.where(Z > 0, g, 0)),
        "you let the whole gradient through": prelu(
            grad_Z=lambda g, Z, s: np.where(Z < 0, s * g, g)
        ),
        "your gradient is 0": prelu(
            grad_Z=lambda g, Z, s: g * (1.0 * (Z > 0) + s * (Z < 0))
        ),
        "the local derivative alone": prelu(
            grad_Z=lambda g, Z, s: (Z > 0) + s * (Z <= 0)
        ),
        "the sign of the upstream gradient": prelu(
            grad_Z=lambda g, Z, s: np.maximum(g, 0) + s * np.minimum(g, 0)
        ),
        "the activation, a value": prelu(
            grad_Z=lambda g, Z, s: g * (np.maximum(Z, 0) + s * np.minimum(Z, 0))
        ),
        "The two sides are swapped": prelu(
            grad_Z=lambda g, Z, s: np.where(Z > 0, s * g, g)
        ),
        "The order is grad_Z": lambda *args: prelu_with_a_mask(*args)[::-1],
        "grad_Z alone": lambda *args: prelu_with_a_mask(*args)[0],
        "`grad_A` is different after the call": prelu_without_a_copy,
    },
    "check_fixed_backward": {
        "The slope stands without brackets": fixed_without_brackets,
        "the square of tanh. That": fixed_with(lambda Z: np.tanh(Z) ** 2),
        "take tanh of the square": fixed_with(lambda Z: 1 - np.tanh(Z**2)),
        "You square the whole of 1 - tanh": fixed_with(lambda Z: (1 - np.tanh(Z)) ** 2),
        "The loss has done that already": fixed_with(
            lambda Z: 1 - np.tanh(Z) ** 2, True
        ),
        "The slope is taken of the gradient": fixed_with_slope_of_the_gradient,
        "the three slips as they were": as_it_was,
        "One slip is left, in grad_W2": fixed(right_slope, as_it_is, np.sum),
        "One slip is left, in the slope": fixed(wrong_slope, np.tanh, np.sum),
        "One slip is left, in grad_b2": fixed(right_slope, np.tanh, np.mean),
        "grad_W2 is right now": fixed(wrong_slope, np.tanh, np.mean),
        "grad_b2 is right now": fixed(wrong_slope, as_it_is, np.sum),
        "The slope is right now": fixed(right_slope, as_it_is, np.mean),
        "a mean for both biases": means_everywhere,
        "a mean for grad_b1": mean_first,
        "You took tanh twice": fixed(
            lambda Z1: right_slope(np.tanh(Z1)), np.tanh, np.sum
        ),
        "The slope of tanh is missing": first_layer_with_A1,
        "without the square": fixed(lambda Z1: 1 - np.tanh(Z1), np.tanh, np.sum),
        "tanh, the value": fixed(np.tanh, np.tanh, np.sum),
        "the slope of the sigmoid": fixed(slope_of_the_sigmoid, np.tanh, np.sum),
        "The order is": lambda *args: (
            fixed_step_by_step(*args)[2:] + fixed_step_by_step(*args)[:2]
        ),
    },
    "check_backward_test": {
        "takes a mean over the samples": backward_test_of_shapes,
        "takes every upstream gradient to be 1": backward_test_with_ones,
        "sums samples first": backward_test_of_one_sample,
        "forgets to transpose W where W is square": backward_test_of_oblong_arrays,
        "returns grad_b as (1, k)": backward_test_that_forgets_the_shapes,
        "divides grad_W by the number of samples": backward_test_of_grad_X_alone,
        "takes a step in W": backward_test_of_the_parameters_alone,
        "mixes up the gradients of the units": backward_test_of_one_unit,
        "lets no negative gradient through": backward_test_of_positive_gradients,
        "rounds grad_X": backward_test_with_whole_numbers,
        "`np.allclose` allow for it": backward_test_with_equal,
        "Is a `return` missing?": backward_test_without_return,
        "one answer for a whole array": backward_test_that_returns_an_array,
        "rejects a right implementation": backward_test_in_other_order,
        "never calls the function": backward_test_that_never_calls,
        "right: three products and sums": backward_test_with_the_arguments_swapped,
    },
    "check_network_gradients": {
        "That is the gradient of a squared error": network_from(
            lambda q, z, T: 2 * (q - T) * q * (1 - q)
        ),
        "go back through the sigmoid first": network_from(
            lambda q, z, T: -T / q + (1 - T) / (1 - q)
        ),
        "You divided by the number of inputs": lambda X, T, *parameters: tuple(
            grad * len(X) / X.shape[1]
            for grad in network_with_layers(X, T, *parameters)
        ),
        "You applied the ReLU to the gradient": network_with_relu_of_the_gradient,
        "Only the targets 1 count": network_from(lambda q, z, T: -T * (1 - q)),
        "not whether it is above a half": network_from(lambda q, z, T: (q > 0.5) - T),
        "Only the size of the error": network_from(lambda q, z, T: abs(q - T)),
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
        "a mean for the biases": lambda *args: tuple(
            g / len(args[1]) if g.ndim == 1 else g for g in network_with_layers(*args)
        ),
        "b1 is missing": lambda X, T, W1, b1, W2, b2: network_with_layers(
            X, T, W1, np.zeros(len(b1)), W2, b2
        ),
        "b2 is missing": lambda X, T, W1, b1, W2, b2: network_with_layers(
            X, T, W1, b1, W2, np.zeros(1)
        ),
        "The 1/n is missing": network_written_wrong(lambda q, Z2, T: q - T),
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
        "relu(Z1), a value": network_written_wrong(
            hidden=lambda g2, W2, Z1: (g2 @ W2.T) * np.maximum(Z1, 0)
        ),
        "divided by n twice": network_written_wrong(
            lambda q, Z2, T: (q - T) / len(T) / len(T)
        ),
    },
    "check_residual_backward": {
        "You applied the ReLU to the gradient": residual_with_relu_of_the_gradient,
        "You multiplied by relu(X @ W), a value": residual_with_mask(relu),
        "where X @ W is not positive": residual_with_mask(lambda Z: Z < 0),
        "W is missing in grad_X": lambda u, X, W: (
            u + u * (X @ W > 0),
            X.T @ (u * (X @ W > 0)),
        ),
        "The upstream gradient is missing on the path": lambda u, X, W: (
            u + (X @ W > 0) @ W.T,
            X.T @ (u * (X @ W > 0)),
        ),
        "it brings nothing to grad_W": lambda u, X, W: (
            u + (u * (X @ W > 0)) @ W.T,
            X.T @ (u + u * (X @ W > 0)),
        ),
        "You divided grad_W": lambda u, X, W: (
            u + (u * (X @ W > 0)) @ W.T,
            X.T @ (u * (X @ W > 0)) / X.shape[0],
        ),
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
        "is missing, in both gradients": residual(
            lambda g, X, W, mask: (g + g @ W.T, X.T @ g)
        ),
        "is missing in grad_W": residual(
            lambda g, X, W, mask: (g + (g * mask) @ W.T, X.T @ g)
        ),
        "The slope of the ReLU is missing in grad_X": residual(
            lambda g, X, W, mask: (g + g @ W.T, X.T @ (g * mask))
        ),
        "You multiplied": residual(
            lambda g, X, W, mask: (g * ((g * mask) @ W.T), X.T @ (g * mask))
        ),
        "was applied to X @ W alone": residual(
            lambda g, X, W, mask: (
                g + (g * (X + X @ W * mask > 0)) @ W.T,
                X.T @ (g * (X + X @ W * mask > 0)),
            )
        ),
        "There is no ReLU on it": residual(
            lambda g, X, W, mask: (g * mask + (g * mask) @ W.T, X.T @ (g * mask))
        ),
        "The transpose of W is missing": residual(
            lambda g, X, W, mask: (g + (g * mask) @ W, X.T @ (g * mask))
        ),
        "grad_W is transposed": residual(
            lambda g, X, W, mask: (g + (g * mask) @ W.T, (g * mask).T @ X)
        ),
        "You added 1": residual(
            lambda g, X, W, mask: ((g * mask) @ W.T + 1, X.T @ (g * mask))
        ),
        "to grad_X after W": residual(
            lambda g, X, W, mask: (g + (g @ W.T) * mask, X.T @ (g * mask))
        ),
        "X was added": residual(
            lambda g, X, W, mask: (X + (g * mask) @ W.T, X.T @ (g * mask))
        ),
        "The order is": lambda *args: residual_by_hand(*args)[::-1],
        "`grad_Y` is different after the call": residual_in_place,
    },
}

# Wrong in other ways


def backward_test_within_a_hundredth(linear_backward):
    rng = np.random.default_rng(0)
    G, X, W = rng.normal(size=(3, 3, 3)) + 2
    right = G @ W.T, X.T @ G, G.sum(axis=0)
    return all(
        np.shape(grad) == r.shape and np.allclose(grad, r, rtol=0.02)
        for grad, r in zip(linear_backward(G, X, W), right)
    )


REFUSED = {
    "check_columns_backward": [
        lambda grad_Z, X, W: (W.T @ grad_Z, grad_Z @ X.T),
        columns(grad_X=lambda g, X, W: -(W.T @ g)),
        columns(grad_W=lambda g, X, W: np.outer(g.sum(1), X.sum(1))),
        columns(grad_W=lambda g, X, W: np.outer(g[:, -1], X[:, -1])),
        columns(grad_b=lambda g, X, W: np.ones((len(W), 1))),
    ],
    "check_prelu_backward": [
        prelu_loop_that_overwrites,
        prelu(grad_slopes=lambda g, Z, s: np.where(Z > 0, 0, g * Z).sum(1)),
        prelu(grad_slopes=lambda g, Z, s: np.zeros(len(s))),
        prelu(grad_Z=lambda g, Z, s: np.where(Z > 0, g, 0.01 * g)),
        prelu(grad_Z=lambda g, Z, s: np.where(Z > 0, g, s[0] * g)),
        lambda grad_A, Z, slopes: (grad_A * slopes, grad_A * Z),
        prelu(grad_Z=lambda g, Z, s: np.where(Z > 1e-8, g, s * g)),
        prelu(grad_Z=lambda g, Z, s: np.where(Z > s * Z, g, s * g)),
    ],
    "check_fixed_backward": [
        biases_as_rows,
        fixed(lambda Z: (1 - np.tanh(Z)) ** 2, np.tanh, np.sum),
        fixed(right_slope, right_slope, np.sum),
        lambda *args: tuple(g / len(args[1]) for g in fixed_step_by_step(*args)),
        lambda *args: fixed_step_by_step(*args)[:2],
    ],
    "check_backward_test": [
        lambda linear_backward: True,
        lambda linear_backward: False,
        backward_test_that_expects_the_opposite,
        lambda linear_backward: linear_backward(1.0, 2.0, 3.0) == (3.0, 2.0, 1.0),
        backward_test_within_a_hundredth,
    ],
    "check_network_gradients": [
        lambda *args: tuple(-g for g in network_with_layers(*args)),
        lambda *args: tuple(g.round(2) for g in network_with_layers(*args)),
        network_written_wrong(lambda q, Z2, T: (q - T).mean() * np.ones_like(T)),
        network_written_wrong(lambda q, Z2, T: (q - T) / T.shape[1]),
    ],
    "check_residual_backward": [
        residual_with_mask(lambda Z: Z > 0.1),
        lambda g, X, W: (g + np.where(X @ W > 0, g, 0) @ W.T, W.T @ g),
        lambda g, X, W: (2 * g, X.T @ g),
        lambda g, X, W: residual_by_hand(g, X, W)[0],
    ],
}
