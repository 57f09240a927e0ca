"""Tests of `dlbasics.gradcheck`: right gradients are accepted, wrong ones rejected."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from dlbasics.gradcheck import check_gradient, check_layer, numerical_gradient

W = np.array([[1.0, 2.0], [3.0, 4.0]])


def softmax(x):
    return np.exp(x) / np.sum(np.exp(x))


def softmax_backward(x, upstream):
    q = softmax(x)
    return q * (upstream - q @ upstream)


# Values


@pytest.mark.parametrize(
    "function, x, expected",
    [
        (lambda x: np.sum(x**2), [1.0, -3.0], [2, -6]),
        (lambda x: x[0] * x[1], [2, 5], [5, 2]),
        (lambda x: np.sum(W * x), np.ones((2, 2)), W),
        (np.sin, 0.0, 1),
        (np.sum, [], []),
        (lambda x: x**2, 1e6, 2e6),
    ],
)
def test_numerical_gradient_of_known_functions(function, x, expected):
    gradient = numerical_gradient(function, x)
    assert gradient.dtype == np.float64
    assert gradient.shape == np.shape(x)
    assert_allclose(gradient, expected, rtol=1e-9)


def test_the_step_can_be_chosen():
    # By hand: ((x + h)³ - (x - h)³) / 2h = 3x² + h².
    assert_allclose(
        numerical_gradient(lambda x: x**3, 2.0, step=0.5), 12.25, rtol=1e-12
    )


# Properties


@given(st.floats(-10, 10))
def test_the_default_step_leaves_nine_digits(x):
    assert_allclose(numerical_gradient(np.sin, x), np.cos(x), rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    "function, backward, shape",
    [
        (np.sin, lambda x, u: u * np.cos(x), (2, 3)),
        (np.sin, lambda x, u: u * np.cos(x), ()),
        (np.sum, lambda x, u: u * np.ones_like(x), (4,)),
        (lambda x: W @ x, lambda x, u: W.T @ u, (2,)),
        (lambda x: x.T, lambda x, u: u.T, (2, 3)),
        (softmax, softmax_backward, (5,)),
        (np.sin, lambda x, u: u * np.cos(x), (0,)),
    ],
)
def test_right_gradients_are_accepted(function, backward, shape, rng):
    assert check_gradient(function, backward, rng.normal(size=shape), rng) < 1e-8


@pytest.mark.parametrize(
    "function, backward, message",
    [
        (np.sin, lambda x, u: -u * np.cos(x), "gradient at"),
        (np.square, lambda x, u: u * x, "gradient at"),
        (np.sin, lambda x, u: np.cos(x), "gradient at"),
        (lambda x: W @ x, lambda x, u: W @ u, "gradient at"),
        (softmax, lambda x, u: np.zeros_like(x), "gradient at"),
        (
            softmax,
            lambda x, u: softmax(x) * (1 - softmax(x)) * u,
            "gradient at",
        ),
        (
            np.sin,
            lambda x, u: u * np.cos(x) * [1, np.nan],
            r"gradient at \(1,\): got nan",
        ),
        (
            np.sin,
            lambda x, u: np.sum(u),
            r"got shape \(\), expected \(2,\)",
        ),
        (
            np.sin,
            lambda x, u: (u * np.cos(x))[None],
            r"got shape \(1, 2\), expected \(2,\)",
        ),
    ],
    ids=[
        "sign",
        "factor",
        "no upstream gradient",
        "transposed",
        "zeros",
        "only the diagonal",
        "nan",
        "summed",
        "an axis too many",
    ],
)
def test_wrong_gradients_are_rejected(function, backward, message, rng):
    with pytest.raises(AssertionError, match=message):
        check_gradient(function, backward, [0.3, -1.2], rng)


def test_an_upstream_gradient_of_ones_would_accept_a_softmax_that_returns_zeros():
    class Ones:
        standard_normal = staticmethod(np.ones)

    assert (
        check_gradient(softmax, lambda x, u: np.zeros_like(x), [0.3, -1.2], Ones())
        < 1e-9
    )


def test_the_message_names_the_worst_entry(rng):
    def backward(x, upstream):
        gradient = 2 * x * upstream
        gradient[1, 0] = 100
        gradient[0, 1] += 0.1
        return gradient

    with pytest.raises(
        AssertionError, match=r"gradient at \(1, 0\): got 100, expected"
    ):
        check_gradient(np.square, backward, np.ones((2, 2)), rng)


@pytest.mark.parametrize("tolerance, accepted", [(1e-3, True), (1e-5, False)])
def test_tolerance(tolerance, accepted, rng):
    def check():
        return check_gradient(
            np.sin, lambda x, u: u * np.cos(x) + 1e-4, [0.5], rng, tolerance
        )

    if accepted:
        assert_allclose(check(), 1e-4, rtol=1e-4)
    else:
        with pytest.raises(AssertionError, match="gradient at"):
            check()


# Edges


def test_a_function_that_changes_its_argument_spoils_nothing(rng):
    def in_place(x):
        x *= x
        return x

    def backward_in_place(x, upstream):
        x *= 2 * upstream
        return x

    x = np.array([1.0, -3.0])
    check_gradient(in_place, backward_in_place, x, rng)
    assert_array_equal(x, [1, -3])


# Layers


class Plain:
    """Z = XW + b, as short as can be: the tests of this module need no other one."""

    def __init__(self, rng=None):
        rng = rng or np.random.default_rng(1)
        self.W, self.b = rng.normal(size=(3, 2)), rng.normal(size=2)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, G):
        self.grad_W, self.grad_b = self.X.T @ G, G.sum(axis=0)
        return G @ self.W.T

    def parameters(self):
        return [self.W, self.b]

    def gradients(self):
        return [self.grad_W, self.grad_b]


class Zeros(Plain):
    def backward(self, G):
        return 0 * super().backward(G)


class HalfAWeightGradient(Plain):
    def backward(self, G):
        grad_X = super().backward(G)
        self.grad_W /= 2
        return grad_X


class MeanForTheBias(Plain):
    def backward(self, G):
        grad_X = super().backward(G)
        self.grad_b = G.mean(axis=0)
        return grad_X


class SqueezedBias(Plain):
    def backward(self, G):
        grad_X = super().backward(G)
        self.grad_b = G.sum(axis=0, keepdims=True)
        return grad_X


class BiasInside(Plain):
    def forward(self, X):
        self.X = X
        return X @ (self.W + self.b)


class MovesBeforeTheProduct(Plain):
    """The view Wᵀ is used after an in-place update: right for the layer that is no more."""

    def backward(self, G):
        WT = self.W.T
        super().backward(G)
        self.W -= 0.1 * self.grad_W
        return G @ WT


class MovesInForward(Plain):
    def forward(self, X):
        self.b += 1
        return super().forward(X)


class WrongOrder(Plain):
    def gradients(self):
        return [self.grad_b, self.grad_W]


class ForgetsOne(Plain):
    def gradients(self):
        return [self.grad_W]


class NotANumber(Plain):
    def backward(self, G):
        grad_X = super().backward(G)
        self.grad_b = G.sum(axis=0) * [1, np.nan]
        return grad_X


class Nothing(Plain):
    def backward(self, G):
        super().backward(G)


class LastUnitFirst(Plain):
    """Sends each unit's gradient to another unit: invisible to an upstream gradient of ones."""

    def backward(self, G):
        return super().backward(G[:, ::-1])


def test_a_right_layer_is_accepted_and_left_as_it_was(rng):
    layer, X = Plain(), rng.normal(size=(4, 3))
    before = [p.copy() for p in layer.parameters()], X.copy()
    assert check_layer(layer, X, rng) < 1e-8
    for p, old in zip(layer.parameters(), before[0], strict=True):
        assert_array_equal(p, old)
    assert_array_equal(X, before[1])


@pytest.mark.parametrize(
    "wrong, message",
    [
        (Zeros, r"gradient with respect to X at \(\d, \d\): got (-?)0, expected"),
        (
            HalfAWeightGradient,
            r"gradient with respect to parameter 0 of shape \(3, 2\) at",
        ),
        (MeanForTheBias, r"gradient with respect to parameter 1 of shape \(2,\) at"),
        (
            SqueezedBias,
            r"parameter 1 of shape \(2,\): got shape \(1, 2\), expected \(2,\)",
        ),
        (BiasInside, "gradient with respect to X at"),
        (MovesBeforeTheProduct, r"parameter 0 of shape \(3, 2\): a pass changes it"),
        (MovesInForward, r"parameter 1 of shape \(2,\): a pass changes it"),
        (WrongOrder, r"parameter 0 of shape \(3, 2\): got shape \(2,\)"),
        (ForgetsOne, "gradients: got 1, expected 2, one for each parameter"),
        (NotANumber, r"parameter 1 of shape \(2,\) at \(1,\): got nan"),
        (Nothing, r"gradient with respect to X: got a NoneType, expected real numbers"),
        (LastUnitFirst, "gradient with respect to X at"),
    ],
)
def test_wrong_layers_are_rejected(wrong, message, rng):
    with pytest.raises(AssertionError, match=message):
        check_layer(wrong(), rng.normal(size=(4, 3)), rng)


def test_ones_would_accept_a_layer_that_mixes_up_its_units(rng):
    class Ones:
        standard_normal = staticmethod(np.ones)

    assert check_layer(LastUnitFirst(), rng.normal(size=(4, 3)), Ones()) < 1e-8


def test_a_layer_without_parameters(rng):
    class Sine:
        def forward(self, X):
            self.X = X
            return np.sin(X)

        def backward(self, G):
            return G * np.cos(self.X)

        def parameters(self):
            return []

        gradients = parameters

    assert check_layer(Sine(), rng.normal(size=(2, 3)), rng) < 1e-8


def test_a_layer_that_works_in_the_arrays_it_is_given_spoils_nothing(rng):
    class InPlace(Plain):
        def forward(self, X):
            Z = super().forward(X.copy())
            X *= 0
            return Z

        def backward(self, G):
            grad_X = super().backward(G)
            G *= 0
            return grad_X

    assert check_layer(InPlace(), rng.normal(size=(4, 3)), rng) < 1e-8


@pytest.mark.parametrize("tolerance, accepted", [(1e-3, True), (1e-5, False)])
def test_tolerance_of_a_layer(tolerance, accepted, rng):
    class Nearly(Plain):
        def backward(self, G):
            return super().backward(G) + 1e-4

    X = rng.normal(size=(4, 3))
    if accepted:
        assert 1e-5 < check_layer(Nearly(), X, rng, tolerance) <= 1e-4 * 1.01
    else:
        with pytest.raises(AssertionError, match="gradient with respect to X"):
            check_layer(Nearly(), X, rng, tolerance)
