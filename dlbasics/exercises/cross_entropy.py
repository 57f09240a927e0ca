"""Checks for the chapter on cross-entropy and KL divergence."""

import math
from functools import partial

import numpy as np

from dlbasics import huffman
from dlbasics.data import one_hot
from dlbasics.exercises._checking import Check
from dlbasics.information import (
    cross_entropy,
    entropy,
    kl_divergence,
    self_information,
)

_DNA, _UNIFORM = np.array([12, 2, 1, 1]) / 16, np.array([1, 1, 1, 1]) / 4
_FAIR, _BIASED = np.array([0.5, 0.5]), np.array([0.25, 0.75])
_UNFAIR, _NEVER = np.array([0.6, 0.3, 0.1]), np.array([0.0, 0.5, 0.5])


_OTHERS = [
    (_UNFAIR, np.array([0.2, 0.5, 0.3])),
    (np.array([0.2, 0.5, 0.3]), _UNFAIR),
    (np.arange(1, 7) / 21, np.array([1, 2, 3, 3, 4, 2]) / 15),
    (np.array([1.0, 0.0]), _BIASED),
    (_NEVER, np.array([0.25, 0.25, 0.5])),
    (_NEVER, np.array([0.0, 0.25, 0.75])),
    (_FAIR, np.array([1.0, 0.0])),
    (_NEVER, np.array([0.0, 0.0, 1.0])),
    (_NEVER, np.array([0.5, 0.0, 0.5])),
]


def _with_epsilon(mistaken):
    """The same mistake with each number that is added inside a log."""
    popular = [*(10.0**-digits for digits in range(1, 17)), np.finfo(float).eps]
    return tuple(partial(mistaken, ε=ε) for ε in popular)


def _sum_over(keep, terms):
    return np.sum(terms[keep])


check_cross_entropy = Check(
    "my_cross_entropy",
    cross_entropy,
    [
        (_FAIR, _BIASED),
        (_BIASED, _FAIR),
        (_DNA, _UNIFORM),
        *_OTHERS,
    ],
    {
        "That is in nats, from the natural logarithm. Questions are counted in bits: use log2.": (
            lambda p, q: cross_entropy(p, q, base=np.e)
        ),
        "p and q have changed places: the truth p weighs, the belief q stands in the logarithm.": (
            lambda p, q: cross_entropy(q, p)
        ),
        "That is the entropy of p: what the *right* belief costs. The logarithm is that of q.": (
            lambda p, q: entropy(p)
        ),
        "That is the entropy of q: what you would pay if your belief were true. The weights are "
        "those of p.": lambda p, q: entropy(q),
        "The minus is missing: the logarithm of a probability is never above 0.": (
            lambda p, q: -cross_entropy(p, q)
        ),
        "That is only the waste, KL. The cross-entropy is the whole cost.": (
            lambda p, q: kl_divergence(p, q)
        ),
        "You took the mean over the outcomes. p is the weight already: sum.": (
            lambda p, q: cross_entropy(p, q) / p.size
        ),
        "You added up the lengths. Each counts as often as its letter truly comes: times p.": (
            lambda p, q: -np.sum(np.log2(q))
        ),
        "You averaged the lengths as if all letters came equally often. Weigh each with p.": (
            lambda p, q: -np.mean(np.log2(q))
        ),
        "The logarithm stands outside the sum. Every letter has a length of its own.": (
            lambda p, q: -np.log2(p @ q)
        ),
        "You pay inf wherever q is 0. It is the price only of what happens, where p is above "
        "0.": lambda p, q: np.inf if (q == 0).any() else cross_entropy(p, q),
        "0 · log 0 became nan. What never happens costs nothing: leave out where *p* is 0.": (
            lambda p, q: -np.sum(p * np.log2(q))
        ),
        "You left out where q is 0. But there the price is infinite, if it happens. Leave out "
        "where p is 0.": lambda p, q: -_sum_over(q > 0, p * np.log2(q)),
        "A small number inside the log hides the infinity, and invents a price. No number is "
        "needed there, or right.": _with_epsilon(
            lambda p, q, ε: -np.sum(p * np.log2(q + ε))
        ),
    },
    names=("p", "q"),
)

check_kl_divergence = Check(
    "my_kl_divergence",
    kl_divergence,
    [
        (_FAIR, _BIASED),
        (_BIASED, _FAIR),
        (_DNA, _UNIFORM),
        (_DNA, _DNA),
        *_OTHERS,
    ],
    {
        "That is the KL the wrong way round, from q to p. The truth p weighs, and stands on top.": (
            lambda p, q: kl_divergence(q, p)
        ),
        "That is the whole cost, the cross-entropy. The waste is what lies above the entropy of "
        "p.": lambda p, q: cross_entropy(p, q),
        "You subtracted the entropy of q. What nobody can avoid is the entropy of the truth, p.": (
            lambda p, q: cross_entropy(p, q) - entropy(q)
        ),
        "That is in nats, from the natural logarithm. Codes are counted in bits: use log2.": (
            lambda p, q: kl_divergence(p, q, base=np.e)
        ),
        "The sign is turned: a wrong belief never pays, so KL is never below 0.": (
            lambda p, q: -kl_divergence(p, q)
        ),
        "You took absolute values. What is saved on some letters counts against the waste on "
        "others.": lambda p, q: np.sum(np.abs(p * np.log2(p / q))),
        "The difference of the two entropies is not the waste: the lengths are those of q, but "
        "the letters come as p says.": (
            lambda p, q: entropy(p) - entropy(q),
            lambda p, q: entropy(q) - entropy(p),
            lambda p, q: abs(entropy(p) - entropy(q)),
            lambda p, q: max(0.0, entropy(p) - entropy(q)),
        ),
        "You pay inf wherever q is 0. It is the price only of what happens, where p is above "
        "0.": lambda p, q: np.inf if (q == 0).any() else kl_divergence(p, q),
        "You averaged the two directions. KL is no distance: only that from p to q is asked for.": (
            lambda p, q: (kl_divergence(p, q) + kl_divergence(q, p)) / 2
        ),
        "You took the mean over the outcomes. p is the weight already: sum.": (
            lambda p, q: kl_divergence(p, q) / p.size
        ),
        "You added up the logarithms. Each counts as often as its letter truly comes: times p.": (
            lambda p, q: np.sum(np.log2(p / q))
        ),
        "0 · log 0 became nan. What never happens wastes nothing: leave out where *p* is 0.": (
            lambda p, q: np.sum(p * np.log2(p / q))
        ),
        "You left out where q is 0. But there the waste is infinite, if it happens. Leave out "
        "where p is 0.": lambda p, q: _sum_over((p > 0) & (q > 0), p * np.log2(p / q)),
        "A small number inside the log hides the infinity, and invents a price. No number is "
        "needed there, or right.": _with_epsilon(
            lambda p, q, ε: np.sum(p * np.log2((p + ε) / (q + ε)))
        ),
    },
    names=("p", "q"),
)


def _right_class(q, labels):
    return q[np.arange(len(labels)), labels]


def _one_hot_mean(q, labels):
    terms = one_hot(labels, q.shape[1]) * np.log(q)
    return -np.mean(terms)


def _without_zeros(q, labels):
    right = _right_class(q, labels)
    return -np.sum(np.log(right[right > 0])) / len(labels)


check_negative_log_likelihood = Check(
    "my_negative_log_likelihood",
    lambda q, labels: np.mean(self_information(_right_class(q, labels), base=np.e)),
    [
        (np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]]), np.array([0, 2])),
        (np.array([[0.25, 0.75]]), np.array([1])),
        (np.array([[0.9, 0.1], [0.2, 0.8], [0.5, 0.5]]), np.array([0, 1, 1])),
        (np.array([[1.0, 0.0], [0.25, 0.75]]), np.array([0, 1])),
        (np.array([[1.0, 0.0]]), np.array([1])),
        (
            np.array([[0.5, 0.3, 0.2], [0.3, 0.6, 0.1], [0.8, 0.1, 0.1]]),
            np.array([1, 0, 0]),
        ),
        (np.array([[1.0, 0.0], [0.25, 0.75]]), np.array([1, 1])),
    ],
    {
        "You added up the samples. Take their mean: the cost must not grow with their number.": (
            lambda q, labels: -np.sum(np.log(_right_class(q, labels)))
        ),
        "That is in bits. What has to do with learning is counted in nats: use the natural "
        "logarithm.": lambda q, labels: -np.mean(np.log2(_right_class(q, labels))),
        "The minus is missing: the logarithm of a probability is never above 0.": (
            lambda q, labels: np.mean(np.log(_right_class(q, labels)))
        ),
        "`q[:, labels]` takes these columns from *every* row. Each row needs its own label: "
        "`np.arange` for the rows.": lambda q, labels: -np.mean(np.log(q[:, labels])),
        "You took the logarithm of the mean. Each sample has its own cost: first the log, then "
        "the mean.": lambda q, labels: -np.log(np.mean(_right_class(q, labels))),
        "You divided by the number of all entries. Only one of each row counts: divide by the "
        "number of samples.": _one_hot_mean,
        "You took the largest probability of each row: the class it believes in, not the right "
        "one.": lambda q, labels: -np.mean(np.log(q.max(axis=1))),
        "A right class that got the probability 0 costs inf. You left it out.": _without_zeros,
        "The logarithm is missing: that is the probability that the right class did not get.": (
            lambda q, labels: 1 - np.mean(_right_class(q, labels))
        ),
        "You return one cost for each sample. Take their mean.": (
            lambda q, labels: -np.log(_right_class(q, labels))
        ),
        "0 · log 0 became nan: a wrong class that got no probability does no harm. Pick the right "
        "ones first, then take the log.": (
            lambda q, labels: _one_hot_mean(q, labels) * q.shape[1]
        ),
        "A small number inside the log hides the infinity, and invents a price. No number is "
        "needed there, or right.": _with_epsilon(
            lambda q, labels, ε: -np.mean(np.log(_right_class(q, labels) + ε))
        ),
    },
)


def _lengths(training, alphabet, start=1, total=None):
    counts = [training.count(s) + start for s in alphabet]
    total = total or sum(counts)
    return {
        s: math.inf if n == 0 else -math.log2(n / total)
        for s, n in zip(alphabet, counts, strict=True)
    }


def _mean_length(text, lengths):
    return np.float64(sum(lengths[s] for s in text) / len(text))


def _foreign_cost(text, training, alphabet):
    return _mean_length(text, _lengths(training, alphabet))


def _entropy_of(text):
    return entropy(np.array([text.count(s) for s in set(text)]) / len(text))


def _whole_bits(text, training, alphabet):
    code = huffman.canonical_code({s: training.count(s) + 1 for s in alphabet})
    return _mean_length(text, {s: len(word) for s, word in code.items()})


def _one_for_the_unseen(text, training, alphabet):
    counts = np.array([max(training.count(s), 1) for s in alphabet])
    lengths = -np.log2(counts / counts.sum())
    return _mean_length(text, dict(zip(alphabet, lengths, strict=True)))


check_foreign_cost = Check(
    "my_foreign_cost",
    _foreign_cost,
    [
        ("aab", "abb", "ab"),
        ("abca", "aab", "abcd"),
        ("deed", "abba add", "abde "),
        ("Aa", "aab", "aAb"),
    ],
    {
        "You did not count from 1: what the training text lacks then has no code word, and costs "
        "inf.": lambda text, training, alphabet: _mean_length(
            text, _lengths(training, alphabet, start=0)
        ),
        "Only the letters that are missing got a 1. Every count starts at 1, also those of the "
        "letters seen.": _one_for_the_unseen,
        "Your beliefs sum to more than 1: with every count one larger, the total is larger by the "
        "size of the alphabet.": lambda text, training, alphabet: _mean_length(
            text, _lengths(training, alphabet, total=len(training))
        ),
        "The texts have changed places: the lengths come from `training`, the letters that are "
        "paid for from `text`.": lambda text, training, alphabet: _foreign_cost(
            training, text, alphabet
        ),
        "The shares of `text` were counted from 1, too. It is the truth: each letter counts as "
        "often as it comes.": lambda text, training, alphabet: _foreign_cost(
            text + alphabet, training, alphabet
        ),
        "That is in nats. Codes are counted in bits: use log2.": (
            lambda *args: _foreign_cost(*args) * math.log(2)
        ),
        "That is the cost of the whole text. Divide by its length.": (
            lambda *args: _foreign_cost(*args) * len(args[0])
        ),
        "That is the entropy of the text, what its *own* lengths would cost.": (
            lambda text, training, alphabet: _entropy_of(text)
        ),
        "That is only the waste, above the entropy of the text. What does it cost in all?": (
            lambda *args: _foreign_cost(*args) - _entropy_of(args[0])
        ),
        "You averaged over the alphabet. Each length counts as often as its letter is in `text`.": (
            lambda text, training, alphabet: _foreign_cost(alphabet, training, alphabet)
        ),
        "Those are the whole bits of Huffman's code. The ideal lengths are -log2 q.": _whole_bits,
    },
)
