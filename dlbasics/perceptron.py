"""Rosenblatt's unit: a weighted sum, a bias, a step, and the rule by which it learns.

Symbols: ``n`` samples of ``d`` inputs as rows of ``X`` (n, d), weights ``w`` (d,), bias ``b``, and
labels 0 or 1. It fires where ``x·w + b ≥ 0``, on one side of a line, or in general of a plane.
"""

import numpy as np

from dlbasics._validation import (
    binary_labels,
    finite,
    moderate,
    not_empty,
    samples,
    whole,
)
from dlbasics.activations import step

#: Weights and bias of units that compute the gates of logic. Each line separates the inputs for
#: which the gate is 1 from the others.
GATES = {
    "AND": (np.array([1.0, 1.0]), -1.5),
    "OR": (np.array([1.0, 1.0]), -0.5),
    "NAND": (np.array([-1.0, -1.0]), 1.5),
    "NOT": (np.array([-1.0]), 0.5),
}


def fire(X, w, b):
    """The output of one unit: ``step(X w + b)``, 1 where the sum is at least 0.

    Parameters
    ----------
    X : array_like, shape (n, d) or (d,)
        Samples as rows, or a single one.
    w : array_like, shape (d,)
    b : float

    Returns
    -------
    ndarray, shape (n,), or scalar

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If `X` is no vector or matrix, the widths of `X` and `w` differ, or a number is NaN or
        infinite.

    See Also
    --------
    numpy.heaviside

    Notes
    -----
    A sum that is too large to represent counts with its sign. If terms of both signs are too
    large, it has no sign, and the output may be 0, 1 or nan.

    Examples
    --------
    >>> fire([[0, 0], [0, 1], [1, 0], [1, 1]], *GATES["AND"])
    array([0., 0., 0., 1.])
    """
    X = finite(X, "X")
    w, b = _checked(w, b, X)
    with np.errstate(over="ignore", invalid="ignore"):
        return step(X @ w + b)


def rosenblatt(X, labels, epochs=100):
    """Rosenblatt's learning rule: after each mistake, add or subtract the sample.

    ``w ← w + (t - y) x``, ``b ← b + (t - y)``, from zeros, sample by sample. Where the output y is
    the target t, nothing changes. It ends after an epoch without a mistake, or after `epochs`.

    Parameters
    ----------
    X : array_like, shape (n, d)
    labels : array_like of int, shape (n,)
        0 or 1.
    epochs : int
        How often to go through all samples, at most.

    Yields
    ------
    w : ndarray, shape (d,)
        After each correction, a new array. Nothing is yielded if the unit of zeros, which always
        fires, is right from the start.
    b : float

    Raises
    ------
    TypeError
        If `X` does not hold real numbers, `labels` no integers, or `epochs` is no whole number.
    ValueError
        If `X` is not a matrix of finite numbers, a number is so large that sums of squares would
        overflow (1e77 in float64, 4e9 in float32), a label is not 0 or 1, or `epochs` is negative.
        All arguments are checked when the first correction is asked for.

    See Also
    --------
    sklearn.linear_model.Perceptron

    Notes
    -----
    If some line separates the classes, there are at most `correction_bound` corrections, however
    many epochs are allowed. If none does, they never end.

    References
    ----------
    A. B. J. Novikoff, "On convergence proofs for perceptrons", 1962.

    Examples
    --------
    >>> *_, (w, b) = rosenblatt([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 1])
    >>> w, b
    (array([1., 1.]), -1.0)
    """
    X = moderate(samples(X, "X"), "X")
    labels = binary_labels(labels, len(X))
    epochs = whole(epochs, "epochs")
    w, b = np.zeros(X.shape[1], X.dtype), 0.0
    for _ in range(epochs):
        mistakes = 0
        for x, target in zip(X, labels, strict=True):
            error = float(target - step(x @ w + b))  # 1: should fire, -1: should not
            if error:
                w, b = w + error * x, b + error
                mistakes += 1
                yield w, b
        if not mistakes:
            return


def correction_bound(X, labels, w, b):
    """How many corrections `rosenblatt` can need at most, given any line that separates.

    ``(R / γ)²``, where R is the length of the longest sample ``(x, 1)``, and γ the smallest
    distance of these samples from the plane ``(w, b)``.

    Parameters
    ----------
    X : array_like, shape (n, d)
    labels : array_like of int, shape (n,)
        0 or 1.
    w : array_like, shape (d,)
    b : float
        A unit that is right for all samples.

    Returns
    -------
    float

    Raises
    ------
    TypeError
        If an argument does not hold real numbers, or `labels` no integers.
    ValueError
        If the unit is wrong for a sample, or right by no margin, or there are no samples, or a
        number is NaN, infinite, or too large as for `rosenblatt`.

    Examples
    --------
    >>> X = [[0, 0], [0, 1], [1, 0], [1, 1]]
    >>> round(correction_bound(X, [0, 0, 0, 1], *GATES["AND"]), 6)    # 3 · 4.25 / 0.25
    51.0
    """
    X = moderate(not_empty(samples(X, "X"), "X"), "X")
    w, b = _checked(w, b, X)
    sides = 2 * binary_labels(labels, len(X)) - 1
    X1 = np.column_stack([X, np.ones(len(X))])
    unit = np.append(w, b)
    unit = unit / (np.abs(unit).max() or 1)  # any multiple is the same line
    margin = np.min(sides * (X1 @ unit)) / (np.linalg.norm(unit) or 1)
    if not margin > 0:
        raise ValueError(
            f"w, b: got a smallest margin of {margin:.6g}, expected a line that separates"
        )
    with np.errstate(over="ignore"):
        return float((np.linalg.norm(X1, axis=1).max() / margin) ** 2)


def _checked(w, b, X):
    """Return the weights as floats, the bias as a number, if they fit samples like `X`."""
    w, b = finite(w, "w"), finite(b, "b")
    if X.ndim not in (1, 2):
        raise ValueError(f"X: got shape {X.shape}, expected (n, d) or (d,)")
    if w.shape != X.shape[-1:]:
        raise ValueError(
            f"w: got shape {w.shape} for X of shape {X.shape}, expected (d,) for (n, d)"
        )
    if b.ndim:
        raise ValueError(f"b: got shape {b.shape}, expected a single number")
    return w, float(b)
