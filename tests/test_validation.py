"""Tests of `dlbasics._validation`: what is accepted, and how each error is worded."""

import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from dlbasics._validation import (
    as_float,
    axis_of,
    binary_labels,
    callable_,
    class_labels,
    finite,
    flag,
    fraction,
    generator,
    log_base,
    logit_rows,
    matrix,
    number,
    of_shape,
    positive,
    probabilities,
    same_shape,
    samples,
    sums_of_finite,
    unit_interval,
    whole,
)

INF, NAN = np.inf, np.nan
RNG = np.random.default_rng(0)


def refuses(error, message, check, *args, **kwargs):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        check(*args, **kwargs)


# Arrays


@pytest.mark.parametrize(
    "x, dtype",
    [
        (np.float16([1]), np.float32),
        (np.float32([1]), np.float32),
        (np.float64([1]), np.float64),
        (np.longdouble([1]), np.longdouble),
        (np.int8([1]), np.float64),
        (np.uint64([1]), np.float64),
        ([True], np.float64),
        ([1, 2], np.float64),
        (1, np.float64),
        ([], np.float64),
        (((1, 2), (3, 4)), np.float64),
        (range(3), np.float64),
    ],
)
def test_as_float_dtype(x, dtype):
    array = as_float(x, "x")
    assert type(array) is np.ndarray
    assert array.dtype == dtype
    assert_array_equal(array, x)


def test_as_float_copies_only_where_it_must():
    x = np.ones(3)
    assert as_float(x, "x") is x


@pytest.mark.parametrize(
    "x, kind",
    [
        (["a"], "dtype <U1"),
        ("1.5", "dtype <U3"),
        ([b"1"], "dtype |S1"),
        ([1j], "dtype complex128"),
        ([None], "dtype object"),
        ([[1], [object()]], "dtype object"),
        ([Fraction(1, 2)], "dtype object"),
        ([10**30], "dtype object"),
        (np.array([], dtype=object), "dtype object"),
        (np.array(["2020-01-01"], dtype="M8[D]"), "dtype datetime64[D]"),
        (np.array([1], dtype="m8[s]"), "dtype timedelta64[s]"),
        (np.zeros(1, dtype=[("a", float)]), "dtype [('a', '<f8')]"),
        (None, "None"),
        ({1: 2}, "dict"),
        ({1, 2}, "set"),
        (object(), "object"),
        (len, "builtin_function_or_method"),
        ((i for i in "ab"), "generator"),
    ],
)
def test_as_float_refuses_what_is_no_real_number(x, kind):
    message = f"logits: got {kind}, expected real numbers"
    refuses(TypeError, message, as_float, x, "logits")


@pytest.mark.parametrize(
    "x", [[[1], [2, 3]], [1, [2]], [[1, 2], 3], [np.ones(2), np.ones(3)]]
)
@pytest.mark.parametrize("check", [as_float, class_labels])
def test_ragged_lists_are_refused(check, x):
    message = "x: got lists of different lengths, expected rows of one length"
    args = (x, "x") if check is as_float else (x, 2, 2, "x")
    refuses(ValueError, message, check, *args)


MASKED = np.ma.array([1, 0], mask=[False, True])


@pytest.mark.parametrize(
    "x",
    [
        MASKED,
        np.ma.array([1.0, 2.0]),  # nothing is masked yet
        np.ma.masked,
        [MASKED, MASKED],
        (1.0, np.ma.masked),
        [[[1.0], [np.ma.masked]]],
    ],
)
@pytest.mark.parametrize(
    "check",
    [
        lambda x: as_float(x, "x"),
        lambda x: probabilities(x, "x"),
        lambda x: class_labels(x, 2, 2, "x"),
        lambda x: binary_labels(x, 2, "x"),
    ],
)
def test_masks_are_not_dropped(check, x):
    message = (
        "x: got a masked array, expected one without a mask "
        "(select the valid numbers first)"
    )
    refuses(TypeError, message, check, x)


def test_a_mask_is_found_deep_in_a_list():
    x = np.ma.masked
    for _ in range(8):
        x = [x]
    with pytest.raises(TypeError, match=r"^x: got a masked array"):
        as_float(x, "x")


def test_a_list_that_holds_itself_ends_in_an_error():
    endless = [1.0]
    endless.append(endless)
    with pytest.raises(ValueError, match=r"^x: got lists of different lengths"):
        as_float(endless, "x")


@pytest.mark.parametrize(
    "x, first",
    [
        (NAN, "nan at ()"),
        ([1.0, INF, NAN], "inf at (1,)"),
        ([[0.0, 1.0], [-INF, 0.0]], "-inf at (1, 0)"),
        (np.float32([[0, NAN]]), "nan at (0, 1)"),
        (np.float16([INF]), "inf at (0,)"),
    ],
)
def test_finite_says_where_the_first_other_number_is(x, first):
    refuses(ValueError, f"x: got {first}, expected finite numbers", finite, x, "x")


def test_samples_are_rows():
    assert samples([[1, 2]], "X").shape == (1, 2)
    assert samples(np.zeros((0, 2)), "X").shape == (0, 2)
    for shape in [(), (2,), (1, 2, 3)]:
        message = f"X: got shape {shape}, expected two axes, as rows and columns"
        refuses(ValueError, message, samples, np.zeros(shape), "X")
    refuses(
        ValueError,
        "X: got nan at (0, 0), expected finite numbers",
        samples,
        [[NAN]],
        "X",
    )


def test_a_matrix_may_hold_any_float():
    X = np.array([[NAN, INF]])
    assert matrix(X, "X") is X
    message = "X: got shape (2,), expected two axes, as rows and columns"
    refuses(ValueError, message, matrix, [NAN, 0.0], "X")


def test_finite_sums_have_finite_terms():
    message = "x: got nan at (0, 1), expected finite numbers"
    with np.errstate(over="ignore"):
        for x in [[[0.0, NAN]], [[1e308, NAN]]]:
            x = np.array(x)
            refuses(ValueError, message, sums_of_finite, x.sum(axis=1), x, "x")
        x = np.array([[1e308, 1e308]])  # finite: only their sum is too large
        sums = x.sum(axis=1)
    assert sums == INF and sums_of_finite(sums, x, "x") is sums


def test_where_there_is_no_sum_the_terms_are_looked_at():
    no_sums = np.zeros((1, 0))
    assert sums_of_finite(no_sums, np.ones((1, 2)), "x") is no_sums
    message = "x: got inf at (0,), expected finite numbers"
    refuses(ValueError, message, sums_of_finite, no_sums, [INF], "x")


def test_same_shape_broadcasts_nothing():
    a, b = same_shape([1, 2], np.float32([3, 4]), "a", "b")
    assert_array_equal([a, b], [[1, 2], [3, 4]])
    message = "b: got shape (2, 1), expected (2,), that of a"
    refuses(ValueError, message, same_shape, [1, 2], [[1], [2]], "a", "b")
    message = "a: got no samples (shape (0,)), expected at least one"
    refuses(ValueError, message, same_shape, [], [], "a", "b")
    message = "b: got None, expected real numbers"
    refuses(TypeError, message, same_shape, [1], None, "a", "b")


@given(st.floats(0, 1))
def test_unit_interval_accepts_probabilities(p):
    assert unit_interval(p, "p") == p


@pytest.mark.parametrize("p", [-0.1, 1.5, NAN, INF, -INF, -5e-324])
def test_unit_interval_names_the_first_value_outside(p):
    message = f"p: got {p}, expected probabilities between 0 and 1"
    refuses(ValueError, message, unit_interval, [0.5, p, 7.0], "p")


@pytest.mark.parametrize(
    "p, axis",
    [
        ([0.5, 0.5], -1),
        ([[1, 0], [0, 1]], 0),
        ([[1, 0], [0, 0]], None),
        ([[0.25, 0.25], [0.25, 0.25]], (0, 1)),
        (np.float32([0.1] * 10), -1),
        ([0.5, 0.5 + 0.9e-6], -1),
        (np.zeros((0, 2)), -1),
        (np.full((2, 3, 4), 1 / 4), -1),
        (np.float16([0.1] * 10), -1),  # 0.99976
        (np.full((5000, 2), 1 / 5000, dtype=np.float32), 0),
        (np.full(3000, 1 / 3000, dtype=np.float16), -1),  # 1.0002
    ],
)
def test_probabilities_accepts_distributions(p, axis):
    assert_array_equal(probabilities(p, "p", axis), p)
    if axis == -1:
        assert_array_equal(probabilities(p, "p"), p)


@pytest.mark.parametrize(
    "dtype, k, tolerance",
    [
        (np.float64, 2, 1e-6),
        (np.float64, 1000, 1e-6),
        (np.float32, 2, 1e-6 + 3 * 2.0**-24),
        (np.float32, 1000, 1e-6 + 1001 * 2.0**-24),
        (np.float32, 10**6, 0.01),
        (np.float16, 2, 1e-6 + 3 * 2.0**-11),
        (np.float16, 1000, 0.01),
    ],
)
def test_the_tolerance_knows_the_precision_and_the_number_of_terms(dtype, k, tolerance):
    p = np.zeros((k, 1), dtype)
    p[0] = 1
    probabilities(p, "p", 0)
    p[:2, 0] = 0.25, 0.75 - 0.7 * tolerance
    probabilities(p, "p", 0)
    p[1, 0] = 0.75 - 1.4 * tolerance
    with pytest.raises(ValueError, match="along axis 0, expected 1"):
        probabilities(p, "p", 0)


@pytest.mark.parametrize(
    "p, axis, message",
    [
        ([0.5, 0.6], -1, "p: got a sum of 1.1 along axis -1, expected 1"),
        ([0.5, 0.5 + 2e-6], -1, "p: got a sum of 1.000002 along axis -1, expected 1"),
        ([0.5, 0.5 + 1e-5], -1, "p: got a sum of 1.00001 along axis -1, expected 1"),
        ([0.5, 0.5 - 1e-5], -1, "p: got a sum of 0.99999 along axis -1, expected 1"),
        ([[0.5, 0.5], [0.2, 0.2]], 1, "p: got a sum of 0.4 along axis 1, expected 1"),
        ([[0.5, 0.5], [0.5, 0.2]], 0, "p: got a sum of 0.7 along axis 0, expected 1"),
        ([[1, 0], [0, 1]], None, "p: got a sum of 2 along axis None, expected 1"),
        ([], -1, "p: got a sum of 0 along axis -1, expected 1"),
        ([1.5, -0.5], -1, "p: got 1.5, expected probabilities between 0 and 1"),
        (1.0, -1, "axis: got -1, expected an axis of p, which has shape ()"),
    ],
)
def test_probabilities_refuses_what_is_no_distribution(p, axis, message):
    refuses(ValueError, message, probabilities, p, "p", axis)


def test_logits_are_rows_of_scores():
    for x in [[[1, 2]], [[0, -INF], [1, 2]], np.float32([[1.0]])]:
        assert_array_equal(logit_rows(x), x)
    assert logit_rows(np.float32([[1, -INF]])).dtype == np.float32
    for shape in [(3,), (1, 2, 3)]:
        message = f"x: got shape {shape}, expected (n, k), a sample in each row"
        refuses(ValueError, message, logit_rows, np.zeros(shape), "x")
    for shape in [(0, 3), (3, 0)]:
        message = f"logits: got no samples (shape {shape}), expected at least one"
        refuses(ValueError, message, logit_rows, np.zeros(shape))


@pytest.mark.parametrize(
    "x, message",
    [
        ([[NAN, 0]], "logits: got nan at (0, 0), expected finite numbers, or -inf"),
        (
            [[0, 0], [-INF, INF]],
            "logits: got inf at (1, 1), expected finite numbers, or",
        ),
        (
            [[0, 0], [-INF, -INF]],
            "logits: got only -inf in row 1, expected at least one",
        ),
    ],
)
def test_logits_must_leave_a_class_that_is_possible(x, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        logit_rows(x)


def test_of_shape():
    assert of_shape(X, "X", (2, 3), "Z") is X
    message = "grad: got shape (2, 3), expected (3, 2), that of Z"
    refuses(ValueError, message, of_shape, X, "grad", (3, 2), "Z")


def test_class_labels():
    y = class_labels([0, 2, 1], 3, 3)
    assert_array_equal(y, [0, 2, 1])
    assert_array_equal(class_labels(np.uint8([2]), 1, 300), [2])
    message = "labels: got shape (2,), expected (3,), one for each sample"
    refuses(ValueError, message, class_labels, [0, 1], 3, 2)
    refuses(ValueError, "labels: got 2, expected 0 to 1", class_labels, [0, 2, 3], 3, 2)
    refuses(ValueError, "labels: got -1, expected 0 to 1", class_labels, [-1], 1, 2)
    for y, kind in [([0.5], "dtype float64"), (["a"], "dtype <U1"), (None, "None")]:
        message = f"y: got {kind}, expected integers"
        refuses(TypeError, message, class_labels, y, 1, 2, "y")


def test_binary_labels():
    y = binary_labels([True, False], 2)
    assert_array_equal(y, [1, 0])
    assert y.dtype == np.int64
    refuses(ValueError, "labels: got 2, expected 0 to 1", binary_labels, [0, 2], 2)
    message = "t: got dtype float64, expected integers"
    refuses(TypeError, message, binary_labels, [1.0], 1, "t")


X = np.zeros((2, 3))


@pytest.mark.parametrize(
    "axis, axes",
    [
        (0, (0,)),
        (1, (1,)),
        (-1, (-1,)),
        (-2, (-2,)),
        (np.int64(1), (1,)),
        (None, (0, 1)),
        ((0, 1), (0, 1)),
        ((-1, 0), (-1, 0)),
        ((0,), (0,)),
        ((), ()),
    ],
)
def test_axis_of_returns_the_axes_that_are_there(axis, axes):
    assert axis_of(X, axis) == axes


@pytest.mark.parametrize("axis", ["rows", 1.0, True, np.True_, [0], (0, "x"), {0}])
def test_an_axis_is_a_whole_number(axis):
    message = f"axis: got {axis!r}, expected an integer, a tuple of them, or None"
    refuses(TypeError, message, axis_of, X, axis)


@pytest.mark.parametrize("axis", [2, -3, (0, 2)])
def test_an_axis_must_be_there(axis):
    message = f"axis: got {axis}, expected an axis of q, which has shape (2, 3)"
    refuses(ValueError, message, axis_of, X, axis, "q")


def test_an_array_without_another_name_is_x():
    message = "axis: got 2, expected an axis of x, which has shape (2, 3)"
    refuses(ValueError, message, axis_of, X, 2)


@pytest.mark.parametrize("axis", [(0, 0), (1, -1)])
def test_an_axis_is_taken_once(axis):
    message = f"axis: got {axis}, expected each axis only once"
    refuses(ValueError, message, axis_of, X, axis)


# Single numbers, and what is no number


@pytest.mark.parametrize("x", [2, 2.5, np.float32(2), np.int8(2), Fraction(5, 2)])
@pytest.mark.parametrize("check", [number, positive, log_base])
def test_numbers_become_floats(check, x):
    assert check(x, "x") == x
    assert type(check(x, "x")) is float


@pytest.mark.parametrize(
    "x, shown",
    [
        (None, "None"),
        ("0.3", "'0.3'"),
        ("a" * 39, repr("a" * 39)),
        ("a" * 40, "str"),
        (True, "True"),
        (np.True_, "bool"),
        (1j, "complex"),
        ([2], "list"),
        (np.array([2.0]), "ndarray"),
        (np.array(2.0), "ndarray"),
        (Decimal(2), "Decimal"),
    ],
)
def test_what_is_no_number_is_a_type_error(x, shown):
    for check in [number, positive, log_base]:
        message = f"x: got {shown}, expected a number"
        refuses(TypeError, message, check, x, "x")
    message = f"x: got {shown}, expected a number of at least 0"
    refuses(TypeError, message, number, x, "x", 0)
    message = f"x: got {shown}, expected a whole number of at least 1"
    refuses(TypeError, message, whole, x, "x", 1)


@pytest.mark.parametrize(
    "x, shown",
    [(NAN, "nan"), (INF, "inf"), (-INF, "-inf"), (10**400, "int"), (-(10**400), "int")],
    ids=["nan", "inf", "-inf", "long", "-long"],
)
@pytest.mark.parametrize("check", [number, positive, fraction, log_base])
def test_a_number_is_finite(check, x, shown):
    refuses(ValueError, f"x: got {shown}, expected a finite number", check, x, "x")


def test_a_number_too_long_for_python_to_print_is_refused_like_any_other():
    message = "x: got int, expected a finite number"
    refuses(ValueError, message, number, 10**5000, "x")


def test_the_largest_numbers_are_accepted():
    largest = np.finfo(float).max
    assert number(largest, "x") == largest
    assert number(-largest, "x") == -largest
    assert number(np.int8(-128), "x") == -128
    assert whole(10**400, "x") == 10**400


def test_number_may_have_a_minimum():
    assert number(0, "x", 0) == 0
    message = "x: got -0.1, expected a number of at least 0"
    refuses(ValueError, message, number, -0.1, "x", minimum=0)


def test_positive():
    assert positive(5e-324, "x") == 5e-324
    for x in [0, -1.5]:
        message = f"x: got {x}, expected a number above 0"
        refuses(ValueError, message, positive, x, "x")


def test_fraction():
    for x in [0, 0.5, 1 - 1e-16, np.float32(0.5)]:
        assert fraction(x, "x") == x
    assert type(fraction(0, "x")) is float
    for x in [1, -0.1, 1.5]:
        message = f"x: got {x}, expected a number from 0 to below 1"
        refuses(ValueError, message, fraction, x, "x")


def test_whole():
    for x in [0, 3, np.uint8(7)]:
        assert whole(x, "x") == x
        assert type(whole(x, "x")) is int
    message = "x: got -1, expected a whole number of at least 0"
    refuses(ValueError, message, whole, -1, "x")
    message = "x: got 1, expected a whole number of at least 2"
    refuses(ValueError, message, whole, 1, "x", minimum=2)
    for x in [2.0, 2.5, np.float64(2), Fraction(2)]:
        message = f"x: got {x!r}, expected a whole number of at least 0"
        refuses(TypeError, message, whole, x, "x")


def test_long_numbers_are_not_written_out():
    for x, shown in [(-(10**39), str(-(10**39))), (-(10**41), "int")]:
        message = f"x: got {shown}, expected a whole number of at least 0"
        refuses(ValueError, message, whole, x, "x")


@pytest.mark.parametrize("base", [1, 0.5, 0, -2])
def test_log_base_is_above_1(base):
    message = f"base: got {base}, expected a number above 1 (2 for bits, e for nats)"
    refuses(ValueError, message, log_base, base)


def test_flag():
    assert flag(True, "x") is flag(np.True_, "x") is True
    assert flag(False, "x") is False
    for x in [1, 0, None, "no"]:
        message = f"x: got {x!r}, expected True or False"
        refuses(TypeError, message, flag, x, "x")


def test_callable():
    assert callable_(len, "f") is len
    for f, shown in [(None, "None"), ("relu", "'relu'"), (np.ones(2), "ndarray")]:
        message = f"f: got {shown}, expected a function"
        refuses(TypeError, message, callable_, f, "f")


def test_generator():
    assert generator(RNG) is RNG
    for rng, shown in [
        (0, "0"),
        (None, "None"),
        (np.random, "module"),
        (np.random.PCG64(0), "PCG64"),
    ]:
        message = f"rng: got {shown}, expected a generator, as np.random.default_rng(0)"
        refuses(TypeError, message, generator, rng)
    with pytest.raises(TypeError, match=r"^noise: got 0, "):
        generator(0, "noise")
