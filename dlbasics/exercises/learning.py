"""Checks for the chapter from rules to learning."""

import numpy as np

from dlbasics.exercises._checking import Check


def _same_counts(args, expected, got):
    """Counts may be stored as integers or as floats."""
    got = np.asarray(got)
    return got.shape == np.shape(expected) and np.array_equal(got, expected)


# The best threshold


def _right(feature, labels, candidates, answer=np.greater_equal):
    return np.array([np.sum(answer(feature, c) == labels) for c in candidates])


def _by(answer=np.greater_equal, choose=np.argmax):
    """Of the sorted values, the one that `choose` picks by the number of right answers."""

    def best(feature, labels):
        candidates = np.unique(feature)
        return candidates[choose(_right(feature, labels, candidates, answer))]

    return best


def _last_best(feature, labels):
    candidates = np.unique(feature)[::-1]
    return candidates[np.argmax(_right(feature, labels, candidates))]


def _first_best(feature, labels):
    return feature[np.argmax(_right(feature, labels, feature))]


def _between(feature, labels):
    values = np.unique(feature)
    middles = (values[1:] + values[:-1]) / 2
    return middles[np.argmax(_right(feature, labels, middles))]


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
        _right(feature[labels == c], c, candidates) / max(1, np.sum(labels == c))
        for c in (0, 1)
    ]
    return candidates[np.argmax(np.sum(shares, axis=0))]


_MANY = (
    np.arange(60.0) - 30.5
)  # so many that most thresholds below 0 lead to many errors

check_best_threshold = Check(
    "my_best_threshold",
    _by(),
    [
        (np.array([2.5]), np.array([1])),
        (np.array([0.1, 0.4]), np.array([0, 1])),
        (np.array([5.5, 1.5, 2.5, 4.5]), np.array([1, 0, 0, 1])),
        (np.array([-1.0, 0.0, -2.0, 3.0]), np.array([0, 1, 0, 1])),
        (np.array([4.5, 3.5, 2.5, 1.5, 0.5]), np.array([1, 0, 1, 0, 0])),
        (np.array([4.5, 6.5, 2.5, 1.5, 3.5, 5.5]), np.array([1, 1, 1, 0, 0, 0])),
        (np.array([3.5, 1.5, 2.5, 5.5, 4.5]), np.array([0, 1, 0, 1, 1])),
        (np.array([1.0, 2.0, 3.0, 4.0, 9e8]), np.array([0, 0, 1, 1, 1])),
        (np.array([2.0, 2.0, 6.0, 6.0, 6.0, 7.0]), np.array([0, 0, 0, 1, 1, 1])),
        (np.array([1.0, 2.0, 3.0]), np.array([1, 1, 0])),
        (np.array([1.0, 2.0, 3.0, 4.0]), np.array([1, 0, 0, 0])),
        (np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), np.array([1, 0, 1, 1, 1, 1])),
        (np.array([3e-9, 1e-9, 4e-9, 2e-9]), np.array([1, 0, 1, 0])),
        (np.array([7.31, 2.06, 8.4, 5.55, 1.9]), np.array([0, 0, 0, 0, 0])),
        (np.array([4.2]), np.array([0])),
        (np.array([-7.5, -2.5, -4.5, 3.0]), np.array([0, 1, 1, 0])),
        (_MANY, 1 * (_MANY > -12) * (np.arange(60) % 3 > 0)),
    ],
    {
        "You answer 1 only where the feature is above the threshold. It is 1 where the "
        "feature equals the threshold, too.": _by(np.greater),
        "Of several best thresholds you take the largest. The smallest was asked for.": (
            _last_best
        ),
        "Of several best thresholds you take the first in the order of the samples. The "
        "smallest was asked for.": _first_best,
        "You answer 1 below the threshold, or look for the fewest right answers.": (
            _by(np.less),
            _by(np.less_equal),
            _by(np.greater_equal, np.argmin),
        ),
        "You also try answering 1 below the threshold. Here it is 1 from the threshold on.": (
            lambda x, y: _best_either_way(x, y)
        ),
        "You look only at the answers 1. A right 0 is as good as a right 1.": (
            _by_precision,
            lambda x, y: np.min(x) if np.any(y == 1) else None,
        ),
        "You always return the smallest value. Is a `return` inside the loop, or do you count "
        "only the answers 1?": lambda x, y: np.min(x),
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
        "try the thresholds, and count.": lambda x, y: (
            (x[y == 0].mean() + x[y == 1].mean()) / 2
        ),
        "You take the mean or the median of the feature, and the labels have no say.": (
            lambda x, y: np.mean(x),
            lambda x, y: np.median(x),
        ),
        "You try values halfway between two samples. A good idea, but one of the values "
        "that occur was asked for.": _between,
        "You take the smallest value with label 1, as if the classes did not overlap. Do you "
        "stop where the count falls? It may grow again.": lambda x, y: np.min(
            x[y == 1]
        ),
        "You take the largest value with label 0. That sample would be answered with 1.": (
            lambda x, y: np.max(x[y == 0])
        ),
        "You try only the values of samples with label 1. Every value that occurs is a "
        "candidate.": lambda x, y: np.sort(x[y == 1])[
            np.argmax(_right(x, y, np.sort(x[y == 1])))
        ],
    },
)


# The confusion matrix


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


def _one_shared_row(labels, predictions, k):
    """Every row is the same list, as in ``[[0] * k] * k``."""
    return np.tile(np.bincount(predictions, minlength=k), (k, 1))


def _as_large_as_needed(labels, predictions, k):
    return _confusion(labels, predictions, max(labels.max(), predictions.max()) + 1)


check_confusion = Check(
    "my_confusion",
    _confusion,
    [
        (np.array([1]), np.array([0]), 2),
        (np.array([0, 1, 1]), np.array([0, 1, 0]), 2),
        (np.array([0, 0, 0, 1]), np.array([1, 1, 1, 1]), 2),
        (np.array([2, 0, 1, 2, 2]), np.array([1, 0, 1, 1, 2]), 3),
        (np.array([0, 1, 0]), np.array([1, 1, 0]), 4),
        (np.array([0, 0]), np.array([0, 0]), 1),
        (
            np.array([4, 0, 2, 2, 4, 1, 0, 4, 4, 2, 3, 0]),
            np.array([4, 0, 1, 1, 0, 1, 4, 4, 4, 2, 3, 4]),
            6,
        ),
        (np.repeat([0, 1], [300, 2]), np.repeat([0, 1], [301, 1]), 2),
        (np.array([3, 0, 3, 3]), np.array([0, 0, 3, 3]), 5),
    ],
    {
        "Your table is transposed: the row is the true class, the column the predicted "
        "one.": lambda y, p, k: _confusion(p, y, k),
        "A pair that occurs several times is counted once. `table[rows, columns] += 1` "
        "writes each place only once, however often it occurs.": _written_once,
        "Your table is transposed, and a pair that occurs several times is counted once.": (
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
            lambda y, p, k: (
                _confusion(y, p, k) / np.maximum(1, _confusion(y, p, k).sum(axis=0))
            ),
            lambda y, p, k: _confusion(y, p, k) / _confusion(y, p, k).sum(axis=0),
        ),
        "All rows of your table are alike: each counts every prediction. `[[0] * k] * k` holds "
        "one row k times.": _one_shared_row,
        "Each sample is counted twice, also with label and prediction exchanged.": (
            lambda y, p, k: _confusion(y, p, k) + _confusion(p, y, k)
        ),
        "You count only the first sample. Is the `return` inside the loop?": (
            lambda y, p, k: _confusion(y[:1], p[:1], k)
        ),
        "The last sample is not counted.": (
            lambda y, p, k: _confusion(y[:-1], p[:-1], k)
        ),
        "You pair every label with every prediction. A sample is one label and its own "
        "prediction.": lambda y, p, k: np.outer(
            np.bincount(y, minlength=k), np.bincount(p, minlength=k)
        ),
        "That is the accuracy, or the number of right answers. A table was asked for.": (
            lambda y, p, k: np.mean(y == p),
            lambda y, p, k: np.sum(y == p),
        ),
        "The counts stand in one long row. Which reshape makes the table?": (
            lambda y, p, k: _confusion(y, p, k).ravel()
        ),
        "You count only the right answers. What was taken for what stands off the "
        "diagonal.": (_only_right, lambda y, p, k: np.diag(_only_right(y, p, k))),
        "You count only the wrong answers. The right ones belong on the diagonal.": (
            _only_wrong
        ),
        "Your table has room only for the classes that occur. It is k by k, even if a class "
        "is empty.": (
            _as_large_as_needed,
            lambda y, p, k: _confusion(y, p, np.unique(np.append(y, p)).size),
        ),
        "You number the classes that occur anew. Class 3 has row 3 and column 3, even if "
        "class 2 does not occur.": lambda y, p, k: _confusion(
            *np.unique([y, p], return_inverse=True)[1].reshape(2, -1), k
        ),
        "You start from ones. Nothing has been counted yet.": (
            lambda y, p, k: _confusion(y, p, k) + 1
        ),
    },
    same=_same_counts,
)


# Leaks


def _equal_rows(X_train, X_test):
    """For each test row (down) and training row (across): are they the same?"""
    return np.all(X_test[:, None] == X_train, axis=2)


def _equal_when(X_train, X_test, change):
    return int(np.sum(_equal_rows(change(X_train), change(X_test)).any(axis=1)))


def _used_up(X_train, X_test):
    left, leaked = X_train.tolist(), 0
    for row in X_test.tolist():
        if row in left:
            left.remove(row)
            leaked += 1
    return leaked


_TRAIN = np.array([[0, 1], [2, 3], [2, 3], [4, 5]])

check_leaks = Check(
    "my_leaks",
    lambda X_train, X_test: int(np.sum(_equal_rows(X_train, X_test).any(axis=1))),
    [
        (np.array([[1, 2]]), np.array([[1, 2]])),
        (np.array([[3]]), np.array([[3]])),
        (np.array([[1, 2], [3, 4]]), np.array([[1, 4], [5, 6]])),
        (_TRAIN, np.array([[2, 3], [9, 9]])),
        (_TRAIN, np.array([[4, 5], [1, 0], [4, 5], [0, 1], [0, 5]])),
        (np.array([[7, 7], [1, 1], [1, 1], [1, 1]]), np.array([[1, 1], [7, 7]])),
        (_TRAIN, np.array([[2, 3], [2, 3], [2, 3]])),
        (np.array([[1, 12]]), np.array([[11, 2], [1, 12]])),
        (np.array([[5], [0], [-5]]), np.array([[0], [0], [5], [1], [-5]])),
        (
            np.array([[1.5, 2.0, 3.0], [1.0, 12.0, 0.0]]),
            np.array([[1.2, 2, 3], [11, 2, 0], [1.5, 2, 3], [1.5, 2, 4], [1.6, 2, 3]]),
        ),
        (
            np.array([[1e9, 0.1 + 0.2], [1e-9, 0.0]]),
            np.array([[1e9, 0.3], [2e-9, 0.0], [1e-9, 0.0]]),
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
        "You count pairs. A test row that occurs twice in the training set has leaked "
        "once.": lambda A, B: int(np.sum(_equal_rows(A, B))),
        "You count training rows. The test rows are what cannot be trusted.": (
            lambda A, B: int(np.sum(_equal_rows(A, B).any(axis=0)))
        ),
        "You count each different row once. Two equal test rows are two answers known by "
        "heart.": (
            lambda A, B: len({tuple(row) for row in A} & {tuple(row) for row in B})
        ),
        "A training row is used up by its first match with you. It leaks into all equal test "
        "rows.": _used_up,
        "You count repeated rows, those within one of the two parts as well.": (
            lambda A, B: (
                len(A) + len(B) - len(np.unique(np.concatenate([A, B]), axis=0))
            )
        ),
        "You look only at the first test row. Is the `return` inside the loop?": (
            lambda A, B: int(np.sum(_equal_rows(A, B)[0])),
            lambda A, B: int(_equal_rows(A, B)[0].any()),
        ),
        "You return the rows that have leaked. How many are they?": (
            lambda A, B: B[_equal_rows(A, B).any(axis=1)],
            lambda A, B: list(B[_equal_rows(A, B).any(axis=1)]),
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
        "You say of each test row whether it has leaked. How many have?": (
            lambda A, B: _equal_rows(A, B).any(axis=1)
        ),
        "Rows that agree only roughly, or only in some columns, count as the same with you. "
        "All numbers have to agree, exactly.": (
            lambda A, B: int(np.sum(_equal_rows(A[:, :2], B[:, :2]).any(axis=1))),
            lambda A, B: int(np.sum(_equal_rows(A[:, :1], B[:, :1]).any(axis=1))),
            lambda A, B: int(np.sum(_equal_rows(A[:, -1:], B[:, -1:]).any(axis=1))),
            lambda A, B: _equal_when(A, B, np.trunc),
            lambda A, B: _equal_when(A, B, np.round),
        ),
        "Rows that differ by very little count as the same with you. They have to agree "
        "exactly.": (
            lambda A, B: int(
                np.sum(np.isclose(B[:, None], A).all(axis=2).any(axis=1)),
            ),
            lambda A, B: _equal_when(A, B, lambda X: np.round(X, 12)),
            lambda A, B: _equal_when(A, B, np.float32),
        ),
        "You sort the numbers, or compare sums or lengths: rows with the same numbers in "
        "another order are not the same sample.": (
            lambda A, B: int(
                np.sum(_equal_rows(np.sort(A), np.sort(B)).any(axis=1)),
            ),
            lambda A, B: int(np.sum(np.isin(B.sum(axis=1), A.sum(axis=1)))),
            lambda A, B: int(np.sum((np.sum(B[:, None] - A, axis=2) == 0).any(axis=1))),
            lambda A, B: int(
                np.sum(np.isin(np.linalg.norm(B, axis=1), np.linalg.norm(A, axis=1)))
            ),
        ),
    },
    same=_same_counts,
)


# Gradient descent on many measurements


def _slope(w, x, t):
    return 2 * np.mean((w * x - t) * x)


def _descend(slope=_slope, start=0.0, more=0, direction=-1, least_move=0.0):
    def walk(x, t, learning_rate, steps):
        w = start
        for _ in range(max(steps + more, 0)):
            move = direction * learning_rate * slope(w, x, t)
            if abs(move) < least_move:
                break
            w = w + move
        return float(w)

    return walk


def _if_not_small(w, x, t, least):
    slope = _slope(w, x, t)
    return slope if abs(slope) > least else 0.0


def _path(x, t, learning_rate, steps):
    return np.array([_descend()(x, t, learning_rate, i + 1) for i in range(steps)])


def _one_by_one(x, t, learning_rate, steps):
    w = 0.0
    for _ in range(steps):
        for one, target in zip(x, t, strict=True):
            w = w - learning_rate * _slope(w, one, target)
    return float(w)


def _in_turn(x, t, learning_rate, steps):
    w = 0.0
    for i in range(steps):
        w = w - learning_rate * _slope(w, x[i % len(x)], t[i % len(x)])
    return float(w)


def _vector(x, t, learning_rate, steps):
    w = 0.0
    for _ in range(steps):
        w = w - learning_rate * 2 * (w * x - t) * x
    return w


def _forgetful(x, t, learning_rate, steps):
    w = 0.0
    for _ in range(steps):
        w = -learning_rate * _slope(w, x, t)
    return float(w)


def _with_constant(x, t, learning_rate, steps):
    w = b = 0.0
    for _ in range(steps):
        error = w * x + b - t
        w = w - learning_rate * 2 * np.mean(error * x)
        b = b - learning_rate * 2 * np.mean(error)
    return float(w)


check_descend = Check(
    "my_descend",
    _descend(),
    [
        (np.array([2.0]), np.array([6.0]), 0.1, 0),
        (np.array([2.0]), np.array([6.0]), 0.1, 1),
        (np.array([2.0]), np.array([6.0]), 0.1, 4),
        (np.array([1.0, 3.0]), np.array([2.0, 3.0]), 0.05, 1),
        (np.array([1.0, 3.0]), np.array([2.0, 3.0]), 0.05, 3),
        (np.array([1, 2, 4]), np.array([3, 5, 13]), 0.02, 2),
        (np.array([0.0, 0.0]), np.array([1.0, 2.0]), 0.3, 5),
        (np.array([0.5, -1.5, 2.5, 0.0]), np.array([-1.1, 2.9, -5.2, 0.3]), 0.07, 9),
        (np.array([1e-4, 3e-4]), np.array([5.0, 7.0]), 2e5, 6),
        (np.array([2.0, 1.0, 5.0]), np.array([4.1, 2.2, 9.7]), 0.15, 12),
        (np.array([1e-8, 3e-8]), np.array([2e-8, 5e-8]), 1e14, 3),  # a tiny slope
        (np.array([1.0, 3.0]), np.array([2.0, 3.0]), 1e-12, 5),  # tiny steps
    ],
    {
        "You add up over the measurements. The loss is their mean.": _descend(
            lambda w, x, t: 2 * np.sum((w * x - t) * x)
        ),
        "Your slope is half of what it should be. What is the derivative of a square?": (
            _descend(lambda w, x, t: np.mean((w * x - t) * x))
        ),
        "Your weight walks up the loss, not down.": _descend(direction=1),
        "Your slope does not contain the input that the weight is multiplied by. Use the "
        "chain rule: the error depends on w through w x.": (
            _descend(lambda w, x, t: 2 * np.mean(w * x - t)),
        ),
        "You take means first and multiply then. The mean of products is not the product of "
        "means.": (
            _descend(lambda w, x, t: 2 * np.mean(w * x - t) * np.mean(x)),
            _descend(lambda w, x, t: 2 * (w * np.mean(x) - np.mean(t)) * np.mean(x)),
        ),
        "You compute the slope once, at the start. It changes with each step.": (
            lambda x, t, learning_rate, steps: (
                -steps * learning_rate * _slope(0.0, x, t)
            )
        ),
        "You go one round too many.": _descend(more=1),
        "You go one round too few.": _descend(more=-1),
        "You go one round, however many `steps` are asked for.": (
            lambda x, t, learning_rate, steps: _descend()(x, t, learning_rate, 1),
            lambda x, t, learning_rate, steps: (
                _descend()(x, t, learning_rate, 1) if steps else None
            ),
        ),
        "Your weight becomes a vector, with one number for each measurement. The loss is a "
        "mean, and so is its slope.": (
            _vector,
            lambda x, t, learning_rate, steps: (
                _vector(x, t, learning_rate, steps) + np.zeros(len(x))
            ),
        ),
        "You use only the first measurement. The loss is a mean over all of them.": _descend(
            lambda w, x, t: _slope(w, x[0], t[0])
        ),
        "You use the measurements in turn, one each round. Every round uses all of them.": (
            _in_turn
        ),
        "You subtract a part of the loss. Its slope says where down is.": _descend(
            lambda w, x, t: np.mean((w * x - t) ** 2)
        ),
        "Each round forgets the weight before. The step is added to it.": (_forgetful),
        "You learn a constant besides the weight. The model is y = w x.": (
            _with_constant
        ),
        "However many steps, you do only one. Is the `return`, or the start at 0, inside the "
        "loop?": (
            lambda x, t, learning_rate, steps: _descend()(
                x, t, learning_rate, min(steps, 1)
            )
        ),
        "You start at 1. Start at 0.": _descend(start=1.0),
        "You stop when a step, the slope or the loss is small. Do all the rounds that were "
        "asked for.": (
            *(_descend(least_move=least) for least in (1e-10, 1e-9, 1e-8, 1e-6)),
            *(
                _descend(lambda w, x, t, least=least: _if_not_small(w, x, t, least))
                for least in (1e-12, 1e-9, 1e-6)
            ),
        ),
        "You take a step after each single measurement. One round uses all of them.": (
            _one_by_one
        ),
        "That is the bottom of the loss, where endless descent would lead. Only some steps "
        "were asked for.": lambda x, t, learning_rate, steps: (
            np.sum(x * t) / np.sum(x * x)
        ),
        "You return all weights on the path. The last one was asked for.": (
            _path,
            lambda x, t, learning_rate, steps: np.append(
                0.0, _path(x, t, learning_rate, steps)
            ),
        ),
        "You return the loss. The weight was asked for.": (
            lambda x, t, learning_rate, steps: np.mean(
                (_descend()(x, t, learning_rate, steps) * x - t) ** 2
            )
        ),
        "You return the predictions. The weight was asked for.": (
            lambda x, t, learning_rate, steps: (
                _descend()(x, t, learning_rate, steps) * x
            )
        ),
        "You return the slope. The weight was asked for.": (
            lambda x, t, learning_rate, steps: _slope(
                _descend()(x, t, learning_rate, steps), x, t
            )
        ),
        "You follow the slope of the absolute error. The loss has squares.": _descend(
            lambda w, x, t: np.mean(np.sign(w * x - t) * x)
        ),
        "Your steps do not depend on `learning_rate`.": (
            lambda x, t, learning_rate, steps: _descend()(x, t, 1.0, steps),
            lambda x, t, learning_rate, steps: _descend()(x, t, 0.1, steps),
        ),
    },
)


# Augmentation


def _shifted(images, columns, fill=0.0):
    """The images moved by some columns to the right, or to the left if negative."""
    moved = np.roll(images, columns, axis=2)
    if columns > 0:
        moved[:, :, :columns] = fill
    else:
        moved[:, :, columns:] = fill
    return moved


def _augment(images, labels):
    parts = [images, _shifted(images, 1), _shifted(images, -1)]
    return np.concatenate(parts), np.tile(labels, 3)


def _rolled(images):
    return [images, np.roll(images, 1, axis=2), np.roll(images, -1, axis=2)]


def _edges(images):
    right = np.concatenate([images[:, :, :1], images[:, :, :-1]], axis=2)
    left = np.concatenate([images[:, :, 1:], images[:, :, -1:]], axis=2)
    return [images, right, left]


def _wrong_side(images):
    right, left = np.roll(images, 1, axis=2), np.roll(images, -1, axis=2)
    right[:, :, -1], left[:, :, 0] = 0, 0
    return [images, right, left]


def _up_and_down(images):
    down, up = np.roll(images, 1, axis=1), np.roll(images, -1, axis=1)
    down[:, 0], up[:, -1] = 0, 0
    return [images, down, up]


def _together(images, labels):
    """The three versions of each image one after the other."""
    parts = np.stack([images, _shifted(images, 1), _shifted(images, -1)], axis=1)
    return parts.reshape(-1, *images.shape[1:]), np.repeat(labels, 3)


def _copies(right, left):
    """The augmentation with other functions for the two moved copies."""

    def augment(images, labels):
        parts = [images, right(images), left(images)]
        return np.concatenate(parts), np.tile(labels, 3)

    return augment


def _to_the_right(images):
    return _shifted(images, 1)


def _to_the_left(images):
    return _shifted(images, -1)


def _first_column_emptied(images):
    moved = np.roll(images, -1, axis=2)
    moved[:, :, 0] = 0
    return moved


def _last_column_emptied(images):
    moved = np.roll(images, 1, axis=2)
    moved[:, :, -1] = 0
    return moved


def _row_emptied(columns):
    def move(images):
        moved = np.roll(images, columns, axis=2)
        moved[:, 0 if columns > 0 else -1] = 0
        return moved

    return move


def _whole_images(columns):
    return lambda images: np.roll(images, columns, axis=0)


_INK = (np.arange(120.0) ** 2 % 17).reshape(4, 5, 6)

check_augment = Check(
    "my_augment",
    _augment,
    [
        (np.array([[[1.0, 2.0, 3.0]]]), np.array([7])),
        (np.array([[[1.0, 2.0], [3.0, 0.0]]]), np.array([4])),
        (np.array([[[5.0], [2.0]], [[0.0], [9.0]]]), np.array([0, 1])),
        (
            np.array([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[7.0, 0, 9], [8, 1, 2]]]),
            np.array([3, 8]),
        ),
        (np.arange(1.0, 13.0).reshape(3, 2, 2), np.array([2, 0, 1])),
        (_INK, np.array([9, 1, 1, 5])),
        (_INK[:2, :2, :2] * 1e-9 + 0.37, np.array([6, 0])),
        (_INK.reshape(1, 10, 12), np.array([3])),  # larger than the digits
    ],
    {
        "Ink that leaves on one side comes in on the other. Paper should come in.": (
            lambda X, y: (np.concatenate(_rolled(X)), np.tile(y, 3))
        ),
        "The second bug is still there: the labels no longer belong to their images.": (
            lambda X, y: (_augment(X, y)[0], np.repeat(y, 3))
        ),
        "Both bugs are still there. Follow one image with ink at its edge, and its label.": (
            lambda X, y: (np.concatenate(_rolled(X)), np.repeat(y, 3))
        ),
        "You have one label for each image that was given. The moved copies need theirs.": (
            lambda X, y: (_augment(X, y)[0], y)
        ),
        "The images moved to the left come before those moved to the right.": (
            lambda X, y: (
                np.concatenate([X, _shifted(X, -1), _shifted(X, 1)]),
                np.tile(y, 3),
            )
        ),
        "The column at the edge is copied. Paper, which is 0, should come in.": (
            lambda X, y: (np.concatenate(_edges(X)), np.tile(y, 3))
        ),
        "You empty the column on the wrong side: where ink has left, other ink came in.": (
            lambda X, y: (np.concatenate(_wrong_side(X)), np.tile(y, 3))
        ),
        "You move the images up and down. Axis 0 counts images, axis 1 rows.": (
            lambda X, y: (np.concatenate(_up_and_down(X)), np.tile(y, 3))
        ),
        "You exchange whole images: axis 0 counts images.": _copies(
            _whole_images(1), _whole_images(-1)
        ),
        "In one of the two moved copies ink still comes in on the other side.": (
            _copies(_to_the_right, lambda X: np.roll(X, -1, axis=2)),
            _copies(lambda X: np.roll(X, 1, axis=2), _to_the_left),
        ),
        "You empty the same column in both moved copies. Paper comes in on different sides.": (
            _copies(_to_the_right, _first_column_emptied),
            _copies(_last_column_emptied, _to_the_left),
        ),
        "You empty a row of each moved image. Paper comes in as a column.": (
            _copies(_row_emptied(1), _row_emptied(-1))
        ),
        "The copies moved to the left are made of those moved to the right. Ink has left those "
        "already.": _copies(_to_the_right, lambda X: _to_the_left(_to_the_right(X))),
        "The copies are mirrored. They should be moved.": _copies(
            lambda X: X[:, :, ::-1], lambda X: X[:, :, ::-1]
        ),
        "The images come back flat. Keep their height and width.": lambda X, y: (
            _augment(X, y)[0].reshape(3 * len(X), -1),
            np.tile(y, 3),
        ),
        "Your labels are a table of three rows. One vector was asked for.": lambda X, y: (
            _augment(X, y)[0],
            np.tile(y, (3, 1)),
        ),
        "With an array, `labels * 3` multiplies each label by 3. The labels should come three "
        "times.": lambda X, y: (_augment(X, y)[0], 3 * y),
        "The three versions of each image stand together. All images in place were asked "
        "for first, then all moved ones.": _together,
        "The images in place are missing, or their labels.": (
            lambda X, y: (
                np.concatenate([_shifted(X, 1), _shifted(X, -1)]),
                np.tile(y, 2),
            ),
        ),
        "You move by two columns.": lambda X, y: (
            np.concatenate([X, _shifted(X, 2), _shifted(X, -2)]),
            np.tile(y, 3),
        ),
        "You move only to the right. The copies moved to the left are missing.": (
            lambda X, y: (np.concatenate([X, _shifted(X, 1)]), np.tile(y, 2))
        ),
        "Both moved copies go to the same side.": (
            lambda X, y: (
                np.concatenate([X, _shifted(X, 1), _shifted(X, 1)]),
                np.tile(y, 3),
            ),
            lambda X, y: (
                np.concatenate([X, _shifted(X, -1), _shifted(X, -1)]),
                np.tile(y, 3),
            ),
        ),
        "You join the images side by side. Join them along axis 0, which counts images.": (
            lambda X, y: (
                np.concatenate([X, _shifted(X, 1), _shifted(X, -1)], axis=2),
                np.tile(y, 3),
            ),
            lambda X, y: (
                np.concatenate([X, _shifted(X, 1), _shifted(X, -1)], axis=1),
                np.tile(y, 3),
            ),
        ),
    },
    parts=("images", "labels"),
)


# Ridge regression with a free constant


def _with_ones(X):
    return np.column_stack([X, np.ones(len(X))])


def _solve(A, T, price):
    return np.linalg.solve(A.T @ A + np.diag(price), A.T @ T)


def _ridge(X, T, strength):
    return _solve(_with_ones(X), T, np.append(np.full(X.shape[1], strength), 0.0))


def _price(change):
    """Ridge regression with the diagonal that `change` makes of the right one."""

    def solve(X, T, strength):
        right = np.append(np.full(X.shape[1], float(strength)), 0.0)
        return _solve(_with_ones(X), T, change(right, len(X)))

    return solve


def _everything_alike(price, n):
    return np.full(price.size, price[0])


def _ones_first(X, T, strength):
    A = np.column_stack([np.ones(len(X)), X])
    return _solve(A, T, np.append(0.0, np.full(X.shape[1], strength)))


def _without_the_last_entry(X, T, strength):
    A = _with_ones(X)
    product = A.T @ A + strength * np.eye(A.shape[1])
    product[-1, -1] = 0
    return np.linalg.solve(product, A.T @ T)


def _mean_as_constant(X, T, strength):
    """The weights of centred data, with a constant that does not undo the centring."""
    return np.vstack([_ridge(X, T, strength)[:-1], T.mean(axis=0)])


def _mean_of_targets_alone(X, T, strength):
    return np.vstack([_solve(X, T, np.full(X.shape[1], strength)), T.mean(axis=0)])


_X = np.array([[0.5, -1.2], [2.0, 0.3], [1.1, 1.7], [-0.4, 0.9], [3.2, -0.6]])
_T = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [1.0, 0.0], [0.2, 0.7]])

check_ridge = Check(
    "my_ridge",
    _ridge,
    [
        (np.array([[2.0]]), np.array([[6.0]]), 1.0),
        (np.array([[0.0], [2.0]]), np.array([[1.0], [4.0]]), 2.0),
        (np.array([[1.0], [2.0], [3.0]]), np.array([[1.0], [2.5], [2.0]]), 0.0),
        (np.array([[1.0, 2.0, 0.5]]), np.array([[1.0, -1.0]]), 0.5),
        (_X, _T, 0.3),
        (_X[:2], _T[:2, :1], 3.0),
        (_X * [1.0, 0.0], 100 + _T, 1.5),
        (_X, _T - 0.5, 1e7),
        (_X[:3] * 1e-3, _T[:3], 1e-6),
    ],
    {
        "You punish the constant as well: its weights come out too small.": (
            _price(_everything_alike)
        ),
        "You punish only the constant. Everything but the constant was meant.": (
            _price(lambda p, n: np.append(0 * p[:-1], p[0]))
        ),
        "You leave the first row out of the price. The constant is the last.": (
            _price(lambda p, n: p[::-1])
        ),
        "The constant comes first in your W. Its row should be the last.": (
            _ones_first
        ),
        "You do not punish anything: `strength` has no effect.": (
            _price(lambda p, n: 0 * p),
            lambda X, T, strength: np.linalg.lstsq(_with_ones(X), T, rcond=None)[0],
            lambda X, T, strength: np.linalg.pinv(_with_ones(X)) @ T,
        ),
        "You punish by 1, whatever `strength` is.": _price(
            lambda p, n: np.append(np.ones(p.size - 1), 0)
        ),
        "You multiply the price by the number of samples, as for a mean of squared errors. "
        "The errors are added up.": _price(lambda p, n: n * p),
        "You square `strength`. It multiplies the squared weights as it is.": (
            _price(lambda p, n: p**2)
        ),
        "Your price is half or twice as high as `strength`. Take the derivatives of both "
        "sums, with their factor 2.": (
            _price(lambda p, n: p / 2),
            _price(lambda p, n: 2 * p),
        ),
        "Your price has the wrong sign: it rewards large weights.": (
            _price(lambda p, n: -p)
        ),
        "The last entry of the diagonal is 0 with you. Only what `strength` adds to it is 0: the "
        "column of ones has a square, too.": _without_the_last_entry,
        "Your constant is the mean of the targets. That fits only if each input has the mean "
        "0.": (_mean_as_constant, _mean_of_targets_alone),
        "The matrix of the price has one row and one column too few: X has a column more "
        "now.": lambda X, T, strength: np.linalg.solve(
            _with_ones(X).T @ _with_ones(X) + strength * np.eye(X.shape[1]),
            _with_ones(X).T @ T,
        ),
        "There is no column of ones, so W has no constant.": (
            lambda X, T, strength: _solve(X, T, np.full(X.shape[1], strength))
        ),
        "The last row of W, the constant, is missing from what you return.": (
            lambda X, T, strength: _ridge(X, T, strength)[:-1]
        ),
        "You return the scores. The weights were asked for.": (
            lambda X, T, strength: _with_ones(X) @ _ridge(X, T, strength)
        ),
        "Your W is transposed.": lambda X, T, strength: _ridge(X, T, strength).T,
        "You add `strength` to every entry of the matrix. The squared weights add only to "
        "the diagonal.": lambda X, T, strength: np.linalg.solve(
            _with_ones(X).T @ _with_ones(X) + strength, _with_ones(X).T @ T
        ),
    },
)
