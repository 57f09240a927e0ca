"""Checks for the chapter on softmax and LogSumExp."""

import numpy as np

from dlbasics.exercises._checking import Check
from dlbasics.softmax import log_softmax, logsumexp, softmax

_ROWS = np.array([[1.0, 2.0, 3.0], [2.0, 2.0, 2.0]])
_FAR_APART = np.array([[1000.0, 1001.0], [-1000.0, -1001.0]])
_EPSILONS = [10.0**-digits for digits in range(1, 17)]


def _sum(x):
    return np.sum(x, axis=-1, keepdims=True)


def _max(x):
    return np.max(x, axis=-1, keepdims=True)


def _shifted_lse(x, shift):
    return shift + np.log(np.sum(np.exp(x - shift)))


def _shifted_softmax(x, shift):
    return np.exp(x - shift) / _sum(np.exp(x - shift))


def _forget_one(x):
    exps, forgotten = np.exp(x - _max(x)), np.exp(x[..., -1:])
    return exps / (_sum(exps[..., :-1]) + forgotten)


check_logsumexp = Check(
    "my_logsumexp",
    logsumexp,
    [
        (np.array([0.0, 0.0]),),
        (np.array([1.0, 2.0, 3.0]),),
        (np.array([-1.0, -2.0]),),
        (np.array([1000.0, 1000.0]),),
        (np.array([-1000.0, -1001.0]),),
        (np.array([1000.0, -1000.0]),),
        (np.array([-1000.0, 1000.0]),),
    ],
    {
        "You subtract the maximum, but never add it back: LSE moves with the shift.": (
            lambda x: logsumexp(x) - np.max(x)
        ),
        "Add the maximum back; do not subtract it a second time.": (
            lambda x: logsumexp(x) - 2 * np.max(x)
        ),
        "exp(1000) is inf, and exp(-1000) is 0. Subtract the maximum before you take exp.": (
            lambda x: np.log(np.sum(np.exp(x)))
        ),
        "The maximum is added, but the exponents lack the shift.": (
            lambda x: np.max(x) + np.log(np.sum(np.exp(x)))
        ),
        "A shift by the mean, the minimum, the first or the last is right on paper, but leaves "
        "exponents that overflow. Subtract the maximum.": (
            lambda x: _shifted_lse(x, x[0]),
            lambda x: _shifted_lse(x, x[-1]),
            lambda x: _shifted_lse(x, np.mean(x)),
            lambda x: _shifted_lse(x, np.min(x)),
        ),
        "One exponent lacks the shift. Subtract the maximum in all of them, or in none.": (
            lambda x: (
                np.max(x) + np.log(np.sum(np.exp(x[1:] - np.max(x))) + np.exp(x[0]))
            ),
            lambda x: (
                np.max(x) + np.log(np.sum(np.exp(x[:-1] - np.max(x))) + np.exp(x[-1]))
            ),
        ),
        "That is the maximum itself. LSE lies above it, by at most log n.": (
            lambda x: np.max(x)
        ),
        "You take the mean of the exponentials. LSE takes their sum.": (
            lambda x: logsumexp(x) - np.log(x.size)
        ),
        "The logarithm is missing: this is the sum of the exponentials.": (
            lambda x: np.sum(np.exp(x))
        ),
        "The logarithm of each exponential gives the score back. First the sum, then the "
        "log.": (np.sum, lambda x: np.sum(np.log(np.exp(x)))),
        "That is a logarithm to another base. LSE takes the natural one, np.log.": (
            lambda x: logsumexp(x) / np.log(2),
            lambda x: np.log2(np.sum(np.exp(x))),
            lambda x: np.max(x) + np.log2(np.sum(np.exp(x - np.max(x)))),
            lambda x: np.max(x) + np.log10(np.sum(np.exp(x - np.max(x)))),
        ),
    },
    names=("x",),
)

check_softmax = Check(
    "my_softmax",
    softmax,
    [
        (np.array([[0.0, 0.0]]),),
        (_ROWS,),
        (np.array([[1000.0, 1000.0]]),),
        (_FAR_APART,),
        (np.array([[0.0, 2000.0]]),),
        (np.array([[2000.0, 0.0]]),),
        (np.array([[-1000.0, -1001.0]]),),
        (np.array([[0.5, 1.5]], dtype=np.float32),),
    ],
    {
        "exp(1000) is inf, and inf / inf is nan. Subtract each row's maximum first.": (
            lambda x: _shifted_softmax(x, 0)
        ),
        "You took the maximum over the whole array, not over each row. A row far below it "
        "underflows to 0 / 0.": lambda x: _shifted_softmax(x, np.max(x)),
        "You took what is largest in size, or at least 0. The maximum of negative scores is "
        "negative.": (
            lambda x: _shifted_softmax(x, _max(np.abs(x))),
            lambda x: _shifted_softmax(x, np.maximum(0, _max(x))),
        ),
        "A shift by the mean, the minimum, the first or the last is right on paper, but leaves "
        "exponents that overflow. Subtract each row's maximum.": (
            lambda x: _shifted_softmax(x, x[:, :1]),
            lambda x: _shifted_softmax(x, x[:, -1:]),
            lambda x: _shifted_softmax(x, np.mean(x, axis=-1, keepdims=True)),
            lambda x: _shifted_softmax(x, np.min(x, axis=-1, keepdims=True)),
        ),
        "You divide by the sum of the whole array: all rows together sum to 1. Each row has "
        "its own sum.": (
            lambda x: softmax(x, axis=None),
            lambda x: np.exp(x) / np.sum(np.exp(x)),
            lambda x: np.exp(x - _max(x)) / np.sum(np.exp(x - _max(x))),
        ),
        "Your columns sum to 1, not your rows: samples are rows, so sum over the last "
        "axis.": lambda x: softmax(x, axis=0),
        "One exponent lacks the shift. Subtract the maximum in all of them, or in none.": (
            _forget_one
        ),
        "The sum below the fraction line overflows: its exponents need the shift, too.": (
            lambda x: np.exp(x - _max(x)) / _sum(np.exp(x))
        ),
        "A small number below the fraction line spoils every probability. The largest "
        "exponential is 1, so that the sum is never 0.": tuple(
            lambda x, epsilon=epsilon: (
                np.exp(x - _max(x)) / (_sum(np.exp(x - _max(x))) + epsilon)
            )
            for epsilon in _EPSILONS
        ),
        "Those are exponentials, not probabilities yet: divide by their sum.": (
            lambda x: np.exp(x - _max(x))
        ),
        "You divide the scores themselves by their sum. Take exp first: it makes them "
        "positive.": lambda x: x / _sum(x),
        "That is the logarithm of the softmax.": log_softmax,
        "The answer is right, but in float64: float32 came in. Does a constant or a `dtype=` "
        "of yours change it?": lambda x: softmax(x.astype(np.float64)),
    },
    names=("logits",),
)

check_log_softmax = Check(
    "my_log_softmax",
    log_softmax,
    [
        (np.array([[0.0, 0.0]]),),
        (_ROWS,),
        (np.array([[0.0, 1000.0]]),),
        (np.array([[0.0, 2000.0]]),),
        (np.array([[2000.0, 0.0]]),),
        (_FAR_APART,),
    ],
    {
        "The softmax rounds to 0 before you take its log. Use log q = x - LSE(x) instead.": (
            lambda x: np.log(softmax(x))
        ),
        "A small number inside the log hides the -inf, and invents an answer: the log can "
        "then never fall below log(ε). Use log q = x - LSE(x).": tuple(
            variant
            for epsilon in [*_EPSILONS, 1e-300]
            for variant in (
                lambda x, epsilon=epsilon: np.log(softmax(x) + epsilon),
                lambda x, epsilon=epsilon: np.log(np.maximum(softmax(x), epsilon)),
            )
        ),
        "That is the softmax; the logarithm is missing.": softmax,
        "exp(1000) is inf. The LSE needs its shift, too.": (
            lambda x: x - np.log(_sum(np.exp(x)))
        ),
        "A shift by the first or the last is right on paper, but leaves exponents that "
        "overflow. Subtract each row's maximum.": (
            lambda x: x - x[:, :1] - np.log(_sum(np.exp(x - x[:, :1]))),
            lambda x: x - x[:, -1:] - np.log(_sum(np.exp(x - x[:, -1:]))),
        ),
        "You took the maximum over the whole array, not over each row. In a row far below it "
        "the sum is 0, and its log -inf.": (
            lambda x: x - np.max(x) - np.log(_sum(np.exp(x - np.max(x))))
        ),
        "You take the LSE of the whole array. Each row has its own.": (
            lambda x: log_softmax(x, axis=None)
        ),
        "Your columns are distributions, not your rows: samples are rows, so sum over the "
        "last axis.": lambda x: log_softmax(x, axis=0),
        "You subtracted the maximum from the scores in the LSE, but not from the scores "
        "beside it (or did not add it back).": (
            lambda x: x - logsumexp(x - _max(x), keepdims=True)
        ),
        "You subtract the maximum itself. Subtract the LSE: it lies above.": (
            lambda x: x - _max(x)
        ),
        "That is a logarithm to base 2. This one is natural: np.log.": (
            lambda x: log_softmax(x) / np.log(2),
            lambda x: np.log2(softmax(x)),
        ),
        "The sign is turned: a probability is at most 1, so its logarithm is at most 0.": (
            lambda x: -log_softmax(x)
        ),
    },
    names=("logits",),
)


def _backward(logits, grad_output):
    q = softmax(logits)
    return q * (grad_output - _sum(q * grad_output))


check_softmax_backward = Check(
    "my_softmax_backward",
    _backward,
    [
        (np.log([[1.0, 3.0]]), np.array([[1.0, 0.0]])),
        (_ROWS, np.array([[1.0, 0.0, -2.0], [0.5, 0.5, 3.0]])),
        (np.array([[1000.0, 1001.0]]), np.array([[1.0, 2.0]])),
        (_FAR_APART, np.array([[1.0, 2.0], [1.0, 2.0]])),
    ],
    {
        "You kept only the diagonal, q (1 - q). Each output also falls when another score "
        "rises: the entries -qᵢqⱼ are missing.": (
            lambda x, g: softmax(x) * (1 - softmax(x)) * g
        ),
        "You treat softmax as if it worked on each element alone: q times the gradient. The "
        "mean of the gradient under q has to be taken off.": lambda x, g: (
            softmax(x) * g
        ),
        "You subtract the plain mean, or the sum, of the gradient. Weigh it with q first.": (
            lambda x, g: softmax(x) * (g - np.mean(g, axis=-1, keepdims=True)),
            lambda x, g: softmax(x) * (g - _sum(g)),
        ),
        "You take a mean of q times the gradient. q are the weights already: sum.": (
            lambda x, g: (
                softmax(x) * (g - np.mean(softmax(x) * g, axis=-1, keepdims=True))
            )
        ),
        "You sum over the whole array: one sample's gradient leaks into the other's.": (
            lambda x, g: softmax(x) * (g - np.sum(softmax(x) * g))
        ),
        "You sum over the samples (axis=0). The sum runs over the classes of one sample.": (
            lambda x, g: softmax(x) * (g - np.sum(softmax(x) * g, axis=0))
        ),
        "The mean that you subtract lacks its factor q: multiply the whole difference with "
        "q.": lambda x, g: softmax(x) * g - _sum(softmax(x) * g),
        "That is the backward pass of the log-softmax.": (
            lambda x, g: g - softmax(x) * _sum(g)
        ),
        "q minus the gradient is another story: the gradient of the cross-entropy.": (
            lambda x, g: softmax(x) - g
        ),
        "The first factor q is missing.": lambda x, g: g - _sum(softmax(x) * g),
        "The maximum is that of the whole array. Each row needs its own, or call `softmax`.": (
            lambda x, g: (
                _shifted_softmax(x, np.max(x))
                * (g - _sum(_shifted_softmax(x, np.max(x)) * g))
            )
        ),
    },
)

check_smooth_maximum = Check(
    "my_smooth_maximum",
    lambda x, temperature: temperature * logsumexp(x / temperature),
    [
        (np.array([0.0, 1.0]), 2.0),
        (np.array([1.0, 2.0, 4.0]), 0.5),
        (np.array([1.0, 2.0, 4.0]), 0.001),
        (np.array([-1.0, -2.0]), 1.0),
        (np.array([4.0, 4.0, 1.0]), 0.1),
        (np.array([4.0, 4.0, 1.0]), 0.001),
        (np.array([2000.0, 0.0]), 1.0),
        (np.array([-1000.0, -1001.0]), 1.0),
    ],
    {
        "You divide the scores by the temperature, but the result is then in the wrong "
        "unit: multiply it by the temperature again.": lambda x, t: logsumexp(x / t),
        "The temperature stands the wrong way round: small ones have to make it sharper, so "
        "divide the scores by it.": (
            lambda x, t: logsumexp(x * t) / t,
            lambda x, t: logsumexp(x * t) * t,
            lambda x, t: logsumexp(x * t),
        ),
        "The temperature has no effect inside the exponentials: divide the scores by it.": (
            lambda x, t: t * logsumexp(x)
        ),
        "This is the LSE without a temperature.": lambda x, t: logsumexp(x),
        "This is the mean of the scores weighted with the softmax. A good smooth maximum, "
        "too, but it lies below the maximum, not above.": (
            lambda x, t: np.sum(x * softmax(x / t))
        ),
        "That is the maximum itself, without a dial.": lambda x, t: np.max(x),
        "You take the mean of the exponentials, or subtract log n. With their sum it lies above "
        "the sharp maximum.": (lambda x, t: t * (logsumexp(x / t) - np.log(x.size))),
        "That is a smooth minimum.": lambda x, t: -t * logsumexp(-x / t),
        "exp(4 / 0.001) is inf. Call logsumexp, which knows how.": (
            lambda x, t: t * np.log(np.sum(np.exp(x / t)))
        ),
    },
)
