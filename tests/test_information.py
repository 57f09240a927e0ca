"""Tests of `dlbasics.information`."""

import re

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from dlbasics.information import entropy, self_information

DNA = np.array([12, 2, 1, 1]) / 16


@st.composite
def distributions(draw):
    counts = draw(st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any))
    return np.array(counts) / sum(counts)


# Values


@pytest.mark.parametrize(
    "p, base, expected",
    [
        ([1, 1 / 2, 1 / 4, 1 / 1024], 2, [0, 1, 2, 10]),
        ([1, 1 / np.e, np.exp(-3)], np.e, [0, 1, 3]),
        ([1, 1 / 10, 1 / 1000], 10, [0, 1, 3]),
        (1 / 8, 2, 3),
    ],
)
def test_self_information_of_known_probabilities(p, base, expected):
    assert_allclose(self_information(p, base=base), expected, rtol=1e-15)


@pytest.mark.parametrize(
    "p, base, expected",
    [
        ([1.0], 2, 0),
        ([1, 0], 2, 0),
        ([1 / 2, 1 / 2], 2, 1),
        ([1 / 2, 1 / 2], np.e, np.log(2)),
        ([1 / 2, 1 / 4, 1 / 4, 0], 2, 1.5),
        ([1 / 4] * 4, 2, 2),
        ([1 / 9] * 9, 3, 2),
        ([2**-50, 1 - 2**-50], 2, 2**-50 * (50 + 1 / np.log(2))),  # log(1 - x) ≈ -x
        (
            DNA,
            2,
            2.375 - 0.75 * np.log2(3),
        ),  # 3/4 (2 - log2 3) + 3/8 + 2 * 4/16
    ],
)
def test_entropy_of_known_distributions(p, base, expected):
    assert_allclose(entropy(p, base=base), expected, rtol=1e-14)


# Properties


@given(distributions())
def test_entropy_agrees_with_scipy_in_nats(p):
    assert_allclose(
        entropy(p, base=np.e),
        scipy.special.entr(p).sum(),
        rtol=1e-12,
        atol=1e-15,
    )


@given(distributions())
def test_entropy_is_the_mean_surprisal(p):
    possible = p[p > 0]
    assert_allclose(entropy(p), possible @ self_information(possible), rtol=1e-12)


@given(distributions())
def test_entropy_is_largest_where_all_is_equally_likely(p):
    assert 0 <= entropy(p) <= np.log2(p.size) + 1e-12


@given(distributions(), st.floats(1.5, 20))
def test_a_base_is_a_unit(p, base):
    assert_allclose(entropy(p, base) * np.log2(base), entropy(p), rtol=1e-12)


@given(distributions(), distributions())
def test_independent_questions_add_up(p, q):
    both = np.outer(p, q).ravel()
    assert_allclose(entropy(both), entropy(p) + entropy(q), rtol=1e-12, atol=1e-14)


@given(distributions())
def test_order_and_impossible_outcomes_do_not_matter(p):
    assert_allclose(entropy([*p[::-1], 0]), entropy(p), rtol=1e-12)


# Edges


def test_the_impossible_surprises_without_end():
    assert self_information(0) == np.inf


def test_the_smallest_number_above_0_is_possible():
    assert self_information(5e-324) == 1074


@pytest.mark.parametrize(
    "function, p", [(self_information, 1), (entropy, [1]), (entropy, [1, 0])]
)
def test_no_information_is_0_without_a_minus(function, p):
    assert function(p) == 0
    assert not np.signbit(function(p))


@pytest.mark.parametrize("axis, expected", [(0, [1, 1]), (1, [1, 1]), (-1, [1, 1])])
def test_axis(axis, expected):
    assert_array_equal(entropy([[1 / 2, 1 / 2], [1 / 2, 1 / 2]], axis=axis), expected)


def test_rows_are_distributions_and_each_has_its_entropy():
    assert_array_equal(entropy([[1, 0, 0], [0, 1 / 2, 1 / 2]]), [0, 1])
    assert entropy(np.zeros((0, 3))).shape == (0,)


@pytest.mark.parametrize("function", [self_information, entropy])
@pytest.mark.parametrize("base", [2, 3])
@pytest.mark.parametrize(
    "given_type, expected",
    [(np.float32, np.float32), (np.float64, np.float64), (int, np.float64)],
)
def test_dtype(function, base, given_type, expected):
    p = np.array([1, 0], dtype=given_type)
    assert function(p, base=base).dtype == expected


@pytest.mark.parametrize("function", [self_information, entropy])
def test_the_input_is_not_changed(function):
    p = np.array([0.0, 0.25, 0.75])
    function(p)
    assert_array_equal(p, [0, 0.25, 0.75])


@pytest.mark.parametrize(
    "function, p, message",
    [
        (
            self_information,
            [0.5, 1.5],
            "p: got 1.5, expected probabilities between 0 and 1",
        ),
        (
            self_information,
            np.nan,
            "p: got nan, expected probabilities between 0 and 1",
        ),
        (
            entropy,
            [1.5, -0.5],
            "p: got 1.5, expected probabilities between 0 and 1",
        ),
        (entropy, [0.5, 0.4], "p: got a sum of 0.9 along axis -1, expected 1"),
        (entropy, [], "p: got a sum of 0 along axis -1, expected 1"),
    ],
)
def test_what_is_no_probability_is_refused(function, p, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        function(p)


@pytest.mark.parametrize("function", [self_information, entropy])
def test_a_base_that_measures_nothing_is_refused(function):
    with pytest.raises(ValueError, match="base: got 1, expected a number above 1"):
        function([1.0], base=1)
