"""Measurements with values by hand, and a training whose parts can be replaced."""

import numpy as np
import pytest

from dlbasics import diagnosis
from dlbasics.activations import relu, relu_derivative, sigmoid, sigmoid_derivative
from dlbasics.diagnosis import Training
from dlbasics.gradcheck import numerical_gradient
from dlbasics.layers import Activation, Linear, Sequential
from dlbasics.losses import softmax_cross_entropy


def relu_net():
    """Two hidden layers: units x, -x and 0, then their sum, and that less 4."""
    return Sequential(
        Linear([[1.0, -1.0, 0.0]], np.zeros(3)),
        Activation(relu, relu_derivative),
        Linear([[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]], [0.0, -4.0]),
        Activation(relu, relu_derivative),
    )


@pytest.mark.parametrize("k", [1, 2, 3, 10, 1000])
def test_a_guess_costs_what_equal_scores_cost(k):
    equal = softmax_cross_entropy(np.zeros((1, k)), [k - 1])
    assert diagnosis.loss_of_a_guess(k) == pytest.approx(equal)


@pytest.mark.parametrize("k", [0, -1, 2.5, "3", True, None])
def test_classes_are_counted(k):
    with pytest.raises((TypeError, ValueError), match=r"^k: got .*, expected a whole"):
        diagnosis.loss_of_a_guess(k)


def falling(*values):
    values = iter(values)
    return lambda: next(values)


@pytest.mark.parametrize(
    "values, most, taken",
    [
        ([0.01], 1, 0),
        ([1.0, 0.05, 0.04], 5, 2),  # at the limit is not below
        ([1.0, 0.01, 9.0], 5, 1),
        ([1.0, 1.0, 0.01], 2, None),
        ([np.nan, np.nan], 2, None),
        ([np.inf, 0.0], 2, 1),
    ],
)
def test_steps_to_memorise_by_hand(values, most, taken):
    assert diagnosis.steps_to_memorise(falling(*values), most=most) == taken


def test_no_step_is_taken_beyond_the_last():
    steps = []
    assert diagnosis.steps_to_memorise(lambda: steps.append(1) or 1.0, most=7) is None
    assert len(steps) == 7


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("step",), "step: got 'step', expected a function"),
        ((min, 0.0), "limit: got 0.0, expected a number above 0"),
        ((min, 0.1, 0), "most: got 0, expected a whole number of at least 1"),
    ],
)
def test_bad_arguments_of_memorising(arguments, message):
    with pytest.raises((TypeError, ValueError), match=message):
        diagnosis.steps_to_memorise(*arguments)


def test_activations_and_dead_units_by_hand():
    first, second = diagnosis.activations(relu_net(), [[-3.0], [2.0], [5.0]])
    np.testing.assert_array_equal(first, [[0, 3, 0], [2, 0, 0], [5, 0, 0]])
    np.testing.assert_array_equal(second, [[3, 0], [2, 0], [5, 1]])
    assert diagnosis.dead_units(relu_net(), [[-3.0], [2.0], [5.0]]) == [1 / 3, 0]
    assert diagnosis.dead_units(relu_net(), [[2.0], [3.0]]) == [2 / 3, 1 / 2]


def test_a_dead_unit_gets_no_gradient(rng):
    net = relu_net()
    X = rng.uniform(1, 2, (4, 1))
    net.forward(X)
    net.backward(np.ones((4, 2)))
    grad_W, grad_b, *_ = net.gradients()
    dead = np.all(diagnosis.activations(net, X)[0] == 0, axis=0)
    assert dead.tolist() == [False, True, True]
    assert not grad_W[:, dead].any() and not grad_b[dead].any() and grad_W[0, 0]


def test_a_net_without_activations_has_none():
    net = Sequential(Linear([[1.0]], [0.0]))
    assert diagnosis.activations(net, [[1.0]]) == []
    assert diagnosis.dead_units(net, [[1.0]]) == diagnosis.saturated(net, [[1.0]]) == []


def test_saturated_by_hand():
    net = Sequential(Linear([[1.0]], [0.0]), Activation(sigmoid, sigmoid_derivative))
    X = [[0.0], [-4.0], [5.0], [-6.0]]  # slopes 0.25, 0.018, 0.0066, 0.0025
    assert diagnosis.saturated(net, X) == [0.5]
    assert diagnosis.saturated(net, X, slope=0.005) == [0.25]
    assert diagnosis.saturated(net, X, slope=0.02) == [0.75]


def test_a_second_layer_is_looked_at_where_its_inputs_are():
    layers = [Linear([[100.0]], [0.0]), Activation(sigmoid, sigmoid_derivative)]
    layers += [Linear([[1.0]], [0.0]), Activation(sigmoid, sigmoid_derivative)]
    assert diagnosis.saturated(Sequential(*layers), [[-1.0], [1.0]]) == [1, 0]


@pytest.mark.parametrize("slope", [0, -1.0, np.nan, "0.1"])
def test_a_slope_is_positive(slope):
    with pytest.raises((TypeError, ValueError), match="slope: got"):
        diagnosis.saturated(relu_net(), [[1.0]], slope)


def test_update_ratio_by_hand():
    before = [[[3.0, 0.0], [0.0, 4.0]], [0.0, 0.0], [0.0], [2.0]]
    after = [[[3.0, 0.5], [0.0, 4.0]], [0.0, 1.0], [0.0], [1.0]]
    assert diagnosis.update_ratio(before, after) == [0.1, np.inf, 0.0, 0.5]


def test_update_ratio_has_no_unit(rng):
    before, after = rng.normal(size=(2, 3, 4))
    small, large = diagnosis.update_ratio([before, 1e6 * before], [after, 1e6 * after])
    assert small == pytest.approx(large)


def test_update_ratio_needs_pairs():
    with pytest.raises(ValueError):
        diagnosis.update_ratio([[1.0]], [[1.0], [2.0]])
    message = r"^after: got shape \(2,\), expected \(2, 1\), that of before$"
    with pytest.raises(ValueError, match=message):
        diagnosis.update_ratio([np.ones((2, 1))], [np.ones(2)])


# The training


def small(rng, **parts):
    return Training(rng, (3, 5, 2), scale=lambda X: X, **parts)


X = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0], [2.0, 2.0, 0.0], [0.5, 1.0, 0.0]])
LABELS = np.array([0, 1, 1, 0])


def test_a_step_goes_against_the_gradient(rng):
    training = small(rng, rate=0.01)
    W = training.net.parameters()[0]
    before = W.copy()

    def loss_at(values):
        W[...] = values
        return softmax_cross_entropy(training.logits(X), LABELS)

    expected = before - 0.01 * numerical_gradient(loss_at, before)
    loss = loss_at(before)
    assert training.step(X, LABELS) == loss
    np.testing.assert_allclose(W, expected, atol=1e-8)


def test_a_run_is_its_batches_one_after_the_other(rng):
    seen = []

    def loss(logits, labels):
        seen.append(len(labels))
        return softmax_cross_entropy(logits, labels)

    losses = small(rng, loss=loss).run(X, LABELS, epochs=2, batch=3)
    assert seen == [3, 1, 3, 1] and losses.shape == (4,)


def test_the_same_generator_gives_the_same_run():
    runs = [
        small(np.random.default_rng(3)).run(X, LABELS, epochs=3, batch=2) for _ in "ab"
    ]
    np.testing.assert_array_equal(*runs)


def test_samples_keep_their_labels(rng):
    samples, labels = diagnosis.shuffle(np.arange(50)[:, None], np.arange(50), rng)
    np.testing.assert_array_equal(samples[:, 0], labels)
    assert sorted(labels) == list(range(50)) != list(labels)


def test_every_part_can_be_replaced(rng):
    calls = []

    def gather(totals, gradients):
        calls.append(totals)
        return [0 * g for g in gradients]

    training = small(
        rng,
        weights=lambda d, k, rng: np.ones((d, k)),
        output=[Activation(relu, relu_derivative)],
        gather=gather,
        arrange=lambda X, labels, rng: (X[:2], labels[:2]),
    )
    training.run(X, LABELS, epochs=2, batch=2)
    assert calls[0] is None and len(calls) == 2
    assert all((W == 1).all() for W in training.net.parameters()[::2])
    assert isinstance(training.net.layers[-1], Activation)


def test_it_needs_a_generator():
    with pytest.raises(TypeError, match="rng: got 0"):
        Training(0)
