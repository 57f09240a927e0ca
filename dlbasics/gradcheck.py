"""Gradients without calculus: the independent judge of every derivative in the book.

It knows NumPy and nothing else of `dlbasics`, so that it cannot share a mistake with
what it judges.
"""

import numpy as np


def numerical_gradient(function, x, step=None):
    """Gradient of a scalar function by central differences.

    ``∂f/∂xᵢ ≈ (f(x + h eᵢ) - f(x - h eᵢ)) / 2h``

    Parameters
    ----------
    function : callable
        Takes an array like `x`, returns one number.
    x : array_like
        Where to take the gradient, in float64.
    step : float, optional
        The h. By default the cube root of the machine epsilon, about 6e-6, times
        ``max(1, |xᵢ|)``: there the error of the formula, of order h², and the rounding of
        the two values, of order ε/h, are equally small.

    Returns
    -------
    ndarray
        The shape of `x`.

    Examples
    --------
    >>> numerical_gradient(lambda x: np.sum(x**2), [1.0, -3.0]).round(6)
    array([ 2., -6.])
    """
    x = np.array(x, dtype=np.float64)  # a copy: its elements are moved one by one
    gradient = np.empty_like(x)
    for i in np.ndindex(x.shape):
        here = x[i]
        h = step or np.cbrt(np.finfo(np.float64).eps) * max(1.0, abs(here))
        x[i] = here + h
        above = function(x.copy())
        x[i] = here - h
        below = function(x.copy())
        x[i] = here
        gradient[i] = (above - below) / (2 * h)
    return gradient


def check_gradient(function, backward, x, rng, tolerance=1e-6):
    """Compare a hand-written backward pass with central differences.

    Parameters
    ----------
    function : callable
        Takes an array like `x`, returns an array (or a number).
    backward : callable
        Takes `x` and a cotangent ``c`` of the shape of ``function(x)``; returns the gradient
        of ``Σ c · function(x)`` by `x`.
    x : array_like
        Where to compare, in float64.
    rng : numpy.random.Generator
        Draws the cotangent. It has to be random: the outputs of a softmax sum to 1, so
        that with a cotangent of ones even a backward pass that returns zeros would agree.
    tolerance : float
        The largest ``|got - expected| / max(1, |expected|)`` that passes.

    Returns
    -------
    float
        The largest such error.

    Raises
    ------
    AssertionError
        If the shape is wrong or an entry is off; the message names the worst entry.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> error = check_gradient(np.sin, lambda x, c: c * np.cos(x), [0.3, 2.0], rng)
    >>> bool(error < 1e-9)
    True
    >>> check_gradient(np.sin, lambda x, c: c * np.sin(x), [0.0], rng)
    Traceback (most recent call last):
    AssertionError: gradient at (0,): got 0, expected 0.640423
    """
    x = np.array(x, dtype=np.float64)
    cotangent = rng.standard_normal(np.shape(function(x.copy())))
    got = np.asarray(backward(x.copy(), cotangent))
    expected = numerical_gradient(lambda z: np.sum(cotangent * function(z)), x)
    return _largest_error(got, expected, tolerance, "gradient")


def check_layer(layer, X, rng, tolerance=1e-6):
    """Compare the backward pass of a layer, or of a whole network, with central differences.

    Parameters
    ----------
    layer : object
        With ``forward(X)``, ``backward(grad_output)``, which returns the gradient by `X`, and
        ``parameters()`` and ``gradients()``, which list arrays in one order.
    X : array_like
        What to send through it, in float64.
    rng : numpy.random.Generator
        Draws the cotangent.
    tolerance : float
        As in `check_gradient`.

    Returns
    -------
    float
        The largest error.

    Raises
    ------
    AssertionError
        If a gradient is off; the message says whose, and its worst entry. Also if a pass moved
        a parameter: the gradient by X would then belong to another layer than the one asked.

    Examples
    --------
    >>> class Double:
    ...     def forward(self, X):
    ...         return 2 * X
    ...     def backward(self, grad_output):
    ...         return grad_output
    ...     def parameters(self):
    ...         return []
    ...     gradients = parameters
    >>> check_layer(Double(), [[1.0]], np.random.default_rng(0))
    Traceback (most recent call last):
    AssertionError: gradient by X at (0, 0): got 0.12573, expected 0.25146
    """
    X = np.array(X, dtype=np.float64)
    parameters = layer.parameters()
    before = [p.copy() for p in parameters]
    output = layer.forward(X.copy())
    cotangent = rng.standard_normal(output.shape)
    grad_X = np.array(layer.backward(cotangent.copy()))
    gradients = [np.array(g) for g in layer.gradients()]  # copies: forward runs again
    if len(gradients) != len(parameters):
        raise AssertionError(
            f"gradients: got {len(gradients)}, expected {len(parameters)}, one a parameter"
        )
    for i, (p, old) in enumerate(zip(parameters, before, strict=True)):
        if not np.array_equal(p, old):
            raise AssertionError(f"parameter {i}, {p.shape}: a pass has moved it")

    def output_at(value, p):
        here = p.copy()
        p[...] = value
        output = layer.forward(X.copy())
        p[...] = here
        return output

    expected = numerical_gradient(lambda x: np.sum(cotangent * layer.forward(x)), X)
    errors = [_largest_error(grad_X, expected, tolerance, "gradient by X")]
    for i, (p, got) in enumerate(zip(parameters, gradients, strict=True)):
        expected = numerical_gradient(
            lambda v, p=p: np.sum(cotangent * output_at(v, p)), p
        )
        name = f"gradient by parameter {i}, {p.shape},"
        errors.append(_largest_error(got, expected, tolerance, name))
    return max(errors)


def _largest_error(got, expected, tolerance, name):
    got = np.asarray(got)
    if got.shape != expected.shape:
        raise AssertionError(
            f"{name}: got shape {got.shape}, expected {expected.shape}"
        )
    error = np.abs(got - expected) / np.maximum(1, np.abs(expected))
    if not np.all(error <= tolerance):  # written so that NaN fails, too
        at = np.unravel_index(np.argmax(error), error.shape)
        where = tuple(int(i) for i in at)
        raise AssertionError(
            f"{name} at {where}: got {got[at]:.6g}, expected {expected[at]:.6g}"
        )
    return float(np.max(error, initial=0))
