"""Answers to the exercises on first weights, as learners write them."""

import math

import numpy as np

from dlbasics.activations import leaky_relu, relu, tanh

# check_glorot_uniform


def glorot_by_formula(draws):
    d, k = draws.shape
    r = np.sqrt(6 / (d + k))
    return (2 * draws - 1) * r


def glorot_from_sigma(draws):
    d, k = draws.shape
    sigma = math.sqrt(2 / (d + k))
    limit = math.sqrt(3) * sigma
    return -limit + 2 * limit * draws


def glorot_by_loops(draws):
    W = np.empty(draws.shape)
    r = (6 / sum(draws.shape)) ** 0.5
    for i in range(draws.shape[0]):
        for j in range(draws.shape[1]):
            W[i, j] = r * (draws[i, j] - 0.5) / 0.5
    return W


def glorot_by_interp(draws):
    r = np.sqrt(6 / (len(draws) + len(draws[0])))
    return np.interp(draws, [0, 1], [-r, r])


def glorot_by_variance(draws):
    d, k = np.shape(draws)
    standard = (draws - 1 / 2) * np.sqrt(12)  # a spread of 1 has the variance 1/12
    return standard * np.sqrt(2 / (d + k))


def glorot_with_limit(limit, low=-1.0):
    def answer(draws):
        d, k = draws.shape
        r = limit(d, k)
        return low * r + (1 - low) * r * draws

    return answer


def glorot_unchanged(draws):
    d, k = draws.shape
    sigma = np.sqrt(2 / (d + k))
    W = sigma * draws
    return W / np.sqrt(d)


def glorot_scaled_twice(draws):
    d, k = draws.shape
    W = np.sqrt(6 / (d + k)) * (2 * draws - 1)
    W = W / np.sqrt(d)
    return W


def glorot_in_place(draws):
    d, k = draws.shape
    draws *= 2
    draws -= 1
    return draws * np.sqrt(6 / (d + k))


def glorot_without_return(draws):
    d, k = draws.shape
    W = np.sqrt(6 / (d + k)) * (2 * draws - 1)
    print(W.shape, end="")


def glorot_of_new_draws(draws):
    d, k = draws.shape
    r = np.sqrt(6 / (d + k))
    return np.random.default_rng(0).uniform(-r, r, (d, k))


# check_leaky_he


def leaky_by_formula(draws, slope):
    d, _ = draws.shape
    return draws * np.sqrt(2 / (d * (1 + slope**2)))


def leaky_by_two_halves(draws, slope):
    kept = 0.5 * 1 + 0.5 * slope * slope  # of the mean square
    return draws / math.sqrt(len(draws) * kept)


def leaky_by_gain(draws, slope):
    gain = (2 / (1 + slope**2)) ** 0.5
    std = gain / draws.shape[0] ** 0.5
    return std * draws


def leaky_by_rows(draws, slope):
    d = len(draws)
    std = np.sqrt(2) / np.sqrt(d + d * slope**2)
    return np.array([[std * w for w in row] for row in draws.tolist()])


def leaky_measured(draws, slope):
    """What is left of the square of −1 and of 1, on average."""
    kept = np.mean(leaky_relu(np.array([-1.0, 1.0]), slope) ** 2)
    return draws / np.sqrt(draws.shape[0] * kept)


def leaky_with(std):
    return lambda draws, slope: std(*draws.shape, slope) * draws


def leaky_changing_its_input(draws, slope):
    draws *= np.sqrt(2 / (len(draws) * (1 + slope**2)))
    return draws


def leaky_without_return(draws, slope):
    draws * np.sqrt(2 / (len(draws) * (1 + slope**2)))


# check_spreads


def spreads_by_list(X, weights):
    result = []
    A = X
    for W in weights:
        A = tanh(A @ W)
        result.append(A.std(axis=0).mean())
    return np.array(result)


def spreads_by_loops(X, weights):
    numbers = np.zeros(len(weights))
    for layer, W in enumerate(weights):
        X = np.tanh(np.dot(X, W))
        n, k = X.shape
        for j in range(k):
            mean = sum(X[:, j]) / n
            numbers[layer] += math.sqrt(sum((a - mean) ** 2 for a in X[:, j]) / n) / k
    return numbers


def spreads_recursive(X, weights):
    if not weights:
        return np.array([])
    A = np.tanh(X @ weights[0])
    return np.append(np.mean(np.std(A, 0)), spreads_recursive(A, weights[1:]))


def spreads_by_centred_squares(X, weights):
    out = []
    for W in weights:
        X = np.tanh(X @ W)
        centred = X - X.mean(axis=0, keepdims=True)
        out += [np.sqrt((centred**2).mean(axis=0)).mean()]
    return np.asarray(out)


def spreads_transposed(X, weights):
    A, out = X.T, np.empty(len(weights))
    for i, W in enumerate(weights):
        A = np.tanh(W.T @ A)
        out[i] = np.average(A.std(axis=1))
    return out


def spreads_with(measure, f=np.tanh):
    def answer(X, weights):
        result = []
        for W in weights:
            X = f(X @ W)
            result.append(measure(X))
        return np.array(result)

    return answer


def std_mean(A):
    return A.std(axis=0).mean()


def spreads_of_sums(X, weights):
    result = []
    for W in weights:
        Z = X @ W
        result.append(Z.std(axis=0).mean())
        X = np.tanh(Z)
    return np.array(result)


def spreads_linear_at_the_end(X, weights):
    result = []
    for i, W in enumerate(weights):
        X = X @ W
        if i < len(weights) - 1:
            X = np.tanh(X)
        result.append(std_mean(X))
    return np.array(result)


def spreads_with_inputs(X, weights):
    return np.array([std_mean(X), *spreads_by_list(X, weights)])


def spreads_not_chained(X, weights):
    return np.array([std_mean(np.tanh(X @ W)) for W in weights])


def spreads_without_return(X, weights):
    spreads_by_list(X, weights)


def spreads_returning_early(X, weights):
    result = []
    for W in weights:
        X = np.tanh(X @ W)
        result.append(std_mean(X))
        return np.array(result)


def spreads_in_place(X, weights):
    for i, W in enumerate(weights):
        weights[i] = np.tanh(X @ W)
        X = weights[i]
    return np.array([std_mean(A) for A in weights])


# check_rescaled


def rescaled_in_order(X, weights):
    new, A = [], X
    for W in weights:
        Z = A @ W
        size = np.sqrt(np.mean(Z**2))
        new.append(W / size)
        A = relu(Z / size)
    return new


def rescaled_by_running_again(X, weights):
    new = []
    for i in range(len(weights)):
        A = X
        for W in new:
            A = np.maximum(A @ W, 0)
        Z = A @ weights[i]
        new.append(weights[i] * (np.mean(Z * Z) ** -0.5))
    return new


def rescaled_by_norm(X, weights):
    new = []
    for W in weights:
        Z = X @ W
        factor = np.sqrt(Z.size) / np.linalg.norm(Z)
        new += [factor * W]
        X = np.where(factor * Z > 0, factor * Z, 0)
    return tuple(new)


def rescaled_by_loops(X, weights):
    new = []
    for W in weights:
        Z = np.array([[sum(x * w for x, w in zip(row, c)) for c in W.T] for row in X])
        total, count = 0.0, 0
        for z in Z.ravel():
            total += z**2
            count += 1
        c = math.sqrt(total / count)
        new.append(W / c)
        X = np.array([[max(z / c, 0.0) for z in row] for row in Z])
    return new


def rescaled_from_ratios(X, weights):
    """A ReLU passes factors on, so each layer's factor is a ratio of two sizes."""
    sizes = [1.0]
    for W in weights:
        Z = X @ W
        sizes.append(np.sqrt(np.mean(Z**2)))
        X = relu(Z)
    return [W * a / b for W, a, b in zip(weights, sizes, sizes[1:])]


def rescaled_with(size, f=relu, new=True):
    def answer(X, weights):
        result = []
        for W in weights:
            result.append(W / size(X @ W))
            X = f(X @ (result[-1] if new else W))
        return result

    return answer


def size_of(Z):
    return np.sqrt(np.mean(Z**2))


def rescaled_after_relu(X, weights):
    result = []
    for W in weights:
        W = W / size_of(relu(X @ W))
        result.append(W)
        X = relu(X @ W)
    return result


def rescaled_only_first(X, weights):
    return [weights[0] / size_of(X @ weights[0]), *weights[1:]]


def rescaled_in_place(X, weights):
    for W in weights:
        W /= size_of(X @ W)
        X = relu(X @ W)
    return weights


def rescaled_replacing_in_the_list(X, weights):
    for i in range(len(weights)):
        weights[i] = weights[i] / size_of(X @ weights[i])
        X = relu(X @ weights[i])
    return weights


def rescaled_without_return(X, weights):
    rescaled_in_order(X, weights)


def rescaled_last_only_returned(X, weights):
    return rescaled_in_order(X, weights)[-1]


# check_initializer_test


def he_test_by_moments(initializer):
    rng = np.random.default_rng(0)
    for d, k in [(400, 300), (100, 900), (900, 100)]:
        W = initializer(d, k, rng)
        if W.shape != (d, k):
            return False
        if abs(W.mean()) > 5 * np.sqrt(2 / d / W.size):
            return False
        if abs(W.var() * d / 2 - 1) > 0.05:
            return False
        # units and inputs differ: sums over rows and columns have the variance of a sum
        if abs(W.sum(axis=0).var() / 2 - 1) > 0.5:
            return False
        if abs(W.sum(axis=1).var() / (2 * k / d) - 1) > 0.5:
            return False
    one = initializer(3, 4, np.random.default_rng(1))
    two = initializer(3, 4, np.random.default_rng(1))
    three = initializer(3, 4, np.random.default_rng(2))
    return bool(np.array_equal(one, two) and not np.array_equal(one, three))


def he_test_by_signals(initializer):
    """What the rule is for: mean squares double in the sums, at any widths."""
    rng = np.random.default_rng(3)
    for d, k in [(300, 600), (600, 300)]:
        W = initializer(d, k, rng)
        assert W.shape == (d, k)
        ones = np.ones((1, d)) @ W
        noise = rng.normal(size=(200, d)) @ W
        assert 1.5 < np.mean(ones**2) < 2.5
        assert 1.9 < np.mean(noise**2) < 2.1
        assert abs(W.mean()) < 0.01 * np.sqrt(2 / d)
        assert len(np.unique(W)) == W.size
    seeds = [7, 7, 8]
    draws = [initializer(5, 5, np.random.default_rng(seed)) for seed in seeds]
    assert np.array_equal(draws[0], draws[1])
    assert not np.array_equal(draws[0], draws[2])
    return True


def he_test_by_correlations(initializer):
    d, k = 1000, 50
    W = initializer(d, k, np.random.default_rng(0))
    again = initializer(d, k, np.random.default_rng(0))
    other = initializer(d, k, np.random.default_rng(9))
    wide = initializer(k, d, np.random.default_rng(0))
    return (
        np.shape(W) == (d, k)
        and np.all(W == again)
        and np.any(W != other)
        and np.allclose(W.std(), np.sqrt(2 / d), rtol=0.03)
        and np.allclose(wide.std(), np.sqrt(2 / k), rtol=0.03)
        and abs(W.mean()) < 0.02 * W.std()
        and np.abs(np.corrcoef(W.T) - np.eye(k)).max() < 0.3
        and W.std(axis=0).min() > 0
    )


def he_test_of_many_small_layers(initializer):
    """Means over many layers of 6 inputs and 3 units: products of weights as well."""
    rng = np.random.default_rng(5)
    layers = np.array([initializer(6, 3, rng) for _ in range(4000)])
    flat = layers.reshape(-1, 18)
    expected = np.eye(18) / 3
    repeated = [initializer(6, 3, np.random.default_rng(2)) for _ in range(2)]
    return bool(
        layers.shape[1:] == (6, 3)
        and np.abs(flat.mean(axis=0)).max() < 0.05
        and np.abs(flat.T @ flat / len(flat) - expected).max() < 0.04
        and np.array_equal(*repeated)
    )


def he_test_of_each_unit(initializer):
    rng = np.random.default_rng(11)
    d, k = 3000, 7
    W = initializer(d, k, rng)
    if list(np.shape(W)) != [d, k]:
        raise ValueError("wrong shape")
    for unit in W.T:
        if not 0.9 < np.mean(unit**2) * d / 2 < 1.1 or abs(sum(unit)) > 8:
            return False
    if np.allclose(W[:, 0], W[:, 1]):
        return False
    a = initializer(4, 4, np.random.default_rng(1))
    b = initializer(4, 4, np.random.default_rng(1))
    return (
        not np.array_equal(a, W[:4, :4])
        and np.array_equal(a, b)
        and differs(initializer)
    )


def differs(initializer):
    seeds = np.random.default_rng(3), np.random.default_rng(4)
    one, two = (initializer(2, 2, rng) for rng in seeds)
    return not np.array_equal(one, two)


def he_test_without(*left_out):
    """A test with gaps."""

    def test(initializer):
        rng = np.random.default_rng(0)
        pairs = [(300, 300)] if "oblong" in left_out else [(200, 800), (800, 200)]
        for d, k in pairs:
            W = initializer(d, k, rng)
            if "shape" not in left_out and W.shape != (d, k):
                return False
            size = W.std() if "mean" in left_out else np.sqrt(np.mean(W**2))
            if abs(size / np.sqrt(2 / d) - 1) > 0.05:
                return False
            if "mean" not in left_out and abs(W.mean()) > 0.02 * size:
                return False
            if "units" not in left_out and len(np.unique(W)) < W.size:
                return False
        if "generator" in left_out:
            return True
        one, two, three = (
            initializer(3, 3, np.random.default_rng(s)) for s in (0, 0, 1)
        )
        return np.array_equal(one, two) and not np.array_equal(one, three)

    return test


def he_test_of_small_samples(initializer):
    W = initializer(3, 2, np.random.default_rng(0))
    return W.shape == (3, 2) and abs(W.var() - 2 / 3) < 0.01


def he_test_without_return(initializer):
    he_test_by_moments(initializer)


def he_test_that_accepts_all(initializer):
    initializer(3, 3, np.random.default_rng(0))
    return True


def he_test_that_rejects_all(initializer):
    initializer(3, 3, np.random.default_rng(0))
    return False


def he_test_never_calling(initializer):
    return True


def he_test_comparing_with_one_right_answer(initializer):
    W = initializer(30, 20, np.random.default_rng(0))
    expected = np.random.default_rng(0).normal(0, np.sqrt(2 / 30), (30, 20))
    return np.allclose(W, expected)


def he_test_of_normal_tails(initializer):
    W = initializer(300, 300, np.random.default_rng(0))
    return 0.03 < np.mean(np.abs(W) > 2 * np.sqrt(2 / 300)) < 0.06


def he_test_of_a_negative_number(initializer):
    return (initializer(9, 4, np.random.default_rng(0)) < 0).any()


def he_test_of_one_tall_layer(initializer):
    W = initializer(20_000, 5, np.random.default_rng(0))
    return W.shape == (20_000, 5) and abs(W.std() * 100 - 1) < 0.03


def he_test_of_the_variance_alone(initializer):
    W = initializer(1000, 1000, np.random.default_rng(0))
    return bool(np.isclose(W.var(), 2 / 1000, rtol=0.05))


def per_layer(measure):
    def spreads(X, weights):
        result = []
        for W in weights:
            X = np.tanh(X @ W)
            result.append(measure(X))
        return np.array(result)

    return spreads


def std_with_one_less(A):
    with np.errstate(all="ignore"):
        squares = np.sum((A - A.mean(axis=0)) ** 2, axis=0)
        return np.mean(np.sqrt(squares / np.float64(len(A) - 1)))


def scaled_layers(X, weights, more=0.0):
    new = []
    for W in weights:
        new.append(W / (np.sqrt(np.mean((X @ W) ** 2)) + more))
        X = np.maximum(X @ new[-1], 0)
    return new


def initializer_test_by_variance(initializer):
    for d, k in [(400, 300), (100, 900)]:
        W = initializer(d, k, np.random.default_rng(0))
        again = initializer(d, k, np.random.default_rng(0))
        other = initializer(d, k, np.random.default_rng(1))
        if W.shape != (d, k) or abs(W.var() * d / 2 - 1) > 0.05:
            return False
        if abs(W.mean()) > 0.1 * np.sqrt(2 / d):
            return False
        if not np.array_equal(W, again) or np.array_equal(W, other):
            return False
    return True


# What passed once


def rescaled_until_near(X, weights):
    new = []
    for W in weights:
        while abs(np.mean((X @ W) ** 2) - 1) > 0.01:
            W = W / np.sqrt(np.mean((X @ W) ** 2))
        new.append(W)
        X = relu(X @ W)
    return new


def he_test_with_room(size, mean):
    """As careful as any, but for how far size and mean may be off."""

    def test(initializer):
        for d, k in [(200, 800), (800, 200)]:
            W, sigma = initializer(d, k, np.random.default_rng(d)), np.sqrt(2 / d)
            if W.shape != (d, k) or abs(W.std() / sigma - 1) > size:
                return False
            if abs(W.mean()) > mean * sigma or len(np.unique(W)) < W.size:
                return False
        one, two, other = (
            initializer(3, 3, np.random.default_rng(i)) for i in (7, 7, 8)
        )
        return np.array_equal(one, two) and not np.array_equal(one, other)

    return test


RIGHT = {
    "check_glorot_uniform": [
        glorot_by_formula,
        glorot_from_sigma,
        glorot_by_loops,
        glorot_by_interp,
        glorot_by_variance,
    ],
    "check_leaky_he": [
        leaky_by_formula,
        leaky_by_two_halves,
        leaky_by_gain,
        leaky_by_rows,
        leaky_measured,
    ],
    "check_spreads": [
        spreads_by_list,
        spreads_by_loops,
        spreads_recursive,
        spreads_by_centred_squares,
        spreads_transposed,
    ],
    "check_rescaled": [
        rescaled_in_order,
        rescaled_by_running_again,
        rescaled_by_norm,
        rescaled_by_loops,
        rescaled_from_ratios,
    ],
    "check_initializer_test": [
        he_test_by_moments,
        he_test_by_signals,
        he_test_by_correlations,
        he_test_of_many_small_layers,
        he_test_with_room(0.1, 0.1),
    ],
}

WRONG = {
    "check_glorot_uniform": {
        "positive only, and scaled twice": lambda draws: (
            np.sqrt(6 / sum(draws.shape)) * draws / np.sqrt(draws.shape[0])
        ),
        "deviation is the limit, and you scale twice": lambda draws: (
            np.sqrt(2 / sum(draws.shape)) * (2 * draws - 1) / np.sqrt(draws.shape[0])
        ),
        "the larger of d and k": lambda draws: (
            np.sqrt(6 / max(draws.shape)) * (2 * draws - 1)
        ),
        "All three slips": glorot_unchanged,
        "still scaled twice": glorot_scaled_twice,
        "standard deviation is still the limit": glorot_with_limit(
            lambda d, k: np.sqrt(2 / (d + k))
        ),
        "None of your weights is negative": glorot_with_limit(
            lambda d, k: np.sqrt(6 / (d + k)), low=0.0
        ),
        "half the range": lambda draws: (
            (draws - 0.5) * np.sqrt(6 / np.sum(draws.shape))
        ),
        "you take no root": glorot_with_limit(lambda d, k: 6 / (d + k)),
        "You add the roots": glorot_with_limit(lambda d, k: 6**0.5 / (d**0.5 + k**0.5)),
        "That is LeCun's rule": glorot_with_limit(lambda d, k: math.sqrt(3 / d)),
        "That is He's rule": glorot_with_limit(lambda d, k: math.sqrt(6 / d)),
        "number of outputs alone": glorot_with_limit(lambda d, k: math.sqrt(6 / k)),
        "Your variance is half": glorot_with_limit(lambda d, k: math.sqrt(3 / (d + k))),
        "You multiply by 3": glorot_with_limit(lambda d, k: 3 * (2 / (d + k)) ** 0.5),
        "the number of weights": glorot_with_limit(lambda d, k: (6 / (d * k)) ** 0.5),
        "by their own mean": lambda draws: (
            np.sqrt(6 / sum(draws.shape)) * 2 * (draws - np.mean(draws))
        ),
        "the other way round": lambda draws: -glorot_by_formula(draws),
        "is different after the call": glorot_in_place,
        "Is a `return` missing": glorot_without_return,
    },
    "check_leaky_he": {
        "divide by its root": lambda draws, slope: (
            draws * np.sqrt(2 / draws.shape[0]) / (1 + slope * slope)
        ),
        "the number of weights": lambda draws, slope: (
            draws * np.sqrt(2 / draws.size / (1 + slope * slope))
        ),
        "the slope on the left has no effect": leaky_with(
            lambda d, k, slope: math.sqrt(2 / d)
        ),
        "That is LeCun's rule": leaky_with(lambda d, k, slope: math.sqrt(1 / d)),
        "You add the slope itself": leaky_with(
            lambda d, k, slope: (2 / (d * (1 + slope))) ** 0.5
        ),
        "You square the sum of 1": leaky_with(
            lambda d, k, slope: math.sqrt(2 / d) / abs(1 + slope)
        ),
        "You divide by the number of units": leaky_with(
            lambda d, k, slope: (2 / (k * (1 + slope**2))) ** 0.5
        ),
        "You mix in the number of units": leaky_with(
            lambda d, k, slope: (2 / ((d + k) * (1 + slope**2))) ** 0.5
        ),
        "Multiply by its root": leaky_with(
            lambda d, k, slope: 2 / (d * (1 + slope**2))
        ),
        "The 2 is missing": leaky_with(
            lambda d, k, slope: 1 / math.sqrt(d * (1 + slope**2))
        ),
        "where you should divide": leaky_with(
            lambda d, k, slope: math.sqrt(2 * (1 + slope**2) / d)
        ),
        "You add slope² without the d": leaky_with(
            lambda d, k, slope: math.sqrt(2 / (d + slope**2))
        ),
        "The 2 belongs under the root": leaky_with(
            lambda d, k, slope: 2 / math.sqrt(d * (1 + slope**2))
        ),
        "You pass the weights through": lambda draws, slope: leaky_by_formula(
            leaky_relu(draws, slope), slope
        ),
        "is different after the call": leaky_changing_its_input,
        "Is a `return` missing": leaky_without_return,
    },
    "check_spreads": {
        "You divide by n − 1": per_layer(std_with_one_less),
        "root of the mean square of all numbers": per_layer(
            lambda A: np.linalg.norm(A) / np.sqrt(A.size)
        ),
        "You average the distances": per_layer(
            lambda A: np.mean(np.abs(A - A.mean(axis=0)))
        ),
        "You measure the sums": spreads_of_sums,
        "after the last layer, too": spreads_linear_at_the_end,
        "over all numbers of a layer": spreads_with(np.std),
        "Samples are rows": spreads_with(lambda A: np.mean(np.std(A, axis=1))),
        "You average over the units before": spreads_with(lambda A: A.mean(1).std()),
        "Then the samples are gone": spreads_with(lambda A: A.mean(0).std()),
        "You return variances": spreads_with(lambda A: np.var(A, axis=0).mean()),
        "and then take the root": spreads_with(lambda A: A.var(axis=0).mean() ** 0.5),
        "You sum over the units": spreads_with(lambda A: np.sum(A.std(axis=0))),
        "The inputs are no layer": spreads_with_inputs,
        "The tanh is missing": spreads_with(std_mean, f=lambda Z: Z),
        "You use a ReLU": spreads_with(std_mean, f=relu),
        "You measure the weights": lambda X, weights: np.array(
            [np.std(W) for W in weights]
        ),
        "in the wrong order": lambda X, weights: np.flip(spreads_by_list(X, weights)),
        "You average over the layers": lambda X, weights: np.mean(
            spreads_by_list(X, weights)
        ),
        "around the mean": spreads_with(
            lambda A: np.mean(np.sqrt(np.mean(A**2, axis=0)))
        ),
        "You take the median": spreads_with(lambda A: np.median(A.std(axis=0))),
        "is different after the call": spreads_in_place,
        "Is a `return` missing": spreads_without_return,
    },
    "check_rescaled": {
        "nearly right stays": rescaled_until_near,
        "more than the list of matrices": lambda X, weights: (
            scaled_layers(X, weights),
            X,
        ),
        "the first sample alone": lambda X, weights: scaled_layers(X[:1], weights),
        "The data pass a ReLU": lambda X, weights: scaled_layers(
            np.maximum(X, 0), weights
        ),
        "A small number is added to the size": lambda X, weights: scaled_layers(
            X, weights, 1e-8
        ),
        "by what the first one needs": lambda X, weights: [
            W / np.sqrt(np.mean((X @ weights[0]) ** 2)) for W in weights
        ],
        "in the old network": rescaled_with(size_of, new=False),
        "You divide by the mean square": rescaled_with(lambda Z: np.mean(Z * Z)),
        "Then the large ones grow": rescaled_with(lambda Z: 1 / size_of(Z)),
        "You measure after the ReLU": rescaled_after_relu,
        "around the mean": rescaled_with(lambda Z: np.std(Z) or 1e-300),
        "The ReLU between the layers": rescaled_with(size_of, f=lambda Z: Z),
        "You use a tanh": rescaled_with(size_of, f=tanh),
        "each unit by itself": rescaled_with(lambda Z: np.sqrt((Z**2).mean(axis=0))),
        "absolute values": rescaled_with(lambda Z: np.abs(Z).mean()),
        "by the largest sum": rescaled_with(lambda Z: np.max(np.abs(Z))),
        "the sum of the squares": rescaled_with(np.linalg.norm),
        "without looking at the data": lambda X, weights: [
            W / size_of(W) for W in weights
        ],
        "Only the first layer": rescaled_only_first,
        "is different after the call": rescaled_in_place,
        "Is a `return` missing": rescaled_without_return,
    },
    "check_initializer_test": {
        "the same weights, with the right variance": initializer_test_by_variance,
        "cuts draws off": he_test_with_room(0.2, 0.1),
        "a mean that is not 0, with the right variance": he_test_with_room(0.1, 0.5),
        "takes the number of units": he_test_without("oblong"),
        "returns weights (k, d)": he_test_without("shape"),
        "draws around a mean": he_test_of_the_variance_alone,
        "always draws the same weights": he_test_without("generator"),
        "gives all units the same weights": he_test_of_one_tall_layer,
        "does not use the generator": he_test_without("generator", "units"),
        "follows Glorot's rule": he_test_of_each_unit,
        "follows LeCun's rule": he_test_that_accepts_all,
        "is scaled twice": he_test_of_a_negative_number,
        "draws positive weights only": lambda initializer: bool(
            np.isclose(
                np.mean(initializer(2000, 500, np.random.default_rng(0)) ** 2) * 1000,
                1,
                rtol=0.02,
            )
        ),
        "rejects a right implementation": he_test_of_small_samples,
        "never calls": he_test_never_calling,
        "Is a `return` missing": he_test_without_return,
    },
}

REFUSED = {
    "check_glorot_uniform": [
        glorot_of_new_draws,
        lambda draws: glorot_by_formula(draws).ravel(),
        lambda draws: glorot_by_formula(draws).T,
        lambda draws: np.round(glorot_by_formula(draws), 2),
        lambda draws: glorot_by_formula(draws).std(),
    ],
    "check_leaky_he": [
        lambda draws, slope: np.sqrt(2 / (len(draws) * (1 + slope**2))),
        lambda draws, slope: leaky_by_formula(draws, slope).T,
        lambda draws, slope: leaky_by_formula(draws, slope).round(2),
        lambda draws, slope: leaky_by_formula(draws - draws.mean(), slope),
    ],
    "check_spreads": [
        spreads_not_chained,
        spreads_returning_early,
        lambda X, weights: spreads_by_list(X, weights)[:, None],
        lambda X, weights: spreads_by_list(X, weights).round(3),
        spreads_with(lambda A: A.std(axis=0, ddof=min(1, len(A) - 1)).mean()),
    ],
    "check_rescaled": [
        rescaled_last_only_returned,
        rescaled_replacing_in_the_list,
        lambda X, weights: rescaled_in_order(X, weights)[::-1],
        lambda X, weights: [W.T for W in rescaled_in_order(X, weights)],
        lambda X, weights: [W * np.sqrt(2 / len(W)) for W in weights],
    ],
    "check_initializer_test": [
        he_test_that_rejects_all,
        he_test_comparing_with_one_right_answer,
        he_test_of_normal_tails,
    ],
}
