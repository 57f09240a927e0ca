"""Answers to the exercises on losses, as learners write them."""

import math

import numpy as np

from dlbasics.data import one_hot
from dlbasics.softmax import log_softmax, softmax

# check_mse_gradient


def mse_gradient_one_by_one(predictions, targets):
    result = np.empty_like(predictions)
    for at in np.ndindex(predictions.shape):
        result[at] = (predictions[at] - targets[at]) * 2 / predictions.size
    return result


def mse_gradient_in_the_given_array(predictions, targets):
    predictions -= targets
    predictions *= 2 / predictions.size
    return predictions


# check_one_hot


def one_hot_row_by_row(labels, k):
    rows = [[float(label == j) for j in range(k)] for label in labels]
    return np.array(rows)


def one_hot_whole_rows(labels, k):
    rows = np.zeros((labels.size, k))
    for label in labels:
        rows[label] = 1
    return rows


def one_hot_whole_columns(labels, k):
    rows = np.zeros((labels.size, k))
    for label in labels:
        rows[:, label] = 1
    return rows


# check_cross_entropy_loss


def cross_entropy_row_by_row(logits, labels):
    total = 0.0
    for row, label in zip(logits, labels):
        top = max(row)
        total += top + math.log(sum(math.exp(x - top) for x in row)) - row[label]
    return total / len(labels)


def cross_entropy_one_hot(logits, labels):
    p = np.eye(logits.shape[1])[labels]
    return -np.sum(p * log_softmax(logits)) / logits.shape[0]


def cross_entropy_naive(logits, labels):
    exps = np.exp(logits)
    right = logits[np.arange(len(labels)), labels]
    return np.mean(np.log(exps.sum(axis=1)) - right)


def cross_entropy_of_naive_softmax(logits, labels):
    exps = np.exp(logits)
    return -np.log(chosen(exps / exps.sum(axis=1)[:, None], labels)).mean()


def cross_entropy_rounded_twice(logits, labels):
    exps = np.exp(logits - logits.max())
    return -np.log(chosen(exps / exps.sum(axis=1)[:, None], labels)).mean()


def cross_entropy_one_maximum(logits, labels):
    z = logits - logits.max()
    log_q = z - np.log(np.exp(z).sum(axis=1))[:, None]
    return -log_q[np.arange(len(labels)), labels].mean()


def chosen(values, labels):
    return np.take_along_axis(values, labels[:, None], axis=1)[:, 0]


# check_cross_entropy_gradient


def gradient_row_by_row(logits, labels):
    rows = []
    for row, label in zip(logits, labels):
        q = softmax(row)
        rows.append([q[j] - (j == label) for j in range(len(q))])
    return np.array(rows) / len(rows)


def gradient_taking_one_off_columns(logits, labels):
    q = softmax(logits)
    for label in set(labels.tolist()):
        q[:, label] = q[:, label] - 1
    return q / len(labels)


def gradient_taking_one_off_rows(logits, labels):
    q = softmax(logits)
    q[labels] = q[labels] - 1
    return q / logits.shape[0]


def gradient_of_naive_softmax(logits, labels):
    exps = np.exp(logits)
    q = exps / exps.sum(axis=1)[:, None]
    q[np.arange(labels.size), labels] -= 1
    return q / labels.size


def gradient_changing_the_logits(logits, labels):
    logits -= logits.max(axis=1)[:, None]
    q = np.exp(logits) / np.exp(logits).sum(axis=1)[:, None]
    return (q - np.eye(logits.shape[1])[labels]) / len(labels)


def p_of(logits, labels):
    return (np.arange(logits.shape[1]) == labels[:, None]).astype(float)


# check_smoothed_gradient


def smoothed_in_place(logits, labels, epsilon):
    n, k = logits.shape
    q = softmax(logits) - epsilon / k
    for i, label in enumerate(labels):
        q[i, label] -= 1 - epsilon
    return q / n


def smoothed_over_the_others(logits, labels, epsilon):
    n, k = logits.shape
    p = np.full((n, k), epsilon / (k - 1))
    p[np.arange(n), labels] = 1 - epsilon
    return (softmax(logits) - p) / n


RIGHT = {
    "check_mse_gradient": [
        mse_gradient_one_by_one,
        lambda predictions, targets: (predictions - targets) / (predictions.size / 2),
    ],
    "check_one_hot": [
        one_hot_row_by_row,
        lambda labels, k: (np.arange(k) == labels[:, None]) * 1.0,
    ],
    "check_cross_entropy_loss": [cross_entropy_row_by_row, cross_entropy_one_hot],
    "check_cross_entropy_gradient": [
        gradient_row_by_row,
        lambda x, labels: (np.exp(log_softmax(x)) - p_of(x, labels)) / labels.size,
    ],
    "check_smoothed_gradient": [
        smoothed_in_place,
        lambda x, labels, epsilon: (
            (softmax(x) - (1 - epsilon) * p_of(x, labels) - epsilon / x.shape[1])
            / labels.size
        ),
    ],
}

WRONG = {
    "check_mse_gradient": {
        "The 2 is missing": lambda y, t: (y - t) / np.size(y),
        "did not divide by the number": lambda y, t: y - t + y - t,
        "half the *sum* of squares": lambda y, t: np.subtract(y, t),
        "The sign is turned": lambda y, t: -2 / y.size * (y - t),
        "divided by n twice": lambda y, t: 2 * ((y - t) / y.size) / y.size,
        "the number of rows": lambda y, t: 2 * (y - t) / y.shape[0],
        "the loss itself": lambda y, t: np.sum((y - t) ** 2) / y.size,
        "the mean absolute error": lambda y, t: (
            np.where(y > t, 1.0, np.where(y < t, -1.0, 0.0)) / y.size
        ),
        "in the array that came in": mse_gradient_in_the_given_array,
    },
    "check_one_hot": {
        "dropped the first column": lambda labels, k: np.eye(k)[:, 1:][labels],
        "dropped the last column": lambda labels, k: np.eye(k, k - 1)[labels],
        "from the largest label": lambda labels, k: one_hot_row_by_row(
            labels, labels.max() + 1
        ),
        "only for the classes that occur": lambda labels, k: np.stack(
            [labels == c for c in sorted(set(labels.tolist()))], axis=1
        ).astype(float),
        "Your samples are columns": lambda labels, k: one_hot_row_by_row(labels, k).T,
        "Whole columns are filled": one_hot_whole_columns,
        "fills whole rows": one_hot_whole_rows,
        "a column for each sample": lambda labels, k: np.identity(labels.size)[labels],
        "count from 1": lambda labels, k: one_hot_row_by_row((labels - 1) % k, k),
        "not floats": lambda labels, k: np.arange(k) == labels[:, None],
    },
    "check_cross_entropy_loss": {
        "rounds to 0 before you take its log": cross_entropy_rounded_twice,
        "You added up the samples": lambda x, labels: (
            -chosen(log_softmax(x), labels).sum()
        ),
        "one loss for each sample": lambda x, labels: (
            np.logaddexp.reduce(x, axis=1) - chosen(x, labels)
        ),
        "over all elements": lambda x, labels: (
            -np.mean(p_of(x, labels) * log_softmax(x))
        ),
        "in bits": lambda x, labels: (
            -np.mean(chosen(log_softmax(x), labels) * np.log2(np.e))
        ),
        "rounds to 0 before": lambda x, labels: (
            -np.log(chosen(softmax(x), labels)).mean()
        ),
        "An ε of 1e-07 inside the log": lambda x, labels: (
            -np.log(1e-7 + chosen(softmax(x), labels)).mean()
        ),
        "An ε of 1e-12 inside the log": lambda x, labels: np.mean(
            -np.log(np.clip(chosen(softmax(x), labels), 1e-12, 1))
        ),
        "the maximum over the whole array": cross_entropy_one_maximum,
        "The LSE needs its shift": cross_entropy_naive,
        "inf / inf is nan": cross_entropy_of_naive_softmax,
        "the whole array at once": lambda x, labels: np.mean(
            np.logaddexp.reduce(x, axis=None) - chosen(x, labels)
        ),
        "You normalise the columns": lambda x, labels: np.mean(
            chosen(np.logaddexp.reduce(x, axis=0) - x, labels)
        ),
        "The sign is turned": lambda x, labels: -cross_entropy_row_by_row(x, labels),
        "takes whole columns": lambda x, labels: -log_softmax(x)[:, labels].mean(),
        "the logarithms of all classes": lambda x, labels: np.mean(-log_softmax(x)),
        "The logarithm is missing": lambda x, labels: np.mean(
            chosen(softmax(x), labels)
        ),
    },
    "check_cross_entropy_gradient": {
        "takes the place of the label": lambda x, labels: (
            (softmax(x) - one_hot(np.argmax(x, axis=1), x.shape[1])) / len(x)
        ),
        "The mean is missing": lambda x, labels: (
            gradient_row_by_row(x, labels) * len(x)
        ),
        "that is p - q": lambda x, labels: -gradient_row_by_row(x, labels),
        "divided by n twice": lambda x, labels: gradient_row_by_row(x, labels) / len(x),
        "the number of all elements": lambda x, labels: (
            (softmax(x) - p_of(x, labels)) / np.size(x)
        ),
        "the target is missing": lambda x, labels: softmax(x) / labels.size,
        "You took 1 off everywhere": lambda x, labels: (softmax(x) - 1.0) / len(labels),
        "takes 1 off whole columns": gradient_taking_one_off_columns,
        "takes 1 off whole rows": gradient_taking_one_off_rows,
        "lacks the first column": lambda x, labels: (
            (softmax(x) - np.delete(p_of(x, labels), 0, axis=1)) / len(labels)
        ),
        "lacks the last column": lambda x, labels: (
            (softmax(x) - np.delete(p_of(x, labels), -1, axis=1)) / len(labels)
        ),
        "inf / inf is nan": gradient_of_naive_softmax,
        "averaged the samples away": lambda x, labels: gradient_row_by_row(
            x, labels
        ).sum(axis=0),
        "the labels themselves": lambda x, labels: (
            (softmax(x) - labels.reshape(-1, 1)) / len(labels)
        ),
        "down the columns": lambda x, labels: (
            (softmax(x.T).T - p_of(x, labels)) / len(labels)
        ),
        "the whole array at once": lambda x, labels: (
            (softmax(x.ravel()).reshape(x.shape) - p_of(x, labels)) / len(labels)
        ),
        "the logarithm of q": lambda x, labels: (
            (log_softmax(x) - p_of(x, labels)) / len(labels)
        ),
        "of the right class only": lambda x, labels: (
            np.where(p_of(x, labels) == 1, softmax(x) - 1, 0) / len(labels)
        ),
        "a loss in bits": lambda x, labels: (
            gradient_row_by_row(x, labels) * np.log2(np.e)
        ),
        "changed the logits": gradient_changing_the_logits,
    },
    "check_smoothed_gradient": {
        "and give a part to all k": lambda x, labels, epsilon: (
            (
                softmax(x)
                - one_hot(labels, x.shape[1]) * (1 - epsilon)
                - np.full(x.shape, epsilon / (x.shape[1] - 1))
            )
            / len(x)
        ),
        "The answer of the network": lambda x, labels, epsilon: (
            (
                softmax(x)
                - (1 - epsilon) * one_hot(x.argmax(axis=1), x.shape[1])
                - epsilon / x.shape[1]
            )
            / len(labels)
        ),
        "ε has no effect": lambda x, labels, epsilon: gradient_row_by_row(x, labels),
        "over the wrong classes only": smoothed_over_the_others,
        "sums to more than 1": lambda x, labels, epsilon: (
            gradient_row_by_row(x, labels) - epsilon / x.size
        ),
        "sums to less than 1": lambda x, labels, epsilon: (
            (softmax(x) - p_of(x, labels) * (1 - epsilon)) / len(labels)
        ),
        "the whole ε": lambda x, labels, epsilon: (
            (softmax(x) - (p_of(x, labels) * (1 - epsilon) + epsilon)) / len(labels)
        ),
        "The mean is missing": lambda x, labels, epsilon: (
            smoothed_in_place(x, labels, epsilon) * len(x)
        ),
        "The sign is turned": lambda x, labels, epsilon: (
            -smoothed_in_place(x, labels, epsilon)
        ),
        "You smoothed the prediction": lambda x, labels, epsilon: (
            (softmax(x) * (1 - epsilon) + epsilon / x.shape[1] - p_of(x, labels))
            / len(labels)
        ),
        "made smaller": lambda x, labels, epsilon: (
            gradient_row_by_row(x, labels) * (1 - epsilon)
        ),
    },
}
