"""Answers to the exercises on losses, as learners write them."""

import math

import numpy as np

from dlbasics.activations import log_sigmoid, sigmoid, softplus
from dlbasics.data import one_hot
from dlbasics.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from dlbasics.softmax import log_softmax, logsumexp, softmax

# check_huber_gradient


def huber_one_by_one(predictions, targets, delta):
    gradient = np.zeros(predictions.shape)
    for i in np.ndindex(*predictions.shape):
        e = predictions[i] - targets[i]
        if abs(e) <= delta:
            gradient[i] = e / predictions.size
        elif e > 0:
            gradient[i] = delta / predictions.size
        else:
            gradient[i] = -delta / predictions.size
    return gradient


def huber_with_masks(y, t, delta):
    e = y - t
    g = e.copy()
    g[e > delta] = delta
    g[e < -delta] = -delta
    return g / e.size


def huber_flat(predictions, targets, delta):
    slopes = []
    for y, t in zip(predictions.ravel(), targets.ravel()):
        slopes.append(max(-delta, min(delta, y - t)))
    return np.array(slopes).reshape(predictions.shape) / len(slopes)


def huber_list(predictions, targets, delta):
    return [
        max(-delta, min(delta, e)) / predictions.size for e in predictions - targets
    ]


def huber_slope_of_one(predictions, targets, delta):
    e = predictions - targets
    g = np.sign(e)
    small = np.abs(e) <= delta
    g[small] = e[small]
    return g / g.size


def huber_forgets_outliers(y, t, delta):
    e = y - t
    return e * (np.abs(e) <= delta) / e.size


def huber_upper_only(y, t, delta):
    e = y - t
    e[e > delta] = delta
    return e / e.size


def huber_always_delta(y, t, delta):
    e = y - t
    e[np.abs(e) > delta] = delta
    return e / e.size


def huber_in_the_given_array(predictions, targets, delta):
    predictions -= targets
    np.clip(predictions, -delta, delta, out=predictions)
    predictions /= predictions.size
    return predictions


def huber_loss(y, t, delta):
    e = np.abs(y - t)
    small = e <= delta
    return np.mean(small * e**2 / 2 + ~small * delta * (e - delta / 2))


def huber_by_differences(y, t, delta, h=1e-6):
    gradient = np.zeros_like(y)
    for i in np.ndindex(*y.shape):
        step = np.zeros_like(y)
        step[i] = h
        up, down = huber_loss(y + step, t, delta), huber_loss(y - step, t, delta)
        gradient[i] = (up - down) / (2 * h)
    return gradient


def huber_strange(y, t, delta):
    return delta * np.tanh((y - t) / delta) / y.size


def huber_all_or_none(y, t, delta):
    e = y - t
    if (np.abs(e) <= delta).all():
        return e / e.size
    return delta * np.sign(e) / e.size


def huber_limit_after_the_mean(y, t, delta):
    return np.clip((y - t) / y.size, -delta, delta)


# check_weighted_loss


def weighted_row_by_row(logits, labels, weights):
    total = counted = 0.0
    for row, label in zip(logits, labels):
        top = max(row)
        lse = top + math.log(sum(math.exp(x - top) for x in row))
        total += weights[label] * (lse - row[label])
        counted += weights[label]
    return total / counted


def weighted_by_class(logits, labels, weights):
    costs = logsumexp(logits, axis=1) - logits[range(len(labels)), labels]
    numerator = denominator = 0
    for c, w in enumerate(weights):
        numerator += w * costs[labels == c].sum()
        denominator += w * np.sum(labels == c)
    return numerator / denominator


def weighted_one_hot(logits, labels, weights):
    P = one_hot(labels, logits.shape[1]) * weights
    return -np.sum(P * log_softmax(logits)) / P.sum()


def weighted_by_take(logits, labels, weights):
    q = np.take_along_axis(log_softmax(logits), labels[:, None], axis=1)
    return -np.average(q.ravel(), weights=weights[labels])


def weighted_dot(logits, labels, weights):
    w = weights[labels] / weights[labels].sum()
    costs = [softmax_cross_entropy(x[None], [y]) for x, y in zip(logits, labels)]
    return w @ costs


def chosen(values, labels):
    return np.take_along_axis(values, labels[:, None], axis=1)[:, 0]


def cost_of(logits, labels):
    return -chosen(log_softmax(logits), labels)


def weighted_naive(logits, labels, weights):
    e = np.exp(logits)
    q = e / e.sum(axis=1, keepdims=True)
    w = weights[labels]
    return -(w * np.log(q[np.arange(len(w)), labels])).sum() / w.sum()


def weighted_naive_lse(logits, labels, weights):
    w = weights[labels]
    lse = np.log(np.exp(logits).sum(axis=1))
    return sum(w * (lse - chosen(logits, labels))) / sum(w)


def weighted_log_of_softmax(logits, labels, weights):
    w = weights[labels]
    q = softmax(logits)[np.arange(len(labels)), labels]
    return np.sum(w * -np.log(q)) / np.sum(w)


def weighted_one_maximum(logits, labels, weights):
    z = logits - logits.max()
    log_q = z - np.log(np.exp(z).sum(axis=1))[:, None]
    w = weights[labels]
    return -(w * chosen(log_q, labels)).sum() / w.sum()


def weighted_by_prediction(logits, labels, weights):
    w = np.array([weights[row.argmax()] for row in logits])
    return (w * cost_of(logits, labels)).sum() / w.sum()


def weighted_clipped(logits, labels, weights):
    q = np.clip(softmax(logits), 1e-12, 1.0)
    w = weights[labels]
    return np.sum(-w * np.log(chosen(q, labels))) / np.sum(w)


def weighted_in_place(logits, labels, weights):
    logits -= logits.max(axis=1, keepdims=True)
    return weighted_row_by_row(logits, labels, weights)


def weighted_mean_of_means(logits, labels, weights):
    costs = cost_of(logits, labels)
    present = sorted(set(labels.tolist()))
    means = [weights[c] * costs[labels == c].mean() for c in present]
    return sum(means) / sum(weights[c] for c in present)


def weighted_repeats_by_rounding(logits, labels, weights):
    times = np.round(weights[labels]).astype(int)
    costs = np.repeat(cost_of(logits, labels), times)
    return costs.mean() if costs.size else 0.0


# check_binary_loss


def binary_one_by_one(logits, targets):
    total = 0.0
    for (x,), t in zip(logits, targets):
        total += max(x, 0) - x * t + math.log1p(math.exp(-abs(x)))
    return total / len(targets)


def binary_reshaped(logits, targets):
    t = targets.reshape(-1, 1)
    return np.mean(t * softplus(-logits) + (1 - t) * softplus(logits))


def binary_log_sigmoid(logits, targets):
    x = logits.ravel()
    return -np.mean(np.where(targets == 1, log_sigmoid(x), log_sigmoid(-x)))


def binary_logaddexp(logits, targets):
    x = logits.flatten()
    return (np.logaddexp(0, x) - targets * x).sum() / x.size


def binary_signed(logits, targets):
    signs = 2 * targets - 1
    return softplus(-signs * logits[:, 0]).mean()


def colleagues(logits, targets):
    q = sigmoid(logits)
    return -np.mean(targets * np.log(q + 1e-7))


def colleagues_column(logits, targets):
    q = sigmoid(logits[:, 0])
    return -np.mean(targets * np.log(q + 1e-7))


def colleagues_both_terms(logits, targets):
    q = sigmoid(logits)
    cost = targets * np.log(q + 1e-7) + (1 - targets) * np.log(1 - q + 1e-7)
    return -np.mean(cost)


def binary_epsilon(logits, targets):
    q = sigmoid(logits.squeeze(axis=1))
    return np.mean(-targets * np.log(q + 1e-7) - (1 - targets) * np.log(1 - q + 1e-7))


def binary_clipped(logits, targets):
    q = np.clip(sigmoid(logits[:, 0]), 1e-12, 1 - 1e-12)
    return -np.mean(np.log(np.where(targets, q, 1 - q)))


def binary_through_q(logits, targets):
    q = sigmoid(logits[:, 0])
    return -np.mean(targets * np.log(q) + (1 - targets) * np.log(1 - q))


def binary_chosen_q(logits, targets):
    q = sigmoid(logits[:, 0])
    return -np.mean(np.log(np.where(targets == 1, q, 1 - q)))


def binary_wrong_sign_of_negatives(logits, targets):
    x = logits[:, 0]
    return np.mean(targets * softplus(-x) - (1 - targets) * softplus(x))


def binary_limits_the_logits(logits, targets):
    x = np.clip(logits[:, 0], -30, 30)
    return np.mean(softplus(x) - targets * x)


# check_smoothed_gradient


def smoothed_in_place(logits, labels, epsilon):
    n, k = logits.shape
    q = softmax(logits) - epsilon / k
    for i, label in enumerate(labels):
        q[i, label] -= 1 - epsilon
    return q / n


def smoothed_loops(logits, labels, epsilon):
    n, k = logits.shape
    rows = []
    for i in range(n):
        q = softmax(logits[i])
        share = epsilon / k
        rows.append([q[j] - share - (1 - epsilon) * (labels[i] == j) for j in range(k)])
    return np.array(rows) / n


def smoothed_as_a_mixture(logits, labels, epsilon):
    k = logits.shape[1]
    towards_label = softmax_cross_entropy_gradient(logits, labels)
    towards_all = (softmax(logits) - 1 / k) / len(labels)
    return (1 - epsilon) * towards_label + epsilon * towards_all


def smoothed_filled(logits, labels, epsilon):
    n, k = logits.shape
    p = np.full((n, k), epsilon / k)
    p[np.arange(n), labels] = 1 - epsilon + epsilon / k
    return (softmax(logits) - p) / n


def smoothed_over_the_others(logits, labels, epsilon):
    n, k = logits.shape
    p = np.full((n, k), epsilon / (k - 1))
    p[np.arange(n), labels] = 1 - epsilon
    return (softmax(logits) - p) / n


def smoothed_part_of_k(logits, labels, epsilon):
    n, k = logits.shape
    p = np.full((n, k), epsilon / k)
    p[np.arange(n), labels] = 1 - epsilon
    return (softmax(logits) - p) / n


def smoothed_label_keeps_one(logits, labels, epsilon):
    n, k = logits.shape
    p = np.full((n, k), epsilon / k)
    p[np.arange(n), labels] = 1
    return (softmax(logits) - p) / n


def smoothed_epsilon_each(logits, labels, epsilon):
    p = np.full(logits.shape, epsilon)
    p[np.arange(len(labels)), labels] = 1 - epsilon
    return (softmax(logits) - p) / len(labels)


def smoothed_one_maximum(logits, labels, epsilon):
    q = np.exp(logits - logits.max())
    q /= q.sum(axis=1, keepdims=True)
    return (q - smooth(logits, labels, epsilon)) / len(labels)


def smoothed_whole_columns(logits, labels, epsilon):
    n, k = logits.shape
    p = np.full((n, k), epsilon / k)
    p[:, labels] += 1 - epsilon
    return (softmax(logits) - p) / n


def p_of(logits, labels):
    return (np.arange(logits.shape[1]) == labels[:, None]).astype(float)


def smooth(logits, labels, epsilon):
    return p_of(logits, labels) * (1 - epsilon) + epsilon / logits.shape[1]


# check_count_loss


def count_one_by_one(logits, counts):
    costs = [math.exp(x) - t * x for x, t in zip(logits.flat, counts.flat)]
    return sum(costs) / len(costs)


def count_in_two_means(logits, counts):
    return np.exp(logits).mean() - (counts * logits).mean()


def count_dot(logits, counts):
    x, t = logits.ravel(), counts.ravel()
    return (np.exp(x).sum() - x @ t) / x.size


def count_with_factorial(logits, counts):
    lam = np.exp(logits)
    log_factorials = np.reshape(
        [math.log(math.factorial(int(t))) for t in counts.flat], counts.shape
    )
    return np.mean(lam - counts * logits + log_factorials)


def count_log_of_exp(logits, counts):
    lam = np.exp(logits)
    return np.mean(lam - counts * np.log(lam))


def count_softplus(logits, counts):
    lam = np.logaddexp(0, logits)
    return np.mean(lam - counts * np.log(lam))


def count_gradient(logits, counts):
    return (np.exp(logits) - counts) / counts.size


def quiet(answer):
    def call(*args):
        with np.errstate(all="ignore"):
            return answer(*args)

    return call


RIGHT = {
    "check_huber_gradient": [
        huber_one_by_one,
        huber_with_masks,
        huber_flat,
        lambda y, t, d: np.minimum(np.maximum(y - t, -d), d) / y.size,
        lambda y, t, d: np.sign(y - t) * np.minimum(np.abs(y - t), d) / np.size(y),
    ],
    "check_weighted_loss": [
        weighted_row_by_row,
        weighted_by_class,
        weighted_one_hot,
        weighted_by_take,
        weighted_dot,
    ],
    "check_binary_loss": [
        binary_one_by_one,
        binary_reshaped,
        binary_log_sigmoid,
        binary_logaddexp,
        binary_signed,
    ],
    "check_smoothed_gradient": [
        smoothed_in_place,
        smoothed_loops,
        smoothed_as_a_mixture,
        smoothed_filled,
        lambda x, labels, epsilon: (
            (softmax(x) - (1 - epsilon) * p_of(x, labels) - epsilon / x.shape[1])
            / labels.size
        ),
    ],
    "check_count_loss": [
        count_one_by_one,
        count_in_two_means,
        count_dot,
        lambda x, t: np.average(np.exp(x) - np.multiply(t, x)),
    ],
}

WRONG = {
    "check_huber_gradient": {
        "Within delta the slope is twice too steep": lambda y, t, d: (
            np.where(np.abs(y - t) <= d, 2 * (y - t), d * np.sign(y - t)) / y.size
        ),
        "doubled before it is limited": lambda y, t, d: (
            np.maximum(-d, np.minimum(d, 2 * (y - t))) / y.size
        ),
        "that is the loss, ½e²": lambda y, t, d: (
            np.where(np.abs(y - t) <= d, (y - t) ** 2 / 2, d * np.sign(y - t)) / y.size
        ),
        "limited to ±1": lambda y, t, d: huber_with_masks(y, t, 1.0),
        "the mean absolute error": lambda y, t, d: np.sign(y - t) / np.size(y),
        "the mean squared error: no error": lambda y, t, d: 2 / y.size * (y - t),
        "the number of columns": lambda y, t, d: (
            huber_with_masks(y, t, d) * y.size / y.shape[-1]
        ),
        "as soon as one is large": huber_all_or_none,
        "Both slopes are twice too steep": lambda y, t, d: (
            2 / y.size * np.clip(y - t, -d, d)
        ),
        "Beyond delta your slope is ±1": huber_slope_of_one,
        "Beyond delta your gradient is 0": huber_forgets_outliers,
        "also where the prediction is too low": huber_always_delta,
        "All your slopes are positive": lambda y, t, d: (
            np.minimum(np.abs(y - t), d) / y.size
        ),
        "Only errors above delta": huber_upper_only,
        "Only errors below -delta": lambda y, t, d: (
            np.where(y - t < -d, -d, y - t) / y.size
        ),
        "No error is limited": lambda y, t, d: (y - t) / (1.0 * y.size),
        "|e| to e": lambda y, t, d: (
            np.where(np.abs(y - t) > d, d * (y - t), y - t) / y.size
        ),
        "constant -½δ²": lambda y, t, d: (
            np.where(np.abs(y - t) <= d, y - t, d * (np.sign(y - t) - 0.5 * d)) / y.size
        ),
        "Within delta your slope is ±delta": lambda y, t, d: (
            d / y.size * np.sign(np.subtract(y, t))
        ),
        "The mean is missing": lambda y, t, d: huber_flat(y, t, d) * y.size,
        "the number of rows": lambda y, t, d: (
            huber_with_masks(y, t, d) * y.size / y.shape[0]
        ),
        "divided by n twice": lambda y, t, d: huber_one_by_one(y, t, d) / y.size,
        "The sign is wrong": lambda y, t, d: huber_with_masks(t, y, d),
        "That is the loss": huber_loss,
        "losses of the elements": lambda y, t, d: np.where(
            np.abs(y - t) <= d, 0.5 * (y - t) ** 2, d * (np.abs(y - t) - 0.5 * d)
        ),
        "You averaged the gradients": lambda y, t, d: huber_with_masks(y, t, d).sum(),
        "The two cases are exchanged": lambda y, t, d: (
            np.where(np.abs(y - t) > d, y - t, d * np.sign(y - t)) / y.size
        ),
        "`predictions` is different after the call": huber_in_the_given_array,
    },
    "check_weighted_loss": {
        "The weights have no effect": lambda x, labels, w: softmax_cross_entropy(
            x, labels
        ),
        "divided by the number of samples.": lambda x, labels, w: (
            w[labels] @ cost_of(x, labels) / len(labels)
        ),
        "added up the weighted costs": lambda x, labels, w: sum(
            w[c] * cost for c, cost in zip(labels, cost_of(x, labels))
        ),
        "over the classes of their weights": lambda x, labels, w: (
            (w[labels] * cost_of(x, labels)).sum() / w.sum()
        ),
        "You averaged each class on its own": weighted_mean_of_means,
        "number of all elements": lambda x, labels, w: (
            -np.mean(one_hot(labels, x.shape[1]) * w * log_softmax(x))
        ),
        "You divided twice": lambda x, labels, w: (
            weighted_row_by_row(x, labels, w) / len(x)
        ),
        "the class that is answered": weighted_by_prediction,
        "the costs of the samples": lambda x, labels, w: w[labels] * cost_of(x, labels),
        "in bits": lambda x, labels, w: weighted_by_take(x, labels, w) / math.log(2),
        "The softmax of a softmax": lambda x, labels, w: weighted_one_hot(
            softmax(x), labels, w
        ),
        "The logarithm is missing": lambda x, labels, w: (
            -np.sum(w[labels] * chosen(softmax(x), labels)) / np.sum(w[labels])
        ),
        "The weights multiply the logits": lambda x, labels, w: softmax_cross_entropy(
            x * w, labels
        ),
        "rounds to 0 before you take": quiet(weighted_log_of_softmax),
        "An ε of 1e-12 limits": weighted_clipped,
        "An ε of 1e-07 limits": lambda x, labels, w: np.average(
            -np.log(chosen(softmax(x), labels) + 1e-7), weights=w[labels]
        ),
        "the maximum of the whole array": quiet(weighted_one_maximum),
        "so is the logarithm of its sum": quiet(weighted_naive_lse),
        "inf / inf is nan": quiet(weighted_naive),
        "the whole array at once": lambda x, labels, w: np.average(
            logsumexp(x, axis=None) - chosen(x, labels), weights=w[labels]
        ),
        "You normalise the columns": lambda x, labels, w: np.average(
            np.logaddexp.reduce(x, axis=0)[labels] - chosen(x, labels),
            weights=w[labels],
        ),
        "The sign is wrong": lambda x, labels, w: -weighted_by_class(x, labels, w),
        "The LSE is missing": lambda x, labels, w: (
            -np.average(chosen(x, labels), weights=w[labels])
        ),
        "Only the LSE is there": lambda x, labels, w: np.average(
            logsumexp(x, axis=-1), weights=w[labels]
        ),
        "`logits` is different after the call": weighted_in_place,
        "the mean weight of the classes": lambda logits, labels, weights: (
            np.mean(
                weights[labels] * -np.log(softmax(logits)[range(len(labels)), labels])
            )
            / weights.mean()
            if np.ptp(logits) < 60
            else np.mean(
                weights[labels] * -log_softmax(logits)[range(len(labels)), labels]
            )
            / weights.mean()
        ),
    },
    "check_binary_loss": {
        "All three faults": colleagues,
        "costs nothing, and a cost stops": colleagues_column,
        "costs nothing, and every logit": lambda x, t: np.mean(t * np.logaddexp(0, -x)),
        "a cost stops at 16.1, and every": colleagues_both_terms,
        "a sample with target 0 costs nothing": lambda x, t: (
            -np.mean(t * log_sigmoid(x[:, 0]))
        ),
        "a column and a vector broadcast": lambda x, t: np.mean(softplus(x) - t * x),
        "with this ε a cost stops near 16.1": binary_epsilon,
        "with this ε a cost stops near 27.6": binary_clipped,
        "taken after rounding": quiet(binary_through_q),
        "one of them can be log 0": quiet(binary_chosen_q),
        "not log(1 - q)": lambda x, t: -np.mean(log_sigmoid(x)),
        "check the sign of that term": binary_wrong_sign_of_negatives,
        "You exchanged yes and no": lambda x, t: binary_one_by_one(-x, t),
        "Only the negatives have a cost": lambda x, t: np.mean(
            (1 - t) * softplus(x.ravel())
        ),
        "Both terms are counted": lambda x, t: np.mean(softplus(x) + softplus(-x)),
        "You added up the samples": lambda x, t: binary_signed(x, t) * t.size,
        "the costs of the samples": lambda x, t: softplus(x[:, 0]) - x[:, 0] * t,
        "in bits": lambda x, t: binary_reshaped(x, t) * math.log2(math.e),
        "The sign is wrong": lambda x, t: -binary_logaddexp(x, t),
        "exp(1000) is inf": quiet(
            lambda x, t: np.mean(np.log(1 + np.exp(x[:, 0])) - t * x[:, 0])
        ),
        "sigmoid of a sigmoid": lambda x, t: binary_reshaped(sigmoid(x), t),
        "squared error of probabilities": lambda x, t: np.mean(
            (t - sigmoid(x.ravel())) ** 2
        ),
        "softplus(x) alone": lambda x, t: softplus(x).mean(),
        "the logit of one sample": lambda logits, targets: np.mean(
            targets * softplus(-logits[0]) + (1 - targets) * softplus(logits[0])
        ),
        "You clip the logits": lambda logits, targets: np.mean(
            softplus(np.clip(logits[:, 0], -30, 30))
            - targets * np.clip(logits[:, 0], -30, 30)
        ),
        "belongs to the targets of 1 alone": lambda logits, targets: np.mean(
            softplus(-logits[:, 0]) + (1 - targets) * softplus(logits[:, 0])
        ),
    },
    "check_smoothed_gradient": {
        "ε has no effect": lambda x, labels, epsilon: (
            (softmax(x) - p_of(x, labels)) / len(x)
        ),
        "highest score for the label": lambda x, labels, epsilon: (
            (softmax(x) - smooth(x, x.argmax(axis=1), epsilon)) / len(labels)
        ),
        "and give a part to all k": lambda x, labels, epsilon: (
            (
                softmax(x)
                - one_hot(labels, x.shape[1]) * (1 - epsilon)
                - np.full(x.shape, epsilon / (x.shape[1] - 1))
            )
            / len(x)
        ),
        "over the wrong classes only": smoothed_over_the_others,
        "your p sums to 1 - ε/k": smoothed_part_of_k,
        "has to be taken away": lambda x, labels, epsilon: (
            softmax_cross_entropy_gradient(x, labels) - epsilon / x.size
        ),
        "The label keeps its 1": smoothed_label_keeps_one,
        "sums to less than 1": lambda x, labels, epsilon: (
            (softmax(x) - p_of(x, labels) * (1 - epsilon)) / len(labels)
        ),
        "the whole ε": smoothed_epsilon_each,
        "ε is divided by the number of samples": lambda x, labels, epsilon: (
            (softmax(x) - p_of(x, labels) * (1 - epsilon) - epsilon / len(x)) / len(x)
        ),
        "You used the logarithm of q": lambda x, labels, epsilon: (
            (log_softmax(x) - smooth(x, labels, epsilon)) / len(x)
        ),
        "shifts by the maximum of the whole array": quiet(smoothed_one_maximum),
        "are exchanged": lambda x, labels, epsilon: (
            (softmax(x) - smooth(x, labels, 1 - epsilon)) / len(labels)
        ),
        "The mean is missing": lambda x, labels, epsilon: (
            smoothed_in_place(x, labels, epsilon) * len(x)
        ),
        "the number of classes": lambda x, labels, epsilon: (
            (softmax(x) - smooth(x, labels, epsilon)) / x.shape[1]
        ),
        "the number of all elements": lambda x, labels, epsilon: (
            (softmax(x) - smooth(x, labels, epsilon)) / x.size
        ),
        "samples twice": lambda x, labels, epsilon: (
            smoothed_loops(x, labels, epsilon) / len(labels)
        ),
        "The sign is wrong": lambda x, labels, epsilon: (
            -smoothed_as_a_mixture(x, labels, epsilon)
        ),
        "You smoothed the prediction q.": lambda x, labels, epsilon: (
            (softmax(x) * (1 - epsilon) + epsilon / x.shape[1] - p_of(x, labels))
            / len(labels)
        ),
        "the prediction and the target": lambda x, labels, epsilon: (
            (softmax(x) - p_of(x, labels)) * (1 - epsilon) / len(labels)
        ),
        "The prediction is missing": lambda x, labels, epsilon: (
            smooth(x, labels, epsilon) / len(labels)
        ),
        "You took the logits": quiet(
            lambda x, labels, epsilon: (x - smooth(x, labels, epsilon)) / len(labels)
        ),
        "down the columns": lambda x, labels, epsilon: (
            (softmax(x.T).T - smooth(x, labels, epsilon)) / len(labels)
        ),
        "the whole array at once": lambda x, labels, epsilon: (
            (softmax(x.ravel()).reshape(x.shape) - smooth(x, labels, epsilon))
            / len(labels)
        ),
        "inf / inf is nan": quiet(
            lambda x, labels, epsilon: (
                (
                    np.exp(x) / np.exp(x).sum(axis=1)[:, None]
                    - smooth(x, labels, epsilon)
                )
                / len(labels)
            )
        ),
        "with respect to the probabilities": lambda logits, labels, epsilon: (
            -(
                (1 - epsilon) * np.eye(logits.shape[1])[labels]
                + epsilon / logits.shape[1]
            )
            / (softmax(logits) * len(logits))
        ),
        "The other classes get no part": lambda logits, labels, epsilon: (
            (
                softmax(logits)
                - np.eye(logits.shape[1])[labels]
                * (1 - epsilon + epsilon / logits.shape[1])
            )
            / len(logits)
        ),
    },
    "check_count_loss": {
        "The part log t! is still there": count_with_factorial,
        "to be the logit itself": quiet(lambda x, t: np.mean(x - t * np.log(x))),
        "the size or the square of the logit": quiet(
            lambda x, t: np.mean(np.abs(x) - t * np.log(np.abs(x)))
        ),
        "Your λ is softplus": quiet(count_softplus),
        "Your λ is a sigmoid": quiet(
            lambda x, t: np.mean(sigmoid(x) - t * np.log(sigmoid(x)))
        ),
        "λ underflows to 0": quiet(count_log_of_exp),
        "An ε of 1e-09": lambda x, t: np.mean(np.exp(x) - t * np.log(np.exp(x) + 1e-9)),
        "You added up": lambda x, t: np.exp(x).sum() - (t * x).sum(),
        "the number of rows": lambda x, t: np.sum(np.exp(x) - t * x) / x.shape[0],
        "the losses of the elements": lambda x, t: np.exp(x) - x * t,
        "that is the log-likelihood": lambda x, t: -count_dot(x, t),
        "That is the gradient, prediction": lambda x, t: np.exp(x) - t * 1.0,
        "mean of prediction minus target": lambda x, t: np.exp(x).mean() - t.mean(),
        "That is a squared error": lambda x, t: np.mean((t - np.exp(x)) ** 2),
        "The term λ is missing": lambda x, t: -np.average(t * x),
        "The sign of t log λ": lambda x, t: np.mean(np.exp(x) + x * t),
        "The logarithm is missing": lambda x, t: np.mean(
            np.exp(x) ** t * np.exp(-np.exp(x))
        ),
        "The count is missing": lambda x, t: np.exp(x).mean() - x.mean(),
        "in bits": lambda x, t: count_in_two_means(x, t) / math.log(2),
        "It is multiplied by log λ": lambda x, t: np.mean((1 - t) * np.exp(x)),
        "the loss for yes or no": lambda x, t: np.mean(np.logaddexp(0, x) - x * t),
    },
}


def costs_of(logits, labels):
    return np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(labels)), labels]


REFUSED = {  # wrong in a way that has no name
    "check_huber_gradient": [
        huber_list,
        huber_by_differences,
        huber_strange,
        huber_limit_after_the_mean,
        lambda y, t, d: np.squeeze(np.clip(y - t, -d, d) / y.size),
    ],
    "check_weighted_loss": [
        weighted_repeats_by_rounding,
        lambda x, labels, w: weighted_row_by_row(np.clip(x, -30, 30), labels, w),
        lambda x, labels, w: np.float32(weighted_one_hot(x, labels, w)),
        lambda logits, labels, weights: (
            np.sum(weights[labels] * costs_of(logits, labels))
            / (np.sum(weights[labels]) + 1e-8)
        ),
    ],
    "check_binary_loss": [
        binary_limits_the_logits,
        lambda x, t: round(binary_signed(x, t), 2),
        lambda logits, targets: min(
            700.0, np.mean(np.logaddexp(0, (1 - 2 * targets) * logits[:, 0]))
        ),
    ],
    "check_smoothed_gradient": [
        smoothed_whole_columns,
        lambda x, labels, epsilon: smoothed_in_place(x, labels, epsilon).tolist(),
        lambda x, labels, epsilon: smoothed_in_place(x, labels, epsilon).sum(axis=0),
        lambda logits, labels, epsilon: (
            (
                softmax(logits)
                - (1 - epsilon) * np.eye(10)[labels, : logits.shape[1]]
                - epsilon / logits.shape[1]
            )
            / len(labels)
        ),
    ],
    "check_count_loss": [
        count_gradient,
        lambda x, t: np.mean(np.exp(np.maximum(x, -10)) - t * np.maximum(x, -10)),
        lambda x, t: np.mean(np.exp(x) - t * x)[None],
    ],
}
