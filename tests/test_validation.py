"""Tests of `dlbasics._validation`: what is accepted, and how each error is worded."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from dlbasics._validation import (
    as_float,
    log_base,
    probabilities,
    unit_interval,
)


@pytest.mark.parametrize(
    "x, dtype",
    [
        (np.float32([1]), np.float32),
        (np.float64([1]), np.float64),
        (np.int8([1]), np.float64),
        (np.uint64([1]), np.float64),
        ([True], np.float64),
        ([1, 2], np.float64),
        (1, np.float64),
        ([], np.float64),
        (np.array([], dtype=object), np.float64),
    ],
)
def test_as_float_dtype(x, dtype):
    array = as_float(x, "x")
    assert array.dtype == dtype
    assert_array_equal(array, x)


@pytest.mark.parametrize("x", [["a"], [1j], [None], [[1], [object()]]])
def test_as_float_refuses_what_is_not_a_real_number(x):
    expected = f"logits: got dtype {np.asarray(x).dtype}, expected real numbers"
    with pytest.raises(TypeError, match=re.escape(expected)):
        as_float(x, "logits")


@given(st.floats(0, 1))
def test_unit_interval_accepts_probabilities(p):
    assert unit_interval(p, "p") == p


@pytest.mark.parametrize("p", [-0.1, 1.5, np.nan, np.inf, -np.inf])
def test_unit_interval_names_the_first_value_outside(p):
    expected = f"p: got {p}, expected probabilities between 0 and 1"
    with pytest.raises(ValueError, match=re.escape(expected)):
        unit_interval([0.5, p, 7.0], "p")


@pytest.mark.parametrize(
    "p, axis",
    [
        ([0.5, 0.5], -1),
        ([[1, 0], [0, 1]], 0),
        (np.float32([0.1] * 10), -1),
        ([1 / 3, 1 / 3, 1 / 3 + 1e-7], -1),
        (np.zeros((0, 2)), -1),
    ],
)
def test_probabilities_accepts_distributions(p, axis):
    assert_array_equal(probabilities(p, "p", axis), p)


@pytest.mark.parametrize(
    "p, axis, message",
    [
        ([0.5, 0.6], -1, "p: got a sum of 1.1 along axis -1, expected 1"),
        (
            [0.5, 0.5 + 1e-5],
            -1,
            "p: got a sum of 1.00001 along axis -1, expected 1",
        ),
        (
            [[0.5, 0.5], [0.2, 0.2]],
            1,
            "p: got a sum of 0.4 along axis 1, expected 1",
        ),
        (
            [[0.5, 0.5], [0.5, 0.2]],
            0,
            "p: got a sum of 0.7 along axis 0, expected 1",
        ),
        ([], -1, "p: got a sum of 0 along axis -1, expected 1"),
        ([1.5, -0.5], -1, "p: got 1.5, expected probabilities between 0 and 1"),
    ],
)
def test_probabilities_refuses_what_is_no_distribution(p, axis, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        probabilities(p, "p", axis)


@pytest.mark.parametrize("base", [2, np.e, 10, 1.5, np.float64(2)])
def test_log_base_accepts_numbers_above_1(base):
    assert log_base(base) == base


@pytest.mark.parametrize("base", [1, 0.5, 0, -2, np.inf, np.nan, None, [2]])
def test_log_base_refuses_the_rest(base):
    with pytest.raises(
        ValueError,
        match=re.escape(f"base: got {base!r}, expected a number above"),
    ):
        log_base(base)
