"""Checks for the chapter on losses."""

from math import lgamma

import numpy as np

from dlbasics.activations import sigmoid, softplus
from dlbasics.exercises._checking import Check, many
from dlbasics.losses import binary_cross_entropy, softmax_cross_entropy_gradient
from dlbasics.softmax import log_softmax, logsumexp, softmax

_IGNORED = {"over": "ignore", "divide": "ignore", "invalid": "ignore"}
_EPSILONS = [1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16]


# The Huber loss


def _huber(e, delta):
    return np.where(abs(e) <= delta, e**2 / 2, delta * (abs(e) - delta / 2))


def _huber_gradient(predictions, targets, delta):
    return np.clip(predictions - targets, -delta, delta) / predictions.size


def _piecewise(inside, outside):
    """A variant of the gradient with other slopes within delta and beyond it."""

    def gradient(y, t, delta):
        e = y - t
        slopes = np.where(abs(e) <= delta, inside(e, delta), outside(e, delta))
        return slopes / e.size

    return gradient


check_huber_gradient = Check(
    "my_huber_gradient",
    _huber_gradient,
    [
        (np.array([3.3]), np.array([3.0]), 0.5),
        (np.array([0.0]), np.array([1.7]), 0.5),
        (np.array([1.25, 2.0, 6.0]), np.array([1.25, 3.1, 3.0]), 2.0),
        (np.array([[2.0], [-4.37]]), np.array([[1.0], [4.0]]), 1.0),
        (
            np.array([[0.3, -2.0], [7.77, 1.5]]),
            np.array([[0.1, 2.0], [-3.0, 2.0]]),
            0.5,
        ),
        (
            np.array([[1e-9, 1e6, 2.0], [-3.14, 0.7, -1e6]]),
            np.array([[0.0, 5.0, -0.5], [0.0, -0.6, 4.0]]),
            2.5,
        ),
        (np.array([123456.789, -8.0]), np.array([0.5, 1234.56789]), 4321.5),
        (many(12, 11), many(12, 11, start=5), 0.6),
    ],
    {
        "Within delta the slope is twice too steep: ½e² has the derivative e.": (
            _piecewise(lambda e, d: 2 * e, lambda e, d: d * np.sign(e))
        ),
        "The error is doubled before it is limited: ½e² has the derivative e.": (
            lambda y, t, d: np.clip(2 * (y - t), -d, d) / y.size
        ),
        "Within delta that is the loss, ½e². What is its derivative?": (
            _piecewise(lambda e, d: e**2 / 2, lambda e, d: d * np.sign(e))
        ),
        "Errors are limited to ±1, whatever delta is.": (
            lambda y, t, d: np.clip(y - t, -1, 1) / y.size
        ),
        "That is the gradient of the mean absolute error: small errors pull as hard as large "
        "ones, and delta has no effect.": lambda y, t, d: np.sign(y - t) / y.size,
        "That is the gradient of the mean squared error: no error is limited.": (
            lambda y, t, d: 2 * (y - t) / y.size
        ),
        "You divided by the number of columns. The mean is over all elements.": (
            lambda y, t, d: np.clip(y - t, -d, d) / y.shape[-1]
        ),
        "You limit all errors as soon as one is large. Each element has its own case.": (
            lambda y, t, d: (
                (y - t if np.all(abs(y - t) <= d) else d * np.sign(y - t)) / y.size
            )
        ),
        "Both slopes are twice too steep: look at the ½.": (
            lambda y, t, d: 2 * _huber_gradient(y, t, d)
        ),
        "Beyond delta your slope is ±1. What factor stands before |e|?": (
            _piecewise(lambda e, d: e, lambda e, d: np.sign(e))
        ),
        "Beyond delta your gradient is 0, so outliers have no pull at all.": (
            _piecewise(lambda e, d: e, lambda e, d: 0 * e),
            lambda y, t, delta: np.where(abs(y - t) < delta, y - t, 0) / y.size,
        ),
        "Beyond delta your slope is delta, also where the prediction is too low. There the loss "
        "falls as the prediction rises.": (
            _piecewise(lambda e, d: e, lambda e, d: d + 0 * e)
        ),
        "All your slopes are positive. Where the prediction is too low, the loss falls as it "
        "rises.": lambda y, t, d: np.minimum(abs(y - t), d) / y.size,
        "Only errors above delta are limited. Those below -delta are not.": (
            lambda y, t, d: np.minimum(y - t, d) / y.size
        ),
        "Only errors below -delta are limited. Those above delta are not.": (
            lambda y, t, d: np.maximum(y - t, -d) / y.size
        ),
        "No error is limited: that is the gradient of half the mean squared error.": (
            lambda y, t, d: (y - t) / y.size
        ),
        "Beyond delta you differentiated |e| to e. Its slope is ±1.": (
            _piecewise(lambda e, d: e, lambda e, d: d * e)
        ),
        "Beyond delta the constant -½δ² has no derivative. It is still in your slope.": (
            _piecewise(lambda e, d: e, lambda e, d: d * np.sign(e) - d**2 / 2),
            _piecewise(lambda e, d: e, lambda e, d: d * (np.sign(e) - d / 2)),
        ),
        "Within delta your slope is ±delta as well. There it is e.": (
            lambda y, t, d: d * np.sign(y - t) / y.size
        ),
        "The mean is missing: divide by the number of elements.": (
            lambda y, t, d: np.clip(y - t, -d, d)
        ),
        "You divided by the number of rows. The mean is over all elements: `size`, not `len`.": (
            lambda y, t, d: np.clip(y - t, -d, d) / len(y)
        ),
        "You divided by n twice. The mean is taken once.": (
            lambda y, t, d: np.clip(y - t, -d, d) / y.size**2
        ),
        "The sign is wrong. Raising y raises the loss where y is above t: e = y - t.": (
            lambda y, t, d: np.clip(t - y, -d, d) / y.size
        ),
        "That is the loss. Its gradient has one number for each prediction.": (
            lambda y, t, d: np.mean(_huber(y - t, d))
        ),
        "Those are the losses of the elements. What is their derivative?": (
            lambda y, t, d: _huber(y - t, d),
            lambda y, t, d: _huber(y - t, d) / y.size,
        ),
        "You averaged the gradients. Each prediction has its own.": (
            lambda y, t, d: np.mean(np.clip(y - t, -d, d))
        ),
        "The two cases are exchanged: the parabola is near 0, the straight line further out.": (
            _piecewise(lambda e, d: d * np.sign(e), lambda e, d: e)
        ),
    },
    names=("predictions", "targets", "delta"),
)


# The weighted loss


def _right(values, labels):
    return values[np.arange(len(labels)), labels]


def _costs(logits, labels):
    return -_right(log_softmax(logits), labels)


def _weighted_loss(logits, labels, weights):
    w = weights[labels]
    return np.sum(w * (logsumexp(logits, axis=-1) - _right(logits, labels))) / np.sum(w)


def _sum_of_class_means(logits, labels, weights):
    costs = _costs(logits, labels)
    return sum(weights[c] * np.mean(costs[labels == c]) for c in np.unique(labels))


def _weighted(cost):
    """A variant with another cost of each sample."""

    def loss(x, labels, weights):
        with np.errstate(**_IGNORED):
            return np.average(cost(x, labels), weights=weights[labels])

    return loss


def _log_of(probability):
    return _weighted(lambda x, labels: -np.log(probability(x, labels)))


def _naive_softmax(x):
    return np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)


def _one_maximum(x, labels):
    shifted = x - np.max(x)
    return np.log(np.sum(np.exp(shifted), axis=-1)) - _right(shifted, labels)


_WITH_EPSILON = {
    f"An ε of {epsilon:g} limits the cost of a sample to {-np.log(epsilon):.1f}. Take the "
    "logarithm on paper: then there is no 0 to fear.": (
        _log_of(lambda x, labels, e=epsilon: _right(softmax(x), labels) + e),
        _log_of(lambda x, labels, e=epsilon: np.maximum(_right(softmax(x), labels), e)),
        _log_of(
            lambda x, labels, e=epsilon: np.clip(_right(softmax(x), labels), e, 1 - e)
        ),
    )
    for epsilon in _EPSILONS
}

check_weighted_loss = Check(
    "my_weighted_loss",
    _weighted_loss,
    [
        (np.array([[0.0, 0.0]]), np.array([0]), np.array([3.0, 1.0])),
        (np.array([[1.3, 2.0], [3.0, 3.7]]), np.array([1, 0]), np.array([1.0, 2.0])),
        (np.array([[2.5], [-1.0]]), np.array([0, 0]), np.array([2.0])),
        (
            np.array(
                [[1.0, 2.0, 3.3], [3.0, 3.0, 3.0], [0.1, -1.2, 4.0], [5.0, 0.0, 0.0]]
            ),
            np.array([2, 0, 0, 1]),
            np.array([0.5, 2.0, 3.7]),
        ),
        (
            np.array([[0.0, 1.1, 2.2], [2.0, 0.3, 0.0], [1.0, 4.0, -1.0]]),
            np.array([1, 1, 2]),
            np.array([5.0, 0.0, 0.25]),
        ),
        (np.array([[0.0, 50.0], [50.0, 0.0]]), np.array([0, 0]), np.array([1.5, 4.0])),
        (np.array([[0.1, 0.7], [2.0, 0.3]]), np.array([0, 1]), np.array([3e-6, 1e-6])),
        (np.array([[0.0, 1000.0]]), np.array([0]), np.array([2.0, 1.0])),
        (np.array([[1000.0, 0.0]]), np.array([0]), np.array([2.0, 1.0])),
        (
            np.array([[1000.0, 1001.0], [-1000.0, -1001.0], [2000.0, 0.0]]),
            np.array([1, 0, 1]),
            np.array([0.2, 7.0]),
        ),
        (many(12, 11), np.arange(12) * 7 % 11, 2.0 + many(11)),
    ],
    {
        "The weights have no effect on your result.": (
            lambda x, labels, w: np.mean(_costs(x, labels))
        ),
        "You divided by the number of samples. What would the number be if each stood there as "
        "often as it counts?": lambda x, labels, w: np.mean(
            w[labels] * _costs(x, labels)
        ),
        "You added up the weighted costs. They have to be a mean.": (
            lambda x, labels, w: np.sum(w[labels] * _costs(x, labels))
        ),
        "You divided by the sum over the classes of their weights. A class counts once for "
        "each of its samples.": (
            lambda x, labels, w: np.sum(w[labels] * _costs(x, labels)) / np.sum(w),
            lambda x, labels, w: (
                np.sum(w[labels] * _costs(x, labels)) / np.sum(w[np.unique(labels)])
            ),
        ),
        "You averaged each class on its own. At the same weight, a class with many samples "
        "counts for more than one with few.": (
            lambda x, labels, w: (
                _sum_of_class_means(x, labels, w) / np.sum(w[np.unique(labels)])
            ),
            lambda x, labels, w: _sum_of_class_means(x, labels, w) / np.sum(w),
        ),
        "You divided by the number of all elements of the logits. The mean is over samples, by "
        "their weights.": lambda x, labels, w: (
            np.sum(w[labels] * _costs(x, labels)) / x.size
        ),
        "You divided twice: by the sum of the weights, and by the number of samples.": (
            lambda x, labels, w: _weighted_loss(x, labels, w) / len(x)
        ),
        "You took the weight of the class that is answered. It is the right class that counts.": (
            lambda x, labels, w: np.average(
                _costs(x, labels), weights=w[x.argmax(axis=1)]
            ),
        ),
        "Those are the costs of the samples. The loss is one number, their weighted mean.": (
            lambda x, labels, w: w[labels] * _costs(x, labels),
            lambda x, labels, w: w[labels] * _costs(x, labels) / np.sum(w[labels]),
        ),
        "That is the answer in bits. Losses are in nats.": (
            lambda x, labels, w: _weighted_loss(x, labels, w) / np.log(2)
        ),
        "The softmax of a softmax: probabilities were taken for logits.": (
            _weighted(lambda x, labels: _costs(softmax(x), labels))
        ),
        "The logarithm is missing: that is made of probabilities.": (
            _weighted(lambda x, labels: -_right(softmax(x), labels)),
            _weighted(lambda x, labels: _right(softmax(x), labels)),
            _weighted(lambda x, labels: 1 - _right(softmax(x), labels)),
        ),
        "The weights multiply the logits. They should multiply the costs.": (
            lambda x, labels, w: np.mean(_costs(x * w, labels)),
            lambda x, labels, w: _weighted_loss(x * w, labels, w),
        ),
        "The weights multiply the probabilities. They should multiply the costs.": (
            lambda x, labels, w: np.mean(_costs(x, labels) - _log(w[labels])),
            lambda x, labels, w: np.mean(-_log(w[labels] * _right(softmax(x), labels))),
        ),
        "A softmax rounds to 0 before you take its logarithm.": (
            _log_of(lambda x, labels: _right(softmax(x), labels)),
            _log_of(lambda x, labels: _right(_naive_softmax(x - x.max()), labels)),
        ),
        **_WITH_EPSILON,
        "You took the maximum of the whole array. A row far below it underflows to log 0.": (
            _weighted(_one_maximum)
        ),
        "exp(1000) is inf, and so is the logarithm of its sum. `logsumexp` shifts first.": (
            _weighted(
                lambda x, labels: np.log(np.sum(np.exp(x), axis=-1)) - _right(x, labels)
            )
        ),
        "exp(1000) is inf, and inf / inf is nan.": (
            _log_of(lambda x, labels: _right(_naive_softmax(x), labels))
        ),
        "You normalise the whole array at once. Each row is a distribution of its own.": (
            _weighted(lambda x, labels: -_right(log_softmax(x, axis=None), labels))
        ),
        "You normalise the columns. Samples are rows, so the classes are along the last axis.": (
            _weighted(lambda x, labels: -_right(log_softmax(x, axis=0), labels))
        ),
        "The sign is wrong: a logarithm of a probability is at most 0, a loss at least 0.": (
            lambda x, labels, w: -_weighted_loss(x, labels, w)
        ),
        "The LSE is missing: a score is not yet a log-probability.": (
            _weighted(lambda x, labels: -_right(x, labels))
        ),
        "Only the LSE is there. Where is the score of the right class?": (
            _weighted(lambda x, labels: logsumexp(x, axis=-1))
        ),
        "You divided by the mean weight of the classes. Take that of the samples.": (
            lambda x, labels, w: np.mean(w[labels] * _costs(x, labels)) / np.mean(w)
        ),
        "You rounded the weights to whole numbers. They need not be whole.": (
            lambda x, labels, w: _weighted_loss(x, labels, w.astype(int)),
            lambda x, labels, w: _weighted_loss(x, labels, np.round(w)),
        ),
        "Only the LSE is weighted. Put brackets around the whole cost.": (
            lambda x, labels, w: (
                np.sum(w[labels] * logsumexp(x, axis=-1) - _right(x, labels))
                / np.sum(w[labels])
            )
        ),
    },
    names=("logits", "labels", "weights"),
)


def _log(p):
    with np.errstate(divide="ignore"):
        return np.log(p)


# The loss with three faults


def _binary(cost):
    """A variant: `cost` takes the logits as a vector and the targets."""

    def loss(x, t):
        with np.errstate(**_IGNORED):
            return np.mean(cost(x[:, 0], t))

    return loss


def _against_all(cost):
    """A variant: `cost` takes the logits as a column."""

    def loss(x, t):
        with np.errstate(**_IGNORED):
            return np.mean(cost(x, t))

    return loss


def _positives(x, t):
    return t * softplus(-x)


def _both(x, t):
    return softplus(x) - t * x


def _positives_with(epsilon):
    return lambda x, t: -t * np.log(sigmoid(x) + epsilon)


def _both_with(epsilon):
    return lambda x, t: (
        -t * np.log(sigmoid(x) + epsilon) - (1 - t) * np.log(1 - sigmoid(x) + epsilon)
    )


def _both_clipped(epsilon):
    def cost(x, t):
        q = np.clip(sigmoid(x), epsilon, 1 - epsilon)
        return -t * np.log(q) - (1 - t) * np.log(1 - q)

    return cost


def _through_q(x, t):
    q = sigmoid(x)
    return -t * np.log(q) - (1 - t) * np.log(1 - q)


check_binary_loss = Check(
    "my_binary_loss",
    lambda logits, targets: binary_cross_entropy(logits[:, 0], targets),
    [
        (np.array([[0.0]]), np.array([0])),
        (np.array([[1.7]]), np.array([1])),
        (np.array([[2.0], [-1.1]]), np.array([1, 0])),
        (np.array([[0.3], [-2.0], [1.2]]), np.array([0, 0, 0])),
        (np.array([[0.5], [-0.4], [3.3], [-2.0]]), np.array([1, 1, 0, 1])),
        (np.array([[40.0]]), np.array([0])),
        (np.array([[-30.0], [25.0]]), np.array([1, 0])),
        (np.array([[1000.0]]), np.array([0])),
        (np.array([[1000.0], [-1000.0]]), np.array([1, 0])),
        (np.array([[-1000.0], [1000.0], [0.1]]), np.array([1, 0, 1])),
        (3 * many(12, 1), np.arange(12) % 3 % 2),
    ],
    {
        "All three faults are still there.": _against_all(_positives_with(1e-7)),
        "Two faults are left: a negative costs nothing, and a cost stops at 16.1.": (
            _binary(_positives_with(1e-7))
        ),
        "Two faults are left: a negative costs nothing, and every logit meets every target.": (
            _against_all(_positives)
        ),
        "Two faults are left: a cost stops at 16.1, and every logit meets every target.": (
            _against_all(_both_with(1e-7)),
            _against_all(_both_clipped(1e-7)),
        ),
        "One fault is left: a sample with target 0 costs nothing, whatever its logit.": (
            _binary(_positives)
        ),
        "One fault is left: a column and a vector broadcast, so that every logit meets every "
        "target.": (
            _against_all(_both),
            _against_all(_through_q),
        ),
        **{
            f"One fault is left: with this ε a cost stops near {-np.log(e):.1f}, whatever the "
            "truth.": (_binary(_both_with(e)), _binary(_both_clipped(e)))
            for e in _EPSILONS
            if e > 1e-15
        },
        "The logarithms of q and 1 - q are taken after rounding: one of them can be log 0. "
        "Start from the logit.": _binary(_through_q),
        "You have the costs of the positives through q, where it can round to 0, and none of "
        "the negatives.": _binary(lambda x, t: -t * np.log(sigmoid(x))),
        "The negatives have no cost of their own: you took log q for them, not log(1 - q).": (
            _binary(lambda x, t: softplus(-x))
        ),
        "A target of 0 should cost -log(1 - q). Yours rewards it: check the sign of that term.": (
            _binary(lambda x, t: t * softplus(-x) - (1 - t) * softplus(x))
        ),
        "You exchanged yes and no: the cost of target 1 is that of target 0.": (
            _binary(lambda x, t: _both(x, 1 - t))
        ),
        "Only the negatives have a cost. A sample with target 1 costs -log q.": (
            _binary(lambda x, t: (1 - t) * softplus(x))
        ),
        "Both terms are counted for every sample. The target chooses one of them.": (
            _binary(lambda x, t: softplus(x) + softplus(-x))
        ),
        "You added up the samples. The loss is their mean.": (
            lambda x, t: np.sum(_both(x[:, 0], t))
        ),
        "Those are the costs of the samples. The loss is one number, their mean.": (
            lambda x, t: _both(x[:, 0], t),
            lambda x, t: _both(x, t[:, None]),
        ),
        "That is the answer in bits. Losses are in nats.": (
            _binary(lambda x, t: _both(x, t) / np.log(2))
        ),
        "The sign is wrong: a logarithm of a probability is at most 0, a loss at least 0.": (
            _binary(lambda x, t: -_both(x, t))
        ),
        "exp(1000) is inf. `softplus` gives the logarithm of 1 + exp without it.": (
            _binary(lambda x, t: np.log(1 + np.exp(x)) - t * x)
        ),
        "You made probabilities of the logits first, so that is the sigmoid of a sigmoid.": (
            _binary(lambda x, t: _both(sigmoid(x), t))
        ),
        "That is a squared error of probabilities. The loss takes their logarithm.": (
            _binary(lambda x, t: (sigmoid(x) - t) ** 2)
        ),
        "The term with the target is missing: softplus(x) alone is the cost of target 0.": (
            _binary(lambda x, t: softplus(x))
        ),
        "You add the target times the logit. Expand -t log q - (1 - t) log(1 - q) once more.": (
            _binary(lambda x, t: softplus(x) + t * x)
        ),
        "`logits[0]` is the first row, the logit of one sample. The column is `logits[:, 0]`.": (
            lambda x, t: np.mean(_both(x[0], t))
        ),
        "You clip the logits: beyond the bounds the cost no longer grows.": tuple(
            _binary(lambda x, t, bound=bound: _both(np.clip(x, -bound, bound), t))
            for bound in (10, 15, 20, 30, 36, 50, 80, 88, 100, 500, 700, 709)
        ),
        "One factor is missing: -log q belongs to the targets of 1 alone.": (
            _binary(lambda x, t: softplus(-x) + (1 - t) * softplus(x))
        ),
        "One factor is missing: -log(1 - q) belongs to the targets of 0 alone.": (
            _binary(lambda x, t: t * softplus(-x) + softplus(x))
        ),
        "You subtract the target. What is subtracted is the target times the logit.": (
            _binary(lambda x, t: softplus(x) - t)
        ),
    },
    names=("logits", "targets"),
)


# Label smoothing


def _one_hot(x, labels):
    return np.eye(x.shape[1])[labels]


def _smoothed(x, labels, epsilon):
    return (1 - epsilon) * _one_hot(x, labels) + epsilon / x.shape[1]


def _with_target(target):
    """A variant with another p."""
    return lambda x, labels, epsilon: (softmax(x) - target(x, labels, epsilon)) / len(x)


def _shared_by_the_others(x, labels, epsilon):
    p = _one_hot(x, labels)
    return (1 - epsilon) * p + epsilon / (x.shape[1] - 1) * (1 - p)


def _part_of_k_for_the_others(x, labels, epsilon):
    p = _one_hot(x, labels)
    return (1 - epsilon) * p + epsilon / x.shape[1] * (1 - p)


def _every_label_in_every_row(x, labels, epsilon):
    p = np.full(x.shape, epsilon / x.shape[1])
    p[:, labels] += 1 - epsilon
    return p


def _through_q_smoothed(x, labels, epsilon):
    with np.errstate(**_IGNORED):
        return -_smoothed(x, labels, epsilon) / softmax(x) / len(x)


def _smoothed_by_naive_softmax(x, labels, epsilon):
    with np.errstate(**_IGNORED):
        return (_naive_softmax(x) - _smoothed(x, labels, epsilon)) / len(x)


def _smoothed_by_one_maximum(x, labels, epsilon):
    return _smoothed_by_naive_softmax(x - np.max(x), labels, epsilon)


check_smoothed_gradient = Check(
    "my_smoothed_gradient",
    lambda logits, labels, epsilon: (
        (softmax(logits) - _smoothed(logits, labels, epsilon)) / len(logits)
    ),
    [
        (np.array([[0.0, 0.0]]), np.array([0]), 0.5),
        (np.array([[1.0, 2.0, 3.3], [3.0, 3.0, 3.0]]), np.array([2, 0]), 0.1),
        (np.array([[0.2, 1.1], [2.3, 0.0], [-1.0, 0.4]]), np.array([0, 0, 1]), 0.25),
        (
            np.array([[0.0, 0.7, 0.0], [1.0, 2.0, 3.0], [5.0, 0.0, 0.3]]),
            np.array([0, 0, 2]),
            0.3,
        ),
        (np.array([[1000.0, 1001.0], [-1000.0, -1001.0]]), np.array([1, 0]), 0.2),
        (np.array([[2000.0, 0.0, 1.0, 3.0]]), np.array([1]), 0.2),
        (np.array([[0.4, -2.1, 1.0]]), np.array([2]), 0.0),
        (many(12, 11), np.arange(12) * 7 % 11, 0.15),
    ],
    {
        "ε has no effect: that is the gradient for one-hot labels.": (
            lambda x, labels, epsilon: softmax_cross_entropy_gradient(x, labels)
        ),
        "You took the class with the highest score for the label. The certainty is the label's, "
        "right or wrong.": _with_target(
            lambda x, y, e: _smoothed(x, x.argmax(axis=1), e)
        ),
        "You divide ε by k - 1 and give a part to all k.": _with_target(
            lambda x, y, e: (1 - e) * _one_hot(x, y) + e / (x.shape[1] - 1)
        ),
        "You spread ε over the wrong classes only. It goes to all k, the right one included.": (
            _with_target(_shared_by_the_others)
        ),
        "The right class gets no part of ε: your p sums to 1 - ε/k. It is one of the k.": (
            _with_target(_part_of_k_for_the_others)
        ),
        "Your p sums to more than 1: what is spread has to be taken away from the label, by the "
        "factor 1 - ε.": _with_target(lambda x, y, e: _one_hot(x, y) + e / x.shape[1]),
        "The label keeps its 1, and the others get a part: your p sums to more than 1.": (
            _with_target(
                lambda x, y, e: np.where(_one_hot(x, y) == 1, 1, e / x.shape[1])
            ),
            _with_target(
                lambda x, y, e: np.where(_one_hot(x, y) == 1, 1, e / (x.shape[1] - 1))
            ),
        ),
        "Your p sums to less than 1: you took ε away from the label and gave it to no class.": (
            _with_target(lambda x, y, e: (1 - e) * _one_hot(x, y))
        ),
        "You gave each class the whole ε. They share it.": (
            _with_target(lambda x, y, e: (1 - e) * _one_hot(x, y) + e),
            _with_target(lambda x, y, e: np.where(_one_hot(x, y) == 1, 1 - e, e)),
        ),
        "ε and 1 - ε are exchanged: the label should keep the larger share of the certainty.": (
            _with_target(lambda x, y, e: e * _one_hot(x, y) + (1 - e) / x.shape[1])
        ),
        "The mean is missing: divide by the number of samples.": (
            lambda x, labels, epsilon: softmax(x) - _smoothed(x, labels, epsilon)
        ),
        "You divided by the number of classes. The mean is over samples.": (
            lambda x, y, e: (softmax(x) - _smoothed(x, y, e)) / x.shape[1]
        ),
        "You divided by the number of all elements. The mean is over samples.": (
            lambda x, y, e: (softmax(x) - _smoothed(x, y, e)) / x.size
        ),
        "You divided by the number of samples twice.": (
            lambda x, y, e: (softmax(x) - _smoothed(x, y, e)) / len(x) ** 2
        ),
        "The sign is wrong: the gradient is q - p.": lambda x, labels, epsilon: (
            (_smoothed(x, labels, epsilon) - softmax(x)) / len(x)
        ),
        "You smoothed the prediction q. The doubt belongs to the target p.": (
            lambda x, labels, epsilon: (
                (
                    (1 - epsilon) * softmax(x)
                    + epsilon / x.shape[1]
                    - _one_hot(x, labels)
                )
                / len(x)
            )
        ),
        "You smoothed the prediction and the target. The doubt belongs to the target alone.": (
            lambda x, labels, epsilon: (
                (1 - epsilon) * softmax_cross_entropy_gradient(x, labels)
            )
        ),
        "The prediction is missing: that is the target alone.": (
            lambda x, y, e: _smoothed(x, y, e),
            lambda x, y, e: _smoothed(x, y, e) / len(x),
        ),
        "You took the logits for probabilities: softmax comes before the difference.": (
            lambda x, y, e: (x - _smoothed(x, y, e)) / len(x)
        ),
        "Your softmax runs down the columns. Samples are rows: axis=-1.": (
            lambda x, y, e: (softmax(x, axis=0) - _smoothed(x, y, e)) / len(x)
        ),
        "Your softmax takes the whole array at once. Each row is a distribution of its own.": (
            lambda x, y, e: (softmax(x, axis=None) - _smoothed(x, y, e)) / len(x)
        ),
        "Your softmax shifts by the maximum of the whole array. A row far below it underflows "
        "to 0 / 0.": _smoothed_by_one_maximum,
        "ε is divided by the number of samples. The k classes share it.": _with_target(
            lambda x, y, e: (1 - e) * _one_hot(x, y) + e / len(x)
        ),
        "You used the logarithm of q. The gradient contains q itself.": (
            lambda x, y, e: (log_softmax(x) - _smoothed(x, y, e)) / len(x)
        ),
        "exp(1000) is inf, and inf / inf is nan. `softmax` from the package shifts first.": (
            _smoothed_by_naive_softmax
        ),
        "That is the loss. Its gradient has the shape of the logits.": (
            lambda x, y, e: -np.sum(_smoothed(x, y, e) * log_softmax(x)) / len(x)
        ),
        "That is the gradient with respect to the probabilities q. The logits were asked for.": (
            _through_q_smoothed,
            lambda x, y, e: _through_q_smoothed(x, y, e) * len(x),
        ),
        "You multiply by q (1 - q). The slope of the softmax is already part of q - p.": (
            lambda x, y, e: (
                (softmax(x) - _smoothed(x, y, e))
                * softmax(x)
                * (1 - softmax(x))
                / len(x)
            )
        ),
        "`p[:, labels]` changes these columns in *every* row. Each row has its own label.": (
            _with_target(_every_label_in_every_row)
        ),
        "The other classes get no part of ε: your p sums to less than 1.": _with_target(
            lambda x, y, e: _one_hot(x, y) * (1 - e + e / x.shape[1])
        ),
    },
    names=("logits", "labels", "epsilon"),
)


# Counts


def _mean_over(cost):
    def loss(x, t):
        with np.errstate(**_IGNORED):
            return np.mean(cost(x, t))

    return loss


check_count_loss = Check(
    "my_count_loss",
    lambda logits, counts: np.mean(np.exp(logits) - counts * logits),
    [
        (np.array([0.0]), np.array([3])),
        (np.array([1.3]), np.array([0])),
        (np.array([-0.7, 2.2]), np.array([2, 7])),
        (np.array([[0.25], [-1.5], [0.9]]), np.array([[1], [0], [4]])),
        (
            np.array([[1.0, -2.3, 0.4], [3.1, 0.0, 1.7]]),
            np.array([[2, 0, 1], [30, 5, 0]]),
        ),
        (np.array([-800.0, 0.1]), np.array([0, 1])),
        (np.array([-800.0]), np.array([2])),
        (many(12, 11), np.arange(132).reshape(12, 11) % 7),
    ],
    {
        "The part log t! is still there. It depends on t alone.": _mean_over(
            lambda x, t: np.exp(x) - t * x + np.vectorize(lgamma)(t + 1.0)
        ),
        "The mean λ is taken to be the logit itself, which may be negative.": _mean_over(
            lambda x, t: x - t * np.log(x)
        ),
        "Your λ is the positive part, the size or the square of the logit. Its logarithm is not "
        "x.": (
            _mean_over(lambda x, t: np.maximum(x, 0) - t * np.log(np.maximum(x, 0))),
            _mean_over(lambda x, t: abs(x) - t * np.log(abs(x))),
            _mean_over(lambda x, t: x**2 - t * np.log(x**2)),
        ),
        "Your λ is softplus(x). It is positive, but its logarithm is not x: the gradient is not "
        "prediction minus target.": _mean_over(
            lambda x, t: softplus(x) - t * np.log(softplus(x))
        ),
        "Your λ is a sigmoid, which is at most 1. A mean count can be larger.": _mean_over(
            lambda x, t: sigmoid(x) - t * np.log(sigmoid(x))
        ),
        "λ underflows to 0 before you take its logarithm, though that is known exactly.": (
            _mean_over(lambda x, t: np.exp(x) - t * np.log(np.exp(x))),
            _mean_over(lambda x, t: -np.log(np.exp(x) ** t * np.exp(-np.exp(x)))),
        ),
        **{
            f"An ε of {e:g} inside log λ changes the loss where λ is small. The logarithm is "
            "known exactly.": (
                _mean_over(lambda x, t, e=e: np.exp(x) - t * np.log(np.exp(x) + e)),
                _mean_over(
                    lambda x, t, e=e: np.exp(x) - t * np.log(np.maximum(np.exp(x), e))
                ),
            )
            for e in _EPSILONS
        },
        "You added up the elements. The loss is their mean.": (
            lambda x, t: np.sum(np.exp(x) - t * x)
        ),
        "You divided by the number of rows. The mean is over all elements.": (
            lambda x, t: np.sum(np.exp(x) - t * x) / len(x)
        ),
        "Those are the losses of the elements. The loss is one number, their mean.": (
            lambda x, t: np.exp(x) - t * x
        ),
        "The sign is wrong: that is the log-likelihood. A loss is its negative.": (
            _mean_over(lambda x, t: t * x - np.exp(x))
        ),
        "That is the gradient, prediction minus target.": (
            lambda x, t: np.exp(x) - t,
            lambda x, t: (np.exp(x) - t) / x.size,
        ),
        "That is the mean of prediction minus target, the gradient. The loss is asked for.": (
            _mean_over(lambda x, t: np.exp(x) - t)
        ),
        "That is a squared error. Take the negative logarithm of the probability.": (
            _mean_over(lambda x, t: (np.exp(x) - t) ** 2),
            _mean_over(lambda x, t: (np.exp(x) - t) ** 2 / 2),
        ),
        "The term λ is missing, the logarithm of e to the power -λ.": (
            _mean_over(lambda x, t: -t * x),
            _mean_over(lambda x, t: t * x),
        ),
        "You multiply the count by λ. It is multiplied by log λ.": (
            _mean_over(lambda x, t: np.exp(x) - t * np.exp(x))
        ),
        "λ and its logarithm are exchanged.": _mean_over(
            lambda x, t: x - t * np.exp(x)
        ),
        "Your λ is a power of 2. Its natural logarithm is not x.": _mean_over(
            lambda x, t: 2.0**x - t * x
        ),
        "Your λ is exp(-x), which falls as x rises.": _mean_over(
            lambda x, t: np.exp(-x) + t * x
        ),
        "softplus(x) - t x is the loss for yes or no. Which function makes λ of x here?": (
            _mean_over(lambda x, t: softplus(x) - t * x)
        ),
        "The sign of t log λ is wrong: a large λ should make a large count likelier.": (
            _mean_over(lambda x, t: np.exp(x) + t * x)
        ),
        "The logarithm is missing: that is a probability, without its t!.": (
            _mean_over(lambda x, t: np.exp(t * x - np.exp(x))),
            _mean_over(lambda x, t: -np.exp(t * x - np.exp(x))),
        ),
        "The count is missing: log λ is multiplied by t.": (
            _mean_over(lambda x, t: np.exp(x) - x)
        ),
        "That is the answer in bits. Losses are in nats.": (
            _mean_over(lambda x, t: (np.exp(x) - t * x) / np.log(2))
        ),
    },
    names=("logits", "counts"),
)
