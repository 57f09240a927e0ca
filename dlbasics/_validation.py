"""What an argument must be, and what to say when it is not.

Every function reads its arguments here, so that the whole package keeps the same rules:

- **Errors** read ``name: got X, expected Y``. They are a TypeError for the wrong kind of thing and
  a ValueError for a wrong value.
- **Arrays** hold real numbers. float32 and float64 stay as they are, integers and bools become
  float64, and float16 becomes float32, since its sums overflow at 65,504. Strings, objects,
  complex numbers, dates, ragged lists and masked arrays are refused. No input is ever changed.
- **NaN and infinity**: layers and losses take finite numbers only (`softmax_cross_entropy` also
  takes -inf, for a class that is ruled out). Activations, as functions and as layers, and the
  softmax family take any number: an infinite value gives the limit, and NaN stays NaN.
- **Too large to represent** is inf, without a warning.
- **Single numbers** are Python's or NumPy's; True and False are not numbers.
"""

from numbers import Integral, Real

import numpy as np

SUM_TOLERANCE = 1e-6  # loose enough for float32, far too tight for a forgotten term
FLOATS = np.dtype(np.float32), np.dtype(np.float64)  # what stays as it is


# Arrays


def as_float(x, name):
    """Return `x` as an array of real floats, not copied if it is one already."""
    if type(x) is np.ndarray and x.dtype in FLOATS:
        return x  # the usual case, some 20 times in a step of training
    array = _array(x, name)
    if array.dtype.kind in "biu":
        return array.astype(np.float64)
    if array.dtype == np.float16:
        return array.astype(np.float32)
    if array.dtype.kind != "f":
        raise TypeError(f"{name}: got {_kind(x, array)}, expected real numbers")
    return array


def finite(x, name):
    """Return `x` as floats, none of them NaN or infinite."""
    x = as_float(x, name)
    is_finite = np.isfinite(x)
    if not is_finite.all():
        raise ValueError(
            f"{name}: got {_first(x, ~is_finite)}, expected finite numbers"
        )
    return x


def sums_of_finite(sums, x, name):
    """Return `sums`, if all numbers of `x` are finite. Each of them is a term of some sum.

    NaN and infinity stay in a sum, so finite sums have finite terms. The sums are fewer: they are
    looked at first, and `x` only if one of them is not finite, which may be mere overflow.
    """
    if sums.size == 0 or not np.isfinite(sums).all():
        finite(x, name)
    return sums


def samples(X, name):
    """Return `X` as a matrix of finite floats, a sample in each row."""
    return matrix(finite(X, name), name)


def matrix(X, name):
    """Return `X` as a matrix of floats, a sample in each row."""
    X = as_float(X, name)
    if X.ndim != 2:
        raise ValueError(
            f"{name}: got shape {X.shape}, expected two axes, as rows and columns"
        )
    return X


def moderate(X, name):
    """Return the floats `X`, if products of two of them can be summed without overflow."""
    limit = float(np.finfo(X.dtype).max) ** 0.25
    largest = np.abs(X).max(initial=0)
    if largest > limit:
        raise ValueError(
            f"{name}: got a number of size {largest:.6g}, expected at most {limit:.1g}, so "
            "that products can be summed"
        )
    return X


def unit_interval(p, name):
    """Return `p` as floats, all of them between 0 and 1."""
    p = as_float(p, name)
    inside = (p >= 0) & (p <= 1)  # False for NaN, too
    if not inside.all():
        raise ValueError(
            f"{name}: got {p[~inside][0]}, expected probabilities between 0 and 1"
        )
    return p


def probabilities(p, name, axis=-1):
    """Return `p` as floats that are distributions along `axis`: nothing below 0, sum 1.

    How far a sum may be from 1 depends on the number of terms and on their precision: each
    addition can be off by half an eps.
    """
    given = _array(p, name)
    p = unit_interval(given, name)
    axes = axis_of(p, axis, name)
    totals = np.sum(p, axis=axes, dtype=np.float64)
    rounding = np.finfo(given.dtype).eps / 2 if given.dtype.kind == "f" else 0
    terms = p.size // max(totals.size, 1)
    tolerance = SUM_TOLERANCE + min(rounding * (terms + 1), 0.01)
    wrong = np.abs(totals - 1) > tolerance
    if wrong.any():
        raise ValueError(
            f"{name}: got a sum of {totals[wrong][0]:.9g} along axis {axis}, expected 1"
        )
    return p


def of_shape(x, name, shape, owner):
    """Return the array `x`, if it has this `shape`, that of `owner`."""
    if x.shape != shape:
        raise ValueError(
            f"{name}: got shape {x.shape}, expected {shape}, that of {owner}"
        )
    return x


def same_shape(a, b, name_a, name_b):
    """Return both as finite floats, if they have one shape and are not empty."""
    a, b = finite(a, name_a), finite(b, name_b)
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


def logit_rows(x, name="logits"):
    """Return `x` as rows of scores, one row a sample: finite, or -inf to rule a class out."""
    x = not_empty(as_float(x, name), name)
    if x.ndim != 2:
        raise ValueError(
            f"{name}: got shape {x.shape}, expected (n, k), a sample in each row"
        )
    if np.isfinite(x).all():
        return x
    below_inf = x < np.inf  # False for NaN, too
    if not below_inf.all():
        raise ValueError(
            f"{name}: got {_first(x, ~below_inf)}, "
            "expected finite numbers, or -inf to rule a class out"
        )
    ruled_out = (x == -np.inf).all(axis=1)
    if ruled_out.any():
        raise ValueError(
            f"{name}: got only -inf in row {ruled_out.argmax()}, "
            "expected at least one class that is possible"
        )
    return x


def class_labels(y, n, k, name="labels"):
    """Return `y` as an array of `n` class labels, whole numbers from 0 to k - 1."""
    given, y = y, _array(y, name)
    if y.dtype.kind not in "iu":
        raise TypeError(f"{name}: got {_kind(given, y)}, expected integers")
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
    y = _array(y, name)
    return class_labels(y.astype(np.int64) if y.dtype.kind == "b" else y, n, 2, name)


def axis_of(x, axis, name="x"):
    """Return `axis` as a tuple, if the array `x`, called `name`, has it.

    It may be an int, a tuple of different ints, or None for all axes.
    """
    if axis is None:
        return tuple(range(x.ndim))
    axes = axis if isinstance(axis, tuple) else (axis,)
    for one in axes:
        if not _is_a(Integral, one):
            raise TypeError(
                f"axis: got {axis!r}, expected an integer, a tuple of them, or None"
            )
        if not -x.ndim <= one < x.ndim:
            raise ValueError(
                f"axis: got {axis}, expected an axis of {name}, which has shape {x.shape}"
            )
    if len(axes) > 1 and len({one % x.ndim for one in axes}) < len(axes):
        raise ValueError(f"axis: got {axis}, expected each axis only once")
    return axes


# Single numbers, and what is no number


def number(x, name, minimum=-np.inf):
    """Return `x` as a float, if it is a finite number, and not below `minimum`."""
    expected = "a number" if minimum == -np.inf else f"a number of at least {minimum}"
    if not _is_a(Real, x):
        raise TypeError(f"{name}: got {_show(x)}, expected {expected}")
    try:
        value = float(x)
    except OverflowError:  # an int beyond the largest float
        value = np.inf
    if not np.isfinite(value):
        raise ValueError(f"{name}: got {_show(x)}, expected a finite number")
    if value < minimum:
        raise ValueError(f"{name}: got {_show(x)}, expected {expected}")
    return value


def positive(x, name):
    """Return `x` as a float, if it is a finite number above 0."""
    if number(x, name) <= 0:
        raise ValueError(f"{name}: got {_show(x)}, expected a number above 0")
    return float(x)


def fraction(x, name):
    """Return `x` as a float, if it is a number from 0 to below 1."""
    if not 0 <= number(x, name) < 1:
        raise ValueError(f"{name}: got {_show(x)}, expected a number from 0 to below 1")
    return float(x)


def whole(x, name, minimum=0):
    """Return `x` as an int, if it is a whole number, and not below `minimum`, if there is one."""
    expected = "a whole number" + ("" if minimum is None else f" of at least {minimum}")
    if not _is_a(Integral, x):
        raise TypeError(f"{name}: got {_show(x)}, expected {expected}")
    if minimum is not None and x < minimum:
        raise ValueError(f"{name}: got {_show(x)}, expected {expected}")
    return int(x)


def log_base(base, name="base"):
    """Return `base` as a float, if logarithms to it measure information: if it is above 1."""
    if number(base, name) <= 1:
        raise ValueError(
            f"{name}: got {_show(base)}, expected a number above 1 (2 for bits, e for nats)"
        )
    return float(base)


def flag(x, name):
    """Return `x`, if it is True or False."""
    if not isinstance(x, (bool, np.bool_)):
        raise TypeError(f"{name}: got {_show(x)}, expected True or False")
    return bool(x)


def callable_(f, name):
    """Return `f`, if it can be called."""
    if not callable(f):
        raise TypeError(f"{name}: got {_show(f)}, expected a function")
    return f


def generator(rng, name="rng"):
    """Return `rng`, if it is one of NumPy's random generators."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"{name}: got {_show(rng)}, expected a generator, as np.random.default_rng(0)"
        )
    return rng


# How what came is read, and how it is shown


def _is_a(kind, x):
    """Say whether `x` is a number of that kind. Bools and durations are none, though both count."""
    return isinstance(x, kind) and not isinstance(x, bool | np.timedelta64)


def _array(x, name):
    """Return `x` as an array of any dtype, if it is rectangular and nothing in it is masked."""
    if _is_masked(x):
        raise TypeError(
            f"{name}: got a masked array, expected one without a mask "
            "(select the valid numbers first)"
        )
    try:
        return np.asarray(x)
    except TypeError as error:  # a graph node, for one, says why it is no array
        raise TypeError(f"{name}: {error}") from None
    except ValueError:
        raise ValueError(
            f"{name}: got lists of different lengths, expected rows of one length"
        ) from None


def _is_masked(x, depth=0):
    """Say whether `x`, or a list in it, is a masked array: NumPy would drop its mask."""
    if isinstance(x, (list, tuple)) and depth < 8:
        return any(_is_masked(item, depth + 1) for item in x)
    return isinstance(x, np.ma.MaskedArray)


def _kind(x, array):
    """Name the kind of what came: its dtype, or its type if NumPy sees no numbers in it."""
    single = array.dtype == object and array.ndim == 0
    return _show(x) if single else f"dtype {array.dtype}"


def _first(array, wrong):
    """Show the first wrong number and where it stands."""
    at = tuple(int(i) for i in np.argwhere(wrong)[0])
    return f"{array[at]} at {at}"


def _show(x):
    """Show a short plain value as it is written, and of anything else only its type."""
    if isinstance(x, int):
        short = abs(x) < 1e40
    elif isinstance(x, str):
        short = len(x) < 40
    else:
        short = x is None or isinstance(x, Real)
    return repr(x) if short else type(x).__name__
