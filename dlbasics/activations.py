"""The nonlinearities, each with its derivative beside it.

All work on each element alone: they take numbers of any shape and return an array like it.
A derivative takes the same argument as its function: the value *before* it.

At infinity they give their limits, NaN stays NaN, and what is too large to represent is inf.
What is no real number is a TypeError.
"""

import numpy as np

from dlbasics._validation import as_float, number, unit_interval


def identity(x):
    """What goes in comes out: the output activation of regression.

    >>> identity([-2.0, 3.0])
    array([-2.,  3.])

    See Also
    --------
    torch.nn.Identity
    """
    return as_float(x, "x").copy()


def identity_derivative(x):
    """1 everywhere.

    >>> identity_derivative([-2.0, 3.0])
    array([1., 1.])
    """
    return np.ones_like(as_float(x, "x"))


def step(x):
    """1 where ``x >= 0``, else 0. The value at 0 is a choice: here it is 1.

    >>> step([-2.0, 0.0, 3.0])
    array([0., 1., 1.])

    See Also
    --------
    numpy.heaviside
    """
    return np.heaviside(as_float(x, "x"), 1)


def step_derivative(x):
    """0 everywhere, also at the jump, which has no derivative: no gradient gets through.

    >>> step_derivative([-2.0, 0.0, 3.0])
    array([0., 0., 0.])
    """
    return np.zeros_like(as_float(x, "x"))


def relu(x):
    """Rectified linear unit: ``max(x, 0)``.

    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])

    See Also
    --------
    torch.nn.ReLU
    """
    x = as_float(x, "x")
    return np.maximum(x, 0)


def relu_derivative(x):
    """1 where ``x > 0``, else 0. At the kink, any value from 0 to 1 would do.

    >>> relu_derivative([-2.0, 0.0, 3.0])
    array([0., 0., 1.])
    """
    x = as_float(x, "x")
    return np.sign(np.maximum(x, 0))  # a fifth of the time of np.heaviside(x, 0)


def leaky_relu(x, slope=0.01):
    """ReLU with a small slope on the left: ``x`` where ``x > 0``, else ``slope · x``.

    >>> leaky_relu([-2.0, 0.0, 3.0])
    array([-0.02,  0.  ,  3.  ])

    See Also
    --------
    torch.nn.LeakyReLU
    """
    x = as_float(x, "x")
    with np.errstate(all="ignore"):  # 0 · inf, if the slope is 0
        return x * leaky_relu_derivative(x, slope)


def leaky_relu_derivative(x, slope=0.01):
    """1 where ``x > 0``, else `slope`, also at the kink, 0.

    >>> leaky_relu_derivative([-2.0, 0.0, 3.0])
    array([0.01, 0.01, 1.  ])
    """
    x, slope = as_float(x, "x"), number(slope, "slope")
    with np.errstate(over="ignore"):  # a slope may be beyond float32
        return np.where(np.isnan(x), x, np.where(x > 0, 1, x.dtype.type(slope)))


def sigmoid(x):
    """Logistic sigmoid: ``1 / (1 + exp(-x)) = exp(x) / (1 + exp(x))``.

    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])

    See Also
    --------
    scipy.special.expit, torch.nn.Sigmoid
    """
    x = as_float(x, "x")
    e = np.exp(np.minimum(x, 80))  # from 80 on, 1 + e rounds to e, and the result is 1
    return e / (1 + e)


def sigmoid_derivative(x):
    """``σ(x) (1 - σ(x))``, at most 1/4. As ``σ(x) σ(-x)`` it keeps its tiny values.

    >>> sigmoid_derivative([-40.0, 0.0, 40.0])
    array([4.24835426e-18, 2.50000000e-01, 4.24835426e-18])
    """
    x = as_float(x, "x")
    return sigmoid(x) * sigmoid(-x)


def log_sigmoid(x):
    """``log σ(x)``, never the logarithm of a rounded 0: ``-softplus(-x)``.

    >>> log_sigmoid([-1000.0, 0.0])
    array([-1.00000000e+03, -6.93147181e-01])

    See Also
    --------
    scipy.special.log_expit, torch.nn.LogSigmoid
    """
    return 0 - softplus(-as_float(x, "x"))  # 0 - 0 is 0, where -(0) would print as -0


def log_sigmoid_derivative(x):
    """``1 - σ(x)``. As ``σ(-x)`` it keeps its tiny values.

    >>> log_sigmoid_derivative([0.0])
    array([0.5])
    """
    return sigmoid(-as_float(x, "x"))


def logit(p):
    """Log-odds, in nats: ``log(p / (1 - p))``, the inverse of `sigmoid`.

    >>> logit([0.0, 0.5, 0.75, 1.0])    # 3 to 1 has the logarithm 1.0986
    array([      -inf, 0.        , 1.09861229,        inf])

    See Also
    --------
    scipy.special.logit, torch.logit
    """
    p = unit_interval(p, "p")
    with np.errstate(divide="ignore"):  # certainty is infinitely far away
        return np.log(p / (1 - p))


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

    See Also
    --------
    numpy.tanh, torch.nn.Tanh
    """
    return np.tanh(as_float(x, "x"))


def tanh_derivative(x):
    """``1 - tanh²(x)``, at most 1. As ``4 σ'(2x)`` it keeps its tiny values.

    >>> tanh_derivative([0.0, 20.0])
    array([1.0000000e+00, 1.6993417e-17])
    """
    x = as_float(x, "x")
    with np.errstate(over="ignore"):  # 2x may be infinite: there, the limit is right
        return 4 * sigmoid_derivative(2 * x)


def softplus(x):
    """``log(1 + exp(x))``, a ReLU without a kink. It is `logsumexp` of x and 0.

    >>> softplus([-1000.0, 0.0, 1000.0])
    array([0.00000000e+00, 6.93147181e-01, 1.00000000e+03])

    See Also
    --------
    numpy.logaddexp, torch.nn.Softplus
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
