"""LogSumExp, the smooth maximum, and softmax, its gradient.

Symbols: ``x`` scores of any shape, ``k`` of them along `axis`; ``q = softmax(x)``.
No exponential overflows, because the largest score is subtracted before `exp` is taken. This does
not change softmax, and it lowers LogSumExp by what was subtracted.
"""

import numpy as np

from dlbasics._validation import as_float, axis_of, flag


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
        If `x` does not hold real numbers, or `axis` is no axis.
    ValueError
        If `x` does not have that axis, or is ragged.

    See Also
    --------
    scipy.special.logsumexp, torch.logsumexp

    Notes
    -----
    The gradient is `softmax`. Tiny results are kept: ``LSE(0, -40)`` is ``4.2e-18`` and not 0.

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
    flag(keepdims, "keepdims")
    for one in axis_of(x, axis):  # several axes are summed over one after another
        largest, _, log_sum = _relative(x, one)
        x = np.where(np.isfinite(largest), largest + log_sum, largest)
    return x.sum(axis=axis, keepdims=keepdims)  # a sum of one: it only drops the axes


def softmax(x, axis=-1):
    """Turn scores into probabilities: non-negative, sum 1, in the same order.

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
        If `x` does not hold real numbers, or `axis` is no axis.
    ValueError
        If `x` does not have that axis, or is ragged.

    See Also
    --------
    scipy.special.softmax, torch.nn.Softmax

    Notes
    -----
    The Jacobian is `softmax_jacobian`. Adding one number to every score does not change softmax;
    subtracting the maximum makes the largest exponential exp(0) = 1. The form without a division,
    ``exp(x - LSE(x))``, loses digits where the scores are large.

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
    axis_of(x, axis)
    with np.errstate(all="ignore"):  # inf - inf is NaN, and means it
        exps = np.exp(x - x.max(axis=axis, keepdims=True, initial=-np.inf))
        exps /= exps.sum(axis=axis, keepdims=True)
    return exps


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
        If `x` does not hold real numbers, or `axis` is no axis.
    ValueError
        If `x` does not have that axis, or is ragged.

    See Also
    --------
    scipy.special.log_softmax, torch.nn.LogSoftmax

    Notes
    -----
    ``∂ log qᵢ/∂xⱼ = 1[i=j] - qⱼ``. The largest score is subtracted first, so that a probability
    close to 1 keeps its tiny logarithm, however large the scores are. Only where the difference of
    two scores is beyond the largest float is a logarithm -inf.

    Examples
    --------
    >>> log_softmax([0.0, 1000.0])      # log(softmax(x)) would say -inf
    array([-1000.,     0.])
    """
    x = as_float(x, "x")
    axis_of(x, axis)
    with np.errstate(all="ignore"):
        if isinstance(axis, int):
            _, relative, log_sum = _relative(x, axis)
        else:
            relative = x - x.max(axis=axis, keepdims=True, initial=-np.inf)
            log_sum = logsumexp(relative, axis=axis, keepdims=True)
        return relative - log_sum


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
        Entry ``[..., i, j]`` is the derivative of output `i` with respect to score `j`. The
        matrix is symmetric. Its columns sum to 0, since the outputs always sum to 1, and so do
        its rows, since one number added to all scores changes no output.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `x` is a single number, or ragged.

    Examples
    --------
    >>> softmax_jacobian([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    x = as_float(x, "x")
    if x.ndim == 0:
        raise ValueError("x: got a single number, expected scores along an axis")
    q = softmax(x)
    identity = np.eye(q.shape[-1], dtype=q.dtype)
    return q[..., :, None] * (identity - q[..., None, :]) + 0  # turns -0.0 into 0


def _relative(x, axis):
    """Return the largest score, all scores minus it, and the LSE of those.

    Minus itself, the largest is 0, and exp(0) = 1. Next to that 1, small exponentials would be
    rounded away, so the 1 is left out of the sum, and log1p adds it.
    """
    if x.shape[axis] == 0:  # of no score, there is no largest
        largest = x.max(axis=axis, keepdims=True, initial=-np.inf)
        return largest, x - largest, np.zeros_like(largest)
    top = x.argmax(axis=axis, keepdims=True)
    largest = np.take_along_axis(x, top, axis)
    with np.errstate(all="ignore"):
        relative = x - largest
        exps = np.exp(relative)
        np.put_along_axis(exps, top, largest - largest, axis)  # 0, or NaN for inf - inf
        return largest, relative, np.log1p(exps.sum(axis=axis, keepdims=True))
