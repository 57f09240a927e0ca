"""How wrong a prediction is, each loss with its gradient beside it.

Symbols: ``n`` samples, ``k`` classes; logits ``x``, targets ``t``. Regression losses average over
all elements, classification losses over samples, in nats. Classification starts from *logits*, not
from probabilities: then the gradient is ``prediction - target``, and no probability is rounded to 0
before its logarithm is taken.

All numbers must be finite; only a logit of `softmax_cross_entropy` may be -inf, for a class that is
ruled out. A loss that is too large to represent is inf.
"""

import numpy as np

from dlbasics._validation import class_labels, logit_rows, same_shape, unit_interval
from dlbasics.activations import sigmoid
from dlbasics.softmax import log_softmax, softmax


def mse(predictions, targets):
    """Mean squared error over all elements, ``mean (y - t)²``.

    Parameters
    ----------
    predictions, targets : array_like
        Of one shape; nothing is broadcast.

    Returns
    -------
    scalar

    Raises
    ------
    TypeError
        If one of them does not hold real numbers.
    ValueError
        If the shapes differ, there is no element, or a number is NaN or infinite.

    See Also
    --------
    torch.nn.MSELoss

    Notes
    -----
    The best constant prediction is the mean of the targets.

    Examples
    --------
    >>> mse([1.0, 2.0, 6.0], [1.0, 3.0, 3.0])       # (0 + 1 + 9) / 3
    np.float64(3.3333333333333335)
    """
    y, t = same_shape(predictions, targets, "predictions", "targets")
    with np.errstate(over="ignore"):
        return np.mean((y - t) ** 2)


def mse_gradient(predictions, targets):
    """``2 (y - t) / n`` for each of the n elements.

    >>> mse_gradient([1.0, 2.0, 6.0], [1.0, 3.0, 3.0])
    array([ 0.        , -0.66666667,  2.        ])
    """
    y, t = same_shape(predictions, targets, "predictions", "targets")
    with np.errstate(over="ignore"):
        return (y - t) * (2 / y.size)


def half_sse(predictions, targets):
    """Half the sum of squared errors: ``½ Σ (y - t)²``; the ½ is there for its gradient.

    >>> half_sse([1.0, 2.0, 6.0], [1.0, 3.0, 3.0])
    np.float64(5.0)
    """
    y, t = same_shape(predictions, targets, "predictions", "targets")
    with np.errstate(over="ignore"):
        return np.sum((y - t) ** 2) / 2


def half_sse_gradient(predictions, targets):
    """``y - t``, whatever their number.

    >>> half_sse_gradient([1.0, 2.0, 6.0], [1.0, 3.0, 3.0])
    array([ 0., -1.,  3.])
    """
    y, t = same_shape(predictions, targets, "predictions", "targets")
    with np.errstate(over="ignore"):
        return y - t


def mae(predictions, targets):
    """Mean absolute error over all elements, ``mean |y - t|``.

    The best constant prediction is the median of the targets.

    >>> mae([1.0, 2.0, 6.0], [1.0, 3.0, 3.0])
    np.float64(1.3333333333333333)

    See Also
    --------
    sklearn.metrics.mean_absolute_error, torch.nn.L1Loss
    """
    y, t = same_shape(predictions, targets, "predictions", "targets")
    with np.errstate(over="ignore"):
        return np.mean(np.abs(y - t))


def mae_gradient(predictions, targets):
    """``sign(y - t) / n``; at the kink, where a prediction is exact, 0.

    >>> mae_gradient([1.0, 2.0, 6.0], [1.0, 3.0, 3.0])
    array([ 0.        , -0.33333333,  0.33333333])
    """
    y, t = same_shape(predictions, targets, "predictions", "targets")
    with np.errstate(over="ignore"):
        return np.sign(y - t) / y.size


def binary_cross_entropy(logits, targets):
    """Mean cost of yes/no answers given as logits, in nats.

    ``mean [ max(x, 0) - x t + log(1 + exp(-|x|)) ]``, which is
    ``mean [ -t log σ(x) - (1 - t) log(1 - σ(x)) ]`` with the logarithms taken on paper

    Parameters
    ----------
    logits : array_like
        Scores of any shape, finite.
    targets : array_like
        Of the same shape, from 0 to 1.

    Returns
    -------
    scalar

    Raises
    ------
    TypeError
        If one of them does not hold real numbers.
    ValueError
        If the shapes differ, a target lies outside 0 to 1, a logit is NaN or infinite, or there is
        no sample.

    See Also
    --------
    torch.nn.BCEWithLogitsLoss

    Examples
    --------
    >>> binary_cross_entropy([0.0, 1000.0], [1, 1])     # log 2, and nothing
    np.float64(0.34657359027997264)
    """
    unit_interval(targets, "targets")
    x, t = same_shape(logits, targets, "logits", "targets")
    t = t.astype(x.dtype)
    with np.errstate(over="ignore"):
        return np.mean(np.maximum(x, 0) - x * t + np.log1p(np.exp(-np.abs(x))))


def binary_cross_entropy_gradient(logits, targets):
    """``(σ(x) - t) / n``: prediction minus target.

    >>> binary_cross_entropy_gradient([0.0, 1000.0], [1, 1])
    array([-0.25,  0.  ])
    """
    unit_interval(targets, "targets")
    x, t = same_shape(logits, targets, "logits", "targets")
    t = t.astype(x.dtype)
    return (sigmoid(x) - t) / x.size


def softmax_cross_entropy(logits, labels):
    """Mean cost of the right classes under the softmax of the logits, in nats.

    ``mean -log q[label]``, where ``log q = log_softmax(x)``

    Parameters
    ----------
    logits : array_like, shape (n, k)
        Scores, finite, or -inf to rule a class out; at least one in each row is finite.
    labels : array_like of int, shape (n,)
        The right classes, from 0 to k - 1.

    Returns
    -------
    scalar
        inf if a right class was ruled out.

    Raises
    ------
    TypeError
        If `logits` does not hold real numbers, or `labels` integers.
    ValueError
        If the shapes do not fit, a label lies outside 0 to k - 1, a logit is NaN or +inf, a row
        rules all classes out, or there is no sample.

    See Also
    --------
    torch.nn.CrossEntropyLoss

    Examples
    --------
    >>> softmax_cross_entropy([[0.0, 0.0], [0.0, 50.0]], [0, 0])    # (log 2 + 50) / 2
    np.float64(25.346573590279974)
    """
    x = logit_rows(logits)
    labels = class_labels(labels, *x.shape)
    log_q = log_softmax(x)[np.arange(len(x)), labels]
    with np.errstate(over="ignore"):
        return 0 - np.mean(log_q)  # 0 - 0 is 0, where -(0) would print as -0


def softmax_cross_entropy_gradient(logits, labels):
    """``(q - p) / n``: prediction minus target, p being one-hot.

    >>> softmax_cross_entropy_gradient([[0.0, 0.0], [0.0, 50.0]], [0, 0])
    array([[-0.25,  0.25],
           [-0.5 ,  0.5 ]])
    """
    x = logit_rows(logits)
    labels = class_labels(labels, *x.shape)
    gradient = softmax(x)
    gradient[np.arange(len(x)), labels] -= 1
    gradient /= len(x)
    return gradient
