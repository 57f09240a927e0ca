"""Checks for the chapter on the sigmoid and the logit."""

import itertools

import numpy as np

from dlbasics.activations import (
    log_sigmoid,
    logit,
    sigmoid,
    sigmoid_derivative,
    softplus,
    tanh,
)
from dlbasics.exercises._checking import Check, many

# Adding up evidence


def _odds(p):
    return p / (1 - p)


check_posterior = Check(
    "my_posterior",
    lambda prior, ratios: sigmoid(logit(prior) + np.sum(np.log(ratios))),
    [
        (0.5, np.array([3.0])),
        (0.2, np.array([2.0])),
        (0.35, np.array([0.15])),
        (0.25, np.array([4.0, 0.5])),
        (0.01, np.array([10.0, 10.0, 10.0])),
        (0.3, np.array([0.5, 4.0, 3.0, 4.0])),
        (0.7, np.array([])),
        (1e-6, np.array([700.0, 900.0, 1.0, 0.31, 55.0])),
        (0.9, np.array([50.0, 1234.5])),
        (0.1, np.array([1e-4, 0.03])),
        (0.3, 2.0 ** many(12)),
    ],
    {
        "You multiply the probability itself by the ratios. The ratios multiply the odds, "
        "p / (1 - p).": (
            lambda p, r: p * np.prod(r),
            lambda p, r: min(1.0, p * np.prod(r)),
        ),
        "You go back by odds / (1 - odds). The ill are a share of all, ill and healthy.": (
            lambda p, r: _odds(p) * np.prod(r) / (1 - _odds(p) * np.prod(r))
        ),
        "You put the odds into the sigmoid. It expects log-odds.": lambda p, r: sigmoid(
            _odds(p) * np.prod(r)
        ),
        "The prior odds are a factor for each ratio again. They count once.": lambda p, r: (
            sigmoid(len(r) * logit(p) + np.sum(np.log(r)))
        ),
        "Only the largest ratio has an effect.": lambda p, r: sigmoid(
            logit(p) + np.log(np.max(r))
        ),
        "Those are the odds. One step is left: p = odds / (1 + odds).": lambda p, r: (
            _odds(p) * np.prod(r)
        ),
        "Those are log-odds. The sigmoid takes them back to a probability.": lambda p, r: (
            logit(p) + np.sum(np.log(r))
        ),
        "The prior has no effect: its log-odds belong into the sum, too.": lambda p, r: (
            sigmoid(np.sum(np.log(r)))
        ),
        "You add the prior probability to logarithms. First turn it into log-odds, by the logit.": (
            lambda p, r: sigmoid(p + np.sum(np.log(r)))
        ),
        "You take the prior probability for odds, or its logarithm for log-odds. Odds are "
        "p / (1 - p).": (
            lambda p, r: sigmoid(np.log(p) + np.sum(np.log(r))),
            lambda p, r: p * np.prod(r) / (1 + p * np.prod(r)),
        ),
        "You add the ratios themselves to the log-odds. Take their logarithms first.": (
            lambda p, r: sigmoid(logit(p) + np.sum(r))
        ),
        "You sum the ratios. Independent evidence multiplies: sum their logarithms.": (
            lambda p, r: _odds(p) * np.sum(r) / (1 + _odds(p) * np.sum(r))
        ),
        "You add up probabilities, or average them. Evidence adds up in log-odds; steps of "
        "probability do not add up.": (
            lambda p, r: p + np.sum(_share(r)),
            lambda p, r: min(1.0, p + np.sum(_share(r))),
            lambda p, r: p + np.sum(_share(r) - 0.5),
            lambda p, r: np.clip(p + np.sum(_share(r) - 0.5), 0.0, 1.0),
            lambda p, r: np.mean(np.append(_share(r), p)),
        ),
        "You multiply probabilities. What multiplies is the odds, by each ratio.": (
            lambda p, r: p * np.prod(_share(r))
        ),
        "You take the mean of the evidence. All of it counts: add it up.": lambda p, r: (
            sigmoid(logit(p) + np.mean(np.log(r)))
        ),
        "You mix units: log2 counts in bits, but the sigmoid expects nats.": (
            lambda p, r: sigmoid(logit(p) + np.sum(np.log2(r))),
            lambda p, r: sigmoid(np.log2(_odds(p)) + np.sum(np.log2(r))),
        ),
        "You mix units: log10 counts in bans, but the sigmoid expects nats.": (
            lambda p, r: sigmoid(logit(p) + np.sum(np.log10(r))),
            lambda p, r: sigmoid(np.log10(_odds(p)) + np.sum(np.log10(r))),
        ),
        "The prior odds stand upside down: p / (1 - p), not (1 - p) / p.": lambda p, r: (
            sigmoid(-logit(p) + np.sum(np.log(r)))
        ),
        "That is the probability of being healthy: 1 minus the right answer.": lambda p, r: (
            sigmoid(-logit(p) - np.sum(np.log(r)))
        ),
        "The evidence is subtracted: a ratio above 1 has to raise the probability.": (
            lambda p, r: sigmoid(logit(p) - np.sum(np.log(r)))
        ),
        "Only the first ratio has an effect.": lambda p, r: sigmoid(
            logit(p) + np.log(r[0])
        ),
        "Only the last ratio has an effect.": lambda p, r: sigmoid(
            logit(p) + np.log(r[-1])
        ),
        "You return one probability for each ratio. Add up their logarithms first.": (
            lambda p, r: sigmoid(logit(p) + np.log(r)),
            lambda p, r: _odds(p) * r / (1 + _odds(p) * r),
        ),
    },
)


def _share(ratio):
    """What a likelihood ratio would make of 1/2."""
    return ratio / (1 + ratio)


# Signs as a unit


def _unit(
    weight=lambda p, q: logit(p) - logit(q),
    absent=lambda p, q: np.log((1 - p) / (1 - q)),
    start=logit,
    total=np.sum,
):
    """A unit whose bias is `start` of the prior and the `total` of the evidence of absence."""
    return lambda prior, p, q: (weight(p, q), start(prior) + total(absent(p, q)))


def _log_ratio(p, q):
    return np.log(p / q)


def _nothing(p, q):
    return 0 * p


check_unit = Check(
    "my_unit",
    _unit(),
    [
        (0.5, np.array([0.75]), np.array([0.25])),
        (0.2, np.array([0.75]), np.array([0.5])),
        (0.1, np.array([0.3]), np.array([0.05])),
        (0.3, np.array([0.9, 0.2]), np.array([0.4, 0.7])),
        (0.01, np.array([0.9, 0.1, 0.5]), np.array([0.09, 0.35, 0.5])),
        (0.65, np.array([0.999, 1e-5, 0.31, 0.6]), np.array([0.02, 0.07, 0.3, 0.99])),
        (0.4, np.array([1e-13, 0.5]), np.array([3e-12, 1 - 1e-9])),
        (0.3, (many(12) + 1.1) / 2.2, (many(12, start=30) + 1.1) / 2.2),
    ],
    {
        "In your unit an absent sign is no evidence. It is: at x = 0 the probabilities "
        "1 - given_ill and 1 - given_healthy count.": _unit(_log_ratio, _nothing),
        "Your bias is that of the prior alone. At x = 0 all signs are absent, and that is "
        "evidence, too.": _unit(absent=_nothing),
        "Your weights lead from nothing known to a sign seen. They have to lead from absent to "
        "seen: the bias already counts each sign as absent.": _unit(_log_ratio),
        "You leave the prior out: its log-odds belong into the bias.": _unit(
            start=lambda prior: 0.0
        ),
        "You add the prior probability to log-odds. It needs the logit first.": _unit(
            start=lambda prior: prior
        ),
        "You take the logarithm of the prior. Log-odds are log(p / (1 - p)).": _unit(
            start=np.log
        ),
        "Ill and healthy are swapped in the weights.": _unit(
            lambda p, q: logit(q) - logit(p)
        ),
        "Ill and healthy are swapped in the bias.": _unit(
            absent=lambda p, q: np.log((1 - q) / (1 - p))
        ),
        "Ill and healthy are swapped, in the weights and in the bias.": _unit(
            lambda p, q: logit(q) - logit(p), lambda p, q: np.log((1 - q) / (1 - p))
        ),
        "Your bias counts every sign as seen. At x = 0 they are absent.": (
            _unit(absent=_log_ratio),
            _unit(_log_ratio, _log_ratio),
        ),
        "You sum the ratios of the absent signs. Independent evidence multiplies: sum their "
        "logarithms.": _unit(total=lambda parts: np.log(np.sum(np.exp(parts)))),
        "In the weights you add ill and healthy. Evidence compares them: subtract.": _unit(
            lambda p, q: logit(p) + logit(q)
        ),
        "Your bias looks at the ill alone. Evidence compares: how much more often would the "
        "healthy lack this sign?": _unit(absent=lambda p, q: np.log(1 - p)),
        "Your weights look at the ill alone. Evidence compares them with the healthy.": (
            _unit(lambda p, q: logit(p)),
            _unit(lambda p, q: np.log(p)),
            _unit(lambda p, q: logit(p), _nothing),
            _unit(lambda p, q: np.log(p), _nothing),
        ),
        "Your weights are ratios. Their logarithms add up.": (
            _unit(lambda p, q: p / q),
            _unit(lambda p, q: p / q, _nothing),
            _unit(lambda p, q: p / q, _nothing, _odds),
            _unit(lambda p, q: _odds(p) / _odds(q)),
        ),
        "Your weights are differences of probabilities. In log-odds evidence adds up, in "
        "probabilities it does not.": _unit(lambda p, q: p - q),
        "You code an absent sign as -1. Here it is 0.": lambda prior, p, q: (
            (logit(p) - logit(q)) / 2,
            logit(prior) + np.sum(np.log(p * (1 - p) / (q * (1 - q)))) / 2,
        ),
        "Your bias is a probability. Leave it in log-odds.": lambda prior, p, q: (
            _unit()(prior, p, q)[0],
            sigmoid(_unit()(prior, p, q)[1]),
        ),
        "Your bias is odds. Their logarithm is missing.": lambda prior, p, q: (
            _unit()(prior, p, q)[0],
            np.exp(_unit()(prior, p, q)[1]),
        ),
        "Your bias is 0. The prior and the absent signs belong into it.": (
            _unit(absent=_nothing, start=lambda prior: 0.0),
            _unit(_log_ratio, _nothing, lambda prior: 0.0),
        ),
        "The prior belongs into the bias, once, and not into each weight.": (
            lambda prior, p, q: (
                _unit()(prior, p, q)[0] + logit(prior),
                _unit()(prior, p, q)[1],
            ),
            lambda prior, p, q: (
                _unit()(prior, p, q)[0] + logit(prior),
                np.sum(np.log((1 - p) / (1 - q))),
            ),
        ),
        "Your bias is a vector: add up the evidence of all signs.": _unit(
            total=lambda parts: parts
        ),
        "Your bias takes the mean of the evidence. All of it counts: add it up.": _unit(
            total=np.mean
        ),
        "You mix units: log2 counts in bits, but the sigmoid expects nats.": (
            lambda prior, p, q: tuple(
                part / np.log(2) for part in _unit()(prior, p, q)
            ),
            _unit(lambda p, q: (logit(p) - logit(q)) / np.log(2)),
            _unit(absent=lambda p, q: np.log2((1 - p) / (1 - q))),
        ),
        "The weights come first, then the bias.": lambda prior, p, q: _unit()(
            prior, p, q
        )[::-1],
    },
    names=("prior", "given_ill", "given_healthy"),
    parts=("w", "b"),
)


# Three bugs in a logistic regression


def _fit(
    error=lambda a, t: a - t,
    grad_w=lambda X, e: X.T @ e / len(e),
    grad_b=np.mean,
    activate=sigmoid,
    start=0.0,
    more=0,
    once=False,
):
    """Gradient descent, with its parts to be replaced by faulty ones."""

    def fit(X, t, learning_rate, steps):
        w, b = np.full(X.shape[1], start), start
        for _ in range(min(steps, 1) if once else steps + more):
            e = error(activate(X @ w + b), t)
            w = w - learning_rate * grad_w(X, e)
            b = b - learning_rate * grad_b(e)
        return w, b

    return fit


def _one_after_the_other(X, t, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        w = w - learning_rate * X.T @ (sigmoid(X @ w + b) - t) / len(t)
        b = b - learning_rate * np.mean(sigmoid(X @ w + b) - t)
    return w, b


def _sample_by_sample(X, t, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        for x, target in zip(X, t):
            e = sigmoid(x @ w + b) - target
            w, b = w - learning_rate * e * x, b - learning_rate * e
    return w, b


def _without_bias_in_the_sum(X, t, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        e = sigmoid(X @ w) - t
        w, b = w - learning_rate * X.T @ e / len(t), b - learning_rate * np.mean(e)
    return w, b


SLOPES = [  # of the activation as if it were the sum, and the right one
    lambda a, t: (a - t) * sigmoid_derivative(a),
    lambda a, t: (a - t) * a * (1 - a),
]
BUGS = {
    "the slope of the sigmoid is still a factor of the error": {"error": SLOPES},
    "w is moved up the slope of the loss": {"grad_w": [lambda X, e: -X.T @ e / len(e)]},
    "the step of b grows with the number of samples": {"grad_b": [np.sum]},
}


def _with_bugs():
    """A hint for each selection of the three bugs, with the functions that still have them."""
    hints = {}
    for count in (1, 2, 3):
        for names in itertools.combinations(BUGS, count):
            bugs = {part: forms for name in names for part, forms in BUGS[name].items()}
            number = {1: "One bug is", 2: "Two bugs are", 3: "All three bugs are"}[
                count
            ]
            hints[f"{number} left: {'; '.join(names)}."] = tuple(
                _fit(**dict(zip(bugs, chosen)))
                for chosen in itertools.product(*bugs.values())
            )
    return hints


_X = np.array([[0.5, -1.25, 2.0], [1.5, 0.75, -0.5], [-2.0, 0.3, 1.1], [0.2, 3.0, 0.7]])

check_fit = Check(
    "my_fit",
    _fit(),
    [
        (np.array([[1.0]]), np.array([1.0]), 0.5, 1),
        (np.array([[2.0]]), np.array([0.0]), 0.4, 2),
        (np.array([[2.0], [-1.0], [3.5]]), np.array([1.0, 0.0, 1.0]), 0.5, 1),
        (np.array([[2.0], [-1.0], [3.5]]), np.array([1.0, 0.0, 0.0]), 0.5, 3),
        (_X[:1], np.array([0.25]), 0.3, 2),
        (_X[:3], np.array([1.0, 0.0, 1.0]), 0.2, 3),
        (_X, np.array([1.0, 0.0, 0.75, 0.0]), 1.5, 5),
        (_X, np.array([0.0, 1.0, 1.0, 0.0]), 0.5, 0),
        (_X[:, :2], np.array([0.0, 1.0, 1.0, 0.0]), 0.05, 40),
        (np.array([[900.0, 1e-3], [-700.0, 2e-3]]), np.array([0.0, 1.0]), 1.0, 3),
        (many(12, 13), (many(12) > 0) * 1.0, 0.7, 11),
    ],
    _with_bugs()
    | {
        "You descend on the sum of the losses. The loss is their mean.": _fit(
            grad_w=lambda X, e: X.T @ e, grad_b=np.sum
        ),
        "The step of w grows with the number of samples: the loss is a mean.": _fit(
            grad_w=lambda X, e: X.T @ e
        ),
        "You climb: both w and b are moved up the slope of the loss.": _fit(
            error=lambda a, t: t - a
        ),
        "b is moved up the slope of the loss.": _fit(grad_b=lambda e: -np.mean(e)),
        "w has already moved when you compute the step of b. Both gradients are taken at the "
        "same place.": _one_after_the_other,
        "The sigmoid is missing: that fits a straight line to the targets.": _fit(
            activate=lambda x: x
        ),
        "You round the answers to 0 or 1 before you compare. The loss needs the probabilities.": (
            _fit(activate=lambda x: (x >= 0) * 1.0),
            _fit(activate=lambda x: (x > 0) * 1.0),
        ),
        "Only the first step is done. Is the `return` inside the loop?": _fit(
            once=True
        ),
        "One step is missing.": _fit(more=-1),
        "There is one step too many.": _fit(more=1),
        "You start at 1. Weights and bias start at 0.": _fit(start=1.0),
        "The gradient is twice as large as it should be.": _fit(
            error=lambda a, t: 2 * (a - t)
        ),
        "The learning rate has no effect.": lambda X, t, learning_rate, steps: _fit()(
            X, t, 1.0, steps
        ),
        "Each sample gets a step of its own. One step is made of all samples together.": (
            _sample_by_sample
        ),
        "The bias is missing in the sum.": _without_bias_in_the_sum,
        "You use tanh. Targets from 0 to 1 belong to the sigmoid.": _fit(activate=tanh),
        "In the gradient with respect to w you divide by the number of inputs. The mean is "
        "taken over the samples.": _fit(grad_w=lambda X, e: X.T @ e / X.shape[1]),
        "In the gradient with respect to w you divide by the number of elements of X. The mean "
        "is taken over the samples.": _fit(grad_w=lambda X, e: X.T @ e / X.size),
        "All weights get the same step: your mean runs over the inputs as well.": _fit(
            grad_w=lambda X, e: 0 * X[0] + np.mean(X * e[:, None])
        ),
        "Both steps go up the slope of the loss, and that of b grows with the number of "
        "samples.": _fit(error=lambda a, t: t - a, grad_b=np.sum),
        "b never moves from 0.": _fit(grad_b=lambda e: 0.0),
        "w never moves from 0.": _fit(grad_w=lambda X, e: 0 * X[0]),
        "The inputs are missing in the gradient with respect to w.": _fit(
            grad_w=lambda X, e: 0 * X[0] + np.mean(e)
        ),
    },
    names=("X", "t", "learning_rate", "steps"),
    parts=("w", "b"),
)


# A yes that counts more


def _weighted(
    yes=lambda x, t, k: k * t,
    no=lambda x, t, k: 1 - t,
    mean=np.mean,
    part=lambda g, w: g / len(g),
):
    """Loss and gradient, where `yes` and `no` are the weights of the two costs."""

    def loss_and_gradient(x, t, k):
        a, b = yes(x, t, k), no(x, t, k)
        loss = mean(a * softplus(-x) + b * softplus(x))
        return loss, part(b * sigmoid(x) - a * sigmoid(-x), a + b)

    return loss_and_gradient


def _loss_of(first, second):
    """The loss of one, the gradient of another."""
    return lambda *args: (first(*args)[0], second(*args)[1])


def _through_q(inside):
    """The loss by way of the probability, with a way to keep it off 0 and 1."""

    def loss_and_gradient(x, t, k):
        q = sigmoid(x)
        loss = -np.mean(k * t * np.log(inside(q)) + (1 - t) * np.log(inside(1 - q)))
        return loss, _weighted()(x, t, k)[1]

    return loss_and_gradient


def _clipped_q(epsilon):
    def loss_and_gradient(x, t, k):
        q = np.clip(sigmoid(x), epsilon, 1 - epsilon)
        loss = -np.mean(k * t * np.log(q) + (1 - t) * np.log(1 - q))
        return loss, _weighted()(x, t, k)[1]

    return loss_and_gradient


def _in_front(front):
    """The plain loss of each sample, and its gradient, times a weight."""

    def loss_and_gradient(x, t, k):
        losses, errors = softplus(x) - x * t, sigmoid(x) - t
        return np.mean(front(t, k) * losses), front(t, k) * errors / len(x)

    return loss_and_gradient


FRONTS = (
    lambda t, k: k * t + 1 - t,
    lambda t, k: np.where(t > 0, k, 1.0),
    lambda t, k: np.where(t >= 0.5, k, 1.0),
    lambda t, k: np.where(t > 0.5, k, 1.0),
    lambda t, k: np.where(t == 1, k, 1.0),
)
_right = _weighted()
_plain = _weighted(lambda x, t, k: t)

check_weighted_loss = Check(
    "my_weighted_loss",
    _right,
    [
        (np.array([0.0]), np.array([1.0]), 3.0),
        (np.array([np.log(3)]), np.array([0.0]), 3.0),
        (np.array([2.0, -1.0, 0.5]), np.array([1.0, 0.0, 0.0]), 2.0),
        (np.array([0.5, 1.0, -1.5]), np.array([0.0, 1.0, 1.0]), 1.0),
        (np.array([1.0, -2.0]), np.array([0.25, 0.9]), 5.0),
        (np.array([0.3, -0.8, 1.7, 2.2]), np.array([0.0, 1.0, 0.4, 1.0]), 0.35),
        (np.array([-50.0, 3.0]), np.array([1.0, 1.0]), 10.0),
        (np.array([40.0, 1.5]), np.array([0.0, 1.0]), 4.0),
        (np.array([1000.0, -3.0]), np.array([1.0, 0.0]), 4.0),
        (np.array([-1000.0, 1000.0, -2.5]), np.array([1.0, 0.0, 0.5]), 2.5),
        (3 * many(12), (many(12, start=7) > 0) * 1.0, 2.5),
    ],
    {
        "The weight has no effect.": _plain,
        "The weight has no effect on the gradient.": _loss_of(_right, _plain),
        "The weight has no effect on the loss.": _loss_of(_plain, _right),
        "You weight the whole loss. Only the cost of a yes counts `weight` times.": (
            _weighted(lambda x, t, k: k * t, lambda x, t, k: k * (1 - t))
        ),
        "You weight the whole gradient. Only its part for the yes counts `weight` times.": (
            _loss_of(
                _right, _weighted(lambda x, t, k: k * t, lambda x, t, k: k * (1 - t))
            )
        ),
        "You weight the cost of a no. It is the yes that counts `weight` times.": _weighted(
            lambda x, t, k: t, lambda x, t, k: k * (1 - t)
        ),
        "In the gradient you weight the no. It is the yes that counts `weight` times.": (
            _loss_of(_right, _weighted(lambda x, t, k: t, lambda x, t, k: k * (1 - t)))
        ),
        "Your gradient is σ(x) - weight · t. A yes that counts more does so with its slope "
        "σ(x) - 1, not with its target alone.": _loss_of(
            _right, lambda x, t, k: (0, (sigmoid(x) - k * t) / len(x))
        ),
        "You divide by the sum of the weights. The mean over the samples was asked for.": (
            lambda x, t, k: (
                np.sum(k * t * softplus(-x) + (1 - t) * softplus(x))
                / np.sum(k * t + 1 - t),
                ((1 - t) * sigmoid(x) - k * t * sigmoid(-x)) / np.sum(k * t + 1 - t),
            )
        ),
        "Your loss is a sum over the samples; the gradient is that of the mean.": _loss_of(
            _weighted(mean=np.sum), _right
        ),
        "Your gradient is that of the sum; the loss is a mean over the samples.": _loss_of(
            _right, _weighted(part=lambda g, w: g)
        ),
        "You sum over the samples. The mean does not grow with the batch.": _weighted(
            mean=np.sum, part=lambda g, w: g
        ),
        "Your gradient is one number. Each logit has its own.": _weighted(
            part=lambda g, w: np.mean(g)
        ),
        "Your gradient has the opposite sign in every entry.": _weighted(
            part=lambda g, w: -g / len(g)
        ),
        "A probability is rounded to 0 or 1 before you take its log. Start from the logit.": (
            _through_q(lambda q: q)
        ),
        "A small number inside the log hides the inf, and invents an answer. Start from the "
        "logit.": tuple(
            _through_q(keep)
            for digits in range(5, 17)
            for keep in (
                lambda q, e=10.0**-digits: q + e,
                lambda q, e=10.0**-digits: np.maximum(q, e),
                lambda q, e=10.0**-digits: np.clip(q, e, 1 - e),
            )
        )
        + tuple(_clipped_q(10.0**-digits) for digits in range(5, 17)),
        "You clip the logits: beyond the bounds the answer no longer moves.": tuple(
            lambda x, t, k, bound=bound: _right(np.clip(x, -bound, bound), t, k)
            for bound in (10, 15, 20, 30, 36, 50, 80, 88, 100, 500, 700, 709)
        ),
        "log(1 + exp(...)) overflows. The chapter has a form of it that does not.": _loss_of(
            lambda x, t, k: [
                np.mean(
                    k * t * np.log(1 + np.exp(-x)) + (1 - t) * np.log(1 + np.exp(x))
                )
            ],
            _right,
        ),
        "You take every target for a yes or a no. It may lie between: both costs count, with "
        "t and 1 - t.": (
            _weighted(lambda x, t, k: k * (t == 1), lambda x, t, k: 1.0 * (t != 1)),
            _weighted(lambda x, t, k: k * (t > 0), lambda x, t, k: 1.0 * (t == 0)),
            _weighted(lambda x, t, k: k * (t >= 0.5), lambda x, t, k: 1.0 * (t < 0.5)),
            _weighted(lambda x, t, k: k * (t > 0.5), lambda x, t, k: 1.0 * (t <= 0.5)),
        ),
        "The loss is in bits. It was asked for in nats.": (
            _loss_of(lambda x, t, k: [_right(x, t, k)[0] / np.log(2)], _right),
            lambda x, t, k: tuple(part / np.log(2) for part in _right(x, t, k)),
        ),
        "Your loss has a weight in front of both costs of a sample. Where the target lies between "
        "0 and 1, only its cost of a yes counts `weight` times.": tuple(
            _loss_of(_in_front(front), other)
            for front in FRONTS
            for other in (_right, _in_front(front))
        ),
        "Your gradient is q - t times a weight. Where the target lies between 0 and 1, only its "
        "part for the yes counts `weight` times.": tuple(
            _loss_of(_right, _in_front(front)) for front in FRONTS
        ),
        "You weight x t alone. The cost of a yes has softplus in it, too.": (
            _loss_of(lambda x, t, k: [np.mean(softplus(x) - k * x * t)], _right),
            lambda x, t, k: (
                np.mean(softplus(x) - k * x * t),
                (sigmoid(x) - k * t) / len(x),
            ),
        ),
        "Yes and no are swapped in the loss: a sure and right answer has to cost little.": (
            _loss_of(
                lambda x, t, k: [np.mean(k * t * softplus(x) + (1 - t) * softplus(-x))],
                _right,
            ),
            lambda x, t, k: (
                np.mean(k * t * softplus(x) + (1 - t) * softplus(-x)),
                (k * t * sigmoid(x) - (1 - t) * sigmoid(-x)) / len(x),
            ),
        ),
        "The sigmoid is applied twice: what comes in are logits.": lambda x, t, k: (
            _right(sigmoid(x), t, k)
        ),
        "Your gradient is the one with respect to the probability q. The logit was asked for.": (
            _loss_of(
                _right,
                lambda x, t, k: (
                    0,
                    ((1 - t) / (1 - sigmoid(x)) - k * t / sigmoid(x)) / len(x),
                ),
            )
        ),
        "The loss is a squared error of the probabilities.": (
            _loss_of(
                lambda x, t, k: [np.mean((k * t + 1 - t) * (sigmoid(x) - t) ** 2)],
                _right,
            ),
            _loss_of(
                lambda x, t, k: [
                    np.mean(k * t * sigmoid(-x) ** 2 + (1 - t) * sigmoid(x) ** 2)
                ],
                _right,
            ),
        ),
        "Only the samples with a yes cost anything. The cost of a no is missing.": _weighted(
            no=lambda x, t, k: 0 * t
        ),
        "Your gradient still has the slope of the sigmoid as a factor. It has cancelled.": (
            _loss_of(
                _right,
                lambda x, t, k: (0, _right(x, t, k)[1] * sigmoid_derivative(x)),
            )
        ),
        "The loss comes first, then the gradient.": lambda x, t, k: _right(x, t, k)[
            ::-1
        ],
        "Your loss is one cost for each sample. Take their mean.": (
            _weighted(mean=lambda costs: costs),
            _weighted(mean=lambda costs: costs, part=lambda g, w: g),
        ),
    },
    names=("logits", "targets", "weight"),
    parts=("loss", "grad"),
)


# Through many layers


def _factors(x, weights, slope=sigmoid_derivative, into=np.multiply, keep=True):
    """The factor of each layer."""
    factors = []
    for w in weights:
        z = into(w, x)
        factors.append((w if keep else 1.0) * slope(z))
        x = sigmoid(z)
    return np.array(factors)


def _ends(x, weights):
    for w in weights:
        x = sigmoid(w * x)
    return x


def _inputs(x, weights):
    """What enters each layer."""
    return np.array([_ends(x, weights[:i]) for i in range(len(weights))])


def _central(h):
    return lambda x, weights: (_ends(x + h, weights) - _ends(x - h, weights)) / (2 * h)


def _forward(h):
    return lambda x, weights: (_ends(x + h, weights) - _ends(x, weights)) / h


def _without_weights_inside(x, weights):
    return np.prod(weights) * np.prod(_factors(x, np.ones(len(weights))))


def _behind_with_weight(x, weights):
    slope = 1.0
    for w in weights:
        x = sigmoid(w * x)
        slope *= w * sigmoid_derivative(w * x)
    return slope


def _at_the_inputs(x, weights):
    slope = 1.0
    for w in weights:
        slope *= w * sigmoid_derivative(x)
        x = sigmoid(w * x)
    return slope


check_chain_slope = Check(
    "my_chain_slope",
    lambda x, weights: np.prod(_factors(x, weights)),
    [
        (1.0, np.array([1.0])),
        (0.5, np.array([2.0])),
        (0.7, np.array([-1.5])),
        (0.5, np.array([2.0, -1.0])),
        (0.0, np.array([4.0, 0.5])),
        (2.0, np.array([0.5, 1.5, -2.5])),
        (0.3, np.array([1.0, 0.0, 2.0])),
        (-1.0, np.array([3.0, 1.0, -2.0, 0.25, 5.0, -0.7])),
        (0.4, np.linspace(-9, -3, 13)),
        (-0.16, np.ones(20)),
        (0.2, np.full(45, 3.1)),
    ],
    {
        "You leave the weights out of the product. The derivative of σ(w x) with respect to x has "
        "w as a factor.": lambda x, weights: np.prod(_factors(x, weights, keep=False)),
        "You leave the weights out of the sums: the next layer takes the slope at w times the "
        "activation.": _without_weights_inside,
        "You have no weights at all: every layer counts as one with the weight 1.": (
            lambda x, weights: np.prod(_factors(x, np.ones(len(weights))))
        ),
        "You take every slope at the first x. Each layer stands where the one before has put it: "
        "carry the value along.": lambda x, weights: np.prod(
            weights * sigmoid_derivative(weights * x)
        ),
        "1/4 is the slope at 0 only. From the second layer on, the inputs are not 0.": (
            lambda x, weights: np.prod(weights * 0.25)
        ),
        "You take each slope behind its layer. The derivative takes the value before it; from the "
        "value behind it, the slope is a (1 - a).": (
            lambda x, weights: np.prod(
                _factors(x, weights, lambda z: sigmoid_derivative(sigmoid(z)))
            ),
            _behind_with_weight,
        ),
        "a (1 - a) is the slope if a is the activation. You put in the sum.": (
            lambda x, weights: np.prod(_factors(x, weights, lambda z: z * (1 - z)))
        ),
        "You multiply the activations. The slopes are a (1 - a).": lambda x, weights: (
            np.prod(_factors(x, weights, sigmoid))
        ),
        "The weights are taken from the last to the first.": lambda x, weights: np.prod(
            _factors(x, weights[::-1])
        ),
        "You add the weights to the values. A unit multiplies its input by its weight.": (
            lambda x, weights: np.prod(_factors(x, weights, into=np.add, keep=False)),
            lambda x, weights: np.prod(_factors(x, weights, into=np.add)),
        ),
        "You add the factors of the layers. The chain rule multiplies them.": (
            lambda x, weights: np.sum(_factors(x, weights))
        ),
        "Only the first layer counts. Is the `return` inside the loop?": (
            lambda x, weights: _factors(x, weights)[0]
        ),
        "That is the factor of the last layer alone. The chain rule multiplies all of them.": (
            lambda x, weights: _factors(x, weights)[-1],
            lambda x, weights: _factors(x, weights, keep=False)[-1],
            lambda x, weights: np.prod(weights) * _factors(x, weights, keep=False)[-1],
        ),
        "You take each slope at the input of the unit. The sigmoid is applied to the sum, w times "
        "the input.": _at_the_inputs,
        "The first layer is missing.": (
            lambda x, weights: np.prod(_factors(x, weights)[1:]),
            lambda x, weights: np.prod(_factors(x, weights[1:])),
        ),
        "The first weight counts twice.": lambda x, weights: (
            weights[0] * np.prod(_factors(x, weights))
        ),
        "Each weight counts twice.": lambda x, weights: (
            np.prod(weights) * np.prod(_factors(x, weights))
        ),
        "Of the weights, only the last is in the product.": lambda x, weights: (
            weights[-1] * np.prod(_factors(x, weights, keep=False))
        ),
        "You add the weights up. Each layer multiplies by its own.": lambda x, weights: (
            np.sum(weights) * np.prod(_factors(x, weights, keep=False))
        ),
        "The slope is not a (1 + a): mind the sign.": lambda x, weights: np.prod(
            _factors(x, weights, lambda z: sigmoid(z) * (1 + sigmoid(z)))
        ),
        "The product starts at 0, and stays there.": lambda x, weights: 0.0,
        "The last layer is missing.": lambda x, weights: np.prod(
            _factors(x, weights)[:-1]
        ),
        "The first weight is missing in the product: that is the derivative with respect to the "
        "first sum.": lambda x, weights: np.prod(
            _factors(x, weights) / np.append(weights[0], np.ones(len(weights) - 1))
        ),
        "That is the value at the end of the chain, not its slope.": _ends,
        "Your answer loses its sign: a negative weight turns the slope.": lambda x, weights: (
            abs(np.prod(_factors(x, weights)))
        ),
        "The next layer gets the sum, w times the input. The sigmoid of it is missing.": (
            lambda x, weights: np.prod(
                weights * sigmoid_derivative(x * np.cumprod(weights))
            )
        ),
        "In a (1 - a), a is what leaves the layer. You put in what enters it.": (
            lambda x, weights: np.prod(
                weights * _inputs(x, weights) * (1 - _inputs(x, weights))
            )
        ),
        "You multiply by the input of each layer: that is the derivative with respect to its "
        "weight. With respect to its input, the factor is the weight.": (
            lambda x, weights: np.prod(
                _inputs(x, weights) * _factors(x, weights, keep=False)
            )
        ),
        "The product starts at x. It starts at 1.": (
            lambda x, weights: x * np.prod(_factors(x, weights))
        ),
        "You return the factor of each layer. The chain rule multiplies them.": _factors,
        "That is a numerical gradient. In a long chain nothing is left of it but rounding: "
        "multiply the slopes of the layers.": tuple(
            difference(10.0**-digits)
            for digits in range(2, 11)
            for difference in (_central, _forward)
        ),
    },
    names=("x", "weights"),
    atol=0.0,
)


# A logit from a log-probability

check_logit_from_log = Check(
    "my_logit_from_log",
    lambda log_p: log_p - np.log(-np.expm1(log_p)),
    [
        (np.array([-np.log(2)]),),
        (np.array([np.log(0.75), np.log(0.25), -0.01]),),
        (np.array([[-1.3], [-0.2]]),),
        (np.array([[[-3.0, -0.7]], [[-0.1, -12.0]]]),),
        (np.array([-14.0, -0.003, -1e-5, -1e-8]),),
        (np.array([-40.0, -1000.0, -2.5e7]),),
        (np.array([-1e-12, -1e-20, -1e-300]),),
        (np.array([-0.3, -200.0, -1e-12], dtype=np.float32),),
        (many(3, 2, 12) - 1.5,),
    ],
    {
        "exp rounds to 0 or to 1 before you take the logit. Put p = exp(log p) into "
        "log p - log(1 - p) on paper first: one logarithm is given.": (
            lambda y: np.log(np.exp(y) / (1 - np.exp(y))),
            lambda y: np.log(np.exp(y)) - np.log(1 - np.exp(y)),
        ),
        "For log p near 0, exp(log p) is rounded to 1, or close to it, and 1 - p loses its "
        "digits. Which function computes exp(u) - 1 without that loss?": (
            lambda y: y - np.log(1 - np.exp(y)),
            lambda y: y - np.log1p(-np.exp(y)),
        ),
        "exp rounds to 0 for a very negative log p. The first logarithm, log p, is given: "
        "there is no need for exp and log.": (
            lambda y: np.log(np.exp(y) / -np.expm1(y)),
            lambda y: np.log(np.exp(y)) - np.log(-np.expm1(y)),
            lambda y: -np.log(np.expm1(-y)),
            lambda y: -np.log(np.exp(-y) - 1),
        ),
        "The logarithm of a negative number is nan. Here log p is negative, and so is "
        "exp(log p) - 1.": (
            lambda y: np.log(y / (1 - y)),
            lambda y: y - np.log(np.expm1(y)),
        ),
        "That is one 1 too many: -expm1(log p) is 1 - p already.": (
            lambda y: y - np.log1p(-np.expm1(y)),
            lambda y: y - np.log(1 - np.expm1(y)),
        ),
        "In the second term you take log p for p.": lambda y: y - np.log1p(-y),
        "That is the logarithm of -log p. The second term is that of 1 - p.": lambda y: (
            np.log(-y)
        ),
        "Those are bits. Natural logarithms came in, and nats are to come out.": lambda y: (
            (y - np.log(-np.expm1(y))) / np.float32(np.log(2))
            if y.dtype == np.float32
            else (y - np.log(-np.expm1(y))) / np.log(2)
        ),
        "That is log(1 - p). One term of the logit is missing.": lambda y: np.log(
            -np.expm1(y)
        ),
        "That is -log(1 - p). One term of the logit is missing.": lambda y: (
            -np.log(-np.expm1(y))
        ),
        "That is the log-probability itself. It is close to the logit only where p is tiny.": (
            lambda y: +y
        ),
        "You add the two logarithms. The odds are p divided by 1 - p.": lambda y: (
            y + np.log(-np.expm1(y))
        ),
        "The sign is turned: a small probability has negative log-odds.": lambda y: (
            np.log(-np.expm1(y)) - y
        ),
        "Those are the odds. Their logarithm is missing.": (
            lambda y: np.exp(y) / (1 - np.exp(y)),
            lambda y: np.exp(y) / -np.expm1(y),
        ),
        "That is log p - log(1 + p): the sign of p is turned.": lambda y: log_sigmoid(
            y
        ),
        "You subtract 1 - p itself. Its logarithm is missing.": (
            lambda y: y - (1 - np.exp(y)),
            lambda y: y + np.expm1(y),
        ),
        "A small number inside the log, or a clip, hides the inf and invents an answer.": tuple(
            form
            for digits in range(5, 17)
            for form in (
                lambda y, e=10.0**-digits: y - np.log(1 - np.exp(y) + e),
                lambda y, e=10.0**-digits: logit(np.clip(np.exp(y), e, 1 - e)),
                lambda y, e=10.0**-digits: np.log(
                    (np.exp(y) + e) / (1 - np.exp(y) + e)
                ),
            )
        ),
    },
    names=("log_p",),
    atol=0.0,
)
