"""Checks for the chapter on first weights."""

import numpy as np

from dlbasics.exercises._checking import Check, TestCheck


def _even(*shape, seed=0):
    """Numbers between 0 and 1 that look random: the fractions of n² √2."""
    n = np.arange(1, np.prod(shape) + 1) + 1000 * seed
    return np.modf(n**2 * np.sqrt(2))[0].reshape(shape)


def _bell(*shape, seed=0):
    """Numbers around 0 with a standard deviation of about 1, few of them far out."""
    even = _even(*shape, seed=seed)
    return np.log(even / (1 - even)) / 1.8


# Glorot's uniform rule


def _glorot(
    limit=lambda d, k: np.sqrt(6 / (d + k)), spread=lambda draws: 2 * draws - 1
):
    """The rule with another limit, or another spread of the draws over it."""
    return lambda draws: limit(*draws.shape) * spread(draws)


check_glorot_uniform = Check(
    "my_glorot_uniform",
    _glorot(),
    [
        (np.array([[0.25]]),),
        (np.array([[0.0, 0.9], [0.5, 0.37]]),),
        (np.array([[0.1, 0.5, 0.85, 0.99]]),),
        (np.array([[0.3], [0.75], [0.62]]),),
        (_even(5, 3),),
        (_even(2, 40, seed=1),),
        (_even(30, 4, seed=2),),
    ],
    {
        "All three slips are still there: positive weights only, a standard deviation as the "
        "limit, and scaled twice.": lambda draws: (
            np.sqrt(2 / sum(draws.shape)) * draws / np.sqrt(len(draws))
        ),
        "Two slips are left: your weights are positive only, and scaled twice.": (
            lambda draws: _glorot(spread=lambda x: x)(draws) / np.sqrt(len(draws))
        ),
        "Two slips are left: the standard deviation is the limit, and you scale twice.": (
            lambda draws: (
                _glorot(lambda d, k: np.sqrt(2 / (d + k)))(draws) / np.sqrt(len(draws))
            )
        ),
        "You look at the larger of d and k. The rule has their sum.": (
            _glorot(lambda d, k: np.sqrt(6 / max(d, k))),
            _glorot(lambda d, k: np.sqrt(3 / max(d, k))),
        ),
        "Your weights are still scaled twice. Glorot's rule has all the scaling there is.": (
            lambda draws: _glorot()(draws) / np.sqrt(len(draws))
        ),
        "The standard deviation is still the limit. Numbers spread evenly from -r to r have "
        "the variance r²/3.": _glorot(lambda d, k: np.sqrt(2 / (d + k))),
        "None of your weights is negative. They should lie on both sides of 0.": (
            _glorot(spread=lambda draws: draws),
            _glorot(lambda d, k: np.sqrt(2 / (d + k)), lambda draws: draws),
            _glorot(lambda d, k: 2 * np.sqrt(6 / (d + k)), lambda draws: draws),
        ),
        "Your weights go from -r/2 to r/2. That is half the range.": _glorot(
            spread=lambda draws: draws - 0.5
        ),
        "Your variance is the limit: you take no root.": _glorot(
            lambda d, k: 6 / (d + k)
        ),
        "You add the roots of d and k. The root is taken of the sum.": _glorot(
            lambda d, k: np.sqrt(6) / (np.sqrt(d) + np.sqrt(k))
        ),
        "That is LeCun's rule, with 3/d under the root: it looks at the inputs alone.": (
            _glorot(lambda d, k: np.sqrt(3 / d))
        ),
        "That is He's rule, with 6/d under the root.": _glorot(
            lambda d, k: np.sqrt(6 / d)
        ),
        "You divide by the number of outputs alone.": (
            _glorot(lambda d, k: np.sqrt(3 / k)),
            _glorot(lambda d, k: np.sqrt(6 / k)),
        ),
        "Your variance is half of what it should be: 1/(d + k) in place of 2/(d + k).": (
            _glorot(lambda d, k: np.sqrt(3 / (d + k)))
        ),
        "You multiply by 3 where its root belongs.": _glorot(
            lambda d, k: 3 * np.sqrt(2 / (d + k))
        ),
        "You divide by d · k, the number of weights. The rule has d + k.": _glorot(
            lambda d, k: np.sqrt(6 / (d * k))
        ),
        "You shift the draws by their own mean and not by ½.": _glorot(
            spread=lambda draws: 2 * (draws - draws.mean())
        ),
        "Your signs are the other way round: a draw near 0 becomes -r.": _glorot(
            spread=lambda draws: 1 - 2 * draws
        ),
    },
    names=("draws",),
)


# He's rule for leaky ReLUs


def _leaky(variance):
    """Weights of this variance."""
    return lambda draws, slope: np.sqrt(variance(*draws.shape, slope)) * draws


check_leaky_he = Check(
    "my_leaky_he",
    _leaky(lambda d, k, slope: 2 / (d * (1 + slope**2))),
    [
        (np.array([[1.5]]), 0.0),
        (np.array([[-0.7, 2.0]]), 1.0),
        (np.array([[0.3], [-1.2], [0.0]]), 0.5),
        (_bell(2, 5), 0.0),
        (_bell(5, 2, seed=1), 0.25),
        (_bell(4, 4, seed=2), -0.3),
        (_bell(12, 3, seed=3), 2.0),
        (_bell(3, 12, seed=4), 0.01),
    ],
    {
        "That is He's rule for the ReLU: the slope on the left has no effect.": _leaky(
            lambda d, k, slope: 2 / d
        ),
        "That is LeCun's rule: the slope has no effect.": _leaky(
            lambda d, k, slope: 1 / d
        ),
        "You add the slope itself. The squares of the negative sums are multiplied by its "
        "square.": (
            _leaky(lambda d, k, slope: 2 / (d * (1 + slope))),
            _leaky(lambda d, k, slope: 2 / (d * abs(1 + slope))),
        ),
        "You square the sum of 1 and the slope. The two sides have to be squared one by one.": (
            _leaky(lambda d, k, slope: 2 / (d * (1 + slope) ** 2))
        ),
        "You divide by the number of units. A sum has as many terms as there are inputs.": (
            _leaky(lambda d, k, slope: 2 / (k * (1 + slope**2)))
        ),
        "You mix in the number of units, as Glorot's rule does. Here only the forward signal "
        "counts.": (
            _leaky(lambda d, k, slope: 2 / ((d + k) * (1 + slope**2))),
            _leaky(lambda d, k, slope: 4 / ((d + k) * (1 + slope**2))),
        ),
        "You multiply by the variance. Multiply by its root, the standard deviation.": (
            lambda draws, slope: 2 / (len(draws) * (1 + slope**2)) * draws
        ),
        "The 2 is missing: half of the sums are positive, so the mean square has a ½.": _leaky(
            lambda d, k, slope: 1 / (d * (1 + slope**2))
        ),
        "You multiply by 1 + slope² where you should divide: a larger slope lets more through, "
        "so the weights can be smaller.": _leaky(
            lambda d, k, slope: 2 * (1 + slope**2) / d
        ),
        "You divide by 1 + slope². That belongs to the variance; divide by its root.": (
            lambda draws, slope: np.sqrt(2 / len(draws)) / (1 + slope**2) * draws
        ),
        "You divide by d · k, the number of weights. A sum has d products.": _leaky(
            lambda d, k, slope: 2 / (d * k * (1 + slope**2))
        ),
        "You add slope² without the d: on both sides of 0, the sums have d products.": (
            _leaky(lambda d, k, slope: 2 / (d + slope**2)),
            _leaky(lambda d, k, slope: 2 / d + slope**2),
        ),
        "The 2 belongs under the root.": lambda draws, slope: (
            2 / np.sqrt(len(draws) * (1 + slope**2)) * draws
        ),
        "You subtract slope². A leaky unit lets more through than a ReLU, whatever the sign "
        "of its slope.": lambda draws, slope: (
            np.sqrt(2 / (len(draws) * max(1 - slope**2, 0.0) + 1e-300)) * draws
        ),
        "You pass the weights through the activation. It is the sums that pass it.": (
            lambda draws, slope: (
                np.where(draws > 0, draws, slope * draws)
                * np.sqrt(2 / (len(draws) * (1 + slope**2)))
            )
        ),
        "You divide the draws by their own standard deviation. They are standard already, and "
        "chance belongs to them.": lambda draws, slope: (
            draws
            / max(draws.std(), 1e-300)
            * np.sqrt(2 / (len(draws) * (1 + slope**2)))
        ),
    },
    names=("draws", "slope"),
)


# What tells the samples apart


def _layers(X, weights, f=np.tanh):
    for W in weights:
        X = f(X @ W)
        yield X


def _spreads(
    of=lambda A: A.std(axis=0).mean(), layers=lambda X, ws: list(_layers(X, ws))
):
    return lambda X, weights: np.array([of(A) for A in layers(X, weights)])


def _before(X, weights):
    for W in weights:
        yield X @ W
        X = np.tanh(X @ W)


def _last_is_linear(X, weights):
    return [*_layers(X, weights[:-1]), list(_before(X, weights))[-1]]


def _always_from_the_input(X, weights):
    return [np.tanh(X @ W) if len(W) == X.shape[1] else X for W in weights]


_TALL = np.array([[0.5, -1.0], [2.0, 0.0], [-0.3, 0.7]])
_SQUARE = [np.array([[0.4, -0.2], [1.1, 0.3]]), np.array([[-0.8, 0.6], [0.5, 0.9]])]

check_spreads = Check(
    "my_spreads",
    _spreads(),
    [
        (np.array([[1.0], [-1.0]]), [np.array([[0.5]])]),
        (
            np.array([[0.7, -0.2, 1.0]]),
            [np.array([[1.0, 2.0], [0.5, 0.0], [-1.0, 0.3]])],
        ),
        (_TALL, _SQUARE[:1]),
        (_TALL, _SQUARE),
        (_bell(5, 3), [_bell(3, 4, seed=1), _bell(4, 2, seed=2), _bell(2, 1, seed=3)]),
        (
            _bell(4, 2, seed=4) + 3,
            [0.01 * _bell(2, 6, seed=5), 20 * _bell(6, 6, seed=6)],
        ),
    ],
    {
        "You measure the sums. The numbers after tanh were asked for.": _spreads(
            layers=lambda X, ws: list(_before(X, ws))
        ),
        "There is a tanh after the last layer, too.": _spreads(layers=_last_is_linear),
        "You divide by n − 1 in the deviation. Divide by n.": _spreads(
            lambda A: (
                A.std(axis=0).mean() * np.sqrt(len(A) / (len(A) - 1))
                if len(A) > 1
                else np.nan
            )
        ),
        "You take the root of the mean square of all numbers. What all samples share tells "
        "none of them apart.": _spreads(lambda A: np.sqrt(np.mean(A**2))),
        "You average the distances from the mean. A standard deviation averages their "
        "squares.": _spreads(lambda A: np.abs(A - A.mean(axis=0)).mean()),
        "You take one standard deviation over all numbers of a layer. Units that differ from "
        "each other tell no samples apart.": _spreads(lambda A: A.std()),
        "You take the standard deviation over the units. Samples are rows, so it is along "
        "axis 0.": _spreads(lambda A: A.std(axis=1).mean()),
        "You average over the units before you take the standard deviation.": _spreads(
            lambda A: A.mean(axis=1).std()
        ),
        "You average over the samples before you take the standard deviation. Then the "
        "samples are gone.": _spreads(lambda A: A.mean(axis=0).std()),
        "You return variances. Take the root before you average.": _spreads(
            lambda A: A.var(axis=0).mean()
        ),
        "You average the variances and then take the root. The mean of the standard "
        "deviations was asked for.": _spreads(lambda A: np.sqrt(A.var(axis=0).mean())),
        "You sum over the units. The mean was asked for.": _spreads(
            lambda A: A.std(axis=0).sum()
        ),
        "The inputs are no layer: they do not belong to the result.": _spreads(
            layers=lambda X, ws: [X, *_layers(X, ws)]
        ),
        "The last layer is missing.": (
            _spreads(layers=lambda X, ws: [X, *_layers(X, ws[:-1])]),
            _spreads(layers=lambda X, ws: list(_layers(X, ws))[:-1]),
        ),
        "The tanh is missing.": _spreads(
            layers=lambda X, ws: list(_layers(X, ws, lambda Z: Z))
        ),
        "You use a ReLU. These layers have tanh.": _spreads(
            layers=lambda X, ws: list(_layers(X, ws, lambda Z: np.maximum(Z, 0)))
        ),
        "You measure the weights. Measure what comes out of the layers.": (
            lambda X, weights: np.array([W.std(axis=0).mean() for W in weights]),
            lambda X, weights: np.array([W.std() for W in weights]),
        ),
        "The layers are in the wrong order: the first layer comes first.": (
            lambda X, weights: _spreads()(X, weights)[::-1]
        ),
        "You average over the layers. One number for each layer was asked for.": (
            lambda X, weights: _spreads()(X, weights).mean()
        ),
        "You return only the last layer's number.": lambda X, weights: _spreads()(
            X, weights
        )[-1],
        "Each unit's mean square is measured around 0. A standard deviation is measured "
        "around the mean.": _spreads(lambda A: np.sqrt((A**2).mean(axis=0)).mean()),
        "You take the median over the units. The mean was asked for.": _spreads(
            lambda A: np.median(A.std(axis=0))
        ),
        "You take the largest of the units. The mean was asked for.": _spreads(
            lambda A: A.std(axis=0).max()
        ),
    },
    names=("X", "weights"),
)


# A dead network


def _relu(Z):
    return np.maximum(Z, 0)


def _root_mean_square(Z):
    return np.sqrt(np.mean(Z**2))


def _rescaled(size=_root_mean_square, measure=lambda Z: Z, f=_relu, own=True):
    """Scale by `size` of what `measure` sees of the sums; go on with the new network or not."""

    def rescale(X, weights):
        new = []
        for W in weights:
            new.append(W / size(measure(X @ W)))
            X = f(X @ (new[-1] if own else W))
        return new

    return rescale


def _all_alike(X, weights):
    last = X
    for W in weights[:-1]:
        last = _relu(last @ W)
    size = _root_mean_square(last @ weights[-1])
    return [W / size ** (1 / len(weights)) for W in weights]


def _he_by_hand(X, weights):
    return [W * np.sqrt(2 / len(W)) / W.std() for W in weights]


def _from_the_input(X, weights):
    new = []
    for W in weights:
        Z = X[:, : len(W)] @ W[: X.shape[1]]
        new.append(W / _root_mean_square(Z))
    return new


def _same_matrices(args, expected, got):
    """Matrices of different shapes, up to rounding."""
    return (
        isinstance(got, list | tuple)
        and [np.shape(W) for W in got] == [W.shape for W in expected]
        and all(np.allclose(a, b, rtol=1e-9, atol=0) for a, b in zip(expected, got))
    )


_TWO = np.array([[0.6, 1.1], [-0.4, 0.9]])

check_rescaled = Check(
    "my_rescaled",
    _rescaled(),
    [
        (np.array([[2.0]]), [np.array([[0.25]])]),
        (np.array([[1.0, 2.0]]), [np.array([[0.3, 0.1], [0.2, -0.4]])]),
        (_TALL, [np.array([[1.0], [0.5]]), np.array([[0.1, -0.2, 0.3]])]),
        (_TALL, [_TWO, 0.01 * _TWO]),
        (_bell(6, 3), [_bell(3, 3, seed=1), _bell(3, 3, seed=2), _bell(3, 3, seed=3)]),
        (
            _bell(8, 4, seed=4) + 1.5,
            [
                1e-9 * _bell(4, 5, seed=5),
                1e6 * _bell(5, 3, seed=6),
                0.7 * _bell(3, 2, seed=7),
            ],
        ),
        (100 * _bell(7, 4, seed=8), [1e-3 * _bell(4, 6, seed=9)]),
        (np.array([[2.0]]), [np.array([[0.5001]]), np.array([[0.9998]])]),
    ],
    {
        "You measure each layer in the old network. The layers before it have new weights by "
        "then.": _rescaled(own=False),
        "You divide by the mean square. Its root is the size.": _rescaled(
            lambda Z: np.mean(Z**2)
        ),
        "You return more than the list of matrices.": lambda X, weights: (
            _rescaled()(X, weights),
            X,
        ),
        "You measure with the first sample alone. The mean is over all of them.": (
            lambda X, weights: _rescaled()(X[:1], weights)
        ),
        "The data pass a ReLU before the first layer. ReLUs are between the layers.": (
            lambda X, weights: _rescaled()(_relu(X), weights)
        ),
        "A small number is added to the size. The result is not exact.": tuple(
            _rescaled(lambda Z, more=more: _root_mean_square(Z) + more)
            for more in (1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6)
        ),
        "Every layer is scaled by what the first one needs. Each has its own factor.": (
            lambda X, weights: [W / _root_mean_square(X @ weights[0]) for W in weights]
        ),
        "A layer that is nearly right stays as it was. Scale it, too.": tuple(
            _rescaled(
                lambda Z, room=room: (
                    1 if abs(np.mean(Z**2) - 1) < room else _root_mean_square(Z)
                )
            )
            for room in (0.001, 0.01, 0.1)
        ),
        "You multiply by the size of the sums. Then the large ones grow.": _rescaled(
            lambda Z: 1 / _root_mean_square(Z)
        ),
        "You measure after the ReLU. The sums were asked for.": _rescaled(
            measure=_relu
        ),
        "You measure the spread around the mean. The mean square itself was asked for.": (
            _rescaled(lambda Z: max(Z.std(), 1e-300))
        ),
        "The ReLU between the layers is missing.": _rescaled(f=lambda Z: Z),
        "You use a tanh between the layers. These have ReLUs.": _rescaled(f=np.tanh),
        "You scale each unit by itself. One factor for the whole matrix was asked for.": (
            _rescaled(lambda Z: np.sqrt(np.mean(Z**2, axis=0)))
        ),
        "You divide by the mean of the absolute values.": _rescaled(
            lambda Z: np.mean(np.abs(Z))
        ),
        "You divide by the largest sum.": _rescaled(lambda Z: np.abs(Z).max()),
        "You divide by the sum of the squares, or by its root. It is a mean over all samples "
        "and units.": (
            _rescaled(lambda Z: np.sqrt(np.sum(Z**2))),
            _rescaled(lambda Z: np.sum(Z**2)),
        ),
        "You scale by the size of the weights, without looking at the data.": (
            lambda X, weights: [W / W.std() if W.size > 1 else W * 0 for W in weights],
            lambda X, weights: [W / _root_mean_square(W) for W in weights],
        ),
        "Only the first layer is scaled.": lambda X, weights: [
            _rescaled()(X, weights[:1])[0],
            *weights[1:],
        ],
        "Only the last layer has sums of mean square 1. Each layer was asked for.": (
            lambda X, weights: [
                *weights[:-1],
                _rescaled(own=False)(X, weights)[-1],
            ]
        ),
        "You give all layers the same factor. Each needs its own.": _all_alike,
        "You return the factors. The new matrices were asked for.": lambda X, weights: [
            np.array(np.max(np.abs(new)) / np.max(np.abs(W)))
            for new, W in zip(_rescaled()(X, weights), weights)
        ],
        "You give every layer the data as they are. A layer gets what the one before it puts "
        "out.": _from_the_input,
    },
    names=("X", "weights"),
    same=_same_matrices,
)


# A test for He's rule


def _he_normal(d, k, rng):
    return rng.normal(0, np.sqrt(2 / d), (d, k))


def _he_uniform(d, k, rng):
    r = np.sqrt(6 / d)
    return rng.uniform(-r, r, (d, k))


def _he_transposed_draw(d, k, rng):
    return rng.standard_normal((k, d)).T * (2 / d) ** 0.5


def _he_from_even_draws(d, k, rng):
    return (2 * rng.random((d, k)) - 1) * np.sqrt(6 / d)


def _other(rng, seed=None):
    """A generator like this one, which starts from a seed, or anywhere."""
    return np.random.Generator(type(rng.bit_generator)(seed))


def _of(variance):
    return lambda d, k, rng: rng.normal(0, np.sqrt(variance(d, k)), (d, k))


def _cut_off(d, k, rng):
    """Standard normal numbers, each drawn again until it is at most 2 away from 0."""
    draws = rng.normal(size=(d, k))
    while (far := np.abs(draws) > 2).any():
        draws[far] = rng.normal(size=far.sum())
    return draws


def _exact(column):
    """The same numbers, with exactly the mean and the variance of He's rule."""
    column = column - column.mean()
    return column * np.sqrt(2 / len(column)) / (column.std() or 1.0)


check_initializer_test = TestCheck(
    "my_initializer_test",
    {
        "normal weights": _he_normal,
        "uniform weights": _he_uniform,
        "normal weights that are drawn unit by unit": _he_transposed_draw,
        "uniform weights, made of numbers between 0 and 1": _he_from_even_draws,
    },
    {
        "returns weights (k, d)": lambda d, k, rng: _he_normal(d, k, rng).T,
        "takes the number of units in place of the inputs": _of(lambda d, k: 2 / k),
        "follows LeCun's rule": _of(lambda d, k: 1 / d),
        "follows Glorot's rule": _of(lambda d, k: 2 / (d + k)),
        "takes the variance for the standard deviation": _of(lambda d, k: 4 / d**2),
        "takes the standard deviation as the limit of a uniform draw": (
            lambda d, k, rng: rng.uniform(-np.sqrt(2 / d), np.sqrt(2 / d), (d, k))
        ),
        "draws positive weights only": lambda d, k, rng: np.abs(_he_normal(d, k, rng)),
        "draws around a mean that is not 0, with the right mean square": (
            lambda d, k, rng: rng.normal(np.sqrt(1 / d), np.sqrt(1 / d), (d, k))
        ),
        "draws around a mean that is not 0, with the right variance": (
            lambda d, k, rng: rng.normal(-0.3 * np.sqrt(2 / d), np.sqrt(2 / d), (d, k))
        ),
        "cuts draws off at two standard deviations, so that the variance is too low": (
            lambda d, k, rng: np.sqrt(2 / d) * _cut_off(d, k, rng)
        ),
        "is scaled twice": lambda d, k, rng: _he_normal(d, k, rng) / np.sqrt(d),
        "always draws the same weights, whatever the generator": (
            lambda d, k, rng: _he_normal(d, k, _other(rng, 0))
        ),
        "does not use the generator it is given": (
            lambda d, k, rng: _he_normal(d, k, _other(rng))
        ),
        "gives all units the same weights": lambda d, k, rng: np.repeat(
            _he_normal(d, 1, rng), k, axis=1
        ),
        "gives all units the same weights, with the right variance": (
            lambda d, k, rng: np.repeat(_exact(rng.normal(size=(d, 1))), k, axis=1)
        ),
        "gives all weights of a unit the same value": lambda d, k, rng: np.repeat(
            np.sqrt(2 / d) * rng.normal(size=(1, k)), d, axis=0
        ),
        "has the right variance only where the layer is square": _of(
            lambda d, k: 2 / np.sqrt(d * k)
        ),
    },
    names=("initializer",),
)
