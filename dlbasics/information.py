"""How much there is to learn, counted in yes/no questions (bits) or in nats.

Symbols: ``p`` a probability, or a distribution along an axis. ``base=2`` measures in bits,
``base=np.e`` in nats; 1 nat is 1.4427 bits.
"""

import numpy as np

from dlbasics._validation import log_base, probabilities, unit_interval


def _log(p, base):
    return np.log2(p) if log_base(base) == 2 else np.log(p) / float(np.log(base))


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
    p = unit_interval(p, "p")
    with np.errstate(
        divide="ignore"
    ):  # log 0 = -inf: the impossible surprises without end
        return 0.0 - _log(p, base)  # 0 - 0 is 0, where -(0) would print as -0


def entropy(p, base=2, axis=-1):
    """Mean surprisal of a distribution: the questions needed on average, in bits.

    ``H(p) = -Σᵢ pᵢ log pᵢ``, where ``0 log 0 = 0``

    Parameters
    ----------
    p : array_like
        Distributions along `axis`.
    base : float
        2 for bits, e for nats.
    axis : int
        Along which `p` sums to 1.

    Returns
    -------
    ndarray or scalar
        The shape of `p` without `axis`; from 0 (certain) to log k (uniform over k outcomes).

    Raises
    ------
    ValueError
        If `p` has a value outside 0 to 1 or a sum that is not 1, or `base` is not above 1.

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
    p = probabilities(p, "p", axis)
    return 0.0 - np.sum(p * _log(np.where(p > 0, p, 1), base), axis=axis)
