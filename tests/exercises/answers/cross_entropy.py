"""Answers to the exercises on cross-entropy, as learners write them."""

import math
from collections import Counter

import numpy as np
import scipy.special

# check_cross_entropy


def cost_in_a_loop(p, q):
    total = 0
    for truth, belief in zip(p, q):
        if truth > 0:
            total += truth * (math.inf if belief == 0 else -math.log2(belief))
    return total


def cost_skipping_the_ruled_out(p, q):
    return -sum(a * math.log2(b) for a, b in zip(p, q) if b > 0)


def cost_with_both_masks(p, q):
    keep = (p > 0) & (q > 0)
    return -(p[keep] @ np.log2(q[keep]))


# check_kl_divergence


def waste_as_a_difference(p, q):
    return cost_in_a_loop(p, q) - cost_in_a_loop(p, p)


def waste_in_nats(p, q):
    return scipy.special.rel_entr(p, q).sum()


def waste_clipped(p, q):
    p, q = np.clip(p, 1e-12, 1), np.clip(q, 1e-12, 1)
    return np.sum(p * np.log2(p / q))


# check_negative_log_likelihood


def nll_in_a_loop(q, labels):
    costs = [np.inf if row[y] == 0 else -math.log(row[y]) for row, y in zip(q, labels)]
    return sum(costs) / len(costs)


def nll_gathered(q, labels):
    return -np.log(np.take_along_axis(q, labels[:, None], axis=1)).mean()


def nll_with_one_hot(q, labels):
    targets = np.eye(q.shape[1])[labels]
    return -np.sum(targets * np.log(q)) / len(labels)


def nll_with_one_hot_mean(q, labels):
    return -(np.eye(q.shape[1])[labels] * np.log(q)).mean()


# check_foreign_cost


def foreign_cost_by_shares(text, training, alphabet):
    q = np.array([training.count(s) for s in alphabet]) + 1
    p = np.array([text.count(s) for s in alphabet]) / len(text)
    return -(p @ np.log2(q / np.sum(q)))


def foreign_cost_with_a_counter(text, training, alphabet):
    counts = Counter(training + alphabet)
    bits = sum(math.log2(counts.total() / counts[s]) for s in text)
    return bits / len(text)


def foreign_cost_without_add_one(text, training, alphabet):
    q = np.array([training.count(s) for s in text]) / len(training)
    return np.mean(-np.log2(q))


def foreign_cost_only_for_the_unseen(text, training, alphabet):
    counts = {s: training.count(s) or 1 for s in alphabet}
    total = sum(counts.values())
    return -sum(math.log2(counts[s] / total) for s in text) / len(text)


def foreign_cost_not_scaled(text, training, alphabet):
    bits = 0
    for s in text:
        bits -= math.log2((training.count(s) + 1) / len(training))
    return bits / len(text)


def foreign_cost_of_smoothed_text(text, training, alphabet):
    p = np.array([text.count(s) + 1 for s in alphabet])
    q = np.array([training.count(s) + 1 for s in alphabet])
    return -np.sum(p / p.sum() * np.log2(q / q.sum()))


def own_entropy(text, training, alphabet):
    p = np.array([n / len(text) for n in Counter(text).values()])
    return -np.sum(p * np.log2(p))


RIGHT = {
    "check_cross_entropy": [
        cost_in_a_loop,
        lambda p, q: (
            scipy.special.rel_entr(p, q).sum() / np.log(2)
            + scipy.special.entr(p).sum() / np.log(2)
        ),
    ],
    "check_kl_divergence": [
        waste_as_a_difference,
        lambda p, q: waste_in_nats(p, q) / np.log(2),
    ],
    "check_negative_log_likelihood": [nll_in_a_loop, nll_gathered],
    "check_foreign_cost": [foreign_cost_by_shares, foreign_cost_with_a_counter],
}

WRONG = {
    "check_cross_entropy": {
        "You averaged the lengths": lambda p, q: np.mean(np.log2(1 / q)),
        "outside the sum": lambda p, q: -np.log2(np.sum(p * q)),
        "where p is above 0": lambda p, q: (
            math.inf if q.min() == 0 else cost_in_a_loop(p, q)
        ),
        "in nats": lambda p, q: -np.sum(p[p > 0] * np.log(q[p > 0])),
        "have changed places": lambda p, q: -np.sum(q * np.log2(p)),
        "the entropy of p": lambda p, q: -np.sum(p * np.log2(p)),
        "the entropy of q": lambda p, q: -np.sum(q * np.log2(q)),
        "The minus is missing": lambda p, q: np.sum(p * np.log2(q)),
        "only the waste": lambda p, q: np.sum(p * np.log2(p / q)),
        "the mean over the outcomes": lambda p, q: -np.mean(p * np.log2(q)),
        "You added up the lengths": lambda p, q: sum(-np.log2(q)),
        "became nan": lambda p, q: -(p @ np.log2(q)),
        "You left out where q is 0": cost_skipping_the_ruled_out,
        "But there the price is infinite": cost_with_both_masks,
        "hides the infinity": lambda p, q: -np.sum(p * np.log2(np.maximum(q, 1e-12))),
        "No number is needed": lambda p, q: -np.sum(p * np.log2(1e-7 + q)),
        "invents a price": lambda p, q: -p @ np.log2(np.clip(q, 1e-10, 1)),
        "A small number inside the log": lambda p, q: (
            -p @ np.log2(q + np.finfo(float).eps)
        ),
    },
    "check_kl_divergence": {
        "The difference of the two entropies": lambda p, q: abs(
            cost_in_a_loop(p, p) - cost_in_a_loop(q, q)
        ),
        "the wrong way round": lambda p, q: np.sum(q * np.log2(q / p)),
        "the whole cost": cost_in_a_loop,
        "the entropy of q": lambda p, q: (
            np.sum(q * np.log2(q)) - np.sum(p * np.log2(q))
        ),
        "in nats": waste_in_nats,
        "The sign is turned": lambda p, q: np.sum(p * np.log2(q / p)),
        "absolute values": lambda p, q: sum(abs(p * (np.log2(p) - np.log2(q)))),
        "averaged the two directions": lambda p, q: (
            np.sum((p - q) * (np.log2(p) - np.log2(q))) / 2
        ),
        "the mean over the outcomes": lambda p, q: np.mean(p * np.log2(p / q)),
        "You added up the logarithms": lambda p, q: np.log2(p / q).sum(),
        "became nan": lambda p, q: np.sum(p * (np.log2(p) - np.log2(q))),
        "You left out where q is 0": lambda p, q: sum(
            a * math.log2(a / b) for a, b in zip(p, q) if a > 0 and b > 0
        ),
        "hides the infinity": waste_clipped,
        "No number is needed": lambda p, q: np.sum(
            p * np.log2((p + 1e-7) / (q + 1e-7))
        ),
    },
    "check_negative_log_likelihood": {
        "You left it out": lambda q, labels: (
            -sum(math.log(row[y]) for row, y in zip(q, labels) if row[y] > 0)
            / len(labels)
        ),
        "You added up the samples": lambda q, labels: (
            nll_in_a_loop(q, labels) * len(labels)
        ),
        "in bits": lambda q, labels: nll_in_a_loop(q, labels) / math.log(2),
        "The minus is missing": lambda q, labels: np.mean(
            [np.log(row[y]) for row, y in zip(q, labels)]
        ),
        "from *every* row": lambda q, labels: -np.log(q[:, labels]).mean(),
        "the logarithm of the mean": lambda q, labels: (
            -np.log(sum(row[y] for row, y in zip(q, labels)) / len(labels))
        ),
        "the number of all entries": nll_with_one_hot_mean,
        "the largest probability": lambda q, labels: (
            -np.mean(np.log(np.max(q, axis=-1)))
        ),
        "The logarithm is missing": lambda q, labels: np.mean(
            [1 - row[y] for row, y in zip(q, labels)]
        ),
        "one cost for each sample": lambda q, labels: np.array(
            [-np.log(row[y]) for row, y in zip(q, labels)]
        ),
        "became nan": nll_with_one_hot,
        "hides the infinity": lambda q, labels: nll_gathered(
            np.clip(q, 1e-12, 1), labels
        ),
        "No number is needed": lambda q, labels: nll_gathered(q + 1e-7, labels),
    },
    "check_foreign_cost": {
        "You did not count from 1": foreign_cost_without_add_one,
        "Only the letters that are missing": foreign_cost_only_for_the_unseen,
        "sum to more than 1": foreign_cost_not_scaled,
        "The texts have changed places": lambda text, training, alphabet: (
            foreign_cost_by_shares(training, text, alphabet)
        ),
        "The shares of `text`": foreign_cost_of_smoothed_text,
        "in nats": lambda *args: np.log(2) * foreign_cost_by_shares(*args),
        "the cost of the whole text": lambda text, *rest: (
            foreign_cost_by_shares(text, *rest) * len(text)
        ),
        "the entropy of the text": own_entropy,
        "only the waste": lambda *args: (
            foreign_cost_by_shares(*args) - own_entropy(*args)
        ),
        "averaged over the alphabet": lambda text, training, alphabet: np.mean(
            [
                -np.log2(
                    (training.count(s) + 1) / (len(training) + len(alphabet)),
                )
                for s in alphabet
            ]
        ),
    },
}

# Right only where the zeros of p stand at the end.
REFUSED = {
    "check_cross_entropy": [
        lambda p, q: cost_in_a_loop(p[: np.count_nonzero(p)], q[: np.count_nonzero(p)]),
        lambda p, q: cost_in_a_loop(np.trim_zeros(p), q[: len(np.trim_zeros(p))]),
    ],
    "check_kl_divergence": [
        lambda p, q: waste_as_a_difference(
            p[: np.count_nonzero(p)], q[: np.count_nonzero(p)]
        ),
    ],
}
