"""Tests of `dlbasics.losses`."""

import re

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from dlbasics.data import one_hot
from dlbasics.gradcheck import check_gradient
from dlbasics.information import cross_entropy
from dlbasics.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    half_sse,
    half_sse_gradient,
    mae,
    mae_gradient,
    mse,
    mse_gradient,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
)
from dlbasics.softmax import softmax

INF, NAN = np.inf, np.nan
TINY = np.finfo(float).smallest_normal  # below it the digits run out
REGRESSION = {mse: mse_gradient, half_sse: half_sse_gradient, mae: mae_gradient}
ELEMENTWISE = REGRESSION | {binary_cross_entropy: binary_cross_entropy_gradient}
EVERY_LOSS = ELEMENTWISE | {softmax_cross_entropy: softmax_cross_entropy_gradient}
LOSSES_AND_GRADIENTS = [*EVERY_LOSS, *EVERY_LOSS.values()]
ELEMENTWISE_BOTH = [*ELEMENTWISE, *ELEMENTWISE.values()]
CLASSES_BOTH = [softmax_cross_entropy, softmax_cross_entropy_gradient]

errors = arrays(np.float64, st.integers(1, 9), elements=st.floats(-1e3, 1e3))


@st.composite
def classified(draw, size=1000):
    n, k = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    logits = draw(arrays(np.float64, (n, k), elements=st.floats(-size, size)))
    return logits, draw(arrays(np.int64, n, elements=st.integers(0, k - 1)))


@st.composite
def answered(draw, size=1000):
    n = draw(st.integers(1, 6))
    logits = draw(arrays(np.float64, n, elements=st.floats(-size, size)))
    return logits, draw(arrays(np.float64, n, elements=st.floats(0, 1)))


# Values


@pytest.mark.parametrize(
    "loss, expected, gradient",
    [
        (mse, 10 / 3, [0, -2 / 3, 2]),
        (half_sse, 5, [0, -1, 3]),
        (mae, 4 / 3, [0, -1 / 3, 1 / 3]),
    ],
)
def test_regression_by_hand(loss, expected, gradient):
    y, t = [1, 2, 6], [1, 3, 3]
    assert_allclose(loss(y, t), expected, rtol=1e-15)
    assert_allclose(REGRESSION[loss](y, t), gradient, rtol=1e-15)


@pytest.mark.parametrize("loss, expected", [(mse, 7.5), (half_sse, 15), (mae, 2.5)])
def test_regression_averages_over_all_elements(loss, expected):
    y, t = [[1, 2], [3, 4]], [[0, 0], [0, 0]]
    assert loss(y, t) == expected
    assert REGRESSION[loss](y, t).shape == (2, 2)


@pytest.mark.parametrize(
    "logits, targets, expected, gradient",
    [
        ([0.0], [1], np.log(2), [-1 / 2]),
        ([np.log(3)], [0], np.log(4), [3 / 4]),
        ([np.log(3)], [0.75], np.log(4) - 0.75 * np.log(3), [0]),
        ([0, 1000], [1, 1], np.log(2) / 2, [-1 / 4, 0]),
        ([1000, -1000], [0, 1], 1000, [1 / 2, -1 / 2]),
        ([[0.0], [0.0]], [[1], [0]], np.log(2), [[-1 / 4], [1 / 4]]),
    ],
)
def test_yes_or_no(logits, targets, expected, gradient):
    assert_allclose(binary_cross_entropy(logits, targets), expected, rtol=1e-15)
    got = binary_cross_entropy_gradient(logits, targets)
    assert_allclose(got, gradient, rtol=1e-15, atol=2e-16)


@pytest.mark.parametrize(
    "logits, labels, expected, gradient",
    [
        ([[7.0]], [0], 0, [[0]]),
        ([np.log([1, 2, 5])], [0], np.log(8), [[-7 / 8, 2 / 8, 5 / 8]]),
        ([[0, 0], [0, 50]], [0, 0], (np.log(2) + 50) / 2, [[-1, 1], [-2, 2]]),
        ([[0, 1000]], [0], 1000, [[-1, 1]]),
        ([[1000, -1000]], [0], 0, [[0, 0]]),
        ([[0, 0, -INF]], [1], np.log(2), [[1 / 2, -1 / 2, 0]]),
        ([[0, -INF]], [0], 0, [[0, 0]]),
    ],
)
def test_one_of_many(logits, labels, expected, gradient):
    if len(logits) == 2:
        gradient = np.array(gradient) / 4
    assert_allclose(softmax_cross_entropy(logits, labels), expected, rtol=1e-15)
    got = softmax_cross_entropy_gradient(logits, labels)
    assert_allclose(got, gradient, rtol=1e-15)


def test_what_lies_far_below_0_is_kept():
    tiny = np.log1p(np.exp(-50.0))
    assert_allclose(binary_cross_entropy([50.0], [1]), tiny, rtol=1e-15)
    assert_allclose(softmax_cross_entropy([[50.0, 0.0]], [0]), tiny, rtol=1e-15)


def log_of_softmax(x):
    return -np.log(softmax(x)[0])


def log_with_epsilon(x):
    return -np.log(softmax(x)[0] + 1e-7)


@pytest.mark.parametrize(
    "naive, x, broken",
    [
        (log_of_softmax, [0.0, 1000.0], INF),
        (log_of_softmax, np.float32([0, 110]), INF),
        (log_with_epsilon, [0.0, 50.0], -np.log(1e-7)),
        (log_with_epsilon, [50.0, 0.0], -1e-7),
    ],
)
def test_the_naive_losses_break_where_ours_holds(naive, x, broken):
    gentle = np.array([0.5, -1.0])
    assert_allclose(naive(gentle), softmax_cross_entropy([gentle], [0]), rtol=1e-6)
    with np.errstate(divide="ignore"):
        assert_allclose(naive(x), broken, rtol=1e-6)
    lead = float(x[1] - x[0])
    expected = np.logaddexp(0, lead)
    assert_allclose(softmax_cross_entropy([x], [0]), expected, rtol=1e-7)


@pytest.mark.parametrize("target, broken", [(1, NAN), (0, INF)])
def test_divisions_break_as_soon_as_a_probability_rounds_to_1(target, broken):
    A = 1 / (1 + np.exp(-40.0))
    assert A == 1
    with np.errstate(divide="ignore", invalid="ignore"):
        by_A = -(target / A - np.float64(1 - target) / (1 - A))
    assert_array_equal(by_A, broken)
    assert binary_cross_entropy_gradient([40.0], [target]) == 1 - target


# Properties


@given(errors)
def test_the_three_regression_losses_are_relatives(e):
    t = np.zeros_like(e)
    sum_of_squares = e.size * mse(e, t)
    assert_allclose(2 * half_sse(e, t), sum_of_squares, rtol=1e-12, atol=10 * TINY)
    assert_allclose(np.linalg.norm(e) ** 2, sum_of_squares, rtol=1e-12, atol=10 * TINY)
    assert mae(e, t) ** 2 <= mse(e, t) * (1 + 1e-12) + TINY


@given(errors, st.floats(-1e3, 1e3))
def test_the_best_constants_are_mean_and_median(t, other):
    def constant(loss, c):
        return loss(np.full_like(t, c), t)

    assert constant(mse, t.mean()) <= constant(mse, other) * (1 + 1e-12) + 1e-9
    assert constant(mae, np.median(t)) <= constant(mae, other) * (1 + 1e-12) + TINY


@given(answered())
def test_yes_or_no_is_a_softmax_of_two(sample):
    x, t = sample
    two = np.stack([np.zeros_like(x), x], axis=-1)
    log_q = scipy.special.log_softmax(two, axis=-1)
    expected = -np.mean((1 - t) * log_q[:, 0] + t * log_q[:, 1])
    assert_allclose(binary_cross_entropy(x, t), expected, rtol=1e-12, atol=1e-12)
    q = softmax(two)[:, 1]
    gradient = binary_cross_entropy_gradient(x, t)
    assert_allclose(gradient, (q - t) / x.size, rtol=1e-12, atol=1e-15)


@given(classified())
def test_one_of_many_agrees_with_scipy(sample):
    logits, labels = sample
    log_q = scipy.special.log_softmax(logits, axis=-1)
    expected = -np.mean(log_q[np.arange(len(labels)), labels])
    got = softmax_cross_entropy(logits, labels)
    assert got >= 0
    assert_allclose(got, expected, rtol=1e-12, atol=1e-15)


@given(classified(size=30))
def test_it_is_the_cross_entropy_with_one_hot_rows(sample):
    logits, labels = sample
    p, q = one_hot(labels, logits.shape[1]), softmax(logits)
    expected = np.mean(cross_entropy(p, q, base=np.e))
    assert_allclose(
        softmax_cross_entropy(logits, labels), expected, rtol=1e-9, atol=1e-12
    )
    gradient = softmax_cross_entropy_gradient(logits, labels)
    assert_allclose(gradient, (q - p) / len(p), rtol=1e-15, atol=1e-16)


@given(classified())
def test_each_row_of_the_gradient_sums_to_0(sample):
    gradient = softmax_cross_entropy_gradient(*sample)
    assert_allclose(gradient.sum(axis=-1), 0, atol=1e-14)
    assert (np.abs(gradient) <= 1).all()


@given(classified())
def test_the_mean_does_not_know_how_often_a_batch_is_repeated(sample):
    logits, labels = sample
    many = np.tile(logits, (3, 1)), np.tile(labels, 3)
    loss = softmax_cross_entropy(*sample)
    assert_allclose(softmax_cross_entropy(*many), loss, rtol=1e-12, atol=TINY)
    once = softmax_cross_entropy_gradient(*sample)
    thrice = softmax_cross_entropy_gradient(*many)
    assert_allclose(3 * thrice[: len(once)], once, rtol=1e-12, atol=TINY)


# Gradients


def autograd_bce(x, t):
    return anp.mean(anp.logaddexp(0, x) - x * t)


def autograd_cross_entropy(x, p):
    """LSE - p·x, where a score of -inf with p = 0 takes no part."""
    x = x - anp.max(x, axis=1, keepdims=True)  # which the loss does not see
    return anp.mean(anp.log(anp.sum(anp.exp(x), axis=1)) - anp.sum(p * x, axis=1))


@pytest.mark.parametrize("loss", ELEMENTWISE)
@pytest.mark.parametrize("shape", [(1,), (5,), (3, 2)])
def test_documented_gradient(loss, shape, rng):
    x, t = rng.normal(0, 3, shape), rng.uniform(size=shape)

    def backward(x, upstream):
        return upstream * ELEMENTWISE[loss](x, t)

    check_gradient(lambda x: loss(x, t), backward, x, rng)


@pytest.mark.parametrize("size", [1, 30, 1000])
def test_documented_gradient_of_one_of_many(size, rng):
    logits, labels = rng.normal(0, size, (4, 3)), np.array([2, 0, 1, 1])

    def backward(x, upstream):
        return upstream * softmax_cross_entropy_gradient(x, labels)

    check_gradient(
        lambda x: softmax_cross_entropy(x, labels), backward, logits, rng, 1e-5
    )


@pytest.mark.parametrize(
    "loss, formula",
    [
        (mse, lambda y, t: anp.mean((y - t) ** 2)),
        (half_sse, lambda y, t: anp.sum((y - t) ** 2) / 2),
        (mae, lambda y, t: anp.mean(anp.abs(y - t))),
    ],
)
def test_autograd_finds_the_same_regression_gradients(loss, formula, rng):
    y, t = rng.normal(size=(2, 4, 3))
    assert_allclose(REGRESSION[loss](y, t), autograd.grad(formula)(y, t), rtol=1e-12)


@pytest.mark.parametrize("size", [1, 30, 1000])
@pytest.mark.parametrize("dtype, rtol", [(np.float64, 1e-12), (np.float32, 1e-5)])
def test_autograd_finds_the_same_gradient_of_yes_or_no(size, dtype, rtol, rng):
    x, t = rng.normal(0, size, 20).astype(dtype), rng.integers(0, 2, 20).astype(dtype)
    gradient = binary_cross_entropy_gradient(x, t)
    with np.errstate(over="ignore"):  # autograd's own
        expected = autograd.grad(autograd_bce)(x.astype(float), t.astype(float))
    assert gradient.dtype == dtype
    assert_allclose(gradient, expected, rtol=rtol, atol=np.finfo(dtype).eps)


@pytest.mark.parametrize("size", [1, 30, 1000])
@pytest.mark.parametrize("dtype, rtol", [(np.float64, 1e-12), (np.float32, 1e-4)])
def test_autograd_finds_the_same_gradient_of_one_of_many(size, dtype, rtol, rng):
    x, labels = rng.normal(0, size, (20, 5)).astype(dtype), rng.integers(0, 5, 20)
    gradient = softmax_cross_entropy_gradient(x, labels)
    expected = autograd.grad(autograd_cross_entropy)(x.astype(float), np.eye(5)[labels])
    assert gradient.dtype == dtype
    assert_allclose(gradient, expected, rtol=rtol, atol=np.finfo(dtype).eps)


@pytest.mark.parametrize(
    "row", [[1000, -1000, 0], [-1000, -1000, 0], [1000, 1000, -1000]]
)
@pytest.mark.parametrize("label", [0, 1, 2])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_scores(row, label, dtype):
    x = np.array([row], dtype=dtype)
    p = np.eye(3)[[label]]
    gradient = softmax_cross_entropy_gradient(x, [label])
    expected = autograd.grad(autograd_cross_entropy)(x.astype(float), p)
    assert softmax_cross_entropy(x, [label]).dtype == gradient.dtype == dtype
    assert_allclose(
        softmax_cross_entropy(x, [label]),
        autograd_cross_entropy(x.astype(float), p),
        rtol=1e-6,
    )
    assert_allclose(gradient, expected, rtol=1e-6)


def test_a_masked_class_has_no_part_in_the_gradient(rng):
    logits, labels = rng.normal(size=(4, 3)), np.array([0, 1, 1, 0])
    masked = np.column_stack([logits[:, :2], np.full(4, -INF)])
    gradient = softmax_cross_entropy_gradient(masked, labels)
    expected = softmax_cross_entropy_gradient(logits[:, :2], labels)
    assert_allclose(gradient[:, :2], expected, rtol=1e-15)
    assert_array_equal(gradient[:, 2], 0)
    two = logits[:, :2]
    by_autograd = autograd.grad(autograd_cross_entropy)(two, np.eye(2)[labels])
    assert_allclose(gradient[:, :2], by_autograd, rtol=1e-12)


def test_at_the_kink_of_the_absolute_error_the_gradient_is_0():
    assert_array_equal(mae_gradient([1.0, 2.0], [1.0, 2.0]), [0, 0])


# Edges


def test_a_right_class_that_was_ruled_out_costs_without_end():
    logits, labels = [[0, -INF], [0, 0]], [1, 0]
    assert softmax_cross_entropy(logits, labels) == INF
    gradient = softmax_cross_entropy_gradient(logits, labels)
    assert_array_equal(gradient, [[1 / 2, -1 / 2], [-1 / 4, 1 / 4]])


@pytest.mark.parametrize("function", CLASSES_BOTH)
@pytest.mark.parametrize(
    "row, message",
    [
        ([NAN, 0], "logits: got nan at (1, 0), expected finite numbers, or -inf"),
        ([0, INF], "logits: got inf at (1, 1), expected finite numbers, or -inf"),
        ([-INF, -INF], "logits: got only -inf in row 1, expected at least one class"),
    ],
)
def test_a_row_without_a_distribution_is_refused(function, row, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        function([[0, 0], row], [0, 0])


@pytest.mark.parametrize("function", ELEMENTWISE_BOTH)
@pytest.mark.parametrize("wrong", [NAN, INF, -INF])
def test_every_other_loss_takes_finite_numbers_only(function, wrong):
    name = "logits" if "binary" in function.__name__ else "predictions"
    message = f"{name}: got {wrong} at (1,), expected finite numbers"
    refuses(ValueError, message, function, [0.0, wrong], [0.0, 1.0])
    if name == "predictions":
        message = f"targets: got {wrong} at (1,), expected finite numbers"
        refuses(ValueError, message, function, [0.0, 1.0], [0.0, wrong])


@pytest.mark.parametrize(
    "function, y, t, expected",
    [
        (mse, [1e200], [0], INF),
        (mse, [1e308], [-1e308], INF),
        (mse, np.float32([1e30]), np.float32([0]), INF),
        (mse, [1e150, 0], [0, 0], 5e299),
        (half_sse, [1e200], [0], INF),
        (half_sse, [1e308], [-1e308], INF),
        (mae, [1e308], [-1e308], INF),
        (mae, [1e308, 0], [0, 0], 5e307),
        (mse_gradient, [1.6e308, 0, 0, 0], [0, 0, 0, 0], [8e307, 0, 0, 0]),
        (mse_gradient, [1e308], [-1e308], [INF]),
        (half_sse_gradient, [1e308], [-1e308], [INF]),
        (mae_gradient, [-1e308], [1e308], [-1]),
        (binary_cross_entropy, [1e308, 1e308], [0, 0], INF),
        (binary_cross_entropy, [-1e308, 1e308], [0, 1], 0),
        (binary_cross_entropy_gradient, [1e308, -1e308], [0, 0], [0.5, 0]),
    ],
)
def test_what_is_too_large_to_represent_is_inf_without_a_warning(
    function, y, t, expected
):
    assert_allclose(function(y, t), expected, rtol=1e-6)


def test_huge_scores():
    rows = [[1.7e308, -1.7e308], [1e308, 0], [1e308, 0]]
    assert softmax_cross_entropy(rows[:1], [1]) == INF  # 3.4e308
    assert softmax_cross_entropy(rows[1:], [1, 0]) == 5e307
    assert softmax_cross_entropy(rows[1:] * 2, [1, 1, 1, 1]) == INF  # as their sum is
    gradient = softmax_cross_entropy_gradient(rows, [1, 0, 0])
    assert_allclose(gradient, [[1 / 3, -1 / 3], [0, 0], [0, 0]])


@pytest.mark.parametrize(
    "loss, x, t",
    [
        (mse, [1.0], [1.0]),
        (half_sse, [1.0], [1.0]),
        (mae, [1.0], [1.0]),
        (binary_cross_entropy, [1000.0, -1000.0], [1, 0]),
        (softmax_cross_entropy, [[1000.0, 0.0]], [0]),
        (softmax_cross_entropy, np.float32([[1000.0, 0.0]]), [0]),
    ],
)
def test_no_loss_is_0_without_a_minus(loss, x, t):
    assert loss(x, t) == 0
    assert not np.signbit(loss(x, t))


@pytest.mark.parametrize("function", LOSSES_AND_GRADIENTS)
def test_float16_is_computed_in_float32(function):
    x = np.zeros((70_000, 1), np.float16)
    t = np.zeros(70_000, int) if function in CLASSES_BOTH else x + np.float16(1)
    got = function(x, t)
    assert got.dtype == np.float32
    expected = function(x.astype(float), t.astype(float) if t.ndim > 1 else t)
    assert_allclose(got, expected, rtol=1e-5)


@pytest.mark.parametrize("function", LOSSES_AND_GRADIENTS)
@pytest.mark.parametrize(
    "given_type, expected",
    [(np.float32, np.float32), (np.float64, np.float64), (int, np.float64)],
)
def test_dtype(function, given_type, expected):
    first = np.array([[0, 1], [1, 1]], dtype=given_type)
    second = [0, 1] if function in CLASSES_BOTH else first
    assert function(first, second).dtype == expected


@pytest.mark.parametrize("function", LOSSES_AND_GRADIENTS)
def test_the_input_is_not_changed(function):
    first = np.array([[1.0, 2.0], [1000.0, -3.0]])
    second = np.array([0, 1] if function in CLASSES_BOTH else [[1.0, 0.0], [0.5, 1.0]])
    before = first.copy(), second.copy()
    function(first, second)
    assert_array_equal(first, before[0])
    assert_array_equal(second, before[1])


def refuses(error, message, function, *args):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        function(*args)


@pytest.mark.parametrize("function", ELEMENTWISE_BOTH)
def test_a_column_is_not_compared_with_a_row(function):
    name = "logits" if "binary" in function.__name__ else "predictions"
    column, row = np.ones((3, 1)), np.ones(3)
    message = f"targets: got shape (3,), expected (3, 1), that of {name}"
    refuses(ValueError, message, function, column, row)
    message = f"targets: got shape (3, 1), expected (3,), that of {name}"
    refuses(ValueError, message, function, row, column)


@pytest.mark.parametrize("function", ELEMENTWISE_BOTH)
def test_of_nothing_there_is_no_mean(function):
    name = "logits" if "binary" in function.__name__ else "predictions"
    message = f"{name}: got no samples (shape (0,)), expected at least one"
    refuses(ValueError, message, function, [], [])


@pytest.mark.parametrize("function", CLASSES_BOTH)
@pytest.mark.parametrize(
    "error, message, logits, labels",
    [
        (
            ValueError,
            "logits: got no samples (shape (0, 3)), expected at least one",
            np.zeros((0, 3)),
            np.zeros(0, dtype=int),
        ),
        (
            ValueError,
            "logits: got shape (3,), expected (n, k), a sample in each row",
            np.zeros(3),
            [0],
        ),
        (
            ValueError,
            "labels: got shape (2, 1), expected (2,), one for each sample",
            np.zeros((2, 3)),
            [[0], [1]],
        ),
        (
            ValueError,
            "labels: got shape (3,), expected (2,), one for each sample",
            np.zeros((2, 3)),
            [0, 1, 2],
        ),
        (ValueError, "labels: got 3, expected 0 to 2", np.zeros((2, 3)), [0, 3]),
        (ValueError, "labels: got -1, expected 0 to 2", np.zeros((2, 3)), [-1, 0]),
        (
            TypeError,
            "labels: got dtype float64, expected integers",
            np.zeros((2, 3)),
            [0.0, 1.0],
        ),
        (
            TypeError,
            "labels: got dtype bool, expected integers",
            np.zeros((2, 3)),
            [True, False],
        ),
        (
            TypeError,
            "logits: got dtype complex128, expected real numbers",
            np.zeros((1, 3)) * 1j,
            [0],
        ),
    ],
)
def test_what_does_not_fit_is_refused(function, error, message, logits, labels):
    refuses(error, message, function, logits, labels)


@pytest.mark.parametrize("function", ELEMENTWISE_BOTH[3:4] + ELEMENTWISE_BOTH[7:])
@pytest.mark.parametrize("target", [-0.5, 1.5, 2.0, NAN])
def test_a_target_of_yes_or_no_lies_from_0_to_1(function, target):
    message = f"targets: got {target}, expected probabilities between 0 and 1"
    refuses(ValueError, message, function, [0.0], [target])


def test_whole_number_targets_leave_float32_as_it_is():
    logits, targets = np.float32([0.5, -1.0]), [1, 0]
    assert binary_cross_entropy(logits, targets).dtype == np.float32
    assert binary_cross_entropy_gradient(logits, targets).dtype == np.float32
