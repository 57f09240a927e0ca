"""Answers to the exercises on softmax, as learners write them."""

import math

import numpy as np

from dlbasics.softmax import logsumexp, softmax, softmax_jacobian

# check_logsumexp


def lse_with_math(x):
    top = max(x)
    return top + math.log(sum(math.exp(score - top) for score in x))


def lse_shifted_only_once(x):
    x = x - max(x)
    return np.log(np.exp(x).sum())


# check_softmax


def softmax_row_by_row(logits):
    result = np.empty_like(logits)
    for i, row in enumerate(logits):
        exps = np.exp(row - row.max())
        result[i] = exps / exps.sum()
    return result


def softmax_naive(logits):
    exps = np.exp(logits)
    return exps / exps.sum(axis=1)[:, None]


def softmax_shifted_by_one_maximum(logits):
    exps = np.exp(logits - np.max(logits))
    return exps / np.sum(exps, axis=1)[:, None]


def softmax_divided_by_one_sum(logits):
    exps = np.exp(logits - np.max(logits, axis=1)[:, None])
    return exps / np.sum(exps)


def softmax_of_columns(logits):
    exps = np.exp(logits - logits.max())
    return exps / exps.sum(axis=0)


def softmax_last_exponent_unshifted(logits):
    top = logits.max(axis=1)
    total = np.exp(logits[:, -1])
    for j in range(logits.shape[1] - 1):
        total = total + np.exp(logits[:, j] - top)
    return np.exp(logits - top[:, None]) / total[:, None]


def softmax_undivided(logits):
    return np.exp(logits - np.max(logits, axis=1)[:, None])


def softmax_in_float64(logits):
    return softmax_row_by_row(np.array(logits, dtype=float))


# check_log_softmax


def log_softmax_row_by_row(logits):
    return np.array([row - lse_with_math(row) for row in logits])


def log_softmax_half_shifted(logits):
    top = logits.max(axis=1)[:, None]
    return logits - np.log(np.exp(logits - top).sum(axis=1))[:, None]


# check_softmax_backward


def backward_row_by_row(logits, grad_output):
    rows = []
    for q, grad in zip(softmax(logits), grad_output):
        jacobian = np.diag(q) - np.outer(q, q)
        rows.append(jacobian @ grad)
    return np.array(rows)


def backward_jacobian(logits, grad_output):
    return np.einsum("nij,nj->ni", softmax_jacobian(logits), grad_output)


# check_smooth_maximum


def smooth_maximum_by_hand(x, temperature):
    top = max(x)
    return top + temperature * math.log(sum(np.exp((x - top) / temperature)))


def shifted_rows(x, shift):
    exps = np.exp(x - shift[:, None])
    return exps / exps.sum(axis=1, keepdims=True)


def backward_by(q, grad):
    return q * grad - q * np.sum(q * grad, axis=1)[:, None]


RIGHT = {
    "check_logsumexp": [np.logaddexp.reduce, lse_with_math],
    "check_softmax": [
        softmax_row_by_row,
        lambda logits: 1 / np.exp(logits[:, None, :] - logits[:, :, None]).sum(axis=2),
    ],
    "check_log_softmax": [
        log_softmax_row_by_row,
        lambda logits: logits - np.logaddexp.reduce(logits, axis=1, keepdims=True),
    ],
    "check_softmax_backward": [backward_row_by_row, backward_jacobian],
    "check_smooth_maximum": [
        smooth_maximum_by_hand,
        lambda x, t: np.logaddexp.reduce(x / t) * t,
    ],
}

WRONG = {
    "check_logsumexp": {
        "A shift by the mean, the minimum, the first": lambda x: (
            x[0] + np.log(np.sum(np.exp(x - x[0])))
        ),
        "never add it back": lse_shifted_only_once,
        "exp(1000) is inf": lambda x: np.log(sum(np.exp(x))),
        "That is the maximum itself": lambda x: sorted(x)[-1],
        "mean of the exponentials": lambda x: np.logaddexp.reduce(x) - np.log(len(x)),
        "The logarithm is missing": lambda x: sum(math.exp(score) for score in x),
        "First the sum, then the log": lambda x: sum(
            np.log(np.exp(score)) for score in x
        ),
    },
    "check_softmax": {
        "largest in size": lambda x: shifted_rows(x, np.abs(x).max(axis=1)),
        "the first or the last": lambda x: shifted_rows(x, x[:, -1]),
        "inf / inf is nan": softmax_naive,
        "the maximum over the whole array": softmax_shifted_by_one_maximum,
        "the sum of the whole array": softmax_divided_by_one_sum,
        "Your columns sum to 1": softmax_of_columns,
        "One exponent lacks the shift": softmax_last_exponent_unshifted,
        "exponentials, not probabilities": softmax_undivided,
        "the scores themselves": lambda logits: (
            logits / np.sum(logits, axis=1)[:, None]
        ),
        "the logarithm of the softmax": lambda logits: np.log(
            softmax_row_by_row(logits)
        ),
        "float32 came in": softmax_in_float64,
    },
    "check_log_softmax": {
        "its log -inf": lambda x: (
            x - x.max() - np.log(np.exp(x - x.max()).sum(axis=1))[:, None]
        ),
        "rounds to 0 before you take its log": lambda logits: np.log(
            softmax_row_by_row(logits)
        ),
        "hides the -inf": lambda logits: np.log(np.maximum(softmax(logits), 1e-12)),
        "the logarithm is missing": softmax_row_by_row,
        "The LSE needs its shift": lambda logits: (
            logits - np.log(np.sum(np.exp(logits), 1))[:, None]
        ),
        "Each row has its own": lambda logits: logits - logsumexp(logits, axis=None),
        "not from the scores beside it": log_softmax_half_shifted,
        "The sign is turned": lambda logits: logsumexp(logits, keepdims=True) - logits,
    },
    "check_softmax_backward": {
        "The maximum is that of the whole array": lambda x, grad: backward_by(
            shifted_rows(x, np.full(len(x), x.max())), grad
        ),
        "You kept only the diagonal": lambda x, grad: (
            grad * (softmax(x) - softmax(x) ** 2)
        ),
        "on each element alone": lambda x, grad: grad * softmax(x),
        "the plain mean": lambda x, grad: (
            softmax(x) * (grad - np.mean(grad, axis=1)[:, None])
        ),
        "over the whole array": lambda x, grad: (
            softmax(x) * (grad - np.vdot(softmax(x), grad))
        ),
        "the gradient of the cross-entropy": lambda x, grad: -grad + softmax(x),
        "The first factor q": lambda x, grad: (
            grad - (grad * softmax(x)).sum(axis=1)[:, None]
        ),
    },
    "check_smooth_maximum": {
        "in the wrong unit": lambda x, t: np.logaddexp.reduce(x / t),
        "the wrong way round": lambda x, t: np.logaddexp.reduce(x * t) / t,
        "the mean of the scores": lambda x, t: softmax(x / t) @ x,
        "no effect inside the exponentials": lambda x, t: t * np.logaddexp.reduce(x),
        "without a temperature": lambda x, t: np.logaddexp.reduce(x),
        "exp(4 / 0.001) is inf": lambda x, t: np.log(sum(np.exp(x / t))) * t,
    },
}
