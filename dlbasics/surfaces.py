"""Landscapes to walk down: functions of two numbers, each with its gradient beside it.

A `Surface` takes points as the last axis of an array, ``(..., 2)``, so that one call gives the
height of a whole grid. A walk that diverges ends at inf or NaN, without a warning.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from dlbasics._validation import as_float, finite


class Surface(NamedTuple):
    """A function and its gradient.

    >>> bowl = quadratic([1, 1])
    >>> bowl.value([3.0, 4.0]), bowl.gradient([3.0, 4.0])
    (np.float64(12.5), array([3., 4.]))
    """

    value: Callable  # (..., 2) -> (...)
    gradient: Callable  # (..., 2) -> (..., 2)


def quadratic(eigenvalues, angle=0.0):
    """A bowl, ``½ (λ₁ u² + λ₂ v²)``, whose axes u and v are turned by `angle` from x and y.

    Parameters
    ----------
    eigenvalues : array_like, shape (2,)
        The curvatures λ along u and along v. One below 0 makes the bowl a saddle.
    angle : float
        In radians, counter-clockwise.

    Returns
    -------
    Surface
        Lowest, 0, at the origin, if both curvatures are positive.

    Examples
    --------
    >>> valley = quadratic([1, 100])
    >>> valley.value([10.0, 1.0])           # (10² + 100 · 1²) / 2
    np.float64(100.0)
    >>> valley.gradient([10.0, 1.0])
    array([ 10., 100.])
    """
    eigenvalues, angle = finite(eigenvalues, "eigenvalues"), finite(angle, "angle")
    if eigenvalues.shape != (2,):
        raise ValueError(
            f"eigenvalues: got shape {eigenvalues.shape}, expected (2,), one for each axis"
        )
    if angle.ndim:
        raise ValueError(f"angle: got shape {angle.shape}, expected a single number")
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    A = turn * eigenvalues @ turn.T  # symmetric, with these eigenvalues

    return _surface(lambda p: np.sum(p @ A * p, axis=-1) / 2, lambda p: p @ A)


def rosenbrock():
    """A long, bent valley: ``(1 - x)² + 100 (y - x²)²``, lowest, 0, at (1, 1).

    The floor of the valley is the parabola ``y = x²``: easy to reach, slow to follow.

    See Also
    --------
    scipy.optimize.rosen

    References
    ----------
    Rosenbrock (1960), An automatic method for finding the greatest or least value of a
    function.

    Examples
    --------
    >>> rosenbrock().value([[1.0, 1.0], [0.0, 0.0], [-1.5, 2.0]])
    array([ 0. ,  1. , 12.5])
    """

    def value(p):
        x, y = p[..., 0], p[..., 1]
        return (1 - x) ** 2 + 100 * (y - x**2) ** 2

    def gradient(p):
        x, y = p[..., 0], p[..., 1]
        off = y - x**2  # how far from the floor
        return np.stack([-2 * (1 - x) - 400 * x * off, 200 * off], axis=-1)

    return _surface(value, gradient)


def beale():
    """A plateau with steep corners, lowest, 0, at (3, 1/2).

    ``(1.5 - x + x y)² + (2.25 - x + x y²)² + (2.625 - x + x y³)²``

    References
    ----------
    Beale (1958), On an iterative method for finding a local minimum of a function of more
    than one variable.

    Examples
    --------
    >>> beale().value([[3.0, 0.5], [0.0, 0.0]])
    array([ 0.      , 14.203125])
    """
    targets, powers = np.array([1.5, 2.25, 2.625]), np.array([1, 2, 3])

    def misses(p):
        x, y = p[..., :1], p[..., 1:]
        return targets - x + x * y**powers

    def gradient(p):
        x, y = p[..., :1], p[..., 1:]
        along_x = np.sum(2 * misses(p) * (y**powers - 1), axis=-1)
        along_y = np.sum(2 * misses(p) * x * powers * y ** (powers - 1), axis=-1)
        return np.stack([along_x, along_y], axis=-1)

    return _surface(lambda p: np.sum(misses(p) ** 2, axis=-1), gradient)


def saddle():
    """A pass between two valleys: ``½ x² - ½ y² + ¼ y⁴``.

    The pass is at the origin, where the gradient is 0; the valleys are at (0, 1) and (0, -1),
    with height -1/4. On the ridge ``y = 0`` the gradient points along the ridge.

    Examples
    --------
    >>> saddle().value([[0.0, 0.0], [0.0, 1.0]])
    array([ 0.  , -0.25])
    >>> saddle().gradient([2.0, 0.0])
    array([2., 0.])
    """

    def value(p):
        x, y = p[..., 0], p[..., 1]
        return x**2 / 2 - y**2 / 2 + y**4 / 4

    def gradient(p):
        x, y = p[..., 0], p[..., 1]
        return np.stack([x, y**3 - y], axis=-1)

    return _surface(value, gradient)


def _surface(value, gradient):
    """Both functions, with their points read first, and quiet where they overflow."""

    def at(function):
        def quiet(points):
            p = as_float(points, "points")
            if p.shape[-1:] != (2,):
                raise ValueError(f"points: got shape {p.shape}, expected (..., 2)")
            with np.errstate(over="ignore", invalid="ignore"):
                return function(p)

        return quiet

    return Surface(at(value), at(gradient))
