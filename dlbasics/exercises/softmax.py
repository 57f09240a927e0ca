"""Checks for the chapter on softmax and LogSumExp."""

import math

import numpy as np

from dlbasics.exercises._checking import Check, TestCheck, many
from dlbasics.softmax import log_softmax, logsumexp, softmax

_ROWS = np.array([[1.0, 2.0, 3.0], [2.0, 2.0, 2.0]])
_SQUARE = np.array([[0.25, 5.0], [1.0, 9.5]])
_FAR_APART = np.array([[1000.0, 1001.0], [-1000.0, -1001.0]])
_EPSILONS = [10.0**-digits for digits in range(1, 13)]


def _sum(x):
    return np.sum(x, axis=-1, keepdims=True)


def _max(x):
    return np.max(x, axis=-1, keepdims=True)


def _shifted_softmax(x, shift):
    return np.exp(x - shift) / _sum(np.exp(x - shift))


def _forget_one(x):
    exps, forgotten = np.exp(x - _max(x)), np.exp(x[..., -1:])
    return exps / (_sum(exps[..., :-1]) + forgotten)


check_softmax = Check(
    "my_softmax",
    softmax,
    [
        (np.array([[0.0, 0.0]]),),
        (np.array([[2.5]]),),
        (_ROWS,),
        (_SQUARE,),
        (np.array([[0.5], [-3.0]]),),
        (np.array([[1000.0, 1000.0]]),),
        (_FAR_APART,),
        (np.array([[0.0, 2000.0]]),),
        (np.array([[30000.0, 0.0]]),),
        (np.array([[-1000.0, -1001.0]]),),
        (np.array([[0.5, 1.5]], dtype=np.float32),),
        # small probabilities, and more rows and classes
        (np.array([[0.0, 40.0, 33.25]]),),
        (np.array([[0.0, -3.0, 2000.0], [2.5, 1000.0, 2.0]]),),
        (many(13, 12),),
    ],
    {
        "exp(1000) is inf, and inf / inf is nan. Subtract each row's maximum first.": (
            lambda x: _shifted_softmax(x, 0)
        ),
        "You add the maximum, and make the exponents larger. Subtract it.": (
            lambda x: _shifted_softmax(x, -_max(x))
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
        "The exponents above the fraction line lack the shift. Subtract the maximum in all of "
        "them.": lambda x: np.exp(x) / _sum(np.exp(x - _max(x))),
        "You subtract the maximum of each column. Samples are rows: each needs its own.": (
            lambda x: _shifted_softmax(x, np.max(x, axis=0))
        ),
        "That is the sigmoid of each score by itself. The scores of a row share 1.": (
            lambda x: 1 / (1 + np.exp(-x))
        ),
        "Clipped scores have lost their differences. Subtract each row's maximum instead.": (
            lambda x: _shifted_softmax(np.clip(x, -700, 700), 0),
            lambda x: _shifted_softmax(np.clip(x, -500, 500), 0),
            lambda x: _shifted_softmax(np.clip(x, -100, 100), 0),
        ),
        "You give the leader everything. With softmax, a smaller lead gets a smaller share.": (
            lambda x: np.eye(x.shape[1], dtype=x.dtype)[np.argmax(x, axis=1)]
        ),
        "A nan that is replaced is still a wrong answer. Subtract each row's maximum first.": (
            lambda x: np.nan_to_num(_shifted_softmax(x, 0))
        ),
        "You take powers of 2. Softmax takes powers of e: np.exp.": (
            lambda x: softmax(x * x.dtype.type(np.log(2)))
        ),
        "You typed the number e. However many digits it has, np.exp has more.": tuple(
            lambda x, e=e: e ** (x - _max(x)) / _sum(e ** (x - _max(x)))
            for e in [round(math.e, digits) for digits in range(1, 11)]
        ),
        "That is the logarithm of the softmax.": log_softmax,
        "The answer is right, but in float64: float32 came in. Does a constant or a `dtype=` "
        "of yours change it?": lambda x: softmax(x.astype(np.float64)),
    },
    names=("logits",),
    # shows what is added below the fraction line, where the sum is 1 or more
    rtol=5e-13,
    atol=1e-300,
)


def _along(reduce):
    """An LSE along an axis, with some other maximum: `reduce(x, axis)` keeps the axis."""

    def lse(x, axis):
        top = reduce(x, axis)
        return np.squeeze(top + np.log(_sum_along(np.exp(x - top), axis)), axis)

    return lse


def _sum_along(x, axis):
    return np.sum(x, axis=axis, keepdims=True)


def _max_along(x, axis):
    return np.max(x, axis=axis, keepdims=True)


def _shift_along(x, axis):
    top = _max_along(x, axis)
    return np.where(np.isfinite(top), top, 0)


def _shifted_lse(x, axis, size):
    top = _shift_along(size(np.where(np.isfinite(x), x, 0)), axis)
    return np.squeeze(top, axis) + np.log(np.sum(np.exp(x - top), axis))


def _unaligned(x, axis):
    top = np.max(x, axis=axis)
    return top + np.log(np.sum(np.exp(x - top), axis=axis))


check_logsumexp_along = Check(
    "my_logsumexp_along",
    logsumexp,
    [
        (np.array([1.5]), 0),
        (np.array([0.25, 1.0, -2.5]), -1),
        (np.array([[0.5, 1.5, -1.0], [2.0, 2.0, 0.25]]), 1),
        (np.array([[0.5, 1.5, -1.0], [2.0, 2.0, 0.25]]), 0),
        (_SQUARE, 0),
        (_SQUARE, 1),
        (np.array([[3.25], [-1.5]]), -1),
        (np.array([[3.25], [-1.5]]), -2),
        (np.array([[[0.0, 0.5], [1.25, -1.0]], [[2.0, 2.0], [-0.75, 3.0]]]), 1),
        (np.array([[0.1, 0.7, -0.4, 1.0, 2.2, -1.3]]).reshape(1, 3, 2), -2),
        (np.array([-1000.0, -1001.5]), 0),
        (_FAR_APART, 1),
        (np.array([[1000.25, -1000.0], [-1000.0, -1001.5]]), 0),
        (np.array([[-np.inf, 2.0, 0.5], [-np.inf, -np.inf, -np.inf]]), 1),
        # one slice is -inf, another would overflow; and each axis of more than two
        (np.array([[-np.inf, 1000.0], [-np.inf, 1001.5]]), 0),
        *[(many(12, 3, 13), axis) for axis in (0, 2, -3)],
        (many(3, 2, 1, 4), 1),
    ],
    {
        "Infinity minus infinity is nan. Where the maximum is -inf, shift by 0, or return -inf.": (
            _along(_max_along)
        ),
        "exp(1000) is inf, and exp(-1000) is 0. Subtract the maximum before you take exp.": (
            lambda x, axis: np.log(np.sum(np.exp(x), axis=axis))
        ),
        "You subtract the maximum, but never add it back: LSE moves with the shift.": (
            lambda x, axis: np.log(np.sum(np.exp(x - _max_along(x, axis)), axis=axis)),
            lambda x, axis: logsumexp(x, axis) - np.max(x, axis=axis),
        ),
        "Your maximum is that of the whole array. A slice far below it underflows, and the "
        "logarithm of 0 is -inf.": lambda x, axis: (
            np.max(x) + np.log(np.sum(np.exp(x - np.max(x)), axis=axis))
        ),
        "You took what is largest in size, or at least 0. The maximum of negative scores is "
        "negative.": (
            lambda x, axis: _shifted_lse(x, axis, np.abs),
            lambda x, axis: _shifted_lse(x, axis, lambda x: np.maximum(x, 0)),
        ),
        "You sum over the whole array. Sum along `axis` alone.": (
            lambda x, axis: logsumexp(x, axis=None)
        ),
        "You sum over the last axis, whatever `axis` says.": (
            lambda x, axis: logsumexp(x, axis=-1)
        ),
        "You sum over the first axis, whatever `axis` says.": (
            lambda x, axis: logsumexp(x, axis=0)
        ),
        "The axis is still there, with length 1. The result has the shape of `x` without it.": (
            lambda x, axis: logsumexp(x, axis, keepdims=True),
            lambda x, axis: (
                _max_along(x, axis)
                + np.log(_sum_along(np.exp(x - _max_along(x, axis)), axis))
            ),
        ),
        "Every axis of length 1 is gone. Only `axis` may go.": (
            lambda x, axis: np.squeeze(logsumexp(x, axis))
        ),
        "The maximum has lost its axis, so NumPy lines it up with another one. Use "
        "keepdims=True.": _unaligned,
        "That is the maximum itself. LSE lies above it.": (
            lambda x, axis: np.max(x, axis=axis)
        ),
        "You take the mean of the exponentials. LSE takes their sum.": (
            lambda x, axis: logsumexp(x, axis) - np.log(x.shape[axis])
        ),
        "That is a logarithm to another base. LSE takes the natural one, np.log.": (
            lambda x, axis: logsumexp(x, axis) / np.log(2),
            lambda x, axis: logsumexp(x, axis) / np.log(10),
            lambda x, axis: (
                np.max(x, axis) + np.log2(np.sum(np.exp(x - _max_along(x, axis)), axis))
            ),
        ),
        "A shift by the mean or the minimum is right on paper, but leaves exponents that "
        "overflow. Subtract the maximum.": (
            _along(lambda x, axis: np.mean(x, axis=axis, keepdims=True)),
            _along(lambda x, axis: np.min(x, axis=axis, keepdims=True)),
        ),
        "The logarithm is missing: this is the sum of the exponentials.": (
            lambda x, axis: np.sum(np.exp(x), axis=axis)
        ),
        "The logarithm of each exponential gives the score back. First the sum, then the "
        "log.": lambda x, axis: np.sum(x, axis=axis),
        "That is the upper bound, the maximum plus log k. Only equal scores reach it.": (
            lambda x, axis: np.max(x, axis=axis) + np.log(x.shape[axis])
        ),
        "Clipped scores are other scores. Subtract the maximum instead.": (
            lambda x, axis: np.log(np.sum(np.exp(np.clip(x, -700, 700)), axis=axis)),
            lambda x, axis: np.log(np.sum(np.exp(np.clip(x, -500, 500)), axis=axis)),
        ),
        "A small number inside the logarithm turns -inf into a number. log(0) is -inf, and "
        "here that is right.": tuple(
            lambda x, axis, epsilon=10.0**-digits: (
                np.squeeze(_shift_along(x, axis), axis)
                + np.log(np.sum(np.exp(x - _shift_along(x, axis)), axis) + epsilon)
            )
            for digits in (*range(1, 17), 30, 300)
        ),
        "You add the maximum, and make the exponents larger. Subtract it.": (
            lambda x, axis: (
                np.log(np.sum(np.exp(x + _max_along(x, axis)), axis))
                - np.max(x, axis=axis)
            )
        ),
    },
    names=("x", "axis"),
)


def _masked_softmax(logits, allowed):
    scores = np.where(allowed, logits, -np.inf)
    top = _max(scores)
    exps = np.exp(scores - np.where(np.isfinite(top), top, 0))
    total = _sum(exps)
    return exps / np.where(total == 0, 1, total)


def _any(allowed):
    return np.any(allowed, axis=-1, keepdims=True)


def _penalised(penalty):
    return lambda x, ok: softmax(np.where(ok, x, penalty))


def _subtracted(penalty):
    return lambda x, ok: softmax(x - np.where(ok, 0, penalty))


def _masked_late(x, ok, top):
    exps = np.exp(x - top) * ok
    total = _sum(exps)
    return exps / np.where(total == 0, 1, total)


def _spoilt(epsilon, top=lambda x, ok: _max(np.where(ok, x, -np.inf))):
    """A masked softmax that avoids 0 / 0 by a small number below the fraction line."""

    def variant(x, ok):
        highest = top(x, ok)
        shift = np.where(np.isfinite(highest), highest, 0)
        exps = np.exp(np.where(ok, x, -np.inf) - shift)
        return exps / (_sum(exps) + epsilon)

    return variant


def _masked_rows_of_nan(x, ok):
    return softmax(np.where(ok, x, -np.inf))


def _uniform(x, ok):
    return np.where(
        np.any(ok, axis=-1, keepdims=True), _masked_softmax(x, ok), 1 / x.shape[1]
    )


check_masked_softmax = Check(
    "my_masked_softmax",
    _masked_softmax,
    [
        (np.array([[2.5]]), np.array([[True]])),
        (np.array([[0.5, 1.5, 0.25]]), np.array([[True, False, True]])),
        (np.array([[0.5, 0.5, -0.25]]), np.array([[True, True, True]])),
        (_SQUARE, np.array([[True, False], [True, True]])),
        (
            np.array([[0.1, 1.0, -1.0, 2.0], [3.0, 0.5, 0.0, -2.0]]),
            np.array([[True, True, False, False], [False, True, True, True]]),
        ),
        (np.array([[0.5], [1.5]]), np.array([[True], [False]])),
        (
            np.array([[0.5, 1.5, 2.0], [0.5, 1.5, 2.0]]),
            np.array([[False, False, False], [True, True, False]]),
        ),
        (np.array([[1000.0, 1001.0, 3.0]]), np.array([[True, True, False]])),
        (np.array([[-1000.0, -1001.0, 1000.0]]), np.array([[True, True, False]])),
        (_FAR_APART, np.array([[True, True], [True, True]])),
        (np.array([[-3e40, 0.0]]), np.array([[True, False]])),
        (np.array([[7e40, 0.0]]), np.array([[False, True]])),
        (
            np.array([[1000.0, 0.0, 2.0]]),
            np.array([[False, True, True]]),
        ),
        (many(13, 12), many(13, 12, start=7) > 0),
    ],
    {
        "You set the probabilities that are not allowed to 0, but no longer share out the rest: "
        "a row has to sum to 1.": lambda x, ok: softmax(x) * ok,
        "A score of 0 is a score like any other: exp(0) is 1. A class that is barred has the "
        "score -inf.": (
            lambda x, ok: softmax(x * ok),
            lambda x, ok: softmax(np.where(ok, x, 0)),
            lambda x, ok: softmax(x * ok) * ok,
            lambda x, ok: softmax(np.where(ok, x, 0)) * ok,
            lambda x, ok: (
                softmax(np.where(ok, x, 0))
                * ok
                / _sum(softmax(np.where(ok, x, 0)) * ok)
            ),
        ),
        "Where nothing is allowed, you have 0 / 0 or inf - inf. Such a row gets zeros.": (
            _masked_rows_of_nan,
            lambda x, ok: np.where(
                np.any(ok, axis=-1, keepdims=True), _masked_softmax(x, ok), np.nan
            ),
        ),
        "Where nothing is allowed, you share the probability among the barred classes. Such a "
        "row gets zeros.": _uniform,
        "A barred score takes part in the maximum that is subtracted. If it is far above the "
        "others, their exponentials become 0.": (
            lambda x, ok: _masked_late(x, ok, _max(x)),
            lambda x, ok: softmax(x) * ok / _sum(softmax(x) * ok),
            *(_spoilt(epsilon, lambda x, ok: _max(x)) for epsilon in _EPSILONS),
        ),
        "A big negative number is not -inf: there are scores that are as low, or so high that "
        "subtracting it leaves them in the lead.": (
            *(_penalised(-(10.0**n)) for n in (1, 2, 3, 4, 5, 6, 9)),
            *(_subtracted(10.0**n) for n in (1, 2, 3, 4, 5, 6, 9)),
            *(
                lambda x, ok, n=n, rest=rest: _penalised(-(10.0**n))(x, ok) * rest(ok)
                for n in (1, 2, 3, 4, 5, 6, 9)
                for rest in (np.array, _any)
            ),
            *(
                lambda x, ok, n=n: _subtracted(10.0**n)(x, ok) * _any(ok)
                for n in (1, 2, 3, 4, 5, 6, 9)
            ),
        ),
        "A small number below the fraction line spoils every probability. Only a row in which "
        "nothing is allowed needs another divisor.": tuple(map(_spoilt, _EPSILONS)),
        "It is the other way round: True says that a class is allowed.": (
            lambda x, ok: _masked_softmax(x, ~ok),
            lambda x, ok: softmax(x) * ~ok,
        ),
        "You share the probability among all classes: `allowed` has no effect.": (
            lambda x, ok: softmax(x)
        ),
        "You give the same probability to all allowed classes. Their scores decide.": (
            lambda x, ok: ok / np.maximum(_sum(ok), 1)
        ),
        "exp(1000) is inf. Subtract the largest allowed score first.": (
            lambda x, ok: np.exp(x) * ok / np.maximum(_sum(np.exp(x) * ok), 1e-300),
            lambda x, ok: _masked_late(x, ok, 0),
            lambda x, ok: np.exp(x) * ok / _sum(np.exp(x) * ok),
            lambda x, ok: np.where(ok, np.exp(x), 0) / _sum(np.where(ok, np.exp(x), 0)),
        ),
        "You divide by the sum of the whole array: all rows together sum to 1. Each row has "
        "its own sum.": lambda x, ok: softmax(np.where(ok, x, -np.inf), axis=None),
        "Your columns sum to 1, not your rows.": (
            lambda x, ok: _masked_softmax(x.T, ok.T).T
        ),
    },
    names=("logits", "allowed"),
    rtol=5e-13,
    atol=0.0,
)


def _right(function):
    """An implementation that takes lists too, keeps float32, and warns of nothing."""

    def implementation(X):
        X = np.asarray(X)
        dtype = np.float32 if X.dtype == np.float32 else float
        with np.errstate(all="ignore"):
            return function(X.astype(float)).astype(dtype)

    return implementation


def _row_by_row(X):
    if X.ndim != 1:
        return np.array([_row_by_row(row) for row in X])
    top = max(X)
    exps = [math.exp(score - top) for score in X]
    return np.array([e / math.fsum(exps) for e in exps])


def _first_row(X):
    q = softmax(X)
    return np.broadcast_to(q[:1], q.shape).copy() if q.ndim > 1 else q


def _aligned_with_columns(X):
    if X.ndim != 2 or X.shape[0] != X.shape[1]:
        return softmax(X)
    return _shifted_softmax(X, X.max(axis=-1))


check_softmax_test = TestCheck(
    "my_softmax_test",
    {
        "the maximum of each row is subtracted": _right(softmax),
        "row by row, with Python's own numbers": _right(_row_by_row),
        "exp of the log-softmax, which rounds in another way": _right(
            lambda X: np.exp(log_softmax(X))
        ),
        "1 over the sum of exp(xj - xi)": _right(
            lambda X: 1 / np.exp(X[..., None, :] - X[..., :, None]).sum(axis=-1)
        ),
        "the maximum and 3 more are subtracted": _right(
            lambda X: _shifted_softmax(X, _max(X) + 3)
        ),
    },
    {
        "subtracts nothing, so that scores of 1000 overflow": _right(
            lambda X: _shifted_softmax(X, 0)
        ),
        "adds the maximum instead of subtracting it": _right(
            lambda X: _shifted_softmax(X, -_max(X))
        ),
        "subtracts the mean, which is not safe for scores far apart": _right(
            lambda X: _shifted_softmax(X, np.mean(X, axis=-1, keepdims=True))
        ),
        "subtracts the largest absolute value, so that scores of -1000 underflow": _right(
            lambda X: _shifted_softmax(X, _max(np.abs(X)))
        ),
        "subtracts the maximum of the whole array from rows far apart": _right(
            lambda X: _shifted_softmax(X, np.max(X))
        ),
        "lines the maxima up with the columns, where the array is square": _right(
            _aligned_with_columns
        ),
        "leaves one exponent of the sum unshifted": _right(_forget_one),
        "divides by the sum of the whole array": _right(
            lambda X: softmax(X, axis=None)
        ),
        "makes the columns sum to 1": _right(lambda X: softmax(X, axis=0)),
        "makes the columns sum to 1, where the array is square": _right(
            lambda X: softmax(X, axis=0 if len(set(X.shape)) == 1 else -1)
        ),
        "takes powers of 2 instead of e": _right(lambda X: softmax(X * np.log(2))),
        "takes the sizes of the scores, without their signs": _right(
            lambda X: softmax(np.abs(X))
        ),
        "returns the logarithms": _right(log_softmax),
        "returns the exponentials undivided": _right(lambda X: np.exp(X - _max(X))),
        "puts each row in order": _right(lambda X: np.sort(softmax(X), axis=-1)),
        "answers for the first row only, and repeats it": _right(_first_row),
        "rounds to two decimals": _right(lambda X: np.round(softmax(X), 2)),
        "always answers with equal shares": _right(lambda X: softmax(X * 0)),
    },
    names=("softmax",),
)


def _log_backward(logits, grad_output):
    return grad_output - softmax(logits) * _sum(grad_output)


check_log_softmax_backward = Check(
    "my_log_softmax_backward",
    _log_backward,
    [
        (np.array([[0.5]]), np.array([[2.25]])),
        (np.log([[1.0, 3.0]]), np.array([[1.0, 0.0]])),
        (_ROWS, np.array([[1.0, 0.0, -2.25], [0.5, 0.75, 3.0]])),
        (_SQUARE, np.array([[0.3, -1.2], [2.0, 0.7]])),
        (np.array([[0.5], [1.5]]), np.array([[2.0], [-0.5]])),
        (np.array([[0.2, 0.2, 1.0], [1.0, 0.0, -0.3]]), np.zeros((2, 3))),
        (np.array([[1000.0, 1001.0]]), np.array([[1.0, 2.0]])),
        (_FAR_APART, np.array([[1.0, 2.0], [1.5, 2.0]])),
        (np.array([[0.0, 2000.0]]), np.array([[1.0, 2.5]])),
        (many(13, 12), 123.456789 * many(13, 12, start=7)),
    ],
    {
        "That is the backward pass of the softmax. Start from the derivatives of log q.": (
            lambda x, g: softmax(x) * (g - _sum(softmax(x) * g))
        ),
        "You multiply by the Jacobian. The gradient needs its transpose, and this Jacobian is "
        "not symmetric: which of the two indices do you sum over?": (
            lambda x, g: g - _sum(softmax(x) * g)
        ),
        "The probabilities are missing: each class gives back its share q of the sum.": (
            lambda x, g: g - _sum(g)
        ),
        "You subtract the plain mean of the upstream gradient. The shares are the "
        "probabilities, and they are shares of its sum.": (
            lambda x, g: g - np.mean(g, axis=-1, keepdims=True)
        ),
        "You subtract q times the mean of the upstream gradient. Take its sum.": (
            lambda x, g: g - softmax(x) * np.mean(g, axis=-1, keepdims=True)
        ),
        "Each score changes all the log-probabilities, not only its own: sum over them.": (
            lambda x, g: g - softmax(x) * g,
            lambda x, g: (1 - softmax(x)) * g,
        ),
        "You divide by q: that is the slope of the logarithm alone. The softmax below it has "
        "a slope, too.": lambda x, g: g / softmax(x),
        "The first term is missing: a log-probability also rises with its own score.": (
            lambda x, g: -softmax(x) * _sum(g)
        ),
        "The opposite sign: a log-probability rises with its own score.": (
            lambda x, g: softmax(x) * _sum(g) - g
        ),
        "The second term is subtracted, not added: the LSE is subtracted, too.": (
            lambda x, g: g + softmax(x) * _sum(g)
        ),
        "You sum over the whole array: one sample's gradient leaks into the other's.": (
            lambda x, g: g - softmax(x) * np.sum(g)
        ),
        "You sum over the samples (axis=0). The sum runs over the classes of one sample.": (
            lambda x, g: g - softmax(x) * np.sum(g, axis=0)
        ),
        "That is right only where the upstream gradient sums to 1.": (
            lambda x, g: g - softmax(x)
        ),
        "exp(1000) is inf. Call `softmax`, or subtract each row's maximum.": (
            lambda x, g: g - _shifted_softmax(x, 0) * _sum(g)
        ),
        "The maximum is that of the whole array. Each row needs its own, or call `softmax`.": (
            lambda x, g: g - _shifted_softmax(x, np.max(x)) * _sum(g)
        ),
        "Your softmax runs along the columns. The classes of a sample stand in its row.": (
            lambda x, g: g - softmax(x, axis=0) * _sum(g),
            lambda x, g: g - softmax(x, axis=0) * np.sum(g, axis=0),
        ),
        "You return the upstream gradient itself. The LSE has a gradient, too.": (
            lambda x, g: g.copy()
        ),
        "That is the diagonal of the Jacobian of softmax. Start from the derivatives of log q.": (
            lambda x, g: softmax(x) * (1 - softmax(x)) * g
        ),
        "You take log q where q is needed.": lambda x, g: g - log_softmax(x) * _sum(g),
        "A small number below the fraction line spoils every probability. The largest "
        "exponential is 1, so that the sum is never 0.": tuple(
            lambda x, g, epsilon=epsilon: (
                g
                - np.exp(x - _max(x)) / (_sum(np.exp(x - _max(x))) + epsilon) * _sum(g)
            )
            for epsilon in _EPSILONS
        ),
    },
    names=("logits", "grad_output"),
)

check_smooth_maximum = Check(
    "my_smooth_maximum",
    lambda x, temperature: temperature * logsumexp(x / temperature),
    [
        (np.array([1.5]), 2.0),
        (np.array([0.0, 1.0]), 2.0),
        (np.array([0.3, 0.3, 0.3]), 1.0),
        (np.array([1.0, 2.0, 4.0]), 0.5),
        (np.array([1.0, 2.0, 4.0]), 0.001),
        (np.array([-1.0, -2.0]), 1.0),
        (np.array([-1.0, -2.0, 0.0, 0.5]), 300.0),
        (np.array([4.0, 4.0, 1.0]), 0.1),
        (np.array([4.0, 4.0, 1.0]), 0.001),
        (np.array([2000.0, 0.0]), 1.0),
        (np.array([-1000.0, -1001.0]), 1.0),
        (many(12), 0.7),
    ],
    {
        "You divide the scores by the temperature, but the result is then in the wrong "
        "unit: multiply it by the temperature again.": lambda x, t: logsumexp(x / t),
        "You multiply the scores by the temperature. A small one has to make the maximum "
        "sharper: divide them.": (
            lambda x, t: logsumexp(x * t) / t,
            lambda x, t: logsumexp(x * t) * t,
            lambda x, t: logsumexp(x * t),
        ),
        "The temperature has no effect inside the exponentials: divide the scores by it.": (
            lambda x, t: t * logsumexp(x)
        ),
        "The scores and the LSE are divided by the temperature. One of the two is multiplied.": (
            lambda x, t: logsumexp(x / t) / t
        ),
        "This is the LSE without a temperature.": lambda x, t: logsumexp(x),
        "This is the mean of the scores weighted with the softmax. It is a smooth maximum, "
        "too, but it lies below the maximum, not above.": (
            lambda x, t: np.sum(x * softmax(x / t))
        ),
        "That is the maximum itself, without a dial.": lambda x, t: np.max(x),
        "You take the mean of the exponentials, or subtract T log k. With their sum, the "
        "result lies above the sharp maximum.": (
            lambda x, t: t * (logsumexp(x / t) - np.log(x.size))
        ),
        "You subtract log k. With the sum of the exponentials, nothing is subtracted.": (
            lambda x, t: t * logsumexp(x / t) - np.log(x.size)
        ),
        "That is the upper bound, max x + T log k. Only equal scores reach it.": (
            lambda x, t: np.max(x) + t * np.log(x.size)
        ),
        "That is a smooth minimum.": lambda x, t: -t * logsumexp(-x / t),
        "exp(4 / 0.001) is inf. Call logsumexp, which subtracts the maximum first.": (
            lambda x, t: t * np.log(np.sum(np.exp(x / t)))
        ),
        "Inside the exponentials, the differences are not divided by the temperature.": (
            lambda x, t: np.max(x) + t * logsumexp(x - np.max(x))
        ),
        "What is added to the maximum is not multiplied by the temperature.": (
            lambda x, t: np.max(x) + logsumexp((x - np.max(x)) / t)
        ),
        "The maximum is subtracted, but not added back.": (
            lambda x, t: t * logsumexp((x - np.max(x)) / t)
        ),
        "That is the softmax, one number for each score. Its place is in the gradient.": (
            lambda x, t: softmax(x / t),
            lambda x, t: t * softmax(x / t),
        ),
        "The LSE is divided by the temperature, and the scores are not. It is the other way "
        "round.": lambda x, t: logsumexp(x) / t,
        "That is a logarithm to the base 2. LSE takes the natural one.": (
            lambda x, t: np.max(x) + t * logsumexp((x - np.max(x)) / t) / np.log(2),
            lambda x, t: t * np.log2(np.sum(np.exp(x / t))),
            lambda x, t: t * logsumexp(x / t) / np.log(2),
        ),
    },
    names=("x", "temperature"),
    rtol=5e-13,
)
