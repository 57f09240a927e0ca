"""Checks for the chapter on generalisation."""

import copy
import itertools

import numpy as np

from dlbasics.exercises._checking import Check, TestCheck
from dlbasics.regularizers import soft_threshold

# ---------------------------------------------------------------- a price of two kinds


def _elastic(W, b, ridge, lasso):
    return ridge * W + lasso * np.sign(W), np.zeros_like(b)


def _price(for_weights, for_biases=lambda b, ridge, lasso: np.zeros_like(b)):
    return lambda W, b, ridge, lasso: (
        for_weights(W, ridge, lasso),
        for_biases(b, ridge, lasso),
    )


_W = np.array([[0.5, -1.25, 3.0], [0.0, 2.0, -0.3]])
check_elastic_gradients = Check(
    "my_elastic_gradients",
    _elastic,
    [
        (np.array([[3.0]]), np.array([2.0]), 0.5, 0.25),
        (np.array([[-3.0]]), np.array([-2.0]), 0.5, 0.25),
        (np.array([[0.0]]), np.array([1.0]), 0.5, 0.25),
        (np.array([[2.0, -0.1]]), np.array([1.0, 0.0]), 0.0, 0.3),
        (np.array([[2.0], [-0.1]]), np.array([1.5]), 0.3, 0.0),
        (_W, np.array([1.0, -2.0, 0.7]), 0.137, 0.0613),
        (_W.T, np.array([-0.4, 0.0]), 0.02, 0.71),
        (np.array([[1.1, -0.7], [0.0, 0.45]]), np.array([3.3, -0.9]), 0.013, 0.29),
        (np.array([[1e-9, -2e-13]]), np.array([0.0, 1.0]), 0.5, 2.0),
    ],
    {
        "The biases pay as well. Their gradient should be 0.": _price(
            lambda W, r, s: r * W + s * np.sign(W),
            lambda b, r, s: r * b + s * np.sign(b),
        ),
        "The biases pay the L2 part. Their gradient should be 0.": _price(
            lambda W, r, s: r * W + s * np.sign(W), lambda b, r, s: r * b
        ),
        "The L2 part is twice as large as it should be: the ½ has cancelled the 2.": _price(
            lambda W, r, s: 2 * r * W + s * np.sign(W)
        ),
        "The L2 part is half as large as it should be: the square brings a 2.": _price(
            lambda W, r, s: r / 2 * W + s * np.sign(W)
        ),
        "The L1 part is half as large as it should be: no ½ stands before Σ|w|.": _price(
            lambda W, r, s: r * W + s / 2 * np.sign(W)
        ),
        "Both parts are half as large as they should be.": _price(
            lambda W, r, s: r / 2 * W + s / 2 * np.sign(W)
        ),
        "The L1 part pushes all weights in one direction. It should follow their signs.": (
            _price(lambda W, r, s: r * W + s)
        ),
        "The L1 part grows with the weight. It should be of one size.": (
            _price(lambda W, r, s: r * W + s * np.abs(W)),
            _price(lambda W, r, s: r * W + s * W),
        ),
        "The two strengths have changed places.": _price(
            lambda W, r, s: s * W + r * np.sign(W)
        ),
        "The L1 part has the wrong sign: it pushes weights away from 0.": _price(
            lambda W, r, s: r * W - s * np.sign(W)
        ),
        "Both parts have the wrong sign. Return the gradient, not the step.": _price(
            lambda W, r, s: -r * W - s * np.sign(W)
        ),
        "The L1 part is missing.": _price(lambda W, r, s: r * W),
        "The L2 part is missing.": _price(lambda W, r, s: s * np.sign(W)),
        "You take a mean over the weights. The penalty is a sum.": _price(
            lambda W, r, s: (r * W + s * np.sign(W)) / W.size
        ),
        "At a weight of 0 the L1 part should be 0.": (
            _price(lambda W, r, s: r * W + s * np.where(W >= 0, 1, -1)),
            _price(lambda W, r, s: r * W + s * np.where(W > 0, 1, -1)),
        ),
        "A small weight is taken for 0. The L1 part is as large for it as for any other.": (
            *(
                _price(
                    lambda W, r, s, least=least: (
                        r * W + s * np.where(np.abs(W) <= least, 0, np.sign(W))
                    )
                )
                for least in (1e-12, 1e-10, 1e-8, 1e-6)
            ),
        ),
        "The gradient of the biases is 1. They are not in the penalty.": _price(
            lambda W, r, s: r * W + s * np.sign(W), lambda b, r, s: np.ones_like(b)
        ),
        "The two gradients have changed places in what you return.": (
            lambda *args: _elastic(*args)[::-1]
        ),
        "The gradient of the biases is the biases. It should be 0.": _price(
            lambda W, r, s: r * W + s * np.sign(W), lambda b, r, s: b.copy()
        ),
    },
    parts=("grad_W", "grad_b"),
)

# ---------------------------------------------------------------- whole inputs off


def _by_length(length, keep=lambda W, size, amount: np.maximum(size - amount, 0)):
    """Scale each row so that its size, by some measure, falls by the amount."""

    def step(W, amount):
        size = length(W)
        return W * keep(W, size, amount) / np.where(size > 0, size, 1)

    return step


def _rows(W):
    return np.sqrt(np.sum(W**2, axis=1, keepdims=True))


_group_threshold = _by_length(_rows)


def _with_nan(W, amount):
    with np.errstate(invalid="ignore", divide="ignore"):
        return W * np.maximum(_rows(W) - amount, 0) / _rows(W)


def _with_nan_if_free(W, amount):
    with np.errstate(invalid="ignore", divide="ignore"):
        return W * np.maximum(1 - amount / _rows(W), 0)


check_group_threshold = Check(
    "my_group_threshold",
    _group_threshold,
    [
        (np.array([[3.0, 4.0]]), 1.0),
        (np.array([[-3.0]]), 1.0),
        (np.array([[0.6, -0.8]]), 2.0),
        (np.array([[3.0, 4.0]]), 5.0),
        (np.array([[0.0, 0.0], [0.0, 2.5]]), 0.5),
        (np.array([[3.0, 4.0], [0.3, -0.4]]), 1.0),
        (np.array([[5.0], [-0.25], [1.75]]), 0.5),
        (np.array([[1.3, -0.2, 0.0], [0.1, 0.25, -0.3], [2.0, 3.1, -4.7]]), 0.45),
        (np.array([[1.7, 0.4], [-0.2, 0.9]]), 0.0),
        (np.array([[1e-9, 2e-9], [1000.0, 0.123]]), 0.1),
        (np.array([[0.0, 0.0], [3.0, -4.0]]), 0.0),
        (np.array([[3e-6, 4e-6]]), 1e-6),
        (np.array([[3e-11, 4e-11], [0.0, 0.0]]), 1e-11),
    ],
    {
        "You shrink the columns. An input's weights are a row.": _by_length(
            lambda W: np.sqrt(np.sum(W**2, axis=0, keepdims=True))
        ),
        "You shrink each weight on its own. A row should keep its direction.": (
            soft_threshold
        ),
        "Rows that are shorter than the amount turn round. They should become 0.": (
            _by_length(_rows, lambda W, size, amount: size - amount)
        ),
        "Rows that are longer than the amount stay as long as they were.": _by_length(
            _rows, lambda W, size, amount: size * (size > amount)
        ),
        "Rows that are shorter than the amount stay. They should become 0.": _by_length(
            _rows,
            lambda W, size, amount: np.where(size > amount, size - amount, size),
        ),
        "A row of zeros becomes nan: you divide by its length. It should stay 0.": (
            _with_nan,
            _with_nan_if_free,
        ),
        "You take the amount off each weight of a row, whatever its sign. A row should keep "
        "its direction.": lambda W, amount: np.where(_rows(W) > amount, W - amount, 0),
        "Negative weights become 0. A row keeps its direction.": lambda W, amount: (
            np.maximum(_group_threshold(W, amount), 0)
        ),
        "A small number is added to the length. The result is not exact.": tuple(
            lambda W, amount, more=more: (
                W * np.maximum(1 - amount / (_rows(W) + more), 0)
            )
            for more in (1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6)
        ),
        "A short row is taken for one of zeros, or for a longer one. A row of any length "
        "becomes shorter by the amount.": (
            *(
                _by_length(
                    _rows,
                    lambda W, size, amount, least=least: (
                        np.maximum(size - amount, 0) * (size > least)
                    ),
                )
                for least in (1e-10, 1e-8, 1e-5)
            ),
            *(
                lambda W, amount, least=least: (
                    W * np.maximum(1 - amount / np.maximum(_rows(W), least), 0)
                )
                for least in (1e-10, 1e-8, 1e-5)
            ),
        ),
        "You take the root of the mean square for the length. It is the root of the sum.": (
            _by_length(lambda W: np.sqrt(np.mean(W**2, axis=1, keepdims=True)))
        ),
        "You multiply by the new length. The old one has to be divided out.": (
            lambda W, amount: W * np.maximum(_rows(W) - amount, 0)
        ),
        "You take the sum of the sizes for the length. Take the root of the squares.": (
            _by_length(lambda W: np.sum(np.abs(W), axis=1, keepdims=True))
        ),
        "You take the squared length. Its root is missing.": _by_length(
            lambda W: np.sum(W**2, axis=1, keepdims=True)
        ),
        "You take the length of the whole matrix. Each row has its own.": _by_length(
            lambda W: np.sqrt(np.sum(W**2)) * np.ones((len(W), 1))
        ),
        "You take the largest weight of a row for its length.": _by_length(
            lambda W: np.max(np.abs(W), axis=1, keepdims=True)
        ),
        "You take a share off each row, as weight decay does. Take off one length.": (
            lambda W, amount: (1 - amount) * W,
            lambda W, amount: np.maximum(1 - amount, 0) * W,
        ),
        "You take off twice the amount, or half of it.": (
            lambda W, amount: _group_threshold(W, 2 * amount),
            lambda W, amount: _group_threshold(W, amount / 2),
        ),
        "You return the new lengths. Return the new weights.": lambda W, amount: (
            np.maximum(_rows(W) - amount, 0)
        ),
        "You return only directions: rows of length 1.": _by_length(
            _rows, lambda W, size, amount: 1.0 * (size > amount)
        ),
    },
    names=("W", "amount"),
    atol=0.0,  # a short row has small numbers, and 0 is exact
)

# ---------------------------------------------------------------- a test of dropout


def _dropping(keep, scale=lambda rate: 1 / (1 - rate), in_use=lambda A, rate: 1.0 * A):
    def dropout(A, rate, rng, training):
        A = np.array(A, dtype=float)
        if not training:
            return in_use(A, rate)
        return A * keep(A, rate, rng) * scale(rate)

    return dropout


def _each(A, rate, rng):
    return rng.random(A.shape) >= rate


def _scattered(shape):
    """Numbers from 0 to 1 in no visible order, the same at each call."""
    return (np.arange(np.prod(shape)) * 0.6180339887 % 1).reshape(shape)


def _set_number(axis):
    """Drop whole rows (0) or columns (1), as many as the rate says, to the nearest."""

    def keep(A, rate, rng):
        n = A.shape[axis]
        kept = rng.permutation(n) >= round(rate * n)
        return np.expand_dims(kept, 1 - axis)

    return keep


_CALLS = itertools.count()


def _of_its_own(A, rate, rng):
    """Another mask at each call, and none of it drawn from `rng`."""
    return (_scattered(A.shape) + 0.3 * next(_CALLS)) % 1 >= rate


def _number_by_number(A, rate, rng, training):
    A = np.array(A, dtype=float)
    if training:
        for place in np.ndindex(A.shape):
            A[place] = 0.0 if rng.random() < rate else A[place] / (1 - rate)
    return A


def _in_place(A, rate, rng, training):
    if training:
        A *= (rng.random(A.shape) >= rate) / (1 - rate)
    return A


def _always(A, rate, rng, training):
    return _dropping(_each)(A, rate, rng, True)


check_dropout_test = TestCheck(
    "my_dropout_test",
    {
        "a mask from uniform numbers": _dropping(_each),
        "a mask from coin tosses": _dropping(
            lambda A, rate, rng: rng.binomial(1, 1 - rate, A.shape)
        ),
        "number by number": _number_by_number,
    },
    {
        "does not scale what it keeps": _dropping(_each, lambda rate: 1.0),
        "divides what it keeps by the rate": _dropping(_each, lambda rate: 1 / rate),
        "multiplies what it keeps by 1 - rate": _dropping(_each, lambda rate: 1 - rate),
        "scales in use as well, by 1 - rate": _dropping(
            _each, in_use=lambda A, rate: A * (1 - rate)
        ),
        "drops in use as well": _always,
        "drops nothing": _dropping(lambda A, rate, rng: np.ones(A.shape), lambda r: 1),
        "drops nothing, but scales": _dropping(lambda A, rate, rng: np.ones(A.shape)),
        "keeps a number with probability rate, and divides by the rate": _dropping(
            lambda A, rate, rng: rng.random(A.shape) < rate, lambda rate: 1 / rate
        ),
        "keeps a number with probability rate": _dropping(
            lambda A, rate, rng: rng.random(A.shape) < rate
        ),
        "drops half, whatever the rate": _dropping(
            lambda A, rate, rng: rng.random(A.shape) < 0.5, lambda rate: 2
        ),
        "has one mask for all calls": _dropping(
            lambda A, rate, rng: _scattered(A.shape) >= rate
        ),
        "draws numbers of its own, and none from `rng`": _dropping(_of_its_own),
        "drops whole rows": _dropping(_set_number(0)),
        "drops the same columns in all rows": _dropping(_set_number(1)),
        "drops only what two masks drop": _dropping(
            lambda A, rate, rng: _each(A, rate, rng) | _each(A, rate, rng)
        ),
        "draws from a copy of `rng`, so that the next call drops the same": _dropping(
            lambda A, rate, rng: _each(A, rate, copy.deepcopy(rng))
        ),
        "changes its input": _in_place,
    },
    names=("dropout",),
)

# ---------------------------------------------------------------- when to stop


def _stopping(losses, patience, least):
    best, kept, since = np.inf, 0, 0
    for look, loss in enumerate(losses):
        if best - loss > least:
            best, kept, since = loss, look, 0
        else:
            since += 1
        if since == patience:
            return kept, look + 1
    return kept, len(losses)


def _watching(
    better=lambda best, loss, least: best - loss > least,
    first=np.inf,
    enough=lambda since, patience: since >= patience,
    reset=True,
    creeping=False,
    kept_of=lambda losses, kept, looks: kept,
    looks_of=lambda looks: looks,
):
    def stopping(losses, patience, least):
        best, kept, since, looks = first, 0, 0, len(losses)
        for look, loss in enumerate(losses):
            if better(best, loss, least):
                best, kept, since = loss, look, 0 if reset else since
            else:
                since += 1
                best = min(best, loss) if creeping else best
            if enough(since, patience):
                looks = look + 1
                break
        return kept_of(losses, kept, looks), looks_of(looks)

    return stopping


def _against_the_last(losses, patience, least):
    kept, since = 0, 0
    for look in range(1, len(losses)):
        if losses[look - 1] - losses[look] > least:
            kept, since = look, 0
        else:
            since += 1
        if since == patience:
            return kept, look + 1
    return kept, len(losses)


def _first_in_vain(losses, patience, least):
    best, kept, since = losses[0], 0, 1
    for look, loss in enumerate(losses[1:], 1):
        if best - loss > least:
            best, kept, since = loss, look, 0
        else:
            since += 1
        if since >= patience:
            return kept, look + 1
    return kept, len(losses)


def _ended_by_nan(losses, patience, least, more=1):
    seen = losses
    if any(np.isnan(losses)):
        seen = losses[: int(np.argmax(np.isnan(losses))) + more]
    return _stopping(seen, patience, least)


def _passing_nan(losses, patience, least):
    numbers = [(look, loss) for look, loss in enumerate(losses) if loss == loss]
    kept, looks = _stopping([loss for _, loss in numbers], patience, least)
    since = looks - 1 - kept
    return numbers[kept][0], (
        numbers[looks - 1][0] + 1 if since >= patience else len(losses)
    )


check_stopping = Check(
    "my_stopping",
    _stopping,
    [
        ([0.5], 1, 0.0),
        ([0.5, 0.75], 1, 0.0),
        ([1.0, 2.0, 3.0, 4.0], 1, 0.0),
        ([0.5, 0.5, 0.25], 1, 0.0),
        ([0.75, 0.5, 0.625, 0.25, 0.5], 2, 0.0),
        ([0.5, 0.75, 0.625, 0.25], 2, 0.0),
        ([3.0, 2.0, 2.5, 1.0, 1.5, 1.25, 0.5], 2, 0.0),
        ([3.0, 2.0, 2.5, 2.25, 2.125, 1.0], 3, 0.0),
        ([3.0, 2.0, 1.875, 1.75, 1.0], 3, 0.25),
        ([3.0, 2.0, 1.875, 1.75, 1.625, 1.0], 3, 0.25),
        ([1.0, 0.5, 0.25], 1, 0.5),
        ([4.0, 3.0, 3.5, 2.0, 2.5, 1.0, 1.5, 0.5], 3, 0.0),
        ([1.0, float("nan"), 0.5, 0.75, float("nan"), 0.25], 2, 0.0),
        ([1.0, 0.9375, 0.5, 0.5, 0.4375, 0.75, 0.25], 3, 0.125),
        ([4.0, 3.5, 3.75, 3.625, 2.0], 2, 0.25),
        ([1.0, float("nan"), float("nan"), 0.5], 2, 0.0),
        ([1.0, float("nan"), 0.75, 2.0, float("nan"), 1.5, 0.5], 2, 0.0),
        ([-1.0, -2.0, -1.5, -1.75, -1.25, -2.5, -1.0, -3.0], 5, 0.5),
        ([8e12, 4e12, 6e12, 2e12], 1, 0.0),
        ([4e-12, 3e-12, 1e-12], 1, 0.0),
        ([2.0, 1.875, 1.75, 1.6875, 1.75, 1.0], 2, 0.1875),
    ],
    {
        "You keep the last look. Keep the best one.": _watching(
            kept_of=lambda losses, kept, looks: looks - 1
        ),
        "A new best should set the count of looks without one back to 0.": _watching(
            reset=False
        ),
        "You compare with the look before. Compare with the best so far.": (
            _against_the_last
        ),
        "`least` has no effect. A smaller gain should not count as a new best.": _watching(
            better=lambda best, loss, least: loss < best
        ),
        "A gain of exactly `least` should not count as a new best.": _watching(
            better=lambda best, loss, least: best - loss >= least
        ),
        "You stop one look too late.": _watching(
            enough=lambda since, patience: since > patience
        ),
        "You stop at the first look without a new best. Wait for `patience` of them.": (
            _watching(enough=lambda since, patience: since >= 1)
        ),
        "You count looks from 0, so you return one too few.": _watching(
            looks_of=lambda looks: looks - 1
        ),
        "You keep the best of all losses. After the stop, none has been seen.": _watching(
            kept_of=lambda losses, kept, looks: int(np.nanargmin(losses))
        ),
        "You keep the lowest loss seen. A gain of `least` or less should not count.": (
            _watching(
                kept_of=lambda losses, kept, looks: int(np.nanargmin(losses[:looks]))
            )
        ),
        "You never stop before the end.": _watching(
            enough=lambda since, patience: False
        ),
        "The best so far moves with gains that do not count. Only a new best moves it.": (
            _watching(creeping=True)
        ),
        "`least` is taken as a share of the best loss. It is an amount.": _watching(
            better=lambda best, loss, least: loss < best * (1 - least)
        ),
        "You stop one look too early.": _watching(
            enough=lambda since, patience: since >= max(patience - 1, 1)
        ),
        "The first look counts as one without a new best. It is a new best.": (
            _first_in_vain
        ),
        "You compare the first look with a number of your own. It is a new best, however "
        "large it is.": tuple(_watching(first=n) for n in (10.0, 100.0, 1e3, 1e6, 1e9)),
        "A very small gain does not count with you, though it is above `least`.": tuple(
            _watching(lambda best, loss, least, more=more: best - loss > least + more)
            for more in (1e-9, 1e-8, 1e-6)
        ),
        "A nan becomes the best so far. It is never a new best.": _watching(
            better=lambda best, loss, least: not best - loss <= least
        ),
        "A nan ends your training. It is one look without a new best.": (
            _ended_by_nan,
            lambda *args: _ended_by_nan(*args, more=0),
        ),
        "A nan is passed over. It counts as a look without a new best.": _passing_nan,
        "The number of looks comes first in what you return. It comes second.": (
            lambda *args: _stopping(*args)[::-1]
        ),
        "You return the best loss. Return the number of its look, from 0.": _watching(
            kept_of=lambda losses, kept, looks: losses[kept]
        ),
    },
    parts=("kept", "looks"),
)

# ---------------------------------------------------------------- honest scaling


def _scaled(X_train, X_test):
    mean, deviation = X_train.mean(axis=0), X_train.std(axis=0)
    deviation = np.where(deviation > 0, deviation, 1)
    return (X_train - mean) / deviation, (X_test - mean) / deviation


def _scaling(fit, fit_test=None, divide=lambda X, s: X / np.where(s > 0, s, 1)):
    def scaled(X_train, X_test):
        mean, size = fit(X_train, X_test)
        mean_test, size_test = (fit_test or fit)(X_train, X_test)
        with np.errstate(all="ignore"):
            return divide(X_train - mean, size), divide(X_test - mean_test, size_test)

    return scaled


def _fit(X):
    return X.mean(axis=0), X.std(axis=0)


def _both(X_train, X_test):
    return _fit(np.vstack([X_train, X_test]))


def _sample_deviation(X):
    return X.std(axis=0) * np.sqrt(len(X) / max(len(X) - 1, 1))


def _scaling_what_varies(X_train, X_test):
    varies = X_train.std(axis=0) > 0
    return tuple(
        np.where(varies, scaled, X)
        for scaled, X in zip(_scaled(X_train, X_test), (X_train, X_test))
    )


_THREE = np.array([[1.0, 10.0, 5.0], [2.0, 30.0, 5.0], [4.5, 20.0, 5.0]])
check_scaled = Check(
    "my_scaled",
    _scaled,
    [
        (np.array([[1.0], [3.0]]), np.array([[5.0]])),
        (np.array([[1.0], [3.0]]), np.array([[2.0], [7.0]])),
        (np.array([[2.0, 5.0]]), np.array([[3.0, 5.0]])),
        (np.array([[0.0, 0.1], [1.0, 0.7]]), np.array([[0.5, -0.2], [3.0, 0.4]])),
        (_THREE, np.array([[3.0, 25.0, 5.5]])),
        (_THREE, np.array([[3.0, 25.0, 5.0], [1.0, -7.0, 4.0]])),
        (
            np.array([[0.31, -2.0], [0.77, 4.1], [-0.6, 1.7], [2.2, 0.3]]),
            np.array([[1.1, 0.2], [-0.9, 5.3], [0.4, 0.4]]),
        ),
        (np.array([[1e6, 1e-6], [3e6, 5e-6], [4e6, 2e-6]]), np.array([[2e6, 0.0]])),
        (np.array([[1e-9], [5e-9], [2e-9]]), np.array([[0.0]])),
        (np.array([[3, 7], [4, 7], [9, 7]]), np.array([[5, 7], [-2, 8]])),
    ],
    {
        "You fit on training and test samples together. Fit on the training set alone.": (
            _scaling(_both)
        ),
        "You scale the test set by its own mean and deviation. Use those of the training "
        "set.": _scaling(lambda a, b: _fit(a), lambda a, b: _fit(b)),
        "The test set is scaled by its own deviation. Use that of the training set.": (
            _scaling(lambda a, b: _fit(a), lambda a, b: (_fit(a)[0], _fit(b)[1]))
        ),
        "The test set is centred at its own mean. Use that of the training set.": (
            _scaling(lambda a, b: _fit(a), lambda a, b: (_fit(b)[0], _fit(a)[1]))
        ),
        "You divide by n − 1 in the deviation. Divide by n.": _scaling(
            lambda a, b: (a.mean(axis=0), _sample_deviation(a))
        ),
        "You take one mean and one deviation for all features. Each has its own.": _scaling(
            lambda a, b: (a.mean(), a.std())
        ),
        "You divide by the variance. Its root is the deviation.": _scaling(
            lambda a, b: (a.mean(axis=0), a.var(axis=0))
        ),
        "You divide by a deviation of 0. Such a feature is only centred.": _scaling(
            lambda a, b: _fit(a), divide=lambda X, s: X / s
        ),
        "A feature that is constant in training becomes 0 in the test set. It should only "
        "be centred.": _scaling(
            lambda a, b: _fit(a),
            divide=lambda X, s: np.where(s > 0, X / np.where(s > 0, s, 1), 0),
        ),
        "A small number is added to the deviation. The result is not exact.": (
            _scaling(lambda a, b: _fit(a), divide=lambda X, s: X / (s + 1e-8)),
            _scaling(lambda a, b: _fit(a), divide=lambda X, s: X / (s + 1e-12)),
        ),
        "You scale to the range from 0 to 1. Use the mean and the deviation.": _scaling(
            lambda a, b: (a.min(axis=0), a.max(axis=0) - a.min(axis=0))
        ),
        "You centre, but do not divide.": _scaling(
            lambda a, b: (a.mean(axis=0), np.ones(a.shape[1]))
        ),
        "You divide, but do not centre.": _scaling(
            lambda a, b: (np.zeros(a.shape[1]), a.std(axis=0))
        ),
        "The test set is as it was. Scale it like the training set.": (
            lambda a, b: (_scaled(a, b)[0], b),
            lambda a, b: (_scaled(a, b)[0], 1.0 * b),
        ),
        "Samples are rows, and you scale the rows. A feature is a column.": (
            lambda a, b: tuple(
                (X - X.mean(axis=1, keepdims=True))
                / np.where(X.std(axis=1) > 0, X.std(axis=1), 1)[:, None]
                for X in (a, b)
            )
        ),
        "You fit on the test set. Fit on the training set.": _scaling(
            lambda a, b: _fit(b)
        ),
        "A feature that is constant in training stays as it was. It should be centred.": (
            _scaling_what_varies
        ),
        "Deviations below 1 are taken for 1. Only a constant feature is not divided.": (
            _scaling(lambda a, b: _fit(a), divide=lambda X, s: X / np.maximum(s, 1))
        ),
        "A small deviation is taken for 0. Only a constant feature is not divided.": tuple(
            _scaling(
                lambda a, b: _fit(a),
                divide=lambda X, s, least=least: X / np.where(s > least, s, 1),
            )
            for least in (1e-8, 1e-6, 1e-5, 1e-4, 1e-3)
        ),
        "With whole numbers, your result is whole, too. `np.zeros_like` makes an array of the "
        "same dtype: add `dtype=float`.": lambda a, b: tuple(
            scaled.astype(a.dtype) for scaled in _scaled(a, b)
        ),
        "Constant features are missing from what you return. They are only centred.": (
            lambda a, b: _scaled(a[:, a.std(axis=0) > 0], b[:, a.std(axis=0) > 0])
        ),
        "The two sets have changed places in what you return.": lambda a, b: _scaled(
            a, b
        )[::-1],
    },
    parts=("train", "test"),
)

# ---------------------------------------------------------------- choosing a strength


def _ridge(X, y, strength):
    return np.linalg.solve(X.T @ X + strength * np.eye(X.shape[1]), X.T @ y)


def _squares(X, y, w):
    return np.mean((X @ w - y) ** 2)


def _choosing(
    fit=lambda X, y, X_val, y_val, s: _ridge(X, y, s),
    cost=lambda X, y, X_val, y_val, w, s: _squares(X_val, y_val, w),
    pick=min,
    result=lambda strength, w, *data: (strength, w),
):
    def choice(X, y, X_val, y_val, strengths):
        data = X, y, X_val, y_val
        fits = {s: fit(*data, s) for s in strengths}
        best = pick(strengths, key=lambda s: cost(*data, fits[s], s))
        return result(best, fits[best], *data, strengths)

    return choice


_strength = _choosing()


def _problem(n, d, n_val, strengths, seed, noise=1.0):
    """Made-up numbers, the same everywhere: d weights, and targets that miss by some noise."""

    def numbers(*shape, start):
        places = np.arange(np.prod(shape)) + 1.0
        return 2 * np.sin(places**2 + start + 7 * seed).reshape(shape)

    w, X, X_val = (
        numbers(*shape, start=i) for i, shape in enumerate([(d,), (n, d), (n_val, d)])
    )
    y = X @ w + noise * numbers(n, start=3)
    y_val = X_val @ w + noise * numbers(n_val, start=4)
    return *(np.round(array, 2) for array in (X, y, X_val, y_val)), strengths


def _validation_losses(X, y, X_val, y_val, strengths):
    return [_squares(X_val, y_val, _ridge(X, y, s)) for s in strengths]


def _lowest(*data):
    return min(_validation_losses(*data))


def _until_worse(*data):
    """The strengths up to the first whose loss is higher than the one before."""
    rises = np.flatnonzero(np.diff(_validation_losses(*data)) > 0)
    return data[-1][: rises[0] + 1] if len(rises) else data[-1]


def _in_units(inputs, targets, X, y, X_val, y_val, strengths):
    """The problem in other units."""
    return inputs * X, targets * y, inputs * X_val, targets * y_val, strengths


check_strength = Check(
    "my_strength",
    _strength,
    [
        (
            np.array([[1.0]]),
            np.array([4.0]),
            np.array([[1.0]]),
            np.array([2.0]),
            [0.5, 1.0, 3.0],
        ),
        (
            np.array([[1.0]]),
            np.array([4.0]),
            np.array([[1.0]]),
            np.array([1.0]),
            [3.0, 1.0, 0.5],
        ),
        (
            np.array([[1.0]]),
            np.array([3.0]),
            np.array([[2.0]]),
            np.array([0.0]),
            [2.0, 0.5],
        ),
        (
            np.array([[1.0]]),
            np.array([3.0]),
            np.array([[0.0]]),
            np.array([1.0]),
            [1.0, 0.5, 2.0],
        ),
        _problem(4, 2, 3, [0.1, 1.0, 10.0], 0),
        _problem(6, 4, 5, [0.01, 0.3, 3.0, 30.0], 1),
        _problem(6, 5, 40, [30.0, 0.01, 3.0, 0.3], 2),
        _problem(3, 5, 8, [0.1, 1.0, 10.0], 3),
        _problem(8, 3, 6, [0.5, 2.0, 4.0, 8.0], 4, 3.0),
        _problem(5, 5, 7, [0.2, 2.0, 20.0], 5, 2.0),
        _problem(6, 3, 5, [0.5, 0.1, 2.0, 30.0], 6, 2.0),
        _in_units(1e-3, 1e6, *_problem(6, 3, 5, [1e-6, 3e-6], 7)),
        _in_units(1.0, 1e-2, *_problem(5, 2, 4, [0.5, 0.6, 0.7], 8)),
    ],
    {
        "You always take the least strength, as the loss on the training set would.": (
            _choosing(cost=lambda X, y, X_val, y_val, w, s: _squares(X, y, w))
        ),
        "The penalty is part of your validation loss. It belongs to the training.": (
            _choosing(
                cost=lambda X, y, X_val, y_val, w, s: (
                    np.sum((X_val @ w - y_val) ** 2) / 2 + s / 2 * w @ w
                )
            ),
            _choosing(
                cost=lambda X, y, X_val, y_val, w, s: (
                    _squares(X_val, y_val, w) + s / 2 * w @ w
                )
            ),
            _choosing(
                cost=lambda X, y, X_val, y_val, w, s: (
                    _squares(X_val, y_val, w) + s * w @ w
                )
            ),
        ),
        "You choose the highest validation loss.": _choosing(pick=max),
        "You choose by the mean absolute error. The mean squared one was asked for.": (
            _choosing(
                cost=lambda X, y, X_val, y_val, w, s: np.mean(np.abs(X_val @ w - y_val))
            )
        ),
        "The strength has no effect on your weights: they are those of least squares.": (
            _choosing(
                fit=lambda X, y, X_val, y_val, s: np.linalg.lstsq(X, y, rcond=None)[0]
            )
        ),
        "The strength is squared in your equation.": _choosing(
            fit=lambda X, y, X_val, y_val, s: _ridge(X, y, s * s)
        ),
        "The strength is divided by the number of samples. The sum of squares was meant.": (
            _choosing(fit=lambda X, y, X_val, y_val, s: _ridge(X, y, s / len(X)))
        ),
        "The strength is added to every entry of your matrix. Where does the gradient of "
        "the penalty have it?": _choosing(
            fit=lambda X, y, X_val, y_val, s: np.linalg.pinv(X.T @ X + s) @ X.T @ y
        ),
        "Training and validation set have changed places.": lambda X, y, X_val, y_val, s: (
            _strength(X_val, y_val, X, y, s)
        ),
        "The first weight does not pay. There is no bias here.": _choosing(
            fit=lambda X, y, X_val, y_val, s: (
                np.linalg.pinv(X.T @ X + s * np.diag(np.arange(X.shape[1]) > 0))
                @ X.T
                @ y
            )
        ),
        "The weights come first in what you return. They come second.": _choosing(
            result=lambda s, w, *data: (w, s)
        ),
        "The weights were fitted to the validation set. Fit them to the training set.": (
            _choosing(fit=lambda X, y, X_val, y_val, s: _ridge(X_val, y_val, s))
        ),
        "The weights were fitted to both sets before the choice. Keep the validation set "
        "apart.": _choosing(
            fit=lambda X, y, X_val, y_val, s: _ridge(
                np.vstack([X, X_val]), np.append(y, y_val), s
            )
        ),
        "You fit again on both sets after the choice. Return the weights of the training "
        "set.": _choosing(
            result=lambda s, w, X, y, X_val, y_val, strengths: (
                s,
                _ridge(np.vstack([X, X_val]), np.append(y, y_val), s),
            )
        ),
        "Twice the strength stands in your equation.": _choosing(
            fit=lambda X, y, X_val, y_val, s: _ridge(X, y, 2 * s)
        ),
        "Half the strength stands in your equation.": _choosing(
            fit=lambda X, y, X_val, y_val, s: _ridge(X, y, s / 2)
        ),
        "The strength is multiplied by the number of samples. The sum of squares was meant.": (
            _choosing(fit=lambda X, y, X_val, y_val, s: _ridge(X, y, len(X) * s))
        ),
        "You return the place of the strength in the list. Return the strength.": _choosing(
            result=lambda s, w, X, y, X_val, y_val, strengths: (strengths.index(s), w)
        ),
        "Among equal losses you take the last strength. Take the first.": lambda *data: (
            _strength(*data[:4], data[4][::-1])
        ),
        "Among equal losses you take the least strength. Take the first in the list.": (
            lambda *data: _strength(*data[:4], sorted(data[4]))
        ),
        "You stop when a strength is worse than the one before. A later one may be better.": (
            lambda *data: _strength(*data[:4], _until_worse(*data))
        ),
        "The lowest loss so far begins with a number of your own, and the first is higher. "
        "Begin with `np.inf`.": tuple(
            lambda *data, first=first: (
                _strength(*data) if _lowest(*data) < first else (None, None)
            )
            for first in (100.0, 1e9)
        ),
        "You return the lowest loss. Return the strength.": _choosing(
            result=lambda s, w, X, y, X_val, y_val, strengths: (
                _squares(X_val, y_val, w),
                w,
            )
        ),
        "The weights belong to the last strength, not to the one that you chose.": (
            _choosing(
                result=lambda s, w, X, y, X_val, y_val, strengths: (
                    s,
                    _ridge(X, y, strengths[-1]),
                )
            )
        ),
    },
    names=("X", "y", "X_val", "y_val", "strengths"),
    parts=("strength", "w"),
)
