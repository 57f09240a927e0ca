"""Checks for the chapter on softmax and LogSumExp."""

import numpy as np

from dlbasics.exercises._checking import Check
from dlbasics.softmax import log_softmax, logsumexp, softmax

_ROWS = np.array([[1.0, 2.0, 3.0], [2.0, 2.0, 2.0]])
_FAR_APART = np.array([[1000.0, 1001.0], [-1000.0, -1001.0]])


def _exps(x):
    return np.exp(x - np.max(x, axis=-1, keepdims=True))


def _forget_one(x):
    wrong_sum = (
        _exps(x).sum(axis=-1, keepdims=True) - _exps(x)[..., -1:] + np.exp(x[..., -1:])
    )
    return _exps(x) / wrong_sum


check_logsumexp = Check(
    "my_logsumexp",
    lambda x: logsumexp(x),
    [
        (np.array([0.0, 0.0]),),
        (np.array([1.0, 2.0, 3.0]),),
        (np.array([-1.0, -2.0]),),
        (np.array([1000.0, 1000.0]),),
        (np.array([-1000.0, -1001.0]),),
    ],
    {
        "You subtract the maximum, but never add it back: LSE moves with the shift.": (
            lambda x: np.log(np.sum(np.exp(x - np.max(x))))
        ),
        "exp(1000) is inf, and exp(-1000) is 0. Subtract the maximum before you take exp.": (
            lambda x: np.log(np.sum(np.exp(x)))
        ),
        "That is the maximum itself. LSE lies above it, by at most log n.": lambda x: (
            np.max(x)
        ),
        "You take the mean of the exponentials. LSE takes their sum.": (
            lambda x: np.max(x) + np.log(np.mean(np.exp(x - np.max(x))))
        ),
        "The logarithm is missing: this is the sum of the exponentials.": (
            lambda x: np.sum(np.exp(x))
        ),
        "The logarithm of each exponential gives the score back. First the sum, then the log.": (
            lambda x: np.sum(np.log(np.exp(x)))
        ),
    },
)

check_softmax = Check(
    "my_softmax",
    lambda logits: softmax(logits),
    [
        (np.array([[0.0, 0.0]]),),
        (_ROWS,),
        (np.array([[1000.0, 1000.0]]),),
        (_FAR_APART,),
        (np.array([[0.5, 1.5]], dtype=np.float32),),
    ],
    {
        "exp(1000) is inf, and inf / inf is nan. Subtract each row's maximum first.": (
            lambda x: np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)
        ),
        "You took the maximum over the whole array, not over each row. A row far below it "
        "underflows to 0 / 0.": (
            lambda x: (
                np.exp(x - x.max()) / np.exp(x - x.max()).sum(axis=-1, keepdims=True)
            )
        ),
        "You divide by the sum of the whole array: all rows together sum to 1. "
        "Each row has its own sum.": (
            lambda x: softmax(x, axis=None),
            lambda x: np.exp(x) / np.sum(np.exp(x)),
            lambda x: _exps(x) / np.sum(_exps(x)),
        ),
        "Your columns sum to 1, not your rows: samples are rows, so sum over the last axis.": (
            lambda x: softmax(x, axis=0)
        ),
        "One exponent still lacks the shift. Subtract the maximum in all of them, or in none.": (
            _forget_one
        ),
        "You subtract the maximum above the fraction line, but not below it.": (
            lambda x: _exps(x) / np.exp(x).sum(axis=-1, keepdims=True)
        ),
        "Those are exponentials, not probabilities yet: divide by their sum.": _exps,
        "You divide the scores themselves by their sum. Take exp first: it makes them positive.": (
            lambda x: x / x.sum(axis=-1, keepdims=True)
        ),
        "That is the logarithm of the softmax.": log_softmax,
        "The answer is right, but in float64: float32 came in. Does a constant or `dtype=` of "
        "yours change it?": lambda x: softmax(x.astype(np.float64)),
    },
)

check_log_softmax = Check(
    "my_log_softmax",
    lambda logits: log_softmax(logits),
    [
        (np.array([[0.0, 0.0]]),),
        (_ROWS,),
        (np.array([[0.0, 1000.0]]),),
        (_FAR_APART,),
    ],
    {
        "The softmax rounds to 0 before you take its log. Use log q = x - LSE(x) instead.": (
            lambda x: np.log(softmax(x))
        ),
        "A small number inside the log hides the -inf, and invents an answer: the log can then "
        "never fall below log(ε). Use log q = x - LSE(x).": tuple(
            lambda x, epsilon=10.0**-digits: np.log(softmax(x) + epsilon)
            for digits in range(5, 17)
        ),
        "That is the softmax; the logarithm is missing.": softmax,
        "exp(1000) is inf. The LSE needs its shift, too.": (
            lambda x: x - np.log(np.exp(x).sum(axis=-1, keepdims=True))
        ),
        "You take the LSE of the whole array. Each row has its own.": (
            lambda x: log_softmax(x, axis=None)
        ),
        "You subtracted the maximum from the scores in the LSE, but not from the scores beside "
        "it (or did not add it back).": (
            lambda x: x - logsumexp(x - x.max(axis=-1, keepdims=True), keepdims=True)
        ),
        "The sign is turned: a probability is at most 1, so its logarithm is at most 0.": (
            lambda x: -log_softmax(x)
        ),
    },
)

_GRAD = np.array([[1.0, 0.0, -2.0], [0.5, 0.5, 3.0]])


def _backward(logits, grad_output):
    q = softmax(logits)
    return q * (grad_output - np.sum(q * grad_output, axis=-1, keepdims=True))


check_softmax_backward = Check(
    "my_softmax_backward",
    _backward,
    [
        (np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]])),
        (_ROWS, _GRAD),
        (np.array([[1000.0, 1001.0]]), np.array([[1.0, 2.0]])),
    ],
    {
        "You kept only the diagonal, q (1 - q). Each output also falls when another score rises: "
        "the entries -qᵢqⱼ are missing.": lambda x, g: (
            softmax(x) * (1 - softmax(x)) * g
        ),
        "You treat softmax as if it worked on each element alone: q times the gradient. The "
        "mean of the gradient under q has to be taken off.": lambda x, g: (
            softmax(x) * g
        ),
        "You subtract the plain mean of the gradient. It has to be weighted with q.": (
            lambda x, g: softmax(x) * (g - g.mean(axis=-1, keepdims=True))
        ),
        "You sum over the whole array: one sample's gradient leaks into the other's.": (
            lambda x, g: softmax(x) * (g - np.sum(softmax(x) * g))
        ),
        "q minus the gradient is another story: the gradient of the cross-entropy.": (
            lambda x, g: softmax(x) - g
        ),
        "The first factor q is missing.": (
            lambda x, g: g - np.sum(softmax(x) * g, axis=-1, keepdims=True)
        ),
    },
)

check_smooth_maximum = Check(
    "my_smooth_maximum",
    lambda x, temperature: temperature * logsumexp(x / temperature),
    [
        (np.array([0.0, 0.0]), 2.0),
        (np.array([1.0, 2.0, 4.0]), 0.5),
        (np.array([1.0, 2.0, 4.0]), 0.001),
    ],
    {
        "You divide the scores by the temperature, but the result is then in the wrong unit: "
        "multiply it by the temperature again.": lambda x, t: logsumexp(x / t),
        "The temperature stands the wrong way round: small ones have to make it sharper.": (
            lambda x, t: logsumexp(x * t) / t
        ),
        "This is the mean of the scores weighted with the softmax. A good smooth maximum, too, "
        "but it lies below the maximum, not above.": lambda x, t: np.sum(
            x * softmax(x / t)
        ),
        "The temperature has no effect inside the exponentials: divide the scores by it.": (
            lambda x, t: t * logsumexp(x)
        ),
        "This is the LSE without a temperature.": lambda x, t: logsumexp(x),
        "exp(4 / 0.001) is inf. Call logsumexp, which knows how.": (
            lambda x, t: t * np.log(np.sum(np.exp(x / t)))
        ),
    },
)
