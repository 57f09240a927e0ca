"""What a training has to know about the answers: three tasks, and a place for your own.

Symbols: ``n`` samples, ``outputs`` (n, k) of the network: scores, not yet answers.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from dlbasics._validation import class_labels, logit_rows, same_shape, unit_interval
from dlbasics.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    mse,
    mse_gradient,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
)


class Task(NamedTuple):
    """What a training has to know about the answers, and a network does not.

    `outputs` are those of the network, (n, k): scores, not yet answers.

    Examples
    --------
    >>> logits, labels = np.array([[2.0, 1.0], [0.0, 3.0]]), np.array([0, 0])
    >>> ONE_OF_MANY.answer(logits)
    array([0, 1])
    >>> ONE_OF_MANY.score(logits, labels)
    0.5
    """

    loss: Callable  # (outputs, targets) -> number, the mean over the samples
    gradient: Callable  # (outputs, targets) -> gradient of the loss, shaped as outputs
    answer: Callable  # outputs -> what a person wants to know
    score: Callable  # (outputs, targets) -> number; higher is better
    score_name: str
    show: Callable  # (one answer, its target) -> a line of text


def r_squared(outputs, targets):
    """Share of the targets' variance that the predictions explain: R².

    ``1 - Σ (y - t)² / Σ (t - mean t)²``, the mean taken in each column. A perfect prediction
    has 1, always answering the mean has 0, and a worse one is negative. If the targets do not
    vary, it is -inf, or NaN for a perfect prediction. Both have one shape, as for `mse`.

    >>> r_squared([[1.0], [2.0], [6.0]], [[1.0], [2.0], [3.0]])
    -3.5

    See Also
    --------
    sklearn.metrics.r2_score
    """
    y, t = same_shape(outputs, targets, "outputs", "targets")
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return float(1 - np.sum((y - t) ** 2) / np.sum((t - t.mean(axis=0)) ** 2))


def yes_or_no(logits):
    """1 where the logit is above 0, which is a probability above one half; else 0.

    >>> yes_or_no(np.array([[-1.0], [0.0], [2.0]]))
    array([[0],
           [0],
           [1]])
    """
    return (np.asarray(logits) > 0).astype(int)


def most_likely(logits):
    """The class with the highest score, in each row; softmax would not change the order.

    >>> most_likely(np.array([[2.0, 1.0], [0.0, 3.0]]))
    array([0, 1])
    """
    return np.argmax(logits, axis=1)


def yes_no_accuracy(logits, targets):
    """Share of the yes/no answers that are right. Both arguments have one shape.

    >>> yes_no_accuracy(np.array([[-1.0], [2.0]]), np.array([[1], [1]]))
    0.5
    """
    unit_interval(targets, "targets")
    x, t = same_shape(logits, targets, "logits", "targets")
    return float(np.mean((x > 0) == t))


def accuracy(logits, labels):
    """Share of the samples whose right class has the highest score; labels have shape (n,).

    >>> accuracy(np.array([[2.0, 1.0], [0.0, 3.0]]), np.array([0, 0]))
    0.5

    See Also
    --------
    sklearn.metrics.accuracy_score
    """
    x = logit_rows(logits)
    return float(np.mean(most_likely(x) == class_labels(labels, *x.shape)))


def _same(outputs):
    return np.asarray(outputs)


def _show_numbers(answer, target):
    shown = (" ".join(f"{x:.4g}" for x in np.ravel(part)) for part in (answer, target))
    return "predicted {}, target {}".format(*shown)


def _show_class(answer, target):
    answer, target = np.asarray(answer).item(), np.asarray(target).item()
    return f"answered {answer}, target {target}{'' if answer == target else '  wrong'}"


#: A number for each output. Targets (n, k), mean squared error, scored by R².
REGRESSION = Task(mse, mse_gradient, _same, r_squared, "R²", _show_numbers)
#: A yes or no. Targets (n, 1) of 0 and 1, one logit a sample, scored by accuracy.
YES_NO = Task(
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    yes_or_no,
    yes_no_accuracy,
    "accuracy",
    _show_class,
)
#: One of k classes. Integer labels (n,), k logits a sample, scored by accuracy.
ONE_OF_MANY = Task(
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
    most_likely,
    accuracy,
    "accuracy",
    _show_class,
)
