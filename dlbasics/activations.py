"""The nonlinearities, each with its derivative beside it.

All work on every element alone, take an array of any shape, and return one like it.
A derivative takes the same argument as its function: the value *before* it.
"""

import numpy as np

from dlbasics._validation import as_float


def relu(x):
    """Rectified linear unit: ``max(x, 0)``.

    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    """
    x = as_float(x, "x")
    return np.maximum(x, 0)


def relu_derivative(x):
    """1 where ``x > 0``, else 0. At the kink, 0, any slope from 0 to 1 would do; here it is 0.

    >>> relu_derivative([-2.0, 0.0, 3.0])
    array([0., 0., 1.])
    """
    x = as_float(x, "x")
    return np.heaviside(x, 0)


def sigmoid(x):
    """Logistic sigmoid: ``1 / (1 + exp(-x))``, without an exponential that can overflow.

    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    x = as_float(x, "x")
    e = np.exp(-np.abs(x))  # in (0, 1], on either side
    return np.where(x >= 0, 1, e) / (1 + e)


def sigmoid_derivative(x):
    """``σ(x) (1 - σ(x))``, at most 1/4; as ``σ(x) σ(-x)`` it stays exact for large x.

    >>> sigmoid_derivative([-40.0, 0.0, 40.0])
    array([4.24835426e-18, 2.50000000e-01, 4.24835426e-18])
    """
    x = as_float(x, "x")
    return sigmoid(x) * sigmoid(-x)


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
