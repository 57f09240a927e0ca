"""The nonlinearities, each with its derivative beside it.

All work on every element alone, take an array of any shape, and return one like it.
A derivative takes the same argument as its function: the value *before* it.
"""

import numpy as np

from dlbasics._validation import as_float, unit_interval


def identity(x):
    """What goes in comes out: the output activation of regression.

    >>> identity([-2.0, 3.0])
    array([-2.,  3.])
    """
    return as_float(x, "x").copy()


def identity_derivative(x):
    """1 everywhere.

    >>> identity_derivative([-2.0, 3.0])
    array([1., 1.])
    """
    return np.ones_like(as_float(x, "x"))


def step(x):
    """1 where ``x >= 0``, else 0. At 0 it is 1: one of the two had to be chosen.

    >>> step([-2.0, 0.0, 3.0])
    array([0., 1., 1.])
    """
    return np.heaviside(as_float(x, "x"), 1)


def step_derivative(x):
    """0 everywhere, at the jump too, where there is none: nothing can be learned through it.

    >>> step_derivative([-2.0, 0.0, 3.0])
    array([0., 0., 0.])
    """
    return np.zeros_like(as_float(x, "x"))


def relu(x):
    """Rectified linear unit: ``max(x, 0)``.

    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    """
    x = as_float(x, "x")
    return np.maximum(x, 0)


def relu_derivative(x):
    """1 where ``x > 0``, else 0. At the kink any of 0 to 1 would do; here it is 0.

    >>> relu_derivative([-2.0, 0.0, 3.0])
    array([0., 0., 1.])
    """
    x = as_float(x, "x")
    return np.heaviside(x, 0)


def leaky_relu(x, slope=0.01):
    """ReLU that lets a little through: ``x`` where ``x > 0``, else ``slope · x``.

    >>> leaky_relu([-2.0, 0.0, 3.0])
    array([-0.02,  0.  ,  3.  ])
    """
    x = as_float(x, "x")
    return np.where(x > 0, x, slope * x)


def leaky_relu_derivative(x, slope=0.01):
    """1 where ``x > 0``, else `slope`, at the kink, 0, too.

    >>> leaky_relu_derivative([-2.0, 0.0, 3.0])
    array([0.01, 0.01, 1.  ])
    """
    x = as_float(x, "x")
    return np.where(np.isnan(x), x, np.where(x > 0, 1, x.dtype.type(slope)))


def sigmoid(x):
    """Logistic sigmoid: ``1 / (1 + exp(-x))``, where nothing can overflow.

    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    x = as_float(x, "x")
    e = np.exp(-np.abs(x))  # in (0, 1], on either side
    return np.where(x >= 0, 1, e) / (1 + e)


def sigmoid_derivative(x):
    """``σ(x) (1 - σ(x))``, at most 1/4; as ``σ(x) σ(-x)`` exact for large x.

    >>> sigmoid_derivative([-40.0, 0.0, 40.0])
    array([4.24835426e-18, 2.50000000e-01, 4.24835426e-18])
    """
    x = as_float(x, "x")
    return sigmoid(x) * sigmoid(-x)


def log_sigmoid(x):
    """``log σ(x)``, never the logarithm of a rounded 0: ``-softplus(-x)``.

    >>> log_sigmoid([-1000.0, 0.0])
    array([-1.00000000e+03, -6.93147181e-01])
    """
    return -softplus(-as_float(x, "x"))


def log_sigmoid_derivative(x):
    """``1 - σ(x)``, as ``σ(-x)``, which stays exact for large x.

    >>> log_sigmoid_derivative([0.0])
    array([0.5])
    """
    return sigmoid(-as_float(x, "x"))


def logit(p):
    """Log-odds, in nats: ``log(p / (1 - p))``, the inverse of `sigmoid`.

    >>> logit([0.0, 0.5, 0.75, 1.0])    # 3 to 1 has the logarithm 1.0986
    array([      -inf, 0.        , 1.09861229,        inf])
    """
    p = unit_interval(p, "p")
    with np.errstate(divide="ignore"):  # certainty is infinitely far away
        return np.log(p) - np.log1p(-p)


def logit_derivative(p):
    """``1 / (p (1 - p))``, at least 4; inf where p is 0 or 1.

    >>> logit_derivative([0.5, 0.2])
    array([4.  , 6.25])
    """
    p = unit_interval(p, "p")
    with np.errstate(divide="ignore", over="ignore"):  # 1 / p may be beyond the largest
        return 1 / (p * (1 - p))


def tanh(x):
    """Hyperbolic tangent, a sigmoid from -1 to 1: ``2 σ(2x) - 1``.

    >>> tanh([-1000.0, 0.0, 1000.0])
    array([-1.,  0.,  1.])
    """
    return np.tanh(as_float(x, "x"))


def tanh_derivative(x):
    """``1 - tanh²(x)``, at most 1; as ``4 σ'(2x)`` it stays exact for large x.

    >>> tanh_derivative([0.0, 20.0])
    array([1.0000000e+00, 1.6993417e-17])
    """
    return 4 * sigmoid_derivative(2 * as_float(x, "x"))


def softplus(x):
    """``log(1 + exp(x))``, a ReLU without a kink; it is ``logsumexp`` of x and 0.

    >>> softplus([-1000.0, 0.0, 1000.0])
    array([0.00000000e+00, 6.93147181e-01, 1.00000000e+03])
    """
    x = as_float(x, "x")
    with np.errstate(invalid="ignore"):  # a NaN that came in is not news
        return np.logaddexp(0, x)


def softplus_derivative(x):
    """The sigmoid.

    >>> softplus_derivative([0.0])
    array([0.5])
    """
    return sigmoid(x)
