"""Gradients without calculus: the reference that every derivative in the book is checked against.

It knows NumPy and nothing else of `dlbasics`, so that it cannot share a mistake with what it
checks. So it reads its arguments itself. All numbers are in float64: in float32, rounding alone
would make a correct gradient look wrong.
"""

from numbers import Real
from types import ModuleType

import numpy as np

# Where the error of the central difference, of order h², and the rounding of its two values, of
# order eps / h, are equally small: at the cube root of eps.
STEP = np.cbrt(np.finfo(np.float64).eps)


def numerical_gradient(function, x, step=None):
    """Gradient of a scalar function by central differences.

    ``∂f/∂xᵢ ≈ (f(x + h eᵢ) - f(x - h eᵢ)) / 2h``

    Parameters
    ----------
    function : callable
        Takes an array like `x`, returns one number.
    x : array_like
        Where to take the gradient, in float64: finite real numbers.
    step : float, optional
        The h, above 0. By default the cube root of the machine epsilon, about 6e-6, times
        ``max(1, |xᵢ|)``.

    Returns
    -------
    ndarray
        The shape of `x`.

    Raises
    ------
    TypeError
        If `function` cannot be called, `step` is no number, `x` holds no real numbers, or
        `function` returns anything but one real number, not rounded to float32.
    ValueError
        If `x` is not finite, or `step` not above 0, or so small that adding it changes nothing.

    See Also
    --------
    scipy.optimize.approx_fprime

    Examples
    --------
    >>> numerical_gradient(lambda x: np.sum(x**2), [1.0, -3.0]).round(6)
    array([ 2., -6.])
    """
    _callable(function, "function")
    if step is not None:
        step = _positive(step, "step")
    x = _real(x, "x")  # a copy: its elements are changed one by one
    gradient = np.empty_like(x)
    for i in np.ndindex(x.shape):
        here = float(x[i])
        h = step or STEP * max(1.0, abs(here))
        if not (-np.inf < here - h < here < here + h < np.inf and 2 * h < np.inf):
            raise ValueError(
                f"step: got {h}, expected one that changes {here} a little"
            )
        x[i] = here + h
        above = _one_number(function(x.copy()))
        x[i] = here - h
        below = _one_number(function(x.copy()))
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
        Takes `x` and an upstream gradient ``u`` of the shape of ``function(x)``; returns the
        gradient of ``Σ u · function(x)`` with respect to `x`.
    x : array_like
        Where to compare, in float64.
    rng : numpy.random.Generator
        Draws the upstream gradient, by ``rng.standard_normal(shape)``. It has to be random: the
        outputs of a softmax sum to 1, so that with ones even a backward pass that returns zeros
        would agree.
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
    TypeError, ValueError
        If an argument is not of its kind, as for `numerical_gradient`, or `function` returns
        what is not finite, or rounded to float32.

    See Also
    --------
    scipy.optimize.check_grad, torch.autograd.gradcheck.gradcheck

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> error = check_gradient(np.sin, lambda x, u: u * np.cos(x), [0.3, 2.0], rng)
    >>> bool(error < 1e-9)
    True
    >>> check_gradient(np.sin, lambda x, u: u * np.sin(x), [0.0], rng)
    Traceback (most recent call last):
    AssertionError: gradient at (0,): got 0, expected 0.640423
    """
    _callable(function, "function")
    _callable(backward, "backward")
    x, tolerance = _real(x, "x"), _positive(tolerance, "tolerance")
    output = _real(function(x.copy()), "function(x)", in_float64=True)
    upstream = _upstream(rng, output.shape)
    got = backward(x.copy(), upstream.copy())
    expected = numerical_gradient(lambda z: np.sum(upstream * function(z)), x)
    return _largest_error(got, expected, tolerance, "gradient")


def check_layer(layer, X, rng, tolerance=1e-6):
    """Compare the backward pass of a layer, or of a whole network, with central differences.

    Parameters
    ----------
    layer : object
        With ``forward(X)``, ``backward(grad_output)``, which returns the gradient with respect
        to `X`, and ``parameters()`` and ``gradients()``, which list arrays in one order. The
        parameters are in float64 and can be changed in place.
    X : array_like
        What to send through it, in float64.
    rng : numpy.random.Generator
        Draws the upstream gradient.
    tolerance : float
        As in `check_gradient`.

    Returns
    -------
    float
        The largest error.

    Raises
    ------
    AssertionError
        If a gradient is off; the message says which, and its worst entry. Also if a pass changes
        a parameter: the gradient with respect to X would then belong to another layer.
    TypeError, ValueError
        If an argument is not of its kind, as for `check_gradient`, or a parameter is not in
        float64: in float32, even a correct gradient would look wrong.

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
    AssertionError: gradient with respect to X at (0, 0): got 0.12573, expected 0.25146
    """
    for method in ["forward", "backward", "parameters", "gradients"]:
        _callable(getattr(layer, method, None), f"layer.{method}")
    X, tolerance = _real(X, "X"), _positive(tolerance, "tolerance")
    parameters = [_parameter(p, i) for i, p in enumerate(layer.parameters())]
    before = [p.copy() for p in parameters]
    output = _real(layer.forward(X.copy()), "layer.forward(X)", in_float64=True)
    upstream = _upstream(rng, output.shape)
    # Copies, since forward runs again.
    grad_X = _copy(layer.backward(upstream.copy()), "gradient with respect to X")
    gradients = [_copy(g, f"gradients[{i}]") for i, g in enumerate(layer.gradients())]
    if len(gradients) != len(parameters):
        raise AssertionError(
            f"gradients: got {len(gradients)}, expected {len(parameters)}, "
            "one for each parameter"
        )
    for i, (p, old) in enumerate(zip(parameters, before)):
        if not np.array_equal(p, old):
            raise AssertionError(f"parameter {i} of shape {p.shape}: a pass changes it")

    def loss_at(value, p):
        """The loss when the parameter has that value; the layer stays as it is."""
        here = p.copy()
        p[...] = value
        try:
            return np.sum(upstream * layer.forward(X.copy()))
        finally:
            p[...] = here

    expected = numerical_gradient(lambda x: np.sum(upstream * layer.forward(x)), X)
    errors = [_largest_error(grad_X, expected, tolerance, "gradient with respect to X")]
    for i, (p, got) in enumerate(zip(parameters, gradients)):
        expected = numerical_gradient(lambda value, p=p: loss_at(value, p), p)
        name = f"gradient with respect to parameter {i} of shape {p.shape}"
        errors.append(_largest_error(got, expected, tolerance, name))
    return max(errors)


def _largest_error(got, expected, tolerance, name):
    got = _copy(got, name)
    if got.dtype.kind not in "biuf":
        raise AssertionError(f"{name}: got {_kind(got)}, expected real numbers")
    if got.shape != expected.shape:
        raise AssertionError(
            f"{name}: got shape {got.shape}, expected {expected.shape}"
        )
    with np.errstate(over="ignore", invalid="ignore"):
        error = np.abs(got - expected) / np.maximum(1, np.abs(expected))
    if not np.all(error <= tolerance):  # written so that NaN fails, too
        at = np.unravel_index(np.argmax(error), error.shape)
        where = tuple(int(i) for i in at)
        raise AssertionError(
            f"{name} at {where}: got {got[at]:.6g}, expected {expected[at]:.6g}"
        )
    return float(np.max(error, initial=0))


# What an argument must be


def _copy(x, name):
    """Return `x` as a new array, if it is rectangular and nothing in it is masked."""
    if _is_masked(x):
        raise TypeError(f"{name}: got a masked array, expected one without a mask")
    try:
        return np.array(x)
    except TypeError as error:  # a graph node, for one, says why it is no array
        raise TypeError(f"{name}: {error}") from None
    except ValueError:
        raise ValueError(
            f"{name}: got lists of different lengths, expected rows of one length"
        ) from None


def _is_masked(x, depth=0):
    if isinstance(x, list | tuple) and depth < 8:
        return any(_is_masked(item, depth + 1) for item in x)
    return isinstance(x, np.ma.MaskedArray)


def _real(x, name, in_float64=False):
    """Return `x` as a new array in float64, if it holds finite real numbers."""
    array = _copy(x, name)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{name}: got {_kind(array)}, expected real numbers")
    if in_float64 and array.dtype in (np.float16, np.float32):
        raise TypeError(
            f"{name}: got dtype {array.dtype}, expected float64: "
            "rounding would hide what is compared"
        )
    wrong = np.argwhere(~np.isfinite(array))
    if len(wrong):
        at = tuple(int(i) for i in wrong[0])
        raise ValueError(f"{name}: got {array[at]} at {at}, expected finite numbers")
    return array.astype(np.float64)


def _one_number(result):
    """Return what the function returned as a float, if it is one real number."""
    array = _copy(result, "function")
    if array.ndim or array.dtype.kind not in "biuf":
        shape = f" of shape {array.shape}" if array.ndim else ""
        raise TypeError(
            f"function: got a result with {_kind(array)}{shape}, expected one real number"
        )
    if array.dtype in (np.float16, np.float32):
        raise TypeError(
            f"function: got a result in {array.dtype}, expected float64: "
            "rounding would hide the difference"
        )
    return float(array)


def _parameter(p, i):
    """Return a parameter, if small steps can be made in it."""
    if not isinstance(p, np.ndarray) or p.dtype != np.float64:
        got = f"dtype {p.dtype}" if isinstance(p, np.ndarray) else type(p).__name__
        raise TypeError(
            f"parameter {i}: got {got}, expected an array in float64: "
            "in fewer digits, a correct gradient looks wrong"
        )
    if not p.flags.writeable:
        raise ValueError(
            f"parameter {i}: got a read-only array, expected one to be changed in place"
        )
    return p


def _kind(array):
    single = array.dtype == object and array.ndim == 0
    return f"a {type(array[()]).__name__}" if single else f"dtype {array.dtype}"


def _positive(x, name):
    if not isinstance(x, Real) or isinstance(x, bool | np.timedelta64):
        raise TypeError(f"{name}: got {type(x).__name__}, expected a number above 0")
    try:
        value = float(x)
    except OverflowError:  # a whole number beyond the largest float
        value = np.inf
    if not 0 < value < np.inf:  # written so that NaN is refused, too
        raise ValueError(f"{name}: got {value}, expected a finite number above 0")
    return value


def _callable(function, name):
    if not callable(function):
        raise TypeError(f"{name}: got {type(function).__name__}, expected a function")


def _upstream(rng, shape):
    """Draw an upstream gradient. A module, as np.random, would draw from a global state."""
    if isinstance(rng, ModuleType) or not hasattr(rng, "standard_normal"):
        raise TypeError(
            f"rng: got {type(rng).__name__}, expected a generator, as np.random.default_rng(0)"
        )
    return rng.standard_normal(shape)
