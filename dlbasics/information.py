"""How much there is to learn, counted in yes/no questions (bits) or in nats.

Symbols: ``p`` a probability, or a distribution along an axis. ``base=2`` measures in bits,
``base=np.e`` in nats; 1 nat is 1.4427 bits. A distribution may miss the sum 1 by what rounding in
its dtype explains, and never by more than 0.01.
"""

import numpy as np

from dlbasics._validation import log_base, probabilities, same_shape, unit_interval


def self_information(p, base=2):
    """Surprisal of an event: how many yes/no questions it is worth, in bits.

    ``I(p) = -log p``

    Parameters
    ----------
    p : array_like
        Probabilities, each on its own.
    base : float
        2 for bits, e for nats.

    Returns
    -------
    ndarray or scalar
        The shape of `p`: 0 for what is certain, inf for what cannot happen.

    Raises
    ------
    TypeError
        If `p` does not hold real numbers, or `base` is no number.
    ValueError
        If a probability lies outside 0 to 1, or `base` is not above 1.

    References
    ----------
    Shannon (1948), A mathematical theory of communication.

    Examples
    --------
    >>> self_information([1, 1/2, 1/4, 1/1024, 0])
    array([ 0.,  1.,  2., 10., inf])
    """
    p, base = unit_interval(p, "p"), log_base(base)
    with np.errstate(divide="ignore"):  # log 0 = -inf: surprise without end
        return 0 - _log(p, base)  # 0 - 0 is 0, where -(0) would print as -0


def entropy(p, base=2, axis=-1):
    """Mean surprisal of a distribution: the questions needed on average, in bits.

    ``H(p) = -Σᵢ pᵢ log pᵢ``, where ``0 log 0 = 0``

    Parameters
    ----------
    p : array_like
        Distributions along `axis`.
    base : float
        2 for bits, e for nats.
    axis : int, tuple of int or None
        Along which `p` sums to 1.

    Returns
    -------
    ndarray or scalar
        The shape of `p` without `axis`; from 0 (certain) to log k (uniform over k outcomes).

    Raises
    ------
    TypeError
        If `p` does not hold real numbers, or `base` is no number, or `axis` no axis.
    ValueError
        If `p` has a value outside 0 to 1 or a sum that is not 1, or `base` is not above 1.

    See Also
    --------
    scipy.stats.entropy : in nats, unless it is given a base
    scipy.special.entr : the terms of the sum, in nats

    References
    ----------
    Shannon (1948), A mathematical theory of communication.

    Examples
    --------
    >>> entropy([1/2, 1/4, 1/4])
    np.float64(1.5)
    >>> entropy([[1, 0], [1/2, 1/2]])
    array([0., 1.])
    """
    base = log_base(base)
    p = probabilities(p, "p", axis)
    return 0 - np.sum(p * _log(np.where(p > 0, p, 1), base), axis=axis)


def cross_entropy(p, q, base=2, axis=-1):
    """Mean cost of asking with the tree for `q` when the truth is `p`, in bits.

    ``H(p, q) = -Σᵢ pᵢ log qᵢ``, where ``0 log 0 = 0``

    Parameters
    ----------
    p, q : array_like
        The true and the assumed distribution along `axis`, of one shape.
    base : float
        2 for bits, e for nats.
    axis : int, tuple of int or None
        Along which both sum to 1.

    Returns
    -------
    ndarray or scalar
        The shape of `p` without `axis`; inf where `q` rules out what `p` lets happen.

    Raises
    ------
    TypeError
        If `p` or `q` does not hold real numbers, or `base` is no number, or `axis` no axis.
    ValueError
        If the shapes differ, `p` or `q` is empty or no distribution, or `base` is not above 1.

    See Also
    --------
    sklearn.metrics.log_loss : in nats, from labels
    torch.nn.CrossEntropyLoss : in nats, from logits

    Notes
    -----
    Never below the entropy of `p` (Gibbs); the gradient with respect to `q` is ``-p/q``. For
    predictions made from logits take `losses.softmax_cross_entropy`, where no probability is
    rounded to 0.

    Examples
    --------
    >>> dna, uniform = [12/16, 2/16, 1/16, 1/16], [1/4, 1/4, 1/4, 1/4]
    >>> cross_entropy(dna, uniform)
    np.float64(2.0)
    """
    base = log_base(base)
    p, q = probabilities(p, "p", axis), probabilities(q, "q", axis)
    p, q = same_shape(p, q, "p", "q")
    with np.errstate(divide="ignore"):
        return 0 - np.sum(p * _log(np.where(p > 0, q, 1), base), axis=axis)


def kl_divergence(p, q, base=2, axis=-1):
    """Bits wasted by asking with the tree for `q` when the truth is `p`.

    ``KL(p ‖ q) = Σᵢ pᵢ log(pᵢ / qᵢ) = H(p, q) - H(p)``

    Parameters
    ----------
    p, q : array_like
        The true and the assumed distribution along `axis`, of one shape.
    base : float
        2 for bits, e for nats.
    axis : int, tuple of int or None
        Along which both sum to 1.

    Returns
    -------
    ndarray or scalar
        The shape of `p` without `axis`: 0 if and only if the two agree, inf where `q` rules
        out what `p` lets happen.

    Raises
    ------
    TypeError
        If `p` or `q` does not hold real numbers, or `base` is no number, or `axis` no axis.
    ValueError
        If the shapes differ, `p` or `q` is empty or no distribution, or `base` is not above 1.

    See Also
    --------
    scipy.special.rel_entr : the terms of the sum, in nats
    torch.nn.KLDivLoss : takes ``log q`` first, and ``p`` second

    Notes
    -----
    Not a distance: ``KL(p ‖ q)`` and ``KL(q ‖ p)`` differ. Where rounding takes the sum just below
    0, the result is 0.

    References
    ----------
    Kullback, Leibler (1951), On information and sufficiency.

    Examples
    --------
    >>> kl_divergence([1/2, 1/2], [1/4, 3/4]).round(4)
    np.float64(0.2075)
    >>> kl_divergence([1/4, 3/4], [1/2, 1/2]).round(4)
    np.float64(0.1887)
    """
    base = log_base(base)
    p, q = probabilities(p, "p", axis), probabilities(q, "q", axis)
    p, q = same_shape(p, q, "p", "q")
    p_or_1, q_or_1 = np.where(p > 0, p, 1), np.where(p > 0, q, 1)
    with np.errstate(divide="ignore"):
        waste = np.sum(p * (_log(p_or_1, base) - _log(q_or_1, base)), axis=axis)
    return np.maximum(waste, 0)  # never negative, and rounding must not make it so


def _log(p, base):
    return np.log2(p) if base == 2 else np.log(p) / np.log(base).item()
