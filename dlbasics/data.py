"""The texts and data sets that the chapters use, and what prepares them.

The data sets are part of the package; `datasets/README.md` says where each comes from.
"""

import codecs
import contextlib
import io
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from dlbasics._validation import (
    _array,
    _show,
    class_labels,
    generator,
    moderate,
    not_empty,
    number,
    samples,
    whole,
)


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

    See Also
    --------
    sklearn.preprocessing.OneHotEncoder, torch.nn.functional.one_hot

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


class Measurements(NamedTuple):
    """Samples with a number each to predict, and the names of all. The arrays are yours to change.

    >>> diabetes().targets.shape
    (442, 1)
    """

    X: np.ndarray  # (n, d)
    targets: np.ndarray  # (n, 1): a column, as a network with one output gives
    features: tuple[str, ...]  # d names
    target: str  # what is to be predicted


def iris():
    """Fisher's iris data: 150 flowers of 3 species, 4 lengths of each, in cm.

    See Also
    --------
    sklearn.datasets.load_iris

    References
    ----------
    R. A. Fisher, "The use of multiple measurements in taxonomic problems", 1936.

    Examples
    --------
    >>> iris().classes
    ('setosa', 'versicolor', 'virginica')
    """
    return _classes("iris", ("setosa", "versicolor", "virginica"))


def breast_cancer():
    """Tissue samples of 569 patients: 30 measurements of the cell nuclei, and the diagnosis.

    Label 0 is malignant, 1 is benign, as in scikit-learn.

    See Also
    --------
    sklearn.datasets.load_breast_cancer

    References
    ----------
    W. H. Wolberg, W. N. Street and O. L. Mangasarian, "Breast Cancer Wisconsin
    (Diagnostic)", UCI Machine Learning Repository, 1995.

    Examples
    --------
    >>> cancer = breast_cancer()
    >>> cancer.classes, np.bincount(cancer.labels)
    (('malignant', 'benign'), array([212, 357]))
    """
    return _classes("breast_cancer", ("malignant", "benign"))


def diabetes():
    """442 patients with diabetes: 10 measurements, and the progression after a year.

    The measurements are those that were taken. (`sklearn.datasets.load_diabetes` has them so with
    ``scaled=False``; otherwise each column is scaled, by means and deviations of *all* patients.)

    See Also
    --------
    sklearn.datasets.load_diabetes

    References
    ----------
    B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, "Least angle regression", 2004.

    Examples
    --------
    >>> diabetes().X[0, :4]                # years, sex, body mass index, blood pressure
    array([ 59. ,   2. ,  32.1, 101. ])
    """
    X, last, features, target = _table("diabetes")
    return Measurements(X, np.array(last, dtype=float)[:, None], features, target)


def digits():
    """Handwritten digits: 1797 images of 8 by 8 pixels, each from 0 (empty) to 16 (ink).

    See Also
    --------
    sklearn.datasets.load_digits

    References
    ----------
    E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine
    Learning Repository, 1998: the test images.

    Examples
    --------
    >>> digits().X.reshape(-1, 8, 8)[0, :3]
    array([[ 0.,  0.,  5., 13.,  9.,  1.,  0.,  0.],
           [ 0.,  0., 13., 15., 10., 15.,  5.,  0.],
           [ 0.,  3., 15.,  2.,  0., 11.,  8.,  0.]])
    """
    with _shipped("digits.npz").open("rb") as file, np.load(file) as arrays:
        X, labels = arrays["X"].astype(np.float64), arrays["labels"].astype(np.intp)
    pixels = tuple(f"pixel_{row}_{column}" for row in range(8) for column in range(8))
    return Dataset(X, labels, pixels, tuple("0123456789"))


def _classes(name, classes):
    """The shipped table of this name, with the names in its last column as numbers."""
    X, names, features, _ = _table(name)
    number = {name: i for i, name in enumerate(classes)}
    return Dataset(X, np.array([number[name] for name in names]), features, classes)


def _table(name):
    """The numbers of a shipped table, its last column as text, and the names of both."""
    header, *lines = _shipped(f"{name}.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines]
    *features, target = header.split(",")
    X = np.array([row[:-1] for row in rows], dtype=float)
    return X, [row[-1] for row in rows], tuple(features), target


def _shipped(name):
    return files("dlbasics") / "datasets" / name


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

    See Also
    --------
    sklearn.datasets.make_moons

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

    See Also
    --------
    sklearn.model_selection.train_test_split

    Examples
    --------
    >>> X, y = np.array([[0], [1], [2], [3]]), np.array([0, 1, 2, 3])
    >>> rng = np.random.default_rng(0)
    >>> X_train, X_test, y_train, y_test = train_test_split(X, y, test_share=0.25, rng=rng)
    >>> y_train, y_test
    (array([0, 1, 3]), array([2]))
    """
    arrays, n = _with_rows(arrays)
    n_test = _number_for(test_share, "test_share", n)
    rng = generator(rng)
    test, train = np.split(rng.permutation(n), [n_test])
    test, train = np.sort(test), np.sort(train)
    return [array[part] for array in arrays for part in (train, test)]


def train_validation_test_split(*arrays, validation_share, test_share, rng):
    """Choose samples for validation and test at random: none is in two of the three parts.

    Parameters
    ----------
    *arrays : array_like
        As in `train_test_split`.
    validation_share, test_share : float
        Of all samples; both numbers of samples are rounded.
    rng : numpy.random.Generator

    Returns
    -------
    list of ndarray
        For each array in turn, its training, its validation and its test part. They are copies, in
        the order of the samples.

    Raises
    ------
    TypeError
        If a share is no number, `rng` no generator, or an array is masked.
    ValueError
        If there is nothing to split, the numbers of rows differ, or a part would be empty.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> train_validation_test_split(range(8), validation_share=0.25, test_share=0.25, rng=rng)
    [array([0, 1, 5, 7]), array([3, 6]), array([2, 4])]
    """
    arrays, n = _with_rows(arrays)
    n_test = _number_for(test_share, "test_share", n)
    n_both = n_test + _number_for(validation_share, "validation_share", n)
    if n_both >= n:
        raise ValueError(
            f"validation_share: got {validation_share}, with test_share {test_share} all "
            f"of {n} samples; expected some for training"
        )
    order = generator(rng).permutation(n)
    parts = [order[n_both:], order[n_test:n_both], order[:n_test]]
    return [array[np.sort(part)] for array in arrays for part in parts]


def _with_rows(arrays):
    if not arrays:
        raise ValueError("arrays: got none, expected at least one with rows")
    given, arrays = arrays, [_array(a, f"arrays[{i}]") for i, a in enumerate(arrays)]
    for i, array in enumerate(arrays):
        if array.ndim == 0:
            raise ValueError(f"arrays[{i}]: got {_show(given[i])}, expected rows")
    if len({len(array) for array in arrays}) > 1:
        raise ValueError(
            f"arrays: got {[len(a) for a in arrays]} rows, expected the same number"
        )
    return arrays, len(arrays[0])


def _number_for(share, name, n):
    if not 0 <= number(share, name) <= 1:
        raise ValueError(f"{name}: got {share}, expected a number from 0 to 1")
    count = round(share * n)
    if not 0 < count < n:
        raise ValueError(
            f"{name}: got {share}, {count} of {n} samples; expected both parts"
        )
    return count


def folds(n, k, rng):
    """Put `n` rows into `k` parts at random: each part is the test once, the others train.

    Parameters
    ----------
    n : int
        Number of rows.
    k : int
        Number of folds, from 2 to `n`. Their sizes differ by 1 at most.
    rng : numpy.random.Generator

    Returns
    -------
    list of pairs (train, test)
        Arrays of row numbers, sorted. Every row is in exactly one test part.

    Raises
    ------
    TypeError
        If `n` or `k` is no whole number, or `rng` no generator.
    ValueError
        If `k` is below 2 or above `n`.

    See Also
    --------
    sklearn.model_selection.KFold, sklearn.model_selection.StratifiedKFold

    Examples
    --------
    >>> for train, test in folds(5, 2, np.random.default_rng(0)):
    ...     print(train, test)
    [0 4] [1 2 3]
    [1 2 3] [0 4]
    """
    n, k, rng = whole(n, "n"), whole(k, "k", 2), generator(rng)
    if k > n:
        raise ValueError(f"k: got {k}, expected at most {n}, the number of rows")
    order = rng.permutation(n)
    parts = [np.sort(order[i::k]) for i in range(k)]
    return [(np.setdiff1d(order, part), part) for part in parts]


def batches(n, size, rng):
    """The numbers of `n` rows in random order, `size` at a time: every row once.

    Parameters
    ----------
    n : int
        Number of rows.
    size : int
        Rows in a batch, at least 1. If `n` is no multiple of it, the last batch is smaller.
    rng : numpy.random.Generator

    Returns
    -------
    list of ndarray of int

    Raises
    ------
    TypeError
        If `n` or `size` is no whole number, or `rng` no generator.
    ValueError
        If `n` is negative, or `size` below 1.

    See Also
    --------
    torch.utils.data.DataLoader

    Examples
    --------
    >>> batches(5, 2, np.random.default_rng(0))
    [array([2, 4]), array([3, 0]), array([1])]
    """
    n, size, rng = whole(n, "n"), whole(size, "size", 1), generator(rng)
    order = rng.permutation(n)
    return [order[start : start + size] for start in range(0, n, size)]


class _Scaler:
    """``(X - shift) / scale`` column by column, and the way back."""

    def fit(self, X):
        """Take shift and scale from columns of *training* inputs; return self.

        Parameters
        ----------
        X : array_like, shape (n, d)
            Finite numbers, at least one row.
        """
        X = not_empty(moderate(samples(X, "X"), "X"), "X")
        self.shift, self.scale = self._shift_and_scale(X)
        constant = (X.min(axis=0) == X.max(axis=0)) | (self.scale == 0)
        self.shift[constant] = X[0, constant]  # so that it becomes exactly 0
        self.scale[constant] = 1  # and not 0 / 0
        return self

    def apply(self, X):
        """Scale rows of the same columns. Returns a new array."""
        with np.errstate(over="ignore"):
            return (self._rows(X) - self.shift) / self.scale

    def undo(self, X):
        """Scaled rows in their old units. Returns a new array."""
        with np.errstate(over="ignore"):
            return self._rows(X) * self.scale + self.shift

    def _rows(self, X):
        if not hasattr(self, "scale"):
            raise RuntimeError(f"{type(self).__name__}: not fitted; call fit(X) first")
        X = samples(X, "X")
        if X.shape[1] != len(self.scale):
            raise ValueError(
                f"X: got {X.shape[1]} columns, expected {len(self.scale)}, as fitted"
            )
        return X


class Standardizer(_Scaler):
    """Scale each column to mean 0 and standard deviation 1 *of the rows that were fitted*.

    A column that is constant there is only shifted, to 0.

    >>> scaler = Standardizer().fit([[1.0, 5.0], [3.0, 5.0]])
    >>> scaler.apply([[1.0, 5.0], [5.0, 6.0]])
    array([[-1.,  0.],
           [ 3.,  1.]])
    >>> scaler.undo([[3.0, 1.0]])
    array([[5., 6.]])

    See Also
    --------
    sklearn.preprocessing.StandardScaler
    """

    def _shift_and_scale(self, X):
        return X.mean(axis=0), X.std(axis=0)


class MinMax(_Scaler):
    """Scale each column so that the rows that were fitted lie between 0 and 1.

    Other rows may lie outside. A column that is constant in the fitted rows is only shifted, to 0.

    >>> scaler = MinMax().fit([[1.0, 5.0], [3.0, 5.0]])
    >>> scaler.apply([[1.0, 5.0], [5.0, 6.0]])
    array([[0., 0.],
           [2., 1.]])

    See Also
    --------
    sklearn.preprocessing.MinMaxScaler
    """

    def _shift_and_scale(self, X):
        low = X.min(axis=0)
        return low, X.max(axis=0) - low
