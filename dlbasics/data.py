"""The texts and datasets that the chapters use, and what prepares them.

Scikit-learn is imported inside the functions, so that nothing else in the package needs it.
"""

import codecs
import contextlib
import io
from typing import NamedTuple

import numpy as np

from dlbasics._extras import extra
from dlbasics._validation import _array, class_labels, generator, number, whole


def zen_of_python():
    """The Zen of Python by Tim Peters, as every Python carries it (PEP 20).

    >>> zen_of_python().splitlines()[2]
    'Beautiful is better than ugly.'
    """
    with contextlib.redirect_stdout(io.StringIO()):  # importing `this` prints it
        import this
    return codecs.decode(this.s, "rot13")


def one_hot(labels, k):
    """Class labels as rows with a single 1, in `k` columns: one for *each* class.

    Parameters
    ----------
    labels : array_like of int, shape (n,)
        Classes from 0 to k - 1.
    k : int
        Number of classes.

    Returns
    -------
    ndarray, shape (n, k)

    Raises
    ------
    TypeError
        If `labels` does not hold integers (True and False are none), or `k` is no whole number.
    ValueError
        If a label lies outside 0 to k - 1, `labels` is not a vector, or `k` is below 1.

    Examples
    --------
    >>> one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    k = whole(k, "k", 1)
    n = _array(labels, "labels").size
    labels = class_labels(labels, n, k)
    rows = np.zeros((n, k))
    rows[np.arange(n), labels] = 1
    return rows


class Dataset(NamedTuple):
    """Samples with their labels, and the names of both. The arrays are yours to change.

    >>> iris().X.shape
    (150, 4)
    """

    X: np.ndarray  # (n, d)
    labels: np.ndarray  # (n,), from 0 to k - 1
    features: tuple[str, ...]  # d names, with their units
    classes: tuple[str, ...]  # k names


def iris():
    """Fisher's iris data: 150 flowers of 3 species, 4 lengths of each, in cm.

    The copy that scikit-learn carries [1]_.

    References
    ----------
    .. [1] R. A. Fisher, "The use of multiple measurements in taxonomic problems", 1936.

    Examples
    --------
    >>> iris().classes
    ('setosa', 'versicolor', 'virginica')
    """
    with extra("scikit-learn"):
        from sklearn.datasets import load_iris

    return _dataset(load_iris())


def digits():
    """Handwritten digits: 1797 images of 8 by 8 pixels, each from 0 (empty) to 16 (ink).

    The copy that scikit-learn carries, a part of the UCI set by Alpaydin and Kaynak (1998).

    >>> digits().X.reshape(-1, 8, 8)[0, :3]
    array([[ 0.,  0.,  5., 13.,  9.,  1.,  0.,  0.],
           [ 0.,  0., 13., 15., 10., 15.,  5.,  0.],
           [ 0.,  3., 15.,  2.,  0., 11.,  8.,  0.]])
    """
    with extra("scikit-learn"):
        from sklearn.datasets import load_digits

    return _dataset(load_digits())


def _dataset(bunch):
    names = tuple(str(name) for name in bunch.target_names)
    X, labels = bunch.data.copy(), bunch.target.copy()
    return Dataset(X, labels, tuple(bunch.feature_names), names)


def two_moons(n, noise, rng):
    """Two half circles that reach into each other: they are not linearly separable.

    Parameters
    ----------
    n : int
        Number of samples, half of them in each moon.
    noise : float
        Standard deviation of each point's shift, at least 0; the moons have radius 1.
    rng : numpy.random.Generator

    Returns
    -------
    X : ndarray, shape (n, 2)
    labels : ndarray of int, shape (n,)
        0 in the upper moon, 1 in the lower one, in turn.

    Raises
    ------
    TypeError
        If `n` is no whole number, `noise` no number, or `rng` no generator.
    ValueError
        If `n` or `noise` is negative, or `noise` not finite.

    Examples
    --------
    >>> X, labels = two_moons(6, 0, np.random.default_rng(0))
    >>> labels
    array([0, 1, 0, 1, 0, 1])
    >>> np.linalg.norm(X[labels == 0], axis=1).round(6)
    array([1., 1., 1.])
    """
    n, noise, rng = whole(n, "n"), number(noise, "noise", 0), generator(rng)
    labels = np.arange(n) % 2
    angle = rng.uniform(0, np.pi, n)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    X = np.where(labels[:, None] == 0, upper, lower)
    with np.errstate(over="ignore"):
        return X + noise * rng.standard_normal(X.shape), labels


def train_test_split(*arrays, test_share, rng):
    """Choose samples for the test at random and keep them apart: none is in both parts.

    Parameters
    ----------
    *arrays : array_like
        Each with n rows of anything but masked numbers; row i of one belongs to row i of the
        others.
    test_share : float
        Between 0 and 1; the number of test samples is rounded.
    rng : numpy.random.Generator

    Returns
    -------
    list of ndarray
        For each array in turn, its training part, then its test part. They are copies, in the
        order of the samples.

    Raises
    ------
    TypeError
        If `test_share` is no number, `rng` no generator, or an array is masked.
    ValueError
        If there is nothing to split, the numbers of rows differ, or a part would be empty.

    Examples
    --------
    >>> X, y = np.array([[0], [1], [2], [3]]), np.array([0, 1, 2, 3])
    >>> rng = np.random.default_rng(0)
    >>> X_train, X_test, y_train, y_test = train_test_split(X, y, test_share=0.25, rng=rng)
    >>> y_train, y_test
    (array([0, 1, 3]), array([2]))
    """
    arrays, n = _with_rows(arrays)
    n_test = _number_for_test(test_share, n)
    rng = generator(rng)
    test, train = np.split(rng.permutation(n), [n_test])
    test, train = np.sort(test), np.sort(train)
    return [array[part] for array in arrays for part in (train, test)]


def _with_rows(arrays):
    arrays = [_array(array, f"arrays[{i}]") for i, array in enumerate(arrays)]
    if not arrays or any(array.ndim == 0 for array in arrays):
        raise ValueError("arrays: got none, expected at least one with rows")
    if len({len(array) for array in arrays}) > 1:
        raise ValueError(
            f"arrays: got {[len(a) for a in arrays]} rows, expected the same number"
        )
    return arrays, len(arrays[0])


def _number_for_test(test_share, n):
    if not 0 <= number(test_share, "test_share") <= 1:
        raise ValueError(f"test_share: got {test_share}, expected a number from 0 to 1")
    n_test = round(test_share * n)
    if not 0 < n_test < n:
        raise ValueError(
            f"test_share: got {test_share}, {n_test} of {n} samples; expected both parts"
        )
    return n_test
