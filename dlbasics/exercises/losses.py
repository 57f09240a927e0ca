"""Checks for the chapter on losses."""

import numpy as np

from dlbasics.data import one_hot
from dlbasics.exercises._checking import Check
from dlbasics.losses import (
    mse,
    mse_gradient,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
)
from dlbasics.softmax import log_softmax, softmax

_SCORES = np.array([[1.0, 2.0, 3.0], [3.0, 3.0, 3.0]])
_FAR_APART = np.array([[1000.0, 1001.0], [-1000.0, -1001.0]])
_LABELS = np.array([2, 0])
_THREE = np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0], [5.0, 0.0, 0.0]])


def _mse_gradient_in_place(y, t):
    y -= t
    return 2 * y / y.size


def _mse_gradient_all_in_place(y, t):
    y -= t
    y *= 2 / y.size
    return y


check_mse_gradient = Check(
    "my_mse_gradient",
    mse_gradient,
    [
        (np.array([3.0]), np.array([1.0])),
        (np.array([1.0, 2.0, 6.0]), np.array([1.0, 3.0, 3.0])),
        (_SCORES, np.array([[0.0, 2.0, 1.0], [4.0, 3.0, 0.5]])),
    ],
    {
        "The 2 is missing: the derivative of (y - t)² by y is 2 (y - t).": (
            lambda y, t: (y - t) / y.size
        ),
        "You did not divide by the number of elements: the loss is their mean, so its gradient "
        "carries the 1/n.": lambda y, t: 2 * (y - t),
        "That is y - t, the gradient of half the *sum* of squares. The mean has 2/n in front.": (
            lambda y, t: y - t
        ),
        "The sign is turned. Moving y up makes the loss larger where y is above t: y - t.": (
            lambda y, t: 2 * (t - y) / y.size
        ),
        "You divided by n twice. The mean is taken once.": (
            lambda y, t: 2 * (y - t) / y.size**2
        ),
        "You divided by the number of rows. A regression loss is the mean over all elements: "
        "`size`, not `len`.": lambda y, t: 2 * (y - t) / len(y),
        "That is the loss itself. Its gradient has one number for each prediction.": mse,
        "That is the gradient of the mean absolute error: the size of the error is missing.": (
            lambda y, t: np.sign(y - t) / y.size
        ),
        "You worked in the array that came in: `y -= t` changes it. `y - t` makes a "
        "new one.": (_mse_gradient_in_place, _mse_gradient_all_in_place),
    },
    names=("predictions", "targets"),
)


def _whole_columns(labels, k):
    result = np.zeros((len(labels), k))
    result[:, labels] = 1
    return result


def _whole_rows(labels, k):
    result = np.zeros((len(labels), k))
    result[labels] = 1
    return result


check_one_hot = Check(
    "my_one_hot",
    one_hot,
    [
        (np.array([1, 0]), 2),
        (np.array([2, 0]), 3),
        (np.array([0, 0, 1, 0]), 3),
    ],
    {
        "You dropped the first column. That rule is for inputs of a regression; a target needs "
        "one column for each class.": lambda labels, k: np.eye(k)[labels][:, 1:],
        "You dropped the last column. That rule is for inputs of a regression; a target needs "
        "one column for each class.": lambda labels, k: np.eye(k)[labels][:, :-1],
        "You counted the columns from the largest label. The last class may be absent here: "
        "the number of columns is k.": lambda labels, k: np.eye(max(labels) + 1)[
            labels
        ],
        "You made columns only for the classes that occur. Another batch would get other "
        "columns: their number is k.": (
            lambda labels, k: (labels[:, None] == np.unique(labels)).astype(float)
        ),
        "Your samples are columns. Samples are rows: shape (n, k).": (
            lambda labels, k: np.eye(k)[labels].T
        ),
        "Whole columns are filled, as by `[:, labels] = 1`, or by one row that is used for all. "
        "Each row has a single 1.": _whole_columns,
        "`result[labels] = 1` fills whole rows. Each row has a single 1.": _whole_rows,
        "You made a column for each sample. The number of columns is k.": (
            lambda labels, k: np.eye(len(labels))[labels]
        ),
        "Your classes count from 1. They start at 0.": (
            lambda labels, k: np.eye(k)[labels - 1]
        ),
        "The ones are in place, but they are not floats: probabilities are compared with them.": (
            lambda labels, k: np.eye(k, dtype=int)[labels],
            lambda labels, k: np.eye(k, dtype=bool)[labels],
        ),
    },
    names=("labels", "k"),
)


def _right(log_q, labels):
    return log_q[np.arange(len(labels)), labels]


def _cross_entropy_shifted_by_one_maximum(x, labels):
    shifted = x - np.max(x)
    lse = np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
    return -np.mean(_right(shifted - lse, labels))


def _naive_softmax(x):
    return np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)


def _with_epsilon(epsilon):
    return lambda x, labels: -np.mean(np.log(_right(softmax(x), labels) + epsilon))


_WITH_EPSILON = {
    f"An ε of {epsilon:g} inside the log caps the loss at {-np.log(epsilon):.1f}, whatever the "
    "truth. Use log q = x - LSE(x), which needs no ε.": _with_epsilon(epsilon)
    for epsilon in [1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16]
}

check_cross_entropy_loss = Check(
    "my_cross_entropy_loss",
    softmax_cross_entropy,
    [
        (np.array([[0.0, 0.0]]), np.array([0])),
        (_SCORES, _LABELS),
        (np.array([[0.0, 50.0], [50.0, 0.0]]), np.array([0, 0])),
        (np.array([[1000.0, 1000.0]]), np.array([0])),
        (np.array([[0.0, 1000.0]]), np.array([0])),
        (_FAR_APART, np.array([1, 0])),
        (np.array([[2000.0, 0.0]]), np.array([1])),
        (_THREE, np.array([0, 0, 2])),
    ],
    {
        "You added up the samples. The loss is their mean.": (
            lambda x, labels: -np.sum(_right(log_softmax(x), labels))
        ),
        "That is one loss for each sample. The loss is their mean, one number.": (
            lambda x, labels: -_right(log_softmax(x), labels)
        ),
        "You averaged over all elements, the zeros of the one-hot rows included. Classification "
        "losses average over samples.": lambda x, labels: (
            softmax_cross_entropy(x, labels) / x.shape[1]
        ),
        "That is the answer in bits. Losses are in nats: the natural logarithm.": (
            lambda x, labels: softmax_cross_entropy(x, labels) / np.log(2)
        ),
        "The softmax rounds to 0 before you take its log. Use log q = x - LSE(x).": (
            lambda x, labels: -np.mean(np.log(_right(softmax(x), labels))),
            lambda x, labels: (
                -np.mean(np.log(_right(_naive_softmax(x - x.max()), labels)))
            ),
        ),
        **_WITH_EPSILON,
        "You took the maximum over the whole array, not over each row. A row far below it "
        "underflows to log 0.": _cross_entropy_shifted_by_one_maximum,
        "exp(1000) is inf. The LSE needs its shift.": lambda x, labels: np.mean(
            np.log(np.sum(np.exp(x), axis=-1)) - _right(x, labels)
        ),
        "exp(1000) is inf, and inf / inf is nan. Use log q = x - LSE(x), with the maximum of "
        "each row as its shift.": lambda x, labels: (
            -np.mean(np.log(_right(_naive_softmax(x), labels)))
        ),
        "You normalise the whole array at once. Each row is a distribution of its own.": (
            lambda x, labels: -np.mean(_right(log_softmax(x, axis=None), labels))
        ),
        "You normalise the columns. Samples are rows, so the classes lie along the last axis.": (
            lambda x, labels: -np.mean(_right(log_softmax(x, axis=0), labels))
        ),
        "The sign is turned: the logarithm of a probability is at most 0, a loss at least 0.": (
            lambda x, labels: np.mean(_right(log_softmax(x), labels))
        ),
        "`[:, labels]` takes whole columns, every label for every sample. One element in each "
        "row: `[np.arange(n), labels]`.": lambda x, labels: (
            -np.mean(log_softmax(x)[:, labels])
        ),
        "You averaged the logarithms of all classes. Only the right one counts in each row.": (
            lambda x, labels: -np.mean(log_softmax(x))
        ),
        "The logarithm is missing: that is the mean probability of the right classes.": (
            lambda x, labels: np.mean(_right(softmax(x), labels))
        ),
    },
    names=("logits", "labels"),
)


def _less_one_in_whole_columns(x, labels):
    gradient = softmax(x)
    gradient[:, labels] -= 1
    return gradient / len(x)


def _less_one_in_whole_rows(x, labels):
    gradient = softmax(x)
    gradient[labels] -= 1
    return gradient / len(x)


def _gradient_in_place(x, labels):
    x -= x.max(axis=-1, keepdims=True)
    return softmax_cross_entropy_gradient(x, labels)


def _p(x, labels):
    return np.eye(x.shape[1])[labels]


check_cross_entropy_gradient = Check(
    "my_cross_entropy_gradient",
    softmax_cross_entropy_gradient,
    [
        (np.array([[0.0, 0.0]]), np.array([0])),
        (_SCORES, _LABELS),
        (np.array([[0.0, -np.inf, 1.0]]), np.array([2])),
        (_FAR_APART, np.array([1, 0])),
        (np.array([[2000.0, 0.0]]), np.array([1])),
        (_THREE, np.array([0, 0, 2])),
    ],
    {
        "The answer of the network takes the place of the label. p is 1 at the label, right or "
        "wrong.": lambda x, labels: softmax_cross_entropy_gradient(x, x.argmax(axis=1)),
        "The mean is missing: divide q - p by the number of samples.": (
            lambda x, labels: softmax(x) - _p(x, labels)
        ),
        "The sign is turned: that is p - q, the way down. The gradient points up: q - p.": (
            lambda x, labels: (_p(x, labels) - softmax(x)) / len(x)
        ),
        "You divided by n twice. The mean is taken once.": (
            lambda x, labels: (softmax(x) - _p(x, labels)) / len(x) ** 2
        ),
        "You divided by the number of all elements. Classification losses average over samples, "
        "the rows.": lambda x, labels: (softmax(x) - _p(x, labels)) / x.size,
        "That is q / n; the target is missing. Take 1 off at the right class.": (
            lambda x, labels: softmax(x) / len(x)
        ),
        "You took 1 off everywhere. p is 1 at the right class only.": (
            lambda x, labels: (softmax(x) - 1) / len(x)
        ),
        "`[:, labels] -= 1` takes 1 off whole columns. One element in each row: "
        "`[np.arange(n), labels]`.": _less_one_in_whole_columns,
        "`q[labels] -= 1` takes 1 off whole rows. One element in each row: "
        "`[np.arange(n), labels]`.": _less_one_in_whole_rows,
        "Your target lacks the first column. A k-way softmax needs a target with k columns; "
        "for two classes NumPy hides it by broadcasting.": lambda x, labels: (
            (softmax(x) - _p(x, labels)[:, 1:]) / len(x)
        ),
        "Your target lacks the last column. A k-way softmax needs a target with k columns; "
        "for two classes NumPy hides it by broadcasting.": lambda x, labels: (
            (softmax(x) - _p(x, labels)[:, :-1]) / len(x)
        ),
        "exp(1000) is inf, and inf / inf is nan. Call softmax, which takes the maximum off.": (
            lambda x, labels: (_naive_softmax(x) - _p(x, labels)) / len(x)
        ),
        "You averaged the samples away. Each has its own row in the gradient, divided by n.": (
            lambda x, labels: np.mean(softmax(x) - _p(x, labels), axis=0)
        ),
        "You subtracted the labels themselves. A label is a name, not an amount: it has to "
        "become a one-hot row.": (
            lambda x, labels: (softmax(x) - labels[:, None]) / len(x)
        ),
        "Your softmax runs down the columns. Samples are rows: axis=-1.": (
            lambda x, labels: (softmax(x, axis=0) - _p(x, labels)) / len(x)
        ),
        "Your softmax takes the whole array at once. Each row is a distribution of its own.": (
            lambda x, labels: (softmax(x, axis=None) - _p(x, labels)) / len(x)
        ),
        "You used the logarithm of q. The gradient holds q itself.": (
            lambda x, labels: (log_softmax(x) - _p(x, labels)) / len(x)
        ),
        "You kept the gradient of the right class only. The other scores are pushed down, too.": (
            lambda x, labels: (softmax(x) - 1) * _p(x, labels) / len(x)
        ),
        "That is the gradient of a loss in bits. In nats there is no factor 1 / log 2.": (
            lambda x, labels: softmax_cross_entropy_gradient(x, labels) / np.log(2)
        ),
        "Your function changed the logits that came in: `x -= ...` works in the caller's array. "
        "`x = x - ...` makes a new one.": _gradient_in_place,
    },
    names=("logits", "labels"),
)


def _smoothed(x, labels, epsilon):
    return (1 - epsilon) * _p(x, labels) + epsilon / x.shape[1]


check_smoothed_gradient = Check(
    "my_smoothed_gradient",
    lambda logits, labels, epsilon: (
        (softmax(logits) - _smoothed(logits, labels, epsilon)) / len(logits)
    ),
    [
        (np.array([[0.0, 0.0]]), np.array([0]), 0.5),
        (_SCORES, _LABELS, 0.1),
        (_FAR_APART, np.array([1, 0]), 0.2),
        (np.array([[2000.0, 0.0]]), np.array([1]), 0.2),
        (_THREE, np.array([0, 0, 2]), 0.3),
    ],
    {
        "ε has no effect: that is the gradient for one-hot labels.": (
            lambda x, labels, epsilon: softmax_cross_entropy_gradient(x, labels)
        ),
        "The answer of the network takes the place of the label. The certainty is the label's, "
        "right or wrong.": lambda x, labels, epsilon: (
            (softmax(x) - _smoothed(x, x.argmax(axis=1), epsilon)) / len(x)
        ),
        "You divide ε by k - 1, and give a part to all k.": lambda x, labels, epsilon: (
            (softmax(x) - (1 - epsilon) * _p(x, labels) - epsilon / (x.shape[1] - 1))
            / len(x)
        ),
        "You spread ε over the wrong classes only. It goes to all k, the right one included.": (
            lambda x, labels, epsilon: (
                (
                    softmax(x)
                    - (1 - epsilon) * _p(x, labels)
                    - epsilon / (x.shape[1] - 1) * (1 - _p(x, labels))
                )
                / len(x)
            )
        ),
        "Your p sums to more than 1: what is spread has to be taken away from the label, by the "
        "factor 1 - ε.": lambda x, labels, epsilon: (
            (softmax(x) - _p(x, labels) - epsilon / x.shape[1]) / len(x)
        ),
        "Your p sums to less than 1: you took ε away from the label, and gave it to nobody.": (
            lambda x, labels, epsilon: (
                (softmax(x) - (1 - epsilon) * _p(x, labels)) / len(x)
            )
        ),
        "You gave each class the whole ε. They share it: ε / k each.": (
            lambda x, labels, epsilon: (
                (softmax(x) - (1 - epsilon) * _p(x, labels) - epsilon) / len(x)
            )
        ),
        "The mean is missing: divide by the number of samples.": (
            lambda x, labels, epsilon: softmax(x) - _smoothed(x, labels, epsilon)
        ),
        "The sign is turned: the gradient is q - p.": lambda x, labels, epsilon: (
            (_smoothed(x, labels, epsilon) - softmax(x)) / len(x)
        ),
        "You smoothed the prediction q. The doubt belongs to the target p.": (
            lambda x, labels, epsilon: (
                ((1 - epsilon) * softmax(x) + epsilon / x.shape[1] - _p(x, labels))
                / len(x)
            )
        ),
        "That is the one-hot gradient made smaller. Smoothing changes the target, not the size "
        "of the push.": lambda x, labels, epsilon: (
            (1 - epsilon) * softmax_cross_entropy_gradient(x, labels)
        ),
    },
)
