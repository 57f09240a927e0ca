"""Tests of `dlbasics.activations`."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from dlbasics.activations import (
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softplus,
    softplus_derivative,
)
from dlbasics.gradcheck import check_gradient
from dlbasics.softmax import logsumexp

INF, NAN = np.inf, np.nan
PAIRS = {
    relu: (relu_derivative, lambda x: anp.maximum(x, 0)),
    sigmoid: (sigmoid_derivative, lambda x: 1 / (1 + anp.exp(-x))),
    softplus: (softplus_derivative, lambda x: anp.log(1 + anp.exp(x))),
}
FUNCTIONS = [*PAIRS, *(derivative for derivative, _ in PAIRS.values())]
EVERY_FUNCTION = pytest.mark.parametrize("function", FUNCTIONS)

numbers = st.floats(-700, 700)


# Values


@pytest.mark.parametrize(
    "function, x, expected",
    [
        (relu, [-2, 0, 3], [0, 0, 3]),
        (relu_derivative, [-2, 0, 3], [0, 0, 1]),
        (sigmoid, [-np.log(3), 0, np.log(3)], [1 / 4, 1 / 2, 3 / 4]),
        (sigmoid, [-700, -1000, 1000], [np.exp(-700), 0, 1]),
        (
            sigmoid_derivative,
            [-np.log(3), 0, np.log(3)],
            [3 / 16, 1 / 4, 3 / 16],
        ),
        (sigmoid_derivative, [-700, 700], [np.exp(-700), np.exp(-700)]),
        (softplus, [0, np.log(3)], [np.log(2), np.log(4)]),
        (softplus, [-700, 700, 1000], [np.exp(-700), 700, 1000]),
        (
            softplus_derivative,
            [-np.log(3), 0, np.log(3)],
            [1 / 4, 1 / 2, 3 / 4],
        ),
    ],
)
def test_known_values(function, x, expected):
    assert_allclose(function(x), expected, rtol=1e-15)


@pytest.mark.parametrize(
    "naive, stable, x, broken",
    [
        (lambda x: np.exp(x) / (1 + np.exp(x)), sigmoid, 1000.0, NAN),
        (lambda x: sigmoid(x) * (1 - sigmoid(x)), sigmoid_derivative, 40.0, 0),
        (lambda x: np.log(1 + np.exp(x)), softplus, 1000.0, INF),
        (lambda x: np.log(1 + np.exp(x)), softplus, -40.0, 0),
    ],
)
def test_the_stable_form_holds_where_the_naive_one_breaks(naive, stable, x, broken):
    assert_allclose(naive(0.5), stable(0.5))
    with np.errstate(all="ignore"):
        assert_array_equal(naive(x), broken)
    assert 0 < stable(x) < INF


# Properties


@given(numbers)
def test_relu_splits_a_number_into_its_two_sides(x):
    assert relu(x) - relu(-x) == x
    assert relu(x) + relu(-x) == abs(x)


@given(numbers)
def test_sigmoid(x):
    assert_allclose(sigmoid(x), scipy.special.expit(x), rtol=1e-12)
    assert_allclose(sigmoid(x) + sigmoid(-x), 1, rtol=1e-15)


@given(numbers)
def test_sigmoid_derivative_is_even_and_at_most_a_quarter(x):
    assert 0 < sigmoid_derivative(x) <= 1 / 4
    assert sigmoid_derivative(x) == sigmoid_derivative(-x)


@given(numbers)
def test_softplus(x):
    assert_allclose(softplus(x), logsumexp([x, 0.0]), rtol=1e-12)
    assert_allclose(softplus(x) - softplus(-x), x, rtol=1e-12, atol=1e-15)
    assert relu(x) <= softplus(x) <= relu(x) + np.log(2) * (1 + 1e-15)


# Gradients


@pytest.mark.parametrize("function", PAIRS)
def test_derivative(function, rng):
    derivative, formula = PAIRS[function]
    x = np.array([[-3.0, -0.5], [0.25, 2.0]])
    check_gradient(function, lambda x, c: c * derivative(x), x, rng)
    assert_allclose(derivative(x), autograd.elementwise_grad(formula)(x), rtol=1e-12)


# Edges


@pytest.mark.parametrize(
    "function, at_minus_infinity, at_infinity",
    [
        (relu, 0, INF),
        (relu_derivative, 0, 1),
        (sigmoid, 0, 1),
        (sigmoid_derivative, 0, 0),
        (softplus, 0, INF),
        (softplus_derivative, 0, 1),
    ],
)
def test_limits(function, at_minus_infinity, at_infinity):
    assert_array_equal(function([-INF, INF]), [at_minus_infinity, at_infinity])


@EVERY_FUNCTION
def test_nan_stays_nan(function):
    assert_array_equal(np.isnan(function([NAN, 1.0])), [True, False])


@EVERY_FUNCTION
@pytest.mark.parametrize("shape", [(), (0,), (2, 0), (2, 3)])
def test_shape_is_kept(function, shape):
    assert np.shape(function(np.ones(shape))) == shape


@EVERY_FUNCTION
@pytest.mark.parametrize(
    "given_type, expected",
    [
        (np.float32, np.float32),
        (np.float64, np.float64),
        (int, np.float64),
        (bool, np.float64),
    ],
)
def test_dtype(function, given_type, expected):
    assert function(np.array([0, 1], dtype=given_type)).dtype == expected


@EVERY_FUNCTION
def test_the_input_is_not_changed(function):
    x = np.array([-1.0, 0.0, 2.0])
    function(x)
    assert_array_equal(x, [-1, 0, 2])


@EVERY_FUNCTION
def test_what_is_not_a_real_number_is_refused(function):
    with pytest.raises(
        TypeError, match="x: got dtype complex128, expected real numbers"
    ):
        function([1j])
