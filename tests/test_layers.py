"""Tests of `dlbasics.layers`."""

import itertools
import re

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from dlbasics.activations import (
    identity,
    identity_derivative,
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    tanh,
    tanh_derivative,
)
from dlbasics.gradcheck import check_layer, numerical_gradient
from dlbasics.initializers import glorot_uniform, he_normal
from dlbasics.layers import Activation, Dropout, Linear, Sequential, mlp
from dlbasics.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
)

PAIRS = {
    "relu": (relu, relu_derivative),
    "leaky_relu": (leaky_relu, leaky_relu_derivative),
    "sigmoid": (sigmoid, sigmoid_derivative),
    "tanh": (tanh, tanh_derivative),
    "identity": (identity, identity_derivative),
}
AUTOGRAD = {
    "relu": lambda z: anp.maximum(z, 0),
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
}
U = np.log(3)  # σ(U) = 3/4, σ(0) = 1/2, σ(-U) = 1/4


def network(widths, activation, rng):
    """Random weights and biases, an activation between all layers, none at the end."""
    layers = []
    for d, k in itertools.pairwise(widths):
        W = rng.normal(size=(d, k)) / np.sqrt(d)
        layers += [Linear(W, rng.normal(size=k)), Activation(*PAIRS[activation])]
    return Sequential(*layers[:-1])


@st.composite
def linear_problem(draw, size=100):
    n, d, k = (draw(st.integers(1, 4)) for _ in range(3))

    def matrix(*shape):
        return draw(arrays(np.float64, shape, elements=st.floats(-size, size)))

    return matrix(n, d), matrix(d, k), matrix(k), matrix(n, k)


# Values


def test_linear_by_hand():
    layer = Linear([[1, 2, 0], [0, -1, 3]], [10, 0, -1])
    assert_array_equal(layer.forward([[1, 2], [3, 4]]), [[11, 0, 5], [13, 2, 11]])
    grad_X = layer.backward([[1, 0, 2], [0, 1, -1]])
    assert_array_equal(grad_X, [[1, 6], [2, -4]])
    assert_array_equal(layer.grad_W, [[1, 3, -1], [2, 4, 0]])
    assert_array_equal(layer.grad_b, [1, 1, 1])


def test_relu_by_hand():
    layer = Activation(relu, relu_derivative)
    assert_array_equal(layer.forward([[-2, 0, 3]]), [[0, 0, 3]])
    assert_array_equal(layer.backward([[5, 6, 7]]), [[0, 0, 7]])


def test_the_network_of_the_chapter_in_exact_fractions():
    net = Sequential(
        Linear(U * np.array([[1, 0, -1], [0, 1, -1]]), U * np.array([-1, 0, 1])),
        Activation(sigmoid, sigmoid_derivative),
        Linear(U * np.array([[1], [2], [-1]]), [-0.75 * U]),
    )
    X, T = np.array([[2, -1], [1, 1]]), np.array([[0], [1]])
    logits = net.forward(X)
    assert_allclose(logits, [[0], [U]], atol=1e-15)
    grad_X = net.backward(binary_cross_entropy_gradient(logits, T))
    expected = [
        U * np.array([[8, 18, -13], [-10, -18, 11]]) / 128,
        U * np.array([2, 6, -5]) / 128,
        [[1 / 8], [-1 / 32], [3 / 32]],
        [1 / 8],
    ]
    for got, exact in zip(net.gradients(), expected, strict=True):
        assert_allclose(got, exact, rtol=1e-14)
    # 6 + 8 = 14, 12 + 8 = 20; -4 - 3 = -7, -6 - 3 = -9
    assert_allclose(grad_X, U**2 * np.array([[14, 20], [-7, -9]]) / 128, rtol=1e-14)


def test_sequential_runs_forward_and_then_backward():
    net = Sequential(Linear([[2]], [1]), Linear([[5]], [0]))
    assert_array_equal(net.forward([[3]]), [[35]])
    assert_array_equal(net.backward([[1]]), [[10]])
    assert [g.tolist() for g in net.gradients()] == [[[15]], [5], [[7]], [1]]


def test_a_network_in_a_network_is_a_layer_like_any_other(rng):
    inner = network([3, 4, 2], "tanh", rng)
    net = Sequential(Linear(rng.normal(size=(2, 3)), np.zeros(3)), inner)
    assert len(net.parameters()) == len(net.gradients()) == 6
    assert net.parameters()[2] is inner.layers[0].W


def test_an_empty_sequence_passes_everything_through():
    net = Sequential()
    assert net.forward([[1]]) == net.backward([[1]]) == [[1]]
    assert net.parameters() == net.gradients() == []


# Properties


@given(linear_problem())
def test_the_gradient_has_the_shape_of_what_it_is_taken_by(problem):
    X, W, b, G = problem
    layer = Linear(W, b)
    assert layer.forward(X).shape == G.shape
    assert layer.backward(G).shape == X.shape
    assert layer.grad_W.shape == W.shape
    assert layer.grad_b.shape == b.shape


@given(linear_problem())
def test_gradients_add_over_the_samples(problem):
    X, W, b, G = problem
    layer = Linear(W, b)
    layer.forward(X)
    layer.backward(G)
    whole = [g.copy() for g in layer.gradients()]
    parts = [np.zeros_like(W), np.zeros_like(b)]
    for i in range(len(X)):
        layer.forward(X[i : i + 1])
        layer.backward(G[i : i + 1])
        parts = [a + b for a, b in zip(parts, layer.gradients(), strict=True)]
    for got, expected in zip(whole, parts, strict=True):
        assert_allclose(got, expected, rtol=1e-12, atol=1e-9)


@given(linear_problem())
def test_backward_is_the_transpose_of_forward(problem):
    # ⟨G, (XW)⟩ = ⟨GWᵀ, X⟩ = ⟨XᵀG, W⟩, whatever the numbers
    X, W, b, G = problem
    layer = Linear(W, np.zeros_like(b))
    inner = np.sum(G * layer.forward(X))
    grad_X = layer.backward(G)
    assert_allclose(np.sum(grad_X * X), inner, rtol=1e-9, atol=1e-6)
    assert_allclose(np.sum(layer.grad_W * W), inner, rtol=1e-9, atol=1e-6)


@given(arrays(np.float64, (2, 3), elements=st.floats(-100, 100)))
def test_relu_lets_the_gradient_through_where_it_let_the_value_through(Z):
    layer = Activation(relu, relu_derivative)
    passed = layer.forward(Z) > 0
    assert_array_equal(layer.backward(np.ones((2, 3))), passed)


def test_parameters_are_the_arrays_themselves(rng):
    net = network([2, 3, 1], "relu", rng)
    before = net.forward([[1.0, 2.0]])
    for p in net.parameters():
        p *= 0
    assert_array_equal(net.forward([[1.0, 2.0]]), [[0]])
    assert before.any()


def test_what_was_given_is_copied_and_never_changed(rng):
    W, b, X, G = rng.normal(size=(2, 3)), np.ones(3), np.ones((4, 2)), np.ones((4, 3))
    given = [W, b, X, G]
    copies = [array.copy() for array in given]
    net = Sequential(Linear(W, b), Activation(tanh, tanh_derivative))
    net.forward(X)
    net.backward(G)
    for p in net.parameters():
        p += 1
    for array, copy in zip(given, copies, strict=True):
        assert_array_equal(array, copy)


def test_backward_runs_again_with_the_same_result(rng):
    net = network([2, 3, 1], "sigmoid", rng)
    net.forward(rng.normal(size=(5, 2)))
    G = rng.normal(size=(5, 1))
    first = net.backward(G), *[g.copy() for g in net.gradients()]
    second = net.backward(G), *net.gradients()
    for a, b in zip(first, second, strict=True):
        assert_array_equal(a, b)


# Gradients


@pytest.mark.parametrize("activation", PAIRS)
def test_each_activation(activation, rng):
    layer = Activation(*PAIRS[activation])
    assert check_layer(layer, rng.normal(size=(3, 4)), rng) < 1e-8


@pytest.mark.parametrize("n, d, k", [(1, 1, 1), (1, 3, 2), (4, 1, 3), (5, 2, 1)])
def test_linear(n, d, k, rng):
    layer = Linear(rng.normal(size=(d, k)), rng.normal(size=k))
    assert check_layer(layer, rng.normal(size=(n, d)), rng) < 1e-8


@pytest.mark.parametrize("activation", PAIRS)
@pytest.mark.parametrize("widths", [[2, 1], [3, 5, 2], [2, 4, 4, 4, 1]])
def test_networks(widths, activation, rng):
    net = network(widths, activation, rng)
    assert check_layer(net, rng.normal(size=(6, widths[0])), rng) < 1e-8


@pytest.mark.parametrize("activation", AUTOGRAD)
@pytest.mark.parametrize("seed", range(5))
def test_random_networks_agree_with_autograd(activation, seed):
    rng = np.random.default_rng(seed)
    widths = rng.integers(1, 6, size=rng.integers(2, 6)).tolist()
    n, k = int(rng.integers(1, 7)), widths[-1]
    X = rng.normal(size=(n, widths[0]))
    net = network(widths, activation, rng)

    def logits_of(X, parameters):
        A = X
        for i in range(0, len(parameters), 2):
            Z = anp.dot(A, parameters[i]) + parameters[i + 1]
            A = AUTOGRAD[activation](Z)
        return Z

    if k == 1:
        T = rng.integers(0, 2, size=(n, 1))
        grad = binary_cross_entropy_gradient(net.forward(X), T)

        def loss(X, parameters):
            Z = logits_of(X, parameters)
            return anp.mean(anp.logaddexp(0, Z) - Z * T)
    else:
        labels = rng.integers(0, k, size=n)
        P = np.eye(k)[labels]
        grad = softmax_cross_entropy_gradient(net.forward(X), labels)

        def loss(X, parameters):
            Z = logits_of(X, parameters)
            lse = anp.log(anp.sum(anp.exp(Z), axis=1))
            return anp.mean(lse - anp.sum(P * Z, axis=1))

    grad_X = net.backward(grad)
    expected_X = autograd.grad(loss, 0)(X, net.parameters())
    expected = autograd.grad(loss, 1)(X, net.parameters())
    assert_allclose(grad_X, expected_X, rtol=1e-10, atol=1e-13)
    for got, exact in zip(net.gradients(), expected, strict=True):
        assert_allclose(got, exact, rtol=1e-10, atol=1e-13)


def test_the_gradient_of_a_loss_by_every_weight(rng):
    net, X = network([4, 6, 3], "relu", rng), rng.normal(size=(5, 4))
    labels = rng.integers(0, 3, size=5)
    net.backward(softmax_cross_entropy_gradient(net.forward(X), labels))
    gradients = [g.copy() for g in net.gradients()]
    for p, got in zip(net.parameters(), gradients, strict=True):
        start = p.copy()

        def loss(value, p=p):
            p[...] = value
            return softmax_cross_entropy(net.forward(X), labels)

        assert_allclose(got, numerical_gradient(loss, start), atol=1e-9)
        p[...] = start


def test_small_steps_against_the_gradient_lower_the_loss(rng):
    net, X = network([2, 8, 1], "tanh", rng), rng.normal(size=(20, 2))
    T = (X[:, :1] * X[:, 1:] > 0) * 1.0
    losses = []
    for _ in range(50):
        logits = net.forward(X)
        losses.append(binary_cross_entropy(logits, T))
        net.backward(binary_cross_entropy_gradient(logits, T))
        for p, g in zip(net.parameters(), net.gradients(), strict=True):
            p -= 0.1 * g
    assert np.all(np.diff(losses) < 0)


# Edges


def refuses(error, message, function, *args):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        function(*args)


@pytest.mark.parametrize(
    "W, b, message",
    [
        ([1.0, 2.0], [0.0], "W: got shape (2,), expected two axes"),
        (np.ones((2, 3)), np.zeros(2), "b: got shape (2,), expected (3,)"),
        (np.ones((2, 3)), np.zeros((1, 3)), "b: got shape (1, 3), expected (3,)"),
        (np.ones((3, 3)), np.zeros((3, 1)), "b: got shape (3, 1), expected (3,)"),
        (np.ones((2, 1)), 0.0, "b: got shape (), expected (1,)"),
        ([[np.nan]], [0.0], "W: got nan at (0, 0), expected finite numbers"),
        ([[1.0]], [np.inf], "b: got inf at (0,), expected finite numbers"),
    ],
)
def test_parameters_that_do_not_fit(W, b, message):
    refuses(ValueError, message, Linear, W, b)


@pytest.mark.parametrize(
    "error, message, X",
    [
        (ValueError, "X: got shape (1, 3), expected (n, 2)", np.zeros((1, 3))),
        (ValueError, "X: got shape (2,), expected two axes", np.zeros(2)),
        (ValueError, "X: got shape (1, 1, 2), expected two", np.zeros((1, 1, 2))),
        (ValueError, "X: got nan at (0, 1), expected finite", [[0.0, np.nan]]),
        (TypeError, "X: got dtype complex128, expected real", np.zeros((1, 2)) * 1j),
        (TypeError, "X: got dtype <U1, expected real", [["a", "b"]]),
    ],
)
def test_inputs_that_do_not_fit(error, message, X):
    refuses(error, message, Linear(np.ones((2, 3)), np.zeros(3)).forward, X)


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("n, d, k", [*itertools.product([1, 40], [1, 3], [0, 1, 50])])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_one_input_that_is_not_finite_is_found(wrong, n, d, k, dtype, rng):
    """Whatever the weights: 0 · NaN and 0 · inf are NaN, so no weight hides them."""
    X = rng.normal(size=(n, d)).astype(dtype)
    X[-1, -1] = wrong
    message = f"X: got {wrong} at ({n - 1}, {d - 1}), expected finite numbers"
    for W in [np.zeros((d, k), dtype), rng.normal(size=(d, k)).astype(dtype)]:
        for order in "CF":
            layer = Linear(W, np.zeros(k, dtype))
            layer.W = np.array(W, order=order)
            refuses(ValueError, message, layer.forward, np.array(X, order=order))
    wide = np.full((n, 2 * d), np.nan, dtype)
    wide[:, ::2] = X  # in memory, X is not in one piece
    refuses(ValueError, message, layer.forward, wide[:, ::2])


def test_a_refused_input_leaves_the_last_forward_pass():
    layer = Linear([[2.0]], [0.0])
    layer.forward([[3.0]])
    for X in [[[np.nan]], [[1.0, 2.0]], [1.0], [["a"]]]:
        with pytest.raises((TypeError, ValueError), match="X: got"):
            layer.forward(X)
    assert_array_equal(layer.backward([[1.0]]), [[2]])
    assert_array_equal(layer.grad_W, [[3]])


def test_backward_before_forward():
    message = "got no forward pass before it, expected one"
    linear, activation = Linear([[1.0]], [0.0]), Activation(relu, relu_derivative)
    for layer, name in [
        (linear, "grad_Z"),
        (activation, "grad_A"),
        (Sequential(linear), "grad_Z"),
    ]:
        refuses(ValueError, f"{name}: {message}", layer.backward, [[1.0]])
    assert linear.gradients() == [None, None]


def test_gradients_are_finite_for_a_linear_layer():
    layer = Linear(np.ones((1, 2)), np.zeros(2))
    layer.forward([[1.0]])
    message = "grad_Z: got nan at (0, 1), expected finite numbers"
    refuses(ValueError, message, layer.backward, [[0.0, np.nan]])


def test_an_activation_takes_every_number_as_its_function_does():
    layer = Activation(relu, relu_derivative)
    got = layer.forward([[np.nan, np.inf, -np.inf]])
    assert_array_equal(got, [[np.nan, np.inf, 0]])
    assert_array_equal(layer.backward([[1.0, 1.0, 1.0]]), [[np.nan, 1, 0]])


def test_what_is_too_large_is_inf_and_stopped_at_the_next_layer():
    first = Linear([[1e200]], [0.0])
    assert_array_equal(first.forward([[1e200]]), [[np.inf]])
    assert_array_equal(first.backward([[1e200]]), [[np.inf]])
    assert_array_equal(first.grad_W, [[np.inf]])
    net = Sequential(first, Linear([[1.0]], [0.0]))
    message = "X: got inf at (0, 0), expected finite numbers"
    refuses(ValueError, message, net.forward, [[1e200]])


def test_where_two_infinities_cancel_the_result_is_not_finite():
    layer = Linear([[1e200], [-1e200]], [0.0])
    assert not np.isfinite(layer.forward([[1e200, 1e200]]))
    layer = Linear([[1e200, -1e200]], [0.0, 0.0])
    layer.forward([[1.0]])
    assert not np.isfinite(layer.backward([[1e200, 1e200]]))
    activation = Activation(tanh, tanh_derivative)
    activation.forward([[1000.0]])
    assert_array_equal(activation.backward([[np.inf]]), [[np.nan]])


# What a layer saves belongs to it: the right gradient whatever is changed in between


@pytest.mark.parametrize("X_type", [np.float32, np.float64])
def test_the_caller_may_change_the_input_after_the_forward_pass(X_type, rng):
    X, G = rng.normal(size=(4, 2)).astype(X_type), rng.normal(size=(4, 3))
    layer = Linear(rng.normal(size=(2, 3)), np.zeros(3))
    expected = layer.forward(X).copy(), layer.backward(G), *layer.gradients()
    X_before = X.copy()
    Z = layer.forward(X)
    X += 1
    got = Z, layer.backward(G), *layer.gradients()
    for a, b in zip(got, expected, strict=True):
        assert_array_equal(a, b)
    assert_array_equal(layer.X, X_before)


def test_the_caller_may_change_values_between_layers(rng):
    layer = Activation(tanh, tanh_derivative)
    Z = rng.normal(size=(4, 2))
    layer.forward(Z)
    expected = layer.backward(np.ones((4, 2)))
    A = layer.forward(Z)
    Z *= 0
    A *= 0
    assert_array_equal(layer.backward(np.ones((4, 2))), expected)


def test_an_update_before_the_backward_pass_does_not_reach_it(rng):
    net, X, G = network([2, 3, 1], "tanh", rng), np.ones((4, 2)), np.ones((4, 1))
    net.forward(X)
    expected = net.backward(G), *net.gradients()
    net.forward(X)
    for p in net.parameters():
        p += 1
    got = net.backward(G), *net.gradients()
    for a, b in zip(got, expected, strict=True):
        assert_array_equal(a, b)


def test_a_backward_pass_makes_new_gradients():
    layer = Linear([[1.0]], [0.0])
    layer.forward([[3.0]])
    G = np.array([[1.0]])
    layer.backward(G)
    first = layer.gradients()
    G[:] = 5
    layer.backward(G)
    assert [g.tolist() for g in first] == [[[3]], [1]]
    assert [g.tolist() for g in layer.gradients()] == [[[15]], [5]]


def test_an_identity_in_the_network_shares_no_memory():
    layer = Activation(identity, identity_derivative)
    Z = np.ones((1, 1))
    assert not np.shares_memory(layer.forward(Z), Z)
    assert not np.shares_memory(layer.forward(Z), layer.Z)


# A layer stands in one place


def same(name, i, j):
    return (
        f"layers: got the same {name} at {i} and {j}, "
        "expected a layer of its own for each place"
    )


def test_a_layer_may_come_only_once():
    a, b = Linear([[1.0]], [0.0]), Linear([[1.0]], [0.0])
    t = Activation(tanh, tanh_derivative)
    refuses(ValueError, same("Activation", 1, 3), Sequential, a, t, b, t)
    refuses(ValueError, same("Linear", 0, 1), Sequential, a, a)
    inner = Sequential(b, t)
    refuses(ValueError, same("Activation", 2, 3), Sequential, a, inner, t)
    refuses(ValueError, same("Linear", 0, 2), Sequential, inner, Sequential(inner))
    refuses(ValueError, same("Linear", 1, 2), Sequential, a, Sequential(b), b)
    assert len(Sequential(a, t, b, Activation(tanh, tanh_derivative)).layers) == 4


@pytest.mark.parametrize(
    "layers, name",
    [([[Linear([[1.0]], [0.0])]], "list"), ([None], "NoneType"), ([relu], "function")],
)
def test_a_network_is_made_of_layers(layers, name):
    message = f"layers: got a {name}, expected layers, each with forward and backward"
    refuses(TypeError, message, Sequential, *layers)


def test_a_class_is_no_layer():
    message = "layers: got a type, expected layers, each with forward and backward"
    refuses(TypeError, message, Sequential, Linear)


def test_a_layer_of_ones_own_needs_no_more_than_its_methods():
    class Double:
        def forward(self, X):
            return 2 * X

        def backward(self, grad):
            return 2 * grad

    net = Sequential(Double(), Double())
    assert net.forward(1.5) == 6
    assert net.backward(1) == 4


# The first layer


def test_the_first_layer_can_do_without_the_gradient_of_its_input(rng):
    W, b, X, G = rng.normal(size=(2, 3)), np.ones(3), np.ones((4, 2)), np.ones((4, 3))
    full, first = Linear(W, b), Linear(W, b, input_gradient=False)
    assert full.input_gradient is True
    for layer in [full, first]:
        layer.forward(X)
    assert full.backward(G) is not None
    assert first.backward(G) is None
    for a, b in zip(first.gradients(), full.gradients(), strict=True):
        assert_array_equal(a, b)
    net = Sequential(first, Activation(relu, relu_derivative))
    net.forward(X)
    assert net.backward(G) is None


def test_a_backward_pass_does_what_the_forward_pass_prepared():
    layer = Linear([[2.0]], [0.0])
    layer.forward([[3.0]])
    layer.input_gradient = False
    assert_array_equal(layer.backward([[1.0]]), [[2]])
    layer.forward([[3.0]])
    assert layer.used_W is None  # the largest weights of a network need no copy
    layer.input_gradient = True
    assert layer.backward([[1.0]]) is None
    layer.forward([[3.0]])
    assert_array_equal(layer.backward([[1.0]]), [[2]])


def test_no_parameter_is_taken_by_place_that_has_no_place():
    with pytest.raises(TypeError, match="positional"):
        Linear([[1.0]], [0.0], False)


def test_float16_is_computed_in_float32():
    layer = Linear(np.float16([[300.0]]), np.float16([0.0]))
    assert_array_equal(layer.forward(np.float16([[300.0]])), [[90_000]])
    assert layer.W.dtype == layer.X.dtype == np.float32


@pytest.mark.parametrize("shape", [(4, 1), (3, 2), (3,), (), (1, 3), (4, 3, 1)])
def test_a_gradient_of_another_shape_is_not_broadcast(shape):
    linear = Linear(np.ones((2, 3)), np.zeros(3))
    linear.forward(np.ones((4, 2)))
    message = f"grad_Z: got shape {shape}, expected (4, 3), that of Z"
    refuses(ValueError, message, linear.backward, np.ones(shape))
    activation = Activation(relu, relu_derivative)
    activation.forward(np.ones((4, 3)))
    message = f"grad_A: got shape {shape}, expected (4, 3), that of Z"
    refuses(ValueError, message, activation.backward, np.ones(shape))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_type_of_number_is_kept(dtype, rng):
    net = network([2, 3, 1], "sigmoid", rng)
    for layer in net.layers[::2]:
        layer.W, layer.b = layer.W.astype(dtype), layer.b.astype(dtype)
    assert Linear(np.ones((2, 3), dtype), np.ones(3, dtype)).W.dtype == dtype
    logits = net.forward(np.ones((4, 2), dtype))
    grad_X = net.backward(np.ones((4, 1), dtype))
    assert {a.dtype for a in [logits, grad_X, *net.gradients()]} == {np.dtype(dtype)}


def test_whole_numbers_become_floats():
    layer = Linear([[1, 2]], [0, 0])
    assert layer.W.dtype == layer.b.dtype == np.float64
    assert layer.forward([[1]]).dtype == np.float64


def test_a_batch_of_no_samples():
    layer = Linear(np.ones((2, 3)), np.zeros(3))
    assert layer.forward(np.zeros((0, 2))).shape == (0, 3)
    assert layer.backward(np.zeros((0, 3))).shape == (0, 2)
    assert_array_equal(layer.grad_W, np.zeros((2, 3)))


def test_a_fortran_ordered_or_reversed_input_is_no_other_input(rng):
    W, X, G = rng.normal(size=(3, 2)), rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    results = []
    for x, g in [(X, G), (np.asfortranarray(X), G[::-1].copy()[::-1])]:
        layer = Linear(W, np.ones(2))
        layer.forward(x)
        results.append([layer.backward(g), *layer.gradients()])
    for a, b in zip(*results, strict=True):
        assert_allclose(a, b, rtol=1e-14)


def test_errors_name_the_shape_of_the_weights():
    with pytest.raises(ValueError) as error:
        Linear(np.ones((2, 3)), np.ones(2))
    assert str(error.value) == (
        "b: got shape (2,), expected (3,), one bias for each column of W (2, 3)"
    )
    with pytest.raises(ValueError) as error:
        Linear(np.ones((2, 3)), np.ones(3)).forward(np.ones((4, 3)))
    assert str(error.value) == (
        "X: got shape (4, 3), expected (n, 2), a column for each row of W (2, 3)"
    )


# A whole network at once


def test_mlp_is_the_layers_one_would_write(rng):
    net = mlp([3, 4, 2], PAIRS["relu"], he_normal, np.random.default_rng(7))
    same = np.random.default_rng(7)
    W1, W2 = he_normal(3, 4, same), he_normal(4, 2, same)
    parameters = zip(net.parameters(), [W1, np.zeros(4), W2, np.zeros(2)], strict=True)
    for got, expected in parameters:
        assert_array_equal(got, expected)
    X = rng.normal(size=(5, 3))
    assert_allclose(net.forward(X), np.maximum(X @ W1, 0) @ W2)
    assert net.backward(np.ones((5, 2))).shape == X.shape


@pytest.mark.parametrize("widths", [[3, 2], [2, 1, 1, 5], (4, 30, 16, 3)])
def test_mlp_has_an_activation_between_linear_layers_and_none_at_the_end(widths, rng):
    net = mlp(widths, PAIRS["tanh"], glorot_uniform, rng)
    kinds = [type(layer) for layer in net.layers]
    assert kinds == ([Linear, Activation] * len(widths))[: 2 * len(widths) - 3]
    assert check_layer(net, rng.normal(size=(3, widths[0])), rng) < 1e-6


@pytest.mark.parametrize(
    "change, error, message",
    [
        ({"widths": [3]}, ValueError, "widths: got [3], expected inputs and outputs"),
        ({"widths": []}, ValueError, "widths: got [], expected"),
        ({"widths": [3, 0]}, ValueError, "widths[1]: got"),
        ({"widths": [3, 2.5]}, TypeError, "widths[1]: got"),
        ({"activation": np.tanh}, TypeError, "activation: got"),
        ({"activation": (np.tanh,)}, TypeError, "activation: got"),
        ({"activation": (np.tanh, 1)}, TypeError, "derivative: got"),
        ({"initializer": 0.01}, TypeError, "initializer: got"),
        (
            {"initializer": lambda d, k, rng: np.ones((k, d))},
            ValueError,
            "initializer: got weights of shape (2, 3), expected (3, 2)",
        ),
        ({"rng": 0}, TypeError, "rng: got"),
    ],
)
def test_mlp_refuses_what_it_cannot_build(change, error, message, rng):
    given = {"widths": [3, 2, 2], "activation": PAIRS["tanh"]}
    given |= {"initializer": glorot_uniform, "rng": rng}
    with pytest.raises(error, match=re.escape(message)):
        mlp(**given | change)


# Dropout


def test_dropout_in_use_is_the_identity(rng):
    A, layer = rng.normal(size=(4, 3)), Dropout(0.9, rng)
    assert layer.training is False
    assert_array_equal(layer.forward(A), A)
    assert_array_equal(layer.backward(2 * A), 2 * A)


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.8])
def test_dropout_in_training_keeps_the_expectation(rate, rng):
    layer = Dropout(rate, rng)
    layer.training = True
    out = layer.forward(np.ones((400, 250)))
    assert_allclose(np.unique(out), [0, 1 / (1 - rate)])
    assert_allclose(np.mean(out == 0), rate, atol=0.01)
    assert_allclose(out.mean(), 1, atol=0.02)


def test_dropout_drops_numbers_and_not_samples_or_units(rng):
    layer = Dropout(0.5, rng)
    layer.training = True
    dropped = layer.forward(np.ones((50, 50))) == 0
    for axis in [0, 1]:
        assert 0.2 < dropped.mean(axis).min() and dropped.mean(axis).max() < 0.8


def test_each_pass_has_a_mask_of_its_own_and_backward_uses_the_last(rng):
    layer = Dropout(0.5, rng)
    layer.training = True
    first, second = (layer.forward(np.ones((20, 20))) for _ in range(2))
    assert np.any(first != second)
    assert_array_equal(layer.backward(3 * np.ones((20, 20))), 3 * second)


def test_the_gradient_through_a_dropped_network():
    """With a generator that starts anew, each pass of the numerical gradient has one mask."""
    rng = np.random.default_rng(1)
    W, V = rng.normal(size=(3, 5)), rng.normal(size=(5, 2))
    X, upstream = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))

    def net(W):
        dropout = Dropout(0.4, np.random.default_rng(7))
        net = Sequential(Linear(W, np.zeros(5)), dropout, Linear(V, np.zeros(2)))
        net.training = True
        return net

    ours = net(W)
    ours.forward(X)
    grad_X = ours.backward(upstream)
    assert np.any(ours.layers[1].mask == 0)
    numerical = numerical_gradient(lambda W: np.sum(net(W).forward(X) * upstream), W)
    assert_allclose(ours.gradients()[0], numerical, atol=1e-7)
    numerical = numerical_gradient(lambda X: np.sum(net(W).forward(X) * upstream), X)
    assert_allclose(grad_X, numerical, atol=1e-7)


def test_dropout_keeps_float32_and_its_input(rng):
    A, layer = np.ones((3, 4), np.float32), Dropout(0.5, rng)
    for layer.training in [False, True]:
        assert layer.forward(A).dtype == layer.backward(A).dtype == np.float32
    assert_array_equal(A, np.ones((3, 4)))


def test_a_network_sets_training_in_all_its_layers(rng):
    inner, outer = Dropout(0.5, rng), Dropout(0.5, rng)
    outer.training = True
    net = Sequential(Sequential(inner, Activation(*PAIRS["relu"])), outer)
    assert not (net.training or inner.training or outer.training)  # a new network
    net.training = True
    assert net.training and inner.training and outer.training
    assert net.layers[0].training
    net.training = False
    assert not (net.training or inner.training or outer.training)


@pytest.mark.parametrize("rate", [-0.1, 1, 1.5, np.nan, "0.5", None, True])
def test_bad_rates(rate, rng):
    with pytest.raises((TypeError, ValueError), match="rate: got"):
        Dropout(rate, rng)


def test_bad_uses_of_dropout(rng):
    with pytest.raises(TypeError, match="rng: got"):
        Dropout(0.5, 0)
    layer = Dropout(0.5, rng)
    with pytest.raises(ValueError, match="no forward pass"):
        layer.backward(np.ones((1, 1)))
    layer.forward(np.ones((2, 3)))
    with pytest.raises(ValueError, match="grad_output: got shape"):
        layer.backward(np.ones((3, 2)))
    with pytest.raises(ValueError, match="A: got nan"):
        layer.forward([[np.nan]])
    with pytest.raises(TypeError, match="training: got 1"):
        Sequential(layer).training = 1
