"""Penalties by hand, their gradients against the numerical ones, and stopping in time."""

import numpy as np
import pytest

from dlbasics.gradcheck import numerical_gradient
from dlbasics.optimizers import SGD
from dlbasics.regularizers import (
    EarlyStopping,
    decay,
    l1,
    l1_gradients,
    l2,
    l2_gradients,
    soft_threshold,
)

W, B = np.array([[3.0, -4.0], [0.0, 1.0]]), np.array([9.0, -9.0])
PENALTIES = pytest.mark.parametrize(
    "penalty, gradients", [(l2, l2_gradients), (l1, l1_gradients)], ids=["l2", "l1"]
)


# Values


def test_l2_by_hand():
    assert l2([W, B], 0.1) == pytest.approx(0.05 * (9 + 16 + 1))
    expected = [0.1 * W, np.zeros(2)]
    for got, right in zip(l2_gradients([W, B], 0.1), expected, strict=True):
        np.testing.assert_allclose(got, right)


def test_l1_by_hand():
    assert l1([W, B], 0.1) == pytest.approx(0.1 * 8)
    got_W, got_b = l1_gradients([W, B], 0.1)
    np.testing.assert_allclose(got_W, [[0.1, -0.1], [0, 0.1]])
    np.testing.assert_array_equal(got_b, [0, 0])


@pytest.mark.parametrize(
    "w, expected",
    [(3, 2), (-3, -2), (1, 0), (-1, 0), (0.5, 0), (-0.5, 0), (0, 0), (1.25, 0.25)],
)
def test_soft_threshold_by_hand(w, expected):
    assert soft_threshold(w, 1) == expected


def test_soft_threshold_is_the_step_of_the_penalty():
    """It minimises ``½ (v - w)² + a |v|`` over v."""
    v = np.linspace(-5, 5, 10_001)
    for w in [-3.0, -0.4, 0.0, 0.7, 2.0]:
        best = v[np.argmin((v - w) ** 2 / 2 + 0.6 * np.abs(v))]
        assert soft_threshold(w, 0.6) == pytest.approx(best, abs=1e-3)


def test_decay_by_hand():
    w, b = W.copy(), B.copy()
    assert decay([w, b], 0.25) is None
    np.testing.assert_allclose(w, 0.75 * W)
    np.testing.assert_array_equal(b, B)


# Properties


@PENALTIES
def test_gradients(penalty, gradients, rng):
    V = rng.normal(size=(3, 4))
    numerical = numerical_gradient(lambda v: penalty([v, B], 0.3), V)
    np.testing.assert_allclose(gradients([V, B], 0.3)[0], numerical, atol=1e-8)


def test_for_plain_descent_decay_is_the_l2_step(rng):
    one, two = rng.normal(size=(2, 3)), None
    two = one.copy()
    SGD([one], 0.1).step(l2_gradients([one], 0.5))
    decay([two], 0.1 * 0.5)
    np.testing.assert_allclose(one, two)


@PENALTIES
def test_nothing_is_changed_and_dtypes_stay(penalty, gradients):
    w = W.astype(np.float32)
    before = w.copy()
    assert isinstance(penalty([w, B], 0.1), float)
    got = gradients([w, B], 0.1)
    assert [g.dtype for g in got] == [np.float32, np.float64]
    np.testing.assert_array_equal(w, before)


@PENALTIES
def test_without_strength_or_weights(penalty, gradients):
    assert penalty([W, B], 0) == penalty([B], 1) == penalty([], 1) == 0
    assert not np.any(gradients([W], 0)[0]) and gradients([], 1) == []


@pytest.mark.parametrize("strength", [-0.1, np.nan, np.inf, "1", None])
@pytest.mark.parametrize("function", [l1, l2, l1_gradients, l2_gradients])
def test_bad_strengths(function, strength):
    with pytest.raises((TypeError, ValueError), match="strength: got"):
        function([W], strength)


@pytest.mark.parametrize("amount", [-0.1, np.nan, "1", None])
@pytest.mark.parametrize(
    "function", [lambda a: soft_threshold(W, a), lambda a: decay([W.copy()], a)]
)
def test_bad_amounts(function, amount):
    with pytest.raises((TypeError, ValueError), match="amount: got"):
        function(amount)


# Early stopping


def stops(losses, patience):
    watch = EarlyStopping(patience)
    return [watch.see(loss, []) for loss in losses]


@pytest.mark.parametrize(
    "losses, patience, expected",
    [
        ([3, 2, 1], 1, [False] * 3),
        ([1, 2], 1, [False, True]),
        ([1, 1], 1, [False, True]),  # as good is not better
        ([1, 2, 0.5, 2, 3], 2, [False, False, False, False, True]),
        ([np.nan, np.nan], 2, [False, True]),
        ([np.inf, 1], 3, [False, False]),
    ],
)
def test_when_to_stop(losses, patience, expected):
    assert stops(losses, patience) == expected


def test_the_best_comes_back_and_not_a_reference():
    w, watch = np.array([1.0, 2.0]), EarlyStopping(5)
    watch.see(0.5, [w])
    w += 10
    watch.see(0.9, [w])
    watch.restore([w])
    np.testing.assert_array_equal(w, [1, 2])
    w += 1  # and the kept copy stays as it was
    watch.restore([w])
    np.testing.assert_array_equal(w, [1, 2])
    assert watch.best == 0.5


def test_nothing_to_restore():
    with pytest.raises(ValueError, match="restore: got no value"):
        EarlyStopping(1).restore([np.ones(1)])


def test_restore_into_other_shapes():
    watch = EarlyStopping(1)
    watch.see(1.0, [np.ones(2)])
    with pytest.raises(ValueError, match=r"parameters: got shapes \[\(3,\)\]"):
        watch.restore([np.ones(3)])


@pytest.mark.parametrize("patience", [0, -1, 1.5, "2", None, True])
def test_bad_patience(patience):
    with pytest.raises((TypeError, ValueError), match="patience: got"):
        EarlyStopping(patience)
