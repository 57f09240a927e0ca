"""Answers to the exercises on the single-layer perceptron, as learners write them."""

import numpy as np

from dlbasics.perceptron import fire

# check_fire


def fire_sample_by_sample(X, w, b):
    answers = []
    for x in X:
        total = sum(weight * value for weight, value in zip(w, x)) + b
        answers.append(1.0 if total >= 0 else 0.0)
    return np.array(answers)


def fire_strictly(X, w, b):
    return np.array([1.0 if x @ w + b > 0 else 0.0 for x in X])


def fire_without_bias(X, w, b):
    return np.where(np.sum(X * w, axis=1) >= 0, 1.0, 0.0)


def fire_with_a_threshold(X, w, b):
    return np.where(X @ w >= b, 1.0, 0.0)


# check_correction


def correction_by_cases(x, target, unit):
    w, b = unit[:-1], unit[-1]
    fires = w @ x + b >= 0
    if fires and target == 0:
        return np.array([*(w - x), b - 1])
    if not fires and target == 1:
        return np.array([*(w + x), b + 1])
    return unit


def correction_without_bias(x, target, unit):
    error = target - (1 if x @ unit[:-1] + unit[-1] >= 0 else 0)
    return np.append(unit[:-1] + error * x, unit[-1])


def correction_always(x, target, unit):
    x = np.array([*x, 1])
    return unit + x if target else unit - x


def correction_to_the_end(x, target, unit):
    x = np.append(x, 1)
    while (unit @ x >= 0) != target:
        unit = unit + (x if target else -x)
    return unit


def correction_turned(x, target, unit):
    x = np.array([*x, 1])
    answer = 1 if x @ unit >= 0 else 0
    return unit + (answer - target) * x


def correction_strict(x, target, unit):
    x = np.array([*x, 1])
    answer = 1 if x @ unit > 0 else 0
    return unit + (target - answer) * x


def correction_of_the_sum(x, target, unit):
    x = np.array([*x, 1])
    return unit + (target - np.sum(x * unit)) * x


def correction_in_place(x, target, unit):
    x = np.array([*x, 1])
    unit += (target - (x @ unit >= 0)) * x
    return unit


# check_linear


def linear_with_three_loops(X, W, b):
    Y = np.zeros((len(X), len(b)))
    for n in range(len(X)):
        for j in range(len(b)):
            Y[n, j] = b[j]
            for i in range(X.shape[1]):
                Y[n, j] += X[n, i] * W[i, j]
    return Y


def linear_bias_in_the_inner_loop(X, W, b):
    Y = np.zeros((len(X), len(b)))
    for n in range(len(X)):
        for j in range(len(b)):
            for i in range(X.shape[1]):
                Y[n, j] += X[n, i] * W[i, j] + b[j]
    return Y


def linear_overwritten(X, W, b):
    Y = np.zeros((len(X), len(b)))
    for n in range(len(X)):
        for j in range(len(b)):
            for i in range(X.shape[1]):
                Y[n, j] = X[n, i] * W[i, j] + b[j]
    return Y


# check_grad_W


def grad_W_by_samples(X, grad_Y):
    total = 0
    for x, grad in zip(X, grad_Y):
        total = total + x[:, None] * grad[None, :]
    return total


def grad_W_of_the_last(X, grad_Y):
    for x, grad in zip(X, grad_Y):
        total = x[:, None] * grad[None, :]
    return total


# check_multiclass_correction


def multiclass_with_one_hot(x, label, W):
    k = W.shape[1]
    return W + np.outer(x, np.eye(k)[label] - np.eye(k)[(x @ W).argmax()])


def multiclass_by_cases(x, label, W):
    W = np.array(W)
    answer = (x @ W).argmax()
    if answer != label:
        for i in range(len(x)):
            W[i, label] += x[i]
            W[i, answer] -= x[i]
    return W


def multiclass_only_up(x, label, W):
    W = W.copy()
    if (x @ W).argmax() != label:
        W[:, label] += x
    return W


def multiclass_others_down(x, label, W):
    if (x @ W).argmax() == label:
        return W
    W = W - x[:, None]
    W[:, label] += 2 * x
    return W


def multiclass_turned(x, label, W):
    W = W.copy()
    answer = (x @ W).argmax()
    W[:, label] -= x
    W[:, answer] += x
    return W


def multiclass_each_alone(x, label, W):
    targets = np.zeros(W.shape[1])
    targets[label] = 1
    return W + x[:, None] * (targets - (x @ W >= 0))


def multiclass_by(scores, x, label, W):
    change = np.zeros_like(W)
    if scores.argmax() != label:
        change[:, label], change[:, scores.argmax()] = x, -x
    return W + change


RIGHT = {
    "check_fire": [
        fire_sample_by_sample,
        lambda X, w, b: np.heaviside(np.dot(X, w) + b, 1),
        lambda X, w, b: np.float32(X @ w + b >= 0),
    ],
    "check_correction": [
        correction_by_cases,
        lambda x, t, u: u + (t - (u[:-1] @ x >= -u[-1])) * np.concatenate([x, [1.0]]),
    ],
    "check_at_least": [
        lambda X, m: fire(X, np.full(X.shape[1], 2.0), 1 - 2 * m),
        lambda X, m: (np.count_nonzero(X, axis=1) >= m).astype(float),
    ],
    "check_linear": [
        linear_with_three_loops,
        lambda X, W, b: np.einsum("ni,ij->nj", X, W) + b[None, :],
    ],
    "check_grad_W": [
        grad_W_by_samples,
        lambda X, grad_Y: np.einsum("ni,nj->ij", X, grad_Y),
    ],
    "check_multiclass_correction": [multiclass_with_one_hot, multiclass_by_cases],
}

WRONG = {
    "check_fire": {
        "At a sum of exactly 0": fire_strictly,
        "The bias is missing": fire_without_bias,
        "not taken off": fire_with_a_threshold,
        "The step is still to come": lambda X, w, b: np.dot(X, w) + b,
        "right, but not floats": lambda X, w, b: np.dot(X, w) >= -b,
        "not -1 or 1": lambda X, w, b: np.sign(np.dot(X, w) + b),
        "for each input apart": lambda X, w, b: np.where(X * w + b >= 0, 1.0, 0.0),
    },
    "check_correction": {
        "The bias has to move, too": correction_without_bias,
        "One move was asked for": correction_to_the_end,
        "where its answer was right, too": correction_always,
        "The sign is turned": correction_turned,
        "the unit fires": correction_strict,
        "You compare the target with the sum": correction_of_the_sum,
        "Work on `unit.copy()`": correction_in_place,
    },
    "check_at_least": {
        "one input too many": lambda X, m: fire(X, np.ones(X.shape[1]), -m - 0.5),
        "Your unit always fires": lambda X, m: fire(X, np.ones(X.shape[1]), m - 0.5),
        "fewer than m": lambda X, m: fire(X, -np.ones(X.shape[1]), m - 0.5),
        "right for m = 2 alone": lambda X, m: fire(X, np.ones(X.shape[1]), -1.5),
        "exactly m": lambda X, m: np.array([float(sum(x) == m) for x in X]),
        "That is AND": lambda X, m: X.all(axis=1).astype(float),
        "falls behind as m grows": lambda X, m: fire(X, np.ones(X.shape[1]), -0.9 * m),
    },
    "check_linear": {
        "The bias is missing": lambda X, W, b: np.dot(X, W),
        "Unit j has column j": lambda X, W, b: np.dot(X, W.T) + b,
        "no transpose is needed": lambda X, W, b: np.dot(X.T, W) + b,
        "for samples in columns": lambda X, W, b: W @ X + b,
        "belongs to the samples": lambda X, W, b: X @ W + b.reshape(-1, 1),
        "once for each input": linear_bias_in_the_inner_loop,
        "do not replace it": lambda X, W, b: np.outer(X[:, -1], W[-1]) + b,
        "The first input is left out": lambda X, W, b: sum(
            (np.outer(X[:, i], W[i]) for i in range(1, len(W))), b + 0 * X[:, :1]
        ),
        "for the first sample alone": lambda X, W, b: W.T @ X[0] + b,
    },
    "check_grad_W": {
        "The transpose is missing": lambda X, grad: np.dot(X, grad),
        "on its side": lambda X, grad: grad_W_by_samples(X, grad).T,
        "You divide by the number": lambda X, grad: (
            grad_W_by_samples(X, grad) / len(grad)
        ),
        "Only the last sample": grad_W_of_the_last,
        "You sum over the samples first": lambda X, grad: (
            X.sum(axis=0)[:, None] * grad.sum(axis=0)
        ),
        "the gradient by the bias": lambda X, grad: grad.sum(axis=0),
    },
    "check_multiclass_correction": {
        "The biases have no say": lambda x, label, W: multiclass_by(
            x[:-1] @ W[:-1], x, label, W
        ),
        "not the one farthest from 0": lambda x, label, W: multiclass_by(
            np.square(x @ W), x, label, W
        ),
        "The biases have to move, too": lambda x, label, W: np.vstack(
            [multiclass_by(x @ W, x, label, W)[:-1], W[-1:]]
        ),
        "is not pushed down": multiclass_only_up,
        "You push down every other unit": multiclass_others_down,
        "The signs are turned": multiclass_turned,
        "as if it were alone": multiclass_each_alone,
        "Nothing has moved yet": lambda x, label, W: W,
    },
}
