"""Tests of `dlbasics.perceptron`."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from dlbasics.perceptron import GATES, correction_bound, fire, rosenblatt

PAIRS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
TRUTH = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "NAND": [1, 1, 1, 0], "NOT": [1, 0]}
XOR = [0, 1, 1, 0]
NAN, INF = np.nan, np.inf

EVERY_GATE = pytest.mark.parametrize("gate", GATES)


def inputs(gate):
    return np.array([[0], [1]]) if gate == "NOT" else PAIRS


def last(corrections, d=2):
    """The unit after all corrections; that of zeros, if none was needed."""
    return [(np.zeros(d), 0.0), *corrections][-1]


@st.composite
def separable(draw):
    """Samples of whole numbers, none on the line of a random unit, and the unit.

    Sums of whole numbers are exact, so that nothing is tested but the rule.
    """
    d = draw(st.integers(1, 3))
    w = draw(arrays(np.float64, d, elements=st.integers(-4, 4).map(float)))
    b = float(draw(st.integers(-4, 4)))
    X = draw(
        arrays(
            np.float64,
            st.tuples(st.integers(1, 12), st.just(d)),
            elements=st.integers(-6, 6).map(float),
        )
    )
    sums = X @ w + b
    X, sums = X[sums != 0], sums[sums != 0]
    return X, (sums > 0).astype(int), w, b


# Values


@EVERY_GATE
def test_every_gate_is_right(gate):
    answers = fire(inputs(gate), *GATES[gate])
    assert_array_equal(answers, TRUTH[gate])
    assert answers.dtype == np.float64


@pytest.mark.parametrize(
    "x, w, b, expected",
    [
        ([2, 3], [1, -1], 0.5, 0),  # 2 - 3 + 0.5 = -0.5
        ([2, 3], [1, -1], 1, 1),  # a tie fires
        ([2, 3], [1, -1], 2, 1),
        ([0, 0], [0, 0], 0, 1),
    ],
)
def test_a_unit_by_hand(x, w, b, expected):
    assert fire(x, w, b) == expected
    assert np.ndim(fire(x, w, b)) == 0
    assert_array_equal(fire([x, x], w, b), [expected] * 2)


def test_or_is_learned_in_five_corrections():
    """All of them by hand: the sample that is corrected is added, or taken off."""
    steps = [((0, 0), -1), ((0, 1), 0), ((0, 1), -1), ((1, 1), 0), ((1, 1), -1)]
    corrections = [(tuple(w), b) for w, b in rosenblatt(PAIRS, TRUTH["OR"])]
    assert corrections == steps


@pytest.mark.parametrize(
    "gate, corrections, bound", [("AND", 11, 51), ("OR", 5, 27), ("NAND", 10, 51)]
)
def test_corrections_and_bounds_of_the_gates(gate, corrections, bound):
    """R² = 3 for (1, 1, 1); AND and NAND: γ² = 0.25 / 4.25; OR: γ² = 0.25 / 2.25."""
    labels = TRUTH[gate]
    assert len(list(rosenblatt(PAIRS, labels))) == corrections
    assert_allclose(correction_bound(PAIRS, labels, *GATES[gate]), bound, rtol=1e-12)


def test_the_bound_is_the_same_for_any_multiple_of_the_unit():
    w, b = GATES["AND"]
    bounds = [
        correction_bound(PAIRS, TRUTH["AND"], c * w, c * b) for c in [1e-3, 1, 1e6]
    ]
    assert_allclose(bounds, 51, rtol=1e-12)


def test_xor_comes_round_every_epoch():
    corrections = list(rosenblatt(PAIRS, XOR, epochs=4))
    epochs = [corrections[2:6], corrections[6:10], corrections[10:14]]
    assert repr(epochs[0]) == repr(epochs[1]) == repr(epochs[2])


# Properties


@given(separable())
def test_what_a_line_separates_is_learned_within_the_bound(data):
    X, labels, w, b = data
    if len(X) == 0:
        return
    bound = correction_bound(X, labels, w, b)
    corrections = list(rosenblatt(X, labels, epochs=int(bound) + 2))
    assert len(corrections) <= bound * (1 + 1e-12)
    learned = last(corrections, X.shape[1])
    assert_array_equal(fire(X, *learned), labels)


@given(separable())
def test_each_correction_is_one_sample_added_or_taken_off(data):
    X, labels, *_ = data
    signed = {
        tuple(np.append(x, 1) * (1 if t else -1))
        for x, t in zip(X, labels, strict=True)
    }
    before = np.zeros(X.shape[1] + 1)
    for w, b in rosenblatt(X, labels, epochs=50):
        after = np.append(w, b)
        assert tuple(after - before) in signed
        before = after


@given(
    arrays(np.float64, (5, 2), elements=st.integers(-9, 9).map(float)),
    arrays(np.float64, 2, elements=st.integers(-9, 9).map(float)),
    st.integers(-9, 9).map(float),
    st.sampled_from([0.5, 2.0, 64.0]),
)
def test_a_positive_multiple_answers_alike(X, w, b, factor):
    assert_array_equal(fire(X, w, b), fire(X, factor * w, factor * b))


@given(st.integers(1, 40))
def test_xor_never_ends(epochs):
    """No line is right, so that every epoch corrects at least once."""
    corrections = list(rosenblatt(PAIRS, XOR, epochs))
    assert len(corrections) >= epochs
    assert len(corrections) <= 4 * epochs


def test_of_all_sixteen_gates_two_are_out_of_reach():
    failed = [
        labels
        for labels in itertools.product([0, 1], repeat=4)
        if not np.array_equal(fire(PAIRS, *last(rosenblatt(PAIRS, labels))), labels)
    ]
    assert failed == [(0, 1, 1, 0), (1, 0, 0, 1)]


# Edges


@pytest.mark.parametrize("epochs", [0, 1])
def test_epochs_are_respected(epochs):
    assert len(list(rosenblatt(PAIRS, TRUTH["AND"], epochs))) == 2 * epochs


def test_nothing_comes_where_the_unit_of_zeros_is_right():
    assert list(rosenblatt(PAIRS, [1, 1, 1, 1])) == []


def test_no_samples_need_no_corrections():
    empty = np.zeros((0, 2))
    assert fire(empty, [1, 1], 0).shape == (0,)
    assert list(rosenblatt(empty, np.zeros(0, int))) == []
    with pytest.raises(ValueError, match=r"X: got no samples \(shape \(0, 2\)\)"):
        correction_bound(empty, np.zeros(0, int), [1, 1], 0)


def test_labels_may_be_true_and_false():
    whole = [(tuple(w), b) for w, b in rosenblatt(PAIRS, [0, 0, 0, 1])]
    truth = [(tuple(w), b) for w, b in rosenblatt(PAIRS, PAIRS.all(axis=1))]
    assert whole == truth
    assert correction_bound(PAIRS, PAIRS.all(axis=1), *GATES["AND"]) > 0


@pytest.mark.parametrize(
    "labels, error, message",
    [
        ([0, 0, 0, 2], ValueError, "labels: got 2, expected 0 to 1"),
        ([0, 0, 0, -1], ValueError, "labels: got -1, expected 0 to 1"),
        ([0.0, 0, 0, 1], TypeError, "labels: got dtype float64, expected integers"),
        ([0, 0, 1], ValueError, r"labels: got shape \(3,\), expected \(4,\)"),
        ([[0], [0], [0], [1]], ValueError, r"labels: got shape \(4, 1\)"),
    ],
)
def test_labels_that_are_not_0_and_1(labels, error, message):
    with pytest.raises(error, match=message):
        next(rosenblatt(PAIRS, labels))
    with pytest.raises(error, match=message):
        correction_bound(PAIRS, labels, *GATES["AND"])


@pytest.mark.parametrize("wrong", [NAN, INF, -INF])
def test_numbers_that_are_not_finite(wrong):
    X = [[0.0, 0.0], [0.0, wrong]]
    with pytest.raises(ValueError, match=r"^X: got (nan|inf|-inf) at \(1, 1\)"):
        fire(X, [1, 1], 0)
    with pytest.raises(ValueError, match=r"^X: got (nan|inf|-inf) at \(1, 1\)"):
        next(rosenblatt(X, [0, 1]))
    for function in [fire, lambda X, w, b: correction_bound(X, XOR, w, b)]:
        with pytest.raises(ValueError, match=r"w: got (nan|inf|-inf) at \(0,\)"):
            function(PAIRS, [wrong, 1], 0)
        with pytest.raises(ValueError, match=r"b: got (nan|inf|-inf) at \(\)"):
            function(PAIRS, [1, 1], wrong)


@pytest.mark.parametrize(
    "w, b, message",
    [
        ([1, 1, 1], 0, r"w: got shape \(3,\) for X of shape \(4, 2\)"),
        ([[1], [1]], 0, r"w: got shape \(2, 1\)"),
        (1, 0, r"w: got shape \(\)"),
        ([1, 1], [0], r"b: got shape \(1,\), expected a single number"),
        ([1, 1], [0, 0, 0, 0], r"b: got shape \(4,\), expected a single number"),
    ],
)
def test_shapes_that_do_not_fit(w, b, message):
    with pytest.raises(ValueError, match=message):
        fire(PAIRS, w, b)
    with pytest.raises(ValueError, match=message):
        correction_bound(PAIRS, TRUTH["AND"], w, b)


def test_samples_without_rows():
    with pytest.raises(ValueError, match=r"X: got shape \(3,\), expected two axes"):
        next(rosenblatt([0, 1, 2], [0, 1, 1]))


@pytest.mark.parametrize(
    "w, b",
    [
        ([1, 1], -1),  # right for OR, but (0, 1) and (1, 0) lie on its line
        ([1, 1], -1.5),  # wrong for (0, 1) and (1, 0)
        ([-1, -1], 0.5),  # wrong everywhere
        ([0, 0], 0),  # no line at all
    ],
)
def test_no_bound_without_a_margin(w, b):
    with pytest.raises(ValueError, match=r"w, b: got a smallest margin of -?[0-9.]+,"):
        correction_bound(PAIRS, TRUTH["OR"], w, b)


def test_float32_stays_float32():
    X = PAIRS.astype(np.float32)
    for gate in ["AND", "OR", "NAND"]:
        for w, _ in rosenblatt(X, TRUTH[gate]):
            assert w.dtype == np.float32
    assert fire(X, w, 0.5).dtype == np.float32
    assert fire(X, w, np.float64(0.5)).dtype == np.float32


def test_what_came_in_is_not_changed():
    X, labels, w = PAIRS.astype(float), np.array(TRUTH["AND"]), np.array([1.0, 1.0])
    copies = X.copy(), labels.copy(), w.copy()
    list(rosenblatt(X, labels))
    fire(X, w, -1.5)
    correction_bound(X, labels, w, -1.5)
    for now, before in zip((X, labels, w), copies, strict=True):
        assert_array_equal(now, before)


def test_what_was_yielded_does_not_change_later():
    corrections = list(rosenblatt(PAIRS, TRUTH["AND"]))
    weights = [tuple(w) for w, _ in corrections]
    assert weights[:3] == [(0, 0), (1, 1), (1, 1)]
    assert len({id(w) for w, _ in corrections}) == len(corrections)


def test_the_gates_have_the_weights_of_the_book():
    for gate, w, b in [
        ("AND", [1, 1], -1.5),
        ("OR", [1, 1], -0.5),
        ("NAND", [-1, -1], 1.5),
        ("NOT", [-1], 0.5),
    ]:
        assert_array_equal(GATES[gate][0], w)
        assert isinstance(GATES[gate][0], np.ndarray)
        assert GATES[gate][1] == b
    assert list(GATES) == ["AND", "OR", "NAND", "NOT"]


def test_a_hundred_epochs_by_default():
    """XOR: two corrections in the first epoch, and four in each further one."""
    assert len(list(rosenblatt(PAIRS, XOR))) == 2 + 4 * 99


def test_it_ends_after_the_first_epoch_without_a_mistake():
    """A sample is looked at once more after it is learned, however many epochs are left."""
    corrections = list(rosenblatt(PAIRS, TRUTH["OR"], 10**400))
    assert len(corrections) == 5
    assert len(list(rosenblatt(PAIRS, TRUTH["OR"], 3))) == 5


def test_corrections_add_the_sample_and_its_target():
    ((w, b),) = rosenblatt([[2, -3]], [0])
    assert (tuple(w), b) == ((-2, 3), -1)
    assert type(b) is float
    w, b = last(rosenblatt([[2, -3], [-1, 4]], [0, 1]))
    assert_array_equal(fire([[2, -3], [-1, 4]], w, b), [0, 1])


def test_a_unit_is_compared_at_its_own_scale():
    w, b = GATES["AND"]
    for c in [1e-300, 1e300]:
        bound = correction_bound(PAIRS, TRUTH["AND"], c * w, c * b)
        assert_allclose(bound, 51, rtol=1e-9)


def test_the_bound_by_hand():
    """R² = 4 + 9 + 1 and γ = 2: the unit (0, 0.5), and samples at heights 3 and -1."""
    X = [[2, 3], [0, -1]]
    assert_allclose(correction_bound(X, [1, 0], [0, 0.5], 0), 14, rtol=1e-12)
    assert type(correction_bound(X, [1, 0], [0, 0.5], 0)) is float


def test_a_bound_too_large_to_represent_is_infinite():
    X = [[1e70, 0], [-1e70, 1]]
    assert correction_bound([[1.0]], [1], [1e-300], 1e-308) < 3
    assert correction_bound(X, [1, 1], [0, 1e-200], 1e-300) == INF
    assert correction_bound([[-1 + 1e-16]], [1], [1.0], 1.0) < INF


@pytest.mark.parametrize("dtype, limit", [(np.float32, "4e+09"), (np.float64, "1e+77")])
def test_samples_whose_products_would_overflow(dtype, limit):
    largest = float(np.finfo(dtype).max) ** 0.25
    for sign in [1, -1]:
        X = np.array([[sign * largest * 1.01, 0], [0, 1]], dtype)
        message = (
            rf"^X: got a number of size .*, expected at most {re.escape(limit)}, so"
        )
        with pytest.raises(ValueError, match=message):
            next(rosenblatt(X, [0, 1]))
        with pytest.raises(ValueError, match=message):
            correction_bound(X, [0, 1], [1, 1], 0)
    X = np.array([[largest * 0.99, 0], [0, 1]], dtype)
    assert list(rosenblatt(X, [0, 1], epochs=2))


@pytest.mark.parametrize(
    "X, w, expected", [([1e308, 1e308], [10, 10], 1), ([1e308, 0], [-1e308, 1], 0)]
)
def test_sums_too_large_to_represent_keep_their_sign(X, w, expected):
    assert_array_equal(fire(X, w, 0), expected)


@pytest.mark.parametrize("X", [3.0, np.ones((2, 2, 1))])
def test_samples_are_rows_or_a_single_one(X):
    with pytest.raises(
        ValueError, match=r"^X: got shape .*, expected \(n, d\) or \(d,\)"
    ):
        fire(X, [1.0], 0)


@pytest.mark.parametrize("epochs", [2.5, "2", None, True, np.nan])
def test_epochs_are_a_whole_number(epochs):
    with pytest.raises(
        TypeError, match=r"^epochs: got .*, expected a whole number of at"
    ):
        next(rosenblatt(PAIRS, XOR, epochs))
    with pytest.raises(
        ValueError, match=r"^epochs: got -1, expected a whole number of at"
    ):
        next(rosenblatt(PAIRS, XOR, -1))


def test_arguments_are_checked_when_the_first_correction_is_asked_for():
    corrections = rosenblatt(PAIRS, XOR, "many")
    with pytest.raises(TypeError):
        next(corrections)


def test_the_margin_of_a_sample_that_fires_counts_as_it_is():
    # (w, b) = (1, 0): distances 1 and 3 from 0; R² = 9 + 1
    assert correction_bound([[1], [-3]], [1, 0], [1], 0) == pytest.approx(10)
    assert correction_bound([[3], [-1]], [1, 0], [1], 0) == pytest.approx(10)


def test_sums_of_both_signs_that_are_too_large_make_no_warning():
    assert fire([[1e200, -1e200]], [1e200, 1e200], 0).shape == (1,)


def test_errors_name_both_shapes():
    with pytest.raises(
        ValueError, match=r"^X: got shape .*, expected \(n, d\) or \(d,\)$"
    ):
        fire(np.ones((1, 2, 3)), np.ones(3), 0)
    with pytest.raises(ValueError, match=r"^w: .*, expected \(d,\) for \(n, d\)$"):
        fire(np.ones((4, 2)), np.ones(3), 0)
