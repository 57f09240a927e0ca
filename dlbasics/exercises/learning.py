"""Checks for the chapter from rules to learning."""

import numpy as np

from dlbasics.exercises._checking import Check


def _same_counts(args, expected, got):
    """Counts may be stored as integers or as floats."""
    got = np.asarray(got)
    return got.shape == np.shape(expected) and np.array_equal(got, expected)


def _equal_rows(X_train, X_test):
    """For each test row (down) and training row (across): are they the same?"""
    return np.all(X_test[:, None] == X_train, axis=2)


check_accuracy = Check(
    "my_accuracy",
    lambda predictions, labels: np.mean(predictions == labels),
    [
        (np.array([1, 0]), np.array([1, 1])),
        (np.array([2, 0, 1, 1, 0]), np.array([2, 1, 1, 1, 2])),
        (np.array([0, 0, 3, 1]), np.array([0, 0, 0, 0])),
        (np.array([1, 1, 1]), np.array([1, 1, 1])),
        (np.array([1, 0, 2]), np.array([0, 1, 2])),
    ],
    {
        "You count the right answers. Their share is the count over the number of "
        "answers.": lambda p, y: np.sum(p == y),
        "That is the share of wrong answers. Yours and the accuracy add up to 1.": (
            lambda p, y: np.mean(p != y)
        ),
        "That is 1 only if all answers are right (as `//` gives, too). How many are?": (
            lambda p, y: bool(np.all(p == y)),
            lambda p, y: float(np.all(p == y)),
        ),
        "You divide by the number of classes. Divide by the number of answers.": (
            lambda p, y: np.sum(p == y) / len(np.unique(y)),
            lambda p, y: np.sum(p == y) / (np.max(y) + 1),
        ),
        "That is in percent. The share is a number from 0 to 1.": (
            lambda p, y: 100 * np.mean(p == y)
        ),
        "You return for each answer whether it is right. Take the mean of that.": (
            lambda p, y: p == y
        ),
        "A label is a name, not a quantity: how far two labels lie apart means nothing. "
        "Ask whether they are equal.": (
            lambda p, y: np.mean(np.abs(p - y)),
            lambda p, y: 1 - np.mean(np.abs(p - y)),
            lambda p, y: np.mean(p - y),
        ),
        "You round. A share keeps its decimals.": lambda p, y: np.round(
            np.mean(p == y)
        ),
        "You ask whether a prediction occurs among the labels. Compare each with its own.": (
            lambda p, y: np.mean(np.isin(p, y))
        ),
    },
)

_TRAIN = np.array([[0, 1], [2, 3], [2, 3], [4, 5]])

check_leaks = Check(
    "my_leaks",
    lambda X_train, X_test: int(np.sum(_equal_rows(X_train, X_test).any(axis=1))),
    [
        (np.array([[1, 2]]), np.array([[1, 2]])),
        (np.array([[1, 2], [3, 4]]), np.array([[1, 4], [5, 6]])),
        (_TRAIN, np.array([[2, 3], [9, 9]])),
        (_TRAIN, np.array([[4, 5], [1, 0], [4, 5], [0, 1], [0, 5]])),
        (np.array([[7, 7], [1, 1], [1, 1], [1, 1]]), np.array([[1, 1], [7, 7]])),
        (np.array([[1, 12]]), np.array([[11, 2], [1, 12]])),
        (
            np.array([[1.5, 2.0, 3.0], [1.0, 12.0, 0.0]]),
            np.array([[1.2, 2, 3], [11, 2, 0], [1.5, 2, 3], [1.5, 2, 4], [1.6, 2, 3]]),
        ),
    ],
    {
        "You compare single numbers. A sample has leaked if its whole row agrees.": (
            lambda A, B: int(np.sum(np.isin(B, A))),
            lambda A, B: int(np.sum(np.isin(B, A).any(axis=1))),
            lambda A, B: int(np.sum(np.isin(B, A).all(axis=1))),
            lambda A, B: sum(bool(row in A) for row in B),
            lambda A, B: int(np.sum((B[:, None] == A).any(axis=(1, 2)))),
            lambda A, B: int(np.sum((B[:, None] == A).any(axis=1).all(axis=1))),
        ),
        "You count pairs. A test row that stands twice in the training data has leaked "
        "once.": lambda A, B: int(np.sum(_equal_rows(A, B))),
        "You count training rows. The test rows are what cannot be trusted.": (
            lambda A, B: int(np.sum(_equal_rows(A, B).any(axis=0)))
        ),
        "You count each different row once. Two test rows that are alike are two answers "
        "known by heart.": (
            lambda A, B: len({tuple(row) for row in A} & {tuple(row) for row in B})
        ),
        "You compare row 0 with row 0, row 1 with row 1. A leak may stand anywhere.": (
            lambda A, B: sum(bool(np.all(a == b)) for a, b in zip(A, B, strict=False))
        ),
        "In the end only the last test row counts. Is the counter set to 0 in the loop?": (
            lambda A, B: int(_equal_rows(A, B).any(axis=1)[-1])
        ),
        "That is how many test rows are new. How many are not?": (
            lambda A, B: int(np.sum(~_equal_rows(A, B).any(axis=1)))
        ),
        "You say whether there is a leak. How many rows have leaked?": (
            lambda A, B: bool(_equal_rows(A, B).any()),
            lambda A, B: int(_equal_rows(A, B).any()),
        ),
        "That is a share. How many rows is it?": (
            lambda A, B: float(np.mean(_equal_rows(A, B).any(axis=1)))
        ),
        "You round, or look at some of the columns. All of them have to agree, exactly.": (
            lambda A, B: int(np.sum(_equal_rows(A[:, :2], B[:, :2]).any(axis=1))),
            lambda A, B: int(
                np.sum(_equal_rows(A.astype(int), B.astype(int)).any(axis=1))
            ),
            lambda A, B: int(np.sum(_equal_rows(np.round(A), np.round(B)).any(axis=1))),
        ),
        "You sort the numbers, or compare sums: rows with the same numbers in another "
        "order are not the same sample.": (
            lambda A, B: int(
                np.sum(_equal_rows(np.sort(A), np.sort(B)).any(axis=1)),
            ),
            lambda A, B: int(np.sum(np.isin(B.sum(axis=1), A.sum(axis=1)))),
        ),
    },
    same=_same_counts,
)


def _right(feature, labels, candidates, answer=np.greater_equal):
    return np.array([np.sum(answer(feature, c) == labels) for c in candidates])


def _last_best(feature, labels):
    candidates = np.unique(feature)[::-1]
    return candidates[np.argmax(_right(feature, labels, candidates))]


def _first_best(feature, labels):
    return feature[np.argmax(_right(feature, labels, feature))]


def _between(feature, labels):
    values = np.unique(feature)
    middles = (values[1:] + values[:-1]) / 2
    return middles[np.argmax(_right(feature, labels, middles))]


def _by(answer, choose=np.argmax):
    def variant(feature, labels):
        candidates = np.unique(feature)
        return candidates[choose(_right(feature, labels, candidates, answer))]

    return variant


def _best_either_way(feature, labels):
    candidates = np.unique(feature)
    right = _right(feature, labels, candidates)
    return candidates[np.argmax(np.maximum(right, len(labels) - right))]


def _by_precision(feature, labels):
    candidates = np.unique(feature)
    return candidates[np.argmax([np.mean(labels[feature >= c]) for c in candidates])]


def _by_class(feature, labels):
    candidates = np.unique(feature)
    shares = [
        _right(feature[labels == c], c, candidates) / np.sum(labels == c)
        for c in (0, 1)
    ]
    return candidates[np.argmax(np.sum(shares, axis=0))]


def _means(feature, labels):
    return feature[labels == 0].mean(), feature[labels == 1].mean()


check_best_threshold = Check(
    "my_best_threshold",
    _by(np.greater_equal),
    [
        (np.array([0.1, 0.4]), np.array([0, 1])),
        (np.array([5.5, 1.5, 2.5, 4.5]), np.array([1, 0, 0, 1])),
        (np.array([4.5, 3.5, 2.5, 1.5, 0.5]), np.array([1, 0, 1, 0, 0])),
        (np.array([4.5, 6.5, 2.5, 1.5, 3.5, 5.5]), np.array([1, 1, 1, 0, 0, 0])),
        (np.array([3.5, 1.5, 2.5, 5.5, 4.5]), np.array([0, 1, 0, 1, 1])),
        (np.array([1.0, 2.0, 3.0, 4.0, 90.0]), np.array([0, 0, 1, 1, 1])),
        (np.array([2.0, 2.0, 6.0, 6.0, 6.0, 7.0]), np.array([0, 0, 0, 1, 1, 1])),
        (np.array([1.0, 2.0, 3.0]), np.array([1, 1, 0])),
        (np.array([1.0, 2.0, 3.0, 4.0]), np.array([1, 0, 0, 0])),
        (np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), np.array([1, 0, 1, 1, 1, 1])),
    ],
    {
        "You answer 1 where the feature is above the threshold. It is 1 where the feature "
        "equals it, too: >=.": _by(np.greater),
        "Of several best thresholds you take the largest. The smallest was asked for.": (
            _last_best
        ),
        "Of several best thresholds you take the first in the order of the samples. Sort "
        "the values: the smallest was asked for.": _first_best,
        "You answer 1 below the threshold, or look for the fewest right answers.": (
            _by(np.less),
            _by(np.less_equal),
            _by(np.greater_equal, np.argmin),
        ),
        "You also try answering 1 below the threshold. Here it is 1 from the threshold on.": (
            lambda x, y: _best_either_way(x, y)
        ),
        "You look only at the answers 1. A right 0 is as good as a right 1.": (
            lambda x, y: np.min(x),
            _by_precision,
        ),
        "You average over the classes. Every answer counts alike.": _by_class,
        "You return how many answers are right, or their share. The threshold that leads "
        "there was asked for.": (
            lambda x, y: np.max(_right(x, y, x)),
            lambda x, y: np.max(_right(x, y, x)) / len(x),
        ),
        "You return a position. What stands there is the threshold.": (
            lambda x, y: np.argmax(_right(x, y, np.unique(x))),
            lambda x, y: np.argmax(_right(x, y, x)),
            lambda x, y: np.argmax(_right(x, y, np.sort(x))),
        ),
        "You take the middle between the two means. One far-off sample pulls a mean away: "
        "try the thresholds, and count.": lambda x, y: np.mean(_means(x, y)),
        "You take the mean or the median of the feature, and the labels have no say.": (
            lambda x, y: np.mean(x),
            lambda x, y: np.median(x),
        ),
        "You try values halfway between two samples. A good idea, but the values that occur "
        "were asked for.": _between,
        "You take the smallest value with label 1, as if the classes did not overlap.": (
            lambda x, y: np.min(x[y == 1])
        ),
        "You take the largest value with label 0. That sample would be answered with 1.": (
            lambda x, y: np.max(x[y == 0])
        ),
    },
)


def _confusion(labels, predictions, k):
    table = np.zeros((k, k), dtype=int)
    np.add.at(table, (labels, predictions), 1)
    return table


def _written_once(labels, predictions, k):
    table = np.zeros((k, k), dtype=int)
    table[labels, predictions] += 1
    return table


def _only_right(labels, predictions, k):
    return np.diag(np.diag(_confusion(labels, predictions, k)))


def _only_wrong(labels, predictions, k):
    table = _confusion(labels, predictions, k)
    return table - np.diag(np.diag(table))


def _as_large_as_needed(labels, predictions, k):
    return _confusion(labels, predictions, max(labels.max(), predictions.max()) + 1)


check_confusion = Check(
    "my_confusion",
    _confusion,
    [
        (np.array([0, 1, 1]), np.array([0, 1, 0]), 2),
        (np.array([0, 0, 0, 1]), np.array([1, 1, 1, 1]), 2),
        (np.array([2, 0, 1, 2, 2]), np.array([1, 0, 1, 1, 2]), 3),
        (np.array([0, 1, 0]), np.array([1, 1, 0]), 4),
    ],
    {
        "Your table is turned: the row is the true class, the column the predicted one.": (
            lambda y, p, k: _confusion(p, y, k)
        ),
        "A pair that occurs several times is counted once: `table[labels, predictions] += 1` "
        "writes each place only once.": _written_once,
        "Your table is turned, and a pair that occurs several times is counted once.": (
            lambda y, p, k: _written_once(p, y, k)
        ),
        "Those are shares. Counts were asked for.": (
            lambda y, p, k: _confusion(y, p, k) / len(y),
            lambda y, p, k: (
                _confusion(y, p, k)
                / np.maximum(1, _confusion(y, p, k).sum(axis=1, keepdims=True))
            ),
            lambda y, p, k: (
                _confusion(y, p, k) / _confusion(y, p, k).sum(axis=1, keepdims=True)
            ),
        ),
        "You count only the right answers. What was taken for what stands beside the "
        "diagonal.": (_only_right, lambda y, p, k: np.diag(_only_right(y, p, k))),
        "You count only the wrong answers. The right ones belong on the diagonal.": (
            _only_wrong
        ),
        "Your table has room only for the classes that occur. It is k by k, even if a class "
        "is empty.": _as_large_as_needed,
        "You start from ones. Nothing has been counted yet: zeros.": (
            lambda y, p, k: _confusion(y, p, k) + 1
        ),
    },
    same=_same_counts,
)


def _class_means(X, labels, mean=np.mean):
    return np.array([mean(X[labels == c], axis=0) for c in range(labels.max() + 1)])


def _distances(X, means):
    return np.sum((X[:, None] - means) ** 2, axis=2)


def _nearest_mean(X_train, labels, X):
    return _distances(X, _class_means(X_train, labels)).argmin(axis=1)


def _by_dot_product(A, y, X):
    return (X @ _class_means(A, y).T).argmax(axis=1)


_CLOUDS = np.array([[0.0, 0.0], [0.0, 2.0], [9.0, 0.0], [4.0, 4.0], [6.0, 6.0]])
_CLASSES = np.array([0, 0, 0, 1, 1])
_POINTS = np.array([[1.0, 1.0], [8.0, 1.0], [2.0, 6.0], [3.0, 3.2], [8.0, 0.0]])

check_nearest_mean = Check(
    "my_nearest_mean",
    _nearest_mean,
    [
        (np.array([[0.0], [4.0]]), np.array([0, 1]), np.array([[1.0], [3.5], [9.0]])),
        (_CLOUDS, _CLASSES, _POINTS),
        (
            np.array([[1.0, 1.0, 0.0], [0.0, 5.0, 5.0], [8.0, 0.0, 1.0]]),
            np.array([2, 0, 1]),
            np.array([[7.0, 7.0, 0.0], [0.0, 1.0, 0.0], [1.0, 4.0, 6.0], [9, 0, 0]]),
        ),
        (
            np.array([[0.0, 0.0], [0.0, 1.0], [0.0, 2.0], [0.0, 3.0], [6.0, 6.0]]),
            np.array([0, 0, 0, 0, 1]),
            np.array([[3.5, 3.5], [5.0, 0.0], [4.0, 3.5]]),
        ),
        (
            np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 9.0], [1.0, 1.5, 5.0]]),
            np.array([0, 1, 2]),
            np.array([[1.0, 1.0, 8.0], [1.0, 1.5, 1.0], [2.0, 0.0, 6.0], [0, 2, 9.0]]),
        ),
    ],
    {
        "You look for the farthest mean: argmin, not argmax.": (
            lambda A, y, X: _distances(X, _class_means(A, y)).argmax(axis=1)
        ),
        "You take the class of the nearest single sample. Take the means first.": (
            lambda A, y, X: y[_distances(X, A).argmin(axis=1)]
        ),
        "You add up the differences without their squares, so that left and right cancel.": (
            lambda A, y, X: (
                (X[:, None] - _class_means(A, y)).sum(axis=2).argmin(axis=1)
            ),
            lambda A, y, X: np.abs(
                (X[:, None] - _class_means(A, y)).sum(axis=2)
            ).argmin(axis=1),
        ),
        "You measure with absolute differences. The straight distance has squares.": (
            lambda A, y, X: (
                np.abs(X[:, None] - _class_means(A, y)).sum(axis=2).argmin(axis=1)
            )
        ),
        "You take medians. The mean was asked for.": (
            lambda A, y, X: _distances(X, _class_means(A, y, np.median)).argmin(axis=1)
        ),
        "You sum the samples of a class. The mean divides by how many there are.": (
            lambda A, y, X: _distances(X, _class_means(A, y, np.sum)).argmin(axis=1)
        ),
        "You compare by products. The largest product is not the nearest mean: a long mean "
        "wins too often.": _by_dot_product,
        "You find for each class the nearest sample. For each sample, the nearest class was "
        "asked for: the other axis.": (
            lambda A, y, X: _distances(X, _class_means(A, y)).argmin(axis=0)
        ),
        "You return the distances. Which class has the smallest?": (
            lambda A, y, X: _distances(X, _class_means(A, y)),
            lambda A, y, X: _distances(X, _class_means(A, y)).min(axis=1),
        ),
        "You return the nearest mean itself. Which class is it the mean of?": (
            lambda A, y, X: _class_means(A, y)[_nearest_mean(A, y, X)]
        ),
        "You look for ten classes, as there are digits. The mean of none is nan; there are as "
        "many classes as the labels say.": (
            lambda A, y, X: _distances(
                X, np.array([A[y == c].mean(axis=0) for c in range(10)])
            ).argmin(axis=1)
        ),
        "You look at the first two features. All of them count.": (
            lambda A, y, X: _nearest_mean(A[:, :2], y, X[:, :2])
        ),
    },
    same=_same_counts,
)
