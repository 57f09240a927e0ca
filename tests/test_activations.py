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
    identity,
    identity_derivative,
    leaky_relu,
    leaky_relu_derivative,
    log_sigmoid,
    log_sigmoid_derivative,
    logit,
    logit_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softplus,
    softplus_derivative,
    step,
    step_derivative,
    tanh,
    tanh_derivative,
)
from dlbasics.gradcheck import check_gradient
from dlbasics.softmax import logsumexp, softmax

INF, NAN = np.inf, np.nan
PAIRS = {
    identity: (identity_derivative, lambda x: x),
    step: (step_derivative, lambda x: 0 * x),  # away from the jump
    relu: (relu_derivative, lambda x: anp.maximum(x, 0)),
    sigmoid: (sigmoid_derivative, lambda x: 1 / (1 + anp.exp(-x))),
    leaky_relu: (leaky_relu_derivative, lambda x: anp.where(x > 0, x, 0.01 * x)),
    log_sigmoid: (log_sigmoid_derivative, lambda x: -anp.log(1 + anp.exp(-x))),
    softplus: (softplus_derivative, lambda x: anp.log(1 + anp.exp(x))),
    tanh: (tanh_derivative, anp.tanh),
}
CONSTANT = [identity_derivative, step_derivative]  # they do not look at x
FUNCTIONS = [*PAIRS, *(derivative for derivative, _ in PAIRS.values())]
EVERY_FUNCTION = pytest.mark.parametrize("function", FUNCTIONS)
EVERY_LOGIT = pytest.mark.parametrize("function", [logit, logit_derivative])

numbers = st.floats(-700, 700)
probabilities = st.floats(0, 1)


# Values


@pytest.mark.parametrize(
    "function, x, expected",
    [
        (identity, [-2, 0, 3], [-2, 0, 3]),
        (identity_derivative, [-2, 0, 3], [1, 1, 1]),
        (step, [-2, -5e-324, -0.0, 0, 5e-324, 3], [0, 0, 1, 1, 1, 1]),
        (step_derivative, [-2, 0, 3], [0, 0, 0]),
        (leaky_relu, [-2, 0, 3], [-0.02, 0, 3]),
        (leaky_relu_derivative, [-2, 0, 3], [0.01, 0.01, 1]),
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
        (log_sigmoid, [-np.log(3), 0], [-np.log(4), -np.log(2)]),
        (log_sigmoid, [-1000, -700, 700], [-1000, -700, -np.exp(-700)]),
        (log_sigmoid_derivative, [-np.log(3), 0, 700], [3 / 4, 1 / 2, np.exp(-700)]),
        (logit, [0.25, 0.5, 0.75], [-np.log(3), 0, np.log(3)]),
        (logit, [1e-300], [np.log(1e-300)]),
        (logit_derivative, [0.2, 0.5, 0.8], [6.25, 4, 6.25]),
        (tanh, [-np.log(3), 0, np.log(3)], [-4 / 5, 0, 4 / 5]),
        (tanh, [-1e-300, 1e-300], [-1e-300, 1e-300]),
        (tanh_derivative, [-np.log(3), 0, np.log(3)], [9 / 25, 1, 9 / 25]),
        (tanh_derivative, [-300, 300], [4 * np.exp(-600), 4 * np.exp(-600)]),
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
        (lambda x: np.log(sigmoid(x)), log_sigmoid, -1000.0, -INF),
        (lambda x: np.log(sigmoid(x)), log_sigmoid, 40.0, 0),
        (lambda x: 1 - sigmoid(x), log_sigmoid_derivative, 40.0, 0),
        (lambda x: 1 - np.tanh(x) ** 2, tanh_derivative, 20.0, 0),
    ],
)
def test_the_stable_form_holds_where_the_naive_one_breaks(naive, stable, x, broken):
    assert_allclose(naive(0.5), stable(0.5))
    with np.errstate(all="ignore"):
        assert_array_equal(naive(x), broken)
    assert 0 < abs(stable(x)) < INF


@pytest.mark.parametrize(
    "naive",
    [
        lambda x: 1 / (1 + np.exp(-x)),
        lambda x: np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x))),
    ],
)
def test_a_choice_between_two_exponentials_overflows_as_the_naive_sigmoid_does(naive):
    x = np.array([-1000.0, 1000.0])
    with pytest.raises(FloatingPointError, match="overflow"):
        naive(x)
    assert_array_equal(sigmoid(x), [0, 1])


def test_in_float32_the_sigmoid_keeps_what_the_naive_form_loses():
    x = np.float32(-89)
    with np.errstate(over="ignore"):
        assert 1 / (1 + np.exp(-x)) == 0
    assert_allclose(sigmoid(x), np.exp(-89.0), rtol=1e-5)


def test_twenty_slopes_leave_nothing():
    assert_allclose(sigmoid_derivative(0.0) ** 20, 9.094947017729282e-13)


def test_the_leak_of_a_relu_can_be_chosen():
    x = [-2.0, 0.0, 3.0]
    assert_array_equal(leaky_relu(x, slope=0.5), [-1, 0, 3])
    assert_array_equal(leaky_relu_derivative(x, slope=0.5), [0.5, 0.5, 1])
    assert_array_equal(leaky_relu(x, slope=0), relu(x))


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
def test_log_sigmoid(x):
    assert_allclose(log_sigmoid(x), scipy.special.log_expit(x), rtol=1e-12)
    assert_allclose(log_sigmoid(x) - log_sigmoid(-x), x, rtol=1e-12, atol=1e-15)
    assert log_sigmoid_derivative(x) == sigmoid(-x)


@given(probabilities)
def test_logit(p):
    assert_allclose(logit(p), scipy.special.logit(p), rtol=1e-12, atol=1e-15)
    assert logit_derivative(p) >= 4


@given(st.floats(-700, 36))
def test_logit_undoes_the_sigmoid(x):
    # Near 1, probabilities are too far apart to tell one logit from the next.
    assert_allclose(
        logit(sigmoid(x)), x, rtol=1e-12, atol=4e-16 * (1 + np.exp(max(x, 0)))
    )


@given(probabilities)
def test_the_sigmoid_undoes_logit(p):
    assert_allclose(sigmoid(logit(p)), p, rtol=1e-12, atol=1e-323)


@given(st.floats(0.001, 0.999), st.lists(st.floats(0.1, 10), max_size=5))
def test_evidence_adds_up_in_log_odds(prior, ratios):
    by_bayes = prior * np.prod(ratios) / (prior * np.prod(ratios) + 1 - prior)
    assert_allclose(
        sigmoid(logit(prior) + np.sum(np.log(ratios))), by_bayes, rtol=1e-10
    )


@given(numbers, numbers)
def test_the_sigmoid_is_a_softmax_of_two(a, b):
    assert_allclose(sigmoid(a - b), softmax([a, b])[0], rtol=1e-12, atol=1e-323)


@given(numbers)
def test_tanh_is_a_stretched_sigmoid(x):
    assert_allclose(tanh(x), 2 * sigmoid(2 * x) - 1, atol=1e-15)
    assert tanh(x) == -tanh(-x)
    assert 0 <= tanh_derivative(x) <= 1
    assert_allclose(tanh_derivative(x), 1 - np.tanh(x) ** 2, atol=1e-15)


@given(numbers)
def test_steps_and_slopes(x):
    assert step(x) == (x >= 0)
    assert leaky_relu(x) == (x if x > 0 else 0.01 * x)
    assert identity(x) == x
    if abs(x) >= 1:  # the limit of a sigmoid made steep
        assert_allclose(sigmoid(1000 * x), step(x), atol=1e-300)


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


def test_derivative_of_logit(rng):
    p = np.array([[0.02, 0.5], [0.25, 0.9]])
    check_gradient(logit, lambda p, c: c * logit_derivative(p), p, rng)
    by_autograd = autograd.elementwise_grad(lambda p: anp.log(p / (1 - p)))(p)
    assert_allclose(logit_derivative(p), by_autograd, rtol=1e-12)
    assert_allclose(logit_derivative(p) * sigmoid_derivative(logit(p)), 1, rtol=1e-12)


def test_a_derivative_takes_the_value_before_its_function(rng):
    x = np.array([3.0])
    with pytest.raises(AssertionError, match="gradient at"):
        check_gradient(sigmoid, lambda x, c: c * sigmoid_derivative(sigmoid(x)), x, rng)


# Edges


@pytest.mark.parametrize(
    "function, at_minus_infinity, at_infinity",
    [
        (identity, -INF, INF),
        (identity_derivative, 1, 1),
        (step, 0, 1),
        (step_derivative, 0, 0),
        (relu, 0, INF),
        (relu_derivative, 0, 1),
        (leaky_relu, -INF, INF),
        (leaky_relu_derivative, 0.01, 1),
        (log_sigmoid, -INF, 0),
        (log_sigmoid_derivative, 1, 0),
        (tanh, -1, 1),
        (tanh_derivative, 0, 0),
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
    looks = function not in CONSTANT
    assert_array_equal(np.isnan(function([NAN, 1.0])), [looks, False])


@pytest.mark.parametrize("function", [*FUNCTIONS, logit, logit_derivative])
@pytest.mark.parametrize("shape", [(), (0,), (2, 0), (2, 3)])
def test_shape_is_kept(function, shape):
    assert np.shape(function(np.ones(shape))) == shape


@pytest.mark.parametrize("function", [*FUNCTIONS, logit, logit_derivative])
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
        TypeError, match=r"^x: got dtype complex128, expected real numbers$"
    ):
        function([1j])


def test_certainty_is_infinitely_far_away():
    assert_array_equal(logit([0, 1]), [-INF, INF])
    assert_array_equal(logit_derivative([0, 1]), [INF, INF])
    assert logit(5e-324) == np.log(5e-324)
    assert logit_derivative(5e-324) == INF  # 2e323 is beyond float64


@EVERY_LOGIT
@pytest.mark.parametrize("p", [-0.1, 1.1, INF, NAN])
def test_the_logit_of_what_is_no_probability_is_refused(function, p):
    with pytest.raises(ValueError, match=f"^p: got {p}, expected probabilities"):
        function([0.5, p])


@EVERY_LOGIT
def test_the_logit_leaves_its_input_and_refuses_what_is_not_real(function):
    p = np.array([0.0, 0.5, 1.0])
    function(p)
    assert_array_equal(p, [0, 0.5, 1])
    with pytest.raises(TypeError, match=r"^p: got dtype complex128"):
        function([1j])


def test_identity_returns_a_copy():
    x = np.array([1.0, 2.0])
    assert not np.shares_memory(identity(x), x)
