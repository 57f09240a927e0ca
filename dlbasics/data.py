"""The texts and datasets that the chapters use."""

import codecs
import contextlib
import io

import numpy as np

from dlbasics._validation import class_labels


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
        If `labels` does not hold integers.
    ValueError
        If a label lies outside 0 to k - 1, or `labels` is not a vector.

    Examples
    --------
    >>> one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    labels = np.asarray(labels)
    return np.eye(k)[class_labels(labels, labels.size, k)]
