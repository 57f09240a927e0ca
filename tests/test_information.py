"""Tests of `dlbasics.information`."""

import re

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from dlbasics.gradcheck import check_gradient
from dlbasics.information import (
    cross_entropy,
    entropy,
    kl_divergence,
    self_information,
)
from dlbasics.softmax import softmax

DNA = np.array([12, 2, 1, 1]) / 16
UNIFORM = np.array([1, 1, 1, 1]) / 4
BOTH = pytest.mark.parametrize("function", [cross_entropy, kl_divergence])


@st.composite
def distributions(draw):
    counts = draw(st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any))
    return np.array(counts) / sum(counts)


@st.composite
def pairs(draw, number=2, smallest=0):
    """Distributions over the same outcomes."""
    k = draw(st.integers(1, 8))
    counts = st.lists(st.integers(smallest, 1000), min_size=k, max_size=k).filter(any)
    return tuple(np.array(draw(counts)) / 1 for _ in range(number))


def scaled(*counts):
    return [c / c.sum() for c in counts]


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


@pytest.mark.parametrize(
    "p, q, base, expected",
    [
        (DNA, UNIFORM, 2, 2),
        (DNA, [1 / 2, 1 / 4, 1 / 8, 1 / 8], 2, 11 / 8),  # its Huffman tree
        (
            DNA,
            [1 / 16, 1 / 16, 12 / 16, 2 / 16],
            2,
            (61 - np.log2(3)) / 16,
        ),
        ([1 / 2, 1 / 2], [1 / 4, 3 / 4], 2, (4 - np.log2(3)) / 2),
        ([1 / 2, 1 / 2], [1 / np.e, 1 - 1 / np.e], np.e, (1 - np.log1p(-1 / np.e)) / 2),
        ([0, 1, 0], [1 / 2, 1 / 4, 1 / 4], 2, 2),  # one-hot: -log of the right one
        ([1, 0], [1, 0], 2, 0),
    ],
)
def test_cross_entropy_of_known_distributions(p, q, base, expected):
    assert_allclose(cross_entropy(p, q, base=base), expected, rtol=1e-14)


@pytest.mark.parametrize(
    "p, q, base, expected",
    [
        ([1 / 2, 1 / 2], [1 / 4, 3 / 4], 2, 1 - np.log2(3) / 2),
        ([1 / 4, 3 / 4], [1 / 2, 1 / 2], 2, 3 / 4 * np.log2(3) - 1),
        ([1 / 4, 3 / 4], [1 / 2, 1 / 2], np.e, 3 / 4 * np.log(3) - np.log(2)),
        (
            [1 / 9] * 9,
            [1 / 3, *[1 / 12] * 8],
            3,
            8 / 9 * np.log(4 / 3) / np.log(3) - 1 / 9,
        ),
        ([0, 1], [1 / 2, 1 / 2], 2, 1),
        ([1, 0], [5e-324, 1], 2, 1074),  # where the quotient p/q overflows
        (DNA, DNA, 2, 0),
    ],
)
def test_kl_divergence_of_known_distributions(p, q, base, expected):
    assert_allclose(kl_divergence(p, q, base=base), expected, rtol=1e-14)


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


@given(pairs())
def test_kl_agrees_with_scipy_in_nats(counts):
    p, q = scaled(*counts)
    expected = scipy.special.rel_entr(p, q).sum()
    assert_allclose(kl_divergence(p, q, base=np.e), expected, rtol=1e-12, atol=1e-14)


@given(pairs(smallest=1))
def test_the_cost_is_the_entropy_and_the_waste(counts):
    p, q = scaled(*counts)
    total = entropy(p) + kl_divergence(p, q)
    assert_allclose(cross_entropy(p, q), total, rtol=1e-12, atol=1e-14)


@given(pairs())
def test_a_wrong_belief_never_pays(counts):
    """Gibbs, and more: Pinsker says by how much."""
    p, q = scaled(*counts)
    waste = kl_divergence(p, q)
    if np.allclose(p, q, rtol=1e-12):
        assert_allclose(waste, 0, atol=1e-14)
    else:
        assert waste >= np.sum(np.abs(p - q)) ** 2 / (2 * np.log(2)) - 1e-14


@given(distributions())
def test_the_right_belief_wastes_exactly_nothing(p):
    assert kl_divergence(p, p) == 0
    assert cross_entropy(p, p) == entropy(p)


@given(pairs(smallest=1), pairs(smallest=1))
def test_waste_on_independent_pairs_adds_up(first, second):
    (p, q), (p2, q2) = scaled(*first), scaled(*second)
    both = kl_divergence(np.outer(p, p2).ravel(), np.outer(q, q2).ravel())
    each = kl_divergence(p, q) + kl_divergence(p2, q2)
    assert_allclose(both, each, rtol=1e-11, atol=1e-13)


@BOTH
@given(counts=pairs(), base=st.floats(1.5, 20))
def test_a_base_is_a_unit_of_cost(function, counts, base):
    p, q = scaled(*counts)
    in_base = function(p, q, base) * np.log2(base)
    assert_allclose(in_base, function(p, q), rtol=1e-12, atol=1e-14)


@given(pairs(number=3, smallest=1), st.floats(0, 1))
def test_cost_is_linear_in_the_truth(counts, share):
    p, p2, q = scaled(*counts)
    mixed = cross_entropy(share * p + (1 - share) * p2, q)
    expected = share * cross_entropy(p, q) + (1 - share) * cross_entropy(p2, q)
    assert_allclose(mixed, expected, rtol=1e-12)


@BOTH
@given(counts=pairs())
def test_order_and_what_neither_knows_do_not_matter(function, counts):
    p, q = scaled(*counts)
    there, back = function(p, q), function([*p[::-1], 0], [*q[::-1], 0])
    assert_allclose(back, there, rtol=1e-12, atol=1e-14)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30), pairs(smallest=1))
def test_the_negative_log_likelihood_is_a_cross_entropy(samples, counts):
    q = softmax(np.resize(np.log(counts[0]), 4))
    shares = np.bincount(samples, minlength=4) / len(samples)
    likelihood = -np.mean(np.log(q[samples]))
    assert_allclose(cross_entropy(shares, q, base=np.e), likelihood, rtol=1e-12)


# Gradients: by scores, since moving one probability alone leaves no distribution


def test_gradient_of_the_cost_by_scores_is_belief_minus_truth(rng):
    truth, scores = rng.dirichlet(np.ones(5), size=3), rng.normal(0, 3, (3, 5))

    def cost(x):
        return cross_entropy(truth, softmax(x), base=np.e)

    def backward(x, grad):
        return grad[:, None] * (softmax(x) - truth)

    check_gradient(cost, backward, scores, rng)


def test_gradient_of_the_other_direction(rng):
    truth, scores = rng.dirichlet(np.ones(5), size=3), rng.normal(0, 3, (3, 5))

    def waste(x):
        return kl_divergence(softmax(x), truth, base=np.e)

    def backward(x, grad):
        q = softmax(x)
        surplus = np.log(q / truth) - waste(x)[:, None]
        return grad[:, None] * q * surplus

    check_gradient(waste, backward, scores, rng)


def test_autograd_agrees_on_the_gradients(rng):
    p, x = rng.dirichlet(np.ones(4)), rng.normal(0, 3, 4)
    q = softmax(x)

    def cost(q):
        return -anp.sum(p * anp.log(q))

    def cost_of_scores(x):
        return cost(anp.exp(x) / anp.sum(anp.exp(x)))

    assert_allclose(cost(q), cross_entropy(p, q, base=np.e), rtol=1e-14)
    assert_allclose(autograd.grad(cost)(q), -p / q, rtol=1e-12)
    assert_allclose(autograd.grad(cost_of_scores)(x), q - p, rtol=1e-11, atol=1e-14)


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
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        function(p)


@pytest.mark.parametrize("function", [self_information, entropy])
def test_a_base_that_measures_nothing_is_refused(function):
    with pytest.raises(ValueError, match=r"^base: got 1, expected a number above 1"):
        function([1.0], base=1)


@BOTH
def test_what_was_ruled_out_and_happens_costs_without_end(function):
    assert function([1 / 2, 1 / 2], [1, 0]) == np.inf
    assert function([1 - 1e-300, 1e-300], [1, 0]) == np.inf
    assert_array_equal(
        np.isinf(function([[1, 0], [0, 1]], [[1, 0], [1, 0]])), [False, True]
    )


@BOTH
def test_what_never_happens_costs_nothing_whatever_was_believed(function):
    assert function([1, 0], [1 / 2, 1 / 2]) == 1
    assert function([1, 0], [1, 0]) == 0
    assert not np.signbit(function([1, 0], [1, 0]))


def test_an_epsilon_in_the_log_would_invent_a_price():
    p, q = np.array([0.5, 0.5]), np.array([1.0, 0.0])
    assert -np.sum(p * np.log2(q + 1e-12)) < 20 < cross_entropy(p, q)


@BOTH
@pytest.mark.parametrize("axis", [0, 1, -1])
def test_costs_of_rows_and_columns(function, axis):
    p = np.array([[0.2, 0.8], [0.8, 0.2]])
    one = function(p[0], p[1])
    assert_allclose(function(p, p[::-1].copy(), axis=axis), [one, one], rtol=1e-15)


@BOTH
@pytest.mark.parametrize("base", [2, 3])
@pytest.mark.parametrize(
    "p_type, q_type, expected",
    [
        (np.float32, np.float32, np.float32),
        (np.float32, np.float64, np.float64),
        (np.float64, np.float64, np.float64),
        (int, np.float32, np.float64),
        (int, int, np.float64),
    ],
)
def test_dtype_of_costs(function, base, p_type, q_type, expected):
    p, q = np.array([1, 0], dtype=p_type), np.array([1, 0], dtype=q_type)
    assert function(p, q, base=base).dtype == expected


@BOTH
def test_float32_is_as_good_as_it_can_be(function):
    p, q = np.float32(DNA), np.float32([0.1, 0.2, 0.3, 0.4])
    exact = function(DNA, [0.1, 0.2, 0.3, 0.4])
    assert_allclose(function(p, q), exact, rtol=1e-6)


@BOTH
def test_neither_input_is_changed(function):
    p, q = np.array([0.0, 0.25, 0.75]), np.array([0.0, 0.5, 0.5])
    function(p, q)
    assert_array_equal(p, [0, 0.25, 0.75])
    assert_array_equal(q, [0, 0.5, 0.5])


@BOTH
@pytest.mark.parametrize(
    "p, q, message",
    [
        ([0.5, 0.5], [1.0], "q: got shape (1,), expected (2,), that of p"),
        ([0.5, 0.5], [[0.5, 0.5]], "q: got shape (1, 2), expected (2,), that of p"),
        ([0.5, 0.4], [0.5, 0.5], "p: got a sum of 0.9 along axis -1, expected 1"),
        ([0.5, 0.5], [0.5, 0.6], "q: got a sum of 1.1 along axis -1, expected 1"),
        ([0.5, 0.5], [1.5, -0.5], "q: got 1.5, expected probabilities between 0 and 1"),
        ([np.nan, 1], [0.5, 0.5], "p: got nan, expected probabilities between 0 and 1"),
        ([0.5, 0.5], [np.nan, 1], "q: got nan, expected probabilities between 0 and 1"),
        ([], [], "p: got a sum of 0 along axis -1, expected 1"),
        (
            np.zeros((0, 2)),
            np.zeros((0, 2)),
            "p: got no samples (shape (0, 2)), expected",
        ),
    ],
)
def test_what_is_no_pair_of_distributions_is_refused(function, p, q, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        function(p, q)


@BOTH
def test_costs_have_no_other_units(function):
    with pytest.raises(ValueError, match=r"^base: got 1, expected a number above 1"):
        function([1.0], [1.0], base=1)
    with pytest.raises(TypeError, match=r"^q: got dtype complex128, expected real"):
        function([1.0], [1j])


# Holes that mutation testing found, and kinds of faults that outside tests found


def test_base_2_is_exact_for_powers_of_2():
    k = np.arange(1075)
    assert_array_equal(self_information(2.0**-k), k)
    assert entropy([1 / 8] * 8) == cross_entropy([1 / 8] * 8, [1 / 8] * 8) == 3
    assert kl_divergence([1, 0], [2.0**-29, 1 - 2.0**-29]) == 29


def along(function, axis, *arrays):
    """What the function says of each slice by itself, one after another."""
    moved = [np.moveaxis(a, axis, -1) for a in arrays]
    shape = moved[0].shape[:-1]
    slices = [function(*(a[i] for a in moved)) for i in np.ndindex(shape)]
    return np.reshape(slices, shape)


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
@pytest.mark.parametrize("function", [entropy, cross_entropy, kl_divergence])
def test_each_slice_along_an_axis_has_its_own_value(function, axis, rng):
    p, q = (softmax(rng.normal(0, 2, (2, 3, 4)), axis) for _ in range(2))
    arguments = [p] if function is entropy else [p, q]
    got = function(*arguments, axis=axis)
    assert_allclose(got, along(function, axis, *arguments), rtol=1e-13)


@pytest.mark.parametrize("axis", [None, (0, 1), (1, 0)])
@pytest.mark.parametrize("function", [entropy, cross_entropy, kl_divergence])
def test_a_joint_distribution_has_several_axes(function, axis, rng):
    p, q = (softmax(rng.normal(size=(3, 4)), None) for _ in range(2))
    arguments = [p] if function is entropy else [p, q]
    flat = function(*(a.ravel() for a in arguments))
    assert_allclose(function(*arguments, axis=axis), flat, rtol=1e-14)


@given(pairs(smallest=1), st.floats(0, 1e-7))
def test_no_rounding_takes_the_waste_below_0(counts, distance):
    p, other = scaled(*counts)
    q = (1 - distance) * p + distance * other
    for base in [2, np.e, 10]:
        waste = kl_divergence(p, q / q.sum(), base)
        assert waste >= 0
        assert not np.signbit(waste)


def test_a_sum_of_logs_that_rounds_below_0_is_0():
    p = np.array([0.1, 0.2, 0.7])
    q = np.array([0.1 + 1e-10, 0.2 - 1e-10, 0.7])
    below = np.array([np.sum(p * (np.log2(p) - np.log2(q))) for _ in range(1)])
    p32, q32 = np.float32([0.3, 0.7]), np.float32([0.30000007, 0.70000005])
    assert np.sum(p32 * (np.log2(p32) - np.log2(q32))) < 0
    assert kl_divergence(p32, q32) == 0
    assert_allclose(kl_divergence(p, q), np.maximum(below, 0)[0], atol=1e-18)


def test_rows_stay_apart_where_one_rounds_below_0():
    p = np.float32([[0.3, 0.7], [0.5, 0.5]])
    q = np.float32([[0.30000007, 0.70000005], [0.25, 0.75]])
    assert_allclose(kl_divergence(p, q), [0, 0.20751874], rtol=1e-6)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("shape, axis", [((10_000, 4), 0), ((4, 10_000), 1), ((3,), 0)])
def test_what_softmax_returns_is_a_distribution(dtype, shape, axis, rng):
    x = rng.normal(size=shape).astype(dtype)
    q = softmax(x, axis=axis)
    exact = q.astype(float)
    expected = entropy(exact / exact.sum(axis, keepdims=True), axis=axis)
    assert_allclose(entropy(q, axis=axis), expected, rtol=1e-4)
    assert (kl_divergence(q, q, axis=axis) == 0).all()


def test_float16_shares_are_accepted_as_they_round(rng):
    for _ in range(100):
        p = rng.dirichlet(np.ones(5)).astype(np.float16)
        got = entropy(p)
        assert got.dtype == np.float32
        assert_allclose(got, entropy(p / p.sum(dtype=float)), rtol=5e-3)


@pytest.mark.parametrize("base", [np.float32(2), np.int8(2), 2.0])
def test_the_base_does_not_change_the_type_of_number(base):
    p = np.float32([0.5, 0.5])
    assert self_information(p, base).dtype == np.float32
    assert_array_equal(self_information(p, base), [1, 1])
    assert cross_entropy(p, p, np.float64(3)).dtype == np.float32


@pytest.mark.parametrize("base", [np.nextafter(1, 2), 1e308])
def test_a_base_may_be_extreme(base):
    got = self_information([1, 0.5, 0], base)
    assert_allclose(got, [0, np.log(2) / np.log(base), np.inf], rtol=1e-14)
