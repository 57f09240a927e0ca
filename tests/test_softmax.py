"""Tests of `dlbasics.softmax`."""

import re

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.testing import assert_allclose, assert_array_equal

from dlbasics.gradcheck import check_gradient
from dlbasics.softmax import log_softmax, logsumexp, softmax, softmax_jacobian

INF, NAN = np.inf, np.nan
EVERY_FUNCTION = pytest.mark.parametrize(
    "function", [logsumexp, softmax, log_softmax, softmax_jacobian]
)
AXES = pytest.mark.parametrize("axis", [0, 1, -1, (0, 2), (0, 1, 2), None])

scores = arrays(
    np.float64,
    array_shapes(max_dims=2, max_side=6),
    elements=st.floats(-1e4, 1e4),
)
# Sums and differences of whole numbers are exact, so that nothing but the rule is tested.
whole_scores = arrays(np.float64, st.integers(1, 6), elements=st.integers(-1000, 1000))


# Values


@pytest.mark.parametrize(
    "x, expected",
    [
        ([5.0], 5.0),
        ([0.0, 0.0], np.log(2)),
        (np.log([1, 2, 3]), np.log(6)),
        ([-1.0, -2.0], -1 + np.log1p(np.exp(-1))),
        ([1000.0, 1000.0], 1000 + np.log(2)),
        ([-1000.0, -1000.0], -1000 + np.log(2)),
        ([1e308, 1e308], 1e308),
        ([3.0, -INF], 3.0),
    ],
)
def test_logsumexp_of_known_scores(x, expected):
    assert_allclose(logsumexp(x), expected, rtol=1e-15)


@pytest.mark.parametrize(
    "x, expected",
    [
        ([5.0], [1]),
        (np.log([1, 2, 5]), [1 / 8, 2 / 8, 5 / 8]),
        ([1000.0, 1000.0], [1 / 2, 1 / 2]),
        ([0.0, -1000.0], [1, 0]),
        ([0.0, 0.0, -INF], [1 / 2, 1 / 2, 0]),
        ([[0, 0], [np.log(3), 0]], [[1 / 2, 1 / 2], [3 / 4, 1 / 4]]),
    ],
)
def test_softmax_of_known_scores(x, expected):
    assert_allclose(softmax(x), expected, rtol=1e-15)


@pytest.mark.parametrize(
    "x, expected",
    [
        (np.log([1, 2, 5]), np.log([1 / 8, 2 / 8, 5 / 8])),
        ([0.0, 1000.0], [-1000, 0]),
        ([1e308, -1e308], [0, -INF]),
        ([0.0, -INF], [0, -INF]),
    ],
)
def test_log_softmax_of_known_scores(x, expected):
    assert_allclose(log_softmax(x), expected, rtol=1e-15)


def test_jacobian_of_known_scores():
    expected = np.array([[3, -3], [-3, 3]]) / 16
    assert_allclose(softmax_jacobian(np.log([1, 3])), expected, rtol=1e-15)


def test_what_lies_far_below_the_maximum_is_kept():
    tiny = np.log1p(np.exp(-40.0))
    assert 0 < tiny < np.finfo(float).eps
    assert_allclose(logsumexp([0.0, -40.0]), tiny, rtol=1e-15)
    assert_allclose(log_softmax([1000.0, 960.0]), [-tiny, -40], rtol=1e-15)


def naive_logsumexp(x):
    return np.log(np.sum(np.exp(x)))


def naive_softmax(x):
    return np.exp(x) / np.sum(np.exp(x))


def naive_log_softmax(x):
    return np.log(softmax(x))


@pytest.mark.parametrize(
    "naive, stable, x, broken",
    [
        (naive_logsumexp, logsumexp, [1000.0, 0.0], INF),
        (naive_logsumexp, logsumexp, [-1000.0, -1000.0], -INF),
        (naive_logsumexp, logsumexp, np.float32([100, 0]), INF),
        (naive_softmax, softmax, [1000.0, 0.0], [NAN, 0]),
        (naive_softmax, softmax, [-1000.0, -1000.0], [NAN, NAN]),
        (naive_softmax, softmax, np.float32([100, 0]), [NAN, 0]),
        (naive_log_softmax, log_softmax, [0.0, 1000.0], [-INF, 0]),
    ],
)
def test_the_stable_form_holds_where_the_naive_one_breaks(naive, stable, x, broken):
    harmless = np.array([0.5, -1.0])
    assert_allclose(naive(harmless), stable(harmless))
    with np.errstate(all="ignore"):
        assert_array_equal(naive(x), broken)
    assert np.isfinite(stable(x)).all()


# Properties


@given(scores)
def test_agrees_with_scipy(x):
    # max + log(Σ...) cancels where LSE is near 0: what is left of log n has its rounding error.
    assert_allclose(
        logsumexp(x),
        scipy.special.logsumexp(x, axis=-1),
        rtol=1e-12,
        atol=1e-15,
    )
    # Below the smallest normal number the digits run out.
    smallest = np.finfo(float).smallest_normal
    assert_allclose(
        softmax(x), scipy.special.softmax(x, axis=-1), rtol=1e-12, atol=smallest
    )
    # SciPy rounds the logarithm of a probability close to 1 to 0.
    assert_allclose(
        log_softmax(x),
        scipy.special.log_softmax(x, axis=-1),
        rtol=1e-12,
        atol=1e-15,
    )


@AXES
@pytest.mark.parametrize("keepdims", [False, True])
def test_logsumexp_takes_any_axis(axis, keepdims, rng):
    x = rng.normal(size=(2, 3, 4))
    expected = scipy.special.logsumexp(x, axis=axis, keepdims=keepdims)
    got = logsumexp(x, axis=axis, keepdims=keepdims)
    assert got.shape == expected.shape
    assert_allclose(got, expected, rtol=1e-12)


@AXES
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_softmax_takes_any_axis(name, axis, rng):
    x = rng.normal(size=(2, 3, 4))
    ours = {"softmax": softmax, "log_softmax": log_softmax}[name]
    assert_allclose(
        ours(x, axis=axis),
        getattr(scipy.special, name)(x, axis=axis),
        rtol=1e-12,
    )


@given(scores)
def test_logsumexp_is_bounded_by_the_maximum(x):
    largest, rounding = x.max(axis=-1), 1e-15 * np.abs(x).max()
    assert (largest <= logsumexp(x)).all()
    assert (logsumexp(x) <= largest + np.log(x.shape[-1]) + rounding).all()


@given(st.floats(-1e4, 1e4), st.integers(1, 6))
def test_both_bounds_are_reached(largest, n):
    equal = np.full(n, largest)
    alone = np.where(np.arange(n) == 0, largest, -INF)
    assert_allclose(logsumexp(equal), largest + np.log(n), rtol=1e-15, atol=1e-15)
    assert logsumexp(alone) == largest


@given(whole_scores, st.integers(-1000, 1000))
def test_a_shift_moves_logsumexp_but_not_softmax(x, shift):
    assert_allclose(logsumexp(x + shift), logsumexp(x) + shift, rtol=1e-12, atol=1e-12)
    assert_array_equal(softmax(x + shift), softmax(x))
    assert_array_equal(log_softmax(x + shift), log_softmax(x))


@given(scores)
def test_softmax_is_a_distribution_in_the_order_of_the_scores(x):
    q = softmax(x)
    assert (q >= 0).all()
    assert_allclose(q.sum(axis=-1), 1, rtol=1e-14)
    in_order = np.take_along_axis(q, np.argsort(x, axis=-1), axis=-1)
    assert (np.diff(in_order, axis=-1) >= 0).all()


@given(scores)
def test_log_softmax_is_the_logarithm_of_softmax(x):
    assert (log_softmax(x) <= 0).all()
    assert_allclose(np.exp(log_softmax(x)), softmax(x), rtol=1e-11, atol=1e-300)


@given(scores)
def test_jacobian_is_symmetric_and_its_rows_sum_to_0(x):
    jacobian = softmax_jacobian(x)
    assert jacobian.shape == (*x.shape, x.shape[-1])
    assert_allclose(jacobian, np.swapaxes(jacobian, -1, -2), rtol=1e-15, atol=1e-15)
    assert_allclose(jacobian.sum(axis=-1), 0, atol=1e-14)


# Gradients


def logsumexp_backward(x, upstream):
    return upstream[..., None] * softmax(x)


def softmax_backward(x, upstream):
    return np.einsum("...i,...ij->...j", upstream, softmax_jacobian(x))


def log_softmax_backward(x, upstream):
    return upstream - softmax(x) * upstream.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize(
    "function, backward",
    [
        (logsumexp, logsumexp_backward),
        (softmax, softmax_backward),
        (log_softmax, log_softmax_backward),
    ],
)
def test_documented_derivative(function, backward, rng):
    check_gradient(function, backward, rng.normal(size=(3, 4)), rng)


def test_autograd_finds_the_same_derivatives(rng):
    x = rng.normal(size=4)
    gradient = autograd.grad(lambda z: anp.log(anp.sum(anp.exp(z))))(x)
    jacobian = autograd.jacobian(lambda z: anp.exp(z) / anp.sum(anp.exp(z)))(x)
    assert_allclose(softmax(x), gradient, rtol=1e-12)
    assert_allclose(softmax_jacobian(x), jacobian, rtol=1e-12)


# Edges


@pytest.mark.parametrize(
    "x, expected",
    [
        ([], -INF),
        ([-INF, -INF], -INF),
        ([INF, 1.0], INF),
        ([INF, -INF], INF),
        ([INF, INF], INF),
        ([NAN, 1.0], NAN),
        ([NAN, INF], NAN),
        ([NAN, -INF], NAN),
        ([[INF, 0], [-INF, -INF], [NAN, 0], [0, -INF]], [INF, -INF, NAN, 0]),
        (np.zeros((2, 0)), [-INF, -INF]),
        (np.zeros((0, 2)), []),
    ],
)
def test_logsumexp_where_something_is_not_finite(x, expected):
    assert_array_equal(logsumexp(x), expected)


@pytest.mark.parametrize("function", [softmax, log_softmax])
@pytest.mark.parametrize(
    "row", [[-INF, -INF], [INF, 1], [INF, INF], [INF, -INF], [NAN, 1]]
)
def test_a_row_without_a_distribution_is_nan_and_spoils_no_other(function, row):
    got = function([row, [0, 0]])
    assert np.isnan(got[0]).all()
    assert np.isfinite(got[1]).all()


@pytest.mark.parametrize("function", [softmax, log_softmax])
@pytest.mark.parametrize("shape", [(0,), (2, 0), (0, 2)])
def test_no_scores_no_probabilities(function, shape):
    assert function(np.zeros(shape)).shape == shape


@pytest.mark.parametrize("axis", [None, (0, 1), ()])
@pytest.mark.parametrize("shape", [(2, 0), (0, 2)])
def test_no_scores_along_several_axes(shape, axis):
    x = np.zeros(shape)
    assert softmax(x, axis).shape == log_softmax(x, axis).shape == shape
    assert (logsumexp(x, axis) == -INF).all()


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
    assert function(np.array([[0, 1], [1, 1]], dtype=given_type)).dtype == expected


@EVERY_FUNCTION
def test_the_input_is_not_changed(function):
    x = np.array([[1.0, 2.0], [1000.0, -INF]])
    before = x.copy()
    function(x)
    assert_array_equal(x, before)


@EVERY_FUNCTION
@pytest.mark.parametrize("x", [["one", "two"], [1j, 2j], [None, 1]])
def test_what_is_not_a_real_number_is_refused(function, x):
    with pytest.raises(TypeError, match=r"^x: got dtype .*, expected real numbers$"):
        function(x)


@pytest.mark.parametrize("function", [logsumexp, softmax, log_softmax])
@pytest.mark.parametrize(
    "x, axis, error, message",
    [
        (
            np.zeros((2, 2)),
            2,
            ValueError,
            "axis: got 2, expected an axis of x, which has",
        ),
        (
            np.zeros((2, 2)),
            (0, 2),
            ValueError,
            "axis: got (0, 2), expected an axis of x",
        ),
        (
            np.zeros((2, 2)),
            (0, -2),
            ValueError,
            "axis: got (0, -2), expected each axis",
        ),
        ([1.0], "rows", TypeError, "axis: got 'rows', expected an integer, a tuple"),
        ([1.0], 0.0, TypeError, "axis: got 0.0, expected an integer, a tuple"),
        ([1.0], True, TypeError, "axis: got True, expected an integer, a tuple"),
        (
            3.0,
            -1,
            ValueError,
            "axis: got -1, expected an axis of x, which has shape ()",
        ),
    ],
)
def test_an_axis_that_is_not_there_is_refused(function, x, axis, error, message):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        function(x, axis=axis)


@pytest.mark.parametrize("keepdims", [0, None, "yes"])
def test_keepdims_is_true_or_false(keepdims):
    with pytest.raises(TypeError, match=r"^keepdims: got .*, expected True or False$"):
        logsumexp([1.0], keepdims=keepdims)


def test_a_single_number():
    assert logsumexp(3.0, axis=None) == 3
    assert softmax(3.0, axis=None) == 1
    assert log_softmax(3.0, axis=None) == 0
    with pytest.raises(ValueError, match=r"^x: got a single number, expected scores"):
        softmax_jacobian(3.0)


@pytest.mark.parametrize("axis", [(), (1,), (0, 1), None])
@pytest.mark.parametrize("keepdims", [False, True])
def test_an_axis_of_length_1_is_not_mixed_up_with_another(axis, keepdims):
    x = np.array([[1.0, 2.0, 4.0]])  # (1, 3)
    expected = scipy.special.logsumexp(x, axis=axis, keepdims=keepdims)
    got = logsumexp(x, axis=axis, keepdims=keepdims)
    assert np.shape(got) == np.shape(expected)
    assert_allclose(got, expected, rtol=1e-15)
    assert got is not x
    assert not np.shares_memory(got, x)
    assert_allclose(log_softmax(x, axis), x - logsumexp(x, axis, True), rtol=1e-14)


def test_logsumexp_of_a_row_is_a_scalar():
    assert type(logsumexp([1.0, 2.0])) is np.float64
    assert type(logsumexp(np.float32([1.0, 2.0]))) is np.float32
    assert type(logsumexp([[1.0], [2.0]], axis=None)) is np.float64


@pytest.mark.parametrize("function", [softmax, log_softmax])
@pytest.mark.parametrize("axis", [0, (0, 1), None])
def test_a_nan_spoils_the_whole_slice_along_any_axis(function, axis):
    x = np.array([[INF, 0.0], [1.0, 0.0]])
    got = np.isnan(function(x, axis))
    assert_array_equal(got, [[True, False]] * 2 if axis == 0 else np.ones((2, 2)))


def test_float16_is_summed_in_float32():
    x = np.zeros(70_000, np.float16)  # the sum is beyond the largest float16
    assert_allclose(softmax(x), 1 / 70_000, rtol=1e-6)
    assert_allclose(log_softmax(x), -np.log(70_000), rtol=1e-6)
    assert_allclose(logsumexp(x), np.log(70_000), rtol=1e-6)
    assert softmax(x).dtype == logsumexp(x).dtype == np.float32


@pytest.mark.parametrize("axis", [-1, None, (0, 1)])
def test_huge_differences_and_tiny_rests_along_any_axis(axis):
    assert_array_equal(softmax([[1e308, -1e308]], axis), [[1, 0]])
    assert_array_equal(log_softmax([[1e308, -1e308]], axis), [[0, -INF]])
    assert logsumexp([[1e308, -1e308]], axis) == 1e308
    tiny = np.log1p(2 * np.exp(-40.0))
    assert_allclose(logsumexp([[-40.0, 0.0, -40.0]], axis), tiny, rtol=1e-14)
    expected = [[-40 - tiny, -tiny, -40 - tiny]]
    assert_allclose(log_softmax([[960.0, 1000, 960]], axis), expected, rtol=1e-14)


def test_each_slice_along_several_axes_has_its_own_largest_score():
    x = np.array([[[960.0, 1000.0]], [[1e6, 0.0]]])
    tiny = np.log1p(np.exp(-40.0))
    expected = [[[-40, -tiny]], [[0, -1e6]]]
    assert_allclose(log_softmax(x, axis=(1, 2)), expected, rtol=1e-14)


def test_the_jacobian_has_no_minus_0():
    jacobian = softmax_jacobian([[0.0, 1000.0], [1000.0, 0.0]])
    assert_array_equal(jacobian, np.zeros((2, 2, 2)))
    assert not np.signbit(jacobian).any()
