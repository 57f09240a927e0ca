"""LogSumExp, the smooth maximum, and softmax, its gradient.

Symbols: ``x`` scores of any shape, ``k`` of them along `axis`; ``q = softmax(x)``.
Nothing overflows on the way: the largest score is subtracted before `exp` is taken,
which leaves softmax as it is and moves LogSumExp by what was subtracted.
"""

import numpy as np

from dlbasics._validation import as_float


def logsumexp(x, axis=-1, keepdims=False):
    """Logarithm of the sum of exponentials, in nats: a smooth maximum.

    ``LSE(x) = log Σᵢ exp(xᵢ)``, with ``max x ≤ LSE(x) ≤ max x + log k``.

    Parameters
    ----------
    x : array_like
        Scores; any shape that has `axis`.
    axis : int, tuple of int or None
        What to sum over; None for the whole array.
    keepdims : bool
        Keep the summed axes, with length 1.

    Returns
    -------
    ndarray or scalar
        The shape of `x` without `axis`. No score at all, or none above -inf, gives -inf;
        any +inf gives +inf; any NaN gives NaN.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    Notes
    -----
    The gradient is `softmax`. The sum is kept as ``1 + rest``, because next to a 1 a
    small `rest` would be rounded away: ``LSE(0, -40)`` is ``4.2e-18`` and not 0.

    References
    ----------
    Blanchard, Higham, Higham (2021), Accurately computing the log-sum-exp and softmax
    functions, IMA Journal of Numerical Analysis 41(4).

    Examples
    --------
    >>> logsumexp([1000.0, 1000.0])     # 1000 + log 2
    np.float64(1000.6931471805599)
    >>> logsumexp([[0, 0], [0, -np.inf]])
    array([0.69314718, 0.        ])
    """
    x = as_float(x, "x")
    shift = np.max(x, axis=axis, keepdims=True, initial=-np.inf)
    shift = np.where(np.isfinite(shift), shift, 0)  # inf - inf would be NaN
    with np.errstate(over="ignore", divide="ignore"):  # an inf here is the answer
        exps = np.exp(x - shift)
        ones = np.sum(exps == 1, axis=axis, keepdims=True, dtype=exps.dtype)
        rest = np.sum(exps, axis=axis, keepdims=True, where=exps != 1) + (ones - 1)
        result = shift + np.log1p(rest)
    return result if keepdims else np.squeeze(result, axis=axis)[()]


def softmax(x, axis=-1):
    """Turn scores into probabilities: positive, 1 in all, in the same order.

    ``qᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)``

    Parameters
    ----------
    x : array_like
        Scores (logits); any shape that has `axis`. A score of -inf gets probability 0.
    axis : int, tuple of int or None
        Along which the probabilities sum to 1. For samples in rows it is -1.

    Returns
    -------
    ndarray
        The shape of `x`. A slice with +inf or NaN, or with nothing above -inf, has no
        distribution: it is NaN.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    Notes
    -----
    The Jacobian is `softmax_jacobian`. Adding one number to every score changes nothing;
    subtracting the maximum makes the largest exponential exp(0) = 1.

    References
    ----------
    Bridle (1990), Probabilistic interpretation of feedforward classification network
    outputs, with relationships to statistical pattern recognition.

    Examples
    --------
    >>> softmax([0.0, 0.0])
    array([0.5, 0.5])
    >>> softmax([[1000, 1000, 1000], [0, 0, -np.inf]]).round(3)
    array([[0.333, 0.333, 0.333],
           [0.5  , 0.5  , 0.   ]])
    """
    x = as_float(x, "x")
    with np.errstate(over="ignore", invalid="ignore"):  # inf - inf is NaN, and means it
        exps = np.exp(x - np.max(x, axis=axis, keepdims=True, initial=-np.inf))
        return exps / np.sum(exps, axis=axis, keepdims=True)


def log_softmax(x, axis=-1):
    """Logarithm of `softmax`, in nats, and never the logarithm of a rounded 0.

    ``log qᵢ = xᵢ - LSE(x)``

    Parameters
    ----------
    x : array_like
        Scores (logits); any shape that has `axis`.
    axis : int, tuple of int or None
        Along which the probabilities sum to 1.

    Returns
    -------
    ndarray
        The shape of `x`, nowhere above 0; NaN where `softmax` is.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    Notes
    -----
    ``∂ log qᵢ/∂xⱼ = 1[i=j] - qⱼ``. The maximum is taken off first, so that a probability
    close to 1 keeps its tiny logarithm however large the scores are.

    Examples
    --------
    >>> log_softmax([0.0, 1000.0])      # log(softmax(x)) would say -inf
    array([-1000.,     0.])
    """
    x = as_float(x, "x")
    with np.errstate(over="ignore", invalid="ignore"):
        shifted = x - np.max(x, axis=axis, keepdims=True, initial=-np.inf)
        return shifted - logsumexp(shifted, axis=axis, keepdims=True)


def softmax_jacobian(x):
    """All partial derivatives of `softmax` over the last axis.

    ``∂qᵢ/∂xⱼ = qᵢ (1[i=j] - qⱼ)``, that is ``J = diag(q) - qqᵀ``

    Parameters
    ----------
    x : array_like, shape (..., k)
        Scores (logits), not probabilities.

    Returns
    -------
    ndarray, shape (..., k, k)
        Entry ``[..., i, j]`` says how output `i` moves with score `j`. It is symmetric. Its
        columns sum to 0, since the outputs sum to 1 whatever the scores do, and so do its
        rows, since one number added to all scores changes no output.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.

    Examples
    --------
    >>> softmax_jacobian([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    q = softmax(x)
    return q[..., :, None] * (np.eye(q.shape[-1], dtype=q.dtype) - q[..., None, :])
