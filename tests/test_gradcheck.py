"""Tests of `dlbasics.gradcheck`: the judge accepts what is right and rejects what is not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from dlbasics.gradcheck import check_gradient, numerical_gradient

W = np.array([[1.0, 2.0], [3.0, 4.0]])


def softmax(x):
    return np.exp(x) / np.sum(np.exp(x))


def softmax_backward(x, cotangent):
    q = softmax(x)
    return q * (cotangent - q @ cotangent)


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
        (np.sin, lambda x, c: c * np.cos(x), (2, 3)),
        (np.sin, lambda x, c: c * np.cos(x), ()),
        (np.sum, lambda x, c: c * np.ones_like(x), (4,)),
        (lambda x: W @ x, lambda x, c: W.T @ c, (2,)),
        (lambda x: x.T, lambda x, c: c.T, (2, 3)),
        (softmax, softmax_backward, (5,)),
        (np.sin, lambda x, c: c * np.cos(x), (0,)),
    ],
)
def test_right_gradients_are_accepted(function, backward, shape, rng):
    assert check_gradient(function, backward, rng.normal(size=shape), rng) < 1e-8


@pytest.mark.parametrize(
    "function, backward, message",
    [
        (np.sin, lambda x, c: -c * np.cos(x), "gradient at"),
        (np.square, lambda x, c: c * x, "gradient at"),
        (np.sin, lambda x, c: np.cos(x), "gradient at"),
        (lambda x: W @ x, lambda x, c: W @ c, "gradient at"),
        (softmax, lambda x, c: np.zeros_like(x), "gradient at"),
        (
            softmax,
            lambda x, c: softmax(x) * (1 - softmax(x)) * c,
            "gradient at",
        ),
        (
            np.sin,
            lambda x, c: c * np.cos(x) * [1, np.nan],
            r"gradient at \(1,\): got nan",
        ),
        (
            np.sin,
            lambda x, c: np.sum(c),
            r"got shape \(\), expected \(2,\)",
        ),
        (
            np.sin,
            lambda x, c: (c * np.cos(x))[None],
            r"got shape \(1, 2\), expected \(2,\)",
        ),
    ],
    ids=[
        "sign",
        "factor",
        "no cotangent",
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


def test_a_cotangent_of_ones_would_accept_a_softmax_that_returns_zeros():
    class Ones:
        standard_normal = staticmethod(np.ones)

    assert (
        check_gradient(softmax, lambda x, c: np.zeros_like(x), [0.3, -1.2], Ones())
        < 1e-9
    )


def test_the_message_names_the_worst_entry(rng):
    def backward(x, cotangent):
        gradient = 2 * x * cotangent
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
            np.sin, lambda x, c: c * np.cos(x) + 1e-4, [0.5], rng, tolerance
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

    def backward_in_place(x, cotangent):
        x *= 2 * cotangent
        return x

    x = np.array([1.0, -3.0])
    check_gradient(in_place, backward_in_place, x, rng)
    assert_array_equal(x, [1, -3])
