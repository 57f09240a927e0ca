"""Each rule has its variance and its shape, whatever the widths; and what it is for holds."""

import numpy as np
import pytest

from dlbasics import initializers
from dlbasics.activations import relu

VARIANCES = {
    "lecun": lambda d, k: 1 / d,
    "glorot": lambda d, k: 2 / (d + k),
    "he": lambda d, k: 2 / d,
}
EVERY = pytest.mark.parametrize(
    "rule, shape",
    [(rule, shape) for rule in VARIANCES for shape in ("normal", "uniform")],
)
WIDTHS = pytest.mark.parametrize("d, k", [(400, 300), (100, 900), (900, 100)])


def draw(rule, shape, d, k, rng):
    return getattr(initializers, f"{rule}_{shape}")(d, k, rng)


@EVERY
@WIDTHS
def test_mean_and_variance(rule, shape, d, k, rng):
    W = draw(rule, shape, d, k, rng)
    variance = VARIANCES[rule](d, k)
    assert W.shape == (d, k) and W.dtype == np.float64
    # Six standard errors. A normal draw's variance has the error √(2/n), a uniform one's is less.
    assert abs(W.mean()) < 6 * np.sqrt(variance / W.size)
    assert W.var() == pytest.approx(variance, rel=6 * np.sqrt(2 / W.size))


@WIDTHS
@pytest.mark.parametrize("rule", VARIANCES)
def test_uniform_fills_its_range(rule, d, k, rng):
    W = draw(rule, "uniform", d, k, rng)
    r = np.sqrt(3 * VARIANCES[rule](d, k))
    assert 0.999 * r < W.max() <= r and -r <= W.min() < -0.999 * r
    quarters = np.histogram(W, bins=4, range=(-r, r))[0] / W.size
    np.testing.assert_allclose(quarters, 0.25, atol=0.01)


@pytest.mark.parametrize("rule", VARIANCES)
def test_normal_has_the_tails_of_a_bell(rule, rng):
    W = draw(rule, "normal", 300, 300, rng)
    far = np.abs(W) > 2 * np.sqrt(VARIANCES[rule](300, 300))
    assert far.mean() == pytest.approx(0.0455, abs=0.004)


def test_lecun_keeps_the_variance_of_the_inputs(rng):
    X = rng.normal(size=(2000, 100))
    Z = X @ initializers.lecun_normal(100, 100, rng)
    assert Z.var() == pytest.approx(1, rel=0.1)


def test_he_keeps_it_through_relus(rng):
    A = rng.normal(size=(500, 200))
    for _ in range(10):
        Z = A @ initializers.he_normal(200, 200, rng)
        A = relu(Z)
    assert 0.5 < np.mean(A**2) < 2  # LeCun's rule would leave 2⁻¹⁰ of it


def test_glorot_is_fair_to_both_directions(rng):
    W = initializers.glorot_normal(100, 400, rng)
    forward = (rng.normal(size=(2000, 100)) @ W).var()
    backward = (rng.normal(size=(2000, 400)) @ W.T).var()
    assert forward == pytest.approx(0.4, rel=0.1)
    assert backward == pytest.approx(1.6, rel=0.1)


@EVERY
def test_the_same_seed_draws_the_same(rule, shape):
    one, two, other = (
        draw(rule, shape, 3, 4, np.random.default_rng(seed)) for seed in (0, 0, 1)
    )
    assert np.array_equal(one, two) and not np.array_equal(one, other)


@EVERY
def test_the_smallest_layer(rule, shape, rng):
    assert draw(rule, shape, 1, 1, rng).shape == (1, 1)


@EVERY
@pytest.mark.parametrize("width", [0, -1, 2.5, "3", None, True, [3], np.nan])
def test_bad_widths(rule, shape, width, rng):
    with pytest.raises((TypeError, ValueError), match="d: got"):
        draw(rule, shape, width, 3, rng)
    with pytest.raises((TypeError, ValueError), match="k: got"):
        draw(rule, shape, 3, width, rng)


@EVERY
@pytest.mark.parametrize("rng", [0, None, np.random, np.random.RandomState(0)])
def test_bad_generators(rule, shape, rng):
    with pytest.raises(TypeError, match="rng: got"):
        draw(rule, shape, 3, 4, rng)
