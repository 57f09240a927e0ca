"""Checks for the chapter on the sigmoid and the logit."""

import numpy as np

from dlbasics.activations import (
    log_sigmoid,
    logit,
    sigmoid,
    sigmoid_derivative,
    softplus,
    tanh,
)
from dlbasics.exercises._checking import Check
from dlbasics.losses import binary_cross_entropy


def _odds(p):
    return p / (1 - p)


check_posterior = Check(
    "my_posterior",
    lambda prior, ratios: sigmoid(logit(prior) + np.sum(np.log(ratios))),
    [
        (0.5, np.array([3.0])),
        (0.2, np.array([2.0])),
        (0.25, np.array([4.0, 0.5])),
        (0.01, np.array([10.0, 10.0, 10.0])),
        (0.3, np.array([0.5, 4.0, 3.0, 4.0])),
    ],
    {
        "You multiply the probability itself by the ratios, and it may pass 1. The ratios multiply "
        "the odds, p / (1 - p).": lambda p, r: p * np.prod(r),
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
        "You take the prior probability for odds. They are p / (1 - p).": lambda p, r: (
            p * np.prod(r) / (1 + p * np.prod(r))
        ),
        "You add the ratios themselves to the log-odds. Take their logarithms first.": (
            lambda p, r: sigmoid(logit(p) + np.sum(r))
        ),
        "You sum the ratios. Independent evidence multiplies: sum their logarithms.": (
            lambda p, r: sigmoid(logit(p) + np.log(np.sum(r)))
        ),
        "You take the mean of the evidence. All of it counts: add it up.": lambda p, r: (
            sigmoid(logit(p) + np.mean(np.log(r)))
        ),
        "You mix units: log2 counts in bits, but the sigmoid expects nats.": lambda p, r: (
            sigmoid(logit(p) + np.sum(np.log2(r)))
        ),
        "The prior odds stand upside down: p / (1 - p), not (1 - p) / p.": lambda p, r: (
            sigmoid(-logit(p) + np.sum(np.log(r)))
        ),
        "Only the first ratio has an effect.": lambda p, r: sigmoid(
            logit(p) + np.log(r[0])
        ),
        "Only the last ratio has an effect.": lambda p, r: sigmoid(
            logit(p) + np.log(r[-1])
        ),
    },
)


check_sigmoid = Check(
    "my_sigmoid",
    sigmoid,
    [
        (np.array([0.0]),),
        (np.array([-np.log(3), np.log(3)]),),
        (np.array([[-2.0, 0.5], [1.0, 3.0]]),),
        (np.array([0.5, 89.0], dtype=np.float32),),
        (np.array([-89.0, 0.5], dtype=np.float32),),
        (np.array([-100.0, -40.0, 35.0]),),
        (np.array([-1000.0, 1000.0]),),
    ],
    {
        "For a large negative x, exp(-x) overflows. If you chose between two forms with np.where: "
        "it computes both for all elements. exp(-|x|) is safe on both sides.": (
            lambda x: 1 / (1 + np.exp(-x))
        ),
        "For a large positive x, exp(x) overflows: inf / inf. This form is safe for x < 0.": (
            lambda x: np.exp(x) / (1 + np.exp(x))
        ),
        "1 plus or minus a number near 1 keeps no digit of a tiny answer. For x far below 0 the "
        "sigmoid is about exp(x), not 0.": (
            lambda x: 1 - sigmoid(-x),
            lambda x: (1 + np.tanh(x / 2)) / 2,
        ),
        "You clip x: beyond the bounds the answer no longer moves. exp(-|x|) needs none.": tuple(
            lambda x, bound=bound: sigmoid(np.clip(x, -bound, bound))
            for bound in (10, 15, 20, 30, 50, 80, 88)
        ),
        "Your curve falls, as σ(-x): a minus is missing, or two branches are swapped.": lambda x: (
            sigmoid(-x)
        ),
        "With exp(-|x|) both sides look alike: where x is negative, the numerator is exp(-|x|), "
        "not 1.": lambda x: sigmoid(np.abs(x)),
        "With exp(-|x|) both sides look alike: where x is positive, the numerator is 1.": (
            lambda x: sigmoid(-np.abs(x))
        ),
        "That is tanh, from -1 to 1; the sigmoid goes from 0 to 1.": tanh,
        "Those are odds, exp(x). The probability is odds / (1 + odds).": lambda x: (
            np.exp(x)
        ),
        "The answer is right, but in float64: float32 came in. Does a constant or `dtype=` of "
        "yours change it?": lambda x: sigmoid(x.astype(np.float64)),
    },
    atol=0.0,
    names=("x",),
)

check_log_sigmoid = Check(
    "my_log_sigmoid",
    log_sigmoid,
    [
        (np.array([0.0]),),
        (np.array([-2.0, 3.0]),),
        (np.array([-720.0, 720.0]),),
        (np.array([-1000.0, 1000.0]),),
    ],
    {
        "The sigmoid rounds to 0 before you take its log. Take the log on paper.": (
            lambda x: np.log(sigmoid(x))
        ),
        "exp(-x) is inf for a large negative x. The chapter has a form of softplus that "
        "never overflows.": lambda x: -np.log(1 + np.exp(-x)),
        "exp(x) is inf for a large positive x, and x - inf is -inf. The chapter has a form of "
        "softplus that never overflows.": lambda x: x - np.log(1 + np.exp(x)),
        "The sign is turned: a probability is at most 1, so its logarithm is at most 0.": (
            lambda x: -log_sigmoid(x)
        ),
        "That is log(1 - σ(x)): the inner minus is missing.": lambda x: -softplus(x),
        "That is softplus(x). Two signs have to be turned.": lambda x: softplus(x),
        "That is the sigmoid; the logarithm is missing.": sigmoid,
        "Those are bits: log2 gives 1.4427 times as much. The book's losses are in nats.": (
            lambda x: log_sigmoid(x) / np.log(2)
        ),
        "One term is missing beside log(1 + exp(-|x|)): for x below 0, x itself.": (
            lambda x: -np.log1p(np.exp(-np.abs(x)))
        ),
        "Without the term for the other side this is min(x, 0), a curve with a kink.": (
            lambda x: np.minimum(x, 0)
        ),
        "A small number inside the log hides the -inf, and invents an answer: the log can then "
        "never fall below log(ε). Take the log on paper.": tuple(
            lambda x, epsilon=10.0**-digits, inside=inside: np.log(
                inside(sigmoid(x), epsilon)
            )
            for digits in range(5, 17)
            for inside in (np.add, np.maximum)
        ),
    },
    names=("x",),
)


def _through_p(x, t, eps=0.0):
    p = sigmoid(x)
    return -np.mean(t * np.log(p + eps) + (1 - t) * np.log(1 - p + eps))


def _clipped(x, t, eps):
    p = np.clip(sigmoid(x), eps, 1 - eps)
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))


check_binary_cross_entropy = Check(
    "my_binary_cross_entropy",
    binary_cross_entropy,
    [
        (np.array([0.0]), np.array([1.0])),
        (np.array([2.0, -1.0, 0.5]), np.array([1.0, 0.0, 0.0])),
        (np.array([0.5, 1.0, -1.5]), np.array([0.0, 1.0, 0.0])),
        (np.array([1.0, -2.0]), np.array([0.25, 1.0])),
        (np.array([-50.0, 3.0]), np.array([1.0, 1.0])),
        (np.array([1000.0, 40.0]), np.array([1.0, 0.0])),
        (np.array([-1000.0, 1000.0]), np.array([1.0, 0.0])),
    ],
    {
        "A probability is rounded to 0 or 1 before you take its log. Start from the logit.": (
            _through_p
        ),
        "You sum over the samples. The mean does not grow with the batch.": lambda x, t: (
            np.sum(softplus(x) - x * t)
        ),
        "That is one loss for each sample. Return their mean.": lambda x, t: (
            softplus(x) - x * t
        ),
        "Those are bits. The loss is in nats: use the natural logarithm.": lambda x, t: (
            binary_cross_entropy(x, t) / np.log(2)
        ),
        "You take the logits for probabilities. They have to go through the sigmoid first, or "
        "better through softplus.": lambda x, t: (
            -np.mean(t * np.log(x) + (1 - t) * np.log(1 - x))
        ),
        "The sigmoid is applied twice: what comes in are logits.": lambda x, t: (
            _through_p(sigmoid(x), t)
        ),
        "Only the samples with target 1 cost anything. The term (1 - t) log(1 - p) is missing.": (
            lambda x, t: -np.mean(t * log_sigmoid(x))
        ),
        "Only the samples with target 0 cost anything. The term t log p is missing.": (
            lambda x, t: -np.mean((1 - t) * log_sigmoid(-x))
        ),
        "The sign is turned: a loss is never negative.": lambda x, t: (
            -binary_cross_entropy(x, t)
        ),
        "Yes and no are swapped: the loss of a sure and right answer must be near 0.": (
            lambda x, t: binary_cross_entropy(x, 1 - t)
        ),
        "The sign of x t is turned: being right has to lower the loss.": lambda x, t: (
            np.mean(softplus(x) + x * t)
        ),
        "The exponent lacks its bars: log(1 + exp(-|x|)) beside max(x, 0).": lambda x, t: (
            np.mean(np.maximum(x, 0) - x * t + np.log1p(np.exp(-x)))
        ),
        "log(1 + exp(x)) overflows. The chapter has a form of it that does not.": (
            lambda x, t: np.mean(np.log(1 + np.exp(x)) - x * t)
        ),
        "You take every target for a yes or a no. It may lie between: both terms count, with "
        "t and 1 - t.": (
            lambda x, t: np.mean(np.where(t == 1, softplus(-x), softplus(x))),
            lambda x, t: np.mean(np.where(t > 0, softplus(-x), softplus(x))),
        ),
        "One term is missing: log(1 + exp(-|x|)).": lambda x, t: np.mean(
            np.maximum(x, 0) - x * t
        ),
        "That is the squared error of the probabilities.": lambda x, t: np.mean(
            (sigmoid(x) - t) ** 2
        ),
        "A small number inside the log hides the inf, and invents an answer: no sample can then "
        "cost more than -log(ε). Start from the logit.": tuple(
            lambda x, t, epsilon=10.0**-digits, form=form: form(x, t, epsilon)
            for digits in range(5, 17)
            for form in (_through_p, _clipped)
        ),
    },
    names=("logits", "targets"),
)


def _chain(x, depth, slope=lambda x: sigmoid_derivative(x)):
    """The slopes of all layers."""
    slopes = []
    for _ in range(depth):
        slopes.append(slope(x))
        x = sigmoid(x)
    return np.array(slopes)


def _end(x, depth):
    for _ in range(depth):
        x = sigmoid(x)
    return x


check_chain_slope = Check(
    "my_chain_slope",
    lambda x, depth: np.prod(_chain(x, depth)),
    [
        (1.0, 1),
        (0.5, 2),
        (2.0, 3),
        (-1.0, 6),
        (0.0, 2),
    ],
    {
        "1/4 is the slope at 0 only. From the second layer on, the inputs are not 0.": (
            lambda x, depth: 0.25**depth
        ),
        "You take every slope at the first x. Each layer stands where the one before has put it: "
        "carry the value along.": lambda x, depth: sigmoid_derivative(x) ** depth,
        "You take each slope behind its layer. The derivative takes the value before it; from the "
        "value behind it, the slope is a (1 - a).": lambda x, depth: np.prod(
            _chain(sigmoid(x), depth)
        ),
        "a (1 - a) is the slope if a is the activation, σ(x). You put the x itself in.": (
            lambda x, depth: np.prod(_chain(x, depth, lambda x: x * (1 - x)))
        ),
        "The product starts at 0, and stays there.": lambda x, depth: 0.0,
        "Only the first slope counts. Is the `return` inside the loop?": (
            lambda x, depth: _chain(x, depth)[0]
        ),
        "You add the slopes. The chain rule multiplies them.": lambda x, depth: np.sum(
            _chain(x, depth)
        ),
        "That is the slope of the last layer alone. The chain rule multiplies all of them.": (
            lambda x, depth: _chain(x, depth)[-1]
        ),
        "One layer is missing.": lambda x, depth: np.prod(_chain(x, depth - 1)),
        "There is one layer too many.": lambda x, depth: np.prod(_chain(x, depth + 1)),
        "That is the value at the end of the chain, not its slope.": _end,
        "You multiply the activations. The slopes are a (1 - a).": lambda x, depth: (
            np.prod(_chain(x, depth, sigmoid))
        ),
    },
)
