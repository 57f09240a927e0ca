"""Each optimizer against numbers worked by hand, against PyTorch's formulas, and on parabolas."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlbasics.optimizers import SGD, Adam, RMSProp, descend
from dlbasics.surfaces import quadratic

MAKERS = {
    "SGD": lambda p: SGD(p, 0.1),
    "momentum": lambda p: SGD(p, 0.1, momentum=0.9),
    "RMSProp": lambda p: RMSProp(p, 0.1),
    "Adam": lambda p: Adam(p, 0.1),
}
EVERY = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def steps(make, gradients):
    """Where a single number, starting at 1, stands after each gradient."""
    p = np.array([1.0])
    optimizer = make([p])
    seen = []
    for g in gradients:
        optimizer.step([np.array([g])])
        seen.append(p.item())
    return seen


# Values


def test_sgd_by_hand():
    # 1 - 0.1 · 2, then + 0.1 · 1, then - 0.1 · 4
    assert steps(MAKERS["SGD"], [2.0, -1.0, 4.0]) == pytest.approx([0.8, 0.9, 0.5])


def test_momentum_by_hand():
    # v: 2, 0.5 · 2 - 1 = 0, 4
    def make(p):
        return SGD(p, 0.1, momentum=0.5)

    assert steps(make, [2.0, -1.0, 4.0]) == pytest.approx([0.8, 0.8, 0.4])


def test_rmsprop_by_hand():
    # s: 0.25 · 16 = 4, 3 + 0.25 · 4 = 4, 3 + 0.25 · 52 = 16; steps 0.1 · (4/2, -2/2, √52/4)
    def make(p):
        return RMSProp(p, 0.1, decay=0.75, epsilon=1e-15)

    expected = [0.8, 0.9, 0.9 - 0.1 * math.sqrt(52) / 4]
    assert steps(make, [4.0, -2.0, math.sqrt(52)]) == pytest.approx(expected)


def test_adam_by_hand():
    # β = (0.5, 0.75). m: 2, 1 - 1 = 0, 2. m̂: 4, 0, 2 / (7/8).
    # s: 4, 3 + 1 = 4, 3 + 4 = 7. ŝ: 16, 64/7, 7 / (37/64).
    def make(p):
        return Adam(p, 0.1, decays=(0.5, 0.75), epsilon=1e-15)

    third = 0.1 * (16 / 7) / math.sqrt(7 * 64 / 37)
    assert steps(make, [4.0, -2.0, 4.0]) == pytest.approx([0.9, 0.9, 0.9 - third])


def pytorch_sgd(p, g, state, lr=0.1, momentum=0.9):
    """The algorithm box of torch.optim.SGD, with dampening 0 and no weight decay."""
    state["b"] = momentum * state["b"] + g if "b" in state else g
    return p - lr * state["b"]


def pytorch_rmsprop(p, g, state, lr=0.1, alpha=0.9, eps=1e-8):
    state["v"] = alpha * state.get("v", 0) + (1 - alpha) * g**2
    return p - lr * g / (math.sqrt(state["v"]) + eps)


def pytorch_adam(p, g, state, lr=0.1, betas=(0.9, 0.999), eps=1e-8):
    state["t"] = t = state.get("t", 0) + 1
    state["m"] = betas[0] * state.get("m", 0) + (1 - betas[0]) * g
    state["v"] = betas[1] * state.get("v", 0) + (1 - betas[1]) * g**2
    m_hat, v_hat = state["m"] / (1 - betas[0] ** t), state["v"] / (1 - betas[1] ** t)
    return p - lr * m_hat / (math.sqrt(v_hat) + eps)


@pytest.mark.parametrize(
    "name, rule",
    [("momentum", pytorch_sgd), ("RMSProp", pytorch_rmsprop), ("Adam", pytorch_adam)],
)
def test_pytorch_s_formula(name, rule, rng):
    gradients = rng.normal(0, 3, 20)
    p, state, expected = 1.0, {}, []
    for g in gradients:
        p = rule(p, g, state)
        expected.append(p)
    np.testing.assert_allclose(steps(MAKERS[name], gradients), expected, rtol=1e-12)


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e6])
def test_adam_s_first_step_is_the_rate(size):
    assert steps(MAKERS["Adam"], [size]) == pytest.approx([0.9], rel=1e-4)


def test_adam_s_epsilon_outside_the_root():
    # With g = ε the first step is half the rate; with ε inside the uncorrected root it is not.
    def make(p):
        return Adam(p, 0.1, epsilon=0.25)

    assert steps(make, [0.25]) == pytest.approx([0.95])


def test_rmsprop_s_epsilon_outside_the_root():
    def make(p):
        return RMSProp(p, 0.1, decay=0.0, epsilon=0.25)

    assert steps(make, [0.25]) == pytest.approx([0.95])


def test_defaults():
    adam, rmsprop = Adam([np.ones(1)]), RMSProp([np.ones(1)], 0.1)
    assert (adam.learning_rate, adam.decays, adam.epsilon) == (1e-3, (0.9, 0.999), 1e-8)
    assert (rmsprop.decay, rmsprop.epsilon) == (0.9, 1e-8)
    assert SGD([np.ones(1)], 0.1).momentum == 0


# Properties


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_the_largest_rate_on_a_parabola(momentum):
    """Gradient descent with momentum converges below ``2 (1 + μ) / λ``, and not above."""
    curvature = 100.0
    bound = 2 * (1 + momentum) / curvature
    for factor, arrives in [(0.99, True), (1.01, False)]:
        path = descend(
            lambda p, f=factor: SGD(p, f * bound, momentum),
            lambda x: curvature * x,
            [1.0],
            3000,
        )
        assert (abs(path[-1, 0]) < 1e-3) == arrives


@EVERY
def test_all_get_down_a_parabola(make):
    path = descend(make, lambda x: x, [3.0, -2.0], 300)
    assert np.abs(path[-1]).max() < 0.1


@EVERY
@given(st.lists(st.floats(-10, 10), min_size=4, max_size=4))
def test_every_number_for_itself(make, gradient):
    """Two parameters in one optimizer move like each of them alone."""
    together = [np.zeros(3), np.zeros(1)]
    optimizer = make(together)
    alone = [np.zeros(1) for _ in range(4)]
    optimizers = [make([p]) for p in alone]
    for scale in (1, -0.5, 2):
        g = scale * np.array(gradient)
        optimizer.step([g[:3], g[3:]])
        for one, part in zip(optimizers, g):
            one.step([[part]])
    np.testing.assert_allclose(np.concatenate(together), np.concatenate(alone))


@EVERY
def test_in_place_and_in_the_dtype_of_the_parameter(make):
    p = np.ones((2, 3), dtype=np.float32)
    gradient = np.full((2, 3), 2.0)
    before = gradient.copy()
    optimizer = make([p])
    for _ in range(3):
        assert optimizer.step([gradient]) is None
    assert p.dtype == np.float32 and np.all(p < 1)
    np.testing.assert_array_equal(gradient, before)


@EVERY
def test_the_rate_may_change_between_steps(make):
    p, q = np.ones(1), np.ones(1)
    fast, slow = make([p]), make([q])
    slow.learning_rate = 0.05
    fast.step([[1.0]])
    slow.step([[1.0]])
    assert (1 - p).item() == pytest.approx(2 * (1 - q).item())


def test_without_momentum_no_velocities_are_kept():
    p, gradient = np.ones(2), np.array([1.0, 2.0])
    sgd = SGD([p], 0.1)
    sgd.step([gradient])
    assert sgd.velocities == []
    gradient[:] = 99  # the caller's: what becomes of it is no longer ours
    sgd.step([[1.0, 2.0]])
    np.testing.assert_allclose(p, [0.8, 0.6])


def test_momentum_may_change_between_steps():
    p = np.zeros(1)
    sgd = SGD([p], 1.0, momentum=0.5)
    moves = []
    # v: 1, 0.5 + 1, 0.9 · 1.5 + 1; no v; then anew, and not from the 2.35: 1, 0.5 + 1
    for sgd.momentum in [0.5, 0.5, 0.9, 0, 0, 0.5, 0.5]:
        before = p.copy()
        sgd.step([[1.0]])
        moves.append((before - p).item())
    assert moves == pytest.approx([1, 1.5, 2.35, 1, 1, 1, 1.5])


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_a_saved_sgd_goes_on_as_if_nothing_had_been(momentum):
    p = np.ones(2)
    sgd = SGD([p], 0.1, momentum)
    sgd.step([[1.0, -2.0]])
    copy = pickle.loads(pickle.dumps(sgd))
    for one in [sgd, copy]:
        one.step([[3.0, 1.0]])
    np.testing.assert_array_equal(copy.parameters[0], p)
    assert copy.momentum == momentum
    assert copy.parameters[0] is not p


@EVERY
def test_a_parameter_without_numbers(make):
    p = np.ones((0, 3))
    make([p]).step([np.ones((0, 3))])


# Descend


def test_descend_keeps_the_whole_path():
    start = np.array([8.0])
    path = descend(lambda p: SGD(p, 0.25), lambda x: 2 * x, start, 3)
    np.testing.assert_array_equal(path, [[8], [4], [2], [1]])
    np.testing.assert_array_equal(start, [8])


def test_descend_without_a_step():
    path = descend(MAKERS["Adam"], lambda x: x, [1, 2], 0)
    assert path.shape == (1, 2) and path.dtype == np.float64


def test_descend_protects_its_point():
    """A gradient that spoils its argument does not spoil the path."""

    def greedy(x):
        g = x.copy()
        x[:] = 99
        return g

    np.testing.assert_array_equal(
        descend(lambda p: SGD(p, 0.5), greedy, [4.0], 2), [[4], [2], [1]]
    )


# Edges


@pytest.mark.parametrize("name", ["SGD", "momentum"])
def test_divergence_ends_at_inf_without_a_warning(name):
    path = descend(MAKERS[name], quadratic([1e3, 1]).gradient, [1.0, 1.0], 1000)
    assert not np.isfinite(path[-1]).all()


@EVERY
def test_infinite_gradients_make_no_warning(make):
    p = np.ones(2)
    make([p]).step([[np.inf, np.nan]])
    assert np.isnan(p[1])


@pytest.mark.parametrize("rate", [0, -1, np.inf, np.nan, True, "0.1", None, [0.1], 1j])
@EVERY
def test_bad_rates(make, rate):
    optimizer = make([np.ones(1)])
    with pytest.raises((TypeError, ValueError), match="learning_rate: got"):
        optimizer.learning_rate = rate


@pytest.mark.parametrize("value", [-0.1, 1, 1.5, np.nan, "0.9", None])
@pytest.mark.parametrize(
    "name, make",
    [
        ("momentum", lambda v: SGD([np.ones(1)], 0.1, v)),
        ("decay", lambda v: RMSProp([np.ones(1)], 0.1, v)),
        (r"decays\[0\]", lambda v: Adam([np.ones(1)], decays=(v, 0.9))),
        (r"decays\[1\]", lambda v: Adam([np.ones(1)], decays=(0.9, v))),
    ],
)
def test_bad_memories(name, make, value):
    with pytest.raises((TypeError, ValueError), match=f"{name}: got"):
        make(value)


@pytest.mark.parametrize("value", [-0.1, 1, np.nan, "0.9", None])
def test_a_bad_momentum_is_not_set(value):
    sgd = SGD([np.ones(1)], 0.1, 0.5)
    with pytest.raises((TypeError, ValueError), match="momentum: got"):
        sgd.momentum = value
    assert sgd.momentum == 0.5 and len(sgd.velocities) == 1


@pytest.mark.parametrize("value", [0, -1, np.nan, None])
@pytest.mark.parametrize(
    "make",
    [
        lambda v: RMSProp([np.ones(1)], 0.1, epsilon=v),
        lambda v: Adam([np.ones(1)], epsilon=v),
    ],
)
def test_bad_epsilons(make, value):
    with pytest.raises((TypeError, ValueError), match="epsilon: got"):
        make(value)


@pytest.mark.parametrize("parameters", [[[1.0]], [np.ones(2, int)], [1.0], [None]])
@EVERY
def test_parameters_are_arrays_of_floats(make, parameters):
    with pytest.raises(TypeError, match=r"parameters\[0\]: got"):
        make(parameters)


@EVERY
def test_no_array_twice(make):
    p = np.ones(2)
    with pytest.raises(ValueError, match="parameters: got one array twice"):
        make([p, p])


@pytest.mark.parametrize(
    "gradients", [[], [np.ones(2)], [np.ones((2, 1))], [1.0], [[1], [2]]]
)
@EVERY
def test_gradients_of_other_shapes(make, gradients):
    p = np.ones(3)
    with pytest.raises(ValueError, match=r"gradients: got shapes .*\(3,\)"):
        make([p]).step(gradients)
    np.testing.assert_array_equal(p, 1)


def test_two_decays():
    with pytest.raises(ValueError, match="decays: got 1 numbers, expected 2"):
        Adam([np.ones(1)], decays=(0.9,))


@pytest.mark.parametrize("count", [-1, 2.5, "3", None, True])
def test_bad_step_counts(count):
    with pytest.raises((TypeError, ValueError), match="steps: got"):
        descend(MAKERS["SGD"], lambda x: x, [1.0], count)
