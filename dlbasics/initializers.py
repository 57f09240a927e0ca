"""First weights for a layer: random, so that units differ; scaled, to keep the size of signals.

Symbols: ``d`` inputs and ``k`` outputs of a layer, ``W`` is (d, k). Every rule is one variance:

===========  ===============  ==========================================================
LeCun        ``1 / d``        sums of d products keep the variance of the inputs
Glorot       ``2 / (d + k)``  a compromise between ``1 / d`` forward and ``1 / k`` backward
He           ``2 / d``        the same as LeCun's, after a ReLU has set half of them to 0
===========  ===============  ==========================================================

A normal draw takes it as it is. A uniform one from -r to r has the variance ``r²/3``, so that
``r = √(3 · variance)``. PyTorch calls Glorot's rule Xavier and He's rule Kaiming, and ``d`` and
``k`` fan-in and fan-out.
"""

import numpy as np

from dlbasics._validation import generator, whole


def lecun_normal(d, k, rng):
    """Normal weights of variance ``1 / d``.

    Parameters
    ----------
    d, k : int
        Inputs and outputs of the layer, at least 1.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray, shape (d, k)

    Raises
    ------
    TypeError, ValueError
        If a width is no whole number or below 1, or `rng` is no generator.

    References
    ----------
    LeCun, Bottou, Orr, Müller (1998), Efficient backprop.

    Examples
    --------
    >>> W = lecun_normal(100, 300, np.random.default_rng(0))
    >>> W.shape, W.var().round(4)
    ((100, 300), np.float64(0.0099))
    """
    d, k = _widths(d, k)
    return _normal(1 / d, d, k, rng)


def lecun_uniform(d, k, rng):
    """Uniform weights of variance ``1 / d``: up to ``√(3 / d)``. See `lecun_normal`.

    >>> W = lecun_uniform(3, 1000, np.random.default_rng(0))
    >>> np.abs(W).max().round(2)
    np.float64(1.0)
    """
    d, k = _widths(d, k)
    return _uniform(1 / d, d, k, rng)


def glorot_normal(d, k, rng):
    """Normal weights of variance ``2 / (d + k)``. Parameters as for `lecun_normal`.

    See Also
    --------
    torch.nn.init.xavier_normal_

    References
    ----------
    Glorot, Bengio (2010), Understanding the difficulty of training deep feedforward neural
    networks.

    Examples
    --------
    >>> W = glorot_normal(100, 300, np.random.default_rng(0))
    >>> W.var().round(4)
    np.float64(0.005)
    """
    d, k = _widths(d, k)
    return _normal(2 / (d + k), d, k, rng)


def glorot_uniform(d, k, rng):
    """Uniform weights of variance ``2 / (d + k)``: up to ``√(6 / (d + k))``. See `glorot_normal`.

    >>> W = glorot_uniform(200, 400, np.random.default_rng(0))
    >>> np.abs(W).max().round(2)
    np.float64(0.1)

    See Also
    --------
    torch.nn.init.xavier_uniform_
    """
    d, k = _widths(d, k)
    return _uniform(2 / (d + k), d, k, rng)


def he_normal(d, k, rng):
    """Normal weights of variance ``2 / d``. Parameters as for `lecun_normal`.

    See Also
    --------
    torch.nn.init.kaiming_normal_

    References
    ----------
    He, Zhang, Ren, Sun (2015), Delving deep into rectifiers: surpassing human-level
    performance on ImageNet classification.

    Examples
    --------
    >>> W = he_normal(100, 300, np.random.default_rng(0))
    >>> W.var().round(4)
    np.float64(0.0199)
    """
    d, k = _widths(d, k)
    return _normal(2 / d, d, k, rng)


def he_uniform(d, k, rng):
    """Uniform weights of variance ``2 / d``: up to ``√(6 / d)``. See `he_normal`.

    >>> W = he_uniform(6, 1000, np.random.default_rng(0))
    >>> np.abs(W).max().round(2)
    np.float64(1.0)

    See Also
    --------
    torch.nn.init.kaiming_uniform_
    """
    d, k = _widths(d, k)
    return _uniform(2 / d, d, k, rng)


def _widths(d, k):
    return whole(d, "d", 1), whole(k, "k", 1)


def _normal(variance, d, k, rng):
    return generator(rng, "rng").normal(0, np.sqrt(variance), (d, k))


def _uniform(variance, d, k, rng):
    r = np.sqrt(3 * variance)
    return generator(rng, "rng").uniform(-r, r, (d, k))
