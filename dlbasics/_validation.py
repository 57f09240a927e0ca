"""What an argument must be, and what to say when it is not.

Every error of the package is worded here: it names the argument, says what
came, and says what was expected.
"""

from numbers import Real

import numpy as np

SUM_TOLERANCE = 1e-6  # loose enough for float32, far too tight for a forgotten term


def as_float(x, name):
    """Return `x` as an array of real floats; float32 stays float32, integers become float64."""
    array = np.asarray(x)
    if array.dtype.kind in "biu":
        return array.astype(np.float64)
    if array.dtype.kind == "f":
        return array
    if array.size == 0:
        return array.astype(np.float64)
    raise TypeError(f"{name}: got dtype {array.dtype}, expected real numbers")


def finite(x, name):
    """Return `x` as floats, none of them NaN or infinite."""
    x = as_float(x, name)
    wrong = np.argwhere(~np.isfinite(x))
    if len(wrong):
        at = tuple(int(i) for i in wrong[0])
        raise ValueError(f"{name}: got {x[at]} at {at}, expected finite numbers")
    return x


def samples(X, name):
    """Return `X` as a matrix of finite floats, a sample in each row."""
    X = finite(X, name)
    if X.ndim != 2:
        raise ValueError(
            f"{name}: got shape {X.shape}, expected two axes, as rows and columns"
        )
    return X


def unit_interval(p, name):
    """Return `p` as floats, all of them between 0 and 1."""
    p = as_float(p, name)
    outside = ~((p >= 0) & (p <= 1))  # written so that NaN is outside, too
    if outside.any():
        raise ValueError(
            f"{name}: got {p[outside][0]}, expected probabilities between 0 and 1"
        )
    return p


def probabilities(p, name, axis=-1):
    """Return `p` as floats that are distributions along `axis`: nothing below 0, sum 1."""
    p = unit_interval(p, name)
    totals = np.sum(p, axis=axis)
    wrong = np.abs(totals - 1) > SUM_TOLERANCE
    if wrong.any():
        total = np.atleast_1d(totals)[np.atleast_1d(wrong)][0]
        raise ValueError(
            f"{name}: got a sum of {total:.6g} along axis {axis}, expected 1"
        )
    return p


def same_shape(a, b, name_a, name_b):
    """Return both as floats, if they have one shape and are not empty; nothing is broadcast."""
    a, b = as_float(a, name_a), as_float(b, name_b)
    if a.shape != b.shape:
        raise ValueError(
            f"{name_b}: got shape {b.shape}, expected {a.shape}, that of {name_a}"
        )
    return not_empty(a, name_a), b


def not_empty(array, name):
    """Return `array`, if there is something to take the mean of."""
    if array.size == 0:
        raise ValueError(
            f"{name}: got no samples (shape {array.shape}), expected at least one"
        )
    return array


def class_labels(y, n, k, name="labels"):
    """Return `y` as an array of `n` class labels, whole numbers from 0 to k - 1."""
    y = np.asarray(y)
    if y.dtype.kind not in "iu":
        raise TypeError(f"{name}: got dtype {y.dtype}, expected integers")
    if y.shape != (n,):
        raise ValueError(
            f"{name}: got shape {y.shape}, expected ({n},), one for each sample"
        )
    outside = (y < 0) | (y >= k)
    if outside.any():
        raise ValueError(f"{name}: got {y[outside][0]}, expected 0 to {k - 1}")
    return y


def binary_labels(y, n, name="labels"):
    """Return `y` as an array of `n` labels, each 0 or 1."""
    y = np.asarray(y)
    return class_labels(y.astype(np.int64) if y.dtype.kind == "b" else y, n, 2, name)


def log_base(base, name="base"):
    """Return `base` if logarithms to it measure information, that is, if it is above 1."""
    if not (isinstance(base, Real) and 1 < base < np.inf):
        raise ValueError(
            f"{name}: got {base!r}, expected a number above 1 (2 for bits, e for nats)"
        )
    return base
